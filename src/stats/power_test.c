#define MATHLIB_STANDALONE 1
#include "power.h"
#include "funnel.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <Rmath.h>

static void test_normal(void **state)
{
        (void) state;
        assert_true(fabs(stats_power(1.959963984540054, 1, 0.95) - 0.5) < 1e-12);
        assert_true(fabs(stats_power(0, 1, 0.95) - 0.025) < 1e-12);
        double d = stats_detectable(0.0052, 0.95, 0.8);
        assert_true(fabs(d - 0.0145683) < 1e-6);        /* the roll-out of the programme: SE 0.52 pp, detectable 1.45 pp */
        assert_true(fabs(stats_power(-d, 0.0052, 0.95) - 0.8) < 1e-12);
        assert_true(isnan(stats_power(1, 0, 0.95)) && isnan(stats_detectable(1, 1, 0.8)));
}

/* The chance by enumeration with the verdict of the funnel itself. */
static void test_target_is_the_funnel(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 300; round++) {
                double n = oracle_integer(0, 80), target = oracle_uniform(), p = oracle_uniform(), chance = 0;
                enum stats_side side = p > target ? STATS_SIDE_HIGH : STATS_SIDE_LOW;
                for (double x = 0; x <= n; x++)
                        if (stats_funnel_binomial(x, n, target).at95 == side)
                                chance += dbinom(x, n, p, 0);
                assert_true(fabs(stats_power_target(n, p, target, 0.95) - chance) < 1e-10);
        }
        assert_true(stats_power_target(0, 0.5, 0.4, 0.95) == 0);
        assert_true(isnan(stats_power_target(1.5, 0.5, 0.4, 0.95)));
}

static void test_cases(void **state)
{
        (void) state;
        double n = stats_cases_target(0.7, 0.6, 0.95, 0.8);
        assert_true(n > 150 && n < 220);
        assert_true(stats_power_target(n - 1, 0.7, 0.6, 0.95) < 0.8);
        for (double m = n; m < 3 * n; m++)
                assert_true(stats_power_target(m, 0.7, 0.6, 0.95) >= 0.8);
        assert_true(stats_cases_target(0.6, 0.7, 0.998, 0.8) > stats_cases_target(0.6, 0.7, 0.95, 0.8));
        assert_true(isinf(stats_cases_target(0.5, 0.5001, 0.95, 0.8)));
        assert_true(isnan(stats_cases_target(0.5, 0.5, 0.95, 0.8)));
        assert_true(stats_cases_target(0, 0.5, 0.95, 0.8) == 6);        /* 0 of 6 at a target of half: 1/64 < .025 */
        /* Fleiss 1981: .60 against .70 at 5 % and 80 % needs 356 in each group before the continuity correction */
        assert_true(stats_cases_two(0.6, 0.7, 1, 0.95, 0.8) == 356);
        assert_true(stats_cases_two(0.7, 0.6, 1, 0.95, 0.8) == 356);
        assert_true(stats_cases_two(0.6, 0.7, 10, 0.95, 0.8) < 356 && isnan(stats_cases_two(0.6, 0.6, 1, 0.95, 0.8)));
}

static void test_wait(void **state)
{
        (void) state;
        struct stats_wait w = stats_wait(200, 30, 8);
        assert_true(w.quarters == 7 && w.pool == 1 && w.reach == STATS_REACH_WITHIN);
        w = stats_wait(200, 5, 8);
        assert_true(w.quarters == 40 && w.pool == 5 && w.reach == STATS_REACH_POOLED);
        w = stats_wait(200, 0, 8);
        assert_true(isinf(w.quarters) && isnan(w.pool) && w.reach == STATS_REACH_NEVER);
        assert_int_equal(stats_wait(HUGE_VAL, 10, 8).reach, STATS_REACH_NEVER);
        assert_int_equal(stats_wait(STATS_NONE, 10, 8).reach, STATS_REACH_UNKNOWN);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_normal), cmocka_unit_test(test_target_is_the_funnel), cmocka_unit_test(test_cases),
                cmocka_unit_test(test_wait),
        };
        return cmocka_run_group_tests_name("stats-power", tests, NULL, NULL);
}
