/* related.c - likeness, for all items at once: weights are counted in planes of bits, 64 items to a word. */
#include "related.h"
#include <stdlib.h>
#include "knowledge.sql.h"
#include "knowledge_text.h"

#define PLANES 6                        /* of bits: three themes, twelve groups, five indicators and four phases weigh 59 */
#define ALIKE_FROM 4                    /* less is chance: two phases in common */

static unsigned weight_of(const struct known_term *t, bool only_target) {
        if (str_eq(t->list, S("thema")))
                return 3;
        /* "For everybody" alone says nothing about likeness. */
        if (str_eq(t->list, S("doelgroep")))
                return only_target && str_eq(t->code, S("iedereen")) ? 0 : 3;
        if (str_eq(t->list, S("cijfer")))
                return 2;
        return str_eq(t->list, S("fase"));
}

struct tally {
        uint64_t *plane[PLANES];        /* bit P of the weight of each place */
        size_t n;                       /* words */
};

static void add_weight(struct tally *t, const struct itemset *s, unsigned weight) {
        for (size_t i = 0; i < s->n && i < t->n; i++) {
                uint64_t bits = s->v[i], carry = 0;
                for (unsigned p = 0; bits && p < PLANES; p++) {
                        uint64_t add = weight >> p & 1 ? bits : 0, had = t->plane[p][i];
                        t->plane[p][i] = had ^ add ^ carry;
                        carry = (had & add) | (carry & (had ^ add));
                }
        }
}

static unsigned weight_at(const struct tally *t, size_t place) {
        unsigned weight = 0;
        for (unsigned p = 0; p < PLANES; p++)
                weight |= (unsigned) (t->plane[p][place / 64] >> place % 64 & 1) << p;
        return weight;
}

static void forget(struct tally *t, size_t place) {
        for (unsigned p = 0; p < PLANES; p++)
                t->plane[p][place / 64] &= ~((uint64_t) 1 << place % 64);
}

static bool has_one_target(const struct known_terms *terms) {
        size_t n = 0;
        for (size_t i = 0; i < terms->n; i++)
                n += str_eq(terms->v[i]->list, S("doelgroep"));
        return n == 1;
}

/* The MOST heaviest, the first places of those that weigh the same; in no order. Plane by plane from the highest bit: either those with it
 * are enough to choose from, or all of them are chosen. */
static size_t heaviest(const struct tally *t, struct arena *scratch, size_t most, size_t *ret) {
        struct itemset open = itemset_all(scratch, t->n * 64), chosen = itemset_none(scratch, t->n * 64), with = itemset_none(scratch, t->n * 64);
        size_t n = 0;
        for (unsigned p = PLANES; p-- > 0;) {
                size_t here = 0;
                for (size_t i = 0; i < t->n; i++) {
                        with.v[i] = open.v[i] & t->plane[p][i];
                        here += (size_t) __builtin_popcountll(with.v[i]);
                }
                bool enough = n + here >= most;
                for (size_t i = 0; i < t->n; i++) {
                        chosen.v[i] |= enough ? 0 : with.v[i];
                        open.v[i] = enough ? with.v[i] : open.v[i] & ~with.v[i];
                }
                n += enough ? 0 : here;
        }
        n = itemset_places(&chosen, 0, most, ret);
        return n + itemset_places(&open, 0, most - n, ret + n);
}

struct candidate {
        size_t place;
        unsigned weight;
        bool is_named;
};

static int by_weight(const void *x, const void *y) {
        const struct candidate *a = x, *b = y;
        if (a->is_named != b->is_named)
                return a->is_named ? -1 : 1;
        if (a->weight != b->weight)
                return a->weight > b->weight ? -1 : 1;
        return a->place < b->place ? -1 : a->place > b->place;
}

static size_t order(const struct tally *t, struct candidate *all, size_t n, const size_t *places, size_t n_places, size_t most, size_t *ret) {
        size_t n_named = n, out = 0;
        for (size_t i = 0; i < n_places; i++) {
                bool there = weight_at(t, places[i]) < ALIKE_FROM;
                for (size_t k = 0; k < n_named && !there; k++)
                        there = all[k].place == places[i];
                if (!there)
                        all[n++] = (struct candidate) { places[i], weight_at(t, places[i]), false };
        }
        if (n)
                qsort(all, n, sizeof *all, by_weight);
        for (; out < n && out < most; out++)
                ret[out] = all[out].place;
        return out;
}

size_t related_best(const struct shelf *s, struct arena *scratch, size_t place, const struct known_terms *terms, const int64_t *named,
                    size_t n_named, size_t most, size_t *ret) {
        struct tally t = { .n = (s->ids.n + 63) / 64 };
        bool only_target = has_one_target(terms);
        for (unsigned p = 0; p < PLANES; p++)
                t.plane[p] = arena_many(scratch, uint64_t, t.n);
        for (size_t i = 0; i < terms->n; i++) {
                unsigned w = weight_of(terms->v[i], only_target);
                if (w)
                        add_weight(&t, &terms->v[i]->items, w);
        }
        forget(&t, place);
        struct candidate *all = arena_many(scratch, struct candidate, most + 2 * n_named);
        size_t *places = arena_many(scratch, size_t, most + n_named), n = 0;
        for (size_t i = 0; i < n_named; i++) {
                size_t at = shelf_find(s, named[i]);
                if (at < s->ids.n && at != place)
                        all[n++] = (struct candidate) { at, weight_at(&t, at), true };
        }
        n = order(&t, all, n, places, heaviest(&t, scratch, most + n_named, places), most, ret);
        arena_reset(scratch);
        return n;
}

/* What the store says of an item at PLACE: its terms by the bits, and whom its text names. */
static enum err read_item(struct db *db, struct arena *a, const struct shelf *s, size_t place, struct known_terms *terms, int64_t named[NAMED_MAX],
                          size_t *n_named) {
        struct text_error error;
        struct item_text t;
        struct text_of_item_row row;
        *n_named = 0;
        for (size_t i = 0; i < s->known->order.n; i++)
                if (itemset_has(&s->known->order.v[i]->items, place))
                        *vec_push(a, terms) = s->known->order.v[i];
        enum err e = text_of_item(db, a, s->ids.v[place], &row);
        if (e != OK || item_text_read_draft(a, row.text, &error, &t) != OK)
                return e;
        for (size_t i = 0; e == OK && i < t.related.n && *n_named < NAMED_MAX; i++) {
                struct item_by_address_row other;
                bool found;
                e = item_by_address(db, a, t.related.v[i], &other, &found);
                if (e == OK && found)
                        named[(*n_named)++] = other.id;
        }
        return e;
}

enum err related_write(struct db *db, const struct shelf *s, int64_t id, const size_t *best, size_t n) {
        enum err e = drop_related(db, id);
        for (size_t i = 0; e == OK && i < n; i++)
                e = insert_related(db, id, (int64_t) i, s->ids.v[best[i]]);
        return e;
}

enum err related_again(struct db *db, struct arena *a, const struct shelf *s, int64_t id) {
        struct arena scratch = { 0 };
        struct known_terms terms = { 0 };
        int64_t named[NAMED_MAX];
        size_t n_named, best[RELATED_MAX], place = shelf_find(s, id);
        if (place == s->ids.n)
                return OK;
        enum err e = read_item(db, a, s, place, &terms, named, &n_named);
        if (e == OK)
                e = related_write(db, s, id, best, related_best(s, &scratch, place, &terms, named, n_named, RELATED_MAX, best));
        arena_done(&scratch);
        return e;
}
