#include "sdc.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "oracle.h"

#define CELLS 4096

static double value[CELLS], rounded[CELLS];
static enum stats_sdc_mark mark[CELLS];
static struct stats_interval range[CELLS];

static size_t cells_of(const struct stats_sdc_table *t)
{
        return (t->rows + 1) * (t->cols + 1);
}

/* The rows of one table in the file of cells, from row *at on. */
static struct stats_sdc_table next_table(const struct oracle *o, size_t *at, const char *name)
{
        struct stats_sdc_table t = { .value = value };
        size_t n = 0;
        while (*at < o->rows && oracle_is(o, *at, "table", name)) {
                t.rows = (size_t) oracle_num(o, *at, "row");
                t.cols = (size_t) oracle_num(o, *at, "col");
                value[n++] = oracle_num(o, (*at)++, "value");
        }
        assert_int_equal(n, cells_of(&t));
        return t;
}

static void test_optimum(void **state)
{
        (void) state;
        struct oracle summary, cells;
        struct arena a = { 0 };
        oracle_open(&summary, "oracles/sdc_suppression_summary.csv");
        oracle_open(&cells, "oracles/sdc_suppression_cells.csv");
        for (size_t k = 0, at = 0; k < summary.rows; k++) {
                size_t first = at;
                struct stats_sdc_table t = next_table(&cells, &at, oracle_text(&summary, k, "table"));
                double width = oracle_num(&summary, k, "threshold");
                oracle_same(&summary, k, "n_primary", (double) stats_sdc_mark_few(&t, width, mark), 0);
                struct stats_sdc_result r = stats_sdc_suppress(&a, &t, width, mark);
                assert_int_equal(r.status, STATS_SDC_OPTIMAL);
                oracle_same(&summary, k, "objective_sum_value_plus_1", r.objective, 0);
                assert_int_equal(stats_sdc_audit(&a, &t, mark, width, range), 0);
                stats_sdc_mark_few(&t, width, mark);
                struct stats_sdc_result fast = stats_sdc_suppress_fast(&a, &t, width, mark);
                assert_true(fast.objective >= r.objective && fast.objective <= 2 * r.objective);
                assert_int_equal(stats_sdc_audit(&a, &t, mark, width, range), 0);
                /* The interval of every cell, under the pattern of the table. */
                for (size_t i = 0; i < cells_of(&t); i++)
                        mark[i] = oracle_num(&cells, first + i, "primary") > 0             ? STATS_SDC_PRIMARY
                                  : oracle_num(&cells, first + i, "secondary_optimal") > 0 ? STATS_SDC_SECONDARY
                                                                                           : STATS_SDC_OPEN;
                assert_int_equal(stats_sdc_audit(&a, &t, mark, width, range), 0);
                for (size_t i = 0; i < cells_of(&t); i++) {
                        oracle_near(&cells, first + i, "attack_lo", range[i].lo, 1e-9, 1e-9);
                        oracle_near(&cells, first + i, "attack_hi", range[i].hi, 1e-9, 1e-9);
                }
                arena_reset(&a);
        }
        oracle_close(&summary);
        oracle_close(&cells);
        arena_done(&a);
}

static void assert_adds_up(const double *v, size_t rows, size_t cols)
{
        for (size_t r = 0; r <= rows; r++)
                for (size_t c = 0; c <= cols; c++) {
                        double row = 0, column = 0;
                        for (size_t k = 0; k < cols; k++)
                                row += v[r * (cols + 1) + k];
                        for (size_t k = 0; k < rows; k++)
                                column += v[k * (cols + 1) + c];
                        assert_true(row == v[r * (cols + 1) + cols] && column == v[rows * (cols + 1) + c]);
                }
}

