/* further.c - methods of the product that have no published table: charts for rates, ratios, robust distances, few units. */
#include "few.h"
#include "internal.h"
#include "ratio.h"
#include "runchart.h"

static bool u_chart(struct filter_out *o, const struct filter_set *s)
{
        enum { SERIES, I, X, N };
        struct stats_p_chart c = stats_u_chart(s->number[X], s->number[N], s->n);
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, SERIES));
                put_same(o, s, I, i);
                put_laney(o, &c, s->number[X][i], s->number[N][i], stats_u_point(&c, s->number[X][i], s->number[N][i]));
        }
        return true;
}

static bool run_chart(struct filter_out *o, const struct filter_set *s)
{
        enum { SERIES, I, Y };
        struct stats_run_chart c = stats_run_chart(s->number[Y], s->n, MANY(s, double, s->n));
        put_text(o, set_key(s, SERIES));
        put_count(o, c.points);
        put_count(o, c.useful);
        put(o, c.median);
        put_count(o, c.longest);
        put(o, c.longest_limit);
        put_count(o, c.crossings);
        put(o, c.crossings_limit);
        put_flag(o, c.shift);
        put_flag(o, c.clump);
        return true;
}

static const char *side(enum stats_side v)
{
        return v == STATS_SIDE_LOW ? "low" : v == STATS_SIDE_HIGH ? "high" : v == STATS_SIDE_IN ? "in" : "NA";
}

static bool count_ratio(struct filter_out *o, const struct filter_set *s)
{
        const double *const *v = s->number;
        struct stats_count_ratio r = stats_count_ratio(*v[0], *v[1], *v[2], *v[3], *v[4]);
        for (size_t k = 0; k < 4; k++)
                put(o, *v[k]);
        put(o, r.ratio);
        put_interval(o, r.interval);
        put(o, r.z);
        put(o, r.p);
        put_word(o, side(r.at95));
        put_word(o, side(r.at998));
        return true;
}

static bool robust_z(struct filter_out *o, const struct filter_set *s)
{
        enum { SET, I, V };
        struct stats_middle m = stats_middle(s->number[V], s->n, MANY(s, double, s->n));
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, SET));
                put_same(o, s, I, i);
                put(o, s->number[V][i]);
                put(o, m.median);
                put(o, m.mad);
                put(o, stats_robust_z(&m, s->number[V][i]));
        }
        return true;
}

static bool few(struct filter_out *o, const struct filter_set *s)
{
        enum { SET, UNIT, X, N };
        if (s->n >= STATS_FEW) {
                *s->why = "eb_few is for fewer than 50 units with one key; use eb_betabinomial";
                return false;
        }
        struct stats_few_unit *u = MANY(s, struct stats_few_unit, s->n);
        struct stats_few f = stats_few_share(s->number[X], s->number[N], s->n, STATS_CONF_95, u, MANY(s, double, stats_few_scratch(s->n)));
        for (size_t i = 0; i < s->n; i++) {
                put_text(o, set_key(s, SET));
                put_same(o, s, UNIT, i);
                put(o, s->number[X][i]);
                put(o, s->number[N][i]);
                put(o, u[i].mean);
                put(o, u[i].weight);
                put_interval(o, u[i].interval);
                put(o, u[i].above);
                put_count(o, f.k);
                put(o, f.mu);
                put(o, f.rho);
                put_interval(o, f.rho95);
        }
        return true;
}

const struct filter further_filters[] = {
        { "uchart_laney", "uchart", { KEY("series"), LABEL("i"), NUMBER("x"), NUMBER("n") },
          "series,i,x,n,u,ubar,lcl,ucl,z,sigma_z,laney_lcl,laney_ucl", u_chart, false, "Laney 2002" },
        { "run_chart", "", { KEY("series"), LABEL("i"), NUMBER("y") },
          "series,points,useful,median,longest,longest_limit,crossings,crossings_limit,shift,clump", run_chart, false, "Anhoj & Olesen 2014" },
        { "count_ratio", "", { NUMBER("o1"), NUMBER("o2"), MAYBE("e1", 1), MAYBE("e2", 1), MAYBE("conf", 0.95) },
          "o1,o2,e1,e2,ratio,lo,hi,z,p,flag95,flag998", count_ratio, true, "Spiegelhalter 2005; flags by exact tails" },
        { "robust_z", "", { KEY("set"), LABEL("i"), NUMBER("v") }, "set,i,v,median,mad,z", robust_z, false, "Iglewicz & Hoaglin 1993" },
        { "eb_few", "", { KEY("set"), LABEL("unit"), NUMBER("x"), NUMBER("n") },
          "set,unit,x,n,shrunk,weight,lo95,hi95,p_above_mu,K,mu,rho,rho_lo95,rho_hi95", few, false,
          "beta-binomial for fewer than 50 units, averaged over what is known of mu and rho" },
        { 0 },
};
