#define MATHLIB_STANDALONE 1
#include "funnel.h"
#include "interval.h"
#include <Rmath.h>

static const struct stats_funnel_class no_class = { STATS_NONE, STATS_NONE, STATS_SIDE_NONE, STATS_SIDE_NONE };
static const struct stats_funnel_limits no_limits = { STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE };

static enum stats_side side(double p_lower, double p_upper, double tail)
{
        return p_lower < tail ? STATS_SIDE_LOW : p_upper < tail ? STATS_SIDE_HIGH : STATS_SIDE_IN;
}

static struct stats_funnel_class classify(double p_lower, double p_upper)
{
        return (struct stats_funnel_class) {
                p_lower, p_upper, side(p_lower, p_upper, STATS_TAIL_95), side(p_lower, p_upper, STATS_TAIL_998),
        };
}

static bool target_ok(double p0)
{
        return p0 >= 0 && p0 <= 1;
}

static bool tail_ok(double tail)
{
        return tail > 0 && tail < 0.5;
}

struct stats_funnel_class stats_funnel_binomial(double x, double n, double p0)
{
        if (!stats_is_count(x) || !stats_is_count(n) || x > n || !(n > 0) || !target_ok(p0))
                return no_class;
        /* P(R >= x) = P(R > x - 1): the upper tail itself, not 1 - CDF */
        return classify(pbinom(x, n, p0, 1, 0), pbinom(x - 1, n, p0, 0, 0));
}

struct stats_funnel_class stats_funnel_poisson(double o, double e)
{
        if (!stats_is_count(o) || !(e > 0) || !isfinite(e))
                return no_class;
        return classify(ppois(o, e, 1, 0), ppois(o - 1, e, 0, 0));
}

struct stats_funnel_class stats_funnel_normal(double x, double n, double p0)
{
        if (!(x >= 0) || !(n > 0) || !(x <= n) || !isfinite(n) || !(p0 > 0) || !(p0 < 1))
                return no_class;
        double z = (x / n - p0) / sqrt(p0 * (1 - p0) / n);
        return classify(pnorm(z, 0, 1, 1, 0), pnorm(z, 0, 1, 0, 0));
}

/* The smallest count with P(X <= count) >= tail. libRmath's qbinom stops too high with a target near 1 and thousands of cases: there its
 * answer for the complement is right. */
static double low_count(double tail, double n, double p0)
{
        double r = qbinom(tail, n, p0, 1, 0);
        bool high = r > 0 && pbinom(r - 1, n, p0, 1, 0) > tail * (1 + 1e-10);
        return high ? n - qbinom(tail, n, 1 - p0, 0, 0) : r;
}

struct stats_funnel_limits stats_funnel_limits_binomial(double n, double p0, double tail)
{
        if (!stats_is_count(n) || !(n > 0) || !target_ok(p0) || !tail_ok(tail))
                return no_limits;
        double lo = low_count(tail, n, p0), hi = qbinom(tail, n, p0, 0, 0);
        /* F(hi) - (1 - a) = a - P(R > hi) */
        double l = lo - (pbinom(lo, n, p0, 1, 0) - tail) / dbinom(lo, n, p0, 0);
        double h = hi - (tail - pbinom(hi, n, p0, 0, 0)) / dbinom(hi, n, p0, 0);
        return (struct stats_funnel_limits) {
                .r_lo = lo, .r_hi = hi, .lo = stats_clamp(l / n, 0, 1),
                .hi = stats_clamp((h + 1) / n, 0, 1), .hi_printed = stats_clamp(h / n, 0, 1),
        };
}

struct stats_funnel_limits stats_funnel_limits_poisson(double e, double tail)
{
        if (!(e > 0) || !isfinite(e) || !tail_ok(tail))
                return no_limits;
        double lo = qpois(tail, e, 1, 0), hi = qpois(tail, e, 0, 0);
        double l = lo - (ppois(lo, e, 1, 0) - tail) / dpois(lo, e, 0);
        double h = hi - (tail - ppois(hi, e, 0, 0)) / dpois(hi, e, 0);
        return (struct stats_funnel_limits) {
                .r_lo = lo, .r_hi = hi, .lo = fmax(l / e, 0), .hi = fmax((h + 1) / e, 0), .hi_printed = fmax(h / e, 0),
        };
}

struct stats_interval stats_funnel_limits_normal(double n, double p0, double tail)
{
        if (!(n > 0) || !isfinite(n) || !target_ok(p0) || !tail_ok(tail))
                return stats_no_interval();
        double half = qnorm(tail, 0, 1, 0, 0) * sqrt(p0 * (1 - p0) / n);
        return (struct stats_interval) { p0 - half, p0 + half };
}

struct stats_interval stats_funnel_limits_garwood(double e, double tail)
{
        if (!(e > 0) || !isfinite(e) || !tail_ok(tail))
                return stats_no_interval();
        return (struct stats_interval) { qchisq(tail, 2 * e, 1, 0) / 2 / e, qchisq(tail, 2 * e + 2, 0, 0) / 2 / e };
}

struct stats_interval stats_funnel_limits_log(double e, double tail)
{
        if (!(e > 0) || !isfinite(e) || !tail_ok(tail))
                return stats_no_interval();
        double half = qnorm(tail, 0, 1, 0, 0) / sqrt(e);
        return (struct stats_interval) { exp(-half), exp(half) };
}

struct stats_funnel_lines stats_funnel_lines_binomial(double n, double p0)
{
        struct stats_funnel_limits a = stats_funnel_limits_binomial(n, p0, STATS_TAIL_95);
        struct stats_funnel_limits b = stats_funnel_limits_binomial(n, p0, STATS_TAIL_998);
        return (struct stats_funnel_lines) { b.lo, a.lo, a.hi, b.hi };
}

struct stats_funnel_lines stats_funnel_lines_poisson(double e)
{
        struct stats_funnel_limits a = stats_funnel_limits_poisson(e, STATS_TAIL_95);
        struct stats_funnel_limits b = stats_funnel_limits_poisson(e, STATS_TAIL_998);
        return (struct stats_funnel_lines) { b.lo, a.lo, a.hi, b.hi };
}

size_t stats_funnel_grid(double from, double to, bool whole, double *at, size_t m)
{
        if (!(from > 0) || !(to >= from) || !isfinite(to) || m == 0)
                return 0;
        double a = sqrt(from), step = m > 1 ? (sqrt(to) - a) / (double) (m - 1) : 0;
        size_t k = 0;
        for (size_t i = 0; i < m; i++) {
                double root = a + step * (double) i;
                double v = i == 0 ? from : i == m - 1 ? to : root * root;
                if (whole)
                        v = i == 0 ? ceil(v) : i == m - 1 ? floor(v) : round(v);
                if (v < from || v > to || (k > 0 && v <= at[k - 1]))
                        continue;
                at[k++] = v;
        }
        return k;
}

void stats_funnel_curve_binomial(double p0, const double *n, struct stats_funnel_lines *lines, size_t m)
{
        for (size_t i = 0; i < m; i++)
                lines[i] = stats_funnel_lines_binomial(n[i], p0);
}

void stats_funnel_curve_poisson(const double *e, struct stats_funnel_lines *lines, size_t m)
{
        for (size_t i = 0; i < m; i++)
                lines[i] = stats_funnel_lines_poisson(e[i]);
}
