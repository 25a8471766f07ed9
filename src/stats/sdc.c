/* sdc.c - what is too small to show, and what an attacker makes of the rest. */
#include "sdc.h"
#include "sdc_flow.h"

bool stats_sdc_few(double count, double threshold)
{
        return count > 0 && count < threshold;
}

bool stats_sdc_rate(double numerator, double denominator, double threshold)
{
        if (!(numerator >= 0 && numerator <= denominator && denominator >= STATS_SDC_RATE_CASES))
                return true;
        return stats_sdc_few(numerator, threshold) || stats_sdc_few(denominator - numerator, threshold);
}

/* Sum of the n largest contributions, by leaving out one more than each time: n is 1 or 2 in practice. */
static double largest(const double *v, size_t k, size_t n)
{
        double sum = 0, last = INFINITY;
        size_t taken = 0;
        while (taken < n && taken < k) {
                double next = -INFINITY;
                size_t equal = 0;
                for (size_t i = 0; i < k; i++)
                        if (v[i] < last && v[i] > next)
                                next = v[i];
                for (size_t i = 0; i < k; i++)
                        equal += v[i] == next;
                if (equal == 0)
                        return sum;     /* the rest is missing */
                for (; equal > 0 && taken < n; equal--, taken++)
                        sum += next;
                last = next;
        }
        return sum;
}

static double total(const double *v, size_t k)
{
        double sum = 0;
        for (size_t i = 0; i < k; i++)
                sum += isnan(v[i]) ? 0 : v[i];
        return sum;
}

bool stats_sdc_dominance(const double *contribution, size_t k, size_t n, double share)
{
        return largest(contribution, k, n) > share * total(contribution, k);
}

bool stats_sdc_p_percent(const double *contribution, size_t k, double p)
{
        double first = largest(contribution, k, 1);
        return first > 0 && total(contribution, k) - largest(contribution, k, 2) < p * first;
}

size_t stats_sdc_mark_few(const struct stats_sdc_table *t, double threshold, enum stats_sdc_mark *mark)
{
        size_t n = 0;
        for (size_t i = 0; i < sdc_cells(t); i++) {
                bool few = stats_sdc_few(t->value[i], threshold);
                mark[i] = few ? STATS_SDC_PRIMARY : STATS_SDC_OPEN;
                n += few;
        }
        return n;
}

size_t stats_sdc_audit(struct arena *a, const struct stats_sdc_table *t, const enum stats_sdc_mark *mark, double width,
                       struct stats_interval *range)
{
        struct sdc_graph g = sdc_graph_of(a, t);
        size_t narrow = 0;
        for (size_t i = 0; i < sdc_cells(t); i++)
                if (mark[i] >= STATS_SDC_PRIMARY)
                        sdc_graph_open(&g, t, i, INFINITY, 1);
        for (size_t i = 0; i < sdc_cells(t); i++) {
                double v = sdc_value(t, i);
                range[i] = (struct stats_interval) { t->value[i], t->value[i] };
                if (mark[i] < STATS_SDC_PRIMARY)
                        continue;
                range[i].lo = v - sdc_flow_room(&g, i, false, sdc_turned(t, i), v);
                range[i].hi = v + sdc_flow_room(&g, i, true, sdc_turned(t, i), INFINITY);
                narrow += mark[i] == STATS_SDC_PRIMARY && range[i].hi - range[i].lo < width - 1e-9;
        }
        return narrow;
}
