/* words.c - what a result says, in Dutch. From the same struct as the charts, tables and files. */
#include <math.h>
#include "number.h"
#include "view.h"

double compare_time(int64_t period) {
        int quarter = period_quarter(period);
        return (double) period_year(period) + (quarter ? (quarter - 1) / 4.0 : 0);
}

static struct str unit(struct arena *a, const struct dictionary_entry *e, double value) {
        return num_unit(a, value, (int) e->decimals, e->unit);
}

struct str compare_value(struct arena *a, const struct dictionary_entry *e, const struct result *r) {
        if (!r)
                return S("doet niet mee");
        switch (r->status) {
        case RESULT_EXACT: return num_short(a, r->value, (int) e->decimals, e->unit);
        case RESULT_HIDDEN: return S("niet getoond");
        case RESULT_FEW_QUARTERS: return str_fmt(a, "%d van 4 kwartalen", r->quarters);
        default: return r->state == BENCHMARK_DELIVERED ? S("geen gevallen") : str_of(benchmark_state_name(r->state));
        }
}

struct str compare_margin(struct arena *a, const struct dictionary_entry *e, double low, double high) {
        if (isnan(low) || isnan(high))
                return S("");
        return str_fmt(a, "%.*s tot %.*s", STR(num_short(a, low, (int) e->decimals, e->unit)),
                       STR(num_short(a, high, (int) e->decimals, e->unit)));
}

struct str compare_notice(const struct result *r) {
        bool more = r->class_exact > 0;
        if (r->status != RESULT_EXACT || isnan(r->p))
                return S("");
        if (r->notice == RESULT_NOTABLE_CORRECTED)
                return more ? S("opvallend hoger, ook na correctie") : S("opvallend lager, ook na correctie");
        if (r->notice == RESULT_NOTABLE)
                return more ? S("opvallend hoger") : S("opvallend lager");
        return S("niet opvallend");
}

/* Why there is no figure. */
static struct str words_none(struct arena *a, struct str name, const struct cell *c, const struct result *r) {
        if (!r)
                return str_fmt(a, "%.*s doet niet mee aan deze benchmark. Daarom is er geen cijfer.", STR(name));
        if (r->status == RESULT_HIDDEN)
                return str_fmt(a, "Het cijfer van %.*s tonen wij niet: het gaat om te weinig mensen. Zo blijft niemand herkenbaar.",
                               STR(name));
        if (r->status == RESULT_FEW_QUARTERS)
                return str_fmt(a, "%.*s leverde %d van de 4 kwartalen. Wij rekenen de rest er niet bij: van dit jaar is er geen cijfer.",
                               STR(name), r->quarters);
        if (r->state == BENCHMARK_DELIVERED)
                return str_fmt(a, "%.*s had in deze periode geen gevallen. Daarom is er geen cijfer.", STR(name));
        if (r->state == BENCHMARK_NOT_YET)
                return str_fmt(a, "%.*s leverde dit cijfer nog niet. Dat kan tot en met %.*s.", STR(name),
                               STR(period_due(a, c->period)));
        if (r->state == BENCHMARK_MISSING)
                return str_fmt(a, "Het cijfer van %.*s ontbreekt: het is niet op tijd geleverd.", STR(name));
        return str_fmt(a, "%.*s deed in deze periode niet mee.", STR(name));
}

/* Is it more than chance, and does that survive the number of comparisons? */
static struct str verdict(const struct result *r) {
        bool more = r->class_exact > 0;
        if (isnan(r->p))
                return S("Of dat verschil meer is dan toeval, kunnen wij bij dit cijfer niet uitrekenen.");
        if (r->class_exact == 0)
                return S("Dat verschil kan toeval zijn.");
        if (r->notice != RESULT_USUAL && r->class_adjusted == 0)
                return more ? S("Dat is hoger dan toeval verklaart. Het past wel in het gewone verschil tussen gemeenten.")
                            : S("Dat is lager dan toeval verklaart. Het past wel in het gewone verschil tussen gemeenten.");
        if (r->notice == RESULT_NOTABLE_CORRECTED)
                return more ? S("Dat is opvallend hoger, ook als wij rekening houden met het grote aantal vergelijkingen.")
                            : S("Dat is opvallend lager, ook als wij rekening houden met het grote aantal vergelijkingen.");
        if (r->notice == RESULT_NOTABLE)
                return more ? S("Dat is opvallend hoger. Bij zoveel vergelijkingen tegelijk kan ook zo'n verschil toeval zijn.")
                            : S("Dat is opvallend lager. Bij zoveel vergelijkingen tegelijk kan ook zo'n verschil toeval zijn.");
        return more ? S("Dat is hoger, maar niet opvallend: 1 op de 20 gemeenten wijkt door toeval al zo ver af.")
                    : S("Dat is lager, maar niet opvallend: 1 op de 20 gemeenten wijkt door toeval al zo ver af.");
}

/* Whose figure the target is. */
static const char *whom(const struct cell *c) {
        return !c->target_from_counts ? "in het midden" : isnan(c->total_numerator) ? "met een cijfer dat te zien is samen" : "samen";
}

