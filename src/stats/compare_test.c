#include "compare.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static void test_two_proportions_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/two_proportions.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double x1 = oracle_num(&o, i, "x1"), n1 = oracle_num(&o, i, "n1"), x2 = oracle_num(&o, i, "x2"), n2 = oracle_num(&o, i, "n2");
                struct stats_z_test z = stats_two_proportions(x1, n1, x2, n2);
                oracle_same(&o, i, "diff", x1 / n1 - x2 / n2, 1e-9);
                oracle_same(&o, i, "z", z.z, 1e-9);
                oracle_same(&o, i, "p_z", z.p, 1e-9);
                oracle_same(&o, i, "p_fisher", stats_fisher(x1, n1, x2, n2), 1e-9);
        }
        oracle_close(&o);
}

static void test_count_change_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/plausibility_counts.csv");
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_count_change c = stats_count_change(oracle_num(&o, i, "prev"), oracle_num(&o, i, "cur"), 1, 1);
                oracle_same(&o, i, "p_conditional", c.p, 1e-9);
                oracle_same(&o, i, "z_sqrt", c.z_sqrt, 1e-9);
                oracle_same(&o, i, "log_ratio", c.log_ratio, 1e-9);
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        assert_true(isnan(stats_fisher(1.5, 4, 1, 4)));
        assert_true(isnan(stats_fisher(5, 4, 1, 4)));
        assert_true(isnan(stats_fisher(STATS_NONE, 4, 1, 4)));
        assert_true(stats_fisher(0, 0, 0, 0) == 1);
        assert_true(stats_fisher(0, 5, 0, 9) == 1);
        assert_true(isnan(stats_two_proportions(0, 5, 0, 9).z));
        assert_true(isnan(stats_two_proportions(1, 0, 0, 9).z));
        assert_true(isnan(stats_two_proportions(1, STATS_NONE, 0, 9).p));
        assert_true(stats_binomial_test(0, 0, 0.4) == 1);
        assert_true(stats_binomial_test(3, 3, 1) == 1);
        assert_true(stats_binomial_test(2, 3, 1) == 0);
        assert_true(isnan(stats_binomial_test(2, 3, 1.1)));
        assert_true(stats_count_change(0, 0, 1, 1).p == 1);
        assert_true(isnan(stats_count_change(3, 4, 1, 2).z_sqrt));
        assert_true(isnan(stats_count_change(3, STATS_NONE, 1, 1).p));
}

/* Nearly as many cases as there are people: right to the last digits, and at once. */
static void test_fisher_of_large_numbers(void **state)
{
        (void) state;
        assert_true(fabs(stats_fisher(1e6, 1e6, 0, 1) * 1000001 - 1) < 1e-9);
        assert_true(fabs(stats_fisher(1e9, 1e9, 0, 1) * 1000000001 - 1) < 1e-6);
        assert_true(fabs(stats_fisher(5e8, 1e9, 150, 300) - 1) < 1e-6);
}

static bool near(double a, double b) { return fabs(a - b) <= 1e-14 + 1e-9 * fabs(b); }

/* By the definition: every table that is not more probable, added up one by one. */
static double binomial_by_hand(double x, double n, double p)
{
        double sum = 0, dx = 0;
        for (int pass = 0; pass < 2; pass++)
                for (double k = 0; k <= n; k++) {
                        double d = exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log1p(-p));
                        if (pass == 0 && fabs(k - x) < 0.5)
                                dx = d;
                        if (pass == 1 && d <= dx * (1 + 1e-7))
                                sum += d;
                }
        return fmin(sum, 1);
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 3000; i++) {
                double n1 = oracle_integer(1, 60), n2 = oracle_integer(1, 90), x1 = oracle_integer(0, n1), x2 = oracle_integer(0, n2);
                double p = stats_fisher(x1, n1, x2, n2);
                assert_true(p > 0 && p <= 1);
                assert_true(near(p, stats_fisher(x2, n2, x1, n1)));
                assert_true(near(p, stats_fisher(n1 - x1, n1, n2 - x2, n2)));
                double p0 = 0.01 + 0.98 * oracle_uniform();
                assert_true(fabs(stats_binomial_test(x1, n1, p0) - binomial_by_hand(x1, n1, p0)) < 1e-10);
                struct stats_count_change a = stats_count_change(x1, x2, 1, 1), b = stats_count_change(x2, x1, 1, 1);
                assert_true(near(a.p, b.p) && near(a.z_sqrt, -b.z_sqrt) && near(a.log_ratio, -b.log_ratio));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_two_proportions_oracle), cmocka_unit_test(test_count_change_oracle),
                cmocka_unit_test(test_edges), cmocka_unit_test(test_fisher_of_large_numbers), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-compare", tests, NULL, NULL);
}
