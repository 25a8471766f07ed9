/* web_keys.c - keys for programs of an organisation. */
#include "apikeys.tmpl.h"
#include "apikey.h"
#include "auth_token.h"
#include "keys.h"
#include "views.h"

enum err key_digest(const struct req *rq, struct str key, struct token_digest *ret) {
        const struct site *site = rq->app;
        unsigned char secret[KEYS_KEY];
        keys_derive(site->keys, "delivery", secret);
        return token_digest(secret, key, ret);
}

static enum err draw(struct req *rq, struct resp *rs, const char *fresh) {
        struct keys_view v = { .note = delivery_noted(rq), .fresh = fresh ? str_of(fresh) : S("") };
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], &v.organisation, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = delivery_keys_of(rq->db, rq->arena, v.organisation.id, &v.keys);
        if (e != OK)
                return e;
        struct page p = delivery_page(rq, rs, NULL, S("Sleutels voor programma's"));
        page_crumb(&p, v.organisation.name, str_fmt(rq->arena, "/aanleveren/%.*s", STR(v.organisation.slug)));
        page_crumb(&p, S("Sleutels"), str_fmt(rq->arena, "/aanleveren/%.*s/sleutels", STR(v.organisation.slug)));
        keys_page(&p, &v);
        return page_done(&p);
}

enum err keys_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs, NULL);
}

/* The key is shown in the answer itself, once: it stands nowhere else. */
enum err keys_post(struct req *rq, struct resp *rs) {
        struct organisation o;
        struct token_digest digest;
        char key[TOKEN_TEXT];
        bool found = false;
        int64_t id;
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, NULL));
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], &o, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        token_make(key);
        if (e == OK)
                e = key_digest(rq, str_of(key), &digest);
        if (e == OK)
                e = delivery_key_add(rq->db, o.id, req_text(rq, "naam"), str_of(digest.hex), rq->now_ms, rq->viewer.person_id, rq->idempotency, &id);
        if (e == OK)
                e = people_trail(rq, "delivery.key.made", "delivery_key", id, opt_i64(o.id), S(""), S(""));
        return e == OK ? draw(rq, rs, str_fmt(rq->arena, "%s", key).p) : e;
}

enum err key_withdraw_post(struct req *rq, struct resp *rs) {
        struct organisation o;
        bool found = false;
        int64_t id;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], &o, &found);
        if (e == OK && (!found || !str_to_i64(rq->param[1], &id)))
                return ERR_NOT_FOUND;
        if (e == OK)
                e = delivery_key_withdraw(rq->db, id, o.id, rq->now_ms);
        if (e == OK)
                e = people_trail(rq, "delivery.key.withdrawn", "delivery_key", id, opt_i64(o.id), S(""), S(""));
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/aanleveren/%.*s/sleutels", STR(o.slug)), "ingetrokken") : e;
}
