#include "credential.sql.h"
#include "keys.h"
#include "page.h"
#include "people.h"
#include "people_credential.h"

static enum err read_row(struct arena *a, const struct cred_passkey *row, struct credential_passkey *ret) {
        *ret = (struct credential_passkey) {
                .id = row->id, .person_id = row->person_id, .created_ms = row->created_ms, .used_ms = row->used_ms, .name = row->name,
                .key = { .public_key = row->public_key, .alg = (int) row->algorithm, .counter = (uint32_t) row->counter,
                         .flags = (unsigned) row->flags },
        };
        return webauthn_decode(a, row->credential_id, WEBAUTHN_ID_MAX, &ret->key.id);
}

enum err credential_passkeys(struct db *db, struct arena *a, int64_t person_id, struct credential_passkeys *ret) {
        struct cred_passkey_list rows;
        enum err e = cred_passkeys(db, a, person_id, &rows);
        *ret = (struct credential_passkeys) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++)
                e = read_row(a, &rows.v[i], vec_push(a, ret));
        return e;
}

static enum err trail(struct req *rq, const char *action, int64_t person_id, int64_t id) {
        return people_trail(rq, action, "person", person_id, (struct opt_i64) { 0 }, S(""),
                            str_fmt(rq->arena, "{\"passkey\":%lld}", (long long) id));
}

enum err credential_passkey_add(struct req *rq, int64_t person_id, const struct webauthn_key *key, struct str name) {
        struct cred_factors_row has;
        int64_t id = 0;
        enum err e = cred_factors(rq->db, rq->arena, person_id, &has);
        if (e == OK && has.passkeys >= WEBAUTHN_KEYS_MAX)
                e = ERR_LIMIT;
        if (e == OK)
                e = cred_passkey_add(rq->db, person_id, webauthn_encode(rq->arena, key->id), key->public_key, key->alg, key->counter,
                                     key->flags, name, rq->now_ms, &id);
        return e == OK ? trail(rq, "passkey.add", person_id, id) : e;
}

enum err credential_passkey_by_id(struct db *db, struct arena *a, struct str credential_id, struct credential_passkey *ret,
                                  bool *found) {
        struct cred_passkey row;
        enum err e = cred_passkey_get(db, a, credential_id, &row, found);
        return e == OK && *found ? read_row(a, &row, ret) : e;
}

enum err credential_passkey_used(struct req *rq, int64_t id, uint32_t counter) {
        return cred_passkey_note(rq->db, id, counter, rq->now_ms);
}

enum err credential_passkey_rename(struct req *rq, int64_t person_id, int64_t id, struct str name) {
        struct cred_passkey_rename_row row;
        bool found = false;
        enum err e = cred_passkey_rename(rq->db, rq->arena, id, person_id, name, &row, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        return e == OK ? trail(rq, "passkey.rename", person_id, id) : e;
}

enum err credential_passkey_remove(struct req *rq, int64_t person_id, int64_t id) {
        struct cred_passkey_delete_row row;
        bool found = false;
        enum err e = cred_passkey_delete(rq->db, rq->arena, id, person_id, &row, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        return e == OK ? trail(rq, "passkey.remove", person_id, id) : e;
}

struct str credential_user_handle(struct req *rq, int64_t person_id) {
        const struct site *site = rq->app;
        unsigned char key[KEYS_KEY];
        struct token_digest digest;
        keys_derive(site->keys, "passkeys", key);
        digest_bytes(key, str_fmt(rq->arena, "%lld", (long long) person_id), &digest);
        return str_dup(rq->arena, str_of(digest.hex));
}

/* "https://www.schouders.nl:8443" -> "www.schouders.nl" */
static struct str host_of(struct str origin) {
        size_t from = str_find(origin, S("://"));
        struct str rest = from < origin.n ? str_sub(origin, from + 3, origin.n) : S("");
        return str_sub(rest, 0, str_index(rest, ':'));
}

bool credential_webauthn_site(const struct site *site, struct webauthn_site *ret) {
        *ret = (struct webauthn_site) { .rp_id = host_of(site->origin), .origin = site->origin, .rp_name = S("Schouders") };
        return webauthn_site_valid(ret);
}

enum err credential_challenge_use(struct req *rq, struct str challenge, bool *fresh) {
        const struct site *site = rq->app;
        unsigned char key[KEYS_KEY];
        struct token_digest digest;
        struct cred_once_row row;
        keys_derive(site->keys, "usedonce", key);
        digest_bytes(key, challenge, &digest);
        return cred_once(rq->db, rq->arena, str_of(digest.hex), rq->now_ms + CREDENTIAL_CHALLENGE_MS, &row, fresh);
}
