/* source.h - one file under inspection, taken apart into code, strings and comments. */
#ifndef LINT_SOURCE_H
#define LINT_SOURCE_H
#include "buf.h"
#include "str.h"

enum kind { KIND_C, KIND_HEADER, KIND_TMPL, KIND_SQL, KIND_MARKDOWN, KIND_OTHER };

struct source {
        struct str shown;       /* path for messages */
        struct str path;        /* from the root of the project: "src/knowledge/web.c" */
        enum kind kind;
        struct str text;
        /* As long as text, with newlines in place and spaces for whatever is something else. */
        struct str code;        /* no comments, no contents of strings; of a template only what is in {{ }} */
        struct str comments;    /* only comments */
};

/* What came out of a run. */
struct findings {
        struct buf out;
        size_t n;
};
/* Adds "path:line: message", LINE counted from 1. */
void finding(struct findings *f, const struct source *s, size_t line, const char *fmt, ...) _printf_(4, 5);

enum kind source_kind(struct str path);
/* Fills code and comments from text. */
void source_split(struct arena *a, struct source *s);

/* Line of byte AT. */
size_t line_of(struct str text, size_t at);
bool is_word(char c);
/* The next identifier in S from *AT on; false when there is none. Moves *AT behind it. */
bool next_word(struct str s, size_t *at, struct str *ret);

/* Where a file belongs: "src/knowledge/web.c" -> "knowledge", "tools/sqlc/main.c" -> "tools/sqlc", otherwise the first
 * folder ("tests"). */
struct str source_room(struct str path);
/* Unit tests, fuzzers (fuzz_x.c) and everything under a folder tests/. */
bool is_test(struct str path);

#endif
