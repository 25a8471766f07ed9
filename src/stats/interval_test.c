#include "interval.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void test_binomial_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/ci_binomial.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double x = oracle_num(&o, i, "x"), n = oracle_num(&o, i, "n"), conf = oracle_num(&o, i, "conf");
                struct stats_interval w = stats_wilson(x, n, conf), c = stats_clopper_pearson(x, n, conf), j = stats_jeffreys(x, n, conf);
                oracle_same(&o, i, "wilson_lo", w.lo, 1e-9);
                oracle_same(&o, i, "wilson_hi", w.hi, 1e-9);
                oracle_same(&o, i, "cp_lo", c.lo, 1e-9);
                oracle_same(&o, i, "cp_hi", c.hi, 1e-9);
                oracle_same(&o, i, "jeffreys_lo", j.lo, 1e-9);
                oracle_same(&o, i, "jeffreys_hi", j.hi, 1e-9);
        }
        oracle_close(&o);
}

static void test_poisson_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/ci_poisson.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double x = oracle_num(&o, i, "o"), conf = oracle_num(&o, i, "conf");
                struct stats_interval e = stats_poisson_exact(x, conf), b = stats_poisson_byar(x, conf), p = stats_poisson_phe(x, conf);
                oracle_same(&o, i, "exact_lo", e.lo, 1e-8);
                oracle_same(&o, i, "exact_hi", e.hi, 1e-8);
                oracle_same(&o, i, "byar_lo", b.lo, 1e-9);
                oracle_same(&o, i, "byar_hi", b.hi, 1e-9);
                oracle_same(&o, i, "phe_lo", p.lo, 1e-8);
                oracle_same(&o, i, "phe_hi", p.hi, 1e-8);
        }
        oracle_close(&o);
}

static void test_newcombe_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/two_proportions.csv");
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_interval d = stats_newcombe(oracle_num(&o, i, "x1"), oracle_num(&o, i, "n1"), oracle_num(&o, i, "x2"),
                                                         oracle_num(&o, i, "n2"), 0.95);
                oracle_same(&o, i, "newcombe_lo", d.lo, 1e-9);
                oracle_same(&o, i, "newcombe_hi", d.hi, 1e-9);
        }
        oracle_close(&o);
}

/* Published by Public Health England with PHEindicatormethods. */
static void test_phe_byar_wilson(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "statistiek/phe/byars_wilson__testdata_B_W.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double conf = oracle_is(&o, i, "confidence", "95%") ? 0.95 : 0.998, x = oracle_num(&o, i, "x");
                bool wilson = oracle_is(&o, i, "method", "Wilson");
                struct stats_interval r = wilson ? stats_wilson(x, oracle_num(&o, i, "n"), conf) : stats_poisson_byar(x, conf);
                oracle_same(&o, i, "lowercl", r.lo, 1e-11);
                oracle_same(&o, i, "uppercl", r.hi, 1e-11);
        }
        oracle_close(&o);
}

static struct stats_interval phe_one(const struct oracle *o, size_t i, bool rate, double conf)
{
        double x = oracle_num(o, i, "Numerator"), n = oracle_num(o, i, "Denominator"), m = oracle_num(o, i, "multiplier");
        struct stats_interval r = rate ? stats_poisson_phe(x, conf) : stats_wilson(x, n, conf);
        double f = rate ? m / n : m;
        return (struct stats_interval) { r.lo * f, r.hi * f };
}

static void phe_table(const char *path, bool rate, bool grouped)
{
        struct oracle o;
        oracle_open(&o, path);
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_interval r = phe_one(&o, i, rate, 0.95);
                oracle_same(&o, i, grouped ? "lowercl" : "lower95_0cl", r.lo, 1e-9);
                oracle_same(&o, i, grouped ? "uppercl" : "upper95_0cl", r.hi, 1e-9);
                if (grouped)
                        continue;
                r = phe_one(&o, i, rate, 0.998);
                oracle_same(&o, i, "lower99_8cl", r.lo, 1e-9);
                oracle_same(&o, i, "upper99_8cl", r.hi, 1e-9);
        }
        oracle_close(&o);
}

static void test_phe_proportions(void **state) { (void) state; phe_table("statistiek/phe/proportion__testdata_Prop.csv", false, false); }
static void test_phe_proportions_grouped(void **state) { (void) state; phe_table("statistiek/phe/proportion__testdata_Prop_g.csv", false, true); }
static void test_phe_rates(void **state) { (void) state; phe_table("statistiek/phe/rate__testdata_Rate.csv", true, false); }
static void test_phe_rates_grouped(void **state) { (void) state; phe_table("statistiek/phe/rate__testdata_Rate_g.csv", true, true); }

