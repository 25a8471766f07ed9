/* change_view.c - what changed after a use began, in words and as a chart. */
#include <math.h>
#include "chart.h"
#include "figures.h"
#include "number.h"

static struct chart_line line_of(struct arena *a, const struct change_view *v, bool own) {
        const struct change *c = &v->c;
        struct chart_moment *m = arena_many(a, struct chart_moment, c->moments + 1);
        for (size_t i = 0; i < c->moments; i++) {
                const struct effect_point *at = &c->moment[i].own;
                double y = own ? at->value : c->moment[i].peers;
                struct str text = isnan(y) ? S("") : num_short(a, y, (int) v->i.decimals, v->i.unit);
                m[i] = (struct chart_moment) { at->quarter / 4.0, y, false, quarter_span(a, at->quarter, at->quarter + at->length - 1), text };
        }
        return own ? (struct chart_line) { CHART_OWN, v->use->place, m, c->moments } : (struct chart_line) { CHART_PEER, S("vergelijkbaar"), m, c->moments };
}

static void chart(struct arena *a, struct change_view *v) {
        v->has_chart = v->c.moments > 1;
        if (!v->has_chart)
                return;
        struct chart_line *line = arena_many(a, struct chart_line, 2);
        struct chart_event *event = arena_many(a, struct chart_event, 1);
        line[0] = line_of(a, v, true);
        line[1] = line_of(a, v, false);
        event[0] = (struct chart_event) { (double) v->use->starts / 4.0, S("begin") };
        v->trend = (struct chart_trend) { .line = line, .lines = v->c.peers >= EFFECT_PEERS_LEAST ? 2 : 1, .event = event, .events = 1, .y_label = S("") };
        v->frame = (struct chart) {
                .id = str_fmt(a, "c%.*s", STR(v->i.slug)), .title = v->i.name, .message = v->message, .unit = v->i.unit, .decimals = (int) v->i.decimals,
                .level = 3, .fictitious = v->i.fictitious || v->use->is_demo, .csv = str_fmt(a, "/benchleren/gebruik/%lld.csv", (long long) v->use->id),
                .how = S("De lijnen lopen tot de nieuwste cijfers. De streep is het begin uit het register, niet een plek die wij in de cijfers zochten.\n"
                         "Wij vergelijken de verandering hier met de verandering in de gemeenten die het meest op deze lijken en toen niet begonnen. "
                         "De eerste twee kwartalen na het begin tellen niet mee.\n"
                         "De marge is ruim, omdat gemeenten ook zonder aanpak van elkaar verschillen in hoe hun cijfers veranderen."),
                .source = str_fmt(a, "Bron van de cijfers: %.*s. Begin: register van aanpakken.", STR(v->i.source)),
        };
}

enum err change_view_load(struct req *rq, const struct method_use *u, const struct method_use_list *all, struct str code, struct change_view *v) {
        struct arena *a = rq->arena;
        bool found = false;
        *v = (struct change_view) { .use = u, .plan_message = S("") };
        enum err e = indicator_by_code(rq->db, a, code, &v->i, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = change_load(rq, u, all, code, &v->c);
        if (e != OK)
                return e;
        const struct effect *x = &v->c.e;
        v->message = effect_words(a, x, u->place, &v->i);
        bool unclear = x->status == EFFECT_TOO_EARLY || (x->status == EFFECT_ESTIMATED && x->lo <= 0 && x->hi >= 0);
        if (v->c.has_plan && unclear)
                v->plan_message = plan_words(a, &v->c.plan, effect_reach(&v->c.plan, 4, 2), (int) u->starts, &v->i);
        chart(a, v);
        return OK;
}
