#define MATHLIB_STANDALONE 1
#include "overdispersion.h"
#include "quantile.h"
#include <Rmath.h>

static double logit(double p)
{
        return log(p) - log1p(-p);
}

static bool is_ratio(enum stats_scale scale)
{
        return scale == STATS_SCALE_RATIO_ROOT || scale == STATS_SCALE_RATIO_LOG;
}

double stats_pooled(const double *a, const double *b, size_t k)
{
        double sum_a = 0, sum_b = 0;
        for (size_t i = 0; i < k; i++) {
                if (!(a[i] >= 0) || !(a[i] <= b[i]))
                        continue;
                sum_a += a[i];
                sum_b += b[i];
        }
        return sum_b > 0 ? sum_a / sum_b : STATS_NONE;
}

double stats_target_to_scale(enum stats_scale scale, double target)
{
        if (!(target >= 0) || (!is_ratio(scale) && target > 1))
                return STATS_NONE;
        switch (scale) {
        case STATS_SCALE_LOGIT: return logit(target);
        case STATS_SCALE_ARCSINE: return asin(sqrt(target));
        case STATS_SCALE_RATIO_ROOT: return sqrt(target);
        case STATS_SCALE_RATIO_LOG: return log(target);
        case STATS_SCALE_RAW: break;
        }
        return target;
}

double stats_from_scale(enum stats_scale scale, double y)
{
        switch (scale) {
        case STATS_SCALE_LOGIT: return y > 0 ? 1 / (1 + exp(-y)) : exp(y) / (1 + exp(y));
        case STATS_SCALE_ARCSINE: {
                double root = sin(stats_clamp(y, 0, M_PI_2));
                return root * root;
        }
        case STATS_SCALE_RATIO_ROOT: return y > 0 ? y * y : isnan(y) ? y : 0;
        case STATS_SCALE_RATIO_LOG: return exp(y);
        case STATS_SCALE_RAW: break;
        }
        return stats_clamp(y, 0, 1);
}

/* Sampling standard error at size b under the target. */
static double standard_error(enum stats_scale scale, double b, double target)
{
        if (!(b > 0) || !isfinite(b))
                return STATS_NONE;
        double spread = target * (1 - target);
        switch (scale) {
        case STATS_SCALE_LOGIT: return spread > 0 ? sqrt(1 / (b * spread)) : STATS_NONE;
        case STATS_SCALE_ARCSINE: return 0.5 / sqrt(b);
        case STATS_SCALE_RATIO_ROOT: return 0.5 / sqrt(b);
        case STATS_SCALE_RATIO_LOG: return 1 / sqrt(b);
        case STATS_SCALE_RAW: break;
        }
        return spread > 0 ? sqrt(spread / b) : STATS_NONE;
}

struct stats_scaled stats_to_scale(enum stats_scale scale, double a, double b, double target)
{
        struct stats_scaled r = { STATS_NONE, standard_error(scale, b, target) };
        if (!(a >= 0) || isnan(r.s) || !isfinite(a) || (!is_ratio(scale) && a > b))
                return (struct stats_scaled) { STATS_NONE, STATS_NONE };
        if (scale == STATS_SCALE_LOGIT)
                r.y = logit((a + 0.5) / (b + 1));
        else if (scale == STATS_SCALE_RATIO_LOG && !(a > 0))
                r.s = STATS_NONE;
        else
                r.y = stats_target_to_scale(scale, a / b);
        return r;
}

