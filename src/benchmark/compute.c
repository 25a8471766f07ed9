/* compute.c - one comparison: target, intervals, exact and adjusted classes, fifths. Pure. */
#include "benchmark.h"
#include <stdlib.h>
#include "interval.h"
#include "overdispersion.h"
#include "quantile.h"

/* Below this many units winsorising has no meaning (stats/overdispersion.h). */
#define WINSOR_UNITS 20

static int class_of(struct stats_funnel_class c) {
        int side = c.at95 == STATS_SIDE_LOW ? -1 : c.at95 == STATS_SIDE_HIGH ? 1 : 0;
        return c.at998 == STATS_SIDE_LOW ? -2 : c.at998 == STATS_SIDE_HIGH ? 2 : side;
}

/* Differences between municipalities widen the limits, they never narrow them: who is inside by the exact test stays inside. The
 * transformed scale alone would call 10 of 10 high where 85% is usual, which one in five average municipalities has. */
static int milder(int exact, int adjusted) {
        if (exact == 0 || (exact > 0) != (adjusted > 0))
                return 0;
        return abs(exact) < abs(adjusted) ? exact : adjusted;
}

/* Only counts that were counted can be tested. Parts of a split are no whole numbers and stay out by themselves; one
 * count that is not whole elsewhere means that the numerators are no counts (FTE, euros). */
static enum benchmark_method method_for(struct str kind, const struct benchmark_unit *u, size_t n) {
        bool proportion = str_eq(kind, S("proportion"));
        if (!proportion && !str_eq(kind, S("rate")))
                return BENCHMARK_NONE;
        for (size_t i = 0; i < n; i++)
                if (!(u[i].denominator > 0) || !(u[i].numerator >= 0) || (!u[i].estimated &&
                        !stats_is_count(u[i].numerator)))
                        return BENCHMARK_NONE;
        return proportion ? BENCHMARK_BINOMIAL : BENCHMARK_POISSON;
}

static void interval_of(struct benchmark_unit *u, enum benchmark_method method, double scale) {
        struct stats_interval i = stats_no_interval();
        if (method == BENCHMARK_BINOMIAL)
                i = stats_wilson(u->numerator, u->denominator, STATS_CONF_95);
        if (method == BENCHMARK_POISSON) {
                i = stats_poisson_phe(u->numerator, STATS_CONF_95);
                i.lo /= u->denominator;
                i.hi /= u->denominator;
        }
        u->low95 = scale * i.lo;
        u->high95 = scale * i.hi;
}

/* A of B on its scale: events of cases, or events of expected ones. */
static void test_units(struct arena *a, struct benchmark_unit *u, size_t n, double scale,
        struct benchmark_comparison *c) {
        bool binomial = c->method == BENCHMARK_BINOMIAL;
        double p0 = c->total_numerator / c->total_denominator;
        double *x = arena_many(a, double, n), *y = arena_many(a, double, n);
        for (size_t i = 0; i < n; i++) {
                x[i] = u[i].estimated ? STATS_NONE : u[i].numerator;
                y[i] = binomial ? u[i].denominator : u[i].denominator * p0;
        }
        struct stats_od_options options = { binomial ? STATS_SCALE_ARCSINE : STATS_SCALE_RATIO_ROOT, binomial ? p0 : 1,
                                            n >= WINSOR_UNITS ? 0.1 : 0, false };
        struct stats_od od = stats_od_fit(x, y, n, options, arena_many(a, double, n));
        c->phi = od.phi;
        c->tau2 = od.tau2;
        for (size_t i = 0; i < n; i++) {
                interval_of(&u[i], c->method, scale);
                u[i].z_adjusted = STATS_NONE;
                if (u[i].estimated)
                        continue;
                struct stats_funnel_class exact = binomial ? stats_funnel_binomial(x[i], y[i], p0)
                                                           : stats_funnel_poisson(x[i], y[i]);
                u[i].class_exact = class_of(exact);
                u[i].p = fmin(1, 2 * fmin(exact.p_lower, exact.p_upper));
                u[i].class_adjusted = milder(u[i].class_exact, class_of(stats_od_class(&od, x[i], y[i])));
                u[i].z_adjusted = stats_od_z(&od, x[i], y[i]).additive;
                c->outside_unadjusted += u[i].class_exact == 2 || u[i].class_exact == -2;
                c->outside_adjusted += u[i].class_adjusted == 2 || u[i].class_adjusted == -2;
        }
}

static void place_units(struct arena *a, struct benchmark_unit *u, size_t n, struct benchmark_comparison *c) {
        static const double at[7] = { 0, .1, .25, .5, .75, .9, 1 };
        double *v = arena_many(a, double, n);
        size_t *group = arena_many(a, size_t, n);
        for (size_t i = 0; i < n; i++)
                v[i] = u[i].value;
        stats_phe_quantile(v, n, 5, group, arena_many(a, struct stats_keyed, n));
        for (size_t i = 0; i < n; i++)
                u[i].fifth = (int) group[i];
        size_t k = stats_sort(v, n);
        for (size_t i = 0; i < 7; i++)
                c->quantile[i] = stats_quantile_sorted(v, k, at[i], 7);
}

void benchmark_intervals(struct str kind, double scale, struct benchmark_unit *u, size_t n) {
        enum benchmark_method method = method_for(kind, u, n);
        for (size_t i = 0; i < n; i++) {
                u[i].z_adjusted = u[i].p = STATS_NONE;
                interval_of(&u[i], method, scale);
        }
}

bool benchmark_compare(struct arena *a, struct str kind, double scale, double national, struct benchmark_unit *u,
        size_t n, struct benchmark_comparison *ret) {
        bool counts = n > 0;
        double x = 0, y = 0;
        if (n < BENCHMARK_UNITS_MIN)
                return false;
        *ret = (struct benchmark_comparison) { .units = n, .phi = STATS_NONE, .tau2 = STATS_NONE,
                .total_numerator = STATS_NONE, .total_denominator = STATS_NONE };
        place_units(a, u, n, ret);
        for (size_t i = 0; i < n; i++) {
                u[i].low95 = u[i].high95 = u[i].z_adjusted = u[i].p = STATS_NONE;
                u[i].class_exact = u[i].class_adjusted = 0;
                counts = counts && u[i].denominator > 0 && !isnan(u[i].numerator);
                x += u[i].numerator;
                y += u[i].denominator;
        }
        ret->method = counts ? method_for(kind, u, n) : BENCHMARK_NONE;
        ret->target = !isnan(national) ? national : ret->quantile[3];
        ret->target_from = !isnan(national) ? "published" : "median";
        if (!counts)
                return true;
        ret->total_numerator = x;
        ret->total_denominator = y;
        ret->target = scale * x / y;
        ret->target_from = "counts";
        if (ret->method != BENCHMARK_NONE && x > 0)
                test_units(a, u, n, scale, ret);
        return true;
}
