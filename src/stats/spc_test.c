#include "spc.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define POINTS_MAX 64

static size_t series_of(const struct oracle *in, const char *name, double *y, size_t *first)
{
        size_t n = 0;
        for (size_t i = 0; i < in->rows; i++)
                if (oracle_is(in, i, "series", name)) {
                        assert_true(n < POINTS_MAX);
                        if (n == 0)
                                *first = i;
                        y[n++] = oracle_num(in, i, "y");
                }
        assert_true(n > 0);
        return n;
}

static void test_limits_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        double y[POINTS_MAX];
        size_t first;
        oracle_open(&in, "oracles/xmr_points_nhs_rules.csv");
        oracle_open(&o, "oracles/xmr_limits.csv");
        for (size_t i = 0; i < o.rows; i++) {
                size_t n = series_of(&in, oracle_text(&o, i, "series"), y, &first);
                struct stats_xmr x = stats_xmr(y, n, oracle_num(&o, i, "screen") > 0);
                oracle_same(&o, i, "n", (double) x.points, 0);
                oracle_same(&o, i, "mean", x.mean, 1e-9);
                oracle_same(&o, i, "amr_unscreened", x.amr_raw, 1e-9);
                oracle_same(&o, i, "amr", x.amr, 1e-9);
                oracle_same(&o, i, "lpl", x.lpl, 1e-9);
                oracle_same(&o, i, "upl", x.upl, 1e-9);
                oracle_same(&o, i, "mr_url", x.mr_url, 1e-9);
        }
        oracle_close(&o);
        oracle_close(&in);
}

static const char *const signal_text[] = {
        "Common Cause", "Above UCL", "Below LCL", "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)",
        "2 in 3 Above CL", "2 in 3 Below CL", "7 Points Above CL", "7 Points Below CL",
};

static const char *reading(int direction)
{
        return direction > 0 ? "special_cause_improvement" : direction < 0 ? "special_cause_concern" : "common_cause";
}

static void test_nhs_rules_oracle(void **state)
{
        (void) state;
        struct oracle o;
        double y[POINTS_MAX];
        enum stats_signal s[POINTS_MAX];
        size_t first;
        oracle_open(&o, "oracles/xmr_points_nhs_rules.csv");
        for (size_t i = 0; i < o.rows; i++) {
                if (i > 0 && oracle_is(&o, i, "series", oracle_text(&o, i - 1, "series")))
                        continue;
                size_t n = series_of(&o, oracle_text(&o, i, "series"), y, &first);
                struct stats_xmr x = stats_xmr(y, n, true);
                stats_nhs_rules(y, n, &x, s);
                for (size_t j = 0; j < n; j++) {
                        int d = stats_signal_direction(s[j]);
                        assert_string_equal(signal_text[s[j]], oracle_text(&o, first + j, "nhs_type"));
                        assert_string_equal(reading(d), oracle_text(&o, first + j, "point_increase_good"));
                        assert_string_equal(reading(-d), oracle_text(&o, first + j, "point_decrease_good"));
                        o.compared += 3;
                }
        }
        oracle_close(&o);
}

static void test_nelson_oracle(void **state)
{
        (void) state;
        struct oracle o;
        double y[POINTS_MAX];
        unsigned flags[POINTS_MAX];
        size_t first;
        oracle_open(&o, "oracles/xmr_points_nelson.csv");
        for (size_t i = 0; i < o.rows; i++) {
                if (i > 0 && oracle_is(&o, i, "series", oracle_text(&o, i - 1, "series")))
                        continue;
                size_t n = series_of(&o, oracle_text(&o, i, "series"), y, &first);
                struct stats_xmr x = stats_xmr(y, n, false);
                stats_nelson(y, n, x.mean, x.amr / 1.128, flags);
                for (size_t j = 0; j < n; j++)
                        for (unsigned r = 0; r < 8; r++) {
                                char name[16];
                                snprintf(name, sizeof name, "nelson%u", (r + 1) % 10);
                                oracle_same(&o, first + j, name, flags[j] >> r & 1, 0);
                        }
        }
        oracle_close(&o);
}

