#include "db.h"
#include <stdlib.h>
#include <string.h>
#include "clock.h"
#include "engine.h"

bool db_url_is_postgres(struct str url) {
        return str_starts(url, S("postgresql://")) || str_starts(url, S("postgres://"));
}

enum err db_open(struct db **ret, struct str url, enum db_mode mode) {
        return db_url_is_postgres(url) ? postgres_open(ret, url, mode) : sqlite_open(ret, url, mode);
}

void db_close(struct db *db) {
        if (!db)
                return;
        struct db_cached *cache = db->cache;
        db->engine->close(db);
        free(cache);
}

void db_closep(struct db **db) {
        db_close(*db);
        *db = NULL;
}

bool db_is_postgres(const struct db *db) {
        return db->engine->name[0] == 'p';
}

static struct db_cached *slot(struct db_cached *cache, size_t cap, const struct db_stmt *st) {
        size_t i = ((uintptr_t) st >> 4) & (cap - 1);
        while (cache[i].key && cache[i].key != st)
                i = (i + 1) & (cap - 1);
        return &cache[i];
}

struct db_cached *db_cache_slot(struct db *db, const struct db_stmt *st) {
        if (db->cache_n * 2 >= db->cache_cap) {
                size_t cap = db->cache_cap ? db->cache_cap * 2 : 256;
                struct db_cached *grown = calloc(cap, sizeof *grown);
                if (!grown)
                        abort();
                for (size_t i = 0; i < db->cache_cap; i++)
                        if (db->cache[i].key)
                                *slot(grown, cap, db->cache[i].key) = db->cache[i];
                free(db->cache);
                db->cache = grown;
                db->cache_cap = cap;
        }
        struct db_cached *s = slot(db->cache, db->cache_cap, st);
        if (!s->key) {
                s->key = st;
                db->cache_n++;
        }
        return s;
}

enum err db_begin(struct db *db) {
        if (db->in_transaction)
                return err_log(ERR_INTERNAL, "transactions do not nest");
        enum err e = db->engine->control(db, db->mode == DB_READ ? db->engine->begin_read : db->engine->begin_write);
        db->in_transaction = e == OK;
        db->retry = false;
        db->failed = false;
        return e;
}

bool db_in_transaction(const struct db *db) {
        return db->engine->in_transaction(db);
}

/* Why this transaction cannot be kept; OK when it can. */
static enum err spoiled(struct db *db) {
        if (!db_in_transaction(db))
                return ERR_BUSY;
        if (!db->failed || db->mode == DB_READ)
                return OK;
        return db->retry ? ERR_BUSY
                : err_log(ERR_INTERNAL, "a statement failed and the task went on: nothing is stored");
}

enum err db_commit(struct db *db) {
        enum err e = spoiled(db);
        if (e == OK)
                e = db->engine->control(db, "COMMIT");
        if (e == OK)
                db->in_transaction = false;
        else
                db_rollback(db);
        return e;
}

void db_rollback(struct db *db) {
        if (!db->in_transaction)
                return;
        db->in_transaction = false;
        if (db_in_transaction(db))
                (void) !db->engine->control(db, "ROLLBACK");
}

enum err db_savepoint(struct db *db) {
        enum err e = spoiled(db);
        return e == OK ? db->engine->control(db, "SAVEPOINT task") : e;
}

enum err db_release(struct db *db) {
        enum err e = spoiled(db);
        if (e == OK)
                e = db->engine->control(db, "RELEASE SAVEPOINT task");
        if (e != OK)
                db_rollback_to(db);
        return e;
}

void db_rollback_to(struct db *db) {
        if (!db_in_transaction(db))
                return;
        if (db->engine->control(db, "ROLLBACK TO SAVEPOINT task") == OK)
                db->failed = false;
        (void) !db->engine->control(db, "RELEASE SAVEPOINT task");
}

bool db_is_closed(const struct db *db) {
        return db->closed;
}

struct str db_file(const struct db_stmt *st) {
        struct str name = str_of(st->name);
        return str_sub(name, 0, str_index(name, ':'));
}

enum err db_script(struct db *db, const char *sql) {
        return db->engine->script(db, sql);
}

enum err db_query(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n, struct db_rows *ret) {
        if ((size_t) st->params != n)
                return err_log(ERR_INTERNAL, "%s takes %d values, got %zu", st->name, st->params, n);
        for (size_t i = 0; i < n; i++)  /* PostgreSQL would cut the text there in silence */
                if (v[i].type == DB_STR && memchr(v[i].s.p, 0, v[i].s.n))
                        return err_log(ERR_INVALID, "%s: value %zu holds a NUL byte", st->name, i + 1);
        enum err e = db->engine->query(db, st, v, n, ret);
        db->failed |= e != OK;
        return e;
}

enum err db_next(struct db_rows *r, bool *more) {
        enum err e = r->db->engine->next(r, more);
        r->db->failed |= e != OK;
        return e;
}

enum err db_analyse(struct db *db) {
        return db_is_postgres(db) ? db_script(db, "ANALYZE") : OK;
}

bool db_is_null(const struct db_rows *r, int col) {
        return r->db->engine->is_null(r, col);
}

int64_t db_i64(const struct db_rows *r, int col) {
        return r->db->engine->i64(r, col);
}

double db_f64(const struct db_rows *r, int col) {
        return r->db->engine->f64(r, col);
}

struct str db_str(const struct db_rows *r, int col) {
        return r->db->engine->str(r, col);
}

struct str db_blob(const struct db_rows *r, int col, struct arena *a) {
        return r->db->engine->blob(r, col, a);
}

void db_rows_done(struct db_rows *r) {
        if (r->cursor)
                r->db->engine->rows_done(r);
        r->cursor = NULL;
}

enum err db_exec(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = true;
        enum err e = db_query(db, st, v, n, &rows);
        while (e == OK && more)
                e = db_next(&rows, &more);
        return e;
}

enum err db_prepare(struct db *db, const struct db_stmt *st) {
        return db->engine->prepare(db, st);
}

unsigned db_prepare_count(const struct db *db) {
        return db->prepares;
}

enum err db_clock(struct db *db, int64_t *ret) {
        static const struct db_stmt st = {
                "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT)", "db.c:clock()", 0 };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        *ret = clock_now_ms();
        if (!db_is_postgres(db))
                return OK;
        enum err e = db_query(db, &st, NULL, 0, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK && more)
                *ret = db_i64(&rows, 0);
        return e;
}

bool db_alive(struct db *db) {
        return db->engine->alive(db);
}
