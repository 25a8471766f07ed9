/* nation_view.c - a figure that is not compared: for the country only, or a breakdown. Its series, and its parts
 * side by side. */
#include <math.h>
#include "figures_view.h"
#include "network.h"
#include "number.h"

static bool has_year(const struct figures_view *v, int64_t year) {
        for (size_t i = 0; i < v->detail_years_n; i++)
                if (v->detail_years[i] == year)
                        return true;
        return false;
}

/* Columns for the years; quarters only when there is no year yet. */
static void years(struct arena *a, struct figures_view *v, const struct figure_point_list *l) {
        bool whole = false;
        v->detail_years = arena_many(a, int64_t, l->n);
        for (size_t i = 0; i < l->n; i++)
                whole |= !period_is_quarter(l->v[i].period);
        for (size_t i = 0; i < l->n; i++)
                if (!has_year(v, l->v[i].period) && (!whole || !period_is_quarter(l->v[i].period))) {
                        size_t k = v->detail_years_n++;
                        for (; k > 0 && v->detail_years[k - 1] > l->v[i].period; k--)
                                v->detail_years[k] = v->detail_years[k - 1];
                        v->detail_years[k] = l->v[i].period;
                }
        v->detail_names = arena_many(a, struct str, v->detail_years_n);
        for (size_t k = 0; k < v->detail_years_n; k++)
                v->detail_names[k] = period_name(a, v->detail_years[k]);
        if (v->c)
                return;
        v->year = v->detail_years[v->detail_years_n - 1];
        for (size_t i = 0, shown = 0; i < l->n; i++)
                if (!isnan(l->v[i].value) && has_year(v, l->v[i].period) && (!shown++ || l->v[i].period > v->year))
                        v->year = l->v[i].period;
}

static void table(struct arena *a, struct figures_view *v, const struct figure_point_list *l) {
        struct detail_row *row = NULL;
        for (size_t i = 0; i < l->n; i++) {
                const struct figure_point *f = &l->v[i];
                if (i == 0 || !str_eq(f->detail, l->v[i - 1].detail)) {
                        row = vec_push(a, &v->details);
                        *row = (struct detail_row) { f->detail.n ? f->detail : S("Totaal"),
                                                     arena_many(a, struct str, v->detail_years_n) };
                }
                for (size_t k = 0; k < v->detail_years_n; k++)
                        if (v->detail_years[k] == f->period && !isnan(f->value))
                                row->value[k] = num_unit(a, f->value, (int) v->i->decimals, v->i->unit);
        }
}

static bool has_own_sources(const struct figure_point_list *l) {
        for (size_t i = 0; i < l->n; i++)
                if (l->v[i].source.n)
                        return true;
        return false;
}

/* "NVVK, jaarverslag 2016: https://..." is a name and an address. */
static void set_source(struct sourced_row *row, struct str source) {
        size_t at = str_find(source, S("http"));
        row->source = str_trim(str_sub(source, 0, at));
        row->href = url_checked(str_sub(source, at, source.n));
        row->has_href = at < source.n;
        if (row->has_href && str_ends(row->source, S(":")))
                row->source.n--;
}

/* Each value with its source beside it, newest first. */
static void sourced_table(struct arena *a, struct figures_view *v, const struct figure_point_list *l) {
        for (size_t k = v->detail_years_n; k-- > 0;) {
                for (size_t i = 0; i < l->n; i++) {
                        const struct figure_point *f = &l->v[i];
                        if (f->period != v->detail_years[k] || isnan(f->value))
                                continue;
                        struct sourced_row *row = vec_push(a, &v->sourced);
                        row->period = period_name(a, f->period);
                        row->group = f->detail.n ? f->detail : S("Totaal");
                        row->value = num_unit(a, f->value, (int) v->i->decimals, v->i->unit);
                        set_source(row, f->source.n ? f->source : v->i->source);
                }
        }
}

