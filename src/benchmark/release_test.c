/* Releases on both stores: what is frozen, what changes, what is hidden, who sees it, and the same bytes however it is computed. */
#include "testing.h"
#include <math.h>
#include "benchmark_pair.h"
#include "fdr.h"
#include "network.h"
#include "benchmark.h"
#include "schema.h"
#include "small_root.h"

#define DAY ((int64_t) 24 * 3600 * 1000)

struct world {
        struct test_store *s;
        struct arena *a;
        struct db *db;
        struct municipality_current_list all;
        struct delivered_list list;
        int64_t at;
};

/* Indicators and municipalities, without the demonstration: real figures only. */
static struct world begin(void **state) {
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

static void end(struct world *w) {
        assert_int_equal(db_commit(w->db), OK);
        db_close(w->db);
}

static void figure(struct world *w, const char *indicator, struct str region, int64_t period, double x, double n) {
        *vec_push(w->a, &w->list) = (struct delivered) { str_of(indicator), region, S(""), period, x, n, (double) NAN, S("verhuizing=ja"),
                S("") };
}

static void put(struct world *w) {
        assert_int_equal(benchmark_put_delivered(w->db, w->a, false, w->list.v, w->list.n, w->at), OK);
        w->list.n = 0;
        w->at += DAY;
}

static enum err release_with(struct world *w, int64_t through, unsigned threads, const struct str *members, size_t n, int64_t *id) {
        struct release_request r = { .through = through, .note = S("proef"), .threads = threads, .members = members, .members_n = n };
        w->at += DAY;
        return benchmark_release(w->db, w->a, &r, w->at, id);
}

static int64_t release(struct world *w, int64_t through) {
        int64_t id;
        assert_int_equal(release_with(w, through, 1, NULL, 0, &id), OK);
        return id;
}

static struct cell cell_as(struct world *w, int64_t id, enum benchmark_audience who, const char *indicator, int64_t period) {
        struct cell c;
        bool found;
        assert_int_equal(benchmark_cell(w->db, w->a, id, who, str_of(indicator), S(""), period, &c, &found), OK);
        if (!found)
                c.n = 0;
        return c;
}
static struct cell cell(struct world *w, int64_t id, const char *indicator, int64_t period) {
        return cell_as(w, id, BENCHMARK_PUBLIC, indicator, period);
}

static struct result of(const struct cell *c, struct str region) {
        const struct result *r = benchmark_result(c, region);
        if (!r)
                fail_msg("%.*s is not in the cell", STR(region));
        return *r;
}

static void assert_near(double got, double want, double tolerance) {
        if (!(fabs(got - want) <= tolerance))
                fail_msg("%.12g is not %.12g", got, want);
}

/* Forty municipalities, four quarters of SHV10: 30 of 100, the first one 60 of 100; and SHV06, 80 of 100. */
static void deliver_a_year(struct world *w) {
        for (size_t i = 0; i < 40; i++)
                for (int64_t q = 20251; q <= 20254; q++) {
                        figure(w, "SHV10", w->all.v[i].code, q, (i == 0 ? 60 : 25) + (double) (i * 7 % 11), 100);
                        figure(w, "SHV06", w->all.v[i].code, q, 75 + (double) (i % 9), 100);
                }
        put(w);
}

static void a_release_says_where_each_stands(void **state) {
        struct world w = begin(state);
        deliver_a_year(&w);
        int64_t id = release(&w, 20254);
        struct cell c = cell(&w, 0, "SHV10", 20252);
        assert_int_equal(c.n, 41);      /* and one that takes part, but did not deliver */
        assert_int_equal(c.delivered, 40);
        struct result first = of(&c, w.all.v[0].code), none = of(&c, S("GM0014"));
        assert_near(first.value, 60, 1e-9);
        assert_near(first.low95, 50.20026, 1e-4);       /* Wilson of 60 of 100 */
        assert_near(first.high95, 69.05987, 1e-4);
        assert_true(first.shrunk < 60 && first.shrunk > 35 && first.weight > 0 && first.weight < 1);
        assert_int_equal(first.class_exact, 2);
        assert_int_equal(first.notice, RESULT_NOTABLE_CORRECTED);
        assert_int_equal(none.status, RESULT_NONE);
        assert_int_equal(none.state, BENCHMARK_NOT_YET + (c.period < 20254));
        assert_true(isnan(none.value));
        assert_near(c.target, c.total_numerator / c.total_denominator * 100, 1e-9);
        assert_true(!isnan(c.decile[0]) && c.decile[0] <= c.decile[8]);
        c = cell(&w, id, "SHV10", 2025);
        assert_near(of(&c, w.all.v[0].code).denominator, 400, 0);
        assert_near(of(&c, w.all.v[0].code).value, 60, 1e-9);
        struct benchmark_release_list l;
        assert_int_equal(benchmark_releases(w.db, w.a, &l), OK);
        assert_int_equal(l.n, 1);
        assert_int_equal(l.v[0].through, 20254);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM figure WHERE indicator_code = 'SHV10' AND status = 'exact'"), 200);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM comparison WHERE indicator_code = 'SHV10'"), 5);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM release_selection"), 9);
        end(&w);
}

