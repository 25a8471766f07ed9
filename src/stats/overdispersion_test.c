#include "overdispersion.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define UNITS_MAX 512

struct units {
        double a[UNITS_MAX], b[UNITS_MAX], y[UNITS_MAX], s[UNITS_MAX], scratch[UNITS_MAX];
        size_t k;
};

static void units_of(const struct oracle *in, const char *set, const char *a, const char *b, struct units *u)
{
        u->k = 0;
        for (size_t i = 0; i < in->rows; i++) {
                if (set && !oracle_is(in, i, "set", set))
                        continue;
                assert_true(u->k < UNITS_MAX);
                u->a[u->k] = oracle_num(in, i, a);
                u->b[u->k++] = oracle_num(in, i, b);
        }
        assert_true(u->k > 0);
}

static enum stats_scale scale_of(const char *name)
{
        return strcmp(name, "raw") == 0 ? STATS_SCALE_RAW : strcmp(name, "logit") == 0 ? STATS_SCALE_LOGIT : STATS_SCALE_ARCSINE;
}

static struct stats_od fit(struct units *u, enum stats_scale scale, double target, double tail)
{
        return stats_od_fit(u->a, u->b, u->k, (struct stats_od_options) { scale, target, tail, false }, u->scratch);
}

static void test_results_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        struct units u;
        oracle_open(&in, "oracles/od_input.csv");
        oracle_open(&o, "oracles/od_results.csv");
        for (size_t i = 0; i < o.rows; i++) {
                units_of(&in, oracle_text(&o, i, "set"), "x", "n", &u);
                enum stats_scale scale = scale_of(oracle_text(&o, i, "transform"));
                double target = stats_pooled(u.a, u.b, u.k);
                struct stats_od od = fit(&u, scale, target, oracle_num(&o, i, "winsor"));
                oracle_same(&o, i, "I", (double) od.k, 0);
                oracle_same(&o, i, "target", target, 1e-12);
                oracle_same(&o, i, "target_tr", od.target_y, 1e-12);
                oracle_same(&o, i, "phi", od.phi, 1e-9);
                oracle_same(&o, i, "tau2_spiegelhalter", od.tau2, 1e-9);
                if (oracle_is(&o, i, "Q_fixed", "NA"))
                        continue;
                for (size_t j = 0; j < u.k; j++) {
                        struct stats_scaled p = stats_to_scale(scale, u.a[j], u.b[j], target);
                        u.y[j] = p.y;
                        u.s[j] = p.s;
                }
                oracle_same(&o, i, "Q_fixed", stats_heterogeneity(u.y, u.s, u.k).q, 1e-9);
                oracle_same(&o, i, "tau2_DL", stats_tau2_dl(u.y, u.s, u.k), 1e-9);
                oracle_near(&o, i, "tau2_PM", stats_tau2_pm(u.y, u.s, u.k), 1e-9, 0);
                oracle_near(&o, i, "tau2_REML", stats_tau2_reml(u.y, u.s, u.k), 1e-7, 0);
        }
        oracle_close(&o);
        oracle_close(&in);
}

static void test_zscores_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        struct units u;
        struct stats_od plain = { 0 }, wins = { 0 };
        oracle_open(&in, "oracles/od_input.csv");
        oracle_open(&o, "oracles/od_zscores.csv");
        for (size_t i = 0; i < o.rows; i++) {
                if (i == 0 || !oracle_is(&o, i, "set", oracle_text(&o, i - 1, "set"))
                    || !oracle_is(&o, i, "transform", oracle_text(&o, i - 1, "transform"))) {
                        units_of(&in, oracle_text(&o, i, "set"), "x", "n", &u);
                        double target = stats_pooled(u.a, u.b, u.k);
                        plain = fit(&u, scale_of(oracle_text(&o, i, "transform")), target, 0);
                        wins = fit(&u, scale_of(oracle_text(&o, i, "transform")), target, 0.1);
                }
                size_t j = (size_t) oracle_num(&o, i, "unit") - 1;
                assert_true(j < u.k);
                struct stats_od_z z = stats_od_z(&wins, u.a[j], u.b[j]);
                oracle_near(&o, i, "z", z.z, 1e-9, 1e-12);
                oracle_near(&o, i, "z_wins", z.winsorised, 1e-9, 1e-12);
                oracle_near(&o, i, "z_mult", z.multiplicative, 1e-9, 1e-12);
                oracle_near(&o, i, "z_add", z.additive, 1e-9, 1e-12);
                assert_true(stats_od_z(&plain, u.a[j], u.b[j]).winsorised == z.z);
        }
        oracle_close(&o);
        oracle_close(&in);
}

