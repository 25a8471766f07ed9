#define MATHLIB_STANDALONE 1
#include "shrink.h"
#include "climb.h"
#include <Rmath.h>

/* The ends of log g: below it no differences at all, above it nothing but differences (each unit 0% or 100%). */
#define LOG_LOW (-45.0)
#define LOG_HIGH 14.0
#define NO_GAIN 1e-7

static bool share_unit(double x, double n)
{
        return stats_is_count(x) && stats_is_count(n) && n > 0 && x <= n;
}

static bool rate_unit(double x, double t)
{
        return stats_is_count(x) && t > 0 && isfinite(t);
}

/* Half of the test's mass lies at 0. */
static double p_of_gain(double gain)
{
        return gain > 0 ? pchisq(2 * gain, 1, 0, 0) / 2 : 1;
}

/* histogram of counts -> number of units above j */
static void to_tail_counts(double *c, size_t m)
{
        for (size_t j = m; j-- > 1;)
                c[j - 1] += c[j];
}

struct share_counts {
        const double *above_x, *above_rest, *above_n;   /* number of units with x > j, n - x > j, n > j */
        size_t m;
};

static struct stats_surface share_surface(const void *context, const double at[2])
{
        const struct share_counts *c = context;
        double mu = at[0] > 0 ? 1 / (1 + exp(-at[0])) : exp(at[0]) / (1 + exp(at[0]));
        double nu = at[0] > 0 ? exp(-at[0]) / (1 + exp(-at[0])) : 1 / (1 + exp(at[0])), g = exp(at[1]);
        double value = 0, dm = 0, dg = 0, dmm = 0, dmg = 0, dgg = 0;
        for (size_t i = 0; i < c->m; i++) {
                double j = (double) i, a = 1 / (mu + j * g), b = 1 / (nu + j * g), t = 1 / (1 + j * g);
                double ca = c->above_x[i] * a, cb = c->above_rest[i] * b, ct = c->above_n[i] * t;
                value -= c->above_x[i] * log(a) + c->above_rest[i] * log(b) - c->above_n[i] * log(t);
                dm += ca - cb;
                dg += j * (ca + cb - ct);
                dmm -= ca * a + cb * b;
                dmg -= j * (ca * a - cb * b);
                dgg -= j * j * (ca * a + cb * b - ct * t);
        }
        double m1 = mu * nu, m2 = m1 * (nu - mu);
        return (struct stats_surface) {
                .value = value, .slope = { dm * m1, dg * g },
                .bend = { dmm * m1 * m1 + dm * m2, dmg * m1 * g, dgg * g * g + dg * g },
        };
}

size_t stats_share_prior_scratch(const double *n, size_t k)
{
        double m = 0;
        for (size_t i = 0; i < k; i++)
                if (stats_is_count(n[i]))
                        m = fmax(m, n[i]);
        return 3 * (size_t) m;
}

void stats_kleinman(const double *x, const double *n, size_t k, double *mu, double *rho)
{
        double r = 0;
        *mu = *rho = STATS_NONE;
        for (int round = 0; round < 1000; round++) {
                double w1 = 0, wp = 0, spread = 0, within = 0, between = 0;
                for (size_t i = 0; i < k; i++) {
                        if (!share_unit(x[i], n[i]))
                                continue;
                        double w = n[i] / (1 + r * (n[i] - 1));
                        w1 += w;
                        wp += w * x[i] / n[i];
                }
                if (!(w1 > 0))
                        return;
                double p = wp / w1;
                for (size_t i = 0; i < k; i++) {
                        if (!share_unit(x[i], n[i]))
                                continue;
                        double w = n[i] / (1 + r * (n[i] - 1)), d = x[i] / n[i] - p;
                        spread += w * d * d;
                        within += w / n[i] * (1 - w / w1);
                        between += w * (1 - w / w1);
                }
                double pq = p * (1 - p), next = (spread - pq * within) / (pq * (between - within));
                next = next > 0 ? fmin(next, 0.999) : 0;
                bool still = fabs(next - r) <= 1e-12 * next + 1e-15;
                *mu = p;
                *rho = r = next;
                if (still)
                        return;
        }
}

/* Fills the tail counts and the two constants of the likelihood; returns the number of units. */
static size_t share_tally(const double *x, const double *n, size_t k, double *scratch, size_t m, double *ways, double sum[2])
{
        size_t units = 0;
        *ways = sum[0] = sum[1] = 0;
        for (size_t j = 0; j < 3 * m; j++)
                scratch[j] = 0;
        for (size_t i = 0; i < k; i++) {
                if (!share_unit(x[i], n[i]))
                        continue;
                double part[3] = { x[i], n[i] - x[i], n[i] };
                for (size_t s = 0; s < 3; s++)
                        if (part[s] > 0)
                                scratch[s * m + (size_t) part[s] - 1] += 1;
                *ways += lchoose(n[i], x[i]);
                sum[0] += x[i];
                sum[1] += n[i];
                units++;
        }
        for (size_t s = 0; s < 3; s++)
                to_tail_counts(scratch + s * m, m);
        return units;
}

