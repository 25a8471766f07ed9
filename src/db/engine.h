/* engine.h - what sqlite.c and postgres.c offer to db.c. Private to this folder. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H
#include "db.h"

struct db_engine {
        const char *name;
        void (*close)(struct db *);
        /* One of the fixed words below. */
        enum err (*control)(struct db *, const char *sql);
        const char *begin_read, *begin_write;
        enum err (*prepare)(struct db *, const struct db_stmt *);
        enum err (*query)(struct db *, const struct db_stmt *, const struct db_val *, size_t, struct db_rows *);
        enum err (*next)(struct db_rows *, bool *more);
        bool (*is_null)(const struct db_rows *, int col);
        int64_t (*i64)(const struct db_rows *, int col);
        double (*f64)(const struct db_rows *, int col);
        struct str (*str)(const struct db_rows *, int col);
        struct str (*blob)(const struct db_rows *, int col, struct arena *);
        void (*rows_done)(struct db_rows *);
        bool (*alive)(struct db *);
        bool (*in_transaction)(const struct db *);
};

/* Both engines put this first in their own struct. */
struct db {
        const struct db_engine *engine;
        enum db_mode mode;
        unsigned prepares;
        bool in_transaction;    /* as we began and ended it; the engine may have undone it since */
        bool failed;            /* a statement of this write transaction failed: it must not be committed */
        bool retry;             /* the last failure was a lost serialisation: the transaction may run again */
        struct db_cached { const struct db_stmt *key; void *prepared; } *cache;
        size_t cache_cap, cache_n;
};

enum err sqlite_open(struct db **ret, struct str path, enum db_mode mode);
enum err postgres_open(struct db **ret, struct str url, enum db_mode mode);

/* The cache slot of ST: its `prepared` is NULL when ST is new on this connection. */
struct db_cached *db_cache_slot(struct db *db, const struct db_stmt *st);

/* Several statements without values, for migrations only. */
_must_use_ enum err db_script(struct db *db, const char *sql);

#endif
