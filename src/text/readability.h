/* readability.h - how easily a Markdown text reads: counts, two formulas, and the sentences and abbreviations to mend.
 *
 *   Flesch-Douma   206.84 - 0.77 * syllables per 100 words - 0.93 * words per sentence; higher is easier.
 *                  W.H. Douma, De leesbaarheid van landbouwbladen (Wageningen, 1960), after R. Flesch (1948).
 *   LIX            words per sentence + 100 * words of more than six letters / words; lower is easier.
 *                  C.H. Björnsson, Läsbarhet (Stockholm, 1968).
 *
 * Counted are paragraphs, quotes and list items; an item or paragraph always ends a sentence. Headings, tables and code
 * are not sentences and do not count, but abbreviations are looked for in headings and tables too. A number or an
 * address is one word of one syllable. */
#ifndef TEXT_READABILITY_H
#define TEXT_READABILITY_H
#include "vec.h"

/* By Flesch-Douma, with the bounds of Flesch's table: [70, ...) good, [60, 70) fair, [50, 60) rather hard, [30, 50)
 * hard, below 30 very hard. Under 30 words no formula says anything. */
enum read_level { READ_TOO_SHORT, READ_GOOD, READ_FAIR, READ_RATHER_HARD, READ_HARD, READ_VERY_HARD };
#define READ_WORDS_MIN 30

#define READ_LONG 20            /* words; a sentence of more is long */
#define READ_TOO_LONG 30        /* and of more than this: cut it */
#define READ_LIST_MAX 50        /* sentences or abbreviations that are told, the first ones */

struct read_sentence {
        struct str text;
        size_t words;           /* more than READ_LONG */
        unsigned line, column;  /* from 1; the column in characters */
};

struct read_abbreviation {
        struct str text;
        struct str advice;      /* Dutch, whole sentence */
        size_t times;
        unsigned line, column;  /* of the first time */
};

struct readability {
        size_t words, sentences, syllables, long_words;         /* long: more than six letters */
        double flesch, lix;     /* 0 without words */
        enum read_level level;
        struct read_sentence *long_sentences;
        size_t n_long;          /* at most READ_LIST_MAX, in order of the text */
        struct read_abbreviation *abbreviations;
        size_t n_abbreviations; /* the same */
};

/* data/taal/afkortingen.txt: a line holds the abbreviation, a tab, its meaning; "=" in front when everybody knows it. */
struct abbreviations {
        struct map known;       /* text -> struct abbreviation (private) */
};
/* Reads the list at PATH into A. Errors are logged: ERR_NOT_FOUND, ERR_INVALID (a line without tab), ERR_LIMIT. */
_must_use_ enum err abbreviations_load(struct arena *a, const char *path, struct abbreviations *ret);

/* Measures SOURCE; everything in RET lives in A. An abbreviation is two to six capitals, or a word of the list such as
 * Wgs. It is unexplained when nowhere in the text it stands in brackets behind its words, or its words in brackets
 * behind it. ERR_INVALID: not UTF-8. ERR_LIMIT: as markdown_render(). */
_must_use_ enum err readability_measure(struct arena *a, struct str source, const struct abbreviations *known,
                                        struct readability *ret);

/* "Goed te lezen", "Vrij moeilijk te lezen" ... for a person who knows no formulas. */
struct str readability_verdict(enum read_level level);

#endif
