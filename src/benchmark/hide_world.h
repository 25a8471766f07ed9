/* hide_world.h - for tests of disclosure control: municipalities that deliver, releases, and what an attacker writes down. */
#ifndef BENCHMARK_HIDE_WORLD_H
#define BENCHMARK_HIDE_WORLD_H
#include "testing.h"
#include <math.h>
#include "benchmark.h"
#include "benchmark_release.h"
#include "network.h"
#include "schema.h"
#include "sdc.h"
#include "small_root.h"

#define PLACES 26
#define FIRST_QUARTER 20251

struct world {
        struct test_store *s;
        struct arena *a;
        struct db *db;
        struct str region[PLACES];
        double truth[PLACES][4];        /* events of hide_test.c; NaN: not delivered */
        int64_t release[2];
};

static void put_list(struct world *w, const struct delivered_list *l) {
        assert_int_equal(benchmark_put_delivered(w->db, w->a, false, l->v, l->n, 1), OK);
}

static int64_t release(struct world *w) {
        struct release_request r = { .through = 20254, .note = S("proef"), .threads = 1 };
        int64_t id;
        assert_int_equal(benchmark_release(w->db, w->a, &r, 1770000000000, &id), OK);
        return id;
}

/* Municipalities and indicators; nothing delivered. */
static struct world empty(void **state) {
        struct world w = { .s = test_store(state) };
        struct municipality_current_list all;
        w.a = &w.s->arena;
        w.db = test_open(w.s, DB_WRITE);
        struct load l = { .a = w.a, .root = small_root(w.a) };
        assert_int_equal(schema_migrate(w.db), OK);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(network_load(w.db, &l), OK);
        assert_int_equal(benchmark_put_participant(w.db, false, (struct participant) { S("GM0014"), FIRST_QUARTER, 0 }), OK);
        assert_int_equal(benchmark_load(w.db, &l), OK);
        small_root_remove(w.a, l.root);
        assert_int_equal(municipalities_current(w.db, w.a, 2025, &all), OK);
        for (size_t i = 0; i < PLACES; i++)
                w.region[i] = all.v[i].code;
        return w;
}

static void leave(struct world *w) {
        assert_int_equal(db_commit(w->db), OK);
        db_close(w->db);
}

/* What the attacker writes down: sums of unknown counts that he read somewhere. */
struct notes {
        struct arena *a;
        struct { struct stats_sdc_statement *v; size_t n, cap; } read;
};

static void note(struct notes *n, const size_t *unknown, size_t k, double sum) {
        size_t *copy = arena_many(n->a, size_t, k);
        for (size_t i = 0; i < k; i++)
                copy[i] = unknown[i];
        *vec_push(n->a, &n->read) = (struct stats_sdc_statement) { copy, NULL, k, sum, sum };
}

#endif
