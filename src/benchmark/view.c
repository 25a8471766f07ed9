/* view.c - the page of one indicator: which year, which municipality, what it says. */
#include <math.h>
#include <string.h>
#include "figures_view.h"
#include "markdown.h"
#include "network.h"
#include "number.h"

struct str text_join(struct arena *a, const struct str *parts, size_t n) {
        size_t size = 0;
        for (size_t i = 0; i < n; i++)
                size += parts[i].n;
        char *p = arena_alloc(a, size + 1), *at = p;
        for (size_t i = 0; i < n; i++) {
                if (parts[i].n)
                        memcpy(at, parts[i].p, parts[i].n);
                at += parts[i].n;
        }
        return (struct str) { p, size };
}

struct str period_text(struct arena *a, struct str period_kind, int64_t period) {
        if (!period_is_quarter(period) && period_kind.n && period_kind.p[0] >= '0' && period_kind.p[0] <= '9')
                return str_fmt(a, "%.*s %lld", STR(period_kind), (long long) period);
        return period_name(a, period);
}

double nation_of(double published, double target, struct str target_from) {
        bool median = target_from.n == 0 || str_eq(target_from, S("median"));
        return !isnan(published) || median ? published : target;
}

struct str theme_title(struct str theme) {
        static const struct { struct str code, title; } titles[] = {
                { S_INIT("schulden"), S_INIT("Schulden") }, { S_INIT("vroegsignalering"), S_INIT("Vroegsignalering") },
                { S_INIT("hulp"), S_INIT("Hulp bij schulden") }, { S_INIT("inkomen"), S_INIT("Inkomen en "
                        "bestaanszekerheid") },
                { S_INIT("gemeente"), S_INIT("De gemeente en haar uitgaven") },
        };
        for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
                if (str_eq(titles[i].code, theme))
                        return titles[i].title;
        return theme;
}

static enum err fill_places(struct req *rq, struct figures_view *v) {
        enum err e = v->c ? places_of(rq->db, rq->arena, v->i->code, v->year, &v->places)
                          : places_unknown(rq->db, rq->arena, &v->places);
        if (e == OK)
                v->coverage = str_fmt(rq->arena, "%zu van %zu gemeenten", v->places.known, v->places.n);
        return e;
}

/* The municipality called SLUG; "" for none. */
static enum err choose_place(struct figures_view *v, struct str slug, struct str *why) {
        for (size_t i = 0; slug.n && i < v->places.n; i++) {
                if (!str_eq(v->places.v[i].slug, slug))
                        continue;
                v->places.v[i].own = true;
                v->own = &v->places.v[i];
        }
        *why = S("Deze gemeente staat niet in de lijst. Misschien is zij samengegaan met een andere gemeente. Kies "
                 "hieronder een onderdeel en zoek de gemeente van nu.");
        return slug.n && !v->own ? ERR_NOT_FOUND : OK;
}

static bool is_tested(const struct figures_view *v) {
        return benchmark_method_of(v->c->method) != BENCHMARK_NONE && !isnan(v->c->tau2);
}

/* The published value of the country in the year shown, if there is one. */
static enum err fill_nation(struct req *rq, struct figures_view *v) {
        struct figure_point point;
        bool found;
        enum err e = national_figure(rq->db, rq->arena, v->i->code, v->year, &point, &found);
        if (e != OK)
                return e;
        v->nation = nation_of(found ? point.value : (double) NAN, v->c->target, v->c->target_from);
        v->partial = !found && (v->places.n - v->places.known) * 100 > v->places.n;
        v->nation_value = isnan(v->nation) ? S("") : num_unit(rq->arena, v->nation, (int) v->i->decimals, v->i->unit);
        double cases = found ? point.denominator : v->c->total_denominator;
        if (!isnan(cases) && !isnan(v->nation) && is_tested(v))
                v->nation_cases = TEXT(rq->arena, S("van "), num_int(rq->arena, llround(cases)), S(" "), v->cases);
        return OK;
}

static void fill_messages(struct arena *a, struct figures_view *v) {
        int decimals = (int) v->i->decimals;
        struct message_all all = {
                .unit = v->i->unit, .decimals = decimals, .units = (int64_t) v->places.known, .partial = v->partial,
                .beyond = is_tested(v) ? v->c->outside_adjusted : -1, .national = v->nation,
                .p25 = v->quantile[2], .p75 = v->quantile[4],
        };
        v->all_message = message_all(a, &all);
        if (!v->own)
                return;
        struct message m = {
                .place = v->own->name, .unit = v->i->unit, .decimals = decimals,
                        .polarity = message_polarity_of(v->i->polarity),
                .status = v->own_status,
                .value = v->own->figure, .national = v->nation, .partial = v->partial,
                        .tested = v->own->tested,
                .class_exact = v->own->class_exact, .class_adjusted = v->own->class_adjusted,
                .p25 = v->quantile[2], .p75 = v->quantile[4],
        };
        v->own_message = message_place(a, &m);
}

