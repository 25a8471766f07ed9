/* engine.c - the nation through the real engine: delivered, released, read back as pages do, and held against the truth. */
#include "engine.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "benchmark_release.h"
#include "better.h"
#include "effect.h"
#include "stagger.h"

/* Cells are looked at from so many expected cases up: smaller ones are hidden, and what is left of them is no fair sample. */
#define EXPECTED_LEAST 20
#define PERIODS 128
/* The quarter of effect.h that is the first of the nation: any that is not 0. */
#define QUARTERS_FROM 1000
#define DAY ((int64_t) 24 * 3600 * 1000)

enum {
        FUNNEL95, FUNNEL998, RATE95, RATE998, FAMILY, FAMILY_ONE, OUTLIER, INNOCENT, DISCOVERY, EQUAL_TEST, NO_RANKS, WILSON, BYAR, EB, RANKS,
        QUARTER, BETTER, PAIRS, STARTED, STARTED_NOTHING, STARTED_FOUND, GAPS, SHOWN, ROWS,
};
static struct score row[ROWS] = {
        [FUNNEL95] = { "funnel, exact, 95 %", "nobody differs: outside", SCORE_AT_MOST, .05, 0 },
        [FUNNEL998] = { "funnel, exact, 99.8 %", "nobody differs: outside", SCORE_AT_MOST, .002, 0 },
        [RATE95] = { "funnel of rates, 95 %", "nobody differs: outside", SCORE_AT_MOST, .05, 0 },
        [RATE998] = { "funnel of rates, 99.8 %", "nobody differs: outside", SCORE_AT_MOST, .002, 0 },
        [FAMILY] = { "after correction (BH .05)", "nobody differs: a false one a quarter", SCORE_AT_MOST, .05, 0 },
        [FAMILY_ONE] = { "after correction, one year", "nobody differs: a false one a year", SCORE_AT_MOST, .05, 0 },
        [OUTLIER] = { "after correction, found", "real outliers of 15 and 20 points", SCORE_AT_LEAST, .5, 0 },
        [INNOCENT] = { "after correction, others", "no outlier, yet called one", SCORE_AT_MOST, .002, 0 },
        [DISCOVERY] = { "false discoveries", "of all that are called different", SCORE_AT_MOST, .05, 0 },
        [EQUAL_TEST] = { "test of \"all equal\"", "nobody differs: p below .05", SCORE_AT_MOST, .05, 0 },
        [NO_RANKS] = { "ranks refused", "nobody differs: no rank shown", SCORE_AT_LEAST, 1, 0 },
        [WILSON] = { "interval of a share (Wilson)", "true level inside", SCORE_ABOUT, .95, .005 },
        [BYAR] = { "interval of a rate (exact, Byar)", "true level inside", SCORE_AT_LEAST, .95, .002 },
        [EB] = { "shrunken figure, 95 %", "true level inside", SCORE_ABOUT, .95, .01 },
        [RANKS] = { "rank interval, 95 %", "true place inside", SCORE_AT_LEAST, .95, .01 },
        [QUARTER] = { "\"surely in the best quarter\" (> .9)", "truly in it", SCORE_AT_LEAST, .9, .01 },
        [BETTER] = { "peers really better (P > .9)", "truly better", SCORE_AT_LEAST, .9, .01 },
        [PAIRS] = { "registered otherwise", "pair kept out of any claim", SCORE_AT_LEAST, 1, 0 },
        [STARTED] = { "change after one start, 95 %", "true effect inside", SCORE_AT_LEAST, .95, .01 },
        [STARTED_NOTHING] = { "change after one start", "no effect: called one", SCORE_AT_MOST, .05, .01 },
        [STARTED_FOUND] = { "change after one start", "effect of 5 to 10 points: found", SCORE_TOLD, 0, 0 },
        [GAPS] = { "not delivered", "has no number", SCORE_AT_LEAST, 1, 0 },
        [SHOWN] = { "disclosure control", "shown, 30 cases or more", SCORE_TOLD, 0, 0 },
};

