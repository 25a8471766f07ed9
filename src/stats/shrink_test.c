#include "shrink.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define UNITS_MAX 512

static size_t units_of(const struct oracle *in, const char *set, const char *second, double *x, double *n)
{
        size_t k = 0;
        for (size_t i = 0; i < in->rows; i++) {
                if (!oracle_is(in, i, "set", set))
                        continue;
                assert_true(k < UNITS_MAX);
                x[k] = oracle_num(in, i, "x");
                n[k++] = oracle_num(in, i, second);
        }
        return k;
}

static struct stats_share_prior share_fit(const double *x, const double *n, size_t k)
{
        double *scratch = calloc(stats_share_prior_scratch(n, k) + 1, sizeof *scratch);
        struct stats_share_prior p = stats_share_prior(x, n, k, scratch);
        free(scratch);
        return p;
}

static struct stats_rate_prior rate_fit(const double *x, const double *t, size_t k)
{
        double *scratch = calloc(stats_rate_prior_scratch(x, k) + 1, sizeof *scratch);
        struct stats_rate_prior p = stats_rate_prior(x, t, k, scratch);
        free(scratch);
        return p;
}

static void test_share_fits(void **state)
{
        (void) state;
        struct oracle in, o;
        double x[UNITS_MAX], n[UNITS_MAX], mu, rho;
        oracle_open(&in, "oracles/od_input.csv");
        oracle_open(&o, "oracles/eb_betabinomial_fits.csv");
        for (size_t i = 0; i < o.rows; i++) {
                size_t k = units_of(&in, oracle_text(&o, i, "set"), "n", x, n);
                struct stats_share_prior p = share_fit(x, n, k);
                assert_true(p.converged && p.overdispersed);
                oracle_same(&o, i, "K", (double) p.k, 0);
                oracle_same(&o, i, "mu", p.mu, 1e-7);
                oracle_same(&o, i, "vgam_mu", p.mu, 1e-7);
                oracle_same(&o, i, "rho", p.rho, 1e-6);
                oracle_same(&o, i, "alpha", p.alpha, 2e-6);
                oracle_same(&o, i, "beta", p.beta, 2e-6);
                oracle_same(&o, i, "loglik", p.loglik, 1e-9);
                oracle_same(&o, i, "loglik_binomial", p.loglik_equal, 1e-9);
                stats_kleinman(x, n, k, &mu, &rho);
                oracle_same(&o, i, "kleinman_mu", mu, 1e-9);
                oracle_same(&o, i, "kleinman_rho", rho, 1e-9);
        }
        oracle_close(&o);
        oracle_close(&in);
}

static void test_share_posteriors(void **state)
{
        (void) state;
        struct oracle fits, o;
        oracle_open(&fits, "oracles/eb_betabinomial_fits.csv");
        oracle_open(&o, "oracles/eb_betabinomial_post.csv");
        for (size_t f = 0; f < fits.rows; f++) {
                struct stats_share_prior p = {
                        .mu = oracle_num(&fits, f, "mu"), .alpha = oracle_num(&fits, f, "alpha"), .beta = oracle_num(&fits, f, "beta"),
                        .overdispersed = true,
                };
                for (size_t i = 0; i < o.rows; i++) {
                        if (!oracle_is(&o, i, "set", oracle_text(&fits, f, "set")))
                                continue;
                        double x = oracle_num(&o, i, "x"), n = oracle_num(&o, i, "n");
                        struct stats_shrunk a = stats_shrink_share(&p, x, n, 0.95), b = stats_shrink_share(&p, x, n, 0.998);
                        oracle_same(&o, i, "shrunk", a.mean, 1e-9);
                        oracle_same(&o, i, "weight", a.weight, 1e-9);
                        oracle_same(&o, i, "lo95", a.lo, 1e-9);
                        oracle_same(&o, i, "hi95", a.hi, 1e-9);
                        oracle_same(&o, i, "lo998", b.lo, 1e-9);
                        oracle_same(&o, i, "hi998", b.hi, 1e-9);
                        oracle_same(&o, i, "p_above_mu", stats_share_above(&p, x, n, p.mu), 1e-9);
                }
        }
        oracle_close(&o);
        oracle_close(&fits);
}

