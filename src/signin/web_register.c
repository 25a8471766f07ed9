/* web_register.c - /account-maken: an account for whoever proves an e-mail address. What a stranger sees never depends on
 * whether the address is known (OWASP ASVS 5.0, 6.3.8): the mail tells the owner. */
#include "address.h"
#include "account.tmpl.h"
#include "rules.h"
#include "signin.h"
#include "views.h"

#define VERIFY_LASTS_MS (2 * LINK_DAY_MS)

static struct str email_of(struct req *rq) {
        return mail_address_tidy(rq->arena, req_text(rq, "email"));
}

static bool offered(const struct organisations_open_row *o, const struct site *site) {
        return !o->is_demo || site->is_demo;
}

static enum err show_form(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct organisations_open_row_list all;
        bool again = rq->method == POST;
        enum err e = organisations_open(rq->db, rq->arena, &all);
        if (e != OK)
                return e;
        struct organisations_open_row *choice = arena_many(rq->arena, struct organisations_open_row, all.n + 1);
        struct register_view v = { .organisations = choice, .is_demo = site->is_demo };
        for (size_t i = 0; i < all.n; i++)
                if (offered(&all.v[i], site))
                        choice[v.n++] = all.v[i];
        v.name = again ? req_text(rq, "naam") : S("");
        v.email = again ? req_text(rq, "email") : S("");
        v.role = again ? req_text(rq, "rol") : S("");
        v.organisation = again ? req_text(rq, "organisatie") : S("");
        struct page p = signin_page(rq, rs, S("Account maken"));
        register_form(&p, &v);
        return page_done(&p);
}

static enum err register_get(struct req *rq, struct resp *rs) {
        return show_form(rq, rs);
}

static enum err register_prepare(struct req *rq) {
        return new_password_prepare(rq, req_text(rq, "wachtwoord"), req_text(rq, "email"), req_text(rq, "naam"));
}

/* What is asked for: a role that may be asked, with the organisation it needs. */
static enum err check(struct req *rq, int64_t *organisation_id) {
        const struct site *site = rq->app;
        const struct role *role = role_find(req_text(rq, "rol"));
        struct str slug = req_text(rq, "organisatie");
        struct organisation o;
        bool found = false;
        *organisation_id = 0;
        if ((!role || role->entry == ENTRY_INVITATION) && req_error_of(rq, "rol").n == 0)
                req_error(rq, "rol", S("Kies wat het beste bij u past"));
        if (!mail_address_ok(email_of(rq)) && req_error_of(rq, "email").n == 0)
                req_error(rq, "email", S("Vul een e-mailadres in, zoals naam@gemeente.nl"));
        if (slug.n == 0) {
                if (role && !role->alone)
                        req_error(rq, "organisatie", S("Kies uw organisatie: bij deze rol is dat nodig"));
                return OK;
        }
        enum err e = organisation_get(rq->db, rq->arena, slug, &o, &found);
        if (e == OK && (!found || o.closed_ms.is_set || (o.is_demo && !site->is_demo)))
                req_error(rq, "organisatie", S("Kies een organisatie uit de lijst"));
        *organisation_id = e == OK && found ? o.id : 0;
        return e;
}

/* The link remembers what was asked: "vrijwilliger 0". Asking happens when the address is proved. */
static enum err send_verify(struct req *rq, const struct person *p, int64_t organisation_id) {
        const struct site *site = rq->app;
        struct str token, wish = str_fmt(rq->arena, "%.*s %lld", STR(req_text(rq, "rol")), (long long) organisation_id);
        enum err e = link_make(rq->db, rq->arena, site->keys, LINK_VERIFY, p->id, wish, rq->now_ms, VERIFY_LASTS_MS, &token);
        return e == OK ? letter_verify(rq, p, token) : e;
}

static enum err make(struct req *rq, struct person *p) {
        p->email = email_of(rq);
        p->name = req_text(rq, "naam");
        enum err e = person_make(rq->db, rq->arena, p->email, p->name, false, false, rq->now_ms, &p->id);
        return e == OK ? credential_password_set(rq, p->id, new_password_hash(rq)) : e;
}

/* An address that was not proved yet is asked for again. Of two who say that it is theirs we do not know whose password to
 * believe: so none, and the owner chooses one behind the link. */
static enum err again(struct req *rq, const struct person *p) {
        return credential_password_remove(rq, p->id);
}

static enum err register_person(struct req *rq, int64_t organisation_id) {
        struct person p = { 0 };
        bool found = false, allowed = false;
        enum err e = letter_allowed(rq, email_of(rq), &allowed);
        if (e == OK && allowed)
                e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, email_of(rq)), &p, &found);
        if (e != OK || !allowed)
                return e;
        if (found && (p.verified_ms.is_set || p.blocked_ms.is_set))
                return p.blocked_ms.is_set ? OK : letter_exists(rq, &p);
        e = found ? again(rq, &p) : make(rq, &p);
        return e == OK ? send_verify(rq, &p, organisation_id) : e;
}

