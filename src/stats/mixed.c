#include "mixed.h"
#include "dense.h"

/* Sums over [x y], and per cluster: V^-1 = W - W11'W ratio/(1 + ratio sum w). */
struct sums {
        size_t n, p, q, clusters;       /* q = p + 1 */
        double *all, *part, *size;      /* q q; clusters q; clusters */
        double *m, *inverse, *work, *beta;
        double log_weight;
};

/* The likelihood at one ratio; -inf when the columns are dependent. */
struct profile {
        double loglik, sigma2;
};

size_t stats_mixed_scratch(const struct stats_panel *p)
{
        size_t q = p->columns + 1;
        return 4 * q * q + q + p->clusters * (q + 1);
}

static bool row_of(const struct stats_panel *p, size_t i, double *row, double *w)
{
        *w = p->weight ? p->weight[i] : 1;
        for (size_t k = 0; k < p->columns; k++)
                row[k] = p->x[k * p->n + i];
        row[p->columns] = p->y[i];
        for (size_t k = 0; k <= p->columns; k++)
                if (!isfinite(row[k]))
                        return false;
        return isfinite(*w) && *w > 0 && p->cluster[i] < p->clusters;
}

static void add_up(struct sums *s, const struct stats_panel *p)
{
        double *row = s->beta, w;
        for (size_t i = 0; i < s->q * s->q + p->clusters * (s->q + 1); i++)
                s->all[i] = 0;
        for (size_t i = 0; i < p->n; i++) {
                if (!row_of(p, i, row, &w))
                        continue;
                double *part = s->part + p->cluster[i] * s->q;
                for (size_t k = 0; k < s->q; k++) {
                        part[k] += w * row[k];
                        for (size_t l = 0; l < s->q; l++)
                                s->all[k * s->q + l] += w * row[k] * row[l];
                }
                s->size[p->cluster[i]] += w;
                s->log_weight += log(w);
                s->n++;
        }
}

static struct profile profile_at(const struct sums *s, double ratio)
{
        size_t q = s->q, p = s->p;
        double log_v = -s->log_weight, log_x, rest;
        for (size_t k = 0; k < q * q; k++)
                s->m[k] = s->all[k];
        for (size_t c = 0; c < s->clusters; c++) {
                const double *part = s->part + c * q;
                double factor = ratio / (1 + ratio * s->size[c]);
                log_v += log1p(ratio * s->size[c]);
                for (size_t k = 0; k < q; k++)
                        for (size_t l = 0; l < q; l++)
                                s->m[k * q + l] -= factor * part[k] * part[l];
        }
        for (size_t k = 0; k < p; k++)
                for (size_t l = 0; l < p; l++)
                        s->inverse[k * p + l] = s->m[k * q + l];
        if (!stats_invert(s->inverse, p, &log_x, s->work))
                return (struct profile) { -HUGE_VAL, STATS_NONE };
        rest = s->m[q * q - 1];
        for (size_t k = 0; k < p; k++) {
                s->beta[k] = 0;
                for (size_t l = 0; l < p; l++)
                        s->beta[k] += s->inverse[k * p + l] * s->m[l * q + p];
                rest -= s->beta[k] * s->m[k * q + p];
        }
        double left = (double) s->n - (double) p, sigma2 = fmax(rest, 0) / left;
        return (struct profile) { -0.5 * (left * (log(2 * M_PI * sigma2) + 1) + log_v + log_x), sigma2 };
}

/* Golden section on the logarithm of the ratio, around the best of a coarse row; 0 when no positive ratio does better. */
static double best_ratio(const struct sums *s)
{
        const double golden = 0.6180339887498949;
        double best = 0, top = profile_at(s, 0).loglik, centre = STATS_NONE;
        for (double u = -14; u <= 14; u += 0.5) {
                double here = profile_at(s, exp(u)).loglik;
                if (here > top) {
                        top = here;
                        centre = u;
                }
        }
        if (isnan(centre))
                return best;
        double lo = centre - 0.5, hi = centre + 0.5, a = hi - golden * (hi - lo), b = lo + golden * (hi - lo);
        double fa = profile_at(s, exp(a)).loglik, fb = profile_at(s, exp(b)).loglik;
        while (hi - lo > 1e-9) {
                bool left = fa >= fb;
                if (left) {
                        hi = b, b = a, fb = fa;
                        a = hi - golden * (hi - lo);
                        fa = profile_at(s, exp(a)).loglik;
                } else {
                        lo = a, a = b, fa = fb;
                        b = lo + golden * (hi - lo);
                        fb = profile_at(s, exp(b)).loglik;
                }
        }
        return exp((lo + hi) / 2);
}

struct stats_mixed stats_mixed(const struct stats_panel *p, double *scratch)
{
        size_t q = p->columns + 1;
        struct sums s = { .p = p->columns, .q = q, .clusters = p->clusters, .all = scratch, .part = scratch + q * q };
        s.size = s.part + p->clusters * q;
        s.m = s.size + p->clusters;
        s.inverse = s.m + q * q;
        s.work = s.inverse + q * q;
        s.beta = s.work + q * q;
        struct stats_mixed out = {
                .columns = s.p, .tau2 = STATS_NONE, .sigma2 = STATS_NONE, .loglik = STATS_NONE, .coefficient = s.beta, .covariance = s.inverse,
        };
        add_up(&s, p);
        out.rows = s.n;
        for (size_t c = 0; c < p->clusters; c++)
                out.clusters += s.size[c] > 0;
        if (s.n <= s.p + 1 || out.clusters < 2 || !isfinite(profile_at(&s, 0).loglik))
                return out;
        double ratio = best_ratio(&s);
        struct profile at = profile_at(&s, ratio);
        for (size_t k = 0; k < s.p * s.p; k++)
                s.inverse[k] *= at.sigma2;
        out.tau2 = ratio * at.sigma2;
        out.sigma2 = at.sigma2;
        out.loglik = at.loglik;
        out.ok = true;
        return out;
}

struct stats_effect stats_mixed_effect(const struct stats_mixed *m, const double *weight, double conf)
{
        double estimate = 0, variance = 0;
        if (!m->ok)
                return stats_effect_test(STATS_NONE, STATS_NONE, STATS_NONE, conf);
        for (size_t k = 0; k < m->columns; k++) {
                estimate += weight[k] * m->coefficient[k];
                for (size_t l = 0; l < m->columns; l++)
                        variance += weight[k] * weight[l] * m->covariance[k * m->columns + l];
        }
        return stats_effect_test(estimate, sqrt(variance), (double) m->clusters - 2, conf);
}
