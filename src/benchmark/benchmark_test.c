#include "testing.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "benchmark.h"
#include "clock.h"
#include "network.h"
#include "schema.h"

static struct arena arena;
static struct db *db;

static enum err load_all(struct load *l) {
        enum err e = db_begin(db);
        if (e != OK)
                return e;
        e = network_load(db, l);
        if (e == OK)
                e = benchmark_load(db, l);
        if (e != OK) {
                db_rollback(db);
                return e;
        }
        return db_commit(db);
}

static int open_store(struct test_store *store) {
        struct load l = { .a = &arena, .root = S(SOURCE_ROOT) };
        db = test_open(store, DB_WRITE);
        if (schema_migrate(db) != OK)
                return -1;
        int64_t start = clock_monotonic_us();
        if (load_all(&l) != OK) {
                fprintf(stderr, "%.*s:%d: %.*s\n", STR(l.file), l.line, STR(l.reason));
                return -1;
        }
        print_message("loaded in %lld ms, arena %zu MB\n", (long long) (clock_monotonic_us() - start) / 1000,
                arena.total >> 20);
        return 0;
}

static int setup_sqlite(void **state) { return test_store_sqlite(state) ? -1 : open_store(*state); }
static int setup_pg(void **state) { return test_store_postgres(state) ? -1 : open_store(*state); }
static int teardown(void **state) {
        db_close(db);
        db = NULL;
        arena_done(&arena);
        return test_store_done(state);
}

static void assert_near(double got, double want, double tolerance) {
        if (!(fabs(got - want) <= tolerance))
                fail_msg("%.12g is not %.12g", got, want);
}

static struct comparison compared(const char *code, int64_t period) {
        struct comparison_list l;
        assert_int_equal(comparisons_of(db, &arena, str_of(code), &l), OK);
        for (size_t i = 0; i < l.n; i++)
                if (l.v[i].period == period)
                        return l.v[i];
        fail_msg("%s of %d is not compared", code, (int) period);
        return (struct comparison) { 0 };
}

static struct page_units_row place(const char *code, int64_t period, const char *region) {
        struct page_units_row_list l;
        assert_int_equal(page_units(db, &arena, str_of(code), period, &l), OK);
        for (size_t i = 0; i < l.n; i++)
                if (str_eq(l.v[i].region, str_of(region)))
                        return l.v[i];
        fail_msg("%s is not in the comparison of %s", region, code);
        return (struct page_units_row) { 0 };
}

static void problem_debts(void **state) {
        (void) state;
        struct comparison c = compared("PS01", 2023);
        assert_int_equal(c.units, 342);
        assert_true(str_eq(c.method, S("binomial")));
        assert_near(c.target, 8.78549653432, 1e-9);
        assert_near(c.total_numerator, 726582, 0);
        assert_near(c.total_denominator, 8270244, 0);
        assert_near(c.phi, 112.027918763, 1e-7);
        assert_near(c.tau2, .00116071551905, 1e-13);
        assert_int_equal(c.outside_unadjusted, 303);
        assert_int_equal(c.outside_adjusted, 3);
        c = compared("PS01", 2022);
        assert_int_equal(c.outside_unadjusted, 305);
        assert_int_equal(c.outside_adjusted, 3);
        assert_near(c.tau2, .00119766902217, 1e-13);
        struct page_units_row u = place("PS01", 2023, "GM0034");
        assert_near(u.value, 14.5, 1e-12);
        assert_near(u.low95, 14.27706895, 1e-7);
        assert_near(u.z_adjusted, 2.630532068, 1e-8);
        assert_int_equal(u.class_exact, 2);
        assert_int_equal(u.class_adjusted, 1);
        assert_int_equal(u.fifth, 5);
        struct figure_point n;
        bool found;
        assert_int_equal(national_figure(db, &arena, S("PS01"), 2023, &n, &found), OK);
        assert_true(found);
        assert_near(n.value, 8.8, 1e-12);
        /* The lines that a page draws agree with the reference: od998 and od95 of Groningen. */
        struct benchmark_lines lines = benchmark_lines_adjusted(BENCHMARK_BINOMIAL, c.target, 100, c.tau2, 138499);
        assert_true(lines.low998 < lines.low95 && lines.low95 < c.target && c.target < lines.high95 &&
                lines.high95 < lines.high998);
        c = compared("PS01", 2023);
        lines = benchmark_lines_adjusted(BENCHMARK_BINOMIAL, c.target, 100, c.tau2, 140359);
        assert_near(lines.low95, 5.380845325, 1e-7);
        assert_near(lines.high998, 15.6184308, 1e-6);
        double q[7];
        benchmark_quantiles_read(c.quantiles, q);
        assert_near(q[0], 3.0, 1e-12);
        assert_near(q[6], 16.6, 1e-12);
}

