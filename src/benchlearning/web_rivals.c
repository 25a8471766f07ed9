/* web_rivals.c - /benchleren, the page of a municipality, one figure of it, and pairs. */
#include <math.h>
#include "rivals.h"
#include "rivals.tmpl.h"
#include "csv.h"
#include "number.h"
#include "pairs.h"
#include "standings.h"

static enum err home_get(struct req *rq, struct resp *rs) {
        struct learn_home v = { 0 };
        struct role_held_list held = { 0 };
        enum err e = places_all(rq->db, rq->arena, &v.places);
        if (e == OK && rq->viewer.person_id)
                e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++) {
                const struct role_held *h = &held.v[i];
                const struct role *r = role_find(h->role);
                bool there = v.desks.n && str_eq(v.desks.v[v.desks.n - 1].slug, h->slug);
                if (r && (r->own | r->everywhere) & RIGHT_METHODS && h->granted_ms.is_set && h->organisation_id.is_set && !there)
                        *vec_push(rq->arena, &v.desks) = (struct learn_desk) { h->slug, h->organisation };
        }
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, S("Benchleren"));
        p.description = S("Leren van gemeenten die het echt beter doen.");
        learn_home_page(&p, &v);
        return page_done(&p);
}

static enum err choose_get(struct req *rq, struct resp *rs) {
        struct str slug = req_text(rq, "gemeente");
        return resp_redirect(rs, slug.n ? str_fmt(rq->arena, "/benchleren/%.*s", STR(slug)) : S("/benchleren"));
}

/* One figure of the municipality: proven to be better, or worse, or neither. */
static void add_difference(struct arena *a, const struct standings *s, size_t place, size_t figure, struct place_view *v) {
        const struct compared_all_row *c = &s->figures.v[figure];
        const struct standing_figure *of = &s->figure[figure];
        const struct standing *own = standing(s, place, figure);
        if (!own->known || !of->tested)
                return;
        v->tested++;
        if (!own->proven)
                return;
        int length, q = quarter_of_period(of->period, &length), good = better_side(c->polarity) == SIDE_HIGHER ? 1 : -1;
        struct difference_row row = { c, quarter_span(a, q, q + length - 1), num_unit(a, own->value, (int) c->decimals, c->unit), num_unit(a, of->target, (int) c->decimals, c->unit) };
        if (own->proven == good)
                *vec_push(a, &v->strong) = row;
        else
                *vec_push(a, &v->weak) = row;
}

static enum err place_get(struct req *rq, struct resp *rs) {
        struct place_view v = { 0 };
        struct standings *s = arena_new(rq->arena, struct standings);
        size_t place = 0;
        enum err e = standings_load(rq, s);
        if (e != OK)
                return e;
        while (place < s->places.n && !str_eq(s->places.v[place].slug, rq->param[0]))
                place++;
        if (place == s->places.n)
                return ERR_NOT_FOUND;
        v.place = s->places.v[place];
        for (size_t f = 0; f < s->figures.n; f++)
                add_difference(rq->arena, s, place, f, &v);
        struct page p = learn_page(rq, rs, str_fmt(rq->arena, "Van wie kan %.*s leren?", STR(v.place.name)));
        page_crumb(&p, v.place.name, rq->path);
        place_page(&p, &v);
        return page_done(&p);
}

/* The municipality, the figure and the group that the address names. */
static enum err rivals_asked(struct req *rq, struct rivals_view *v) {
        struct str *group;
        size_t n = req_many(rq, "groep", &group);
        return rivals_load(rq, rq->param[0], rq->param[1], group, n, v);
}

static enum err rivals_get(struct req *rq, struct resp *rs) {
        struct rivals_view *v = arena_new(rq->arena, struct rivals_view);
        enum err e = rivals_asked(rq, v);
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, str_fmt(rq->arena, "%.*s: wie doet het beter dan %.*s?", STR(v->i.name), STR(v->place.name)));
        page_crumb(&p, v->place.name, str_fmt(rq->arena, "/benchleren/%.*s", STR(v->place.slug)));
        page_crumb(&p, v->i.name, rq->path);
        rivals_page(&p, v);
        return page_done(&p);
}

static const char *const verdicts[] = { "niet te toetsen", "registreert anders", "niet beter", "misschien beter", "echt beter" };

static enum err rivals_csv_get(struct req *rq, struct resp *rs) {
        struct rivals_view *v = arena_new(rq->arena, struct rivals_view);
        enum err e = rivals_asked(rq, v);
        if (e != OK)
                return e;
        rs->content_type = "text/csv; charset=utf-8";
        rs->filename = str_fmt(rq->arena, "benchleren-%.*s-%.*s.csv", STR(v->place.slug), STR(v->i.slug));
        buf_str(&rs->body, S("code,gemeente,waarde,laag95,hoog95,kans_echt_beter,oordeel,afstand,fictief\r\n"));
        for (size_t i = 0; i < v->rivals.n; i++) {
                const struct rival *r = &v->rivals.v[i];
                if (!r->in_group)
                        continue;
                csv_field(&rs->body, r->code);
                buf_char(&rs->body, ',');
                csv_field(&rs->body, r->name);
                csv_number(&rs->body, r->unit ? r->unit->value : (double) NAN);
                csv_number(&rs->body, r->low);
                csv_number(&rs->body, r->high);
                csv_number(&rs->body, r->verdict.chance);
                buf_fmt(&rs->body, ",%s", verdicts[r->verdict.is]);
                csv_number(&rs->body, r->distance);
                buf_str(&rs->body, v->i.fictitious ? S(",ja\r\n") : S(",nee\r\n"));
        }
        return rs->body.full ? ERR_LIMIT : OK;
}

static enum err pairs_get(struct req *rq, struct resp *rs) {
        struct pairs_view v;
        enum err e = pairs_load(rq, req_text(rq, "gemeente"), &v);
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, S("Wie kan over en weer leren?"));
        page_crumb(&p, p.title, rq->path);
        pairs_page(&p, &v);
        return page_done(&p);
}

static const struct field place_field[] = { { .name = "gemeente", .type = FIELD_CODE, .max = 100 }, { 0 } };
static const struct field group_fields[] = { { .name = "groep", .type = FIELD_CODE, .max = 100, .many = true }, { 0 } };

const struct route benchlearning_rivals_routes[] = {
        { GET, "/benchleren", ACCESS_PUBLIC, home_get, NULL },
        { GET, "/benchleren/kies", ACCESS_PUBLIC, choose_get, place_field },
        { GET, "/benchleren/koppels", ACCESS_PUBLIC, pairs_get, place_field },
        { GET, "/benchleren/{gemeente}", ACCESS_PUBLIC, place_get, NULL },
        { GET, "/benchleren/{gemeente}/{cijfer}", ACCESS_PUBLIC, rivals_get, group_fields },
        { GET, "/benchleren/{gemeente}/{cijfer}.csv", ACCESS_PUBLIC, rivals_csv_get, group_fields },
        { 0 },
};
