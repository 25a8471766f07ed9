/* The attacker: takes all that the outputs of two releases give, and tries to work out what was hidden. */
#include "testing.h"
#include <math.h>
#include "benchmark.h"
#include "benchmark_release.h"
#include "benchmark_series.h"
#include "network.h"
#include "schema.h"
#include "small_root.h"
#include "sdc.h"

#define PLACES 26
#define FIRST_QUARTER 20251

struct world {
        struct test_store *s;
        struct arena *a;
        struct db *db;
        struct str region[PLACES];
        double truth[PLACES][4];        /* events; NaN: not delivered */
        int64_t release[2];
};

static double cases(size_t i) { return 12 + (double) (i * 13 % 90); }

/* Small and large places; the last four do not deliver the whole year, and one joins with three cases after the first release. */
static void invent(struct world *w) {
        for (size_t i = 0; i < PLACES; i++)
                for (size_t q = 0; q < 4; q++) {
                        w->truth[i][q] = floor(cases(i) * (.1 + (double) ((i * 7 + q * 5) % 6) / 12));
                        if (i >= PLACES - 4 && q < 2)
                                w->truth[i][q] = (double) NAN;
                }
}

static void put(struct world *w, size_t first, size_t last) {
        struct delivered_list l = { 0 };
        for (size_t i = first; i < last; i++)
                for (int q = 0; q < 4; q++)
                        if (!isnan(w->truth[i][q]))
                                *vec_push(w->a, &l) = (struct delivered) { S("SHV10"), w->region[i], S(""), FIRST_QUARTER + q,
                                        w->truth[i][q], cases(i), (double) NAN, S(""), S("") };
        assert_int_equal(benchmark_put_delivered(w->db, w->a, false, l.v, l.n, 1), OK);
}

static int64_t release(struct world *w) {
        struct release_request r = { .through = 20254, .note = S("proef"), .threads = 1 };
        int64_t id;
        assert_int_equal(benchmark_release(w->db, w->a, &r, 1770000000000, &id), OK);
        return id;
}

