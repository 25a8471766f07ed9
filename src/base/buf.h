/* buf.h - a growing byte buffer with a maximum. Past the maximum it is `full`: later writes are dropped
 * and the owner answers with an error, so no caller needs to check each write. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include "str.h"

struct buf {
        char *p;
        size_t n, cap;          /* cap never passes the maximum */
        size_t max;             /* 0 means BUF_MAX */
        bool full;
};
#define BUF_MAX ((size_t) 16 << 20)

/* buf_put when there is no room yet. */
void buf_put_grow_(struct buf *b, const char *p, size_t n);
/* Inline: pages are thousands of short pieces, most of them literals. */
static inline void buf_put(struct buf *b, const char *p, size_t n) {
        if (b->full || b->cap - b->n < n) {
                buf_put_grow_(b, p, n);
        } else if (n) {
                memcpy(b->p + b->n, p, n);
                b->n += n;
        }
}
void buf_str(struct buf *b, struct str s);
static inline void buf_char(struct buf *b, char c) {
        buf_put(b, &c, 1);
}
void buf_fmt(struct buf *b, const char *fmt, ...) _printf_(2, 3);
/* A decimal integer, faster than printf. */
void buf_i64(struct buf *b, int64_t v);

/* What is in it; valid until the next write. */
struct str buf_view(const struct buf *b);
/* Empties but keeps the memory. */
void buf_reset(struct buf *b);
/* Gives the memory back. Usable with _cleanup_(buf_done). */
void buf_done(struct buf *b);

#endif
