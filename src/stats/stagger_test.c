#include "stagger.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#define UNITS 342
#define TIMES 24

static double y[UNITS * TIMES], scratch[UNITS];
static size_t first[UNITS];

static struct stats_stagger panel(size_t units, size_t times)
{
        return (struct stats_stagger) { .units = units, .times = times, .y = y, .first = first };
}

static void test_rollout_oracle(void **state)
{
        (void) state;
        struct oracle in, o, r;
        oracle_open(&in, "oracles/stagger342_input.csv");
        for (size_t i = 0; i < in.rows; i++) {
                size_t id = (size_t) oracle_num(&in, i, "id") - 1, t = (size_t) oracle_num(&in, i, "t") - 1;
                first[id] = (size_t) oracle_num(&in, i, "first") - 1;
                y[id * TIMES + t] = oracle_num(&in, i, "x") / oracle_num(&in, i, "n");
        }
        struct stats_stagger s = panel(UNITS, TIMES);
        oracle_open(&o, "oracles/stagger342_cs_attgt_notyet.csv");
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_att a = stats_att(&s, (size_t) oracle_num(&o, i, "g") - 1, (size_t) oracle_num(&o, i, "t") - 1);
                oracle_same(&o, i, "n_t", (double) a.n_treated, 0);
                oracle_same(&o, i, "n_c", (double) a.n_control, 0);
                oracle_near(&o, i, "att", a.att, 1e-9, 1e-14);
                oracle_same(&o, i, "se", a.se, 1e-9);
        }
        /* from time 20 on nobody is left to compare with */
        assert_int_equal(stats_att(&s, 4, 20).verdict, STATS_EFFECT_NOT_IDENTIFIED);
        oracle_open(&r, "oracles/stagger342_results.csv");
        struct stats_average all = stats_stagger_overall(&s, 0.95, scratch);
        for (size_t i = 0; i < r.rows; i++)
                if (oracle_is(&r, i, "stat", "cs_simple_notyet_t<=20"))
                        oracle_same(&r, i, "value", all.effect.estimate, 1e-9);
        assert_true(all.effect.interval.lo < 0.0353842465 && all.effect.interval.hi > 0.0353842465);    /* the truth that was put in */
        assert_true(all.units == 290 && all.waves == 4);
        oracle_close(&r);
        oracle_close(&o);
        oracle_close(&in);
}

/* Six units, three times: 0 and 1 start at 1, 2 and 3 at 2, 4 and 5 never. By hand. */
static void small(void)
{
        const double v[] = { 1, 4, 6, 2, 6, 8, 1, 2, 5, 3, 4, 9, 5, 6, 7, 1, 2, 4 };
        for (size_t i = 0; i < 18; i++)
                y[i] = v[i];
        for (size_t u = 0; u < 6; u++)
                first[u] = u < 2 ? 1 : u < 4 ? 2 : STATS_NEVER;
}

