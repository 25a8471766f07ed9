#define MATHLIB_STANDALONE 1
#include "compare.h"
#include <Rmath.h>

struct stats_z_test stats_two_proportions(double x1, double n1, double x2, double n2)
{
        const struct stats_z_test none = { STATS_NONE, STATS_NONE };
        if (!(n1 > 0) || !(n2 > 0) || !(x1 >= 0) || !(x2 >= 0) || !(x1 <= n1) || !(x2 <= n2))
                return none;
        double p = (x1 + x2) / (n1 + n2);
        if (!(p > 0) || !(p < 1))
                return none;
        double z = (x1 / n1 - x2 / n2) / sqrt(p * (1 - p) * (1 / n1 + 1 / n2));
        return (struct stats_z_test) { z, 2 * pnorm(-fabs(z), 0, 1, 1, 0) };
}

/* A discrete distribution with one mode: hypergeometric (white, black, drawn) or binomial (size, p). */
struct unimodal {
        bool hyper;
        double white, black, drawn;
        double size, p;
        double lo, hi, mode;
};

static double density(const struct unimodal *u, double k)
{
        return u->hyper ? dhyper(k, u->white, u->black, u->drawn, 0) : dbinom(k, u->size, u->p, 0);
}

/* P(K = k) and everything further out, from a k where the density only falls. phyper takes a step per drawn ball on narrow tables. */
static double hyper_tail(const struct unimodal *u, double k, double step)
{
        double term = density(u, k), sum = 0;
        for (; k >= u->lo && k <= u->hi && term > sum * 1e-17; k += step) {
                sum += term;
                term *= step > 0 ? (u->white - k) * (u->drawn - k) / ((k + 1) * (u->black - u->drawn + k + 1))
                        : k * (u->black - u->drawn + k) / ((u->white - k + 1) * (u->drawn - k + 1));
        }
        return sum;
}

/* P(K <= k) left of the mode, and P(K >= k) right of it. */
static double below(const struct unimodal *u, double k)
{
        return u->hyper ? hyper_tail(u, k, -1) : pbinom(k, u->size, u->p, 1, 0);
}

static double above(const struct unimodal *u, double k)
{
        return u->hyper ? hyper_tail(u, k, 1) : pbinom(k - 1, u->size, u->p, 0, 0);
}

/* The last k from IN, outside the tail, towards OUT, behind the mode, with density <= d; IN itself when there is none. The density rises
 * up to the mode from either side. */
static double cut(const struct unimodal *u, double in, double out, double d)
{
        while (fabs(out - in) > 1) {
                double mid = floor((in + out) / 2);
                if (density(u, mid) <= d)
                        in = mid;
                else
                        out = mid;
        }
        return in;
}

/* Sum of all outcomes not more probable than x. The margin keeps ties together that rounding would part. */
static double two_sided(const struct unimodal *u, double x)
{
        double d = density(u, x) * (1 + 1e-7);
        double left = cut(u, u->lo - 1, u->mode + 1, d), right = cut(u, u->hi + 1, u->mode - 1, d);
        if (left >= u->mode || right <= u->mode)
                return 1;
        double p = 0;
        if (left >= u->lo)
                p += below(u, left);
        if (right <= u->hi)
                p += above(u, right);
        return fmin(p, 1);
}

double stats_fisher(double x1, double n1, double x2, double n2)
{
        if (!stats_is_count(x1) || !stats_is_count(n1) || !stats_is_count(x2) || !stats_is_count(n2) || x1 > n1 || x2 > n2)
                return STATS_NONE;
        double white = x1 + x2, black = n1 + n2 - white;
        struct unimodal u = {
                .hyper = true, .white = white, .black = black, .drawn = n1,
                .lo = fmax(0, n1 - black), .hi = fmin(n1, white),
                .mode = floor((n1 + 1) * (white + 1) / (n1 + n2 + 2)),
        };
        u.mode = stats_clamp(u.mode, u.lo, u.hi);
        return two_sided(&u, x1);
}

double stats_binomial_test(double x, double n, double p0)
{
        if (!stats_is_count(x) || !stats_is_count(n) || x > n || !(p0 >= 0) || !(p0 <= 1))
                return STATS_NONE;
        struct unimodal u = { .size = n, .p = p0, .lo = 0, .hi = n, .mode = stats_clamp(floor((n + 1) * p0), 0, n) };
        return two_sided(&u, x);
}

struct stats_count_change stats_count_change(double prev, double cur, double t_prev, double t_cur)
{
        struct stats_count_change c = { STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE };
        if (!stats_is_count(prev) || !stats_is_count(cur) || !(t_prev > 0) || !(t_cur > 0) || !isfinite(t_prev + t_cur))
                return c;
        c.p = stats_binomial_test(cur, prev + cur, t_cur / (t_prev + t_cur));
        if (!(t_prev < t_cur) && !(t_prev > t_cur))
                c.z_sqrt = M_SQRT2 * (sqrt(cur) - sqrt(prev));
        c.log_ratio = log((cur + 0.5) / (prev + 0.5)) - log(t_cur / t_prev);
        c.log_var = prev / ((prev + 0.5) * (prev + 0.5)) + cur / ((cur + 0.5) * (cur + 0.5));
        return c;
}
