/* capitals.h - words in capitals: an abbreviation or shouting? Private to src/text. */
#ifndef TEXT_CAPITALS_H
#define TEXT_CAPITALS_H
#include "str.h"

enum capitals {
        CAPITALS_NONE,          /* not a word of two or more capitals only */
        CAPITALS_SHORT,         /* two to six: may be an abbreviation */
        CAPITALS_SHOUTED,       /* longer, or an ordinary word such as NIET */
};

/* The next word from byte *I of TEXT, which moves behind it: letters and digits of any script. False at the end. */
bool capitals_word(struct str text, size_t *i, struct str *ret);
enum capitals capitals_of(struct str word);

#endif
