/* ranks.c - what is known of a place. */
#include "internal.h"
#include "rank.h"

enum { SET, PRIOR, UNIT, X, N, A, B };

/* Time and memory grow with the square of the units. */
#define UNITS_MOST 2000
#define CASES_MOST 1e7

/* Posterior shapes: as given, else by empirical Bayes over the set. */
static bool posterior(const struct filter_set *s, double *a, double *b)
{
        struct stats_share_prior p = { 0 };
        if (s->n > UNITS_MOST) {
                *s->why = "more than 2000 units with one key are too many to rank";
                return false;
        }
        for (size_t i = 0; i < s->n; i++)
                if (s->number[N][i] > CASES_MOST) {
                        *s->why = "this method takes counts up to 10 million";
                        return false;
                }
        if (!(s->given[A] && s->given[B])) {
                if (!(s->given[X] && s->given[N])) {
                        *s->why = "line 1: columns a and b, or x and n, are missing";
                        return false;
                }
                p = stats_share_prior(s->number[X], s->number[N], s->n, MANY(s, double, stats_share_prior_scratch(s->number[N], s->n)));
        }
        for (size_t i = 0; i < s->n; i++) {
                bool given = s->given[A] && s->given[B];
                a[i] = given ? s->number[A][i] : p.alpha + s->number[X][i];
                b[i] = given ? s->number[B][i] : p.beta + s->number[N][i] - s->number[X][i];
        }
        return true;
}

static bool ranks(struct filter_out *o, const struct filter_set *s)
{
        double *a = MANY(s, double, s->n), *b = MANY(s, double, s->n);
        struct stats_rank *r = MANY(s, struct stats_rank, s->n);
        if (!posterior(s, a, b))
                return false;
        (void) stats_ranks(STATS_FAMILY_BETA, a, b, s->n, false, r, MANY(s, double, stats_ranks_scratch(s->n)));
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, SET));
                put_text(o, s->given[PRIOR] ? s->text[PRIOR][i] : S("EB"));
                put_same(o, s, UNIT, i);
                put(o, s->number[X][i]);
                put(o, s->number[N][i]);
                put(o, a[i]);
                put(o, b[i]);
                put(o, r[i].expected);
                put(o, r[i].lo);
                put(o, r[i].median);
                put(o, r[i].hi);
                put(o, r[i].best_quarter);
                put(o, r[i].worst);
                put(o, r[i].best);
        }
        return true;
}

static bool pairs(struct filter_out *o, const struct filter_set *s)
{
        double *a = MANY(s, double, s->n), *b = MANY(s, double, s->n);
        if (!posterior(s, a, b))
                return false;
        for (size_t i = 0; i < s->n; i++)
                for (size_t j = i + 1; j < s->n; j++) {
                        put_text(o, set_key(s, SET));
                        put_same(o, s, UNIT, i);
                        put_same(o, s, UNIT, j);
                        put(o, stats_rank_above(STATS_FAMILY_BETA, a[i], b[i], a[j], b[j]));
                }
        return true;
}

#define RANK_IN { KEY("set"), LABEL("prior"), LABEL("unit"), MAYBE("x", STATS_NONE), MAYBE("n", STATS_NONE), MAYBE("a", STATS_NONE), MAYBE("b", STATS_NONE) }

const struct filter rank_filters[] = {
        { "rank_oracle", "rank", RANK_IN,
          "set,prior,unit,x,n,a,b,expected_rank,mc_rank_lo95,mc_rank_med,mc_rank_hi95,p_best_quarter,p_worst,p_best", ranks, false,
          "exact Poisson-binomial rank distribution, rank 1 lowest; a and b are the shapes of the posterior, else beta-binomial from x and n" },
        { "rank_pairwise", "rank_pairwise_surgical", RANK_IN, "set,i,j,p_i_greater", pairs, false,
          "P(theta_i > theta_j) of independent beta posteriors, by quadrature" },
        { 0 },
};