struct look {
        const struct nation *x;
        const struct nation_spec *s;
        const struct dictionary_entry *e;
        const struct cell *c;
        int q;
};

/* By what is expected, not by what came: that would be choosing. */
static bool is_large(const struct nation_spec *s, const struct nation_place *p) {
        double n = (s->cases > 0 ? s->cases * .85 * fmin(s->base, 1 - s->base) : s->base) * p->inhabitants / 1000;
        return n >= EXPECTED_LEAST;
}

static bool is_null(const struct nation_spec *s, const struct nation_place *p, const struct nation *x) {
        return s->truth == NATION_EQUAL || (s->truth == NATION_OUTLIERS && !(fabs(nation_moved(x, s, p)) > 0));
}

/* ---- one municipality in one quarter ---- */

struct tally { double hits[ROWS], trials[ROWS]; };

static void count(struct tally *t, int which, bool hit) {
        t->trials[which]++;
        t->hits[which] += hit;
}

static void look_at_class(const struct look *l, const struct nation_place *p, const struct result *r, struct tally *t) {
        bool rate = l->s->cases <= 0, null = is_null(l->s, p, l->x), found = r->notice == RESULT_NOTABLE_CORRECTED;
        if (l->s->truth == NATION_EQUAL && is_large(l->s, p)) {
                count(t, rate ? RATE95 : FUNNEL95, r->class_exact != 0);
                count(t, rate ? RATE998 : FUNNEL998, abs(r->class_exact) == 2);
        }
        if (l->s->truth == NATION_OUTLIERS && is_large(l->s, p))
                count(t, null ? INNOCENT : OUTLIER, found);
        if (found)
                count(t, DISCOVERY, null);
}

static void look_at_ranges(const struct look *l, const struct nation_place *p, const struct result *r, struct tally *t) {
        double scale = l->e->scale, truth = l->s->cases > 0 ? nation_level(l->x, l->s, p, l->q) * scale
                : nation_level(l->x, l->s, p, l->q) * scale / 1000;
        if (!is_large(l->s, p))
                return;
        count(t, l->s->cases > 0 ? WILSON : BYAR, r->low95 <= truth && truth <= r->high95);
        if (l->s->truth == NATION_DIFFER)
                count(t, EB, r->shrunk_low <= truth && truth <= r->shrunk_high);
}

static void look_at_result(const struct look *l, const struct result *r, struct tally *t) {
        const struct nation_place *p = nation_place(l->x, r->region);
        if (nation_is_gap(l->x, p, l->q)) {
                count(t, GAPS, isnan(r->value) && isnan(r->numerator) && r->status == RESULT_NONE);
                return;
        }
        if (l->s->cases > 0 && l->s->cases * .85 * p->inhabitants / 1000 >= 30)
                count(t, SHOWN, r->status == RESULT_EXACT);
        if (r->status != RESULT_EXACT)
                return;
        look_at_class(l, p, r, t);
        look_at_ranges(l, p, r, t);
}

/* ---- one cell ---- */

/* The true place among those that delivered: 1 is best, or lowest. */
static size_t true_place(const struct look *l, const struct nation_place *own) {
        double level = nation_level(l->x, l->s, own, l->q), higher = str_eq(l->e->polarity, S("higher"));
        size_t place = 1;
        for (size_t i = 0; i < l->c->n; i++) {
                const struct nation_place *p = nation_place(l->x, l->c->v[i].region);
                double other = nation_level(l->x, l->s, p, l->q);
                place += !nation_is_gap(l->x, p, l->q) && l->c->v[i].status != RESULT_NONE && (higher > 0 ? other > level : other < level);
        }
        return place;
}

static void look_at_ranks(const struct look *l, struct tally *t) {
        for (size_t i = 0; i < l->c->n; i++) {
                const struct result *r = &l->c->v[i];
                if (r->status != RESULT_EXACT || isnan(r->rank_low))
                        continue;
                const struct nation_place *p = nation_place(l->x, r->region);
                double place = (double) true_place(l, p);
                count(t, RANKS, r->rank_low <= place && place <= r->rank_high);
                if (r->best_quarter > .9)
                        count(t, QUARTER, place <= floor((double) l->c->delivered / 4));
        }
}

