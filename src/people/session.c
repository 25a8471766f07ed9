#include "people_session.h"
#include "auth_token.h"
#include "internal.h"
#include "keys.h"
#include "page.h"
#include "people.h"
#include "session.sql.h"

/* Digests of tokens without the key file are worth nothing. */
enum err session_digest(const struct req *rq, struct str token, struct token_digest *ret) {
        const struct site *site = rq->app;
        unsigned char key[KEYS_KEY];
        keys_derive(site->keys, "sessions", key);
        return token_digest(key, token, ret);
}

enum err people_identify(struct req *rq, struct str token) {
        struct token_digest digest;
        struct session_who_row s;
        bool found = false;
        if (session_digest(rq, token, &digest) != OK)
                return OK;
        enum err e = session_who(rq->db, rq->arena, str_of(digest.hex), rq->now_ms, &s, &found);
        if (e != OK || !found)
                return e;
        rq->viewer = (struct viewer) {
                .person_id = s.person_id, .session_id = s.id, .name = s.name, .rights = (uint64_t) s.rights,
                .due = rq->now_ms - s.used_ms > SESSION_NOTE_MS,
        };
        return OK;
}

enum err people_touch(struct db *db, int64_t session_id, int64_t now_ms) {
        return session_note(db, session_id, now_ms);
}

static enum err may_sign_in(struct req *rq, int64_t person_id) {
        struct session_person_row p;
        bool found = false;
        enum err e = session_person(rq->db, rq->arena, person_id, &p, &found);
        if (e == OK && (!found || p.blocked_ms.is_set || !p.verified_ms.is_set))
                e = ERR_DENIED;
        return e;
}

enum err session_start(struct req *rq, struct resp *rs, int64_t person_id, int level, struct str method) {
        char token[TOKEN_TEXT];
        struct token_digest digest;
        struct standing may = { 0 };
        int64_t id;
        token_make(token);
        enum err e = session_digest(rq, str_of(token), &digest);
        if (e == OK)
                e = may_sign_in(rq, person_id);
        if (e == OK)
                e = standing_of(rq->db, rq->arena, person_id, level, &may);
        if (e == OK && rq->viewer.session_id)
                e = session_delete(rq->db, rq->viewer.session_id);
        if (e == OK)
                e = session_add(rq->db, str_of(digest.hex), person_id, (int64_t) may.everywhere, level, method, device_of(rq->arena, rq->agent),
                                rq->now_ms, may.strict ? SESSION_STRICT_IDLE_MS : SESSION_IDLE_MS,
                                rq->now_ms + (may.strict ? SESSION_STRICT_MAX_MS : SESSION_MAX_MS), &id);
        if (e == OK)
                e = session_signed_in(rq->db, person_id, rq->now_ms);
        if (e == OK)
                resp_cookie(rs, COOKIE_SESSION, str_dup(rq->arena, str_of(token)), 0);
        return e;
}

enum err session_end(struct req *rq, struct resp *rs) {
        resp_cookie(rs, COOKIE_SESSION, S(""), 0);
        return rq->viewer.session_id ? session_delete(rq->db, rq->viewer.session_id) : OK;
}

enum err session_end_one(struct db *db, struct arena *a, int64_t person_id, int64_t session_id) {
        struct session_by_id_row s;
        bool found = false;
        enum err e = session_by_id(db, a, session_id, &s, &found);
        if (e == OK && (!found || s.person_id != person_id))
                e = ERR_NOT_FOUND;
        return e == OK ? session_delete(db, session_id) : e;
}

enum err session_end_all(struct db *db, int64_t person_id, int64_t keep) {
        return session_delete_of(db, person_id, keep);
}

enum err session_renew(struct req *rq, struct resp *rs) {
        struct session_by_id_row s;
        bool found = false;
        enum err e = session_by_id(rq->db, rq->arena, rq->viewer.session_id, &s, &found);
        if (e == OK && !found)
                e = ERR_DENIED;
        if (e == OK)
                e = session_end_all(rq->db, s.person_id, s.id);
        if (e == OK)
                e = session_start(rq, rs, s.person_id, (int) s.level, s.method);
        return e;
}

enum err session_list(struct req *rq, int64_t person_id, struct session_infos *ret) {
        struct session_all_row_list rows;
        enum err e = session_all(rq->db, rq->arena, person_id, rq->now_ms, &rows);
        *ret = (struct session_infos) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct session_all_row *r = &rows.v[i];
                *vec_push(rq->arena, ret) = (struct session_info) {
                        r->id, r->created_ms, r->used_ms, r->method, r->device, r->id == rq->viewer.session_id };
        }
        return e;
}

enum err session_level(struct req *rq, int *ret) {
        struct session_by_id_row s;
        bool found = false;
        enum err e = session_by_id(rq->db, rq->arena, rq->viewer.session_id, &s, &found);
        *ret = e == OK && found ? (int) s.level : 0;
        return e;
}

enum err session_forget(struct db *db, int64_t now_ms) {
        return session_delete_ended(db, now_ms);
}
