/* secret.c - a new password. */
#include "internal.h"
#include "security.tmpl.h"

#define PATH "/account/wachtwoord"

static enum err draw(struct req *rq, struct resp *rs) {
        struct password_view v = { .done = account_done(rq) };
        struct person person;
        enum err e = account_person(rq, &person);
        if (e == OK)
                e = credential_factors(rq->db, rq->arena, person.id, &v.factors);
        if (e == OK)
                e = proof_view(rq, &v.proof);
        if (e != OK)
                return e;
        v.email = person.email;
        struct page p = account_page(rq, rs, v.factors.has_password ? S("Wachtwoord veranderen") : S("Wachtwoord kiezen"), S(PATH));
        account_password_page(&p, &v);
        return page_done(&p);
}

enum err account_password_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs);
}

/* The password itself was looked at and hashed in a lane; here is decided. */
enum err account_password_post(struct req *rq, struct resp *rs) {
        const struct prepared *p = rq->prepared;
        bool good = false;
        enum err e = OK;
        if (rq->errors.n == 0 && p && p->why.n)
                req_error(rq, "nieuw", p->why);
        if (rq->errors.n == 0)
                e = proof_check(rq, &good);
        if (e != OK)
                return e;
        if (!good || !p || !p->hash.n)
                return account_refused(rs, draw(rq, rs));
        e = credential_password_set(rq, rq->viewer.person_id, p->hash);
        if (e == OK)
                e = account_go_on(rq, rs, 1, S(""));
        if (e == OK)
                e = account_tell(rq, S("Uw wachtwoord is veranderd"), S("Het wachtwoord van uw account bij Schouders is veranderd."));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=wachtwoord")) : e;
}
