/* testindex.h - a small index for the tests of this folder. */
#ifndef SEARCH_TESTINDEX_H
#define SEARCH_TESTINDEX_H
#include "testing.h"
#include <string.h>
#include "schema.h"
#include "search.h"

static struct analyser *an;

static inline int open_analyser(void **state) {
        (void) state;
        return analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &an) == OK ? 0 : 1;
}

static inline int close_analyser(void **state) {
        (void) state;
        analyser_close(an);
        return 0;
}

static const struct search_entry entries[] = {
        { S_INIT("gemeente"), S_INIT("s-gravenhage"), S_INIT("'s-Gravenhage"), S_INIT("Zuid-Holland"), S_INIT("Gemeente."), S_INIT(""), S_INIT("den haag") },
        { S_INIT("gemeente"), S_INIT("almere"), S_INIT("Almere"), S_INIT("Flevoland"), S_INIT("Gemeente."), S_INIT(""), S_INIT("") },
        { S_INIT("kennis"), S_INIT("werkplaats"), S_INIT("Werkplaats"), S_INIT("Aanpak"), S_INIT("Verbeteren in Almere."),
          S_INIT("In Almere kwamen partners bij elkaar. Almere deelde wat het leerde."), S_INIT("") },
        { S_INIT("kennis"), S_INIT("regelen"), S_INIT("Samen verder"), S_INIT("Aanpak"), S_INIT("Over de regeling van schulden."),
          S_INIT("Met kinderen in huis is rust nodig."), S_INIT(""), S_INIT("fase:nazorg thema:stress") },
        { S_INIT("kennis"), S_INIT("schuldregeling"), S_INIT("Schuldregeling"), S_INIT("Aanpak"), S_INIT("Afspraken met schuldeisers."),
          S_INIT("Een kind heeft recht op rust."), S_INIT(""), S_INIT("fase:nazorg") },
};

#define ENTRIES (sizeof entries / sizeof *entries)

static inline void build(struct test_store *s, struct db *db, const struct search_entry *all, size_t n) {
        struct search_builder *b;
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_builder_new(db, &s->arena, an, &b), OK);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(search_builder_add(b, &all[i]), OK);
        assert_int_equal(search_builder_store(b), OK);
        assert_int_equal(db_commit(db), OK);
}

static inline void update(struct test_store *s, struct db *db, const struct search_entry *e) {
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_update(db, &s->arena, an, e), OK);
        assert_int_equal(db_commit(db), OK);
}

static inline struct search *built(struct test_store *s, struct db **db) {
        struct search *found;
        *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(*db), OK);
        build(s, *db, entries, ENTRIES);
        assert_int_equal(search_open(&found, *db, an), OK);
        return found;
}

static inline struct search_result ask(struct test_store *s, struct search *x, struct db *db, const char *text, const char *kind) {
        struct search_result r;
        assert_int_equal(search_ask(x, db, &s->arena, str_of(text), str_of(kind), 0, &r), OK);
        return r;
}

static inline void first(struct test_store *s, struct search *x, struct db *db, const char *text, const char *ref) {
        struct search_result r = ask(s, x, db, text, "");
        if (r.hits.n == 0 || !str_eq(r.hits.v[0].ref, str_of(ref)))
                fail_msg("'%s' finds %.*s first, not %s", text, r.hits.n ? (int) r.hits.v[0].ref.n : 7,
                         r.hits.n ? r.hits.v[0].ref.p : "nothing", ref);
}

#endif
