#include "funnel.h"
#include "interval.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct {
        const char *suffix;
        double tail;
} level[] = { { "95", STATS_TAIL_95 }, { "998", STATS_TAIL_998 } };

static const char *column(const char *stem, size_t l)
{
        static char name[64];
        snprintf(name, sizeof name, "%s%s", stem, level[l].suffix);
        return name;
}

static const char *side_name(enum stats_side s)
{
        return s == STATS_SIDE_LOW ? "low" : s == STATS_SIDE_HIGH ? "high" : s == STATS_SIDE_IN ? "in" : "none";
}

static void same_flags(struct oracle *o, size_t i, const struct stats_funnel_class *c)
{
        oracle_same(o, i, "p_lower", c->p_lower, 1e-9);
        oracle_same(o, i, "p_upper", c->p_upper, 1e-9);
        assert_string_equal(side_name(c->at95), oracle_text(o, i, "flag95"));
        assert_string_equal(side_name(c->at998), oracle_text(o, i, "flag998"));
}

/* Limits where a line passes close to 0 are differences of near-equal numbers: allow 1e-12 absolute. */
#define TINY 1e-12

static void test_limits_binomial(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/funnel_limits_binomial.csv");
        for (size_t i = 0; i < o.rows; i++)
                for (size_t l = 0; l < 2; l++) {
                        double n = oracle_num(&o, i, "n"), p0 = oracle_num(&o, i, "p0");
                        struct stats_funnel_limits f = stats_funnel_limits_binomial(n, p0, level[l].tail);
                        struct stats_interval z = stats_funnel_limits_normal(n, p0, level[l].tail);
                        oracle_near(&o, i, column("exact_lo", l), f.lo, 1e-9, TINY);
                        oracle_near(&o, i, column("exact_hi", l), f.hi_printed, 1e-9, TINY);
                        oracle_same(&o, i, column("r_lo", l), f.r_lo, 0);
                        oracle_same(&o, i, column("r_hi", l), f.r_hi, 0);
                        oracle_near(&o, i, column("normal_lo", l), z.lo, 1e-9, TINY);
                        oracle_near(&o, i, column("normal_hi", l), z.hi, 1e-9, TINY);
                }
        oracle_close(&o);
}

static void test_limits_poisson(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/funnel_limits_poisson.csv");
        for (size_t i = 0; i < o.rows; i++)
                for (size_t l = 0; l < 2; l++) {
                        double e = oracle_num(&o, i, "expected");
                        struct stats_funnel_limits f = stats_funnel_limits_poisson(e, level[l].tail);
                        struct stats_interval g = stats_funnel_limits_garwood(e, level[l].tail), z = stats_funnel_limits_log(e, level[l].tail);
                        oracle_near(&o, i, column("exact_lo", l), f.lo, 1e-9, TINY);
                        oracle_near(&o, i, column("exact_hi", l), f.hi_printed, 1e-9, TINY);
                        oracle_same(&o, i, column("r_lo", l), f.r_lo, 0);
                        oracle_same(&o, i, column("r_hi", l), f.r_hi, 0);
                        oracle_same(&o, i, column("garwood_lo", l), g.lo, 1e-8);
                        oracle_same(&o, i, column("garwood_hi", l), g.hi, 1e-8);
                        oracle_same(&o, i, column("log_lo", l), z.lo, 1e-9);
                        oracle_same(&o, i, column("log_hi", l), z.hi, 1e-9);
                }
        oracle_close(&o);
}

static void test_flags_binomial(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/funnel_flags_binomial.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double n = oracle_num(&o, i, "n"), p0 = oracle_num(&o, i, "p0");
                struct stats_funnel_class c = stats_funnel_binomial(oracle_num(&o, i, "x"), n, p0);
                same_flags(&o, i, &c);
                for (size_t l = 0; l < 2; l++) {
                        struct stats_funnel_limits f = stats_funnel_limits_binomial(n, p0, level[l].tail);
                        oracle_near(&o, i, column("line_lo", l), f.lo, 1e-9, TINY);
                        oracle_near(&o, i, column("line_hi_symmetric", l), f.hi, 1e-9, TINY);
                        oracle_near(&o, i, column("line_hi_spiegelhalter", l), f.hi_printed, 1e-9, TINY);
                }
        }
        oracle_close(&o);
}

