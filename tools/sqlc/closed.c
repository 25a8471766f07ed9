/* closed.c - schema/closed.txt: which tables are closed, and to which files they are open (ADR 0007). */
#include <string.h>
#include "sqlc.h"

#define FILE_MAX 20             /* part of the name of a role, which has 63 bytes */

static const struct { const char *word, *macro; unsigned bit; } rights[] = {
        { "select", "DB_SELECT", DB_SELECT }, { "insert", "DB_INSERT", DB_INSERT },
        { "update", "DB_UPDATE", DB_UPDATE }, { "delete", "DB_DELETE", DB_DELETE },
};

static bool next_part(struct str *line, struct str *ret) {
        *line = str_trim(*line);
        size_t n = 0;
        while (n < line->n && line->p[n] != ' ' && line->p[n] != '\t')
                n++;
        *ret = str_sub(*line, 0, n);
        *line = str_sub(*line, n, line->n);
        return n > 0;
}

static bool has_table(sqlite3 *h, struct str name) {
        sqlite3_stmt *p = NULL;
        if (sqlite3_prepare_v2(h, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1", -1, &p, NULL) != SQLITE_OK)
                return false;
        sqlite3_bind_text(p, 1, name.p, (int) name.n, SQLITE_STATIC);
        bool found = sqlite3_step(p) == SQLITE_ROW;
        sqlite3_finalize(p);
        return found;
}

/* "open" is the role of all files that are not listed. */
static bool is_file(struct str name) {
        struct str base = str_sub(name, 0, name.n < 4 ? 0 : name.n - 4);
        return str_ends(name, S(".sql")) && is_free_name(base) && base.n <= FILE_MAX && !str_eq(base, S("open"));
}

static const char *mistake(struct arena *a, struct str line, sqlite3 *h, const struct closed_list *have, struct db_closed *ret) {
        struct str table, file, word;
        if (!next_part(&line, &table) || !next_part(&line, &file))
                return "expected 'TABLE FILE.sql RIGHT...'";
        *ret = (struct db_closed) { str_z(a, table), str_z(a, file), 0 };
        if (!has_table(h, table))
                return str_fmt(a, "there is no table '%.*s'", STR(table)).p;
        if (!is_file(file))
                return str_fmt(a, "'%.*s' is not the name of a .sql file of at most %d letters", STR(file), FILE_MAX).p;
        for (size_t i = 0; i < have->n; i++)
                if (!strcmp(have->v[i].table, ret->table) && !strcmp(have->v[i].file, ret->file))
                        return "stands here twice";
        while (next_part(&line, &word)) {
                size_t k = 0;
                while (k < 4 && !str_eq(word, str_of(rights[k].word)))
                        k++;
                if (k == 4)
                        return str_fmt(a, "'%.*s' is not select, insert, update or delete", STR(word)).p;
                ret->may |= rights[k].bit;
        }
        return ret->may ? NULL : str_fmt(a, "say what %.*s may do: select, insert, update, delete", STR(file)).p;
}

void parse_closed(struct arena *a, struct queries *q, const char *path, struct str text, sqlite3 *h, struct closed_list *ret) {
        struct str line;
        struct queries here = { .file = str_of(path), .errors = q->errors };
        for (int n = 1; str_split(&text, '\n', &line); n++) {
                struct db_closed rule;
                line = str_trim(str_sub(line, 0, str_index(line, '#')));
                if (line.n == 0)
                        continue;
                const char *why = mistake(a, line, h, ret, &rule);
                if (why)
                        complain(&here, n, "%s", why);
                else
                        *vec_push(a, ret) = rule;
        }
        q->failed |= here.failed;
        *vec_push(a, ret) = (struct db_closed) { 0 };
        q->closed = ret->v;
}

struct watch {
        struct queries *q;
        const struct query *y;
        const char *table, *what;       /* said last: SQLite asks for each column */
};

static int authorize(void *arg, int action, const char *first, const char *second, const char *base, const char *inner) {
        struct watch *w = arg;
        struct arena a _cleanup_(arena_done) = { 0 };
        const char *table, *what;
        struct str file = str_fmt(&a, "%.*s.sql", STR(w->q->prefix));
        (void) base;
        (void) inner;
        if (!closed_refuses(w->q->closed, file, action, first, second, &table, &what))
                return SQLITE_OK;
        if (w->what == what && w->table && !strcmp(w->table, table))
                return SQLITE_OK;
        w->table = table;
        w->what = what;
        complain(w->q, w->y->sql_line, "%.*s may not %s the table %s, which is closed: see schema/closed.txt", STR(file), what, table);
        return SQLITE_OK;
}

void watch_closed(struct queries *q, const struct query *y, sqlite3 *h) {
        static struct watch w;
        int now;
        /* then SQLite also asks for what foreign keys read and change, as in the program */
        sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, y != NULL, &now);
        w = (struct watch) { .q = q, .y = y };
        sqlite3_set_authorizer(h, y && q->closed ? authorize : NULL, &w);
}

void emit_closed(struct buf *out, const struct closed_list *list) {
        buf_str(out, S("\nconst struct db_closed schema_closed[] = {\n"));
        for (size_t i = 0; i < list->n && list->v[i].table; i++) {
                const char *bar = "";
                buf_fmt(out, "        { \"%s\", \"%s\", ", list->v[i].table, list->v[i].file);
                for (size_t k = 0; k < 4; k++)
                        if (list->v[i].may & rights[k].bit) {
                                buf_fmt(out, "%s%s", bar, rights[k].macro);
                                bar = " | ";
                        }
                buf_str(out, S(" },\n"));
        }
        buf_str(out, S("        { NULL, NULL, 0 },\n};\n"));
}
