#include "rank.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define UNITS_MAX 400

static double a[UNITS_MAX], b[UNITS_MAX];
static struct stats_rank rank[UNITS_MAX], other[UNITS_MAX];

static double *work(size_t k)
{
        double *scratch = malloc(stats_ranks_scratch(k) * sizeof *scratch);
        assert_non_null(scratch);
        return scratch;
}

static size_t ranks(enum stats_family family, size_t k, bool high_first, struct stats_rank *out)
{
        double *scratch = work(k);
        size_t n = stats_ranks(family, a, b, k, high_first, out, scratch);
        free(scratch);
        return n;
}

/* Expected ranks come from quadrature; the rest from a million random draws, so within four standard errors of those. */
static void by_chance(struct oracle *o, size_t row, const char *column, double got)
{
        double want = oracle_num(o, row, column);
        oracle_near(o, row, column, got, 0, 4e-6 + 4.5 * sqrt(want * (1 - want) / 1e6));
}

static void test_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/rank_oracle.csv");
        for (size_t from = 0, to; from < o.rows; from = to) {
                for (to = from; to < o.rows && oracle_is(&o, to, "set", oracle_text(&o, from, "set")); to++) {
                        a[to - from] = oracle_num(&o, to, "a");
                        b[to - from] = oracle_num(&o, to, "b");
                }
                assert_int_equal(ranks(STATS_FAMILY_BETA, to - from, false, rank), to - from);
                for (size_t i = from; i < to; i++) {
                        const struct stats_rank *r = &rank[i - from];
                        oracle_near(&o, i, "expected_rank", r->expected, 1e-7, 0);
                        oracle_near(&o, i, "mc_rank_lo95", r->lo, 0, 1);
                        oracle_near(&o, i, "mc_rank_med", r->median, 0, 1);
                        oracle_near(&o, i, "mc_rank_hi95", r->hi, 0, 1);
                        by_chance(&o, i, "p_best_quarter", r->best_quarter);
                        by_chance(&o, i, "p_best", r->best);
                        by_chance(&o, i, "p_worst", r->worst);
                }
        }
        oracle_close(&o);
}

static void test_pairs_oracle(void **state)
{
        (void) state;
        struct oracle o, units;
        oracle_open(&units, "oracles/rank_oracle.csv");
        oracle_open(&o, "oracles/rank_pairwise_surgical.csv");
        for (size_t row = 0; row < o.rows; row++) {
                double pair[2][2];
                for (size_t side = 0; side < 2; side++)
                        for (size_t u = 0; u < units.rows; u++)
                                if (oracle_is(&units, u, "set", "surgical") && oracle_is(&units, u, "unit", oracle_text(&o, row, side ? "j" : "i"))) {
                                        pair[side][0] = oracle_num(&units, u, "a");
                                        pair[side][1] = oracle_num(&units, u, "b");
                                }
                oracle_near(&o, row, "p_i_greater", stats_rank_above(STATS_FAMILY_BETA, pair[0][0], pair[0][1], pair[1][0], pair[1][1]), 1e-8, 1e-9);
        }
        oracle_close(&o);
        oracle_close(&units);
}

/* A nation: most municipalities small, a few of very many cases. */
static size_t nation(size_t k)
{
        for (size_t i = 0; i < k; i++) {
                double p = 0.35 + 0.3 * oracle_uniform(), n = i % 50 == 7 ? 20000 : 20 + floor(200 * oracle_uniform() * oracle_uniform());
                a[i] = 24 + floor(p * n);
                b[i] = 27 + n - floor(p * n);
        }
        return k;
}

static void test_sums(void **state)
{
        (void) state;
        oracle_seed();
        const enum stats_family families[] = { STATS_FAMILY_BETA, STATS_FAMILY_GAMMA, STATS_FAMILY_NORMAL };
        for (size_t f = 0; f < 3; f++)
                for (size_t k = 1; k < 150; k = k * 2 + 3) {
                        nation(k);
                        ranks(families[f], k, false, rank);
                        double expected = 0, best = 0, worst = 0, quarter = 0, last = 0;
                        for (size_t i = 0; i < k; i++) {
                                expected += rank[i].expected;
                                best += rank[i].best;
                                worst += rank[i].worst;
                                quarter += rank[i].best_quarter;
                                last += rank[i].worst_quarter;
                                assert_true(rank[i].lo >= 1 && rank[i].lo <= rank[i].median && rank[i].median <= rank[i].hi && rank[i].hi <= (double) k);
                        }
                        assert_true(fabs(expected - (double) (k * (k + 1)) / 2) < 1e-7 * (double) (k * k));
                        assert_true(fabs(best - 1) < 1e-6 && fabs(worst - 1) < 1e-6);
                        if (k >= 4)
                                assert_true(fabs(quarter - (double) (k / 4)) < 1e-5 && fabs(last - quarter) < 2e-5);
                }
}