static void test_rate_fits(void **state)
{
        (void) state;
        struct oracle in, o;
        double x[UNITS_MAX], t[UNITS_MAX];
        oracle_open(&in, "oracles/eb_gammapoisson_post.csv");
        oracle_open(&o, "oracles/eb_gammapoisson_fits.csv");
        for (size_t i = 0; i < o.rows; i++) {
                size_t k = units_of(&in, oracle_text(&o, i, "set"), "t", x, t);
                if (!(fabs((double) k - oracle_num(&o, i, "K")) < 0.5)) {
                        print_message("set %s: %zu of its units are here, fit not compared\n", oracle_text(&o, i, "set"), k);
                        continue;
                }
                struct stats_rate_prior p = rate_fit(x, t, k);
                assert_true(p.converged);
                oracle_same(&o, i, "loglik_poisson", p.loglik_equal, 1e-9);
                oracle_same(&o, i, "loglik", p.loglik, 1e-8);
                if (oracle_num(&o, i, "alpha") > 1e6) {         /* their optimiser stopped somewhere on the flat: no overdispersion */
                        assert_true(!p.overdispersed);
                        continue;
                }
                oracle_same(&o, i, "mean", p.mean, 1e-6);
                oracle_same(&o, i, "glmnb_mean", p.mean, 1e-6);
                oracle_same(&o, i, "alpha", p.alpha, 1e-6);
                oracle_same(&o, i, "beta", p.beta, 1e-6);
        }
        oracle_close(&o);
        oracle_close(&in);
}

static void test_rate_posteriors(void **state)
{
        (void) state;
        struct oracle fits, o;
        oracle_open(&fits, "oracles/eb_gammapoisson_fits.csv");
        oracle_open(&o, "oracles/eb_gammapoisson_post.csv");
        for (size_t f = 0; f < fits.rows; f++) {
                struct stats_rate_prior p = {
                        .mean = oracle_num(&fits, f, "mean"), .alpha = oracle_num(&fits, f, "alpha"), .beta = oracle_num(&fits, f, "beta"),
                        .overdispersed = true,
                };
                for (size_t i = 0; i < o.rows; i++) {
                        if (!oracle_is(&o, i, "set", oracle_text(&fits, f, "set")))
                                continue;
                        double x = oracle_num(&o, i, "x"), t = oracle_num(&o, i, "t");
                        struct stats_shrunk a = stats_shrink_rate(&p, x, t, 0.95), b = stats_shrink_rate(&p, x, t, 0.998);
                        oracle_same(&o, i, "shrunk", a.mean, 1e-9);
                        oracle_same(&o, i, "lo95", a.lo, 1e-9);
                        oracle_same(&o, i, "hi95", a.hi, 1e-9);
                        oracle_same(&o, i, "lo998", b.lo, 1e-9);
                        oracle_same(&o, i, "hi998", b.hi, 1e-9);
                }
        }
        oracle_close(&o);
        oracle_close(&fits);
}

