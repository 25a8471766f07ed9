/* Every table of the test set goes through its filter: only the columns it reads go in, all others must come out. */
#include "testing.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "file.h"

/* The text of a table of the test set; skips the test without them. One cell there has a comma and no quotes. */
static struct str oracle(struct arena *a, const char *name)
{
        const char *shared = getenv("SCHOUDERS_SHARED");
        struct str text;
        struct str path = str_fmt(a, "%s%s/data/oracles/%s.csv", shared ? "" : SOURCE_ROOT "/", shared ? shared : "../shared", name);
        if (file_read(a, path, 64 << 20, &text) != OK) {
                print_message("%.*s is not there\n", STR(path));
                skip();
        }
        struct buf b = { 0 };
        struct str bare = S("estimated:show-with-flag,no-significance");
        size_t at;
        while ((at = str_find(text, bare)) < text.n) {
                buf_str(&b, str_sub(text, 0, at));
                csv_quoted(&b, bare);
                text = str_sub(text, at + bare.n, text.n);
        }
        buf_str(&b, text);
        text = str_dup(a, buf_view(&b));
        buf_done(&b);
        return text;
}

/* A table with columns of another put behind it, by their common first column. */
static struct str joined(struct arena *a, struct str text, struct str other, const char *names)
{
        struct table t = parse(a, text), from = parse(a, other);
        struct buf b = { 0 };
        struct str name;
        const char *key = str_z(a, t.c.header[0]);
        for (size_t i = 0; i <= t.n; i++) {
                size_t k = 0;
                while (i && k < from.n && !str_eq(field(&from, k, key), field(&t, i - 1, key)))
                        k++;
                for (size_t c = 0; c < t.c.columns; c++) {
                        csv_field(&b, i ? t.row[i - 1].v[c] : t.c.header[c]);
                        buf_char(&b, ',');
                }
                for (struct str rest = str_of(names); str_split(&rest, ',', &name);) {
                        csv_field(&b, i ? field(&from, k, str_z(a, name)) : name);
                        buf_char(&b, rest.n ? ',' : '\n');
                }
        }
        text = str_dup(a, buf_view(&b));
        buf_done(&b);
        return text;
}

/* Only the columns with these names (commas between; "" for all) of a table. */
static struct str cut(struct arena *a, struct str text, const char *names)
{
        struct table t = parse(a, text);
        struct buf b = { 0 };
        struct str name;
        if (!*names)
                return text;
        buf_fmt(&b, "%s\n", names);
        for (size_t i = 0; i < t.n; i++) {
                bool first = true;
                for (struct str rest = str_of(names); str_split(&rest, ',', &name); first = false) {
                        if (!first)
                                buf_char(&b, ',');
                        csv_field(&b, field(&t, i, str_z(a, name)));
                }
                buf_char(&b, '\n');
        }
        text = str_dup(a, buf_view(&b));
        buf_done(&b);
        return text;
}

static bool number(struct str s, double *v)
{
        bool inf = str_eq(s, S("Inf"));
        *v = inf ? (double) INFINITY : 0;
        return inf || str_to_f64(s, v);
}

/* Equal words, or numbers that differ by less than the larger of the two tolerances. */
static bool same(struct str got, struct str want, double relative, double absolute)
{
        double g, w;
        if (!number(got, &g) || !number(want, &w))
                return str_eq(got, want);
        return g == w || fabs(g - w) <= fmax(relative * fmax(fabs(g), fabs(w)), absolute);
}

struct replay {
        const char *name, *in, *columns;        /* the filter, the table that goes in, which of its columns */
        const char *table;                      /* what must come out */
        const char *key;                        /* columns that tell its rows apart */
        double relative, absolute;
        const char *but;                        /* columns that are compared elsewhere, or are another program's */
        const char *join, *joined;              /* a second table, and its columns that go in too */
};

static bool listed(const char *list, struct str name)
{
        struct str rest = str_of(list ? list : ""), one;
        while (str_split(&rest, ',', &one))
                if (str_eq(one, name))
                        return true;
        return false;
}

/* The row of GOT with the same key as a row of WANT; looks on from where it was found last. */
static size_t row_like(struct arena *a, const struct table *got, const struct table *want, size_t row, const char *key, size_t from)
{
        struct str name;
        for (size_t k = 0; k < got->n; k++) {
                size_t i = (from + k) % got->n;
                bool equal = true;
                for (struct str rest = str_of(key); equal && str_split(&rest, ',', &name);)
                        equal = same(field(got, i, str_z(a, name)), field(want, row, str_z(a, name)), 1e-12, 0);
                if (equal)
                        return i;
        }
        return got->n;
}

