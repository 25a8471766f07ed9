#include "quantile.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define VALUES_MAX 1024

struct values {
        double v[VALUES_MAX];
        size_t row[VALUES_MAX], n;
};

static void values_of(const struct oracle *in, const char *set, struct values *out)
{
        out->n = 0;
        for (size_t i = 0; i < in->rows; i++) {
                if (!oracle_is(in, i, "set", set))
                        continue;
                assert_true(out->n < VALUES_MAX);
                out->row[out->n] = i;
                out->v[out->n++] = oracle_num(in, i, "v");
        }
        assert_true(out->n > 0);
}

static void test_types_oracle(void **state)
{
        (void) state;
        struct oracle in, o;
        struct values s;
        double scratch[VALUES_MAX];
        oracle_open(&in, "oracles/quantile_input.csv");
        oracle_open(&o, "oracles/quantile_types.csv");
        const int type[] = { 2, 6, 7, 8 };
        for (size_t i = 0; i < o.rows; i++) {
                values_of(&in, oracle_text(&o, i, "set"), &s);
                for (size_t t = 0; t < 4; t++) {
                        char name[8];
                        snprintf(name, sizeof name, "type%d", type[t]);
                        oracle_same(&o, i, name, stats_quantile(s.v, s.n, oracle_num(&o, i, "prob"), type[t], scratch), 1e-12);
                }
        }
        oracle_close(&o);
        oracle_close(&in);
}

static double group(size_t g) { return g ? (double) g : STATS_NONE; }

static void test_assign_oracle(void **state)
{
        (void) state;
        struct oracle o;
        struct values s;
        static double pr[VALUES_MAX], rmin[VALUES_MAX], ravg[VALUES_MAX];
        static size_t five[VALUES_MAX], ten[VALUES_MAX], nt[VALUES_MAX];
        static struct stats_keyed scratch[VALUES_MAX];
        oracle_open(&o, "oracles/quantile_assign.csv");
        for (size_t i = 0; i < o.rows; i++) {
                if (i > 0 && oracle_is(&o, i, "set", oracle_text(&o, i - 1, "set")))
                        continue;
                values_of(&o, oracle_text(&o, i, "set"), &s);
                stats_percent_rank(s.v, s.n, pr, scratch);
                stats_rank(s.v, s.n, rmin, ravg, scratch);
                stats_phe_quantile(s.v, s.n, 5, five, scratch);
                stats_phe_quantile(s.v, s.n, 10, ten, scratch);
                stats_ntile(s.v, s.n, 5, nt, scratch);
                for (size_t j = 0; j < s.n; j++) {
                        oracle_same(&o, s.row[j], "percent_rank", pr[j], 1e-12);
                        oracle_same(&o, s.row[j], "rank_min", rmin[j], 0);
                        oracle_same(&o, s.row[j], "rank_avg", ravg[j], 0);
                        oracle_same(&o, s.row[j], "phe_quintile", group(five[j]), 0);
                        oracle_same(&o, s.row[j], "phe_decile", group(ten[j]), 0);
                        oracle_same(&o, s.row[j], "ntile5", group(nt[j]), 0);
                }
        }
        oracle_close(&o);
}

static void test_edges(void **state)
{
        (void) state;
        double v[] = { STATS_NONE, 3, 1, STATS_NONE, 2 }, out[5], scratch[5];
        size_t g[5];
        struct stats_keyed keyed[5];
        assert_true(stats_quantile(v, 5, 0.5, 7, scratch) == 2);
        assert_true(isnan(stats_quantile(v, 1, 0.5, 7, scratch)));
        assert_true(isnan(stats_quantile(v, 5, 1.1, 7, scratch)));
        assert_true(isnan(stats_quantile(v, 5, 0.5, 5, scratch)));
        assert_true(isnan(stats_quantile(v, 0, 0.5, 7, scratch)));
        stats_percent_rank(v, 5, out, keyed);
        assert_true(isnan(out[0]) && out[1] == 1 && out[2] == 0 && out[4] == 0.5);
        stats_ntile(v, 5, 2, g, keyed);
        assert_true(g[0] == 0 && g[2] == 1 && g[4] == 1 && g[1] == 2);
        stats_phe_quantile(v, 5, 4, g, keyed);
        assert_true(g[1] == 0 && g[2] == 0);
        stats_ntile(v, 5, 0, g, keyed);
        assert_true(g[1] == 0);
}

static void test_properties(void **state)
{
        (void) state;
        oracle_seed();
        for (int i = 0; i < 1000; i++) {
                double v[50], w[50], scratch[50], r[50], q = 0;
                size_t n = (size_t) oracle_integer(1, 50), g[50], count[6] = { 0 };
                struct stats_keyed keyed[50];
                for (size_t j = 0; j < n; j++)
                        w[n - 1 - j] = -(v[j] = oracle_integer(-9, 9));
                const int type[] = { 2, 6, 7, 8 };
                for (size_t t = 0; t < 4; t++) {
                        double last = -HUGE_VAL;
                        for (double p = 0; p <= 1; p += 0.0625) {
                                q = stats_quantile(v, n, p, type[t], scratch);
                                assert_true(q >= last && q >= -9 && q <= 9);
                                assert_true(fabs(q + stats_quantile(w, n, 1 - p, type[t], scratch)) < 1e-12);
                                last = q;
                        }
                }
                stats_rank(v, n, NULL, r, keyed);
                for (size_t j = 0; j < n; j++)
                        q = j ? q + r[j] : r[j];
                assert_true(fabs(q - (double) (n * (n + 1) / 2)) < 1e-9);
                for (size_t groups = 2; groups <= n && groups <= 12; groups++) {
                        double apart[50];
                        for (size_t j = 0; j < n; j++)
                                apart[j] = (double) j;
                        stats_phe_quantile(apart, n, groups, g, keyed);
                        assert_true(g[0] == 1 && g[n - 1] == groups);
                        for (size_t j = 1; j < n; j++)
                                assert_true(g[j] == g[j - 1] || g[j] == g[j - 1] + 1);
                }
                stats_ntile(v, n, 5, g, keyed);
                for (size_t j = 0; j < n; j++)
                        count[g[j]]++;
                assert_true(count[0] == 0);
                for (size_t k = 2; k < 6; k++)
                        assert_true(count[k] == count[k - 1] || count[k] + 1 == count[k - 1]);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_types_oracle), cmocka_unit_test(test_assign_oracle), cmocka_unit_test(test_edges),
                cmocka_unit_test(test_properties),
        };
        return cmocka_run_group_tests_name("stats-quantile", tests, NULL, NULL);
}