struct stats_share_prior stats_share_prior(const double *x, const double *n, size_t k, double *scratch)
{
        struct stats_share_prior r = {
                .mu = STATS_NONE, .rho = STATS_NONE, .alpha = STATS_NONE, .beta = STATS_NONE,
                .loglik = STATS_NONE, .loglik_equal = STATS_NONE, .p_equal = STATS_NONE,
        };
        size_t m = stats_share_prior_scratch(n, k) / 3;
        double ways, sum[2], rho;
        r.k = share_tally(x, n, k, scratch, m, &ways, sum);
        if (r.k == 0)
                return r;
        double p = sum[0] / sum[1], rest = sum[1] - sum[0];
        r.loglik_equal = ways + (sum[0] > 0 ? sum[0] * log(p) : 0) + (rest > 0 ? rest * log(rest / sum[1]) : 0);
        r.mu = p;
        r.rho = 0;
        r.alpha = r.beta = HUGE_VAL;
        r.loglik = r.loglik_equal;
        r.p_equal = 1;
        r.converged = true;
        if (!(sum[0] > 0) || !(rest > 0))
                return r;
        stats_kleinman(x, n, k, &p, &rho);
        rho = fmax(rho, 1e-5);
        struct share_counts c = { scratch, scratch + m, scratch + 2 * m, m };
        double at[2] = { log(p) - log1p(-p), log(rho) - log1p(-rho) };
        struct stats_surface top = stats_climb(share_surface, &c, at, LOG_LOW, LOG_HIGH, &r.converged);
        double gain = ways + top.value - r.loglik_equal;
        if (!(gain >= NO_GAIN)) {
                r.converged = true;
                return r;
        }
        double mu = 1 / (1 + exp(-at[0])), g = exp(at[1]);
        r.mu = mu;
        r.rho = g / (1 + g);
        r.alpha = mu / g;
        r.beta = 1 / (1 + exp(at[0])) / g;
        r.loglik = ways + top.value;
        r.p_equal = p_of_gain(gain);
        r.overdispersed = true;
        return r;
}

static bool prior_ok(bool overdispersed, double alpha, double beta, double conf)
{
        return conf > 0 && conf < 1 && (!overdispersed || (alpha > 0 && beta > 0));
}

static struct stats_shrunk not_shrunk(double value)
{
        return (struct stats_shrunk) { value, isnan(value) ? value : 0, value, value };
}

struct stats_shrunk stats_shrink_share(const struct stats_share_prior *prior, double x, double n, double conf)
{
        if (!(x >= 0) || !(n >= x) || !isfinite(n) || !prior_ok(prior->overdispersed, prior->alpha, prior->beta, conf))
                return not_shrunk(STATS_NONE);
        if (!prior->overdispersed)
                return not_shrunk(prior->mu);
        double a = prior->alpha + x, b = prior->beta + n - x, tail = (1 - conf) / 2;
        return (struct stats_shrunk) {
                a / (a + b), n / (n + prior->alpha + prior->beta), qbeta(tail, a, b, 1, 0), qbeta(tail, a, b, 0, 0),
        };
}

double stats_share_above(const struct stats_share_prior *prior, double x, double n, double threshold)
{
        if (!(x >= 0) || !(n >= x) || !isfinite(n) || !prior->overdispersed || isnan(threshold))
                return STATS_NONE;
        return pbeta(threshold, prior->alpha + x, prior->beta + n - x, 0, 0);
}

struct rate_units {
        const double *x, *t, *above_x;
        size_t k, m;
};

/* f(v) = (log(1 + v) - v/(1 + v))/v^2 and its derivative; by its series, sum (-1)^e (e + 1)/(e + 2) v^e, where that cancels. */
static void bend_of_log(double v, double *f, double *df)
{
        *f = *df = 0;
        if (v < 0.03) {
                for (int e = 14; e >= 0; e--) {
                        *df = *df * v + *f;
                        *f = *f * v + (e % 2 ? -1.0 : 1.0) * (e + 1) / (e + 2);
                }
                return;
        }
        *f = (log1p(v) - v / (1 + v)) / (v * v);
        *df = 1 / (v * (1 + v) * (1 + v)) - 2 * *f / v;
}

/* Negative binomial with mean u = m t and h = 1/alpha, over (log m, log h). */
static struct stats_surface rate_surface(const void *context, const double at[2])
{
        const struct rate_units *d = context;
        double m = exp(at[0]), h = exp(at[1]), value = 0, dm = 0, dh = 0, dmm = 0, dmh = 0, dhh = 0;
        for (size_t i = 0; i < d->m; i++) {
                double j = (double) i, q = j / (1 + j * h);
                value += d->above_x[i] * log1p(j * h);
                dh += d->above_x[i] * q;
                dhh -= d->above_x[i] * q * q;
        }
        for (size_t i = 0; i < d->k; i++) {
                if (!rate_unit(d->x[i], d->t[i]))
                        continue;
                double x = d->x[i], u = m * d->t[i], v = h * u, f, df;
                bend_of_log(v, &f, &df);
                value += (x > 0 ? x * log(u) : 0) - (x + 1 / h) * log1p(v);
                dm += (x - u) / (1 + v);
                dmm -= u * (1 + h * x) / ((1 + v) * (1 + v));
                dmh -= (x - u) * u / ((1 + v) * (1 + v));
                dh += u * u * f - x * u / (1 + v);
                dhh += u * u * u * df + x * u * u / ((1 + v) * (1 + v));
        }
        return (struct stats_surface) {
                .value = value, .slope = { dm, dh * h }, .bend = { dmm, dmh * h, dhh * h * h + dh * h },
        };
}

