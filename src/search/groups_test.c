/* Groups of words that editors add or switch off: every process takes them into use without a start. On both stores. */
#include <pthread.h>
#include "search.sql.h"
#include "testindex.h"

static enum err put_group(struct test_store *s, struct db *db, const char *words, int64_t *id) {
        assert_int_equal(db_begin(db), OK);
        enum err e = search_group_add(db, &s->arena, an, str_of(words), id);
        assert_int_equal(db_commit(db), OK);
        return e;
}

static void take_group(struct test_store *s, struct db *db, int64_t id) {
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_group_remove(db, &s->arena, id), OK);
        assert_int_equal(search_group_remove(db, &s->arena, id), ERR_NOT_FOUND);
        assert_int_equal(db_commit(db), OK);
}

static void a_group_works_at_the_next_question_in_each_process(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db), *later;
        struct analyser *mine = an, *other;
        int64_t id;
        assert_int_equal(analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &other), OK);
        assert_int_equal(search_open(&later, db, other), OK);   /* as another process: an analyser of its own */
        assert_int_equal(ask(s, x, db, "kameleon", "").hits.n, 0);
        assert_int_equal(put_group(s, db, " kameleon ,het vreemde  dier,, Almere", &id), OK);
        first(s, x, db, "kameleon", "almere");
        first(s, later, db, "vreemd dier", "almere");
        assert_true(str_eq(ask(s, x, db, "kameleon", "").suggestion, S("")));
        take_group(s, db, id);
        assert_int_equal(ask(s, x, db, "kameleon", "").hits.n, 0);
        assert_int_equal(ask(s, later, db, "kameleon", "").hits.n, 0);
        search_close(later);
        analyser_close(other);
        assert_ptr_equal(an, mine);
        search_close(x);
        db_close(db);
}

static void groups_that_are_shipped_can_be_switched_off(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct str lines = analyser_shipped_groups(an), line;
        struct search_entry made = { S("kennis"), S("msnp"), S("Minnelijk traject"), S("Aanpak"), S("Wat het is."), S(""), S("") };
        int64_t id;
        update(s, db, &made);
        first(s, x, db, "msnp", "msnp");
        while (str_split(&lines, '\n', &line) && !str_starts(line, S("msnp, ")))
                ;
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_group_off(db, &s->arena, an, S("msnp, onzin"), &id), ERR_NOT_FOUND);
        assert_int_equal(search_group_off(db, &s->arena, an, line, &id), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(ask(s, x, db, "msnp", "").query.v[0].n, 1);
        take_group(s, db, id);
        first(s, x, db, "msnp", "msnp");
        assert_true(ask(s, x, db, "msnp", "").query.v[0].n > 1);
        search_close(x);
        db_close(db);
}

static void what_is_no_group_is_refused(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct str lines = analyser_shipped_groups(an), line;
        int64_t id;
        search_close(built(s, &db));
        assert_int_equal(put_group(s, db, "kameleon", &id), ERR_INVALID);
        assert_int_equal(put_group(s, db, "kameleon, de, ;", &id), ERR_INVALID);        /* one word that counts */
        assert_int_equal(put_group(s, db, "a1,b2,c3,d4,e5,f6,g7,h8,i9,j1,k2,l3,m4,n5,o6,p7,q8,r9,s1,t2,u3", &id), ERR_INVALID);
        assert_true(str_split(&lines, '\n', &line));
        assert_int_equal(put_group(s, db, str_z(&s->arena, line), &id), ERR_CONFLICT);
        assert_int_equal(put_group(s, db, "kameleon, hagedis", &id), OK);
        assert_int_equal(put_group(s, db, "kameleon,hagedis", &id), ERR_CONFLICT);
        for (int i = 1; i < SEARCH_GROUPS; i++)
                assert_int_equal(put_group(s, db, str_z(&s->arena, str_fmt(&s->arena, "woord%d, ander%d", i, i)), &id), OK);
        assert_int_equal(put_group(s, db, "vijver, plas", &id), ERR_LIMIT);
        db_close(db);
}

struct asking { struct arena a; size_t synonyms; };

static void *ask_on(void *arg) {
        struct asking *x = arg;
        for (int i = 0; i < 300; i++) {
                arena_reset(&x->a);
                struct query q = analyse_query(an, &x->a, S("kameleon"));
                for (size_t k = 1; k < q.v[0].n; k++)
                        x->synonyms += q.v[0].v[k].terms[0].n == 7;    /* read after the groups may have gone: "hagedis" */
        }
        return NULL;
}

static void questions_go_on_while_groups_change(void **state) {
        (void) state;
        pthread_t threads[3];
        struct asking asking[3] = { 0 };
        analyser_set_groups(an, S("kameleon, hagedis\n"), S(""));
        for (int i = 0; i < 3; i++)
                assert_int_equal(pthread_create(&threads[i], NULL, ask_on, &asking[i]), 0);
        for (int i = 0; i < 20; i++)
                analyser_set_groups(an, S("kameleon, hagedis\n"), S(""));
        for (int i = 0; i < 3; i++) {
                pthread_join(threads[i], NULL);
                assert_int_equal(asking[i].synonyms, 300);
                arena_done(&asking[i].a);
        }
        analyser_set_groups(an, S(""), S(""));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_group_works_at_the_next_question_in_each_process), TEST_BOTH(groups_that_are_shipped_can_be_switched_off),
                TEST_BOTH(what_is_no_group_is_refused), cmocka_unit_test(questions_go_on_while_groups_change),
        };
        return cmocka_run_group_tests_name("search-groups", tests, open_analyser, close_analyser);
}
