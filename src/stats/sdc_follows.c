/* sdc_follows.c - what several publications together tell about one figure: two linear programmes. */
#include <glpk.h>
#include "sdc.h"

struct row {
        double *factor;         /* of each unknown, 0 between rows */
        int *index;
        double *value;
};

/* The factors of a statement that are not 0, an unknown named twice counting twice. Returns how many. */
static int gather(struct row *r, const struct stats_sdc_statement *s)
{
        int n = 0;
        for (size_t i = 0; i < s->n; i++)
                r->factor[s->unknown[i]] += s->factor ? s->factor[i] : 1;
        for (size_t i = 0; i < s->n; i++) {
                double f = r->factor[s->unknown[i]];
                r->factor[s->unknown[i]] = 0;
                if (f != 0) {
                        r->index[++n] = (int) s->unknown[i] + 1;
                        r->value[n] = f;
                }
        }
        return n;
}

static int kind(double lo, double hi)
{
        if (isinf(lo))
                return isinf(hi) ? GLP_FR : GLP_UP;
        return isinf(hi) ? GLP_LO : lo < hi ? GLP_DB : GLP_FX;
}

static glp_prob *known(struct row *r, size_t unknowns, const struct stats_sdc_statement *statement, size_t n)
{
        glp_prob *lp = glp_create_prob();
        glp_add_cols(lp, (int) unknowns);
        for (size_t i = 0; i < unknowns; i++)
                glp_set_col_bnds(lp, (int) i + 1, GLP_LO, 0, 0);
        glp_set_row_bnds(lp, glp_add_rows(lp, 1), GLP_FR, 0, 0);        /* GLPK wants one */
        for (size_t k = 0; k < n; k++) {
                int row = glp_add_rows(lp, 1);
                glp_set_row_bnds(lp, row, kind(statement[k].lo, statement[k].hi), statement[k].lo, statement[k].hi);
                int used = gather(r, &statement[k]);
                glp_set_mat_row(lp, row, used, r->index, r->value);
        }
        return lp;
}

/* Least or most of the objective; NaN when nothing fits the statements. */
static double extreme(glp_prob *lp, int direction)
{
        glp_smcp simplex;
        glp_init_smcp(&simplex);
        simplex.msg_lev = GLP_MSG_OFF;
        glp_set_obj_dir(lp, direction);
        if (glp_simplex(lp, &simplex) != 0)
                return STATS_NONE;
        if (glp_get_status(lp) == GLP_UNBND)
                return direction == GLP_MAX ? (double) INFINITY : (double) -INFINITY;
        return glp_get_status(lp) == GLP_OPT ? glp_get_obj_val(lp) : STATS_NONE;
}

struct stats_interval stats_sdc_follows(struct arena *a, size_t unknowns, const struct stats_sdc_statement *statement, size_t n,
                                        struct stats_sdc_statement target)
{
        if (unknowns == 0)
                return (struct stats_interval) { 0, 0 };
        size_t longest = target.n;
        for (size_t k = 0; k < n; k++) {
                if (!(statement[k].lo <= statement[k].hi))
                        return stats_no_interval();
                longest = statement[k].n > longest ? statement[k].n : longest;
        }
        struct row r = { arena_many(a, double, unknowns), arena_many(a, int, longest + 1), arena_many(a, double, longest + 1) };
        glp_term_out(GLP_OFF);
        glp_prob *lp = known(&r, unknowns, statement, n);
        int used = gather(&r, &target);
        for (int i = 1; i <= used; i++)
                glp_set_obj_coef(lp, r.index[i], r.value[i]);
        struct stats_interval range = { extreme(lp, GLP_MIN), extreme(lp, GLP_MAX) };
        glp_delete_prob(lp);
        glp_free_env();
        return isnan(range.lo) || isnan(range.hi) ? stats_no_interval() : range;
}

/* How many of some are not in others; both sorted. */
static size_t missing(const uint32_t *some, size_t n, const uint32_t *others, size_t m)
{
        size_t count = 0;
        for (size_t i = 0, k = 0; i < n; i++) {
                while (k < m && others[k] < some[i])
                        k++;
                count += k == m || others[k] != some[i];
        }
        return count;
}

bool stats_sdc_difference_safe(const uint32_t *before, size_t n_before, const uint32_t *after, size_t n_after)
{
        size_t joined = missing(after, n_after, before, n_before), left = missing(before, n_before, after, n_after);
        return (joined == 0 || joined >= STATS_SDC_CONTRIBUTORS) && (left == 0 || left >= STATS_SDC_CONTRIBUTORS);
}
