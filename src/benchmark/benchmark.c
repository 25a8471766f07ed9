/* benchmark.c - rules without I/O. */
#include "benchmark.h"
#include <math.h>
#include <stdlib.h>
#include "neighbour.h"
#include "overdispersion.h"
#include "vec.h"

double benchmark_scale(struct str kind, struct str unit) {
        if (str_eq(kind, S("proportion")))
                return 100;
        if (str_find(unit, S("per 1.000 ")) < unit.n)
                return 1000;
        return str_find(unit, S("per 10.000 ")) < unit.n ? 10000 : 1;
}

static const char *const methods[] = { "binomial", "poisson", "none" };

const char *benchmark_method_name(enum benchmark_method m) {
        return methods[m];
}

enum benchmark_method benchmark_method_of(struct str name) {
        return str_eq(name, S("binomial")) ? BENCHMARK_BINOMIAL : str_eq(name,
                S("poisson")) ? BENCHMARK_POISSON : BENCHMARK_NONE;
}

static struct benchmark_lines scaled(struct stats_funnel_lines l, double by) {
        return (struct benchmark_lines) { by * l.lo998, by * l.lo95, by * l.hi95, by * l.hi998 };
}

/* The outer ones of those of chance alone and those with the variance between municipalities, as the classes are (compute.c). */
static struct stats_funnel_lines outer(struct stats_funnel_lines a, struct stats_funnel_lines b) {
        return (struct stats_funnel_lines) { fmin(a.lo998, b.lo998), fmin(a.lo95, b.lo95), fmax(a.hi95, b.hi95), fmax(a.hi998, b.hi998) };
}

static struct benchmark_lines no_lines(void) {
        double no = STATS_NONE;
        return (struct benchmark_lines) { no, no, no, no };
}

struct benchmark_lines benchmark_lines_adjusted(enum benchmark_method method, double target, double scale,
        double tau2, double n) {
        struct stats_od od = { .phi = STATS_NONE, .tau2 = tau2 };
        if (method == BENCHMARK_NONE)
                return no_lines();
        od.options.scale = method == BENCHMARK_BINOMIAL ? STATS_SCALE_ARCSINE : STATS_SCALE_RATIO_ROOT;
        od.options.target = method == BENCHMARK_BINOMIAL ? target / scale : 1;
        od.target_y = stats_target_to_scale(od.options.scale, od.options.target);
        if (method == BENCHMARK_BINOMIAL)
                return scaled(outer(stats_od_lines(&od, n), stats_funnel_lines_binomial(round(n), target / scale)), scale);
        double expected = n * target / scale;
        return scaled(outer(stats_od_lines(&od, expected), stats_funnel_lines_poisson(expected)), target);
}

bool benchmark_too_small(double numerator, double denominator) {
        double rest = denominator - numerator;
        return denominator < 10 || (numerator > 0 && numerator < 5) || (rest > 0 && rest < 5);
}

static int by_share(const void *x, const void *y) {
        const struct peer_reason *a = x, *b = y;
        if (a->share < b->share || a->share > b->share)
                return a->share > b->share ? -1 : 1;
        return str_cmp(a->own->code, b->own->code);
}

static const struct characteristic_of *having(const struct characteristic_of_list *l, struct str code) {
        for (size_t i = 0; i < l->n; i++)
                if (str_eq(l->v[i].code, code))
                        return &l->v[i];
        return NULL;
}

void peer_reasons(struct arena *a, const struct characteristics_all_row_list *all,
        const struct characteristic_of_list *own,
                  const struct characteristic_of_list *other, struct peer_reason_list *ret) {
        double *x = arena_many(a, double, all->n), *y = arena_many(a, double, all->n), *w = arena_many(a, double,
                all->n);
        double *share = arena_many(a, double, all->n);
        *ret = (struct peer_reason_list) { 0 };
        for (size_t i = 0; i < all->n; i++) {
                const struct characteristic_of *o = having(own, all->v[i].code), *p = having(other, all->v[i].code);
                if (!o || !p)
                        continue;
                x[ret->n] = o->z;
                y[ret->n] = p->z;
                w[ret->n] = all->v[i].weight;
                *vec_push(a, ret) = (struct peer_reason) { o, p, 0, o->z - p->z };
        }
        stats_contributions(x, y, w, ret->n, share);
        for (size_t i = 0; i < ret->n; i++)
                ret->v[i].share = share[i];
        if (ret->n)
                qsort(ret->v, ret->n, sizeof *ret->v, by_share);
}

void benchmark_quantiles_read(struct str text, double ret[7]) {
        struct str part;
        for (size_t i = 0; i < 7; i++)
                if (!str_split(&text, ' ', &part) || !str_to_f64(part, &ret[i]))
                        ret[i] = STATS_NONE;
}
