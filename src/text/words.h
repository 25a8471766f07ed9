/* words.h - from a folded word to the term under which it is indexed: alias, verb form, stem. Private to src/text. */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H
#include <libstemmer.h>
#include "lexicon.h"
#include "vec.h"

struct words {
        struct lexicon lexicon;
        struct map stop;                /* folded word -> itself */
        struct map alias;               /* folded word -> struct str, its lemma */
};

#define TERM_MAX 64

/* Reads stopwoorden.txt, aliassen.tsv and domeinwoorden.txt in DIR and the dictionary DIC; tables go in A. */
_must_use_ enum err words_load(struct arena *a, const char *dic, const char *dir, struct words *ret);

bool words_is_stop(const struct words *w, struct str word);

/* The term of the folded WORD, in OUT. */
struct str words_term(const struct words *w, struct sb_stemmer *stemmer, struct str word, char out[TERM_MAX]);

/* A word that can stand apart from its verb: "vast" of "stelt vast". LOOSE is set when it hardly ever is a preposition. */
bool words_is_particle(struct str word, bool *loose);

/* The term of the verb that PARTICLE and the form VERB are together, in OUT: "vast" and "stelt" give that of "vaststellen". Empty
 * when the dictionary has no such verb. */
struct str words_separable(const struct words *w, struct sb_stemmer *stemmer, struct str particle, struct str verb, char out[TERM_MAX]);

/* libstemmer's Dutch stemmer of Debian's 2.2.0: the algorithm of Porter. NULL when memory is short. Not for more than
 * one thread at a time. */
struct sb_stemmer *words_stemmer(void);

#endif
