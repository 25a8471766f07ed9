/* release_testing.c - see release_testing.h. */
#include "release_testing.h"
#include "schema.h"
#include "small_root.h"


struct world world_begin(void **state) {
        struct world w = { .s = test_store(state) };
        w.a = &w.s->arena;
        w.db = test_open(w.s, DB_WRITE);
        struct load l = { .a = w.a, .root = small_root(w.a) };
        assert_int_equal(schema_migrate(w.db), OK);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(network_load(w.db, &l), OK);
        assert_int_equal(benchmark_put_participant(w.db, false, (struct participant) { S("GM0014"), 20251, 0 }), OK);
        assert_int_equal(benchmark_load(w.db, &l), OK);
        small_root_remove(w.a, l.root);
        assert_int_equal(municipalities_current(w.db, w.a, 2025, &w.all), OK);
        w.at = 1770000000000;
        return w;
}

void world_end(struct world *w) {
        assert_int_equal(db_commit(w->db), OK);
        db_close(w->db);
}

void world_figure(struct world *w, const char *indicator, struct str region, int64_t period, double x, double n) {
        *vec_push(w->a, &w->list) = (struct delivered) { str_of(indicator), region, S(""), period, x, n, (double) NAN, S("verhuizing=ja"),
                S("") };
}

void world_put(struct world *w) {
        assert_int_equal(benchmark_put_delivered(w->db, w->a, false, w->list.v, w->list.n, w->at), OK);
        w->list.n = 0;
        w->at += DAY;
}

enum err world_release_with(struct world *w, int64_t through, unsigned threads, const struct str *members, size_t n, int64_t *id) {
        struct release_request r = { .through = through, .note = S("proef"), .threads = threads, .members = members, .members_n = n };
        w->at += DAY;
        return benchmark_release(w->db, w->a, &r, w->at, id);
}

int64_t world_release(struct world *w, int64_t through) {
        int64_t id;
        assert_int_equal(world_release_with(w, through, 1, NULL, 0, &id), OK);
        return id;
}

struct cell world_cell_as(struct world *w, int64_t id, enum benchmark_audience who, const char *indicator, int64_t period) {
        struct cell c;
        bool found;
        assert_int_equal(benchmark_cell(w->db, w->a, id, who, str_of(indicator), S(""), period, &c, &found), OK);
        if (!found)
                c.n = 0;
        return c;
}
struct cell world_cell(struct world *w, int64_t id, const char *indicator, int64_t period) {
        return world_cell_as(w, id, BENCHMARK_PUBLIC, indicator, period);
}

struct result world_of(const struct cell *c, struct str region) {
        const struct result *r = benchmark_result(c, region);
        if (!r)
                fail_msg("%.*s is not in the cell", STR(region));
        return *r;
}

void assert_near(double got, double want, double tolerance) {
        if (!(fabs(got - want) <= tolerance))
                fail_msg("%.12g is not %.12g", got, want);
}


void world_deliver(struct world *w) {
        for (size_t i = 0; i < 40; i++)
                for (int64_t q = 20251; q <= 20254; q++) {
                        world_figure(w, "SHV10", w->all.v[i].code, q, (i == 0 ? 60 : 25) + (double) (i * 7 % 11), 100);
                        world_figure(w, "SHV06", w->all.v[i].code, q, 75 + (double) (i % 9), 100);
                }
        world_put(w);
}
