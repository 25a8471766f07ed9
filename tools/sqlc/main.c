/* sqlc - compiles a .sql file of named queries into typed C, checked against the schema.
 *   sqlc queries INPUT.sql OUTPUT.c OUTPUT.h SCHEMA...
 *   sqlc schema OUTPUT.c SCHEMA...            the migrations and closed tables as C data for db/schema.h
 * SCHEMA: the migrations in order, and a file whose name ends in .txt with the closed tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "schema.h"
#include "sqlc.h"

static bool read_file(struct arena *a, const char *path, struct str *ret) {
        FILE *f = fopen(path, "rb");
        if (!f) {
                fprintf(stderr, "%s:1: cannot read\n", path);
                return false;
        }
        _cleanup_(buf_done) struct buf b = { 0 };
        char tmp[8192];
        for (size_t n; (n = fread(tmp, 1, sizeof tmp, f)) > 0;)
                buf_put(&b, tmp, n);
        fclose(f);
        *ret = str_dup(a, buf_view(&b));
        return true;
}

static bool write_file(const char *path, const struct buf *b) {
        FILE *f = fopen(path, "wb");
        bool ok = f && fwrite(b->p, 1, b->n, f) == b->n;
        if (f)
                ok = fclose(f) == 0 && ok;
        if (!ok)
                fprintf(stderr, "%s:1: cannot write\n", path);
        return ok;
}

static const char *base_name(const char *path) {
        const char *slash = strrchr(path, '/');
        return slash ? slash + 1 : path;
}

static bool is_rules(const char *path) {
        return str_ends(str_of(path), S(".txt"));
}

static bool load_schema(struct arena *a, sqlite3 *h, int n, char **files) {
        for (int i = 0; i < n; i++) {
                struct str text;
                char *message = NULL;
                if (is_rules(files[i]))
                        continue;
                if (!read_file(a, files[i], &text))
                        return false;
                if (sqlite3_exec(h, schema_expand(a, text, false).p, NULL, NULL, &message) != SQLITE_OK) {
                        fprintf(stderr, "%s:1: %s\n", files[i], message);
                        sqlite3_free(message);
                        return false;
                }
        }
        return true;
}

/* After load_schema(); prints what is wrong. */
static bool load_closed(struct arena *a, struct queries *q, sqlite3 *h, int n, char **files, struct closed_list *ret) {
        struct str text;
        for (int i = 0; i < n; i++) {
                if (!is_rules(files[i]))
                        continue;
                if (!read_file(a, files[i], &text))
                        return false;
                parse_closed(a, q, files[i], text, h, ret);
        }
        if (q->failed)
                fwrite(q->errors->p, 1, q->errors->n, stderr);
        return !q->failed;
}

static bool compile_queries(struct arena *a, sqlite3 *h, char **argv, int schemas, char **schema) {
        _cleanup_(buf_done) struct buf errors = { 0 }, c = { 0 }, head = { 0 };
        struct queries q = { .file = str_of(argv[0]), .errors = &errors };
        struct closed_list closed = { 0 };
        struct str text;
        if (!load_schema(a, h, schemas, schema) || !load_closed(a, &q, h, schemas, schema, &closed) || !read_file(a, argv[0], &text))
                return false;
        q.prefix = str_of(base_name(argv[0]));
        q.prefix.n = str_index(q.prefix, '.');
        parse_queries(a, &q, text);
        if (!q.failed)
                describe_queries(a, &q, h);
        if (q.failed) {
                fwrite(errors.p, 1, errors.n, stderr);
                return false;
        }
        emit_source(&c, &q);
        emit_header(&head, &q);
        return write_file(argv[1], &c) && write_file(argv[2], &head);
}

static bool compile_schema(struct arena *a, sqlite3 *h, const char *out_path, int n, char **files) {
        _cleanup_(buf_done) struct buf out = { 0 }, errors = { 0 };
        struct queries q = { .errors = &errors };
        struct closed_list closed = { 0 };
        int version = 0;
        buf_str(&out, S("/* Written by sqlc from schema/. */\n#include \"schema.h\"\n\nconst struct migration schema_migrations[] = {\n"));
        for (int i = 0; i < n; i++) {
                struct str text;
                if (is_rules(files[i]))
                        continue;
                if (!read_file(a, files[i], &text))
                        return false;
                int64_t number = 0;
                if (!str_to_i64(str_sub(str_of(base_name(files[i])), 0, 4), &number) || number != ++version) {
                        fprintf(stderr, "%s:1: migrations are numbered 0001, 0002 ... without gaps\n", files[i]);
                        return false;
                }
                buf_fmt(&out, "        { %d, \"%s\",\n        ", version, base_name(files[i]));
                emit_literal(&out, text);
                buf_str(&out, S(" },\n"));
        }
        buf_str(&out, S("        { 0, NULL, NULL },\n};\n"));
        if (!load_schema(a, h, n, files) || !load_closed(a, &q, h, n, files, &closed))
                return false;
        emit_closed(&out, &closed);
        return write_file(out_path, &out);
}

int main(int argc, char **argv) {
        struct arena a = { 0 };
        sqlite3 *h = NULL;
        bool ok = false;
        int off;
        if (sqlite3_open(":memory:", &h) != SQLITE_OK)
                return 1;
        /* else a mistyped "column" would be taken for text */
        sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, &off);
        sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, &off);
        if (argc >= 6 && !strcmp(argv[1], "queries"))
                ok = compile_queries(&a, h, argv + 2, argc - 5, argv + 5);
        else if (argc >= 4 && !strcmp(argv[1], "schema"))
                ok = compile_schema(&a, h, argv[2], argc - 3, argv + 3);
        else
                fprintf(stderr, "usage: sqlc queries IN.sql OUT.c OUT.h SCHEMA... | sqlc schema OUT.c SCHEMA...\n");
        sqlite3_close(h);
        arena_done(&a);
        return ok ? 0 : 1;
}
