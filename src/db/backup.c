#include "backup.h"
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void close_file(sqlite3 **h) {
        sqlite3_close(*h);
}

static void end(sqlite3_stmt **s) {
        sqlite3_finalize(*s);
}

static enum err failed(sqlite3 *h, const char *what) {
        int code = sqlite3_errcode(h);
        /* a limit on the size of files, or a quota, comes as an error of writing */
        enum err e = code == SQLITE_FULL || code == SQLITE_IOERR ? ERR_LIMIT : ERR_INTERNAL;
        return err_log(e, "%s: %s", what, sqlite3_errmsg(h));
}

static enum err copy(const char *path, const char *to) {
        _cleanup_(close_file) sqlite3 *h = NULL;
        _cleanup_(end) sqlite3_stmt *s = NULL;
        if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
                return err_log(ERR_INTERNAL, "cannot open %s: %s", path, sqlite3_errmsg(h));
        sqlite3_busy_timeout(h, 5000);
        if (sqlite3_prepare_v2(h, "VACUUM INTO ?1", -1, &s, NULL) != SQLITE_OK || sqlite3_bind_text(s, 1, to, -1, SQLITE_STATIC) != SQLITE_OK)
                return failed(h, "VACUUM INTO");
        return sqlite3_step(s) == SQLITE_DONE ? OK : failed(h, "VACUUM INTO");
}

static enum err check(const char *path) {
        _cleanup_(close_file) sqlite3 *h = NULL;
        _cleanup_(end) sqlite3_stmt *s = NULL;
        if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
            sqlite3_prepare_v2(h, "PRAGMA integrity_check", -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW)
                return failed(h, "integrity_check of the copy");
        const char *text = (const char *) sqlite3_column_text(s, 0);
        return text && !strcmp(text, "ok") ? OK : err_log(ERR_INTERNAL, "integrity_check of the copy: %s", text ? text : "nothing");
}

static enum err flush(const char *path) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        int bad = fd < 0 || fsync(fd) != 0;
        if (fd >= 0)
                close(fd);
        return bad ? err_log(ERR_INTERNAL, "fsync of the copy: %s", strerror(errno)) : OK;
}

enum err backup_sqlite(struct str path, struct str to) {
        struct arena a = { 0 };
        const char *from = str_z(&a, path), *target = str_z(&a, to);
        enum err e = access(from, R_OK) != 0 ? ERR_NOT_FOUND : access(target, F_OK) == 0 ? ERR_CONFLICT : copy(from, target);
        if (e == OK)
                e = check(target);
        if (e == OK)
                e = flush(target);
        arena_done(&a);
        return e;
}

/* Every part of URL that has a name in the environment of PostgreSQL's programs. */
static enum err set_environment(const char *url) {
        PQconninfoOption *all = PQconninfoParse(url, NULL);
        if (!all)
                return ERR_INVALID;
        for (const PQconninfoOption *o = all; o->keyword; o++)
                if (o->val && o->envvar)
                        setenv(o->envvar, o->val, 1);
        PQconninfoFree(all);
        return OK;
}

enum err backup_become_pg_dump(struct str url, struct str to) {
        struct arena a = { 0 };
        const char *target = str_z(&a, to);
        enum err e = set_environment(str_z(&a, url));
        if (e == OK)
                execlp("pg_dump", "pg_dump", "--format=custom", "--no-password", "--file", target, (char *) NULL);
        arena_done(&a);
        return e == OK ? ERR_NOT_FOUND : e;
}
