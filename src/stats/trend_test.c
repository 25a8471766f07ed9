#include "trend.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define POINTS_MAX 64

static double scratch[POINTS_MAX * POINTS_MAX];

static const char *marker_name(enum stats_marker m)
{
        return m == STATS_MARKER_UP ? "up" : m == STATS_MARKER_DOWN ? "down" : m == STATS_MARKER_NONE ? "none" : "refused";
}

static void test_proportions_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/trend_proportions.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double x[5], n[5];
                for (size_t j = 0; j < 5; j++) {
                        char name[4];
                        snprintf(name, sizeof name, "x%u", (unsigned) (j + 1) % 10);
                        x[j] = oracle_num(&o, i, name);
                        name[0] = 'n';
                        n[j] = oracle_num(&o, i, name);
                }
                struct stats_chi_square c = stats_cochran_armitage(x, n, NULL, 5);
                struct stats_recent_trend r = stats_recent_trend(x, n, 5);
                oracle_same(&o, i, "ca_chisq", c.chi2, 1e-9);
                oracle_same(&o, i, "ca_p", c.p, 1e-9);
                oracle_same(&o, i, "fingertips_slope", r.slope, 1e-9);
                oracle_same(&o, i, "fingertips_chi2", r.chi2, 1e-9);
                assert_string_equal(marker_name(r.marker), oracle_text(&o, i, "fingertips_marker"));
        }
        oracle_close(&o);
}

static void test_mann_kendall_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "oracles/trend_mk_input.csv");
        oracle_open(&o, "oracles/trend_mk_results.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double v[POINTS_MAX];
                size_t k = 0;
                for (size_t j = 0; j < in.rows; j++)
                        if (oracle_is(&in, j, "case", oracle_text(&o, i, "case"))) {
                                assert_true(k < POINTS_MAX);
                                v[k++] = oracle_num(&in, j, "y");
                        }
                struct stats_mann_kendall m = stats_mann_kendall(v, NULL, k, scratch);
                oracle_same(&o, i, "n", (double) m.k, 0);
                oracle_same(&o, i, "S", m.s, 0);
                oracle_same(&o, i, "var", m.var, 1e-9);
                oracle_same(&o, i, "z", m.z, 1e-9);
                oracle_same(&o, i, "p", m.p, 1e-9);
                oracle_near(&o, i, "sen", m.sen, 1e-9, 1e-13);
                oracle_same(&o, i, "tau", m.tau, 1e-9);
        }
        oracle_close(&o);
        oracle_close(&in);
}

static void test_edges(void **state)
{
        (void) state;
        double flat[] = { 4, 4, 4, 4 }, gap[] = { 1, STATS_NONE, 3, 4 }, back[] = { 1, 2, 2, 3 };
        struct stats_mann_kendall m = stats_mann_kendall(flat, NULL, 4, scratch);
        assert_true(m.s == 0 && m.z == 0 && m.p == 1 && m.sen == 0 && isnan(m.tau));
        m = stats_mann_kendall(gap, NULL, 4, scratch);
        assert_true(m.k == 3 && m.s == 3 && m.sen == 1 && m.tau == 1);  /* the gap keeps its place in time */
        assert_true(isnan(stats_mann_kendall(gap, NULL, 2, scratch).s));
        assert_true(isnan(stats_mann_kendall(flat, back, 4, scratch).s));
        double x[] = { 5, 5, STATS_NONE, 6, 7, 8 }, n[] = { 10, 10, 10, 10, 10, 10 };
        assert_int_equal(stats_recent_trend(x, n, 5).marker, STATS_MARKER_REFUSED);
        assert_int_equal(stats_recent_trend(x, n, 6).marker, STATS_MARKER_NONE);
        x[5] = 10;
        assert_int_equal(stats_recent_trend(x, n, 6).marker, STATS_MARKER_REFUSED);
        double none[] = { 0, 0, 0 };
        assert_true(isnan(stats_cochran_armitage(none, n, NULL, 3).chi2) && isnan(stats_cochran_armitage(n, n, NULL, 3).p));
        assert_true(isnan(stats_cochran_armitage(x, n, NULL, 1).chi2) && isnan(stats_cochran_armitage(x, n, none, 3).chi2));
}

/* A strong rise that one point makes: the sign survives, or the marker does not come. */
static void test_marker_needs_every_point(void **state)
{
        (void) state;
        double x[] = { 500, 490, 480, 470, 800 }, n[] = { 1000, 1000, 1000, 1000, 1000 };
        struct stats_recent_trend r = stats_recent_trend(x, n, 5);
        assert_true(r.chi2 > 9.5495 && r.slope > 0);
        assert_int_equal(r.marker, STATS_MARKER_NONE);
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 1000; i++) {
                double x[20], y[20], n[20], rev[20], nrev[20], t[20];
                size_t k = (size_t) oracle_integer(5, 20);
                for (size_t j = 0; j < k; j++) {
                        n[j] = nrev[k - 1 - j] = oracle_integer(2, 300);
                        x[j] = rev[k - 1 - j] = oracle_integer(1, n[j] - 1);
                        y[j] = n[j] - x[j];
                        t[j] = 2000 + 0.25 * (double) j;
                }
                struct stats_chi_square a = stats_cochran_armitage(x, n, NULL, k), b = stats_cochran_armitage(y, n, t, k);
                struct stats_chi_square c = stats_cochran_armitage(rev, nrev, NULL, k);
                assert_true(fabs(a.chi2 - b.chi2) < 1e-8 * (1 + a.chi2) && fabs(a.chi2 - c.chi2) < 1e-8 * (1 + a.chi2));
                struct stats_recent_trend r = stats_recent_trend(x, n, k), s = stats_recent_trend(y, n, k);
                assert_true(fabs(r.slope + s.slope) < 1e-9 && fabs(r.chi2 - s.chi2) < 1e-8 * (1 + r.chi2));
                assert_true((r.marker == STATS_MARKER_UP) == (s.marker == STATS_MARKER_DOWN));
                struct stats_mann_kendall m = stats_mann_kendall(x, NULL, k, scratch), w = stats_mann_kendall(rev, NULL, k, scratch);
                assert_true(fabs(m.s + w.s) < 1e-12 && fabs(m.sen + w.sen) < 1e-12 && fabs(m.tau) <= 1 && m.p > 0 && m.p <= 1);
                struct stats_mann_kendall u = stats_mann_kendall(x, t, k, scratch);
                assert_true(fabs(u.sen - 4 * m.sen) < 1e-9 && fabs(u.s - m.s) < 1e-12);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_proportions_oracle), cmocka_unit_test(test_mann_kendall_oracle), cmocka_unit_test(test_edges),
                cmocka_unit_test(test_marker_needs_every_point), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-trend", tests, NULL, NULL);
}
