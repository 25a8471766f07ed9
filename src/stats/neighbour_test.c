#include "neighbour.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#define UNITS 342
#define TRAITS 8
#define NEAREST 15

static const char *const trait[TRAITS] = { "log_inw", "bijstand", "laaginkomen", "eenouder", "dichtheid", "woz", "huur", "migratie" };

static double table[UNITS * TRAITS], z[UNITS * TRAITS], white[UNITS * TRAITS], cov[TRAITS * TRAITS];
static struct stats_keyed scratch[UNITS];

static void load(void)
{
        struct oracle in;
        oracle_open(&in, "oracles/nn_input.csv");
        assert_int_equal(in.rows, UNITS);
        for (size_t i = 0; i < UNITS; i++) {
                assert_true(oracle_num(&in, i, "unit") == (double) (i + 1));
                for (size_t c = 0; c < TRAITS; c++)
                        table[i * TRAITS + c] = oracle_num(&in, i, trait[c]);
        }
        oracle_close(&in);
        stats_standardise_columns(table, UNITS, TRAITS, 0, z);
        assert_true(stats_whiten(table, UNITS, TRAITS, cov, white));
}

static void test_nearest_oracle(void **state)
{
        (void) state;
        struct oracle o;
        /* the weighted column doubles the first characteristic, population; found by solving its 105 distances for the weights */
        const double weight[TRAITS] = { 2, 1, 1, 1, 1, 1, 1, 1 };
        struct stats_neighbour plain[NEAREST], weighted[NEAREST], mahal[NEAREST];
        load();
        oracle_open(&o, "oracles/nn_results.csv");
        for (size_t i = 0; i < o.rows; i++) {
                size_t unit = (size_t) oracle_num(&o, i, "unit") - 1, r = (size_t) oracle_num(&o, i, "rank") - 1;
                assert_true(unit < UNITS && r < NEAREST);
                assert_int_equal(stats_neighbours(z, UNITS, TRAITS, NULL, unit, NULL, NEAREST, plain, scratch), NEAREST);
                assert_int_equal(stats_neighbours(z, UNITS, TRAITS, weight, unit, NULL, NEAREST, weighted, scratch), NEAREST);
                assert_int_equal(stats_neighbours(white, UNITS, TRAITS, NULL, unit, NULL, NEAREST, mahal, scratch), NEAREST);
                oracle_same(&o, i, "nn_euclid", (double) (plain[r].unit + 1), 0);
                oracle_same(&o, i, "d_euclid", plain[r].distance, 1e-9);
                oracle_same(&o, i, "d_rebased", plain[r].rebased, 1e-9);
                oracle_same(&o, i, "nn_weighted", (double) (weighted[r].unit + 1), 0);
                oracle_same(&o, i, "d_weighted", weighted[r].distance, 1e-9);
                oracle_same(&o, i, "nn_mahal", (double) (mahal[r].unit + 1), 0);
                oracle_same(&o, i, "d_mahal", mahal[r].distance, 1e-9);
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        double t[] = { 1, 5, 2, 5, 2, 5, STATS_NONE, 5, 9, 5 }, s[10], c[4], w[10], share[2];
        struct stats_neighbour out[5];
        struct stats_keyed k[5];
        stats_standardise_columns(t, 5, 2, 1.5, s);
        assert_true(isnan(s[6]) && s[1] == 0 && s[8] == 1.5);
        /* ties in order of the table; the missing one is nobody's neighbour and has none */
        assert_int_equal(stats_neighbours(s, 5, 2, NULL, 0, NULL, 5, out, k), 3);
        assert_true(out[0].unit == 1 && out[1].unit == 2 && out[2].unit == 4 && out[2].rebased == 1);
        assert_int_equal(stats_neighbours(s, 5, 2, NULL, 3, NULL, 5, out, k), 0);
        assert_int_equal(stats_neighbours(s, 5, 2, NULL, 9, NULL, 5, out, k), 0);
        assert_int_equal(stats_neighbours(s, 5, 2, NULL, 0, NULL, 0, out, k), 0);
        bool allowed[] = { true, false, true, true, true };
        assert_int_equal(stats_neighbours(s, 5, 2, NULL, 0, allowed, 5, out, k), 2);
        assert_true(out[0].unit == 2);
        assert_int_equal(stats_neighbours(s, 5, 2, NULL, 1, NULL, 1, out, k), 1);
        assert_true(out[0].unit == 2 && out[0].distance == 0 && out[0].rebased == 0);
        assert_false(stats_whiten(t, 5, 2, c, w));              /* a constant column */
        stats_contributions(s, s + 6, NULL, 2, share);
        assert_true(isnan(share[0]));
        stats_contributions(s + 2, s + 4, NULL, 2, share);
        assert_true(share[0] == 0 && share[1] == 0);
        double negative[] = { -1, 1 };
        assert_true(isnan(stats_distance(s, s + 2, negative, 2)));
}

/* As far to the left as to the right, but for rounding: the first in the table goes first, for each unit in the middle. */
static void test_ties_under_rounding(void **state)
{
        (void) state;
        double t[24], score[24];
        struct stats_neighbour out[2];
        struct stats_keyed k[12];
        for (size_t i = 0; i < 12; i++)
                t[2 * i] = (double) i, t[2 * i + 1] = 2 * (double) i;
        stats_standardise_columns(t, 12, 2, 0, score);
        for (size_t u = 1; u < 11; u++) {
                assert_int_equal(stats_neighbours(score, 12, 2, NULL, u, NULL, 2, out, k), 2);
                assert_true(out[0].unit == u - 1 && out[1].unit == u + 1);
        }
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        double t[40 * 5], u[40 * 5], a[40 * 5], b[40 * 5], v[25], part[5];
        struct stats_neighbour near[39], again[39];
        struct stats_keyed k[40];
        for (int round = 0; round < 100; round++) {
                for (size_t i = 0; i < 40 * 5; i++) {
                        t[i] = oracle_uniform() * 10;
                        u[i] = t[i] * (double) (3 + i % 5) - 7;         /* another unit of measurement per column */
                }
                stats_standardise_columns(t, 40, 5, 0, a);
                stats_standardise_columns(u, 40, 5, 0, b);
                assert_int_equal(stats_neighbours(a, 40, 5, NULL, 7, NULL, 39, near, k), 39);
                assert_int_equal(stats_neighbours(b, 40, 5, NULL, 7, NULL, 39, again, k), 39);
                for (size_t i = 0; i < 39; i++) {
                        assert_true(near[i].unit == again[i].unit && near[i].unit != 7);
                        assert_true(i == 0 || near[i].distance >= near[i - 1].distance);
                        double d = stats_distance(a + near[i].unit * 5, a + 7 * 5, NULL, 5), sum = 0;
                        assert_true(fabs(d - near[i].distance) < 1e-12 && near[i].rebased <= 1);
                        stats_contributions(a + 7 * 5, a + near[i].unit * 5, NULL, 5, part);
                        for (size_t c = 0; c < 5; c++)
                                sum += part[c];
                        assert_true(fabs(sum - 1) < 1e-12);
                }
                assert_true(stats_whiten(t, 40, 5, v, a) && stats_whiten(u, 40, 5, v, b));
                for (size_t i = 1; i < 40; i++)
                        assert_true(fabs(stats_distance(a, a + i * 5, NULL, 5) - stats_distance(b, b + i * 5, NULL, 5)) < 1e-9);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_nearest_oracle), cmocka_unit_test(test_edges), cmocka_unit_test(test_ties_under_rounding), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-neighbour", tests, NULL, NULL);
}
