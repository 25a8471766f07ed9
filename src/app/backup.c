/* backup.c - `schouders backup DIR`: the database and, in a folder apart, the key file. DIR has its name only when it is whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "admin.h"
#include "backup.h"
#include "commands.h"
#include "file.h"

#define NO_PG_DUMP 127
#define KEY_BYTES 4096

static const char note[] =
        "This folder holds the key file of Schouders. Who has it AND the database can read all secrets in there.\n"
        "Move this folder to another place than the database: a safe, or the password manager of the organisation.\n"
        "It does not change, so one copy is enough.\n";

struct copy {
        struct str half, database, key_folder, key, note;       /* paths; HALF becomes the folder that was asked for */
};

static enum err complain(const char *text) {
        fprintf(stderr, "schouders: %s\n", text);
        return ERR_INTERNAL;
}

static enum err make_folder(struct arena *a, struct str path) {
        if (mkdir(str_z(a, path), 0700) == 0)
                return OK;
        if (errno == EEXIST)
                return complain(str_fmt(a, "%.*s is there already: what is left of a copy that was broken off. Remove it first.", STR(path)).p);
        return complain(str_fmt(a, "cannot make the folder %.*s: %s.", STR(path), strerror(errno)).p);
}

static void clear_away(struct arena *a, const struct copy *c) {
        const struct str files[] = { c->database, str_fmt(a, "%.*s-journal", STR(c->database)), c->key, c->note };
        for (size_t i = 0; i < sizeof files / sizeof *files; i++)
                unlink(str_z(a, files[i]));
        rmdir(str_z(a, c->key_folder));
        rmdir(str_z(a, c->half));
}

static enum err write_new(struct arena *a, struct str path, struct str bytes) {
        int fd = open(str_z(a, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        bool good = fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t) bytes.n && fsync(fd) == 0;
        const char *why = strerror(errno);
        if (fd >= 0)
                close(fd);
        return good ? OK : complain(str_fmt(a, "cannot write %.*s: %s.", STR(path), why).p);
}

static enum err copy_key(const struct options *o, struct arena *a, const struct copy *c) {
        struct str bytes;
        enum err e = make_folder(a, c->key_folder);
        if (e == OK && file_read(a, o->keys, KEY_BYTES, &bytes) != OK)
                e = complain(str_fmt(a, "the key file %.*s cannot be read.", STR(o->keys)).p);
        if (e == OK)
                e = write_new(a, c->key, bytes);
        return e == OK ? write_new(a, c->note, str_of(note)) : e;
}

static enum err copy_sqlite(const struct options *o, struct arena *a, const struct copy *c) {
        enum err e = backup_sqlite(o->database, c->database);
        if (e == ERR_NOT_FOUND)
                return complain(str_fmt(a, "there is no database at %.*s.", STR(o->database)).p);
        if (e == ERR_LIMIT)
                return complain("there is no room for the copy, or the disk fails. Nothing was kept of it.");
        return e == OK ? OK : complain("the database could not be copied. Nothing was kept of it.");
}

static enum err copy_postgres(const struct options *o, const struct copy *c) {
        int status = 0;
        pid_t child = fork();
        if (child == 0)
                _exit(backup_become_pg_dump(o->database, c->database) == ERR_NOT_FOUND ? NO_PG_DUMP : 1);
        if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
                return complain("pg_dump did not end as it should. Nothing was kept of the copy.");
        if (WEXITSTATUS(status) == NO_PG_DUMP)
                return complain("pg_dump is not installed (Debian: postgresql-client). Where it is: pg_dump --format=custom --file=FILE "
                                "with the URL of --database. Nothing was copied.");
        return WEXITSTATUS(status) == 0 ? OK : complain("pg_dump could not copy the database. Nothing was kept of the copy.");
}

/* For the page about security: the time of this file is that of the last copy. */
static enum err tell(const struct options *o, struct arena *a) {
        const char *path = str_fmt(a, "%.*s/" SAFETY_BACKUP_FILE, STR(o->data)).p;
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
        bool good = fd >= 0 && futimens(fd, NULL) == 0;
        if (fd >= 0)
                close(fd);
        return good ? OK : complain(str_fmt(a, "the copy is there, but %s cannot be written, so the site does not know of it.", path).p);
}

static enum err backup(const struct options *o, struct arena *a, struct str to) {
        struct str half = str_fmt(a, "%.*s.half", STR(to)), folder = str_fmt(a, "%.*s/key", STR(half));
        bool postgres = db_url_is_postgres(o->database);
        struct copy c = { half, str_fmt(a, "%.*s/schouders.%s", STR(half), postgres ? "dump" : "db"), folder,
                          str_fmt(a, "%.*s/secret.key", STR(folder)), str_fmt(a, "%.*s/READ-ME.txt", STR(folder)) };
        if (access(str_z(a, to), F_OK) == 0)
                return complain(str_fmt(a, "%.*s is there already. Name a new folder.", STR(to)).p);
        enum err e = make_folder(a, half);
        if (e != OK)
                return e;
        e = postgres ? copy_postgres(o, &c) : copy_sqlite(o, a, &c);
        if (e == OK)
                e = copy_key(o, a, &c);
        if (e == OK && rename(str_z(a, half), str_z(a, to)) != 0)
                e = complain(str_fmt(a, "cannot make %.*s: %s.", STR(to), strerror(errno)).p);
        if (e != OK)
                clear_away(a, &c);
        return e == OK ? tell(o, a) : e;
}

int command_backup(struct options *o, struct arena *a) {
        if (o->args_n != 2) {
                fprintf(stderr, "schouders: backup takes the new folder for the copy.\n");
                return 2;
        }
        struct str to = o->args[1];
        while (to.n > 1 && to.p[to.n - 1] == '/')
                to = str_sub(to, 0, to.n - 1);
        umask(0077);
        if (backup(o, a, to) != OK)
                return 1;
        printf("The copy is in %.*s.\nMove %.*s/key to another place: who has it and the database can read all secrets.\n", STR(to), STR(to));
        return 0;
}
