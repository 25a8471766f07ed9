#define MATHLIB_STANDALONE 1
#include "power.h"
#include <Rmath.h>

static bool is_level(double conf)
{
        return conf > 0 && conf < 1;
}

static double z_of(double conf)
{
        return qnorm((1 - conf) / 2, 0, 1, 0, 0);
}

double stats_power(double delta, double se, double conf)
{
        if (!(se > 0) || !is_level(conf) || isnan(delta))
                return STATS_NONE;
        return pnorm(fabs(delta) / se - z_of(conf), 0, 1, 1, 0);
}

double stats_detectable(double se, double conf, double power)
{
        if (!(se > 0) || !is_level(conf) || !is_level(power))
                return STATS_NONE;
        return se * (z_of(conf) + qnorm(power, 0, 1, 1, 0));
}

static bool is_share(double p)
{
        return p >= 0 && p <= 1;
}

double stats_power_target(double n, double p, double target, double conf)
{
        if (!stats_is_count(n) || !is_share(p) || !is_share(target) || !is_level(conf))
                return STATS_NONE;
        double tail = (1 - conf) / 2;
        if (p > target) {               /* the smallest x with P(X >= x) < tail under the target */
                double x = qbinom(tail, n, target, 0, 0) + 1;
                while (x > 0 && pbinom(x - 2, n, target, 0, 0) < tail)
                        x--;
                while (x <= n && !(pbinom(x - 1, n, target, 0, 0) < tail))
                        x++;
                return x > n ? 0 : pbinom(x - 1, n, p, 0, 0);
        }
        double x = qbinom(tail, n, target, 1, 0) - 1;
        while (x < n && pbinom(x + 1, n, target, 1, 0) < tail)
                x++;
        while (x >= 0 && !(pbinom(x, n, target, 1, 0) < tail))
                x--;
        return x < 0 ? 0 : pbinom(x, n, p, 1, 0);
}

/* Doubling until it holds, then back down for as long as it holds all the way. */
double stats_cases_target(double p, double target, double conf, double power)
{
        if (!is_share(p) || !is_share(target) || !is_level(conf) || !is_level(power) || p == target)
                return STATS_NONE;
        double d = fabs(p - target), z = z_of(conf) * sqrt(target * (1 - target)) + fmax(0, qnorm(power, 0, 1, 1, 0)) * sqrt(p * (1 - p));
        double top = ceil(1.25 * z * z / (d * d)) + 40;
        if (top > STATS_CASES_MOST)
                return HUGE_VAL;
        while (stats_power_target(top, p, target, conf) < power)
                top *= 2;
        double last_bad = 0;
        for (double n = top; n > 0; n--)
                if (stats_power_target(n, p, target, conf) < power) {
                        last_bad = n;
                        break;
                }
        return last_bad + 1;
}

double stats_cases_two(double p1, double p2, double ratio, double conf, double power)
{
        if (!is_share(p1) || !is_share(p2) || !(ratio > 0) || !is_level(conf) || !is_level(power) || p1 == p2)
                return STATS_NONE;
        double mean = (p1 + ratio * p2) / (1 + ratio), d = p1 - p2;
        double root = z_of(conf) * sqrt((1 + 1 / ratio) * mean * (1 - mean))
                + qnorm(power, 0, 1, 1, 0) * sqrt(p1 * (1 - p1) + p2 * (1 - p2) / ratio);
        return ceil(root * root / (d * d));
}

struct stats_wait stats_wait(double cases, double per_quarter, double horizon)
{
        struct stats_wait w = { cases, STATS_NONE, STATS_NONE, STATS_REACH_UNKNOWN };
        if (isnan(cases) || !(per_quarter >= 0) || !(horizon >= 1))
                return w;
        w.quarters = per_quarter > 0 ? ceil(cases / per_quarter) : HUGE_VAL;
        w.pool = ceil(cases / (per_quarter * floor(horizon)));
        w.reach = isinf(w.quarters) ? STATS_REACH_NEVER : w.quarters <= horizon ? STATS_REACH_WITHIN : STATS_REACH_POOLED;
        if (w.reach == STATS_REACH_NEVER)
                w.pool = STATS_NONE;
        return w;
}
