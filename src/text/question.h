/* question.h - reads a question word by word, with its quotation marks and minus signs. Private to src/text.
 *   "huur betalen"   a quotation; also „huur betalen”, “huur betalen”, «huur betalen» and ‘huur betalen’. One that is
 *                    not closed is no quotation: somebody is still typing.
 *   -huur -"huur …"  an exclusion: a minus sign at the start of a word or quotation. One inside a word, or alone, is none. */
#ifndef TEXT_QUESTION_H
#define TEXT_QUESTION_H
#include "token.h"

/* Start with { .text = ... }. */
struct question {
        struct str text;
        size_t at;
        size_t end, after;              /* of the quotation at hand: its closing mark, and what follows; else 0 */
        uint32_t phrase, offset;
        bool exclude;                   /* the quotation at hand */
        bool inside;                    /* no minus sign counts here: a sign before it belongs to the same word */
        bool no_double, no_single;      /* no closing mark is left */
};

struct asked {
        struct token token;
        uint32_t phrase;                /* 0: no quotation; else its number, from 1 */
        uint32_t offset;                /* words of the quotation before it, all counted */
        bool exclude;
};

/* The next word. False at the end. Time is linear in the text. */
bool question_next(struct question *q, struct asked *ret);

#endif