static void test_p_chart_oracle(void **state)
{
        (void) state;
        struct oracle o;
        double x[POINTS_MAX], n[POINTS_MAX];
        oracle_open(&o, "oracles/pchart_laney.csv");
        assert_true(o.rows < POINTS_MAX);
        for (size_t i = 0; i < o.rows; i++) {
                x[i] = oracle_num(&o, i, "x");
                n[i] = oracle_num(&o, i, "n");
        }
        struct stats_p_chart c = stats_p_chart(x, n, o.rows);
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_p_point p = stats_p_point(&c, x[i], n[i]);
                oracle_same(&o, i, "p", p.p, 1e-9);
                oracle_same(&o, i, "pbar", c.pbar, 1e-9);
                oracle_same(&o, i, "lcl", p.lcl, 1e-9);
                oracle_same(&o, i, "ucl", p.ucl, 1e-9);
                oracle_same(&o, i, "z", p.z, 1e-9);
                oracle_same(&o, i, "sigma_z", c.sigma_z, 1e-9);
                oracle_same(&o, i, "laney_lcl", p.laney_lcl, 1e-9);
                oracle_same(&o, i, "laney_ucl", p.laney_ucl, 1e-9);
        }
        oracle_close(&o);
}

static void test_cusum_ewma_oracle(void **state)
{
        (void) state;
        struct oracle o;
        double y[POINTS_MAX];
        struct stats_cusum c[POINTS_MAX];
        struct stats_ewma e[POINTS_MAX];
        oracle_open(&o, "oracles/cusum_ewma_montgomery.csv");
        for (size_t i = 0; i < o.rows; i++)
                y[i] = oracle_num(&o, i, "y");
        stats_cusum(y, o.rows, 10, 1, 0.5, 5, c);
        stats_ewma(y, o.rows, 10, 1, 0.1, 2.7, e);
        for (size_t i = 0; i < o.rows; i++) {
                oracle_near(&o, i, "cplus", c[i].plus, 1e-9, 1e-13);
                oracle_near(&o, i, "cminus", c[i].minus, 1e-9, 1e-13);
                oracle_same(&o, i, "nplus", (double) c[i].n_plus, 0);
                oracle_same(&o, i, "nminus", (double) c[i].n_minus, 0);
                oracle_same(&o, i, "signal", c[i].signal, 0);
                oracle_same(&o, i, "ewma", e[i].value, 1e-9);
                oracle_same(&o, i, "lcl", e[i].lcl, 1e-9);
                oracle_same(&o, i, "ucl", e[i].ucl, 1e-9);
                oracle_same(&o, i, "ewma_signal", e[i].signal, 0);
        }
        oracle_close(&o);
        oracle_open(&o, "oracles/cusum_arl_siegmund.csv");
        for (size_t i = 0; i < o.rows; i++)
                oracle_same(&o, i, "arl_upper", stats_cusum_arl(oracle_num(&o, i, "shift"), 0.5, 5), 1e-9);
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        double gap[] = { 1, STATS_NONE, 3, STATS_NONE }, flat[] = { 4, 4, 4 };
        enum stats_signal s[16];
        unsigned f[16];
        struct stats_xmr x = stats_xmr(gap, 4, true);
        assert_true(x.points == 2 && isnan(x.mean) && isnan(x.lpl));     /* no two neighbours */
        stats_nhs_rules(gap, 4, &x, s);
        assert_true(s[0] == STATS_SIGNAL_NONE && s[3] == STATS_SIGNAL_NONE);
        x = stats_xmr(flat, 3, true);
        assert_true(x.flat && x.lpl == 4 && x.upl == 4);
        /* seven on one side, but one is missing among them; then seven without a gap */
        double y[16] = { 1, 1, 1, STATS_NONE, 1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9 };
        x = (struct stats_xmr) { .points = 15, .mean = 5, .lpl = -20, .upl = 30, .amr = 9, .amr_raw = 9 };
        stats_nhs_rules(y, 16, &x, s);
        assert_true(s[0] == STATS_SIGNAL_NONE && s[8] == STATS_SIGNAL_NONE);
        assert_true(s[9] == STATS_SIGNAL_RUN_HIGH && s[15] == STATS_SIGNAL_RUN_HIGH);
        for (size_t i = 0; i < 16; i++)                                  /* falling, then on the mean */
                y[i] = i < 8 ? 6 - 0.1 * (double) i : 5;
        stats_nhs_rules(y, 16, &x, s);
        assert_true(s[0] == STATS_SIGNAL_FALLING && s[7] == STATS_SIGNAL_FALLING && s[12] == STATS_SIGNAL_NONE);
        for (size_t i = 0; i < 16; i++)
                y[i] = i % 2 ? 5.5 : 4.5;
        stats_nelson(y, 16, 5, 1, f);
        assert_true(f[12] == 0 && f[13] == 1u << 3 && f[15] == (1u << 3 | 1u << 6));
        y[15] = STATS_NONE;
        stats_nelson(y, 16, 5, 1, f);
        assert_true(f[15] == 0);
        double zero[] = { 0, 0 }, ten[] = { 10, 10 };
        struct stats_p_chart c = stats_p_chart(zero, ten, 2);
        assert_true(c.pbar == 0 && isnan(c.sigma_z) && isnan(stats_p_point(&c, 0, 10).laney_ucl) && stats_p_point(&c, 0, 10).ucl == 0);
        assert_true(isnan(stats_p_chart(zero, zero, 2).pbar));
        struct stats_cusum u[4];
        stats_cusum(gap, 4, 0, 1, 0.5, 5, u);
        assert_true(u[0].plus == 0.5 && isnan(u[1].plus) && u[2].plus == 3 && u[2].n_plus == 2);
        struct stats_ewma e[4];
        stats_ewma(gap, 4, 0, 1, 0.5, 3, e);
        assert_true(e[0].value == 0.5 && isnan(e[1].value) && e[2].value == 1.75);
        assert_true(fabs(stats_cusum_arl(0.5, 0.5, 5) - 38.019556) < 1e-9);
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 500; round++) {
                double y[40], m[40];
                size_t n = (size_t) oracle_integer(8, 40);
                enum stats_signal s[40], t[40];
                unsigned f[40], g[40];
                for (size_t i = 0; i < n; i++) {
                        y[i] = oracle_uniform() < 0.05 ? STATS_NONE : oracle_integer(0, 12);
                        m[i] = -y[i];
                }
                struct stats_xmr a = stats_xmr(y, n, true), b = stats_xmr(m, n, true), raw = stats_xmr(y, n, false);
                assert_true(a.lpl <= a.mean && a.mean <= a.upl && a.amr <= a.amr_raw && raw.lpl <= a.lpl + 1e-12);
                assert_true(fabs(a.upl + b.lpl) < 1e-12);
                stats_nhs_rules(y, n, &a, s);
                stats_nhs_rules(m, n, &b, t);
                stats_nelson(y, n, a.mean, raw.amr / 1.128, f);
                stats_nelson(m, n, b.mean, raw.amr / 1.128, g);
                for (size_t i = 0; i < n; i++) {
                        assert_true(stats_signal_direction(s[i]) == -stats_signal_direction(t[i]));
                        assert_true(f[i] == g[i]);
                        assert_true(!isnan(y[i]) || (s[i] == STATS_SIGNAL_NONE && f[i] == 0));
                }
        }
}

