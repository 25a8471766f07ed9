#include "standardise.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define STRATA_MAX 32

struct strata {
        double x[STRATA_MAX], n[STRATA_MAX], ref_x[STRATA_MAX], ref_n[STRATA_MAX], weight[STRATA_MAX], var[STRATA_MAX];
        size_t k;
};

static struct strata area_of(const struct oracle *in, const char *area)
{
        struct strata s = { .k = 0 };
        for (size_t i = 0; i < in->rows; i++) {
                if (!oracle_is(in, i, "area", area))
                        continue;
                assert_true(s.k < STRATA_MAX);
                s.x[s.k] = oracle_num(in, i, "x");
                s.n[s.k] = oracle_num(in, i, "n");
                s.ref_x[s.k] = oracle_num(in, i, "ref_x");
                s.ref_n[s.k] = s.weight[s.k] = oracle_num(in, i, "ref_n");
                s.k++;
        }
        return s;
}

static double sum(const double *v, size_t k)
{
        double t = 0;
        for (size_t i = 0; i < k; i++)
                t += v[i];
        return t;
}

static void test_indirect_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "oracles/std_input.csv");
        oracle_open(&o, "oracles/std_indirect.csv");
        size_t areas = 0;
        for (size_t i = 0; i < o.rows; i++) {
                struct strata s = area_of(&in, oracle_text(&o, i, "area"));
                double observed = sum(s.x, s.k), expected = oracle_num(&o, i, "expected");
                if (s.k) {
                        areas++;
                        oracle_same(&o, i, "observed", observed, 1e-10);
                        oracle_same(&o, i, "expected", stats_expected(s.n, s.ref_x, s.ref_n, s.k), 1e-10);
                }
                observed = oracle_num(&o, i, "observed");
                struct stats_ratio a = stats_smr(observed, expected, 0.95), b = stats_smr(observed, expected, 0.998);
                oracle_same(&o, i, "smr", a.ratio, 1e-10);
                oracle_same(&o, i, "lo_95", a.lo, 1e-10);
                oracle_same(&o, i, "hi_95", a.hi, 1e-10);
                oracle_same(&o, i, "lo_99_8", b.lo, 1e-10);
                oracle_same(&o, i, "hi_99_8", b.hi, 1e-10);
        }
        assert_true(areas > 0);
        oracle_close(&o);
        oracle_close(&in);
}

static void test_direct_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "oracles/std_input.csv");
        oracle_open(&o, "oracles/std_direct.csv");
        size_t areas = 0;
        for (size_t i = 0; i < o.rows; i++) {
                struct strata s = area_of(&in, oracle_text(&o, i, "area"));
                if (!s.k)
                        continue;
                areas++;
                struct stats_dsr a = stats_dsr(s.x, s.n, s.weight, NULL, s.k, 0.95), b = stats_dsr(s.x, s.n, s.weight, NULL, s.k, 0.998);
                oracle_same(&o, i, "total_count", a.events, 1e-10);
                oracle_same(&o, i, "dsr_per_1000", 1000 * a.rate, 1e-10);
                oracle_same(&o, i, "lo_95", 1000 * a.lo, 1e-10);
                oracle_same(&o, i, "hi_95", 1000 * a.hi, 1e-10);
                oracle_same(&o, i, "lo_99_8", 1000 * b.lo, 1e-10);
                oracle_same(&o, i, "hi_99_8", 1000 * b.hi, 1e-10);
                oracle_same(&o, i, "suppressed", a.suppressed, 0);
        }
        assert_true(areas > 0);
        oracle_close(&o);
        oracle_close(&in);
}

