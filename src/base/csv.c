#include "csv.h"
#include <math.h>
#include <string.h>

/* Where a quoted field ends: the place of its closing quote in S, or s.n. */
static size_t closing_quote(struct str s) {
        size_t i = str_index(s, '"');
        while (i + 1 < s.n && s.p[i + 1] == '"')
                i += 2 + str_index(str_sub(s, i + 2, s.n), '"');
        return i < s.n ? i : s.n;
}

/* Reads a quoted field with doubled quotes or line ends; rest starts behind the opening quote. */
static bool quoted(struct csv *c, struct arena *a, struct str *ret) {
        size_t end = closing_quote(c->rest), n = 0;
        if (end == c->rest.n)
                return false;
        char *out = arena_alloc(a, end + 1);
        for (size_t i = 0; i < end; i++) {
                c->line += c->rest.p[i] == '\n';
                out[n++] = c->rest.p[i];
                i += c->rest.p[i] == '"';       /* of two quotes one is meant */
        }
        *ret = (struct str) { out, n };
        c->rest = str_sub(c->rest, end + 1, c->rest.n);
        return true;
}

static bool field(struct csv *c, struct arena *a, struct str *ret, bool *last) {
        if (c->rest.n && c->rest.p[0] == '"') {
                c->rest = str_sub(c->rest, 1, c->rest.n);
                size_t end = str_index(c->rest, '"');
                bool simple = end < c->rest.n && (end + 1 == c->rest.n || c->rest.p[end + 1] != '"') &&
                              str_index(str_sub(c->rest, 0, end), '\n') == end;
                if (simple) {
                        *ret = str_sub(c->rest, 0, end);
                        c->rest = str_sub(c->rest, end + 1, c->rest.n);
                } else if (!quoted(c, a, ret)) {
                        return false;
                }
        } else {
                size_t n = 0;
                while (n < c->rest.n && c->rest.p[n] != ',' && c->rest.p[n] != '\n' && c->rest.p[n] != '\r')
                        n++;
                *ret = str_sub(c->rest, 0, n);
                c->rest = str_sub(c->rest, n, c->rest.n);
        }
        *last = c->rest.n == 0 || c->rest.p[0] != ',';
        if (!*last) {
                c->rest = str_sub(c->rest, 1, c->rest.n);
                return true;
        }
        if (c->rest.n && c->rest.p[0] == '\r')
                c->rest = str_sub(c->rest, 1, c->rest.n);
        if (c->rest.n && c->rest.p[0] != '\n')
                return false;
        c->rest = str_sub(c->rest, 1, c->rest.n);
        c->line++;
        return true;
}

static bool record(struct csv *c, struct arena *a, struct csv_row *row) {
        bool last = false;
        row->line = c->line;
        row->is_whole = false;
        for (row->n = 0; !last; row->n++)
                if (row->n == CSV_FIELDS || !field(c, a, &row->v[row->n], &last))
                        return false;
        return row->is_whole = true;
}

enum err csv_open(struct csv *c, struct arena *a, struct str data) {
        struct csv_row row;
        *c = (struct csv) { .rest = data, .line = 1 };
        if (str_starts(data, S("\xef\xbb\xbf")))
                c->rest = str_sub(data, 3, data.n);
        if (c->rest.n == 0 || !record(c, a, &row))
                return ERR_INVALID;
        c->columns = row.n;
        memcpy(c->header, row.v, row.n * sizeof row.v[0]);
        return OK;
}

enum err csv_next(struct csv *c, struct arena *a, struct csv_row *row, bool *more, const char **why) {
        *more = c->rest.n > 0;
        if (!*more)
                return OK;
        if (!record(c, a, row)) {
                *why = "broken quotes or too many fields";
                return ERR_INVALID;
        }
        if (row->n != c->columns) {
                *why = "number of fields differs from the header";
                return ERR_INVALID;
        }
        return OK;
}

int csv_column(const struct csv *c, const char *name) {
        for (size_t i = 0; i < c->columns; i++)
                if (str_eq(c->header[i], str_of(name)))
                        return (int) i;
        return -1;
}

void csv_quoted(struct buf *b, struct str s) {
        buf_char(b, '"');
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '"')
                        buf_char(b, '"');
                buf_char(b, s.p[i]);
        }
        buf_char(b, '"');
}

void csv_field(struct buf *b, struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r') {
                        csv_quoted(b, s);
                        return;
                }
        buf_str(b, s);
}

void csv_number(struct buf *b, double v) {
        buf_char(b, ',');
        if (!isnan(v))
                buf_fmt(b, "%.10g", v);
}