static void without_counts(void **state) {
        (void) state;
        struct comparison c = compared("PS02", 2023);
        assert_int_equal(c.units, 342);
        assert_true(str_eq(c.method, S("none")));
        assert_near(c.target, 5.9, 1e-12);      /* as CBS says, for there are no counts to add */
        assert_true(isnan(c.phi));
        assert_true(str_eq(c.target_from, S("published")));
        assert_true(str_eq(compared("BZ01", 2021).target_from, S("median")));
        assert_true(str_eq(compared("PS01", 2023).target_from, S("counts")));
        assert_true(isnan(place("PS02", 2023, "GM0014").low95));
        assert_int_equal(place("PS02", 2023, "GM0014").class_exact, 0);
        assert_int_equal(compared("PS05", 2023).units, 340);
        /* Cost per inhabitant: amounts add up, but are no counts. */
        c = compared("GF01", 2021);
        assert_true(str_eq(c.method, S("none")));
        assert_near(c.target, c.total_numerator / c.total_denominator, 1e-9);
        c = compared("BZ05", 2021);
        assert_true(str_eq(c.method, S("poisson")));
        assert_int_equal(c.units, 341);
}

static struct figure_point point(const char *code, const char *region, int64_t period, int64_t division) {
        struct figure_point_list l;
        assert_int_equal(figure_trend(db, &arena, str_of(code), str_of(region), S(""), division, &l), OK);
        for (size_t i = 0; i < l.n; i++)
                if (l.v[i].period == period)
                        return l.v[i];
        fail_msg("%s %s %d is not there", code, region, (int) period);
        return (struct figure_point) { 0 };
}

static void today(void **state) {
        (void) state;
        /* Eemsdelta from its three: costs and inhabitants add up. */
        static const char *const parts[] = { "GM0003", "GM0010", "GM0024" };
        double x = 0, n = 0;
        for (size_t i = 0; i < 3; i++) {
                struct figure_point p = point("GF01", parts[i], 2019, 2019);
                x += p.numerator;
                n += p.denominator;
        }
        struct figure_point whole = point("GF01", "GM1979", 2019, NETWORK_DIVISION);
        assert_near(whole.value, x / n, 1e-9);
        assert_true(str_eq(whole.status, S("exact")));
        /* Parts of Haaren are estimated, and stay out of every test. */
        assert_true(str_eq(point("GF01", "GM0824", 2019, NETWORK_DIVISION).status, S("estimated")));
        assert_true(str_eq(point("PS03", "GM0824", 2018, NETWORK_DIVISION).status, S("estimated")));
        assert_int_equal(place("PS03", 2018, "GM0824").class_exact, 0);
        assert_true(isnan(place("PS03", 2018, "GM0824").z_adjusted));
        /* A percentage without counts cannot be merged; an unchanged one stays. */
        struct figure_point refused = point("BZ01", "GM1992", 2021, NETWORK_DIVISION);
        assert_true(str_eq(refused.status, S("refused")));
        assert_true(isnan(refused.value));
        assert_near(point("BZ01", "GM0014", 2021, NETWORK_DIVISION).value, 11.2, 1e-12);
        assert_true(str_eq(point("PS05", "GM0093", 2023, NETWORK_DIVISION).status, S("missing")));
        /* Not delivered is missing, never zero. */
        assert_int_equal(compared("GF03", 2023).units, 341);
        struct figure_point_list l;
        assert_int_equal(national_series(db, &arena, S("LS01"), &l), OK);
        assert_int_equal(l.n, 4);
        assert_int_equal(national_series(db, &arena, S("NV01"), &l), OK);
        assert_int_equal(l.n, 13);
        assert_true(str_find(l.v[0].source, S("NVVK")) < l.v[0].source.n);
}

