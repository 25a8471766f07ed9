/* compare.h - tests of one figure against another: two proportions, two counts, a count against a known chance.
 * NaN where the input is missing or invalid. p-values are two-sided. */
#ifndef STATS_COMPARE_H
#define STATS_COMPARE_H

#include "stats.h"

/* z = (p1 - p2) / sqrt(p(1 - p)(1/n1 + 1/n2)) with the pooled p. Both NaN when nobody or everybody had the event. */
struct stats_z_test {
        double z, p;
};
struct stats_z_test stats_two_proportions(double x1, double n1, double x2, double n2);

/* Fisher's exact test of x1/n1 against x2/n2 (Fisher 1922), two-sided by the sum of all tables that are not more probable than
 * the observed one, with R's margin of 1e-7 for ties. Whole counts only. Cost O(log n): bisection on both sides of the mode. */
double stats_fisher(double x1, double n1, double x2, double n2);

/* Exact binomial test of x of n against chance p0 (same two-sided rule). Whole counts; 0 <= p0 <= 1. n = 0 gives 1. */
double stats_binomial_test(double x, double n, double p0);

/* Has a count changed? prev and cur are whole counts over exposures t_prev and t_cur (both 1 for equal quarters).
 * p: conditional test, cur ~ Bin(prev + cur, t_cur/(t_prev + t_cur)) (Przyborowski & Wilenski 1940).
 * z_sqrt: sqrt(2) (sqrt(cur) - sqrt(prev)), for equal exposures only (NaN otherwise).
 * log_ratio: log of the ratio of the two rates with 1/2 added to each count; its variance is log_var
 *     (Spiegelhalter 2005, ratio of counts): prev/(prev + .5)^2 + cur/(cur + .5)^2. */
struct stats_count_change {
        double p, z_sqrt, log_ratio, log_var;
};
struct stats_count_change stats_count_change(double prev, double cur, double t_prev, double t_cur);

#endif