static void test_flags_poisson(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/funnel_flags_poisson.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double e = oracle_num(&o, i, "expected");
                struct stats_funnel_class c = stats_funnel_poisson(oracle_num(&o, i, "x"), e);
                same_flags(&o, i, &c);
                for (size_t l = 0; l < 2; l++) {
                        struct stats_funnel_limits f = stats_funnel_limits_poisson(e, level[l].tail);
                        oracle_near(&o, i, column("line_lo", l), f.lo, 1e-9, TINY);
                        oracle_near(&o, i, column("line_hi_symmetric", l), f.hi, 1e-9, TINY);
                }
        }
        oracle_close(&o);
}

/* How often is an average municipality flagged, by the exact test and by the naive comparison with the printed line? */
static void test_false_alarm(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "oracles/funnel_false_alarm.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double n = oracle_num(&o, i, "n"), p0 = oracle_num(&o, i, "p0");
                double exact_hi = 0, exact_lo = 0, naive_hi = 0, naive_lo = 0;
                struct stats_funnel_limits f = stats_funnel_limits_binomial(n, p0, STATS_TAIL_998);
                for (double x = 0; x <= n; x++) {
                        struct stats_funnel_class c = stats_funnel_binomial(x, n, p0);
                        if (c.at998 == STATS_SIDE_LOW)
                                exact_lo = c.p_lower;
                        if (c.at998 == STATS_SIDE_HIGH && !(exact_hi > 0))
                                exact_hi = c.p_upper;
                        if (x / n < f.lo)
                                naive_lo = c.p_lower;
                        if (x / n > f.hi_printed && !(naive_hi > 0))
                                naive_hi = c.p_upper;
                }
                oracle_same(&o, i, "exact_hi998", exact_hi, 1e-9);
                oracle_same(&o, i, "exact_lo998", exact_lo, 1e-9);
                oracle_same(&o, i, "naive_hi998", naive_hi, 1e-9);
                oracle_same(&o, i, "naive_lo998", naive_lo, 1e-9);
        }
        oracle_close(&o);
}

/* The real figures of 342 municipalities, computed in R with ten digits. */
static void real_figures(const char *path, double p0, size_t outside)
{
        struct oracle o;
        oracle_open(&o, path);
        double sum_x = 0, sum_n = 0;
        size_t out = 0;
        for (size_t i = 0; i < o.rows; i++) {
                sum_x += oracle_num(&o, i, "x");
                sum_n += oracle_num(&o, i, "n");
        }
        oracle_value(&o, 0, "p0", sum_x / sum_n, p0, 1e-11, 0);
        p0 = sum_x / sum_n;
        for (size_t i = 0; i < o.rows; i++) {
                double x = oracle_num(&o, i, "x"), n = oracle_num(&o, i, "n");
                for (size_t l = 0; l < 2; l++) {
                        double conf = 1 - 2 * level[l].tail;
                        struct stats_interval w = stats_wilson(x, n, conf), z = stats_funnel_limits_normal(n, p0, level[l].tail);
                        struct stats_funnel_limits f = stats_funnel_limits_binomial(n, p0, level[l].tail);
                        char lo[32], hi[32];
                        const char *stem[] = { "wilson", "norm", "binom" };
                        double got[][2] = { { w.lo, w.hi }, { z.lo, z.hi }, { f.lo, f.hi_printed } };
                        for (size_t m = 0; m < 3; m++) {
                                snprintf(lo, sizeof lo, "%s%s_l", stem[m], level[l].suffix);
                                snprintf(hi, sizeof hi, "%s%s_u", stem[m], level[l].suffix);
                                oracle_same(&o, i, lo, got[m][0], 1e-9);
                                oracle_same(&o, i, hi, got[m][1], 1e-9);
                        }
                }
                struct stats_interval c = stats_clopper_pearson(x, n, 0.95);
                oracle_same(&o, i, "cp95_l", c.lo, 1e-9);
                oracle_same(&o, i, "cp95_u", c.hi, 1e-9);
                enum stats_side s = stats_funnel_binomial(x, n, p0).at998;
                out += s == STATS_SIDE_LOW || s == STATS_SIDE_HIGH;
        }
        assert_int_equal(out, outside);
        oracle_close(&o);
}

