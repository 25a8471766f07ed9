/* group.c - with whom a municipality is compared: those that are most like it, those of its province, or the visitor's own choice. */
#include <math.h>
#include "str.h"
#include "view.h"

#define PROVINCE_MAX 80

static void add(struct compare_view *v, const struct municipality_current *place, double distance) {
        struct group *g = &v->group;
        struct member m = { .place = place, .distance = distance };
        if (place == v->own)
                return;
        if (v->cell)
                m.now = benchmark_result(v->cell, place->code);
        if (v->earlier)
                m.before = benchmark_result(v->earlier, place->code);
        if (m.now && m.now->status == RESULT_EXACT) {
                g->shown++;
                if (v->mine && v->mine->status == RESULT_EXACT)
                        dictionary_comparable(v->entry, v->mine->choices, m.now->choices, &m.counted);
                g->counted += m.counted != NULL;
        }
        g->v[g->n++] = m;
}

static struct str reason_words(struct arena *a, const struct peer_reason_list *r, bool least) {
        struct str words = S("");
        size_t n = r->n < 2 ? r->n : 2;
        for (size_t i = 0; i < n; i++) {
                const struct peer_reason *x = least ? &r->v[r->n - 1 - i] : &r->v[i];
                words = words.n ? str_fmt(a, "%.*s, %.*s", STR(words), STR(x->own->name)) : x->own->name;
        }
        return words;
}

/* What makes them alike, told for each. */
static enum err reasons(struct req *rq, struct compare_view *v) {
        struct characteristics_all_row_list all;
        struct characteristic_of_list own, other;
        enum err e = characteristics_all(rq->db, rq->arena, &all);
        if (e == OK)
                e = characteristics_of(rq->db, rq->arena, v->own->code, &own);
        for (size_t i = 0; e == OK && i < v->group.n; i++) {
                struct peer_reason_list r = { 0 };
                e = characteristics_of(rq->db, rq->arena, v->group.v[i].place->code, &other);
                if (e != OK)
                        break;
                peer_reasons(rq->arena, &all, &own, &other, &r);
                v->group.v[i].differs = reason_words(rq->arena, &r, false);
                v->group.v[i].alike = reason_words(rq->arena, &r, true);
        }
        return e;
}

static enum err like(struct req *rq, struct compare_view *v) {
        struct peers_of_row_list peers;
        enum err e = peers_of(rq->db, rq->arena, v->own->code, &peers);
        if (e != OK)
                return e;
        v->group.v = arena_many(rq->arena, struct member, peers.n + 1);
        for (size_t i = 0; i < peers.n; i++) {
                const struct municipality_current *p = compare_place_of(&v->places, peers.v[i].code);
                if (p)
                        add(v, p, peers.v[i].distance);
        }
        return reasons(rq, v);
}

static void province(struct arena *a, struct compare_view *v) {
        v->group.kind = GROUP_PROVINCE;
        v->group.v = arena_many(a, struct member, PROVINCE_MAX);
        for (size_t i = 0; i < v->places.n && v->group.n < PROVINCE_MAX; i++)
                if (str_eq(v->places.v[i].province_code, v->own->province_code))
                        add(v, &v->places.v[i], (double) NAN);
}

enum err compare_group(struct req *rq, struct compare_view *v) {
        struct str *chosen;
        size_t n = req_many(rq, "groep", &chosen);
        if (!v->own)
                return OK;
        if (n == 1 && str_eq(chosen[0], S("provincie"))) {
                province(rq->arena, v);
                return OK;
        }
        if (n == 0)
                return like(rq, v);
        v->group.kind = GROUP_CHOSEN;
        v->group.v = arena_many(rq->arena, struct member, n);
        for (size_t i = 0; i < n; i++) {
                const struct municipality_current *p = compare_place(&v->places, chosen[i]);
                if (p)
                        add(v, p, (double) NAN);
        }
        return OK;
}

bool compare_in_group(const struct compare_view *v, const struct municipality_current *place) {
        for (size_t i = 0; v->group.kind == GROUP_CHOSEN && i < v->group.n; i++)
                if (v->group.v[i].place == place)
                        return true;
        return false;
}
