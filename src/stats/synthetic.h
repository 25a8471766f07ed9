/* synthetic.h - a synthetic peer: the mix of other municipalities that is most like this one (Abadie, Diamond & Hainmueller 2010).
 *
 * Weights >= 0 with sum 1 that minimise sum_k v_k ((target_k - sum_j w_j donor_jk)/sd_k)^2 over covariates and figures from before. It is
 * the point of smallest norm in the hull of the donors, found exactly in finitely many steps by Wolfe 1976 (Math Prog 11:128); at most
 * one more donor than there are characteristics has a weight. No random numbers. */
#ifndef STATS_SYNTHETIC_H
#define STATS_SYNTHETIC_H

#include "stats.h"

enum stats_synthetic_verdict {
        STATS_SYNTHETIC_OK,
        STATS_SYNTHETIC_POOR,           /* the mix is further than 1/4 standard deviation away: not like this one (Rubin 2001) */
        STATS_SYNTHETIC_NO_DONORS,      /* none without missing values, or the target has some itself */
};

/* error: root of the weighted mean square distance in standard deviations between target and mix; mean_error: the same for the plain
 * mean of all donors, to compare with. used: donors with a weight. steps: rounds that were needed. */
struct stats_synthetic {
        size_t donors, used, steps;
        double error, mean_error;
        enum stats_synthetic_verdict verdict;
};

/* donor[j * k + i]: characteristic i of donor j; importance NULL: 1 for each. A characteristic in which all donors and the target are
 * equal says nothing and is left out. weight has room for the donors; a donor with a missing value gets 0. scratch in doubles. */
size_t stats_synthetic_scratch(size_t donors, size_t k);
struct stats_synthetic stats_synthetic(const double *target, const double *donor, size_t donors, const double *importance, size_t k,
        double *weight, double *scratch);

#endif
