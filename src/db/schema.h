/* schema.h - the migrations of schema/, compiled into the program, and their one dialect. */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H
#include "closed.h"
#include "db.h"

struct migration {
        int version;            /* the number in front of the file name */
        const char *name;
        const char *sql;        /* with the placeholders below */
};
/* Generated from schema/ by sqlc, in order; ends with version 0. */
extern const struct migration schema_migrations[];

/* Fills in {pk} {pk_once} {int} {real} {text} {blob} {strict} {keyed} for one engine. {pk_once} is a {pk} whose numbers never come
 * back after their row is deleted, for rows that others remember by number (the trail). {keyed} is {strict} for a table of small rows
 * that is read by its primary key: SQLite then keeps the rows in that order, without a second look-up. */
struct str schema_expand(struct arena *a, struct str sql, bool postgres);

/* Brings the store behind DB (DB_WRITE) to the newest version, all in one transaction, and closes the tables of
 * schema/closed.txt: db_is_closed(db) tells afterwards whether PostgreSQL let us.
 * ERR_CONFLICT, with one sentence in the log, when the store is newer than this program. */
_must_use_ enum err schema_migrate(struct db *db);

/* The version the store has now; 0 for an empty one. */
_must_use_ enum err schema_version(struct db *db, int64_t *ret);
/* The newest version this program knows. */
int schema_newest(void);

/* The SQL that an administrator of PostgreSQL must run, because the login of DB may not make roles; in A. Empty when nothing
 * is needed, and on SQLite. Not inside a transaction. */
_must_use_ enum err schema_grants(struct db *db, struct arena *a, struct str *ret);

#endif
