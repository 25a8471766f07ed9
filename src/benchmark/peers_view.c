/* peers_view.c - the municipalities that look like the chosen one: who, why, and how their figure stands beside its
 * own. */
#include <math.h>
#include <stdlib.h>
#include "figures_view.h"
#include "network.h"
#include "number.h"

static struct place *place_of(struct figures_view *v, struct str code) {
        for (size_t i = 0; i < v->places.n; i++)
                if (str_eq(v->places.v[i].code, code))
                        return &v->places.v[i];
        return NULL;
}

static int by_value(const void *x, const void *y) {
        double a = *(const double *) x, b = *(const double *) y;
        return (a > b) - (a < b);
}

/* The middle of N values; sorts them. NaN without any. */
static double median(double *v, size_t n) {
        if (n == 0)
                return (double) NAN;
        qsort(v, n, sizeof *v, by_value);
        return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* The characteristics of one peer, in the form that peer_reasons takes: with the names of the municipality's own. */
static void traits_of(struct arena *a, const struct page_peer_traits_row_list *all, struct str region,
                      const struct characteristic_of_list *own, struct characteristic_of_list *ret) {
        *ret = (struct characteristic_of_list) { arena_many(a, struct characteristic_of, own->n), 0, own->n };
        for (size_t i = 0; i < all->n; i++) {
                if (!str_eq(all->v[i].region, region))
                        continue;
                for (size_t k = 0; k < own->n; k++)
                        if (str_eq(own->v[k].code, all->v[i].code) && ret->n < own->n) {
                                ret->v[ret->n] = own->v[k];
                                ret->v[ret->n].value = all->v[i].value;
                                ret->v[ret->n++].z = all->v[i].z;
                        }
        }
}

static double gap(const struct peer_reason *r) {
        return fabs(r->difference);
}

/* The two characteristics in which the two are closest, and the one that sets them apart most. */
static void reasons(struct arena *a, const struct characteristics_all_row_list *weights,
                    const struct characteristic_of_list *own,
                    const struct page_peer_traits_row_list *all, struct peer_row *row) {
        struct characteristic_of_list other;
        struct peer_reason_list list;
        const struct peer_reason *first = NULL, *second = NULL;
        traits_of(a, all, row->peer->code, own, &other);
        peer_reasons(a, weights, own, &other, &list);
        for (size_t i = 0; i < list.n; i++) {
                const struct peer_reason *r = &list.v[i];
                if (!first || gap(r) < gap(first)) {
                        second = first;
                        first = r;
                } else if (!second || gap(r) < gap(second)) {
                        second = r;
                }
        }
        if (first)
                row->alike = second ? TEXT(a, first->own->name, S(", "), second->own->name) : first->own->name;
        if (list.n > 2)
                row->differs = list.v[0].own->name;
}

/* One characteristic: the municipality's own value, and the lowest, middle and highest of its peers. */
static void trait_row(struct arena *a, const struct characteristic_of *own, const struct page_peer_traits_row_list *all,
                      struct figures_view *v) {
        double *values = arena_many(a, double, all->n);
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++)
                if (str_eq(all->v[i].code, own->code))
                        values[n++] = all->v[i].value;
        if (n == 0)
                return;
        double middle = median(values, n);
        int d = (int) own->decimals;
        *vec_push(a, &v->traits) = (struct trait_row) {
                own->name, num_unit(a, own->value, d, own->unit), num_unit(a, values[0], d, own->unit),
                num_unit(a, middle, d, own->unit), num_unit(a, values[n - 1], d, own->unit) };
}

static void peer_sentence(struct arena *a, struct figures_view *v) {
        int count[3] = { 0 };
        double *values = arena_many(a, double, v->peers.n);
        size_t n = 0, otherwise = 0;
        for (size_t i = 0; v->own->known && i < v->peers.n; i++) {
                const struct place *p = v->peers.v[i].place;
                if (!p || !p->known)
                        continue;
                if (p->otherwise) {
                        otherwise++;
                        continue;
                }
                values[n++] = p->figure;
                double power = pow(10, (double) v->i->decimals);
                double d = round(p->figure * power) - round(v->own->figure * power);
                count[d < 0 ? 0 : d > 0 ? 2 : 1]++;
        }
        if (v->own->known)
                v->peer_message = message_peers(a, count[0], count[1], count[2], (int) (v->peers.n - n));
        if (otherwise)
                v->peer_message = str_fmt(a, "%.*s %zu vergelijkbare %s anders en %s hierin niet mee.", STR(v->peer_message), otherwise,
                        otherwise == 1 ? "gemeente registreert" : "gemeenten registreren", otherwise == 1 ? "telt" : "tellen");
        if (n)
                v->peer_median = num_unit(a, median(values, n), (int) v->i->decimals, v->i->unit);
}

static enum err fill_peers(struct req *rq, struct figures_view *v) {
        struct arena *a = rq->arena;
        struct peers_of_row_list *peers = arena_new(a, struct peers_of_row_list);
        struct page_peer_traits_row_list traits;
        struct characteristics_all_row_list weights;
        struct characteristic_of_list own;
        struct str region = v->own->code;
        enum err e = peers_of(rq->db, a, region, peers);
        if (e == OK)
                e = page_peer_traits(rq->db, a, region, &traits);
        if (e == OK)
                e = characteristics_all(rq->db, a, &weights);
        if (e == OK)
                e = characteristics_of(rq->db, a, region, &own);
        if (e != OK)
                return e;
        for (size_t i = 0; i < peers->n; i++) {
                struct place *place = place_of(v, peers->v[i].code);
                struct peer_row *row = vec_push(a, &v->peers);
                *row = (struct peer_row) { .peer = &peers->v[i], .place = place };
                if (place)
                        place->peer = true;
                reasons(a, &weights, &own, &traits, row);
        }
        for (size_t i = 0; i < own.n && peers->n; i++)
                trait_row(a, &own.v[i], &traits, v);
        peer_sentence(a, v);
        return OK;
}