static void test_phe_isr(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "statistiek/phe/dsr_isr__testdata_multiarea_isr.csv");
        oracle_open(&o, "statistiek/phe/dsr_isr__testresults_ISR.csv");
        struct strata s = { .k = 0 };
        for (size_t i = 0; i < in.rows && oracle_is(&in, i, "area", oracle_text(&in, 0, "area")); i++, s.k++) {
                s.n[s.k] = oracle_num(&in, i, "pop");
                s.ref_x[s.k] = oracle_num(&in, i, "refcount");
                s.ref_n[s.k] = oracle_num(&in, i, "refpop");
        }
        double expected = stats_expected(s.n, s.ref_x, s.ref_n, s.k), per = sum(s.ref_x, s.k) / sum(s.ref_n, s.k);
        for (size_t i = 0; i < o.rows; i++) {
                if (strncmp(oracle_text(&o, i, "area"), "testdata", 8) != 0)
                        continue;       /* Area1.. have their own reference, not in these files */
                oracle_same(&o, i, "expected", expected, 1e-10);
                double want = oracle_num(&o, i, "value"), observed = oracle_num(&o, i, "observed");
                struct stats_ratio a = stats_smr(observed, expected, 0.95), b = stats_smr(observed, expected, 0.998);
                /* rate per 100,000, per 1000, ratio, ratio x 100 */
                double f = strstr(oracle_text(&o, i, "statistic"), "100000") ? 1e5 * per
                         : strstr(oracle_text(&o, i, "statistic"), "1000") ? 1e3 * per
                         : strstr(oracle_text(&o, i, "statistic"), "100") ? 100 : 1;
                oracle_value(&o, i, "value", a.ratio * f, want, 1e-10, 0);
                oracle_same(&o, i, "lower95_0cl", a.lo * f, 1e-10);
                oracle_same(&o, i, "upper95_0cl", a.hi * f, 1e-10);
                oracle_same(&o, i, "lower99_8cl", b.lo * f, 1e-10);
                oracle_same(&o, i, "upper99_8cl", b.hi * f, 1e-10);
        }
        oracle_close(&o);
        oracle_close(&in);
}

/* European standard population 2013 in the 19 five-year bands PHEindicatormethods uses; ESP 1976 comes with its file. */
static const double esp2013[] = { 5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000 };

/* Their files leave a zero blank; ours never do (blank is missing), so it is read here. */
static double or_zero(const struct oracle *o, size_t row, const char *column)
{
        double v = oracle_num(o, row, column);
        return isnan(v) ? 0 : v;
}

static struct strata phe_area(const char *area)
{
        struct oracle in;
        struct strata s = { .k = 0 };
        bool old = strcmp(area, "testdata_1976") == 0, twice = strncmp(area, "testdata_nonind", 15) == 0;
        oracle_open(&in, old ? "statistiek/phe/dsr_isr__testdata_1976.csv" : twice ? "statistiek/phe/dsr_isr__testdata_nonindepe.csv"
                                                                                   : "statistiek/phe/dsr_isr__testdata_multiarea.csv");
        for (size_t i = 0; i < in.rows; i++) {
                if (!old && !oracle_is(&in, i, "area", area))
                        continue;
                s.x[s.k] = or_zero(&in, i, "count");
                s.n[s.k] = oracle_num(&in, i, "pop");
                s.weight[s.k] = old ? oracle_num(&in, i, "esp1976") : esp2013[s.k];
                s.var[s.k] = s.x[s.k];
                if (twice)
                        s.var[s.k] = or_zero(&in, i, "f1") + 4 * or_zero(&in, i, "f2") + 9 * or_zero(&in, i, "f3") + 16 * or_zero(&in, i, "f4");
                s.k++;
        }
        oracle_close(&in);
        return s;
}

