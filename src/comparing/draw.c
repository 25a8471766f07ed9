/* draw.c - the charts of a comparison, from its view. */
#include <math.h>
#include "number.h"
#include "view.h"

#define CURVE 32
#define NONE ((double) NAN)

struct chart compare_frame(struct arena *a, const struct compare_view *v, const char *id, struct str title, struct str message) {
        return (struct chart) {
                .id = str_of(id), .title = title, .message = message, .csv = v->csv, .unit = v->entry->unit,
                .decimals = (int) v->entry->decimals, .fictitious = v->release.fictitious,
                .csv_label = v->release.fictitious ? S("Download de fictieve cijfers (CSV)") : S(""),
                .source = str_fmt(a, "%.*s. Bron: leveringen van gemeenten, uitgave %lld.", STR(v->period), (long long) v->release.id),
        };
}

static struct str all_label(struct arena *a, const struct compare_view *v) {
        return str_fmt(a, "alle %.*s", STR(num_short(a, v->cell->target, (int) v->entry->decimals, v->entry->unit)));
}

static struct str point_text(struct arena *a, const struct compare_view *v, const struct result *r) {
        struct str notice = compare_notice(r);
        return str_fmt(a, "%.*s van %.*s%s%.*s", STR(compare_value(a, v->entry, r)), STR(num_int(a, llround(r->denominator))),
                       notice.n ? ", " : "", STR(notice));
}

static const struct member *member_of(const struct compare_view *v, struct str region) {
        for (size_t i = 0; i < v->group.n; i++)
                if (str_eq(v->group.v[i].place->code, region))
                        return &v->group.v[i];
        return NULL;
}

static struct str name_of(const struct compare_view *v, struct str region) {
        const struct municipality_current *m = compare_place_of(&v->places, region);
        return m ? m->name : region;
}

/* How many lie outside, and whether the own point does. */
static struct str funnel_words(struct arena *a, const struct compare_view *v, const struct chart_point *point, size_t n) {
        size_t outside = 0;
        for (size_t i = 0; i < n; i++)
                outside += point[i].class == CHART_LOW || point[i].class == CHART_HIGH ? 1 : 0;
        struct str words = outside == 0 ? str_fmt(a, "Alle %zu gemeenten liggen binnen de grenzen van wat gewoon is.", n)
                         : str_fmt(a, "%zu van de %zu gemeenten %s buiten de grenzen van wat gewoon is.", outside, n,
                                   outside == 1 ? "ligt" : "liggen");
        if (!v->mine || v->mine->status != RESULT_EXACT)
                return words;
        return str_fmt(a, "%.*s %.*s ligt %s.", STR(words), STR(v->own->name), v->mine->class_adjusted == 0 ? "erbinnen"
                       : v->mine->class_adjusted > 0 ? "erboven" : "eronder");
}

