/* second.c - the authenticator app and the recovery codes. */
#include "internal.h"
#include "security.tmpl.h"

#define PATH "/account/tweede-stap"

/* A secret that waits for its first code is shown; one that counts never again. */
static enum err fill_setup(struct req *rq, struct second_view *v) {
        struct credential_totp t;
        struct person person;
        enum err e = credential_totp(rq, rq->viewer.person_id, &t);
        if (e == OK)
                e = account_person(rq, &person);
        if (e != OK || !t.is_set || t.confirmed)
                return e;
        v->secret = totp_text(rq->arena, t.secret);
        v->uri = totp_uri(rq->arena, t.secret, person.email);
        return qr_make(rq->arena, v->uri, &v->qr);
}

static enum err draw(struct req *rq, struct resp *rs) {
        struct second_view v = { .done = account_done(rq), .secret = S("") };
        enum err e = credential_factors(rq->db, rq->arena, rq->viewer.person_id, &v.factors);
        if (e == OK)
                e = proof_view(rq, &v.proof);
        if (e == OK && !v.factors.has_totp)
                e = fill_setup(rq, &v);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Tweede stap"), S(PATH));
        account_second_page(&p, &v);
        return page_done(&p);
}

enum err account_second_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs);
}

enum err account_second_begin_post(struct req *rq, struct resp *rs) {
        struct credential_factors f;
        unsigned char secret[TOTP_SECRET];
        bool good = false;
        enum err e = credential_factors(rq->db, rq->arena, rq->viewer.person_id, &f);
        if (e == OK && f.has_totp)
                return resp_redirect(rs, S(PATH));
        if (e == OK && rq->errors.n == 0)
                e = proof_check(rq, &good);
        if (e != OK)
                return e;
        if (!good)
                return account_refused(rs, draw(rq, rs));
        totp_secret(secret);
        e = credential_totp_start(rq, rq->viewer.person_id, secret);
        return e == OK ? resp_redirect(rs, S(PATH)) : e;
}

/* New codes, shown this once. */
static enum err show_codes(struct req *rq, struct resp *rs) {
        char (*codes)[RECOVERY_TEXT] = arena_alloc(rq->arena, sizeof(char[RECOVERY_CODES][RECOVERY_TEXT]));
        recovery_make(codes);
        enum err e = credential_recovery_set(rq, rq->viewer.person_id, codes);
        if (e != OK)
                return e;
        struct codes_view v = { codes };
        struct page p = account_page(rq, rs, S("Uw herstelcodes"), S(PATH));
        account_codes_page(&p, &v);
        return page_done(&p);
}

/* The code of the app, against guessing. */
static enum err check_code(struct req *rq, const struct credential_totp *t, int64_t *step) {
        struct str who = str_fmt(rq->arena, "account %lld", (long long) rq->viewer.person_id);
        int64_t wait_ms;
        enum err e = attempt_wait(rq, "bevestigen", who, &wait_ms);
        *step = 0;
        if (e == OK && wait_ms > 0)
                req_error(rq, "app-code", str_fmt(rq->arena, "U probeerde het te vaak. Wacht %lld seconden en probeer het dan opnieuw.",
                                                  (long long) (wait_ms + 999) / 1000));
        if (e != OK || wait_ms > 0)
                return e;
        if (totp_check(t->secret, TOTP_SECRET, req_text(rq, "app-code"), rq->now_ms, t->last_step, step) == TOTP_OK)
                return attempt_forgive(rq, "bevestigen", who);
        req_error(rq, "app-code", S("Deze code klopt niet. Typ de code die uw app nu laat zien. Klopt de tijd op uw telefoon?"));
        return attempt_failed(rq, "bevestigen", who);
}

enum err account_second_on_post(struct req *rq, struct resp *rs) {
        struct credential_totp t;
        int64_t step = 0;
        enum err e = credential_totp(rq, rq->viewer.person_id, &t);
        if (e == OK && (!t.is_set || t.confirmed))
                return resp_redirect(rs, S(PATH));
        if (e == OK && rq->errors.n == 0)
                e = check_code(rq, &t, &step);
        if (e != OK)
                return e;
        if (rq->errors.n)
                return account_refused(rs, draw(rq, rs));
        e = credential_totp_confirm(rq, rq->viewer.person_id, step);
        if (e == OK)
                e = account_go_on(rq, rs, 2, S(" en code"));
        if (e == OK)
                e = account_tell(rq, S("Tweede stap staat aan"), S("Voor uw account bij Schouders is nu een code van een app nodig."));
        return e == OK ? show_codes(rq, rs) : e;
}

static enum err draw_act(struct req *rq, struct resp *rs, bool codes) {
        struct second_view v = { .secret = S("") };
        enum err e = credential_factors(rq->db, rq->arena, rq->viewer.person_id, &v.factors);
        if (e == OK && !v.factors.has_totp)
                return resp_redirect(rs, S(PATH));
        if (e == OK)
                e = proof_view(rq, &v.proof);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, codes ? S("Nieuwe herstelcodes maken") : S("Tweede stap uitzetten"), rq->path);
        account_second_act_page(&p, &v, codes);
        return page_done(&p);
}

enum err account_codes_get(struct req *rq, struct resp *rs) {
        return draw_act(rq, rs, true);
}

enum err account_second_off_get(struct req *rq, struct resp *rs) {
        return draw_act(rq, rs, false);
}

/* What needs a second step that is set. */
static enum err prove(struct req *rq, struct credential_factors *f, bool *good) {
        *good = false;
        enum err e = credential_factors(rq->db, rq->arena, rq->viewer.person_id, f);
        if (e == OK && !f->has_totp)
                e = ERR_CONFLICT;
        return e == OK && rq->errors.n == 0 ? proof_check(rq, good) : e;
}

enum err account_codes_post(struct req *rq, struct resp *rs) {
        struct credential_factors f;
        bool good;
        enum err e = prove(rq, &f, &good);
        if (e != OK)
                return e;
        if (!good)
                return account_refused(rs, draw_act(rq, rs, true));
        e = account_go_on(rq, rs, 1, S(""));
        if (e == OK)
                e = account_tell(rq, S("Nieuwe herstelcodes"), S("Voor uw account bij Schouders zijn nieuwe herstelcodes gemaakt."));
        return e == OK ? show_codes(rq, rs) : e;
}

enum err account_second_off_post(struct req *rq, struct resp *rs) {
        struct credential_factors f;
        bool good;
        enum err e = prove(rq, &f, &good);
        if (e != OK)
                return e;
        if (good && f.needs_second) {
                req_error(rq, "bevestigen", S("U hebt een rol waarvoor de tweede stap nodig is. Die kan niet uit."));
                good = false;
        }
        if (!good)
                return account_refused(rs, draw_act(rq, rs, false));
        e = credential_totp_remove(rq, rq->viewer.person_id);
        if (e == OK)
                e = account_go_on(rq, rs, 1, S(""));
        if (e == OK)
                e = account_tell(rq, S("Tweede stap staat uit"), S("Voor uw account bij Schouders is geen code van een app meer nodig."));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=tweede-stap-uit")) : e;
}
