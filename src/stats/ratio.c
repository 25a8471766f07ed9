#define MATHLIB_STANDALONE 1
#include "ratio.h"
#include "compare.h"
#include "quantile.h"
#include <Rmath.h>

#define NORMAL_MAD 1.4826022185056018   /* 1/qnorm(3/4) */

static struct stats_interval around(double centre, double s, double tail)
{
        double half = qnorm(tail, 0, 1, 0, 0) * s;
        return (struct stats_interval) { exp(centre - half), exp(centre + half) };
}

struct stats_count_ratio stats_count_ratio(double o1, double o2, double e1, double e2, double conf)
{
        struct stats_count_ratio r = {
                STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, stats_no_interval(), stats_no_interval(), stats_no_interval(),
                STATS_SIDE_NONE, STATS_SIDE_NONE,
        };
        if (!stats_is_count(o1) || !stats_is_count(o2) || !(e1 > 0) || !(e2 > 0) || !isfinite(e1) || !isfinite(e2) || o1 + o2 == 0
                || !(conf > 0 && conf < 1))
                return r;
        double target = log(e1 / e2);
        r.y = log((o1 + 0.5) / (o2 + 0.5));
        r.s = sqrt(o1 / ((o1 + 0.5) * (o1 + 0.5)) + o2 / ((o2 + 0.5) * (o2 + 0.5)));
        r.z = (r.y - target) / r.s;
        r.p = stats_binomial_test(o1, o1 + o2, e1 / (e1 + e2));
        r.ratio = exp(r.y);
        r.interval = around(r.y, r.s, (1 - conf) / 2);
        r.limits95 = around(target, r.s, STATS_TAIL_95);
        r.limits998 = around(target, r.s, STATS_TAIL_998);
        struct stats_funnel_class c = stats_funnel_binomial(o1, o1 + o2, e1 / (e1 + e2));
        r.at95 = c.at95;
        r.at998 = c.at998;
        return r;
}

struct stats_middle stats_middle(const double *v, size_t k, double *scratch)
{
        struct stats_middle m = { 0, STATS_NONE, STATS_NONE, false };
        for (size_t i = 0; i < k; i++)
                scratch[i] = isfinite(v[i]) ? v[i] : STATS_NONE;
        m.k = stats_sort(scratch, k);
        m.median = stats_quantile_sorted(scratch, m.k, 0.5, 7);
        for (size_t i = 0; i < m.k; i++)
                scratch[i] = fabs(scratch[i] - m.median);
        stats_sort(scratch, m.k);
        m.mad = stats_quantile_sorted(scratch, m.k, 0.5, 7);
        m.spread = m.mad > 0;
        return m;
}

double stats_robust_z(const struct stats_middle *m, double v)
{
        return m->spread ? (v - m->median) / (NORMAL_MAD * m->mad) : STATS_NONE;
}
