#include "encode.h"
#include <string.h>

#define LINE 76                 /* RFC 2047, 2: lines with encoded words; RFC 2045, 6.7: lines of a body */
#define WORD "=?UTF-8?Q?"
#define PLAIN_WORD 60           /* longer words are encoded, because they leave no place to fold */

static bool is_alnum(unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Bytes of the character at S[I]. */
static size_t length_at(struct str s, size_t i) {
        size_t n = 1;
        while (i + n < s.n && ((unsigned char) s.p[i + n] & 0xc0) == 0x80)
                n++;
        return n;
}

static void put_hex(struct buf *b, unsigned char c) {
        static const char hex[] = "0123456789ABCDEF";
        const char e[3] = { '=', hex[c >> 4], hex[c & 15] };
        buf_put(b, e, 3);
}

/* ASCII that reads back the same after folding at its spaces, and that nobody takes for an encoded word. */
static bool is_plain(struct str s) {
        struct str word;
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] < ' ' || (unsigned char) s.p[i] > '~')
                        return false;
        if (str_find(s, S("=?")) < s.n)
                return false;
        while (str_split(&s, ' ', &word))
                if (word.n == 0 || word.n > PLAIN_WORD)
                        return false;
        return true;
}

/* What may stand in an encoded word anywhere, also in a name (RFC 2047, 5 rule 3). */
static bool is_safe(unsigned char c) {
        return is_alnum(c) || (c && strchr("!*+-/", c));
}

static size_t word_cost(struct str s, size_t i, size_t n) {
        unsigned char c = (unsigned char) s.p[i];
        return n == 1 && (is_safe(c) || c == ' ') ? 1 : 3 * n;
}

/* S as encoded words from column COL on; returns the column behind them. A word and its line never pass LINE, so a word
 * has at most 75 bytes, and each holds whole characters. */
static size_t put_words(struct buf *b, struct str s, size_t col) {
        bool open = false;
        for (size_t i = 0, n; i < s.n; i += n) {
                n = length_at(s, i);
                size_t cost = word_cost(s, i, n);
                if (open && col + cost + 2 > LINE) {
                        buf_str(b, S("?=\r\n "));
                        col = 1;
                        open = false;
                }
                if (!open) {
                        buf_str(b, S(WORD));
                        col += sizeof WORD - 1;
                        open = true;
                }
                for (size_t k = 0; k < n; k++) {
                        unsigned char c = (unsigned char) s.p[i + k];
                        if (c == ' ' || is_safe(c))
                                buf_char(b, c == ' ' ? '_' : (char) c);
                        else
                                put_hex(b, c);
                }
                col += cost;
        }
        buf_str(b, S("?="));
        return col + 2;
}

static size_t put_name(struct buf *b, const char *name) {
        buf_str(b, str_of(name));
        buf_str(b, S(": "));
        return strlen(name) + 2;
}

void encode_line(struct buf *b, const char *name, struct str value) {
        size_t col = put_name(b, name);
        struct str word;
        bool first = true;
        if (!is_plain(value)) {
                put_words(b, value, col);
                value = (struct str) { NULL, 0 };
        }
        while (str_split(&value, ' ', &word)) {
                bool fold = !first && col + 1 + word.n > LINE;
                if (!first)
                        buf_str(b, fold ? S("\r\n ") : S(" "));
                buf_str(b, word);
                col = (fold ? 0 : col) + !first + word.n;
                first = false;
        }
        buf_str(b, S("\r\n"));
}

static size_t put_quoted(struct buf *b, struct str s) {
        size_t from = b->n;
        buf_char(b, '"');
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"' || s.p[i] == '\\')
                        buf_char(b, '\\');
                buf_char(b, s.p[i]);
        }
        buf_char(b, '"');
        return b->n - from;
}

void encode_mailbox(struct buf *b, const char *name, struct str display, struct str address) {
        size_t col = put_name(b, name);
        if (display.n == 0) {
                buf_str(b, address);
                buf_str(b, S("\r\n"));
                return;
        }
        bool plain = display.n <= PLAIN_WORD / 2 && is_plain(display);
        col = plain ? col + put_quoted(b, display) : put_words(b, display, col);
        buf_str(b, col + address.n + 3 > LINE ? S("\r\n <") : S(" <"));
        buf_str(b, address);
        buf_str(b, S(">\r\n"));
}

/* Length of the line end at S[I], or 0. */
static size_t line_end(struct str s, size_t i) {
        if (i < s.n && s.p[i] == '\n')
                return 1;
        return i + 1 < s.n && s.p[i] == '\r' && s.p[i + 1] == '\n' ? 2 : 0;
}

/* May the byte S[I] stand as it is, at column COL? A dot and "From " at the start of a line are changed by some servers
 * (RFC 2049, 3), and a space at the end is lost. */
static bool stands(struct str s, size_t i, size_t col) {
        unsigned char c = (unsigned char) s.p[i];
        if (c == ' ')
                return i + 1 < s.n && !line_end(s, i + 1);
        if (col == 0 && (c == '.' || str_starts(str_sub(s, i, s.n), S("From "))))
                return false;
        return c > ' ' && c <= '~' && c != '=';
}

void encode_body(struct buf *b, struct str s) {
        size_t col = 0;
        for (size_t i = 0, n; i < s.n; i += n) {
                if ((n = line_end(s, i))) {
                        buf_str(b, S("\r\n"));
                        col = 0;
                        continue;
                }
                n = length_at(s, i);
                if (col + (stands(s, i, col) ? 1 : 3 * n) > LINE - 1) {
                        buf_str(b, S("=\r\n"));
                        col = 0;
                }
                if (stands(s, i, col)) {
                        buf_char(b, s.p[i]);
                        col++;
                        continue;
                }
                for (size_t k = 0; k < n; k++)
                        put_hex(b, (unsigned char) s.p[i + k]);
                col += 3 * n;
        }
}
