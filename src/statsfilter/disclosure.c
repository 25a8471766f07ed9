/* disclosure.c - what to hide in a table, how to round it, and what an attacker makes of it. */
#include <stdlib.h>
#include <string.h>
#include "internal.h"
#include "sdc.h"

enum { TABLE, ROW, COL, VALUE, FOURTH, FIFTH };

#define BASE 5
/* A table without column threshold. */
#define THRESHOLD 5

struct grid {
        struct stats_sdc_table t;
        double *value;
        size_t cells;
        size_t *cell;           /* of each row of the set */
};

static bool wrong(const struct filter_set *s, const char *what)
{
        *s->why = str_fmt(s->a, "table %.*s: %s", STR(set_key(s, TABLE)), what).p;
        return false;
}

static bool read_grid(const struct filter_set *s, struct grid *g)
{
        double rows = 0, cols = 0;
        for (size_t i = 0; i < s->n; i++) {
                double r = s->number[ROW][i], c = s->number[COL][i];
                if (!stats_is_count(r) || !stats_is_count(c) || r > 1e6 || c > 1e6)
                        return wrong(s, "row and col count from 0");
                rows = fmax(rows, r);
                cols = fmax(cols, c);
        }
        if ((rows + 1) * (cols + 1) != (double) s->n || rows < 1 || cols < 1)
                return wrong(s, "each cell must be there once, with the totals in the last row and the last column");
        g->t = (struct stats_sdc_table) { (size_t) rows, (size_t) cols, NULL };
        g->cells = s->n;
        g->value = MANY(s, double, s->n);
        g->cell = MANY(s, size_t, s->n);
        bool *seen = MANY(s, bool, s->n);
        for (size_t i = 0; i < s->n; i++) {
                g->cell[i] = (size_t) s->number[ROW][i] * (g->t.cols + 1) + (size_t) s->number[COL][i];
                if (seen[g->cell[i]])
                        return wrong(s, "a cell is there twice");
                seen[g->cell[i]] = true;
                g->value[g->cell[i]] = s->number[VALUE][i];
        }
        g->t.value = g->value;
        return true;
}

struct suppression {
        struct grid g;
        double threshold;
        enum stats_sdc_mark *mark;
        struct stats_interval *range;
        struct stats_sdc_result r;
};

/* The limit as given; else 5, or the first multiple of 5 above the primary cells that were given. */
static double threshold(const struct filter_set *s)
{
        double most = 0;
        if (s->given[FOURTH] && s->number[FOURTH][0] > 0)
                return s->number[FOURTH][0];
        for (size_t i = 0; s->given[FIFTH] && i < s->n; i++)
                most = fmax(most, s->number[FIFTH][i] > 0 ? s->number[VALUE][i] : 0);
        return THRESHOLD * (floor(most / THRESHOLD) + 1);
}

static bool suppress(const struct filter_set *s, struct suppression *p)
{
        if (!read_grid(s, &p->g))
                return false;
        p->threshold = threshold(s);
        p->mark = MANY(s, enum stats_sdc_mark, p->g.cells);
        p->range = MANY(s, struct stats_interval, p->g.cells);
        stats_sdc_mark_few(&p->g.t, p->threshold, p->mark);
        for (size_t i = 0; s->given[FIFTH] && i < s->n; i++)
                p->mark[p->g.cell[i]] = s->number[FIFTH][i] > 0 ? STATS_SDC_PRIMARY : STATS_SDC_OPEN;
        p->r = stats_sdc_suppress(s->a, &p->g.t, p->threshold, p->mark);
        if (p->r.status == STATS_SDC_INVALID)
                return wrong(s, "a value is negative, or the totals are not the sums of their cells");
        stats_sdc_audit(s->a, &p->g.t, p->mark, p->threshold, p->range);
        return true;
}

static void put_summary(struct filter_out *o, const struct suppression *p)
{
        bool possible = p->r.status != STATS_SDC_IMPOSSIBLE;
        put_count(o, p->g.t.rows);
        put_count(o, p->g.t.cols);
        put(o, p->threshold);
        put_count(o, p->r.primary);
        put(o, possible ? (double) p->r.secondary : STATS_NONE);
        put(o, possible ? p->r.objective : STATS_NONE);
        put_word(o, !possible ? "impossible" : p->r.status == STATS_SDC_OPTIMAL ? "optimal" : "safe");
}

