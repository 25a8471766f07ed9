/* post.c - which mail somebody wants, and signing off from a mail itself. */
#include "account.tmpl.h"
#include "internal.h"
#include "people_link.h"

#define PATH "/account/post"
#define KINDS_MAX 20

enum err account_post_get(struct req *rq, struct resp *rs) {
        bool wanted[KINDS_MAX] = { 0 };
        struct post_view v = { .wanted = wanted, .done = account_done(rq) };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < KINDS_MAX && mail_kinds[i].code.n; i++)
                e = people_wants_mail(rq, rq->viewer.person_id, mail_kinds[i].code, &wanted[i]);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("E-mail die u krijgt"), S(PATH));
        account_post_page(&p, &v);
        return page_done(&p);
}

static bool is_in(const struct str *list, size_t n, struct str code) {
        for (size_t i = 0; i < n; i++)
                if (str_eq(list[i], code))
                        return true;
        return false;
}

enum err account_post_post(struct req *rq, struct resp *rs) {
        struct str *chosen;
        size_t n = req_many(rq, "soort", &chosen);
        enum err e = rq->errors.n ? ERR_INVALID : OK;
        for (const struct mail_kind *k = mail_kinds; e == OK && k->code.n; k++)
                e = people_set_mail(rq, rq->viewer.person_id, k->code, is_in(chosen, n, k->code));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=post")) : e;
}

static enum err dead_link(struct req *rq, struct resp *rs) {
        enum err e = account_note(rq, rs, S("Deze link werkt niet meer"),
                                  S("De link is te oud of niet volledig. Log in om te kiezen welke e-mail u krijgt."), S(PATH),
                                  S("Naar mijn e-mail"));
        rs->status = 404;
        return e;
}

enum err account_unsubscribe_get(struct req *rq, struct resp *rs) {
        struct link_found l;
        enum err e = link_look(rq, LINK_UNSUBSCRIBE, req_text(rq, "t"), &l);
        const struct mail_kind *kind = e == OK ? mail_kind_find(l.detail) : NULL;
        if (e == ERR_NOT_FOUND || (e == OK && !kind))
                return dead_link(rq, rs);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Deze e-mail niet meer krijgen"), SECTION_NONE);
        rs->cache = CACHE_NONE;
        account_unsubscribe_page(&p, kind, req_text(rq, "t"));
        return page_done(&p);
}

/* By the button, or by a mail reader (RFC 8058). Doing it again is fine, so the link stays. */
enum err account_unsubscribe_post(struct req *rq, struct resp *rs) {
        struct link_found l;
        enum err e = rq->errors.n ? ERR_NOT_FOUND : link_look(rq, LINK_UNSUBSCRIBE, req_text(rq, "t"), &l);
        if (e == OK)
                e = people_set_mail(rq, l.person_id, l.detail, false);
        if (e == ERR_NOT_FOUND)
                return dead_link(rq, rs);
        return e == OK ? account_note(rq, rs, S("U krijgt deze e-mail niet meer"),
                                      S("Uw keuze is opgeslagen. In uw account kunt u dit weer aanzetten."), S(PATH), S("Naar mijn e-mail")) : e;
}