static void test_funnelplotr_oracle(void **state)
{
        (void) state;
        struct oracle in, sr, o;
        struct units u;
        oracle_open(&in, "oracles/od_input.csv");
        oracle_open(&sr, "oracles/od_sr_input.csv");
        oracle_open(&o, "oracles/od_funnelplotr.csv");
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_od_options options = { STATS_SCALE_ARCSINE, 1, 0.1, false };
                if (oracle_is(&o, i, "method", "PR")) {
                        units_of(&in, oracle_text(&o, i, "set"), "x", "n", &u);
                        options.target = stats_pooled(u.a, u.b, u.k);
                } else {
                        units_of(&sr, NULL, "observed", "expected", &u);
                        options.truncate = strstr(oracle_text(&o, i, "method"), "trunc") != NULL;
                        options.scale = options.truncate ? STATS_SCALE_RATIO_LOG : STATS_SCALE_RATIO_ROOT;
                }
                struct stats_od od = stats_od_fit(u.a, u.b, u.k, options, u.scratch);
                oracle_same(&o, i, "phi", od.phi, 1e-9);
                oracle_same(&o, i, "tau2", od.tau2, 1e-9);
        }
        oracle_close(&o);
        oracle_close(&sr);
        oracle_close(&in);
}

/* The reference drew its adjusted limits with z rounded to 1.959964 and 3.090232: equal to ours to 1e-7, and with that z to 1e-9. */
static void adjusted_limits(struct oracle *o, size_t i, const struct stats_od *od, double n)
{
        struct stats_funnel_lines line = stats_od_lines(od, n);
        double half = sqrt(0.25 / n + od->tau2);
        oracle_near(o, i, "od95_l", line.lo95, 1e-6, 0);
        oracle_near(o, i, "od95_u", line.hi95, 1e-6, 0);
        oracle_near(o, i, "od998_l", line.lo998, 1e-6, 0);
        oracle_near(o, i, "od998_u", line.hi998, 1e-6, 0);
        oracle_near(o, i, "od95_l", stats_from_scale(STATS_SCALE_ARCSINE, od->target_y - 1.959964 * half), 1e-9, 0);
        oracle_near(o, i, "od95_u", stats_from_scale(STATS_SCALE_ARCSINE, od->target_y + 1.959964 * half), 1e-9, 0);
        oracle_near(o, i, "od998_l", stats_from_scale(STATS_SCALE_ARCSINE, od->target_y - 3.090232 * half), 1e-9, 0);
        oracle_near(o, i, "od998_u", stats_from_scale(STATS_SCALE_ARCSINE, od->target_y + 3.090232 * half), 1e-9, 0);
}

