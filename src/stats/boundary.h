/* boundary.h - one figure for a municipality that was merged or split after the figure was delivered.
 *
 * Rules (design/benchmark.md 2.16): counts, sums, FTE and euros add; percentages and means are made again from numerator and
 * denominator; what cannot be made again is refused. A part that is missing makes the whole missing: never a partial sum. A split
 * gives each successor its share and makes the figure an estimate: shown with a flag, without significance. lineage.h finds the parts. */
#ifndef STATS_BOUNDARY_H
#define STATS_BOUNDARY_H

#include "stats.h"

enum stats_part_state {
        STATS_PART_DELIVERED,
        STATS_PART_NOT_DUE,
        STATS_PART_NOT_PARTICIPANT,
        STATS_PART_MISSING,
};

/* What one former municipality brings in. share (0, 1]: how much of it went to this area. estimated: the figure was one already.
 * denominator is used by ratios only; NaN says that it was delivered without (a rating without number of raters). */
struct stats_part {
        double share, numerator, denominator;
        enum stats_part_state state;
        bool estimated;
};

enum stats_measure {
        STATS_MEASURE_COUNT,            /* numerator adds: persons, sums of days, FTE, euros, bins */
        STATS_MEASURE_RATIO,            /* percentage or mean: numerator and denominator add, value = one over the other */
        STATS_MEASURE_NOT_ADDITIVE,     /* medians and other quantiles, unique persons, relapse, ranks: always refused */
};

enum stats_merge_status {
        STATS_MERGE_UNCHANGED,          /* one part, all of it */
        STATS_MERGE_EXACT,
        STATS_MERGE_ESTIMATED,          /* a split is in it: show with a flag, test nothing */
        STATS_MERGE_REFUSED,            /* cannot be made from parts: not additive, or a ratio without its denominator */
        STATS_MERGE_MISSING,            /* a part is absent, or there are none */
        STATS_MERGE_INVALID,            /* a share outside (0, 1]: an error in the classification */
};

/* value, numerator and denominator are NaN unless unchanged, exact or estimated. For a count value = numerator and denominator is NaN.
 * A ratio over a total denominator of 0 has value NaN and keeps its status. reason: the worst state among the parts.
 * A measure that is not additive is refused for an unchanged area too: there is nothing to make, show what was delivered. */
struct stats_merged {
        enum stats_merge_status status;
        enum stats_part_state reason;
        size_t parts;
        double value, numerator, denominator;
};
struct stats_merged stats_merge(enum stats_measure measure, const struct stats_part *part, size_t n);

/* May the figure be tested, shrunk or put in a funnel? Only unchanged and exact ones. */
bool stats_merge_testable(enum stats_merge_status status);

/* Quantile q of durations delivered as counts per bin (so that they can be merged): edge[0..bins] ascending, count[0..bins) >= 0.
 * lo, hi: the edges between which the quantile lies (the last edge may be infinite); estimate: linear within the bin, to be marked as
 * such, NaN in an open bin. Where the quantile falls between two bins lo and hi span both. All NaN without any count or with a missing one. */
struct stats_binned {
        double lo, hi, estimate;
};
struct stats_binned stats_bin_quantile(const double *edge, const double *count, size_t bins, double q);

/* Share at or below a limit that is one of the edges, exact; NaN when it is not an edge. */
double stats_bin_share(const double *edge, const double *count, size_t bins, double limit);

#endif
