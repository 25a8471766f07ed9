/* Every table of the test set goes through its filter: only the columns it reads go in, all others must come out. */
#include "filter.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "csv.h"
#include "file.h"

struct table {
        struct csv c;
        struct csv_row *row;
        size_t n;
};

static struct table parse(struct arena *a, struct str text)
{
        struct table t = { 0 };
        size_t room = 1;
        for (size_t i = 0; i < text.n; i++)
                room += text.p[i] == '\n';
        assert_int_equal(csv_open(&t.c, a, text), OK);
        t.row = arena_many(a, struct csv_row, room);
        bool more = true;
        const char *why;
        while (csv_next(&t.c, a, &t.row[t.n], &more, &why) == OK && more)
                t.n++;
        assert_false(more);
        return t;
}

static struct str field(const struct table *t, size_t row, const char *name)
{
        int at = csv_column(&t->c, name);
        if (at < 0)
                fail_msg("no column %s", name);
        return t->row[row].v[at];
}

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

static enum err run(struct arena *a, const char *name, struct str in, struct str other, struct str *out, const char **why)
{
        char *text = NULL;
        size_t n = 0;
        FILE *f = open_memstream(&text, &n);
        enum err e = stats_filter(a, str_of(name), in, other, f, why);
        fclose(f);
        *out = str_dup(a, (struct str) { text, n });
        free(text);
        return e;
}