static void test_rounding(void **state)
{
        (void) state;
        struct oracle summary, cells;
        struct arena a = { 0 };
        oracle_open(&summary, "oracles/sdc_rounding_summary.csv");
        oracle_open(&cells, "oracles/sdc_rounding_cells.csv");
        for (size_t k = 0, at = 0; k < summary.rows; k++) {
                size_t first = at;
                struct stats_sdc_table t = next_table(&cells, &at, oracle_text(&summary, k, "table"));
                double base = oracle_num(&summary, k, "base");
                oracle_same(&summary, k, "optimal_sum_abs_dev", stats_sdc_round(&a, &t, base, rounded), 1e-12);
                assert_adds_up(rounded, t.rows, t.cols);
                for (size_t i = 0; i < cells_of(&t); i++) {
                        assert_true(fabs(rounded[i] - value[i]) < base && fmod(rounded[i], base) == 0);
                        oracle_same(&cells, first + i, "conventional_round5", stats_sdc_round_nearest(value[i], base), 0);
                }
                arena_reset(&a);
        }
        oracle_close(&summary);
        oracle_close(&cells);
        arena_done(&a);
}

static void test_dominance(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/sdc_dominance.csv");
        for (size_t r = 0; r < o.rows; r++) {
                double v[32];
                size_t k = 0;
                for (char *at = (char *) oracle_text(&o, r, "values_desc"); at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
                        v[k++] = strtod(at, NULL);
                oracle_same(&o, r, "nk_2_85_sensitive", stats_sdc_dominance(v, k, 2, 0.85), 0);
                oracle_same(&o, r, "p10_percent_sensitive", stats_sdc_p_percent(v, k, 0.10), 0);
                oracle_same(&o, r, "fewer_than_3_contributors", k < 3, 0);
        }
        oracle_close(&o);
}

static void test_rules(void **state)
{
        (void) state;
        double tie[] = { 40, 40, STATS_NONE, 20 };
        assert_true(stats_sdc_few(1, 5) && stats_sdc_few(4, 5) && !stats_sdc_few(0, 5) && !stats_sdc_few(5, 5) && !stats_sdc_few(STATS_NONE, 5));
        assert_true(stats_sdc_rate(5, 9, 5) && stats_sdc_rate(3, 50, 5) && stats_sdc_rate(47, 50, 5) && stats_sdc_rate(STATS_NONE, 50, 5));
        assert_false(stats_sdc_rate(5, 10, 5) || stats_sdc_rate(0, 50, 5) || stats_sdc_rate(50, 50, 5));
        assert_true(stats_sdc_dominance(tie, 4, 2, 0.79) && !stats_sdc_dominance(tie, 4, 2, 0.80));
        assert_true(stats_sdc_p_percent(tie, 2, 0.1) && !stats_sdc_p_percent(tie, 4, 0.5) && !stats_sdc_p_percent(tie, 0, 0.5));
}

/* A random table with its totals; small numbers and zeros are common. */
static struct stats_sdc_table random_table(size_t rows, size_t cols, double most)
{
        memset(value, 0, sizeof value);
        for (size_t r = 0; r < rows; r++)
                for (size_t c = 0; c < cols; c++) {
                        double v = oracle_uniform() < 0.15 ? 0 : floor(most * oracle_uniform() * oracle_uniform());
                        value[r * (cols + 1) + c] = v;
                        value[r * (cols + 1) + cols] += v;
                        value[rows * (cols + 1) + c] += v;
                        value[rows * (cols + 1) + cols] += v;
                }
        return (struct stats_sdc_table) { rows, cols, value };
}

/* An attacker without any theory: fills in every whole number that the visible cells allow, and notes what fits.
 * The inner hidden cells are tried; hidden totals follow from them. */
struct attack {
        const struct stats_sdc_table *t;
        double guess[CELLS], lo[CELLS], hi[CELLS];
        double most;
};

static void note_if_fits(struct attack *k)
{
        size_t w = k->t->cols + 1;
        for (size_t r = 0; r < k->t->rows; r++) {
                k->guess[r * w + w - 1] = 0;
                for (size_t c = 0; c + 1 < w; c++)
                        k->guess[r * w + w - 1] += k->guess[r * w + c];
        }
        for (size_t c = 0; c < w; c++) {
                k->guess[k->t->rows * w + c] = 0;
                for (size_t r = 0; r < k->t->rows; r++)
                        k->guess[k->t->rows * w + c] += k->guess[r * w + c];
        }
        for (size_t i = 0; i < cells_of(k->t); i++)
                if (mark[i] < STATS_SDC_PRIMARY && k->guess[i] != value[i])
                        return;
        for (size_t i = 0; i < cells_of(k->t); i++) {
                k->lo[i] = fmin(k->lo[i], k->guess[i]);
                k->hi[i] = fmax(k->hi[i], k->guess[i]);
        }
}

static void try_all(struct attack *k, size_t i)
{
        size_t w = k->t->cols + 1;
        while (i < cells_of(k->t) && (i / w == k->t->rows || i % w == k->t->cols || mark[i] < STATS_SDC_PRIMARY)) {
                k->guess[i] = value[i];
                i++;
        }
        if (i == cells_of(k->t)) {
                note_if_fits(k);
                return;
        }
        for (double v = 0; v <= k->most; v++) {
                k->guess[i] = v;
                try_all(k, i + 1);
        }
}

static void test_attacker(void **state)
{
        (void) state;
        struct arena a = { 0 };
        oracle_seed();
        size_t played = 0;
        for (int round = 0; round < 400; round++) {
                struct stats_sdc_table t = random_table(3, (size_t) oracle_integer(2, 3), 14);
                stats_sdc_mark_few(&t, 3, mark);
                struct stats_sdc_result r = round % 2 ? stats_sdc_suppress(&a, &t, 3, mark) : stats_sdc_suppress_fast(&a, &t, 3, mark);
                if (r.status != STATS_SDC_OPTIMAL && r.status != STATS_SDC_SAFE)
                        continue;
                assert_int_equal(stats_sdc_audit(&a, &t, mark, 3, range), 0);
                struct attack k = { .t = &t };
                size_t inner = 0;
                double finite = 0;
                for (size_t i = 0; i < cells_of(&t); i++) {
                        k.lo[i] = INFINITY;
                        k.hi[i] = -INFINITY;
                        inner += mark[i] >= STATS_SDC_PRIMARY && i / (t.cols + 1) < t.rows && i % (t.cols + 1) < t.cols;
                        finite = fmax(finite, mark[i] >= STATS_SDC_PRIMARY ? range[i].hi : 0);
                }
                k.most = finite;
                if (inner == 0 || isinf(finite) || pow(finite + 1, (double) inner) > 1e5)
                        continue;
                try_all(&k, 0);
                for (size_t i = 0; i < cells_of(&t); i++) {
                        assert_true(k.lo[i] == range[i].lo && k.hi[i] == range[i].hi);
                        assert_true(mark[i] != STATS_SDC_PRIMARY || k.hi[i] - k.lo[i] >= 3);
                }
                played++;
                arena_reset(&a);
        }
        arena_done(&a);
        print_message("attacker: %zu tables tried number by number\n", played);
        assert_true(played >= 50);
}

/* The least of all patterns that the audit passes. */
static double least_by_trying(struct arena *a, const struct stats_sdc_table *t, double width)
{
        double least = INFINITY;
        size_t cells = cells_of(t);
        for (unsigned set = 0; set < 1u << cells; set++) {
                double cost = 0;
                bool allowed = true;
                for (size_t i = 0; i < cells; i++) {
                        bool few = stats_sdc_few(value[i], width), hidden = few || set >> i & 1;
                        allowed = allowed && !(few && set >> i & 1) && !(hidden && value[i] == 0);
                        mark[i] = few ? STATS_SDC_PRIMARY : hidden ? STATS_SDC_SECONDARY : STATS_SDC_OPEN;
                        cost += hidden ? value[i] + 1 : 0;
                }
                if (allowed && cost < least && stats_sdc_audit(a, t, mark, width, range) == 0)
                        least = cost;
                arena_reset(a);
        }
        return least;
}

static void test_least(void **state)
{
        (void) state;
        struct arena a = { 0 };
        oracle_seed();
        for (int round = 0; round < 60; round++) {
                struct stats_sdc_table t = random_table((size_t) oracle_integer(1, 2), (size_t) oracle_integer(1, 3), 20);
                double least = least_by_trying(&a, &t, 4);
                stats_sdc_mark_few(&t, 4, mark);
                struct stats_sdc_result r = stats_sdc_suppress(&a, &t, 4, mark);
                assert_int_equal(r.status, isinf(least) ? STATS_SDC_IMPOSSIBLE : STATS_SDC_OPTIMAL);
                assert_true(isinf(least) || r.objective == least);
                arena_reset(&a);
        }
        arena_done(&a);
}

static void test_large(void **state)
{
        (void) state;
        struct arena a = { 0 };
        oracle_seed();
        struct stats_sdc_table t = random_table(342, 8, 60);
        size_t few = stats_sdc_mark_few(&t, 5, mark);
        struct stats_sdc_result r = stats_sdc_suppress(&a, &t, 5, mark);
        assert_int_equal(r.status, STATS_SDC_SAFE);
        assert_int_equal(r.primary, few);
        assert_int_equal(stats_sdc_audit(&a, &t, mark, 5, range), 0);
        print_message("342 x 8: %zu primary, %zu secondary\n", r.primary, r.secondary);
        arena_done(&a);
}

static void test_refused(void **state)
{
        (void) state;
        struct arena a = { 0 };
        double wrong[] = { 3, 9, 12, 6, 8, 14, 9, 17, 25 }, alone[] = { 3, 3, 3, 3 };
        struct stats_sdc_table t = { 2, 2, wrong };
        stats_sdc_mark_few(&t, 5, mark);
        assert_int_equal(stats_sdc_suppress(&a, &t, 5, mark).status, STATS_SDC_INVALID);
        assert_true(isnan(stats_sdc_round(&a, &t, 5, rounded)));
        /* Everything fixed around it: nothing can hide the 3. */
        t = (struct stats_sdc_table) { 1, 1, alone };
        enum stats_sdc_mark fixed[] = { STATS_SDC_PRIMARY, STATS_SDC_FIXED, STATS_SDC_FIXED, STATS_SDC_FIXED };
        assert_int_equal(stats_sdc_suppress(&a, &t, 5, fixed).status, STATS_SDC_IMPOSSIBLE);
        /* Nothing to hide. */
        double plenty[] = { 30, 0, 30, 40, 50, 90, 70, 50, 120 };
        t = (struct stats_sdc_table) { 2, 2, plenty };
        assert_int_equal(stats_sdc_mark_few(&t, 5, mark), 0);
        struct stats_sdc_result r = stats_sdc_suppress(&a, &t, 5, mark);
        assert_true(r.status == STATS_SDC_OPTIMAL && r.secondary == 0 && r.objective == 0);
        arena_done(&a);
}

/* Four quarters of a municipality, of which the third is hidden; the year gives it away, a rounded year does not. */
static void test_year(void **state)
{
        (void) state;
        struct arena a = { 0 };
        size_t quarter[] = { 0, 1, 2, 3 };
        struct stats_sdc_statement s[] = {
                { &quarter[0], NULL, 1, 12, 12 },
                { &quarter[1], NULL, 1, 15, 15 },
                { &quarter[3], NULL, 1, 11, 11 },
                { quarter, NULL, 4, 41, 41 },
        };
        struct stats_sdc_statement third = { &quarter[2], NULL, 1, 0, 0 };
        struct stats_interval known = stats_sdc_follows(&a, 4, s, 4, third);
        assert_true(known.lo == 3 && known.hi == 3);
        s[3].lo = 36;
        s[3].hi = 44;
        known = stats_sdc_follows(&a, 4, s, 4, third);
        assert_true(known.lo == 0 && known.hi == 6);
        known = stats_sdc_follows(&a, 4, s, 3, third);
        assert_true(known.lo == 0 && isinf(known.hi));
        s[3].lo = s[3].hi = 20;
        known = stats_sdc_follows(&a, 4, s, 4, third);
        assert_true(isnan(known.lo) && isnan(known.hi));
        arena_done(&a);
}

/* The same cell through a flow and through a linear programme. */
static void test_both_ways(void **state)
{
        (void) state;
        struct arena a = { 0 };
        oracle_seed();
        for (int round = 0; round < 40; round++) {
                struct stats_sdc_table t = random_table(4, 4, 15);
                stats_sdc_mark_few(&t, 4, mark);
                if (stats_sdc_suppress(&a, &t, 4, mark).status != STATS_SDC_OPTIMAL)
                        continue;
                stats_sdc_audit(&a, &t, mark, 4, range);
                size_t unknown[25], of[25][16], n = 0;
                struct stats_sdc_statement s[25];
                for (size_t i = 0; i < 25; i++) {
                        size_t k = 0;
                        unknown[i] = i / 5 * 4 + i % 5;
                        for (size_t in = 0; in < 16; in++)
                                if ((i / 5 == 4 || in / 4 == i / 5) && (i % 5 == 4 || in % 4 == i % 5))
                                        of[i][k++] = in;
                        if (mark[i] < STATS_SDC_PRIMARY)
                                s[n++] = (struct stats_sdc_statement) { of[i], NULL, k, value[i], value[i] };
                }
                for (size_t i = 0; i < 20; i++) {
                        struct stats_sdc_statement target = { &unknown[i], NULL, 1, 0, 0 };
                        if (i % 5 == 4)
                                continue;
                        struct stats_interval r = stats_sdc_follows(&a, 16, s, n, target);
                        assert_true(fabs(r.lo - range[i].lo) < 1e-7 && (r.hi == range[i].hi || fabs(r.hi - range[i].hi) < 1e-7));
                }
                arena_reset(&a);
        }
        arena_done(&a);
}

static void test_joiners(void **state)
{
        (void) state;
        uint32_t before[] = { 1, 2, 3, 4, 5, 6, 7 }, one[] = { 1, 2, 3, 4, 5, 6, 7, 8 }, five[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
        assert_true(stats_sdc_difference_safe(before, 7, before, 7));
        assert_false(stats_sdc_difference_safe(before, 7, one, 8) || stats_sdc_difference_safe(one, 8, before, 7));
        assert_true(stats_sdc_difference_safe(before, 7, five, 12) && stats_sdc_difference_safe(before, 0, before, 7));
        assert_false(stats_sdc_difference_safe(before, 7, five + 1, 11) || stats_sdc_difference_safe(five + 1, 11, before, 7));
}

static void test_random_rounding(void **state)
{
        (void) state;
        double sum = 0;
        for (uint64_t key = 0; key < 20000; key++) {
                double r = stats_sdc_round_random(13, 5, key);
                assert_true((r == 10 || r == 15) && r == stats_sdc_round_random(13, 5, key));
                sum += r;
        }
        assert_true(fabs(sum / 20000 - 13) < 0.1);
        assert_true(stats_sdc_round_random(15, 5, 1) == 15 && stats_sdc_round_random(0, 5, 1) == 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_optimum), cmocka_unit_test(test_rounding), cmocka_unit_test(test_dominance),
                cmocka_unit_test(test_rules), cmocka_unit_test(test_attacker), cmocka_unit_test(test_least),
                cmocka_unit_test(test_large), cmocka_unit_test(test_refused), cmocka_unit_test(test_year),
                cmocka_unit_test(test_both_ways), cmocka_unit_test(test_joiners), cmocka_unit_test(test_random_rounding),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
