/* The forms that a file can have, and what a filter says to wrong ones. */
#include "testing.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

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
        gives("cusum_arl", "shift\nNA\nnan\n", ARL "NA,NA\nNA,NA\n");
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
        gives("two_proportions", "x1,n1,x2,n2\n3,2,1,2\n1,2,-1,2\n", "x1,n1,x2,n2,diff,newcombe_lo,newcombe_hi,z,p_z,p_fisher\n"
                "3,2,1,2,NA,NA,NA,NA,NA,NA\n1,2,-1,2,NA,NA,NA,NA,NA,NA\n");
        gives("eb_betabinomial_post", "unit,x,n\na,0,9\nb,0,7\n", "set,unit,x,n,raw,shrunk,weight,lo95,hi95,lo998,hi998,p_above_mu\n"
                "all,a,0,9,0,0,0,0,0,0,0,NA\nall,b,0,7,0,0,0,0,0,0,0,NA\n");
        gives("stagger", "id,t,first,y\na,1,0,3\na,2,0,4\nb,1,0,3\nb,2,0,1\n", "stat,value\ntwfe_beta,NA\ntwfe_se_CR0,NA\ntwfe_se_CR1,NA\n"
                "cs_simple_notyet,NA\n");
        gives("trend_mk", "y\n1\n2\n", "case,n,S,var,z,p,sen,tau\nall,2,NA,NA,NA,NA,NA,NA\n");
        gives("xmr_limits", "series,y\na,4\n", "series,screen,n,mean,amr_unscreened,amr,lpl,upl,mr_url\na,1,1,NA,NA,NA,NA,NA,NA\na,0,1,NA,NA,NA,NA,NA,NA\n");
        gives("od", "set,x,n\n", "set,transform,winsor,I,target,target_tr,phi,tau2_spiegelhalter,Q_fixed,tau2_DL,tau2_REML,tau2_PM\n");
        gives("sdc_suppression_summary", "table,row,col,value\na,0,0,3\na,0,1,3\na,1,0,3\na,1,1,3\n",
                "table,rows,cols,threshold,n_primary,n_secondary_optimal,objective_sum_value_plus_1,status\na,1,1,5,4,0,16,optimal\n");
}

/* Neighbours at one distance come in order of code, whatever the order of the rows. */
static void test_neighbours_of_equals(void **state)
{
        (void) state;
        struct arena a = { 0 };
        struct table t = parse(&a, ran(&a, "nn", S("unit,a\n10,0\n9,2\n8,0\n11,2\n"), S("")));
        static const char *const nearest[] = { "8", "9", "11", "11", "8", "10", "10", "9", "11", "9", "8", "10" };
        assert_int_equal(t.n, 12);
        for (size_t i = 0; i < 12; i++)
                assert_true(str_eq(field(&t, i, "nn_euclid"), str_of(nearest[i])) && str_eq(field(&t, i, "nn_mahal"), str_of(nearest[i])));
        arena_done(&a);
}

static void test_refusals(void **state)
{
        (void) state;
        refuses("nothing", "x\n1\n", ERR_NOT_FOUND, "");
        refuses("ci_binomial", "", ERR_INVALID, "the input is empty; the first line must name the columns");
        refuses("ci_binomial", "x,n\n1,2\n", ERR_INVALID, "line 1: column conf is missing");
        refuses("ci_binomial", "x;n;conf\n1;2;0,95\n", ERR_INVALID, "line 1: column x is missing; commas separate columns, and points are before decimals");
        refuses("ci_binomial", "x,n,conf,x\n1,2,0.95,2\n", ERR_INVALID, "line 1: column x is there twice");
        refuses("ci_binomial", "x,n,conf\n1,2,0.95\n1,twee,0.95\n", ERR_INVALID, "line 3, column n: 'twee' is not a number");
        refuses("ci_binomial", "x,n,conf\n1,2,\"0,95\"\n", ERR_INVALID, "line 2, column conf: '0,95' is not a number");
        refuses("ci_binomial", "x,n,conf\n1,2\n", ERR_INVALID, "line 2: number of fields differs from the header");
        refuses("ci_binomial", "x,n,conf\n1,2,\"0.95\n", ERR_INVALID, "line 2: broken quotes or too many fields");
        refuses("xmr", "series,y\na,1\nb,1e999\n", ERR_INVALID, "line 3, column y: '1e999' is not a number");
        refuses("sdc_suppression", "table,row,col,value\na,0,0,1\na,0,1,2\n", ERR_INVALID,
                "table a: each cell must be there once, with the totals in the last row and the last column");
        refuses("sdc_suppression", "table,row,col,value\na,0,0,1\na,0,1,2\na,1,0,1\na,1,1,1\n", ERR_INVALID,
                "table a: a value is negative, or the totals are not the sums of their cells");
        refuses("cs", "id,t,first,y\na,1,2,1\na,1,2,3\nb,1,0,2\n", ERR_INVALID, "a has two rows for one time");
        refuses("stagger", "id,t,first,y\na,1,2,1\na,2,0,3\nb,1,0,2\n", ERR_INVALID, "a has two starts");
        refuses("merger", "code,period,n_closed,n_success,wait_sum_days,wait_median_days,fte,rating_n,rating_sum\n"
                "A,2019,1,1,1,1,1,1,1\nA,2019,2,2,2,2,2,2,2\nvalid_from,from,to,share\n2020-01-01,A,C,1\n", ERR_INVALID, "A has two rows for 2019");
        refuses("steppedwedge_power", "design,m,p,tau,delta\nsoon,1,0.5,0,0.1\n", ERR_INVALID,
                "line 2: column design: waves as '15-85-95-95-52 over 6 yearly periods' are needed");
}

