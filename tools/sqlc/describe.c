/* describe.c - the schema answers what a query returns. */
#include <string.h>
#include <strings.h>
#include "sqlc.h"

static bool type_named(const char *s, size_t n, enum sql_type *ret) {
        static const struct { const char *name; enum sql_type type; } types[] = {
                { "integer", TYPE_INTEGER }, { "real", TYPE_REAL }, { "text", TYPE_TEXT }, { "blob", TYPE_BLOB },
        };
        for (size_t i = 0; i < 4; i++)
                if (strlen(types[i].name) == n && !strncasecmp(s, types[i].name, n)) {
                        *ret = types[i].type;
                        return true;
                }
        return false;
}

/* "n:integer" or "title:text?" as column alias. */
static bool annotated(struct arena *a, struct str alias, struct column *c) {
        size_t colon = str_index(alias, ':');
        if (colon == alias.n)
                return false;
        struct str type = str_sub(alias, colon + 1, alias.n);
        c->nullable = str_ends(type, S("?"));
        if (c->nullable)
                type.n--;
        c->name = str_dup(a, str_sub(alias, 0, colon));
        return type_named(type.p, type.n, &c->type);
}

static bool column_is_nullable(sqlite3 *h, sqlite3_stmt *p, int i) {
        const char *table = sqlite3_column_table_name(p, i), *origin = sqlite3_column_origin_name(p, i), *decl;
        int not_null = 0, key = 0;
        if (!table || !origin || sqlite3_table_column_metadata(h, NULL, table, origin, &decl, NULL, &not_null, &key, NULL))
                return true;
        return !not_null && !(key && decl && !strcasecmp(decl, "INTEGER"));
}

/* The schema says "not null", but the row it comes from may not be there. */
static const char *may_miss_row(const struct query *y, const struct items *items, int column) {
        if (sql_has_word(y->sql, "left") || sql_has_word(y->sql, "right") || sql_has_word(y->sql, "full"))
                return "with an outer join";
        if (sql_has_word(y->sql, "union") || sql_has_word(y->sql, "intersect") || sql_has_word(y->sql, "except"))
                return "with UNION";
        struct str item = (size_t) column < items->n ? items->v[column] : S("");
        size_t i = 0;
        while (i < item.n && (item.p[i] == '(' || item.p[i] == ' '))
                i++;
        return i && sql_word_at(item, i, "select") ? "from a subquery" : NULL;
}

/* A row struct must not change because a table got a column. */
static void refuse_star(struct queries *q, const struct query *y, const struct items *items) {
        for (size_t i = 0; i < items->n; i++)
                if (str_ends(items->v[i], S("*")))
                        complain(q, y->sql_line, "name the columns instead of *");
}

static void check_name(struct queries *q, const struct query *y, struct str name, int i) {
        if (!is_free_name(name))
                complain(q, y->sql_line, "column %d needs a plain name: AS name", i + 1);
        for (size_t k = 0; k < y->columns.n; k++)
                if (str_eq(y->columns.v[k].name, name))
                        complain(q, y->sql_line, "two columns are called '%.*s'", STR(name));
}

static void describe_columns(struct arena *a, struct queries *q, struct query *y, sqlite3 *h, sqlite3_stmt *p) {
        struct items items;
        sql_items(a, y->sql, &items);
        refuse_star(q, y, &items);
        for (int i = 0; i < sqlite3_column_count(p); i++) {
                struct column c = { 0 };
                struct str alias = str_of(sqlite3_column_name(p, i));
                const char *decl = sqlite3_column_decltype(p, i);
                if (!annotated(a, alias, &c)) {
                        c.name = str_dup(a, alias);
                        c.nullable = column_is_nullable(h, p, i);
                        if (!decl || !type_named(decl, strlen(decl), &c.type))
                                complain(q, y->sql_line, "say the type of column %d: AS \"%.*s:integer\"", i + 1, STR(alias));
                        const char *why = c.nullable ? NULL : may_miss_row(y, &items, i);
                        if (why)
                                complain(q, y->sql_line, "%s, say whether '%.*s' may be missing: AS \"%.*s:%s\" or \"...?\"",
                                         why, STR(alias), STR(alias), decl ? decl : "text");
                }
                check_name(q, y, c.name, i);
                *vec_push(a, &y->columns) = c;
        }
}

