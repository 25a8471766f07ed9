/* Documents come, change and go one by one: every reader sees it, and the answers are those of an index made in one go. */
#include <pthread.h>
#include "clock.h"
#include "testindex.h"

static void building_again_replaces(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        build(s, db, &entries[1], 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_doc"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_text"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_word WHERE word = 'schuldregeling'"), 0);
        assert_int_equal(ask(s, x, db, "schuldregeling", "").total, 0);         /* in a process that was running */
        first(s, x, db, "almere", "almere");
        search_close(x);
        db_close(db);
}

static void nothing_is_written_when_nothing_changed(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        search_close(built(s, &db));
        int64_t generation = test_number(db, "SELECT generation FROM search_state");
        build(s, db, entries, ENTRIES);
        update(s, db, &entries[3]);
        assert_int_equal(test_number(db, "SELECT generation FROM search_state"), generation);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_gone"), 0);
        db_close(db);
}

static void a_change_is_found_at_once(void **state) {
        struct test_store *s = test_store(state);
        struct db *db, *reader;
        struct search *here = built(s, &db), *elsewhere;
        reader = test_open(s, DB_READ);
        assert_int_equal(search_open(&elsewhere, reader, an), OK);      /* as in another process */
        struct search_entry e = entries[4];
        e.title = S("Moratorium");
        e.summary = S("Een half jaar rust.");
        update(s, db, &e);
        for (int i = 0; i < 2; i++) {
                struct search *x = i ? elsewhere : here;
                first(s, x, reader, "moratorium", "schuldregeling");
                assert_int_equal(ask(s, x, reader, "schuldeisers", "").total, 0);
                assert_int_equal(ask(s, x, reader, "schuldregeling", "").total, 1);     /* "regeling van schulden" is left */
                assert_true(str_eq(ask(s, x, reader, "moratroium", "").suggestion, S("moratorium")));
        }
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("schuldregeling")), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("bestaat-niet")), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(ask(s, elsewhere, reader, "moratorium", "").total, 0);
        assert_int_equal(ask(s, here, reader, "moratroium", "").suggestion.n, 0);
        search_close(here);
        search_close(elsewhere);
        db_close(reader);
        db_close(db);
}

static void what_is_undone_was_never_there(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("gemeente"), S("almere")), OK);
        db_rollback(db);
        first(s, x, db, "almere", "almere");
        search_close(x);
        db_close(db);
}

static void old_versions_are_forgotten_and_late_readers_start_anew(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_entry e = entries[4];
        e.title = S("Moratorium");
        update(s, db, &e);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_expire(db, &s->arena, clock_now_ms()), OK);     /* too soon */
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_gone"), 1);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_expire(db, &s->arena, clock_now_ms() + 2 * 60 * 60 * 1000), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_gone"), 0);
        first(s, x, db, "moratorium", "schuldregeling");
        search_close(x);
        db_close(db);
}

/* A small language, so that words meet. */
static struct str sentence(struct arena *a, unsigned *seed, unsigned words) {
        static const char *const all[] = { "schulden", "schuldregeling", "regelen", "budgetbeheer", "kinderen", "kind", "rust", "inkomen",
                "beslag", "beslagvrije voet", "gemeente", "almere", "jongeren", "huisbezoek", "brief", "stress", "de", "van", "werk" };
        struct str out = S("");
        for (unsigned i = 0; i < words; i++) {
                *seed = *seed * 1103515245 + 12345;
                out = str_fmt(a, "%.*s%s%s", STR(out), i ? " " : "", all[(*seed >> 16) % (sizeof all / sizeof *all)]);
        }
        return out;
}

static struct search_entry random_entry(struct arena *a, unsigned *seed, unsigned n) {
        return (struct search_entry) {
                .kind = n % 3 ? S("kennis") : S("cijfer"), .ref = str_fmt(a, "ref-%u", n), .title = sentence(a, seed, 2), .label = S("Aanpak"),
                .summary = sentence(a, seed, 1 + n % 7), .body = sentence(a, seed, n % 40), .also = n % 5 ? S("") : sentence(a, seed, 1),
                .facets = n % 2 ? S("fase:nazorg thema:stress") : S("fase:nazorg"), .uses = n % 4,
        };
}

static void same_result(const struct search_result *x, const struct search_result *y, const char *text) {
        assert_int_equal(x->total, y->total);
        assert_int_equal(x->hits.n, y->hits.n);
        assert_int_equal(x->kinds.n, y->kinds.n);
        assert_int_equal(x->partly, y->partly);
        assert_true(str_eq(x->suggestion, y->suggestion));
        for (size_t i = 0; i < x->hits.n; i++) {
                if (!str_eq(x->hits.v[i].ref, y->hits.v[i].ref))
                        fail_msg("'%s': place %zu is %.*s and %.*s", text, i, STR(x->hits.v[i].ref), STR(y->hits.v[i].ref));
                assert_true(x->hits.v[i].score >= y->hits.v[i].score && x->hits.v[i].score <= y->hits.v[i].score);
        }
}

