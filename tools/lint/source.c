#include "source.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void finding(struct findings *f, const struct source *s, size_t line, const char *fmt, ...) {
        char message[512];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(message, sizeof message, fmt, ap);
        va_end(ap);
        buf_str(&f->out, s->shown);
        buf_fmt(&f->out, ":%zu: ", line);
        buf_str(&f->out, str_of(message));
        buf_char(&f->out, '\n');
        f->n++;
}

enum kind source_kind(struct str path) {
        if (str_ends(path, S(".c")))
                return KIND_C;
        if (str_ends(path, S(".h")))
                return KIND_HEADER;
        if (str_ends(path, S(".tmpl")))
                return KIND_TMPL;
        if (str_ends(path, S(".sql")))
                return KIND_SQL;
        return str_ends(path, S(".md")) ? KIND_MARKDOWN : KIND_OTHER;
}

/* Copies text byte by byte into one of the two layers. */
struct splitter {
        struct str text;
        char *code, *comments;
};

static bool at(const struct splitter *sp, size_t i, const char *what) {
        return str_starts(str_sub(sp->text, i, sp->text.n), str_of(what));
}

/* Puts the bytes from I up to and including the first END into LAYER (NULL: nowhere); returns the index behind it. */
static size_t take(const struct splitter *sp, size_t i, size_t skip, const char *end, char *layer) {
        struct str rest = str_sub(sp->text, i + skip, sp->text.n);
        size_t n = skip + str_find(rest, str_of(end)) + strlen(end);
        if (n > sp->text.n - i)
                n = sp->text.n - i;
        for (size_t k = i; layer && k < i + n; k++)
                layer[k] = sp->text.p[k];
        return i + n;
}

/* Behind the literal that starts at I; its quotes stay in the code. BACKSLASH: C's escapes, else SQL's doubled quotes
 * (which read as two literals). */
static size_t take_literal(const struct splitter *sp, size_t i, bool backslash) {
        char quote = sp->text.p[i];
        sp->code[i] = quote;
        for (i++; i < sp->text.n; i++) {
                if (backslash && sp->text.p[i] == '\\') {
                        i++;
                } else if (sp->text.p[i] == quote) {
                        sp->code[i] = quote;
                        return i + 1;
                } else if (backslash && sp->text.p[i] == '\n') {
                        return i;
                }
        }
        return sp->text.n;
}

/* "//" up to the end of the line, and further when that line ends in a backslash. */
static size_t take_line_comment(const struct splitter *sp, size_t i) {
        do
                i = take(sp, i, 0, "\n", sp->comments);
        while (i < sp->text.n && i > 1 && sp->text.p[i - 2] == '\\');
        return i;
}

static size_t split_c(const struct splitter *sp, size_t i) {
        char c = sp->text.p[i];
        if (at(sp, i, "/*"))
                return take(sp, i, 2, "*/", sp->comments);
        if (at(sp, i, "//"))
                return take_line_comment(sp, i);
        if (c == '"' || c == '\'')
                return take_literal(sp, i, true);
        sp->code[i] = c;
        return i + 1;
}

static size_t split_sql(const struct splitter *sp, size_t i) {
        char c = sp->text.p[i];
        if (at(sp, i, "--"))
                return take(sp, i, 0, "\n", sp->comments);
        if (at(sp, i, "/*"))
                return take(sp, i, 2, "*/", sp->comments);
        if (c == '"' || c == '\'')
                return take_literal(sp, i, false);
        sp->code[i] = c;
        return i + 1;
}

/* In a template the HTML is neither code nor comment. */
static size_t split_tmpl(const struct splitter *sp, size_t i) {
        if (at(sp, i, "<!--"))
                return take(sp, i, 4, "-->", sp->comments);
        if (at(sp, i, "{{#"))
                return take(sp, i, 3, "#}}", sp->comments);
        if (!at(sp, i, "{{"))
                return i + 1;
        while (i < sp->text.n && !at(sp, i, "}}"))
                i = split_c(sp, i);
        return i;
}

void source_split(struct arena *a, struct source *s) {
        struct splitter sp = { s->text, arena_alloc(a, s->text.n + 1), arena_alloc(a, s->text.n + 1) };
        for (size_t i = 0; i < s->text.n; i++)
                sp.code[i] = sp.comments[i] = s->text.p[i] == '\n' ? '\n' : ' ';
        for (size_t i = 0; i < s->text.n;) {
                switch (s->kind) {
                case KIND_C:
                case KIND_HEADER: i = split_c(&sp, i); break;
                case KIND_SQL: i = split_sql(&sp, i); break;
                case KIND_TMPL: i = split_tmpl(&sp, i); break;
                case KIND_MARKDOWN:
                case KIND_OTHER: i = s->text.n; break;
                }
        }
        s->code = (struct str) { sp.code, s->text.n };
        s->comments = (struct str) { sp.comments, s->text.n };
}

size_t line_of(struct str text, size_t at_byte) {
        size_t line = 1;
        for (size_t i = 0; i < at_byte && i < text.n; i++)
                line += text.p[i] == '\n';
        return line;
}

bool is_word(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool next_word(struct str s, size_t *pos, struct str *ret) {
        size_t i = *pos;
        while (i < s.n && !is_word(s.p[i]))
                i++;
        size_t from = i;
        while (i < s.n && is_word(s.p[i]))
                i++;
        *pos = i;
        *ret = str_sub(s, from, i - from);
        return ret->n > 0;
}

struct str source_room(struct str path) {
        struct str rest = path, first, second;
        if (!str_split(&rest, '/', &first) || !str_split(&rest, '/', &second) || !rest.p)
                return S("");
        if (str_eq(first, S("src")))
                return second;
        return str_eq(first, S("tools")) ? str_sub(path, 0, first.n + 1 + second.n) : first;
}

bool is_test(struct str path) {
        return str_ends(path, S("_test.c")) || str_find(path, S("/fuzz_")) < path.n ||
               str_starts(path, S("tests/")) || str_find(path, S("/tests/")) < path.n;
}
