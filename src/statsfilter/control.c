/* control.c - statistical process control of series. */
#include "internal.h"

enum { SERIES, I, Y };

static void put_xmr(struct filter_out *o, const struct stats_xmr *x)
{
        put_count(o, x->points);
        put(o, x->mean);
        put(o, x->amr_raw);
        put(o, x->amr);
        put(o, x->lpl);
        put(o, x->upl);
        put(o, x->mr_url);
}

static bool limits(struct filter_out *o, const struct filter_set *s)
{
        for (int screen = 1; screen >= 0; screen--) {
                struct stats_xmr x = stats_xmr(s->number[Y], s->n, screen);
                put_text(o, set_key(s, SERIES));
                put_flag(o, screen);
                put_xmr(o, &x);
        }
        return true;
}

static const char *const signals[] = {
        "Common Cause", "Above UCL", "Below LCL", "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)",
        "2 in 3 Above CL", "2 in 3 Below CL", "7 Points Above CL", "7 Points Below CL",
};

static const char *reading(int direction)
{
        return direction > 0 ? "special_cause_improvement" : direction < 0 ? "special_cause_concern" : "common_cause";
}

/* One point under the screened limits x. close: in the outer third on one side, within the limits. */
static void put_nhs(struct filter_out *o, const struct stats_xmr *x, double y, enum stats_signal signal)
{
        bool outside = y > x->upl || y < x->lpl;
        bool close = !outside && (y > x->mean + (x->upl - x->mean) * 2 / 3 || y < x->mean - (x->mean - x->lpl) * 2 / 3);
        put(o, isnan(y) ? STATS_NONE : outside);
        put(o, isnan(y) ? STATS_NONE : close);
        put(o, isnan(y) ? STATS_NONE : (y > x->mean) - (y < x->mean));
        put_word(o, isnan(y) ? "NA" : signals[signal]);
        put_word(o, isnan(y) ? "NA" : reading(stats_signal_direction(signal)));
        put_word(o, isnan(y) ? "NA" : reading(-stats_signal_direction(signal)));
}

static void put_nelson(struct filter_out *o, double y, unsigned flags)
{
        for (unsigned rule = 0; rule < 8; rule++)
                put(o, isnan(y) ? STATS_NONE : flags >> rule & 1);
}

struct series {
        struct stats_xmr screened, plain;
        enum stats_signal *signal;
        unsigned *nelson;
};

static struct series read_series(const struct filter_set *s)
{
        const double *y = s->number[Y];
        struct series r = { stats_xmr(y, s->n, true), stats_xmr(y, s->n, false), MANY(s, enum stats_signal, s->n), MANY(s, unsigned, s->n) };
        stats_nhs_rules(y, s->n, &r.screened, r.signal);
        stats_nelson(y, s->n, r.plain.mean, r.plain.amr / 1.128, r.nelson);
        return r;
}

static void put_point(struct filter_out *o, const struct filter_set *s, size_t i)
{
        put_text(o, set_key(s, SERIES));
        put_same(o, s, I, i);
        put(o, s->number[Y][i]);
}

static bool nhs(struct filter_out *o, const struct filter_set *s)
{
        struct series r = read_series(s);
        for (size_t i = 0; i < s->n; i++) {
                put_point(o, s, i);
                put_nhs(o, &r.screened, s->number[Y][i], r.signal[i]);
        }
        return true;
}

static bool nelson(struct filter_out *o, const struct filter_set *s)
{
        struct series r = read_series(s);
        for (size_t i = 0; i < s->n; i++) {
                put_point(o, s, i);
                put_nelson(o, s->number[Y][i], r.nelson[i]);
        }
        return true;
}

/* Everything about a point, once with the screened limits and once with the plain ones; the rules are the same in both. */
static bool xmr(struct filter_out *o, const struct filter_set *s)
{
        struct series r = read_series(s);
        for (int screen = 1; screen >= 0; screen--)
                for (size_t i = 0; i < s->n; i++) {
                        put_point(o, s, i);
                        put_flag(o, screen);
                        put_xmr(o, screen ? &r.screened : &r.plain);
                        put_nhs(o, &r.screened, s->number[Y][i], r.signal[i]);
                        put_nelson(o, s->number[Y][i], r.nelson[i]);
                }
        return true;
}

