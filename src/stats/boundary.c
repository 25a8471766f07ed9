#include "boundary.h"

/* Shares come as decimals: this close to 1 is all of it. */
#define WHOLE (1 - 1e-9)

static struct stats_merged no_figure(enum stats_merge_status status, enum stats_part_state reason, size_t parts)
{
        return (struct stats_merged) { status, reason, parts, STATS_NONE, STATS_NONE, STATS_NONE };
}

static bool share_ok(double share)
{
        return share > 0 && share <= 1 + 1e-9;
}

struct stats_merged stats_merge(enum stats_measure measure, const struct stats_part *part, size_t n)
{
        enum stats_part_state worst = STATS_PART_DELIVERED;
        bool ratio = measure == STATS_MEASURE_RATIO, without = false, estimated = false;
        double numerator = 0, denominator = 0;
        if (n == 0)
                return no_figure(STATS_MERGE_MISSING, STATS_PART_MISSING, 0);
        for (size_t i = 0; i < n; i++) {
                if (!share_ok(part[i].share))
                        return no_figure(STATS_MERGE_INVALID, worst, n);
                enum stats_part_state state = part[i].state;
                if (state == STATS_PART_DELIVERED && isnan(part[i].numerator))
                        state = STATS_PART_MISSING;
                if (state > worst)
                        worst = state;
                without = without || (ratio && isnan(part[i].denominator));
                estimated = estimated || part[i].estimated || part[i].share < WHOLE;
                numerator += part[i].share * part[i].numerator;
                denominator += part[i].share * part[i].denominator;
        }
        if (measure == STATS_MEASURE_NOT_ADDITIVE)
                return no_figure(STATS_MERGE_REFUSED, worst, n);
        if (worst != STATS_PART_DELIVERED)
                return no_figure(STATS_MERGE_MISSING, worst, n);
        if (without)
                return no_figure(STATS_MERGE_REFUSED, worst, n);
        return (struct stats_merged) {
                .status = estimated ? STATS_MERGE_ESTIMATED : n == 1 ? STATS_MERGE_UNCHANGED : STATS_MERGE_EXACT,
                .reason = worst, .parts = n, .numerator = numerator,
                .denominator = ratio ? denominator : STATS_NONE,
                .value = !ratio ? numerator : denominator > 0 ? numerator / denominator : STATS_NONE,
        };
}

bool stats_merge_testable(enum stats_merge_status status)
{
        return status == STATS_MERGE_UNCHANGED || status == STATS_MERGE_EXACT;
}

/* The total, or NaN when a count is missing or negative or the edges do not ascend. */
static double bins_total(const double *edge, const double *count, size_t bins)
{
        double total = 0;
        for (size_t b = 0; b < bins; b++) {
                if (!(count[b] >= 0) || !(edge[b + 1] > edge[b]))
                        return STATS_NONE;
                total += count[b];
        }
        return total;
}

struct stats_binned stats_bin_quantile(const double *edge, const double *count, size_t bins, double q)
{
        struct stats_binned r = { STATS_NONE, STATS_NONE, STATS_NONE };
        double total = bins_total(edge, count, bins), want = q * total, before = 0;
        if (!(total > 0) || !isfinite(total) || !(q >= 0) || !(q <= 1))
                return r;
        bool begun = false;
        for (size_t b = 0; b < bins; b++) {
                double after = before + count[b];
                if (count[b] > 0 && (begun || after >= want)) {
                        if (!begun)
                                r.lo = edge[b];
                        r.hi = edge[b + 1];
                        if (!begun && isfinite(edge[b]) && isfinite(edge[b + 1]))
                                r.estimate = edge[b] + (want - before) / count[b] * (edge[b + 1] - edge[b]);
                        /* exactly at the end of the bin: the next case may lie in the next filled one */
                        if (begun || after > want)
                                return r;
                        begun = true;
                }
                before = after;
        }
        return r;
}

double stats_bin_share(const double *edge, const double *count, size_t bins, double limit)
{
        double total = bins_total(edge, count, bins), below = 0;
        if (!(total > 0) || isnan(limit))
                return STATS_NONE;
        for (size_t b = 0; b <= bins; b++) {
                if (!(edge[b] < limit) && !(edge[b] > limit))
                        return below / total;
                if (b < bins)
                        below += count[b];
        }
        return STATS_NONE;
}
