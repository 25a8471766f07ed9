/* charts.c - the charts of an indicator page, from its view. */
#include <math.h>
#include "figures_view.h"
#include "number.h"

#define CURVE 32

static struct chart frame(struct arena *a, const struct figures_view *v, const char *id, struct str title,
                          struct str message) {
        return (struct chart) {
                .id = str_of(id), .title = title, .message = message, .csv = v->csv, .unit = v->i->unit,
                .decimals = (int) v->i->decimals, .fictitious = v->fictitious,
                .csv_label = v->fictitious ? S("Download de fictieve cijfers (CSV)") : S(""),
                .source = TEXT(a, v->period, S(". Bron: "), v->i->source, S(".")),
        };
}

static enum chart_class class_of(const struct place *p) {
        if (!p->tested)
                return CHART_NO_CLASS;
        return p->class_adjusted < 0 ? CHART_LOW : p->class_adjusted > 0 ? CHART_HIGH : CHART_IN;
}

/* Limits at sizes evenly spread on the log axis, a little past the smallest and the largest. TAU2 0: chance alone. */
static struct chart_limits *curve(struct arena *a, const struct figures_view *v, double lo, double hi, double tau2) {
        struct chart_limits *l = arena_many(a, struct chart_limits, CURVE);
        double scale = benchmark_scale(v->i->kind, v->i->unit);
        enum benchmark_method method = benchmark_method_of(v->c->method);
        for (size_t i = 0; i < CURVE; i++) {
                double n = lo / 1.12 * pow(hi / lo * 1.12 * 1.12, (double) i / (CURVE - 1));
                struct benchmark_lines b = benchmark_lines_adjusted(method, v->c->target, scale, tau2, n);
                l[i] = (struct chart_limits) { n, b.low998, b.low95, b.high95, b.high998 };
        }
        return l;
}

static struct str funnel_how(struct arena *a, const struct figures_view *v, int64_t tested) {
        struct str cases = v->cases.n ? v->cases : S("gevallen");
        struct str why = message_overdispersion(a, tested, v->c->outside_unadjusted, v->c->outside_adjusted);
        const char *thin = v->c->tau2 > 0 ? "De stippellijnen zijn de grenzen (99,8%) als alleen toeval telde. " : "";
        struct str line = v->partial ? S("het gemiddelde van de gemeenten met een cijfer") : S("het cijfer van Nederland");
        return str_fmt(a, "Elk punt is een gemeente. Hoe verder naar rechts, hoe groter het aantal (%.*s). Hoe hoger het "
                       "punt, hoe hoger het cijfer. De dikke lijn is %.*s.\n"
                       "De andere lijnen zijn de grenzen van wat gewoon is. Links zijn ze wijder: bij kleine aantallen "
                       "speelt toeval een grotere rol. Als gemeenten alleen op de gewone manier verschillen, valt "
                       "ongeveer 1 op de 20 buiten de streepjeslijnen (95%%) en 1 op de 500 buiten de doorgetrokken "
                       "lijnen (99,8%%).\n%.*s\n"
                       "%sEen punt buiten de grenzen is geen oordeel. Het is een reden om te vragen wat daar anders is, "
                       "of anders geteld wordt.",
                       STR(cases), STR(line), STR(why), thin);
}

/* What the funnel says about the chosen municipality, or about all of them. */
static void funnel_words(struct arena *a, struct figures_view *v) {
        int64_t tested = 0, outer = 0;
        for (size_t i = 0; i < v->places.n; i++) {
                tested += v->places.v[i].tested;
                outer += v->places.v[i].tested && v->places.v[i].class_adjusted != 0;
        }
        struct str title = str_fmt(a, "Is het verschil meer dan gewoon? Alle gemeenten, %.*s", STR(period_name(a, v->year)));
        struct str message = message_outside(a, tested, outer, v->c->outside_adjusted);
        if (v->own && v->own->known)
                message = message_position(a, v->own->name, v->own->tested, v->own->class_adjusted);
        v->funnel_frame = frame(a, v, "trechter", title, message);
        v->funnel_frame.how = funnel_how(a, v, tested);
        v->funnel_frame.table = S("alle");
}

/* Beside the line: short, so without the words of the unit. */
static struct str target_label(struct arena *a, const struct figures_view *v) {
        bool percent = str_eq(v->i->unit, S("procent"));
        return TEXT(a, v->partial ? S("gemiddeld ") : S("Nederland "), num_dec(a, v->c->target, (int) v->i->decimals),
                    percent ? S("%") : S(""));
}

static void funnel(struct arena *a, struct figures_view *v) {
        struct chart_point *point = arena_many(a, struct chart_point, v->places.n);
        size_t n = 0;
        double lo = HUGE_VAL, hi = 0;
        for (size_t i = 0; i < v->places.n; i++) {
                const struct place *p = &v->places.v[i];
                if (!p->known || !(p->denominator > 0))
                        continue;
                lo = fmin(lo, p->denominator);
                hi = fmax(hi, p->denominator);
                point[n++] = (struct chart_point) {
                        p->denominator, p->figure, p->name, TEXT(a, p->value, S(" van "), p->cases),
                                class_of(p),
                        p->peer, p->own };
        }
        v->has_funnel = n > 0 && !isnan(v->c->tau2);
        if (!v->has_funnel)
                return;
        v->funnel = (struct chart_funnel) {
                .point = point, .points = n, .limit = curve(a, v, lo, hi, v->c->tau2), .limits = CURVE,
                .plain = curve(a, v, lo, hi, 0), .plains = v->c->tau2 > 0 ? CURVE : 0, .target = v->c->target,
                .target_label = target_label(a, v), .y_label = v->i->name,
                .x_label = TEXT(a, S("Aantal "), v->cases.n ? v->cases : S("gevallen")),
                .ceiling = str_eq(v->i->kind, S("proportion")) ? 100 : (double) NAN };
        funnel_words(a, v);
}

