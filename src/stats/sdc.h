/* sdc.h - disclosure control of published tables of counts (benchmark.md 2.18).
 *
 * Primary suppression hides cells that tell something about few people; secondary suppression hides enough others that the hidden
 * ones cannot be worked out from the totals. An attacker knows the published cells, the totals, that counts are at least 0, and how
 * these functions work; what he then knows of a hidden cell is an interval, and that of each primary cell must be wide enough.
 *
 * Work space comes from the caller's arena (GLPK, below the exact optimum, has its own while a function runs and gives it back).
 * The outcome depends on the input alone, on any thread: limits are counts of steps, never of seconds.
 * Sources: Willenborg & De Waal 2001; Fischetti & Salazar 1999 (cell suppression), Bacharach 1966 (controlled rounding),
 * Cox 1995 (audit by network flows). */
#ifndef STATS_SDC_H
#define STATS_SDC_H
#include <stdint.h>
#include "arena.h"
#include "stats.h"

/* The programme's limits: counts 1..4 are hidden, a rate needs 10 cases, a mean or sum of money 5 contributors. */
#define STATS_SDC_FEW 5
#define STATS_SDC_RATE_CASES 10
#define STATS_SDC_CONTRIBUTORS 5

/* Is a count of persons too small to show: 0 < count < threshold? 0 shows that there was nobody, and is allowed. Missing: no. */
bool stats_sdc_few(double count, double threshold);

/* May a rate not be shown: fewer than STATS_SDC_RATE_CASES cases, or numerator or complement 1..threshold-1? Nobody or everybody of
 * a group that is large enough may be shown. Missing or impossible figures: true. */
bool stats_sdc_rate(double numerator, double denominator, double threshold);

/* (n, k) dominance: do the n largest of k contributions make up more than share (0..1) of the sum? */
bool stats_sdc_dominance(const double *contribution, size_t k, size_t n, double share);

/* p% rule: can the second largest contributor estimate the largest within p (0..1), sum - x1 - x2 < p x1? With one or two: yes. */
bool stats_sdc_p_percent(const double *contribution, size_t k, double p);

/* Cells row by row, (rows + 1) * (cols + 1) of them: the last row and the last column are the totals. Missing counts as 0. */
struct stats_sdc_table {
        size_t rows, cols;
        const double *value;
};

enum stats_sdc_mark {
        STATS_SDC_OPEN,
        STATS_SDC_FIXED,                /* must stay visible: it is public already */
        STATS_SDC_PRIMARY,
        STATS_SDC_SECONDARY,
};

/* Marks what stats_sdc_few finds, totals too, and leaves the rest open. Returns how many. */
size_t stats_sdc_mark_few(const struct stats_sdc_table *t, double threshold, enum stats_sdc_mark *mark);

enum stats_sdc_status {
        STATS_SDC_OPTIMAL,              /* safe, and nothing safe hides less */
        STATS_SDC_SAFE,                 /* safe, found by the heuristic: the table is large */
        STATS_SDC_IMPOSSIBLE,           /* too much is fixed or zero: publish nothing of this table */
        STATS_SDC_INVALID,              /* negative, or the totals are not the sums */
};

/* Hides secondary cells so that the interval of every primary cell is at least width wide. Zeros that are not primary stay visible.
 * Minimised: the sum of value + 1 over all hidden cells, the primary ones included (objective). Totals may be hidden too: their size
 * makes that the last resort. mark: in FIXED and PRIMARY, out SECONDARY; not touched unless the status is optimal or safe.
 * The optimum is by branch and cut over the cuts of the two flow problems of each primary cell, for at most
 * STATS_SDC_EXACT_CELLS cells that could be hidden and a bounded number of nodes. */
#define STATS_SDC_EXACT_CELLS 400
struct stats_sdc_result {
        enum stats_sdc_status status;
        size_t primary, secondary;
        double objective;
};
struct stats_sdc_result stats_sdc_suppress(struct arena *a, const struct stats_sdc_table *t, double width, enum stats_sdc_mark *mark);
/* The heuristic alone: cheapest cycles through each primary cell, then opening again what was not needed. */
struct stats_sdc_result stats_sdc_suppress_fast(struct arena *a, const struct stats_sdc_table *t, double width, enum stats_sdc_mark *mark);

/* What an attacker knows of each cell: for a visible one the value itself, for a hidden one the least and the most it can be (hi may
 * be infinite). Returns the number of primary cells whose interval is narrower than width: publish only when that is 0. */
size_t stats_sdc_audit(struct arena *a, const struct stats_sdc_table *t, const enum stats_sdc_mark *mark, double width,
                       struct stats_interval *range);

/* Controlled rounding: every cell, totals too, to one of its two neighbouring multiples of base (a multiple stays), such that the
 * table still adds up, with the least sum of deviations, which is returned. NaN when the totals are not the sums. */
double stats_sdc_round(struct arena *a, const struct stats_sdc_table *t, double base, double *out);

/* To the nearest multiple of base, halves up: what controlled rounding replaces, for it does not add up. */
double stats_sdc_round_nearest(double value, double base);

/* Unbiased random rounding: value mod base = r goes up with chance r/base. The same key always gives the same answer, so that asking
 * again tells nothing; take the key from the cell (indicator, place, period) with a secret of the installation. */
double stats_sdc_round_random(double value, double base, uint64_t key);

/* What was published over one population, in one table or in several, in one release or in several: each statement says that a sum of
 * unknowns lies in [lo, hi] (lo = hi for a figure printed exactly; a figure rounded to 5 is v - 5..v + 5 for its readers).
 * An unknown is a count >= 0 that nobody publishes directly: one municipality's cases in one quarter. */
struct stats_sdc_statement {
        const size_t *unknown;
        const double *factor;           /* NULL for all 1 */
        size_t n;
        double lo, hi;
};

/* What follows for a sum of unknowns (target.lo and .hi are not looked at). So year against quarters, a corrected release against the
 * first, and a group before against after somebody joined, are one question. Both NaN when the statements contradict one another. */
struct stats_interval stats_sdc_follows(struct arena *a, size_t unknowns, const struct stats_sdc_statement *statement, size_t n,
                                        struct stats_sdc_statement target);

/* May a group's aggregate be published beside an earlier one of other members? members: sorted ids. Everyone in one group and not in
 * the other is told by the difference: allowed when nobody moved, or at least STATS_SDC_CONTRIBUTORS joined (or none) and as many (or none) left. */
bool stats_sdc_difference_safe(const uint32_t *before, size_t n_before, const uint32_t *after, size_t n_after);

#endif
