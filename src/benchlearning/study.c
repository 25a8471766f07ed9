#include "study.h"
#include <math.h>
#include "csv.h"
#include "number.h"
#include "stagger.h"

#define EVENTS_LEAST 5
#define EARLY_MOVE 0.05
/* The test of the leads needs so many municipalities for each of them (stagger.h). */
#define UNITS_PER_LEAD 5

/* What stats/stagger.h is asked about. */
struct roll_out {
        struct stats_stagger s;
        int quarter0, step;             /* of the first moment; quarters between moments */
};

/* The first moment that lies wholly after STARTS. */
static size_t moment(const struct roll_out *p, int starts) {
        int after = starts - p->quarter0;
        return after <= 0 ? 0 : (size_t) ((after + p->step - 1) / p->step);
}

/* A row for each municipality with a figure, a column for each moment from the first to the last. */
static struct roll_out roll_out(struct arena *a, const struct study_of *of, int wave, struct study_result *r) {
        const struct cell_list *cells = &of->panel.cells;
        struct roll_out p = { .step = of->is_yearly ? 4 : 1 };
        int length, q0 = quarter_of_period(cells->v[0].period, &length), q1 = quarter_of_period(cells->v[cells->n - 1].period, &length);
        const struct cell *newest = &cells->v[cells->n - 1];
        size_t times = (size_t) ((q1 - q0) / p.step) + 1, units = newest->n;
        double *y = arena_many(a, double, units * times + 1);
        size_t *first = arena_many(a, size_t, units + 1);
        p.quarter0 = q0;
        for (size_t u = 0; u < units; u++) {
                first[u] = STATS_NEVER;
                for (size_t t = 0; t < times; t++)
                        y[u * times + t] = (double) NAN;
                for (size_t c = 0; c < cells->n; c++) {
                        const struct result *x = of->panel.at[u * cells->n + c];
                        int at = quarter_of_period(cells->v[c].period, &length);
                        if (x && x->status == RESULT_EXACT)
                                y[u * times + (size_t) ((at - q0) / p.step)] = x->value;
                }
        }
        for (size_t i = 0; i < of->n; i++) {
                const struct result *x = of->start[i].starts <= q1 ? benchmark_result(newest, of->start[i].region) : NULL;
                if (!x)
                        continue;
                first[x - newest->v] = moment(&p, of->start[i].starts);
                r->started += wave == 0 || of->start[i].wave == wave;
        }
        r->compared = units;
        p.s = (struct stats_stagger) { .units = units, .times = times, .y = y, .first = first, .control = STATS_CONTROL_NOT_YET, .universal = true };
        return p;
}

/* The mean over waves, or the one wave that starts at FIRST. */
static struct study_lag lag_of(const struct roll_out *p, int wave_starts, int e, double *scratch) {
        struct study_lag l = { e * p->step, (double) NAN, (double) NAN, (double) NAN, 0 };
        if (!wave_starts) {
                struct stats_average v = stats_stagger_event(&p->s, e, STATS_CONF_95, scratch);
                l.municipalities = v.units;
                if (v.effect.verdict == STATS_EFFECT_OK || v.effect.verdict == STATS_EFFECT_TOO_FEW) {
                        l.value = v.effect.estimate;
                        l.lo = v.effect.interval.lo;
                        l.hi = v.effect.interval.hi;
                }
                return l;
        }
        size_t first = moment(p, wave_starts);
        if (first == 0 || (int) first + e < 0 || first + (size_t) e >= p->s.times)
                return l;
        struct stats_att at = stats_att(&p->s, first, (size_t) ((int) first + e));
        l.municipalities = at.n_treated;
        if (at.verdict == STATS_EFFECT_OK || at.verdict == STATS_EFFECT_TOO_FEW) {
                l.value = at.att;
                l.lo = at.att - 1.959964 * at.se;
                l.hi = at.att + 1.959964 * at.se;
        }
        return l;
}

/* Only the wave of FIRST starts; the others are there as long as they did not. */
static struct stats_stagger one_wave(struct arena *a, const struct roll_out *p, size_t first) {
        struct stats_stagger s = p->s;
        double *y = arena_many(a, double, s.units * s.times + 1);
        size_t *start = arena_many(a, size_t, s.units + 1);
        for (size_t u = 0; u < s.units; u++) {
                start[u] = s.first[u] == first ? first : STATS_NEVER;
                for (size_t t = 0; t < s.times; t++)
                        y[u * s.times + t] = s.first[u] != first && s.first[u] <= t ? (double) NAN : s.y[u * s.times + t];
        }
        s.y = y;
        s.first = start;
        return s;
}

/* Over as many moments before the start as there are municipalities for; the last one is the base that all are held against. */
static double early_move(struct arena *a, const struct stats_stagger *s, size_t started, size_t most) {
        size_t leads = 1 + started / UNITS_PER_LEAD < most ? 1 + started / UNITS_PER_LEAD : most;
        double *scratch = arena_many(a, double, stats_stagger_leads_scratch(s, most) + 1), p = (double) NAN;
        for (; leads > 1 && isnan(p); leads--)
                p = stats_stagger_leads(s, leads, scratch).p;
        return p;
}