/* "3,0" in "3,0 tot en met 5,4%", but "€ 85" in "€ 85 tot en met € 257". */
static struct str lowest(struct arena *a, const struct figures_view *v, double value) {
        bool money = str_starts(v->i->unit, S("euro"));
        return num_short(a, value, (int) v->i->decimals, money ? v->i->unit : S(""));
}

/* Lowest and highest value in each fifth, as written. */
static void map_labels(struct arena *a, struct figures_view *v) {
        double lo[CHART_MAP_CLASSES], hi[CHART_MAP_CLASSES];
        for (size_t k = 0; k < CHART_MAP_CLASSES; k++) {
                lo[k] = HUGE_VAL;
                hi[k] = -HUGE_VAL;
        }
        for (size_t i = 0; i < v->places.n; i++) {
                const struct place *u = &v->places.v[i];
                if (u->fifth < 1 || u->fifth > CHART_MAP_CLASSES)
                        continue;
                lo[u->fifth - 1] = fmin(lo[u->fifth - 1], u->figure);
                hi[u->fifth - 1] = fmax(hi[u->fifth - 1], u->figure);
        }
        for (size_t k = 0; k < CHART_MAP_CLASSES; k++)
                if (lo[k] <= hi[k])
                        v->map.label[k] = TEXT(a, lowest(a, v, lo[k]), S(" tot en met "),
                                               num_short(a, hi[k], (int) v->i->decimals, v->i->unit));
}

static void map(struct arena *a, struct figures_view *v) {
        struct chart_area *area = arena_many(a, struct chart_area, v->places.n);
        for (size_t i = 0; i < v->places.n; i++) {
                const struct place *p = &v->places.v[i];
                bool classed = p->fifth > 0;
                area[i] = (struct chart_area) { p->code, p->name, p->known ? p->value : S("geen cijfer"),
                                                classed ? p->fifth - 1 : -1, p->own };
        }
        v->map = (struct chart_map) { .area = area, .areas = v->places.n };
        map_labels(a, v);
        v->map_frame = frame(a, v, "kaart", str_fmt(a, "Op de kaart, %.*s", STR(period_name(a, v->year))),
                             S("De kaart verdeelt de gemeenten in vijf groepen die ongeveer even groot zijn. "
                               "Donkerder is een hoger cijfer."));
        v->map_frame.how = S("De kaart laat zien of er een patroon is tussen streken. Zij laat niet zien of een "
                             "verschil meer is dan toeval. Grote gemeenten vallen op een kaart meer op dan kleine, "
                             "ook als er minder mensen wonen.\nGrenzen: CBS en Kadaster via PDOK (CC BY 4.0).");
        v->map_frame.table = S("alle");
}

static struct chart_row chart_row(struct arena *a, const struct place *p) {
        struct str text = p->margin.n ? TEXT(a, p->value, S(", marge "), p->margin) : p->value;
        return (struct chart_row) { p->name, text, p->value, p->figure, p->low95, p->high95,
                (double) NAN, p->own };
}

/* The municipality among its peers, as far as they have a figure. */
static void interval(struct arena *a, struct figures_view *v) {
        size_t n = 0;
        struct chart_row *row = arena_many(a, struct chart_row, v->peers.n + 1);
        if (!v->own || !v->own->known)
                return;
        for (size_t i = 0; i <= v->peers.n; i++) {
                const struct place *p = i < v->peers.n ? v->peers.v[i].place : v->own;
                if (!p || !p->known)
                        continue;
                struct chart_row r = chart_row(a, p);
                size_t k = n++;
                for (; k > 0 && row[k - 1].y < r.y; k--)
                        row[k] = row[k - 1];
                row[k] = r;
        }
        if (n < 2)
                return;
        v->has_interval = true;
        v->interval = (struct chart_interval) { .row = row, .rows = n, .target = v->nation,
                .target_label = TEXT(a, v->partial ? S("gemiddeld") : S("Nederland"),
                                     S(" "), v->nation_value) };
        v->interval_frame = frame(a, v, "gelijken", str_fmt(a, "%.*s naast %zu vergelijkbare %s, %.*s",
                                  STR(v->own->name),
                                  n - 1, n == 2 ? "gemeente" : "gemeenten", STR(period_name(a, v->year))), v->peer_message);
        v->interval_frame.level = 3;
        v->interval_frame.how = S("Elke rij is een gemeente. Het teken is het cijfer. De streep eromheen is de "
                                  "marge: door toeval had het cijfer ergens op die streep kunnen liggen. Een korte "
                                  "streep is bijna niet te zien.\nDe volgorde is alleen om het lezen makkelijk te "
                                  "maken. Wie boven staat, doet het niet vanzelf beter.");
}

static void trend(struct arena *a, struct figures_view *v) {
        struct str title = v->own ? str_fmt(a, "Ontwikkeling in %.*s", STR(v->own->name)) : S("Ontwikkeling");
        struct str message = v->change_message;
        if (!message.n)
                message = v->c ? S("Zo veranderde het cijfer door de jaren heen.") : v->all_message;
        v->trend_frame = frame(a, v, "jaren", title, message);
        v->trend_frame.how = S("De lijn begint bij nul, zodat een kleine verandering niet groot lijkt. Een "
                               "onderbroken lijn betekent dat er van dat jaar geen cijfer is.");
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
                                      str_fmt(a, "Uitgesplitst, %.*s", STR(period_name(a, v->year))), v->all_message);
}
