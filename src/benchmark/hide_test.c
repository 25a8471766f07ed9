/* The attacker: takes all that the outputs of two releases give, and tries to work out what was hidden. */
#include "hide_world.h"
#include "benchmark_series.h"

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
        put_list(w, &l);
}

static struct world begin(void **state) {
        struct world w = empty(state);
        invent(&w);
        put(&w, 0, PLACES - 1);
        w.release[0] = release(&w);
        put(&w, PLACES - 1, PLACES);
        w.release[1] = release(&w);
        return w;
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
        leave(&w);
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
        leave(&w);
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
        leave(&w);
}

/* ---- one quarter, other routes ---- */

/* X of N for the first of many places in a quarter; all others have enough, and each as much as in any other quarter. */
static void deliver_pair(struct world *w, int64_t period, double x1, double n1, double x2, double n2) {
        struct delivered_list l = { 0 };
        for (size_t i = 0; i < PLACES; i++) {
                double x = i == 0 ? x1 : i == 1 ? x2 : 20 + (double) (i * 7 % 30), n = i == 0 ? n1 : i == 1 ? n2 : 70 + (double) (i * 5 % 40);
                if (!isnan(x))
                        *vec_push(w->a, &l) = (struct delivered) { S("SHV10"), w->region[i], S(""), period, x, n, (double) NAN, S(""),
                                i == 0 ? S("Het waren er twee") : S("") };
        }
        put_list(w, &l);
}

static struct cell quarter(const struct world *w, int64_t id, int64_t period) {
        struct cell c;
        bool found;
        assert_int_equal(benchmark_cell(w->db, w->a, id, BENCHMARK_PUBLIC, S("SHV10"), S(""), period, &c, &found), OK);
        assert_true(found);
        return c;
}

/* Target, spread, shrunken values, ranks and p-values are printed with all their decimals: whoever has them could try which hidden counts
 * give them. So they may depend on nothing but what is shown and its total. */
static void statistics_know_no_more_than_the_reader(void **state) {
        struct world w = empty(state);
        deliver_pair(&w, 20251, 2, 30, 3, 40);
        deliver_pair(&w, 20252, 1, 30, 4, 40);
        release(&w);
        struct cell c = quarter(&w, 0, 20251);
        assert_int_equal(benchmark_result(&c, w.region[0])->status, RESULT_HIDDEN);
        assert_int_equal(benchmark_result(&c, w.region[1])->status, RESULT_HIDDEN);
        assert_true(!isnan(c.total_numerator) && !isnan(c.tau2) && !isnan(c.spread));
        assert_int_equal(test_number(w.db, "SELECT count(DISTINCT packed) FROM release_cell WHERE indicator_code = 'SHV10' AND period IN (20251, 20252)"), 1);
        leave(&w);
}

/* One joins with a small count, where all others are public: the new total is withheld, and no p-value tells what it was. */
static void a_total_that_is_withheld_is_in_nothing_else(void **state) {
        struct world w = empty(state);
        deliver_pair(&w, 20251, (double) NAN, 30, 40, 80);
        deliver_pair(&w, 20252, (double) NAN, 30, 40, 80);
        release(&w);
        deliver_pair(&w, 20251, 2, 30, 40, 80);
        deliver_pair(&w, 20252, 4, 30, 40, 80);
        release(&w);
        struct cell c = quarter(&w, 0, 20251);
        const struct result *joined = benchmark_result(&c, w.region[0]);
        assert_true(joined->status == RESULT_HIDDEN && joined->explanation.n == 0);
        assert_true(isnan(c.total_numerator) && !isnan(c.target) && !isnan(c.tau2));
        assert_int_equal(test_number(w.db, "SELECT count(DISTINCT packed) FROM release_cell WHERE indicator_code = 'SHV10' AND period IN (20251, 20252) AND until IS NULL"), 1);
        leave(&w);
}

/* The total with a small count less the total without it is that count. */
static void who_leaves_is_not_told_by_two_totals(void **state) {
        struct world w = empty(state);
        deliver_pair(&w, 20251, 2, 30, 4, 40);
        int64_t first = release(&w);
        struct cell c = quarter(&w, first, 20251);
        assert_true(c.total_numerator > 0);
        struct delivered gone = { S("SHV10"), w.region[0], S(""), 20251, 0, 0, 0, S(""), S("") };
        assert_int_equal(benchmark_take_back(w.db, w.a, false, &gone, 1, 2), OK);
        int64_t second = release(&w);
        c = quarter(&w, second, 20251);
        assert_int_equal(c.since, second);
        assert_true(isnan(c.total_numerator) && isnan(c.total_denominator));
        leave(&w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(statistics_know_no_more_than_the_reader), TEST_BOTH(a_total_that_is_withheld_is_in_nothing_else),
                TEST_BOTH(who_leaves_is_not_told_by_two_totals),   TEST_BOTH(nothing_follows_from_all_outputs_together),
                TEST_BOTH(what_is_hidden_is_hidden_everywhere), TEST_BOTH(a_later_release_hides_the_same) };
        return cmocka_run_group_tests_name("benchmark disclosure", tests, NULL, NULL);
}