struct str compare_words(struct arena *a, const struct dictionary_entry *e, struct str name, const struct cell *c, const struct result *r) {
        if (!r || r->status != RESULT_EXACT)
                return words_none(a, name, c, r);
        struct str margin = compare_margin(a, e, r->low95, r->high95);
        struct str words = str_fmt(a, "In %.*s is dit %.*s%s%.*s%s. Bij alle deelnemers %s is het %.*s.", STR(name),
                                   STR(unit(a, e, r->value)), margin.n ? " (marge van 95%: " : "", STR(margin), margin.n ? ")" : "",
                                   whom(c), STR(unit(a, e, c->target)));
        return str_fmt(a, "%.*s %.*s", STR(words), STR(verdict(r)));
}

struct str compare_words_all(struct arena *a, const struct dictionary_entry *e, const struct cell *c) {
        struct str words = str_fmt(a, "Bij alle deelnemers %s is dit %.*s.", whom(c),
                                   STR(unit(a, e, c->target)));
        if (!isnan(c->quantile[2]))
                words = str_fmt(a, "%.*s De helft van hen ligt tussen %.*s en %.*s.", STR(words), STR(unit(a, e, c->quantile[2])),
                                STR(unit(a, e, c->quantile[4])));
        return str_fmt(a, "%.*s %lld van de %lld deelnemers leverden dit cijfer; daar woont %.*s van alle inwoners.", STR(words),
                       (long long) c->delivered, (long long) c->participants, STR(num_share(a, c->inhabitants, 0)));
}

struct str compare_words_field(struct arena *a, const struct compare_view *v) {
        const struct moment *first = v->moments ? &v->moment[0] : NULL, *last = v->moments ? &v->moment[v->moments - 1] : NULL;
        if (v->moments < 2)
                return S("Er is nog maar één periode.");
        if (isnan(first->panel) || isnan(last->panel))
                return str_fmt(a, "Bij alle deelnemers samen ging dit van %.*s naar %.*s. De groep veranderde in die tijd ook.",
                               STR(unit(a, v->entry, first->all)), STR(unit(a, v->entry, last->all)));
        return str_fmt(a, "Bij alle deelnemers samen ging dit van %.*s naar %.*s. Bij wie er steeds bij was, ging het van %.*s naar %.*s.",
                       STR(unit(a, v->entry, first->all)), STR(unit(a, v->entry, last->all)), STR(unit(a, v->entry, first->panel)),
                       STR(unit(a, v->entry, last->panel)));
}

struct str compare_words_course(struct arena *a, const struct series *s) {
        size_t outside = 0, pattern = 0;
        for (size_t i = 0; i < s->n; i++) {
                bool beyond = s->point[i].signal == STATS_SIGNAL_ABOVE || s->point[i].signal == STATS_SIGNAL_BELOW;
                outside += beyond ? 1 : 0;
                pattern += !beyond && (s->point[i].signal != STATS_SIGNAL_NONE || s->point[i].alert) ? 1 : 0;
        }
        struct str trend = s->trend == STATS_MARKER_UP ? S(" De laatste vijf kwartalen gaan omhoog.")
                : s->trend == STATS_MARKER_DOWN ? S(" De laatste vijf kwartalen gaan omlaag.") : S("");
        if (s->chart == SERIES_RUN)
                return str_fmt(a, "De aantallen zijn te klein voor grenzen. Wij kijken alleen naar het patroon.%.*s", STR(trend));
        if (outside == 0 && pattern == 0)
                return str_fmt(a, "Het cijfer schommelt, maar niet meer dan gewoon.%.*s", STR(trend));
        struct str words = outside ? str_fmt(a, "%zu %s buiten de grenzen van gewone schommeling.", outside,
                                             outside == 1 ? "kwartaal ligt" : "kwartalen liggen") : S("");
        if (pattern)
                words = str_fmt(a, "%.*s%s%zu %s bij een patroon dat toeval zelden maakt.", STR(words), words.n ? " " : "", pattern,
                                pattern == 1 ? "kwartaal hoort" : "kwartalen horen");
        return str_fmt(a, "%.*s%.*s", STR(words), STR(trend));
}

struct str compare_words_group(struct arena *a, const struct compare_view *v) {
        const struct group *g = &v->group;
        struct str names = g->kind == GROUP_LIKE ? str_fmt(a, "gemeenten die het meest op %.*s lijken", STR(v->own->name))
                         : g->kind == GROUP_PROVINCE ? str_fmt(a, "andere gemeenten in %.*s", STR(v->own->province))
                                                     : S("gemeenten die u zelf koos");
        struct str words = str_fmt(a, "Van de %zu %.*s hebben er %zu een cijfer.", g->n, STR(names), g->shown);
        if (g->counted)
                words = str_fmt(a, "%.*s Daarvan %s %zu anders: of een verschil met hen echt is, valt niet te zeggen.", STR(words),
                                g->counted == 1 ? "telt er" : "tellen er", g->counted);
        return words;
}
