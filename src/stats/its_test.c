#include "its.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#define N 60

static double t[N], y[N], exposure[N], step[N], scratch[2000];

static struct stats_its series(size_t n, size_t start)
{
        for (size_t i = 0; i < n; i++) {
                t[i] = (double) i + 1;
                step[i] = i >= start;
                exposure[i] = 1000 + 10 * (double) (i % 7);
        }
        return (struct stats_its) { n, t, y, exposure, step, .pairs = 2, .period = 12, .slope = true };
}

/* Figures that lie on the model give its numbers back. */
static void test_exact(void **state)
{
        (void) state;
        struct stats_its s = series(N, 36);
        for (size_t i = 0; i < N; i++)
                y[i] = exposure[i] * exp(-3 - 0.11 * step[i] + 0.005 * t[i] - 0.02 * (t[i] - 37) * step[i] + 0.1 * sin(M_PI * t[i] / 6)
                        - 0.05 * cos(M_PI * t[i] / 3));
        assert_true(stats_its_scratch(&s) < 2000);
        struct stats_its_fit f = stats_its_counts(&s, 0.95, scratch);
        assert_int_equal(f.verdict, STATS_ITS_OK);
        assert_true(f.before == 36 && f.after == 24 && f.start == 37 && f.k == 8);
        assert_true(fabs(f.step.estimate + 0.11) < 1e-10 && fabs(f.trend.estimate - 0.005) < 1e-12 && fabs(f.slope.estimate + 0.02) < 1e-12);
        assert_true(f.phi < 1e-15);
        double without = exp(-3 + 0.005 * 50 + 0.1 * sin(M_PI * 50 / 6) - 0.05 * cos(M_PI * 50 / 3));
        assert_true(fabs(stats_its_expected(&s, &f, true, 50, 0) / without - 1) < 1e-10);
        for (size_t i = 0; i < N; i++)
                y[i] = log(y[i] / exposure[i]);
        f = stats_its_line(&s, 4, 0.95, scratch);
        assert_true(fabs(f.step.estimate + 0.11) < 1e-10 && fabs(f.slope.estimate + 0.02) < 1e-11 && f.step.df == 52);
}

/* At a maximum of the Poisson likelihood observed and expected agree on every column; errors grow with sqrt(phi). */
static void test_score_equations(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 20; round++) {
                struct stats_its s = series(N, 20 + (size_t) round);
                double gap = 0, gap_time = 0, gap_step = 0, pearson = 0;
                s.slope = round % 2;
                for (size_t i = 0; i < N; i++)
                        y[i] = oracle_integer(0, 60);
                struct stats_its_fit f = stats_its_counts(&s, 0.95, scratch);
                assert_int_equal(f.verdict, STATS_ITS_OK);
                for (size_t i = 0; i < N; i++) {
                        double mu = exposure[i] * stats_its_expected(&s, &f, true, t[i], step[i]);
                        gap += y[i] - mu;
                        gap_time += t[i] * (y[i] - mu);
                        gap_step += step[i] * (y[i] - mu);
                        pearson += (y[i] - mu) * (y[i] - mu) / mu;
                }
                assert_true(fabs(gap) < 1e-6 && fabs(gap_time) < 1e-5 && fabs(gap_step) < 1e-6);
                assert_true(fabs(f.phi / (pearson / (double) (N - f.k)) - 1) < 1e-9);
                assert_true(fabs(f.step.se / f.poisson.se / sqrt(f.phi) - 1) < 1e-12 && f.poisson.estimate == f.step.estimate);
                assert_true(fabs(f.step.interval.hi - f.step.estimate - 1.959963984540054 * f.step.se) < 1e-12);
        }
}

/* Without trend to speak of the Poisson error of a step is that of a ratio of two counts: sqrt(1/a + 1/b). */
static void test_error_of_a_step(void **state)
{
        (void) state;
        enum { CYCLES = 20, LONG = 3 * CYCLES };
        static double time[LONG], count[LONG], on[LONG];
        /* symmetric in time, so that the step and the trend do not mix: off, on, off */
        for (size_t i = 0; i < LONG; i++) {
                time[i] = (double) i;
                on[i] = i >= CYCLES && i < 2 * CYCLES;
                count[i] = on[i] > 0 ? 30 : 50;
        }
        struct stats_its s = { LONG, time, count, NULL, on };
        struct stats_its_fit f = stats_its_counts(&s, 0.95, scratch);
        assert_true(fabs(f.step.estimate - log(0.6)) < 1e-12);
        assert_true(fabs(f.poisson.se - sqrt(1.0 / (30 * CYCLES) + 1.0 / (50 * 2 * CYCLES))) < 1e-12);
        assert_true(fabs(f.trend.estimate) < 1e-12);
}

