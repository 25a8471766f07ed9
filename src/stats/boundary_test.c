#include "boundary.h"
#include "lineage.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AREAS 10000             /* CBS codes are four digits: the code is the number of the area */
#define EDGES_MAX 64
#define IN_FORCE 20220101

struct world {
        struct stats_edge edge[EDGES_MAX];
        size_t edges;
        int64_t begin[AREAS];
        double weight[AREAS], work[AREAS];
        struct oracle in;
};

static size_t code(const struct oracle *o, size_t row, const char *column)
{
        return (size_t) strtoul(oracle_text(o, row, column), NULL, 10);
}

static void load(struct world *w)
{
        struct oracle e;
        oracle_open(&e, "oracles/merger_edges.csv");
        oracle_open(&w->in, "oracles/merger_input.csv");
        for (size_t i = 0; i < e.rows; i++) {
                int year, month, day;
                assert_true(i < EDGES_MAX);
                assert_int_equal(sscanf(oracle_text(&e, i, "valid_from"), "%d-%d-%d", &year, &month, &day), 3);
                w->edge[i] = (struct stats_edge) {
                        year * 10000 + month * 100 + day, code(&e, i, "from"), code(&e, i, "to"), oracle_num(&e, i, "share"),
                };
                w->begin[w->edge[i].to] = w->edge[i].day;
        }
        w->edges = e.rows;
        for (size_t i = 0; i < w->in.rows; i++)         /* what delivered a figure existed */
                w->begin[code(&w->in, i, "code")] = 0;
        oracle_close(&e);
}

static size_t row_of(const struct oracle *in, size_t area, double period)
{
        for (size_t i = 0; i < in->rows; i++)
                if (code(in, i, "code") == area && fabs(oracle_num(in, i, "period") - period) < 0.5)
                        return i;
        fail_msg("no input for %zu in %g", area, period);
        return 0;
}

static struct stats_merged merged(struct world *w, double period, enum stats_measure measure, const char *numerator, const char *denominator)
{
        struct stats_part part[8];
        size_t n = 0;
        for (size_t a = 0; a < AREAS; a++) {
                if (!(w->weight[a] > 0))
                        continue;
                size_t row = row_of(&w->in, a, period);
                assert_true(n < 8);
                part[n++] = (struct stats_part) {
                        w->weight[a], oracle_num(&w->in, row, numerator), denominator ? oracle_num(&w->in, row, denominator) : STATS_NONE,
                        STATS_PART_DELIVERED, false,
                };
        }
        return stats_merge(measure, part, n);
}

static const char *status_text(const struct stats_merged *m)
{
        switch (m->status) {
        case STATS_MERGE_UNCHANGED: return "unchanged";
        case STATS_MERGE_EXACT: return "exact-reaggregated";
        case STATS_MERGE_ESTIMATED: return "estimated:show-with-flag";       /* the cell goes on after an unquoted comma */
        case STATS_MERGE_MISSING: return "incomplete:refuse";
        case STATS_MERGE_REFUSED:
        case STATS_MERGE_INVALID: break;
        }
        return "?";
}

static void test_oracle(void **state)
{
        struct world *w = *state;
        struct oracle o;
        size_t at;
        load(w);
        assert_int_equal(stats_lineage_check(w->edge, w->edges, AREAS, &at, w->work), STATS_LINEAGE_OK);
        oracle_open(&o, "oracles/merger_expected.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double period = oracle_num(&o, i, "period");
                size_t parts = stats_lineage_weights(w->edge, w->edges, AREAS, w->begin, code(&o, i, "code"), (int64_t) period * 10000 + 101,
                                                     IN_FORCE, w->weight, w->work);
                struct stats_merged closed = merged(w, period, STATS_MEASURE_COUNT, "n_closed", NULL);
                oracle_same(&o, i, "n_from", (double) parts, 0);
                oracle_same(&o, i, "n_closed", closed.value, 1e-12);
                oracle_same(&o, i, "n_success", merged(w, period, STATS_MEASURE_COUNT, "n_success", NULL).value, 1e-12);
                oracle_same(&o, i, "success_pct", 100 * merged(w, period, STATS_MEASURE_RATIO, "n_success", "n_closed").value, 1e-12);
                oracle_same(&o, i, "mean_wait_days", merged(w, period, STATS_MEASURE_RATIO, "wait_sum_days", "n_closed").value, 1e-12);
                oracle_same(&o, i, "fte", merged(w, period, STATS_MEASURE_COUNT, "fte", NULL).value, 1e-12);
                oracle_same(&o, i, "rating", merged(w, period, STATS_MEASURE_RATIO, "rating_sum", "rating_n").value, 1e-12);
                struct stats_merged median = merged(w, period, STATS_MEASURE_NOT_ADDITIVE, "wait_median_days", NULL);
                assert_int_equal(median.status, STATS_MERGE_REFUSED);
                oracle_same(&o, i, "median_wait", median.value, 0);
                assert_string_equal(status_text(&closed), oracle_text(&o, i, "status"));
                oracle_same(&o, i, "estimated", merged(w, period, STATS_MEASURE_COUNT, "fte", NULL).status == STATS_MERGE_ESTIMATED, 0);
        }
        oracle_close(&o);
        oracle_close(&w->in);
}