/* With an exposure far above the counts the u chart is the p chart, for 1 - p is then 1. */
static void test_u_chart(void **state)
{
        (void) state;
        const double x[] = { 12, 15, 9, 20, 11, 14 }, n[] = { 2e7, 2e7, 2e7, 2.5e7, 2e7, 2e7 };
        const double small[] = { 4, 6, 5 }, units[] = { 2, 2, 2 };
        struct stats_p_chart p = stats_p_chart(x, n, 6), u = stats_u_chart(x, n, 6);
        assert_true(fabs(p.sigma_z - u.sigma_z) < 1e-6 && fabs(p.pbar - u.pbar) < 1e-20);
        assert_true(fabs(stats_p_point(&p, 9, 2e7).laney_ucl / stats_u_point(&u, 9, 2e7).laney_ucl - 1) < 1e-6);
        /* More than one event per unit is fine: 15 of 6 is 2.5, and 2.5 + 3 sqrt(2.5/2) = 5.8541. */
        u = stats_u_chart(small, units, 3);
        assert_true(fabs(u.pbar - 2.5) < 1e-12);
        assert_true(fabs(stats_u_point(&u, 4, 2).ucl - 5.854101966) < 1e-8);
        assert_true(stats_u_point(&u, 4, 2).lcl < 1e-300);
        assert_true(isnan(stats_u_point(&u, 4, 0).p) && isnan(stats_u_chart(small, n, 0).pbar));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_limits_oracle), cmocka_unit_test(test_nhs_rules_oracle), cmocka_unit_test(test_nelson_oracle),
                cmocka_unit_test(test_p_chart_oracle), cmocka_unit_test(test_cusum_ewma_oracle), cmocka_unit_test(test_edges),
                cmocka_unit_test(test_properties), cmocka_unit_test(test_u_chart),
        };
        return cmocka_run_group_tests_name("stats-spc", tests, NULL, NULL);
}
