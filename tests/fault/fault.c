#include "fault.h"
#include <stdio.h>
#include <stdlib.h>
#include "closed.h"
#include "engine.h"

/* A schema of our own, without closed tables. */
const struct db_closed schema_closed[] = { { NULL, NULL, 0 } };

static const struct db_stmt put_a = { "INSERT INTO pair_a(id, body) VALUES ($1, $2)", "fault:put_a(it)", 2 };
static const struct db_stmt put_b = { "INSERT INTO pair_b(id, body) VALUES ($1, $2)", "fault:put_b(it)", 2 };
static const struct db_stmt all = { "SELECT id FROM pair_a ORDER BY id", "fault:all()", 0 };
static const struct db_stmt unequal = {
        "SELECT (SELECT count(*) FROM pair_a WHERE id NOT IN (SELECT id FROM pair_b)) +"
        " (SELECT count(*) FROM pair_b WHERE id NOT IN (SELECT id FROM pair_a))", "fault:unequal()", 0 };
static const struct db_stmt integrity = {
        "SELECT integrity_check <> 'ok' FROM pragma_integrity_check", "fault:integrity()", 0 };

void must(enum err e, const char *what) {
        if (e == OK)
                return;
        printf("%s: %s\n", what, err_name(e));
        exit(1);
}

void run_sql(struct str url, const char *sql) {
        struct db *db = NULL;
        must(db_open(&db, url, DB_WRITE), "open");
        must(db_script(db, sql), sql);
        db_close(db);
}

void make_tables(struct str url) {
        run_sql(url, "CREATE TABLE pair_a(id BIGINT PRIMARY KEY, body TEXT NOT NULL);"
                     "CREATE TABLE pair_b(id BIGINT PRIMARY KEY, body TEXT NOT NULL)");
}

enum err write_pair(struct db *db, int64_t id, struct str body) {
        struct db_val v[] = { db_val_i64(id), db_val_str(body) };
        enum err e = db_exec(db, &put_a, v, 2);
        return e == OK ? db_exec(db, &put_b, v, 2) : e;
}

static int64_t number(struct db *db, const struct db_stmt *st) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        must(db_query(db, st, NULL, 0, &rows), st->name);
        must(db_next(&rows, &more), st->name);
        return more ? db_i64(&rows, 0) : 0;
}

static int by_value(const void *a, const void *b) {
        int64_t x = *(const int64_t *) a, y = *(const int64_t *) b;
        return (x > y) - (x < y);
}

/* Both lists are sorted: walks them side by side. */
static bool compare(struct db *db, const struct ids *acked, bool strict) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        size_t i = 0, lost = 0, extra = 0;
        must(db_query(db, &all, NULL, 0, &rows), "all");
        for (;;) {
                must(db_next(&rows, &more), "all");
                int64_t id = more ? db_i64(&rows, 0) : INT64_MAX;
                for (; i < acked->n && acked->v[i] < id; i++)
                        lost++;
                if (!more)
                        break;
                if (i < acked->n && acked->v[i] == id)
                        i++;
                else
                        extra++;
        }
        if (lost)
                printf("LOST: %zu of %zu confirmed writes are gone\n", lost, acked->n);
        if (strict && extra)
                printf("EXTRA: %zu writes are there that were refused\n", extra);
        return !lost && !(strict && extra);
}

bool check_store(struct str url, const struct ids *acked, bool strict) {
        struct db *db = NULL;
        qsort(acked->v, acked->n, sizeof *acked->v, by_value);
        must(db_open(&db, url, DB_WRITE), "open again");
        bool good = compare(db, acked, strict);
        if (number(db, &unequal)) {
                printf("HALF: a write is in one of its two tables only\n");
                good = false;
        }
        if (!db_is_postgres(db) && number(db, &integrity)) {
                printf("BROKEN: SQLite finds the file damaged\n");
                good = false;
        }
        db_close(db);
        return good;
}
