/* What editors put first, and what they learn of questions without an answer. */
#include "search.sql.h"
#include "testindex.h"

static void editors_put_documents_first(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search_hits hits;
        search_close(built(s, &db));
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("schulden regelen"), S("kennis"), S("werkplaats"), 2), OK);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("Regelen van schulden"), S("kennis"), S("regelen"), 1), OK);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("de het een"), S("kennis"), S("regelen"), 1), ERR_INVALID);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("rust"), S("kennis"), S("bestaat-niet"), 1), ERR_NOT_FOUND);
        assert_int_equal(db_commit(db), OK);
        struct query q = analyse_query(an, &s->arena, S("regelen schuld"));
        assert_int_equal(search_best_bets(db, &s->arena, &q, &hits), OK);
        assert_int_equal(hits.n, 2);
        assert_true(str_eq(hits.v[0].ref, S("regelen")));
        struct search_bet_list all;
        assert_int_equal(search_bets_list(db, &s->arena, 10, 0, &all), OK);
        assert_int_equal(all.n, 2);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_bet_remove(db, &s->arena, all.v[0].id), OK);
        assert_int_equal(search_bet_remove(db, &s->arena, all.v[0].id), ERR_NOT_FOUND);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("werkplaats")), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("regelen")), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(search_best_bets(db, &s->arena, &q, &hits), OK);
        assert_int_equal(hits.n, 0);
        db_close(db);
}

static void note(struct test_store *s, struct search *x, const char *text) {
        struct query q = analyse_query(an, &s->arena, str_of(text));
        search_miss_note(x, str_of(text), &q);
}

/* What is in memory to the store. Returns how many questions that were. */
static size_t store_misses(struct test_store *s, struct search *x, struct db *db, int64_t now_ms) {
        struct search_misses misses;
        search_misses_take(x, &s->arena, &misses);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_misses_store(db, &misses, now_ms), OK);
        assert_int_equal(db_commit(db), OK);
        return misses.n;
}

static void questions_without_answer_are_counted_without_persons(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        int64_t now = 1795348800000;    /* 2026-11-22T12:00Z */
        struct search_miss_list all;
        note(s, x, "Bijzondere bijstand");
        assert_int_equal(store_misses(s, x, db, now), 0);       /* one request is no demand */
        note(s, x, "bijstand, bijzondere");
        for (int i = 0; i < 3; i++) {
                note(s, x, "schuld van jan@example.nl");
                note(s, x, "burgerservicenummer 111222333");
                note(s, x, "0612345678");
                note(s, x, "NL91 ABNA 0417 1643 00");
                note(s, x, "de het een");
        }
        assert_int_equal(store_misses(s, x, db, now), 1);
        assert_int_equal(search_misses_list(db, &s->arena, 10, 0, &all), OK);
        assert_int_equal(all.n, 1);
        assert_true(str_eq(all.v[0].words, S("bijstand bijzondere")));
        assert_int_equal(all.v[0].n, 2);
        assert_true(str_eq(all.v[0].last_day, S("2026-11-22")));
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_expire(db, &s->arena, now + SEARCH_MISS_DAYS * 24LL * 60 * 60 * 1000), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_miss"), 1);
        assert_int_equal(search_expire(db, &s->arena, now + (SEARCH_MISS_DAYS + 1) * 24LL * 60 * 60 * 1000), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_miss"), 0);
        assert_int_equal(db_commit(db), OK);
        search_close(x);
        db_close(db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(editors_put_documents_first),
                TEST_BOTH(questions_without_answer_are_counted_without_persons),
        };
        return cmocka_run_group_tests_name("search-bets", tests, open_analyser, close_analyser);
}