static void test_phe_means(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "statistiek/phe/mean__testdata_Mean_results.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double mean = oracle_num(&o, i, "value"), sd = oracle_num(&o, i, "stdev"), n = oracle_num(&o, i, "value_count");
                struct stats_interval a = stats_mean_interval(mean, sd, n, 0.95), b = stats_mean_interval(mean, sd, n, 0.998);
                oracle_same(&o, i, "lower95_0cl", a.lo, 1e-9);
                oracle_same(&o, i, "upper95_0cl", a.hi, 1e-9);
                oracle_same(&o, i, "lower99_8cl", b.lo, 1e-9);
                oracle_same(&o, i, "upper99_8cl", b.hi, 1e-9);
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        assert_true(isnan(stats_wilson(0, 0, 0.95).lo));
        assert_true(isnan(stats_wilson(STATS_NONE, 5, 0.95).lo));
        assert_true(isnan(stats_wilson(6, 5, 0.95).hi));
        assert_true(isnan(stats_wilson(-1, 5, 0.95).hi));
        assert_true(isnan(stats_wilson(1, HUGE_VAL, 0.95).hi));
        assert_true(isnan(stats_wilson(1, 5, 1).hi));
        assert_true(isnan(stats_clopper_pearson(2.5, 5, 0.95).lo));
        assert_true(isnan(stats_jeffreys(2.5, 5, 0.95).lo));
        assert_true(isnan(stats_poisson_exact(2.5, 0.95).lo));
        assert_true(isnan(stats_poisson_exact(STATS_NONE, 0.95).lo));
        assert_true(isnan(stats_poisson_byar(-1, 0.95).lo));
        assert_true(isnan(stats_poisson_byar(1, 0.998).lo));
        assert_true(!isnan(stats_poisson_byar(1, 0.998).hi));
        assert_true(isnan(stats_newcombe(1, 0, 1, 5, 0.95).lo));
        assert_true(isnan(stats_mean_interval(3, 1, 1, 0.95).lo));
        assert_true(isnan(stats_mean_p(3, 1, 1)) && isnan(stats_mean_p(3, 0, 9)));
        assert_true(fabs(stats_mean_p(2.262157163, 3, 9) - 0.05354181) < 1e-8 && fabs(stats_mean_p(0, 1, 9) - 1) < 1e-12);
        for (double mean = -3; mean < 3; mean += .25) {         /* the interval and the p say the same */
                struct stats_interval i = stats_mean_interval(mean, 2, 12, 0.95);
                assert_int_equal(stats_mean_p(mean, 2, 12) < .05, i.lo > 0 || i.hi < 0);
        }
        assert_true(!isnan(stats_wilson(2.5, 5.5, 0.95).lo));
        assert_true(stats_wilson(0, 7, 0.998).lo == 0 && stats_wilson(7, 7, 0.998).hi == 1);
}

static bool inside(struct stats_interval r, double v) { return r.lo <= v && v <= r.hi; }
static bool around(struct stats_interval out, struct stats_interval in) { return out.lo <= in.lo && in.hi <= out.hi; }
static bool near(double a, double b) { return fabs(a - b) <= 1e-12 + 1e-9 * fabs(b); }

typedef struct stats_interval share_method(double x, double n, double conf);

static void one_share(share_method *f, double x, double n)
{
        struct stats_interval a = f(x, n, 0.95), b = f(x, n, 0.998), m = f(n - x, n, 0.95);
        assert_true(a.lo >= 0 && a.hi <= 1 && a.lo < a.hi);
        assert_true(inside(a, x / n));
        assert_true(around(b, a));
        assert_true(near(a.lo, 1 - m.hi) && near(a.hi, 1 - m.lo));
        if (x < n) {
                struct stats_interval up = f(x + 1, n, 0.95);
                assert_true(up.lo > a.lo && up.hi >= a.hi);
        }
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 4000; i++) {
                double n = oracle_integer(1, i % 2 ? 60 : 200000), x = oracle_integer(0, n);
                one_share(stats_wilson, x, n);
                one_share(stats_clopper_pearson, x, n);
                one_share(stats_jeffreys, x, n);
                double m = oracle_integer(1, 500), y = oracle_integer(0, m), d = x / n - y / m;
                struct stats_interval ab = stats_newcombe(x, n, y, m, 0.95), ba = stats_newcombe(y, m, x, n, 0.95);
                assert_true(inside(ab, d));
                assert_true(near(ab.lo, -ba.hi) && near(ab.hi, -ba.lo));
                struct stats_interval p = stats_poisson_exact(x, 0.95), q = stats_poisson_exact(x + 1, 0.95);
                assert_true(inside(p, x) && p.lo < q.lo && p.hi < q.hi && around(stats_poisson_exact(x, 0.998), p));
                p = stats_poisson_byar(x, 0.95);
                assert_true(inside(p, x));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_binomial_oracle), cmocka_unit_test(test_poisson_oracle), cmocka_unit_test(test_newcombe_oracle),
                cmocka_unit_test(test_phe_byar_wilson), cmocka_unit_test(test_phe_proportions),
                cmocka_unit_test(test_phe_proportions_grouped), cmocka_unit_test(test_phe_rates),
                cmocka_unit_test(test_phe_rates_grouped), cmocka_unit_test(test_phe_means), cmocka_unit_test(test_edges),
                cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-interval", tests, NULL, NULL);
}