size_t stats_rate_prior_scratch(const double *x, size_t k)
{
        double m = 0;
        for (size_t i = 0; i < k; i++)
                if (stats_is_count(x[i]))
                        m = fmax(m, x[i]);
        return (size_t) m;
}

/* Poisson with one common rate: totals, log-likelihood, and a first guess of h by moments. Returns the number of units. */
static size_t rate_tally(const struct rate_units *d, double *scratch, struct stats_rate_prior *r, double *constant, double *h)
{
        double sum_x = 0, sum_t = 0, extra = 0, under = 0;
        size_t units = 0;
        for (size_t j = 0; j < d->m; j++)
                scratch[j] = 0;
        for (size_t i = 0; i < d->k; i++) {
                if (!rate_unit(d->x[i], d->t[i]))
                        continue;
                if (d->x[i] > 0)
                        scratch[(size_t) d->x[i] - 1] += 1;
                sum_x += d->x[i];
                sum_t += d->t[i];
                units++;
        }
        to_tail_counts(scratch, d->m);
        r->mean = sum_x / sum_t;
        r->loglik_equal = *constant = 0;
        for (size_t i = 0; i < d->k; i++) {
                if (!rate_unit(d->x[i], d->t[i]))
                        continue;
                double u = r->mean * d->t[i], x = d->x[i];
                *constant -= lgammafn(x + 1);
                r->loglik_equal += (x > 0 ? x * log(u) : 0) - u;
                extra += (x - u) * (x - u) - u;
                under += u * u;
        }
        r->loglik_equal += *constant;
        *h = fmax(extra / under, 1e-4);
        return units;
}

struct stats_rate_prior stats_rate_prior(const double *x, const double *t, size_t k, double *scratch)
{
        struct rate_units d = { x, t, scratch, k, stats_rate_prior_scratch(x, k) };
        struct stats_rate_prior r = { .alpha = HUGE_VAL, .beta = HUGE_VAL, .p_equal = 1, .converged = true };
        double constant, h;
        r.k = rate_tally(&d, scratch, &r, &constant, &h);
        r.loglik = r.loglik_equal;
        if (r.k == 0)
                return (struct stats_rate_prior) {
                        .mean = STATS_NONE, .alpha = STATS_NONE, .beta = STATS_NONE,
                        .loglik = STATS_NONE, .loglik_equal = STATS_NONE, .p_equal = STATS_NONE,
                };
        if (!(r.mean > 0))
                return r;
        double at[2] = { log(r.mean), log(h) };
        struct stats_surface top = stats_climb(rate_surface, &d, at, LOG_LOW, LOG_HIGH, &r.converged);
        double gain = constant + top.value - r.loglik_equal;
        if (!(gain >= NO_GAIN)) {
                r.converged = true;
                return r;
        }
        r.mean = exp(at[0]);
        r.alpha = exp(-at[1]);
        r.beta = r.alpha / r.mean;
        r.loglik = constant + top.value;
        r.p_equal = p_of_gain(gain);
        r.overdispersed = true;
        return r;
}

struct stats_shrunk stats_shrink_rate(const struct stats_rate_prior *prior, double x, double t, double conf)
{
        if (!(x >= 0) || !(t >= 0) || !isfinite(x + t) || !prior_ok(prior->overdispersed, prior->alpha, prior->beta, conf))
                return not_shrunk(STATS_NONE);
        if (!prior->overdispersed)
                return not_shrunk(prior->mean);
        double a = prior->alpha + x, b = prior->beta + t, tail = (1 - conf) / 2;
        return (struct stats_shrunk) { a / b, t / b, qgamma(tail, a, 1 / b, 1, 0), qgamma(tail, a, 1 / b, 0, 0) };
}

double stats_rate_above(const struct stats_rate_prior *prior, double x, double t, double threshold)
{
        if (!(x >= 0) || !(t >= 0) || !isfinite(x + t) || !prior->overdispersed || isnan(threshold))
                return STATS_NONE;
        return pgamma(threshold, prior->alpha + x, 1 / (prior->beta + t), 0, 0);
}

double stats_james_stein(const double *y, size_t k, double *out)
{
        double mean = 0, spread = 0;
        for (size_t i = 0; i < k; i++)
                mean += y[i] / (double) k;
        for (size_t i = 0; i < k; i++)
                spread += (y[i] - mean) * (y[i] - mean);
        double c = k < 4 ? 1 : spread > 0 ? fmax(0, 1 - (double) (k - 3) / spread) : 0;
        for (size_t i = 0; i < k; i++)
                out[i] = mean + c * (y[i] - mean);
        return c;
}
