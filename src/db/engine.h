/* engine.h - what sqlite.c and postgres.c offer to db.c. Private to this folder. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H
#include "db.h"

struct db_engine {
        const char *name;
        void (*close)(struct db *);
        /* Begins or ends a transaction or a part of one. */
        enum err (*control)(struct db *, const char *sql);
        /* Several statements without values, as the owner of the tables. */
        enum err (*script)(struct db *, const char *sql);
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
        bool closed;            /* closed tables are closed on this connection */
        bool exempt;            /* migrations and tests: the next statements run as the owner. What SQLite prepares then stays exempt */
        char roles[64];         /* PostgreSQL: what the names of its roles begin with; "" when no table is closed */
        struct db_cached { const struct db_stmt *key; void *prepared; int role; } *cache;
        size_t cache_cap, cache_n;
};

enum err sqlite_open(struct db **ret, struct str path, enum db_mode mode);
enum err postgres_open(struct db **ret, struct str url, enum db_mode mode);

/* The cache slot of ST: its `prepared` is NULL when ST is new on this connection. */
struct db_cached *db_cache_slot(struct db *db, const struct db_stmt *st);

/* The file of a statement: "network.sql" of "network.sql:municipality_by_slug(t)". */
struct str db_file(const struct db_stmt *st);

/* Several statements without values, for migrations only. */
_must_use_ enum err db_script(struct db *db, const char *sql);

/* grants.c, on PostgreSQL. The first finds out whether the tables are closed, outside a transaction; the second makes roles and
 * grants as far as this login may, inside the transaction of a migration. */
_must_use_ enum err grants_look(struct db *db);
_must_use_ enum err grants_apply(struct db *db);
/* The part of a role's name that stands for FILE: "audit" of "audit.sql"; "open" for a file that closed.txt does not name. */
struct str grants_role(struct str file);

#endif
