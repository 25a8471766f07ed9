/* closed.h - tables that only the .sql files named in schema/closed.txt may touch, and how (ADR 0007). */
#ifndef DB_CLOSED_H
#define DB_CLOSED_H
#include "str.h"

/* What a statement does with a table, as bits. */
enum { DB_SELECT = 1, DB_INSERT = 2, DB_UPDATE = 4, DB_DELETE = 8, DB_ALL = 15 };

/* A table that is named here at all is closed to every file that is not named with it. */
struct db_closed {
        const char *table;
        const char *file;       /* "audit.sql": the statements whose name starts with "audit.sql:" */
        unsigned may;
};
/* Ends with table NULL. Generated from schema/closed.txt by sqlc; a program with a schema of its own defines its own, so
 * that it cannot be forgotten. */
extern const struct db_closed schema_closed[];

/* What FILE may do with TABLE: bits, DB_ALL for a table that is not closed. */
unsigned closed_may(const struct db_closed *rules, struct str table, struct str file);

/* Whether FILE must not do what SQLite asks its authorizer: ACTION with the two names that go with it. If so, *table is
 * the closed table and *what a word for a message: "read", "insert into", "update", "delete from" or "change the schema of". */
bool closed_refuses(const struct db_closed *rules, struct str file, int action, const char *first, const char *second,
                    const char **table, const char **what);

#endif
