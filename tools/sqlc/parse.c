/* parse.c - "-- name: f(a text, b integer?) :many -> row" and the statement below it. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "sqlc.h"

void complain(struct queries *q, int line, const char *fmt, ...) {
        char text[512];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        buf_fmt(q->errors, "%.*s:%d: %s\n", STR(q->file), line, text);
        q->failed = true;
}

static bool is_name(struct str s) {
        if (s.n == 0 || !islower((unsigned char) s.p[0]))
                return false;
        for (size_t i = 0; i < s.n; i++)
                if (!islower((unsigned char) s.p[i]) && !isdigit((unsigned char) s.p[i]) && s.p[i] != '_')
                        return false;
        return true;
}

static bool is_in(struct str s, const char *const *list) {
        for (; *list; list++)
                if (str_eq(s, str_of(*list)))
                        return true;
        return false;
}

bool is_free_name(struct str s) {
        static const char *const keywords[] = {
                "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern",
                "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed",
                "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while",
                "asm", "typeof", "bool", "true", "false", "unix", "linux", NULL,
        };
        return is_name(s) && !is_in(s, keywords);
}

/* Names of parameters and local variables in what emit.c writes. */
static const char *const locals[] = { "db", "a", "v", "e", "ret", "row", "rows", "more", "found", "each", "arg", "r", NULL };

static bool parse_type(struct str s, struct column *c) {
        static const char *const names[] = { "integer", "real", "text", "blob" };
        c->nullable = str_ends(s, S("?"));
        if (c->nullable)
                s.n--;
        for (size_t i = 0; i < 4; i++)
                if (str_eq(s, str_of(names[i]))) {
                        c->type = (enum sql_type) i;
                        return true;
                }
        return false;
}

static bool has_param(const struct query *y, struct str name) {
        for (size_t i = 0; i < y->params.n; i++)
                if (str_eq(y->params.v[i].name, name))
                        return true;
        return false;
}

static void parse_params(struct arena *a, struct queries *q, struct query *y, struct str list) {
        struct str part;
        if (str_trim(list).n == 0)
                return;
        while (str_split(&list, ',', &part)) {
                struct column c = { 0 };
                part = str_trim(part);
                size_t sp = str_index(part, ' ');
                c.name = str_sub(part, 0, sp);
                if (!is_name(c.name) || !parse_type(str_trim(str_sub(part, sp, part.n)), &c))
                        complain(q, y->line, "parameter '%.*s' is not 'name text|integer|real|blob[?]'", STR(part));
                else if (!is_free_name(c.name) || is_in(c.name, locals))
                        complain(q, y->line, "'%.*s' has a meaning in C here: take another name", STR(c.name));
                else if (has_param(y, c.name))
                        complain(q, y->line, "parameter '%.*s' is declared twice", STR(c.name));
                else
                        *vec_push(a, &y->params) = c;
        }
}

static bool parse_kind(struct str s, enum query_kind *ret) {
        static const char *const names[] = { ":one", ":optional", ":many", ":each", ":exec", ":insert" };
        for (size_t i = 0; i < 6; i++)
                if (str_eq(s, str_of(names[i]))) {
                        *ret = (enum query_kind) i;
                        return true;
                }
        return false;
}

/* HEAD is what follows "-- name:". */
static void parse_head(struct arena *a, struct queries *q, struct query *y, struct str head) {
        size_t open = str_index(head, '('), close = str_index(head, ')');
        if (open == head.n || close == head.n || close < open) {
                complain(q, y->line, "expected '-- name: f(params) :kind'");
                return;
        }
        y->name = str_trim(str_sub(head, 0, open));
        struct str rest = str_trim(str_sub(head, close + 1, head.n));
        size_t arrow = str_find(rest, S("->"));
        y->row = arrow < rest.n ? str_trim(str_sub(rest, arrow + 2, rest.n)) : str_fmt(a, "%.*s_row", STR(y->name));
        if (!is_free_name(y->name) || !is_free_name(y->row))
                complain(q, y->line, "a name has lower case letters, digits and _");
        if (!parse_kind(str_trim(str_sub(rest, 0, arrow)), &y->kind))
                complain(q, y->line, "kind must be :one :optional :many :each :exec or :insert");
        parse_params(a, q, y, str_sub(head, open + 1, close - open - 1));
}