static void funnel(struct arena *a, struct compare_view *v) {
        const struct cell *c = v->cell;
        struct chart_point *point = arena_many(a, struct chart_point, c->n + 1);
        struct chart_limits *limit = arena_many(a, struct chart_limits, CURVE);
        size_t n = 0;
        double lo = HUGE_VAL, hi = 0;
        for (size_t i = 0; i < c->n; i++) {
                const struct result *r = &c->v[i];
                if (r->status != RESULT_EXACT || !(r->denominator > 0) || isnan(r->value))
                        continue;
                lo = fmin(lo, r->denominator);
                hi = fmax(hi, r->denominator);
                enum chart_class class = r->class_adjusted < 0 ? CHART_LOW : r->class_adjusted > 0 ? CHART_HIGH : CHART_IN;
                point[n++] = (struct chart_point) { r->denominator, r->value, name_of(v, r->region), point_text(a, v, r),
                        isnan(r->p) ? CHART_NO_CLASS : class, member_of(v, r->region) != NULL, r == v->mine };
        }
        v->has_funnel = n >= 2 && c->method != BENCHMARK_NONE;
        if (!v->has_funnel)
                return;
        for (size_t i = 0; i < CURVE; i++) {
                double at = lo / 1.12 * pow(hi / lo * 1.12 * 1.12, (double) i / (CURVE - 1));
                struct benchmark_lines b = benchmark_lines_adjusted((enum benchmark_method) c->method, c->target, v->entry->scale,
                        isnan(c->tau2) ? 0 : c->tau2, at);
                limit[i] = (struct chart_limits) { at, b.low998, b.low95, b.high95, b.high998 };
        }
        v->funnel = (struct chart_funnel) { .point = point, .points = n, .limit = limit, .limits = CURVE, .target = c->target,
                .target_label = all_label(a, v), .x_label = S("Aantal mensen of gevallen waarover het gaat"), .y_label = v->entry->name,
                .ceiling = str_eq(v->entry->kind, S("proportion")) ? 100 : NONE };
        v->funnel_frame = compare_frame(a, v, "trechter", str_fmt(a, "Is het verschil meer dan toeval? %.*s", STR(v->period)), funnel_words(a, v, point, n));
        v->funnel_frame.table = S("alle");
        v->funnel_frame.how = S("Elk punt is een gemeente. Hoe verder naar rechts, hoe meer mensen of gevallen. De lijnen zijn de grenzen "
                "van wat gewoon is: links zijn ze wijder, want bij kleine aantallen speelt toeval een grotere rol. In de grenzen zit "
                "ook het gewone verschil tussen gemeenten.\nEen punt buiten de grenzen is geen oordeel. Het is een reden om te vragen "
                "wat daar anders is, of anders geteld wordt.");
}

/* Sorted by the value after shrinking: what the figures say when chance is taken into account. */
static double order_of(const struct result *r) {
        return isnan(r->shrunk) ? r->value : r->shrunk;
}

static void dumbbell(struct arena *a, struct compare_view *v) {
        struct chart_row *row = arena_many(a, struct chart_row, v->group.n + 1);
        double *order = arena_many(a, double, v->group.n + 1);
        size_t n = 0;
        for (size_t i = 0; i <= v->group.n; i++) {
                const struct member *m = i < v->group.n ? &v->group.v[i] : NULL;
                const struct result *r = m ? m->now : v->mine;
                const struct result *before = m ? m->before : v->earlier ? benchmark_result(v->earlier, v->own->code) : NULL;
                if (!r || r->status != RESULT_EXACT)
                        continue;
                struct str value = compare_value(a, v->entry, r), margin = compare_margin(a, v->entry, r->low95, r->high95);
                struct chart_row x = { m ? m->place->name : v->own->name, str_fmt(a, "%.*s%s%.*s", STR(value),
                        margin.n ? ", marge " : "", STR(margin)), value, r->value, r->low95, r->high95,
                        before && before->status == RESULT_EXACT ? before->value : NONE, !m };
                size_t k = n++;
                for (; k > 0 && order[k - 1] < order_of(r); k--) {
                        row[k] = row[k - 1];
                        order[k] = order[k - 1];
                }
                row[k] = x;
                order[k] = order_of(r);
        }
        v->has_group = n > 1;
        v->dumbbell = (struct chart_interval) { .row = row, .rows = n, .target = v->cell->target, .target_label = all_label(a, v),
                .before_label = v->earlier ? period_name(a, v->earlier->period) : S(""), .now_label = v->period };
        v->group_frame = compare_frame(a, v, "groep", str_fmt(a, "%.*s naast andere gemeenten", STR(v->own->name)), v->group_message);
        v->group_frame.how = S("Elke rij is een gemeente. Het teken is het cijfer, de streep de marge. Het open rondje is dezelfde periode "
                "een jaar eerder.\nDe volgorde is alleen om het lezen makkelijk te maken. Wie boven staat, doet het niet vanzelf beter.");
}

