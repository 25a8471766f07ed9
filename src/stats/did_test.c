#include "did.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#define ROWS_MAX 8500

static double y[ROWS_MAX], on[ROWS_MAX], treated[ROWS_MAX], post[ROWS_MAX];
static size_t unit[ROWS_MAX], period[ROWS_MAX];

struct model {
        struct stats_did d;
        struct stats_fit fit;
        size_t effect;
        double *scratch, *work;
        size_t *places;
        bool ok;
};

static struct model fitted(size_t n, bool twoway)
{
        struct model m = { .d = { n, 0, 0, unit, period, y, NULL, on, treated, post } };
        for (size_t i = 0; i < n; i++) {
                m.d.units = unit[i] >= m.d.units ? unit[i] + 1 : m.d.units;
                m.d.times = period[i] >= m.d.times ? period[i] + 1 : m.d.times;
        }
        m.scratch = malloc(stats_did_scratch(&m.d) * sizeof *m.scratch);
        m.places = malloc(stats_did_places(&m.d) * sizeof *m.places);
        m.ok = (twoway ? stats_did_twoway : stats_did_pooled)(&m.d, &m.fit, &m.effect, m.scratch, m.places);
        m.work = malloc(stats_effect_scratch(&m.fit) * sizeof *m.work);
        return m;
}

static void done(struct model *m)
{
        free(m->scratch);
        free(m->places);
        free(m->work);
}

static const struct {
        enum stats_robust type;
        const char *name;
} types[] = {
        { STATS_ROBUST_NONE, "OLS" }, { STATS_ROBUST_CR0, "CR0" }, { STATS_ROBUST_CR1, "CR1" }, { STATS_ROBUST_CR1S, "CR1S" },
        { STATS_ROBUST_CR2, "CR2" }, { STATS_ROBUST_CR3, "CR3" },
};

static struct stats_effect effect(struct model *m, enum stats_robust type)
{
        return stats_effect(&m->fit, type, m->effect, 0.95, m->work);
}

static void test_two_by_two_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "oracles/did_2x2_input.csv");
        oracle_open(&o, "oracles/did_2x2_results.csv");
        for (size_t i = 0; i < in.rows; i++) {
                unit[i] = (size_t) oracle_num(&in, i, "g");
                period[i] = (size_t) oracle_num(&in, i, "t") - 1;
                y[i] = oracle_num(&in, i, "y");
                treated[i] = oracle_num(&in, i, "tr");
                post[i] = oracle_num(&in, i, "post");
                on[i] = treated[i] * post[i];
        }
        for (size_t r = 0; r < o.rows; r++) {
                struct model m = fitted(in.rows, oracle_is(&o, r, "model", "twfe"));
                for (size_t t = 0; t < sizeof types / sizeof *types; t++) {
                        if (!oracle_is(&o, r, "type", types[t].name))
                                continue;
                        struct stats_effect e = effect(&m, types[t].type);
                        oracle_same(&o, r, "beta", e.estimate, 1e-9);
                        oracle_same(&o, r, "se", e.se, 1e-9);
                        oracle_same(&o, r, "df", e.df, 1e-9);
                        oracle_same(&o, r, "p", e.p, 1e-8);
                }
                done(&m);
        }
        oracle_close(&o);
        oracle_close(&in);
}

/* The roll-out of 342: two-way fixed effects, which is wrong there, as the table has it. */
static void test_rollout_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "oracles/stagger342_input.csv");
        oracle_open(&o, "oracles/stagger342_results.csv");
        for (size_t i = 0; i < in.rows; i++) {
                unit[i] = (size_t) oracle_num(&in, i, "id");
                period[i] = (size_t) oracle_num(&in, i, "t") - 1;
                y[i] = oracle_num(&in, i, "x") / oracle_num(&in, i, "n");
                on[i] = oracle_num(&in, i, "t") >= oracle_num(&in, i, "first");
        }
        struct model m = fitted(in.rows, true);
        for (size_t r = 0; r < o.rows; r++) {
                if (oracle_is(&o, r, "stat", "twfe_beta"))
                        oracle_same(&o, r, "value", effect(&m, STATS_ROBUST_CR0).estimate, 1e-9);
                if (oracle_is(&o, r, "stat", "twfe_se_CR0"))
                        oracle_same(&o, r, "value", effect(&m, STATS_ROBUST_CR0).se, 1e-9);
                if (oracle_is(&o, r, "stat", "twfe_se_CR1"))
                        oracle_same(&o, r, "value", effect(&m, STATS_ROBUST_CR1).se, 1e-9);
        }
        assert_int_equal(effect(&m, STATS_ROBUST_CR3).verdict, STATS_EFFECT_SINGULAR);
        done(&m);
        oracle_close(&o);
        oracle_close(&in);
}

/* Two units, two times: nothing to estimate an error from; everybody treated at once: nothing to compare with. */
static void test_refusals(void **state)
{
        (void) state;
        for (size_t i = 0; i < 8; i++) {
                unit[i] = i / 2, period[i] = i % 2, y[i] = (double) (i * i), on[i] = post[i] = (double) period[i];
                treated[i] = 1;
        }
        struct model m = fitted(8, true);
        assert_int_equal(effect(&m, STATS_ROBUST_CR2).verdict, STATS_EFFECT_NOT_IDENTIFIED);
        assert_true(isnan(effect(&m, STATS_ROBUST_CR2).estimate));
        done(&m);
        m = fitted(8, false);
        assert_int_equal(effect(&m, STATS_ROBUST_CR1).verdict, STATS_EFFECT_NOT_IDENTIFIED);
        done(&m);
        on[3] = 0;
        m = fitted(4, true);
        assert_true(fabs(effect(&m, STATS_ROBUST_CR2).estimate - ((y[1] - y[0]) - (y[3] - y[2]))) < 1e-12);
        assert_int_equal(effect(&m, STATS_ROBUST_NONE).verdict, STATS_EFFECT_ONE_CLUSTER);
        assert_int_equal(effect(&m, STATS_ROBUST_CR2).verdict, STATS_EFFECT_ONE_CLUSTER);
        assert_int_equal(effect(&m, STATS_ROBUST_CR1).verdict, STATS_EFFECT_TOO_FEW);
        done(&m);
        m = fitted(0, true);
        assert_false(m.ok);
        done(&m);
}

/* One unit that starts and one that does not: the errors within each add up to 0, so there is none to test with. What rounding
 * leaves of them must not make an effect certain; nor where the line fits perfectly. */
static void test_rounding_is_no_error(void **state)
{
        (void) state;
        for (size_t i = 0; i < 12; i++) {
                unit[i] = i / 6, period[i] = i % 6, post[i] = (double) (i % 6 >= 3), treated[i] = (double) (i < 6);
                on[i] = treated[i] * post[i];
                y[i] = 50.1 + 0.3 * (double) i + (double) (i * 7 % 5) + on[i];
        }
        for (int twoway = 0; twoway < 2; twoway++) {
                struct model m = fitted(12, twoway);
                struct stats_effect e = effect(&m, STATS_ROBUST_CR2);
                assert_true(isfinite(e.estimate) && e.se == 0 && isnan(e.p));
                assert_true(effect(&m, STATS_ROBUST_CR1).se == 0 && effect(&m, STATS_ROBUST_NONE).se > 0);
                done(&m);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_two_by_two_oracle), cmocka_unit_test(test_rollout_oracle), cmocka_unit_test(test_refusals), cmocka_unit_test(test_rounding_is_no_error),
        };
        return cmocka_run_group_tests_name("stats-did", tests, NULL, NULL);
}
