/* choose.c - what the address of a comparison asks for: indicator, period, municipality. */
#include "network.h"
#include "number.h"
#include "people.h"
#include "view.h"

enum err compare_places_read(struct db *db, struct arena *a, struct places *ret) {
        struct municipality_current_list all = { 0 };
        int64_t year = 0;
        enum err e = network_current_year(db, a, &year);
        if (e == OK)
                e = municipalities_current(db, a, year, &all);
        *ret = (struct places) { .v = all.v, .n = all.n };
        for (size_t i = 0; e == OK && i < all.n; i++)
                map_put(a, &ret->by_code, all.v[i].code, &all.v[i]);
        return e;
}

const struct municipality_current *compare_place(const struct places *l, struct str slug) {
        for (size_t i = 0; i < l->n; i++)
                if (str_eq(l->v[i].slug, slug))
                        return &l->v[i];
        return NULL;
}

const struct municipality_current *compare_place_of(const struct places *l, struct str code) {
        return map_get(&l->by_code, code);
}

enum err compare_audience(struct req *rq, enum benchmark_audience *ret) {
        struct viewer_place_list places;
        struct participant_list taking_part = { 0 };
        const struct site *site = rq->app;
        *ret = viewer_may(rq, RIGHT_COMMITTEE) ? BENCHMARK_MEMBER : BENCHMARK_PUBLIC;
        if (*ret == BENCHMARK_MEMBER || !rq->viewer.person_id)
                return OK;
        enum err e = viewer_places(rq, &places);
        if (e == OK && places.n)
                e = benchmark_participants(rq->db, rq->arena, site->is_demo, &taking_part);
        for (size_t i = 0; e == OK && i < places.n; i++)
                for (size_t k = 0; k < taking_part.n; k++)
                        if (str_eq(taking_part.v[k].region, places.v[i]) && !taking_part.v[k].until)
                                *ret = BENCHMARK_MEMBER;
        return e;
}

enum err compare_begin(struct req *rq, enum benchmark_audience *who, struct benchmark_release_info *release, struct places *places,
                       const struct municipality_current **own, struct str *why) {
        struct str slug = req_text(rq, "gemeente");
        enum err e = compare_audience(rq, who);
        if (e == OK)
                e = benchmark_release_newest(rq->db, rq->arena, release);
        if (e == OK)
                e = compare_places_read(rq->db, rq->arena, places);
        *own = e == OK && slug.n ? compare_place(places, slug) : NULL;
        if (e != OK || !slug.n || *own)
                return e;
        *why = S("Deze gemeente kennen wij niet. Kies een gemeente uit de lijst.");
        return ERR_NOT_FOUND;
}

struct str compare_whole(const struct dictionary_entry *e) {
        size_t n;
        const struct str *details = dictionary_details(e->code, &n);
        return n ? details[0] : S("");
}

int64_t compare_newest(const struct dictionary_entry *e, int64_t through) {
        if (e->delivery == DICTIONARY_BY_QUARTER)
                return through;
        return period_quarter(through) == 4 ? period_year(through) : period_year(through) - 1;
}

static enum err choose_entry(struct req *rq, struct compare_view *v) {
        struct dictionary *d = arena_new(rq->arena, struct dictionary);
        bool found = false;
        enum err e = benchmark_dictionary(rq->db, rq->arena, d);
        for (size_t i = 0; e == OK && i < d->n; i++)
                if (str_eq(d->v[i].slug, rq->param[0]))
                        v->entry = &d->v[i];
        if (e == OK && !v->entry)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = indicator_by_code(rq->db, rq->arena, v->entry->code, &v->about, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

/* The part of a breakdown; the first one when it has no whole. */
static enum err choose_detail(struct req *rq, struct compare_view *v) {
        struct str asked = req_text(rq, "deel");
        v->details = dictionary_details(v->entry->code, &v->details_n);
        v->detail = compare_whole(v->entry);
        for (size_t i = 0; i < v->details_n; i++)
                if (str_eq(v->details[i], asked))
                        v->detail = asked;
        return asked.n && !str_eq(v->detail, asked) ? ERR_NOT_FOUND : OK;
}

static enum err read_cell(struct req *rq, const struct compare_view *v, int64_t period, const struct cell **ret) {
        struct cell *c = arena_new(rq->arena, struct cell);
        bool found = false;
        enum err e = benchmark_cell(rq->db, rq->arena, 0, v->who, v->entry->code, v->detail, period, c, &found);
        *ret = e == OK && found ? c : NULL;
        return e;
}

enum err compare_choose(struct req *rq, struct compare_view *v, int64_t *period, struct str *why) {
        struct str asked = req_text(rq, "periode");
        *period = 0;
        enum err e = choose_entry(rq, v);
        if (e == OK)
                e = choose_detail(rq, v);
        if (e == OK)
                e = compare_begin(rq, &v->who, &v->release, &v->places, &v->own, why);
        if (e != OK)
                return e;
        if (asked.n && !period_read(asked, period)) {
                *why = S("Deze periode kennen wij niet. Kies een periode uit de lijst, zoals 2025 of 2025-Q3.");
                return ERR_NOT_FOUND;
        }
        v->years = *period ? !period_is_quarter(*period) : v->entry->delivery == DICTIONARY_BY_YEAR;
        return OK;
}

/* The cell of PERIOD, or of the newest one, and its course. */
static enum err choose_cell(struct req *rq, struct compare_view *v, int64_t period, struct str *why) {
        int64_t chosen = 0;
        enum err e = compare_course(rq, v);
        for (size_t i = 0; e == OK && i < v->moments; i++)
                if (period == 0 || v->moment[i].period == period)
                        chosen = v->moment[i].period;
        if (e == OK && !chosen && (period || v->moments)) {
                *why = S("Over deze periode is nog niets uitgegeven. Kies een andere periode.");
                return ERR_NOT_FOUND;
        }
        if (e == OK && chosen)
                e = read_cell(rq, v, chosen, &v->cell);
        return e == OK && chosen ? read_cell(rq, v, period_add(chosen, v->years ? -1 : -4), &v->earlier) : e;
}

static void list_periods(struct arena *a, struct compare_view *v) {
        for (size_t i = v->moments; i > 0; i--) {
                int64_t period = v->moment[i - 1].period;
                *vec_push(a, &v->periods) = (struct period_option) { period_code(a, period), period_name(a, period),
                        v->cell && v->cell->period == period };
        }
}

enum err compare_fill(struct req *rq, struct compare_view *v, struct str *why) {
        int64_t period;
        enum err e = compare_choose(rq, v, &period, why);
        if (e == OK)
                e = choose_cell(rq, v, period, why);
        if (e != OK)
                return e;
        list_periods(rq->arena, v);
        v->mine = v->own && v->cell ? benchmark_result(v->cell, v->own->code) : NULL;
        v->period = v->cell ? period_name(rq->arena, v->cell->period) : S("");
        v->address = str_fmt(rq->arena, "/vergelijken/%.*s", STR(v->entry->slug));
        v->csv = str_fmt(rq->arena, "%.*s.csv", STR(v->address));
        return OK;
}