static struct chart_place strip_row(struct arena *a, const struct cell *c, const struct result *r, struct str name, bool own) {
        struct str value = str_fmt(a, "%.*s tot %.*s", STR(num_dec(a, r->rank_low, 0)), STR(num_dec(a, r->rank_high, 0)));
        return (struct chart_place) { name, str_fmt(a, "plaats %.*s van de %lld", STR(value), (long long) c->delivered), value, r->rank_low, r->rank_median,
                r->rank_high, own };
}

static void strip(struct arena *a, struct compare_view *v) {
        struct chart_place *row = arena_many(a, struct chart_place, v->group.n + 1);
        size_t n = 0;
        long long units = v->cell->delivered;           /* those that are not shown have a place too */
        if (!v->mine || isnan(v->mine->rank_low) || !(v->cell->rankability >= BENCHMARK_RANKABLE))
                return;
        bool side = !str_eq(v->entry->polarity, S("none"));
        row[n++] = strip_row(a, v->cell, v->mine, v->own->name, true);
        for (size_t i = 0; i < v->group.n; i++)
                if (v->group.v[i].now && !isnan(v->group.v[i].now->rank_low))
                        row[n++] = strip_row(a, v->cell, v->group.v[i].now, v->group.v[i].place->name, false);
        v->has_strip = true;
        v->strip = (struct chart_strip) { row, n, (double) units, side ? S("gunstigst") : S("laagste cijfer"),
                side ? S("minst gunstig") : S("hoogste cijfer") };
        v->strip_frame = compare_frame(a, v, "plaats", S("Hoe zeker is een plaats?"), str_fmt(a, "Met deze cijfers kan %.*s op elke plaats staan "
                "van %.*s van de %lld.", STR(v->own->name), STR(row[0].value), units));
        v->strip_frame.how = S("Een plaats in een lijst lijkt precies, maar is het niet. De streep laat zien welke plaatsen passen bij de "
                "cijfers (95%). Hoe kleiner de gemeente, hoe langer de streep. Daarom maken wij geen ranglijst.");
}

static void map(struct arena *a, struct compare_view *v) {
        struct chart_area *area = arena_many(a, struct chart_area, v->places.n);
        double lo[CHART_MAP_CLASSES], hi[CHART_MAP_CLASSES];
        for (size_t k = 0; k < CHART_MAP_CLASSES; k++) {
                lo[k] = HUGE_VAL;
                hi[k] = -HUGE_VAL;
        }
        for (size_t i = 0; i < v->places.n; i++) {
                const struct municipality_current *m = &v->places.v[i];
                const struct result *r = benchmark_result(v->cell, m->code);
                bool known = r && r->status == RESULT_EXACT && r->fifth > 0;
                area[i] = (struct chart_area) { m->code, m->name, compare_value(a, v->entry, r), known ? r->fifth - 1 : -1, m == v->own };
                if (!known)
                        continue;
                size_t k = (size_t) r->fifth - 1;
                lo[k] = fmin(lo[k], r->value);
                hi[k] = fmax(hi[k], r->value);
                v->has_map = true;
        }
        v->map = (struct chart_map) { .area = area, .areas = v->places.n };
        for (size_t k = 0; k < CHART_MAP_CLASSES; k++)
                if (lo[k] <= hi[k])
                        v->map.label[k] = compare_margin(a, v->entry, lo[k], hi[k]);
        v->map_frame = compare_frame(a, v, "kaart", str_fmt(a, "Op de kaart, %.*s", STR(v->period)),
                S("De kaart verdeelt de gemeenten in vijf groepen die ongeveer even groot zijn. Donkerder is een hoger cijfer."));
        v->map_frame.how = S("De kaart laat zien of er een patroon is tussen streken, niet of een verschil meer is dan toeval.\nGrenzen: CBS "
                "en Kadaster via PDOK (CC BY 4.0).");
        v->map_frame.table = S("alle");
}

void compare_draw(struct arena *a, struct compare_view *v) {
        if (!v->cell)
                return;
        funnel(a, v);
        compare_draw_course(a, v);
        map(a, v);
        if (v->own) {
                dumbbell(a, v);
                strip(a, v);
        }
}
