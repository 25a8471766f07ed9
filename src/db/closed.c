/* closed.c - the rules of schema/closed.txt, for the store while it runs and for sqlc while it builds. */
#include "closed.h"
#include <sqlite3.h>

unsigned closed_may(const struct db_closed *rules, struct str table, struct str file) {
        unsigned may = DB_ALL;
        for (const struct db_closed *r = rules; r->table; r++) {
                if (!str_eq(table, str_of(r->table)))
                        continue;
                if (str_eq(file, str_of(r->file)))
                        return r->may;
                may = 0;
        }
        return may;
}

bool closed_refuses(const struct db_closed *rules, struct str file, int action, const char *first, const char *second,
                    const char **table, const char **what) {
        unsigned need = 0;
        *table = first;
        switch (action) {
        case SQLITE_READ: need = DB_SELECT, *what = "read"; break;
        case SQLITE_INSERT: need = DB_INSERT, *what = "insert into"; break;
        case SQLITE_UPDATE: need = DB_UPDATE, *what = "update"; break;
        case SQLITE_DELETE: need = DB_DELETE, *what = "delete from"; break;
        case SQLITE_ALTER_TABLE:        /* its first name is that of the database */
        case SQLITE_CREATE_INDEX:
        case SQLITE_CREATE_TRIGGER:
        case SQLITE_CREATE_TEMP_TRIGGER:
        case SQLITE_DROP_INDEX:
        case SQLITE_DROP_TRIGGER:
                *table = second;
                __attribute__((fallthrough));
        case SQLITE_DROP_TABLE:
                need = DB_ALL + 1;      /* no file has that: only migrations change the schema of a closed table */
                *what = "change the schema of";
                break;
        default:
                return false;
        }
        /* no file is called "", so this finds out whether the table is closed */
        unsigned may = closed_may(rules, str_of(*table), need > DB_ALL ? S("") : file);
        return need > DB_ALL ? may != DB_ALL : !(may & need);
}
