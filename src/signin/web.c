/* web.c - /inloggen with e-mail and password, and /uitloggen. */
#include "pages.tmpl.h"
#include "rules.h"
#include "signin.h"

/* What the lane found out; nothing of it is told before it was looked up again. */
struct checked {
        bool is_right, rehashed;
        int64_t person_id;
        struct str stored;
        char hash[crypto_pwhash_STRBYTES];
};

static struct str address_of(struct req *rq) {
        return email_fold(rq->arena, str_trim(req_text(rq, "email")));
}

static bool may_enter(const struct person *p) {
        return p->verified_ms.is_set && !p->blocked_ms.is_set;
}

/* The person behind the form and the stored hash; p NULL for an account that does not exist, is closed, is not proved or has
 * no password. */
static enum err stored_password(struct req *rq, int64_t *person_id, struct str *hash) {
        struct person p;
        bool found = false;
        *hash = (struct str) { 0 };
        *person_id = 0;
        enum err e = person_by_email(rq->db, rq->arena, address_of(rq), &p, &found);
        if (e != OK || !found || !may_enter(&p))
                return e;
        *person_id = p.id;
        return credential_password(rq->db, rq->arena, p.id, hash);
}

/* Every path through here hashes once, so that the time does not tell whether there is an account (OWASP ASVS 5.0, 6.3.8). */
static enum err check_password(struct req *rq) {
        struct checked *c = arena_new(rq->arena, struct checked);
        struct str password = req_text(rq, "wachtwoord");
        int64_t wait = 0;
        bool needs_rehash = false;
        rq->prepared = c;
        enum err e = attempt_wait(rq, ATTEMPT_PASSWORD, address_of(rq), &wait);
        if (e != OK || wait > 0)
                return e;
        e = stored_password(rq, &c->person_id, &c->stored);
        if (e != OK)
                return e;
        if (!c->stored.p) {
                password_waste(password);
                return OK;
        }
        e = password_verify(c->stored, password, &needs_rehash);
        c->is_right = e == OK;
        if (e == OK && needs_rehash) {
                e = password_hash(password, c->hash);
                c->rehashed = e == OK;
        }
        return e == ERR_DENIED ? OK : e;
}

static enum err show_form(struct req *rq, struct resp *rs, struct str notice) {
        struct page p = signin_page(rq, rs, S("Inloggen"));
        bool again = rq->method == POST;
        signin_form(&p, again ? req_text(rq, "email") : S(""), req_text(rq, "verder"), notice);
        return page_done(&p);
}

static enum err sign_in_get(struct req *rq, struct resp *rs) {
        bool late = str_eq(req_text(rq, "melding"), S("verlopen"));
        if (rq->viewer.person_id)
                return resp_redirect(rs, signin_where(req_text(rq, "verder")));
        return show_form(rq, rs, late ? S("Het inloggen duurde te lang. Begin opnieuw.") : S(""));
}

/* One text for a wrong password, an unknown account, a closed one and one that is not proved. */
static enum err refuse(struct req *rq, struct resp *rs) {
        signin_log(rq, "password", "account or password");
        enum err e = attempt_failed(rq, ATTEMPT_PASSWORD, address_of(rq));
        if (e != OK)
                return e;
        req_error(rq, "email", S("Wij kunnen u niet inloggen met dit e-mailadres en dit wachtwoord. Controleer allebei"));
        rs->status = 422;               /* kept: the failure counts */
        return show_form(rq, rs, S(""));
}

static enum err sign_in_post(struct req *rq, struct resp *rs) {
        const struct checked *c = rq->prepared;
        int64_t wait = 0, person_id;
        struct str stored;
        if (rq->errors.n || !c) {
                enum err drawn = show_form(rq, rs, S(""));
                rs->status = 422;
                return drawn == OK ? ERR_INVALID : drawn;
        }
        enum err e = attempt_wait(rq, ATTEMPT_PASSWORD, address_of(rq), &wait);
        if (e == OK && wait > 0)
                return signin_wait(rq, rs, wait);
        if (e == OK)
                e = stored_password(rq, &person_id, &stored);
        if (e != OK)
                return e;
        /* since the lane looked, the password may have been changed or the account closed */
        if (!c->is_right || !stored.p || person_id != c->person_id || !str_eq(stored, c->stored))
                return refuse(rq, rs);
        e = attempt_forgive(rq, ATTEMPT_PASSWORD, address_of(rq));
        if (e == OK && c->rehashed)
                e = credential_password_rehash(rq->db, person_id, stored, str_of(c->hash));
        return e == OK ? signin_finish(rq, rs, person_id, S("wachtwoord"), req_text(rq, "verder")) : e;
}

static enum err sign_out_get(struct req *rq, struct resp *rs) {
        struct page p = signin_page(rq, rs, S("Uitloggen"));
        out_page(&p);
        return page_done(&p);
}

static enum err sign_out_post(struct req *rq, struct resp *rs) {
        enum err e = session_end(rq, rs);
        return e == OK ? resp_redirect(rs, S("/")) : e;
}

#define VERDER { .name = "verder", .type = FIELD_TEXT, .max = 2000, .personal = true }
static const struct field get_fields[] = { VERDER, { .name = "melding", .type = FIELD_CODE, .max = 20 }, { 0 } };
static const struct field post_fields[] = {
        VERDER,
        { .name = "email", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .required = true, .missing = "Vul uw e-mailadres in",
          .personal = true },
        { .name = "wachtwoord", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .missing = "Vul uw wachtwoord in" },
        { 0 },
};

const struct route signin_routes[] = {
        { GET, "/inloggen", ACCESS_PUBLIC, sign_in_get, get_fields },
        { POST, "/inloggen", ACCESS_PUBLIC, sign_in_post, post_fields, .prepare = check_password, .lane = LANE_HASH },
        { GET, "/uitloggen", ACCESS_PUBLIC, sign_out_get, NULL },
        { POST, "/uitloggen", ACCESS_PUBLIC, sign_out_post, NULL },
        { 0 },
};
