/* shrinkage.c - empirical Bayes: the fit of each set, and every unit drawn towards it. */
#include <string.h>
#include "internal.h"
#include "shrink.h"

enum { SET, UNIT, X, N, ALPHA, BETA };

/* The likelihood takes time and memory with the largest count. */
#define CASES_MOST 1e7

static bool small_enough(const struct filter_set *s, size_t column)
{
        for (size_t i = 0; i < s->n; i++)
                if (s->number[column][i] > CASES_MOST) {
                        *s->why = "this method takes counts up to 10 million";
                        return false;
                }
        return true;
}

/* The prior that stands in the columns alpha and beta, for who fitted it elsewhere; else the fit of the set. */
static bool prior_given(const struct filter_set *s)
{
        return s->given[ALPHA] && s->given[BETA] && s->number[ALPHA][0] > 0 && s->number[BETA][0] > 0;
}

static struct stats_share_prior share_prior(const struct filter_set *s)
{
        double a = s->number[ALPHA][0], b = s->number[BETA][0];
        if (prior_given(s))
                return (struct stats_share_prior) { .k = s->n, .mu = a / (a + b), .rho = 1 / (1 + a + b), .alpha = a, .beta = b,
                        .loglik = STATS_NONE, .loglik_equal = STATS_NONE, .overdispersed = true, .converged = true };
        return stats_share_prior(s->number[X], s->number[N], s->n, MANY(s, double, stats_share_prior_scratch(s->number[N], s->n)));
}

static struct stats_rate_prior rate_prior(const struct filter_set *s)
{
        double a = s->number[ALPHA][0], b = s->number[BETA][0];
        if (prior_given(s))
                return (struct stats_rate_prior) { .k = s->n, .mean = a / b, .alpha = a, .beta = b,
                        .loglik = STATS_NONE, .loglik_equal = STATS_NONE, .overdispersed = true, .converged = true };
        return stats_rate_prior(s->number[X], s->number[N], s->n, MANY(s, double, stats_rate_prior_scratch(s->number[X], s->n)));
}

/* The vgam columns of the table are another program's estimates of the same maximum: ours stand there too. */
static void put_share_fit(struct filter_out *o, const struct filter_set *s, const struct stats_share_prior *p)
{
        double mu, rho;
        stats_kleinman(s->number[X], s->number[N], s->n, &mu, &rho);
        put_count(o, p->k);
        put(o, p->mu);
        put(o, p->rho);
        put(o, p->alpha);
        put(o, p->beta);
        put(o, p->loglik);
        put(o, p->mu);
        put(o, p->rho);
        put(o, p->loglik);
        put(o, mu);
        put(o, rho);
        put(o, p->loglik_equal);
}

static bool share_fits(struct filter_out *o, const struct filter_set *s)
{
        if (!small_enough(s, N))
                return false;
        struct stats_share_prior p = share_prior(s);
        put_text(o, set_key(s, SET));
        put_share_fit(o, s, &p);
        return true;
}

static void put_share_unit(struct filter_out *o, const struct filter_set *s, const struct stats_share_prior *p, size_t i)
{
        double x = s->number[X][i], n = s->number[N][i];
        struct stats_shrunk at95 = stats_shrink_share(p, x, n, 0.95), at998 = stats_shrink_share(p, x, n, 0.998);
        put_text(o, set_key(s, SET));
        put_same(o, s, UNIT, i);
        put(o, x);
        put(o, n);
        put(o, n > 0 ? x / n : STATS_NONE);
        put(o, at95.mean);
        put(o, at95.weight);
        put_interval(o, (struct stats_interval) { at95.lo, at95.hi });
        put_interval(o, (struct stats_interval) { at998.lo, at998.hi });
        put(o, stats_share_above(p, x, n, p->mu));
}

static bool share_units(struct filter_out *o, const struct filter_set *s)
{
        if (!small_enough(s, N))
                return false;
        struct stats_share_prior p = share_prior(s);
        for (size_t i = 0; i < s->n; i++)
                put_share_unit(o, s, &p, i);
        return true;
}

static bool share_both(struct filter_out *o, const struct filter_set *s)
{
        if (!small_enough(s, N))
                return false;
        struct stats_share_prior p = share_prior(s);
        for (size_t i = 0; i < s->n; i++) {
                put_share_unit(o, s, &p, i);
                put_share_fit(o, s, &p);
        }
        return true;
}

static void put_rate_fit(struct filter_out *o, const struct stats_rate_prior *p)
{
        put_count(o, p->k);
        put(o, p->alpha);
        put(o, p->beta);
        put(o, p->mean);
        put(o, p->loglik);
        put(o, p->alpha);
        put(o, p->mean);
        put(o, p->loglik_equal);
}

static bool rate_fits(struct filter_out *o, const struct filter_set *s)
{
        if (!small_enough(s, X))
                return false;
        struct stats_rate_prior p = rate_prior(s);
        put_text(o, set_key(s, SET));
        put_rate_fit(o, &p);
        return true;
}

