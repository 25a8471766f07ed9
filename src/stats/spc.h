/* spc.h - is one municipality's own process changing? Charts over time: XmR, p and p', CUSUM, EWMA.
 *
 * A missing quarter (NaN) breaks moving ranges, runs and trends: its neighbours are not adjacent. XmR breaks down on small counts
 * (a moving range of 0 makes every point "outside"): use p' or a plain run chart there. Rebase by calling on the part of the series
 * from a recorded event on; limits from fewer than STATS_SPC_TRIAL points are provisional ("voorlopig"). */
#ifndef STATS_SPC_H
#define STATS_SPC_H

#include "stats.h"

#define STATS_SPC_TRIAL 12

/* XmR limits: mean -+ 2.66 * mean moving range (Wheeler). screen: leave out moving ranges >= mr_url = 3.267 * their mean, once (NHS
 * "Making Data Count"). amr_raw is the mean range before screening. points: values that counted. flat: amr = 0, do not use the chart.
 * All NaN without a moving range. */
struct stats_xmr {
        size_t points;
        double mean, amr_raw, amr, lpl, upl, mr_url;
        bool flat;
};
struct stats_xmr stats_xmr(const double *y, size_t n, bool screen);

/* Special causes of "Making Data Count", the first that holds: outside the limits; part of 7 points that each rise (fall); one of at
 * least two points in the outer third of 3 points on one side of the mean (points outside do not count as such); part of 7 points on
 * one side. A point on the mean is on neither side. */
enum stats_signal {
        STATS_SIGNAL_NONE,
        STATS_SIGNAL_ABOVE,
        STATS_SIGNAL_BELOW,
        STATS_SIGNAL_RISING,
        STATS_SIGNAL_FALLING,
        STATS_SIGNAL_TWO_HIGH,
        STATS_SIGNAL_TWO_LOW,
        STATS_SIGNAL_RUN_HIGH,
        STATS_SIGNAL_RUN_LOW,
};
/* out has room for n. The limits may come from another stretch (a fixed baseline). Missing points get STATS_SIGNAL_NONE. */
void stats_nhs_rules(const double *y, size_t n, const struct stats_xmr *limits, enum stats_signal *out);
/* 1 for signals upwards, -1 downwards, 0 for none: better or worse is for the indicator to say. */
int stats_signal_direction(enum stats_signal signal);

/* Nelson's eight rules (Nelson 1984) in bits 0..7, at the point that completes the pattern: 1 beyond 3 sigma; 2 nine on one side;
 * 3 six rising or falling; 4 fourteen alternating; 5 two of three beyond 2 sigma on one side; 6 four of five beyond 1 sigma on one side;
 * 7 fifteen within 1 sigma; 8 eight beyond 1 sigma. For XmR sigma = unscreened mean moving range / 1.128. */
void stats_nelson(const double *y, size_t n, double mean, double sigma, unsigned *out);

/* p chart over changing n, and Laney's p' (Laney 2002) that allows for overdispersion: z = (p - pbar)/s, s = sqrt(pbar(1 - pbar)/n),
 * sigma_z = mean |z_i - z_{i-1}| / 1.128; limits pbar -+ 3 s (times sigma_z), within [0, 1]. */
struct stats_p_chart {
        size_t points;
        double pbar, sigma_z;
};
struct stats_p_point {
        double p, z, lcl, ucl, laney_lcl, laney_ucl;
};
/* u chart and u' for counts x over exposure n (inhabitants): s = sqrt(ubar/n), limits not below 0; pbar is then ubar. */
struct stats_p_chart stats_u_chart(const double *x, const double *n, size_t k);
struct stats_p_point stats_u_point(const struct stats_p_chart *chart, double x, double n);
struct stats_p_chart stats_p_chart(const double *x, const double *n, size_t k);
struct stats_p_point stats_p_point(const struct stats_p_chart *chart, double x, double n);

/* Two-sided tabular CUSUM (Montgomery ch. 9): plus = max(0, y - (mean + k sigma) + plus), minus the mirror image; n_plus and n_minus
 * count the points since a sum was last 0; signal when a sum passes h sigma. A missing point keeps the sums; its own are NaN. */
struct stats_cusum {
        double plus, minus;
        size_t n_plus, n_minus;
        bool signal;
};
void stats_cusum(const double *y, size_t n, double mean, double sigma, double k, double h, struct stats_cusum *out);

/* Average run length of a one-sided CUSUM for a shift in sigmas, by Siegmund's (1985) approximation. */
double stats_cusum_arl(double shift, double k, double h);

/* EWMA (Roberts 1959): value = lambda y + (1 - lambda) value, from the mean; limits mean -+ width sigma sqrt(lambda/(2 - lambda)
 * (1 - (1 - lambda)^(2t))), t counting the points that are there. */
struct stats_ewma {
        double value, lcl, ucl;
        bool signal;
};
void stats_ewma(const double *y, size_t n, double mean, double sigma, double lambda, double width, struct stats_ewma *out);

#endif
