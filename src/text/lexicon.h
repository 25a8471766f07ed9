/* lexicon.h - the words of a hunspell dictionary with what its flags say of them, plus the words of our domain. Built
 * once, then read only. Words are folded (utf8_fold) and at least three letters long; names are left out. */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H
#include "str.h"

enum lexicon_flag {
        LEX_WORD = 1 << 0,              /* a word of the language; without it the entry only forbids a part */
        LEX_NOUN = 1 << 1,
        LEX_VERB = 1 << 2,
        LEX_ADJECTIVE = 1 << 3,
        LEX_FIRST = 1 << 4,             /* seen in front of another word in compounds */
        LEX_LAST = 1 << 5,              /* seen as last word in compounds */
        LEX_LINK_S = 1 << 6,            /* takes an s in front of another word */
        LEX_PLURAL_EN = 1 << 7,
        LEX_OWN = 1 << 8,               /* from the domain list: a part even when short */
        LEX_WHOLE = 1 << 9,             /* is never split */
        LEX_NO_PART = 1 << 10,          /* is never a part */
        LEX_STEM_T = 1 << 11,           /* verb stem: + t is the third person */
        LEX_PAST_D = 1 << 12,           /* verb stem: + de is the past */
        LEX_PAST_T = 1 << 13,           /* verb stem: + te is the past */
};

struct lexicon {
        const char *bytes;              /* entries: flags (2 bytes), length (1), letters */
        uint32_t *slot;                 /* open addressing: offset + 1, or 0 */
        size_t mask;
        size_t words;
};

/* Reads DIC (a hunspell .dic; its .aff must stand beside it and names the character set: UTF-8 or ISO8859-1) and OWN
 * (data/taal/domeinwoorden.txt). Tables go in A. Errors are logged: ERR_NOT_FOUND, ERR_INVALID, ERR_LIMIT. */
_must_use_ enum err lexicon_load(struct arena *a, const char *dic, const char *own, struct lexicon *ret);

/* The flags of the word HEAD followed by TAIL, 0 when unknown. TAIL may be empty. */
unsigned lexicon_flags(const struct lexicon *lx, struct str head, struct str tail);

#endif
