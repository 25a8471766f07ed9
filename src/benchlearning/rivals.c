/* rivals.c - which peers are really better at a figure, and what they do otherwise. */
#include "rivals.h"
#include <math.h>
#include <stdlib.h>
#include "benchmark_period.h"
#include "number.h"

static struct str figure_text(struct arena *a, const struct rivals_view *v, double value) {
        return num_unit(a, value, (int) v->i.decimals, v->i.unit);
}

static struct str margin_text(struct arena *a, const struct rivals_view *v, double low, double high) {
        if (isnan(low) || isnan(high))
                return S("");
        return str_fmt(a, "%.*s–%.*s", STR(num_dec(a, low, (int) v->i.decimals)), STR(num_short(a, high, (int) v->i.decimals, v->i.unit)));
}

static void rival(struct arena *a, struct rivals_view *v, struct rival *r) {
        const struct units *u = &v->all;
        size_t k = units_find(u, r->code);
        r->low = r->high = (double) NAN;
        if (k < u->n) {
                r->unit = &u->v[k];
                r->low = u->low[k];
                r->high = u->high[k];
                r->value = figure_text(a, v, r->unit->value);
                r->margin = margin_text(a, v, r->low, r->high);
                r->explanation = u->explanation[k];
        }
        if (k < u->n && v->own) {
                bool alike = units_alike(u, (size_t) (v->own - u->v), k, &r->which);
                r->verdict = better_than(&v->field, v->own, r->unit, alike);
        }
        bool known = !isnan(r->verdict.chance) && r->verdict.is != BETTER_NO_FIGURE;
        r->chance = !known ? S("") : r->verdict.chance > .99 ? S("meer dan 99%") : r->verdict.chance < .01 ? S("minder dan 1%") : num_share(a, r->verdict.chance, 0);
        v->without += r->in_group && r->verdict.is == BETTER_NO_FIGURE;
        v->other_choices += r->in_group && r->verdict.is == BETTER_OTHER_CHOICES;
        v->better += r->in_group && r->verdict.is == BETTER_SURELY;
}

static bool chosen(struct str slug, const struct str *group, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (str_eq(group[i], slug))
                        return true;
        return false;
}

/* The nearest, and whom the visitor added; of his own group only those he chose count. */
static enum err group_load(struct req *rq, struct rivals_view *v, const struct str *group, size_t n) {
        struct learn_near_row_list near;
        struct buf q = { 0 };
        enum err e = learn_near(rq->db, rq->arena, v->place.code, &near);
        if (e != OK)
                return e;
        v->own_group = n > 0;
        for (size_t i = 0; i < near.n; i++)
                *vec_push(rq->arena, &v->rivals) = (struct rival) { .code = near.v[i].code, .name = near.v[i].name, .slug = near.v[i].slug, .distance = near.v[i].distance,
                        .in_group = !n || chosen(near.v[i].slug, group, n), .verdict = { BETTER_NO_FIGURE, (double) NAN } };
        for (size_t i = 0; i < v->places.n; i++) {
                const struct learn_place *p = &v->places.v[i];
                bool there = str_eq(p->code, v->place.code) || !chosen(p->slug, group, n);
                for (size_t k = 0; k < near.n; k++)
                        there |= str_eq(near.v[k].code, p->code);
                if (!there)
                        *vec_push(rq->arena, &v->rivals) = (struct rival) { .code = p->code, .name = p->name, .slug = p->slug, .distance = (double) NAN, .in_group = true,
                                .verdict = { BETTER_NO_FIGURE, (double) NAN } };
        }
        for (size_t i = 0; i < n; i++)
                buf_fmt(&q, "%sgroep=%.*s", i ? "&" : "?", STR(group[i]));
        v->query = str_dup(rq->arena, buf_view(&q));
        buf_done(&q);
        for (size_t i = 0; i < v->rivals.n; i++)
                rival(rq->arena, v, &v->rivals.v[i]);
        return OK;
}

static bool has_method(const struct method_use_list *l, struct str code, int64_t item, int now) {
        for (size_t i = 0; i < l->n; i++)
                if (str_eq(l->v[i].municipality, code) && l->v[i].item_id == item && use_runs(l->v[i].starts, l->v[i].ends, now))
                        return true;
        return false;
}

