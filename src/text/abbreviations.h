/* abbreviations.h - finds abbreviations that a text does not explain. Private to src/text. */
#ifndef TEXT_ABBREVIATIONS_H
#define TEXT_ABBREVIATIONS_H
#include "readability.h"

struct abbreviation {
        struct str meaning;
        bool common;                    /* everybody knows it */
};

struct seen_abbreviation {
        struct str text;
        size_t times, at;               /* byte of the source of the first */
        bool explained;
};

struct abbreviation_search {
        struct arena *a;
        const struct abbreviations *known;
        struct map by_text;
        VEC(struct seen_abbreviation *) seen;
};

/* Looks through the words of one block; AT as in struct md_text. */
void abbreviations_look(struct abbreviation_search *s, struct str words, const size_t *at);
/* What to do about one that was not explained. */
struct str abbreviation_advice(const struct abbreviation_search *s, struct str text);

#endif
