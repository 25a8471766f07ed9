/* wedge.h - the stepped wedge of a roll-out: everybody starts, in waves, in an order drawn by lot. How sure will the answer be, and what
 * is it? It is one only when outcomes exist before the start: ask each starter for 8 quarters back. */
#ifndef STATS_WEDGE_H
#define STATS_WEDGE_H

#include "mixed.h"

/* on[cluster * times + t]: 1 when the measure works, 0 before. */
struct stats_wedge {
        size_t clusters, times;
        const double *on;
};

/* Variance of the effect with equal sizes (Hussey & Hughes 2007, Contemp Clin Trials 28:182): s2 is the variance of one cluster-period
 * mean, p(1 - p)/m for a share of m cases; add the variance of a cluster-by-period effect to it. tau2: variance between clusters.
 * I s2 (s2 + T t2)/((I U - W) s2 + (U^2 + I T U - T W - I V) t2). NaN when nothing can be learnt (nobody or everybody starts at once
 * at the beginning). */
double stats_wedge_variance(const struct stats_wedge *w, double s2, double tau2);

/* The same by generalised least squares for unequal sizes and missing cells: s2[cluster * times + t], NaN where there is no figure. */
size_t stats_wedge_variance_scratch(const struct stats_wedge *w);
double stats_wedge_variance_unequal(const struct stats_wedge *w, const double *s2, double tau2, double *scratch);

/* Mixed model: a level per time, a random level per cluster, and the effect. y and weight by cluster * times + t, NaN where missing,
 * weight NULL for equal; with one row per cluster and time the error contains the cluster-by-time effect.
 * by_exposure: an effect of its own for each time since the start; effect is then their plain mean over all exposures seen. Without it an
 * effect that grows is badly averaged (Kenny et al. 2022, Stat Med 41:4311). after[e] (room for times) gets the effect e times after
 * the start, NULL: not wanted. */
struct stats_wedge_fit {
        struct stats_effect effect;
        struct stats_mixed model;       /* coefficients in scratch */
};
size_t stats_wedge_scratch(const struct stats_wedge *w);        /* in doubles */
size_t stats_wedge_places(const struct stats_wedge *w);         /* in size_t */
struct stats_wedge_fit stats_wedge_fit(const struct stats_wedge *w, const double *y, const double *weight, bool by_exposure, double conf,
        struct stats_effect *after, double *scratch, size_t *places);

#endif