static void test_phe_dsr(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "statistiek/phe/dsr_isr__testresults_DSR.csv");
        for (size_t i = 0; i < o.rows; i++) {
                const char *area = oracle_text(&o, i, "area");
                struct strata s = phe_area(area);
                assert_int_equal(s.k, strcmp(area, "testdata_1976") == 0 ? 18 : 19);
                struct stats_dsr a = stats_dsr(s.x, s.n, s.weight, s.var, s.k, 0.95), b = stats_dsr(s.x, s.n, s.weight, s.var, s.k, 0.998);
                oracle_same(&o, i, "total_count", a.events, 1e-12);
                assert_int_equal(a.suppressed, isnan(oracle_num(&o, i, "value")) != 0);
                if (a.suppressed)
                        continue;
                double f = strstr(oracle_text(&o, i, "statistic"), "100000") ? 1e5 : 1e4;
                oracle_same(&o, i, "value", f * a.rate, 1e-9);
                oracle_same(&o, i, "lower95_0cl", f * a.lo, 1e-9);
                oracle_same(&o, i, "upper95_0cl", f * a.hi, 1e-9);
                /* The published 99.8% limits of testdata_1976 are a factor 10 too large (the 95% ones are right). */
                double slip = strcmp(area, "testdata_1976") == 0 ? 10 : 1;
                oracle_same(&o, i, "lower99_8cl", slip * f * b.lo, 1e-9);
                oracle_same(&o, i, "upper99_8cl", slip * f * b.hi, 1e-9);
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        double x[] = { 4, 0 }, n[] = { 40, 0 }, rx[] = { 10, 1 }, rn[] = { 100, 0 }, w[] = { 1, 1 }, w0[] = { 1, 0 };
        assert_true(fabs(stats_expected(n, rx, rn, 2) - 4) < 1e-12);
        n[1] = 3;
        assert_true(isnan(stats_expected(n, rx, rn, 2)));
        n[1] = 0;
        assert_true(isnan(stats_expected(n, rx, rn, 0)));
        assert_true(isnan(stats_smr(3, 0, 0.95).ratio) && isnan(stats_smr(STATS_NONE, 3, 0.95).ratio));
        assert_true(stats_smr(0, 3, 0.95).lo == 0);
        assert_true(isnan(stats_dsr(x, n, w, NULL, 2, 0.95).rate) && stats_dsr(x, n, w, NULL, 2, 0.95).suppressed);
        assert_true(fabs(stats_dsr(x, n, w0, NULL, 2, 0.95).rate - 0.1) < 1e-12);
        x[0] = 0;
        assert_true(stats_dsr(x, n, w0, NULL, 2, 0.95).rate == 0 && isnan(stats_dsr(x, n, w0, NULL, 2, 0.95).lo));
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 500; i++) {
                double x[6], n[6], w[6], rx[6], rn[6];
                for (int s = 0; s < 6; s++) {
                        n[s] = oracle_integer(50, 5000);
                        x[s] = oracle_integer(1, 50);
                        w[s] = rn[s] = oracle_integer(1000, 9000);
                        rx[s] = oracle_integer(0, 1000);
                }
                struct stats_dsr a = stats_dsr(x, n, w, NULL, 6, 0.95), b = stats_dsr(x, n, w, NULL, 6, 0.998);
                assert_true(a.lo < a.rate && a.rate < a.hi && b.lo < a.lo && a.hi < b.hi);
                /* The area's own mix as standard gives the crude rate. */
                struct stats_dsr crude = stats_dsr(x, n, n, NULL, 6, 0.95);
                assert_true(fabs(crude.rate / (sum(x, 6) / sum(n, 6)) - 1) < 1e-12);
                /* The reference against itself is 1, and expected counts add up over strata. */
                assert_true(fabs(stats_expected(rn, rx, rn, 6) - sum(rx, 6)) < 1e-9);
                double halves = stats_expected(n, rx, rn, 3) + stats_expected(n + 3, rx + 3, rn + 3, 3);
                assert_true(fabs(stats_expected(n, rx, rn, 6) - halves) < 1e-9 * halves + 1e-12);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_indirect_oracle), cmocka_unit_test(test_direct_oracle), cmocka_unit_test(test_phe_isr),
                cmocka_unit_test(test_phe_dsr), cmocka_unit_test(test_edges), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-standardise", tests, NULL, NULL);
}
