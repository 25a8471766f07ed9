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
        { "eb_betabinomial", "eb_betabinomial_post", "set,unit,x,n", "eb_betabinomial_post", "set,unit", 1e-6, 0, NULL },
        { "eb_betabinomial_post", "eb_betabinomial_post", "set,unit,x,n", "eb_betabinomial_post", "set,unit", 1e-6, 0, NULL },
        { "eb_gammapoisson", "eb_gammapoisson_post", "set,unit,x,t", "eb_gammapoisson_post", "set,unit", 1e-6, 0, NULL },
        { "eb_gammapoisson_fits", "eb_gammapoisson_post", "set,unit,x,t", "eb_gammapoisson_fits", "set", 2e-6, 0, NULL },
        { "eb_efron_morris", "eb_efron_morris", "player,hits,ab", "eb_efron_morris", "player", 1e-9, 0, NULL },
        { "rank", "rank_oracle", "set,unit,a,b", "rank_oracle", "set,unit", 1e-4, 1.01, "x,n" },
        { "fdr", "fdr", "set,i,p", "fdr", "set,i", 1e-12, 0, NULL },
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
        { "sdc_suppression_summary", "sdc_suppression_cells", "table,row,col,value,primary,threshold", "sdc_suppression_summary", "table", 0, 0, NULL },
        { "sdc_suppression", "sdc_suppression_cells", "table,row,col,value,threshold", "sdc_suppression_summary", "table", 0, 0, NULL },
        { "sdc_audit", "sdc_suppression_cells", "table,row,col,value,primary,secondary_optimal", "sdc_suppression_cells", "table,row,col", 1e-9, 1e-9,
          "is_row_total_line,is_col_total_line" },
        { "sdc_suppression_cells", "sdc_suppression_cells", "table,row,col,value,threshold", "sdc_suppression_cells", "table,row,col", 1e-9, 1e-9, NULL },
        { "sdc_rounding", "sdc_rounding_cells", "table,row,col,value", "sdc_rounding_summary", "table", 1e-12, 0, NULL },
        { "sdc_rounding_cells", "sdc_rounding_cells", "table,row,col,value", "sdc_rounding_cells", "table,row,col", 0, 0, NULL },
        { "sdc_dominance", "sdc_dominance", "case,values_desc", "sdc_dominance", "case", 0, 0, NULL },
};
