/* sdc_suppress.c - the least secondary suppression, by branch and cut (Fischetti & Salazar 1999) on GLPK.
 *
 * Unknown: 0 or 1 for each cell, 1 = hidden. For primary cell p and any cut of the graph of rows and columns, what p can rise is at
 * most the capacity of the hidden arcs across it, and so for its fall; the two together must reach width. Each such pair is a row of
 * the programme, found where it is needed by two flows whose capacities are scaled by the unknowns. */
#include <glpk.h>
#include <string.h>
#include "sdc_flow.h"

#define TINY 1e-7
/* Branching stops after so many subproblems looked at, and the best found is kept: safe, perhaps not the least. */
#define SUBPROBLEMS 4000
#define ROOT_ROUNDS 60

struct master {
        const struct stats_sdc_table *t;
        enum stats_sdc_mark *mark, *best;       /* best: the heuristic's, to start from */
        struct sdc_graph g;
        double width;
        size_t n;                               /* columns */
        int *column;                            /* of each cell, 0 for none */
        double *x;                              /* of each cell */
        double *coefficient, *value;            /* of a row being made: per cell, and as GLPK wants it */
        int *index;
        int looked;
        bool stopped;
};

static void read_point(struct master *m, glp_prob *lp)
{
        for (size_t i = 0; i < sdc_cells(m->t); i++) {
                if (m->column[i])
                        m->x[i] = stats_clamp(glp_get_col_prim(lp, m->column[i]), 0, 1);
                sdc_graph_open(&m->g, m->t, i, m->width, m->x[i]);
        }
}

/* Adds to the row the full capacities across the smallest cut that the last flow left. */
static void add_cut(struct master *m, size_t p)
{
        for (size_t i = 0; i < sdc_cells(m->t); i++) {
                bool row = m->g.reached[i / m->g.cols], column = m->g.reached[m->g.rows + i % m->g.cols];
                if (i == p || row == column)
                        continue;
                bool rises = row != sdc_turned(m->t, i);        /* along the arc is a rise, except in a total */
                m->coefficient[i] += rises ? m->width : fmin(sdc_value(m->t, i), m->width);
        }
}

/* The violated pair of cuts of primary cell p at this point: its right-hand side, or 0 when there is none. */
static double separate(struct master *m, size_t p)
{
        bool turned = sdc_turned(m->t, p);
        double v = fmin(sdc_value(m->t, p), m->width), needed = m->width;
        for (size_t i = 0; i < sdc_cells(m->t); i++)
                m->coefficient[i] = 0;
        double rise = sdc_flow_room(&m->g, p, true, turned, m->width);
        if (rise >= m->width - TINY)
                return 0;
        add_cut(m, p);
        double fall = sdc_flow_room(&m->g, p, false, turned, v);
        if (fall >= v - TINY)
                needed -= v;
        else
                add_cut(m, p);
        return rise + fall >= m->width - TINY ? 0 : needed;
}

static void add_row(struct master *m, glp_prob *lp, double needed)
{
        int n = 0, row = glp_add_rows(lp, 1);
        for (size_t i = 0; i < sdc_cells(m->t); i++) {
                double c = fmin(m->coefficient[i], needed);
                if (c > 0 && m->column[i]) {
                        m->index[++n] = m->column[i];
                        m->value[n] = c;
                }
        }
        glp_set_mat_row(lp, row, n, m->index, m->value);
        glp_set_row_bnds(lp, row, GLP_LO, needed, 0);
}

static size_t add_rows(struct master *m, glp_prob *lp)
{
        size_t added = 0;
        read_point(m, lp);
        for (size_t p = 0; p < sdc_cells(m->t); p++) {
                double needed = m->mark[p] == STATS_SDC_PRIMARY ? separate(m, p) : 0;
                if (needed > 0) {
                        add_row(m, lp, needed);
                        added++;
                }
        }
        return added;
}

/* GLPK asks for rows that the point of a subproblem breaks, and for better solutions. */
static void called(glp_tree *tree, void *info)
{
        struct master *m = info;
        if (glp_ios_reason(tree) == GLP_IROWGEN) {
                m->stopped = ++m->looked > SUBPROBLEMS;
                if (m->stopped)
                        glp_ios_terminate(tree);
                else
                        add_rows(m, glp_ios_get_prob(tree));
        } else if (glp_ios_reason(tree) == GLP_IHEUR && m->looked <= 1) {
                for (size_t i = 0; i < sdc_cells(m->t); i++)
                        if (m->column[i])
                                m->value[m->column[i]] = m->best[i] >= STATS_SDC_PRIMARY;
                glp_ios_heur_sol(tree, m->value);
        }
}

