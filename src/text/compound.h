/* compound.h - splits Dutch compounds: "schuldhulpverlening" = schuld + hulp + verlening.
 *
 * Every place where the rest is a known word, and what stands before it is a known word with or without a linking sound
 * (s, e, en, n), gets a score: a sum of weights for the length of the parts, their flags in the dictionary, the linking
 * sound, and so on (compound.c). The best place over the threshold splits the word; the parts are tried again with a
 * higher one. The weights were fitted by logistic regression.
 *
 * Measured by compound_test.c on samenstellingen_ud.tsv (870 compounds): precision 0.966, recall 0.905, F1 0.934 of the
 * places where a word is split. On niet_samenstellingen_ud.tsv (2,031 words not marked as compounds): 312 places, of
 * which by reading some 10 % are wrong ("man+oeuvres"); the rest are compounds nobody marked ("volks+gezondheid").
 * Counting all of them as wrong, precision over both files is 0.705. 3 microseconds a word.
 * The weights, the threshold and part of the "=" and "-" words of domeinwoorden.txt were chosen with these two files in
 * view, so expect somewhat less on other words: with weights from the other three quarters (four-fold, hyphens left
 * out, same word lists) the first file gave precision 0.986 and recall 0.839. */
#ifndef TEXT_COMPOUND_H
#define TEXT_COMPOUND_H
#include "lexicon.h"

#define COMPOUND_WORD_MAX 60
#define COMPOUND_PARTS_MAX 8

struct compound_part {
        size_t start, end;              /* bytes of the folded word; a linking sound belongs to the part before it */
        char base[COMPOUND_WORD_MAX + 4];       /* the part without linking sound; the last part as it stands */
        size_t base_n;
};

/* Splits the folded WORD (letters only). The number of parts, 2 to COMPOUND_PARTS_MAX; 0 when it stays whole. */
size_t compound_split(const struct lexicon *lx, struct str word, struct compound_part parts[COMPOUND_PARTS_MAX]);

#endif
