/* funnel.h - is a figure further from the target than chance explains?
 *
 * Classify with the exact tails (stats_funnel_binomial, _poisson), never by "the point lies above the drawn line": the line that
 * Spiegelhalter (2005, Stat Med 24:1185) printed lies one event too low on the upper side, and would call 12% of average
 * municipalities with 20 cases and a target of 90% "high at 99.8%". The symmetric lines here agree with the exact test.
 *
 * The target should not contain the unit itself when there are few units. */
#ifndef STATS_FUNNEL_H
#define STATS_FUNNEL_H

#include "stats.h"

enum stats_side {
        STATS_SIDE_NONE,        /* no verdict: missing, n = 0, not whole */
        STATS_SIDE_IN,
        STATS_SIDE_LOW,
        STATS_SIDE_HIGH,
};

/* p_lower = P(R <= x), p_upper = P(R >= x) under the target. At tail a: low when p_lower < a, high when p_upper < a.
 * Both tails are computed directly, so tiny ones keep their digits. */
struct stats_funnel_class {
        double p_lower, p_upper;
        enum stats_side at95, at998;
};

/* x of n against p0, R ~ Binomial(n, p0). Whole x and n, 0 <= x <= n, n > 0, 0 <= p0 <= 1. */
struct stats_funnel_class stats_funnel_binomial(double x, double n, double p0);

/* o events against e expected, R ~ Poisson(e). Whole o >= 0, e > 0. */
struct stats_funnel_class stats_funnel_poisson(double o, double e);

/* z = (x/n - p0) / sqrt(p0(1 - p0)/n): the normal approximation of Public Health England (equal to the inverse Wilson interval).
 * Takes fractions; for large n only, or to compare with published figures. p_lower and p_upper are normal tails. */
struct stats_funnel_class stats_funnel_normal(double x, double n, double p0);

/* The limits at one tail, as proportion (binomial) or as ratio to expected (Poisson).
 * r_lo, r_hi: the quantiles of the count, min{k: F(k) >= a} and min{k: F(k) >= 1 - a}.
 * lo          (r_lo - (F(r_lo) - a)/f(r_lo)) / n
 * hi          (r_hi - (F(r_hi) - (1 - a))/f(r_hi) + 1) / n: draw this one
 * hi_printed  the same without the + 1, as printed by Spiegelhalter: for comparison only
 * Clamped to [0, 1], or to >= 0 for the Poisson. All NaN when n <= 0, not whole (binomial), or the target is out of range. */
struct stats_funnel_limits {
        double r_lo, r_hi;
        double lo, hi, hi_printed;
};
struct stats_funnel_limits stats_funnel_limits_binomial(double n, double p0, double tail);
struct stats_funnel_limits stats_funnel_limits_poisson(double e, double tail);

/* p0 -+ z sqrt(p0(1 - p0)/n), not clamped: it can leave [0, 1]. */
struct stats_interval stats_funnel_limits_normal(double n, double p0, double tail);

/* Two approximations found in other software, for comparison only; both are intervals around e rather than control limits.
 * As a ratio to e: Garwood's chi-square limits, and exp(-+ z / sqrt(e)). */
struct stats_interval stats_funnel_limits_garwood(double e, double tail);
struct stats_interval stats_funnel_limits_log(double e, double tail);

/* The four lines to draw at one value of n or e. */
struct stats_funnel_lines {
        double lo998, lo95, hi95, hi998;
};
struct stats_funnel_lines stats_funnel_lines_binomial(double n, double p0);
struct stats_funnel_lines stats_funnel_lines_poisson(double e);

/* Values at which to draw, between from and to (0 < from <= to): evenly spaced on the root scale, so dense where the funnel
 * bends; made whole (and each once) when whole is set. Fills at most m, returns how many. */
size_t stats_funnel_grid(double from, double to, bool whole, double *at, size_t m);

/* Lines at each value. Exact lines jump with whole n; that is the truth, not noise. */
void stats_funnel_curve_binomial(double p0, const double *n, struct stats_funnel_lines *lines, size_t m);
void stats_funnel_curve_poisson(const double *e, struct stats_funnel_lines *lines, size_t m);

#endif