static struct str early_words(struct arena *a, double p) {
        if (isnan(p))
                return S(" Of deze cijfers ook voor het begin al anders bewogen, is met zo weinig gemeenten of kwartalen niet te toetsen.");
        struct str chance = p < .001 ? S("minder dan 1 op de 1.000") : p < .1 ? str_fmt(a, "%.0f op de 1.000", 1000 * p) : str_fmt(a, "%.0f op de 100", 100 * p);
        return p < EARLY_MOVE ? str_fmt(a, " Let op: ook voor het begin bewogen deze cijfers al anders. Zo’n verschil vooraf komt door toeval voor in %.*s gevallen. Het verschil erna zegt dan minder.", STR(chance))
                              : str_fmt(a, " Voor het begin bewogen deze cijfers niet aantoonbaar anders: zo’n verschil vooraf komt door toeval voor in %.*s gevallen. Een bewijs is dat niet.", STR(chance));
}

static struct str words(struct arena *a, const struct study *st) {
        const struct study_result *r = &st->r;
        int d = (int) st->i.decimals;
        if (r->started == 0)
                return S("Nog geen gemeente met cijfers begon.");
        if (isnan(r->value))
                return str_fmt(a, "Te weinig gegevens: van de %zu gemeenten die begonnen zijn er geen cijfers van voor én na het begin, of er is niemand om mee te vergelijken.", r->started);
        struct str head = str_fmt(a, "Na het begin lag dit cijfer gemiddeld %.*s ten opzichte van gemeenten die nog niet begonnen (95%% zeker tussen %.*s en %.*s).",
                                  STR(signed_change(a, r->value, d, st->i.unit)), STR(signed_change(a, r->lo, d + 1, S(""))), STR(signed_change(a, r->hi, d + 1, S(""))));
        const char *few = r->too_few ? " Minder dan vijf gemeenten begonnen: bouw hier niet op." : "";
        const char *so = r->lo <= 0 && r->hi >= 0 ? " Dat kan toeval zijn." : " Dat is meer dan toeval. Of het door het begin komt, weten wij niet zeker.";
        return str_fmt(a, "%.*s%s%s%.*s", STR(head), so, few, STR(early_words(a, r->p_early)));
}

static void chart(struct arena *a, struct study *st, struct str id, struct str csv) {
        struct chart_lag *lag = arena_many(a, struct chart_lag, st->r.lags + 1);
        size_t known = 0;
        for (size_t k = 0; k < st->r.lags; k++) {
                const struct study_lag *l = &st->r.lag[k];
                struct str name = l->lag < 0 ? str_fmt(a, "%d %s ervoor", -l->lag, l->lag == -1 ? "kwartaal" : "kwartalen")
                                             : l->lag == 0 ? S("het begin") : str_fmt(a, "%d %s erna", l->lag, l->lag == 1 ? "kwartaal" : "kwartalen");
                struct str text = isnan(l->value) ? S("niet bekend") : str_fmt(a, "%.*s, %zu gemeenten", STR(signed_change(a, l->value, (int) st->i.decimals, st->i.unit)), l->municipalities);
                lag[k] = (struct chart_lag) { l->lag, l->value, l->lo, l->hi, name, text };
                known += isnan(l->value) ? 0 : 1;
        }
        st->has_chart = known > 1;
        st->chart = (struct chart_effect) { .lag = lag, .lags = st->r.lags, .x_label = S("Kwartalen na het begin"), .y_label = S("Verschil") };
        st->frame = (struct chart) {
                .id = id, .title = str_fmt(a, "%.*s, voor en na het begin", STR(st->i.name)), .message = st->message, .csv = csv, .unit = str_eq(st->i.unit, S("procent")) ? S("") : st->i.unit,
                .decimals = (int) st->i.decimals + 1, .level = 3, .fictitious = st->i.fictitious,
                .how = S("Links van nul zijn de kwartalen voor het begin. Daar hoort geen verschil te zijn: anders bewogen de gemeenten die begonnen al anders.\n"
                         "Rechts van nul staat het verschil met gemeenten die toen nog niet begonnen. De balk is de marge van 95%. In de tabel staat hoeveel gemeenten er bij elk punt meetellen.\n"
                         "Gemeenten begonnen niet tegelijk. Daarom vergelijken wij elke groep met wie nog niet begon, en nemen wij daarvan het gemiddelde (Callaway en Sant’Anna)."),
                .source = str_fmt(a, "Bron van de cijfers: %.*s. Begin: register van Schouders.", STR(st->i.source)),
        };
}