static void put_cell(struct filter_out *o, const struct filter_set *s, const struct suppression *p, size_t i)
{
        size_t cell = p->g.cell[i];
        bool possible = p->r.status != STATS_SDC_IMPOSSIBLE;
        put_text(o, set_key(s, TABLE));
        put(o, s->number[ROW][i]);
        put(o, s->number[COL][i]);
        put_flag(o, cell / (p->g.t.cols + 1) == p->g.t.rows);
        put_flag(o, cell % (p->g.t.cols + 1) == p->g.t.cols);
        put(o, p->g.value[cell]);
        put_flag(o, p->mark[cell] == STATS_SDC_PRIMARY);
        put(o, possible ? p->mark[cell] == STATS_SDC_SECONDARY : STATS_NONE);
        put_interval(o, possible ? p->range[cell] : stats_no_interval());
}

static bool suppression(struct filter_out *o, const struct filter_set *s)
{
        struct suppression p = { 0 };
        if (!suppress(s, &p))
                return false;
        for (size_t i = 0; i < s->n; i++) {
                put_cell(o, s, &p, i);
                put_summary(o, &p);
        }
        return true;
}

static bool suppression_cells(struct filter_out *o, const struct filter_set *s)
{
        struct suppression p = { 0 };
        if (!suppress(s, &p))
                return false;
        for (size_t i = 0; i < s->n; i++)
                put_cell(o, s, &p, i);
        return true;
}

static bool suppression_summary(struct filter_out *o, const struct filter_set *s)
{
        struct suppression p = { 0 };
        if (!suppress(s, &p))
                return false;
        put_text(o, set_key(s, TABLE));
        put_summary(o, &p);
        return true;
}

/* A pattern that somebody else chose. */
static bool audit(struct filter_out *o, const struct filter_set *s)
{
        struct grid g;
        if (!read_grid(s, &g))
                return false;
        enum stats_sdc_mark *mark = MANY(s, enum stats_sdc_mark, g.cells);
        struct stats_interval *range = MANY(s, struct stats_interval, g.cells);
        for (size_t i = 0; i < s->n; i++)
                mark[g.cell[i]] = s->number[FOURTH][i] > 0 ? STATS_SDC_PRIMARY : s->number[FIFTH][i] > 0 ? STATS_SDC_SECONDARY : STATS_SDC_OPEN;
        stats_sdc_audit(s->a, &g.t, mark, 0, range);
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, TABLE));
                for (size_t k = ROW; k <= FIFTH; k++)
                        put(o, s->number[k][i]);
                put_interval(o, range[g.cell[i]]);
        }
        return true;
}

struct rounding {
        struct grid g;
        double base, deviation, *rounded;
        bool adds_up;           /* would rounding to the nearest add up? */
};

static bool line_adds_up(const struct rounding *r, size_t first, size_t step, size_t n)
{
        double sum = 0;
        for (size_t k = 0; k < n; k++)
                sum += stats_sdc_round_nearest(r->g.value[first + k * step], r->base);
        return sum == stats_sdc_round_nearest(r->g.value[first + n * step], r->base);
}

static bool round_table(const struct filter_set *s, struct rounding *r)
{
        if (!read_grid(s, &r->g))
                return false;
        r->base = s->number[FOURTH][0];
        if (!(r->base > 0))
                return wrong(s, "base must be above 0");
        r->rounded = MANY(s, double, r->g.cells);
        r->deviation = stats_sdc_round(s->a, &r->g.t, r->base, r->rounded);
        if (isnan(r->deviation))
                return wrong(s, "a value is negative, or the totals are not the sums of their cells");
        r->adds_up = true;
        for (size_t k = 0; k <= r->g.t.rows; k++)
                r->adds_up = r->adds_up && line_adds_up(r, k * (r->g.t.cols + 1), 1, r->g.t.cols);
        for (size_t k = 0; k <= r->g.t.cols; k++)
                r->adds_up = r->adds_up && line_adds_up(r, k, r->g.t.cols + 1, r->g.t.rows);
        return true;
}

static void put_rounding(struct filter_out *o, const struct rounding *r)
{
        put_count(o, r->g.t.rows);
        put_count(o, r->g.t.cols);
        put(o, r->base);
        put_word(o, "optimal");
        put(o, r->deviation);
        put_flag(o, !r->adds_up);
}

static void put_rounded(struct filter_out *o, const struct filter_set *s, const struct rounding *r, size_t i)
{
        put_text(o, set_key(s, TABLE));
        for (size_t k = ROW; k <= VALUE; k++)
                put(o, s->number[k][i]);
        put(o, r->rounded[r->g.cell[i]]);
        put(o, stats_sdc_round_nearest(r->g.value[r->g.cell[i]], r->base));
}

