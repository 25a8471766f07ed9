/* pairs.c - who could meet whom: proven strengths and weaknesses of all municipalities, and pairs of them. */
#include "pairs.h"
#include <math.h>
#include "number.h"
#include "standings.h"

#define PAIRS_SHOWN 30

/* What every municipality is proven strong and weak in, in the order of the places. */
static struct match_side *sides(struct arena *a, const struct standings *s) {
        struct match_side *ret = arena_many(a, struct match_side, s->places.n + 1);
        for (size_t f = 0; f < s->figures.n && f < MATCH_INDICATORS; f++) {
                int good = better_side(s->figures.v[f].polarity) == SIDE_HIGHER ? 1 : -1;
                for (size_t i = 0; i < s->places.n; i++) {
                        int proven = standing(s, i, f)->proven;
                        if (proven)
                                match_set(proven == good ? &ret[i].strong : &ret[i].weak, f);
                }
        }
        return ret;
}

static struct str distance_words(struct arena *a, double distance) {
        return str_fmt(a, "Afstand in bevolking en gebied: %.*s (0 is gelijk).", STR(num_dec(a, distance, 2)));
}

static struct pair_row row_of(struct arena *a, const struct standings *s, const struct match_pair *m) {
        struct pair_row r = { .a = &s->places.v[m->a], .b = &s->places.v[m->b], .distance = m->distance, .balanced = m->balanced, .why = distance_words(a, m->distance) };
        for (size_t f = 0; f < s->figures.n && f < MATCH_INDICATORS; f++) {
                if (match_has(&m->a_learns, f))
                        *vec_push(a, &r.a_learns) = &s->figures.v[f];
                if (match_has(&m->b_learns, f))
                        *vec_push(a, &r.b_learns) = &s->figures.v[f];
        }
        return r;
}

/* All pairs of municipalities near each other of which one can learn from the other, the best first. */
static enum err all_pairs(struct req *rq, const struct standings *s, struct match_pair **ret, size_t *n) {
        struct peers_all_row_list peers;
        struct map place = places_by_code(rq->arena, &s->places);
        enum err e = peers_all(rq->db, rq->arena, &peers);
        if (e != OK)
                return e;
        struct match_near *near = arena_many(rq->arena, struct match_near, peers.n + 1);
        size_t k = 0;
        for (size_t i = 0; i < peers.n; i++) {
                const size_t *a = map_get(&place, peers.v[i].region), *b = map_get(&place, peers.v[i].peer_region);
                if (a && b)
                        near[k++] = (struct match_near) { *a, *b, peers.v[i].distance };
        }
        *ret = arena_many(rq->arena, struct match_pair, peers.n + 1);
        *n = match_pairs(sides(rq->arena, s), near, k, *ret);
        return OK;
}

enum err pairs_load(struct req *rq, struct str slug, struct pairs_view *v) {
        struct standings *s = arena_new(rq->arena, struct standings);
        struct match_pair *pairs = NULL;
        size_t n = 0;
        *v = (struct pairs_view) { 0 };
        enum err e = standings_load(rq, s);
        if (e == OK)
                e = all_pairs(rq, s, &pairs, &n);
        if (e != OK)
                return e;
        v->places = s->places;
        for (size_t i = 0; i < v->places.n; i++)
                if (str_eq(v->places.v[i].slug, slug))
                        v->place = &v->places.v[i];
        for (size_t i = 0; i < n; i++) {
                if (v->place && v->place != &v->places.v[pairs[i].a] && v->place != &v->places.v[pairs[i].b])
                        continue;
                v->found++;
                v->balanced += pairs[i].balanced;
                if (v->pairs.n < PAIRS_SHOWN)
                        *vec_push(rq->arena, &v->pairs) = row_of(rq->arena, s, &pairs[i]);
        }
        for (size_t f = 0; f < s->figures.n; f++)
                v->fictitious |= s->figures.v[f].fictitious != 0;
        return OK;
}
