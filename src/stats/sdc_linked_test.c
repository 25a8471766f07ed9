#include "sdc.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>
#include "oracle.h"

#define CELLS 128

static double value[CELLS];
static enum stats_sdc_mark mark[CELLS];
static struct stats_interval range[CELLS];
static struct stats_sdc_sum sum[CELLS];
static size_t part[CELLS][8];

static void mark_few(size_t cells, double threshold)
{
        for (size_t i = 0; i < cells; i++)
                mark[i] = stats_sdc_few(value[i], threshold) ? STATS_SDC_PRIMARY : STATS_SDC_OPEN;
}

/* The sums of a cube of n[0] x n[1] x n[2] with a total behind each direction. */
static size_t cube(const size_t *n, size_t *cells)
{
        size_t step[3] = { (n[1] + 1) * (n[2] + 1), n[2] + 1, 1 }, sums = 0;
        *cells = (n[0] + 1) * step[0];
        for (size_t i = 0; i < *cells; i++) {
                size_t at[3] = { i / step[0], i / step[1] % (n[1] + 1), i % (n[2] + 1) };
                for (size_t d = 0; d < 3; d++) {
                        if (at[d] != n[d])
                                continue;
                        for (size_t k = 0; k < n[d]; k++)
                                part[sums][k] = i - (n[d] - k) * step[d];
                        sum[sums] = (struct stats_sdc_sum) { i, part[sums], n[d] };
                        sums++;
                }
        }
        return sums;
}

static void fill(size_t cells, size_t sums, double most)
{
        for (size_t i = 0; i < cells; i++)
                value[i] = floor(most * oracle_uniform() * oracle_uniform());
        /* Totals in order of place: the parts of each are known before it. */
        for (size_t s = 0; s < sums; s++) {
                value[sum[s].total] = 0;
                for (size_t k = 0; k < sum[s].n; k++)
                        value[sum[s].total] += value[sum[s].part[k]];
        }
}

/* Two dimensions: both audits know the same, and the linked heuristic never hides less than the optimum. */
static void test_flat(void **state)
{
        (void) state;
        struct arena a = { 0 };
        oracle_seed();
        for (int round = 0; round < 30; round++) {
                size_t cells = 0, places[2] = { 3, 4 }, sums = 0;
                struct stats_interval flat[CELLS];
                for (size_t r = 0; r <= places[0]; r++)
                        for (size_t c = 0; c <= places[1]; c++, cells++) {
                                if (c == places[1]) {
                                        for (size_t k = 0; k < places[1]; k++)
                                                part[sums][k] = cells - places[1] + k;
                                        sum[sums] = (struct stats_sdc_sum) { cells, part[sums], places[1] };
                                        sums++;
                                }
                                if (r == places[0]) {
                                        for (size_t k = 0; k < places[0]; k++)
                                                part[sums][k] = cells - (places[0] - k) * (places[1] + 1);
                                        sum[sums] = (struct stats_sdc_sum) { cells, part[sums], places[0] };
                                        sums++;
                                }
                        }
                fill(cells, sums, 25);
                struct stats_sdc_table t = { places[0], places[1], value };
                mark_few(cells, 5);
                struct stats_sdc_result best = stats_sdc_suppress(&a, &t, 5, mark);
                mark_few(cells, 5);
                struct stats_sdc_result r = stats_sdc_suppress_linked(&a, value, cells, sum, sums, 5, mark);
                assert_int_equal(r.status == STATS_SDC_SAFE, best.status == STATS_SDC_OPTIMAL);
                assert_true(r.objective >= best.objective);
                assert_int_equal(stats_sdc_audit(&a, &t, mark, 5, flat), 0);
                assert_int_equal(stats_sdc_audit_linked(&a, value, cells, sum, sums, mark, 5, range), 0);
                for (size_t i = 0; i < cells; i++)
                        assert_true(fabs(range[i].lo - flat[i].lo) < 1e-6 && (range[i].hi == flat[i].hi || fabs(range[i].hi - flat[i].hi) < 1e-6));
                arena_reset(&a);
        }
        arena_done(&a);
}

/* An attacker who tries every whole number in every hidden cell of a cube finds at least two far apart for each primary one. */
static size_t found;
static double seen_lo[CELLS], seen_hi[CELLS], guess[CELLS];

static void try_all(size_t i, const size_t *inner, size_t n, size_t cells, size_t sums, double most)
{
        if (i < n) {
                for (guess[inner[i]] = 0; guess[inner[i]] <= most; guess[inner[i]]++)
                        try_all(i + 1, inner, n, cells, sums, most);
                return;
        }
        for (size_t s = 0; s < sums; s++) {
                double total = 0;
                for (size_t k = 0; k < sum[s].n; k++)
                        total += guess[sum[s].part[k]];
                if (mark[sum[s].total] < STATS_SDC_PRIMARY && total != value[sum[s].total])
                        return;
                guess[sum[s].total] = total;
        }
        found++;
        for (size_t c = 0; c < cells; c++) {
                seen_lo[c] = fmin(seen_lo[c], guess[c]);
                seen_hi[c] = fmax(seen_hi[c], guess[c]);
        }
}

