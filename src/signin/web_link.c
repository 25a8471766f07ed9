/* web_link.c - links that sign in: /inloggen/link of a demo or the command line, and /beginnen for the first administrator. */
#include "address.h"
#include "pages.tmpl.h"
#include "rules.h"
#include "signin.h"
#include "utf8.h"
#include "views.h"

#define OFFICE S("Programmabureau Schouders Eronder")

/* Whom the link is for. READ looks, or uses it up. */
static enum err person_of_link(struct req *rq, typeof(link_look) *read, struct person *ret) {
        struct link_found l;
        bool found = false;
        enum err e = read(rq, LINK_SIGN_IN, req_text(rq, "t"), &l);
        if (e == OK)
                e = person_get(rq->db, rq->arena, l.person_id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static enum err link_gone(struct req *rq, struct resp *rs) {
        return signin_link_gone(rq, rs, S("/inloggen"), S("Log op een andere manier in"));
}

static enum err sign_in_get(struct req *rq, struct resp *rs) {
        struct person who;
        enum err e = person_of_link(rq, link_look, &who);
        if (e != OK)
                return e == ERR_NOT_FOUND ? link_gone(rq, rs) : e;
        struct page p = signin_page(rq, rs, S("Inloggen met een link"));
        link_page(&p, req_text(rq, "t"), who.name);
        return page_done(&p);
}

/* A link is one factor. The fictitious people of a demo have no second one to show. */
static enum err sign_in_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct person who;
        enum err e = person_of_link(rq, link_take, &who);
        if (e != OK)
                return e == ERR_NOT_FOUND ? link_gone(rq, rs) : e;
        if (!site->is_demo || !who.is_demo)
                return signin_finish(rq, rs, who.id, S("link"), S(""));
        e = session_start(rq, rs, who.id, 2, S("link van de demo"));
        return e == OK ? resp_redirect(rs, S("/account")) : e;
}

static enum err show_begin(struct req *rq, struct resp *rs, const struct link_found *l) {
        struct page p = signin_page(rq, rs, S("Beginnen als beheerder"));
        bool again = rq->method == POST;
        struct begin_view v = { .token = req_text(rq, "t"), .name = again ? req_text(rq, "naam") : S(""),
                                .email = l->detail.n ? l->detail : again ? req_text(rq, "email") : S(""), .email_known = l->detail.n > 0 };
        begin_page(&p, &v);
        return page_done(&p);
}

static enum err begin_gone(struct req *rq, struct resp *rs) {
        return signin_link_gone(rq, rs, S("/inloggen"), S("Naar inloggen"));
}

static enum err begin_get(struct req *rq, struct resp *rs) {
        struct link_found l;
        enum err e = link_look(rq, LINK_ADMINISTRATOR, req_text(rq, "t"), &l);
        if (e == ERR_NOT_FOUND)
                return begin_gone(rq, rs);
        return e == OK ? show_begin(rq, rs, &l) : e;
}

static enum err begin_prepare(struct req *rq) {
        struct link_found l;
        enum err e = link_look(rq, LINK_ADMINISTRATOR, req_text(rq, "t"), &l);
        if (e != OK)                    /* run tells about the link */
                return e == ERR_NOT_FOUND ? OK : e;
        return new_password_prepare(rq, req_text(rq, "wachtwoord"), l.detail.n ? l.detail : req_text(rq, "email"), req_text(rq, "naam"));
}

static enum err find_office(struct req *rq, int64_t *ret) {
        struct organisation o;
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, utf8_slug(rq->arena, OFFICE), &o, &found);
        *ret = e == OK && found ? o.id : 0;
        return e != OK || found ? e : organisation_make(rq->db, rq->arena, &(struct organisation_new) {
                .name = OFFICE, .kind = S("programmabureau") }, rq->now_ms, ret);
}

/* The person with EMAIL, made when there is none. Whoever has the link may also be an administrator who lost the password. */
static enum err administrator(struct req *rq, struct str email, int64_t *ret) {
        struct person p;
        bool found = false;
        enum err e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, email), &p, &found);
        if (e == OK && !found)
                return person_make(rq->db, rq->arena, email, req_text(rq, "naam"), false, true, rq->now_ms, ret);
        *ret = p.id;
        if (e == OK)
                e = person_set_name(rq->db, p.id, req_text(rq, "naam"));
        if (e == OK)
                e = person_set_verified(rq->db, p.id, rq->now_ms);
        return e == OK ? session_end_all(rq->db, p.id, 0) : e;
}

static enum err begin(struct req *rq, struct resp *rs, struct str email) {
        int64_t office = 0, person = 0;
        struct link_found l;
        enum err e = link_take(rq, LINK_ADMINISTRATOR, req_text(rq, "t"), &l);
        if (e == OK)
                e = administrator(rq, email, &person);
        if (e == OK)
                e = find_office(rq, &office);
        if (e == OK)
                e = credential_password_set(rq, person, new_password_hash(rq));
        if (e == OK)
                e = role_give(rq, person, role_find(S("beheerder")), office);
        return e == OK ? signin_finish(rq, rs, person, S("link en wachtwoord"), S("")) : e;
}

static enum err begin_post(struct req *rq, struct resp *rs) {
        struct link_found l;
        enum err e = link_look(rq, LINK_ADMINISTRATOR, req_text(rq, "t"), &l);
        if (e == ERR_NOT_FOUND)
                return begin_gone(rq, rs);
        if (e != OK)
                return e;
        struct str email = mail_address_tidy(rq->arena, l.detail.n ? l.detail : req_text(rq, "email"));
        if (!mail_address_ok(email) && req_error_of(rq, "email").n == 0)
                req_error(rq, "email", S("Vul een e-mailadres in, zoals naam@gemeente.nl"));
        if (new_password_good(rq))
                return begin(rq, rs, email);
        e = show_begin(rq, rs, &l);
        return e == OK ? ERR_INVALID : e;
}

#define TOKEN_FIELD { .name = "t", .type = FIELD_TOKEN, .max = 100, .required = true }
static const struct field token_fields[] = { TOKEN_FIELD, { 0 } };
static const struct field begin_fields[] = {
        TOKEN_FIELD,
        { .name = "naam", .type = FIELD_TEXT, .max = PERSON_NAME_MAX, .required = true, .missing = "Vul uw naam in", .personal = true },
        { .name = "email", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .personal = true },
        { .name = "wachtwoord", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .missing = "Kies een wachtwoord" },
        { 0 },
};

const struct route signin_link_routes[] = {
        { GET, "/inloggen/link", ACCESS_PUBLIC, sign_in_get, token_fields },
        { POST, "/inloggen/link", ACCESS_PUBLIC, sign_in_post, token_fields },
        { GET, "/beginnen", ACCESS_PUBLIC, begin_get, token_fields },
        { POST, "/beginnen", ACCESS_PUBLIC, begin_post, begin_fields, .prepare = begin_prepare, .lane = LANE_HASH },
        { 0 },
};
