#include "marks.h"

struct str marks_text(struct arena *a, struct str summary, struct str body) {
        return str_trim(body.n ? str_fmt(a, "%.*s %.*s", STR(summary), STR(body)) : summary);
}

static void put_number(struct buf *out, uint32_t v) {
        for (; v >= 0x80; v >>= 7)
                buf_char(out, (char) (v | 0x80));
        buf_char(out, (char) v);
}

void marks_put(struct buf *out, const struct terms *terms) {
        uint32_t last = 0, position = 0;
        for (size_t i = 0; i < terms->n; i++) {
                const struct term *t = &terms->v[i];
                put_number(out, t->word_start - last);
                put_number(out, t->position - position);
                put_number(out, t->word_end - t->word_start);
                buf_char(out, (char) t->class);
                buf_char(out, (char) t->text.n);
                buf_str(out, t->text);
                last = t->word_start;
                position = t->position;
        }
}

static bool number(struct str *in, uint32_t *ret) {
        uint32_t v = 0;
        for (unsigned shift = 0; in->n && shift < 32; shift += 7) {
                unsigned char c = (unsigned char) in->p[0];
                *in = str_sub(*in, 1, in->n);
                v |= (uint32_t) (c & 0x7f) << shift;
                if (c < 0x80) {
                        *ret = v;
                        return true;
                }
        }
        return false;
}

struct terms marks_read(struct arena *a, struct str bytes, size_t size) {
        struct terms terms = { .v = arena_many(a, struct term, bytes.n / 6 + 1) };      /* a term takes six bytes or more */
        uint32_t last = 0, position = 0, gap, words, length;
        while (number(&bytes, &gap) && number(&bytes, &words) && number(&bytes, &length) && bytes.n >= 2) {
                size_t n = (unsigned char) bytes.p[1];
                if (n == 0 || bytes.n < 2 + n || gap > size - last || length > size - last - gap)
                        break;
                last += gap;
                position += words;
                terms.v[terms.n++] = (struct term) {
                        .text = str_sub(bytes, 2, n), .class = (enum term_class) bytes.p[0], .position = position, .word_start = last, .word_end = last + length };
                bytes = str_sub(bytes, 2 + n, bytes.n);
        }
        return terms;
}
