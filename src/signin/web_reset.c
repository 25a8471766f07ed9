/* web_reset.c - /wachtwoord-vergeten and /wachtwoord-nieuw. A stranger hears the same for every address; a second factor is
 * still asked afterwards. */
#include "address.h"
#include "pages.tmpl.h"
#include "rules.h"
#include "signin.h"

static struct str email_of(struct req *rq) {
        return mail_address_tidy(rq->arena, req_text(rq, "email"));
}

static enum err show_forgot(struct req *rq, struct resp *rs) {
        struct page p = signin_page(rq, rs, S("Wachtwoord vergeten"));
        page_crumb(&p, S("Inloggen"), S("/inloggen"));
        forgot_form(&p, rq->method == POST ? req_text(rq, "email") : S(""));
        return page_done(&p);
}

static enum err forgot_get(struct req *rq, struct resp *rs) {
        return show_forgot(rq, rs);
}

static enum err forgot_post(struct req *rq, struct resp *rs) {
        struct person p;
        bool found = false, allowed = false;
        if (!mail_address_ok(email_of(rq)) && rq->errors.n == 0)
                req_error(rq, "email", S("Vul een e-mailadres in, zoals naam@gemeente.nl"));
        if (rq->errors.n) {
                enum err drawn = show_forgot(rq, rs);
                return drawn == OK ? ERR_INVALID : drawn;
        }
        enum err e = letter_allowed(rq, email_of(rq), &allowed);
        if (e == OK && allowed)
                e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, email_of(rq)), &p, &found);
        if (e == OK && found && !p.blocked_ms.is_set)
                e = signin_send_password_link(rq, p.id);
        return e == OK ? resp_redirect(rs, S("/wachtwoord-vergeten/post")) : e;
}

static enum err posted_get(struct req *rq, struct resp *rs) {
        struct page p = signin_page(rq, rs, S("Kijk in uw e-mail"));
        forgot_posted(&p);
        return page_done(&p);
}

static enum err gone(struct req *rq, struct resp *rs) {
        return signin_link_gone(rq, rs, S("/wachtwoord-vergeten"), S("Vraag een nieuwe link"));
}

/* ERR_NOT_FOUND when the link is none, or its person is closed. */
static enum err look(struct req *rq, struct person *ret) {
        struct link_found l;
        bool found = false;
        enum err e = link_look(rq, LINK_PASSWORD, req_text(rq, "t"), &l);
        if (e == OK)
                e = person_get(rq->db, rq->arena, l.person_id, ret, &found);
        return e == OK && (!found || ret->blocked_ms.is_set) ? ERR_NOT_FOUND : e;
}

static enum err show_new(struct req *rq, struct resp *rs, const struct person *who) {
        struct page p = signin_page(rq, rs, S("Kies een nieuw wachtwoord"));
        new_password_form(&p, req_text(rq, "t"), who->email);
        return page_done(&p);
}

static enum err new_get(struct req *rq, struct resp *rs) {
        struct person who;
        enum err e = look(rq, &who);
        if (e == ERR_NOT_FOUND)
                return gone(rq, rs);
        return e == OK ? show_new(rq, rs, &who) : e;
}

static enum err new_prepare(struct req *rq) {
        struct person who;
        enum err e = look(rq, &who);
        if (e != OK)                    /* run tells about the link */
                return e == ERR_NOT_FOUND ? OK : e;
        return new_password_prepare(rq, req_text(rq, "wachtwoord"), who.email, who.name);
}

/* The link came by mail: the address is proved as well. */
static enum err set(struct req *rq, struct resp *rs, const struct person *who) {
        struct link_found l;
        enum err e = link_take(rq, LINK_PASSWORD, req_text(rq, "t"), &l);
        if (e == OK)
                e = credential_password_set(rq, who->id, new_password_hash(rq));
        if (e == OK)
                e = person_set_verified(rq->db, who->id, rq->now_ms);
        if (e == OK)
                e = session_end_all(rq->db, who->id, 0);
        if (e == OK)
                e = attempt_forgive(rq, ATTEMPT_PASSWORD, who->email_fold);
        if (e == OK)
                e = signin_send_password_changed(rq, who->id);
        return e == OK ? signin_finish(rq, rs, who->id, S("nieuw wachtwoord"), S("")) : e;
}

static enum err new_post(struct req *rq, struct resp *rs) {
        struct person who;
        enum err e = look(rq, &who);
        if (e == ERR_NOT_FOUND)
                return gone(rq, rs);
        if (e != OK)
                return e;
        if (new_password_good(rq))
                return set(rq, rs, &who);
        e = show_new(rq, rs, &who);
        return e == OK ? ERR_INVALID : e;
}

#define TOKEN_FIELD { .name = "t", .type = FIELD_TOKEN, .max = 100, .required = true }
static const struct field forgot_fields[] = {
        { .name = "email", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .required = true, .missing = "Vul uw e-mailadres in",
          .personal = true },
        { 0 },
};
static const struct field token_fields[] = { TOKEN_FIELD, { 0 } };
static const struct field new_fields[] = {
        TOKEN_FIELD,
        { .name = "wachtwoord", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .missing = "Kies een wachtwoord" },
        { 0 },
};

const struct route signin_reset_routes[] = {
        { GET, "/wachtwoord-vergeten", ACCESS_PUBLIC, forgot_get, NULL },
        { POST, "/wachtwoord-vergeten", ACCESS_PUBLIC, forgot_post, forgot_fields },
        { GET, "/wachtwoord-vergeten/post", ACCESS_PUBLIC, posted_get, NULL },
        { GET, "/wachtwoord-nieuw", ACCESS_PUBLIC, new_get, token_fields },
        { POST, "/wachtwoord-nieuw", ACCESS_PUBLIC, new_post, new_fields, .prepare = new_prepare, .lane = LANE_HASH },
        { 0 },
};
