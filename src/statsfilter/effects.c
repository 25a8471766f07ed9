/* effects.c - did it work? Panels of clusters over time. */
#include <string.h>
#include "did.h"
#include "internal.h"
#include "power.h"
#include "quantile.h"
#include "wedge.h"
#include "stagger.h"

static const struct {
        enum stats_robust type;
        const char *name;
} types[] = {
        { STATS_ROBUST_CR0, "CR0" }, { STATS_ROBUST_CR1, "CR1" }, { STATS_ROBUST_CR1S, "CR1S" },
        { STATS_ROBUST_CR2, "CR2" }, { STATS_ROBUST_CR3, "CR3" }, { STATS_ROBUST_NONE, "OLS" },
};
#define TYPES (sizeof types / sizeof *types)

/* One coefficient with each kind of error; a kind that does not exist here is left out. */
static bool put_effects(struct filter_out *o, const struct filter_set *s, const struct stats_fit *f, size_t column, const char *model)
{
        double *work = work_for(s, stats_effect_scratch(f));
        if (!work)
                return false;
        for (size_t k = 0; k < TYPES; k++) {
                struct stats_effect e = stats_effect(f, types[k].type, column, 0.95, work);
                if (e.verdict == STATS_EFFECT_SINGULAR)
                        continue;
                put_word(o, model);
                put_word(o, types[k].name);
                put(o, e.estimate);
                put(o, e.se);
                put(o, e.df);
                put(o, e.p);
        }
        return true;
}

/* Numbers for the names in a column, and how many there are. */
static size_t numbered(const struct filter_set *s, size_t column, size_t *out)
{
        struct labels l = labels_for(s->a, s->n);
        for (size_t i = 0; i < s->n; i++)
                out[i] = label_index(&l, s->text[column][i]);
        return l.n;
}

static bool did(struct filter_out *o, const struct filter_set *s)
{
        enum { G, T, TR, POST, Y };
        size_t *unit = MANY(s, size_t, s->n), *time = MANY(s, size_t, s->n), effect;
        double *on = MANY(s, double, s->n);
        struct stats_did d = { s->n, numbered(s, G, unit), numbered(s, T, time), unit, time, s->number[Y], NULL, on, s->number[TR], s->number[POST] };
        for (size_t i = 0; i < s->n; i++)
                on[i] = s->number[TR][i] * s->number[POST][i];
        for (int twoway = 0; twoway < 2; twoway++) {
                struct stats_fit f;
                double *scratch = work_for(s, stats_did_scratch(&d));
                if (!scratch)
                        return false;
                if ((twoway ? stats_did_twoway : stats_did_pooled)(&d, &f, &effect, scratch, MANY(s, size_t, stats_did_places(&d)))
                    && !put_effects(o, s, &f, effect, twoway ? "twfe" : "pooled"))
                        return false;
        }
        return true;
}

/* y on every other column, clusters in the errors. */
static bool cr2(struct filter_out *o, const struct filter_set *s)
{
        enum { CLUSTER, GROUP, Y, WEIGHT };
        bool absorbed = s->given[GROUP];
        size_t k = 0, columns = s->rests + !absorbed, *cluster = MANY(s, size_t, s->n), *group = MANY(s, size_t, s->n);
        double *x = MANY(s, double, s->n * columns);
        for (size_t i = 0; !absorbed && i < s->n; i++)
                x[i] = 1;
        for (k = 0; k < s->rests; k++)
                memcpy(x + (k + !absorbed) * s->n, s->number[s->rest + k], s->n * sizeof *x);
        struct stats_panel p = { .n = s->n, .columns = columns, .y = s->number[Y], .x = x, .weight = s->given[WEIGHT] ? s->number[WEIGHT] : NULL,
                .cluster = cluster, .clusters = numbered(s, CLUSTER, cluster), .group = absorbed ? group : NULL };
        p.groups = absorbed ? numbered(s, GROUP, group) : 0;
        struct stats_fit f;
        double *scratch = work_for(s, stats_fit_scratch(&p));
        if (!scratch)
                return false;
        if (!stats_fit(&f, &p, scratch, MANY(s, size_t, stats_fit_places(&p)))) {
                *s->why = "nothing can be estimated: no complete rows, or a group that lies in two clusters";
                return false;
        }
        for (k = 0; k < columns; k++)
                if (!put_effects(o, s, &f, k, !absorbed && k == 0 ? "(Intercept)" : str_z(s->a, s->rest_name[k - !absorbed])))
                        return false;
        return true;
}