static void peers(void **state) {
        (void) state;
        struct peers_of_row_list p;
        assert_int_equal(peers_of(db, &arena, S("GM0363"), &p), OK);
        assert_int_equal(p.n, 15);
        assert_true(p.v[0].distance <= p.v[14].distance);
        struct characteristics_all_row_list all;
        struct characteristic_of_list own, other;
        struct peer_reason_list why;
        assert_int_equal(characteristics_all(db, &arena, &all), OK);
        assert_int_equal(all.n, 9);
        assert_int_equal(characteristics_of(db, &arena, S("GM0363"), &own), OK);
        assert_int_equal(characteristics_of(db, &arena, p.v[0].code, &other), OK);
        peer_reasons(&arena, &all, &own, &other, &why);
        assert_int_equal(why.n, 9);
        double sum = 0, squared = 0;
        for (size_t i = 0; i < why.n; i++) {
                sum += why.v[i].share;
                squared += why.v[i].difference * why.v[i].difference;
        }
        assert_near(sum, 1, 1e-12);
        assert_near(sqrt(squared), p.v[0].distance, 1e-9);
        peer_reasons(&arena, &all, &own, &own, &why);
        assert_near(why.v[0].share, 0, 0);
        /* Ameland lacks a characteristic: no peers, and nobody's peer. */
        assert_int_equal(peers_of(db, &arena, S("GM0060"), &p), OK);
        assert_int_equal(p.n, 0);
        struct page_peer_values_row_list v;
        assert_int_equal(page_peer_values(db, &arena, S("PS01"), S("GM0014"), NETWORK_DIVISION, &v), OK);
        assert_int_equal(v.n, 2 * 15);          /* two years */
        assert_true(v.v[0].value > 0);
}

static enum err count_row(void *arg, const struct page_export_row *row) {
        *(int *) arg += !isnan(row->value);
        return OK;
}

static void for_pages(void **state) {
        (void) state;
        struct indicator_card_list cards;
        assert_int_equal(indicators_all(db, &arena, &cards), OK);
        assert_int_equal(cards.n, 85);
        assert_true(str_eq(cards.v[0].code, S("PS01")));
        assert_int_equal(cards.v[0].latest.v, 2023);
        for (size_t i = 0; i < cards.n; i++)
                if (!cards.v[i].latest.is_set && !str_eq(cards.v[i].code, S("SHV15")) && !str_eq(cards.v[i].code,
                        S("VS03")) &&
                    !str_eq(cards.v[i].code, S("VS06")))
                        fail_msg("%.*s has no figures", STR(cards.v[i].code));
        struct indicator ind;
        bool found;
        assert_int_equal(indicator_by_slug(db, &arena, S("shv09a"), &ind, &found), OK);
        assert_true(found && str_eq(ind.code, S("SHV09a")) && ind.fictitious == 1);
        struct page_block_row_list f;
        assert_int_equal(page_block(db, &arena, S("GM0093"), NETWORK_DIVISION, S(""), &f), OK);
        assert_true(f.n > 40);
        struct page_units_row_list units;
        assert_int_equal(page_units(db, &arena, S("PS01"), 2023, &units), OK);
        assert_int_equal(units.n, 342);
        assert_int_equal(indicator_by_code(db, &arena, S("VS04"), &ind, &found), OK);
        assert_true(found && str_eq(ind.phase, S("vroegsignalering")));
        struct comparison_list years;
        assert_int_equal(comparisons_of(db, &arena, S("PS01"), &years), OK);
        assert_int_equal(years.n, 2);
        int exported = 0;
        assert_int_equal(page_export(db, S("PS01"), NETWORK_DIVISION, 0, count_row, &exported), OK);
        assert_int_equal(exported, 2 * 343);
}

static void demonstration(void **state) {
        (void) state;
        struct comparison c = compared("SHV01", 2024);
        assert_true(c.units >= 30 && c.units <= 45);    /* two waves, less those with a gap */
        assert_true(c.target > 3 && c.target < 7);
        assert_true(str_eq(c.method, S("poisson")));
        c = compared("SHV10", 20261);
        if (c.units < 50 || c.target < 25 || c.target > 42)
                fail_msg("%lld units, target %g", (long long) c.units, c.target);
        assert_true(c.tau2 > 0);        /* real differences between municipalities */
        /* Rozendaal is too small for any share. */
        assert_true(str_eq(point("SHV10", "GM0277", 20251, NETWORK_DIVISION).status, S("refused")));
        assert_true(isnan(point("SHV10", "GM0277", 20251, NETWORK_DIVISION).numerator));
        struct figure_point_list l;
        assert_int_equal(page_details_of(db, &arena, S("SHV15"), S("GM0344"), NETWORK_DIVISION, &l), OK);
        double sum = 0;
        size_t parts = 0;
        for (size_t i = 0; i < l.n; i++)
                if (l.v[i].period == 2024) {
                        sum += l.v[i].value;
                        parts++;
                }
        assert_int_equal(parts, 4);
        assert_near(sum, 100, 1e-9);
        /* every report is of one signal or of more: what is prefilled from it passes the checks of a delivery */
        assert_int_equal(page_details_of(db, &arena, S("VS03"), S("GM0344"), NETWORK_DIVISION, &l), OK);
        sum = 0;
        for (size_t i = 0; i < l.n; i++)
                if (l.v[i].period == 2024 && !str_eq(l.v[i].detail, S("opeenvolgend")))
                        sum += l.v[i].value;
        assert_near(sum, 100, 1e-9);
        assert_true(benchmark_too_small(3, 9) && benchmark_too_small(4, 100) && benchmark_too_small(97, 100));
        assert_false(benchmark_too_small(0, 10) || benchmark_too_small(5, 10) || benchmark_too_small(100, 100));
        /* The same on every machine. */
        assert_near(point("SHV01", "GM0344", 2025, NETWORK_DIVISION).numerator, 2239, 0);
}

