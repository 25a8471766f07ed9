/* figures.c - reading the figures of a municipality, of those near it, and of all: from the newest release where municipalities deliver, else
 * from what was loaded. */
#include "figures.h"
#include <math.h>
#include <stdlib.h>
#include "neighbour.h"

#define CHARACTERISTICS_MAX 32

enum message_side better_side(struct str polarity) {
        return str_eq(polarity, S("lower")) ? SIDE_LOWER : str_eq(polarity, S("higher")) ? SIDE_HIGHER : SIDE_NONE;
}

enum benchmark_audience learn_audience(const struct req *rq) {
        bool member = rq->route && rq->route->access == ACCESS_RIGHT && rq->route->right == RIGHT_METHODS;
        return member ? BENCHMARK_MEMBER : BENCHMARK_PUBLIC;
}

enum err figures_basis(struct req *rq, struct str *ret) {
        struct benchmark_release_info r;
        struct learn_loaded_row loaded = { 0 };
        bool found;
        enum err e = benchmark_release_newest(rq->db, rq->arena, &r);
        if (e == OK)
                e = learn_loaded(rq->db, rq->arena, &loaded, &found);
        if (e == OK)
                *ret = str_fmt(rq->arena, "%lld %lld %lld %lld %d", (long long) r.id, (long long) r.made_at, (long long) r.cells, (long long) loaded.loaded_ms, (int) learn_audience(rq));
        return e;
}

/* The rows of REGION among loaded figures; years only. */
static struct effect_series loaded_series(struct arena *a, const struct learn_point_list *l, struct str region) {
        size_t n = 0;
        struct effect_point *v = arena_many(a, struct effect_point, l->n + 1);
        for (size_t i = 0; i < l->n; i++) {
                const struct learn_point *p = &l->v[i];
                bool usable = str_eq(p->status, S("exact")) || str_eq(p->status, S("derived"));
                int length, q = quarter_of_period(p->period, &length);
                if (str_eq(p->region, region) && usable && length == 4 && !isnan(p->value))
                        v[n++] = (struct effect_point) { q, length, p->value, p->numerator, p->denominator };
        }
        return (struct effect_series) { v, n };
}

struct panel panel_of(struct arena *a, const struct cell_list *cells) {
        struct panel p = { .cells = *cells };
        const struct cell *newest = cells->n ? &cells->v[cells->n - 1] : NULL;
        p.units = newest ? newest->n : 0;
        p.at = arena_many(a, const struct result *, p.units * cells->n + 1);
        for (size_t c = 0; c < cells->n; c++)
                for (size_t i = 0, k = 0; i < p.units && k < cells->v[c].n;) {
                        int order = str_cmp(newest->v[i].region, cells->v[c].v[k].region);
                        if (order == 0)
                                p.at[i * cells->n + c] = &cells->v[c].v[k];
                        i += order <= 0;
                        k += order >= 0;
                }
        return p;
}

/* The results of REGION, one for each cell; also of one that is no longer in the newest. */
static const struct result *const *results_of(struct arena *a, const struct panel *p, struct str region) {
        const struct cell *newest = &p->cells.v[p->cells.n - 1];
        const struct result *r = benchmark_result(newest, region);
        if (r)
                return &p->at[(size_t) (r - newest->v) * p->cells.n];
        const struct result **ret = arena_many(a, const struct result *, p->cells.n);
        for (size_t c = 0; c < p->cells.n; c++)
                ret[c] = benchmark_result(&p->cells.v[c], region);
        return ret;
}

static struct effect_series released_series(struct arena *a, const struct cell_list *cells, const struct result *const *at) {
        size_t n = 0;
        struct effect_point *v = arena_many(a, struct effect_point, cells->n + 1);
        for (size_t i = 0; i < cells->n; i++) {
                int length, q = quarter_of_period(cells->v[i].period, &length);
                if (at[i] && at[i]->status == RESULT_EXACT)
                        v[n++] = (struct effect_point) { q, length, at[i]->value, at[i]->numerator, at[i]->denominator };
        }
        return (struct effect_series) { v, n };
}

/* Does OTHER register as OWN does, in the newest of N quarters that both delivered? */
static bool alike(const struct dictionary_entry *d, size_t n, const struct result *const *own, const struct result *const *other) {
        const struct dictionary_choice *which;
        for (size_t i = n; i-- > 0;)
                if (own[i] && other[i] && own[i]->status == RESULT_EXACT && other[i]->status == RESULT_EXACT)
                        return dictionary_comparable(d, own[i]->choices, other[i]->choices, &which);
        return true;
}

/* Characteristics of the area, as peers are chosen by: a row of Z for each region. */
struct traits {
        double *z, weight[CHARACTERISTICS_MAX];
        size_t m;
        struct map row;                 /* double * into z */
};

