/* trends.c - is a series going up or down? */
#include "internal.h"
#include "trend.h"

#define POINTS 5

static const char *marker(enum stats_marker m)
{
        return m == STATS_MARKER_UP ? "up" : m == STATS_MARKER_DOWN ? "down" : m == STATS_MARKER_NONE ? "none" : "refused";
}

static bool proportions(struct filter_out *o, const struct filter_set *s)
{
        double v[2 * POINTS];
        const double *x = v, *n = v + POINTS;
        put_text(o, *s->text[0]);
        for (size_t k = 0; k < 2 * POINTS; k++)
                put(o, v[k] = *s->number[k + 1]);
        struct stats_chi_square c = stats_cochran_armitage(x, n, NULL, POINTS);
        struct stats_recent_trend t = stats_recent_trend(x, n, POINTS);
        put(o, c.chi2);
        put(o, c.p);
        put(o, t.slope);
        put(o, t.chi2);
        put_word(o, marker(t.marker));
        return true;
}

/* Sen's slope looks at every pair of points: longer series are refused. */
#define SERIES_MOST 5000

static bool mann_kendall(struct filter_out *o, const struct filter_set *s)
{
        enum { CASE, I, Y };
        if (s->n > SERIES_MOST) {
                *s->why = "a series of more than 5000 points is too long for trend_mk";
                return false;
        }
        struct stats_mann_kendall m = stats_mann_kendall(s->number[Y], NULL, s->n, MANY(s, double, stats_mann_kendall_scratch(s->n)));
        put_text(o, set_key(s, CASE));
        put_count(o, m.k);
        put(o, m.s);
        put(o, m.var);
        put(o, m.z);
        put(o, m.p);
        put(o, m.sen);
        put(o, m.tau);
        return true;
}

const struct filter trend_filters[] = {
        { "trend_proportions", "trend",
          { TEXT("case"), NUMBER("x1"), NUMBER("x2"), NUMBER("x3"), NUMBER("x4"), NUMBER("x5"), NUMBER("n1"), NUMBER("n2"), NUMBER("n3"),
            NUMBER("n4"), NUMBER("n5") },
          "case,x1,x2,x3,x4,x5,n1,n2,n3,n4,n5,ca_chisq,ca_p,fingertips_slope,fingertips_chi2,fingertips_marker", proportions, true,
          "Armitage 1955; Public Health England's recent trend" },
        { "trend_mk", "trend trend_mk_results", { KEY("case"), LABEL("i"), NUMBER("y") }, "case,n,S,var,z,p,sen,tau", mann_kendall, false,
          "Mann 1945, Kendall 1975 with ties; Sen 1968" },
        { 0 },
};
