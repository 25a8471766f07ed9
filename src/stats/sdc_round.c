/* sdc_round.c - rounding that still adds up, and rounding that favours nobody. */
#include <glpk.h>
#include "sdc_flow.h"

static double below(double v, double base)
{
        return floor(v / base + 1e-12) * base;
}

static double rest(double v, double base)
{
        return fmax(0, v - below(v, base));
}

double stats_sdc_round_nearest(double value, double base)
{
        return floor(value / base + 0.5) * base;
}

/* One line of the table: what is rounded up on it must make good what rounding down took. step: from cell to cell. */
static void add_line(glp_prob *lp, const struct stats_sdc_table *t, double base, size_t first, size_t step, size_t n, int *index, double *value)
{
        int row = glp_add_rows(lp, 1), used = 0;
        double lack = 0;
        for (size_t k = 0; k <= n; k++) {
                double sign = k == n ? -1 : 1;
                index[++used] = (int) (first + k * step) + 1;
                value[used] = sign;
                lack -= sign * below(sdc_value(t, first + k * step), base) / base;
        }
        glp_set_mat_row(lp, row, used, index, value);
        glp_set_row_bnds(lp, row, GLP_FX, round(lack), 0);
}

/* A transport problem: its matrix is totally unimodular, so the simplex method ends in whole numbers. */
static glp_prob *transport(struct arena *a, const struct stats_sdc_table *t, double base)
{
        glp_prob *lp = glp_create_prob();
        size_t width = t->cols + 1, most = (t->rows > t->cols ? t->rows : t->cols) + 2;
        int *index = arena_many(a, int, most);
        double *value = arena_many(a, double, most);
        glp_set_obj_dir(lp, GLP_MIN);
        glp_add_cols(lp, (int) sdc_cells(t));
        for (size_t i = 0; i < sdc_cells(t); i++) {
                double r = rest(sdc_value(t, i), base);
                glp_set_col_bnds(lp, (int) i + 1, r > 0 ? GLP_DB : GLP_FX, 0, r > 0);
                glp_set_obj_coef(lp, (int) i + 1, base - 2 * r);
        }
        for (size_t r = 0; r <= t->rows; r++)
                add_line(lp, t, base, r * width, 1, t->cols, index, value);
        for (size_t c = 0; c <= t->cols; c++)
                add_line(lp, t, base, c, width, t->rows, index, value);
        return lp;
}

double stats_sdc_round(struct arena *a, const struct stats_sdc_table *t, double base, double *out)
{
        if (!sdc_adds_up(t) || !(base > 0))
                return STATS_NONE;
        glp_smcp simplex;
        glp_term_out(GLP_OFF);
        glp_prob *lp = transport(a, t, base);
        glp_init_smcp(&simplex);
        simplex.msg_lev = GLP_MSG_OFF;
        bool solved = glp_simplex(lp, &simplex) == 0 && glp_get_status(lp) == GLP_OPT;
        double deviation = solved ? 0 : STATS_NONE;
        for (size_t i = 0; solved && i < sdc_cells(t); i++) {
                double v = sdc_value(t, i);
                out[i] = below(v, base) + base * round(glp_get_col_prim(lp, (int) i + 1));
                deviation += fabs(out[i] - v);
        }
        glp_delete_prob(lp);
        glp_free_env();
        return deviation;
}

/* Steele, Lea & Flood 2014 (SplitMix64): one step spreads any key over [0, 1). */
static double spread(uint64_t key)
{
        key += 0x9e3779b97f4a7c15u;
        key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9u;
        key = (key ^ (key >> 27)) * 0x94d049bb133111ebu;
        return (double) ((key ^ (key >> 31)) >> 11) * 0x1p-53;
}

double stats_sdc_round_random(double value, double base, uint64_t key)
{
        double r = rest(value, base);
        return below(value, base) + (spread(key) < r / base ? base : 0);
}