/* The whole country over the years: columns when there are few, a line when there are more. */
static void series(struct arena *a, struct figures_view *v, const struct figure_point_list *l, size_t n) {
        struct chart_moment *m = arena_many(a, struct chart_moment, n);
        struct chart_bar *bar = arena_many(a, struct chart_bar, n);
        struct message_moment *moment = arena_many(a, struct message_moment, n);
        struct chart_line *line = arena_new(a, struct chart_line);
        for (size_t i = 0; i < n; i++) {
                const struct figure_point *f = &l->v[i];
                struct str text = num_unit(a, f->value, (int) v->i->decimals, v->i->unit);
                struct str name = period_name(a, f->period);
                m[i] = (struct chart_moment) { period_place(f->period), f->value, false, name, text };
                bar[i] = (struct chart_bar) { name, text, text, f->value, CHART_NATION };
                moment[i] = (struct message_moment) { .year = f->period, .value = f->value };
        }
        *line = (struct chart_line) { CHART_NATION, S("Nederland"), m, n };
        v->all_message = message_series(a, v->i->unit, (int) v->i->decimals, moment, n);
        v->nation_value = m[n - 1].text;
        v->has_trend = n > 4;
        v->has_bars = n <= 4;
        v->trend = (struct chart_trend) { .line = line, .lines = 1, .y_label = v->i->name };
        v->bars = (struct chart_bars) { .bar = bar, .bars = n, .upright = true };
}

/* The breakdowns of the newest year, largest first. */
static void breakdown(struct arena *a, struct figures_view *v, const struct figure_point_list *l) {
        struct chart_bar *bar = arena_many(a, struct chart_bar, l->n);
        size_t n = 0;
        for (size_t i = 0; i < l->n; i++) {
                const struct figure_point *f = &l->v[i];
                if (f->period != v->year || isnan(f->value) || f->detail.n == 0)
                        continue;
                struct str text = num_unit(a, f->value, (int) v->i->decimals, v->i->unit);
                size_t k = n++;
                for (; k > 0 && bar[k - 1].y < f->value; k--)
                        bar[k] = bar[k - 1];
                bar[k] = (struct chart_bar) { f->detail, text, text, f->value, CHART_NATION };
        }
        if (n == 0)
                return;
        v->has_bars = true;
        v->bars = (struct chart_bars) { .bar = bar, .bars = n };
        v->all_message = str_fmt(a, "In %.*s was dit in %.*s het hoogst bij ‘%.*s’: %.*s.", STR(period_phrase(a, v->year)),
                                 STR(v->detail_who), STR(bar[0].name),
                                 STR(bar[0].value));
}

/* The breakdowns of all municipalities with counts, added up. */
static enum err totals(struct req *rq, struct figures_view *v, struct figure_point_list *ret) {
        struct page_details_total_row_list rows;
        double scale = benchmark_scale(v->i->kind, v->i->unit);
        enum err e = page_details_total(rq->db, rq->arena, v->i->code, NETWORK_DIVISION, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct page_details_total_row *r = &rows.v[i];
                *vec_push(rq->arena, ret) = (struct figure_point) {
                        .period = r->period, .detail = r->detail, .value = scale * r->numerator / r->denominator,
                        .numerator = r->numerator, .denominator = r->denominator, .status = S("derived"),
                                .source = S("") };
                v->places.known = r->units > (int64_t) v->places.known ? (size_t) r->units : v->places.known;
        }
        return e;
}

/* What there is to show: the country's series, or the breakdowns of the chosen municipality or of all. */
static enum err points(struct req *rq, struct figures_view *v, struct figure_point_list *ret) {
        enum err e = national_series(rq->db, rq->arena, v->i->code, ret);
        v->detail_who = S("Nederland");
        if (e != OK || ret->n || str_eq(v->i->scope, S("national")))
                return e;
        if (v->own) {
                v->detail_who = v->own->name;
                return page_details_of(rq->db, rq->arena, v->i->code, v->own->code, NETWORK_DIVISION, ret);
        }
        v->detail_who = S("de gemeenten met een cijfer samen");
        return totals(rq, v, ret);
}

enum err figures_view_nation(struct req *rq, struct figures_view *v) {
        struct figure_point_list l = { 0 };
        size_t n = 0;
        if (v->c)
                return OK;
        enum err e = points(rq, v, &l);
        if (e == OK && l.n == 0 && v->own)
                v->own_message = str_fmt(rq->arena, "Voor %.*s is er geen cijfer.", STR(v->own->name));
        if (e != OK || l.n == 0)
                return e;
        years(rq->arena, v, &l);
        if (has_own_sources(&l))
                sourced_table(rq->arena, v, &l);
        else
                table(rq->arena, v, &l);
        v->period = period_text(rq->arena, v->i->period_kind, v->year);
        while (n < l.n && l.v[n].detail.n == 0)         /* ordered by breakdown: the total comes first */
                n++;
        if (n > 1)
                series(rq->arena, v, &l, n);
        else
                breakdown(rq->arena, v, &l);
        return OK;
}