static void compare(struct arena *a, const struct replay *r, const struct table *got, const struct table *want)
{
        size_t at = 0, compared = 0;
        for (size_t i = 0; i < want->n; i++) {
                at = row_like(a, got, want, i, r->key, at);
                if (at == got->n)
                        fail_msg("%s: row %zu of %s does not come out", r->name, i + 1, r->table);
                for (size_t c = 0; c < want->c.columns; c++) {
                        struct str column = want->c.header[c];
                        if (listed(r->but, column))
                                continue;
                        struct str g = field(got, at, str_z(a, column)), w = want->row[i].v[c];
                        if (!same(g, w, r->relative, r->absolute))
                                fail_msg("%s: %s row %zu, %.*s: %.*s, want %.*s", r->name, r->table, i + 1, STR(column), STR(g), STR(w));
                        compared++;
                }
        }
        print_message("%-28s %zu cells of %s\n", r->name, compared, r->table);
}

#define STD "area,stratum,x,n,ref_x,ref_n"
#define THRESHOLD "sdc_suppression_summary", "threshold"
#define TREND "case,x1,x2,x3,x4,x5,n1,n2,n3,n4,n5"

static const struct replay replays[] = {
        { "ci_binomial", "ci_binomial", "x,n,conf", "ci_binomial", "x,n,conf", 1e-9, 0, NULL },
        { "ci_poisson", "ci_poisson", "o,conf", "ci_poisson", "o,conf", 1e-8, 0, NULL },
        { "std_direct", "std_input", STD, "std_direct", "area", 1e-10, 0, NULL },
        { "std_indirect", "std_input", STD, "std_indirect", "area", 1e-10, 0, NULL },
        { "two_proportions", "two_proportions", "x1,n1,x2,n2", "two_proportions", "x1,n1,x2,n2", 1e-9, 0, NULL },
        { "plausibility_counts", "plausibility_counts", "prev,cur", "plausibility_counts", "prev,cur", 1e-9, 0, NULL },
        { "funnel_limits_binomial", "funnel_limits_binomial", "p0,n", "funnel_limits_binomial", "p0,n", 1e-9, 1e-12, NULL },
        { "funnel_limits_poisson", "funnel_limits_poisson", "expected", "funnel_limits_poisson", "expected", 1e-8, 1e-12, NULL },
        { "funnel_flags_binomial", "funnel_flags_binomial", "p0,n,x", "funnel_flags_binomial", "p0,n,x", 1e-9, 1e-12, NULL },
        { "funnel_flags_poisson", "funnel_flags_poisson", "expected,x", "funnel_flags_poisson", "expected,x", 1e-9, 1e-12, NULL },
        { "funnel_false_alarm", "funnel_false_alarm", "n,p0", "funnel_false_alarm", "n,p0", 1e-9, 0, NULL },
        { "od", "od_input", "", "od_results", "set,transform,winsor", 1e-7, 0, NULL },
        { "od_zscores", "od_input", "", "od_zscores", "set,transform,unit", 1e-9, 1e-12, NULL },
        { "eb_betabinomial_fits", "od_input", "", "eb_betabinomial_fits", "set", 2e-6, 0, NULL },
        { "eb_betabinomial", "eb_betabinomial_post", "set,unit,x,n", "eb_betabinomial_fits", "set", 2e-6, 0, NULL },
        { "eb_betabinomial", "eb_betabinomial_post", "set,unit,x,n", "eb_betabinomial_post", "set,unit", 1e-6, 1e-14, NULL },
        { "eb_betabinomial_post", "eb_betabinomial_post", "set,unit,x,n,alpha,beta", "eb_betabinomial_post", "set,unit", 1e-9, 0, NULL,
          "eb_betabinomial_fits", "alpha,beta" },
        { "eb_gammapoisson_post", "eb_gammapoisson_post", "set,unit,x,t,alpha,beta", "eb_gammapoisson_post", "set,unit", 1e-9, 0, NULL,
          "eb_gammapoisson_fits", "alpha,beta" },
        /* In the third set the other programs stopped somewhere on the flat: there is no overdispersion. */
        { "eb_gammapoisson", "eb_gammapoisson_post", "set,unit,x,t", "eb_gammapoisson_post", "set,unit", 1e-5, 0, "lo95,hi95,lo998,hi998" },
        { "eb_gammapoisson_fits", "eb_gammapoisson_post", "set,unit,x,t", "eb_gammapoisson_fits", "set", 1e-5, 0, "alpha,beta,glmnb_theta" },
        { "eb_efron_morris", "eb_efron_morris", "player,hits,ab", "eb_efron_morris", "player", 1e-9, 0, NULL },
        { "rank", "rank_oracle", "set,unit,a,b", "rank_oracle", "set,unit", 1e-4, 1.01, "x,n" },
        { "fdr", "fdr", "set,i,p", "fdr", "set,i", 1e-12, 0, "hommel" },
        { "xmr", "xmr_points_nelson", "series,i,y", "xmr_limits", "series,screen", 1e-9, 0, NULL },
        { "xmr", "xmr_points_nelson", "series,i,y", "xmr_points_nhs_rules", "series,i", 1e-9, 0, NULL },
        { "xmr_limits", "xmr_points_nelson", "series,i,y", "xmr_limits", "series,screen", 1e-9, 0, NULL },
        { "xmr_points_nhs_rules", "xmr_points_nelson", "series,i,y", "xmr_points_nhs_rules", "series,i", 1e-9, 0, NULL },
        { "xmr_points_nelson", "xmr_points_nelson", "series,i,y", "xmr_points_nelson", "series,i", 1e-9, 0, NULL },
        { "pchart_laney", "pchart_laney", "i,x,n", "pchart_laney", "i", 1e-9, 0, NULL },
        { "cusum", "cusum_ewma_montgomery", "i,y", "cusum_ewma_montgomery", "i", 1e-9, 1e-13, NULL },
        { "cusum_arl_siegmund", "cusum_arl_siegmund", "shift", "cusum_arl_siegmund", "shift", 1e-9, 0, NULL },
        { "quantile", "quantile_input", "", "quantile_types", "set,prob", 1e-12, 0, NULL },
        { "quantile_assign", "quantile_input", "", "quantile_assign", "set,i", 1e-12, 0, NULL },
        { "trend", "trend_proportions", TREND, "trend_proportions", "case", 1e-9, 0, NULL },
        { "trend", "trend_mk_input", "", "trend_mk_results", "case", 1e-9, 1e-13, NULL },
        { "did", "did_2x2_input", "", "did_2x2_results", "model,type", 1e-7, 0, NULL },
        { "cs", "stagger342_input", "", "stagger342_cs_attgt_notyet", "g,t", 1e-9, 1e-13, NULL },
        { "stagger342_cs_attgt_notyet", "stagger342_input", "", "stagger342_cs_attgt_notyet", "g,t", 1e-9, 1e-13, NULL },
        { "steppedwedge", "steppedwedge_input", "", "steppedwedge_lmm", "stat", 1e-6, 0, NULL },
        { "steppedwedge_power", "steppedwedge_power", "design,m,p,tau,delta", "steppedwedge_power", "design,m,p,tau,delta", 1e-9, 0, NULL },
        { "nn", "nn_input", "", "nn_results", "unit,rank", 1e-9, 0, NULL },
        { "sdc_suppression_summary", "sdc_suppression_cells", "table,row,col,value,primary,threshold", "sdc_suppression_summary", "table", 0, 0, NULL,
          THRESHOLD },
        { "sdc_suppression", "sdc_suppression_cells", "table,row,col,value,threshold", "sdc_suppression_summary", "table", 0, 0, NULL, THRESHOLD },
        { "sdc_audit", "sdc_suppression_cells", "table,row,col,value,primary,secondary_optimal", "sdc_suppression_cells", "table,row,col", 1e-9, 1e-9,
          "is_row_total_line,is_col_total_line" },
        { "sdc_suppression_cells", "sdc_suppression_cells", "table,row,col,value,threshold", "sdc_suppression_cells", "table,row,col", 1e-9, 1e-9, NULL,
          THRESHOLD },
        { "sdc_rounding", "sdc_rounding_cells", "table,row,col,value", "sdc_rounding_summary", "table", 1e-12, 0, NULL },
        /* Of several optimal roundings any will do: src/stats/sdc_test.c */
        { "sdc_rounding_cells", "sdc_rounding_cells", "table,row,col,value", "sdc_rounding_cells", "table,row,col", 0, 0, "controlled_round5_optimal" },
        { "sdc_dominance", "sdc_dominance", "case,values_desc", "sdc_dominance", "case", 0, 0, NULL },
};