/* The real figures: adjusted limits per municipality, and the summary. Printed with ten or twelve digits. */
static void real_year(const char *year, size_t row)
{
        struct oracle o, sum;
        struct units u;
        char path[64];
        snprintf(path, sizeof path, "statistiek/funnel_ref_schulden_%s.csv", year);
        oracle_open(&o, path);
        oracle_open(&sum, "statistiek/funnel_ref_samenvatting.csv");
        assert_string_equal(oracle_text(&sum, row, "jaar"), year);
        units_of(&o, NULL, "x", "n", &u);
        double p0 = stats_pooled(u.a, u.b, u.k);
        struct stats_od od = fit(&u, STATS_SCALE_ARCSINE, p0, 0.1), raw = fit(&u, STATS_SCALE_RAW, p0, 0.1);
        size_t plain998 = 0, out95 = 0, out998 = 0;
        for (size_t i = 0; i < u.k; i++) {
                struct stats_od_z z = stats_od_z(&od, u.a[i], u.b[i]);
                oracle_same(&o, i, "z_normaal", stats_od_z(&raw, u.a[i], u.b[i]).z, 1e-8);
                oracle_same(&o, i, "z_arcsin", z.z, 1e-8);
                oracle_same(&o, i, "z_winsor", z.winsorised, 1e-8);
                oracle_same(&o, i, "z_od", z.additive, 1e-8);
                adjusted_limits(&o, i, &od, u.b[i]);
                struct stats_funnel_class c = stats_od_class(&od, u.a[i], u.b[i]);
                plain998 += stats_funnel_binomial(u.a[i], u.b[i], p0).at998 != STATS_SIDE_IN;
                out95 += c.at95 != STATS_SIDE_IN;
                out998 += c.at998 != STATS_SIDE_IN;
        }
        oracle_same(&sum, row, "p0", p0, 1e-11);
        oracle_same(&sum, row, "phi_arcsin_winsor10", od.phi, 1e-10);
        oracle_same(&sum, row, "tau2_arcsin", od.tau2, 1e-10);
        oracle_same(&sum, row, "phi_normaal_winsor10", raw.phi, 1e-10);
        oracle_same(&sum, row, "buiten_binom998", (double) plain998, 0);
        oracle_same(&sum, row, "buiten_od998", (double) out998, 0);
        oracle_same(&sum, row, "buiten_od95", (double) out95, 0);
        oracle_close(&sum);
        oracle_close(&o);
}

static void test_real_2022(void **state) { (void) state; real_year("2022", 0); }
static void test_real_2023(void **state) { (void) state; real_year("2023", 1); }

static void test_edges(void **state)
{
        (void) state;
        double a[] = { STATS_NONE, 3, 1 }, b[] = { 9, STATS_NONE, 0 }, scratch[3];
        struct stats_od od = stats_od_fit(a, b, 3, (struct stats_od_options) { STATS_SCALE_ARCSINE, 0.3, 0.1, false }, scratch);
        assert_true(od.k == 0 && isnan(od.phi) && isnan(od.tau2));
        assert_true(isnan(stats_od_limits(&od, 10, 0.025).lo) && isnan(stats_od_limits_multiplicative(&od, 10, 0.025).hi));
        assert_int_equal(stats_od_class(&od, 3, 9).at95, STATS_SIDE_NONE);
        assert_true(isnan(stats_pooled(a, b, 2)));
        const double impossible[] = { 5, -1, 3 }, cases[] = { 3, 4, 10 };       /* they are in no z-score either */
        assert_true(fabs(stats_pooled(impossible, cases, 3) - 0.3) < 1e-15);
        b[1] = 9;
        od = stats_od_fit(a, b, 3, (struct stats_od_options) { STATS_SCALE_ARCSINE, 0.3, 0, false }, scratch);
        assert_true(od.k == 1 && !isnan(od.phi) && isnan(od.tau2));
        assert_true(isnan(stats_to_scale(STATS_SCALE_ARCSINE, 10, 9, 0.3).y));
        assert_true(isnan(stats_to_scale(STATS_SCALE_RATIO_LOG, 0, 9, 1).y) && stats_to_scale(STATS_SCALE_RATIO_ROOT, 0, 9, 1).y == 0);
        assert_true(isnan(stats_tau2_reml(a, b, 1)) && isnan(stats_heterogeneity(a, b, 1).q));
        double y[] = { 1, 1, 1 }, s[] = { 1, 2, 3 };
        assert_true(stats_tau2_dl(y, s, 3) == 0 && stats_tau2_pm(y, s, 3) == 0 && stats_tau2_reml(y, s, 3) == 0);
}

