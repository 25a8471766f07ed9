/* fdr.h - many tests at once: with 342 municipalities and 60 indicators a thousand figures per quarter are "significant" by chance.
 *
 * Adjusted p-values, to compare with the wanted level as if it were a single test. Missing p-values, and numbers outside 0..1, take no part: they get
 * NaN and do not count in the number of tests. The order of the input does not matter. */
#ifndef STATS_FDR_H
#define STATS_FDR_H

#include "quantile.h"
#include "stats.h"

enum stats_adjustment {
        STATS_ADJUST_BH,                /* Benjamini & Hochberg 1995: false discovery rate; the product's choice */
        STATS_ADJUST_BY,                /* Benjamini & Yekutieli 2001: the same under any dependence */
        STATS_ADJUST_HOLM,              /* Holm 1979: family-wise error */
        STATS_ADJUST_BONFERRONI,
        STATS_ADJUST_HOMMEL,            /* Hommel 1988; the number of steps grows with k squared */
};

/* out[i] in [0, 1] for p[i]; out may be p. keyed has room for k; work too, and is used by Hommel alone (else it may be NULL). */
void stats_adjust(enum stats_adjustment method, const double *p, size_t k, double *out, struct stats_keyed *keyed, double *work);

#endif
