/* mixed.h - a linear model in which each cluster has a level of its own, drawn from a normal distribution: y = x b + u_cluster + error,
 * var(u) = tau2, var(error) = sigma2/weight. Restricted maximum likelihood (Patterson & Thompson 1971), profiled to one dimension:
 * the ratio tau2/sigma2. */
#ifndef STATS_MIXED_H
#define STATS_MIXED_H

#include "cluster.h"

/* coefficient and covariance (columns * columns) lie in the memory handed in. loglik as R's lme4 gives it for REML fits.
 * ok = false: nothing to estimate (columns that follow from others, too few rows). */
struct stats_mixed {
        size_t rows, clusters, columns;
        double tau2, sigma2, loglik;
        const double *coefficient, *covariance;
        bool ok;
};

/* Groups and phi of the panel are not used. */
size_t stats_mixed_scratch(const struct stats_panel *p);        /* in doubles */
struct stats_mixed stats_mixed(const struct stats_panel *p, double *scratch);

/* The combination sum of weight[k] * b[k] with its error; t with clusters - 2 degrees of freedom, as is advised for stepped wedges. */
struct stats_effect stats_mixed_effect(const struct stats_mixed *m, const double *weight, double conf);

#endif