/* The worked example of benchmark.md 1.5: squared back, the ratio limit at E = 10 is 1.716, not 1.310. */
static void test_ratio_limits_are_squared_back(void **state)
{
        (void) state;
        struct stats_od od = { .options = { STATS_SCALE_RATIO_ROOT, 1, 0.1, false }, .target_y = 1, .phi = 1, .tau2 = 0 };
        struct stats_interval r = stats_od_limits(&od, 10, STATS_TAIL_95);
        double root = 1 + 1.959963984540054 * 0.5 / sqrt(10);
        assert_true(fabs(r.hi - root * root) < 1e-12 && fabs(r.hi - 1.716) < 5e-4);
        assert_true(stats_od_limits(&od, 0.1, STATS_TAIL_998).lo == 0);
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        struct units u, v;
        for (int i = 0; i < 200; i++) {
                u.k = v.k = (size_t) oracle_integer(5, 80);
                for (size_t j = 0; j < u.k; j++) {
                        u.b[j] = oracle_integer(5, 400);
                        u.a[j] = oracle_integer(0, u.b[j]);
                        v.b[u.k - 1 - j] = u.b[j];
                        v.a[u.k - 1 - j] = u.b[j] - u.a[j];
                }
                double p0 = stats_pooled(u.a, u.b, u.k);
                for (int scale = STATS_SCALE_RAW; scale <= STATS_SCALE_ARCSINE; scale++) {
                        struct stats_od x = fit(&u, (enum stats_scale) scale, p0, 0.1), y = fit(&v, (enum stats_scale) scale, 1 - p0, 0.1);
                        /* successes or failures, in any order: the same spread, mirrored limits */
                        assert_true(fabs(x.phi - y.phi) < 1e-9 * x.phi && fabs(x.tau2 - y.tau2) < 1e-9);
                        struct stats_interval a = stats_od_limits(&x, 50, 0.025), b = stats_od_limits(&y, 50, 0.025);
                        struct stats_interval c = stats_od_limits(&x, 500, 0.025), d = stats_od_limits(&x, 50, 0.001);
                        assert_true(fabs(a.lo + b.hi - 1) < 1e-9);
                        assert_true(a.lo <= p0 && p0 <= a.hi && a.lo <= c.lo && c.hi <= a.hi && d.lo <= a.lo && a.hi <= d.hi);
                        assert_true(fit(&u, (enum stats_scale) scale, p0, 0.2).phi <= x.phi && x.phi <= fit(&u, (enum stats_scale) scale, p0, 0).phi);
                        for (size_t j = 0; j < u.k; j++) {
                                struct stats_scaled p = stats_to_scale((enum stats_scale) scale, u.a[j], u.b[j], p0);
                                u.y[j] = p.y;
                                u.s[j] = p.s;
                                if (scale != STATS_SCALE_LOGIT)
                                        assert_true(fabs(stats_from_scale((enum stats_scale) scale, p.y) - u.a[j] / u.b[j]) < 1e-12);
                        }
                        /* at its own tau2 the Paule-Mandel Q is k - 1 */
                        double t = stats_tau2_pm(u.y, u.s, u.k);
                        for (size_t j = 0; j < u.k; j++)
                                u.s[j] = sqrt(u.s[j] * u.s[j] + t);
                        double q = stats_heterogeneity(u.y, u.s, u.k).q;
                        assert_true(t > 0 ? fabs(q - (double) (u.k - 1)) < 1e-6 : q <= (double) (u.k - 1));
                }
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_results_oracle), cmocka_unit_test(test_zscores_oracle), cmocka_unit_test(test_funnelplotr_oracle),
                cmocka_unit_test(test_real_2022), cmocka_unit_test(test_real_2023), cmocka_unit_test(test_edges),
                cmocka_unit_test(test_ratio_limits_are_squared_back), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-overdispersion", tests, NULL, NULL);
}