static void test_cube(void **state)
{
        (void) state;
        struct arena a = { 0 };
        size_t played = 0, n[3] = { 2, 2, 2 }, cells, sums = cube(n, &cells);
        oracle_seed();
        for (int round = 0; round < 60; round++) {
                fill(cells, sums, 12);
                mark_few(cells, 3);
                size_t inner[8], hidden = 0;
                if (stats_sdc_suppress_linked(&a, value, cells, sum, sums, 3, mark).status != STATS_SDC_SAFE)
                        continue;
                assert_int_equal(stats_sdc_audit_linked(&a, value, cells, sum, sums, mark, 3, range), 0);
                double most = 0;
                for (size_t i = 0; i < cells; i++) {
                        bool total = i / 9 == 2 || i / 3 % 3 == 2 || i % 3 == 2;
                        guess[i] = value[i];
                        seen_lo[i] = INFINITY;
                        seen_hi[i] = -INFINITY;
                        most = mark[i] >= STATS_SDC_PRIMARY ? fmax(most, range[i].hi) : most;
                        if (mark[i] >= STATS_SDC_PRIMARY && !total)
                                inner[hidden++] = i;
                }
                if (hidden == 0 || isinf(most) || pow(most + 1, (double) hidden) > 2e5)
                        continue;
                found = 0;
                try_all(0, inner, hidden, cells, sums, most);
                assert_true(found > 0);
                for (size_t i = 0; i < cells; i++) {
                        /* Whole numbers cannot reach further than numbers. */
                        assert_true(seen_lo[i] >= range[i].lo - 1e-6 && seen_hi[i] <= range[i].hi + 1e-6);
                        assert_true(mark[i] != STATS_SDC_PRIMARY || seen_hi[i] > seen_lo[i]);
                }
                played++;
                arena_reset(&a);
        }
        arena_done(&a);
        print_message("attacker: %zu cubes tried number by number\n", played);
        assert_true(played >= 5);
}

/* Cases and successes per quarter and their year: cells 0..3 successes, 4 their year; 5..9 the rest; 10..14 cases. */
static void test_quarters(void **state)
{
        (void) state;
        struct arena a = { 0 };
        const double successes[] = { 12, 3, 20, 15 }, others[] = { 30, 25, 28, 31 };
        size_t sums = 0;
        memset(value, 0, sizeof value);
        for (size_t q = 0; q < 4; q++) {
                value[4] += value[q] = successes[q];
                value[9] += value[5 + q] = others[q];
                value[14] += value[10 + q] = successes[q] + others[q];
        }
        for (size_t row = 0; row < 3; row++, sums++) {
                for (size_t q = 0; q < 4; q++)
                        part[sums][q] = 5 * row + q;
                sum[sums] = (struct stats_sdc_sum) { 5 * row + 4, part[sums], 4 };
        }
        for (size_t q = 0; q < 5; q++, sums++) {
                part[sums][0] = q;
                part[sums][1] = 5 + q;
                sum[sums] = (struct stats_sdc_sum) { 10 + q, part[sums], 2 };
        }
        mark_few(15, 5);
        struct stats_sdc_result r = stats_sdc_suppress_linked(&a, value, 15, sum, sums, 5, mark);
        assert_true(r.status == STATS_SDC_SAFE && r.primary == 1);
        /* A second quarter and both complements go: the least of this small house. */
        assert_true(r.secondary == 3 && mark[0] == STATS_SDC_SECONDARY && mark[5] == STATS_SDC_SECONDARY && mark[6] == STATS_SDC_SECONDARY);
        value[14]++;
        assert_int_equal(stats_sdc_suppress_linked(&a, value, 15, sum, sums, 5, mark).status, STATS_SDC_INVALID);
        arena_done(&a);
}

static void test_impossible(void **state)
{
        (void) state;
        struct arena a = { 0 };
        size_t parts[] = { 0, 1 };
        struct stats_sdc_sum one = { 2, parts, 2 };
        double v[] = { 2, 9, 11 };
        enum stats_sdc_mark m[] = { STATS_SDC_PRIMARY, STATS_SDC_FIXED, STATS_SDC_FIXED };
        assert_int_equal(stats_sdc_suppress_linked(&a, v, 3, &one, 1, 5, m).status, STATS_SDC_IMPOSSIBLE);
        assert_int_equal(m[1], STATS_SDC_FIXED);
        assert_int_equal(stats_sdc_audit_linked(&a, v, 3, &one, 1, m, 5, range), 1);
        assert_true(range[0].lo == 2 && range[0].hi == 2);
        arena_done(&a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_flat), cmocka_unit_test(test_cube), cmocka_unit_test(test_quarters), cmocka_unit_test(test_impossible),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