static void test_real_2022(void **state) { (void) state; real_figures("statistiek/funnel_ref_schulden_2022.csv", 0.0813388951478, 305); }
static void test_real_2023(void **state) { (void) state; real_figures("statistiek/funnel_ref_schulden_2023.csv", 0.0878549653432, 303); }

static const char *phe_name(const struct stats_funnel_class *c)
{
        if (c->at998 == STATS_SIDE_HIGH || c->at998 == STATS_SIDE_LOW)
                return c->at998 == STATS_SIDE_HIGH ? "High (0.001)" : "Low (0.001)";
        if (c->at95 == STATS_SIDE_HIGH || c->at95 == STATS_SIDE_LOW)
                return c->at95 == STATS_SIDE_HIGH ? "High (0.025)" : "Low (0.025)";
        return "Not significant";
}

static void phe_lines(const char *path)
{
        struct oracle o;
        oracle_open(&o, path);
        for (size_t i = 0; i < o.rows; i++) {
                double n = oracle_num(&o, i, "Population"), p0 = oracle_num(&o, i, "Baseline") / 100;
                struct stats_interval a = stats_funnel_limits_normal(n, p0, STATS_TAIL_95), b = stats_funnel_limits_normal(n, p0, STATS_TAIL_998);
                /* They print percentages with six to eight decimals, cut at 0 and 100. */
                oracle_near(&o, i, "Lower2s0025limit", 100 * fmax(a.lo, 0), 0, 1.5e-6);
                oracle_near(&o, i, "Upper2s0025limit", 100 * fmin(a.hi, 1), 0, 1.5e-6);
                oracle_near(&o, i, "Lower3s0001limit", 100 * fmax(b.lo, 0), 0, 2.5e-6);
                oracle_near(&o, i, "Upper3s0001limit", 100 * fmin(b.hi, 1), 0, 2.5e-6);
        }
        oracle_close(&o);
}

static void test_phe_proportion_lines(void **state)
{
        (void) state;
        phe_lines("statistiek/phe/testdata_funnel_prop_outputs.csv");
        phe_lines("statistiek/phe/testdata_funnel_prop_outputs_with_axis_variation.csv");
}

static void test_phe_proportion_flags(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "statistiek/phe/testdata_funnel_prop_inputs.csv");
        double x = 0, n = 0;
        for (size_t i = 0; i < o.rows; i++) {
                x += oracle_num(&o, i, "numerator");
                n += oracle_num(&o, i, "denominator");
        }
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_funnel_class c = stats_funnel_normal(oracle_num(&o, i, "numerator"), oracle_num(&o, i, "denominator"), x / n);
                assert_string_equal(phe_name(&c), oracle_text(&o, i, "significance"));
                o.compared++;
        }
        oracle_close(&o);
}

/* Their ratio funnel turns the exact Poisson interval of the observed count around. */
static void test_phe_ratio_lines(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "statistiek/phe/testdata_funnel_ratio_outputs.csv");
        for (size_t i = 0; i < o.rows; i++) {
                double x = oracle_num(&o, i, "Observed_events");
                struct stats_interval a = stats_poisson_exact(x, 0.95), b = stats_poisson_exact(x, 0.998);
                oracle_near(&o, i, "lower_2s_exp_events", a.hi, 2e-4, 0);
                oracle_near(&o, i, "upper_2s_exp_events", a.lo, 2e-4, 0);
                oracle_near(&o, i, "lower_3s_exp_events", b.hi, 2e-4, 0);
                oracle_near(&o, i, "upper_3s_exp_events", b.lo, 2e-4, 0);
                oracle_near(&o, i, "lower_2s_isr", 100 * x / a.hi, 2e-4, 0);
                oracle_near(&o, i, "upper_2s_isr", 100 * x / a.lo, 2e-4, 0);
                oracle_near(&o, i, "lower_3s_isr", 100 * x / b.hi, 2e-4, 0);
                oracle_near(&o, i, "upper_3s_isr", 100 * x / b.lo, 2e-4, 0);
        }
        oracle_close(&o);
}

