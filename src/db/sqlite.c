/* sqlite.c - the store in one file. One process, one writing connection (ADR 0002). */
#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include "closed.h"
#include "engine.h"

/* Words that every request says: prepared once, in this order. */
static const char *const controls[] = { "BEGIN", "COMMIT", "ROLLBACK", "BEGIN IMMEDIATE" };
#define CONTROLS (sizeof controls / sizeof *controls)

struct sqlite {
        struct db base;
        sqlite3 *h;
        int lock_fd;            /* held by the writing connection; -1 for readers */
        sqlite3_stmt *control[CONTROLS];
        const struct db_stmt *current;  /* what SQLite is preparing, perhaps again; NULL for what no statement stands for */
};

static struct sqlite *of(struct db *db) {
        return (struct sqlite *) db;
}

static enum err failed(struct sqlite *s, int rc, const char *what) {
        switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
                return rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ? ERR_CONFLICT
                        : err_log(ERR_INVALID, "%s: %s", what, sqlite3_errmsg(s->h));
        case SQLITE_AUTH:
                return ERR_INTERNAL;    /* authorize() told why */
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_FULL:
        case SQLITE_IOERR:
                return err_log(ERR_BUSY, "%s: %s", what, sqlite3_errmsg(s->h));
        default:
                return err_log(ERR_INTERNAL, "%s: %s", what, sqlite3_errmsg(s->h));
        }
}

static void sqlite_close_db(struct db *db) {
        struct sqlite *s = of(db);
        for (size_t i = 0; i < db->cache_cap; i++)
                sqlite3_finalize(db->cache[i].prepared);
        for (size_t i = 0; i < CONTROLS; i++)
                sqlite3_finalize(s->control[i]);
        sqlite3_close(s->h);
        if (s->lock_fd >= 0)
                close(s->lock_fd);
        free(s);
}

static int run_prepared(struct sqlite *s, size_t i) {
        if (!s->control[i]) {
                int rc = sqlite3_prepare_v3(s->h, controls[i], -1, SQLITE_PREPARE_PERSISTENT, &s->control[i], NULL);
                if (rc != SQLITE_OK)
                        return rc;
        }
        sqlite3_step(s->control[i]);
        return sqlite3_reset(s->control[i]);
}

static enum err sqlite_script(struct db *db, const char *sql) {
        struct sqlite *s = of(db);
        s->current = NULL;
        int rc = sqlite3_exec(s->h, sql, NULL, NULL, NULL);
        return rc == SQLITE_OK ? OK : failed(s, rc, sql);
}

static enum err sqlite_control(struct db *db, const char *sql) {
        size_t i = 0;
        while (i < CONTROLS && strcmp(controls[i], sql) != 0)
                i++;
        if (i == CONTROLS)
                return sqlite_script(db, sql);
        int rc = run_prepared(of(db), i);
        return rc == SQLITE_OK ? OK : failed(of(db), rc, sql);
}

/* SQLite asks this for each table and column of a statement that it prepares. */
static int authorize(void *arg, int action, const char *first, const char *second, const char *base, const char *inner) {
        struct sqlite *s = arg;
        const char *table, *what;
        (void) base;
        (void) inner;
        if (!s->current || s->base.exempt ||
            !closed_refuses(schema_closed, db_file(s->current), action, first, second, &table, &what))
                return SQLITE_OK;
        (void) !err_log(ERR_INTERNAL, "%s may not %s the table %s: see schema/closed.txt", s->current->name, what, table);
        return SQLITE_DENY;
}

static enum err prepared(struct sqlite *s, const struct db_stmt *st, sqlite3_stmt **ret) {
        struct db_cached *c = db_cache_slot(&s->base, st);
        if (!c->prepared) {
                const char *tail = "";
                sqlite3_stmt *p;
                s->current = st;
                int rc = sqlite3_prepare_v3(s->h, st->sql, -1, SQLITE_PREPARE_PERSISTENT, &p, &tail);
                if (rc != SQLITE_OK)
                        return failed(s, rc, st->name);
                s->base.prepares++;
                c->prepared = p;
        }
        *ret = c->prepared;
        return OK;
}

static enum err sqlite_prepare(struct db *db, const struct db_stmt *st) {
        sqlite3_stmt *p;
        return prepared(of(db), st, &p);
}

