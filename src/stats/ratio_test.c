#include "ratio.h"
#include "compare.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

/* With equal exposures the log ratio and its p are those of the plausibility table. */
static void test_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/plausibility_counts.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double prev = oracle_num(&o, i, "prev"), cur = oracle_num(&o, i, "cur");
                struct stats_count_ratio r = stats_count_ratio(cur, prev, 1, 1, 0.95);
                if (prev + cur == 0)
                        continue;
                struct stats_count_change c = stats_count_change(prev, cur, 1, 1);
                oracle_value(&o, i, "p", r.p, c.p, 1e-12, 0);
                oracle_value(&o, i, "log ratio", r.y, c.log_ratio, 1e-12, 1e-15);
                oracle_value(&o, i, "variance", r.s * r.s, c.log_var, 1e-12, 0);
        }
        oracle_close(&o);
}

static void test_by_hand(void **state)
{
        (void) state;
        struct stats_count_ratio r = stats_count_ratio(20, 10, 1, 1, 0.95);
        assert_true(fabs(r.y - log(20.5 / 10.5)) < 1e-15 && fabs(r.s * r.s - (20 / 420.25 + 10 / 110.25)) < 1e-15);
        assert_true(fabs(r.z - r.y / r.s) < 1e-15 && fabs(r.ratio - 20.5 / 10.5) < 1e-14);
        assert_true(fabs(log(r.interval.hi / r.interval.lo) - 2 * 1.959963984540054 * r.s) < 1e-12);
        assert_true(fabs(log(r.limits998.hi) - 3.090232306167813 * r.s) < 1e-12 && fabs(r.limits95.hi * r.limits95.lo - 1) < 1e-14);
        /* 30 tries with chance 1/2: P(X >= 20) = 0.0494, above .025 */
        assert_true(r.at95 == STATS_SIDE_IN && fabs(r.p - 0.09873715) < 1e-7);
        r = stats_count_ratio(22, 8, 1, 1, 0.95);
        assert_true(r.at95 == STATS_SIDE_HIGH && r.at998 == STATS_SIDE_IN);
}

/* Turned around, everything mirrors; what is expected moves the middle. */
static void test_mirror(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 200; round++) {
                double a = oracle_integer(0, 40), b = oracle_integer(1, 40), e1 = 0.5 + oracle_uniform(), e2 = 0.5 + oracle_uniform();
                struct stats_count_ratio r = stats_count_ratio(a, b, e1, e2, 0.95), m = stats_count_ratio(b, a, e2, e1, 0.95);
                assert_true(fabs(r.z + m.z) < 1e-12 && fabs(r.p - m.p) < 1e-9 && fabs(r.interval.lo * m.interval.hi - 1) < 1e-12);
                assert_true((r.at95 == STATS_SIDE_LOW) == (m.at95 == STATS_SIDE_HIGH));
                assert_true(fabs(r.limits95.lo * r.limits95.hi / (e1 / e2 * e1 / e2) - 1) < 1e-12);
        }
}

static void test_refusals(void **state)
{
        (void) state;
        assert_true(isnan(stats_count_ratio(0, 0, 1, 1, 0.95).y) && stats_count_ratio(0, 0, 1, 1, 0.95).at95 == STATS_SIDE_NONE);
        assert_true(isnan(stats_count_ratio(1.5, 2, 1, 1, 0.95).p) && isnan(stats_count_ratio(1, 2, 0, 1, 0.95).p));
        assert_true(isnan(stats_count_ratio(STATS_NONE, 2, 1, 1, 0.95).z));
        assert_true(isfinite(stats_count_ratio(0, 5, 1, 1, 0.95).y) && stats_count_ratio(0, 9, 1, 1, 0.95).at95 == STATS_SIDE_LOW);
}

static void test_middle(void **state)
{
        (void) state;
        double scratch[8];
        const double v[] = { 1, 1, 2, 2, 4, 6, STATS_NONE, 9 };         /* median 2, deviations 1 1 0 0 2 4 7: median 1 */
        struct stats_middle m = stats_middle(v, 8, scratch);
        assert_true(m.k == 7 && m.median == 2 && m.mad == 1 && m.spread);
        assert_true(fabs(stats_robust_z(&m, 9) - 7 / 1.4826022185056018) < 1e-14 && stats_robust_z(&m, 2) == 0);
        assert_true(isnan(stats_robust_z(&m, STATS_NONE)));
        const double same[] = { 5, 5, 5, 9 };
        m = stats_middle(same, 4, scratch);
        assert_true(m.median == 5 && m.mad == 0 && !m.spread && isnan(stats_robust_z(&m, 9)));
        m = stats_middle(same, 1, scratch);
        assert_true(m.k == 1 && m.median == 5 && !m.spread);
        m = stats_middle(same, 0, scratch);
        assert_true(m.k == 0 && isnan(m.median) && !m.spread);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_oracle), cmocka_unit_test(test_by_hand), cmocka_unit_test(test_mirror), cmocka_unit_test(test_refusals),
                cmocka_unit_test(test_middle),
        };
        return cmocka_run_group_tests_name("stats-ratio", tests, NULL, NULL);
}
