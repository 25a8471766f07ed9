/* The index finds what people mean, ranks it, and gives the same answer on both stores. */
#include "testing.h"
#include <string.h>
#include "postings.h"
#include "schema.h"
#include "search.h"

static struct analyser *an;

static int open_analyser(void **state) {
        (void) state;
        return analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &an) == OK ? 0 : 1;
}

static int close_analyser(void **state) {
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
          S_INIT("Met kinderen in huis is rust nodig."), S_INIT("") },
        { S_INIT("kennis"), S_INIT("schuldregeling"), S_INIT("Schuldregeling"), S_INIT("Aanpak"), S_INIT("Afspraken met schuldeisers."),
          S_INIT("Een kind heeft recht op rust."), S_INIT("") },
};

static struct search *built(struct test_store *s, struct db **db) {
        struct search *found;
        *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(*db), OK);
        struct search_builder *b;
        assert_int_equal(db_begin(*db), OK);
        assert_int_equal(search_builder_new(*db, &s->arena, an, &b), OK);
        for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
                assert_int_equal(search_builder_add(b, &entries[i]), OK);
        assert_int_equal(search_builder_store(b), OK);
        assert_int_equal(db_commit(*db), OK);
        assert_int_equal(search_open(&found, *db, an), OK);
        return found;
}

static struct search_result ask(struct test_store *s, struct search *x, struct db *db, const char *text, const char *kind) {
        struct search_result r;
        assert_int_equal(search_ask(x, db, &s->arena, str_of(text), str_of(kind), 0, &r), OK);
        return r;
}

static void first(struct test_store *s, struct search *x, struct db *db, const char *text, const char *ref) {
        struct search_result r = ask(s, x, db, text, "");
        if (r.hits.n == 0 || !str_eq(r.hits.v[0].ref, str_of(ref)))
                fail_msg("'%s' finds %.*s first, not %s", text, r.hits.n ? (int) r.hits.v[0].ref.n : 7,
                         r.hits.n ? r.hits.v[0].ref.p : "nothing", ref);
}

static void people_find_what_they_mean(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        first(s, x, db, "den haag", "s-gravenhage");
        first(s, x, db, "DEN HAAG", "s-gravenhage");
        first(s, x, db, "almere", "almere");            /* the municipality, not the text that names it most */
        first(s, x, db, "schuldregeling", "schuldregeling");
        assert_int_equal(ask(s, x, db, "schuldregeling", "").total, 2);         /* and "regeling van schulden" */
        assert_int_equal(ask(s, x, db, "kinderen", "").total, 2);               /* kind and kinderen are one word */
        search_close(x);
        db_close(db);
}

static void kinds_are_counted_and_chosen(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result all = ask(s, x, db, "almere", ""), some = ask(s, x, db, "almere", "kennis");
        assert_int_equal(all.total, 2);
        assert_int_equal(all.kinds.n, 2);
        assert_int_equal(some.total, 1);
        assert_int_equal(some.kinds.n, 2);
        search_close(x);
        db_close(db);
}

static void what_is_not_found_is_said(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r = ask(s, x, db, "shculdregeling", "");
        assert_true(str_eq(r.suggestion, S("schuldregeling")));
        r = ask(s, x, db, "almere schuldregeling", "");
        assert_true(r.partly && r.total > 0);
        assert_int_equal(ask(s, x, db, "", "").total, 0);
        assert_int_equal(ask(s, x, db, "de het een", "").total, 0);
        assert_int_equal(ask(s, x, db, "\") OR 1=1 -- *", "").hits.n, 0);
        search_close(x);
        db_close(db);
}

static void results_show_why_they_were_found(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r = ask(s, x, db, "kinderen", "");
        assert_int_equal(r.hits.n, 2);
        for (size_t i = 0; i < r.hits.n; i++) {
                struct snippet piece = search_excerpt(&s->arena, &r.hits.v[i], &r.query, 200);
                assert_int_equal(piece.marks, 1);
                for (size_t k = 0; k < piece.n; k++)
                        if (piece.v[k].marked)
                                assert_true(str_starts(piece.v[k].text, S("kind")));
        }
        for (size_t cut = 0; cut < r.hits.v[0].terms.n; cut++) {        /* damage ends the marks, nothing else */
                struct search_hit hit = r.hits.v[0];
                hit.terms.n = cut;
                hit.text.n = cut % 40;
                (void) search_excerpt(&s->arena, &hit, &r.query, 200);
        }
        search_close(x);
        db_close(db);
}

static void building_again_replaces(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        search_close(built(s, &db));
        struct search_builder *b;
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_builder_new(db, &s->arena, an, &b), OK);
        assert_int_equal(search_builder_add(b, &entries[1]), OK);
        assert_int_equal(search_builder_store(b), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_doc"), 1);
        db_close(db);
}

static void postings_round_trip_and_survive_damage(void **state) {
        (void) state;
        static const uint32_t docs[] = { 1, 2, 127, 128, 129, 16500, 4000000000u };
        _cleanup_(buf_done) struct buf b = { 0 };
        uint32_t last = 0;
        for (size_t i = 0; i < 7; i++)
                postings_put(&b, &last, (struct posting) { docs[i], (uint8_t) (i + 1) });
        struct postings it = { .rest = buf_view(&b) };
        struct posting p;
        for (size_t i = 0; i < 7; i++) {
                assert_true(postings_next(&it, &p));
                assert_int_equal(p.doc, docs[i]);
                assert_int_equal(p.weight, i + 1);
        }
        assert_false(postings_next(&it, &p));
        for (size_t cut = 0; cut < b.n; cut++) {        /* any beginning ends by itself */
                it = (struct postings) { .rest = str_sub(buf_view(&b), 0, cut) };
                while (postings_next(&it, &p))
                        ;
        }
        it = (struct postings) { .rest = S("\xff\xff\xff\xff\xff\xff\xff") };
        assert_false(postings_next(&it, &p));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(people_find_what_they_mean), TEST_BOTH(kinds_are_counted_and_chosen),
                TEST_BOTH(what_is_not_found_is_said), TEST_BOTH(results_show_why_they_were_found), TEST_BOTH(building_again_replaces),
                cmocka_unit_test(postings_round_trip_and_survive_damage),
        };
        return cmocka_run_group_tests_name("search", tests, open_analyser, close_analyser);
}