/* What the better ones recorded, while it ran at the time of the figures, and this municipality does not use. */
static enum err methods_load(struct req *rq, struct rivals_view *v) {
        struct aims_of_indicator_row_list aims;
        int now = quarter_now(rq->arena, rq->now_ms), length, then = quarter_of_period(v->all.period, &length);
        enum err e = aims_of_indicator(rq->db, rq->arena, v->i.code, &aims);
        struct method_use_list *own = arena_new(rq->arena, struct method_use_list);
        if (e == OK)
                e = uses_at(rq->db, rq->arena, v->place.code, own);
        for (size_t r = 0; e == OK && r < v->rivals.n; r++) {
                struct method_use_list *l = arena_new(rq->arena, struct method_use_list);
                if (!v->rivals.v[r].in_group || v->rivals.v[r].verdict.is != BETTER_SURELY)
                        continue;
                e = uses_at(rq->db, rq->arena, v->rivals.v[r].code, l);
                for (size_t i = 0; e == OK && i < l->n; i++) {
                        const struct method_use *use = &l->v[i];
                        if (use->starts > then + length - 1 || has_method(own, v->place.code, use->item_id, now))
                                continue;
                        bool aim = false;
                        for (size_t k = 0; k < aims.n; k++)
                                aim |= aims.v[k].item_id == use->item_id;
                        *vec_push(rq->arena, &v->methods) = (struct otherwise) { use, use_when(rq->arena, use, now), aim };
                }
        }
        return e;
}

static struct str difference_words(struct arena *a, const struct rivals_view *v) {
        if (!v->own)
                return str_fmt(a, "%.*s heeft in deze periode geen cijfer dat wij mogen tonen.", STR(v->place.name));
        struct str value = figure_text(a, v, v->own->value), all = figure_text(a, v, v->all.target), margin = margin_text(a, v, v->own_low, v->own_high);
        struct str range = margin.n ? str_fmt(a, " (95%%: %.*s)", STR(margin)) : S("");
        struct str head = str_fmt(a, "In %.*s is dit %.*s%.*s, over %.*s. Alle gemeenten samen: %.*s.", STR(v->place.name), STR(value), STR(range),
                                  STR(period_phrase(a, v->all.period)), STR(all));
        if (v->field.method == BENCHMARK_NONE)
                return str_fmt(a, "%.*s Of het verschil toeval is, kunnen wij niet zeggen.", STR(head));
        if (!v->proven)
                return str_fmt(a, "%.*s Het verschil kan toeval zijn, nu wij zo veel gemeenten tegelijk toetsen.", STR(head));
        return str_fmt(a, "%.*s Dat is %s, en het verschil is meer dan toeval, ook na correctie voor de vele gemeenten die wij tegelijk toetsen.", STR(head),
                       v->is_worse ? "minder gunstig" : "gunstiger");
}

static struct str better_words(struct arena *a, const struct rivals_view *v) {
        size_t group = 0;
        for (size_t i = 0; i < v->rivals.n; i++)
                group += v->rivals.v[i].in_group;
        if (group == 0)
                return S("U koos geen andere gemeente om mee te vergelijken.");
        if (group == 1)
                return str_fmt(a, "De gemeente waarmee u vergelijkt, doet het %smet meer dan 90%% zekerheid beter dan %.*s.", v->better ? "" : "niet ", STR(v->place.name));
        if (v->better == 0)
                return str_fmt(a, "Van de %zu gemeenten waarmee u vergelijkt, doet geen het met meer dan 90%% zekerheid beter.", group);
        return str_fmt(a, "Van de %zu gemeenten waarmee u vergelijkt, %s %zu het met meer dan 90%% zekerheid beter dan %.*s.", group,
                       v->better == 1 ? "doet" : "doen", v->better, STR(v->place.name));
}

/* Why nobody can be called better, or "". */
static struct str refusal(const struct rivals_view *v) {
        if (better_side(v->i.polarity) == SIDE_NONE)
                return S("Bij dit cijfer is hoger of lager niet vanzelf beter. Daarom wijzen wij geen gemeenten aan die het beter doen.");
        if (!v->own)
                return S("Zonder eigen cijfer is er niets te vergelijken.");
        if (v->field.method == BENCHMARK_NONE)
                return S("De aantallen achter dit cijfer zijn niet bekend. Dan is niet uit te rekenen of een verschil meer is dan toeval.");
        if (!v->field.is_known)
                return S("Er zijn te weinig gemeenten met een cijfer om te weten welk verschil gewoon is.");
        if (!v->field.differ)
                return S("Gemeenten verschillen op dit cijfer niet meer dan toeval. Niemand doet het aantoonbaar beter.");
        return S("");
}

static int highest_first(const void *x, const void *y) {
        const struct chart_row *p = x, *q = y;
        return p->y < q->y ? 1 : p->y > q->y ? -1 : 0;
}

static int lowest_first(const void *x, const void *y) {
        return highest_first(y, x);
}