/* Documents that came, changed and went one by one, in another order, answer as those that were loaded in one go. */
static void one_by_one_answers_as_all_at_once(void **state) {
        enum { N = 60 };
        struct test_store *s = test_store(state);
        struct search_entry last[N];
        struct db *db = test_open(s, DB_WRITE);
        struct search *followed, *opened, *loaded;
        unsigned seed = 7;
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(search_open(&followed, db, an), OK);
        for (unsigned i = 0; i < N; i++) {
                struct search_entry before = random_entry(&s->arena, &seed, i);
                if (i % 3 == 0)
                        update(s, db, &before);
                last[i] = random_entry(&s->arena, &seed, i);
                if (i % 7 == 0)
                        (void) ask(s, followed, db, "kinderen", "");
        }
        for (unsigned i = N; i-- > 0;)
                update(s, db, &last[i]);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_remove(db, &s->arena, an, last[N - 1].kind, last[N - 1].ref), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(search_open(&opened, db, an), OK);
        struct search_result one[40], two[40];
        const char *texts[40];
        for (size_t i = 0; i < 40; i++) {
                struct str text = sentence(&s->arena, &seed, 1 + i % 4);
                texts[i] = str_fmt(&s->arena, "%s%.*s%s", i % 5 == 4 ? "\"" : i % 5 == 3 ? "rust -" : "", STR(text), i % 5 == 4 ? "\"" : "").p;
                one[i] = ask(s, followed, db, texts[i], "");
                two[i] = ask(s, opened, db, texts[i], "");
        }
        test_script(db, "DELETE FROM search_doc; DELETE FROM search_word; UPDATE search_state SET generation = 0, oldest = 0");
        build(s, db, last, N - 1);
        assert_int_equal(search_open(&loaded, db, an), OK);
        for (size_t i = 0; i < 40; i++) {
                struct search_result three = ask(s, loaded, db, texts[i], "");
                same_result(&one[i], &two[i], texts[i]);
                same_result(&one[i], &three, texts[i]);
        }
        search_close(followed);
        search_close(opened);
        search_close(loaded);
        db_close(db);
}

struct asker {
        struct search *search;
        struct db *db;
        size_t asked, wrong;
};

static void *ask_on(void *arg) {
        struct asker *x = arg;
        for (; x->asked < 150; x->asked++) {
                struct arena a = { 0 };
                struct search_result r;
                struct search_completions c;
                enum err e = search_ask(x->search, x->db, &a, x->asked % 2 ? S("almere rust") : S("shculdregeling"), S(""), 0, &r);
                if (e == OK)
                        e = search_complete(x->search, x->db, &a, S("sch"), &c);
                x->wrong += e != OK || r.hits.n > r.total;
                arena_done(&a);
        }
        return NULL;
}

/* The address sanitizer watches. */
static void many_ask_while_documents_change(void **state) {
        struct test_store *s = test_store(state);
        struct asker askers[3];
        pthread_t threads[3];
        struct db *db;
        struct search *x = built(s, &db);
        unsigned seed = 3;
        for (size_t i = 0; i < 3; i++) {
                askers[i] = (struct asker) { .search = x, .db = test_open(s, DB_READ) };
                assert_int_equal(pthread_create(&threads[i], NULL, ask_on, &askers[i]), 0);
        }
        for (unsigned i = 0; i < 60; i++) {
                struct search_entry e = random_entry(&s->arena, &seed, i % 20);
                if (i % 15 == 14)
                        build(s, db, entries, ENTRIES);
                else
                        update(s, db, &e);
        }
        for (size_t i = 0; i < 3; i++) {
                pthread_join(threads[i], NULL);
                assert_int_equal(askers[i].wrong, 0);
                db_close(askers[i].db);
        }
        search_close(x);
        db_close(db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(building_again_replaces),
                TEST_BOTH(nothing_is_written_when_nothing_changed),
                TEST_BOTH(a_change_is_found_at_once),
                TEST_BOTH(what_is_undone_was_never_there),
                TEST_BOTH(old_versions_are_forgotten_and_late_readers_start_anew),
                TEST_BOTH(one_by_one_answers_as_all_at_once),
                TEST_BOTH(many_ask_while_documents_change),
        };
        return cmocka_run_group_tests_name("search-change", tests, open_analyser, close_analyser);
}