/* Every municipality beside the next fifteen: who is really better? As the page with peers asks it. */
static void look_at_pairs(struct arena *a, const struct look *l, struct tally *t) {
        struct better_unit *u = arena_many(a, struct better_unit, l->c->n + 1);
        const struct result **of = arena_many(a, const struct result *, l->c->n + 1);
        const struct dictionary_choice *which;
        bool higher = str_eq(l->e->polarity, S("higher"));
        size_t n = 0;
        for (size_t i = 0; i < l->c->n; i++)
                if (l->c->v[i].status == RESULT_EXACT) {
                        const struct result *r = of[n] = &l->c->v[i];
                        u[n++] = (struct better_unit) { r->region, r->value, r->numerator, r->denominator, false };
                }
        struct better_field f = better_field(a, (enum benchmark_method) l->c->method, higher, u, n);
        for (size_t i = 0; i < n; i++)
                for (size_t k = i + 1; k < n && k <= i + 15; k++) {
                        bool alike = dictionary_comparable(l->e, of[i]->choices, of[k]->choices, &which);
                        enum better is = better_than(&f, &u[i], &u[k], alike).is, back = better_than(&f, &u[k], &u[i], alike).is;
                        double above = nation_level(l->x, l->s, nation_place(l->x, u[k].region), l->q) -
                                nation_level(l->x, l->s, nation_place(l->x, u[i].region), l->q);
                        if (!str_eq(of[i]->choices, of[k]->choices))
                                count(t, PAIRS, is == BETTER_OTHER_CHOICES && back == BETTER_OTHER_CHOICES);
                        if (is == BETTER_SURELY || back == BETTER_SURELY)
                                count(t, BETTER, (is == BETTER_SURELY) == (higher ? above > 0 : above < 0));
                }
}

static void look_at_cell(struct arena *a, const struct look *l) {
        struct tally t = { 0 };
        for (size_t i = 0; i < l->c->n; i++)
                look_at_result(l, &l->c->v[i], &t);
        if (l->s->truth == NATION_EQUAL) {
                count(&t, EQUAL_TEST, l->c->p_equal < .05);
                bool ranked = false;
                for (size_t i = 0; i < l->c->n; i++)
                        ranked |= !isnan(l->c->v[i].rank_expected);
                count(&t, NO_RANKS, !ranked);
        }
        if (l->s->truth == NATION_DIFFER) {
                look_at_ranks(l, &t);
                look_at_pairs(a, l, &t);
        }
        for (int i = 0; i < ROWS; i++)
                if (i != DISCOVERY)
                        score_add(&row[i], t.hits[i], t.trials[i]);
        row[DISCOVERY].hits += t.hits[DISCOVERY];
        row[DISCOVERY].trials += t.trials[DISCOVERY];
}

/* ---- the effect of a method ---- */

/* What the average over all that started was in truth, over the same cells as stagger.h takes: those with somebody to compare with. */
static double true_effect(const struct nation *x, const struct nation_spec *s, const double *y, size_t times, const size_t *first,
                          const struct stats_stagger *panel) {
        double sum = 0, weight = 0;
        for (size_t i = 0; i < x->n; i++) {
                size_t g = first[i];
                for (size_t q = g; g > 0 && q < times; q++) {
                        if (isnan(y[i * times + q]) || isnan(y[i * times + g - 1]) || stats_att(panel, g, q).verdict == STATS_EFFECT_NOT_IDENTIFIED)
                                continue;
                        sum += nation_level(x, s, &x->place[i], (int) q) - nation_level_without(x, s, &x->place[i], (int) q);
                        weight++;
                }
        }
        return weight > 0 ? sum / weight : 0;
}