/* Newey-West by its definition, matrix by matrix, for the line 1 + step + trend. */
static void test_newey_west(void **state)
{
        (void) state;
        oracle_seed();
        struct stats_its s = series(20, 12);
        s.slope = false, s.pairs = 0;
        for (size_t i = 0; i < 20; i++)
                y[i] = (i ? 0.5 * y[i - 1] : 0) + oracle_uniform();
        struct stats_its_fit white = stats_its_line(&s, 0, 0.95, scratch), f = stats_its_line(&s, 3, 0.95, scratch);
        /* step freed from constant and trend: the residual r of step on them; var = sum over pairs of w r e r e / (r'r)^2 */
        double r[20], e[20], mean_t = 10.5, slope = 0, mean_s = 0.4, sxx = 0, rr = 0, hc = 0, nw = 0;
        for (size_t i = 0; i < 20; i++) {
                slope += (t[i] - mean_t) * step[i];
                sxx += (t[i] - mean_t) * (t[i] - mean_t);
                e[i] = y[i] - stats_its_expected(&s, &f, false, t[i], step[i]);
        }
        for (size_t i = 0; i < 20; i++) {
                r[i] = step[i] - mean_s - slope / sxx * (t[i] - mean_t);
                rr += r[i] * r[i];
                hc += r[i] * e[i] * r[i] * e[i];
        }
        nw = hc;
        for (size_t lag = 1; lag <= 3; lag++)
                for (size_t i = lag; i < 20; i++)
                        nw += 2 * (1 - (double) lag / 4) * r[i] * e[i] * r[i - lag] * e[i - lag];
        assert_true(fabs(white.step.se - sqrt(hc * 20 / 17) / rr) < 1e-12);
        assert_true(fabs(f.step.se - sqrt(nw * 20 / 17) / rr) < 1e-12);
        assert_true(f.step.df == 17);
}

static void test_refusals(void **state)
{
        (void) state;
        struct stats_its s = series(20, 7);
        for (size_t i = 0; i < N; i++)
                y[i] = 10 + (double) (i % 3);
        s.pairs = 0;
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_TOO_FEW_BEFORE);
        s = series(20, 17);
        s.pairs = 0;
        assert_int_equal(stats_its_line(&s, 4, 0.95, scratch).verdict, STATS_ITS_TOO_FEW_AFTER);
        s = series(12, 8);
        s.pairs = 0;
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_OK);
        y[9] = STATS_NONE;              /* a missing quarter is not a 0 */
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_TOO_FEW_AFTER);
        y[9] = -1;
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_NOT_IDENTIFIED);
        s.pairs = 4;
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_NOT_IDENTIFIED);
        s = series(30, 15);
        s.pairs = 0, s.slope = false;
        for (size_t i = 0; i < 30; i++)
                y[i] = i < 15 ? 7 : 0;          /* nothing at all after the start: the ratio has no estimate */
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_NO_FIT);
        for (size_t i = 0; i < 30; i++)
                y[i] = 0;
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_NO_FIT);
        assert_true(isnan(stats_its_counts(&s, 0.95, scratch).step.estimate));
        s.n = 0;
        assert_int_equal(stats_its_counts(&s, 0.95, scratch).verdict, STATS_ITS_TOO_FEW_BEFORE);
}

/* Quarters of a year with any pattern of four: one pair and (-1)^t take it away whole. Slow waves show as autocorrelation. */
static void test_quarters(void **state)
{
        (void) state;
        const double season[] = { 1.3, 0.8, 1.1, 0.9 };
        series(40, 20);
        struct stats_its s = stats_its_quarters(40, t, y, NULL, step);
        for (size_t i = 0; i < 40; i++)
                y[i] = 80 * season[i % 4] * (step[i] > 0 ? 0.75 : 1);
        struct stats_its_fit f = stats_its_counts(&s, 0.95, scratch);
        assert_true(f.phi < 1e-15 && fabs(exp(f.step.estimate) - 0.75) < 1e-12);
        for (size_t i = 0; i < 40; i++)
                y[i] *= 1 + 0.3 * sin((double) i / 4);
        assert_true(stats_its_counts(&s, 0.95, scratch).correlated);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_exact), cmocka_unit_test(test_score_equations), cmocka_unit_test(test_error_of_a_step),
                cmocka_unit_test(test_newey_west), cmocka_unit_test(test_refusals), cmocka_unit_test(test_quarters),
        };
        return cmocka_run_group_tests_name("stats-its", tests, NULL, NULL);
}
