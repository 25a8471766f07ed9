/* snippet.h - the piece of a text that shows why it was found, with the found words marked. */
#ifndef TEXT_SNIPPET_H
#define TEXT_SNIPPET_H
#include "analyse.h"

struct snippet_piece {
        struct str text;                /* borrows from the text, or is an ellipsis */
        bool marked;                    /* for <mark> */
};

struct snippet {
        struct snippet_piece *v;
        size_t n;
        size_t marks;                   /* pieces that are marked */
};

#define SNIPPET_SOURCE_MAX ((size_t) 128 * 1024)

/* One fragment of the plain TEXT, or two when that shows more of the words asked for; whole words, at most MAX_CHARS
 * characters (40 to 2000) without the ellipses. Without a hit: the beginning. Reads the first 128 kB. In A. */
struct snippet text_snippet(const struct analyser *an, struct arena *a, struct str text, const struct query *query,
                            size_t max_chars);
/* The same when the TERMS of TEXT, without space at both ends, are known from before. */
struct snippet text_snippet_of(struct arena *a, struct str text, const struct terms *terms, const struct query *query,
                               size_t max_chars);

#endif
