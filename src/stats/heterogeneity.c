/* Between-unit variance of a set of estimates; declared in overdispersion.h. */
#define MATHLIB_STANDALONE 1
#include "overdispersion.h"
#include <Rmath.h>

struct estimates {
        const double *y, *s;
        size_t n;
};

/* What the estimators need at a given tau2, with w = 1/(s^2 + tau2). */
struct sums {
        double k, w1, w2, mean, q, q2;          /* q = sum w (y - mean)^2, q2 = sum w^2 (y - mean)^2 */
};

static bool usable(const struct estimates *e, size_t i)
{
        return isfinite(e->y[i]) && isfinite(e->s[i]) && e->s[i] > 0;
}

static struct sums sums_at(const struct estimates *e, double tau2)
{
        struct sums t = { 0 };
        for (size_t i = 0; i < e->n; i++) {
                if (!usable(e, i))
                        continue;
                double w = 1 / (e->s[i] * e->s[i] + tau2);
                t.k++;
                t.w1 += w;
                t.w2 += w * w;
                t.mean += w * e->y[i];
        }
        t.mean /= t.w1;
        for (size_t i = 0; i < e->n; i++) {
                if (!usable(e, i))
                        continue;
                double w = 1 / (e->s[i] * e->s[i] + tau2), d = e->y[i] - t.mean;
                t.q += w * d * d;
                t.q2 += w * w * d * d;
        }
        return t;
}

/* The equation whose root is the estimate; positive while tau2 is too small. */
typedef double equation(const struct estimates *e, double tau2);

static double paule_mandel(const struct estimates *e, double tau2)
{
        struct sums t = sums_at(e, tau2);
        return t.q - (t.k - 1);
}

static double reml_score(const struct estimates *e, double tau2)
{
        struct sums t = sums_at(e, tau2);
        return t.q2 - t.w1 + t.w2 / t.w1;
}

/* Largest useful tau2 by doubling, then bisection to the last bit. 0 when the equation is not positive at 0. */
static double root(const struct estimates *e, equation *f)
{
        struct sums t = sums_at(e, 0);
        if (t.k < 2)
                return STATS_NONE;
        if (!(f(e, 0) > 0))
                return 0;
        double lo = 0, hi = t.k / t.w1;
        for (int i = 0; i < 1000 && f(e, hi) > 0; i++) {
                lo = hi;
                hi *= 2;
        }
        for (;;) {
                double mid = lo + (hi - lo) / 2;
                if (!(mid > lo) || !(mid < hi))
                        return mid;
                if (f(e, mid) > 0)
                        lo = mid;
                else
                        hi = mid;
        }
}

struct stats_heterogeneity stats_heterogeneity(const double *y, const double *s, size_t k)
{
        struct sums t = sums_at(&(struct estimates) { y, s, k }, 0);
        if (t.k < 2)
                return (struct stats_heterogeneity) { (size_t) t.k, STATS_NONE, STATS_NONE, STATS_NONE };
        return (struct stats_heterogeneity) { (size_t) t.k, t.mean, t.q, pchisq(t.q, t.k - 1, 0, 0) };
}

double stats_tau2_dl(const double *y, const double *s, size_t k)
{
        struct sums t = sums_at(&(struct estimates) { y, s, k }, 0);
        return t.k < 2 ? STATS_NONE : fmax(0, (t.q - (t.k - 1)) / (t.w1 - t.w2 / t.w1));
}

double stats_tau2_pm(const double *y, const double *s, size_t k)
{
        return root(&(struct estimates) { y, s, k }, paule_mandel);
}

double stats_tau2_reml(const double *y, const double *s, size_t k)
{
        return root(&(struct estimates) { y, s, k }, reml_score);
}
