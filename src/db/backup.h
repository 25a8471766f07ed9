/* backup.h - a copy of the store while others use it. */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H
#include "str.h"

/* Copies the SQLite file PATH to the new file TO: one moment of it, whole and checked (PRAGMA integrity_check), on the disk when
 * this returns. Only reads PATH, so another process may go on writing to it; a reader never checkpoints, which is what the
 * SQLite of Debian 12 cannot bear (ADR 0002). ERR_NOT_FOUND without PATH; ERR_CONFLICT when TO is there already; ERR_LIMIT when
 * there is no room; else ERR_INTERNAL, with the cause in the log. TO may be half then: remove it. */
_must_use_ enum err backup_sqlite(struct str path, struct str to);

/* Becomes pg_dump, which writes the database URL to the new file TO in its custom format. The URL goes through the environment,
 * since others can read a command line. Returns only when there is no pg_dump (ERR_NOT_FOUND) or URL is no URL (ERR_INVALID):
 * call it in a process of its own. */
enum err backup_become_pg_dump(struct str url, struct str to);

#endif
