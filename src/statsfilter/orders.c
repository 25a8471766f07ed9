/* orders.c - quantiles and groups by order, and many p-values at once. */
#include "fdr.h"
#include "internal.h"
#include "quantile.h"

enum { SET, I, V };

static const double probabilities[] = { 0, 0.01, 0.025, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.975, 0.99, 1 };

static bool types(struct filter_out *o, const struct filter_set *s)
{
        static const int type[] = { 7, 6, 8, 2 };
        double *scratch = MANY(s, double, s->n);
        for (size_t p = 0; p < sizeof probabilities / sizeof *probabilities; p++) {
                put_text(o, set_key(s, SET));
                put(o, probabilities[p]);
                for (size_t t = 0; t < 4; t++)
                        put(o, stats_quantile(s->number[V], s->n, probabilities[p], type[t], scratch));
        }
        return true;
}

static double group(size_t g)
{
        return g ? (double) g : STATS_NONE;
}

static bool assign(struct filter_out *o, const struct filter_set *s)
{
        const double *v = s->number[V];
        double *share = MANY(s, double, s->n), *low = MANY(s, double, s->n), *mean = MANY(s, double, s->n);
        size_t *five = MANY(s, size_t, s->n), *ten = MANY(s, size_t, s->n), *tile = MANY(s, size_t, s->n);
        struct stats_keyed *keyed = MANY(s, struct stats_keyed, s->n);
        stats_percent_rank(v, s->n, share, keyed);
        stats_rank(v, s->n, low, mean, keyed);
        stats_phe_quantile(v, s->n, 5, five, keyed);
        stats_phe_quantile(v, s->n, 10, ten, keyed);
        stats_ntile(v, s->n, 5, tile, keyed);
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, SET));
                put_same(o, s, I, i);
                put(o, v[i]);
                put(o, share[i]);
                put(o, low[i]);
                put(o, mean[i]);
                put(o, group(five[i]));
                put(o, group(ten[i]));
                put(o, group(tile[i]));
        }
        return true;
}

/* Hommel's procedure takes a time that grows with the square of the number of tests: not above this. */
#define HOMMEL_MOST 20000

static bool several(struct filter_out *o, const struct filter_set *s)
{
        static const enum stats_adjustment method[] = {
                STATS_ADJUST_BH, STATS_ADJUST_BY, STATS_ADJUST_HOLM, STATS_ADJUST_HOMMEL, STATS_ADJUST_BONFERRONI,
        };
        double *out[5], *work = MANY(s, double, s->n);
        struct stats_keyed *keyed = MANY(s, struct stats_keyed, s->n);
        for (size_t m = 0; m < 5; m++) {
                out[m] = MANY(s, double, s->n);
                if (method[m] != STATS_ADJUST_HOMMEL || s->n <= HOMMEL_MOST)
                        stats_adjust(method[m], s->number[V], s->n, out[m], keyed, work);
                for (size_t i = 0; method[m] == STATS_ADJUST_HOMMEL && s->n > HOMMEL_MOST && i < s->n; i++)
                        out[m][i] = STATS_NONE;
        }
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, SET));
                put_same(o, s, I, i);
                put(o, s->number[V][i]);
                for (size_t m = 0; m < 5; m++)
                        put(o, out[m][i]);
        }
        return true;
}

#define ORDER_IN { KEY("set"), LABEL("i"), NUMBER("v") }

const struct filter order_filters[] = {
        { "quantile_types", "quantile", ORDER_IN, "set,prob,type7,type6,type8,type2", types, false, "Hyndman & Fan 1996" },
        { "quantile_assign", "", ORDER_IN, "set,i,v,percent_rank,rank_min,rank_avg,phe_quintile,phe_decile,ntile5", assign, false,
          "SQL PERCENT_RANK and NTILE; PHEindicatormethods" },
        { "fdr", "", { KEY("set"), LABEL("i"), NUMBER("p") }, "set,i,p,BH,BY,holm,hommel,bonferroni", several, false,
          "Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001; Holm 1979; Hommel 1988" },
        { 0 },
};
