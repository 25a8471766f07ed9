/* vocabulary.h - the words of all documents, for completing what somebody types and for "bedoelde u". Words that stand in one
 * document only, and not in a title, are left out: half of those are mistakes, and in a large collection they are most words. */
#ifndef SEARCH_VOCABULARY_H
#define SEARCH_VOCABULARY_H
#include <pthread.h>
#include "suggest.h"

#define WORD_USES_MIN 2

struct vocabulary_word {
        struct str word;                /* folded */
        int64_t uses;                   /* documents; twice when in the title */
};

struct vocabulary {
        struct arena mem;
        struct vocabulary_word *v;      /* in order of word */
        size_t n;
        struct suggest *suggest;        /* made when first asked */
};

/* Sets the words in CHANGED (in order of word) to their new uses; those below WORD_USES_MIN go. */
void vocabulary_change(struct vocabulary *x, const struct vocabulary_word *changed, size_t n);
void vocabulary_done(struct vocabulary *x);
/* The words that begin with PREFIX: *FROM up to *TO. */
void vocabulary_range(const struct vocabulary *x, struct str prefix, size_t *from, size_t *to);
/* As suggest_best(). Any number of threads with one LOCK. */
bool vocabulary_suggest(struct vocabulary *x, pthread_mutex_t *lock, struct str word, struct str *ret);

#endif
