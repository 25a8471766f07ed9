/* vector.h - a document as the ranking sees it: each of its terms once, with its weight. Per term a key of six bytes, which
 * stands for the term, and one byte of weight; in order of key. Keys instead of words: nothing has to be numbered when a document
 * is written, and processes keep no words. Two terms share a key once in 280 million million pairs; then one finds the other. */
#ifndef SEARCH_VECTOR_H
#define SEARCH_VECTOR_H
#include "buf.h"

#define VECTOR_TERM 7           /* bytes */

/* 48 bits, never 0. Fixed: the store holds keys. */
uint64_t vector_key(struct str term);
void vector_put(struct buf *out, uint64_t key, uint8_t weight);
/* Takes the next term off the front. False at the end; bytes that make no whole term are the end. */
bool vector_next(struct str *rest, uint64_t *key, uint8_t *weight);

#endif
