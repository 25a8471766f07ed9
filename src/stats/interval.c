#define MATHLIB_STANDALONE 1
#include "interval.h"
#include <Rmath.h>

static bool conf_ok(double conf)
{
        return conf > 0 && conf < 1;
}

static bool share_ok(double x, double n)
{
        return isfinite(x) && isfinite(n) && n > 0 && x >= 0 && x <= n;
}

static bool exact_share_ok(double x, double n)
{
        return share_ok(x, n) && stats_is_count(x) && stats_is_count(n);
}

static double z_of(double conf)
{
        return qnorm((1 - conf) / 2, 0, 1, 0, 0);
}

struct stats_interval stats_wilson(double x, double n, double conf)
{
        if (!share_ok(x, n) || !conf_ok(conf))
                return stats_no_interval();
        double z = z_of(conf), z2 = z * z;
        double root = z * sqrt(z2 + 4 * x * (1 - x / n));
        double under = 2 * (n + z2);
        /* x = 0 and x = n are set, not computed: rounding would leave 1e-18 or 1 - 1e-16. */
        double lo = x > 0 ? (2 * x + z2 - root) / under : 0;
        double hi = x < n ? (2 * x + z2 + root) / under : 1;
        return (struct stats_interval) { stats_clamp(lo, 0, 1), stats_clamp(hi, 0, 1) };
}

struct stats_interval stats_clopper_pearson(double x, double n, double conf)
{
        if (!exact_share_ok(x, n) || !conf_ok(conf))
                return stats_no_interval();
        double a = (1 - conf) / 2;
        double lo = x > 0 ? qbeta(a, x, n - x + 1, 1, 0) : 0;
        double hi = x < n ? qbeta(a, x + 1, n - x, 0, 0) : 1;
        return (struct stats_interval) { lo, hi };
}

struct stats_interval stats_jeffreys(double x, double n, double conf)
{
        if (!exact_share_ok(x, n) || !conf_ok(conf))
                return stats_no_interval();
        double a = (1 - conf) / 2;
        double lo = x > 0 ? qbeta(a, x + 0.5, n - x + 0.5, 1, 0) : 0;
        double hi = x < n ? qbeta(a, x + 0.5, n - x + 0.5, 0, 0) : 1;
        return (struct stats_interval) { lo, hi };
}

struct stats_interval stats_newcombe(double x1, double n1, double x2, double n2, double conf)
{
        struct stats_interval a = stats_wilson(x1, n1, conf), b = stats_wilson(x2, n2, conf);
        if (isnan(a.lo) || isnan(b.lo))
                return stats_no_interval();
        double p1 = x1 / n1, p2 = x2 / n2, d = p1 - p2;
        double lo = d - hypot(p1 - a.lo, b.hi - p2);
        double hi = d + hypot(a.hi - p1, p2 - b.lo);
        return (struct stats_interval) { stats_clamp(lo, -1, 1), stats_clamp(hi, -1, 1) };
}

struct stats_interval stats_poisson_exact(double o, double conf)
{
        if (!stats_is_count(o) || !conf_ok(conf))
                return stats_no_interval();
        double a = (1 - conf) / 2;
        double lo = o > 0 ? qchisq(a, 2 * o, 1, 0) / 2 : 0;
        return (struct stats_interval) { lo, qchisq(a, 2 * o + 2, 0, 0) / 2 };
}

struct stats_interval stats_poisson_byar(double o, double conf)
{
        if (!isfinite(o) || o < 0 || !conf_ok(conf))
                return stats_no_interval();
        double z = z_of(conf), lo = 0, u = o + 1;
        if (o > 0) {
                double root = 1 - 1 / (9 * o) - z / (3 * sqrt(o));
                lo = root >= 0 ? o * root * root * root : STATS_NONE;
        }
        double root = 1 - 1 / (9 * u) + z / (3 * sqrt(u));
        return (struct stats_interval) { lo, u * root * root * root };
}

struct stats_interval stats_poisson_phe(double o, double conf)
{
        return o < 10 ? stats_poisson_exact(o, conf) : stats_poisson_byar(o, conf);
}

struct stats_interval stats_mean_interval(double mean, double sd, double n, double conf)
{
        if (!isfinite(mean) || !isfinite(sd) || sd < 0 || !isfinite(n) || n < 2 || !conf_ok(conf))
                return stats_no_interval();
        double half = qt((1 - conf) / 2, n - 1, 0, 0) * sd / sqrt(n);
        return (struct stats_interval) { mean - half, mean + half };
}

double stats_mean_p(double mean, double sd, double n)
{
        if (!isfinite(mean) || !isfinite(sd) || !(sd > 0) || !isfinite(n) || n < 2)
                return STATS_NONE;
        return 2 * pt(-fabs(mean) * sqrt(n) / sd, n - 1, 1, 0);
}
