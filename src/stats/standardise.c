#include "standardise.h"
#include "interval.h"

double stats_expected(const double *n, const double *ref_x, const double *ref_n, size_t k)
{
        double sum = 0;
        for (size_t s = 0; s < k; s++) {
                if (!(n[s] >= 0) || !isfinite(n[s]))
                        return STATS_NONE;
                if (!(n[s] > 0))
                        continue;
                if (!(ref_x[s] >= 0) || !(ref_n[s] > 0) || !isfinite(ref_x[s] + ref_n[s]))
                        return STATS_NONE;
                sum += n[s] * ref_x[s] / ref_n[s];
        }
        return k ? sum : STATS_NONE;
}

struct stats_ratio stats_smr(double observed, double expected, double conf)
{
        struct stats_ratio r = { STATS_NONE, STATS_NONE, STATS_NONE };
        if (!(observed >= 0) || !(expected > 0) || !isfinite(observed + expected))
                return r;
        struct stats_interval o = stats_poisson_phe(observed, conf);
        r.ratio = observed / expected;
        r.lo = o.lo / expected;
        r.hi = o.hi / expected;
        return r;
}

struct stats_dsr stats_dsr(const double *x, const double *n, const double *weight, const double *var_x, size_t k, double conf)
{
        const struct stats_dsr none = { STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, true };
        double events = 0, rate = 0, var = 0, total = 0;
        for (size_t s = 0; s < k; s++) {
                double v = var_x ? var_x[s] : x[s], w = weight[s];
                if (!(w >= 0))
                        return none;
                if (!(w > 0))
                        continue;
                if (!(x[s] >= 0) || !(n[s] > 0) || !(v >= 0) || !isfinite(x[s] + n[s] + v + w))
                        return none;
                events += x[s];
                total += w;
                rate += w * x[s] / n[s];
                var += w * w * v / (n[s] * n[s]);
        }
        if (!(total > 0))
                return none;
        rate /= total;
        var /= total * total;
        struct stats_interval b = stats_poisson_byar(events, conf);
        double scale = events > 0 ? sqrt(var / events) : STATS_NONE;
        return (struct stats_dsr) {
                .events = events, .rate = rate,
                .lo = rate + scale * (b.lo - events), .hi = rate + scale * (b.hi - events),
                .suppressed = events < STATS_DSR_MIN_EVENTS,
        };
}
