/* notable_web.c - asking for the mail, and the Atom feed of a municipality. */
#include "atom.h"
#include "comparing.sql.h"
#include "notable.h"
#include "page.h"

#define FEED_RELEASES 4

static struct str page_of(struct arena *a, const struct municipality_current *place) {
        return str_fmt(a, "/vergelijken?gemeente=%.*s", STR(place->slug));
}

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
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "%.*s#volgen", STR(page_of(rq->arena, place)))) : e;
}

static void entry(struct req *rq, struct xml *x, const struct municipality_current *place, const struct benchmark_release_info *r,
        const struct notable_list *list) {
        struct str path = page_of(rq->arena, place), words = list->n ? S("") : S("Geen cijfer viel op.");
        for (size_t i = 0; i < list->n; i++)
                words = str_fmt(rq->arena, "%.*s%s%.*s: %.*s%s", STR(words), i ? " " : "", STR(list->v[i].entry->name), STR(list->v[i].words),
                                list->v[i].again ? " Dat was in de periode ervoor ook zo." : "");
        atom_entry(rq, x, &(struct atom_entry) {
                .title = str_fmt(rq->arena, "%s%.*s: uitgave %lld, tot en met het %.*s", r->fictitious ? "Fictief. " : "", STR(place->name),
                                 (long long) r->id, STR(period_name(rq->arena, r->through))),
                .id = str_fmt(rq->arena, "%.*s&uitgave=%lld", STR(page_address(rq, path)), (long long) r->id), .path = path,
                .updated = atom_time(rq->arena, r->made_at), .summary = words });
}

enum err notable_feed_get(struct req *rq, struct resp *rs) {
        struct notable_base base;
        enum err e = notable_base_read(rq->db, rq->arena, &base);
        const struct municipality_current *place = e == OK ? compare_place(&base.places, rq->param[0]) : NULL;
        if (e != OK || !place)
                return e != OK ? e : ERR_NOT_FOUND;
        struct xml x = atom_begin(rq, rs, &(struct atom_feed) {
                .title = str_fmt(rq->arena, "Schouders: wat opvalt in de cijfers van %.*s", STR(place->name)),
                .path = str_fmt(rq->arena, "/vergelijken/feed/%.*s.atom", STR(place->slug)), .page = page_of(rq->arena, place),
                .updated = atom_time(rq->arena, base.releases.n ? base.releases.v[0].made_at : rq->now_ms) });
        for (size_t i = 0; e == OK && i < base.releases.n && i < FEED_RELEASES; i++) {
                struct notable_list list;
                e = notable_of(rq->db, rq->arena, &base.dictionary, &base.releases.v[i], place, &list);
                if (e == OK)
                        entry(rq, &x, place, &base.releases.v[i], &list);
        }
        return e == OK ? atom_end(rs, &x) : e;
}