static void test_efron_morris(void **state)
{
        (void) state;
        struct oracle o;
        double y[18], js[18];
        oracle_open(&o, "oracles/eb_efron_morris.csv");
        assert_int_equal(o.rows, 18);
        for (size_t i = 0; i < 18; i++) {
                double n = oracle_num(&o, i, "ab");
                y[i] = sqrt(n) * asin(2 * oracle_num(&o, i, "hits") / n - 1);
                oracle_same(&o, i, "y", y[i], 1e-9);
        }
        assert_true(fabs(stats_james_stein(y, 18, js) - 0.2090) < 1e-4);
        for (size_t i = 0; i < 18; i++) {
                oracle_same(&o, i, "js", js[i], 1e-9);
                oracle_same(&o, i, "js_back", (1 + sin(js[i] / sqrt(45))) / 2, 1e-9);
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        double x[] = { STATS_NONE, 2.5, 0, 3 }, n[] = { 9, 9, 0, STATS_NONE }, none[] = { 0, 0, 0, 0 }, all[] = { 5, 6, 7, 8 };
        struct stats_share_prior p = share_fit(x, n, 4);
        assert_true(p.k == 0 && isnan(p.mu) && !p.converged);
        assert_true(isnan(stats_shrink_share(&p, 1, 2, 0.95).mean));
        p = share_fit(none, all, 4);
        assert_true(p.mu == 0 && !p.overdispersed && p.converged && p.loglik == 0);
        p = share_fit(all, all, 4);
        assert_true(p.mu == 1 && stats_shrink_share(&p, 3, 4, 0.95).hi == 1 && isnan(stats_share_above(&p, 3, 4, 0.5)));
        struct stats_rate_prior r = rate_fit(none, all, 4);
        assert_true(r.mean == 0 && !r.overdispersed);
        r = rate_fit(x, n, 0);
        assert_true(isnan(r.mean));
        /* equal figures: less spread than chance, so no overdispersion; chance for n = 1 cannot show any */
        double same[] = { 10, 20, 30, 40 }, of[] = { 100, 200, 300, 400 }, one[] = { 1, 0, 1, 0 }, size1[] = { 1, 1, 1, 1 };
        assert_true(!share_fit(same, of, 4).overdispersed && !rate_fit(same, of, 4).overdispersed);
        assert_true(!share_fit(one, size1, 4).overdispersed);
        double each[] = { 100, 0, 300, 0 };
        p = share_fit(each, of, 4);
        assert_true(p.converged && p.rho > 0.999 && fabs(p.mu - 0.5) < 1e-3 && stats_shrink_share(&p, 0, 9, 0.95).mean < 1e-3);
        /* the case where differences of lbeta ran to alpha = 1e74: large n, little spread */
        double big[] = { 50010, 49980, 50300, 49700 }, bign[] = { 1e5, 1e5, 1e5, 1e5 };
        p = share_fit(big, bign, 4);
        assert_true(p.converged && p.loglik < 0 && p.mu > 0.49 && p.mu < 0.51 && p.alpha > 1);
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 150; i++) {
                double x[60], n[60], y[60], m[60], spread = i % 3 ? 0.3 : 0;
                size_t k = (size_t) oracle_integer(6, 60);
                for (size_t j = 0; j < k; j++) {
                        double p = 0.5 + spread * (oracle_uniform() - 0.5) * 2;
                        n[j] = m[k - 1 - j] = oracle_integer(1, 120);
                        x[j] = 0;
                        for (double c = 0; c < n[j]; c++)
                                x[j] += oracle_uniform() < p;
                        y[k - 1 - j] = n[j] - x[j];
                }
                struct stats_share_prior a = share_fit(x, n, k), b = share_fit(y, m, k);
                assert_true(a.converged && b.converged && a.overdispersed == b.overdispersed && a.loglik >= a.loglik_equal);
                assert_true(fabs(a.mu + b.mu - 1) < 1e-8 && fabs(a.rho - b.rho) < 1e-8 + 1e-6 * a.rho);
                /* chi-square with 1 degree of freedom is a squared normal */
                double gain = a.loglik - a.loglik_equal, p_equal = a.overdispersed ? erfc(sqrt(gain)) / 2 : 1;
                assert_true(fabs(a.p_equal - p_equal) <= 1e-9 * p_equal);
                struct stats_rate_prior r = rate_fit(x, n, k);
                assert_true(r.converged && r.loglik >= r.loglik_equal);
                for (size_t j = 0; j < k; j++) {
                        struct stats_shrunk s = stats_shrink_share(&a, x[j], n[j], 0.95), w = stats_shrink_share(&a, x[j], n[j], 0.998);
                        double raw = x[j] / n[j];
                        assert_true(fmin(raw, a.mu) - 1e-12 <= s.mean && s.mean <= fmax(raw, a.mu) + 1e-12);
                        assert_true(s.lo <= s.mean && s.mean <= s.hi && w.lo <= s.lo && s.hi <= w.hi);
                        assert_true(fabs(s.mean - (s.weight * raw + (1 - s.weight) * a.mu)) < 1e-9);
                        struct stats_shrunk q = stats_shrink_rate(&r, x[j], n[j], 0.95);
                        assert_true(q.lo <= q.mean && q.mean <= q.hi);
                        if (r.overdispersed)
                                assert_true(fabs(stats_rate_above(&r, x[j], n[j], q.hi) - 0.025) < 1e-9);
                        if (a.overdispersed)
                                assert_true(fabs(stats_share_above(&a, x[j], n[j], s.lo) - 0.975) < 1e-8);
                }
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_share_fits), cmocka_unit_test(test_share_posteriors), cmocka_unit_test(test_rate_fits),
                cmocka_unit_test(test_rate_posteriors), cmocka_unit_test(test_efron_morris), cmocka_unit_test(test_edges),
                cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-shrink", tests, NULL, NULL);
}
