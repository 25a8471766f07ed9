/* release_testing.h - for the tests of releases: a store with indicators and municipalities, and figures that they deliver. */
#ifndef BENCHMARK_RELEASE_TESTING_H
#define BENCHMARK_RELEASE_TESTING_H
#include "testing.h"
#include <math.h>
#include "benchmark.h"
#include "benchmark_release.h"
#include "network.h"

#define DAY ((int64_t) 24 * 3600 * 1000)

struct world {
        struct test_store *s;
        struct arena *a;
        struct db *db;
        struct municipality_current_list all;
        struct delivered_list list;     /* not yet put */
        int64_t at;
};
/* Without the demonstration: real figures only. Leaves a transaction open, which world_end keeps. */
struct world world_begin(void **state);
void world_end(struct world *w);

/* A figure, and everything since the last time as what was accepted. */
void world_figure(struct world *w, const char *indicator, struct str region, int64_t period, double x, double n);
void world_put(struct world *w);
/* Forty municipalities, four quarters of SHV10: around 30 of 100, the first one 60 of 100; and SHV06, 80 of 100. */
void world_deliver(struct world *w);

/* A release of what was put, with that many threads, and with some indicators for members only. */
enum err world_release_with(struct world *w, int64_t through, unsigned threads, const struct str *members, size_t n, int64_t *id);
int64_t world_release(struct world *w, int64_t through);

/* What release ID (0: the newest) shows; a cell that is not there has n 0. */
struct cell world_cell_as(struct world *w, int64_t id, enum benchmark_audience who, const char *indicator, int64_t period);
struct cell world_cell(struct world *w, int64_t id, const char *indicator, int64_t period);
/* Fails the test when the municipality is not in it. */
struct result world_of(const struct cell *c, struct str region);
void assert_near(double got, double want, double tolerance);

#endif
