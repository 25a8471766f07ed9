/* cluster.h - weighted least squares on panels, with standard errors that allow for municipalities being alike over time.
 *
 * y = x b + (a mean of its own for each group that is absorbed) + error; rows of one cluster may hang together in any way.
 * CR0: plain sandwich; CR1: times C/(C - 1); CR1S: times C/(C - 1) (n - 1)/(n - p), all columns and groups counted in p, as Stata does.
 * CR2: V = B sum_g X_g' W_g A_g e_g e_g' A_g' W_g X_g B with A_g = D_g'(D_g (I - H)_g. Phi (I - H)_g.' D_g')^{+1/2} D_g, D = Phi^{1/2}
 * (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, J Bus Econ Stat 36:672); the symmetric pseudo-inverse root drops eigenvalues below
 * 1e-12 of the largest. CR3: A_g = (I - H)_gg^-1, close to the jackknife; it does not exist when a group of its own is absorbed.
 * Tests use t: with C - 1 degrees of freedom, for CR2 Satterthwaite's (sum l)^2/sum l^2, for plain least squares n - p.
 * Groups are absorbed exactly (Frisch-Waugh-Lovell); each must lie within one cluster. */
#ifndef STATS_CLUSTER_H
#define STATS_CLUSTER_H

#include "stats.h"

/* Rows in any order. A row with a missing value or a weight that is not above 0 takes no part. */
struct stats_panel {
        size_t n, columns;
        const double *y;
        const double *x;                /* columns after one another: x[k * n + i]; without groups one has to be the constant */
        const double *weight;           /* NULL: 1 */
        const double *phi;              /* working variance of each row, NULL: 1 */
        const size_t *cluster;          /* 0 .. clusters - 1 */
        size_t clusters;
        const size_t *group;            /* 0 .. groups - 1; NULL: nothing is absorbed */
        size_t groups;
};

/* A fit, in the memory that was handed in. rows, clusters, groups: those that count; rank: columns that are not a combination of
 * earlier ones. coefficient[k] is NaN when column k is such a combination. */
struct stats_fit {
        size_t rows, columns, clusters, groups, rank, largest;
        double sigma2;                  /* weighted residual variance, n - rank - groups in the denominator */
        double size;                    /* root of the weighted sum of y squared: what is 1e-13 of it is rounding */
        double *coefficient;
        double *basis, *triangle, *spread, *weight, *phi, *residual;
        size_t *start, *group, *kept;
        size_t all_clusters;
};

size_t stats_fit_scratch(const struct stats_panel *p);          /* in doubles */
size_t stats_fit_places(const struct stats_panel *p);           /* in size_t */
/* False when nothing can be estimated: no rows, or a group that crosses clusters. */
bool stats_fit(struct stats_fit *f, const struct stats_panel *p, double *scratch, size_t *places);

enum stats_robust {
        STATS_ROBUST_NONE,              /* plain least squares */
        STATS_ROBUST_CR0,
        STATS_ROBUST_CR1,
        STATS_ROBUST_CR1S,
        STATS_ROBUST_CR2,
        STATS_ROBUST_CR3,
};

enum stats_effect_verdict {
        STATS_EFFECT_OK,
        STATS_EFFECT_TOO_FEW,           /* fewer than 5 degrees of freedom: the interval is there, but do not build on it */
        STATS_EFFECT_NOT_IDENTIFIED,    /* the column follows from the others */
        STATS_EFFECT_ONE_CLUSTER,       /* fewer than two clusters, or no degrees of freedom left */
        STATS_EFFECT_SINGULAR,          /* CR3 does not exist here */
};

/* One coefficient; p two-sided; interval at level conf. */
struct stats_effect {
        double estimate, se, df, t, p;
        struct stats_interval interval;
        enum stats_effect_verdict verdict;
};

size_t stats_effect_scratch(const struct stats_fit *f);         /* in doubles */
struct stats_effect stats_effect(const struct stats_fit *f, enum stats_robust type, size_t column, double conf, double *scratch);

/* Fills t, p, interval and verdict from estimate, se and df (infinite: normal). */
struct stats_effect stats_effect_test(double estimate, double se, double df, double conf);

#endif
