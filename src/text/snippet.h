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

/* One fragment of the plain TEXT, or two when that shows more of the words asked for; whole words, at most MAX_CHARS
 * characters (40 to 2000) without the ellipses. TERMS are those of TEXT, which has no space at either end. Without a
 * hit: the beginning. In A. */
struct snippet text_snippet(struct arena *a, struct str text, const struct terms *terms, const struct query *query,
                            size_t max_chars);

#endif
