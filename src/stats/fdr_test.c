#include "fdr.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#define TESTS_MAX 512

static const struct {
        enum stats_adjustment method;
        const char *column;
} methods[] = {
        { STATS_ADJUST_BH, "BH" }, { STATS_ADJUST_BY, "BY" }, { STATS_ADJUST_HOLM, "holm" },
        { STATS_ADJUST_BONFERRONI, "bonferroni" }, { STATS_ADJUST_HOMMEL, "hommel" },
};
#define METHODS (sizeof methods / sizeof methods[0])

static double out[TESTS_MAX], work[TESTS_MAX];
static struct stats_keyed keyed[TESTS_MAX];

static void test_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/fdr.csv");
        for (size_t from = 0, to; from < o.rows; from = to) {
                double p[TESTS_MAX];
                for (to = from; to < o.rows && oracle_is(&o, to, "set", oracle_text(&o, from, "set")); to++) {
                        assert_true(to - from < TESTS_MAX);
                        p[to - from] = oracle_num(&o, to, "p");
                }
                for (size_t m = 0; m < METHODS; m++) {
                        stats_adjust(methods[m].method, p, to - from, out, keyed, work);
                        for (size_t i = from; i < to; i++)
                                if (methods[m].method != STATS_ADJUST_HOMMEL || !oracle_is(&o, i, "hommel", "NA"))
                                        oracle_same(&o, i, methods[m].column, out[i - from], 1e-12);
                }
        }
        oracle_close(&o);
}

/* Benjamini & Hochberg 1995: 15 tests, 4 rejected by their method, 3 by Bonferroni. */
static void test_published(void **state)
{
        (void) state;
        const double p[] = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1 };
        size_t bh = 0, bonferroni = 0;
        stats_adjust(STATS_ADJUST_BH, p, 15, out, keyed, NULL);
        for (size_t i = 0; i < 15; i++)
                bh += out[i] <= 0.05;
        stats_adjust(STATS_ADJUST_BONFERRONI, p, 15, out, keyed, NULL);
        for (size_t i = 0; i < 15; i++)
                bonferroni += out[i] <= 0.05;
        assert_true(bh == 4 && bonferroni == 3);
}

/* Hommel is the closed test with Simes' p-value in every family: max over all sets with i of min over ranks m p/rank. */
static void test_hommel_is_closed_simes(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 200; round++) {
                double p[7], worst[7] = { 0 };
                for (size_t i = 0; i < 7; i++)
                        p[i] = pow(oracle_uniform(), 2);
                for (unsigned set = 1; set < 128; set++) {
                        double in[7], simes = 1;
                        size_t m = 0;
                        for (size_t i = 0; i < 7; i++)
                                if (set >> i & 1)
                                        in[m++] = p[i];
                        stats_sort(in, m);
                        for (size_t r = 0; r < m; r++)
                                simes = fmin(simes, (double) m * in[r] / (double) (r + 1));
                        for (size_t i = 0; i < 7; i++)
                                if (set >> i & 1)
                                        worst[i] = fmax(worst[i], simes);
                }
                stats_adjust(STATS_ADJUST_HOMMEL, p, 7, out, keyed, work);
                for (size_t i = 0; i < 7; i++)
                        assert_true(fabs(out[i] - worst[i]) < 1e-12);
        }
}

static void test_edges(void **state)
{
        (void) state;
        double p[] = { STATS_NONE, 0.02, STATS_NONE, 0.01 };
        for (size_t m = 0; m < METHODS; m++) {
                stats_adjust(methods[m].method, p, 0, out, keyed, work);
                stats_adjust(methods[m].method, p, 1, out, keyed, work);
                assert_true(isnan(out[0]));
                stats_adjust(methods[m].method, p, 2, out, keyed, work);
                assert_true(isnan(out[0]) && out[1] == 0.02);
                stats_adjust(methods[m].method, p, 4, out, keyed, work);        /* 2 tests, not 4 */
                assert_true(isnan(out[2]) && out[3] <= 0.03 + 1e-12 && out[1] >= 0.02);
        }
}

/* What is no probability is not a test that counts: the other two are judged as two. */
static void test_impossible(void **state)
{
        (void) state;
        const double p[] = { 0.1, 1.5, -0.1, 0.2 };
        for (size_t m = 0; m < METHODS; m++) {
                double got[4], two[2];
                stats_adjust(methods[m].method, p, 4, got, keyed, work);
                stats_adjust(methods[m].method, (const double[]) { 0.1, 0.2 }, 2, two, keyed, work);
                assert_true(isnan(got[1]) && isnan(got[2]));
                assert_true(got[0] == two[0] && got[3] == two[1]);
        }
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 300; round++) {
                double p[40], shuffled[40], by[METHODS][40];
                size_t k = (size_t) oracle_integer(1, 40), shift = (size_t) oracle_integer(0, 39);
                for (size_t i = 0; i < k; i++)
                        p[i] = round % 2 ? pow(oracle_uniform(), 3) : oracle_integer(0, 10) / 10;
                for (size_t m = 0; m < METHODS; m++) {
                        stats_adjust(methods[m].method, p, k, by[m], keyed, work);
                        for (size_t i = 0; i < k; i++)
                                shuffled[(i + shift) % k] = p[i];
                        stats_adjust(methods[m].method, shuffled, k, shuffled, keyed, work);
                        for (size_t i = 0; i < k; i++) {
                                assert_true(fabs(shuffled[(i + shift) % k] - by[m][i]) < 1e-15);
                                assert_true(by[m][i] >= p[i] && by[m][i] <= 1);
                                for (size_t j = 0; j < k; j++)
                                        assert_true(!(p[i] < p[j]) || by[m][i] <= by[m][j]);
                        }
                }
                /* BH <= Hommel <= Holm <= Bonferroni, and BH <= BY */
                for (size_t i = 0; i < k; i++) {
                        assert_true(by[0][i] <= by[1][i] + 1e-12 && by[0][i] <= by[4][i] + 1e-12);
                        assert_true(by[4][i] <= by[2][i] + 1e-12 && by[2][i] <= by[3][i] + 1e-12);
                }
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_oracle), cmocka_unit_test(test_published), cmocka_unit_test(test_edges), cmocka_unit_test(test_impossible),
                cmocka_unit_test(test_hommel_is_closed_simes), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-fdr", tests, NULL, NULL);
}