/* The rate funnel is the same, as population over three years at the baseline rate per 100,000. */
static void phe_rate_lines(const char *path)
{
        struct oracle o;
        oracle_open(&o, path);
        for (size_t i = 0; i < o.rows; i++) {
                double x = oracle_num(&o, i, "Events"), people = 1e5 / oracle_num(&o, i, "baseline") / 3;
                struct stats_interval a = stats_poisson_exact(x, 0.95), b = stats_poisson_exact(x, 0.998);
                oracle_near(&o, i, "lower_2s_population_1_year", a.hi * people, 1e-4, 0);
                oracle_near(&o, i, "upper_2s_population_1_year", a.lo * people, 1e-4, 0);
                oracle_near(&o, i, "lower_3s_population_1_year", b.hi * people, 1e-4, 0);
                oracle_near(&o, i, "upper_3s_population_1_year", b.lo * people, 1e-4, 0);
                oracle_near(&o, i, "lower_2s_limit", 1e5 * x / (3 * a.hi * people), 1e-4, 0);
                oracle_near(&o, i, "upper_3s_limit", 1e5 * x / (3 * b.lo * people), 1e-4, 0);
        }
        oracle_close(&o);
}

static void test_phe_rate_lines(void **state)
{
        (void) state;
        phe_rate_lines("statistiek/phe/testdata_funnel_rate_outputs.csv");
        phe_rate_lines("statistiek/phe/testdata_funnel_rate_outputs_2.csv");
        phe_rate_lines("statistiek/phe/testdata_funnel_rate_outputs_3.csv");
}

