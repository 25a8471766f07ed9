/* context.c - what the checks compare with: earlier periods, other municipalities, households. */
#include <math.h>
#include "internal.h"
#include "quantile.h"

#define HISTORY_MAX 12

static enum err households(struct req *rq, const struct visit *v, int64_t year, double *ret) {
        struct delivery_households_row row;
        bool found = false;
        enum err e = delivery_households(rq->db, rq->arena, v->place.code, year, &row, &found);
        *ret = e == OK && found && row.households.is_set ? (double) row.households.v : (double) NAN;
        return e;
}

/* Earlier periods of the same kind; the newest first. */
static enum err history(struct req *rq, const struct visit *v, struct check *c) {
        struct delivered_list list;
        const struct amounts **rows = arena_many(rq->arena, const struct amounts *, HISTORY_MAX);
        int64_t year_ago = period_add(v->period, period_is_quarter(v->period) ? -4 : -1);
        enum err e = benchmark_delivered_of(rq->db, rq->arena, is_fictitious(rq), v->place.code, 0, &list);
        if (e != OK)
                return e;
        for (int back = 1; back <= HISTORY_MAX; back++) {
                int64_t period = period_add(v->period, -back);
                struct filled f = filled_new(rq->arena, &v->asked);
                bool any = false;
                filled_take(&v->asked, list.v, list.n, period, &f);
                for (size_t i = 0; i < v->asked.figures.n; i++)
                        any |= figure_is_filled(&f, i);
                if (!any)
                        continue;
                rows[c->history_n++] = f.now;
                if (period == year_ago)
                        c->year_ago = f.now;
        }
        c->history = rows;
        c->last = v->last.now;
        c->last_name = period_name(rq->arena, v->last_period);
        c->year_ago_name = period_name(rq->arena, year_ago);
        if (year_ago == v->last_period)
                c->year_ago = c->last;
        return OK;
}

/* Values of others in this period, or in the one before while few delivered yet. */
static enum err others(struct req *rq, const struct visit *v, int64_t period, struct check *c, size_t *regions) {
        struct delivered_list list;
        const struct asked *q = &v->asked;
        enum err e = benchmark_delivered_in(rq->db, rq->arena, is_fictitious(rq), period, &list);
        double **values = arena_many(rq->arena, double *, q->figures.n);
        size_t *n = arena_many(rq->arena, size_t, q->figures.n);
        *regions = 0;
        for (size_t i = 0; e == OK && i < list.n; i++)
                *regions += i == 0 || !str_eq(list.v[i].region, list.v[i - 1].region);
        for (size_t i = 0; e == OK && i < list.n; i++) {
                const struct delivered *d = &list.v[i];
                size_t at = asked_find(q, d->indicator, d->detail);
                if (at == q->figures.n || str_eq(d->region, v->place.code))
                        continue;
                if (!values[at])
                        values[at] = arena_many(rq->arena, double, *regions);
                values[at][n[at]++] = check_value(&q->figures.v[at], (struct amounts) { d->numerator, d->denominator });
        }
        c->peers = (const double *const *) values;
        c->peers_n = n;
        return e;
}

/* FTE for each registration in the year, of the municipality in the middle, and registrations of this one. */
static enum err staff(struct req *rq, const struct visit *v, struct check *c) {
        struct map cases = { 0 };
        struct delivered_list fte;
        VEC(double) per_case = { 0 };
        c->fte_per_case = c->cases = (double) NAN;
        if (period_is_quarter(v->period))
                return OK;
        for (int quarter = 1; quarter <= 4; quarter++) {
                struct delivered_list list;
                enum err e = benchmark_delivered_in(rq->db, rq->arena, is_fictitious(rq), v->period * 10 + quarter, &list);
                if (e != OK)
                        return e;
                for (size_t i = 0; i < list.n; i++) {
                        double *sum = map_get(&cases, list.v[i].region);
                        if (!str_eq(list.v[i].indicator, S("SHV01")) || list.v[i].detail.n)
                                continue;
                        if (!sum)
                                map_put(rq->arena, &cases, list.v[i].region, sum = arena_new(rq->arena, double));
                        *sum += list.v[i].numerator;
                }
        }
        enum err e = benchmark_delivered_in(rq->db, rq->arena, is_fictitious(rq), v->period, &fte);
        for (size_t i = 0; e == OK && i < fte.n; i++) {
                const double *sum = map_get(&cases, fte.v[i].region);
                if (str_eq(fte.v[i].indicator, S("SHV18")) && sum && *sum > 0 && !str_eq(fte.v[i].region, v->place.code))
                        *vec_push(rq->arena, &per_case) = fte.v[i].numerator / *sum;
        }
        const double *own = map_get(&cases, v->place.code);
        if (own && *own > 0)
                c->cases = *own;
        per_case.n = stats_sort(per_case.v, per_case.n);
        if (per_case.n >= 5)
                c->fte_per_case = stats_quantile_sorted(per_case.v, per_case.n, 0.5, 7);
        return e;
}

enum err visit_check(struct req *rq, const struct visit *v, struct check *c, struct check_findings *ret) {
        bool *explained = arena_many(rq->arena, bool, v->asked.figures.n);
        size_t regions = 0;
        for (size_t i = 0; i < v->asked.figures.n; i++)
                explained[i] = v->filled.words[i].n > 0;
        *c = (struct check) { .asked = &v->asked, .now = v->filled.now, .explained = explained, .answer = v->filled.answer };
        enum err e = history(rq, v, c);
        if (e == OK)
                e = others(rq, v, v->period, c, &regions);
        if (e == OK && regions < 12)
                e = others(rq, v, v->last_period, c, &regions);
        if (e == OK)
                e = households(rq, v, period_year(v->period), &c->households);
        if (e == OK)
                e = households(rq, v, period_year(v->period) - 1, &c->households_year_ago);
        if (e == OK)
                e = staff(rq, v, c);
        if (e == OK)
                check_run(rq->arena, c, ret);
        return e;
}

size_t findings_that_stop(const struct check_findings *f) {
        size_t n = 0;
        for (size_t i = 0; i < f->n; i++)
                n += f->v[i].weight == CHECK_HARD || (f->v[i].weight == CHECK_REASON && !f->v[i].is_explained);
        return n;
}

struct str finding_field(struct arena *a, const struct visit *v, const struct check_finding *f) {
        if (f->place == PLACE_CHOICE)
                return str_fmt(a, "k%zu", f->figure + 1);
        return str_fmt(a, "%c%zu", f->place == PLACE_DENOMINATOR ? 'n' : 't', v->asked.figures.v[f->figure].at + 1);
}

struct str figure_name(struct arena *a, const struct asked_figure *f) {
        return str_eq(f->indicator, S(STAND)) ? f->name : str_fmt(a, "%.*s %.*s", STR(f->indicator), STR(f->name));
}

struct str finding_place(struct arena *a, const struct asked *q, const struct check_finding *f) {
        if (f->place == PLACE_CHOICE)
                return str_fmt(a, "%.*s, zo telt u", STR(q->choices.v[f->figure].key));
        if (f->place == PLACE_WHOLE || q->figures.n == 0)
                return S("De hele aanlevering");
        const struct asked_figure *x = &q->figures.v[f->figure];
        return str_fmt(a, "%.*s%s", STR(figure_name(a, x)), x->denominator.n == 0 ? "" : f->place == PLACE_DENOMINATOR ? ", noemer" : ", teller");
}
