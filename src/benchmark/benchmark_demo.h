/* benchmark_demo.h - the demonstration: fictitious deliveries of a hundred municipalities that start in waves, released as real ones are.
 * Everything about it says that it is fictitious. It stays until the first real release. */
#ifndef BENCHMARK_BENCHMARK_DEMO_H
#define BENCHMARK_BENCHMARK_DEMO_H
#include "db.h"

/* Fills an empty store: participants, deliveries from the first quarter of 2023 to the third of 2026, three releases. Does nothing when
 * something was delivered or released before. Part of benchmark_load. */
_must_use_ enum err benchmark_demo(struct db *db, struct arena *a);

/* Differences that are planted in it, so that comparing finds something: the chance of INDICATOR changes by CHANGE in REGION from
 * quarter SINCE on, as if the municipality began to work otherwise then. With a change of 0 it began something that does nothing. */
struct demo_effect {
        const char *region, *indicator;
        int64_t since;
        double change;
};
const struct demo_effect *benchmark_demo_effects(size_t *n);

#endif
