/* Links that work once, on both stores. */
#include "people_testing.h"
#include <pthread.h>
#include "writer.h"

static struct str make(struct house *h, const char *purpose, int64_t person, struct str detail, int64_t lasts_ms) {
        struct str token;
        assert_int_equal(TX(h, link_make(h->db, &h->s->arena, &h->keys, purpose, person, detail, NOW, lasts_ms, &token)), OK);
        return token;
}

static enum err look(struct house *h, const char *purpose, struct str token, int64_t now_ms) {
        struct req rq = request(h, now_ms);
        struct link_found l;
        return link_look(&rq, purpose, token, &l);
}

static enum err take(struct house *h, const char *purpose, struct str token, int64_t now_ms) {
        struct req rq = request(h, now_ms);
        struct link_found l;
        return TX(h, link_take(&rq, purpose, token, &l));
}

static void a_link_works_once(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna");
        struct str token = make(&h, LINK_EMAIL, anna, S("nieuw@voorbeeld.nl"), LINK_HOUR_MS);
        struct req rq = request(&h, NOW);
        struct link_found l = { 0 };
        for (int i = 0; i < 3; i++) {   /* mail scanners look too */
                l = (struct link_found) { 0 };
                assert_int_equal(link_look(&rq, LINK_EMAIL, token, &l), OK);
                assert_true(l.person_id == anna && str_eq(l.detail, S("nieuw@voorbeeld.nl")));
        }
        l = (struct link_found) { 0 };
        assert_int_equal(TX(&h, link_take(&rq, LINK_EMAIL, token, &l)), OK);
        assert_true(l.person_id == anna && str_eq(l.detail, S("nieuw@voorbeeld.nl")));
        assert_int_equal(take(&h, LINK_EMAIL, token, NOW), ERR_NOT_FOUND);
        assert_int_equal(look(&h, LINK_EMAIL, token, NOW), ERR_NOT_FOUND);
}

static void a_post_that_fails_keeps_the_link(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str token = make(&h, LINK_VERIFY, somebody(&h, "anna"), S(""), LINK_HOUR_MS);
        struct req rq = request(&h, NOW);
        struct link_found l;
        assert_int_equal(TX(&h, link_take(&rq, LINK_VERIFY, token, &l) == OK ? ERR_INVALID : OK), ERR_INVALID);
        assert_int_equal(take(&h, LINK_VERIFY, token, NOW), OK);
}

static void a_link_of_nobody(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str first = make(&h, LINK_ADMINISTRATOR, 0, S("a@voorbeeld.nl"), LINK_DAY_MS);
        struct str second = make(&h, LINK_ADMINISTRATOR, 0, S(""), LINK_DAY_MS);
        struct req rq = request(&h, NOW);
        struct link_found l = { .person_id = 7 };
        assert_int_equal(TX(&h, link_take(&rq, LINK_ADMINISTRATOR, first, &l)), OK);
        assert_true(l.person_id == 0 && str_eq(l.detail, S("a@voorbeeld.nl")));
        assert_int_equal(take(&h, LINK_ADMINISTRATOR, second, NOW), OK);
}

static void a_link_ends(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str token = make(&h, LINK_PASSWORD, somebody(&h, "anna"), S(""), LINK_HOUR_MS);
        assert_int_equal(look(&h, LINK_PASSWORD, token, NOW + LINK_HOUR_MS), ERR_NOT_FOUND);
        assert_int_equal(take(&h, LINK_PASSWORD, token, NOW + LINK_HOUR_MS), ERR_NOT_FOUND);
        assert_int_equal(look(&h, LINK_PASSWORD, token, NOW + LINK_HOUR_MS - 1), OK);
        assert_int_equal(take(&h, LINK_PASSWORD, token, NOW + LINK_HOUR_MS - 1), OK);
}

static void wrong_links_all_look_the_same(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str good = make(&h, LINK_PASSWORD, somebody(&h, "anna"), S(""), LINK_HOUR_MS);
        const struct str wrong[] = { S(""), S("x"), str_sub(good, 0, good.n - 1), str_fmt(&h.s->arena, "%.*sA", STR(good)),
                                     S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") };
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
                assert_int_equal(look(&h, LINK_PASSWORD, wrong[i], NOW), ERR_NOT_FOUND);
                assert_int_equal(take(&h, LINK_PASSWORD, wrong[i], NOW), ERR_NOT_FOUND);
        }
        static const char *const others[] = { LINK_VERIFY, LINK_EMAIL, LINK_SIGN_IN, LINK_INVITATION, LINK_ADMINISTRATOR, LINK_UNSUBSCRIBE };
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
                assert_int_equal(look(&h, others[i], good, NOW), ERR_NOT_FOUND);
                assert_int_equal(take(&h, others[i], good, NOW), ERR_NOT_FOUND);
        }
        h.keys.master[31] ^= 1;         /* the key file of another installation */
        assert_int_equal(take(&h, LINK_PASSWORD, good, NOW), ERR_NOT_FOUND);
        h.keys.master[31] ^= 1;
        assert_int_equal(take(&h, LINK_PASSWORD, good, NOW), OK);
}

