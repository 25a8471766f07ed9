/* pairs.c - who could meet whom: proven strengths and weaknesses of all municipalities, and pairs of them. */
#include "pairs.h"
#include <math.h>
#include "number.h"

#define PAIRS_SHOWN 30

/* Every municipality with what it is proven strong and weak in. */
struct sides {
        struct learn_place_list places;
        struct compared_all_row_list figures;
        struct match_side *v;           /* as places */
        struct map by_code;             /* size_t * into places */
};

static enum err add_figure(struct req *rq, const struct dictionary *dictionary, struct sides *s, size_t figure) {
        const struct compared_all_row *c = &s->figures.v[figure];
        struct units u;
        bool found;
        enum err e = units_load(rq, dictionary, c->code, &u, &found);
        int good = better_side(c->polarity) == SIDE_HIGHER ? 1 : -1;
        for (size_t i = 0; e == OK && found && i < u.n; i++) {
                const size_t *place = map_get(&s->by_code, u.v[i].region);
                if (place && u.proven[i])
                        match_set(u.proven[i] == good ? &s->v[*place].strong : &s->v[*place].weak, figure);
        }
        return e;
}

static enum err sides_load(struct req *rq, struct sides *s) {
        struct dictionary dictionary;
        *s = (struct sides) { 0 };
        enum err e = places_all(rq->db, rq->arena, &s->places);
        if (e == OK)
                e = compared_all(rq->db, rq->arena, &s->figures);
        if (e == OK)
                e = benchmark_dictionary(rq->db, rq->arena, &dictionary);
        s->v = arena_many(rq->arena, struct match_side, s->places.n + 1);
        for (size_t i = 0; e == OK && i < s->places.n; i++) {
                size_t *at = arena_new(rq->arena, size_t);
                *at = i;
                s->v[i] = (struct match_side) { 0 };
                map_put(rq->arena, &s->by_code, s->places.v[i].code, at);
        }
        for (size_t f = 0; e == OK && f < s->figures.n && f < MATCH_INDICATORS; f++)
                e = add_figure(rq, &dictionary, s, f);
        return e;
}

static struct str distance_words(struct arena *a, double distance) {
        return str_fmt(a, "Afstand in bevolking en gebied: %.*s (0 is gelijk).", STR(num_dec(a, distance, 2)));
}

static struct pair_row row_of(struct arena *a, const struct sides *s, const struct match_pair *m) {
        struct pair_row r = { .a = &s->places.v[m->a], .b = &s->places.v[m->b], .distance = m->distance, .balanced = m->balanced, .why = distance_words(a, m->distance) };
        for (size_t f = 0; f < s->figures.n && f < MATCH_INDICATORS; f++) {
                if (match_has(&m->a_learns, f))
                        *vec_push(a, &r.a_learns) = &s->figures.v[f];
                if (match_has(&m->b_learns, f))
                        *vec_push(a, &r.b_learns) = &s->figures.v[f];
        }
        return r;
}

enum err pairs_load(struct req *rq, struct str slug, struct pairs_view *v) {
        struct peers_all_row_list peers;
        struct sides *s = arena_new(rq->arena, struct sides);
        enum err e = sides_load(rq, s);
        if (e == OK)
                e = peers_all(rq->db, rq->arena, &peers);
        if (e != OK)
                return e;
        *v = (struct pairs_view) { .places = s->places };
        for (size_t i = 0; i < v->places.n; i++)
                if (str_eq(v->places.v[i].slug, slug))
                        v->place = &v->places.v[i];
        struct match_near *near = arena_many(rq->arena, struct match_near, peers.n + 1);
        struct match_pair *pairs = arena_many(rq->arena, struct match_pair, peers.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < peers.n; i++) {
                const size_t *a = map_get(&s->by_code, peers.v[i].region), *b = map_get(&s->by_code, peers.v[i].peer_region);
                bool wanted = a && b && (!v->place || v->place == &v->places.v[*a] || v->place == &v->places.v[*b]);
                if (wanted)
                        near[n++] = (struct match_near) { *a, *b, peers.v[i].distance };
        }
        v->found = match_pairs(s->v, near, n, pairs);
        for (size_t i = 0; i < v->found; i++) {
                v->balanced += pairs[i].balanced;
                if (v->pairs.n < PAIRS_SHOWN)
                        *vec_push(rq->arena, &v->pairs) = row_of(rq->arena, s, &pairs[i]);
        }
        for (size_t f = 0; f < s->figures.n; f++)
                v->fictitious |= s->figures.v[f].fictitious != 0;
        return OK;
}
