/* utf8.h - checking and folding UTF-8. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "str.h"

/* True for well-formed UTF-8 without surrogates or overlong forms. */
bool utf8_valid(struct str s);

/* Reads the code point at byte I and moves I on; a broken byte gives U+FFFD and moves one byte. */
uint32_t utf8_next(struct str s, size_t *i);
/* How many characters S has. */
size_t utf8_length(struct str s);

/* Lower case without accents, for Latin letters: "'s-Gravenhage" -> "'s-gravenhage", "Súdwest-Fryslân" ->
 * "sudwest-fryslan", "IJ" -> "ij", "ß" -> "ss". Other letters stay as they are. In A. */
struct str utf8_fold(struct arena *a, struct str s);

/* The folded letters of one code point into OUT (at most 4 bytes); returns the number of bytes. */
size_t utf8_fold_point(uint32_t c, char out[4]);

/* A URL slug: folded, letters and digits kept, everything else one "-": "Nuenen, Gerwen" -> "nuenen-gerwen". */
struct str utf8_slug(struct arena *a, struct str s);

#endif
