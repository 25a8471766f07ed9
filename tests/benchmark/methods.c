#include "methods.h"
#include <math.h>
#include "did.h"
#include "few.h"
#include "its.h"
#include "rank.h"
#include "runchart.h"
#include "score.h"
#include "shrink.h"
#include "stagger.h"
#include "wedge.h"

#define SERIES_EACH 10          /* series are cheap: so many for each round */
#define POINTS 20
#define TIMES 24
#define UNITS 342
#define PILOTS 15

/* Slack of effects: normal errors while the first wave has fifteen units. Of few units: few.h says 92 of 100 itself. Of XmR: 15 of 100 with
 * ranges screened, 12 without, by a simulation of its own. */
enum { XMR, SMALL, SHARES, RUNS, CONFIRMED, SHIFT, CS, CS_NOTHING, TWOWAY, LEADS, ITS, ITS_FALSE, ITS_FOUND, CR2, CR1, FEW, EB_FEW, RATE_FEW, BETTER_FEW, BETTER_EB, WEDGE, ROWS };
static struct score row[ROWS] = {
        [XMR] = { "XmR, rules of the NHS", "stable, 20 normal points: a signal", SCORE_ABOUT, .155, .01 },
        [SMALL] = { "guard against small counts", "stable, 0.2 to 3 a quarter: a signal", SCORE_AT_MOST, .11, .01 },
        [SHARES] = { "p', rules of the NHS", "stable shares, 40 to 80 cases: a signal", SCORE_AT_MOST, .11, .03 },
        [RUNS] = { "run chart", "stable: a shift or a clump", SCORE_AT_MOST, .10, .01 },
        [CONFIRMED] = { "new and confirmed", "stable shares: told in the last quarter", SCORE_AT_MOST, .02, 0 },
        [SHIFT] = { "new and confirmed", "15 points for eight quarters: told", SCORE_AT_LEAST, .8, 0 },
        [CS] = { "Callaway-Sant'Anna, 95 %", "effect that grows: truth inside", SCORE_ABOUT, .95, .01 },
        [CS_NOTHING] = { "Callaway-Sant'Anna", "no effect: called one", SCORE_ABOUT, .05, .03 },
        [TWOWAY] = { "two-way fixed effects (not used)", "effect that grows: truth inside", SCORE_TOLD, 0, 0 },
        [LEADS] = { "check of two quarters before", "no effect yet: called one", SCORE_ABOUT, .05, .03 },
        [ITS] = { "interrupted time series, 95 %", "step of -20 %: truth inside", SCORE_ABOUT, .95, .03 },
        [ITS_FALSE] = { "interrupted time series", "no step: called one", SCORE_AT_MOST, .05, .03 },
        [ITS_FOUND] = { "interrupted time series", "step of -20 %: found", SCORE_AT_LEAST, .5, 0 },
        [CR2] = { "CR2 with Satterthwaite, 15 pilots", "truth inside", SCORE_ABOUT, .95, .01 },
        [CR1] = { "CR1 (not used), 15 pilots", "truth inside", SCORE_TOLD, 0, 0 },
        [FEW] = { "few units: 15 pilots of 40 cases", "true level inside", SCORE_AT_LEAST, .92, .01 },
        [EB_FEW] = { "empirical Bayes (not used), 15 pilots", "true level inside", SCORE_TOLD, 0, 0 },
        [RATE_FEW] = { "rates of 15 pilots (refused), emp. Bayes", "true level inside", SCORE_TOLD, 0, 0 },
        [BETTER_FEW] = { "peers really better (P > .9), 15 pilots", "truly better", SCORE_AT_LEAST, .9, .01 },
        [BETTER_EB] = { "the same by empirical Bayes (not used)", "truly better", SCORE_TOLD, 0, 0 },
        [WEDGE] = { "stepped wedge 15-85-95-95-52, 95 %", "truth inside", SCORE_ABOUT, .95, .01 },
};

static bool inside(struct stats_interval i, double truth) {
        return i.lo <= truth && truth <= i.hi;
}

/* ---- charts over time ---- */

static bool any(const int *direction, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (direction[i])
                        return true;
        return false;
}

