/* credential.c - passwords, and what a person has in all. */
#include "credential.sql.h"
#include "people.h"
#include "people_credential.h"

static enum err trail(struct req *rq, const char *action, int64_t person_id) {
        return people_trail(rq, action, "person", person_id, (struct opt_i64) { 0 }, S(""), S(""));
}

enum err credential_password_set(struct req *rq, int64_t person_id, struct str hash) {
        enum err e = cred_password_put(rq->db, person_id, hash, rq->now_ms);
        return e == OK ? trail(rq, "password.set", person_id) : e;
}

enum err credential_password(struct db *db, struct arena *a, int64_t person_id, struct str *hash) {
        struct cred_password_get_row row;
        bool found = false;
        enum err e = cred_password_get(db, a, person_id, &row, &found);
        *hash = e == OK && found ? row.hash : (struct str) { 0 };
        return e;
}

enum err credential_password_rehash(struct db *db, int64_t person_id, struct str old_hash, struct str hash) {
        return cred_password_rehash(db, person_id, old_hash, hash);
}

enum err credential_password_remove(struct req *rq, int64_t person_id) {
        enum err e = cred_password_delete(rq->db, person_id);
        return e == OK ? trail(rq, "password.remove", person_id) : e;
}

enum err credential_factors(struct db *db, struct arena *a, int64_t person_id, struct credential_factors *ret) {
        struct cred_factors_row row;
        struct cred_roles_row_list held;
        *ret = (struct credential_factors) { 0 };
        enum err e = cred_factors(db, a, person_id, &row);
        if (e == OK)
                e = cred_roles(db, a, person_id, &held);
        if (e != OK)
                return e;
        *ret = (struct credential_factors) {
                .has_password = row.password_ms.is_set, .password_ms = row.password_ms.is_set ? row.password_ms.v : 0,
                .has_totp = row.totp_ms.is_set, .passkeys = row.passkeys, .recovery_left = row.recovery,
        };
        for (size_t i = 0; i < held.n; i++) {
                const struct role *r = role_find(held.v[i].role);
                ret->needs_second |= r && r->second_factor;
        }
        return OK;
}

enum err credential_forget_person(struct db *db, int64_t person_id) {
        enum err e = cred_password_delete(db, person_id);
        if (e == OK)
                e = cred_totp_delete(db, person_id);
        if (e == OK)
                e = cred_recovery_delete(db, person_id);
        return e == OK ? cred_passkey_delete_of(db, person_id) : e;
}
