/* change_view.c - one use and one figure it aims at: who counts as a peer, the effect, its chart. */
#include <math.h>
#include "chart.h"
#include "figures.h"
#include "number.h"

/* Did CODE use the method in any quarter that counts? */
static bool used(const struct method_use_list *all, struct str code, int from, int to) {
        for (size_t i = 0; i < all->n; i++)
                if (str_eq(all->v[i].municipality, code) && all->v[i].starts <= to && (!all->v[i].ends.is_set || all->v[i].ends.v >= from))
                        return true;
        return false;
}

/* The mean of the series K at every moment of OWN that most of them have. */
static struct chart_line mean_line(struct arena *a, const struct change_view *v, const struct effect_series *s, size_t k) {
        struct chart_moment *m = arena_many(a, struct chart_moment, v->f.own.n + 1);
        for (size_t i = 0; i < v->f.own.n; i++) {
                const struct effect_point *at = &v->f.own.point[i];
                double sum = 0, n = 0;
                for (size_t j = 0; j < k; j++)
                        for (size_t x = 0; x < s[j].n; x++)
                                if (s[j].point[x].quarter == at->quarter && s[j].point[x].length == at->length) {
                                        sum += s[j].point[x].value;
                                        n++;
                                }
                double y = n >= EFFECT_PEERS_LEAST ? sum / n : (double) NAN;
                struct str text = isnan(y) ? S("") : num_short(a, y, (int) v->f.i.decimals, v->f.i.unit);
                m[i] = (struct chart_moment) { at->quarter / 4.0, y, false, quarter_span(a, at->quarter, at->quarter + at->length - 1), text };
        }
        return (struct chart_line) { CHART_PEER, S("vergelijkbaar"), m, v->f.own.n };
}

static struct chart_line own_line(struct arena *a, const struct change_view *v) {
        struct chart_moment *m = arena_many(a, struct chart_moment, v->f.own.n + 1);
        for (size_t i = 0; i < v->f.own.n; i++) {
                const struct effect_point *at = &v->f.own.point[i];
                m[i] = (struct chart_moment) { at->quarter / 4.0, at->value, false, quarter_span(a, at->quarter, at->quarter + at->length - 1),
                                               num_short(a, at->value, (int) v->f.i.decimals, v->f.i.unit) };
        }
        return (struct chart_line) { CHART_OWN, v->use->place, m, v->f.own.n };
}

static void chart(struct arena *a, struct change_view *v, const struct effect_series *peers, size_t k) {
        v->has_chart = v->f.own.n > 1;
        if (!v->has_chart)
                return;
        struct chart_line *line = arena_many(a, struct chart_line, 2);
        struct chart_event *event = arena_many(a, struct chart_event, 1);
        line[0] = own_line(a, v);
        line[1] = mean_line(a, v, peers, k < EFFECT_PEERS_MOST ? k : EFFECT_PEERS_MOST);
        event[0] = (struct chart_event) { (double) v->use->starts / 4.0, S("begin") };
        v->trend = (struct chart_trend) { .line = line, .lines = k >= EFFECT_PEERS_LEAST ? 2 : 1, .event = event, .events = 1, .y_label = S("") };
        v->frame = (struct chart) {
                .id = str_fmt(a, "c%.*s", STR(v->f.i.slug)), .title = v->f.i.name, .message = v->message, .unit = v->f.i.unit, .decimals = (int) v->f.i.decimals,
                .level = 3, .fictitious = v->f.i.fictitious || v->use->is_demo, .csv = str_fmt(a, "/benchleren/gebruik/%lld.csv", (long long) v->use->id),
                .how = S("De lijnen lopen tot de nieuwste cijfers. De streep is het begin uit het register, niet een plek die wij in de cijfers zochten.\n"
                         "Wij vergelijken de verandering hier met de verandering in de gemeenten die het meest op deze lijken en toen niet begonnen. "
                         "De eerste twee kwartalen na het begin tellen niet mee.\n"
                         "De marge is ruim, omdat gemeenten ook zonder aanpak van elkaar verschillen in hoe hun cijfers veranderen."),
                .source = str_fmt(a, "Bron van de cijfers: %.*s. Begin: register van aanpakken.", STR(v->f.i.source)),
        };
}