static int bind(sqlite3_stmt *p, int i, const struct db_val *v) {
        switch (v->type) {
        case DB_I64: return sqlite3_bind_int64(p, i, v->i);
        case DB_F64: return sqlite3_bind_double(p, i, v->f);
        case DB_STR: return sqlite3_bind_text64(p, i, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
        case DB_BLOB: return sqlite3_bind_blob64(p, i, v->s.p, v->s.n, SQLITE_STATIC);
        default: return sqlite3_bind_null(p, i);
        }
}

static enum err sqlite_query(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n,
                             struct db_rows *ret) {
        struct sqlite *s = of(db);
        sqlite3_stmt *p = NULL;
        enum err e = prepared(s, st, &p);
        if (e != OK)
                return e;
        if (sqlite3_stmt_busy(p))
                return err_log(ERR_INTERNAL, "%s is still running on this connection", st->name);
        for (size_t i = 0; i < n; i++) {
                int rc = bind(p, (int) i + 1, &v[i]);   /* sqlc numbers markers from $1 on, in order */
                if (rc != SQLITE_OK)
                        return failed(s, rc, st->name);
        }
        *ret = (struct db_rows) { .db = db, .st = st, .cursor = p };
        return OK;
}

static enum err sqlite_next(struct db_rows *r, bool *more) {
        of(r->db)->current = r->st;
        int rc = sqlite3_step(r->cursor);
        *more = rc == SQLITE_ROW;
        return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : failed(of(r->db), rc, r->st->name);
}

static bool sqlite_is_null(const struct db_rows *r, int col) {
        return sqlite3_column_type(r->cursor, col) == SQLITE_NULL;
}

static int64_t sqlite_i64(const struct db_rows *r, int col) {
        return sqlite3_column_int64(r->cursor, col);
}

static double sqlite_f64(const struct db_rows *r, int col) {
        return sqlite_is_null(r, col) ? (double) NAN : sqlite3_column_double(r->cursor, col);
}

static struct str sqlite_str(const struct db_rows *r, int col) {
        const char *p = (const char *) sqlite3_column_text(r->cursor, col);
        return (struct str) { p, p ? (size_t) sqlite3_column_bytes(r->cursor, col) : 0 };
}

static struct str sqlite_blob(const struct db_rows *r, int col, struct arena *a) {
        const char *p = sqlite3_column_blob(r->cursor, col);
        size_t n = (size_t) sqlite3_column_bytes(r->cursor, col);
        if (sqlite_is_null(r, col))
                return (struct str) { 0 };
        return str_dup(a, (struct str) { p ? p : "", n });
}

static void sqlite_rows_done(struct db_rows *r) {
        sqlite3_reset(r->cursor);
        sqlite3_clear_bindings(r->cursor);
}

static bool sqlite_alive(struct db *db) {
        (void) db;
        return true;
}

/* SQLite leaves the transaction by itself after some failures (disk full). */
static bool sqlite_in_transaction(const struct db *db) {
        return !sqlite3_get_autocommit(((const struct sqlite *) db)->h);
}

static const struct db_engine engine = {
        .name = "sqlite", .close = sqlite_close_db, .control = sqlite_control, .script = sqlite_script,
        .begin_read = "BEGIN", .begin_write = "BEGIN IMMEDIATE",
        .prepare = sqlite_prepare, .query = sqlite_query, .next = sqlite_next, .is_null = sqlite_is_null,
        .i64 = sqlite_i64, .f64 = sqlite_f64, .str = sqlite_str, .blob = sqlite_blob, .rows_done = sqlite_rows_done, .alive = sqlite_alive,
        .in_transaction = sqlite_in_transaction,
};

/* Two processes that write the same file are never right here, so the writer holds a lock beside the file. */
static enum err take_lock(struct sqlite *s, const char *path) {
        struct arena a = { 0 };
        const char *name = str_fmt(&a, "%s.lock", path).p;
        s->lock_fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        enum err e = OK;
        if (s->lock_fd < 0)
                e = err_log(ERR_DENIED, "cannot write beside the database %s", path);
        else if (flock(s->lock_fd, LOCK_EX | LOCK_NB) != 0)
                e = err_log(ERR_BUSY, "another process is using the database %s", path);
        arena_done(&a);
        return e;
}

static enum err configure(struct sqlite *s) {
        int off;
        sqlite3_extended_result_codes(s->h, 1);
        sqlite3_db_config(s->h, SQLITE_DBCONFIG_DQS_DML, 0, &off);
        sqlite3_db_config(s->h, SQLITE_DBCONFIG_DQS_DDL, 0, &off);
        sqlite3_db_config(s->h, SQLITE_DBCONFIG_DEFENSIVE, 1, &off);
        sqlite3_db_config(s->h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &off);
        sqlite3_busy_timeout(s->h, 5000);
        if (s->base.mode == DB_WRITE)
                return sqlite_script(&s->base, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                                "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY");
        sqlite3_db_config(s->h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &off);
        return sqlite_script(&s->base, "PRAGMA query_only=ON; PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY");
}

enum err sqlite_open(struct db **ret, struct str path, enum db_mode mode) {
        struct sqlite *s = calloc(1, sizeof *s);
        struct arena a = { 0 };
        if (!s)
                abort();
        s->base = (struct db) { .engine = &engine, .mode = mode, .closed = true };
        s->lock_fd = -1;
        const char *name = str_z(&a, path);
        int flags = mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
        enum err e = mode == DB_WRITE && !str_eq(path, S(":memory:")) ? take_lock(s, name) : OK;
        if (e == OK && sqlite3_open_v2(name, &s->h, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
                e = err_log(ERR_BUSY, "cannot open %s: %s", name, sqlite3_errmsg(s->h));
        if (e == OK)
                e = configure(s);
        if (e == OK)
                sqlite3_set_authorizer(s->h, authorize, s);
        arena_done(&a);
        if (e != OK) {
                sqlite_close_db(&s->base);
                return e;
        }
        *ret = &s->base;
        return OK;
}
