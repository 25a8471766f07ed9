/* panels.h - inside the statistics layer: walks along a set of posteriors, one panel of Gauss-Legendre nodes at a time.
 *
 * All posteriors live on one axis on which they are smooth: the logit for shares, the logarithm for rates. A panel is never wider than
 * what the narrowest posterior there, or the next order statistic, asks; so densities are integrated to about 1e-9 with few nodes,
 * and a municipality of 100,000 cases beside one of 3 costs no accuracy. */
#ifndef STATS_PANELS_H
#define STATS_PANELS_H

#include "rank.h"
#include "stats.h"

#define STATS_PANEL_NODES 8

struct stats_panels {
        enum stats_family family;
        size_t k, stride;
        double *a, *c, *norm, *sigma, *lo, *hi, *sum;   /* per unit; sum is the distribution function at the left edge */
        double at, end, finest;
        double integral[STATS_PANEL_NODES][STATS_PANEL_NODES];
};

/* Doubles of scratch for k units with the given stride (>= k). */
size_t stats_panels_scratch(size_t stride);

/* Units must be valid posteriors (stats_is_posterior). stride: distance between the nodes in mass and below. */
void stats_panels_start(struct stats_panels *p, enum stats_family family, const double *a, const double *b, size_t k, size_t stride,
        double *scratch);

/* For each node g and unit i: mass[g * stride + i] = quadrature weight times density, below[g * stride + i] = P(theta_i < node).
 * False when the walk is over. */
bool stats_panels_next(struct stats_panels *p, double *mass, double *below);

#endif
