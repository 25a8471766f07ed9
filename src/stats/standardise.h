/* standardise.h - indirect (SMR) and direct (DSR) standardisation over k strata, such as household type by age.
 *
 * Compare an SMR with 1, never two SMRs with each other: each carries its own mix. The reference must be of the same period
 * and frozen per year, or it moves when a municipality joins. */
#ifndef STATS_STANDARDISE_H
#define STATS_STANDARDISE_H

#include "stats.h"

/* Below this number of events a directly standardised rate is not published (Public Health England's rule). */
#define STATS_DSR_MIN_EVENTS 10

/* Expected events: sum of n_s * ref_x_s / ref_n_s. Strata with n_s = 0 add nothing, even when ref_n_s = 0.
 * NaN when something is missing or negative, or people fall in a stratum without a reference. */
double stats_expected(const double *n, const double *ref_x, const double *ref_n, size_t k);

/* Standardised ratio observed/expected with the limits of the count (PHE rule: exact below 10, Byar from 10) over expected.
 * Times the reference rate it is the indirectly standardised rate. All NaN unless observed >= 0 and expected > 0. */
struct stats_ratio {
        double ratio, lo, hi;
};
struct stats_ratio stats_smr(double observed, double expected, double conf);

/* Directly standardised rate, per 1: sum(w x/n) / sum(w), with Dobson's interval (Dobson et al. 1991):
 *     DSR + sqrt(var/O) (Byar(O) - O),  var = sum(w^2 v/n^2) / sum(w)^2,  O = sum of x.
 * var_x: variance of each count, NULL for the Poisson choice v = x. Give sum of f^2 times the number of people with f events
 * where one person can have several.
 * suppressed: O < STATS_DSR_MIN_EVENTS. The numbers are then given for checking, and must not be shown.
 * Strata with w = 0 are skipped; n = 0 in a stratum that counts gives NaN (its rate is unknown), as does anything missing. */
struct stats_dsr {
        double events, rate, lo, hi;
        bool suppressed;
};
struct stats_dsr stats_dsr(const double *x, const double *n, const double *weight, const double *var_x, size_t k, double conf);

#endif