static struct str ran(struct arena *a, const char *name, struct str in, struct str other)
{
        const char *why = "";
        struct str out;
        if (run(a, name, in, other, &out, &why) != OK)
                fail_msg("%s: %s", name, why);
        return out;
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

static void gives(const char *name, const char *in, const char *want)
{
        struct arena a = { 0 };
        struct str out = ran(&a, name, str_of(in), S(""));
        if (!str_eq(out, str_of(want)))
                fail_msg("%s gives\n%.*s", name, STR(out));
        arena_done(&a);
}

static void refuses(const char *name, const char *in, enum err e, const char *want)
{
        struct arena a = { 0 };
        struct str out;
        const char *why = "";
        assert_int_equal(run(&a, name, str_of(in), S(""), &out, &why), e);
        assert_string_equal(why, want);
        arena_done(&a);
}

#define ARL "shift,arl_upper\n"

static void test_forms(void **state)
{
        (void) state;
        gives("cusum_arl", "shift\n", ARL);
        gives("cusum_arl", "shift\n0.5\n", ARL "0.5,38.019556000000001\n");
        gives("cusum_arl", "\xef\xbb\xbfi,\"shift\",naam\r\n1,\"0.5\",\"a, \"\"b\"\"\"\r\n\r\n2, 0.5 ,\r\n", ARL "0.5,38.019556000000001\n0.5,38.019556000000001\n");
        gives("cusum_arl", "shift\nNA\n", ARL "NA,NA\n");
        /* Keys that need quotes get them; sets come in order of appearance. */
        gives("quantile_assign", "v,set\n3,\"b, c\"\n1,a\n2,\"b, c\"\n",
                "set,i,v,percent_rank,rank_min,rank_avg,phe_quintile,phe_decile,ntile5\n"
                "\"b, c\",1,3,1,2,2,NA,NA,2\n\"b, c\",2,2,0,1,1,NA,NA,1\na,1,1,0,1,1,NA,NA,1\n");
        gives("sdc_dominance", "case,values_desc\n7,588\n", "case,contributors,values_desc,total,nk_2_85_sensitive,p10_percent_sensitive,"
                "fewer_than_3_contributors\n7,1,588,588,1,1,1\n");
}

/* Nobody, everybody, more than there are, one unit, all equal: numbers or NA, never a wrong number. */
static void test_edges(void **state)
{
        (void) state;
        gives("ci_binomial", "x,n,conf\n0,0,0.95\n6,5,0.95\n-1,5,0.95\n", "x,n,conf,p,wilson_lo,wilson_hi,cp_lo,cp_hi,jeffreys_lo,jeffreys_hi\n"
                "0,0,0.94999999999999996,NA,NA,NA,NA,NA,NA,NA\n6,5,0.94999999999999996,NA,NA,NA,NA,NA,NA,NA\n"
                "-1,5,0.94999999999999996,NA,NA,NA,NA,NA,NA,NA\n");
        gives("eb_betabinomial_post", "unit,x,n\na,0,9\nb,0,7\n", "set,unit,x,n,raw,shrunk,weight,lo95,hi95,lo998,hi998,p_above_mu\n"
                "all,a,0,9,0,0,0,0,0,0,0,NA\nall,b,0,7,0,0,0,0,0,0,0,NA\n");
        gives("trend_mk", "y\n1\n2\n", "case,n,S,var,z,p,sen,tau\nall,2,NA,NA,NA,NA,NA,NA\n");
        gives("xmr_limits", "series,y\na,4\n", "series,screen,n,mean,amr_unscreened,amr,lpl,upl,mr_url\na,1,1,NA,NA,NA,NA,NA,NA\na,0,1,NA,NA,NA,NA,NA,NA\n");
        gives("od", "set,x,n\n", "set,transform,winsor,I,target,target_tr,phi,tau2_spiegelhalter,Q_fixed,tau2_DL,tau2_REML,tau2_PM\n");
        gives("sdc_suppression_summary", "table,row,col,value\na,0,0,3\na,0,1,3\na,1,0,3\na,1,1,3\n",
                "table,rows,cols,threshold,n_primary,n_secondary_optimal,objective_sum_value_plus_1,status\na,1,1,5,4,0,16,optimal\n");
}

static void test_refusals(void **state)
{
        (void) state;
        refuses("nothing", "x\n1\n", ERR_NOT_FOUND, "");
        refuses("ci_binomial", "", ERR_INVALID, "the input is empty; the first line must name the columns");
        refuses("ci_binomial", "x,n\n1,2\n", ERR_INVALID, "line 1: column conf is missing");
        refuses("ci_binomial", "x,n,conf\n1,2,0.95\n1,twee,0.95\n", ERR_INVALID, "line 3, column n: 'twee' is not a number");
        refuses("ci_binomial", "x,n,conf\n1,2,\"0,95\"\n", ERR_INVALID, "line 2, column conf: '0,95' is not a number");
        refuses("ci_binomial", "x,n,conf\n1,2\n", ERR_INVALID, "line 2: number of fields differs from the header");
        refuses("ci_binomial", "x,n,conf\n1,2,\"0.95\n", ERR_INVALID, "line 2: broken quotes or too many fields");
        refuses("xmr", "series,y\na,1\nb,1e999\n", ERR_INVALID, "line 3, column y: '1e999' is not a number");
        refuses("sdc_suppression", "table,row,col,value\na,0,0,1\na,0,1,2\n", ERR_INVALID,
                "table a: each cell must be there once, with the totals in the last row and the last column");
        refuses("sdc_suppression", "table,row,col,value\na,0,0,1\na,0,1,2\na,1,0,1\na,1,1,1\n", ERR_INVALID,
                "table a: a value is negative, or the totals are not the sums of their cells");
        refuses("steppedwedge_power", "design,m,p,tau,delta\nsoon,1,0.5,0,0.1\n", ERR_INVALID,
                "line 2: column design: waves as '15-85-95-95-52 over 6 yearly periods' are needed");
}

/* A flat filter keeps one row, however many come. */
static void test_many_rows(void **state)
{
        (void) state;
        enum { ROWS = 200000 };
        struct arena a = { 0 };
        char *text = malloc((size_t) ROWS * 16 + 64), *at = text + sprintf(text, "shift,naam\n");
        const char *why = "";
        for (size_t i = 0; i < ROWS; i++)
                at += sprintf(at, "%g,\"a \"\"b\"\"\"\n", (double) (i % 4));
        FILE *f = fopen("/dev/null", "w");
        assert_int_equal(stats_filter(&a, S("cusum_arl"), (struct str) { text, (size_t) (at - text) }, S(""), f, &why), OK);
        assert_true(a.total < 1 << 17);
        fclose(f);
        free(text);
        arena_done(&a);
}

/* The figures that are published for the ban on smoking are those of data that are not here; the shape is tested in src/stats. */
static void test_interrupted(void **state)
{
        (void) state;
        struct arena a = { 0 };
        struct buf b = { 0 };
        buf_fmt(&b, "time,y,step\n");
        for (int t = 1; t <= 24; t++)
                buf_fmt(&b, "%d,%d,%d\n", t, (t > 12 ? 50 : 100) + t % 3, t > 12);
        struct table got = parse(&a, ran(&a, "its", buf_view(&b), S("")));
        double ratio;
        assert_true(str_to_f64(field(&got, 1, "ratio"), &ratio) && ratio > 0.4 && ratio < 0.6);
        assert_true(str_eq(field(&got, 0, "model"), S("poisson")) && str_eq(field(&got, 1, "model"), S("quasi")));
        got = parse(&a, ran(&a, "its", S("time,y,step\n1,5,0\n2,6,1\n"), S("")));
        assert_true(str_eq(field(&got, 0, "term"), S("refused: fewer than 8 points before")));
        buf_done(&b);
        arena_done(&a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_replay), cmocka_unit_test(test_headers), cmocka_unit_test(test_hommel), cmocka_unit_test(test_merger),
                cmocka_unit_test(test_forms), cmocka_unit_test(test_edges), cmocka_unit_test(test_refusals), cmocka_unit_test(test_many_rows),
                cmocka_unit_test(test_interrupted),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
