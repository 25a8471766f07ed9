/* related.h - which items are alike. */
#ifndef KNOWLEDGE_RELATED_H
#define KNOWLEDGE_RELATED_H
#include "shelf.h"

#define RELATED_MAX 6
/* The places of the items most like the one at PLACE, which has TERMS and whose author named the items NAMED (ids): best first;
 * by shared themes, groups, indicators and phases. Returns how many. SCRATCH is given back empty. */
size_t related_best(const struct shelf *s, struct arena *scratch, size_t place, const struct known_terms *terms, const int64_t *named,
                    size_t n_named, size_t ret[RELATED_MAX]);

#endif