/* Another order of the municipalities gives each the same ranks; better-is-higher is the mirror image. */
static void test_order_and_mirror(void **state)
{
        (void) state;
        oracle_seed();
        size_t k = nation(101);
        ranks(STATS_FAMILY_BETA, k, false, rank);
        for (size_t i = 0; i < k / 2; i++) {
                double swap_a = a[i], swap_b = b[i];
                a[i] = a[k - 1 - i], b[i] = b[k - 1 - i];
                a[k - 1 - i] = swap_a, b[k - 1 - i] = swap_b;
        }
        ranks(STATS_FAMILY_BETA, k, false, other);
        for (size_t i = 0; i < k; i++) {
                assert_true(fabs(rank[i].expected - other[k - 1 - i].expected) < 1e-9);
                assert_true(fabs(rank[i].best_quarter - other[k - 1 - i].best_quarter) < 1e-10);
        }
        ranks(STATS_FAMILY_BETA, k, true, rank);
        for (size_t i = 0; i < k; i++) {
                assert_true(fabs(rank[i].expected + other[i].expected - (double) (k + 1)) < 1e-9);
                assert_true(fabs(rank[i].best - other[i].worst) < 1e-12 && fabs(rank[i].worst_quarter - other[i].best_quarter) < 1e-12);
                assert_true(fabs(rank[i].median + other[i].median - (double) (k + 1)) <= 1);
        }
}

/* Small enough to do by hand: three normal posteriors far apart, and equal ones. */
static void test_by_hand(void **state)
{
        (void) state;
        for (size_t i = 0; i < 3; i++)
                a[i] = 100 - 50 * (double) i, b[i] = 1;
        ranks(STATS_FAMILY_NORMAL, 3, false, rank);
        for (size_t i = 0; i < 3; i++) {
                double want = 3 - (double) i;
                assert_true(fabs(rank[i].expected - want) < 1e-9);
                assert_true(rank[i].lo == want && rank[i].median == want && rank[i].hi == want);
        }
        assert_true(isnan(rank[0].best_quarter) && fabs(rank[2].best - 1) < 1e-9 && rank[0].best < 1e-12);
        for (size_t i = 0; i < 10; i++)
                a[i] = 5, b[i] = 2;
        ranks(STATS_FAMILY_NORMAL, 10, false, rank);
        for (size_t i = 0; i < 10; i++) {
                assert_true(fabs(rank[i].expected - 5.5) < 1e-8 && fabs(rank[i].best - 0.1) < 1e-8 && fabs(rank[i].best_quarter - 0.2) < 1e-8);
                assert_true(rank[i].lo == 1 && rank[i].median == 5 && rank[i].hi == 10);
        }
        assert_true(fabs(stats_rank_above(STATS_FAMILY_NORMAL, 1, 1, 0, 1) - 0.76024993890652332) < 1e-8);      /* pnorm(1/sqrt 2) */
        assert_true(fabs(stats_rank_above(STATS_FAMILY_GAMMA, 1, 1, 1, 3) - 0.75) < 1e-8);                      /* 3/(1 + 3) */
}

/* Posteriors given as distribution functions on a fine grid come close to the same answers. */
static void test_any_distribution(void **state)
{
        (void) state;
        enum { K = 5, NODES = 2001 };
        static double cdf[NODES * K];
        for (size_t i = 0; i < K; i++)
                a[i] = 0.4 * (double) i, b[i] = 0.5 + 0.3 * (double) i;
        for (size_t g = 0; g < NODES; g++)
                for (size_t i = 0; i < K; i++)
                        cdf[g * K + i] = 0.5 * erfc(-((-15 + 0.015 * (double) g) - a[i]) / b[i] * M_SQRT1_2);
        ranks(STATS_FAMILY_NORMAL, K, false, rank);
        double *scratch = work(K);
        assert_int_equal(stats_ranks_cdf(cdf, NODES, K, false, other, scratch), K);
        for (size_t i = 0; i < K; i++)
                assert_true(fabs(rank[i].expected - other[i].expected) < 1e-4 && fabs(rank[i].best - other[i].best) < 1e-4);
        cdf[3] = STATS_NONE;
        assert_int_equal(stats_ranks_cdf(cdf, NODES, K, false, other, scratch), K - 1);
        assert_true(isnan(other[3].expected));
        free(scratch);
}