static void forbidden_words(struct queries *q, const struct query *y) {
        static const struct { const char *word, *why; } bad[] = {
                { "now", "time is a parameter" }, { "current_timestamp", "time is a parameter" },
                { "current_date", "time is a parameter" }, { "current_time", "time is a parameter" },
                { "datetime", "time is a parameter" }, { "strftime", "time is a parameter" },
                { "julianday", "time is a parameter" }, { "like", "use folded columns" },
                { "lower", "use folded columns" }, { "upper", "use folded columns" }, { "glob", "not portable" },
                { "rowid", "not portable" }, { "ifnull", "use coalesce" }, { "random", "not repeatable" },
        };
        for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
                if (sql_has_word(y->sql, bad[k].word))
                        complain(q, y->sql_line, "'%s' is not allowed: %s", bad[k].word, bad[k].why);
}

/* The marker number of the parameter called NAME; a new one at its first use. */
static size_t marker(struct queries *q, struct query *y, struct str name) {
        for (size_t i = 0; i < y->params.n; i++) {
                if (!str_eq(y->params.v[i].name, name))
                        continue;
                for (size_t k = 0; k < y->markers; k++)
                        if (y->order[k] == i)
                                return k + 1;
                y->params.v[i].used = true;
                if (y->markers == MARKERS_MAX) {
                        complain(q, y->sql_line, "more than %d parameters", MARKERS_MAX);
                        return 1;
                }
                y->order[y->markers++] = i;
                return y->markers;
        }
        complain(q, y->sql_line, "parameter :%.*s is not declared", STR(name));
        return 1;
}

/* Replaces :name by $n and squeezes white space and comments, but for strings. */
static void parse_sql(struct arena *a, struct queries *q, struct query *y, struct str text) {
        _cleanup_(buf_done) struct buf out = { 0 };
        for (size_t i = 0; i < text.n; i++) {
                char c = text.p[i];
                size_t end = sql_skip(text, i);
                bool comment = end > i && (c == '-' || c == '/');
                if (comment || isspace((unsigned char) c)) {
                        if (out.n && out.p[out.n - 1] != ' ')
                                buf_char(&out, ' ');
                        i = comment ? end - 1 : i;
                } else if (end > i) {
                        if (end - i < 2 || text.p[end - 1] != c)
                                complain(q, y->sql_line, "a quote is not closed");
                        buf_str(&out, str_sub(text, i, end - i));
                        i = end - 1;
                } else if (c == ':' && i + 1 < text.n && islower((unsigned char) text.p[i + 1])) {
                        size_t n = 1;
                        while (i + n < text.n && sql_word_char(text.p[i + n]))
                                n++;
                        buf_fmt(&out, "$%zu", marker(q, y, str_sub(text, i + 1, n - 1)));
                        i += n - 1;
                } else if (c == ';') {
                        if (str_trim(str_sub(text, i + 1, text.n)).n)
                                complain(q, y->sql_line, "one statement per name");
                        break;
                } else {
                        if (memchr("$?@:#[`", c, 7))
                                complain(q, y->sql_line, "'%c' is not allowed: a value is written as :name", c);
                        buf_char(&out, c);
                }
        }
        y->sql = str_dup(a, str_trim(buf_view(&out)));
        for (size_t i = 0; i < y->params.n; i++)
                if (!y->params.v[i].used)
                        complain(q, y->line, "parameter '%.*s' is not used", STR(y->params.v[i].name));
        if (y->sql.n == 0)
                complain(q, y->line, "there is no statement below this name");
}

/* "-- scan: why" allows a whole table; without a reason it allows nothing. */
static bool is_scan_reason(struct str comment) {
        struct str text = str_trim(str_sub(comment, 2, comment.n));
        return str_starts(text, S("scan:")) && str_trim(str_sub(text, 5, text.n)).n;
}

void parse_queries(struct arena *a, struct queries *q, struct str text) {
        struct query *y = NULL;
        struct str line;
        _cleanup_(buf_done) struct buf sql = { 0 };
        for (int n = 1; ; n++) {
                bool more = str_split(&text, '\n', &line);
                bool head = more && str_starts(line, S("-- name:"));
                if (y && (head || !more)) {
                        parse_sql(a, q, y, buf_view(&sql));
                        forbidden_words(q, y);
                        buf_reset(&sql);
                }
                if (!more)
                        break;
                if (head) {
                        y = vec_push(a, &q->list);
                        y->line = n;
                        parse_head(a, q, y, str_sub(line, 8, line.n));
                } else if (str_starts(str_trim(line), S("--"))) {
                        if (y && is_scan_reason(str_trim(line)))
                                y->may_scan = true;
                } else if (str_trim(line).n) {
                        if (!y) {
                                complain(q, n, "a statement needs a '-- name:' line above it");
                                return;
                        }
                        if (sql.n == 0)
                                y->sql_line = n;
                        buf_str(&sql, line);
                        buf_char(&sql, '\n');
                }
        }
}
