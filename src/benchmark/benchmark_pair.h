/* benchmark_pair.h - two municipalities in one cell: is one really higher, and may that be said? */
#ifndef BENCHMARK_BENCHMARK_PAIR_H
#define BENCHMARK_BENCHMARK_PAIR_H
#include "benchmark_dictionary.h"
#include "benchmark_release.h"

struct benchmark_pair {
        bool comparable;                /* they answered every question of the dictionary alike; else nothing is said */
        const struct dictionary_choice *which;  /* the first question that they answered differently, or one of them not */
        double higher;                  /* chance that FIRST is really higher than SECOND, 0..1, from the shrunken figures; NaN when
                                           nothing can be said: hidden, missing, no counts, or not comparable */
        double difference, low95, high95;       /* of shares: first minus second in points (Newcombe); NaN likewise and for rates */
};
struct benchmark_pair benchmark_pair(const struct dictionary_entry *entry, const struct cell *c, const struct result *first,
        const struct result *second);

#endif
