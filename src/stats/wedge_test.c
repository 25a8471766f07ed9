#include "wedge.h"
#include "oracle.h"
#include "power.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define CELLS 4000

static double on[CELLS], y[CELLS], s2[CELLS];

/* Waves that start one time after another, the first at time 1. */
static struct stats_wedge rollout(const size_t *wave, size_t waves, size_t times)
{
        size_t c = 0;
        for (size_t g = 0; g < waves; g++)
                for (size_t i = 0; i < wave[g]; i++, c++)
                        for (size_t t = 0; t < times; t++)
                                on[c * times + t] = t > g;
        return (struct stats_wedge) { c, times, on };
}

static void test_power_oracle(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/steppedwedge_power.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double p = oracle_num(&o, i, "p"), m = oracle_num(&o, i, "m"), tau = oracle_num(&o, i, "tau"), delta = oracle_num(&o, i, "delta");
                bool example = oracle_is(&o, i, "design", "swPwr_Ex1_6666_T5_n120");
                struct stats_wedge w = example ? rollout((size_t[]) { 6, 6, 6, 6 }, 4, 5) : rollout((size_t[]) { 15, 85, 95, 95, 52 }, 5, 6);
                if (example)
                        p = (0.05 + 0.035) / 2;
                double variance = stats_wedge_variance(&w, p * (1 - p) / m, tau * tau);
                oracle_same(&o, i, "var", variance, 1e-9);
                oracle_same(&o, i, "se", sqrt(variance), 1e-9);
                oracle_same(&o, i, "power", stats_power(delta, sqrt(variance), 0.95), 1e-9);
        }
        oracle_close(&o);
}

static double unequal(const struct stats_wedge *w, double tau2)
{
        double *scratch = malloc(stats_wedge_variance_scratch(w) * sizeof *scratch);
        double v = stats_wedge_variance_unequal(w, s2, tau2, scratch);
        free(scratch);
        return v;
}

/* Generalised least squares gives the closed form when sizes are equal; figures only from the start on leave nothing to learn from. */
static void test_unequal_sizes(void **state)
{
        (void) state;
        struct stats_wedge w = rollout((size_t[]) { 3, 9, 2 }, 3, 4);
        for (size_t i = 0; i < w.clusters * w.times; i++)
                s2[i] = 0.02;
        for (double tau2 = 0; tau2 < 1; tau2 = tau2 * 3 + 0.01)
                assert_true(fabs(unequal(&w, tau2) / stats_wedge_variance(&w, 0.02, tau2) - 1) < 1e-9);
        double before = unequal(&w, 0.1);
        s2[0] = 0.5;
        assert_true(unequal(&w, 0.1) > before);
        for (size_t i = 0; i < w.clusters * w.times; i++)
                s2[i] = on[i] > 0 ? 0.02 : STATS_NONE;
        assert_true(isnan(unequal(&w, 0.1)));
        struct stats_wedge none = { w.clusters, w.times, s2 };
        for (size_t i = 0; i < w.clusters * w.times; i++)
                s2[i] = 1;              /* everybody from the first time on */
        assert_true(isnan(stats_wedge_variance(&none, 0.02, 0.1)));
        memset(s2, 0, sizeof s2);       /* nobody at all */
        assert_true(isnan(stats_wedge_variance(&none, 0.02, 0.1)));
}

static struct stats_wedge_fit fitted(const struct stats_wedge *w, bool by_exposure, struct stats_effect *after)
{
        double *scratch = malloc(stats_wedge_scratch(w) * sizeof *scratch);
        size_t *places = malloc(stats_wedge_places(w) * sizeof *places);
        struct stats_wedge_fit fit = stats_wedge_fit(w, y, NULL, by_exposure, 0.95, after, scratch, places);
        fit.model.coefficient = fit.model.covariance = NULL;
        free(scratch);
        free(places);
        return fit;
}

static void test_model_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        oracle_open(&in, "oracles/steppedwedge_input.csv");
        oracle_open(&o, "oracles/steppedwedge_lmm.csv");
        struct stats_wedge w = { 24, 5, on };
        assert_int_equal(in.rows, 24 * 5);
        for (size_t i = 0; i < in.rows; i++) {
                size_t cell = ((size_t) oracle_num(&in, i, "cl") - 1) * 5 + (size_t) oracle_num(&in, i, "per") - 1;
                on[cell] = oracle_num(&in, i, "trt");
                y[cell] = oracle_num(&in, i, "y");
        }
        struct stats_wedge_fit fit = fitted(&w, false, NULL);
        const struct { const char *name; double got; } stat[] = {
                { "theta", fit.effect.estimate }, { "se", fit.effect.se }, { "tau2", fit.model.tau2 }, { "sigma2", fit.model.sigma2 },
                { "reml_loglik", fit.model.loglik },
        };
        for (size_t r = 0; r < o.rows; r++)
                for (size_t s = 0; s < 5; s++)
                        if (oracle_is(&o, r, "stat", stat[s].name))
                                oracle_same(&o, r, "value", stat[s].got, 1e-6);
        oracle_close(&o);
        oracle_close(&in);
}

/* An effect that grows with 1 each time since the start, in levels that differ: found exactly when there is no noise. */
static void test_growing_effect(void **state)
{
        (void) state;
        oracle_seed();
        struct stats_wedge w = rollout((size_t[]) { 4, 4, 4, 4 }, 4, 5);
        struct stats_effect after[5];
        for (size_t c = 0; c < w.clusters; c++)
                for (size_t t = 0; t < 5; t++) {
                        double since = (double) t - (double) (c / 4);
                        y[c * 5 + t] = (double) c + 3 * (double) (t * t) + (since > 0 ? since : 0) + 1e-4 * oracle_uniform();
                }
        struct stats_wedge_fit fit = fitted(&w, true, after);
        for (size_t e = 0; e < 4; e++)
                assert_true(fabs(after[e].estimate - (double) (e + 1)) < 1e-3);
        assert_true(isnan(after[4].estimate));
        assert_true(fabs(fit.effect.estimate - 2.5) < 1e-3);
        assert_true(fitted(&w, false, NULL).effect.estimate < 2);       /* one number for all is too low */
        y[7] = STATS_NONE;
        assert_true(fabs(fitted(&w, true, after).effect.estimate - 2.5) < 1e-3);
}

static void test_nothing_to_learn(void **state)
{
        (void) state;
        struct stats_wedge w = rollout((size_t[]) { 3, 3 }, 2, 3);
        for (size_t i = 0; i < 18; i++)
                y[i] = (double) i, on[i] = 0;
        assert_int_equal(fitted(&w, false, NULL).effect.verdict, STATS_EFFECT_NOT_IDENTIFIED);
        for (size_t i = 0; i < 18; i++)
                on[i] = i % 3 > 0;      /* all at once */
        assert_int_equal(fitted(&w, false, NULL).effect.verdict, STATS_EFFECT_NOT_IDENTIFIED);
        assert_int_equal(fitted(&w, true, NULL).effect.verdict, STATS_EFFECT_NOT_IDENTIFIED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_power_oracle), cmocka_unit_test(test_unequal_sizes), cmocka_unit_test(test_model_oracle),
                cmocka_unit_test(test_growing_effect), cmocka_unit_test(test_nothing_to_learn),
        };
        return cmocka_run_group_tests_name("stats-wedge", tests, NULL, NULL);
}
