#include "live.h"
#include <stdlib.h>
#include <string.h>
#include "utf8.h"
#include "vector.h"

#define PIECE_MIN 16
#define PIECE_MAX 4096
#define POSTING_MAX 6

struct live *live_new(void) {
        struct arena mem = { 0 };
        struct live *x = arena_new(&mem, struct live);
        x->mem = mem;                   /* the struct lives in its own arena */
        return x;
}

void live_free(struct live *x) {
        if (!x)
                return;
        struct arena mem = x->mem;
        vocabulary_done(&x->words);
        arena_done(&x->table_mem);
        arena_done(&mem);
}

void live_reserve(struct live *x, size_t n) {
        x->docs.v = arena_many(&x->mem, struct live_doc, n);
        x->docs.cap = n;
        x->ids.v = arena_many(&x->mem, struct live_id, n);
        x->ids.cap = n;
        x->titles.v = arena_many(&x->mem, struct live_title, n);
        x->titles.cap = n;
}

static struct list *slot(struct list *table, size_t cap, uint64_t key) {
        size_t i = key & (cap - 1);
        while (table[i].key && table[i].key != key)
                i = (i + 1) & (cap - 1);
        return &table[i];
}

const struct list *live_list(const struct live *x, uint64_t key) {
        const struct list *l = x->table_cap ? slot(x->table, x->table_cap, key) : NULL;
        return l && l->key && l->docs ? l : NULL;
}

static void grow_table(struct live *x) {
        size_t cap = x->table_cap ? x->table_cap * 2 : 4096;
        struct arena mem = { 0 };
        struct list *table = arena_many(&mem, struct list, cap);
        for (size_t i = 0; i < x->table_cap; i++)
                if (x->table[i].key)
                        *slot(table, cap, x->table[i].key) = x->table[i];
        arena_done(&x->table_mem);
        x->table_mem = mem;
        x->table = table;
        x->table_cap = cap;
}

static struct list *list_for(struct live *x, uint64_t key) {
        if (x->lists * 4 >= x->table_cap * 3)
                grow_table(x);
        struct list *l = slot(x->table, x->table_cap, key);
        if (!l->key) {
                l->key = key;
                x->lists++;
        }
        return l;
}

static void append(struct live *x, struct list *l, uint32_t doc, uint8_t weight) {
        uint8_t bytes[POSTING_MAX];
        size_t n = 0;
        uint32_t gap = doc - l->last;
        for (; gap >= 0x80; gap >>= 7)
                bytes[n++] = (uint8_t) (gap | 0x80);
        bytes[n++] = (uint8_t) gap;
        bytes[n++] = weight;
        if (!l->tail || (size_t) (l->tail->cap - l->tail->n) < n) {
                size_t head = offsetof(struct piece, v), size = l->tail ? (l->tail->cap + head) * 2 : PIECE_MIN;
                size = size < head + n ? 2 * PIECE_MIN : size > PIECE_MAX ? PIECE_MAX : size;
                struct piece *p = arena_alloc(&x->mem, size);
                p->cap = (uint16_t) (size - head);
                if (l->tail)
                        l->tail->next = p;
                else
                        l->first = p;
                l->tail = p;
        }
        memcpy(l->tail->v + l->tail->n, bytes, n);
        l->tail->n = (uint16_t) (l->tail->n + n);
        l->last = doc;
        l->docs++;
}

/* The place of KIND among the kinds; a new one is added, and past the maximum all are the last. */
static uint8_t kind_place(struct live *x, struct str kind) {
        size_t k = 0;
        while (k < x->kinds_n && !str_eq(x->kinds[k], kind))
                k++;
        if (k == x->kinds_n && k < KINDS_MAX)
                x->kinds[x->kinds_n++] = str_dup(&x->mem, kind);
        return (uint8_t) (k < KINDS_MAX ? k : KINDS_MAX - 1);
}

uint16_t live_facet(const struct live *x, struct str facet) {
        const uint16_t *known = map_get(&x->facet_ids, facet);
        return known ? *known : FACETS_MAX;
}

