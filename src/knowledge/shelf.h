/* shelf.h - the published items in order of title, and for each code of the value lists which of them have it, as bits by place.
 * Lists and likeness read nothing else. */
#ifndef KNOWLEDGE_SHELF_H
#define KNOWLEDGE_SHELF_H
#include "refers.h"

struct shelf {
        struct { int64_t *v; size_t n, cap; } ids;      /* by place */
        struct known *known;                            /* whose terms hold the bits */
};

/* Reads shelf and terms from the store, into a fresh KNOWN. In A. */
_must_use_ enum err shelf_read(struct db *db, struct arena *a, struct known *known, struct shelf *ret);
/* Writes both, in place of what was there. */
_must_use_ enum err shelf_write(struct db *db, struct arena *a, const struct shelf *s);

/* The place of an item; s->ids.n when it is not there. */
size_t shelf_find(const struct shelf *s, int64_t id);
/* Puts an item with these terms at PLACE and moves the rest up, or takes it away and moves the rest down. */
void shelf_put(struct shelf *s, struct arena *a, size_t place, int64_t id, const struct known_terms *terms);
void shelf_take(struct shelf *s, size_t place);

/* How many items are on the shelf, and the ids at the N given places, without reading the rest. */
_must_use_ enum err shelf_count(struct db *db, struct arena *a, size_t *ret);
_must_use_ enum err shelf_ids(struct db *db, struct arena *a, const size_t *places, size_t n, int64_t *ret);

#endif