static void chart(struct arena *a, struct rivals_view *v) {
        struct chart_row *row = arena_many(a, struct chart_row, v->rivals.n + 1);
        size_t n = 0;
        if (!v->own)
                return;
        row[n++] = (struct chart_row) { v->place.name, v->place.name, num_short(a, v->own->value, (int) v->i.decimals, v->i.unit), v->own->value, v->own_low, v->own_high,
                                        (double) NAN, true };
        for (size_t i = 0; i < v->rivals.n; i++) {
                const struct rival *r = &v->rivals.v[i];
                if (!r->in_group || !r->unit)
                        continue;
                struct str text = str_fmt(a, "%.*s%s", STR(r->value), r->verdict.is == BETTER_SURELY ? ", echt beter" : "");
                row[n++] = (struct chart_row) { r->name, text, num_short(a, r->unit->value, (int) v->i.decimals, v->i.unit), r->unit->value, r->low, r->high, (double) NAN, false };
        }
        qsort(row, n, sizeof *row, better_side(v->i.polarity) == SIDE_LOWER ? lowest_first : highest_first);
        v->has_chart = n > 1;
        v->interval = (struct chart_interval) { .row = row, .rows = n, .target = v->all.target, .target_label = S("alle gemeenten"), .now_label = v->period };
        v->frame = (struct chart) {
                .id = S("beter"), .title = S("Wie doet het echt beter?"), .message = v->better_message, .unit = v->i.unit, .decimals = (int) v->i.decimals,
                .fictitious = v->i.fictitious, .csv = str_fmt(a, "/benchleren/%.*s/%.*s.csv", STR(v->place.slug), STR(v->i.slug)),
                .how = S("Elke rij is een gemeente, met haar cijfer en de marge van 95%. Met weinig gevallen is de marge breed.\n"
                         "Echt beter betekent: de kans dat deze gemeente werkelijk gunstiger ligt dan de uwe is meer dan 90%. Die kans rekenen wij uit met alle "
                         "gemeenten samen, zodat een toevallige uitschieter bij een kleine gemeente niet meetelt.\n"
                         "Gemeenten die anders registreren, noemen wij nooit beter. Het verschil kan dan in het tellen zitten."),
                .source = str_fmt(a, "%.*s. Bron: %.*s.", STR(v->period), STR(v->i.source)),
        };
}

/* An organisation that works for this municipality, for which the visitor may invite. */
static enum err find_desk(struct req *rq, struct rivals_view *v) {
        struct organisation_at_list at;
        v->desk = S("");
        if (!rq->viewer.person_id)
                return OK;
        enum err e = organisations_at(rq->db, rq->arena, v->place.code, &at);
        for (size_t i = 0; e == OK && i < at.n && v->desk.n == 0; i++) {
                uint64_t rights = 0;
                e = viewer_rights_at(rq, at.v[i].id, &rights);
                if (rights & RIGHT_METHODS)
                        v->desk = at.v[i].slug;
        }
        return e;
}

enum err rivals_load(struct req *rq, struct str place, struct str indicator, const struct str *group, size_t n, struct rivals_view *v) {
        struct dictionary dictionary;
        bool found = false, known = false, compared = false;
        *v = (struct rivals_view) { 0 };
        enum err e = place_by_slug(rq->db, rq->arena, place, &v->place, &found);
        if (e == OK && found)
                e = indicator_by_slug(rq->db, rq->arena, indicator, &v->i, &known);
        if (e == OK && found && known)
                e = benchmark_dictionary(rq->db, rq->arena, &dictionary);
        if (e == OK && found && known)
                e = units_load(rq, &dictionary, v->i.code, &v->all, &compared);
        if (e == OK && !compared)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = places_all(rq->db, rq->arena, &v->places);
        if (e != OK)
                return e;
        int length, q = quarter_of_period(v->all.period, &length);
        v->period = quarter_span(rq->arena, q, q + length - 1);
        v->field = better_field(rq->arena, v->all.method, better_side(v->i.polarity) == SIDE_HIGHER, v->all.v, v->all.n);
        size_t own = units_find(&v->all, v->place.code);
        v->own_low = v->own_high = (double) NAN;
        if (own < v->all.n) {
                v->own = &v->all.v[own];
                v->own_low = v->all.low[own];
                v->own_high = v->all.high[own];
                v->proven = v->all.proven[own];
                v->is_worse = v->proven == (better_side(v->i.polarity) == SIDE_HIGHER ? -1 : 1);
        }
        if (better_side(v->i.polarity) == SIDE_NONE)
                v->field.is_known = false;
        e = group_load(rq, v, group, n);
        if (e == OK)
                e = methods_load(rq, v);
        if (e == OK)
                e = find_desk(rq, v);
        v->refusal = refusal(v);
        v->difference_message = difference_words(rq->arena, v);
        v->better_message = v->refusal.n ? v->refusal : better_words(rq->arena, v);
        chart(rq->arena, v);
        return e;
}
