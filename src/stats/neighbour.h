/* neighbour.h - statistical peers: which municipalities are alike in the characteristics of the area (never of the service)?
 *
 * Tables are row-major: n units of m characteristics. Take logs of counts and densities before. A unit with something missing has
 * no distance to anybody and is nobody's neighbour: say so, do not fill in. Hand in the units in order of code: ties, also those
 * that rounding hides, go to the first. Nearness is not mutual, and an outlier such as Amsterdam has no near peers: show the distance. */
#ifndef STATS_NEIGHBOUR_H
#define STATS_NEIGHBOUR_H

#include "quantile.h"
#include "stats.h"

/* Each column to mean 0 and population SD 1 (divisor n, over the units that have it); 0 where all are equal.
 * limit > 0 sets z-scores beyond -limit..limit on it (3 is usual); 0 leaves them. z may be the table itself. */
void stats_standardise_columns(const double *table, size_t n, size_t m, double limit, double *z);

/* Rotates and scales the table so that plain Euclidean distance in out is Mahalanobis distance (sample covariance, divisor n - 1,
 * over complete units; independent of the units of measurement). cov has room for m * m. out may not be the table.
 * False when the covariance is singular or there are not more complete units than characteristics; out is then not to be used. */
bool stats_whiten(const double *table, size_t n, size_t m, double *cov, double *out);

/* sqrt(sum w_k (a_k - b_k)^2). weight NULL for all 1. NaN when something is missing or a weight is negative. */
double stats_distance(const double *a, const double *b, const double *weight, size_t m);

/* One neighbour: row in the table, distance, and distance over that to the farthest unit (0..1, so that the farthest is 1). */
struct stats_neighbour {
        size_t unit;
        double distance, rebased;
};

/* The k nearest units to row unit, nearest first, itself left out. allowed (may be NULL) keeps candidates out; rebasing still uses
 * all units. out has room for k, scratch for n. Returns how many were found. */
size_t stats_neighbours(const double *z, size_t n, size_t m, const double *weight, size_t unit, const bool *allowed, size_t k,
                        struct stats_neighbour *out, struct stats_keyed *scratch);

/* Why so far apart: share of each characteristic in the squared distance, w_k (a_k - b_k)^2 / d^2; adds up to 1. 0 when d = 0,
 * NaN when something is missing. */
void stats_contributions(const double *a, const double *b, const double *weight, size_t m, double *out);

#endif