static void a_correction_changes_the_next_release_only(void **state) {
        struct world w = begin(state);
        int64_t nothing;
        deliver_a_year(&w);
        int64_t first = release(&w, 20254);
        assert_int_equal(release_with(&w, 20254, 1, NULL, 0, &nothing), ERR_NOT_FOUND);
        struct str region = w.all.v[3].code;
        figure(&w, "SHV10", region, 20253, 50, 100);
        figure(&w, "SHV10", S("GM0014"), 20253, 40, 90);
        put(&w);
        struct cell before = cell(&w, 0, "SHV10", 20253);
        int64_t second = release(&w, 20254);
        struct cell old = cell(&w, first, "SHV10", 20253), now = cell(&w, 0, "SHV10", 20253);
        assert_near(of(&old, region).value, of(&before, region).value, 0);
        assert_near(of(&now, region).value, 50, 1e-9);
        assert_int_equal(of(&old, S("GM0014")).status, RESULT_NONE);
        assert_int_equal(cell(&w, 0, "SHV10", 20252).since, first);
        assert_int_equal(now.since, second);
        struct benchmark_revision_list l;
        assert_int_equal(benchmark_revisions(w.db, w.a, second, BENCHMARK_PUBLIC, &l), OK);
        assert_int_equal(l.n, 3);       /* the year of that municipality, and two of the quarter; the late one has no year */
        assert_int_equal(l.v[0].period, 2025);
        assert_true(isnan(l.v[1].before) || isnan(l.v[2].before));
        end(&w);
}

/* Adjusted over all figures of this theme and period that the release shows. */
static void assert_adjusted(struct world *w, int64_t id, int64_t period) {
        static const char *const codes[] = { "SHV06", "SHV10" };
        double p[200], adjusted[200];
        struct stats_keyed keyed[200];
        size_t n = 0;
        for (size_t i = 0; i < 2; i++) {
                struct cell c = cell(w, id, codes[i], period);
                for (size_t k = 0; k < c.n; k++)
                        if (!isnan(c.v[k].p)) {
                                adjusted[n] = c.v[k].p_adjusted;
                                p[n++] = c.v[k].p;
                        }
        }
        assert_true(n > 70);
        stats_adjust(STATS_ADJUST_BH, p, n, p, keyed, NULL);
        for (size_t i = 0; i < n; i++)
                assert_near(adjusted[i], p[i], 1e-12);
}

/* A correction of one figure moves the adjusted p of others: in the new release they are right, in the old one they stay. */
static void an_adjusted_p_is_that_of_its_release(void **state) {
        struct world w = begin(state);
        deliver_a_year(&w);
        int64_t first = release(&w, 20254);
        double before = of(&(struct cell[]) { cell(&w, first, "SHV10", 20253) }[0], w.all.v[7].code).p_adjusted;
        for (size_t i = 9; i < 14; i++)
                figure(&w, "SHV06", w.all.v[i].code, 20253, 30, 100);
        put(&w);
        int64_t second = release(&w, 20254);
        assert_adjusted(&w, first, 20253);
        assert_adjusted(&w, second, 20253);
        struct cell old = cell(&w, first, "SHV10", 20253), now = cell(&w, second, "SHV10", 20253);
        assert_near(of(&old, w.all.v[7].code).p_adjusted, before, 0);
        assert_true(fabs(of(&now, w.all.v[7].code).p_adjusted - before) > 1e-6);
        assert_near(of(&now, w.all.v[7].code).value, of(&old, w.all.v[7].code).value, 0);
        end(&w);
}

static void three_quarters_are_no_year(void **state) {
        struct world w = begin(state);
        deliver_a_year(&w);
        struct delivered gone = { S("SHV10"), w.all.v[5].code, S(""), 20252, 0, 0, 0, S(""), S("") };
        assert_int_equal(benchmark_take_back(w.db, w.a, false, &gone, 1, w.at), OK);
        release(&w, 20254);
        struct cell c = cell(&w, 0, "SHV10", 2025);
        assert_int_equal(of(&c, w.all.v[5].code).status, RESULT_FEW_QUARTERS);
        assert_int_equal(of(&c, w.all.v[5].code).quarters, 3);
        assert_true(isnan(of(&c, w.all.v[5].code).value));
        end(&w);
}

