/* demo.c - fictitious working methods and waves for a demonstration: marked so on every page, and told so in every text. */
#include <math.h>
#include "rivals.h"

#define DEMO_METHODS 2
/* Approaches that some municipalities of the demonstration "use", from the quarters in turn. */
static const struct { const char *slug; int every, first, step; } methods[DEMO_METHODS] = {
        { "vroeg-eropaf", 3, 2023 * 4, 2 }, { "budgetcoaching", 4, 2023 * 4 + 2, 1 },
};
/* Where the programme "started", wave by wave. */
static const struct { int wave, places, starts; } waves[] = { { 1, 4, 2023 * 4 }, { 2, 8, 2024 * 4 }, { 3, 10, 2025 * 4 } };

static enum err demo_use(struct req *rq, struct str place, const struct method_item_row *item, int starts, int turn) {
        static const char *const extents[] = { "proef", "deel", "iedereen" };
        int64_t id;
        struct use_new n = {
                .municipality = place, .item_id = item->id, .starts = starts, .extent = str_of(extents[turn % 3]), .contact = S("coördinator schuldhulp (fictief)"),
                .adapted = turn % 3 ? S("") : S("Fictief: alleen in twee wijken."), .is_demo = true,
                .once = str_fmt(rq->arena, "demo-%.*s-%.*s", STR(item->slug), STR(place)),
        };
        if (turn % 2)
                n.cost = opt_i64(40000 + 5000 * turn);
        enum err e = use_record(rq, &n, &id);
        return e == ERR_CONFLICT ? OK : e;
}

static enum err demo_methods(struct req *rq, const struct demo_places_row_list *places) {
        enum err e = OK;
        for (size_t m = 0; e == OK && m < DEMO_METHODS; m++) {
                struct method_item_row item;
                bool found = false;
                int turn = 0;
                e = method_item(rq->db, rq->arena, str_of(methods[m].slug), &item, &found);
                for (size_t i = m; e == OK && found && i < places->n; i += (size_t) methods[m].every, turn++)
                        e = demo_use(rq, places->v[i].code, &item, methods[m].first + methods[m].step * (turn % 4), turn);
        }
        return e;
}

static enum err demo_waves(struct req *rq, const struct demo_places_row_list *places) {
        enum err e = OK;
        size_t at = 0;
        for (size_t w = 0; w < sizeof waves / sizeof *waves; w++)
                for (int i = 0; e == OK && i < waves[w].places && at < places->n; i++)
                        e = wave_add(rq->db, places->v[at++].code, waves[w].wave, waves[w].starts, waves[w].wave > 1, true);
        return e;
}

/* The municipality with most peers that are better at some figure of the demonstration, and the first of those. */
static enum err demo_pair(struct req *rq, const struct demo_places_row_list *places, const struct demo_figures_row_list *figures, struct str *weak, struct str *strong) {
        size_t most = 0;
        for (size_t i = 0; i < places->n; i++)
                for (size_t f = 0; f < figures->n; f++) {
                        struct rivals_view v;
                        enum err e = rivals_load(rq, places->v[i].slug, figures->v[f].slug, NULL, 0, &v);
                        if (e != OK && e != ERR_NOT_FOUND)
                                return e;
                        if (e != OK || v.better <= most)
                                continue;
                        most = v.better;
                        *weak = places->v[i].code;
                        for (size_t k = v.rivals.n; k-- > 0;)
                                if (v.rivals.v[k].verdict.is == BETTER_SURELY)
                                        *strong = v.rivals.v[k].code;
                }
        return OK;
}

enum err benchlearning_demo(struct req *rq, int64_t weak, int64_t strong) {
        struct demo_places_row_list places;
        struct demo_figures_row_list figures;
        struct learn_place_list has;
        struct str at = S(""), better = S("");
        enum err e = demo_figures(rq->db, rq->arena, &figures);
        if (e == OK)
                e = demo_places(rq->db, rq->arena, &places);
        if (e == OK)
                e = demo_methods(rq, &places);
        if (e == OK)
                e = demo_waves(rq, &places);
        if (e == OK)
                e = desk_places(rq->db, rq->arena, strong, &has);
        if (e != OK || has.n)
                return e;
        e = demo_pair(rq, &places, &figures, &at, &better);
        if (e == OK)
                e = desk_places(rq->db, rq->arena, weak, &has);
        if (e == OK && has.n == 0 && at.n)
                e = organisation_place_add(rq->db, weak, at);
        if (e == OK && better.n)
                e = organisation_place_add(rq->db, strong, better);
        return e;
}
