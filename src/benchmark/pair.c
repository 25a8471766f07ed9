/* pair.c - two municipalities beside each other. */
#include "benchmark.h"
#include "benchmark_pair.h"
#include "interval.h"
#include "rank.h"

/* The posterior of each, from the distribution between municipalities that the cell keeps (its mean and spread). */
static double higher(const struct dictionary_entry *d, const struct cell *c, const struct result *x, const struct result *y) {
        double mean = c->mean / d->scale;
        if (!(c->spread > 0) || isnan(mean))
                return STATS_NONE;
        if (c->method == BENCHMARK_BINOMIAL) {
                double size = (1 - c->spread) / c->spread, a = mean * size, b = (1 - mean) * size;
                return stats_rank_above(STATS_FAMILY_BETA, a + x->numerator, b + x->denominator - x->numerator, a + y->numerator,
                        b + y->denominator - y->numerator);
        }
        if (c->method != BENCHMARK_POISSON)
                return STATS_NONE;
        double a = 1 / c->spread, b = a / mean;
        return stats_rank_above(STATS_FAMILY_GAMMA, a + x->numerator, b + x->denominator, a + y->numerator, b + y->denominator);
}

struct benchmark_pair benchmark_pair(const struct dictionary_entry *entry, const struct cell *c, const struct result *first,
        const struct result *second) {
        struct benchmark_pair p = { .higher = STATS_NONE, .difference = STATS_NONE, .low95 = STATS_NONE, .high95 = STATS_NONE };
        p.comparable = dictionary_comparable(entry, first->choices, second->choices, &p.which);
        if (!p.comparable || first->status != RESULT_EXACT || second->status != RESULT_EXACT)
                return p;
        p.higher = higher(entry, c, first, second);
        if (c->method == BENCHMARK_BINOMIAL) {
                struct stats_interval i = stats_newcombe(first->numerator, first->denominator, second->numerator, second->denominator,
                        STATS_CONF_95);
                p.difference = first->value - second->value;
                p.low95 = entry->scale * i.lo;
                p.high95 = entry->scale * i.hi;
        }
        return p;
}