static void test_phe_ratio_flags(void **state)
{
        (void) state;
        struct oracle o;
        oracle_open(&o, "statistiek/phe/testdata_funnel_ratio_inputs.csv");
        for (size_t i = 0; i < o.rows; i++) {
                struct stats_funnel_class c = stats_funnel_poisson(oracle_num(&o, i, "obs"), oracle_num(&o, i, "expected"));
                assert_string_equal(phe_name(&c), oracle_text(&o, i, "significance"));
                o.compared++;
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        assert_int_equal(stats_funnel_binomial(0, 0, 0.5).at95, STATS_SIDE_NONE);
        assert_int_equal(stats_funnel_binomial(STATS_NONE, 9, 0.5).at95, STATS_SIDE_NONE);
        assert_int_equal(stats_funnel_binomial(2.5, 9, 0.5).at95, STATS_SIDE_NONE);
        assert_int_equal(stats_funnel_binomial(1, 9, 0).at998, STATS_SIDE_HIGH);
        assert_int_equal(stats_funnel_binomial(0, 9, 0).at998, STATS_SIDE_IN);
        assert_int_equal(stats_funnel_binomial(8, 9, 1).at998, STATS_SIDE_LOW);
        assert_int_equal(stats_funnel_binomial(9, 9, 1).at998, STATS_SIDE_IN);
        assert_int_equal(stats_funnel_poisson(3, 0).at95, STATS_SIDE_NONE);
        assert_int_equal(stats_funnel_normal(3, 9, 0).at95, STATS_SIDE_NONE);
        assert_true(isnan(stats_funnel_limits_binomial(5.5, 0.5, 0.025).lo));
        assert_true(isnan(stats_funnel_limits_poisson(-1, 0.025).lo));
        assert_true(isnan(stats_funnel_limits_normal(0, 0.5, 0.025).lo));
        double at[9];
        assert_int_equal(stats_funnel_grid(1, 4, true, at, 9), 4);
        assert_true(at[0] == 1 && at[3] == 4);
        assert_int_equal(stats_funnel_grid(0, 4, true, at, 9), 0);
        assert_int_equal(stats_funnel_grid(2.5, 2.7, true, at, 9), 0);
        assert_int_equal(stats_funnel_grid(3, 3, false, at, 9), 1);
}

static void one_target(double n, double p0)
{
        enum stats_side last = STATS_SIDE_LOW;
        struct stats_funnel_limits f = stats_funnel_limits_binomial(n, p0, STATS_TAIL_95), g = stats_funnel_limits_binomial(n, p0, STATS_TAIL_998);
        struct stats_funnel_limits m = stats_funnel_limits_binomial(n, 1 - p0, STATS_TAIL_95);
        assert_true(g.lo <= f.lo && f.lo <= f.hi && f.hi <= g.hi);
        assert_true(f.r_lo <= n * p0 && n * p0 <= f.r_hi + 1);
        assert_true(fabs(f.lo + m.hi - 1) < 1e-9 && fabs(f.hi + m.lo - 1) < 1e-9);
        for (double x = 0; x <= n; x++) {
                struct stats_funnel_class c = stats_funnel_binomial(x, n, p0), mirror = stats_funnel_binomial(n - x, n, 1 - p0);
                assert_true(fabs(c.p_lower - mirror.p_upper) < 1e-12);
                assert_true(c.p_lower + c.p_upper >= 1);
                /* low, then in, then high as x grows; and outside 99.8% is outside 95% */
                assert_true(!(last == STATS_SIDE_IN && c.at95 == STATS_SIDE_LOW) && !(last == STATS_SIDE_HIGH && c.at95 != STATS_SIDE_HIGH));
                assert_true(c.at998 == STATS_SIDE_IN || c.at998 == c.at95);
                last = c.at95;
                /* the drawn lines say the same as the test */
                enum stats_side line = x / n < f.lo - 1e-12 ? STATS_SIDE_LOW : x / n > f.hi + 1e-12 ? STATS_SIDE_HIGH : STATS_SIDE_IN;
                assert_int_equal(line, c.at95);
        }
}

/* Nearly everybody: by the definition of the count at the limit. */
static void test_target_near_one(void **state)
{
        (void) state;
        const double at[][2] = { { 1e6, 0.999999 }, { 60621, 0.9881746 }, { 12198, 0.9991265 }, { 1e9, 0.9999999 } };
        for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
                double n = at[i][0], p0 = at[i][1], r = stats_funnel_limits_binomial(n, p0, STATS_TAIL_998).r_lo;
                assert_int_equal(stats_funnel_binomial(r, n, p0).at998, STATS_SIDE_IN);
                assert_int_equal(stats_funnel_binomial(r - 1, n, p0).at998, STATS_SIDE_LOW);
        }
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 400; i++)
                one_target(oracle_integer(1, 150), 0.02 + 0.96 * oracle_uniform());
        double at[64];
        struct stats_funnel_lines line[64];
        size_t m = stats_funnel_grid(1, 5000, true, at, 64);
        assert_true(m > 50 && at[m - 1] == 5000);
        stats_funnel_curve_binomial(0.3, at, line, m);
        assert_true(line[m - 1].hi998 - line[m - 1].lo998 < line[4].hi998 - line[4].lo998);
        stats_funnel_curve_poisson(at, line, m);
        for (size_t i = 0; i < m; i++)
                assert_true(line[i].lo998 <= line[i].lo95 && line[i].lo95 < 1 && 1 < line[i].hi95 && line[i].hi95 <= line[i].hi998);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_limits_binomial), cmocka_unit_test(test_limits_poisson), cmocka_unit_test(test_flags_binomial),
                cmocka_unit_test(test_flags_poisson), cmocka_unit_test(test_false_alarm), cmocka_unit_test(test_real_2022),
                cmocka_unit_test(test_real_2023), cmocka_unit_test(test_phe_proportion_lines),
                cmocka_unit_test(test_phe_proportion_flags), cmocka_unit_test(test_phe_ratio_lines),
                cmocka_unit_test(test_phe_ratio_flags), cmocka_unit_test(test_phe_rate_lines),
                cmocka_unit_test(test_edges), cmocka_unit_test(test_target_near_one), cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-funnel", tests, NULL, NULL);
}