static void small_fields(void **state) {
        (void) state;
        struct benchmark_unit u[13] = { 0 };
        struct benchmark_comparison c;
        for (size_t i = 0; i < 13; i++)
                u[i] = (struct benchmark_unit) { .region = S("GM0001"), .value = 50, .numerator = 10,
                        .denominator = 20 };
        assert_false(benchmark_compare(&arena, S("proportion"), 100, (double) NAN, u, 11, &c));
        u[0].numerator = 20;
        u[0].value = 100;
        assert_true(benchmark_compare(&arena, S("proportion"), 100, (double) NAN, u, 13, &c));
        assert_int_equal((int) c.method, BENCHMARK_BINOMIAL);
        assert_int_equal(u[0].class_exact, 2);
        assert_int_equal(u[1].class_exact, 0);
        u[3].estimated = true;
        u[3].numerator = 10.5;
        assert_true(benchmark_compare(&arena, S("proportion"), 100, (double) NAN, u, 13, &c));
        assert_int_equal((int) c.method, BENCHMARK_BINOMIAL);
        assert_int_equal(u[3].class_exact, 0);
        assert_true(u[3].low95 > 0);
        u[3].estimated = false;
        assert_true(benchmark_compare(&arena, S("proportion"), 100, (double) NAN, u, 13, &c));
        assert_int_equal((int) c.method, BENCHMARK_NONE);
        assert_true(isnan(u[0].low95));
        assert_near(benchmark_scale(S("rate"), S("per 1.000 inwoners")), 1000, 0);
        assert_near(benchmark_scale(S("amount"), S("per 10.000 inwoners")), 10000, 0);
        assert_near(benchmark_scale(S("proportion"), S("procent")), 100, 0);
        assert_near(benchmark_scale(S("mean"), S("dagen")), 1, 0);
}

/* Few cases and a high target: 10 of 10 is what one in five average municipalities has. No line may put it outside. */
static void certain_of_nothing(void **state) {
        (void) state;
        struct benchmark_unit u[40] = { { .value = 100, .numerator = 10, .denominator = 10 } };
        struct benchmark_comparison c;
        for (size_t i = 1; i < 40; i++) {
                double n = 40 + (double) (7 * i), x = round(n * (0.85 + (i % 2 ? 0.02 : -0.02)));
                u[i] = (struct benchmark_unit) { .value = 100 * x / n, .numerator = x, .denominator = n };
        }
        assert_true(benchmark_compare(&arena, S("proportion"), 100, (double) NAN, u, 40, &c));
        assert_int_equal(u[0].class_exact, 0);
        assert_int_equal(u[0].class_adjusted, 0);
        struct benchmark_lines lines = benchmark_lines_adjusted(BENCHMARK_BINOMIAL, c.target, 100, c.tau2, 10);
        assert_true(lines.high95 >= 100 && lines.low95 > 40 && lines.low95 < 70);
        for (size_t i = 0; i < 40; i++)         /* the drawing says what the class says */
                for (double tau2 = 0; tau2 < 0.02; tau2 += 0.01) {
                        lines = benchmark_lines_adjusted(BENCHMARK_BINOMIAL, c.target, 100, tau2, u[i].denominator);
                        assert_true(u[i].class_exact || (u[i].value >= lines.low95 && u[i].value <= lines.high95));
                }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(problem_debts), cmocka_unit_test(without_counts), cmocka_unit_test(today),
                        cmocka_unit_test(peers),
                cmocka_unit_test(for_pages), cmocka_unit_test(demonstration), cmocka_unit_test(small_fields), cmocka_unit_test(certain_of_nothing),
        };
        int failed = cmocka_run_group_tests_name("benchmark on sqlite", tests, setup_sqlite, teardown);
        if (!getenv("SCHOUDERS_TEST_PG")) {
                print_message("benchmark on PostgreSQL: skipped, SCHOUDERS_TEST_PG is not set\n");
                return failed;
        }
        return failed + cmocka_run_group_tests_name("benchmark on postgresql", tests, setup_pg, teardown);
}
