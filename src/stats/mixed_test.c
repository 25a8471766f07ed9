#include "mixed.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static double x[3 * 200], y[200], weight[200], scratch[4000];
static size_t cluster[200];

/* One-way balanced: REML is the analysis of variance, tau2 = (MS between - MS within)/m, when that is positive. */
static void test_analysis_of_variance(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 20; round++) {
                const size_t clusters = 9, m = 5;
                double mean[9] = { 0 }, all = 0, between = 0, within = 0;
                for (size_t i = 0; i < clusters * m; i++) {
                        cluster[i] = i % clusters;
                        x[i] = 1;
                        y[i] = (double) (cluster[i] % 4) * (round % 3) + oracle_uniform();
                        mean[cluster[i]] += y[i] / (double) m;
                        all += y[i] / (double) (clusters * m);
                }
                for (size_t c = 0; c < clusters; c++)
                        between += (double) m * (mean[c] - all) * (mean[c] - all) / (double) (clusters - 1);
                for (size_t i = 0; i < clusters * m; i++)
                        within += (y[i] - mean[cluster[i]]) * (y[i] - mean[cluster[i]]) / (double) (clusters * (m - 1));
                struct stats_panel p = { .n = clusters * m, .columns = 1, .y = y, .x = x, .cluster = cluster, .clusters = clusters };
                assert_true(stats_mixed_scratch(&p) < 4000);
                struct stats_mixed fit = stats_mixed(&p, scratch);
                assert_true(fit.ok && fabs(fit.coefficient[0] - all) < 1e-12);
                if (between > within) {
                        assert_true(fabs(fit.tau2 / ((between - within) / (double) m) - 1) < 1e-6 && fabs(fit.sigma2 / within - 1) < 1e-6);
                        assert_true(fabs(fit.covariance[0] / (between / (double) (clusters * m)) - 1) < 1e-6);
                } else {
                        assert_true(fit.tau2 == 0 && fit.sigma2 > 0);
                }
        }
}

/* A weight of 2 is half the variance: with tau2 = 0 the fit is weighted least squares. */
static void test_weights(void **state)
{
        (void) state;
        const double v[] = { 1, 5, 5, 1 }, w[] = { 1, 1, 3, 3 };
        for (size_t i = 0; i < 4; i++)
                x[i] = 1, y[i] = v[i], weight[i] = w[i], cluster[i] = i % 2;
        /* the two clusters have the same mean: nothing between them */
        y[1] = 1, y[0] = 5;
        y[2] = 1, y[3] = 5;
        weight[0] = weight[3] = 1, weight[1] = weight[2] = 3;
        struct stats_panel p = { .n = 4, .columns = 1, .y = y, .x = x, .weight = weight, .cluster = cluster, .clusters = 2 };
        struct stats_mixed fit = stats_mixed(&p, scratch);
        assert_true(fit.ok && fabs(fit.coefficient[0] - 2) < 1e-12);
        assert_true(fit.tau2 < 1e-9 && fabs(fit.sigma2 - (9 + 3 + 3 + 9) / 3.0) < 1e-6);
}

static void test_refusals(void **state)
{
        (void) state;
        for (size_t i = 0; i < 8; i++)
                x[i] = 1, x[8 + i] = 2, y[i] = (double) (i % 3), cluster[i] = i / 2;
        struct stats_panel p = { .n = 8, .columns = 2, .y = y, .x = x, .cluster = cluster, .clusters = 4 };
        assert_false(stats_mixed(&p, scratch).ok);              /* the second column is twice the first */
        p.columns = 1;
        assert_true(stats_mixed(&p, scratch).ok);
        p.n = 2;
        assert_false(stats_mixed(&p, scratch).ok);              /* one cluster */
        struct stats_mixed none = stats_mixed(&p, scratch);
        assert_int_equal(stats_mixed_effect(&none, (double[]) { 1 }, 0.95).verdict, STATS_EFFECT_NOT_IDENTIFIED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_analysis_of_variance), cmocka_unit_test(test_weights), cmocka_unit_test(test_refusals),
        };
        return cmocka_run_group_tests_name("stats-mixed", tests, NULL, NULL);
}
