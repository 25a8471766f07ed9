/* The index finds what people mean, ranks it, and gives the same answer on both stores. */
#include "buf.h"
#include "live.h"
#include "testindex.h"
#include "vector.h"

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
        assert_true(r.respelled);
        assert_int_equal(r.total, 2);           /* asked for in the spelling that does occur */
        r = ask(s, x, db, "almere schuldregeling", "");
        assert_true(r.partly && r.total > 0);
        assert_int_equal(ask(s, x, db, "", "").total, 0);
        assert_int_equal(ask(s, x, db, "de het een", "").total, 0);
        assert_int_equal(ask(s, x, db, "\") OR 1=1 -- *", "").hits.n, 0);
        search_close(x);
        db_close(db);
}

static void more_words_come_first(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r = ask(s, x, db, "almere partners", "");
        assert_true(str_eq(r.hits.v[0].ref, S("werkplaats")));
        assert_int_equal(r.total, 2);                           /* half of the words is enough */
        assert_false(r.partly);
        assert_int_equal(ask(s, x, db, "almere partners leerde", "").total, 1);         /* a third is not */
        assert_int_equal(ask(s, x, db, "\"regeling van schulden\" rust", "").total, 1); /* what is quoted must be there */
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

static void quotations_and_exclusions_are_kept_to(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        first(s, x, db, "\"regeling van schulden\"", "regelen");
        assert_int_equal(ask(s, x, db, "\"regeling van schulden\"", "").total, 1);
        assert_int_equal(ask(s, x, db, "\"schulden regeling\"", "").total, 0);          /* another order */
        assert_int_equal(ask(s, x, db, "\"regeling schulden\"", "").total, 0);          /* a word between them */
        assert_int_equal(ask(s, x, db, "rust -schuldeisers", "").total, 1);
        first(s, x, db, "rust -schuldeisers", "regelen");
        first(s, x, db, "rust -\"kinderen in huis\"", "schuldregeling");
        assert_int_equal(ask(s, x, db, "rust -\"kinderen in huis\"", "").total, 1);
        assert_int_equal(ask(s, x, db, "\"regeling van schulden\"", "gemeente").total, 0);
        assert_int_equal(ask(s, x, db, "-almere", "").total, 0);        /* only what not: no question */
        search_close(x);
        db_close(db);
}

static void facets_are_counted_and_chosen(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r;
        assert_int_equal(search_ask_in(x, db, &s->arena, S("rust"), &(struct search_choice) { 0 }, &r), OK);
        assert_int_equal(r.total, 2);
        assert_int_equal(r.facets.n, 2);
        for (size_t i = 0; i < r.facets.n; i++)
                assert_int_equal(r.facets.v[i].n, str_eq(r.facets.v[i].facet, S("fase:nazorg")) ? 2 : 1);
        assert_int_equal(search_ask_in(x, db, &s->arena, S("rust"), &(struct search_choice) { .facets = S("fase:nazorg thema:stress") }, &r), OK);
        assert_int_equal(r.total, 1);
        assert_int_equal(search_ask_in(x, db, &s->arena, S("rust"), &(struct search_choice) { .facets = S("fase:bestaat-niet") }, &r), OK);
        assert_int_equal(r.total, 0);
        search_close(x);
        db_close(db);
}

static struct search_completions complete(struct test_store *s, struct search *x, struct db *db, const char *text) {
        struct search_completions c;
        assert_int_equal(search_complete(x, db, &s->arena, str_of(text), &c), OK);
        return c;
}

static void typing_is_completed(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_completions c = complete(s, x, db, "Schuld");
        assert_int_equal(c.n, 2);
        assert_true(str_eq(c.v[0].text, S("schuldregeling")) && c.v[0].ref.n == 0);
        assert_true(str_eq(c.v[1].text, S("Schuldregeling")) && str_eq(c.v[1].ref, S("schuldregeling")));
        c = complete(s, x, db, "rust in alm");          /* the last word, and no title that begins like this */
        assert_int_equal(c.n, 1);
        assert_true(str_eq(c.v[0].text, S("rust in almere")));
        assert_int_equal(complete(s, x, db, "s").n, 0);
        assert_int_equal(complete(s, x, db, "").n, 0);
        assert_int_equal(complete(s, x, db, "\xff\xfe\xe2\x80\x8f").n, 0);
        c = complete(s, x, db, "shculdregeling");
        assert_int_equal(c.n, 0);
        assert_true(str_eq(c.better, S("schuldregeling")));
        search_close(x);
        db_close(db);
}

static void the_most_used_is_suggested_first(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        for (unsigned i = 0; i < 9; i++)
                update(s, db, &(struct search_entry) { .kind = S("kennis"), .ref = str_fmt(&s->arena, "b%u", i), .title = str_fmt(&s->arena, "Budget %u", i),
                                                       .uses = i == 7 ? 5 : i == 2 ? 9 : 0 });
        struct search_completions c = complete(s, x, db, "budget");
        assert_int_equal(c.n, 1 + SEARCH_COMPLETIONS);
        assert_true(str_eq(c.v[1].ref, S("b2")));
        assert_true(str_eq(c.v[2].ref, S("b7")));
        assert_true(str_eq(c.v[3].ref, S("b0")));
        search_close(x);
        db_close(db);
}

/* However long or odd: an answer. */
static void hostile_questions_are_answered(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct buf words = { 0 };
        for (int i = 0; i < 10000; i++)
                buf_fmt(&words, "%s%sschuld%d ", i % 3 ? "" : "-", i % 5 ? "" : "\"", i % 50);
        struct str all[] = { buf_view(&words), S("\"\"\"\"\"---\"-\"-"), S("\xe2\x80\xae\xe2\x80\x8f almere"), S("\xff\xc3\x28\xf0\x9f"),
                             S("AND OR NOT NEAR(a b) * ^ :"), S("%00%0a'; DROP TABLE search_doc; --") };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct search_result r;
                struct search_completions c;
                assert_int_equal(search_ask(x, db, &s->arena, all[i], S(""), 0, &r), OK);
                assert_int_equal(search_complete(x, db, &s->arena, all[i], &c), OK);
        }
        first(s, x, db, "\xe2\x80\xae\xe2\x80\x8f almere", "almere");
        buf_done(&words);
        search_close(x);
        db_close(db);
}