enum { ID, TIME, FIRST, N, X, Y };

/* A roll-out: figures by unit and time, and the wave of each unit. */
struct rollout {
        struct stats_stagger s;
        double *time;                   /* sorted */
        size_t *unit, *at, *first;      /* of each row; first of each unit */
};

static size_t place_of(const double *sorted, size_t n, double v)
{
        size_t k = 0;
        while (k < n && sorted[k] < v)
                k++;
        return k;
}

static double figure(const struct filter_set *s, size_t i)
{
        return s->given[Y] ? s->number[Y][i] : s->number[X][i] / s->number[N][i];
}

/* Puts each row in its place; a unit has one start, and one figure per time. */
static bool place_rows(const struct filter_set *s, struct rollout *r, double *y)
{
        bool *seen = MANY(s, bool, r->s.units);
        for (size_t i = 0; i < s->n; i++) {
                double first = s->number[FIRST][i], *at;
                r->at[i] = place_of(r->time, r->s.times, s->number[TIME][i]);
                if (isnan(s->number[TIME][i]))
                        continue;
                size_t place = first > 0 ? place_of(r->time, r->s.times, first) : r->s.times, *start = &r->first[r->unit[i]];
                place = place < r->s.times ? place : STATS_NEVER;
                at = &y[r->unit[i] * r->s.times + r->at[i]];
                if (!isnan(*at) || (seen[r->unit[i]] && *start != place)) {
                        struct str id = s->text[ID][i];
                        *s->why = str_fmt(s->a, "%.*s has %s", (int) (id.n < 40 ? id.n : 40), id.p, isnan(*at) ? "two starts" : "two rows for one time").p;
                        return false;
                }
                seen[r->unit[i]] = true;
                *start = place;
                *at = figure(s, i);
        }
        return true;
}

static bool read_rollout(const struct filter_set *s, struct rollout *r)
{
        if (!s->given[Y] && !(s->given[N] && s->given[X])) {
                *s->why = "line 1: column y, or columns n and x, are missing";
                return false;
        }
        size_t n = 0;
        *r = (struct rollout) { .time = MANY(s, double, s->n), .unit = MANY(s, size_t, s->n), .at = MANY(s, size_t, s->n), .first = MANY(s, size_t, s->n) };
        memcpy(r->time, s->number[TIME], s->n * sizeof *r->time);
        n = stats_sort(r->time, s->n);
        r->s = (struct stats_stagger) { .units = numbered(s, ID, r->unit), .first = r->first };
        for (size_t i = 0; i < n; i++)
                if (i == 0 || r->time[i] > r->time[r->s.times - 1])
                        r->time[r->s.times++] = r->time[i];
        double *y = work_for(s, r->s.units * r->s.times);
        if (!y)
                return false;
        for (size_t i = 0; i < r->s.units * r->s.times; i++)
                y[i] = STATS_NONE;
        r->s.y = y;
        return place_rows(s, r, y);
}

/* All waves and times with somebody to compare with; leads (times before the start) when asked for. */
static bool put_waves(struct filter_out *o, const struct filter_set *s, bool leads, enum stats_control control)
{
        struct rollout r;
        if (!read_rollout(s, &r))
                return false;
        r.s.control = control;
        for (size_t g = 1; g < r.s.times; g++) {
                bool wave = false;
                for (size_t u = 0; u < r.s.units; u++)
                        wave = wave || r.first[u] == g;
                for (size_t t = leads ? 1 : g; wave && t < r.s.times; t++) {
                        struct stats_att a = stats_att(&r.s, g, t);
                        if (a.verdict == STATS_EFFECT_NOT_IDENTIFIED)
                                continue;
                        put(o, r.time[g]);
                        put(o, r.time[t]);
                        put_count(o, a.n_treated);
                        put_count(o, a.n_control);
                        put(o, a.att);
                        put(o, a.se);
                }
        }
        return true;
}

