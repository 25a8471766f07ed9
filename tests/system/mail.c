/* mail queue URL: puts one mail to jan@voorbeeld.nl into the outbox of a store that no program uses. mail state URL: prints the
 * state of the newest mail. For mail.mjs. */
#include <stdio.h>
#include "clock.h"
#include "db.h"
#include "mail.h"
#include "mail.sql.h"

static enum err queue(struct db *db, struct arena *a) {
        const struct mail_new n = { .to_address = S("jan@voorbeeld.nl"), .kind = S("test"), .subject = S("Een proefbericht"),
                                    .text = S("Het werkt.\n"), .now_ms = clock_now_ms() };
        enum err e = db_begin(db);
        if (!e)
                e = mail_queue(db, a, &n, NULL);
        return e ? e : db_commit(db);
}

static enum err print_state(struct db *db, struct arena *a) {
        static const struct str states[] = { S_INIT("waiting"), S_INIT("sent"), S_INIT("dead"), S_INIT("kept") };
        struct mail_brief newest = { 0 };
        enum err e = OK;
        for (size_t i = 0; !e && i < sizeof states / sizeof *states; i++) {
                struct mail_brief_list l;
                e = mail_list(db, a, states[i], 1, 0, &l);
                if (!e && l.n && l.v[0].id > newest.id)
                        newest = l.v[0];
        }
        printf("%.*s\n", STR(newest.state));
        return e;
}

int main(int argc, char **argv) {
        struct arena a = { 0 };
        struct db *db = NULL;
        if (argc != 3)
                return 2;
        bool write = str_eq(str_of(argv[1]), S("queue"));
        enum err e = db_open(&db, str_of(argv[2]), write ? DB_WRITE : DB_READ);
        if (!e)
                e = write ? queue(db, &a) : print_state(db, &a);
        db_close(db);
        arena_done(&a);
        return e ? 1 : 0;
}
