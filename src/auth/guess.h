/* guess.h - how much of a password is more than what people commonly choose. The dictionary of cracklib passes
 * "welkom2024welkom" and "passwordpassword": it looks at whole words, in English. */
#ifndef AUTH_GUESS_H
#define AUTH_GUESS_H
#include "str.h"

#define GUESS_MAX 256                  /* bytes */
#define GUESS_MIN 8                     /* parts: as many as the shortest password of ASVS 5.0, 6.2.1 has characters */

/* The smallest number of parts that FOLDED (utf8_fold) can be cut into, where a character is a part, and so is each of:
 * a common word of guess_words, also with digits for letters ("w3lk0m"); a year; three characters or more in order or
 * alike ("123", "aaa"); four or more beside each other on a keyboard ("qwerty"); three or more that stand earlier in the
 * text too. "welkom2024welkom" has 3. Longer text counts as its first GUESS_MAX
 * bytes. The work grows with the square of the length. */
size_t guess_parts(struct str folded);

/* The common words, folded, separated by single spaces: the documented list of ASVS 5.0, 6.1.2 and 6.2.11. */
extern const struct str guess_words;

#endif
