/* interrupted.c - interrupted time series: what changed at a known time. */
#include <string.h>
#include "internal.h"
#include "its.h"

enum { SERIES, TIME, Y, STEP, EXPOSURE, PERIOD };

static void put_row(struct filter_out *o, const struct filter_set *s, const char *model, const struct stats_its_fit *f, const char *term,
        const struct stats_effect *e, bool counts)
{
        put_text(o, set_key(s, SERIES));
        put_word(o, model);
        put_word(o, term);
        put(o, e->estimate);
        put(o, e->se);
        put_interval(o, e->interval);
        put(o, e->p);
        put(o, counts ? exp(e->estimate) : STATS_NONE);
        put(o, counts ? exp(e->interval.lo) : STATS_NONE);
        put(o, counts ? exp(e->interval.hi) : STATS_NONE);
        put(o, f->phi);
        put_count(o, f->n);
        put(o, f->autocorrelation);
}

static const char *refusal(enum stats_its_verdict v)
{
        return v == STATS_ITS_TOO_FEW_BEFORE ? "refused: fewer than 8 points before"
               : v == STATS_ITS_TOO_FEW_AFTER ? "refused: fewer than 4 points after"
               : v == STATS_ITS_NO_FIT        ? "refused: no maximum"
                                              : "refused: not identified";
}

/* One model: the step and the trend, and with slope the change of trend. */
static void put_model(struct filter_out *o, const struct filter_set *s, const struct stats_its *its, const char *model, bool counts)
{
        double *scratch = MANY(s, double, stats_its_scratch(its));
        struct stats_its_fit f = counts ? stats_its_counts(its, 0.95, scratch) : stats_its_line(its, 4, 0.95, scratch);
        struct stats_effect none = { STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, stats_no_interval(), STATS_EFFECT_OK };
        if (f.verdict != STATS_ITS_OK) {
                f.phi = f.autocorrelation = STATS_NONE;
                put_row(o, s, model, &f, refusal(f.verdict), &none, counts);
                return;
        }
        if (counts)
                put_row(o, s, str_fmt(s->a, "poisson%s", model + strlen("quasi")).p, &f, "step", &f.poisson, counts);
        put_row(o, s, model, &f, "step", &f.step, counts);
        put_row(o, s, model, &f, "trend", &f.trend, counts);
        if (its->slope)
                put_row(o, s, model, &f, "slope", &f.slope, counts);
}

static bool its(struct filter_out *o, const struct filter_set *s)
{
        double period = s->number[PERIOD][0];
        struct stats_its plain = { .n = s->n, .time = s->number[TIME], .y = s->number[Y], .exposure = s->number[EXPOSURE], .step = s->number[STEP] };
        struct stats_its season = plain;
        season.period = period;
        season.pairs = period > 4 ? 2 : 1;
        season.alternate = period == 4;
        put_model(o, s, &plain, "quasi", true);
        put_model(o, s, &season, "quasi_season", true);
        plain.slope = season.slope = true;
        put_model(o, s, &plain, "quasi_slope", true);
        put_model(o, s, &season, "quasi_season_slope", true);
        plain.slope = season.slope = false;
        put_model(o, s, &plain, "line", false);
        put_model(o, s, &season, "line_season", false);
        return true;
}

#define OUT "series,model,term,estimate,se,lo95,hi95,p,ratio,ratio_lo95,ratio_hi95,phi,n,autocorrelation"
#define SOURCE "Lopez Bernal et al. 2017: counts y over exposure by quasi-Poisson (and Poisson), a line by Newey-West with lag 4; step 0 before, " \
        "1 from the start on; season by harmonics, period 4 for quarters or 12 for months"

const struct filter interrupted_filters[] = {
        { "its", "its_results", { KEY("series"), NUMBER("time"), NUMBER("y"), NUMBER("step"), MAYBE("exposure", 1), MAYBE("period", 4) }, OUT, its,
          false, SOURCE },
        { "its_sicily", "its", { KEY("series"), NUMBER("time"), NUMBER("aces"), NUMBER("smokban"), NUMBER("stdpop"), MAYBE("period", 12) }, OUT,
          its, false, "the same, with the column names of the published data of Sicily" },
        { 0 },
};
