/* web_part.c - one part of the form. */
#include <math.h>
#include "amount.h"
#include "part.tmpl.h"
#include "views.h"

static int part_find(const struct visit *v, struct str code) {
        for (int i = 0; asked_parts[i].code.n; i++)
                if (str_eq(asked_parts[i].code, code) && part_size(&v->asked, i))
                        return i;
        return -1;
}

static enum err draw(struct req *rq, struct resp *rs, const struct visit *v, int part) {
        struct part_view view = { .v = v, .part = part, .stand = v->open ? v->open->stand : 0 };
        struct check c;
        struct check_findings all;
        enum err e = visit_check(rq, v, &c, &all);
        for (size_t i = 0; e == OK && rq->method == GET && part_begun(v, part) && i < all.n; i++)
                if (finding_stops(&all.v[i]))
                        *vec_push(rq->arena, &view.found) = all.v[i];
        if (e != OK)
                return e;
        struct page p = delivery_page(rq, rs, v, str_fmt(rq->arena, "%.*s: %.*s", STR(asked_parts[part].title), STR(visit_name(rq->arena, v))));
        page_crumb(&p, asked_parts[part].title, rq->path);
        part_page(&p, &view);
        return page_done(&p);
}

enum err part_get(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        int part = e == OK ? part_find(&v, rq->param[3]) : -1;
        if (e == OK && part < 0)
                return ERR_NOT_FOUND;
        if (e == OK && (!v.takes_part || !v.is_open || (v.open ? !str_eq(v.open->state, S("draft")) : v.is_accepted)))
                return resp_redirect(rs, visit_path(rq, &v, ""));
        return e == OK ? draw(rq, rs, &v, part) : e;
}

static double read_number(struct req *rq, const struct visit *v, size_t i, char kind) {
        double d = (double) NAN;
        const char *name = str_fmt(rq->arena, "%c%zu", kind, v->asked.figures.v[i].at + 1).p;
        if (!amount_read(req_text(rq, name), &d) && req_error_of(rq, name).n == 0)
                req_error(rq, name, str_fmt(rq->arena, "%.*s: vul alleen een getal in, zoals 1204 of 12,5", STR(figure_name(rq->arena, &v->asked.figures.v[i]))));
        return d;
}

/* Old numbers of the form mean other figures when the dictionary changed in between. */
static bool is_same_form(struct req *rq, const struct visit *v) {
        if (str_eq(req_text(rq, "versie"), v->asked.version))
                return true;
        req_error(rq, "versie", S("De vragen zijn intussen veranderd. Kijk elk veld na en bewaar opnieuw."));
        return false;
}

static struct filled read_part(struct req *rq, const struct visit *v, int part) {
        struct filled f = filled_new(rq->arena, &v->asked);
        for (size_t i = 0; i < v->asked.figures.n; i++) {
                if (v->asked.figures.v[i].part != part)
                        continue;
                f.now[i].x = read_number(rq, v, i, 't');
                if (v->asked.figures.v[i].denominator.n)
                        f.now[i].n = read_number(rq, v, i, 'n');
                f.words[i] = v->filled.words[i];
        }
        for (size_t k = 0; k < v->asked.choices.n; k++)
                if (v->asked.choices.v[k].part == part)
                        f.answer[k] = req_text(rq, str_fmt(rq->arena, "k%zu", k + 1).p);
        return f;
}

enum err part_post(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        int part = e == OK ? part_find(&v, rq->param[3]) : -1;
        if (e != OK || part < 0)
                return e != OK ? e : ERR_NOT_FOUND;
        bool ready = is_same_form(rq, &v) && stand_is_current(rq, &v);
        struct filled f = read_part(rq, &v, part);
        if (!ready || rq->errors.n)
                return page_refused(rs, draw(rq, rs, &v, part));
        e = v.is_accepted && !v.open ? ERR_CONFLICT : visit_begin(rq, &v, "formulier", S(""));
        if (e == OK)
                e = visit_save(rq, &v, &f, part, "formulier");
        if (e != OK)
                return e;
        struct str next = part_after(&v.asked, part);
        if (str_eq(req_text(rq, "daarna"), S("verder")) && next.n)
                return resp_redirect(rs, part_path(rq, &v, next));
        return visit_noted(rq, rs, &v, "", "bewaard");
}
