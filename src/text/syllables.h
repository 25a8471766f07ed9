/* syllables.h - how many syllables a Dutch word has, by rule. */
#ifndef TEXT_SYLLABLES_H
#define TEXT_SYLLABLES_H
#include "str.h"

/* The syllables of WORD (UTF-8, any case), counted as groups of vowels that make one sound: "aa", "ie", "eeu", "ij". A
 * trema begins a new one. A word without vowels, an abbreviation in capitals and a number count as one. Loan words that
 * break the rules and are common in our field (team, museum, online) are known; others may be one off. */
unsigned syllables_of(struct str word);

#endif
