/* related.h - which items are alike. */
#ifndef KNOWLEDGE_RELATED_H
#define KNOWLEDGE_RELATED_H
#include "shelf.h"

#define RELATED_MAX 6
#define RELATED_NEAR 24                 /* items around a changed one that are looked at again */
#define NAMED_MAX 8                     /* "verwant" of one text (docs/content.md) */
/* The places of the items most like the one at PLACE, which has TERMS and whose author named the items NAMED (ids): best first, at most
 * MOST; by shared themes, groups, indicators and phases. Returns how many. SCRATCH is given back empty. */
size_t related_best(const struct shelf *s, struct arena *scratch, size_t place, const struct known_terms *terms, const int64_t *named,
                    size_t n_named, size_t most, size_t *ret);
/* Writes the relations of item ID, in place of those it had. */
_must_use_ enum err related_write(struct db *db, const struct shelf *s, int64_t id, const size_t *best, size_t n);
/* Works out the relations of published item ID once more, for another item that came, changed or went. One that is not on the shelf is
 * left alone. */
_must_use_ enum err related_again(struct db *db, struct arena *a, const struct shelf *s, int64_t id);

#endif