static void test_replay(void **state)
{
        (void) state;
        for (size_t k = 0; k < sizeof replays / sizeof *replays; k++) {
                const struct replay *r = &replays[k];
                struct arena a = { 0 };
                struct str in = oracle(&a, r->in);
                if (r->join)
                        in = joined(&a, in, oracle(&a, r->join), r->joined);
                struct str out = ran(&a, r->name, cut(&a, in, r->columns), S(""));
                struct table want = parse(&a, oracle(&a, r->table)), got = parse(&a, out);
                compare(&a, r, &got, &want);
                /* The whole table goes in just as well. */
                struct str whole = ran(&a, r->name, in, S(""));
                assert_true(strcmp(r->name, "rank") == 0 || strcmp(r->name, "nn") == 0 || str_eq(whole, out));
                arena_done(&a);
        }
}

/* Named as its table, a filter writes the table's own header. */
static void test_headers(void **state)
{
        (void) state;
        static const char *const same[] = {
                "ci_binomial", "ci_poisson", "two_proportions", "plausibility_counts", "funnel_limits_binomial", "funnel_limits_poisson",
                "funnel_flags_binomial", "funnel_flags_poisson", "funnel_false_alarm", "fdr", "xmr_points_nhs_rules", "xmr_points_nelson",
                "pchart_laney", "cusum_ewma_montgomery", "cusum_arl_siegmund", "trend_proportions", "steppedwedge_power", "sdc_dominance",
                "sdc_suppression_cells", "sdc_rounding_cells", "eb_efron_morris", "eb_betabinomial_post", "eb_gammapoisson_post", "rank_oracle",
        };
        for (size_t k = 0; k < sizeof same / sizeof *same; k++) {
                struct arena a = { 0 };
                struct str table = oracle(&a, same[k]), out = ran(&a, same[k], table, S(""));
                size_t n = str_index(table, '\n');
                assert_true(str_eq(str_trim(str_sub(table, 0, n)), str_sub(out, 0, str_index(out, '\n'))));
                arena_done(&a);
        }
}

