/* token.h - cuts UTF-8 text into words for search. A word is letters and digits, and what holds them together:
 *   hyphen          "e-mail" and "18-jarige" are one token with pieces; "0%-aanbod" too; "in- en uitstroom" gives "in"
 *   apostrophe      "'s-Gravenhage" starts with "s"; the endings 's, 'n, 'er, 'ers, 'tje, 'tjes fall off ("regio's")
 *   point           "n.v.t." gives "nvt", "1.000" gives "1000"
 *   soft hyphens, joiners of no width and marks for the direction of writing vanish. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H
#include "str.h"

#define TOKEN_MAX 64            /* bytes of one folded word; what is longer is cut off */
#define TOKEN_PIECES_MAX 8

struct token {
        char text[TOKEN_MAX];           /* folded, without hyphens */
        uint32_t at[TOKEN_MAX + 1];     /* byte of the source where each folded byte comes from; at[n]: where the
                                         * last ends */
        uint32_t start, end;            /* bytes of the source, with the ending that fell off */
        uint8_t n;
        uint8_t piece[TOKEN_PIECES_MAX];        /* where each piece starts in text; piece[0] is 0 */
        uint8_t pieces;                 /* 1 without hyphen */
        bool cut;
};

/* The next token from byte *I of TEXT, which moves on. False at the end. TEXT is at most 4 GB. */
bool token_next(struct str text, size_t *i, struct token *ret);
/* Whether a letter or digit stands at byte I of TEXT. */
bool token_at(struct str text, size_t i);
/* Signs inside a word that leave no letter: combining accents, soft hyphen, joiners, marks for the direction. */
bool token_silent(uint32_t c);
/* Piece K of T. */
struct str token_piece(const struct token *t, size_t k);

#endif