static void members_see_more_than_everybody(void **state) {
        struct world w = begin(state);
        static const struct str members[] = { S_INIT("SHV06") };
        int64_t id;
        deliver_a_year(&w);
        assert_int_equal(release_with(&w, 20254, 1, members, 1, &id), OK);
        assert_int_equal(cell_as(&w, id, BENCHMARK_PUBLIC, "SHV06", 20251).n, 0);
        assert_int_equal(cell_as(&w, id, BENCHMARK_MEMBER, "SHV06", 20251).n, 41);
        assert_int_equal(cell_as(&w, id, BENCHMARK_PUBLIC, "SHV10", 20251).n, 41);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM figure WHERE indicator_code = 'SHV06'"), 0);
        end(&w);
}

static int64_t sum_of_bytes(struct world *w) {
        static const char sql[] = "SELECT count(*) FROM release_cell x JOIN release_cell y ON y.indicator_code = x.indicator_code "
                "AND y.detail = x.detail AND y.period = x.period AND x.fictitious = 0 AND y.fictitious = 1 AND x.packed = y.packed";
        return test_number(w->db, sql);
}

/* One and two threads: as real figures on one, and once more as fictitious ones on two. */
static void threads_do_not_matter(void **state) {
        struct world w = begin(state);
        int64_t id;
        deliver_a_year(&w);
        release(&w, 20254);
        struct delivered_list again = { 0 };
        for (int64_t q = 20251; q <= 20254; q++) {
                struct delivered_list one;
                assert_int_equal(benchmark_delivered_in(w.db, w.a, false, q, &one), OK);
                for (size_t i = 0; i < one.n; i++)
                        *vec_push(w.a, &again) = one.v[i];
        }
        assert_int_equal(benchmark_put_participant(w.db, true, (struct participant) { S("GM0014"), 20251, 0 }), OK);
        assert_int_equal(benchmark_put_delivered(w.db, w.a, true, again.v, again.n, w.at), OK);
        struct release_request r = { .fictitious = true, .through = 20254, .note = S("proef"), .threads = 2 };
        assert_int_equal(benchmark_release(w.db, w.a, &r, w.at, &id), OK);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM release_cell WHERE fictitious = 0"), 10);
        assert_int_equal(sum_of_bytes(&w), 10);
        end(&w);
}

static void who_registers_otherwise_is_not_compared(void **state) {
        struct world w = begin(state);
        struct dictionary d;
        deliver_a_year(&w);
        struct delivered other = { S("SHV10"), w.all.v[1].code, S(""), 20251, 20, 100, (double) NAN, S("verhuizing=nee"), S("Kort") };
        assert_int_equal(benchmark_put_delivered(w.db, w.a, false, &other, 1, w.at), OK);
        release(&w, 20254);
        assert_int_equal(benchmark_dictionary(w.db, w.a, &d), OK);
        const struct dictionary_entry *entry = dictionary_find(&d, S("SHV10"));
        struct cell c = cell(&w, 0, "SHV10", 20251);
        struct result high = of(&c, w.all.v[0].code), low = of(&c, w.all.v[2].code), otherwise = of(&c, w.all.v[1].code);
        assert_true(str_eq(otherwise.explanation, S("Kort")));
        struct benchmark_pair p = benchmark_pair(entry, &c, &high, &low), mirror = benchmark_pair(entry, &c, &low, &high);
        assert_true(p.comparable && p.higher > .95);
        assert_near(p.higher + mirror.higher, 1, 1e-6);
        assert_true(p.low95 > 0 && p.low95 < p.difference && p.difference < p.high95);
        p = benchmark_pair(entry, &c, &high, &otherwise);
        assert_false(p.comparable);
        assert_true(isnan(p.higher) && isnan(p.difference));
        assert_true(str_eq(p.which->code, S("verhuizing")));
        end(&w);
}

static void what_cannot_be_released_is_refused(void **state) {
        struct world w = begin(state);
        int64_t id;
        assert_int_equal(release_with(&w, 20254, 1, NULL, 0, &id), ERR_NOT_FOUND);      /* nothing was delivered */
        deliver_a_year(&w);
        assert_int_equal(release_with(&w, 2025, 1, NULL, 0, &id), ERR_INVALID);
        release(&w, 20253);
        assert_int_equal(cell(&w, 0, "SHV10", 20254).n, 0);
        assert_int_equal(release_with(&w, 20252, 1, NULL, 0, &id), ERR_INVALID);
        release(&w, 20254);     /* the quarter that waited */
        assert_int_equal(cell(&w, 0, "SHV10", 20254).n, 41);
        end(&w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(a_release_says_where_each_stands), TEST_BOTH(a_correction_changes_the_next_release_only),
                TEST_BOTH(an_adjusted_p_is_that_of_its_release), TEST_BOTH(three_quarters_are_no_year), TEST_BOTH(members_see_more_than_everybody), TEST_BOTH(threads_do_not_matter), TEST_BOTH(who_registers_otherwise_is_not_compared),
                TEST_BOTH(what_cannot_be_released_is_refused) };
        return cmocka_run_group_tests_name("benchmark release", tests, NULL, NULL);
}
