/* db.h - the port to the store: one interface, SQLite and PostgreSQL behind it (ADR 0002).
 * Features never call this: tools/sqlc writes typed functions from their .sql that do. */
#ifndef DB_DB_H
#define DB_DB_H
#include "str.h"

/* A statement is a file-scope constant that sqlc wrote from a checked query. Markers are $1, $2 ... */
struct db_stmt {
        const char *sql;
        /* "network.sql:municipality_by_slug(t)", for logs. The letters are the types of the markers as declared:
         * i integer, r real, t text, b blob. Without brackets the server guesses them. */
        const char *name;
        int params;
};

struct db_val {
        enum { DB_NULL, DB_I64, DB_F64, DB_STR, DB_BLOB } type;
        int64_t i;
        double f;               /* NaN is stored as NULL */
        struct str s;
};
/* A nullable integer. A nullable real is a double that is NaN; a nullable text has p == NULL. */
struct opt_i64 {
        bool is_set;
        int64_t v;
};
static inline struct opt_i64 opt_i64(int64_t v) { return (struct opt_i64) { true, v }; }

static inline struct db_val db_val_i64(int64_t i) { return (struct db_val) { .type = DB_I64, .i = i }; }
static inline struct db_val db_val_opt(struct opt_i64 o) { return (struct db_val) { .type = o.is_set ? DB_I64 : DB_NULL, .i = o.v }; }
static inline struct db_val db_val_f64(double f) { return (struct db_val) { .type = f == f ? DB_F64 : DB_NULL, .f = f }; }
static inline struct db_val db_val_str(struct str s) { return (struct db_val) { .type = s.p ? DB_STR : DB_NULL, .s = s }; }
static inline struct db_val db_val_blob(struct str s) { return (struct db_val) { .type = s.p ? DB_BLOB : DB_NULL, .s = s }; }

struct db;                      /* one connection, used by one thread at a time */
enum db_mode { DB_READ, DB_WRITE };

/* Opens URL: "postgresql://..." or a SQLite path. A DB_READ connection refuses every write; the SQLite file
 * has exactly one DB_WRITE connection in the whole process (ADR 0002). ERR_BUSY when the server is away. */
_must_use_ enum err db_open(struct db **ret, struct str url, enum db_mode mode);
/* NULL is fine. Usable with _cleanup_(db_closep). */
void db_close(struct db *db);
void db_closep(struct db **db);
bool db_url_is_postgres(struct str url);
bool db_is_postgres(const struct db *db);
/* The tables of schema/closed.txt are closed on this connection to statements of other files: always on SQLite, on PostgreSQL
 * when its roles are there (docs/operations.md). A statement that is refused fails with ERR_INTERNAL. */
bool db_is_closed(const struct db *db);

/* A transaction: on DB_READ one consistent snapshot, on DB_WRITE all or nothing. They do not nest.
 * A failed statement spoils a DB_WRITE transaction on both stores (PostgreSQL would undo all of it, so SQLite must
 * not keep half): db_commit and db_release then undo and answer ERR_INTERNAL. For work that may fail, use a savepoint
 * or ON CONFLICT. */
_must_use_ enum err db_begin(struct db *db);
_must_use_ enum err db_commit(struct db *db);
void db_rollback(struct db *db);
/* A part of a DB_WRITE transaction that may fail alone; parts may nest. */
_must_use_ enum err db_savepoint(struct db *db);
_must_use_ enum err db_release(struct db *db);
void db_rollback_to(struct db *db);
/* False when the engine has undone the whole transaction by itself: disk full, or the server is lost. */
bool db_in_transaction(const struct db *db);

/* The time of the database server in *RET, milliseconds since 1970; on SQLite that of this machine. */
_must_use_ enum err db_clock(struct db *db, int64_t *ret);

/* After much was loaded: lets PostgreSQL learn the sizes of tables, on which its plans depend. Nothing on SQLite, whose plans
 * are tried at build time (sqlc). Outside a transaction, DB_WRITE. */
_must_use_ enum err db_analyse(struct db *db);

/* A running query. Always end with db_rows_done (use _cleanup_). */
struct db_rows {
        struct db *db;
        const struct db_stmt *st;
        void *cursor;
        int64_t row;
};
/* Starts ST with N values; text must be without NUL bytes (ERR_INVALID). ERR_CONFLICT for a broken unique key,
 * ERR_INVALID for another broken constraint, ERR_BUSY for a lost server, ERR_INTERNAL else (logged). */
_must_use_ enum err db_query(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n, struct db_rows *ret);
/* Moves to the next row; *more is false after the last. */
_must_use_ enum err db_next(struct db_rows *r, bool *more);
/* Values of the current row. Text and blobs are borrowed until the next db_next. */
bool db_is_null(const struct db_rows *r, int col);
int64_t db_i64(const struct db_rows *r, int col);
double db_f64(const struct db_rows *r, int col);
struct str db_str(const struct db_rows *r, int col);
struct str db_blob(const struct db_rows *r, int col, struct arena *a);
void db_rows_done(struct db_rows *r);
/* A statement without rows. */
_must_use_ enum err db_exec(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n);

/* Prepares ST without running it, so that a test can try every statement on both stores. */
_must_use_ enum err db_prepare(struct db *db, const struct db_stmt *st);
/* Statements prepared so far on this connection: a test shows that it stops growing. */
unsigned db_prepare_count(const struct db *db);
/* False when the connection is lost (PostgreSQL): close it and open a new one. */
bool db_alive(struct db *db);

#endif