static void test_by_hand(void **state)
{
        (void) state;
        small();
        struct stats_stagger s = panel(6, 3);
        assert_true(fabs(stats_att(&s, 1, 1).att - 2.5) < 1e-14 && stats_att(&s, 1, 1).n_control == 4);         /* 3.5 - 1 */
        assert_true(fabs(stats_att(&s, 1, 2).att - 3) < 1e-14 && stats_att(&s, 1, 2).n_control == 2);           /* 5.5 - 2.5 */
        assert_true(fabs(stats_att(&s, 2, 2).att - 2.5) < 1e-14 && fabs(stats_att(&s, 2, 1).att - 0) < 1e-14);  /* 4 - 1.5; lead 1 - 1 */
        assert_true(fabs(stats_att(&s, 1, 2).se - sqrt(0.5 / 4 + 0.5 / 4)) < 1e-14);
        struct stats_average e0 = stats_stagger_event(&s, 0, 0.95, scratch), e1 = stats_stagger_event(&s, 1, 0.95, scratch);
        assert_true(fabs(e0.effect.estimate - 2.5) < 1e-14 && fabs(e1.effect.estimate - 3) < 1e-14);
        assert_true(e0.units == 4 && e0.waves == 2 && e0.effect.verdict == STATS_EFFECT_TOO_FEW);
        assert_true(fabs(stats_stagger_dynamic(&s, 0.95, scratch).effect.estimate - 2.75) < 1e-14);
        assert_true(fabs(stats_stagger_wave(&s, 1, 0.95, scratch).effect.estimate - 2.75) < 1e-14);
        assert_true(fabs(stats_stagger_overall(&s, 0.95, scratch).effect.estimate - 8.0 / 3) < 1e-14);
        assert_true(fabs(e1.effect.se - stats_att(&s, 1, 2).se) < 1e-14);       /* one wave: its size has nothing to weigh */
        s.control = STATS_CONTROL_NEVER;
        assert_true(stats_att(&s, 1, 1).n_control == 2);
        s.universal = true;
        assert_true(fabs(stats_stagger_event(&s, -1, 0.95, scratch).effect.estimate) < 1e-14);
        assert_true(fabs(stats_att(&s, 2, 0).att - (-1 - -1)) < 1e-14);
        s.anticipation = 1;     /* the first wave has no time left to start from */
        assert_int_equal(stats_att(&s, 1, 1).verdict, STATS_EFFECT_NOT_IDENTIFIED);
        assert_true(fabs(stats_att(&s, 2, 2).att - (5 - 2.5)) < 1e-14);
}

/* The influence functions give the spread that one sees when the same roll-out happens many times; sizes of waves fixed. */
static void test_error_is_right(void **state)
{
        (void) state;
        oracle_seed();
        enum { ROUNDS = 400, K = 60, T = 6 };
        double sum = 0, square = 0, variance = 0;
        for (int round = 0; round < ROUNDS; round++) {
                for (size_t u = 0; u < K; u++) {
                        double own = 5 * oracle_uniform();
                        first[u] = u < 15 ? 2 : u < 30 ? 4 : STATS_NEVER;
                        for (size_t t = 0; t < T; t++)
                                y[u * T + t] = own + 2 * oracle_uniform() + (t >= first[u] ? 1 : 0);
                }
                struct stats_stagger s = panel(K, T);
                s.planned = true;
                struct stats_effect e = stats_stagger_dynamic(&s, 0.95, scratch).effect;
                sum += e.estimate;
                square += e.estimate * e.estimate;
                variance += e.se * e.se;
        }
        double mean = sum / ROUNDS, seen = square / ROUNDS - mean * mean;
        assert_true(fabs(mean - 1) < 4 * sqrt(seen / ROUNDS));
        assert_true(variance / ROUNDS / seen > 0.75 && variance / ROUNDS / seen < 1.3);
}

static void test_missing(void **state)
{
        (void) state;
        small();
        y[0 * 3 + 0] = STATS_NONE;      /* unit 0 has no figure before it started */
        y[4 * 3 + 1] = STATS_NONE;
        struct stats_stagger s = panel(6, 3);
        struct stats_att a = stats_att(&s, 1, 1);
        assert_true(a.n_treated == 1 && a.n_control == 3 && fabs(a.att - 3) < 1e-14 && isnan(a.se));
        for (size_t u = 0; u < 6; u++)
                first[u] = 0;           /* all had it from the start */
        assert_true(isnan(stats_stagger_overall(&s, 0.95, scratch).effect.estimate));
        assert_int_equal(stats_stagger_dynamic(&s, 0.95, scratch).effect.verdict, STATS_EFFECT_NOT_IDENTIFIED);
        s.units = 0;
        assert_int_equal(stats_stagger_overall(&s, 0.95, scratch).effect.verdict, STATS_EFFECT_NOT_IDENTIFIED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_rollout_oracle), cmocka_unit_test(test_by_hand), cmocka_unit_test(test_error_is_right),
                cmocka_unit_test(test_missing),
        };
        return cmocka_run_group_tests_name("stats-stagger", tests, NULL, NULL);
}