static void add_facet(struct live *x, struct live_doc *d, struct str facet) {
        uint16_t at = live_facet(x, facet);
        if (at == FACETS_MAX && x->facets.n < FACETS_MAX) {
                uint16_t *number = arena_new(&x->mem, uint16_t);
                *number = at = (uint16_t) x->facets.n;
                *vec_push(&x->mem, &x->facets) = str_dup(&x->mem, facet);
                map_put(&x->mem, &x->facet_ids, x->facets.v[at], number);
        }
        if (at == FACETS_MAX || d->facets_n == UINT8_MAX)
                return;
        *vec_push(&x->mem, &x->doc_facets) = at;
        d->facets_n++;
}

/* Where ID is among the living, or should be. */
static size_t place_of(const struct live *x, int64_t id) {
        size_t from = 0, to = x->ids.n;
        if (to && x->ids.v[to - 1].id < id)
                return to;              /* as nearly always */
        while (from < to) {
                size_t middle = from + (to - from) / 2;
                if (x->ids.v[middle].id < id)
                        from = middle + 1;
                else
                        to = middle;
        }
        return from;
}

static void add_id(struct live *x, int64_t id, uint32_t doc) {
        size_t at = place_of(x, id);
        vec_push(&x->mem, &x->ids);
        memmove(x->ids.v + at + 1, x->ids.v + at, (x->ids.n - 1 - at) * sizeof *x->ids.v);
        x->ids.v[at] = (struct live_id) { id, doc };
}

static int by_title(const void *p, const void *q) {
        const struct live_title *a = p, *b = q;
        int order = str_cmp(a->folded, b->folded);
        return order ? order : (a->id > b->id) - (a->id < b->id);
}

static void add_title(struct live *x, struct live_title t) {
        size_t at = x->titles.n;
        if (x->sorted)
                for (size_t from = 0; from < at;) {
                        size_t middle = from + (at - from) / 2;
                        if (by_title(&x->titles.v[middle], &t) < 0)
                                from = middle + 1;
                        else
                                at = middle;
                }
        vec_push(&x->mem, &x->titles);
        memmove(x->titles.v + at + 1, x->titles.v + at, (x->titles.n - 1 - at) * sizeof *x->titles.v);
        x->titles.v[at] = t;
}

void live_add(struct live *x, const struct live_entry *e) {
        uint32_t doc = (uint32_t) x->docs.n;
        struct arena a = { 0 };
        struct live_doc *d = vec_push(&x->mem, &x->docs);
        uint64_t name = vector_key(str_fmt(&a, "%.*s/%.*s", STR(e->kind), STR(e->ref)));
        *d = (struct live_doc) { .id = e->id, .tie = (uint32_t) (name >> 16), .facets = (uint32_t) x->doc_facets.n,
                                 .kind = kind_place(x, e->kind) };
        struct str rest = e->facets, facet;
        while (str_split(&rest, ' ', &facet))
                if (facet.n)
                        add_facet(x, d, facet);
        add_id(x, e->id, doc);
        add_title(x, (struct live_title) { utf8_fold(&x->mem, e->title), e->uses, e->id });
        uint64_t key;
        uint8_t weight;
        for (struct str vector = e->vector; vector_next(&vector, &key, &weight);)
                append(x, list_for(x, key), doc, weight);
        x->living++;
        arena_done(&a);
}

void live_remove(struct live *x, int64_t id, struct str vector) {
        size_t at = place_of(x, id);
        if (at == x->ids.n || x->ids.v[at].id != id)
                return;
        x->docs.v[x->ids.v[at].doc].dead = true;
        memmove(x->ids.v + at, x->ids.v + at + 1, (x->ids.n - 1 - at) * sizeof *x->ids.v);
        x->ids.n--;
        x->living--;
        size_t kept = 0;
        for (size_t i = 0; i < x->titles.n; i++)
                if (x->titles.v[i].id != id)
                        x->titles.v[kept++] = x->titles.v[i];
        x->titles.n = kept;
        uint64_t key;
        uint8_t weight;
        while (vector_next(&vector, &key, &weight)) {
                struct list *l = slot(x->table, x->table_cap, key);
                if (l->key && l->docs)
                        l->docs--;
        }
}

void live_sort(struct live *x) {
        if (x->titles.n)
                qsort(x->titles.v, x->titles.n, sizeof *x->titles.v, by_title);
        x->sorted = true;
}
