/* marks.h - the terms of a document with their places, packed, so that a result can mark words without analysing again.
 * Per term: distance of its word to the previous one in bytes and in words, and length of the word (LEB128), class, length, bytes. */
#ifndef SEARCH_MARKS_H
#define SEARCH_MARKS_H
#include "analyse.h"
#include "buf.h"

/* The text that results show pieces of, without space at both ends. In A. */
struct str marks_text(struct arena *a, struct str summary, struct str body);
void marks_put(struct buf *out, const struct terms *terms);
/* What marks_put wrote for a text of SIZE bytes; the terms borrow from BYTES. Damaged bytes end the list early. */
struct terms marks_read(struct arena *a, struct str bytes, size_t size);

#endif