static void test_edges(void **state)
{
        (void) state;
        assert_int_equal(ranks(STATS_FAMILY_BETA, 0, false, rank), 0);
        a[0] = 3, b[0] = 4;
        assert_int_equal(ranks(STATS_FAMILY_BETA, 1, false, rank), 1);
        assert_true(rank[0].expected == 1 && rank[0].lo == 1 && rank[0].hi == 1 && rank[0].best == 1 && rank[0].worst == 1);
        /* missing, no differences (infinite prior), and 0 % with nearly no prior */
        a[1] = STATS_NONE, b[1] = 2;
        a[2] = HUGE_VAL, b[2] = HUGE_VAL;
        a[3] = 0.01, b[3] = 30;
        assert_int_equal(ranks(STATS_FAMILY_BETA, 4, false, rank), 2);
        assert_true(isnan(rank[1].expected) && isnan(rank[2].best));
        assert_true(rank[3].expected < 1.01 && fabs(rank[3].expected + rank[0].expected - 3) < 1e-6);
        assert_true(isnan(stats_rank_above(STATS_FAMILY_GAMMA, 1, 0, 1, 1)));
        /* enormous counts beside tiny ones */
        a[0] = 1e7, b[0] = 1e7, a[1] = 1, b[1] = 1, a[2] = 1e7 + 5000, b[2] = 1e7;
        assert_int_equal(ranks(STATS_FAMILY_BETA, 3, false, rank), 3);
        assert_true(fabs(rank[1].expected - 2) < 1e-3 && fabs(rank[0].expected + rank[1].expected + rank[2].expected - 6) < 1e-6);
}

static void test_rankability(void **state)
{
        (void) state;
        double scratch[5];
        const double s2[] = { 1, STATS_NONE, 3, 2, 0 };
        struct stats_rankability r = stats_rankability(2, s2, 5, scratch);
        assert_true(r.k == 3 && r.rho == 0.5 && r.verdict == STATS_RANK_SHOW);
        assert_int_equal(stats_rankability(1.9, s2, 5, scratch).verdict, STATS_RANK_MOSTLY_CHANCE);
        assert_int_equal(stats_rankability(0, s2, 5, scratch).verdict, STATS_RANK_ALL_EQUAL);
        assert_int_equal(stats_rankability(1, s2, 1, scratch).verdict, STATS_RANK_ALONE);
        assert_int_equal(stats_rankability(1, s2, 0, scratch).verdict, STATS_RANK_NO_UNITS);
        const double x[] = { 2, 30, 55, 81 }, n[] = { 100, 100, 100, 100 };
        double fit[300];
        struct stats_share_prior prior = stats_share_prior(x, n, 4, fit);
        assert_int_equal(stats_share_rankability(&prior, n, 4, scratch).verdict, STATS_RANK_SHOW);
        const double same[] = { 40, 41, 40, 39 };
        prior = stats_share_prior(same, n, 4, fit);
        assert_int_equal(stats_share_rankability(&prior, n, 4, scratch).verdict, STATS_RANK_ALL_EQUAL);
        struct stats_rate_prior rates = stats_rate_prior(x, n, 4, fit);
        assert_int_equal(stats_rate_rankability(&rates, n, 4, scratch).verdict, STATS_RANK_SHOW);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_oracle), cmocka_unit_test(test_pairs_oracle), cmocka_unit_test(test_sums),
                cmocka_unit_test(test_order_and_mirror), cmocka_unit_test(test_by_hand), cmocka_unit_test(test_any_distribution),
                cmocka_unit_test(test_edges), cmocka_unit_test(test_rankability),
        };
        return cmocka_run_group_tests_name("stats-rank", tests, NULL, NULL);
}
