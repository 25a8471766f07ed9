/* postings.h - the packed list of one search term: (document, weight) pairs in order of document.
 * Each pair is the distance to the previous document as LEB128 and one byte of weight. */
#ifndef SEARCH_POSTINGS_H
#define SEARCH_POSTINGS_H
#include "buf.h"

struct posting {
        uint32_t doc;
        uint8_t weight;         /* the term's BM25 part in this document, scaled to 1..255 */
};

/* Appends P, whose doc must be larger than *last (0 at the start). */
void postings_put(struct buf *out, uint32_t *last, struct posting p);

struct postings {
        struct str rest;
        uint32_t doc;
};
/* The next pair; false at the end or when the bytes are broken. */
bool postings_next(struct postings *it, struct posting *ret);

#endif