static struct world begin(void **state) {
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
        invent(&w);
        put(&w, 0, PLACES - 1);
        w.release[0] = release(&w);
        put(&w, PLACES - 1, PLACES);
        w.release[1] = release(&w);
        return w;
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

static size_t unknown_at(size_t place, size_t quarter) {
        return place * 4 + quarter;
}

/* One release: shown figures, shown years, and the totals of each quarter and of the year over those that have one. */
static void read_release(const struct world *w, struct notes *n, int64_t id, size_t places) {
        for (size_t q = 0; q <= 4; q++) {
                struct cell c;
                bool found;
                size_t all[PLACES * 4], k = 0;
                assert_int_equal(benchmark_cell(w->db, w->a, id, BENCHMARK_PUBLIC, S("SHV10"), S(""), q < 4 ? FIRST_QUARTER + (int64_t) q : 2025,
                        &c, &found), OK);
                assert_true(found);
                for (size_t i = 0; i < places; i++) {
                        const struct result *r = benchmark_result(&c, w->region[i]);
                        size_t own[4] = { unknown_at(i, q % 4), unknown_at(i, 1), unknown_at(i, 2), unknown_at(i, 3) }, parts = q < 4 ? 1 : 4;
                        if (q == 4)
                                own[0] = unknown_at(i, 0);
                        if (!r || r->status == RESULT_NONE || r->status == RESULT_FEW_QUARTERS)
                                continue;
                        for (size_t p = 0; p < parts; p++)
                                all[k++] = own[p];
                        if (r->status == RESULT_EXACT)
                                note(n, own, parts, r->numerator);
                }
                if (!isnan(c.total_numerator))
                        note(n, all, k, c.total_numerator);
        }
}

static bool is_secret(const struct world *w, size_t i, size_t q) {
        return !isnan(w->truth[i][q]) && stats_sdc_rate(w->truth[i][q], cases(i), STATS_SDC_FEW) && w->truth[i][q] > 0;
}

static void nothing_follows_from_all_outputs_together(void **state) {
        struct world w = begin(state);
        struct notes n = { .a = w.a };
        size_t secrets = 0;
        read_release(&w, &n, w.release[0], PLACES - 1);
        read_release(&w, &n, w.release[1], PLACES);
        for (size_t i = 0; i < PLACES; i++)
                for (size_t q = 0; q < 4; q++) {
                        if (!is_secret(&w, i, q))
                                continue;
                        size_t one = unknown_at(i, q);
                        struct stats_interval known = stats_sdc_follows(w.a, PLACES * 4, n.read.v, n.read.n,
                                (struct stats_sdc_statement) { &one, NULL, 1, 0, 0 });
                        secrets++;
                        if (!(known.hi - known.lo >= STATS_SDC_FEW))
                                fail_msg("place %zu, quarter %zu is %g: the attacker knows %g to %g", i, q, w.truth[i][q], known.lo, known.hi);
                }
        assert_true(secrets > 8);
        assert_true(n.read.n > 60);     /* and there is a release worth reading */
        assert_int_equal(db_commit(w.db), OK);
        db_close(w.db);
}

/* The same pattern in the tables of the pages (charts, CSV, API and alternative texts read those), the series and the log of changes. */
static void what_is_hidden_is_hidden_everywhere(void **state) {
        struct world w = begin(state);
        size_t hidden = 0;
        struct series_set s;
        bool found;
        assert_int_equal(benchmark_series(w.db, w.a, 0, BENCHMARK_PUBLIC, S("SHV10"), S(""), S(""), &s, &found), OK);
        assert_true(found);
        for (size_t q = 0; q < 4; q++) {
                struct cell c;
                assert_int_equal(benchmark_cell(w.db, w.a, 0, BENCHMARK_MEMBER, S("SHV10"), S(""), FIRST_QUARTER + (int64_t) q, &c, &found), OK);
                for (size_t i = 0; i < c.n; i++) {
                        const struct result *r = &c.v[i];
                        const char *sql = "SELECT count(*) FROM %s WHERE indicator_code = 'SHV10' AND period = %lld AND region = '%.*s'%s";
                        if (r->status != RESULT_HIDDEN)
                                continue;
                        hidden++;
                        assert_true(isnan(r->value) && isnan(r->numerator) && isnan(r->denominator) && isnan(r->shrunk) && isnan(r->p));
                        assert_int_equal(test_number(w.db, str_fmt(w.a, sql, "figure", (long long) c.period, STR(r->region),
                                " AND (value IS NOT NULL OR numerator IS NOT NULL OR denominator IS NOT NULL OR status <> 'refused')").p), 0);
                        assert_int_equal(test_number(w.db, str_fmt(w.a, sql, "comparison_unit", (long long) c.period, STR(r->region), "").p), 0);
                        assert_int_equal(test_number(w.db, str_fmt(w.a, sql, "release_revision", (long long) c.period, STR(r->region),
                                " AND value_after IS NOT NULL").p), 0);
                        assert_true(isnan(series_of(&s, r->region)->point[q].value));
                }
        }
        assert_true(hidden > 8);
        assert_int_equal(db_commit(w.db), OK);
        db_close(w.db);
}

/* What was shown once stays shown, what was hidden and did not change stays hidden: nothing is learned from the order of releases. */
static void a_later_release_hides_the_same(void **state) {
        struct world w = begin(state);
        for (size_t q = 0; q < 4; q++) {
                struct cell before, after;
                bool found;
                int64_t period = FIRST_QUARTER + (int64_t) q;
                assert_int_equal(benchmark_cell(w.db, w.a, w.release[0], BENCHMARK_PUBLIC, S("SHV10"), S(""), period, &before, &found), OK);
                assert_int_equal(benchmark_cell(w.db, w.a, w.release[1], BENCHMARK_PUBLIC, S("SHV10"), S(""), period, &after, &found), OK);
                for (size_t i = 0; i < before.n; i++)
                        assert_int_equal(benchmark_result(&after, before.v[i].region)->status, before.v[i].status);
        }
        assert_int_equal(db_commit(w.db), OK);
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(nothing_follows_from_all_outputs_together),
                TEST_BOTH(what_is_hidden_is_hidden_everywhere), TEST_BOTH(a_later_release_hides_the_same) };
        return cmocka_run_group_tests_name("benchmark disclosure", tests, NULL, NULL);
}
