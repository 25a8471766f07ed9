/* demo.c - fictitious working methods and waves for a demonstration: marked so on every page, and told so in every text. */
#include "benchmark_demo.h"
#include "clock.h"
#include "meeting.h"

/* What the municipalities of the demonstration "use", by the figure at which it aims; what it changed stands in benchmark_demo.h. */
static const struct { const char *indicator, *slug; } methods[] = {
        { "SHV10", "stress-sensitieve-dienstverlening" }, { "VS05a", "vroeg-eropaf" }, { "VS04", "huisbezoek-na-een-vroegsignaal" } };
/* Waves start two years after a municipality began to deliver, so that there are figures from before, and others to compare with. */
#define BEFORE_START 8

static enum err demo_use(struct req *rq, struct str place, const char *slug, int starts, int turn) {
        static const char *const extents[] = { "deel", "iedereen", "proef" };
        struct method_item_row item;
        struct use_at_start_row there;
        bool found = false, recorded = false;
        int64_t id;
        enum err e = method_item(rq->db, rq->arena, str_of(slug), &item, &found);
        if (e == OK && found)
                e = use_at_start(rq->db, rq->arena, place, item.id, starts, 0, &there, &recorded);
        if (e != OK || !found || recorded)
                return e;
        struct use_new n = {
                .municipality = place, .item_id = item.id, .starts = starts, .extent = str_of(extents[turn % 3]), .contact = S("coördinator schuldhulp (fictief)"),
                .adapted = turn % 3 ? S("") : S("Fictief: alleen in twee wijken."), .is_demo = true,
                .once = str_fmt(rq->arena, "demo-%s-%.*s-%d", slug, STR(place), starts),
        };
        if (turn % 2)
                n.cost = opt_i64(40000 + 5000 * turn);
        return use_record(rq, &n, &id);
}

static enum err demo_methods(struct req *rq) {
        size_t n;
        const struct demo_effect *d = benchmark_demo_effects(&n);
        enum err e = OK;
        for (size_t i = 0; e == OK && i < n; i++)
                for (size_t m = 0; e == OK && m < sizeof methods / sizeof *methods; m++) {
                        int length, starts = quarter_of_period(d[i].since, &length);
                        if (str_eq(str_of(methods[m].indicator), str_of(d[i].indicator)))
                                e = demo_use(rq, str_of(d[i].region), methods[m].slug, starts, (int) i);
                }
        return e;
}

/* Everybody who began to deliver in the same quarter is a wave. */
static enum err demo_waves(struct req *rq, const struct participant_list *all) {
        int64_t since[16];
        size_t n = 0;
        enum err e = OK;
        for (int64_t q = 0; n < 16;) {
                int64_t next = INT64_MAX;
                for (size_t i = 0; i < all->n; i++)
                        if (all->v[i].since > q && all->v[i].since < next)
                                next = all->v[i].since;
                if (next == INT64_MAX)
                        break;
                since[n++] = q = next;
        }
        for (size_t i = 0; e == OK && i < all->n; i++)
                for (size_t w = 0; e == OK && w < n; w++) {
                        int length, starts = quarter_of_period(since[w], &length) + BEFORE_START;
                        if (all->v[i].since == since[w])
                                e = wave_add(rq->db, all->v[i].region, (int64_t) w + 1, starts, w > 0, true);
                }
        return e;
}

/* The municipality with most peers that are better at a figure with planted differences, when one of those uses something else. */
static enum err demo_best(struct req *rq, const struct participant_list *all, struct rivals_view *best) {
        static const char *const figures[] = { "shv10", "vs05a" };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < all->n; i++) {
                struct learn_place place;
                bool found = false;
                e = place_by_code(rq->db, rq->arena, all->v[i].region, &place, &found);
                for (size_t f = 0; e == OK && found && f < 2; f++) {
                        struct rivals_view v;
                        enum err is = rivals_load(rq, place.slug, str_of(figures[f]), NULL, 0, &v);
                        if (is != OK && is != ERR_NOT_FOUND)
                                return is;
                        if (is == OK && v.is_worse && v.better > best->better && v.methods.n)
                                *best = v;
                }
        }
        return e;
}

/* A meeting that waits for an answer. */
static enum err demo_meeting(struct req *rq, const struct rivals_view *v, const struct rival *r, int64_t weak, int64_t strong) {
        struct str day = clock_dutch_day(rq->arena, rq->now_ms + 60 * RETENTION_DAY_MS);
        int64_t id = 0;
        enum err e = meeting_add(rq->db, weak, v->place.code, v->i.code, S("Fictief: hoe houdt u contact met mensen die niet meer reageren?"), day, S("14:00"),
                                 S("Online (fictief)"), true, rq->now_ms, 0, S("demo-meeting"), &id);
        return e == OK ? guest_add(rq->db, id, r->code, opt_i64(strong), invite_why(rq->arena, v, r)) : e == ERR_CONFLICT ? OK : e;
}

static enum err demo_organisations(struct req *rq, const struct rivals_view *v, int64_t weak, int64_t strong) {
        struct learn_place_list has;
        const struct rival *r = NULL;
        for (size_t i = 0; i < v->rivals.n; i++)
                if (v->methods.n && str_eq(v->rivals.v[i].code, v->methods.v[0].use->municipality))
                        r = &v->rivals.v[i];
        enum err e = desk_places(rq->db, rq->arena, weak, &has);
        if (e != OK || !r)
                return e;
        if (has.n == 0)
                e = organisation_place_add(rq->db, weak, v->place.code);
        if (e == OK)
                e = organisation_place_add(rq->db, strong, r->code);
        return e == OK && has.n == 0 ? demo_meeting(rq, v, r, weak, strong) : e;
}

enum err benchlearning_demo(struct req *rq, int64_t weak, int64_t strong) {
        struct participant_list all;
        struct learn_place_list has;
        struct rivals_view best = { 0 };
        enum err e = benchmark_participants(rq->db, rq->arena, true, &all);
        if (e == OK && all.n)
                e = demo_methods(rq);
        if (e == OK)
                e = demo_waves(rq, &all);
        if (e == OK)
                e = desk_places(rq->db, rq->arena, strong, &has);
        if (e != OK || has.n)
                return e;
        e = demo_best(rq, &all, &best);
        return e == OK ? demo_organisations(rq, &best, weak, strong) : e;
}