void put_laney(struct filter_out *o, const struct stats_p_chart *c, double x, double n, struct stats_p_point p)
{
        put(o, x);
        put(o, n);
        put(o, p.p);
        put(o, c->pbar);
        put(o, p.lcl);
        put(o, p.ucl);
        put(o, p.z);
        put(o, c->sigma_z);
        put(o, p.laney_lcl);
        put(o, p.laney_ucl);
}

static bool laney(struct filter_out *o, const struct filter_set *s)
{
        enum { AT, X, N };
        struct stats_p_chart c = stats_p_chart(s->number[X], s->number[N], s->n);
        for (size_t i = 0; i < s->n; i++) {
                put_same(o, s, AT, i);
                put_laney(o, &c, s->number[X][i], s->number[N][i], stats_p_point(&c, s->number[X][i], s->number[N][i]));
        }
        return true;
}

/* Target and spread are those of the first row. */
static bool cusum(struct filter_out *o, const struct filter_set *s)
{
        enum { AT, VALUE, TARGET, SIGMA, K, H, LAMBDA, WIDTH };
        const double *y = s->number[VALUE], *const *v = s->number;
        struct stats_cusum *c = MANY(s, struct stats_cusum, s->n);
        struct stats_ewma *e = MANY(s, struct stats_ewma, s->n);
        stats_cusum(y, s->n, v[TARGET][0], v[SIGMA][0], v[K][0], v[H][0], c);
        stats_ewma(y, s->n, v[TARGET][0], v[SIGMA][0], v[LAMBDA][0], v[WIDTH][0], e);
        for (size_t i = 0; i < s->n; i++) {
                put_same(o, s, AT, i);
                put(o, y[i]);
                put(o, c[i].plus);
                put_count(o, c[i].n_plus);
                put(o, c[i].minus);
                put_count(o, c[i].n_minus);
                put_flag(o, c[i].signal);
                put(o, e[i].value);
                put(o, e[i].lcl);
                put(o, e[i].ucl);
                put_flag(o, e[i].signal);
        }
        return true;
}

static bool run_length(struct filter_out *o, const struct filter_set *s)
{
        put(o, *s->number[0]);
        put(o, stats_cusum_arl(*s->number[0], *s->number[1], *s->number[2]));
        return true;
}

#define SERIES_IN { KEY("series"), LABEL("i"), NUMBER("y") }
#define XMR "n,mean,amr_unscreened,amr,lpl,upl,mr_url"
#define NHS "outside,close,side,nhs_type,point_increase_good,point_decrease_good"
#define NELSON "nelson1,nelson2,nelson3,nelson4,nelson5,nelson6,nelson7,nelson8"

const struct filter control_filters[] = {
        { "xmr", "", SERIES_IN, "series,i,y,screen," XMR "," NHS "," NELSON, xmr, false,
          "the three tables below in one: each point with screened (1) and with plain (0) limits" },
        { "xmr_limits", "", SERIES_IN, "series,screen," XMR, limits, false, "Wheeler 1993; screening of moving ranges by NHS Making Data Count" },
        { "xmr_points_nhs_rules", "xmr_nhs", SERIES_IN, "series,i,y," NHS, nhs, false, "NHS Making Data Count (NHSRplotthedots), screened limits" },
        { "xmr_points_nelson", "xmr_nelson", SERIES_IN, "series,i,y," NELSON, nelson, false, "Nelson 1984, plain limits" },
        { "pchart_laney", "pchart", { LABEL("i"), NUMBER("x"), NUMBER("n") }, "i,x,n,p,pbar,lcl,ucl,z,sigma_z,laney_lcl,laney_ucl", laney, false,
          "Laney 2002" },
        { "cusum_ewma_montgomery", "cusum ewma cusum_ewma",
          { LABEL("i"), NUMBER("y"), MAYBE("target", 10), MAYBE("sigma", 1), MAYBE("k", 0.5), MAYBE("h", 5), MAYBE("lambda", 0.1), MAYBE("width", 2.7) },
          "i,y,cplus,nplus,cminus,nminus,signal,ewma,lcl,ucl,ewma_signal", cusum, false,
          "Montgomery, Introduction to Statistical Quality Control, ch. 9; target 10 and sigma 1 are those of its example: give your own" },
        { "cusum_arl_siegmund", "cusum_arl", { NUMBER("shift"), MAYBE("k", 0.5), MAYBE("h", 5) }, "shift,arl_upper", run_length, true,
          "Siegmund 1985" },
        { 0 },
};
