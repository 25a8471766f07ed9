/* sqlc.h - queries in .sql become typed C functions (docs/queries.md). Private to this tool. */
#ifndef SQLC_H
#define SQLC_H
#include <sqlite3.h>
#include "buf.h"
#include "closed.h"
#include "vec.h"

enum sql_type { TYPE_INTEGER, TYPE_REAL, TYPE_TEXT, TYPE_BLOB };
enum query_kind { KIND_ONE, KIND_OPTIONAL, KIND_MANY, KIND_EACH, KIND_EXEC, KIND_INSERT };

#define MARKERS_MAX 64

struct column {                 /* a parameter or a result column */
        struct str name;
        enum sql_type type;
        bool nullable;
        bool used;              /* parameters only */
};

struct query {
        struct str name, row;   /* row: name of the row struct, shared by queries that say "-> row" */
        enum query_kind kind;
        int line;               /* of the "-- name:" comment */
        int sql_line;
        bool may_scan;          /* a "-- scan: why" comment */
        VEC(struct column) params;
        VEC(struct column) columns;
        struct str sql;         /* with $1, $2 ... */
        size_t order[MARKERS_MAX];      /* order[k] = index in params of marker $k+1 */
        size_t markers;
        bool row_is_new;        /* the first query with this row struct defines it */
};

struct queries {
        struct str file;        /* as named on the command line, for messages */
        struct str prefix;      /* "network" */
        VEC(struct query) list;
        const struct db_closed *closed; /* ends with table NULL */
        struct buf *errors;     /* "file:line: message" lines */
        bool failed;
};

/* parse.c: reads the text into q->list; mistakes go to q->errors. */
void parse_queries(struct arena *a, struct queries *q, struct str text);
/* Lower case letters, digits and _, and no keyword of C. */
bool is_free_name(struct str s);
/* scan.c: the end of the string, quoted name or comment that starts at byte I; I when none does. */
size_t sql_skip(struct str sql, size_t i);
bool sql_word_char(char c);
/* The word at byte I in lower or upper case, as a whole. */
bool sql_word_at(struct str sql, size_t i, const char *word);
/* WORD occurs outside strings and comments. */
bool sql_has_word(struct str sql, const char *word);
/* The expressions between SELECT (or RETURNING) and FROM at the outermost level. */
struct items { struct str *v; size_t n, cap; };
void sql_items(struct arena *a, struct str sql, struct items *ret);
/* describe.c: prepares each query against H (the schema in memory) and fills in columns. */
void describe_queries(struct arena *a, struct queries *q, sqlite3 *h);
/* closed.c: reads "TABLE FILE RIGHT..." lines, written in schema/closed.txt; mistakes go to q->errors as lines of PATH. Tables
 * that H does not have are mistakes. */
struct closed_list { struct db_closed *v; size_t n, cap; };
void parse_closed(struct arena *a, struct queries *q, const char *path, struct str text, sqlite3 *h, struct closed_list *ret);
/* While Y is prepared on H, complains about closed tables that it may not touch; until Y is NULL. */
void watch_closed(struct queries *q, const struct query *y, sqlite3 *h);
void emit_closed(struct buf *out, const struct closed_list *list);
/* emit.c */
void emit_header(struct buf *out, const struct queries *q);
void emit_source(struct buf *out, const struct queries *q);
/* C string literal of S, split over lines. */
void emit_literal(struct buf *out, struct str s);

void complain(struct queries *q, int line, const char *fmt, ...) _printf_(3, 4);

#endif
