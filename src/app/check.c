/* check.c - `schouders check` and the small commands that read the store. */
#include <stdio.h>
#include "app.sql.h"
#include "audit.h"
#include "clock.h"
#include "commands.h"
#include "feedback.h"
#include "schema.h"
#include "search.h"

static enum err check_links(struct db *db, struct arena *a) {
        struct app_dangling_row_list rows;
        enum err e = app_dangling(db, a, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                printf("wrong: %.*s points to %.*s, which does not exist\n", STR(rows.v[i].room), STR(rows.v[i].what));
        return e == OK && rows.n ? ERR_INVALID : e;
}

/* One sentence on the trail; ERR_INVALID when it is broken. */
static enum err check_trail(struct db *db, struct arena *a) {
        struct audit_result r;
        enum err e = audit_verify(db, a, &r);
        if (e != OK)
                return e;
        if (r.fault != AUDIT_WHOLE) {
                printf("wrong: the trail is broken: row %lld %s\n", (long long) r.broken_id, audit_fault_text(r.fault));
                return ERR_INVALID;
        }
        if (r.rows == 0)
                puts("the trail is whole: it has no rows");
        else
                printf("the trail is whole: %lld rows, the last with hash %s\n", (long long) r.rows, r.hash);
        return OK;
}

static enum err check_all(struct db *db, struct arena *a) {
        struct app_counts_row n;
        int64_t version = 0;
        enum err e = schema_version(db, &version);
        if (e == OK)
                e = app_counts(db, a, &n);
        if (e != OK)
                return e;
        printf("database version %d of %d\nmunicipalities %d, indicators %d, figures %d\nitems %d, adoptions %d\n"
               "documents to find %d, words %d\nmessages from visitors %d\n",
               (int) version, schema_newest(), (int) n.municipalities, (int) n.indicators, (int) n.figures, (int) n.items,
               (int) n.adoptions, (int) n.documents, (int) n.terms, (int) n.messages);
        if (version > schema_newest()) {
                printf("wrong: the database is newer than this program; update the program\n");
                return ERR_CONFLICT;
        }
        if (version != schema_newest() || n.municipalities == 0 || n.items == 0 || n.documents == 0) {
                printf("wrong: not migrated or not loaded; run `schouders import`\n");
                return ERR_INVALID;
        }
        puts(db_is_closed(db) ? "closed tables are closed" :
             "closed tables are open to all statements: see `schouders migrate --print-grants`");
        e = check_trail(db, a);
        enum err links = check_links(db, a);
        if (links == OK)
                puts("all links lead somewhere");
        return e == OK ? links : e;
}

static enum err check_part(struct db *db, struct arena *a) {
        int64_t version = 0;
        enum err e = schema_version(db, &version);
        if (e == OK && version == schema_newest())
                return check_trail(db, a);
        if (e == OK)
                printf("wrong: the database has version %d of %d; run `schouders migrate`\n", (int) version, schema_newest());
        return ERR_INVALID;
}

int command_check(struct options *o, struct arena *a) {
        if (o->args_n > 1 && str_eq(o->args[1], S("roles"))) {
                check_roles();
                return 0;
        }
        _cleanup_(db_closep) struct db *db = NULL;
        bool trail = o->args_n == 2 && str_eq(o->args[1], S("trail"));
        if (o->args_n > 1 && !trail) {
                fprintf(stderr, "schouders: check takes nothing, `trail` or `roles`.\n");
                return 2;
        }
        enum err e = store_open(o, DB_READ, &db);
        if (e == OK)
                e = trail ? check_part(db, a) : check_all(db, a);
        return e == OK ? 0 : 1;
}

static enum err ask(struct options *o, struct arena *a, const struct analyser *an) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct search *s = NULL;
        struct search_result r = { 0 };
        struct str text = S("");
        for (size_t i = 1; i < o->args_n; i++)
                text = str_fmt(a, "%.*s%s%.*s", STR(text), i > 1 ? " " : "", STR(o->args[i]));
        enum err e = store_open(o, DB_READ, &db);
        if (e == OK)
                e = search_open(&s, db, an);
        if (e == OK)
                e = search_ask(s, db, a, text, S(""), 0, &r);
        for (size_t i = 0; e == OK && i < r.hits.n; i++)
                printf("%6.0f  %.*s/%.*s  %.*s\n", r.hits.v[i].score, STR(r.hits.v[i].kind), STR(r.hits.v[i].ref), STR(r.hits.v[i].title));
        if (e == OK)
                printf("%zu found%s%s%.*s\n", r.total, r.partly ? ", not every word" : "", r.suggestion.n ? "; did you mean: " : "",
                       STR(r.suggestion));
        search_close(s);
        return e;
}

/* What visitors reported, newest first. */
int command_feedback(struct options *o, struct arena *a) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct feedback_messages all;
        enum err e = store_open(o, DB_READ, &db);
        if (e == OK)
                e = feedback_list(db, a, 200, 0, &all);
        for (size_t i = 0; e == OK && i < all.n; i++) {
                char when[CLOCK_ISO_MAX];
                clock_iso(all.v[i].created_ms, when);
                printf("%s  %.*s  %.*s\n    %.*s\n", when, STR(all.v[i].about), STR(all.v[i].kind), STR(all.v[i].message));
        }
        return e == OK ? 0 : 1;
}

int command_search(struct options *o, struct arena *a) {
        struct analyser *an = NULL;
        enum err e = store_analyser(o, a, &an);
        if (e == OK)
                e = ask(o, a, an);
        analyser_close(an);
        return e == OK ? 0 : 1;
}