static bool look_at_effect(struct arena *a, const struct nation *x, const struct nation_spec *s, const struct cell_list *cells) {
        size_t times = (size_t) x->quarters, *first = arena_many(a, size_t, x->n);
        double *y = arena_many(a, double, x->n * times), *scratch = arena_many(a, double, x->n);
        struct stats_stagger panel = { .units = x->n, .times = times, .y = y, .first = first, .planned = true };
        for (size_t i = 0; i < x->n * times; i++)
                y[i] = (double) NAN;
        for (size_t i = 0; i < x->n; i++)
                first[i] = nation_start(x, &x->place[i]) > 0 ? (size_t) nation_start(x, &x->place[i]) : 0;
        for (size_t q = 0; q < cells->n; q++)
                for (size_t i = 0; i < cells->v[q].n; i++) {
                        const struct result *r = &cells->v[q].v[i];
                        long at = (long) times - 1 - period_steps(cells->v[q].period, NATION_LAST);
                        if (r->status == RESULT_EXACT && r->denominator >= EXPECTED_LEAST && at >= 0)
                                y[(size_t) (nation_place(x, r->region) - x->place) * times + (size_t) at] = r->numerator / r->denominator;
                }
        struct stats_average all = stats_stagger_overall(&panel, .95, scratch), before = stats_stagger_event(&panel, -2, .95, scratch);
        double truth = true_effect(x, s, y, times, first, &panel), error = (all.effect.estimate - truth) / all.effect.se;
        bool right = isnan(error) || fabs(error) < 4;
        printf("%-6s %-26s truth %+.4f, found %+.4f (95 %%: %+.4f to %+.4f), two quarters before it %+.4f  %s\n", s->code,
                s->truth == NATION_WORKS ? "method that helps" : "method that does nothing", truth, all.effect.estimate,
                all.effect.interval.lo, all.effect.interval.hi, before.effect.estimate, right ? "right" : "WRONG");
        return right;
}

/* ---- one municipality that began ---- */

static struct effect_series series_of(struct arena *a, const struct nation *x, const struct cell_list *cells, struct str region) {
        struct effect_point *v = arena_many(a, struct effect_point, cells->n + 1);
        size_t n = 0;
        for (size_t q = 0; q < cells->n; q++) {
                const struct result *r = benchmark_result(&cells->v[q], region);
                int at = x->quarters - 1 - (int) period_steps(cells->v[q].period, NATION_LAST);
                if (r && r->status == RESULT_EXACT)
                        v[n++] = (struct effect_point) { QUARTERS_FROM + at, 1, r->value, r->numerator, r->denominator };
        }
        return (struct effect_series) { v, n };
}

/* What the method changed, on average over the quarters that were looked at. */
static double changed(const struct nation *x, const struct nation_spec *s, const struct nation_place *p, const struct effect *e) {
        double sum = 0;
        for (int q = e->after.first; q <= e->after.last; q++)
                sum += nation_level(x, s, p, q - QUARTERS_FROM) - nation_level_without(x, s, p, q - QUARTERS_FROM);
        return sum / (e->after.last - e->after.first + 1);
}

/* As the page of a use does: peers register alike and did not begin in any quarter that counts. The nearest there, any here. */
static void look_at_starts(struct arena *a, const struct nation *x, const struct nation_spec *s, const struct dictionary_entry *entry,
                           const struct cell_list *cells) {
        struct effect_series *all = arena_many(a, struct effect_series, x->n), *peers = arena_many(a, struct effect_series, x->n);
        for (size_t i = 0; i < x->n; i++)
                all[i] = series_of(a, x, cells, x->place[i].code);
        for (size_t i = 0; i < x->n; i++) {
                const struct nation_place *own = &x->place[i];
                int start = nation_start(x, own);
                size_t k = 0;
                for (size_t j = 1; j < x->n; j++) {
                        const struct nation_place *p = &x->place[(i + j) % x->n];
                        int other = nation_start(x, p);
                        bool began = other <= start + EFFECT_LAG + EFFECT_WINDOW - 1;
                        if (!began && nation_registers_otherwise(x, own, entry->code) == nation_registers_otherwise(x, p, entry->code))
                                peers[k++] = all[(i + j) % x->n];
                }
                struct effect e = effect_of(a, BENCHMARK_BINOMIAL, entry->scale, &all[i], peers, k, QUARTERS_FROM + start, 0);
                if (e.status != EFFECT_ESTIMATED)
                        continue;
                double truth = entry->scale * changed(x, s, own, &e);
                bool called = e.lo > 0 || e.hi < 0;
                score_add(&row[STARTED], e.lo <= truth && truth <= e.hi, 1);
                score_add(&row[s->truth == NATION_WORKS ? STARTED_FOUND : STARTED_NOTHING], called, 1);
        }
}