/* As benchmark/series.c draws it: the rules of the NHS on the figures, or on their distance in standard deviations. */
static void chart(enum stats_figure figure, const double *x, const double *n, size_t k, int *direction) {
        double y[64], scratch[64];
        enum stats_signal signal[64];
        struct stats_chart_choice c = stats_choose_chart(figure, x, n, k, scratch);
        struct stats_xmr limits = { .lpl = -3, .upl = 3 };
        for (size_t i = 0; i < k; i++) {
                y[i] = x[i];
                direction[i] = 0;
        }
        if (c.chart == STATS_CHART_P) {
                struct stats_p_chart p = stats_p_chart(x, n, k);
                for (size_t i = 0; i < k; i++)
                        y[i] = stats_p_point(&p, x[i], n[i]).z / p.sigma_z;
        } else if (c.chart == STATS_CHART_U) {
                const __auto_type u = stats_u_chart(x, n, k);
                for (size_t i = 0; i < k; i++)
                        y[i] = stats_u_point(&u, x[i], n[i]).z / u.sigma_z;
        } else {
                limits = stats_xmr(x, k, true);
        }
        if (c.chart != STATS_CHART_XMR && c.chart != STATS_CHART_P && c.chart != STATS_CHART_U)
                return;
        stats_nhs_rules(y, k, &limits, signal);
        for (size_t i = 0; i < k; i++)
                direction[i] = stats_signal_direction(signal[i]);
}

static void try_xmr(uint64_t *state) {
        double x[POINTS];
        int direction[POINTS];
        for (size_t i = 0; i < POINTS; i++)
                x[i] = 50 + 10 * nation_normal(state);
        chart(STATS_FIGURE_MEASURE, x, NULL, POINTS, direction);
        score_add(&row[XMR], any(direction, POINTS), 1);
}

static void try_small(uint64_t *state) {
        static const double means[] = { .2, .5, 1, 2, 3 };
        double x[POINTS], n[POINTS];
        int direction[POINTS];
        for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
                for (size_t i = 0; i < POINTS; i++) {
                        x[i] = nation_poisson(state, means[m]);
                        n[i] = 1;
                }
                chart(STATS_FIGURE_COUNT, x, n, POINTS, direction);
                score_add(&row[SMALL], any(direction, POINTS), 1);
        }
}

static void try_shares(uint64_t *state) {
        double x[POINTS], n[POINTS], y[POINTS], scratch[POINTS];
        int direction[POINTS];
        enum stats_alert alert[POINTS];
        for (size_t i = 0; i < POINTS; i++) {
                n[i] = 40 + floor(41 * nation_uniform(state));
                x[i] = nation_binomial(state, n[i], .4);
                y[i] = x[i] / n[i];
        }
        chart(STATS_FIGURE_SHARE, x, n, POINTS, direction);
        score_add(&row[SHARES], any(direction, POINTS), 1);
        stats_alerts(direction, NULL, POINTS, alert);
        score_add(&row[CONFIRMED], alert[POINTS - 1] == STATS_ALERT_CONFIRMED, 1);
        struct stats_run_chart r = stats_run_chart(y, POINTS, scratch);
        score_add(&row[RUNS], r.shift || r.clump, 1);
}

/* Twenty quarters, and eight after something changed. */
static void try_shift(uint64_t *state) {
        enum { N = 28 };
        double x[N], n[N];
        int direction[N];
        enum stats_alert alert[N];
        bool told = false;
        for (size_t i = 0; i < N; i++) {
                n[i] = 87;
                x[i] = nation_binomial(state, n[i], i < 20 ? .45 : .30);
        }
        chart(STATS_FIGURE_SHARE, x, n, N, direction);
        stats_alerts(direction, NULL, N, alert);
        for (size_t i = 20; i < N; i++)
                told |= alert[i] == STATS_ALERT_CONFIRMED && direction[i] < 0;
        score_add(&row[SHIFT], told, 1);
}

/* ---- effects ---- */

struct rollout {
        double y[UNITS * TIMES], cases[UNITS], on[UNITS * TIMES];
        size_t first[UNITS], unit[UNITS * TIMES], time[UNITS * TIMES];
        double truth;           /* mean over what can be compared */
};

/* 15, 85, 95, 95 and 52 start a year apart; shares of 29 to 282 cases; STEP at the start, GROWTH more each quarter. */
static void draw_rollout(uint64_t *state, struct rollout *r, double step, double growth) {
        static const size_t upto[] = { 15, 100, 195, 290, UNITS }, start[] = { 4, 8, 12, 16, 20 };
        double sum = 0, weight = 0;
        for (size_t i = 0, wave = 0; i < UNITS; i++) {
                wave += i >= upto[wave];
                double level = .45 + .064 * nation_normal(state), cases = exp(log(87) + .85 * nation_normal(state));
                r->first[i] = start[wave];
                r->cases[i] = fmax(20, floor(cases));
                for (size_t t = 0; t < TIMES; t++) {
                        size_t at = i * TIMES + t;
                        bool on = t >= start[wave];
                        double effect = on ? step + growth * (double) (t - start[wave]) : 0;
                        double p = level + .01 * sin((double) t) + .03 * (double) t / TIMES + .015 * nation_normal(state) + effect;
                        r->on[at] = on;
                        r->unit[at] = i;
                        r->time[at] = t;
                        r->y[at] = nation_binomial(state, r->cases[i], fmin(.98, fmax(.02, p))) / r->cases[i];
                        if (on && t < 20) {
                                sum += effect;
                                weight++;
                        }
                }
        }
        r->truth = sum / weight;
}

