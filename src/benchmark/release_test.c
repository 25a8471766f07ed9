/* Releases on both stores: what is frozen, what changes, what is hidden, who sees it, and the same bytes however it is computed. */
#include "release_testing.h"
#include "benchmark_pair.h"
#include "fdr.h"

static void a_release_says_where_each_stands(void **state) {
        struct world w = world_begin(state);
        world_deliver(&w);
        int64_t id = world_release(&w, 20254);
        struct cell c = world_cell(&w, 0, "SHV10", 20252);
        assert_int_equal(c.n, 41);      /* and one that takes part, but did not deliver */
        assert_int_equal(c.delivered, 40);
        struct result first = world_of(&c, w.all.v[0].code), none = world_of(&c, S("GM0014"));
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
        c = world_cell(&w, id, "SHV10", 2025);
        assert_near(world_of(&c, w.all.v[0].code).denominator, 400, 0);
        assert_near(world_of(&c, w.all.v[0].code).value, 60, 1e-9);
        struct benchmark_release_list l;
        assert_int_equal(benchmark_releases(w.db, w.a, &l), OK);
        assert_int_equal(l.n, 1);
        assert_int_equal(l.v[0].through, 20254);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM figure WHERE indicator_code = 'SHV10' AND status = 'exact'"), 200);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM comparison WHERE indicator_code = 'SHV10'"), 5);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM release_selection"), 9);
        world_end(&w);
}

static void a_correction_changes_the_next_release_only(void **state) {
        struct world w = world_begin(state);
        int64_t nothing;
        world_deliver(&w);
        int64_t first = world_release(&w, 20254);
        assert_int_equal(world_release_with(&w, 20254, 1, NULL, 0, &nothing), ERR_NOT_FOUND);
        struct str region = w.all.v[3].code;
        world_figure(&w, "SHV10", region, 20253, 50, 100);
        world_figure(&w, "SHV10", S("GM0014"), 20253, 40, 90);
        world_put(&w);
        struct cell before = world_cell(&w, 0, "SHV10", 20253);
        int64_t second = world_release(&w, 20254);
        struct cell old = world_cell(&w, first, "SHV10", 20253), now = world_cell(&w, 0, "SHV10", 20253);
        assert_near(world_of(&old, region).value, world_of(&before, region).value, 0);
        assert_near(world_of(&now, region).value, 50, 1e-9);
        assert_int_equal(world_of(&old, S("GM0014")).status, RESULT_NONE);
        assert_int_equal(world_cell(&w, 0, "SHV10", 20252).since, first);
        assert_int_equal(now.since, second);
        struct benchmark_revision_list l;
        assert_int_equal(benchmark_revisions(w.db, w.a, second, BENCHMARK_PUBLIC, &l), OK);
        assert_int_equal(l.n, 3);       /* the year of that municipality, and two of the quarter; the late one has no year */
        assert_int_equal(l.v[0].period, 2025);
        assert_true(isnan(l.v[1].before) || isnan(l.v[2].before));
        world_end(&w);
}