static void a_session_is_no_link(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna");
        struct str token = make(&h, LINK_SIGN_IN, anna, S(""), LINK_HOUR_MS);
        assert_int_equal(who(&h, token, NOW).person_id, 0);
        assert_int_equal(take(&h, LINK_SIGN_IN, sign_in(&h, anna, 1, NOW), NOW), ERR_NOT_FOUND);
}

static void a_new_link_ends_the_old_one(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna"), bram = somebody(&h, "bram");
        struct str old = make(&h, LINK_PASSWORD, anna, S(""), LINK_HOUR_MS), verify = make(&h, LINK_VERIFY, anna, S(""), LINK_HOUR_MS);
        struct str his = make(&h, LINK_PASSWORD, bram, S(""), LINK_HOUR_MS), leave = make(&h, LINK_UNSUBSCRIBE, anna, S("nieuws"), LINK_DAY_MS);
        struct str fresh = make(&h, LINK_PASSWORD, anna, S(""), LINK_HOUR_MS);
        (void) make(&h, LINK_UNSUBSCRIBE, anna, S("nieuws"), LINK_DAY_MS);
        assert_int_equal(look(&h, LINK_PASSWORD, old, NOW), ERR_NOT_FOUND);
        assert_int_equal(look(&h, LINK_PASSWORD, fresh, NOW), OK);
        assert_int_equal(look(&h, LINK_PASSWORD, his, NOW), OK);
        assert_int_equal(look(&h, LINK_VERIFY, verify, NOW), OK);
        assert_int_equal(look(&h, LINK_UNSUBSCRIBE, leave, NOW), OK);   /* of a mail that somebody still has */
}

static void ended_links_are_forgotten(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna"), bram = somebody(&h, "bram");
        (void) make(&h, LINK_VERIFY, anna, S(""), LINK_HOUR_MS);
        (void) make(&h, LINK_PASSWORD, anna, S(""), LINK_DAY_MS);
        (void) make(&h, LINK_PASSWORD, bram, S(""), LINK_DAY_MS);
        assert_int_equal(TX(&h, link_forget(h.db, NOW + LINK_HOUR_MS)), OK);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM link"), 2);
        assert_int_equal(TX(&h, link_forget_person(h.db, anna)), OK);
        assert_int_equal(number_of(&h, "SELECT count(*) FROM link WHERE person_id = %lld", bram), 1);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM link"), 1);
}

struct race {
        struct house *h;
        struct writer *w;
        pthread_barrier_t *start;
        struct str token;
        enum err result;
};

static enum err race_take(struct db *db, void *arg) {
        struct race *r = arg;
        struct arena a = { 0 };
        struct link_found l;
        struct req rq = { .arena = &a, .db = db, .app = &r->h->site, .now_ms = NOW };
        enum err e = link_take(&rq, LINK_SIGN_IN, r->token, &l);
        arena_done(&a);
        return e;
}

static void *race_run(void *arg) {
        struct race *r = arg;
        pthread_barrier_wait(r->start);
        r->result = writer_run(r->w, race_take, r);
        return NULL;
}

/* The button pressed twice, by two people with the same mail: one of them gets in, every time. */
static void of_two_at_once_one_wins(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str tokens[30];
        struct writer *w;
        pthread_barrier_t start;
        for (size_t i = 0; i < 30; i++)
                tokens[i] = make(&h, LINK_SIGN_IN, 0, S(""), LINK_HOUR_MS);
        db_close(h.db);
        h.db = NULL;
        assert_int_equal(writer_start(&w, h.s->url, 4), OK);
        pthread_barrier_init(&start, NULL, 4);
        for (size_t i = 0; i < 30; i++) {
                struct race race[4];
                pthread_t thread[4];
                int won = 0, lost = 0;
                for (int k = 0; k < 4; k++) {
                        race[k] = (struct race) { &h, w, &start, tokens[i], OK };
                        assert_int_equal(pthread_create(&thread[k], NULL, race_run, &race[k]), 0);
                }
                for (int k = 0; k < 4; k++) {
                        pthread_join(thread[k], NULL);
                        won += race[k].result == OK;
                        lost += race[k].result == ERR_NOT_FOUND;
                }
                assert_int_equal(won, 1);
                assert_int_equal(lost, 3);
        }
        pthread_barrier_destroy(&start);
        writer_stop(w);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_link_works_once), TEST_BOTH(a_post_that_fails_keeps_the_link), TEST_BOTH(a_link_of_nobody),
                TEST_BOTH(a_link_ends), TEST_BOTH(wrong_links_all_look_the_same), TEST_BOTH(a_session_is_no_link),
                TEST_BOTH(a_new_link_ends_the_old_one), TEST_BOTH(ended_links_are_forgotten), TEST_BOTH(of_two_at_once_one_wins),
        };
        return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
