/* interval.h - confidence intervals for one figure: a proportion, a count, a mean; and for a difference of proportions.
 * All answer {NaN, NaN} on invalid or missing input and when conf is not inside (0, 1). */
#ifndef STATS_INTERVAL_H
#define STATS_INTERVAL_H

#include "stats.h"

/* Wilson score interval (Wilson 1927), on the scale 0..1:
 *     (2x + z^2 -+ z sqrt(z^2 + 4x(1 - x/n))) / (2(n + z^2)).
 * Needs 0 <= x <= n, n > 0; x and n may be fractions (after a split of a municipality). Exactly 0 at x = 0, exactly 1 at x = n.
 * The default interval for every percentage of the product. */
struct stats_interval stats_wilson(double x, double n, double conf);

/* Clopper-Pearson "exact" interval (Clopper & Pearson 1934): beta quantiles; 0 at x = 0, 1 at x = n.
 * Whole x and n only: a fraction is refused. */
struct stats_interval stats_clopper_pearson(double x, double n, double conf);

/* Jeffreys interval: quantiles of Beta(x + 1/2, n - x + 1/2), with 0 at x = 0 and 1 at x = n
 * (Brown, Cai & DasGupta 2001). Whole x and n only. */
struct stats_interval stats_jeffreys(double x, double n, double conf);

/* Difference p1 - p2 by Newcombe's hybrid score method (Newcombe 1998, Stat Med 17:873, method 10). Range -1..1. */
struct stats_interval stats_newcombe(double x1, double n1, double x2, double n2, double conf);

/* Exact (Garwood 1936) interval of a Poisson count: chi2(a/2; 2o)/2 and chi2(1 - a/2; 2o + 2)/2. lo = 0 at o = 0.
 * Whole counts only. */
struct stats_interval stats_poisson_exact(double o, double conf);

/* Byar's approximation of it (Breslow & Day 1987). Fractions allowed. lo = 0 at o = 0; lo = NaN where the cube would be
 * negative (o = 1 at 99.8%), hi is then still given: the same choice as Public Health England's. */
struct stats_interval stats_poisson_byar(double o, double conf);

/* Public Health England's rule: exact below 10 events, Byar from 10. Below 10 a fraction is refused. */
struct stats_interval stats_poisson_phe(double o, double conf);

/* Student's t interval of a mean: mean -+ t(n - 1) sd / sqrt(n). Needs n >= 2 and sd >= 0; sd is the sample SD (n - 1). */
struct stats_interval stats_mean_interval(double mean, double sd, double n, double conf);
/* Two-sided p of the mean being 0, by the same t: below 1 - conf exactly when the interval leaves 0 out. NaN where there is no interval. */
double stats_mean_p(double mean, double sd, double n);

#endif
