/* figures.c - reading the figures of a municipality and of those near it. */
#include "figures.h"
#include <math.h>

enum message_side better_side(struct str polarity) {
        return str_eq(polarity, S("lower")) ? SIDE_LOWER : str_eq(polarity, S("higher")) ? SIDE_HIGHER : SIDE_NONE;
}

/* The rows of REGION, which stand together. */
static struct effect_series series_of(struct arena *a, const struct learn_point_list *l, struct str region) {
        size_t n = 0;
        struct effect_point *v = arena_many(a, struct effect_point, l->n + 1);
        for (size_t i = 0; i < l->n; i++) {
                const struct learn_point *p = &l->v[i];
                bool usable = str_eq(p->status, S("exact")) || str_eq(p->status, S("derived"));
                if (!str_eq(p->region, region) || !usable || isnan(p->value))
                        continue;
                int length, q = quarter_of_period(p->period, &length);
                v[n++] = (struct effect_point) { q, length, p->value, p->numerator, p->denominator };
        }
        return (struct effect_series) { v, n };
}

enum err figures_of(struct req *rq, struct str code, struct str region, struct figures *f) {
        struct learn_point_list points;
        struct learn_near_row_list near;
        struct learn_newest_row newest;
        bool found = false, compared = false;
        *f = (struct figures) { 0 };
        enum err e = indicator_by_code(rq->db, rq->arena, code, &f->i, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = learn_newest(rq->db, rq->arena, code, &newest, &compared);
        if (e == OK)
                e = learn_series(rq->db, rq->arena, code, region, NETWORK_DIVISION, &points);
        if (e == OK)
                e = learn_near(rq->db, rq->arena, region, &near);
        if (e != OK)
                return e;
        f->method = compared ? benchmark_method_of(newest.method) : BENCHMARK_NONE;
        f->scale = benchmark_scale(f->i.kind, f->i.unit);
        f->own = series_of(rq->arena, &points, region);
        f->near = arena_many(rq->arena, struct near, near.n + 1);
        for (f->n = 0; f->n < near.n; f->n++) {
                const struct learn_near_row *r = &near.v[f->n];
                f->near[f->n] = (struct near) { r->code, r->name, r->slug, r->distance, series_of(rq->arena, &points, r->code) };
        }
        return OK;
}

enum err units_load(struct req *rq, struct str code, double scale, const struct learn_newest_row *at, struct units *u) {
        struct learn_units_row_list rows;
        enum err e = learn_units(rq->db, rq->arena, code, at->period, &rows);
        if (e != OK)
                return e;
        *u = (struct units) { arena_many(rq->arena, struct better_unit, rows.n + 1), arena_many(rq->arena, double, rows.n + 1),
                              arena_many(rq->arena, double, rows.n + 1), arena_many(rq->arena, int, rows.n + 1), rows.n };
        for (size_t k = 0; k < rows.n; k++) {
                const struct learn_units_row *r = &rows.v[k];
                u->v[k] = (struct better_unit) { r->region, r->value, r->numerator, r->denominator, S(""), isnan(r->low95) };
                u->low[k] = r->low95;
                u->high[k] = r->high95;
        }
        better_proven(rq->arena, benchmark_method_of(at->method), scale, at->target, u->v, u->n, u->proven);
        return OK;
}
