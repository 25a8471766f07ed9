/* live.h - the inverted index in memory: for each term the documents that hold it. Lists only grow at the end: a document that
 * changes dies and comes back with a new number. No locks here; search.c has them. */
#ifndef SEARCH_LIVE_H
#define SEARCH_LIVE_H
#include "str.h"
#include "vec.h"
#include "vocabulary.h"

#define KINDS_MAX 16
#define FACETS_MAX 1024         /* different codes; more are not counted */

/* Postings in pieces that double in size. A posting is the distance to the previous document (LEB128) and one byte of weight; it
 * stands in one piece as a whole. */
struct piece {
        struct piece *next;
        uint16_t n, cap;
        uint8_t v[];
};
struct list {
        uint64_t key;           /* vector.h; 0: free */
        uint32_t docs;          /* living ones */
        uint32_t last;          /* document of the last posting */
        struct piece *first, *tail;
};

struct live_doc {
        int64_t id;             /* in the store */
        uint32_t tie;           /* order of documents with the same score: of the name, so not of when they came */
        uint32_t facets;        /* where its facets start */
        uint8_t kind, facets_n;
        bool dead;
};
struct live_id {
        int64_t id;
        uint32_t doc;
};
struct live_title {
        struct str folded;
        int64_t uses, id;
};

struct live {
        struct arena mem, table_mem;
        struct list *table;
        size_t lists, table_cap;
        VEC(struct live_doc) docs;      /* by number, dead ones too */
        size_t living;
        VEC(struct live_id) ids;        /* living, in order of id */
        VEC(struct live_title) titles;  /* living, in order of folded title when sorted */
        bool sorted;
        VEC(uint16_t) doc_facets;
        VEC(struct str) facets;
        struct map facet_ids;
        struct str kinds[KINDS_MAX];
        size_t kinds_n;
        struct vocabulary words;
        int64_t generation;             /* of the store, that this is as new as */
};

/* A document as the store keeps it; nothing of it is needed afterwards. */
struct live_entry {
        int64_t id, uses;
        struct str kind, ref, title, facets, vector;
};

struct live *live_new(void);
void live_free(struct live *x);
/* Room for N documents, so that loading many copies nothing. */
void live_reserve(struct live *x, size_t n);
/* Adds E behind all others. After the first documents live_sort() must follow before anything is asked. */
void live_add(struct live *x, const struct live_entry *e);
/* Takes document ID away, whose terms are VECTOR. Nothing when it is not there. */
void live_remove(struct live *x, int64_t id, struct str vector);
void live_sort(struct live *x);

/* The documents with a term; NULL when there are none. */
const struct list *live_list(const struct live *x, uint64_t key);
/* The number of a facet, or FACETS_MAX. */
uint16_t live_facet(const struct live *x, struct str facet);

/* Walks a list: start with { .piece = list->first }. */
struct postings {
        const struct piece *piece;
        uint32_t at, doc;
};
static inline bool postings_next(struct postings *it, uint8_t *weight) {
        while (it->piece && it->at == it->piece->n) {
                it->piece = it->piece->next;
                it->at = 0;
        }
        if (!it->piece)
                return false;
        const uint8_t *v = it->piece->v + it->at, *start = v;
        uint32_t gap = 0;
        unsigned shift = 0;
        for (; *v & 0x80; shift += 7)
                gap |= (uint32_t) (*v++ & 0x7f) << shift;
        gap |= (uint32_t) *v++ << shift;
        *weight = *v++;
        it->doc += gap;
        it->at += (uint32_t) (v - start);
        return true;
}

#endif
