/* benchmark_series.h - one indicator over the quarters: each municipality's own course, and that of all together. Computed with a release,
 * from what it shows: a hidden or missing quarter is a gap, and breaks runs and trends. */
#ifndef BENCHMARK_BENCHMARK_SERIES_H
#define BENCHMARK_BENCHMARK_SERIES_H
#include "benchmark_release.h"
#include "spc.h"
#include "trend.h"

enum series_chart {
        SERIES_RUN,                     /* counts below five on average: a line around its median (its mean when zeros make that no middle), runs only */
        SERIES_P,                       /* Laney's p': a share of so many cases */
        SERIES_U,                       /* the same for counts per inhabitant */
        SERIES_XMR,                     /* no counts: moving ranges */
};
struct series_point {
        int64_t period;
        double value;                   /* NaN: a gap */
        double low, high;               /* limits in the unit; NaN when the chart has none */
        enum stats_signal signal;
        bool alert;                     /* the sum of small deviations (CUSUM, k 0.5, h 5) went beyond its limit here */
};
struct series {
        struct str region;
        enum series_chart chart;
        double mean;                    /* centre line, in the unit */
        bool provisional;               /* fewer than STATS_SPC_TRIAL points: "voorlopig" */
        enum stats_marker trend;        /* the last five quarters; STATS_MARKER_REFUSED when there are fewer */
        double slope;                   /* in the unit per quarter */
        struct series_point *point;     /* one for each quarter of the set, oldest first */
        size_t n;
};
/* All participants in one quarter, and the fixed panel: those with a figure in every quarter from the panel's first on. */
struct series_moment {
        int64_t period;
        double all, panel;              /* in the unit; NaN when there are too few */
        double quantile[5];             /* p10 p25 p50 p75 p90 */
        int64_t delivered, participants;
        double inhabitants;             /* share of the country's that lives where was delivered */
};
struct series_set {
        struct str indicator, detail;
        struct series_moment *moment;
        size_t moments;
        int64_t panel_since, panel_units;       /* 0: too few for a panel */
        struct series *v;               /* in order of region */
        size_t n;
};

#define SERIES_FIELD "-"
/* In release RELEASE (0: the newest), in A. ONLY: the region whose series is wanted; S(""): those of all, which takes
 * far longer to read; SERIES_FIELD: none, the field alone.
 * *FOUND is false when it is not there, or not for this audience. */
_must_use_ enum err benchmark_series(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who, struct str indicator,
        struct str detail, struct str only, struct series_set *ret, bool *found);
/* That of REGION, or NULL. */
const struct series *series_of(const struct series_set *s, struct str region);
/* Did something happen in the newest quarter of S that deserves a look? A signal or an alert there. */
bool series_is_notable(const struct series *s);

#endif
