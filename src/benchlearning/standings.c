#include "standings.h"

struct map places_by_code(struct arena *a, const struct learn_place_list *places) {
        struct map ret = { 0 };
        for (size_t i = 0; i < places->n; i++) {
                size_t *at = arena_new(a, size_t);
                *at = i;
                map_put(a, &ret, places->v[i].code, at);
        }
        return ret;
}

static enum err compute(struct req *rq, const struct standings *s, struct standing_figure *figure, struct standing *at) {
        struct dictionary dictionary;
        struct map place = places_by_code(rq->arena, &s->places);
        enum err e = benchmark_dictionary(rq->db, rq->arena, &dictionary);
        for (size_t f = 0; e == OK && f < s->figures.n; f++) {
                struct units u;
                bool found;
                e = units_load(rq, &dictionary, s->figures.v[f].code, &u, &found);
                if (e != OK || !found)
                        continue;
                figure[f] = (struct standing_figure) { u.period, u.target, u.method != BENCHMARK_NONE };
                for (size_t i = 0; i < u.n; i++) {
                        const size_t *p = map_get(&place, u.v[i].region);
                        if (p)
                                at[*p * s->figures.n + f] = (struct standing) { u.v[i].value, u.proven[i], true };
                }
        }
        return e;
}

enum err standings_load(struct req *rq, struct standings *s) {
        const struct site *site = rq->app;
        struct str basis, kept;
        *s = (struct standings) { 0 };
        enum err e = places_all(rq->db, rq->arena, &s->places);
        if (e == OK)
                e = compared_all(rq->db, rq->arena, &s->figures);
        if (e == OK)
                e = figures_basis(rq, &basis);
        if (e != OK)
                return e;
        size_t head = s->figures.n * sizeof(struct standing_figure), n = head + s->places.n * s->figures.n * sizeof(struct standing);
        struct str key = str_fmt(rq->arena, "standings %.*s", STR(basis));
        if (!memo_get(site->memo, rq->arena, key, &kept)) {
                char *bytes = arena_alloc(rq->arena, n);
                e = compute(rq, s, (struct standing_figure *) bytes, (struct standing *) (bytes + head));
                kept = (struct str) { bytes, n };
                if (e == OK)
                        memo_put(site->memo, key, kept);
        }
        s->figure = (const struct standing_figure *) kept.p;
        s->at = (const struct standing *) (kept.p + head);
        return e;
}

const struct standing *standing(const struct standings *s, size_t place, size_t figure) {
        return &s->at[place * s->figures.n + figure];
}