static void estimate(struct arena *a, const struct study_of *of, int wave, struct study_result *r) {
        int wave_starts = 0;
        for (size_t i = 0; i < of->n && wave; i++)
                wave_starts = of->start[i].wave == wave ? of->start[i].starts : wave_starts;
        struct roll_out p = roll_out(a, of, wave, r);
        double *scratch = arena_many(a, double, p.s.units + 1);
        int most = STUDY_LAGS / p.step;
        for (int k = -most; k <= most; k++) {
                struct study_lag *l = &r->lag[r->lags++];
                *l = lag_of(&p, wave_starts, k, scratch);
        }
        size_t first = moment(&p, wave_starts);
        if (wave && !first)
                return;
        struct stats_stagger own = wave ? one_wave(a, &p, first) : p.s;
        r->p_early = early_move(a, &own, r->started, (size_t) most);
        struct stats_average v = wave ? stats_stagger_wave(&p.s, first, STATS_CONF_95, scratch) : stats_stagger_dynamic(&p.s, STATS_CONF_95, scratch);
        if (v.effect.verdict != STATS_EFFECT_OK && v.effect.verdict != STATS_EFFECT_TOO_FEW)
                return;
        r->value = v.effect.estimate;
        r->lo = v.effect.interval.lo;
        r->hi = v.effect.interval.hi;
        r->too_few = v.effect.verdict == STATS_EFFECT_TOO_FEW || r->started < EVENTS_LEAST;
}

static struct study_field field(const struct cell *newest) {
        struct study_field f = { .target = newest->target, .mean = newest->mean, .spread = newest->spread, .are_shares = newest->method == BENCHMARK_BINOMIAL };
        for (size_t i = 0; i < newest->n; i++)
                if (newest->v[i].status == RESULT_EXACT && newest->v[i].denominator > 0) {
                        f.cases += newest->v[i].denominator;
                        f.municipalities++;
                }
        return f;
}

/* By quarter where quarters are released, else by year. */
static enum err read_panel(struct req *rq, struct study_of *of) {
        struct cell_list cells = { 0 };
        enum err e = benchmark_cells(rq->db, rq->arena, 0, learn_audience(rq), of->i.code, S(""), false, &cells);
        of->is_yearly = cells.n == 0;
        if (e == OK && of->is_yearly)
                e = benchmark_cells(rq->db, rq->arena, 0, learn_audience(rq), of->i.code, S(""), true, &cells);
        of->panel = panel_of(rq->arena, &cells);
        of->is_read = e == OK;
        return e;
}

static enum err compute(struct req *rq, struct study_of *of, int wave, struct study_result *r) {
        const struct cell_list *cells = &of->panel.cells;
        enum err e = of->is_read ? OK : read_panel(rq, of);
        *r = (struct study_result) { .p_early = (double) NAN, .value = (double) NAN, .lo = (double) NAN, .hi = (double) NAN };
        if (e != OK || cells->n == 0)
                return e;
        if (!of->is_yearly)
                r->field = field(&cells->v[cells->n - 1]);
        if (cells->n > 1)
                estimate(rq->arena, of, wave, r);
        return OK;
}

enum err study_open(struct req *rq, struct str code, const struct study_start *start, size_t n, struct study_of *of) {
        bool found = false;
        *of = (struct study_of) { .start = start, .n = n };
        enum err e = indicator_by_code(rq->db, rq->arena, code, &of->i, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        return e == OK ? figures_basis(rq, &of->basis) : e;
}

enum err study_load(struct req *rq, struct study_of *of, int wave, struct str id, struct str csv, struct study *st) {
        const struct site *site = rq->app;
        struct buf key = { 0 };
        struct str kept;
        enum err e = OK;
        *st = (struct study) { .i = of->i };
        buf_fmt(&key, "study %.*s %.*s %d", STR(of->basis), STR(of->i.code), wave);
        for (size_t i = 0; i < of->n; i++)
                buf_fmt(&key, " %.*s %d %d", STR(of->start[i].region), of->start[i].starts, of->start[i].wave);
        if (memo_get(site->memo, rq->arena, buf_view(&key), &kept))
                st->r = *(const struct study_result *) kept.p;
        else
                e = compute(rq, of, wave, &st->r);
        if (e == OK && kept.n == 0)
                memo_put(site->memo, buf_view(&key), (struct str) { (const char *) &st->r, sizeof st->r });
        buf_done(&key);
        st->message = words(rq->arena, st);
        chart(rq->arena, st, id, csv);
        return e;
}

void study_csv(struct buf *b, struct str code, const char *who, const struct study *st) {
        for (size_t k = 0; k < st->r.lags; k++) {
                csv_field(b, code);
                buf_fmt(b, ",%s,,%d,%zu", who, st->r.lag[k].lag, st->r.lag[k].municipalities);
                csv_number(b, st->r.lag[k].value);
                csv_number(b, st->r.lag[k].lo);
                csv_number(b, st->r.lag[k].hi);
                csv_number(b, st->r.lag[k].lag < 0 ? st->r.p_early : (double) NAN);
                buf_str(b, st->i.fictitious ? S(",ja\r\n") : S(",nee\r\n"));
        }
}