static void every_query_runs_on_both_stores(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(test_statements(db, search_statements), 0);
        db_close(db);
}

static void lists_give_back_what_was_put_in(void **state) {
        (void) state;
        struct live *x = live_new();
        struct buf vector = { 0 };
        uint64_t key = vector_key(S("schuld"));
        vector_put(&vector, key, 200);
        vector_put(&vector, key + 1, 7);
        for (int64_t i = 0; i < 3000; i++)
                live_add(x, &(struct live_entry) { .id = i + 1, .kind = S("k"), .ref = S("r"), .title = S("t"), .facets = S(""),
                                                   .vector = i % 2 ? str_sub(buf_view(&vector), 0, 7) : buf_view(&vector) });
        live_sort(x);
        struct postings it = { .piece = live_list(x, key)->first };
        uint8_t weight;
        for (uint32_t i = 0; i < 3000; i++) {
                assert_true(postings_next(&it, &weight));
                assert_int_equal(it.doc, i);
                assert_int_equal(weight, 200);
        }
        assert_false(postings_next(&it, &weight));
        assert_int_equal(live_list(x, key + 1)->docs, 1500);
        live_remove(x, 1, buf_view(&vector));
        live_remove(x, 1, buf_view(&vector));           /* once is enough */
        assert_int_equal(live_list(x, key + 1)->docs, 1499);
        assert_null(live_list(x, key + 2));
        buf_done(&vector);
        live_free(x);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(people_find_what_they_mean),
                TEST_BOTH(kinds_are_counted_and_chosen),
                TEST_BOTH(what_is_not_found_is_said),
                TEST_BOTH(more_words_come_first),
                TEST_BOTH(results_show_why_they_were_found),
                TEST_BOTH(quotations_and_exclusions_are_kept_to),
                TEST_BOTH(facets_are_counted_and_chosen),
                TEST_BOTH(typing_is_completed),
                TEST_BOTH(the_most_used_is_suggested_first),
                TEST_BOTH(hostile_questions_are_answered),
                TEST_BOTH(every_query_runs_on_both_stores),
                cmocka_unit_test(lists_give_back_what_was_put_in),
        };
        return cmocka_run_group_tests_name("search", tests, open_analyser, close_analyser);
}
