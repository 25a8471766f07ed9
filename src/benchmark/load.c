/* load.c - fills this room: everything is read, checked and computed, and then written. */
#include <math.h>
#include "benchmark_demo.h"
#include "benchmark_release.h"
#include "loading.h"

/* Figures I to END (sorted) are one indicator and period: compares those of today's municipalities without a
 * breakdown. */
static void compare_group(struct loading *x, size_t i, size_t end) {
        const struct figure *first = &x->figures.v[i];
        double national = (double) NAN;
        struct benchmark_unit *u = arena_many(x->a, struct benchmark_unit, end - i);
        struct compared c = { .indicator = first->indicator, .period = first->period, .units = u };
        size_t n = 0;
        if (str_eq(first->indicator->scope, S("national")))
                return;
        for (; i < end; i++) {
                const struct figure *f = &x->figures.v[i];
                if (f->detail.n || f->boundary_year != NETWORK_DIVISION || isnan(f->value))
                        continue;
                if (str_eq(f->region, S(NETWORK_NATION)))
                        national = f->value;
                else
                        u[n++] = (struct benchmark_unit) { .region = f->region, .value = f->value,
                                .numerator = f->numerator,
                                .denominator = f->denominator, .estimated = f->status == NETWORK_ESTIMATED };
        }
        if (benchmark_compare(x->a, c.indicator->kind, c.indicator->scale, national, u, n, &c.result))
                *vec_push(x->a, &x->comparisons) = c;
}

static void compare_all(struct loading *x) {
        for (size_t i = 0, end; i < x->figures.n; i = end) {
                const struct figure *f = &x->figures.v[i];
                end = i + 1;
                while (end < x->figures.n && x->figures.v[end].indicator == f->indicator &&
                        x->figures.v[end].period == f->period)
                        end++;
                compare_group(x, i, end);
        }
}

static enum err clear(struct db *db) {
        static enum err (*const steps[])(struct db *) = {
                benchmark_clear_peers, benchmark_clear_characteristic_values, benchmark_clear_characteristics,
                        benchmark_clear_units,
                benchmark_clear_comparisons, benchmark_clear_figures, benchmark_clear_indicators,
        };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < sizeof steps / sizeof *steps; i++)
                e = steps[i](db);
        return e;
}

static enum err write_indicators(struct loading *x) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->texts.n; i++) {
                const struct indicator_text *t = x->texts.v[i];
                e = benchmark_put_indicator(x->db, t->code, t->slug, t->position, t->name, t->definition, t->numerator,
                        t->denominator, t->unit, t->kind, t->decimals, t->polarity, t->phase, t->theme, t->scope,
                                t->period_kind,
                        t->source, t->source_url, t->licence, t->note, t->note_html, 0);
        }
        return e;
}

static struct str text_of(struct str s) {
        return s.p ? s : S("");
}

static enum err write_figures(struct loading *x) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->figures.n; i++) {
                const struct figure *f = &x->figures.v[i];
                e = benchmark_put_figure(x->db, f->indicator->code, f->period, f->region, text_of(f->detail),
                        f->value, f->numerator,
                        f->denominator, str_of(network_status_name(f->status)), f->boundary_year, text_of(f->source), 0);
        }
        return e;
}

static enum err write_units(struct loading *x, const struct compared *c) {
        enum err e = OK;
        for (size_t k = 0; e == OK && k < c->result.units; k++) {
                const struct benchmark_unit *u = &c->units[k];
                e = benchmark_put_unit(x->db, c->indicator->code, c->period, u->region, u->value, u->numerator,
                        u->denominator, u->low95,
                        u->high95, u->class_exact, u->class_adjusted, u->z_adjusted, u->fifth, 0);
        }
        return e;
}

static enum err write_comparisons(struct loading *x) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->comparisons.n; i++) {
                const struct compared *c = &x->comparisons.v[i];
                const struct benchmark_comparison *r = &c->result;
                const double *q = r->quantile;
                struct str quantiles = str_fmt(x->a, "%.10g %.10g %.10g %.10g %.10g %.10g %.10g", q[0], q[1], q[2],
                        q[3], q[4], q[5], q[6]);
                e = benchmark_put_comparison(x->db, c->indicator->code, c->period, (int64_t) r->units, r->target,
                        str_of(r->target_from),
                        r->total_numerator, r->total_denominator, str_of(benchmark_method_name(r->method)), r->phi,
                                r->tau2, r->outside_unadjusted,
                        r->outside_adjusted, quantiles, 0);
                if (e == OK)
                        e = write_units(x, c);
        }
        return e;
}

static enum err write_peers(struct loading *x) {
        enum err e = OK;
        for (size_t k = 0; e == OK && k < x->traits.n; k++) {
                const struct trait *t = &x->traits.v[k];
                e = benchmark_put_characteristic(x->db, t->code, t->name, t->unit, t->decimals, t->period,
                        t->position, t->weight, t->source);
                for (size_t i = 0; e == OK && i < x->places.n; i++)
                        if (!isnan(t->value[i]))
                                e = benchmark_put_characteristic_value(x->db, x->places.v[i].code, t->code,
                                        t->value[i], t->z[i]);
        }
        for (size_t i = 0; e == OK && i < x->peers.n; i++) {
                const struct near_place *p = &x->peers.v[i];
                e = benchmark_put_peer(x->db, x->places.v[p->place].code, p->rank, x->places.v[p->other].code,
                        p->distance);
        }
        return e;
}

enum err benchmark_load(struct db *db, struct load *l) {
        struct loading x = { .db = db, .l = l, .a = l->a };
        enum err e = network_graph(db, l->a, &x.graph);
        if (e == OK)
                e = loading_indicators(&x);
        if (e == OK)
                e = loading_figures(&x);
        if (e == OK)
                e = loading_peers(&x);
        if (e != OK)
                return e;
        loading_recode(&x);
        compare_all(&x);
        e = clear(db);
        if (e == OK)
                e = write_indicators(&x);
        if (e == OK)
                e = loading_dictionary(&x);
        if (e == OK)
                e = write_figures(&x);
        if (e == OK)
                e = write_comparisons(&x);
        if (e == OK)
                e = write_peers(&x);
        if (e == OK)
                e = benchmark_demo(db, l->a);
        return e == OK ? benchmark_republish(db, l->a) : e;
}