static bool cs(struct filter_out *o, const struct filter_set *s)
{
        return put_waves(o, s, true, STATS_CONTROL_NOT_YET);
}

static bool cs_never(struct filter_out *o, const struct filter_set *s)
{
        return put_waves(o, s, true, STATS_CONTROL_NEVER);
}

static bool cs_after(struct filter_out *o, const struct filter_set *s)
{
        return put_waves(o, s, false, STATS_CONTROL_NOT_YET);
}

/* Averages over the waves by time since the start; before it the check that nothing happened. */
static bool events(struct filter_out *o, const struct filter_set *s)
{
        struct rollout r;
        if (!read_rollout(s, &r))
                return false;
        double *scratch = MANY(s, double, r.s.units);
        for (long e = 1 - (long) r.s.times; e < (long) r.s.times; e++) {
                struct stats_average a = stats_stagger_event(&r.s, e, 0.95, scratch);
                if (a.effect.verdict == STATS_EFFECT_NOT_IDENTIFIED)
                        continue;
                put(o, (double) e);
                put(o, a.effect.estimate);
                put(o, a.effect.se);
                put_interval(o, a.effect.interval);
                put_count(o, a.units);
                put_count(o, a.waves);
        }
        return true;
}

static void put_stat(struct filter_out *o, const char *name, double value)
{
        put_word(o, name);
        put(o, value);
}

/* Two-way fixed effects (wrong where effects grow) beside the average of the waves. */
static bool rollout(struct filter_out *o, const struct filter_set *s)
{
        struct rollout r;
        if (!read_rollout(s, &r))
                return false;
        double *on = MANY(s, double, s->n), *y = MANY(s, double, s->n);
        for (size_t i = 0; i < s->n; i++) {
                on[i] = r.first[r.unit[i]] != STATS_NEVER && r.at[i] >= r.first[r.unit[i]];
                y[i] = isnan(s->number[TIME][i]) ? STATS_NONE : figure(s, i);
        }
        struct stats_did d = { s->n, r.s.units, r.s.times, r.unit, r.at, y, NULL, on, NULL, NULL };
        struct stats_fit f;
        size_t effect;
        double *scratch = work_for(s, stats_did_scratch(&d)), *work;
        if (!scratch)
                return false;
        if (stats_did_twoway(&d, &f, &effect, scratch, MANY(s, size_t, stats_did_places(&d)))) {
                work = work_for(s, stats_effect_scratch(&f));
                if (!work)
                        return false;
                struct stats_effect cr0 = stats_effect(&f, STATS_ROBUST_CR0, effect, 0.95, work);
                put_stat(o, "twfe_beta", cr0.estimate);
                put_stat(o, "twfe_se_CR0", cr0.se);
                put_stat(o, "twfe_se_CR1", stats_effect(&f, STATS_ROBUST_CR1, effect, 0.95, work).se);
        }
        double last = STATS_NONE;
        for (size_t t = 1; t < r.s.times; t++)
                for (size_t u = 0; u < r.s.units; u++)
                        if (r.first[u] <= t && stats_att(&r.s, r.first[u], t).verdict != STATS_EFFECT_NOT_IDENTIFIED)
                                last = r.time[t];
        struct stats_average all = stats_stagger_overall(&r.s, 0.95, MANY(s, double, r.s.units));
        put_stat(o, isnan(last) ? "cs_simple_notyet" : str_fmt(s->a, "cs_simple_notyet_t<=%g", last).p, all.effect.estimate);
        return true;
}

