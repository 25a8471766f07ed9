/* runchart.h - which chart over time suits these figures, run charts, and when a signal is worth a message. See also spc.h.
 *
 * XmR breaks down on small counts: at a mean of 0.2 per quarter the usual rules see a signal in 84 of 100 stable series. So shares and
 * counts get p' or u', and where even those have too little to count, a run chart, which asks nothing of the distribution. */
#ifndef STATS_RUNCHART_H
#define STATS_RUNCHART_H

#include "spc.h"

/* Run chart around the median (Anhoj & Olesen 2014, PLoS ONE 9:e113825): points on the median do not count. A shift when the longest
 * run on one side exceeds log2(useful) + 3, rounded; a clump when there are fewer crossings than the 5 % point of a fair coin,
 * Bin(useful - 1, 1/2). A missing point breaks a run. No verdict (limits NaN) with fewer than 10 useful points, or when less than 40 %
 * of them lie on one side: so many zeros that the median is no middle. scratch has room for n. */
#define STATS_RUN_LEAST 10
struct stats_run_chart {
        size_t points, useful, longest, crossings;
        double median, longest_limit, crossings_limit;
        bool shift, clump;
};
struct stats_run_chart stats_run_chart(const double *y, size_t n, double *scratch);

enum stats_figure {
        STATS_FIGURE_SHARE,     /* x of n */
        STATS_FIGURE_COUNT,     /* x events over exposure n; n NULL: 1 */
        STATS_FIGURE_MEASURE,   /* x itself: days, euros */
};
enum stats_chart {
        STATS_CHART_NONE,       /* fewer than 2 points */
        STATS_CHART_XMR,
        STATS_CHART_P,          /* p' with its limits */
        STATS_CHART_U,          /* u' */
        STATS_CHART_RUN,        /* points and median only */
};
enum stats_chart_reason {
        STATS_CHART_FITS,
        STATS_CHART_SMALL_COUNTS,       /* the median of what one expects per point (events, and for shares the others) is below 2 */
        STATS_CHART_FLAT,               /* a quarter of the steps or more is exactly 0, or all are: limits would be nonsense */
        STATS_CHART_TOO_FEW,
};
/* provisional: fewer than STATS_SPC_TRIAL points ("voorlopig"). scratch has room for k. */
#define STATS_CHART_EXPECTED_LEAST 2
struct stats_chart_choice {
        enum stats_chart chart;
        enum stats_chart_reason reason;
        bool provisional;
        size_t points;
        double expected;
};
struct stats_chart_choice stats_choose_chart(enum stats_figure figure, const double *x, const double *n, size_t k, double *scratch);

/* New and confirmed: with 342 x 60 series some 300 newest points signal by chance each quarter, so nobody is told of one point alone.
 * direction: as stats_signal_direction gives it; missing: no figure (may be NULL). A message goes out at STATS_ALERT_CONFIRMED only. */
enum stats_alert {
        STATS_ALERT_NONE,
        STATS_ALERT_NEW,        /* first signal this way: wait for the next figure */
        STATS_ALERT_CONFIRMED,  /* the second in a row this way: tell it */
        STATS_ALERT_STANDING,   /* told before, still so */
        STATS_ALERT_ENDED,      /* was told, the signal is gone */
};
void stats_alerts(const int *direction, const bool *missing, size_t n, enum stats_alert *out);

#endif
