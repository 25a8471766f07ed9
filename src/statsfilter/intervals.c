/* intervals.c - intervals and comparisons of counts, row by row. */
#include "compare.h"
#include "internal.h"
#include "interval.h"

static bool ci_binomial(struct filter_out *o, const struct filter_set *s)
{
        double x = *s->number[0], n = *s->number[1], conf = *s->number[2];
        put(o, x);
        put(o, n);
        put(o, conf);
        put(o, x >= 0 && x <= n && n > 0 ? x / n : STATS_NONE);
        put_interval(o, stats_wilson(x, n, conf));
        put_interval(o, stats_clopper_pearson(x, n, conf));
        put_interval(o, stats_jeffreys(x, n, conf));
        return true;
}

static bool ci_poisson(struct filter_out *o, const struct filter_set *s)
{
        double events = *s->number[0], conf = *s->number[1];
        put(o, events);
        put(o, conf);
        put_interval(o, stats_poisson_exact(events, conf));
        put_interval(o, stats_poisson_byar(events, conf));
        put_interval(o, stats_poisson_phe(events, conf));
        return true;
}

static bool two_proportions(struct filter_out *o, const struct filter_set *s)
{
        double x1 = *s->number[0], n1 = *s->number[1], x2 = *s->number[2], n2 = *s->number[3];
        struct stats_interval newcombe = stats_newcombe(x1, n1, x2, n2, *s->number[4]);
        struct stats_z_test z = stats_two_proportions(x1, n1, x2, n2);
        for (size_t k = 0; k < 4; k++)
                put(o, *s->number[k]);
        put(o, isnan(newcombe.lo) ? STATS_NONE : x1 / n1 - x2 / n2);
        put_interval(o, newcombe);
        put(o, z.z);
        put(o, z.p);
        put(o, stats_fisher(x1, n1, x2, n2));
        return true;
}

static bool plausibility_counts(struct filter_out *o, const struct filter_set *s)
{
        double before = *s->number[0], now = *s->number[1];
        struct stats_count_change c = stats_count_change(before, now, *s->number[2], *s->number[3]);
        put(o, before);
        put(o, now);
        put(o, c.p);
        put(o, c.z_sqrt);
        put(o, c.log_ratio);
        return true;
}

const struct filter interval_filters[] = {
        { "ci_binomial", "", { NUMBER("x"), NUMBER("n"), NUMBER("conf") },
          "x,n,conf,p,wilson_lo,wilson_hi,cp_lo,cp_hi,jeffreys_lo,jeffreys_hi", ci_binomial, true,
          "Wilson 1927; Clopper & Pearson 1934; Brown, Cai & DasGupta 2001" },
        { "ci_poisson", "", { NUMBER("o"), NUMBER("conf") }, "o,conf,exact_lo,exact_hi,byar_lo,byar_hi,phe_lo,phe_hi", ci_poisson, true,
          "Garwood 1936; Breslow & Day 1987; Public Health England (exact below 10 events)" },
        { "two_proportions", "", { NUMBER("x1"), NUMBER("n1"), NUMBER("x2"), NUMBER("n2"), MAYBE("conf", 0.95) },
          "x1,n1,x2,n2,diff,newcombe_lo,newcombe_hi,z,p_z,p_fisher", two_proportions, true,
          "Newcombe 1998 (Stat Med 17:873, method 10); pooled z; Fisher 1922" },
        { "plausibility_counts", "", { NUMBER("prev"), NUMBER("cur"), MAYBE("t_prev", 1), MAYBE("t_cur", 1) },
          "prev,cur,p_conditional,z_sqrt,log_ratio", plausibility_counts, true, "Przyborowski & Wilenski 1940; Spiegelhalter 2005" },
        { 0 },
};