static glp_prob *programme(struct master *m)
{
        glp_prob *lp = glp_create_prob();
        glp_set_obj_dir(lp, GLP_MIN);
        for (size_t i = 0; i < sdc_cells(m->t); i++) {
                bool primary = m->mark[i] == STATS_SDC_PRIMARY;
                m->x[i] = 0;
                if (!primary && (m->mark[i] == STATS_SDC_FIXED || sdc_value(m->t, i) <= 0))
                        continue;
                m->column[i] = glp_add_cols(lp, 1);
                glp_set_col_kind(lp, m->column[i], GLP_BV);
                glp_set_col_bnds(lp, m->column[i], primary ? GLP_FX : GLP_DB, primary ? 1 : 0, 1);
                glp_set_obj_coef(lp, m->column[i], sdc_value(m->t, i) + 1);
        }
        return lp;
}

/* Rows for the relaxed programme until none is broken, then branching. Leaves x; false when the heuristic's answer must do. */
static bool solve(struct master *m, glp_prob *lp)
{
        glp_smcp simplex;
        glp_iocp branch;
        glp_init_smcp(&simplex);
        glp_init_iocp(&branch);
        simplex.msg_lev = branch.msg_lev = GLP_MSG_OFF;
        branch.sr_heur = GLP_OFF;       /* it rounds without asking for the rows not yet there */
        branch.cb_func = called;
        branch.cb_info = m;
        glp_set_row_bnds(lp, glp_add_rows(lp, 1), GLP_FR, 0, 0);        /* GLPK wants one */
        for (int round = 0; round < ROOT_ROUNDS; round++)
                if (glp_simplex(lp, &simplex) != 0 || glp_get_status(lp) != GLP_OPT)
                        return false;
                else if (add_rows(m, lp) == 0)
                        break;
        if (glp_simplex(lp, &simplex) != 0 || glp_get_status(lp) != GLP_OPT)
                return false;
        if (glp_intopt(lp, &branch) != 0 || m->stopped)
                return false;
        for (size_t i = 0; i < sdc_cells(m->t); i++)
                m->x[i] = m->column[i] ? glp_mip_col_val(lp, m->column[i]) : 0;
        return glp_mip_status(lp) == GLP_OPT;
}

struct stats_sdc_result stats_sdc_suppress(struct arena *a, const struct stats_sdc_table *t, double width, enum stats_sdc_mark *mark)
{
        struct stats_sdc_result quick = stats_sdc_suppress_fast(a, t, width, mark);
        size_t cells = sdc_cells(t), could = 0;
        for (size_t i = 0; i < cells; i++)
                could += mark[i] != STATS_SDC_FIXED && sdc_value(t, i) > 0;
        if (quick.status != STATS_SDC_SAFE || could > STATS_SDC_EXACT_CELLS)
                return quick;
        struct master m = { .t = t, .mark = arena_many(a, enum stats_sdc_mark, cells), .best = mark, .g = sdc_graph_of(a, t), .width = width,
                .column = arena_many(a, int, cells), .x = arena_many(a, double, cells), .coefficient = arena_many(a, double, cells),
                .value = arena_many(a, double, cells + 1), .index = arena_many(a, int, cells + 1) };
        for (size_t i = 0; i < cells; i++)
                m.mark[i] = mark[i] == STATS_SDC_SECONDARY ? STATS_SDC_OPEN : mark[i];
        glp_term_out(GLP_OFF);
        glp_prob *lp = programme(&m);
        bool solved = solve(&m, lp);
        glp_delete_prob(lp);
        glp_free_env();
        for (size_t i = 0; i < cells; i++)
                if (m.mark[i] == STATS_SDC_OPEN && m.x[i] > 0.5)
                        m.mark[i] = STATS_SDC_SECONDARY;
        /* Safety does not hang on the tolerances of a solver. */
        if (!solved || stats_sdc_audit(a, t, m.mark, width, arena_many(a, struct stats_interval, cells)) > 0)
                return quick;
        memcpy(mark, m.mark, cells * sizeof *mark);
        return sdc_count(t, mark, STATS_SDC_OPTIMAL);
}
