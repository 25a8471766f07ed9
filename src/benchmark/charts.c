/* charts.c - the charts of an indicator page, from its view. */
#include <math.h>
#include "figures_view.h"
#include "number.h"

#define CURVE 48

static struct chart frame(struct arena *a, const struct figures_view *v, const char *id, struct str title, struct str message) {
        return (struct chart) {
                .id = str_of(id), .title = title, .message = message, .csv = v->csv, .unit = v->i->unit,
                .decimals = (int) v->i->decimals, .fictitious = v->fictitious,
                .csv_label = v->fictitious ? S("Download de fictieve cijfers (CSV)") : S(""),
                .source = TEXT(a, v->period, S(". Bron: "), v->i->source, S(".")),
        };
}

static enum chart_class class_of(const struct place *p) {
        if (!p->tested || !p->row->class_adjusted.is_set)
                return CHART_NO_CLASS;
        return p->row->class_adjusted.v < 0 ? CHART_LOW : p->row->class_adjusted.v > 0 ? CHART_HIGH : CHART_IN;
}

/* Limits at sizes evenly spread on the log axis, a little past the smallest and the largest. */
static struct chart_limits *curve(struct arena *a, const struct figures_view *v, double lo, double hi, bool adjusted) {
        struct chart_limits *l = arena_many(a, struct chart_limits, CURVE);
        double scale = benchmark_scale(v->i->kind, v->i->unit);
        enum benchmark_method method = benchmark_method_of(v->c->method);
        for (size_t i = 0; i < CURVE; i++) {
                double n = lo / 1.12 * pow(hi / lo * 1.12 * 1.12, (double) i / (CURVE - 1));
                struct benchmark_lines b = adjusted ? benchmark_lines_adjusted(method, v->c->target, scale, v->c->tau2, n)
                                                    : benchmark_lines_adjusted(method, v->c->target, scale, 0, n);
                l[i] = (struct chart_limits) { n, b.low998, b.low95, b.high95, b.high998 };
        }
        return l;
}

static struct str funnel_how(struct arena *a, const struct figures_view *v) {
        size_t outer = 0, tested = 0;
        for (size_t i = 0; i < v->places_n; i++) {
                int64_t k = v->places[i].row->class_adjusted.v;
                tested += v->places[i].tested;
                outer += v->places[i].tested && k != 0;
        }
        struct str cases = v->i->denominator_text.n ? v->i->denominator_text : S("gevallen");
        struct str why = message_overdispersion(a, (int64_t) tested, v->c->outside_unadjusted, v->c->outside_adjusted);
        return str_fmt(a, "Elk punt is een gemeente. Hoe verder naar rechts, hoe groter het aantal (%.*s). Hoe hoger het punt, hoe hoger "
                       "het cijfer. De dikke lijn is het cijfer van %.*s.\n"
                       "De andere lijnen zijn de grenzen van wat gewoon is. Links zijn ze wijder: bij kleine aantallen speelt toeval een "
                       "grotere rol. Als gemeenten alleen op de gewone manier verschillen, valt ongeveer 1 op de 20 buiten de "
                       "streepjeslijnen (95%%) en 1 op de 500 buiten de doorgetrokken lijnen (99,8%%). Nu vallen er %zu van de %zu "
                       "buiten de streepjeslijnen.\n%.*s\n"
                       "De stippellijnen zijn de grenzen als alleen toeval telde. Een punt buiten de grenzen is geen oordeel. Het is een "
                       "reden om te vragen wat daar anders is, of anders geteld wordt.",
                       STR(cases), STR(v->nation_name), outer, tested, STR(why));
}

static void funnel(struct arena *a, struct figures_view *v) {
        struct chart_point *point = arena_many(a, struct chart_point, v->places_n);
        size_t n = 0;
        double lo = HUGE_VAL, hi = 0;
        for (size_t i = 0; i < v->places_n; i++) {
                const struct place *p = &v->places[i];
                if (!p->has || !(p->row->denominator > 0))
                        continue;
                lo = fmin(lo, p->row->denominator);
                hi = fmax(hi, p->row->denominator);
                point[n++] = (struct chart_point) {
                        p->row->denominator, p->row->value, p->row->name, TEXT(a, p->value, S(" van "), p->cases), class_of(p),
                        p->peer, p->own };
        }
        v->has_funnel = n > 0 && !isnan(v->c->tau2);
        if (!v->has_funnel)
                return;
        v->funnel = (struct chart_funnel) {
                .point = point, .points = n, .limit = curve(a, v, lo, hi, true), .limits = CURVE,
                .plain = curve(a, v, lo, hi, false), .plains = v->c->tau2 > 0 ? CURVE : 0, .target = v->c->target,
                .target_label = str_eq(v->nation_name, S("Nederland")) ? TEXT(a, S("Nederland "), num_dec(a, v->c->target, (int) v->i->decimals),
                        str_eq(v->i->unit, S("procent")) ? S("%") : S("")) : S("gemiddeld"),
                .x_label = v->i->denominator_text, .y_label = v->i->name,
                .ceiling = str_eq(v->i->kind, S("proportion")) ? 100 : (double) NAN };
        v->funnel_frame = frame(a, v, "trechter", str_fmt(a, "Is het verschil meer dan gewoon? Alle gemeenten, %lld",
                                (long long) v->year), v->own ? v->own_message : v->all_message);
        v->funnel_frame.how = funnel_how(a, v);
        v->funnel_frame.table = S("alle");
}

