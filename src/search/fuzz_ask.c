/* fuzz_ask.c - any bytes as a question to a small index in memory: an answer, and a page of it, without a fault. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include "schema.h"
#include "search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct search_entry entries[] = {
        { S_INIT("gemeente"), S_INIT("almere"), S_INIT("Almere"), S_INIT("Flevoland"), S_INIT("Gemeente in Flevoland."), S_INIT(""), S_INIT("almere-stad") },
        { S_INIT("kennis"), S_INIT("regelen"), S_INIT("Samen verder"), S_INIT("Aanpak"), S_INIT("Over de regeling van schulden."),
          S_INIT("Met kinderen in huis is rust nodig. De beslagvrije voet beschermt het inkomen."), S_INIT(""), S_INIT("fase:nazorg"), 3 },
        { S_INIT("kennis"), S_INIT("schuldregeling"), S_INIT("Schuldregeling"), S_INIT("Aanpak"), S_INIT("Afspraken met schuldeisers."),
          S_INIT("Een kind heeft recht op rust."), S_INIT("msnp"), S_INIT("fase:nazorg thema:stress"), 1 },
};

static struct analyser *an;
static struct db *db;
static struct search *index_of_three;

static enum err build(struct arena *a) {
        struct search_builder *b;
        enum err e = schema_migrate(db);
        if (e == OK)
                e = db_begin(db);
        if (e == OK)
                e = search_builder_new(db, a, an, &b);
        for (size_t i = 0; e == OK && i < sizeof entries / sizeof *entries; i++)
                e = search_builder_add(b, &entries[i]);
        if (e == OK)
                e = search_builder_store(b);
        return e == OK ? db_commit(db) : e;
}

static void finish(void) {
        search_close(index_of_three);
        db_close(db);
        analyser_close(an);
}

static void start(void) {
        struct arena a = { 0 };
        enum err e = analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &an);
        if (e == OK)
                e = db_open(&db, S(":memory:"), DB_WRITE);
        if (e == OK)
                e = build(&a);
        if (e == OK)
                e = search_open(&index_of_three, db, an);
        arena_done(&a);
        if (e != OK)
                abort();
        atexit(finish);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct str text = { (const char *) data, size };
        struct search_result r;
        struct search_completions c;
        struct search_hits bets;
        if (!index_of_three)
                start();
        if (search_ask_in(index_of_three, db, &a, text, &(struct search_choice) { .facets = S("fase:nazorg") }, &r) != OK ||
            search_ask(index_of_three, db, &a, text, S(""), 0, &r) != OK || r.hits.n > SEARCH_LIMIT || r.hits.n > r.total)
                abort();
        for (size_t i = 0; i < r.hits.n; i++)
                (void) search_excerpt(&a, &r.hits.v[i], &r.query, 240);
        if (search_complete(index_of_three, db, &a, text, &c) != OK || search_best_bets(db, &a, &r.query, &bets) != OK)
                abort();
        search_miss_note(index_of_three, text, &r.query);
        arena_done(&a);
        return 0;
}