/* Those near that count, the most alike first: who registers alike and did not use the method in the same quarters. */
static struct effect_series *peers_that_count(struct arena *a, const struct figures *f, const struct method_use *u, const struct method_use_list *all, size_t *n) {
        struct effect_series *peers = arena_many(a, struct effect_series, f->n + 1);
        *n = 0;
        for (size_t i = 0; i < f->n; i++)
                if (f->near[i].alike && !used(all, f->near[i].code, (int) u->starts - EFFECT_WINDOW, (int) u->starts + EFFECT_LAG + EFFECT_WINDOW - 1))
                        peers[(*n)++] = f->near[i].series;
        return peers;
}

static struct effect effect_at(struct arena *a, const struct figures *f, const struct method_use *u, const struct effect_series *peers, size_t k) {
        return effect_of(a, f->method, f->scale, &f->own, peers, k, (int) u->starts, u->ends.is_set ? (int) u->ends.v : 0);
}

enum err change_view_fill(struct req *rq, const struct method_use *u, const struct method_use_list *all, const struct figures_source *source, struct change_view *v) {
        struct arena *a = rq->arena;
        size_t k;
        *v = (struct change_view) { .use = u, .plan_message = S("") };
        enum err e = figures_of(rq, source, u->municipality, &v->f);
        if (e != OK)
                return e;
        struct effect_series *peers = peers_that_count(a, &v->f, u, all, &k);
        v->left_out = v->f.n - k;
        v->e = effect_at(a, &v->f, u, peers, k);
        v->message = effect_words(a, &v->e, u->place, &v->f.i);
        v->has_plan = effect_plan(a, v->f.method, v->f.scale, &v->f.own, peers, k, &v->plan);
        bool unclear = v->e.status == EFFECT_TOO_EARLY || (v->e.status == EFFECT_ESTIMATED && v->e.lo <= 0 && v->e.hi >= 0);
        if (v->has_plan && unclear)
                v->plan_message = plan_words(a, &v->plan, effect_reach(&v->plan, 4, 2), (int) u->starts, &v->f.i);
        chart(a, v, peers, k);
        return OK;
}

static enum err compute_effects(struct req *rq, const struct method_use_list *uses, struct str code, struct effect *ret) {
        struct figures_source source;
        enum err e = figures_source(rq, code, &source);
        for (size_t i = 0; e == OK && i < uses->n; i++) {
                struct figures f;
                size_t k;
                e = figures_of(rq, &source, uses->v[i].municipality, &f);
                if (e != OK)
                        return e;
                struct effect_series *peers = peers_that_count(rq->arena, &f, &uses->v[i], uses, &k);
                ret[i] = effect_at(rq->arena, &f, &uses->v[i], peers, k);
        }
        return e;
}

enum err effects_load(struct req *rq, const struct method_use_list *uses, struct str code, const struct effect **ret) {
        const struct site *site = rq->app;
        struct buf key = { 0 };
        struct str basis, kept;
        enum err e = figures_basis(rq, &basis);
        if (e != OK)
                return e;
        buf_fmt(&key, "effects %.*s %.*s", STR(basis), STR(code));
        for (size_t i = 0; i < uses->n; i++)
                buf_fmt(&key, " %.*s %lld %lld", STR(uses->v[i].municipality), (long long) uses->v[i].starts, (long long) (uses->v[i].ends.is_set ? uses->v[i].ends.v : 0));
        if (!memo_get(site->memo, rq->arena, buf_view(&key), &kept)) {
                struct effect *v = arena_many(rq->arena, struct effect, uses->n + 1);
                e = compute_effects(rq, uses, code, v);
                kept = (struct str) { (const char *) v, uses->n * sizeof *v };
                if (e == OK)
                        memo_put(site->memo, buf_view(&key), kept);
        }
        buf_done(&key);
        *ret = (const struct effect *) kept.p;
        return e;
}
