/* sdc_linked.c - tables of more dimensions, and tables that share cells: safe suppression by linear programmes. */
#include <glpk.h>
#include "quantile.h"
#include "sdc.h"

#define TINY 1e-7
/* Opening again is tried for at most this many programmes. */
#define TRIALS 20000

struct linked {
        const double *value;
        size_t cells;
        enum stats_sdc_mark *mark;
        double width;
        glp_prob *known;        /* what an attacker solves: a column per cell, its change */
        glp_prob *repair;       /* cheapest change: a column up and a column down per cell */
        size_t solved;
};

static double value_of(const struct linked *k, size_t i)
{
        return isnan(k->value[i]) ? 0 : k->value[i];
}

static bool hidden(const struct linked *k, size_t i)
{
        return k->mark[i] >= STATS_SDC_PRIMARY;
}

/* Rows total - parts = 0 over columns 1 .. cells, and over cells + 1 .. with the other sign when both is set. */
static glp_prob *sums_of(struct arena *a, size_t cells, const struct stats_sdc_sum *sum, size_t sums, bool both)
{
        glp_prob *lp = glp_create_prob();
        size_t longest = 0;
        for (size_t s = 0; s < sums; s++)
                longest = sum[s].n > longest ? sum[s].n : longest;
        int *index = arena_many(a, int, 2 * longest + 3);
        double *factor = arena_many(a, double, 2 * longest + 3);
        glp_add_cols(lp, (int) (both ? 2 * cells : cells));
        glp_set_row_bnds(lp, glp_add_rows(lp, 1), GLP_FR, 0, 0);
        for (size_t s = 0; s < sums; s++) {
                int row = glp_add_rows(lp, 1), n = 0;
                for (size_t k = 0; k <= sum[s].n; k++)
                        for (int side = 0; side <= both; side++) {
                                size_t cell = k ? sum[s].part[k - 1] : sum[s].total;
                                index[++n] = (int) (cell + (side ? cells : 0)) + 1;
                                factor[n] = (k ? -1 : 1) * (side ? -1 : 1);
                        }
                glp_set_mat_row(lp, row, n, index, factor);
                glp_set_row_bnds(lp, row, GLP_FX, 0, 0);
        }
        return lp;
}

/* Tells both programmes whether a cell is hidden. */
static void set_cell(struct linked *k, size_t i)
{
        double v = value_of(k, i);
        int up = (int) i + 1, down = (int) (i + k->cells) + 1;
        bool may_hide = hidden(k, i) || (k->mark[i] == STATS_SDC_OPEN && v > 0);
        glp_set_col_bnds(k->known, up, hidden(k, i) ? GLP_LO : GLP_FX, hidden(k, i) ? -v : 0, 0);
        glp_set_col_bnds(k->repair, up, may_hide ? GLP_LO : GLP_FX, 0, 0);
        glp_set_col_bnds(k->repair, down, may_hide && v > 0 ? GLP_DB : GLP_FX, 0, may_hide ? v : 0);
        glp_set_obj_coef(k->repair, up, hidden(k, i) ? 0 : v + 1);
        glp_set_obj_coef(k->repair, down, hidden(k, i) ? 0 : v + 1);
}

static bool optimal(struct linked *k, glp_prob *lp, int direction, bool *unbounded)
{
        glp_smcp simplex;
        glp_init_smcp(&simplex);
        simplex.msg_lev = GLP_MSG_OFF;
        glp_set_obj_dir(lp, direction);
        k->solved++;
        if (glp_simplex(lp, &simplex) != 0)
                return false;
        *unbounded = glp_get_status(lp) == GLP_UNBND;
        return glp_get_status(lp) == GLP_OPT;
}

/* How far a hidden cell can rise or fall; what cannot be solved counts as 0. */
static double room(struct linked *k, size_t i, bool rise)
{
        bool unbounded = false;
        glp_set_obj_coef(k->known, (int) i + 1, 1);
        bool solved = optimal(k, k->known, rise ? GLP_MAX : GLP_MIN, &unbounded);
        double change = fabs(glp_get_col_prim(k->known, (int) i + 1));
        glp_set_obj_coef(k->known, (int) i + 1, 0);
        return unbounded ? (double) INFINITY : solved ? change : 0;
}

static bool wide(struct linked *k, size_t i)
{
        double rise = room(k, i, true);
        return rise >= k->width - TINY || rise + room(k, i, false) >= k->width - TINY;
}

/* Hides the cheapest cells with which cell i can change by so much. */
static bool widen(struct linked *k, size_t i, bool rise, double change)
{
        int up = (int) i + 1, down = (int) (i + k->cells) + 1;
        bool unbounded = false, more = false;
        glp_set_col_bnds(k->repair, up, GLP_FX, rise ? change : 0, 0);
        glp_set_col_bnds(k->repair, down, GLP_FX, rise ? 0 : change, 0);
        bool solved = optimal(k, k->repair, GLP_MIN, &unbounded);
        for (size_t c = 0; solved && c < k->cells; c++)
                if (k->mark[c] == STATS_SDC_OPEN && fabs(glp_get_col_prim(k->repair, (int) c + 1) - glp_get_col_prim(k->repair, (int) (c + k->cells) + 1)) > TINY) {
                        k->mark[c] = STATS_SDC_SECONDARY;
                        set_cell(k, c);
                        more = true;
                }
        set_cell(k, i);
        return more;
}