static bool wedge(struct filter_out *o, const struct filter_set *s)
{
        enum { CL, PER, TRT, OUTCOME };
        size_t *cluster = MANY(s, size_t, s->n), *period = MANY(s, size_t, s->n);
        struct stats_wedge w = { numbered(s, CL, cluster), 0, NULL };
        double *time = MANY(s, double, s->n);
        memcpy(time, s->number[PER], s->n * sizeof *time);
        size_t n = stats_sort(time, s->n), cells;
        for (size_t i = 0; i < n; i++)
                if (i == 0 || time[i] > time[w.times - 1])
                        time[w.times++] = time[i];
        cells = w.clusters * w.times;
        double *on = work_for(s, cells), *y = work_for(s, cells), *scratch = work_for(s, stats_wedge_scratch(&w));
        if (!on || !y || !scratch)
                return false;
        for (size_t i = 0; i < cells; i++)
                y[i] = STATS_NONE;
        for (size_t i = 0; i < s->n; i++) {
                period[i] = place_of(time, w.times, s->number[PER][i]);
                if (isnan(s->number[PER][i]))
                        continue;
                if (!isnan(y[cluster[i] * w.times + period[i]])) {
                        *s->why = "a cluster has two rows for one period";
                        return false;
                }
                on[cluster[i] * w.times + period[i]] = s->number[TRT][i];
                y[cluster[i] * w.times + period[i]] = s->number[OUTCOME][i];
        }
        w.on = on;
        struct stats_wedge_fit f = stats_wedge_fit(&w, y, NULL, false, 0.95, NULL, scratch, MANY(s, size_t, stats_wedge_places(&w)));
        put_stat(o, "theta", f.effect.estimate);
        put_stat(o, "se", f.effect.se);
        put_stat(o, "tau2", f.model.tau2);
        put_stat(o, "sigma2", f.model.sigma2);
        put_stat(o, "reml_loglik", f.model.loglik);
        return true;
}

#define ROLLOUT_IN { LABEL("id"), NUMBER("t"), NUMBER("first"), MAYBE("n", STATS_NONE), MAYBE("x", STATS_NONE), MAYBE("y", STATS_NONE) }
#define ROLLOUT " Figures are y, or x of n; first is the time a unit started, 0 or NA for never"

const struct filter effect_filters[] = {
        { "cr2", "", { TEXT("cluster"), LABEL("group"), NUMBER("y"), MAYBE("weight", STATS_NONE) }, "model,type,beta,se,df,p", cr2, false,
          "Bell & McCaffrey 2002, Pustejovsky & Tipton 2018. Every other column is a regressor (model names it); group is absorbed, without it "
          "there is an intercept", true },
        { "did_2x2", "did did_2x2_results cr2", { LABEL("g"), LABEL("t"), NUMBER("tr"), NUMBER("post"), NUMBER("y") }, "model,type,beta,se,df,p",
          did, false, "pooled and two-way fixed effects, errors by cluster g (clubSandwich)" },
        { "stagger342_cs_attgt_notyet", "", ROLLOUT_IN, "g,t,n_t,n_c,att,se", cs_after, false,
          "Callaway & Sant'Anna 2021, against who has not started yet; from the start on." ROLLOUT },
        { "cs", "", ROLLOUT_IN, "g,t,n_t,n_c,att,se", cs, false, "the same, with the times before the start too." ROLLOUT },
        { "cs_never", "", ROLLOUT_IN, "g,t,n_t,n_c,att,se", cs_never, false, "the same, against who never starts." ROLLOUT },
        { "cs_event", "", ROLLOUT_IN, "event,att,se,lo95,hi95,units,waves", events, false,
          "Callaway & Sant'Anna 2021, by time since the start, against who has not started yet." ROLLOUT },
        { "stagger342", "stagger342_results stagger", ROLLOUT_IN, "stat,value", rollout, false,
          "two-way fixed effects beside the average over waves of Callaway & Sant'Anna 2021." ROLLOUT },
        { "steppedwedge_lmm", "steppedwedge", { LABEL("cl"), NUMBER("per"), NUMBER("trt"), NUMBER("y") }, "stat,value", wedge, false,
          "mixed model by REML: a level per period, a random level per cluster (Hussey & Hughes 2007)" },
        { 0 },
};
