#include "testing.h"
#include <dirent.h>
#include <errno.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "engine.h"

int test_store_sqlite(void **state) {
        struct test_store *s = calloc(1, sizeof *s);
        const char *tmp = getenv("TMPDIR");
        if (!s)
                return -1;
        snprintf(s->folder, sizeof s->folder, "%.40s/schouders.XXXXXX", tmp ? tmp : "/tmp");
        s->available = mkdtemp(s->folder) != NULL;
        s->url = str_fmt(&s->arena, "%s/test.db", s->folder);
        *state = s;
        return s->available ? 0 : -1;
}

/* Each test has a schema of its own: cheaper than a database, and as separate. */
int test_store_postgres(void **state) {
        static _Atomic int number;
        const char *server = getenv("SCHOUDERS_TEST_PG");
        struct test_store *s = calloc(1, sizeof *s);
        if (!s)
                return -1;
        *state = s;
        s->postgres = true;
        if (!server || !*server)
                return 0;
        snprintf(s->schema, sizeof s->schema, "t%d_%d", (int) getpid(), ++number);
        struct db *db;
        if (db_open(&db, str_of(server), DB_WRITE) != OK)
                return -1;
        enum err e = db_script(db, str_fmt(&s->arena, "CREATE SCHEMA %s", s->schema).p);
        db_close(db);
        s->url = str_fmt(&s->arena, "%s%coptions=-csearch_path%%3D%s", server, str_index(str_of(server), '?') <
                         str_of(server).n ? '&' : '?', s->schema);
        s->available = e == OK;
        return e == OK ? 0 : -1;
}

static void remove_folder(struct arena *a, const char *folder) {
        DIR *d = opendir(folder);
        for (struct dirent *f; d && (f = readdir(d));)
                if (f->d_name[0] != '.')
                        unlink(str_fmt(a, "%s/%s", folder, f->d_name).p);
        if (d)
                closedir(d);
        rmdir(folder);
}

int test_store_done(void **state) {
        struct test_store *s = *state;
        struct db *db;
        if (s->folder[0])
                remove_folder(&s->arena, s->folder);
        if (s->schema[0] && db_open(&db, str_of(getenv("SCHOUDERS_TEST_PG")), DB_WRITE) == OK) {
                (void) !db_script(db, str_fmt(&s->arena, "SET client_min_messages=error; DROP SCHEMA %s CASCADE", s->schema).p);
                db_close(db);
        }
        arena_done(&s->arena);
        free(s);
        return 0;
}

struct test_store *test_store(void **state) {
        struct test_store *s = *state;
        if (!s->available) {
                print_message("skipped: SCHOUDERS_TEST_PG is not set (see tests/pg)\n");
                skip();
        }
        return s;
}

struct db *test_open(struct test_store *s, enum db_mode mode) {
        struct db *db = NULL;
        assert_int_equal(db_open(&db, s->url, mode), OK);
        return db;
}

void test_script(struct db *db, const char *sql) {
        assert_int_equal(db_script(db, sql), OK);
}

/* A connection knows a statement by its address, so these live as long as the program. */
static const struct db_stmt *keep(const char *sql) {
        static struct kept { struct db_stmt st; struct kept *next; } *all;
        struct kept *k = calloc(1, sizeof *k);
        assert_non_null(k);
        *k = (struct kept) { { strdup(sql), "test:number", 0 }, all };
        all = k;
        return &k->st;
}

int64_t test_number(struct db *db, const char *sql) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        db->exempt = true;
        assert_int_equal(db_query(db, keep(sql), NULL, 0, &rows), OK);
        assert_int_equal(db_next(&rows, &more), OK);
        db->exempt = false;
        assert_true(more);
        return db_i64(&rows, 0);
}

void test_is_xml(struct str text) {
        char file[] = "/tmp/schouders-xml-XXXXXX";
        char *const args[] = { "xmllint", "--nonet", "--noout", file, NULL };
        int fd = mkstemp(file), status = 0;
        pid_t child;
        assert_true(fd >= 0 && write(fd, text.p, text.n) == (ssize_t) text.n);
        close(fd);
        int error = posix_spawnp(&child, args[0], NULL, NULL, args, environ);
        if (error == ENOENT) {
                print_message("skipped: xmllint is not there\n");
        } else {
                assert_int_equal(error, 0);
                assert_int_equal(waitpid(child, &status, 0), child);
                assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        remove(file);
}

int test_statements(struct db *db, const struct db_stmt *const *list) {
        int failed = 0;
        for (size_t i = 0; list[i]; i++)
                if (db_prepare(db, list[i]) != OK) {
                        print_error("%s does not prepare on %s: %s\n", list[i]->name, db_is_postgres(db) ? "PostgreSQL" : "SQLite",
                                    list[i]->sql);
                        failed++;
                }
        return failed;
}
