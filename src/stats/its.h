/* its.h - interrupted time series: did the figures of one municipality (or of all together) change when a measure began?
 *
 * log E[y] = log(exposure) + b0 + step + trend t + slope (t - T0) step + season, quasi-Poisson: standard errors times sqrt(phi), phi =
 * Pearson's X^2/(n - k) (Lopez Bernal et al. 2017, Int J Epidemiol 46:348); for what is not a count the same line by least squares with
 * errors after Newey & West 1987: Bartlett weights 1 - l/(L + 1) and n/(n - k).
 * T0 comes from the record of the measure, never from the figures. Refused with fewer than 8 points before or 4 after it. */
#ifndef STATS_ITS_H
#define STATS_ITS_H

#include "cluster.h"

#define STATS_ITS_BEFORE 8
#define STATS_ITS_AFTER 4
#define STATS_ITS_PAIRS 6

/* time counts periods (whole, rising, gaps allowed); step: 0 before the measure, 1 from its start on. Missing y, exposure or step: that
 * period takes no part. season: pairs of sine and cosine with `period` periods to the year; alternate adds (-1)^t, which the quarters
 * of a year need on top of one pair (4 quarters: pairs = 1, period = 4, alternate). slope: the trend may change too. */
struct stats_its {
        size_t n;
        const double *time, *y, *exposure, *step;       /* exposure NULL: 1; not used for a line */
        size_t pairs;
        double period;
        bool alternate, slope;
};
struct stats_its stats_its_quarters(size_t n, const double *time, const double *y, const double *exposure, const double *step);

enum stats_its_verdict {
        STATS_ITS_OK,
        STATS_ITS_TOO_FEW_BEFORE,
        STATS_ITS_TOO_FEW_AFTER,
        STATS_ITS_NOT_IDENTIFIED,       /* too few points for the season, or a wrong value: a negative count, no exposure */
        STATS_ITS_NO_FIT,               /* no maximum: all counts on one side are 0 */
};

/* Effects are on the log scale for counts (exp gives the rate ratio, exp of the interval its limits), else in units of y. For counts
 * the intervals are normal, as published; for a line t with n - k degrees of freedom. poisson: the step without sqrt(phi).
 * autocorrelation: of the residuals, one period apart; above 2/sqrt(n) `correlated` is set and the errors are too small.
 * No numbers unless verdict is STATS_ITS_OK. */
struct stats_its_fit {
        enum stats_its_verdict verdict;
        size_t n, k, before, after;
        double start, centre;           /* T0, and the time that counts as 0 for the trend */
        double phi, autocorrelation;    /* phi of a line: the residual variance */
        bool correlated;
        struct stats_effect step, trend, slope, poisson;
        const double *coefficient;      /* k, in scratch: constant, step, trend, slope if any, season */
};

size_t stats_its_scratch(const struct stats_its *s);
struct stats_its_fit stats_its_counts(const struct stats_its *s, double conf, double *scratch);
/* lag: set beforehand; 4 for quarters is usual. */
struct stats_its_fit stats_its_line(const struct stats_its *s, size_t lag, double conf, double *scratch);

/* What the fit expects at a time: the rate per unit of exposure, or the value of the line. step 0 after the start: without the measure. */
double stats_its_expected(const struct stats_its *s, const struct stats_its_fit *f, bool counts, double time, double step);

#endif
