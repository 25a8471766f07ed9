/* shrink.h - empirical Bayes: what is a municipality's own figure worth beside that of all municipalities?
 *
 * A prior is fitted to all units by maximum likelihood and each unit is drawn towards it, the more so the fewer cases it has.
 * The intervals ignore the uncertainty of the prior itself: below some 50 units say so. Never mix two municipal divisions.
 * Units with something missing, n = 0 or counts that are not whole take no part in the fit. */
#ifndef STATS_SHRINK_H
#define STATS_SHRINK_H

#include "stats.h"

/* Beta prior of a share: theta ~ Beta(alpha, beta), mean mu = alpha/(alpha + beta), intra-class correlation rho = 1/(1 + alpha + beta).
 * overdispersed = false: the units do not differ more than chance; alpha and beta are infinite, rho = 0, all units equal mu.
 * loglik with the binomial coefficients; loglik_equal is that of one common share. p_equal: likelihood-ratio test of "all equal",
 * a 50:50 mixture of 0 and chi-square with 1 degree of freedom. converged = false: do not use. */
struct stats_share_prior {
        size_t k;
        double mu, rho, alpha, beta;
        double loglik, loglik_equal, p_equal;
        bool overdispersed, converged;
};

/* Work space that the fit needs, in doubles: 3 times the largest n. */
size_t stats_share_prior_scratch(const double *n, size_t k);

/* Beta-binomial maximum likelihood in cumulative-log form: with g = rho/(1 - rho) the sum over j of
 * #(x > j) log(mu + jg) + #(n - x > j) log(1 - mu + jg) - #(n > j) log(1 + jg), which has no cancelling gamma functions.
 * Newton on (logit mu, log g) from Kleinman's moments; a gain below 1e-7 over the binomial counts as none. k = 0: mu is NaN.
 * When each unit has 0% or 100% rho ends next to 1. */
struct stats_share_prior stats_share_prior(const double *x, const double *n, size_t k, double *scratch);

/* Kleinman's (1973) weighted moments, iterated to convergence; rho >= 0. */
void stats_kleinman(const double *x, const double *n, size_t k, double *mu, double *rho);

/* mean: the shrunken figure; weight: share of the unit's own data in it, n/(n + alpha + beta); lo, hi: central posterior interval.
 * x = n = 0 is allowed and gives the prior. */
struct stats_shrunk {
        double mean, weight, lo, hi;
};
struct stats_shrunk stats_shrink_share(const struct stats_share_prior *prior, double x, double n, double conf);

/* Posterior P(theta > threshold); at threshold mu: is this unit better than average? NaN when all units are equal. */
double stats_share_above(const struct stats_share_prior *prior, double x, double n, double threshold);

/* Gamma prior of a rate: x ~ Poisson(lambda t), lambda ~ Gamma(alpha, rate beta), mean = alpha/beta; fields as above. */
struct stats_rate_prior {
        size_t k;
        double mean, alpha, beta;
        double loglik, loglik_equal, p_equal;
        bool overdispersed, converged;
};
/* The largest x, in doubles. */
size_t stats_rate_prior_scratch(const double *x, size_t k);
/* t > 0 is the exposure (households, quarters, expected events). */
struct stats_rate_prior stats_rate_prior(const double *x, const double *t, size_t k, double *scratch);
struct stats_shrunk stats_shrink_rate(const struct stats_rate_prior *prior, double x, double t, double conf);
double stats_rate_above(const struct stats_rate_prior *prior, double x, double t, double threshold);

/* James-Stein towards the mean for estimates with unit variance (Efron & Morris 1975): out = mean + c (y - mean) with
 * c = max(0, 1 - (k - 3)/sum (y - mean)^2), which is returned. With fewer than 4 units nothing is shrunk. No missing values. */
double stats_james_stein(const double *y, size_t k, double *out);

#endif
