#include "str.h"
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *z) {
        return (struct str) { z ? z : "", z ? strlen(z) : 0 };
}

struct str str_dup(struct arena *a, struct str s) {
        char *p = arena_alloc(a, s.n + 1);
        if (s.n)
                memcpy(p, s.p, s.n);
        return (struct str) { p, s.n };
}

const char *str_z(struct arena *a, struct str s) {
        return str_dup(a, s).p;
}

struct str str_fmt(struct arena *a, const char *fmt, ...) {
        va_list ap, again;
        va_start(ap, fmt);
        va_copy(again, ap);
        int n = vsnprintf(NULL, 0, fmt, ap);
        va_end(ap);
        if (n < 0)
                abort();
        char *p = arena_alloc(a, (size_t) n + 1);
        vsnprintf(p, (size_t) n + 1, fmt, again);
        va_end(again);
        return (struct str) { p, (size_t) n };
}

bool str_eq(struct str a, struct str b) {
        return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b) {
        size_t n = a.n < b.n ? a.n : b.n;
        int c = n ? memcmp(a.p, b.p, n) : 0;
        return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix) {
        return s.n >= prefix.n && str_eq((struct str) { s.p, prefix.n }, prefix);
}

bool str_ends(struct str s, struct str suffix) {
        return s.n >= suffix.n && str_eq((struct str) { s.p + s.n - suffix.n, suffix.n }, suffix);
}

size_t str_index(struct str s, char c) {
        const char *p = s.n ? memchr(s.p, c, s.n) : NULL;
        return p ? (size_t) (p - s.p) : s.n;
}

size_t str_find(struct str s, struct str needle) {
        if (needle.n == 0)
                return 0;
        const char *p = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
        return p ? (size_t) (p - s.p) : s.n;
}

struct str str_sub(struct str s, size_t from, size_t n) {
        if (from > s.n)
                from = s.n;
        if (n > s.n - from)
                n = s.n - from;
        return (struct str) { s.p + from, n };
}

static bool is_space(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s) {
        while (s.n && is_space(s.p[0])) {
                s.p++;
                s.n--;
        }
        while (s.n && is_space(s.p[s.n - 1]))
                s.n--;
        return s;
}

bool str_split(struct str *s, char sep, struct str *ret) {
        if (!s->p)
                return false;
        size_t i = str_index(*s, sep);
        *ret = (struct str) { s->p, i };
        *s = i < s->n ? (struct str) { s->p + i + 1, s->n - i - 1 } : (struct str) { NULL, 0 };
        return true;
}

bool str_to_i64(struct str s, int64_t *ret) {
        char buf[24], *end;
        if (s.n == 0 || s.n >= sizeof buf || is_space(s.p[0]) || s.p[0] == '+')
                return false;
        memcpy(buf, s.p, s.n);
        buf[s.n] = 0;
        errno = 0;
        long long v = strtoll(buf, &end, 10);
        if (errno || end != buf + s.n)
                return false;
        *ret = v;
        return true;
}

bool str_to_f64(struct str s, double *ret) {
        char buf[64], *end;
        if (s.n == 0 || s.n >= sizeof buf)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (!strchr("0123456789.eE+-", s.p[i]))
                        return false;
        memcpy(buf, s.p, s.n);
        buf[s.n] = 0;
        double v = strtod(buf, &end);
        if (end != buf + s.n || !isfinite(v))
                return false;
        *ret = v;
        return true;
}
