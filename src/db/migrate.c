#include "clock.h"
#include "engine.h"
#include "log.h"
#include "schema.h"

static const struct db_stmt has_table_lite = {
        "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'", "migrate:has_table", 0 };
static const struct db_stmt has_table_pg = {
        "SELECT count(*) FROM pg_tables WHERE tablename = 'schema_version' AND schemaname = current_schema()",
        "migrate:has_table", 0 };
static const struct db_stmt newest = { "SELECT coalesce(max(version), 0) FROM schema_version", "migrate:newest", 0 };
static const struct db_stmt record = { "INSERT INTO schema_version(version, name, applied_ms) VALUES ($1, $2, $3)",
                                       "migrate:record", 3 };

static enum err read_one(struct db *db, const struct db_stmt *st, int64_t *ret) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, st, NULL, 0, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK)
                *ret = more ? db_i64(&rows, 0) : 0;
        return e;
}

enum err schema_version(struct db *db, int64_t *ret) {
        int64_t has = 0;
        enum err e = read_one(db, db_is_postgres(db) ? &has_table_pg : &has_table_lite, &has);
        *ret = 0;
        return e == OK && has ? read_one(db, &newest, ret) : e;
}

int schema_newest(void) {
        int v = 0;
        for (const struct migration *m = schema_migrations; m->version; m++)
                v = m->version;
        return v;
}

static enum err apply(struct db *db, const struct migration *m) {
        struct arena a = { 0 };
        enum err e = db_script(db, schema_expand(&a, str_of(m->sql), db_is_postgres(db)).p);
        if (e == OK) {
                struct db_val v[] = { db_val_i64(m->version), db_val_str(str_of(m->name)), db_val_i64(clock_now_ms()) };
                e = db_exec(db, &record, v, 3);
        }
        if (e == OK)
                log_event(LOG_INFO, "migrated", LOG_INT("version", m->version), LOG_STR("name", str_of(m->name)));
        arena_done(&a);
        return e;
}

static enum err migrate(struct db *db) {
        int64_t have = 0;
        enum err e = db_begin(db);
        if (e != OK)
                return e;
        e = schema_version(db, &have);
        if (e == OK && have > schema_newest())
                e = err_log(ERR_CONFLICT, "the database has version %d, this program knows %d: use a newer program",
                            (int) have, schema_newest());
        if (e == OK && have == 0)
                e = db_script(db, "CREATE TABLE schema_version(version INTEGER PRIMARY KEY, name TEXT NOT NULL,"
                                  " applied_ms BIGINT NOT NULL)");
        for (const struct migration *m = schema_migrations; e == OK && m->version; m++)
                if (m->version > have)
                        e = apply(db, m);
        if (e == OK && db_is_postgres(db))
                e = grants_apply(db);
        if (e == OK)
                return db_commit(db);
        db_rollback(db);
        return e;
}

enum err schema_migrate(struct db *db) {
        if (!db_is_postgres(db))
                return migrate(db);
        /* several processes may start at once; the snapshot must be taken when it is our turn */
        enum err e = db_script(db, "SELECT pg_advisory_lock(727001)");
        if (e != OK)
                return e;
        db->exempt = true;
        e = migrate(db);
        db->exempt = false;
        enum err unlocked = db_script(db, "SELECT pg_advisory_unlock(727001)");
        if (e == OK)
                e = grants_look(db);
        return e != OK ? e : unlocked;
}
