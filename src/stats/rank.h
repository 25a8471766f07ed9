/* rank.h - how sure is a place among all municipalities? The whole distribution of each rank, exactly and without random numbers.
 *
 * Given theta_i = t, the number of units below i is a sum of independent 0/1 chances F_j(t), j != i: a Poisson-binomial distribution.
 * All chances are convolved once per node t, each unit is divided out again (forward where F < 1/2, backward otherwise, so that
 * rounding errors die out), and the results are added with the posterior weights of i. Chances within 1e-12 of 0 or 1 are left out.
 * E[rank_i] = 1 + sum_j P(theta_j < theta_i). Same bytes on any number of threads; another order of the units changes only rounding.
 *
 * Ranks of municipalities are nearly always a matter of chance (Goldstein & Spiegelhalter 1996; Marshall & Spiegelhalter 1998,
 * BMJ 316:1701): ask stats_rankability first and show no rank when its verdict is not STATS_RANK_SHOW. */
#ifndef STATS_RANK_H
#define STATS_RANK_H

#include "shrink.h"
#include "stats.h"

enum stats_family {
        STATS_FAMILY_BETA,      /* a, b: the two shapes; a share */
        STATS_FAMILY_GAMMA,     /* a: shape, b: rate; a rate */
        STATS_FAMILY_NORMAL,    /* a: mean, b: standard deviation */
};

/* Finite parameters, shapes, rates and deviations above 0. */
bool stats_is_posterior(enum stats_family family, double a, double b);

/* expected: mean rank; lo, median, hi: the smallest rank with cumulative chance >= 2.5, 50 and 97.5 %; best_quarter and worst_quarter:
 * chance to be among the floor(K/4) first or last (NaN when K < 4); best, worst: chance to be first, last.
 * All NaN for a unit without a posterior; K counts only the others. */
struct stats_rank {
        double expected, lo, median, hi;
        double best_quarter, worst_quarter, best, worst;
};

/* Work space in doubles for k units: about k * k. */
size_t stats_ranks_scratch(size_t k);

/* Ranks of k posteriors; rank 1 is the lowest theta, or the highest when high_first. Returns K, the number that took part. */
size_t stats_ranks(enum stats_family family, const double *a, const double *b, size_t k, bool high_first, struct stats_rank *out,
        double *scratch);

/* The same for posteriors of any shape, given as distribution functions at `nodes` common rising points: cdf[g * k + i], from about 0
 * to about 1. Between two points a posterior counts as spread evenly over the step: rank sums stay exact, the rest is as fine as the
 * points are. A unit with a NaN anywhere takes no part. */
size_t stats_ranks_cdf(const double *cdf, size_t nodes, size_t k, bool high_first, struct stats_rank *out, double *scratch);

/* P(theta_1 > theta_2) for two independent posteriors of one family. NaN when one is missing. */
double stats_rank_above(enum stats_family family, double a1, double b1, double a2, double b2);

enum stats_rank_verdict {
        STATS_RANK_SHOW,
        STATS_RANK_NO_UNITS,    /* nothing to rank */
        STATS_RANK_ALONE,       /* one unit: first and last at once */
        STATS_RANK_ALL_EQUAL,   /* the units do not differ more than chance */
        STATS_RANK_MOSTLY_CHANCE,       /* rankability below 1/2 */
};

/* rho = tau2/(tau2 + median s_i^2): the share of the differences that is real (Lingsma et al. 2009, BMC Med Res Methodol 9:53).
 * k: units with a sampling variance. */
#define STATS_RANKABILITY_LEAST 0.5
struct stats_rankability {
        size_t k;
        double rho;
        enum stats_rank_verdict verdict;
};
/* s2: sampling variances on the scale of tau2. scratch has room for k. */
struct stats_rankability stats_rankability(double tau2, const double *s2, size_t k, double *scratch);
/* For a beta prior: tau2 = mu(1 - mu) rho, s_i^2 = mu(1 - mu)(1 - rho)/n_i. For a gamma prior: tau2 = alpha/beta^2, s_i^2 = mean/t_i. */
struct stats_rankability stats_share_rankability(const struct stats_share_prior *prior, const double *n, size_t k, double *scratch);
struct stats_rankability stats_rate_rankability(const struct stats_rate_prior *prior, const double *t, size_t k, double *scratch);

#endif