/* Hommel is left out of the large set of the table. */
static void test_hommel(void **state)
{
        (void) state;
        struct arena a = { 0 };
        struct str in = oracle(&a, "fdr");
        struct table want = parse(&a, in), got = parse(&a, ran(&a, "fdr", in, S("")));
        for (size_t i = 0; i < want.n; i++)
                assert_true(str_eq(field(&want, i, "hommel"), S("NA")) || same(field(&got, i, "hommel"), field(&want, i, "hommel"), 1e-12, 0));
        arena_done(&a);
}

static void test_merger(void **state)
{
        (void) state;
        struct arena a = { 0 };
        struct replay r = { "merger", "merger_input", "", "merger_expected", "code,period", 1e-12, 0, NULL };
        struct str edges = oracle(&a, "merger_edges"), in = oracle(&a, "merger_input"), out = ran(&a, "merger", in, edges);
        struct table want = parse(&a, oracle(&a, "merger_expected")), got = parse(&a, out);
        assert_int_equal(got.n, want.n);
        compare(&a, &r, &got, &want);
        assert_true(str_eq(out, ran(&a, "merger", str_fmt(&a, "%.*s%.*s", STR(edges), STR(in)), S(""))));
        assert_true(str_eq(out, ran(&a, "merger", str_fmt(&a, "%.*s\n%.*s", STR(in), STR(edges)), S(""))));
        const char *why = "";
        assert_int_equal(run(&a, "merger", in, S(""), &out, &why), ERR_INVALID);
        assert_non_null(strstr(why, "edges"));
        assert_int_equal(run(&a, "merger", in, S("valid_from,from,to,share\n2020-01-01,1,2,0.5\n"), &out, &why), ERR_INVALID);
        assert_string_equal(why, "edges, line 2: the shares of an area on one day do not add up to 1");
        arena_done(&a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_replay), cmocka_unit_test(test_headers), cmocka_unit_test(test_hommel), cmocka_unit_test(test_merger),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
