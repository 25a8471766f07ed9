/* version.c - makes a store one version newer than it is, or undoes that: version raise|lower DATABASE.
 * Debian has no command that does this for both stores in the packages of ./test. */
#include <stdio.h>
#include <string.h>
#include "db.h"

int main(int argc, char **argv) {
        static const struct db_stmt higher = {
                "INSERT INTO schema_version(version, name, applied_ms) "
                "SELECT max(version) + 1, 'of a later program', 0 FROM schema_version", "test:raise", 0 };
        static const struct db_stmt lower = {
                "DELETE FROM schema_version WHERE name = 'of a later program'", "test:lower", 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        if (argc != 3 || (strcmp(argv[1], "raise") && strcmp(argv[1], "lower"))) {
                fprintf(stderr, "usage: version raise|lower DATABASE\n");
                return 2;
        }
        if (db_open(&db, str_of(argv[2]), DB_WRITE) != OK || db_begin(db) != OK)
                return 1;
        enum err e = db_exec(db, strcmp(argv[1], "raise") == 0 ? &higher : &lower, NULL, 0);
        if (e == OK)
                return db_commit(db) == OK ? 0 : 1;
        db_rollback(db);
        return 1;
}
