#define MATHLIB_STANDALONE 1
#include "trend.h"
#include "interval.h"
#include "quantile.h"
#include <Rmath.h>

#define MARKER_CUT 9.5495
/* Their divisor, 2 * 1.96 with 1.96 as printed. */
#define WIDTH_TO_SE 3.92

static double time_of(const double *t, size_t i)
{
        return t ? t[i] : (double) (i + 1);
}

static bool valid(double x, double n)
{
        return x >= 0 && n > 0 && x <= n && isfinite(n);
}

struct stats_chi_square stats_cochran_armitage(const double *x, const double *n, const double *t, size_t k)
{
        double sx = 0, sn = 0, snt = 0, points = 0;
        for (size_t i = 0; i < k; i++) {
                if (!valid(x[i], n[i]) || !isfinite(time_of(t, i)))
                        continue;
                sx += x[i];
                sn += n[i];
                snt += n[i] * time_of(t, i);
                points++;
        }
        double p = sx / sn, centre = snt / sn, up = 0, spread = 0;
        for (size_t i = 0; i < k; i++) {
                if (!valid(x[i], n[i]) || !isfinite(time_of(t, i)))
                        continue;
                double d = time_of(t, i) - centre;
                up += d * (x[i] - n[i] * p);
                spread += n[i] * d * d;
        }
        double var = p * (1 - p) * spread;
        if (points < 2 || !(var > 0))
                return (struct stats_chi_square) { STATS_NONE, STATS_NONE };
        double chi2 = up * up / var;
        return (struct stats_chi_square) { chi2, pchisq(chi2, 1, 0, 0) };
}

struct line {
        double slope, chi2;
};

/* Weighted line through (1..5, y), one point left out (5 for none). */
static struct line weighted_line(const double *y, const double *w, size_t without)
{
        double sw = 0, st = 0, sy = 0, stt = 0, sty = 0;
        for (size_t i = 0; i < STATS_MARKER_POINTS; i++) {
                if (i == without)
                        continue;
                sw += w[i];
                st += w[i] * (double) (i + 1);
                sy += w[i] * y[i];
        }
        for (size_t i = 0; i < STATS_MARKER_POINTS; i++) {
                if (i == without)
                        continue;
                double d = (double) (i + 1) - st / sw;
                stt += w[i] * d * d;
                sty += w[i] * d * (y[i] - sy / sw);
        }
        double slope = sty / stt;
        return (struct line) { slope, slope * slope * stt };
}

struct stats_recent_trend stats_recent_trend(const double *x, const double *n, size_t k)
{
        struct stats_recent_trend r = { STATS_MARKER_REFUSED, STATS_NONE, STATS_NONE };
        double y[STATS_MARKER_POINTS], w[STATS_MARKER_POINTS];
        size_t left = STATS_MARKER_POINTS;
        bool full = false;
        for (size_t i = k; i-- > 0 && left > 0;) {
                if (!valid(x[i], n[i]))
                        continue;
                struct stats_interval c = stats_wilson(x[i], n[i], STATS_CONF_95);
                double se = 100 * (c.hi - c.lo) / WIDTH_TO_SE;
                left--;
                y[left] = 100 * x[i] / n[i];
                w[left] = 1 / (se * se);
                full = full || !(x[i] < n[i]);
        }
        if (left > 0)
                return r;
        struct line all = weighted_line(y, w, STATS_MARKER_POINTS);
        r.slope = all.slope;
        r.chi2 = all.chi2;
        if (full)
                return r;
        r.marker = STATS_MARKER_NONE;
        if (!(all.chi2 > MARKER_CUT))
                return r;
        for (size_t i = 0; i < STATS_MARKER_POINTS; i++)
                if (!(weighted_line(y, w, i).slope * all.slope > 0))
                        return r;
        r.marker = all.slope > 0 ? STATS_MARKER_UP : STATS_MARKER_DOWN;
        return r;
}

size_t stats_mann_kendall_scratch(size_t k)
{
        return k < 3 ? k : k * (k - 1) / 2;
}

/* Sums over groups of equal values in sorted[0..n): g(g-1)(2g+5) and g(g-1)/2. */
static void ties(const double *sorted, size_t n, double *var, double *pairs)
{
        *var = *pairs = 0;
        for (size_t from = 0, to; from < n; from = to) {
                for (to = from + 1; to < n && !(sorted[to] > sorted[from]); to++)
                        ;
                double g = (double) (to - from);
                *var += g * (g - 1) * (2 * g + 5);
                *pairs += g * (g - 1) / 2;
        }
}

struct stats_mann_kendall stats_mann_kendall(const double *v, const double *t, size_t k, double *scratch)
{
        struct stats_mann_kendall r = { 0, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE };
        double last = -HUGE_VAL, tie_var, tie_pairs, s = 0;
        for (size_t i = 0; i < k; i++) {
                if (isnan(v[i]))
                        continue;
                if (!(time_of(t, i) > last))
                        return r;
                last = time_of(t, i);
                r.k++;
        }
        if (r.k < 3)
                return r;
        size_t m = 0;
        for (size_t i = 0; i < k; i++)
                if (!isnan(v[i]))
                        scratch[m++] = v[i];
        ties(scratch, stats_sort(scratch, m), &tie_var, &tie_pairs);
        m = 0;
        for (size_t i = 0; i < k; i++)
                for (size_t j = i + 1; j < k; j++) {
                        if (isnan(v[i]) || isnan(v[j]))
                                continue;
                        s += (v[j] > v[i]) - (v[j] < v[i]);
                        scratch[m++] = (v[j] - v[i]) / (time_of(t, j) - time_of(t, i));
                }
        double n = (double) r.k, pairs = (double) m;
        r.s = s;
        r.var = (n * (n - 1) * (2 * n + 5) - tie_var) / 18;
        r.z = s > 0 ? (s - 1) / sqrt(r.var) : s < 0 ? (s + 1) / sqrt(r.var) : 0;
        r.p = 2 * pnorm(-fabs(r.z), 0, 1, 1, 0);
        r.sen = stats_quantile_sorted(scratch, stats_sort(scratch, m), 0.5, 7);
        r.tau = pairs > tie_pairs ? s / sqrt(pairs * (pairs - tie_pairs)) : STATS_NONE;
        return r;
}
