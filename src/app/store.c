/* store.c - opening, migrating and filling the store, with clear sentences when that fails. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include "app.sql.h"
#include "commands.h"
#include "import.h"
#include "keys.h"
#include "schema.h"

enum err store_open(struct options *o, enum db_mode mode, struct db **ret) {
        enum err e = db_open(ret, o->database, mode);
        if (e == OK)
                return OK;
        if (db_url_is_postgres(o->database))
                fprintf(stderr, "schouders: PostgreSQL does not answer at the given --database.\n");
        else if (e == ERR_DENIED)
                fprintf(stderr, "schouders: the folder of %.*s is read-only; choose another with --data.\n", STR(o->database));
        else if (mode == DB_WRITE)
                fprintf(stderr, "schouders: %.*s cannot be opened, or another schouders is using it.\n", STR(o->database));
        else
                fprintf(stderr, "schouders: there is no database at %.*s yet; run ./run first.\n", STR(o->database));
        return e;
}

static enum err make_folder(struct options *o, struct arena *a) {
        if (mkdir(str_z(a, o->data), 0750) == 0 || errno == EEXIST)
                return OK;
        fprintf(stderr, "schouders: cannot make the folder %.*s: %s.\n", STR(o->data), strerror(errno));
        return ERR_DENIED;
}

static enum err migrate(struct db *db) {
        int64_t have = 0;
        enum err e = schema_version(db, &have);
        if (e == OK && have > schema_newest()) {
                fprintf(stderr, "schouders: this database is of a newer version (%d) than this program (%d); update the program.\n",
                        (int) have, schema_newest());
                return ERR_CONFLICT;
        }
        if (e == OK)
                e = schema_migrate(db);
        if (e != OK)
                fprintf(stderr, "schouders: the database could not be migrated; nothing was changed.\n");
        else if (!db_is_closed(db))
                fprintf(stderr, "schouders: closed tables stay open to all statements on this PostgreSQL; let an administrator run what"
                                " `schouders migrate --print-grants` prints.\n");
        return e;
}

static enum err fill(struct options *o, struct db *db, const struct analyser *an, bool force) {
        struct arena a = { 0 };
        struct load l = { .a = &a, .root = o->share };
        bool loaded;
        enum err e = import_all(db, &l, an, force, &loaded);
        if (e == ERR_INVALID && l.file.n)
                fprintf(stderr, "schouders: %.*s:%d: %.*s. Nothing was loaded.\n", STR(l.file), l.line, STR(l.reason));
        else if (e != OK)
                fprintf(stderr, "schouders: loading failed (%s). Nothing was loaded.\n", err_name(e));
        else if (loaded)
                fprintf(stderr, "Data and content are loaded.\n");
        arena_done(&a);
        return e;
}

static enum err compare_keys(struct options *o, struct arena *a, const struct keys *keys) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct app_setting_get_row row;
        bool found = false;
        char id[KEYS_ID];
        keys_id(keys, id);
        enum err e = store_open(o, DB_WRITE, &db);
        if (e == OK)
                e = app_setting_add(db, S("keys"), str_of(id));
        if (e == OK)
                e = app_setting_get(db, a, S("keys"), &row, &found);
        if (e == OK && (!found || !str_eq(row.value, str_of(id)))) {
                fprintf(stderr, "schouders: %.*s is not the key file of this database; put the right one back, or name it with "
                                "--keys.\n", STR(o->keys));
                e = ERR_DENIED;
        }
        return e;
}

enum err store_keys(struct options *o, struct keys *ret) {
        struct arena a = { 0 };
        enum err e = make_folder(o, &a);
        if (e == OK)
                e = keys_read(o->keys, ret);
        if (e == OK)
                e = compare_keys(o, &a, ret);
        arena_done(&a);
        return e;
}

enum err store_prepare(struct options *o, struct arena *a, const struct analyser *an, bool force) {
        _cleanup_(db_closep) struct db *db = NULL;
        enum err e = make_folder(o, a);
        if (e == OK)
                e = store_open(o, DB_WRITE, &db);
        if (e == OK)
                e = migrate(db);
        if (e == OK && an)
                e = fill(o, db, an, force);
        return e;
}

enum err store_analyser(struct options *o, struct arena *a, struct analyser **ret) {
        enum err e = analyser_open(HUNSPELL_DIC, str_fmt(a, "%.*s/data/taal", STR(o->share)).p, ret);
        if (e != OK)
                fprintf(stderr, "schouders: the Dutch word lists cannot be read; is the package hunspell-nl installed?\n");
        return e;
}

static int print_grants(struct options *o, struct arena *a) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct str text = S("");
        enum err e = store_open(o, DB_READ, &db);
        if (e == OK)
                e = schema_grants(db, a, &text);
        if (e == OK)
                printf("%.*s", STR(text.n ? text : S("-- There is nothing for an administrator to do.\n")));
        return e == OK ? 0 : 1;
}

int command_migrate(struct options *o, struct arena *a) {
        if (o->print_grants)
                return print_grants(o, a);
        return store_prepare(o, a, NULL, false) == OK ? 0 : 1;
}

int command_import(struct options *o, struct arena *a) {
        struct analyser *an = NULL;
        enum err e = store_analyser(o, a, &an);
        if (e == OK)
                e = store_prepare(o, a, an, true);
        analyser_close(an);
        return e == OK ? 0 : 1;
}

int command_version(struct options *o, struct arena *a) {
        (void) o;
        (void) a;
        printf("schouders %s, database version %d\n", VERSION, schema_newest());
        return 0;
}