static void test_statuses(void **state)
{
        (void) state;
        struct stats_part p[] = { { 1, 30, 60, STATS_PART_DELIVERED, false }, { 1, 10, 20, STATS_PART_DELIVERED, false } };
        struct stats_merged m = stats_merge(STATS_MEASURE_RATIO, p, 2);
        assert_true(m.status == STATS_MERGE_EXACT && m.value == 0.5 && m.denominator == 80 && stats_merge_testable(m.status));
        assert_int_equal(stats_merge(STATS_MEASURE_RATIO, p, 1).status, STATS_MERGE_UNCHANGED);
        assert_int_equal(stats_merge(STATS_MEASURE_COUNT, p, 0).status, STATS_MERGE_MISSING);
        assert_int_equal(stats_merge(STATS_MEASURE_NOT_ADDITIVE, p, 1).status, STATS_MERGE_REFUSED);
        p[1].share = 0.25;
        m = stats_merge(STATS_MEASURE_COUNT, p, 2);
        assert_true(m.status == STATS_MERGE_ESTIMATED && m.value == 32.5 && isnan(m.denominator) && !stats_merge_testable(m.status));
        p[1] = (struct stats_part) { 1, 10, STATS_NONE, STATS_PART_DELIVERED, false };
        assert_int_equal(stats_merge(STATS_MEASURE_RATIO, p, 2).status, STATS_MERGE_REFUSED);
        assert_int_equal(stats_merge(STATS_MEASURE_COUNT, p, 2).status, STATS_MERGE_EXACT);
        p[1].estimated = true;
        assert_int_equal(stats_merge(STATS_MEASURE_COUNT, p, 2).status, STATS_MERGE_ESTIMATED);
        p[1].state = STATS_PART_NOT_PARTICIPANT;        /* also when a number came along */
        m = stats_merge(STATS_MEASURE_COUNT, p, 2);
        assert_true(m.status == STATS_MERGE_MISSING && m.reason == STATS_PART_NOT_PARTICIPANT && isnan(m.value) && isnan(m.numerator));
        p[0].numerator = STATS_NONE;
        assert_int_equal(stats_merge(STATS_MEASURE_COUNT, p, 2).reason, STATS_PART_MISSING);
        p[0].share = 0;
        assert_int_equal(stats_merge(STATS_MEASURE_COUNT, p, 2).status, STATS_MERGE_INVALID);
        p[0].share = STATS_NONE;
        assert_int_equal(stats_merge(STATS_MEASURE_COUNT, p, 2).status, STATS_MERGE_INVALID);
        p[0] = (struct stats_part) { 1, 0, 0, STATS_PART_DELIVERED, false };
        m = stats_merge(STATS_MEASURE_RATIO, p, 1);
        assert_true(m.status == STATS_MERGE_UNCHANGED && isnan(m.value) && m.denominator == 0);
}

static void test_bins(void **state)
{
        (void) state;
        double edge[] = { 0, 14, 28, 56, HUGE_VAL }, count[] = { 10, 20, 8, 2 }, gap[] = { 10, 0, 10, 0 }, none[] = { 0, 0, 0, 0 };
        struct stats_binned m = stats_bin_quantile(edge, count, 4, 0.5);
        assert_true(m.lo == 14 && m.hi == 28 && m.estimate == 21);
        m = stats_bin_quantile(edge, gap, 4, 0.5);              /* between two filled bins */
        assert_true(m.lo == 0 && m.hi == 56 && m.estimate == 14);
        m = stats_bin_quantile(edge, count, 4, 0.99);
        assert_true(m.lo == 56 && isinf(m.hi) && isnan(m.estimate));
        assert_true(isnan(stats_bin_quantile(edge, none, 4, 0.5).lo));
        assert_true(stats_bin_share(edge, count, 4, 28) == 0.75 && stats_bin_share(edge, count, 4, 0) == 0);
        assert_true(stats_bin_share(edge, count, 4, HUGE_VAL) == 1);
        assert_true(isnan(stats_bin_share(edge, count, 4, 30)));
        count[1] = STATS_NONE;
        assert_true(isnan(stats_bin_quantile(edge, count, 4, 0.5).lo) && isnan(stats_bin_share(edge, count, 4, 28)));
}

/* Merging parts is the same as merging in two steps, in any order; a split and its pieces add up to the whole. */
static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 1000; i++) {
                struct stats_part p[6], back[6], two[2];
                double whole = 0, s = 0.01 + 0.98 * oracle_uniform();
                for (size_t j = 0; j < 6; j++) {
                        p[j] = back[5 - j] = (struct stats_part) { 1, oracle_integer(0, 50), oracle_integer(50, 99), STATS_PART_DELIVERED, false };
                        whole += p[j].numerator;
                }
                struct stats_merged m = stats_merge(STATS_MEASURE_RATIO, p, 6), b = stats_merge(STATS_MEASURE_RATIO, back, 6);
                assert_true(m.numerator == whole && m.value == b.value);
                for (size_t j = 0; j < 2; j++) {
                        struct stats_merged half = stats_merge(STATS_MEASURE_RATIO, p + 3 * j, 3);
                        two[j] = (struct stats_part) { 1, half.numerator, half.denominator, STATS_PART_DELIVERED, false };
                }
                assert_true(stats_merge(STATS_MEASURE_RATIO, two, 2).value == m.value);
                struct stats_part piece = p[0], rest = p[0];
                piece.share = s;
                rest.share = 1 - s;
                double sum = stats_merge(STATS_MEASURE_COUNT, &piece, 1).value + stats_merge(STATS_MEASURE_COUNT, &rest, 1).value;
                assert_true(fabs(sum - p[0].numerator) < 1e-9);
                p[i % 6].numerator = STATS_NONE;
                assert_true(isnan(stats_merge(STATS_MEASURE_RATIO, p, 6).value));
        }
}

static int make_world(void **state)
{
        *state = calloc(1, sizeof(struct world));
        return *state == NULL;
}

static int free_world(void **state)
{
        free(*state);
        return 0;
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_oracle, make_world, free_world), cmocka_unit_test(test_statuses),
                cmocka_unit_test(test_bins), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-boundary", tests, NULL, NULL);
}