static enum err traits_load(struct req *rq, struct traits *t) {
        struct traits_all_row_list rows;
        enum err e = traits_all(rq->db, rq->arena, &rows);
        *t = (struct traits) { 0 };
        if (e != OK)
                return e;
        while (t->m < rows.n && t->m < CHARACTERISTICS_MAX && str_eq(rows.v[t->m].region, rows.v[0].region)) {
                t->weight[t->m] = rows.v[t->m].weight;
                t->m++;
        }
        t->z = arena_many(rq->arena, double, rows.n + 1);
        for (size_t i = 0; i + t->m <= rows.n && t->m; i += t->m) {
                for (size_t k = 0; k < t->m; k++)
                        t->z[i + k] = rows.v[i + k].z;
                /* A municipality with something missing would shift the rows: from there on nobody has a distance. */
                if (!str_eq(rows.v[i].region, rows.v[i + t->m - 1].region))
                        break;
                map_put(rq->arena, &t->row, rows.v[i].region, &t->z[i]);
        }
        return OK;
}

static int nearest_first(const void *x, const void *y) {
        const struct near *p = x, *q = y;
        bool far_p = isnan(p->distance), far_q = isnan(q->distance);
        if (far_p != far_q)
                return far_p ? 1 : -1;
        return !far_p && p->distance < q->distance ? -1 : !far_p && p->distance > q->distance ? 1 : str_cmp(p->code, q->code);
}

/* Everybody with figures, the most alike first; who is among the fifteen nearest keeps the distance told there. */
static void near_of_all(struct arena *a, const struct figures_source *source, struct str region, struct figures *f) {
        const struct cell *newest = &source->panel.cells.v[source->panel.cells.n - 1];
        const struct traits *t = source->traits;
        struct near *near = arena_many(a, struct near, newest->n + 1);
        const double *own = map_get(&t->row, region);
        size_t n = 0;
        for (size_t i = 0; i < source->places.n; i++) {
                const struct learn_place *p = &source->places.v[i];
                const double *z = map_get(&t->row, p->code);
                if (str_eq(p->code, region) || !benchmark_result(newest, p->code))
                        continue;
                near[n] = (struct near) { p->code, p->name, p->slug, own && z ? stats_distance(own, z, t->weight, t->m) : (double) NAN, { 0 }, true };
                for (size_t k = 0; k < f->n && isnan(near[n].distance); k++)
                        if (str_eq(f->near[k].code, p->code))
                                near[n].distance = f->near[k].distance;
                n++;
        }
        qsort(near, n, sizeof *near, nearest_first);
        f->near = near;
        f->n = n;
}

static void from_release(struct arena *a, const struct figures_source *source, struct str region, struct figures *f) {
        const struct dictionary_entry *d = dictionary_find(&source->dictionary, f->i.code);
        const struct panel *p = &source->panel;
        const struct result *const *own = results_of(a, p, region);
        near_of_all(a, source, region, f);
        f->method = (enum benchmark_method) p->cells.v[p->cells.n - 1].method;
        f->own = released_series(a, &p->cells, own);
        for (size_t i = 0; i < f->n; i++) {
                const struct result *const *other = results_of(a, p, f->near[i].code);
                f->near[i].series = released_series(a, &p->cells, other);
                f->near[i].alike = !d || alike(d, p->cells.n, own, other);
        }
}

static enum err from_loaded(struct req *rq, struct str region, struct figures *f) {
        struct learn_point_list points;
        struct learn_newest_row newest;
        bool compared = false;
        enum err e = learn_newest(rq->db, rq->arena, f->i.code, &newest, &compared);
        if (e == OK)
                e = learn_series(rq->db, rq->arena, f->i.code, region, NETWORK_DIVISION, &points);
        if (e != OK)
                return e;
        f->method = compared ? benchmark_method_of(newest.method) : BENCHMARK_NONE;
        f->own = loaded_series(rq->arena, &points, region);
        for (size_t i = 0; i < f->n; i++) {
                f->near[i].series = loaded_series(rq->arena, &points, f->near[i].code);
                f->near[i].alike = true;
        }
        return OK;
}