static bool rounding(struct filter_out *o, const struct filter_set *s)
{
        struct rounding r = { 0 };
        if (!round_table(s, &r))
                return false;
        for (size_t i = 0; i < s->n; i++) {
                put_rounded(o, s, &r, i);
                put_rounding(o, &r);
        }
        return true;
}

static bool rounding_cells(struct filter_out *o, const struct filter_set *s)
{
        struct rounding r = { 0 };
        if (!round_table(s, &r))
                return false;
        for (size_t i = 0; i < s->n; i++)
                put_rounded(o, s, &r, i);
        return true;
}

static bool rounding_summary(struct filter_out *o, const struct filter_set *s)
{
        struct rounding r = { 0 };
        if (!round_table(s, &r))
                return false;
        put_text(o, set_key(s, TABLE));
        put_rounding(o, &r);
        return true;
}

/* Contributions are in one cell, with | between. */
static bool dominance(struct filter_out *o, const struct filter_set *s)
{
        struct str rest = *s->text[1], one;
        size_t k = 0, most = 1;
        double sum = 0;
        for (size_t i = 0; i < rest.n; i++)
                most += rest.p[i] == '|';
        double *v = MANY(s, double, most);
        while (str_split(&rest, '|', &one)) {
                if (str_trim(one).n == 0)
                        continue;
                if (!str_to_f64(str_trim(one), &v[k])) {
                        *s->why = "column values_desc: numbers with | between are needed";
                        return false;
                }
                sum += v[k++];
        }
        put_text(o, *s->text[0]);
        put_count(o, k);
        put_text(o, *s->text[1]);
        put(o, sum);
        put_flag(o, stats_sdc_dominance(v, k, 2, 0.85));
        put_flag(o, stats_sdc_p_percent(v, k, 0.10));
        put_flag(o, k < 3);
        return true;
}

#define CELLS "table,row,col,is_row_total_line,is_col_total_line,value,primary,secondary_optimal,attack_lo,attack_hi"
#define SUMMARY "rows,cols,threshold,n_primary,n_secondary_optimal,objective_sum_value_plus_1,status"
#define ROUNDED "table,row,col,value,controlled_round5_optimal,conventional_round5"
#define ROUNDING "rows,cols,base,status,optimal_sum_abs_dev,conventional_is_nonadditive"
#define CELL_IN KEY("table"), NUMBER("row"), NUMBER("col"), NUMBER("value")
#define SUPPRESS_IN { CELL_IN, MAYBE("threshold", STATS_NONE), MAYBE("primary", STATS_NONE) }
#define ROUND_IN { CELL_IN, MAYBE("base", BASE) }
#define SUPPRESS_SOURCE "least secondary suppression, Fischetti & Salazar 1999. Totals are the last row and column; without threshold it is 5 " \
        "(or, with column primary, the first multiple of 5 above those cells)"

const struct filter disclosure_filters[] = {
        { "sdc_suppression", "", SUPPRESS_IN, CELLS "," SUMMARY, suppression, false, SUPPRESS_SOURCE ". Each cell, with the summary of its table" },
        { "sdc_suppression_cells", "", SUPPRESS_IN, CELLS, suppression_cells, false, SUPPRESS_SOURCE },
        { "sdc_suppression_summary", "", SUPPRESS_IN, "table," SUMMARY, suppression_summary, false, SUPPRESS_SOURCE },
        { "sdc_audit", "", { CELL_IN, NUMBER("primary"), NUMBER("secondary_optimal") },
          "table,row,col,value,primary,secondary_optimal,attack_lo,attack_hi", audit, false, "Cox 1995: what a given pattern lets an attacker know" },
        { "sdc_rounding", "", ROUND_IN, ROUNDED "," ROUNDING, rounding, false, "Bacharach 1966. Each cell, with the summary of its table" },
        { "sdc_rounding_cells", "", ROUND_IN, ROUNDED, rounding_cells, false, "Bacharach 1966" },
        { "sdc_rounding_summary", "", ROUND_IN, "table," ROUNDING, rounding_summary, false, "Bacharach 1966" },
        { "sdc_dominance", "", { TEXT("case"), TEXT("values_desc") },
          "case,contributors,values_desc,total,nk_2_85_sensitive,p10_percent_sensitive,fewer_than_3_contributors", dominance, true,
          "(2, 85%) dominance; p% rule with p = 10" },
        { 0 },
};