static void fill_quantiles(struct arena *a, struct figures_view *v) {
        static const struct str names[7] = {
                S_INIT("Laagste"), S_INIT("Een op de tien zit onder"), S_INIT("Een kwart zit onder"), S_INIT("De "
                        "helft zit onder"),
                S_INIT("Een kwart zit boven"), S_INIT("Een op de tien zit boven"), S_INIT("Hoogste"),
        };
        for (size_t i = 0; i < 7; i++)
                *vec_push(a, &v->quantiles) = (struct quantile_row) {
                        names[i], num_short(a, v->quantile[i], (int) v->i->decimals, v->i->unit) };
}

/* The comparison of YEAR, or of the newest year for 0. */
static enum err choose_year(struct arena *a, struct figures_view *v, int64_t year, struct str *why) {
        for (size_t i = 0; i < v->periods.n; i++)
                if (year == 0 || v->periods.v[i].period == year)
                        v->c = &v->periods.v[i];
        *why = S("Van deze periode is er geen cijfer. Kies op de pagina van het cijfer een andere periode.");
        if (!v->c)
                return ERR_NOT_FOUND;
        v->year = v->c->period;
        v->year_name = period_name(a, v->year);
        v->period_options = arena_array(a, v->periods.n, sizeof *v->period_options);
        for (size_t i = 0; i < v->periods.n; i++) {
                v->period_options[i].code = period_code(a, v->periods.v[i].period);
                v->period_options[i].name = period_name(a, v->periods.v[i].period);
        }
        benchmark_quantiles_read(v->c->quantiles, v->quantile);
        return OK;
}

static enum err fill_municipal(struct req *rq, int64_t year, struct str slug, struct figures_view *v, struct str *why) {
        enum err e = choose_year(rq->arena, v, year, why);
        if (e == OK)
                e = fill_places(rq, v);
        if (e == OK)
                e = choose_place(v, slug, why);
        if (e == OK)
                e = fill_nation(rq, v);
        if (e != OK)
                return e;
        v->period = period_text(rq->arena, v->i->period_kind, v->year);
        fill_quantiles(rq->arena, v);
        e = figures_view_choices(rq, v);
        if (e == OK)
                e = figures_view_peers(rq, v);
        if (e == OK)
                fill_messages(rq->arena, v);
        return e;
}

/* A breakdown: nothing to compare with, but every municipality can be chosen. */
static enum err fill_uncompared(struct req *rq, struct str slug, struct figures_view *v, struct str *why) {
        enum err e = fill_places(rq, v);
        return e == OK ? choose_place(v, slug, why) : e;
}

static enum err not_here(struct str *why) {
        *why = S("Dit cijfer bestaat alleen voor heel Nederland. Kies bij Cijfers het cijfer zelf.");
        return ERR_NOT_FOUND;
}

struct str plain_words(struct arena *a, struct str markdown) {
        for (size_t i = 0; i < markdown.n; i++)
                if (markdown.p[i] == '*' || markdown.p[i] == '[' || markdown.p[i] == '`' || markdown.p[i] == '_')
                        return markdown_plain(a, markdown);
        return markdown;
}

enum err figures_view_fill(struct req *rq, const struct indicator *i, int64_t year, struct str slug,
                           struct figures_view *v,
                           struct str *why) {
        *v = (struct figures_view) { .i = i, .fictitious = i->fictitious != 0, .nation = (double) NAN };
        v->address = str_fmt(rq->arena, "/cijfers/%.*s", STR(i->slug));
        if (!str_eq(i->unit, S("procent")) && !str_eq(i->unit, S("euro")) && !str_eq(i->unit, S("aantal")))
                v->unit_words = TEXT(rq->arena, i->unit, S(", "));
        v->cases = str_starts(i->denominator_text, S("alle ")) ? str_sub(i->denominator_text, 5, i->denominator_text.n)
                                                               : i->denominator_text;
        v->definition = plain_words(rq->arena, i->definition);
        v->csv = str_fmt(rq->arena, "/cijfers/%.*s.csv", STR(i->slug));
        enum err e = comparisons_of(rq->db, rq->arena, i->code, &v->periods);
        if (e == OK && v->periods.n)
                e = fill_municipal(rq, year, slug, v, why);
        else if (e == OK && str_eq(i->scope, S("municipality")))
                e = fill_uncompared(rq, slug, v, why);
        else if (e == OK && (slug.n || year))
                e = not_here(why);
        if (e == OK)
                e = figures_view_nation(rq, v);
        if (e == OK)
                e = knowledge_for_indicator(rq->db, rq->arena, i->code, i->phase, 6, &v->ideas);
        if (e == OK)
                figures_view_charts(rq->arena, v);
        return e;
}
