#define MATHLIB_STANDALONE 1
#include "few.h"
#include "oracle.h"
#include "rank.h"
#include "shrink.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <Rmath.h>

#define K_MAX 400

static double x[K_MAX], n[K_MAX], scratch[5000];
static struct stats_few_unit unit[K_MAX];

static struct stats_few few(size_t k)
{
        assert_true(stats_few_scratch(k) <= 5000);
        return stats_few_share(x, n, k, 0.95, unit, scratch);
}

/* One draw of Beta(a, b) by its quantile, and then of a count. */
static void draw(size_t i, double cases, double a, double b, double *theta)
{
        *theta = qbeta(oracle_uniform(), a, b, 1, 0);
        n[i] = cases;
        x[i] = qbinom(oracle_uniform(), cases, *theta, 1, 0);
}

/* Fifteen pilots of 40 cases, again and again: what should hold in 95 of 100 does, and the fitted prior alone holds less often. */
static void test_intervals_hold(void **state)
{
        (void) state;
        oracle_seed();
        enum { ROUNDS = 120, K = 15 };
        int held = 0, held_alone = 0;
        for (int round = 0; round < ROUNDS; round++) {
                double theta[K], fit[3 * 40];
                for (size_t i = 0; i < K; i++)
                        draw(i, 40, 18, 22, &theta[i]);
                few(K);
                struct stats_share_prior prior = stats_share_prior(x, n, K, fit);
                for (size_t i = 0; i < K; i++) {
                        struct stats_shrunk alone = stats_shrink_share(&prior, x[i], n[i], 0.95);
                        held += unit[i].interval.lo <= theta[i] && theta[i] <= unit[i].interval.hi;
                        held_alone += alone.lo <= theta[i] && theta[i] <= alone.hi;
                }
        }
        print_message("of 100 intervals %.1f hold, with the fitted prior taken for the truth %.1f\n", held / (0.01 * ROUNDS * K),
                held_alone / (0.01 * ROUNDS * K));
        assert_true(held >= 0.92 * ROUNDS * K && held_alone < held);
}

/* With many units the prior is known, and the answer is that of empirical Bayes. */
static void test_many_units(void **state)
{
        (void) state;
        oracle_seed();
        double theta, fit[3 * 120];
        for (size_t i = 0; i < K_MAX; i++)
                draw(i, 80 + (double) (i % 40), 20, 30, &theta);
        struct stats_few f = few(K_MAX);
        struct stats_share_prior prior = stats_share_prior(x, n, K_MAX, fit);
        assert_true(fabs(f.mu - prior.mu) < 1e-3 && fabs(f.rho - prior.rho) < 2e-3);
        assert_true(f.rho95.lo <= prior.rho && prior.rho <= f.rho95.hi);
        for (size_t i = 0; i < K_MAX; i += 37) {
                struct stats_shrunk s = stats_shrink_share(&prior, x[i], n[i], 0.95);
                assert_true(fabs(s.mean - unit[i].mean) < 3e-3 && fabs(s.lo - unit[i].interval.lo) < 4e-3);
                assert_true(fabs(s.weight - unit[i].weight) < 0.03);
                assert_true(fabs(stats_share_above(&prior, x[i], n[i], prior.mu) - unit[i].above) < 0.03);
        }
}

/* Another order, or counting the others instead: the same answers, mirrored. */
static void test_symmetry(void **state)
{
        (void) state;
        const double v[] = { 3, 12, 7, 9, 0, 15, 6 }, w[] = { 20, 31, 25, 18, 9, 40, 22 };
        struct stats_few_unit first[7];
        for (size_t i = 0; i < 7; i++)
                x[i] = v[i], n[i] = w[i];
        double mu = few(7).mu;
        for (size_t i = 0; i < 7; i++) {
                first[i] = unit[i];
                x[6 - i] = w[i] - v[i], n[6 - i] = w[i];
        }
        assert_true(fabs(few(7).mu + mu - 1) < 1e-12);
        for (size_t i = 0; i < 7; i++) {
                assert_true(fabs(first[i].mean + unit[6 - i].mean - 1) < 1e-12 && fabs(first[i].above + unit[6 - i].above - 1) < 1e-10);
                assert_true(fabs(first[i].interval.lo + unit[6 - i].interval.hi - 1) < 1e-10);
        }
}

static void test_edges(void **state)
{
        (void) state;
        /* all zeros: low, and not certain to be 0 */
        for (size_t i = 0; i < 15; i++)
                x[i] = 0, n[i] = 30;
        struct stats_few f = few(15);
        assert_true(f.k == 15 && f.mu > 0 && f.mu < 0.02 && unit[3].mean > 0 && unit[3].interval.hi > 0.002 && unit[3].interval.hi < 0.05);
        /* all equal: the fitted prior would say "exactly 40 % each" */
        for (size_t i = 0; i < 15; i++)
                x[i] = 12;
        few(15);
        assert_true(fabs(unit[0].mean - 0.4) < 0.01 && unit[0].interval.hi - unit[0].interval.lo > 0.03);
        assert_true(fabs(unit[0].above - 0.5) < 0.05);
        /* one unit: its own figure, hardly pulled anywhere */
        f = few(1);
        assert_true(f.k == 1 && fabs(unit[0].mean - 0.4) < 0.03 && unit[0].interval.lo < 0.25 && unit[0].interval.hi > 0.57);
        n[0] = 0;
        assert_true(few(1).k == 0 && isnan(unit[0].mean) && isnan(few(0).mu));
        n[0] = 30, x[1] = STATS_NONE, x[2] = 1.5, x[3] = 31;
        assert_true(few(15).k == 12 && isnan(unit[1].interval.lo) && isnan(unit[3].a) && unit[0].a > 0);
        /* what it gives can be ranked */
        double a[15], b[15], *more = scratch;
        struct stats_rank rank[15];
        for (size_t i = 0; i < 15; i++)
                a[i] = unit[i].a, b[i] = unit[i].b;
        assert_true(stats_ranks_scratch(15) <= 5000);
        assert_int_equal(stats_ranks(STATS_FAMILY_BETA, a, b, 15, false, rank, more), 12);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_intervals_hold), cmocka_unit_test(test_many_units), cmocka_unit_test(test_symmetry),
                cmocka_unit_test(test_edges),
        };
        return cmocka_run_group_tests_name("stats-few", tests, NULL, NULL);
}