static void try_rollout(struct arena *a, uint64_t *state) {
        struct rollout *r = arena_new(a, struct rollout);
        double *scratch = arena_many(a, double, UNITS);
        struct stats_stagger s = { .units = UNITS, .times = TIMES, .y = r->y, .first = r->first, .planned = true };
        draw_rollout(state, r, .02, .01);
        score_add(&row[CS], inside(stats_stagger_overall(&s, .95, scratch).effect.interval, r->truth), 1);
        score_add(&row[LEADS], stats_stagger_event(&s, -2, .95, scratch).effect.p < .05, 1);
        struct stats_did d = { .n = UNITS * TIMES, .units = UNITS, .times = TIMES, .unit = r->unit, .time = r->time, .y = r->y, .on = r->on };
        struct stats_fit f;
        size_t effect;
        if (stats_did_twoway(&d, &f, &effect, arena_many(a, double, stats_did_scratch(&d)), arena_many(a, size_t, stats_did_places(&d))))
                score_add(&row[TWOWAY], inside(stats_effect(&f, STATS_ROBUST_CR1, effect, .95,
                        arena_many(a, double, stats_effect_scratch(&f))).interval, r->truth), 1);
        draw_rollout(state, r, 0, 0);
        score_add(&row[CS_NOTHING], stats_stagger_overall(&s, .95, scratch).effect.p < .05, 1);
}

/* One municipality: 24 quarters before, 12 after, with season and trend. */
static void try_its(struct arena *a, uint64_t *state, double step) {
        enum { N = 36, BEFORE = 24 };
        double time[N], y[N], exposure[N], on[N];
        for (size_t t = 0; t < N; t++) {
                time[t] = (double) t;
                on[t] = t >= BEFORE;
                exposure[t] = 87;
                y[t] = nation_poisson(state, 87 * .6 * exp(.05 * (t % 4 < 2) + .003 * (double) t + step * on[t] + .05 * nation_normal(state)));
        }
        struct stats_its s = stats_its_quarters(N, time, y, exposure, on);
        struct stats_its_fit f = stats_its_counts(&s, .95, arena_many(a, double, stats_its_scratch(&s)));
        if (f.verdict != STATS_ITS_OK)
                return;
        if (step < 0) {
                score_add(&row[ITS], inside(f.step.interval, step), 1);
                score_add(&row[ITS_FOUND], f.step.interval.hi < 0, 1);
        } else {
                score_add(&row[ITS_FALSE], !inside(f.step.interval, 0), 1);
        }
}

/* Fifteen that started together, and fifteen that did not; each has a course of its own. */
static void try_pilots(struct arena *a, uint64_t *state) {
        enum { N = 2 * PILOTS, T = 12 };
        double y[N * T], on[N * T];
        size_t unit[N * T], time[N * T], effect;
        for (size_t i = 0; i < N; i++) {
                double level = .45 + .06 * nation_normal(state), course = 0;
                for (size_t t = 0; t < T; t++) {
                        size_t at = i * T + t;
                        course = .6 * course + .02 * nation_normal(state);
                        unit[at] = i;
                        time[at] = t;
                        on[at] = i < PILOTS && t >= 6;
                        y[at] = level + course - .05 * on[at] + .05 * nation_normal(state);
                }
        }
        struct stats_did d = { .n = (size_t) N * T, .units = N, .times = T, .unit = unit, .time = time, .y = y, .on = on };
        struct stats_fit f;
        if (!stats_did_twoway(&d, &f, &effect, arena_many(a, double, stats_did_scratch(&d)), arena_many(a, size_t, stats_did_places(&d))))
                return;
        double *work = arena_many(a, double, stats_effect_scratch(&f));
        score_add(&row[CR2], inside(stats_effect(&f, STATS_ROBUST_CR2, effect, .95, work).interval, -.05), 1);
        score_add(&row[CR1], inside(stats_effect(&f, STATS_ROBUST_CR1, effect, .95, work).interval, -.05), 1);
}

