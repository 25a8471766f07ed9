/* table.c - reading the sources and writing our files. */
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect.h"
#include "file.h"

void fail(struct str file, int line, const char *fmt, ...) {
        va_list ap;
        fprintf(stderr, "%.*s:%d: ", STR(file), line);
        va_start(ap, fmt);
        vfprintf(stderr, fmt, ap);
        va_end(ap);
        fputc('\n', stderr);
        exit(1);
}

struct table table_read(struct collect *c, const char *file) {
        struct table t = { .a = c->a, .file = str_of(file) };
        struct str text;
        const char *why = "";
        bool more = true;
        enum err e = file_read(c->a, str_fmt(c->a, "%.*s/%s", STR(c->from), file), (size_t) 32 << 20, &text);
        if (e != OK)
                fail(t.file, 0, "cannot be read (%s)", err_name(e));
        if (csv_open(&t.head, c->a, text) != OK)
                fail(t.file, 1, "has no header");
        while (more) {
                struct csv_row row = { 0 };
                if (csv_next(&t.head, c->a, &row, &more, &why) != OK)
                        fail(t.file, row.line, "%s", why);
                if (more)
                        *vec_push(c->a, &t.rows) = row;
        }
        return t;
}

bool table_row(struct table *t, size_t i) {
        t->at = i;
        return i < t->rows.n;
}

struct str cell(const struct table *t, const char *column) {
        int i = csv_column(&t->head, column);
        if (i < 0)
                fail(t->file, 1, "column '%s' is missing", column);
        return str_trim(t->rows.v[t->at].v[i]);
}

bool cell_number(const struct table *t, const char *column, double *ret) {
        struct str s = cell(t, column);
        if (s.n == 0)
                return false;
        if (!str_to_f64(s, ret))
                fail(t->file, t->rows.v[t->at].line, "'%.*s' is no number (%s)", STR(s), column);
        return true;
}

void put_file(struct collect *c, const char *file, struct str text) {
        const char *path = str_fmt(c->a, "%.*s/%s", STR(c->to), file).p;
        FILE *f = fopen(path, "wb");
        if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f))
                fail(str_of(path), 0, "cannot be written: %s", strerror(errno));
}

void put_line(struct collect *c, const struct line *l) {
        struct buf *b = &c->figures;
        buf_fmt(b, "%s,%.*s,%.*s,", l->indicator, STR(l->period), STR(l->region));
        csv_field(b, l->detail);
        buf_fmt(b, ",%.*s,%.*s,%.*s,%s,%d,", STR(l->value), STR(l->numerator), STR(l->denominator), l->status,
                l->boundary_year);
        csv_field(b, l->source);
        buf_char(b, '\n');
}

struct str whole(struct collect *c, double v) {
        return str_fmt(c->a, "%lld", llround(v));
}

struct str decimals(struct collect *c, double v, int d) {
        return str_fmt(c->a, "%.*f", d, v);
}
