#include "people_link.h"
#include "auth_token.h"
#include "keys.h"
#include "link.sql.h"
#include "page.h"

static enum err digest_of(const struct keys *keys, struct str token, struct token_digest *ret) {
        unsigned char key[KEYS_KEY];
        keys_derive(keys, "linkonce", key);
        return token_digest(key, token, ret);
}

enum err link_make(struct db *db, struct arena *a, const struct keys *keys, const char *purpose, int64_t person_id,
                   struct str detail, int64_t now_ms, int64_t lasts_ms, struct str *token) {
        char text[TOKEN_TEXT];
        struct token_digest digest;
        struct str for_what = str_of(purpose);
        token_make(text);
        enum err e = digest_of(keys, str_of(text), &digest);
        if (e == OK && person_id && !str_eq(for_what, S(LINK_UNSUBSCRIBE)))
                e = link_delete_of(db, person_id, for_what);
        if (e == OK)
                e = link_add(db, str_of(digest.hex), for_what, person_id ? opt_i64(person_id) : (struct opt_i64) { 0 }, detail,
                             now_ms, now_ms + lasts_ms);
        *token = str_dup(a, str_of(text));
        return e;
}

/* ASK is link_get, or link_use, which takes the row away. */
static enum err find(struct req *rq, typeof(link_get) *ask, const char *purpose, struct str token, struct link_found *ret) {
        const struct site *site = rq->app;
        struct token_digest digest;
        struct link_row row;
        bool found = false;
        if (digest_of(site->keys, token, &digest) != OK)
                return ERR_NOT_FOUND;
        enum err e = ask(rq->db, rq->arena, str_of(digest.hex), str_of(purpose), rq->now_ms, &row, &found);
        if (e != OK || !found)
                return e != OK ? e : ERR_NOT_FOUND;
        *ret = (struct link_found) { row.person_id.is_set ? row.person_id.v : 0, row.detail };
        return OK;
}

enum err link_look(struct req *rq, const char *purpose, struct str token, struct link_found *ret) {
        return find(rq, link_get, purpose, token, ret);
}

enum err link_take(struct req *rq, const char *purpose, struct str token, struct link_found *ret) {
        return find(rq, link_use, purpose, token, ret);
}

enum err link_forget(struct db *db, int64_t now_ms) {
        return link_delete_ended(db, now_ms);
}

enum err link_forget_person(struct db *db, int64_t person_id) {
        return link_delete_person(db, person_id);
}
