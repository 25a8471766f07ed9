#include "shelf.h"
#include <string.h>
#include "knowledge.sql.h"

#define PART_IDS 1024                   /* schema/0003_knowledge.sql */
#define ID_BYTES 8

static int64_t id_at(struct str ids, size_t i) {
        uint64_t id = 0;
        for (size_t b = 0; b < ID_BYTES; b++)
                id |= (uint64_t) (unsigned char) ids.p[i * ID_BYTES + b] << 8 * b;
        return (int64_t) id;
}

static struct str pack(struct arena *a, const int64_t *ids, size_t n) {
        char *p = arena_alloc(a, n * ID_BYTES);
        for (size_t i = 0; i < n; i++)
                for (size_t b = 0; b < ID_BYTES; b++)
                        p[i * ID_BYTES + b] = (char) ((uint64_t) ids[i] >> 8 * b);
        return (struct str) { p, n * ID_BYTES };
}

enum err shelf_read(struct db *db, struct arena *a, struct known *known, struct shelf *ret) {
        struct order_parts_row_list parts;
        struct every_term_row_list terms;
        enum err e = order_parts(db, a, &parts);
        if (e == OK)
                e = every_term(db, a, &terms);
        if (e != OK)
                return e;
        *ret = (struct shelf) { .known = known };
        for (size_t i = 0; i < parts.n; i++)
                for (size_t k = 0; k < parts.v[i].ids.n / ID_BYTES; k++)
                        *vec_push(a, &ret->ids) = id_at(parts.v[i].ids, k);
        for (size_t i = 0; i < terms.n; i++) {
                const struct every_term_row *t = &terms.v[i];
                if (!known_add(known, a, &(struct known_term) { t->list, t->code, t->label, t->position, itemset_read(a, t->items, ret->ids.n) }))
                        return err_log(ERR_INTERNAL, "a term stands in the store twice");
        }
        return OK;
}

enum err shelf_write(struct db *db, struct arena *a, const struct shelf *s) {
        enum err e = clear_order(db);
        for (size_t at = 0; e == OK && at < s->ids.n; at += PART_IDS)
                e = insert_order(db, (int64_t) (at / PART_IDS),
                                 pack(a, s->ids.v + at, s->ids.n - at < PART_IDS ? s->ids.n - at : PART_IDS));
        if (e == OK)
                e = clear_term(db);
        for (size_t i = 0; e == OK && i < s->known->order.n; i++) {
                const struct known_term *t = s->known->order.v[i];
                e = insert_term(db, t->list, t->code, t->label, t->position, itemset_bytes(a, &t->items));
        }
        return e;
}

size_t shelf_find(const struct shelf *s, int64_t id) {
        size_t i = 0;
        while (i < s->ids.n && s->ids.v[i] != id)
                i++;
        return i;
}

void shelf_put(struct shelf *s, struct arena *a, size_t place, int64_t id, const struct known_terms *terms) {
        size_t n = s->ids.n;
        *vec_push(a, &s->ids) = id;
        memmove(s->ids.v + place + 1, s->ids.v + place, (n - place) * sizeof *s->ids.v);
        s->ids.v[place] = id;
        for (size_t i = 0; i < s->known->order.n; i++)
                itemset_open(a, &s->known->order.v[i]->items, place, s->ids.n);
        for (size_t i = 0; i < terms->n; i++)
                itemset_add(&terms->v[i]->items, place);
}

void shelf_take(struct shelf *s, size_t place) {
        s->ids.n--;
        memmove(s->ids.v + place, s->ids.v + place + 1, (s->ids.n - place) * sizeof *s->ids.v);
        for (size_t i = 0; i < s->known->order.n; i++)
                itemset_close(&s->known->order.v[i]->items, place);
}

enum err shelf_count(struct db *db, struct arena *a, size_t *ret) {
        struct last_order_row last;
        bool found;
        enum err e = last_order(db, a, &last, &found);
        *ret = e == OK && found ? (size_t) last.part * PART_IDS + (size_t) last.bytes / ID_BYTES : 0;
        return e;
}

enum err shelf_ids(struct db *db, struct arena *a, const size_t *places, size_t n, int64_t *ret) {
        struct order_part_row part = { 0 };
        size_t have = SIZE_MAX;
        for (size_t i = 0; i < n; i++) {
                if (places[i] / PART_IDS != have) {
                        have = places[i] / PART_IDS;
                        enum err e = order_part(db, a, (int64_t) have, &part);
                        if (e != OK)
                                return e;
                }
                if (places[i] % PART_IDS >= part.ids.n / ID_BYTES)
                        return err_log(ERR_INTERNAL, "place %d is not in the order of items", (int) places[i]);
                ret[i] = id_at(part.ids, places[i] % PART_IDS);
        }
        return OK;
}