static void put_rate_unit(struct filter_out *o, const struct filter_set *s, const struct stats_rate_prior *p, size_t i)
{
        double x = s->number[X][i], t = s->number[N][i];
        struct stats_shrunk at95 = stats_shrink_rate(p, x, t, 0.95), at998 = stats_shrink_rate(p, x, t, 0.998);
        put_text(o, set_key(s, SET));
        put_same(o, s, UNIT, i);
        put(o, x);
        put(o, t);
        put(o, t > 0 ? x / t : STATS_NONE);
        put(o, at95.mean);
        put_interval(o, (struct stats_interval) { at95.lo, at95.hi });
        put_interval(o, (struct stats_interval) { at998.lo, at998.hi });
}

static bool rate_units(struct filter_out *o, const struct filter_set *s)
{
        if (!small_enough(s, X))
                return false;
        struct stats_rate_prior p = rate_prior(s);
        for (size_t i = 0; i < s->n; i++)
                put_rate_unit(o, s, &p, i);
        return true;
}

static bool rate_both(struct filter_out *o, const struct filter_set *s)
{
        if (!small_enough(s, X))
                return false;
        struct stats_rate_prior p = rate_prior(s);
        for (size_t i = 0; i < s->n; i++) {
                put_rate_unit(o, s, &p, i);
                put_rate_fit(o, &p);
        }
        return true;
}

/* Arcsine scale with unit variance; back with the number of at-bats of the whole set, as published (all had 45). */
static bool efron_morris(struct filter_out *o, const struct filter_set *s)
{
        enum { PLAYER, HITS, AB };
        double *y = MANY(s, double, s->n), *js = MANY(s, double, s->n);
        for (size_t i = 0; i < s->n; i++) {
                double n = s->number[AB][i], hits = s->number[HITS][i];
                if (!(n > 0 && hits >= 0 && hits <= n)) {
                        *s->why = "eb_efron_morris takes no missing figures, and 0 <= hits <= ab";
                        return false;
                }
                y[i] = sqrt(n) * asin(2 * hits / n - 1);
        }
        (void) stats_james_stein(y, s->n, js);
        for (size_t i = 0; i < s->n; i++) {
                put_same(o, s, PLAYER, i);
                put(o, s->number[HITS][i]);
                put(o, s->number[AB][i]);
                put(o, y[i]);
                put(o, js[i]);
                put(o, (1 + sin(js[i] / sqrt(s->number[AB][i]))) / 2);
        }
        return true;
}

#define PRIOR MAYBE("alpha", STATS_NONE), MAYBE("beta", STATS_NONE)
#define SHARE_IN { KEY("set"), LABEL("unit"), NUMBER("x"), NUMBER("n"), PRIOR }
#define RATE_IN { KEY("set"), LABEL("unit"), NUMBER("x"), NUMBER("t"), PRIOR }
#define SHARE_UNIT "set,unit,x,n,raw,shrunk,weight,lo95,hi95,lo998,hi998,p_above_mu"
#define SHARE_FIT "K,mu,rho,alpha,beta,loglik,vgam_mu,vgam_rho,vgam_loglik,kleinman_mu,kleinman_rho,loglik_binomial"
#define RATE_UNIT "set,unit,x,t,raw,shrunk,lo95,hi95,lo998,hi998"
#define RATE_FIT "K,alpha,beta,mean,loglik,glmnb_theta,glmnb_mean,loglik_poisson"

const struct filter shrink_filters[] = {
        { "eb_betabinomial", "", SHARE_IN, SHARE_UNIT "," SHARE_FIT, share_both, false,
          "beta-binomial maximum likelihood, cumulative-log form; Kleinman 1973. Each unit, with the fit of its set" },
        { "eb_betabinomial_fits", "", SHARE_IN, "set," SHARE_FIT, share_fits, false, "beta-binomial maximum likelihood; Kleinman 1973" },
        { "eb_betabinomial_post", "", SHARE_IN, SHARE_UNIT, share_units, false, "posterior Beta(alpha + x, beta + n - x); alpha and beta as given, else fitted" },
        { "eb_gammapoisson", "", RATE_IN, RATE_UNIT "," RATE_FIT, rate_both, false,
          "gamma-Poisson maximum likelihood. Each unit, with the fit of its set" },
        { "eb_gammapoisson_fits", "", RATE_IN, "set," RATE_FIT, rate_fits, false, "gamma-Poisson maximum likelihood" },
        { "eb_gammapoisson_post", "", RATE_IN, RATE_UNIT, rate_units, false, "posterior Gamma(alpha + x, beta + t); alpha and beta as given, else fitted" },
        { "eb_efron_morris", "", { LABEL("player"), NUMBER("hits"), NUMBER("ab") }, "player,hits,ab,y,js,js_back", efron_morris, false,
          "Efron & Morris 1975" },
        { 0 },
};
