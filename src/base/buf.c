#include "buf.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for N more bytes; false and `full` when that would pass the maximum. */
static bool reserve(struct buf *b, size_t n) {
        size_t max = b->max ? b->max : BUF_MAX;
        if (b->full)
                return false;
        if (n > max - b->n) {
                b->full = true;
                return false;
        }
        if (b->cap - b->n >= n)
                return true;
        size_t cap = b->cap ? b->cap : 4096;
        while (cap - b->n < n)
                cap *= 2;
        cap = cap > max ? max : cap;
        char *p = realloc(b->p, cap);
        if (!p)
                abort();
        b->p = p;
        b->cap = cap;
        return true;
}

void buf_put_grow_(struct buf *b, const char *p, size_t n) {
        if (n == 0 || !reserve(b, n))
                return;
        memcpy(b->p + b->n, p, n);
        b->n += n;
}

void buf_str(struct buf *b, struct str s) {
        buf_put(b, s.p, s.n);
}

void buf_fmt(struct buf *b, const char *fmt, ...) {
        va_list ap, again;
        va_start(ap, fmt);
        va_copy(again, ap);
        int n = vsnprintf(NULL, 0, fmt, ap);
        va_end(ap);
        if (n >= 0 && reserve(b, (size_t) n + 1)) {
                vsnprintf(b->p + b->n, (size_t) n + 1, fmt, again);
                b->n += (size_t) n;
        }
        va_end(again);
}

void buf_i64(struct buf *b, int64_t v) {
        char tmp[24], *end = tmp + sizeof tmp, *p = end;
        uint64_t u = v < 0 ? 0 - (uint64_t) v : (uint64_t) v;
        do
                *--p = (char) ('0' + u % 10);
        while (u /= 10);
        if (v < 0)
                *--p = '-';
        buf_put(b, p, (size_t) (end - p));
}

struct str buf_view(const struct buf *b) {
        return (struct str) { b->p ? b->p : "", b->n };
}

void buf_reset(struct buf *b) {
        b->n = 0;
        b->full = false;
}

void buf_done(struct buf *b) {
        free(b->p);
        *b = (struct buf) { .max = b->max };
}