struct stats_od stats_od_fit(const double *a, const double *b, size_t k, struct stats_od_options options, double *scratch)
{
        struct stats_od od = {
                .options = options, .target_y = stats_target_to_scale(options.scale, options.target),
                .z_lo = STATS_NONE, .z_hi = STATS_NONE, .phi = STATS_NONE, .tau2 = STATS_NONE,
        };
        for (size_t i = 0; i < k; i++) {
                struct stats_scaled p = stats_to_scale(options.scale, a[i], b[i], options.target);
                scratch[i] = (p.y - od.target_y) / p.s;
        }
        size_t n = stats_sort(scratch, k);
        if (n == 0 || !(options.tail >= 0) || !(options.tail < 0.5))
                return od;
        od.z_lo = stats_quantile_sorted(scratch, n, options.tail, 7);
        od.z_hi = stats_quantile_sorted(scratch, n, 1 - options.tail, 7);
        double sum_z2 = 0, w1 = 0, w2 = 0;
        for (size_t i = 0; i < k; i++) {
                struct stats_scaled p = stats_to_scale(options.scale, a[i], b[i], options.target);
                double z = (p.y - od.target_y) / p.s;
                if (isnan(z) || (options.truncate && (z < od.z_lo || z > od.z_hi)))
                        continue;
                double c = stats_clamp(z, od.z_lo, od.z_hi), w = 1 / (p.s * p.s);
                sum_z2 += c * c;
                w1 += w;
                w2 += w * w;
                od.k++;
        }
        double units = (double) od.k;
        if (od.k > 0)
                od.phi = sum_z2 / units;
        if (od.k > 1)
                od.tau2 = fmax(0, (units * od.phi - (units - 1)) / (w1 - w2 / w1));
        return od;
}

struct stats_od_z stats_od_z(const struct stats_od *od, double a, double b)
{
        struct stats_scaled p = stats_to_scale(od->options.scale, a, b, od->options.target);
        double d = p.y - od->target_y, z = d / p.s;
        return (struct stats_od_z) {
                .z = z,
                .winsorised = isnan(z) ? z : stats_clamp(z, od->z_lo, od->z_hi),
                .multiplicative = isnan(od->phi) ? STATS_NONE : z / sqrt(fmax(od->phi, 1)),
                .additive = d / sqrt(p.s * p.s + od->tau2),
        };
}

struct stats_funnel_class stats_od_class(const struct stats_od *od, double a, double b)
{
        double z = stats_od_z(od, a, b).additive;
        if (isnan(z))
                return (struct stats_funnel_class) { STATS_NONE, STATS_NONE, STATS_SIDE_NONE, STATS_SIDE_NONE };
        struct stats_funnel_class c = { pnorm(z, 0, 1, 1, 0), pnorm(z, 0, 1, 0, 0), STATS_SIDE_IN, STATS_SIDE_IN };
        enum stats_side out = z < 0 ? STATS_SIDE_LOW : STATS_SIDE_HIGH;
        double p = fmin(c.p_lower, c.p_upper);
        if (p < STATS_TAIL_95)
                c.at95 = out;
        if (p < STATS_TAIL_998)
                c.at998 = out;
        return c;
}

static struct stats_interval limits(const struct stats_od *od, double se, double tail)
{
        if (isnan(se) || !(tail > 0) || !(tail < 0.5) || isnan(od->target_y))
                return stats_no_interval();
        double half = qnorm(tail, 0, 1, 0, 0) * se;
        return (struct stats_interval) {
                stats_from_scale(od->options.scale, od->target_y - half), stats_from_scale(od->options.scale, od->target_y + half),
        };
}

struct stats_interval stats_od_limits(const struct stats_od *od, double b, double tail)
{
        double s = standard_error(od->options.scale, b, od->options.target);
        return limits(od, sqrt(s * s + od->tau2), tail);
}

struct stats_interval stats_od_limits_multiplicative(const struct stats_od *od, double b, double tail)
{
        double s = standard_error(od->options.scale, b, od->options.target);
        return limits(od, isnan(od->phi) ? STATS_NONE : s * sqrt(fmax(od->phi, 1)), tail);
}

struct stats_funnel_lines stats_od_lines(const struct stats_od *od, double b)
{
        struct stats_interval x = stats_od_limits(od, b, STATS_TAIL_95), y = stats_od_limits(od, b, STATS_TAIL_998);
        return (struct stats_funnel_lines) { y.lo, x.lo, x.hi, y.hi };
}
