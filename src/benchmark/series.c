/* series.c - what each municipality's own figures did over the quarters (benchmark.md 2.9, 2.14), and all together. Pure. */
#include "benchmark.h"
#include "runchart.h"
#include "series.h"

/* Below so many events (or non-events) a quarter on average, limits would be noise. */
#define FEW_EVENTS 5
/* A panel has at least so many quarters and municipalities. */
#define PANEL_QUARTERS 4

struct counts {
        double *x, *n, *y;              /* events, cases, value; NaN for a gap */
        size_t k;
};

static struct counts counts_of(struct arena *a, const struct cell_list *cells, struct str region) {
        struct counts c = { arena_many(a, double, cells->n), arena_many(a, double, cells->n), arena_many(a, double, cells->n), cells->n };
        for (size_t i = 0; i < cells->n; i++) {
                const struct result *r = benchmark_result(&cells->v[i], region);
                bool has = r && r->status == RESULT_EXACT;
                c.x[i] = has ? r->numerator : STATS_NONE;
                c.n[i] = has ? r->denominator : STATS_NONE;
                c.y[i] = has ? r->value : STATS_NONE;
        }
        return c;
}

static enum series_chart chart_for(const struct dictionary_entry *d, const struct counts *c) {
        bool share = str_eq(d->kind, S("proportion"));
        double events = 0, others = 0, points = 0;
        if (!share && !str_eq(d->kind, S("rate")))
                return SERIES_XMR;
        for (size_t i = 0; i < c->k; i++) {
                if (isnan(c->y[i]))
                        continue;
                points++;
                events += c->x[i];
                others += c->n[i] - c->x[i];
        }
        if (events < FEW_EVENTS * points || (share && others < FEW_EVENTS * points))
                return SERIES_RUN;
        return share ? SERIES_P : SERIES_U;
}

static double middle(const struct counts *c) {
        double sum = 0, n = 0;
        for (size_t i = 0; i < c->k; i++)
                if (!isnan(c->y[i])) {
                        sum += c->y[i];
                        n++;
                }
        return n > 0 ? sum / n : STATS_NONE;
}

/* Signals and alerts on Y with these limits; SIGMA for the sums of deviations. */
static void judge(struct arena *a, struct series *s, const double *y, struct stats_xmr limits, double sigma) {
        enum stats_signal *signal = arena_many(a, enum stats_signal, s->n);
        struct stats_cusum *sum = arena_many(a, struct stats_cusum, s->n);
        stats_nhs_rules(y, s->n, &limits, signal);
        if (sigma > 0)
                stats_cusum(y, s->n, limits.mean, sigma, .5, 5, sum);
        for (size_t i = 0; i < s->n; i++) {
                s->point[i].signal = signal[i];
                s->point[i].alert = sigma > 0 && !isnan(y[i]) && sum[i].signal;
        }
}

/* p' and u': each point by its own size; judged in standard deviations, in which the limits are straight. */
static void by_counts(struct arena *a, struct series *s, const struct counts *c, double scale) {
        bool share = s->chart == SERIES_P;
        struct stats_p_chart chart = share ? stats_p_chart(c->x, c->n, c->k) : stats_u_chart(c->x, c->n, c->k);
        double *y = arena_many(a, double, c->k);
        s->mean = scale * chart.pbar;
        for (size_t i = 0; i < c->k; i++) {
                struct stats_p_point p = share ? stats_p_point(&chart, c->x[i], c->n[i]) : stats_u_point(&chart, c->x[i], c->n[i]);
                s->point[i].low = scale * p.laney_lcl;
                s->point[i].high = scale * p.laney_ucl;
                y[i] = chart.sigma_z > 0 ? p.z / chart.sigma_z : STATS_NONE;
        }
        judge(a, s, y, (struct stats_xmr) { .mean = 0, .lpl = -3, .upl = 3 }, 1);
}

static void by_ranges(struct arena *a, struct series *s, const struct counts *c) {
        struct stats_xmr x = stats_xmr(c->y, c->k, true);
        if (isnan(x.mean) || x.flat) {
                s->chart = SERIES_RUN;
                s->mean = middle(c);
                return;
        }
        s->mean = x.mean;
        for (size_t i = 0; i < c->k; i++) {
                s->point[i].low = isnan(c->y[i]) ? STATS_NONE : x.lpl;
                s->point[i].high = isnan(c->y[i]) ? STATS_NONE : x.upl;
        }
        judge(a, s, c->y, x, x.amr / 1.128);
}

/* Around the median, and not at all where zeros make it no middle: against the mean seven zeros in a row, which stable small counts
 * nearly always have, would be a signal (runchart.h). */
static void by_runs(struct arena *a, struct series *s, const struct counts *c) {
        struct stats_run_chart chart = stats_run_chart(c->y, c->k, arena_many(a, double, c->k));
        s->mean = middle(c);
        if (isnan(chart.longest_limit))
                return;
        s->mean = chart.median;
        judge(a, s, c->y, (struct stats_xmr) { .mean = s->mean, .lpl = -INFINITY, .upl = INFINITY }, 0);
}