/* A full scan of a table is refused unless the query says why: tables grow. */
static void check_plan(struct arena *a, struct queries *q, struct query *y, sqlite3 *h) {
        sqlite3_stmt *p = NULL;
        struct str text = str_fmt(a, "EXPLAIN QUERY PLAN %.*s", STR(y->sql));
        if (y->may_scan || sqlite3_prepare_v2(h, text.p, -1, &p, NULL) != SQLITE_OK)
                return;
        struct map own = { 0 };         /* CTEs and subqueries: what they read has its own lines in the plan */
        while (sqlite3_step(p) == SQLITE_ROW) {
                struct str detail = str_dup(a, str_of((const char *) sqlite3_column_text(p, 3))), word, name;
                struct str rest = detail;
                if (!str_split(&rest, ' ', &word) || !str_split(&rest, ' ', &name))
                        continue;
                if (str_eq(word, S("MATERIALIZE")) || str_eq(word, S("CO-ROUTINE")))
                        map_put(a, &own, name, &own);
                if (str_eq(word, S("SCAN")) && !map_get(&own, name) && !strstr(detail.p, "CONSTANT ROW") &&
                    !strstr(detail.p, "VIRTUAL TABLE"))
                        complain(q, y->sql_line, "reads a whole table (%s): add an index, or say '-- scan: why'", detail.p);
        }
        sqlite3_finalize(p);
}

static bool same_columns(const struct query *x, const struct query *y) {
        if (x->columns.n != y->columns.n)
                return false;
        for (size_t i = 0; i < x->columns.n; i++) {
                const struct column *c = &x->columns.v[i], *d = &y->columns.v[i];
                if (!str_eq(c->name, d->name) || c->type != d->type || c->nullable != d->nullable)
                        return false;
        }
        return true;
}

static void share_row(struct queries *q, size_t i) {
        struct query *y = &q->list.v[i];
        y->row_is_new = true;
        for (size_t k = 0; k < i; k++) {
                if (!str_eq(q->list.v[k].row, y->row) || q->list.v[k].columns.n == 0)
                        continue;
                if (y->columns.n && !same_columns(&q->list.v[k], y))
                        complain(q, y->sql_line, "row '%.*s' has other columns than at line %d", STR(y->row), q->list.v[k].line);
                y->row_is_new = false;
                return;
        }
}

static void check_kind(struct queries *q, const struct query *y) {
        bool rows = y->columns.n > 0;
        if (y->kind == KIND_EXEC && rows)
                complain(q, y->sql_line, ":exec must not return rows");
        if (y->kind == KIND_INSERT && !(y->columns.n == 1 && y->columns.v[0].type == TYPE_INTEGER))
                complain(q, y->sql_line, ":insert must end with RETURNING id");
        if (y->kind != KIND_EXEC && !rows)
                complain(q, y->sql_line, "the statement returns no rows: use :exec");
        for (size_t i = 0; y->kind == KIND_EACH && i < y->columns.n; i++)
                if (y->columns.v[i].type == TYPE_BLOB)
                        complain(q, y->sql_line, ":each cannot return a blob");
}

void describe_queries(struct arena *a, struct queries *q, sqlite3 *h) {
        for (size_t i = 0; i < q->list.n; i++) {
                struct query *y = &q->list.v[i];
                sqlite3_stmt *p = NULL;
                watch_closed(q, y, h);
                int rc = sqlite3_prepare_v2(h, y->sql.p, -1, &p, NULL);
                watch_closed(q, NULL, h);
                if (rc != SQLITE_OK || !p) {
                        complain(q, y->sql_line, "%s", sqlite3_errmsg(h));
                        continue;
                }
                if ((size_t) sqlite3_bind_parameter_count(p) != y->markers)
                        complain(q, y->sql_line, "a value is written as :name");
                describe_columns(a, q, y, h, p);
                check_kind(q, y);
                sqlite3_finalize(p);
                check_plan(a, q, y, h);
                share_row(q, i);
                for (size_t k = 0; k < i; k++)
                        if (str_eq(q->list.v[k].name, y->name))
                                complain(q, y->line, "'%.*s' is already defined at line %d", STR(y->name), q->list.v[k].line);
        }
}