static bool protect(struct linked *k, size_t i)
{
        while (!wide(k, i)) {
                double rise = room(k, i, true), fall = room(k, i, false);
                if (!widen(k, i, true, k->width - fall) && !widen(k, i, false, fmin(value_of(k, i), k->width - rise)))
                        return false;
        }
        return true;
}

static void open_again(struct linked *k, struct stats_keyed *order)
{
        size_t n = 0;
        for (size_t i = 0; i < k->cells; i++)
                if (k->mark[i] == STATS_SDC_SECONDARY)
                        order[n++] = (struct stats_keyed) { -value_of(k, i), i };
        stats_order(order, n);
        k->solved = 0;
        for (size_t j = 0; j < n && k->solved < TRIALS; j++) {
                size_t c = order[j].i;
                bool needed = false;
                k->mark[c] = STATS_SDC_OPEN;
                set_cell(k, c);
                for (size_t i = 0; !needed && i < k->cells; i++)
                        needed = k->mark[i] == STATS_SDC_PRIMARY && !wide(k, i);
                if (needed) {
                        k->mark[c] = STATS_SDC_SECONDARY;
                        set_cell(k, c);
                }
        }
}

static struct linked begin(struct arena *a, const double *value, size_t cells, const struct stats_sdc_sum *sum, size_t sums, double width)
{
        glp_term_out(GLP_OFF);
        return (struct linked) { .value = value, .cells = cells, .mark = arena_many(a, enum stats_sdc_mark, cells), .width = width,
                .known = sums_of(a, cells, sum, sums, false), .repair = sums_of(a, cells, sum, sums, true) };
}

static void end(struct linked *k)
{
        glp_delete_prob(k->known);
        glp_delete_prob(k->repair);
        glp_free_env();
}

static bool adds_up(const double *value, size_t cells, const struct stats_sdc_sum *sum, size_t sums)
{
        for (size_t i = 0; i < cells; i++)
                if (value[i] < 0 || isinf(value[i]))
                        return false;
        for (size_t s = 0; s < sums; s++) {
                double total = isnan(value[sum[s].total]) ? 0 : value[sum[s].total], parts = 0;
                for (size_t k = 0; k < sum[s].n; k++)
                        parts += isnan(value[sum[s].part[k]]) ? 0 : value[sum[s].part[k]];
                if (fabs(parts - total) > 1e-9 * fmax(1, total))
                        return false;
        }
        return true;
}

struct stats_sdc_result stats_sdc_suppress_linked(struct arena *a, const double *value, size_t cells, const struct stats_sdc_sum *sum,
                                                  size_t sums, double width, enum stats_sdc_mark *mark)
{
        struct stats_sdc_result r = { .status = STATS_SDC_SAFE };
        if (!adds_up(value, cells, sum, sums))
                return (struct stats_sdc_result) { .status = STATS_SDC_INVALID };
        struct linked k = begin(a, value, cells, sum, sums, width);
        for (size_t i = 0; i < cells; i++) {
                k.mark[i] = mark[i] == STATS_SDC_SECONDARY ? STATS_SDC_OPEN : mark[i];
                set_cell(&k, i);
        }
        for (size_t i = 0; i < cells && r.status == STATS_SDC_SAFE; i++)
                if (k.mark[i] == STATS_SDC_PRIMARY && !protect(&k, i))
                        r.status = STATS_SDC_IMPOSSIBLE;
        if (r.status == STATS_SDC_SAFE)
                open_again(&k, arena_many(a, struct stats_keyed, cells));
        end(&k);
        for (size_t i = 0; i < cells && r.status == STATS_SDC_SAFE; i++) {
                mark[i] = k.mark[i];
                r.primary += hidden(&k, i) && mark[i] == STATS_SDC_PRIMARY;
                r.secondary += mark[i] == STATS_SDC_SECONDARY;
                r.objective += hidden(&k, i) ? value_of(&k, i) + 1 : 0;
        }
        return r;
}

size_t stats_sdc_audit_linked(struct arena *a, const double *value, size_t cells, const struct stats_sdc_sum *sum, size_t sums,
                              const enum stats_sdc_mark *mark, double width, struct stats_interval *range)
{
        size_t narrow = 0;
        struct linked k = begin(a, value, cells, sum, sums, width);
        for (size_t i = 0; i < cells; i++) {
                k.mark[i] = mark[i];
                set_cell(&k, i);
        }
        for (size_t i = 0; i < cells; i++) {
                double v = value_of(&k, i);
                range[i] = (struct stats_interval) { value[i], value[i] };
                if (!hidden(&k, i))
                        continue;
                range[i] = (struct stats_interval) { v - room(&k, i, false), v + room(&k, i, true) };
                narrow += mark[i] == STATS_SDC_PRIMARY && range[i].hi - range[i].lo < width - TINY;
        }
        end(&k);
        return narrow;
}