static enum err register_post(struct req *rq, struct resp *rs) {
        int64_t organisation_id;
        enum err e = check(rq, &organisation_id);
        if (e != OK)
                return e;
        if (!new_password_good(rq)) {
                e = show_form(rq, rs);
                return e == OK ? ERR_INVALID : e;
        }
        e = register_person(rq, organisation_id);
        return e == OK ? resp_redirect(rs, S("/account-maken/post")) : e;
}

static enum err posted_get(struct req *rq, struct resp *rs) {
        struct page p = signin_page(rq, rs, S("Kijk in uw e-mail"));
        register_posted(&p);
        return page_done(&p);
}

static enum err verify_gone(struct req *rq, struct resp *rs) {
        return signin_link_gone(rq, rs, S("/account-maken"), S("Vraag een nieuwe link"));
}

static enum err verify_get(struct req *rq, struct resp *rs) {
        struct link_found l;
        enum err e = link_look(rq, LINK_VERIFY, req_text(rq, "t"), &l);
        if (e == ERR_NOT_FOUND)
                return verify_gone(rq, rs);
        if (e != OK)
                return e;
        struct page p = signin_page(rq, rs, S("Bevestig uw e-mailadres"));
        verify_page(&p, req_text(rq, "t"));
        return page_done(&p);
}

/* What the link remembers is asked for now; who decides hears of it from role_ask. */
static enum err ask(struct req *rq, const struct person *p, struct str wish) {
        struct str rest = wish, code = S(""), number = S("");
        int64_t organisation_id;
        bool granted = false;
        const struct role *role = str_split(&rest, ' ', &code) ? role_find(code) : NULL;
        if (!role || !str_split(&rest, ' ', &number) || !str_to_i64(number, &organisation_id))
                return OK;
        return role_ask(rq, p->id, role, organisation_id, &granted);
}

static enum err verify(struct req *rq, struct resp *rs, const struct person *p) {
        const struct site *site = rq->app;
        struct credential_factors has;
        struct str token;
        enum err e = credential_factors(rq->db, rq->arena, p->id, &has);
        if (e == OK && has.has_password)
                return signin_finish(rq, rs, p->id, S("bevestigde e-mail"), S("/account-maken/klaar"));
        if (e == OK)
                e = link_make(rq->db, rq->arena, site->keys, LINK_PASSWORD, p->id, S(""), rq->now_ms, LINK_HOUR_MS, &token);
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "/wachtwoord-nieuw?t=%.*s", STR(token))) : e;
}

static enum err verify_post(struct req *rq, struct resp *rs) {
        struct link_found l;
        struct person p;
        bool found = false;
        enum err e = link_take(rq, LINK_VERIFY, req_text(rq, "t"), &l);
        if (e == ERR_NOT_FOUND)
                return verify_gone(rq, rs);
        if (e == OK)
                e = person_get(rq->db, rq->arena, l.person_id, &p, &found);
        if (e == OK && (!found || p.blocked_ms.is_set))
                return verify_gone(rq, rs);
        if (e == OK)
                e = person_set_verified(rq->db, p.id, rq->now_ms);
        if (e == OK)
                e = people_trail(rq, "person.verify", "person", p.id, (struct opt_i64) { 0 }, S(""), S(""));
        if (e == OK)
                e = ask(rq, &p, l.detail);
        return e == OK ? verify(rq, rs, &p) : e;
}

static enum err welcome_get(struct req *rq, struct resp *rs) {
        struct role_held_list held;
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        if (e != OK)
                return e;
        struct page p = signin_page(rq, rs, S("Welkom bij Schouders"));
        welcome_page(&p, &(struct welcome_view) { held.v, held.n });
        return page_done(&p);
}

static const struct field register_fields[] = {
        { .name = "naam", .type = FIELD_TEXT, .max = PERSON_NAME_MAX, .required = true, .missing = "Vul uw naam in", .personal = true },
        { .name = "email", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .required = true, .missing = "Vul uw e-mailadres in",
          .personal = true },
        { .name = "rol", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies wat het beste bij u past" },
        { .name = "organisatie", .type = FIELD_CODE, .max = 200 },
        { .name = "wachtwoord", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .missing = "Kies een wachtwoord" },
        { 0 },
};
static const struct field token_fields[] = { { .name = "t", .type = FIELD_TOKEN, .max = 100, .required = true }, { 0 } };

const struct route signin_register_routes[] = {
        { GET, "/account-maken", ACCESS_PUBLIC, register_get, NULL },
        { POST, "/account-maken", ACCESS_PUBLIC, register_post, register_fields, .prepare = register_prepare, .lane = LANE_HASH },
        { GET, "/account-maken/post", ACCESS_PUBLIC, posted_get, NULL },
        { GET, "/account-maken/bevestigen", ACCESS_PUBLIC, verify_get, token_fields },
        { POST, "/account-maken/bevestigen", ACCESS_PUBLIC, verify_post, token_fields },
        { GET, "/account-maken/klaar", ACCESS_SIGNED_IN, welcome_get, NULL },
        { 0 },
};