static struct message_moment moment_of(const struct figure_point *f) {
        return (struct message_moment) { f->period, f->value, f->numerator, f->denominator, false };
}

static const struct figure_point *point_of(const struct figure_point_list *l, int64_t year) {
        for (size_t i = 0; i < l->n; i++)
                if (l->v[i].period == year && !isnan(l->v[i].value))
                        return &l->v[i];
        return NULL;
}

static void own_status(struct figures_view *v, const struct figure_point_list *own) {
        v->own_status = v->own->known ? MESSAGE_FIGURE : MESSAGE_MISSING;
        for (size_t i = 0; !v->own->known && i < own->n; i++)
                if (own->v[i].period == v->year)
                        v->own_status = message_status_of(own->v[i].status, v->fictitious);
}

/* Years and quarters never stand in one line. */
static bool same_kind(const struct figures_view *v, int64_t period) {
        return period_is_quarter(period) == period_is_quarter(v->year);
}

/* The change since the comparison before the one shown, for the chosen municipality. */
static void fill_change(struct arena *a, struct figures_view *v, const struct figure_point_list *own) {
        int64_t before = 0;
        for (size_t i = 0; i < v->periods.n; i++)
                if (v->periods.v[i].period < v->year && same_kind(v, v->periods.v[i].period))
                        before = v->periods.v[i].period;
        const struct figure_point *then = point_of(own, before), *now = point_of(own, v->year);
        if (!then || !now)
                return;
        struct message_moment m[2] = { moment_of(then), moment_of(now) };
        v->change_message = message_change(a, v->i->unit, (int) v->i->decimals, &m[0], &m[1]);
}

static struct chart_moment chart_moment(struct arena *a, const struct figures_view *v, int64_t period, double value) {
        struct str text = isnan(value) ? S("") : num_unit(a, value, (int) v->i->decimals, v->i->unit);
        return (struct chart_moment) { period_place(period), value, false, period_name(a, period), text };
}

/* The middle of the peers in every year that one of them has a value. */
static enum err peer_line(struct req *rq, struct figures_view *v, struct chart_line *ret) {
        struct page_peer_values_row_list values;
        enum err e = page_peer_values(rq->db, rq->arena, v->i->code, v->own->code, NETWORK_DIVISION, &values);
        if (e != OK)
                return e;
        struct chart_moment *m = arena_many(rq->arena, struct chart_moment, values.n);
        double *year = arena_many(rq->arena, double, values.n);
        *ret = (struct chart_line) { CHART_PEER, S("vergelijkbaar (midden)"), m, 0 };
        for (size_t i = 0, n = 0; i < values.n; i++) {
                if (!same_kind(v, values.v[i].period))
                        continue;
                year[n++] = values.v[i].value;
                if (i + 1 < values.n && values.v[i + 1].period == values.v[i].period)
                        continue;
                m[ret->moments++] = chart_moment(rq->arena, v, values.v[i].period, median(year, n));
                n = 0;
        }
        return OK;
}

static struct chart_line own_line(struct arena *a, const struct figures_view *v, const struct figure_point_list *l) {
        struct chart_moment *m = arena_many(a, struct chart_moment, l->n);
        size_t n = 0;
        for (size_t i = 0; i < l->n; i++)
                if (same_kind(v, l->v[i].period))
                        m[n++] = chart_moment(a, v, l->v[i].period, l->v[i].value);
        return (struct chart_line) { CHART_OWN, v->own->name, m, n };
}

static struct chart_line nation_line(struct arena *a, const struct figures_view *v) {
        struct chart_moment *m = arena_many(a, struct chart_moment, v->periods.n);
        size_t n = 0;
        for (size_t i = 0; i < v->periods.n; i++) {
                const struct comparison *c = &v->periods.v[i];
                if (!same_kind(v, c->period))
                        continue;
                double value = isnan(c->total_denominator) ? (double) NAN : c->target;
                m[n++] = chart_moment(a, v, c->period, c->period == v->year ? v->nation : value);
        }
        return (struct chart_line) { CHART_NATION, v->partial ? S("gemiddeld") : S("Nederland"), m, n };
}

/* Lines only where three moments or more can be seen. */
enum err figures_view_peers(struct req *rq, struct figures_view *v) {
        struct figure_point_list own = { 0 };
        enum err e = OK;
        if (v->own)
                e = fill_peers(rq, v);
        if (v->own && e == OK)
                e = figure_trend(rq->db, rq->arena, v->i->code, v->own->code, S(""), NETWORK_DIVISION, &own);
        if (e != OK)
                return e;
        if (v->own) {
                own_status(v, &own);
                fill_change(rq->arena, v, &own);
        }
        struct chart_line *lines = arena_many(rq->arena, struct chart_line, 3);
        size_t n = 0;
        lines[n++] = nation_line(rq->arena, v);
        if (lines[0].moments < 3)
                return OK;
        if (v->own && v->peers.n)
                e = peer_line(rq, v, &lines[n++]);
        if (v->own)
                lines[n++] = own_line(rq->arena, v, &own);
        v->trend = (struct chart_trend) { .line = lines, .lines = n, .y_label = v->i->name };
        v->has_trend = true;
        return e;
}