enum err figures_source(struct req *rq, struct str code, struct figures_source *s) {
        struct cell_list cells = { 0 };
        bool found = false;
        *s = (struct figures_source) { .traits = arena_new(rq->arena, struct traits) };
        enum err e = indicator_by_code(rq->db, rq->arena, code, &s->i, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = benchmark_cells(rq->db, rq->arena, 0, learn_audience(rq), code, S(""), false, &cells);
        s->panel = panel_of(rq->arena, &cells);
        if (e == OK)
                e = benchmark_dictionary(rq->db, rq->arena, &s->dictionary);
        if (e == OK)
                e = traits_load(rq, s->traits);
        return e == OK ? places_all(rq->db, rq->arena, &s->places) : e;
}

enum err figures_of(struct req *rq, const struct figures_source *source, struct str region, struct figures *f) {
        struct learn_near_row_list near;
        *f = (struct figures) { .i = source->i, .scale = benchmark_scale(source->i.kind, source->i.unit) };
        enum err e = learn_near(rq->db, rq->arena, region, &near);
        if (e != OK)
                return e;
        f->near = arena_many(rq->arena, struct near, near.n + 1);
        for (f->n = 0; f->n < near.n; f->n++)
                f->near[f->n] = (struct near) { near.v[f->n].code, near.v[f->n].name, near.v[f->n].slug, near.v[f->n].distance, { 0 }, true };
        if (source->panel.cells.n == 0)
                return from_loaded(rq, region, f);
        from_release(rq->arena, source, region, f);
        return OK;
}

static void units_space(struct arena *a, struct units *u, size_t n) {
        u->v = arena_many(a, struct better_unit, n + 1);
        u->low = arena_many(a, double, n + 1);
        u->high = arena_many(a, double, n + 1);
        u->proven = arena_many(a, int, n + 1);
        u->choices = arena_many(a, struct str, n + 1);
        u->explanation = arena_many(a, struct str, n + 1);
}

static void units_of_cell(struct arena *a, const struct cell *c, struct units *u) {
        units_space(a, u, c->n);
        u->period = c->period;
        u->target = c->target;
        u->method = (enum benchmark_method) c->method;
        for (size_t i = 0; i < c->n; i++) {
                const struct result *r = &c->v[i];
                if (r->status != RESULT_EXACT)
                        continue;
                u->v[u->n] = (struct better_unit) { r->region, r->value, r->numerator, r->denominator, false };
                u->low[u->n] = r->low95;
                u->high[u->n] = r->high95;
                u->proven[u->n] = r->p_adjusted <= BETTER_FALSE_DISCOVERIES ? (r->value > c->target ? 1 : -1) : 0;
                u->choices[u->n] = r->choices;
                u->explanation[u->n++] = r->explanation;
        }
}

static enum err units_loaded(struct req *rq, struct str code, struct units *u, bool *found) {
        struct learn_newest_row at;
        struct learn_units_row_list rows;
        struct indicator i;
        bool known = false;
        enum err e = learn_newest(rq->db, rq->arena, code, &at, found);
        if (e == OK && *found)
                e = indicator_by_code(rq->db, rq->arena, code, &i, &known);
        if (e == OK && known)
                e = learn_units(rq->db, rq->arena, code, at.period, &rows);
        if (e != OK || !known)
                return e;
        units_space(rq->arena, u, rows.n);
        u->period = at.period;
        u->target = at.target;
        u->method = benchmark_method_of(at.method);
        for (u->n = 0; u->n < rows.n; u->n++) {
                const struct learn_units_row *r = &rows.v[u->n];
                u->v[u->n] = (struct better_unit) { r->region, r->value, r->numerator, r->denominator, isnan(r->low95) };
                u->low[u->n] = r->low95;
                u->high[u->n] = r->high95;
                u->choices[u->n] = u->explanation[u->n] = S("");
        }
        better_proven(rq->arena, u->method, benchmark_scale(i.kind, i.unit), u->target, u->v, u->n, u->proven);
        return OK;
}

enum err units_load(struct req *rq, const struct dictionary *dictionary, struct str code, struct units *u, bool *found) {
        struct cell_list years = { 0 };
        *u = (struct units) { .entry = dictionary_find(dictionary, code) };
        *found = false;
        enum err e = u->entry ? benchmark_cells(rq->db, rq->arena, 0, learn_audience(rq), code, S(""), true, &years) : OK;
        for (size_t i = years.n; e == OK && i-- > 0 && !*found;) {
                units_of_cell(rq->arena, &years.v[i], u);
                *found = u->n >= BENCHMARK_UNITS_MIN;
                u->n = *found ? u->n : 0;
        }
        if (e != OK || *found)
                return e;
        u->entry = NULL;
        return units_loaded(rq, code, u, found);
}

size_t units_find(const struct units *u, struct str region) {
        size_t k = 0;
        while (k < u->n && !str_eq(u->v[k].region, region))
                k++;
        return k;
}

bool units_alike(const struct units *u, size_t i, size_t j, const struct dictionary_choice **which) {
        *which = NULL;
        return !u->entry || dictionary_comparable(u->entry, u->choices[i], u->choices[j], which);
}
