/* funnels.c - funnel limits and verdicts, row by row. */
#include "funnel.h"
#include "internal.h"

static const double tails[] = { STATS_TAIL_998, STATS_TAIL_95, STATS_TAIL_95, STATS_TAIL_998 };
/* The order of columns everywhere: lo998, lo95, hi95, hi998. */
static const bool upper[] = { false, false, true, true };

static const char *side(enum stats_side v)
{
        return v == STATS_SIDE_LOW ? "low" : v == STATS_SIDE_HIGH ? "high" : v == STATS_SIDE_IN ? "in" : "NA";
}

static void put_limits(struct filter_out *o, const struct stats_funnel_limits *l)
{
        for (size_t k = 0; k < 4; k++)
                put(o, upper[k] ? l[k].hi_printed : l[k].lo);
        for (size_t k = 0; k < 4; k++)
                put(o, upper[k] ? l[k].r_hi : l[k].r_lo);
}

static void put_four(struct filter_out *o, double at, double target, bool normal, struct stats_interval (*log)(double, double))
{
        for (size_t k = 0; k < 4; k++) {
                struct stats_interval i = normal ? stats_funnel_limits_normal(at, target, tails[k]) : log(at, tails[k]);
                put(o, upper[k] ? i.hi : i.lo);
        }
}

static bool limits_binomial(struct filter_out *o, const struct filter_set *s)
{
        double p0 = *s->number[0], n = *s->number[1];
        struct stats_funnel_limits l[4];
        for (size_t k = 0; k < 4; k++)
                l[k] = stats_funnel_limits_binomial(n, p0, tails[k]);
        put(o, p0);
        put(o, n);
        put_limits(o, l);
        put_four(o, n, p0, true, NULL);
        return true;
}

static bool limits_poisson(struct filter_out *o, const struct filter_set *s)
{
        double e = *s->number[0];
        struct stats_funnel_limits l[4];
        for (size_t k = 0; k < 4; k++)
                l[k] = stats_funnel_limits_poisson(e, tails[k]);
        put(o, e);
        put_limits(o, l);
        put_four(o, e, 0, false, stats_funnel_limits_garwood);
        put_four(o, e, 0, false, stats_funnel_limits_log);
        return true;
}

static bool flags_binomial(struct filter_out *o, const struct filter_set *s)
{
        double p0 = *s->number[0], n = *s->number[1], x = *s->number[2];
        struct stats_funnel_class c = stats_funnel_binomial(x, n, p0);
        put(o, p0);
        put(o, n);
        put(o, x);
        put(o, c.p_lower);
        put(o, c.p_upper);
        for (size_t k = 1; k < 3; k++) {
                struct stats_funnel_limits l = stats_funnel_limits_binomial(n, p0, k == 1 ? STATS_TAIL_95 : STATS_TAIL_998);
                put(o, l.lo);
                put(o, l.hi_printed);
                put(o, l.hi);
                put_word(o, side(k == 1 ? c.at95 : c.at998));
                put_word(o, c.at95 == STATS_SIDE_NONE ? "NA" : x / n < l.lo ? "low" : x / n > l.hi_printed ? "high" : "in");
        }
        return true;
}

static bool flags_poisson(struct filter_out *o, const struct filter_set *s)
{
        double e = *s->number[0], x = *s->number[1];
        struct stats_funnel_class c = stats_funnel_poisson(x, e);
        struct stats_funnel_limits at95 = stats_funnel_limits_poisson(e, STATS_TAIL_95), at998 = stats_funnel_limits_poisson(e, STATS_TAIL_998);
        put(o, e);
        put(o, x);
        put(o, c.p_lower);
        put(o, c.p_upper);
        put(o, at95.lo);
        put(o, at95.hi);
        put_word(o, side(c.at95));
        put(o, at998.lo);
        put(o, at998.hi);
        put_word(o, side(c.at998));
        return true;
}

/* The tail at the first count, from x on in steps, that lies on that side of the exact test, or of the line as printed; 0 when none does.
 * x is at the limit's own count, so that it takes a step or two. */
static double alarm(double x, double n, double p0, bool high, bool exact, double line)
{
        for (; x >= 0 && x <= n; x += high ? 1 : -1) {
                struct stats_funnel_class c = stats_funnel_binomial(x, n, p0);
                bool flagged = exact ? c.at998 == (high ? STATS_SIDE_HIGH : STATS_SIDE_LOW) : high ? x / n > line : x / n < line;
                if (flagged)
                        return high ? c.p_upper : c.p_lower;
        }
        return 0;
}

/* How often is an average unit flagged? */
static bool false_alarm(struct filter_out *o, const struct filter_set *s)
{
        double n = *s->number[0], p0 = *s->number[1];
        struct stats_funnel_limits f = stats_funnel_limits_binomial(n, p0, STATS_TAIL_998);
        bool known = !isnan(f.lo);
        put(o, n);
        put(o, p0);
        for (int exact = 1; exact >= 0; exact--)
                put(o, known ? alarm(fmax(f.r_hi - 1, 0), n, p0, true, exact, f.hi_printed) : STATS_NONE);
        for (int exact = 1; exact >= 0; exact--)
                put(o, known ? alarm(fmin(f.r_lo + 1, n), n, p0, false, exact, f.lo) : STATS_NONE);
        return true;
}

#define FOUR(name) name "_lo998," name "_lo95," name "_hi95," name "_hi998"

const struct filter funnel_filters[] = {
        { "funnel_limits_binomial", "", { NUMBER("p0"), NUMBER("n") }, "p0,n," FOUR("exact") "," FOUR("r") "," FOUR("normal"),
          limits_binomial, true, "Spiegelhalter 2005 (Stat Med 24:1185), as printed; Public Health England's normal approximation" },
        { "funnel_limits_poisson", "", { NUMBER("expected") }, "expected," FOUR("exact") "," FOUR("r") "," FOUR("garwood") "," FOUR("log"),
          limits_poisson, true, "Spiegelhalter 2005, as printed; Garwood's chi-square and log-normal limits for comparison" },
        { "funnel_flags_binomial", "funnel_flags", { NUMBER("p0"), NUMBER("n"), NUMBER("x") },
          "p0,n,x,p_lower,p_upper,line_lo95,line_hi_spiegelhalter95,line_hi_symmetric95,flag95,naive_flag95,"
          "line_lo998,line_hi_spiegelhalter998,line_hi_symmetric998,flag998,naive_flag998",
          flags_binomial, true, "exact binomial tails; naive: the point against the line as printed" },
        { "funnel_flags_poisson", "funnel_flags", { NUMBER("expected"), NUMBER("x") },
          "expected,x,p_lower,p_upper,line_lo95,line_hi_symmetric95,flag95,line_lo998,line_hi_symmetric998,flag998", flags_poisson, true,
          "exact Poisson tails" },
        { "funnel_false_alarm", "", { NUMBER("n"), NUMBER("p0") }, "n,p0,exact_hi998,naive_hi998,exact_lo998,naive_lo998", false_alarm, true,
          "enumeration of Binomial(n, p0)" },
        { 0 },
};
