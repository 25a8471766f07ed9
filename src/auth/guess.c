#include "guess.h"
#include <string.h>

/* For the text so far: parts[i] is the fewest parts its first i bytes can be cut into. */
struct cuts {
        struct str text;
        uint16_t parts[GUESS_MAX + 1];
};

/* The N bytes from I on can be one part. */
static void one_part(struct cuts *c, size_t i, size_t n) {
        if (c->parts[i] + 1 < c->parts[i + n])
                c->parts[i + n] = (uint16_t) (c->parts[i] + 1);
}

/* Digits and signs that stand for a letter: "w@chtw00rd". */
static bool stands_for(char typed, char letter) {
        switch (typed) {
        case '0':
                return letter == 'o';
        case '1': case '!': case '|':
                return letter == 'i' || letter == 'l';
        case '3':
                return letter == 'e';
        case '4': case '@':
                return letter == 'a';
        case '5': case '$':
                return letter == 's';
        case '7': case '+':
                return letter == 't';
        case '8':
                return letter == 'b';
        default:
                return typed == letter;
        }
}

static void cut_words(struct cuts *c, size_t i) {
        struct str s = str_sub(c->text, i, c->text.n);
        const char *end = guess_words.p + guess_words.n;
        for (const char *word = guess_words.p, *stop; word < end; word = stop + 1) {
                stop = memchr(word, ' ', (size_t) (end - word));
                stop = stop ? stop : end;
                size_t k = 0, n = (size_t) (stop - word);
                while (k < n && k < s.n && stands_for(s.p[k], word[k]))
                        k++;
                if (k == n)
                        one_part(c, i, k);
        }
}

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

static bool starts_year(struct str s) {
        return s.n >= 4 && (str_starts(s, S("19")) || str_starts(s, S("20"))) && is_digit(s.p[2]) && is_digit(s.p[3]);
}

/* Characters from the start that go up by one, down by one, or stay the same. */
static size_t run_length(struct str s) {
        if (s.n < 2)
                return s.n;
        int step = s.p[1] - s.p[0];
        size_t n = 2;
        while (n < s.n && s.p[n] - s.p[n - 1] == step)
                n++;
        return step >= -1 && step <= 1 ? n : 0;
}

/* Where C lies on a keyboard, as row * 32 + column; the same place for a letter on QWERTY only. -1 for elsewhere. */
static int key_of(char c) {
        static const char *const rows[] = { "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./" };
        for (int r = 0; r < 4 && c; r++) {
                const char *p = strchr(rows[r], c);
                if (p)
                        return r * 32 + (int) (p - rows[r]);
        }
        return -1;
}

static size_t keyboard_length(struct str s) {
        size_t n = 1;
        int step = 0;
        for (; n < s.n; n++) {
                int from = key_of(s.p[n - 1]), to = key_of(s.p[n]);
                /* 1 and -1: along a row; 32 and -32: down or up a column, "1qaz" */
                int move = to - from;
                bool beside = move == 1 || move == -1 || move == 32 || move == -32;
                if (from < 0 || to < 0 || !beside || (step && move != step))
                        break;
                step = move;
        }
        return n;
}

/* The longest piece at I that stands before I too. */
static size_t repeat_length(struct str s, size_t i) {
        size_t best = 0;
        for (size_t j = 0; j + best < i; j++) {
                size_t k = 0;
                while (i + k < s.n && j + k < i && s.p[i + k] == s.p[j + k])
                        k++;
                if (k > best)
                        best = k;
        }
        return best;
}

/* Cuts of SHORTEST to LONGEST bytes: the rest of a run may begin a word. */
static void cut_range(struct cuts *c, size_t i, size_t shortest, size_t longest) {
        for (size_t n = shortest; n <= longest; n++)
                one_part(c, i, n);
}

size_t guess_parts(struct str folded) {
        struct cuts c = { .text = str_sub(folded, 0, GUESS_MAX) };
        for (size_t i = 0; i <= c.text.n; i++)
                c.parts[i] = (uint16_t) i;
        for (size_t i = 0; i < c.text.n; i++) {
                struct str rest = str_sub(c.text, i, c.text.n);
                size_t bytes = 1;               /* of the character here */
                while (bytes < rest.n && (rest.p[bytes] & 0xc0) == 0x80)
                        bytes++;
                one_part(&c, i, bytes);
                cut_words(&c, i);
                if (starts_year(rest))
                        one_part(&c, i, 4);
                cut_range(&c, i, 3, run_length(rest));
                cut_range(&c, i, 4, keyboard_length(rest));
                cut_range(&c, i, 3, repeat_length(c.text, i));
        }
        size_t n = c.parts[c.text.n];
        explicit_bzero(&c, sizeof c);
        return n;
}
