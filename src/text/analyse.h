/* analyse.h - Dutch text as terms for a search index, and a visitor's question as groups of alternative terms.
 *
 * Words are folded (no capitals, no accents), stop words dropped, irregular forms brought to their lemma
 * (data/taal/aliassen.tsv), regular verb forms to their stem (flags of the dictionary), the rest stemmed (Porter's
 * Dutch stemmer); compounds give their parts as well, and verbs that are written apart ("stelt een plan vast") the term
 * they have as one word ("vaststellen"). Text and question must pass through the same analyser: when its
 * lists change, index again.
 *
 * Measured (-O2): opening 35 to 60 ms, 4 MB kept (14 MB at the peak); 0.2 ms for 2 kB of text. A form and its lemma
 * meet in one term for 0.85 of lemma_ud.tsv and 0.91 of its nouns; with the stemmer alone 0.69 and 0.84
 * (the verb and plural rules of words.c were made with that file in view). */
#ifndef TEXT_ANALYSE_H
#define TEXT_ANALYSE_H
#include "str.h"

/* Read only after opening: one for the whole process, usable from all threads at once. */
struct analyser;

/* DIC: hunspell's nl_NL.dic, with nl_NL.aff beside it. DIR: data/taal. Errors are logged: ERR_NOT_FOUND, ERR_INVALID,
 * ERR_LIMIT. Close with analyser_close(). */
_must_use_ enum err analyser_open(const char *dic, const char *dir, struct analyser **ret);
void analyser_close(struct analyser *an);

enum term_class {
        TERM_STEM,              /* the word itself; for a particle ("vast") also the verb that it belongs to */
        TERM_PART,              /* a part of a compound or hyphenated word: weigh it lower */
        TERM_SYNONYM,           /* questions only */
};

struct term {
        struct str text;                /* at most 64 bytes */
        enum term_class class;
        uint32_t position;              /* of the word in the text, stop words counted, from 0; parts share it */
        uint32_t start, end;            /* bytes of the source: of the word, or of the part in it */
        uint32_t word_start, word_end;  /* bytes of the whole word, for marking */
};

struct terms {
        struct term *v;                 /* in the order of the text */
        size_t n;
        uint32_t words;                 /* all words, stop words too */
};

/* The terms of TEXT (broken UTF-8 parts words; at most 64 MB, the rest is not read), in A. */
struct terms analyse_text(const struct analyser *an, struct arena *a, struct str text);

/* All terms of one alternative must be in a document. */
struct alternative {
        struct str *terms;
        size_t n;
        enum term_class class;          /* TERM_STEM: as asked; TERM_PART: the parts of a compound; TERM_SYNONYM */
};

/* One word of a question, or several that together have synonyms. What stands in quotation marks or is excluded is
 * meant as it stands: one alternative, the word itself. */
struct query_word {
        struct str source;              /* as the visitor wrote it; borrows from the question */
        struct str folded;              /* folded, hyphens gone: for searching on the beginning of a word */
        struct alternative *v;          /* one is enough; v[0] is the word itself */
        size_t n;
        bool exclude;                   /* -woord, -"een zin": what holds it is no answer */
        uint32_t phrase;                /* "een zin": words with the same number, from 1, stand adjacent in this order; 0: none */
        uint32_t offset;                /* place in the phrase, stop words counted: positions differ as much as offsets */
};

#define QUERY_WORDS_MAX 32
#define QUERY_BYTES_MAX 4096

struct query {
        struct query_word *v;           /* none when the question has only stop words */
        size_t n;
        size_t wanted;                  /* those not excluded: required; 0 finds nothing */
};

/* TEXT as a question, in A (question.h tells the signs that count). Words past QUERY_WORDS_MAX and bytes past
 * QUERY_BYTES_MAX do not count. */
struct query analyse_query(const struct analyser *an, struct arena *a, struct str text);

#endif
