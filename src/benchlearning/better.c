#include "better.h"
#include <math.h>
#include "fdr.h"
#include "funnel.h"
#include "rank.h"

static bool has_counts(const struct better_unit *u) {
        return !u->estimated && u->numerator >= 0 && u->denominator > 0;
}

struct better_field better_field(struct arena *a, enum benchmark_method method, bool higher_is_better, const struct better_unit *u, size_t n) {
        struct better_field f = { .method = method, .higher_is_better = higher_is_better };
        double *x = arena_many(a, double, n), *of = arena_many(a, double, n);
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
                if (has_counts(&u[i])) {
                        x[k] = u[i].numerator;
                        of[k++] = u[i].denominator;
                }
        if (k < BENCHMARK_UNITS_MIN || method == BENCHMARK_NONE)
                return f;
        if (method == BENCHMARK_BINOMIAL) {
                f.share = stats_share_prior(x, of, k, arena_many(a, double, stats_share_prior_scratch(of, k)));
                f.is_known = f.share.converged;
                f.differ = f.share.overdispersed;
        } else {
                f.rate = stats_rate_prior(x, of, k, arena_many(a, double, stats_rate_prior_scratch(x, k)));
                f.is_known = f.rate.converged;
                f.differ = f.rate.overdispersed;
        }
        return f;
}

/* Chance that OTHER is higher. */
static double higher(const struct better_field *f, const struct better_unit *own, const struct better_unit *other) {
        double x = own->numerator, n = own->denominator, y = other->numerator, m = other->denominator;
        if (f->method == BENCHMARK_BINOMIAL)
                return stats_rank_above(STATS_FAMILY_BETA, f->share.alpha + y, f->share.beta + m - y, f->share.alpha + x, f->share.beta + n - x);
        return stats_rank_above(STATS_FAMILY_GAMMA, f->rate.alpha + y, f->rate.beta + m, f->rate.alpha + x, f->rate.beta + n);
}

double better_chance(const struct better_field *f, const struct better_unit *own, const struct better_unit *other) {
        if (!f->is_known || !f->differ || !has_counts(own) || !has_counts(other))
                return (double) NAN;
        double up = higher(f, own, other);
        return f->higher_is_better ? up : 1 - up;
}

struct better_verdict better_than(const struct better_field *f, const struct better_unit *own, const struct better_unit *other, bool alike) {
        struct better_verdict v = { BETTER_NO_FIGURE, (double) NAN };
        if (!has_counts(own) || !has_counts(other))
                return v;
        if (!alike) {
                v.is = BETTER_OTHER_CHOICES;
                return v;
        }
        if (f->is_known && !f->differ)
                v.is = BETTER_NOT;
        v.chance = better_chance(f, own, other);
        if (!isnan(v.chance))
                v.is = v.chance > BETTER_CHANCE ? BETTER_SURELY : v.chance > .5 ? BETTER_PERHAPS : BETTER_NOT;
        return v;
}

/* Twice the smaller exact tail. */
static double exact_p(enum benchmark_method method, double target, const struct better_unit *u, int *side) {
        double expected = target * u->denominator;
        struct stats_funnel_class c = method == BENCHMARK_BINOMIAL ? stats_funnel_binomial(u->numerator, u->denominator, target)
                                                                   : stats_funnel_poisson(u->numerator, expected);
        *side = u->numerator > expected ? 1 : -1;
        return fmin(1, 2 * fmin(c.p_lower, c.p_upper));
}

void better_proven(struct arena *a, enum benchmark_method method, double scale, double target, const struct better_unit *u, size_t n, int *ret) {
        double *p = arena_many(a, double, n);
        for (size_t i = 0; i < n; i++)
                p[i] = method != BENCHMARK_NONE && has_counts(&u[i]) ? exact_p(method, target / scale, &u[i], &ret[i]) : (double) NAN;
        stats_adjust(STATS_ADJUST_BH, p, n, p, arena_many(a, struct stats_keyed, n), NULL);
        for (size_t i = 0; i < n; i++)
                if (!(p[i] <= BETTER_FALSE_DISCOVERIES))
                        ret[i] = 0;
}
