/* web_verify.c - all findings at once, explanations, and delivering. */
#include "verify.tmpl.h"
#include "views.h"

static enum err draw(struct req *rq, struct resp *rs, struct visit *v) {
        struct visit_view view;
        enum err e = view_load(rq, v, &view);
        if (e != OK)
                return e;
        struct page p = delivery_page(rq, rs, v, str_fmt(rq->arena, "Kijk na: %.*s", STR(visit_name(rq->arena, v))));
        p.invalid |= rq->method == POST;
        page_crumb(&p, S("Kijk na"), rq->path);
        findings_page(&p, &view);
        return page_done(&p);
}

enum err verify_get(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        return e == OK ? draw(rq, rs, &v) : e;
}

/* Explanations that the form asked for; others stay as they are. */
static void read_words(struct req *rq, const struct visit *v, struct filled *f) {
        *f = v->filled;
        f->words = arena_many(rq->arena, struct str, v->asked.figures.n);
        for (size_t i = 0; i < v->asked.figures.n; i++) {
                const char *name = str_fmt(rq->arena, "w%zu", i + 1).p;
                bool is_field = i < 99;
                f->words[i] = is_field && req_has(rq, name) ? req_text(rq, name) : v->filled.words[i];
        }
}

enum err verify_post(struct req *rq, struct resp *rs) {
        struct visit v;
        struct filled f;
        enum err e = visit_find(rq, &v);
        if (e != OK)
                return e;
        if (!v.open || !str_eq(v.open->state, S("draft")) || !str_eq(req_text(rq, "versie"), v.asked.version))
                return ERR_CONFLICT;
        (void) stand_is_current(rq, &v);
        read_words(rq, &v, &f);
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, &v));
        e = visit_save(rq, &v, &f, -1, v.open->way.p);
        if (e == OK && !str_eq(req_text(rq, "daarna"), S("lever")))
                return visit_noted(rq, rs, &v, "/controle", "uitleg");
        if (e == OK)
                e = visit_deliver(rq, &v);
        if (e == ERR_INVALID)
                return page_refused(rs, draw(rq, rs, &v));
        return e == OK ? visit_noted(rq, rs, &v, "", "geleverd") : e;
}
