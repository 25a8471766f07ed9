/* second.c - the authenticator app and its recovery codes. */
#include <string.h>
#include "credential.sql.h"
#include "keys.h"
#include "page.h"
#include "people.h"
#include "people_credential.h"

static enum err trail(struct req *rq, const char *action, int64_t person_id) {
        return people_trail(rq, action, "person", person_id, (struct opt_i64) { 0 }, S(""), S(""));
}

/* What a sealed secret belongs to: in another row it is worth nothing. */
static struct str row_of(struct req *rq, int64_t person_id) {
        return str_fmt(rq->arena, "totp:%lld", (long long) person_id);
}

enum err credential_totp_start(struct req *rq, int64_t person_id, const unsigned char secret[TOTP_SECRET]) {
        const struct site *site = rq->app;
        struct str sealed;
        enum err e = keys_seal(site->keys, rq->arena, (struct str) { (const char *) secret, TOTP_SECRET }, row_of(rq, person_id),
                               &sealed);
        return e == OK ? cred_totp_put(rq->db, person_id, sealed) : e;
}

enum err credential_totp(struct req *rq, int64_t person_id, struct credential_totp *ret) {
        const struct site *site = rq->app;
        struct cred_totp_get_row row;
        struct str plain;
        bool found = false;
        *ret = (struct credential_totp) { 0 };
        enum err e = cred_totp_get(rq->db, rq->arena, person_id, &row, &found);
        if (e != OK || !found)
                return e;
        e = keys_unseal(site->keys, rq->arena, row.secret, row_of(rq, person_id), &plain);
        if (e == OK && plain.n != TOTP_SECRET)
                e = ERR_INVALID;
        if (e != OK)
                return err_log(e, "the secret of an authenticator app cannot be opened with this key file");
        *ret = (struct credential_totp) { .is_set = true, .confirmed = row.confirmed_ms.is_set, .last_step = row.last_step };
        memcpy(ret->secret, plain.p, TOTP_SECRET);
        return OK;
}

enum err credential_totp_confirm(struct req *rq, int64_t person_id, int64_t step) {
        struct cred_totp_confirm_row row;
        bool found = false;
        enum err e = cred_totp_confirm(rq->db, rq->arena, person_id, rq->now_ms, step, &row, &found);
        if (e == OK && !found)
                e = ERR_CONFLICT;
        return e == OK ? trail(rq, "totp.set", person_id) : e;
}

enum err credential_totp_step(struct req *rq, int64_t person_id, int64_t step) {
        struct cred_totp_take_row row;
        bool found = false;
        enum err e = cred_totp_take(rq->db, rq->arena, person_id, step, &row, &found);
        return e == OK && !found ? ERR_CONFLICT : e;
}

enum err credential_totp_remove(struct req *rq, int64_t person_id) {
        enum err e = cred_totp_delete(rq->db, person_id);
        if (e == OK)
                e = cred_recovery_delete(rq->db, person_id);
        return e == OK ? trail(rq, "totp.remove", person_id) : e;
}

static void recovery_key(const struct req *rq, unsigned char key[KEYS_KEY]) {
        const struct site *site = rq->app;
        keys_derive(site->keys, "recovery", key);
}

enum err credential_recovery_set(struct req *rq, int64_t person_id, char codes[RECOVERY_CODES][RECOVERY_TEXT]) {
        unsigned char key[KEYS_KEY];
        recovery_key(rq, key);
        enum err e = cred_recovery_delete(rq->db, person_id);
        for (size_t i = 0; e == OK && i < RECOVERY_CODES; i++) {
                struct token_digest digest;
                e = recovery_digest(key, str_of(codes[i]), &digest);
                if (e == OK)
                        e = cred_recovery_add(rq->db, person_id, str_of(digest.hex));
        }
        return e == OK ? trail(rq, "recovery.set", person_id) : e;
}

enum err credential_recovery_count(struct db *db, struct arena *a, int64_t person_id, int64_t *ret) {
        struct cred_recovery_n_row row;
        enum err e = cred_recovery_n(db, a, person_id, &row);
        *ret = e == OK ? row.n : 0;
        return e;
}

enum err credential_recovery_use(struct req *rq, int64_t person_id, struct str typed, bool *good) {
        unsigned char key[KEYS_KEY];
        struct token_digest digest;
        struct cred_recovery_take_row row;
        *good = false;
        recovery_key(rq, key);
        if (recovery_digest(key, typed, &digest) != OK)
                return OK;
        enum err e = cred_recovery_take(rq->db, rq->arena, person_id, str_of(digest.hex), &row, good);
        return e == OK && *good ? trail(rq, "recovery.use", person_id) : e;
}