static void trend(struct arena *a, struct series *s, const struct counts *c, bool share) {
        if (share) {
                struct stats_recent_trend t = stats_recent_trend(c->x, c->n, c->k);
                s->trend = t.marker;
                s->slope = t.slope;
                return;
        }
        double last[STATS_MARKER_POINTS];
        size_t n = 0;
        for (size_t i = c->k; i-- > 0 && n < STATS_MARKER_POINTS;)
                if (!isnan(c->y[i]))
                        last[(size_t) STATS_MARKER_POINTS - ++n] = c->y[i];
        s->slope = STATS_NONE;
        s->trend = STATS_MARKER_REFUSED;
        if (n < STATS_MARKER_POINTS)
                return;
        struct stats_mann_kendall m = stats_mann_kendall(last, NULL, n, arena_many(a, double, stats_mann_kendall_scratch(n)));
        s->slope = m.sen;
        s->trend = !(m.p < .05) ? STATS_MARKER_NONE : m.sen > 0 ? STATS_MARKER_UP : STATS_MARKER_DOWN;
}

static void course(struct arena *a, struct series *s, const struct dictionary_entry *d, const struct cell_list *cells) {
        struct counts c = counts_of(a, cells, s->region);
        size_t points = 0;
        s->n = c.k;
        s->point = arena_many(a, struct series_point, c.k);
        for (size_t i = 0; i < c.k; i++) {
                s->point[i] = (struct series_point) { cells->v[i].period, c.y[i], STATS_NONE, STATS_NONE, STATS_SIGNAL_NONE, false };
                points += isnan(c.y[i]) ? 0 : 1;
        }
        s->provisional = points < STATS_SPC_TRIAL;
        s->chart = chart_for(d, &c);
        if (s->chart == SERIES_RUN)
                by_runs(a, s, &c);
        else if (s->chart == SERIES_XMR)
                by_ranges(a, s, &c);
        else
                by_counts(a, s, &c, d->scale);
        trend(a, s, &c, str_eq(d->kind, S("proportion")));
}

/* The panel begins where enough municipalities have a figure in each quarter up to now; the earliest such quarter. */
static bool in_panel(const struct series *s, size_t from) {
        for (size_t i = from; i < s->n; i++)
                if (isnan(s->point[i].value))
                        return false;
        return true;
}

static double panel_at(const struct series_set *set, const struct cell *c, const struct dictionary_entry *d, size_t from) {
        double x = 0, n = 0, values = 0, units = 0;
        for (size_t i = 0; i < set->n; i++) {
                const struct result *r = in_panel(&set->v[i], from) ? benchmark_result(c, set->v[i].region) : NULL;
                if (!r)
                        continue;
                x += r->numerator;
                n += r->denominator;
                values += r->value;
                units++;
        }
        return n > 0 ? d->scale * x / n : values / units;
}

static void panel(struct series_set *set, const struct dictionary_entry *d, const struct cell_list *cells) {
        for (size_t from = 0; from + PANEL_QUARTERS <= set->moments; from++) {
                int64_t units = 0;
                for (size_t i = 0; i < set->n; i++)
                        units += in_panel(&set->v[i], from);
                if (units < BENCHMARK_UNITS_MIN)
                        continue;
                set->panel_since = set->moment[from].period;
                set->panel_units = units;
                for (size_t i = from; i < set->moments; i++)
                        set->moment[i].panel = panel_at(set, &cells->v[i], d, from);
                return;
        }
}

void series_compute(struct arena *a, const struct dictionary_entry *d, const struct cell_list *cells, struct series_set *ret) {
        struct map seen = { 0 };
        VEC(struct series) all = { 0 };
        ret->moments = cells->n;
        ret->moment = arena_many(a, struct series_moment, cells->n);
        for (size_t i = 0; i < cells->n; i++) {
                const struct cell *c = &cells->v[i];
                ret->moment[i] = (struct series_moment) { .period = c->period, .all = c->target, .panel = STATS_NONE,
                        .delivered = c->delivered, .participants = c->participants, .inhabitants = c->inhabitants };
                for (size_t q = 0; q < 5; q++)
                        ret->moment[i].quantile[q] = c->quantile[q + 1];
                for (size_t k = 0; k < c->n; k++)
                        if (!map_get(&seen, c->v[k].region)) {
                                map_put(a, &seen, c->v[k].region, ret);
                                *vec_push(a, &all) = (struct series) { .region = c->v[k].region };
                        }
        }
        ret->v = all.v;
        ret->n = all.n;
        series_sort(ret);
        for (size_t i = 0; i < ret->n; i++)
                course(a, &ret->v[i], d, cells);
        panel(ret, d, cells);
}
