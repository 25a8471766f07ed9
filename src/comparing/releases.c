/* releases.c - what was published when, and what changed since the release before. */
#include <math.h>
#include "comparing.sql.h"
#include "number.h"
#include "view.h"

#define REVISIONS_SHOWN 500

static struct str value_words(struct arena *a, const struct dictionary_entry *e, double v) {
        return isnan(v) ? S("geen cijfer") : num_short(a, v, (int) e->decimals, e->unit);
}

static enum err revisions(struct req *rq, struct releases_view *v, enum benchmark_audience who) {
        struct benchmark_revision_list l = { 0 };
        struct places places = { 0 };
        struct dictionary d = { 0 };
        enum err e = benchmark_revisions(rq->db, rq->arena, v->chosen.id, who, &l);
        if (e == OK)
                e = benchmark_dictionary(rq->db, rq->arena, &d);
        if (e == OK)
                e = compare_places_read(rq->db, rq->arena, &places);
        v->cut = l.n > REVISIONS_SHOWN;
        for (size_t i = 0; e == OK && i < l.n && i < REVISIONS_SHOWN; i++) {
                const struct benchmark_revision *r = &l.v[i];
                const struct dictionary_entry *entry = dictionary_find(&d, r->indicator);
                const struct municipality_current *m = compare_place_of(&places, r->region);
                if (!entry)
                        continue;
                struct str part = r->detail.n ? str_fmt(rq->arena, "%.*s (%.*s)", STR(entry->name), STR(r->detail)) : entry->name;
                *vec_push(rq->arena, &v->revisions) = (struct revision_row) { part,
                        str_fmt(rq->arena, "/vergelijken/%.*s?periode=%.*s", STR(entry->slug), STR(period_code(rq->arena, r->period))),
                        period_name(rq->arena, r->period), m ? m->name : r->region, value_words(rq->arena, entry, r->before),
                        value_words(rq->arena, entry, r->after) };
        }
        return e;
}

/* Above a quarter of a standard deviation it is a difference that matters (Imbens and Rubin 2015). */
#define MATTERS 0.25

static enum err selection(struct req *rq, struct releases_view *v) {
        struct selection_of_row_list rows;
        enum err e = selection_of(rq->db, rq->arena, v->chosen.id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct selection_of_row *r = &rows.v[i];
                struct str words = isnan(r->difference) ? S("allen doen mee") : fabs(r->difference) <= MATTERS ? S("ongeveer gelijk")
                        : r->difference > 0 ? S("hoger bij deelnemers") : S("lager bij deelnemers");
                *vec_push(rq->arena, &v->selection) = (struct selection_row) { r->name,
                        num_unit(rq->arena, r->participants, (int) r->decimals, r->unit),
                        isnan(r->others) ? S("") : num_unit(rq->arena, r->others, (int) r->decimals, r->unit), words };
        }
        return e;
}

enum err releases_fill(struct req *rq, struct releases_view *v, struct str *why) {
        int64_t asked = req_integer(rq, "uitgave", 0);
        enum benchmark_audience who;
        enum err e = compare_audience(rq, &who);
        if (e == OK)
                e = benchmark_releases(rq->db, rq->arena, &v->all);
        for (size_t i = v->all.n; e == OK && i > 0; i--)
                if (asked == 0 || v->all.v[i - 1].id == asked)
                        v->chosen = v->all.v[i - 1];
        if (e == OK && asked && !v->chosen.id) {
                *why = S("Deze uitgave bestaat niet. Kies er een uit de lijst.");
                return ERR_NOT_FOUND;
        }
        if (e == OK && v->chosen.id)
                e = selection(rq, v);
        return e == OK && v->chosen.id ? revisions(rq, v, who) : e;
}
