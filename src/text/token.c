#include "token.h"
#include <string.h>
#include "utf8.h"

static bool is_digit(uint32_t c) {
        return c >= '0' && c <= '9';
}

static bool is_word(uint32_t c) {
        if (c < 0x80)
                return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (c < 0x300)
                return c >= 0xc0 && c != 0xd7 && c != 0xf7 && c < 0x2b0;
        /* Punctuation, symbols, private use and broken bytes part words; all other scripts are letters. */
        return !(c >= 0x300 && c < 0x370) && !(c >= 0x2000 && c < 0x2c00) && !(c >= 0x3000 && c < 0x3040) &&
               !(c >= 0xd800 && c < 0xf900) && c < 0xfe00;
}

bool token_silent(uint32_t c) {
        return (c >= 0x300 && c < 0x370) || c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
               c == 0x2060 || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static bool is_apostrophe(uint32_t c) {
        return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2bc;
}

static bool is_hyphen(uint32_t c) {
        return c == '-' || c == 0x2010 || c == 0x2011;
}

static uint32_t peek(struct str s, size_t i, size_t *after) {
        *after = i;
        return i < s.n ? utf8_next(s, after) : 0;
}

bool token_at(struct str text, size_t i) {
        size_t after;
        return i < text.n && is_word(peek(text, i, &after));
}

/* Whether the word from I to its end is one of the endings that fall off behind an apostrophe. */
static bool loose_ending(struct str s, size_t i, size_t *end) {
        static const struct str endings[] = { S_INIT("s"), S_INIT("n"), S_INIT("er"), S_INIT("ers"), S_INIT("tje"),
                                              S_INIT("tjes"), S_INIT("ie") };
        for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
                size_t after, stop = i + endings[k].n;
                if (str_eq(str_sub(s, i, endings[k].n), endings[k]) && !is_word(peek(s, stop, &after))) {
                        *end = stop;
                        return true;
                }
        }
        return false;
}

static void put(struct token *t, uint32_t c, size_t from) {
        char f[4];
        size_t k = utf8_fold_point(c, f);
        if (t->n + k > TOKEN_MAX) {
                t->cut = true;
                return;
        }
        for (size_t j = 0; j < k; j++) {
                t->at[t->n] = (uint32_t) from;
                t->text[t->n++] = f[j];
        }
}

/* At I stands no word sign. Moves I over what joins it with the word after it; false when the token ends here. */
static bool join(struct str s, size_t *i, struct token *t, uint32_t before) {
        size_t after, next, then;
        uint32_t c = peek(s, *i, &after), d = peek(s, after, &next);
        if (c == '%' && is_hyphen(d)) {
                after = next;
                c = d;
                d = peek(s, after, &next);
        }
        if (is_hyphen(c) && is_word(d)) {
                if (t->pieces < TOKEN_PIECES_MAX && t->n < TOKEN_MAX && t->n > t->piece[t->pieces - 1])
                        t->piece[t->pieces++] = t->n;
                *i = after;
                return true;
        }
        if (is_apostrophe(c) && is_word(d)) {
                if (loose_ending(s, after, i)) {
                        t->end = (uint32_t) *i;         /* it counts for marking, not for the term */
                        return false;
                }
                *i = after;
                return true;
        }
        /* "n.v.t": so far every letter had a point behind it, and one letter follows. */
        bool initials = t->pieces == 1 && t->end - t->start == 2u * t->n - 1 && !is_word(peek(s, next, &then));
        if (c == '.' && ((is_digit(before) && is_digit(d)) || (initials && is_word(d) && !is_digit(d)))) {
                *i = after;
                return true;
        }
        return false;
}

bool token_next(struct str text, size_t *i, struct token *t) {
        size_t after;
        uint32_t c = 0, before = 0;
        while (*i < text.n && !is_word(c = peek(text, *i, &after)))
                *i = after;
        if (*i >= text.n)
                return false;
        t->n = 0;
        t->pieces = 1;
        t->piece[0] = 0;
        t->cut = false;
        t->start = (uint32_t) *i;
        t->end = t->start;
        uint32_t letters = t->start;
        for (;;) {
                c = peek(text, *i, &after);
                if (*i < text.n && is_word(c)) {
                        put(t, c, *i);
                        before = c;
                        t->end = letters = (uint32_t) after;
                        *i = after;
                } else if (*i < text.n && token_silent(c)) {
                        *i = after;
                } else if (*i >= text.n || !join(text, i, t, before)) {
                        break;
                }
        }
        t->at[t->n] = letters;
        return true;
}

struct str token_piece(const struct token *t, size_t k) {
        size_t end = k + 1 < t->pieces ? t->piece[k + 1] : t->n;
        return (struct str) { t->text + t->piece[k], end - t->piece[k] };
}