static void try_better(const struct stats_few_unit *unit, const struct stats_share_prior *p, const double *x, const double *n, const double *truth) {
        double few[2] = { 0 }, eb[2] = { 0 };
        for (size_t i = 0; i < PILOTS; i++)
                for (size_t k = 0; k < PILOTS; k++) {
                        if (i == k)
                                continue;
                        if (stats_rank_above(STATS_FAMILY_BETA, unit[k].a, unit[k].b, unit[i].a, unit[i].b) > .9) {
                                few[0] += truth[k] > truth[i];
                                few[1]++;
                        }
                        if (p->overdispersed && stats_rank_above(STATS_FAMILY_BETA, p->alpha + x[k], p->beta + n[k] - x[k], p->alpha + x[i],
                                p->beta + n[i] - x[i]) > .9) {
                                eb[0] += truth[k] > truth[i];
                                eb[1]++;
                        }
                }
        score_add(&row[BETTER_FEW], few[0], few[1]);
        score_add(&row[BETTER_EB], eb[0], eb[1]);
}

static void try_few(struct arena *a, uint64_t *state) {
        double x[PILOTS], n[PILOTS], truth[PILOTS], few = 0, eb = 0;
        struct stats_few_unit unit[PILOTS];
        for (size_t i = 0; i < PILOTS; i++) {
                truth[i] = fmin(.95, fmax(.05, .45 + .064 * nation_normal(state)));
                n[i] = 40;
                x[i] = nation_binomial(state, 40, truth[i]);
        }
        stats_few_share(x, n, PILOTS, .95, unit, arena_many(a, double, stats_few_scratch(PILOTS)));
        struct stats_share_prior prior = stats_share_prior(x, n, PILOTS, arena_many(a, double, stats_share_prior_scratch(n, PILOTS)));
        for (size_t i = 0; i < PILOTS; i++) {
                struct stats_shrunk s = stats_shrink_share(&prior, x[i], n[i], .95);
                few += inside(unit[i].interval, truth[i]);
                eb += inside((struct stats_interval) { s.lo, s.hi }, truth[i]);
        }
        score_add(&row[FEW], few, PILOTS);
        score_add(&row[EB_FEW], eb, PILOTS);
        try_better(unit, &prior, x, n, truth);
}

/* Fifteen of some 60 events a quarter, that differ by a fifth. */
static void try_few_rates(struct arena *a, uint64_t *state) {
        double x[PILOTS], t[PILOTS], truth[PILOTS], hits = 0;
        for (size_t i = 0; i < PILOTS; i++) {
                truth[i] = fmax(.3, 1.2 + .25 * nation_normal(state));
                t[i] = 20 + 60 * nation_uniform(state);
                x[i] = nation_poisson(state, truth[i] * t[i]);
        }
        struct stats_rate_prior prior = stats_rate_prior(x, t, PILOTS, arena_many(a, double, stats_rate_prior_scratch(x, PILOTS)));
        for (size_t i = 0; i < PILOTS; i++) {
                struct stats_shrunk s = stats_shrink_rate(&prior, x[i], t[i], .95);
                hits += inside((struct stats_interval) { s.lo, s.hi }, truth[i]);
        }
        score_add(&row[RATE_FEW], hits, PILOTS);
}

static void try_wedge(struct arena *a, uint64_t *state) {
        enum { T = 6 };
        static const size_t upto[] = { 15, 100, 195, 290, UNITS };
        double *y = arena_many(a, double, UNITS * T), *on = arena_many(a, double, UNITS * T);
        for (size_t i = 0, wave = 0; i < UNITS; i++) {
                wave += i >= upto[wave];
                double level = .45 + .06 * nation_normal(state);
                for (size_t t = 0; t < T; t++) {
                        on[i * T + t] = t > wave;
                        y[i * T + t] = nation_binomial(state, 60, level + .02 * on[i * T + t] + .005 * (double) t) / 60;
                }
        }
        struct stats_wedge w = { UNITS, T, on };
        struct stats_wedge_fit f = stats_wedge_fit(&w, y, NULL, false, .95, NULL, arena_many(a, double, stats_wedge_scratch(&w)),
                arena_many(a, size_t, stats_wedge_places(&w)));
        score_add(&row[WEDGE], inside(f.effect.interval, .02), 1);
}

void methods_try(struct arena *a, uint64_t seed, int rounds) {
        for (int i = 0; i < rounds; i++) {
                uint64_t state = nation_mix(nation_mix(seed) + (uint64_t) i);
                for (int k = 0; k < SERIES_EACH; k++) {
                        try_xmr(&state);
                        try_small(&state);
                        try_shares(&state);
                        try_shift(&state);
                        try_its(a, &state, -.22);
                        try_its(a, &state, 0);
                        try_few(a, &state);
                        try_few_rates(a, &state);
                        try_pilots(a, &state);
                        arena_reset(a);
                }
                try_rollout(a, &state);
                try_wedge(a, &state);
                arena_reset(a);
        }
}

bool methods_print(void) {
        bool right = true;
        score_head("Methods, each on many made-up sets");
        for (int i = 0; i < ROWS; i++)
                right &= score_print(&row[i]);
        return right;
}
