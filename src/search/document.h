/* document.h - what the index keeps of one document. Depends on the document and the analyser alone, not on the other documents:
 * that is why one can be replaced by itself. */
#ifndef SEARCH_DOCUMENT_H
#define SEARCH_DOCUMENT_H
#include "search.h"

struct document_word {
        struct str word;                /* as people write it, folded */
        int64_t uses;                   /* 1; 2 when it stands in the title or another name */
};

struct document {
        struct str vector;              /* vector.h */
        struct str marks;               /* marks.h */
        struct document_word *words;    /* in order of word */
        size_t words_n;
};

/* In A. ERR_LIMIT for a document of many megabytes. */
_must_use_ enum err document_make(const struct analyser *an, struct arena *a, const struct search_entry *e, struct document *ret);

#endif
