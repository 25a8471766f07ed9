/* few.h - shrinkage when there are few units, such as fifteen pilots: the prior itself is then hardly known, and empirical Bayes, which
 * takes the fitted prior for the truth, gives intervals that are too short (or of no width at all when it finds no differences).
 *
 * Here the prior is averaged over instead: theta_i ~ Beta(mu M, (1 - mu) M), mu with Jeffreys' prior, and the uniform shrinkage prior
 * B = M/(M + n0) ~ U(0, 1) with n0 the median number of cases (Christiansen & Morris 1997, JASA 92:618; Daniels 1999, Can J Stat 27:567).
 * In simulated fifteens of 40 cases its 95 % intervals hold in 92 of 100, those of empirical Bayes in 80.
 * A fixed grid over (mu, B), no random numbers. Use it below STATS_FEW units; above, shrink.h says nearly the same at less cost. */
#ifndef STATS_FEW_H
#define STATS_FEW_H

#include "stats.h"

#define STATS_FEW 50

/* mean, sd: of the posterior; a, b: the beta distribution with that mean and sd, for the interval and for stats_ranks; weight: share of
 * the unit's own data in its mean; above: P(theta_i > mu). All NaN for a unit with something missing, n = 0 or counts not whole; it
 * takes no part. */
struct stats_few_unit {
        double mean, sd, a, b, weight, above;
        struct stats_interval interval;
};
/* mu and rho = 1/(1 + M) averaged over their posterior, with rho's central 95 % (by the grid). k: units that took part. */
struct stats_few {
        size_t k;
        double mu, rho;
        struct stats_interval rho95;
};

size_t stats_few_scratch(size_t k);     /* in doubles */
struct stats_few stats_few_share(const double *x, const double *n, size_t k, double conf, struct stats_few_unit *out, double *scratch);

#endif
