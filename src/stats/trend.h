/* trend.h - is a series going up or down? Points with something missing are left out; their place in time is kept. */
#ifndef STATS_TREND_H
#define STATS_TREND_H

#include "stats.h"

/* Cochran-Armitage test for a trend in proportions x/n over scores t (NULL for 1..k): chi-square with 1 degree of freedom
 * (Armitage 1955; R's prop.trend.test). NaN with fewer than 2 points, all or none having the event, or equal scores. */
struct stats_chi_square {
        double chi2, p;
};
struct stats_chi_square stats_cochran_armitage(const double *x, const double *n, const double *t, size_t k);

enum stats_marker {
        STATS_MARKER_REFUSED,   /* fewer than 5 points, or a point with x = n */
        STATS_MARKER_NONE,
        STATS_MARKER_UP,
        STATS_MARKER_DOWN,
};

/* The "recent trend" of England's Fingertips: the last 5 valid points, numbered 1..5 (years need not follow one another).
 * Line through the percentages weighted by 1/SE^2, SE = width of the Wilson 95% interval / 3.92; slope in percentage points per step;
 * chi2 = (slope/SE(slope))^2. A marker only when chi2 > 9.5495 (chi-square_1 at 99.8%) and the slope keeps its sign with each
 * single point left out. Slope and chi2 are also given when x = n refuses the marker; NaN with fewer than 5 points. */
#define STATS_MARKER_POINTS 5
struct stats_recent_trend {
        enum stats_marker marker;
        double slope, chi2;
};
struct stats_recent_trend stats_recent_trend(const double *x, const double *n, size_t k);

/* Mann-Kendall test with correction for ties (Mann 1945, Kendall 1975) and Sen's slope (Sen 1968), for any series v at times t
 * (NULL for 1..k; otherwise strictly increasing, or all is NaN).
 * s: pairs rising minus falling; z with continuity correction; p two-sided, normal; sen: median of all pairwise slopes, per unit of
 * time; tau: Kendall's tau-b. A flat series: s = 0, z = 0, p = 1, sen = 0, tau NaN. Fewer than 3 points: NaN. */
struct stats_mann_kendall {
        size_t k;
        double s, var, z, p, sen, tau;
};
/* Work space in doubles for a series of k points. */
size_t stats_mann_kendall_scratch(size_t k);
struct stats_mann_kendall stats_mann_kendall(const double *v, const double *t, size_t k, double *scratch);

#endif
