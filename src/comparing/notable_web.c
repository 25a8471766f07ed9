/* notable_web.c - asking for the mail, and the Atom feed of a municipality. */
#include "clock.h"
#include "comparing.sql.h"
#include "notable.h"
#include "page.h"
#include "xml.h"

#define FEED_RELEASES 4

enum err notable_follow_post(struct req *rq, struct resp *rs) {
        struct notable_base base;
        enum err e = notable_base_read(rq->db, rq->arena, &base);
        const struct municipality_current *place = e == OK ? compare_place(&base.places, req_text(rq, "gemeente")) : NULL;
        if (e == OK && !place)
                return ERR_NOT_FOUND;
        if (e == OK && str_eq(req_text(rq, "volgen"), S("nee")))
                e = figures_follow_delete(rq->db, rq->viewer.person_id, place->code);
        else if (e == OK)
                e = figures_follow_add(rq->db, rq->viewer.person_id, place->code, rq->now_ms,
                                       base.releases.n ? base.releases.v[0].id : 0);
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "/vergelijken?gemeente=%.*s#volgen", STR(place->slug))) : e;
}

static void link_to(struct xml *x, const char *rel, const char *type, struct str address) {
        xml_open(x, "link");
        xml_attr(x, "rel", str_of(rel));
        xml_attr(x, "type", str_of(type));
        xml_attr(x, "href", address);
        xml_close(x);
}

static struct str time_of(struct arena *a, int64_t ms) {
        char iso[CLOCK_ISO_MAX];
        clock_iso(ms, iso);
        return str_dup(a, str_of(iso));
}

static void entry(struct req *rq, struct xml *x, const struct municipality_current *place, const struct benchmark_release_info *r,
        const struct notable_list *list) {
        struct str page = page_address(rq, str_fmt(rq->arena, "/vergelijken?gemeente=%.*s", STR(place->slug)));
        struct str words = list->n ? S("") : S("Geen cijfer viel op.");
        for (size_t i = 0; i < list->n; i++)
                words = str_fmt(rq->arena, "%.*s%s%.*s: %.*s%s", STR(words), i ? " " : "", STR(list->v[i].entry->name), STR(list->v[i].words),
                                list->v[i].again ? " Dat was in de periode ervoor ook zo." : "");
        xml_open(x, "entry");
        xml_leaf(x, "title", str_fmt(rq->arena, "%s%.*s: uitgave %lld, tot en met het %.*s", r->fictitious ? "Fictief. " : "",
                                     STR(place->name), (long long) r->id, STR(period_name(rq->arena, r->through))));
        xml_leaf(x, "id", str_fmt(rq->arena, "%.*s&uitgave=%lld", STR(page), (long long) r->id));
        link_to(x, "alternate", "text/html", page);
        xml_leaf(x, "updated", time_of(rq->arena, r->made_at));
        xml_leaf(x, "summary", words);
        xml_close(x);
}

enum err notable_feed_get(struct req *rq, struct resp *rs) {
        struct notable_base base;
        struct xml x = xml_begin(&rs->body);
        enum err e = notable_base_read(rq->db, rq->arena, &base);
        const struct municipality_current *place = e == OK ? compare_place(&base.places, rq->param[0]) : NULL;
        if (e != OK || !place)
                return e != OK ? e : ERR_NOT_FOUND;
        struct str self = page_address(rq, str_fmt(rq->arena, "/vergelijken/feed/%.*s.atom", STR(place->slug)));
        xml_open(&x, "feed");
        xml_attr(&x, "xmlns", S("http://www.w3.org/2005/Atom"));
        xml_attr(&x, "xml:lang", S("nl"));
        xml_leaf(&x, "title", str_fmt(rq->arena, "Schouders: wat opvalt in de cijfers van %.*s", STR(place->name)));
        xml_leaf(&x, "id", self);
        link_to(&x, "self", "application/atom+xml", self);
        xml_leaf(&x, "updated", time_of(rq->arena, base.releases.n ? base.releases.v[0].made_at : rq->now_ms));
        xml_open(&x, "author");
        xml_leaf(&x, "name", S("Schouders"));
        xml_close(&x);
        for (size_t i = 0; e == OK && i < base.releases.n && i < FEED_RELEASES; i++) {
                struct notable_list list;
                e = notable_of(rq->db, rq->arena, &base.dictionary, &base.releases.v[i], place, &list);
                if (e == OK)
                        entry(rq, &x, place, &base.releases.v[i], &list);
        }
        xml_close(&x);
        rs->content_type = "application/atom+xml; charset=utf-8";
        return e == OK && rs->body.full ? ERR_LIMIT : e;
}