/* Adjusted over all figures of this theme and period that the release shows. */
static void assert_adjusted(struct world *w, int64_t id, int64_t period) {
        static const char *const codes[] = { "SHV06", "SHV10" };
        double p[200], adjusted[200];
        struct stats_keyed keyed[200];
        size_t n = 0;
        for (size_t i = 0; i < 2; i++) {
                struct cell c = world_cell(w, id, codes[i], period);
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
        struct world w = world_begin(state);
        world_deliver(&w);
        int64_t first = world_release(&w, 20254);
        double before = world_of(&(struct cell[]) { world_cell(&w, first, "SHV10", 20253) }[0], w.all.v[7].code).p_adjusted;
        for (size_t i = 9; i < 14; i++)
                world_figure(&w, "SHV06", w.all.v[i].code, 20253, 30, 100);
        world_put(&w);
        int64_t second = world_release(&w, 20254);
        assert_adjusted(&w, first, 20253);
        assert_adjusted(&w, second, 20253);
        struct cell old = world_cell(&w, first, "SHV10", 20253), now = world_cell(&w, second, "SHV10", 20253);
        assert_near(world_of(&old, w.all.v[7].code).p_adjusted, before, 0);
        assert_true(fabs(world_of(&now, w.all.v[7].code).p_adjusted - before) > 1e-6);
        assert_near(world_of(&now, w.all.v[7].code).value, world_of(&old, w.all.v[7].code).value, 0);
        world_end(&w);
}

static void three_quarters_are_no_year(void **state) {
        struct world w = world_begin(state);
        world_deliver(&w);
        struct delivered gone = { S("SHV10"), w.all.v[5].code, S(""), 20252, 0, 0, 0, S(""), S("") };
        assert_int_equal(benchmark_take_back(w.db, w.a, false, &gone, 1, w.at), OK);
        world_release(&w, 20254);
        struct cell c = world_cell(&w, 0, "SHV10", 2025);
        assert_int_equal(world_of(&c, w.all.v[5].code).status, RESULT_FEW_QUARTERS);
        assert_int_equal(world_of(&c, w.all.v[5].code).quarters, 3);
        assert_true(isnan(world_of(&c, w.all.v[5].code).value));
        world_end(&w);
}

static void members_see_more_than_everybody(void **state) {
        struct world w = world_begin(state);
        static const struct str members[] = { S_INIT("SHV06") };
        int64_t id;
        world_deliver(&w);
        assert_int_equal(world_release_with(&w, 20254, 1, members, 1, &id), OK);
        assert_int_equal(world_cell_as(&w, id, BENCHMARK_PUBLIC, "SHV06", 20251).n, 0);
        assert_int_equal(world_cell_as(&w, id, BENCHMARK_MEMBER, "SHV06", 20251).n, 41);
        assert_int_equal(world_cell_as(&w, id, BENCHMARK_PUBLIC, "SHV10", 20251).n, 41);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM figure WHERE indicator_code = 'SHV06'"), 0);
        world_end(&w);
}

static int64_t sum_of_bytes(struct world *w) {
        static const char sql[] = "SELECT count(*) FROM release_cell x JOIN release_cell y ON y.indicator_code = x.indicator_code "
                "AND y.detail = x.detail AND y.period = x.period AND x.fictitious = 0 AND y.fictitious = 1 AND x.packed = y.packed";
        return test_number(w->db, sql);
}

/* One and two threads: as real figures on one, and once more as fictitious ones on two. */
static void threads_do_not_matter(void **state) {
        struct world w = world_begin(state);
        int64_t id;
        world_deliver(&w);
        world_release(&w, 20254);
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
        world_end(&w);
}

static void who_registers_otherwise_is_not_compared(void **state) {
        struct world w = world_begin(state);
        struct dictionary d;
        world_deliver(&w);
        struct delivered other = { S("SHV10"), w.all.v[1].code, S(""), 20251, 20, 100, (double) NAN, S("verhuizing=nee"), S("Kort") };
        assert_int_equal(benchmark_put_delivered(w.db, w.a, false, &other, 1, w.at), OK);
        world_release(&w, 20254);
        assert_int_equal(benchmark_dictionary(w.db, w.a, &d), OK);
        const struct dictionary_entry *entry = dictionary_find(&d, S("SHV10"));
        struct cell c = world_cell(&w, 0, "SHV10", 20251);
        struct result high = world_of(&c, w.all.v[0].code), low = world_of(&c, w.all.v[2].code), otherwise = world_of(&c, w.all.v[1].code);
        assert_true(str_eq(otherwise.explanation, S("Kort")));
        struct benchmark_pair p = benchmark_pair(entry, &c, &high, &low), mirror = benchmark_pair(entry, &c, &low, &high);
        assert_true(p.comparable && p.higher > .95);
        assert_near(p.higher + mirror.higher, 1, 1e-6);
        assert_true(p.low95 > 0 && p.low95 < p.difference && p.difference < p.high95);
        p = benchmark_pair(entry, &c, &high, &otherwise);
        assert_false(p.comparable);
        assert_true(isnan(p.higher) && isnan(p.difference));
        assert_true(str_eq(p.which->code, S("verhuizing")));
        world_end(&w);
}

static void what_cannot_be_released_is_refused(void **state) {
        struct world w = world_begin(state);
        int64_t id;
        assert_int_equal(world_release_with(&w, 20254, 1, NULL, 0, &id), ERR_NOT_FOUND);      /* nothing was delivered */
        world_deliver(&w);
        assert_int_equal(world_release_with(&w, 2025, 1, NULL, 0, &id), ERR_INVALID);
        world_release(&w, 20253);
        assert_int_equal(world_cell(&w, 0, "SHV10", 20254).n, 0);
        assert_int_equal(world_release_with(&w, 20252, 1, NULL, 0, &id), ERR_INVALID);
        world_release(&w, 20254);     /* the quarter that waited */
        assert_int_equal(world_cell(&w, 0, "SHV10", 20254).n, 41);
        world_end(&w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(a_release_says_where_each_stands), TEST_BOTH(a_correction_changes_the_next_release_only),
                TEST_BOTH(an_adjusted_p_is_that_of_its_release), TEST_BOTH(three_quarters_are_no_year), TEST_BOTH(members_see_more_than_everybody), TEST_BOTH(threads_do_not_matter), TEST_BOTH(who_registers_otherwise_is_not_compared),
                TEST_BOTH(what_cannot_be_released_is_refused) };
        return cmocka_run_group_tests_name("benchmark release", tests, NULL, NULL);
}
