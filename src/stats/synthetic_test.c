#include "synthetic.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define DONORS 120
#define TRAITS 10

static double donor[DONORS * TRAITS], target[TRAITS], weight[DONORS], scratch[4000];

static struct stats_synthetic mix(size_t donors, const double *importance, size_t k)
{
        assert_true(stats_synthetic_scratch(donors, k) <= 4000);
        return stats_synthetic(target, donor, donors, importance, k, weight, scratch);
}

static void sums_to_one(size_t donors)
{
        double sum = 0;
        for (size_t j = 0; j < donors; j++) {
                assert_true(weight[j] >= 0);
                sum += weight[j];
        }
        assert_true(fabs(sum - 1) < 1e-12);
}

/* A target that is a mix is found again when the mix is unique. */
static void test_known_mix(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 50; round++) {
                const double share[] = { 0.5, 0, 0.3, 0.2, 0 };
                memset(target, 0, sizeof target);
                for (size_t j = 0; j < 5; j++)
                        for (size_t i = 0; i < 6; i++) {
                                donor[j * 6 + i] = 100 * oracle_uniform();
                                target[i] += share[j] * donor[j * 6 + i];
                        }
                struct stats_synthetic s = mix(5, NULL, 6);
                assert_true(s.verdict == STATS_SYNTHETIC_OK && s.error < 1e-9 && s.mean_error > s.error);
                for (size_t j = 0; j < 5; j++)
                        assert_true(fabs(weight[j] - share[j]) < 1e-7);
        }
}

/* Kuhn-Tucker: from the mix no donor lies nearer in the direction of the target. */
static double worst_gain(size_t donors, size_t k)
{
        double at[TRAITS], sd[TRAITS], worst = 0;
        for (size_t i = 0; i < k; i++) {
                double mean = target[i] / (double) (donors + 1), square;
                for (size_t j = 0; j < donors; j++)
                        mean += donor[j * k + i] / (double) (donors + 1);
                square = (target[i] - mean) * (target[i] - mean);
                at[i] = target[i];
                for (size_t j = 0; j < donors; j++) {
                        square += (donor[j * k + i] - mean) * (donor[j * k + i] - mean);
                        at[i] -= weight[j] * donor[j * k + i];
                }
                sd[i] = sqrt(square / (double) (donors + 1));
        }
        for (size_t j = 0; j < donors; j++) {
                double gain = 0;
                for (size_t i = 0; i < k; i++)
                        gain += at[i] / sd[i] * (donor[j * k + i] - (target[i] - at[i])) / sd[i];
                worst = fmax(worst, gain);
        }
        return worst;
}

static void test_optimal(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 60; round++) {
                size_t donors = (size_t) oracle_integer(1, DONORS), k = (size_t) oracle_integer(1, TRAITS);
                for (size_t i = 0; i < donors * k; i++)
                        donor[i] = oracle_uniform();
                for (size_t i = 0; i < k; i++)
                        target[i] = 2 * oracle_uniform() - (round % 2);
                struct stats_synthetic s = mix(donors, NULL, k);
                sums_to_one(donors);
                assert_true(s.used <= k + 1 && worst_gain(donors, k) < 1e-8);
                double before = s.error;
                donor[0] = STATS_NONE;                  /* one donor fewer is never better */
                if (donors > 1)
                        assert_true(mix(donors, NULL, k).donors == donors - 1 && weight[0] == 0);
                assert_true(before >= 0);
        }
}

static void test_edges(void **state)
{
        (void) state;
        for (size_t i = 0; i < 2; i++)
                target[i] = 10, donor[i] = 1, donor[2 + i] = 2;
        struct stats_synthetic s = mix(1, NULL, 2);     /* one neighbour: all of it, and it is far away */
        assert_true(weight[0] == 1 && s.verdict == STATS_SYNTHETIC_POOR && s.error == s.mean_error);
        s = mix(2, NULL, 2);
        assert_true(fabs(weight[1] - 1) < 1e-12 && s.used == 1);
        assert_int_equal(mix(0, NULL, 2).verdict, STATS_SYNTHETIC_NO_DONORS);
        assert_int_equal(mix(2, NULL, 0).verdict, STATS_SYNTHETIC_NO_DONORS);
        target[1] = STATS_NONE;
        assert_int_equal(mix(2, NULL, 2).verdict, STATS_SYNTHETIC_NO_DONORS);
        /* all the same: nothing to choose, nothing wrong */
        target[0] = target[1] = 3;
        for (size_t i = 0; i < 6; i++)
                donor[i] = 3;
        s = mix(3, NULL, 2);
        sums_to_one(3);
        assert_true(s.error == 0 && s.verdict == STATS_SYNTHETIC_OK);
        /* what has no importance has no say */
        const double importance[] = { 1, 0 }, two[] = { 0, 0, 4, 900 };
        memcpy(donor, two, sizeof two);
        target[0] = 1, target[1] = 900;
        s = mix(2, importance, 2);
        assert_true(fabs(weight[0] - 0.75) < 1e-12 && s.error < 1e-12);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_known_mix), cmocka_unit_test(test_optimal), cmocka_unit_test(test_edges),
        };
        return cmocka_run_group_tests_name("stats-synthetic", tests, NULL, NULL);
}
