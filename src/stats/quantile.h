/* quantile.h - sorting, quantiles, ranks and groups. Type 7 is the product's choice everywhere; the others are for comparison.
 * Missing values take no part and get NaN (or group 0). Show deciles only with 30 units or more, quartiles with 12. */
#ifndef STATS_QUANTILE_H
#define STATS_QUANTILE_H

#include "stats.h"

/* A value with the place it came from: work space for everything that needs an order. Ties keep the order of the input. */
struct stats_keyed {
        double v;
        size_t i;
};

/* Sorts the n values that are not missing to the front; the rest becomes NaN. Returns how many are not missing. */
size_t stats_sort(double *v, size_t n);
/* The same without touching v: keyed[0 .. result) by value, ties by place. keyed has room for n. */
size_t stats_sort_keyed(const double *v, size_t n, struct stats_keyed *keyed);

/* Sorts n of them (none missing) in place. */
void stats_order(struct stats_keyed *keyed, size_t n);

/* Quantile of sorted values (Hyndman & Fan 1996, types 2, 6, 7, 8 as in R). NaN when n = 0, p is outside [0, 1] or another type. */
double stats_quantile_sorted(const double *sorted, size_t n, double p, int type);

/* Quantile of values in any order, missing left out. scratch has room for n. */
double stats_quantile(const double *v, size_t n, double p, int type, double *scratch);

/* Ranks from 1 (smallest). min: ties share the lowest; avg: ties share the mean. Either output may be NULL. */
void stats_rank(const double *v, size_t n, double *min, double *avg, struct stats_keyed *scratch);

/* SQL's PERCENT_RANK: (lowest rank - 1)/(n - 1); 0 when there is one value. */
void stats_percent_rank(const double *v, size_t n, double *out, struct stats_keyed *scratch);

/* SQL's NTILE: groups 1..groups of equal size in order of value, the first groups one larger; ties are split by place. */
void stats_ntile(const double *v, size_t n, size_t groups, size_t *out, struct stats_keyed *scratch);

/* Public Health England's quantile rule (PHEindicatormethods): floor((q + 1) - ceil((n + 1 - lowest rank)/(n/q))), 0 becomes 1.
 * Ties stay together. All 0 ("no group") when there are fewer values than groups. */
void stats_phe_quantile(const double *v, size_t n, size_t groups, size_t *out, struct stats_keyed *scratch);

#endif