/* Lowest and highest value in each fifth, as written. */
static void map_labels(struct arena *a, struct figures_view *v) {
        double lo[CHART_MAP_CLASSES], hi[CHART_MAP_CLASSES];
        for (size_t k = 0; k < CHART_MAP_CLASSES; k++) {
                lo[k] = HUGE_VAL;
                hi[k] = -HUGE_VAL;
        }
        for (size_t i = 0; i < v->places_n; i++) {
                const struct page_places_row *r = v->places[i].row;
                if (!v->places[i].has || !r->fifth.is_set || r->fifth.v < 1 || r->fifth.v > CHART_MAP_CLASSES)
                        continue;
                lo[r->fifth.v - 1] = fmin(lo[r->fifth.v - 1], r->value);
                hi[r->fifth.v - 1] = fmax(hi[r->fifth.v - 1], r->value);
        }
        for (size_t k = 0; k < CHART_MAP_CLASSES; k++)
                if (lo[k] <= hi[k])
                        v->map.label[k] = TEXT(a, num_dec(a, lo[k], (int) v->i->decimals), S(" tot en met "),
                                               num_unit(a, hi[k], (int) v->i->decimals, v->i->unit));
}

static void map(struct arena *a, struct figures_view *v) {
        struct chart_area *area = arena_many(a, struct chart_area, v->places_n);
        for (size_t i = 0; i < v->places_n; i++) {
                const struct place *p = &v->places[i];
                bool classed = p->has && p->row->fifth.is_set && p->row->fifth.v > 0;
                area[i] = (struct chart_area) { p->row->code, p->row->name, p->has ? p->value : S("geen cijfer"),
                                                classed ? (int) p->row->fifth.v - 1 : -1, p->own };
        }
        v->map = (struct chart_map) { .area = area, .areas = v->places_n };
        map_labels(a, v);
        v->map_frame = frame(a, v, "kaart", str_fmt(a, "Op de kaart, %lld", (long long) v->year),
                             S("De kaart verdeelt de gemeenten in vijf groepen die ongeveer even groot zijn. Donkerder is een hoger cijfer."));
        v->map_frame.how = S("De kaart laat zien of er een patroon is tussen streken. Zij laat niet zien of een verschil meer is dan toeval. "
                             "Grote gemeenten vallen op een kaart meer op dan kleine, ook als er minder mensen wonen.\n"
                             "Grenzen: CBS en Kadaster via PDOK (CC BY 4.0).");
        v->map_frame.table = S("alle");
}

static int by_value(const struct chart_row *x, const struct chart_row *y) {
        if (isnan(x->y) || isnan(y->y))
                return isnan(x->y) - isnan(y->y);
        return (x->y < y->y) - (x->y > y->y);
}

static struct chart_row chart_row(struct arena *a, const struct place *p, struct str name) {
        double none = (double) NAN;
        if (!p || !p->has)
                return (struct chart_row) { .name = name, .y = none, .lo = none, .hi = none, .before = none, .own = p && p->own };
        struct str text = p->margin.n ? TEXT(a, p->value, S(", marge "), p->margin) : p->value;
        return (struct chart_row) { name, text, p->value, p->row->value, p->row->low95, p->row->high95, none, p->own };
}

static void interval(struct arena *a, struct figures_view *v) {
        size_t n = 0;
        struct chart_row *row = arena_many(a, struct chart_row, v->peers.n + 1);
        if (!v->own || v->peers.n == 0 || !v->own->has)
                return;
        for (size_t i = 0; i <= v->peers.n; i++) {
                struct chart_row r = i < v->peers.n ? chart_row(a, v->peers.v[i].place, v->peers.v[i].peer->name)
                                                    : chart_row(a, v->own, v->own->row->name);
                size_t k = n++;
                for (; k > 0 && by_value(&row[k - 1], &r) > 0; k--)
                        row[k] = row[k - 1];
                row[k] = r;
        }
        v->has_interval = true;
        v->interval = (struct chart_interval) { .row = row, .rows = n, .target = v->nation,
                .target_label = TEXT(a, str_eq(v->nation_name, S("Nederland")) ? v->nation_name : S("gemiddeld"), S(" "), v->nation_value) };
        v->interval_frame = frame(a, v, "gelijken", str_fmt(a, "%.*s naast %zu vergelijkbare gemeenten, %lld", STR(v->own->row->name),
                                  v->peers.n, (long long) v->year), v->peer_message);
        v->interval_frame.level = 3;
        v->interval_frame.how = S("Elke rij is een gemeente. Het teken is het cijfer. De streep eromheen is de marge: door toeval had het "
                                  "cijfer ergens op die streep kunnen liggen. Een korte streep is bijna niet te zien.\n"
                                  "De volgorde is alleen om het lezen makkelijk te maken. Wie boven staat, doet het niet vanzelf beter.");
}

static void trend(struct arena *a, struct figures_view *v) {
        struct str title = v->own ? str_fmt(a, "Ontwikkeling in %.*s", STR(v->own->row->name)) : S("Ontwikkeling");
        struct str message = v->change_message.n ? v->change_message : v->c ? S("Zo veranderde het cijfer door de jaren heen.") : v->all_message;
        v->trend_frame = frame(a, v, "jaren", title, message);
        v->trend_frame.how = S("De lijn begint bij nul, zodat een kleine verandering niet groot lijkt. Een onderbroken lijn betekent dat er "
                               "van dat jaar geen cijfer is.");
}

void figures_view_charts(struct arena *a, struct figures_view *v) {
        if (v->c) {
                funnel(a, v);
                map(a, v);
                interval(a, v);
        }
        if (v->has_trend)
                trend(a, v);
        if (v->has_bars)
                v->bars_frame = frame(a, v, "staven", v->bars.upright ? S("Door de jaren heen") :
                                      str_fmt(a, "Uitgesplitst, %lld", (long long) v->year), v->all_message);
}
