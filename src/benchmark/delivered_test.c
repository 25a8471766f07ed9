/* Periods, and accepted figures and participants on both stores. */
#include "testing.h"
#include <math.h>
#include "benchmark_delivered.h"
#include "schema.h"

static struct str in(struct test_store *s, int64_t p) {
        return period_code(&s->arena, p);
}

static void assert_text(struct str got, const char *want) {
        if (!str_eq(got, str_of(want)))
                fail_msg("'%.*s' is not '%s'", STR(got), want);
}

static void periods_count_on(void **state) {
        struct test_store *s = test_store(state);
        int64_t p;
        assert_int_equal(period_add(20254, 1), 20261);
        assert_int_equal(period_add(20251, -5), 20234);
        assert_int_equal(period_add(2025, -2), 2023);
        assert_int_equal(period_steps(20234, 20251), 1 + 4);
        assert_int_equal(period_steps(2023, 20251), 0);
        assert_int_equal(period_of_day(S("2026-11-22")), 20264);
        assert_int_equal(period_of_day(S("2026-13-22")), 0);
        assert_false(period_is_valid(20255));
        assert_false(period_is_valid(1989));
        assert_text(period_name(&s->arena, 20253), "3e kwartaal 2025");
        assert_text(period_name(&s->arena, 2025), "2025");
        assert_text(period_code(&s->arena, 20253), "2025-Q3");
        assert_text(period_code(&s->arena, 2025), "2025");
        assert_text(period_begins(&s->arena, 20253), "2025-07-01");
        assert_text(period_ends(&s->arena, 20254), "2026-01-01");
        assert_text(period_due(&s->arena, 20253), "2025-11-11");
        static const char *const good[] = { "2025-Q3", "2025-q3", "2025-3", "2025-K3", "20253" }, *const bad[] = { "", "2025-5", "2025-", "2025-Q", "2025-Q5", "2025-M3", "2025-QK3", "25-3", "2025-33",
                "20255", "+2025", "2025-3 ", "2101" };
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
                assert_true(period_read(str_of(good[i]), &p) && p == 20253);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (period_read(str_of(bad[i]), &p))
                        fail_msg("'%s' is read as a period", bad[i]);
        assert_true(period_read(in(s, 2024), &p) && p == 2024);
}

static struct delivered of(const char *indicator, const char *region, int64_t period, double x, double n) {
        return (struct delivered) { str_of(indicator), str_of(region), S(""), period, x, n, (double) NAN, S("adviesgesprek=ja"), S("") };
}

static void figures_come_back_as_they_were_put(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = test_open(s, DB_WRITE);
        struct delivered_list l;
        struct delivered first[] = { of("SHV10", "GM0034", 20251, 12, 40), of("SHV06", "GM0034", 20251, 0.1, (double) NAN),
                of("SHV10", "GM0014", 20251, 7, 21), of("SHV10", "GM0034", 20252, 9, 38) };
        first[3].explanation = S("Nieuwe werkwijze: “korte lijn”");
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(benchmark_put_delivered(db, &s->arena, false, first, 4, 1000), OK);
        assert_int_equal(benchmark_delivered_of(db, &s->arena, false, S("GM0034"), 0, &l), OK);
        assert_int_equal(l.n, 3);
        assert_text(l.v[0].indicator, "SHV06");
        assert_true(l.v[0].numerator > 0.1 - 1e-17 && l.v[0].numerator < 0.1 + 1e-17 && isnan(l.v[0].denominator));
        assert_text(l.v[1].choices, "adviesgesprek=ja");
        assert_int_equal(l.v[2].period, 20252);
        assert_text(l.v[2].explanation, "Nieuwe werkwijze: “korte lijn”");
        struct delivered corrected[] = { of("SHV10", "GM0034", 20251, 13, 40), of("SHV10", "GM0034", 20251, 14, 41) };
        assert_int_equal(benchmark_put_delivered(db, &s->arena, false, corrected, 2, 2000), OK);
        assert_int_equal(benchmark_take_back(db, &s->arena, false, &first[1], 1, 2000), OK);
        assert_int_equal(benchmark_delivered_in(db, &s->arena, false, 20251, &l), OK);
        assert_int_equal(l.n, 2);
        assert_text(l.v[0].region, "GM0014");
        assert_true(l.v[1].numerator > 13.5 && l.v[1].denominator > 40.5);
        /* A demonstration beside it sees none of them. */
        assert_int_equal(benchmark_delivered_in(db, &s->arena, true, 20251, &l), OK);
        assert_int_equal(l.n, 0);
        assert_int_equal(benchmark_take_back(db, &s->arena, false, first, 4, 3000), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM delivered"), 0);
        assert_int_equal(test_number(db, "SELECT max(stamp) FROM delivered_cell"), 4);
        assert_int_equal(db_commit(db), OK);
        db_close(db);
}

static void what_is_no_figure_is_refused(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = test_open(s, DB_WRITE);
        struct delivered bad[] = { of("SHV10", "GM0034", 20255, 1, 2), of("SHV\t10", "GM0034", 20251, 1, 2), of("SHV10", "", 20251, 1, 2),
                of("SHV10", "GM0034", 20251, 1, 2) };
        bad[3].explanation = S("twee\nregels");
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(db_begin(db), OK);
        for (size_t i = 0; i < 4; i++)
                assert_int_equal(benchmark_put_delivered(db, &s->arena, false, &bad[i], 1, 1000), ERR_INVALID);
        assert_int_equal(test_number(db, "SELECT count(*) FROM delivered"), 0);
        db_rollback(db);
        db_close(db);
}

static void a_missing_figure_has_one_of_four_states(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = test_open(s, DB_WRITE);
        struct participant_list l;
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(benchmark_put_participant(db, false, (struct participant) { S("GM0034"), 20243, 0 }), OK);
        assert_int_equal(benchmark_put_participant(db, false, (struct participant) { S("GM0014"), 20231, 20244 }), OK);
        assert_int_equal(benchmark_put_participant(db, false, (struct participant) { S("GM0014"), 20231, 20243 }), OK);
        assert_int_equal(benchmark_participants(db, &s->arena, false, &l), OK);
        assert_int_equal(l.n, 2);
        struct { const char *region; int64_t period; bool has; const char *state; } cases[] = {
                { "GM0034", 20253, true, "geleverd" }, { "GM0034", 20253, false, "nog niet" }, { "GM0034", 20252, false, "ontbreekt" },
                { "GM0034", 20242, false, "doet niet mee" }, { "GM0034", 2024, false, "ontbreekt" }, { "GM0034", 2023, false, "doet niet mee" },
                { "GM0014", 20242, false, "ontbreekt" }, { "GM0014", 20243, false, "doet niet mee" }, { "GM0014", 2024, false, "ontbreekt" },
                { "GM0080", 20252, false, "doet niet mee" },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_string_equal(benchmark_state_name(benchmark_state_of(&s->arena, &l, str_of(cases[i].region), cases[i].period,
                        cases[i].has, S("2025-11-11"))), cases[i].state);
        assert_int_equal(db_commit(db), OK);
        db_close(db);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_SQLITE(periods_count_on), TEST_BOTH(figures_come_back_as_they_were_put),
                TEST_BOTH(what_is_no_figure_is_refused), TEST_BOTH(a_missing_figure_has_one_of_four_states) };
        return cmocka_run_group_tests_name("benchmark delivered", tests, NULL, NULL);
}