/* A flat filter keeps one row, however many come. */
static void test_many_rows(void **state)
{
        (void) state;
        enum { ROWS = 200000 };
        struct arena a = { 0 };
        struct buf b = { 0 };
        const char *why = "";
        buf_fmt(&b, "shift,naam\n");
        for (size_t i = 0; i < ROWS; i++)
                buf_fmt(&b, "%g,\"a \"\"b\"\"\"\n", (double) (i % 4));
        FILE *f = fopen("/dev/null", "w");
        assert_int_equal(stats_filter(&a, S("cusum_arl"), buf_view(&b), S(""), f, &why), OK);
        assert_true(a.total < 1 << 17);
        fclose(f);
        buf_done(&b);
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

/* Methods without a published table: by hand, or against a method that has one. */
static void test_further(void **state)
{
        (void) state;
        struct arena a = { 0 };
        const char *table = "set,unit,x,n\na,1,3,40\na,2,9,50\na,3,20,60\na,4,4,30\n";
        struct table eb = parse(&a, ran(&a, "eb_betabinomial", str_of(table), S(""))), few = parse(&a, ran(&a, "eb_few", str_of(table), S("")));
        for (size_t i = 0; i < 4; i++) {
                double one, two;
                assert_true(str_to_f64(field(&eb, i, "shrunk"), &one) && str_to_f64(field(&few, i, "shrunk"), &two) && two > one - 0.05 && two < one + 0.05);
        }
        gives("robust_z", "v\n1\n2\n3\nNA\n", "set,i,v,median,mad,z\nall,1,1,2,1,-0.67448975019608182\nall,2,2,2,1,0\nall,3,3,2,1,0.67448975019608182\n"
                "all,4,NA,2,1,NA\n");
        gives("count_ratio", "o1,o2\n0,0\n", "o1,o2,e1,e2,ratio,lo,hi,z,p,flag95,flag998\n0,0,1,1,NA,NA,NA,NA,NA,NA,NA\n");
        gives("run_chart", "y\n1\n2\n", "series,points,useful,median,longest,longest_limit,crossings,crossings_limit,shift,clump\n"
                "all,2,2,1.5,1,NA,1,NA,0,0\n");
        struct table u = parse(&a, ran(&a, "uchart", S("x,n\n4,100\n6,100\n5,100\n"), S("")));
        double rate, z, n;
        assert_true(str_to_f64(field(&u, 2, "u"), &rate) && fabs(rate - 0.05) < 1e-15 && str_to_f64(field(&u, 0, "z"), &z) && fabs(z + sqrt(0.2)) < 1e-12);
        struct table e = parse(&a, ran(&a, "cs_event", S("id,t,first,y\n1,1,2,1\n1,2,2,4\n2,1,2,2\n2,2,2,6\n3,1,0,1\n3,2,0,2\n4,1,0,3\n4,2,0,4\n"), S("")));
        assert_true(e.n == 1 && str_eq(field(&e, 0, "event"), S("0")) && str_eq(field(&e, 0, "att"), S("2.5")));
        struct table p = parse(&a, ran(&a, "power_cases", S("p1,p2\n0.5,0.5\n0.6,0.5\n"), S("")));
        assert_true(str_eq(field(&p, 0, "n_against_target"), S("NA")) && str_to_f64(field(&p, 1, "n_of_each"), &n) && n > 380 && n < 400);
        arena_done(&a);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_forms), cmocka_unit_test(test_edges), cmocka_unit_test(test_neighbours_of_equals), cmocka_unit_test(test_refusals), cmocka_unit_test(test_many_rows),
                cmocka_unit_test(test_interrupted), cmocka_unit_test(test_further),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