/* ---- all of it ---- */

/* Families of which all are equal: the theme of early detection. */
struct families { struct tally t[2]; double any[PERIODS]; bool seen[PERIODS]; };

static void look_at_family(struct families *f, const struct nation *x, const struct cell *c, bool years) {
        long at = years ? period_year(NATION_LAST) - c->period : period_steps(c->period, NATION_LAST);
        (void) x;
        if (at < 0 || at >= PERIODS)
                return;
        f->seen[at] = true;
        for (size_t i = 0; i < c->n; i++)
                f->any[at] += c->v[i].notice == RESULT_NOTABLE_CORRECTED;
}

static void close_families(struct families *f, int which) {
        for (int i = 0; i < PERIODS; i++)
                if (f->seen[i])
                        score_add(&row[which], f->any[i] > 0, 1);
}

enum err engine_release(struct db *db, struct nation *x, bool checked, int64_t at) {
        struct delivered_list l;
        int64_t id, through = NATION_LAST;
        struct release_request r = { .fictitious = true, .through = through,
                .note = S("Fictief: een nagemaakt land waarvan de waarheid bekend is."), .pages_later = true };
        enum err e = OK;
        nation_deliver(x, checked, &l);
        for (size_t i = 0; e == OK && i < x->n; i++)
                e = benchmark_put_participant(db, true, (struct participant) { x->place[i].code, nation_since(x, &x->place[i]), 0 });
        if (e == OK)
                e = benchmark_put_delivered(db, x->a, true, l.v, l.n, at);
        return e == OK ? benchmark_release(db, x->a, &r, at + DAY, &id) : e;
}

static enum err look_at_indicator(struct db *db, const struct nation *x, const struct nation_spec *s, struct families *f, bool *right) {
        struct arena a = { 0 };
        struct look l = { .x = x, .s = s, .e = dictionary_find(&x->dictionary, str_of(s->code)) };
        struct cell_list cells, years = { 0 };
        enum err e = benchmark_cells(db, &a, 0, BENCHMARK_PUBLIC, l.e->code, S(""), false, &cells);
        if (e == OK)
                e = benchmark_cells(db, &a, 0, BENCHMARK_PUBLIC, l.e->code, S(""), true, &years);
        bool family = e == OK && str_eq(l.e->theme, S("vroegsignalering"));
        for (size_t i = 0; e == OK && i < cells.n; i++) {
                l.c = &cells.v[i];
                l.q = x->quarters - 1 - (int) period_steps(l.c->period, NATION_LAST);
                look_at_cell(&a, &l);
                if (family)
                        look_at_family(&f[0], x, l.c, false);
        }
        for (size_t i = 0; e == OK && family && i < years.n; i++)
                look_at_family(&f[1], x, &years.v[i], true);
        if (e == OK && (s->truth == NATION_WORKS || s->truth == NATION_NOTHING)) {
                *right &= look_at_effect(&a, x, s, &cells);
                look_at_starts(&a, x, s, l.e, &cells);
        }
        arena_done(&a);
        return e;
}

enum err engine_look(struct db *db, const struct nation *x, bool *right) {
        struct families f[2] = { 0 };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < nation_specs_n; i++)
                if (nation_specs[i].checked)
                        e = look_at_indicator(db, x, &nation_specs[i], f, right);
        close_families(&f[0], FAMILY);
        close_families(&f[1], FAMILY_ONE);
        return e;
}

bool engine_print(void) {
        bool right = true;
        score_head("Through the engine: delivered, released, read back");
        for (int i = 0; i < ROWS; i++)
                right &= score_print(&row[i]);
        return right;
}
