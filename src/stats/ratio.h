/* ratio.h - figures that are not shares: ratios of two counts, and amounts such as euros or FTE. */
#ifndef STATS_RATIO_H
#define STATS_RATIO_H

#include "funnel.h"
#include "stats.h"

/* Ratio of two counts o1/o2 (in over out, this year over last) against the expected e1/e2 (Spiegelhalter 2005, Stat Med 24:1185):
 * y = log((o1 + 1/2)/(o2 + 1/2)), s^2 = o1/(o1 + 1/2)^2 + o2/(o2 + 1/2)^2, z = (y - log(e1/e2))/s. ratio and its interval are exp of y
 * and of y -+ z s; limits_*: where a ratio as expected would lie with this same s. p: exact and two-sided, o1 ~ Bin(o1 + o2,
 * e1/(e1 + e2)); at95, at998: by exact tails, use these. o1 = o2 = 0: nothing is known, all NaN and STATS_SIDE_NONE. */
struct stats_count_ratio {
        double y, s, z, p;
        double ratio;
        struct stats_interval interval, limits95, limits998;
        enum stats_side at95, at998;
};
struct stats_count_ratio stats_count_ratio(double o1, double o2, double e1, double e2, double conf);

/* Euros and FTE have no funnel: only how far each lies from the middle, in robust steps: z = (v - median)/(1.4826 MAD), MAD the median
 * of |v - median| (Iglewicz & Hoaglin 1993). Missing values take no part. When more than half are equal the MAD is 0: spread false, no z. */
struct stats_middle {
        size_t k;
        double median, mad;
        bool spread;
};
/* scratch has room for k. Both NaN without values. */
struct stats_middle stats_middle(const double *v, size_t k, double *scratch);
double stats_robust_z(const struct stats_middle *m, double v);

#endif
