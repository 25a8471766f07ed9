/* Getting in: password, second factor, delays, and where one goes afterwards; on both stores. */
#include "visit.h"
#include <string.h>
#include "people_invitation.h"

static void statements_prepare(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        assert_int_equal(test_statements(v.db, credential_statements), 0);
        assert_int_equal(test_statements(v.db, invitation_statements), 0);
}

static void password_signs_in_and_out(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        int level;
        int64_t jo = account(&v, "jo@gemeente.nl", "vrijwilliger");
        assert_true(goes_to(sign_in(&v, " JO@Gemeente.NL ", SECRET), "/account"));
        assert_true(who(&v, &level) == jo && level == 1);
        assert_true(goes_to(get(&v, "/inloggen", S("verder=%2Fkennis")), "/kennis"));
        struct str copy = v.cookie[COOKIE_SESSION];
        assert_true(has(get(&v, "/uitloggen", S("")), "action=\"/uitloggen\""));
        assert_true(goes_to(post(&v, "/uitloggen", S("")), "/"));
        assert_int_equal(v.cookie[COOKIE_SESSION].n, 0);
        v.cookie[COOKIE_SESSION] = copy;        /* the cookie alone is worth nothing */
        assert_int_equal(who(&v, NULL), 0);
}

/* The page without what was typed. */
static struct str without(struct arena *a, struct str html, const char *typed) {
        _cleanup_(buf_done) struct buf b = { 0 };
        size_t n = strlen(typed), at;
        while ((at = str_find(html, str_of(typed))) < html.n) {
                buf_str(&b, str_sub(html, 0, at));
                html = str_sub(html, at + n, html.n);
        }
        buf_str(&b, html);
        return str_dup(a, buf_view(&b));
}

/* A wrong password, an unknown account, a closed one, one without proof and one without password: all look the same. */
static void refusals_look_the_same(void **state) {
        static const char *const emails[] = { "bestaat@x.nl", "niemand@x.nl", "gesloten@x.nl", "onbewezen@x.nl", "zonder@x.nl" };
        static const char *const passwords[] = { "verkeerd woord", SECRET, SECRET, SECRET, SECRET };
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, emails[0], NULL);
        account(&v, emails[2], NULL);
        account(&v, emails[3], NULL);
        account(&v, emails[4], NULL);
        test_script(v.db, "UPDATE person SET blocked_ms = 1 WHERE email = 'gesloten@x.nl'");
        test_script(v.db, "UPDATE person SET verified_ms = NULL WHERE email = 'onbewezen@x.nl'");
        test_script(v.db, "DELETE FROM person_password WHERE person_id = (SELECT id FROM person WHERE email = 'zonder@x.nl')");
        struct str first = S("");
        for (size_t i = 0; i < sizeof emails / sizeof *emails; i++) {
                struct reply r = sign_in(&v, emails[i], passwords[i]);
                struct str page = without(&v.s->arena, r.html, emails[i]);
                assert_int_equal(r.status, 422);
                assert_true(has(r, "Fout: Inloggen") && has(r, "Wij kunnen u niet inloggen"));
                assert_false(has(r, SECRET) || has(r, passwords[i]));
                first = i == 0 ? page : first;
                assert_true(str_eq(page, first));
                assert_int_equal(who(&v, NULL), 0);
        }
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM session"), 0);
}

static void empty_answers_are_explained(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct reply r = post(&v, "/inloggen", S("email=&wachtwoord="));
        assert_true(r.status == 422 && has(r, "Vul uw e-mailadres in") && has(r, "Vul uw wachtwoord in"));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM attempt"), 0);
        assert_true(has(r, "autocomplete=\"username\"") && has(r, "autocomplete=\"current-password\""));
}

/* Five failures are free; then the wait doubles, for right passwords too, and for accounts that do not exist. */
static void waiting_grows_per_account(void **state) {
        static const char *const emails[] = { "jo@x.nl", "niemand@x.nl" };
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, "jo@x.nl", NULL);
        for (size_t who_it_is = 0; who_it_is < 2; who_it_is++) {
                v.now_ms = NOW;
                for (int i = 0; i < 6; i++)
                        assert_int_equal(sign_in(&v, emails[who_it_is], "verkeerd woord").status, 422);
                struct reply r = sign_in(&v, emails[who_it_is], SECRET);
                assert_true(r.status == 429 && has(r, "Wacht 1 seconde"));
                /* another process on this store, and another address: it is the account that waits */
                struct visit other = visit_other(&v);
                other.db = test_open(v.s, DB_READ);
                other.client = 99;
                struct req rq = visit_req(&other);
                int64_t wait = 0;
                assert_int_equal(attempt_wait(&rq, ATTEMPT_PASSWORD, str_of(emails[who_it_is]), &wait), OK);
                assert_int_equal(wait, 1000);
                db_close(other.db);
                v.now_ms += 1000;
                assert_int_equal(sign_in(&v, emails[who_it_is], "verkeerd woord").status, 422);
                assert_true(has(sign_in(&v, emails[who_it_is], SECRET), "Wacht 2 seconden"));
        }
        v.now_ms += 2000;
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account"));
        assert_int_equal(sign_in(&v, "jo@x.nl", "verkeerd woord").status, 422);        /* it started anew */
}

/* Ten who hashed before the first was refused: the waiting holds for them as well. */
static void many_at_once_wait_too(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct posting p[8];
        account(&v, "jo@x.nl", NULL);
        for (int i = 0; i < 8; i++)
                post_prepare(&v, "/inloggen", str_of(i < 7 ? "email=jo@x.nl&wachtwoord=mis" : "email=jo@x.nl&wachtwoord=" SECRET), &p[i]);
        for (int i = 0; i < 6; i++)
                assert_int_equal(post_run(&v, &p[i]).status, 422);
        assert_int_equal(post_run(&v, &p[6]).status, 429);
        assert_int_equal(post_run(&v, &p[7]).status, 429);
        assert_int_equal(who(&v, NULL), 0);
}

static void one_address_that_tries_many_accounts_waits(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct req rq = visit_req(&v);
        int64_t wait = 0;
        account(&v, "jo@x.nl", NULL);
        assert_int_equal(db_begin(v.db), OK);
        for (int i = 0; i < 6 * ATTEMPT_SHARED; i++)
                assert_int_equal(attempt_failed(&rq, ATTEMPT_PASSWORD, str_fmt(rq.arena, "%d@x.nl", i)), OK);
        assert_int_equal(db_commit(v.db), OK);
        assert_int_equal(sign_in(&v, "jo@x.nl", SECRET).status, 429);
        v.client = 8;                   /* the neighbours do not */
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account"));
        v.client = 7;
        rq.now_ms += ATTEMPT_KEEP_MS;   /* nobody waits longer than the window, and then nothing is kept */
        assert_int_equal(attempt_wait(&rq, ATTEMPT_PASSWORD, S("1@x.nl"), &wait), OK);
        assert_int_equal(wait, 0);
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(credential_forget(v.db, rq.now_ms), OK);
        assert_int_equal(db_commit(v.db), OK);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM attempt"), 0);
}

static void only_paths_of_this_site_are_followed(void **state) {
        static const char *const bad[] = { "https%3A%2F%2Fevil.nl", "%2F%2Fevil.nl", "%2F%5Cevil.nl", "javascript%3Aalert(1)", "%2F%2Fevil.nl%2F..",
                                           "%2Finloggen", "%2Fa%2F..%2F%2Fevil.nl", "evil.nl", "%2F%252Fevil.nl" };
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, "jo@x.nl", NULL);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                struct reply r = post(&v, "/inloggen", str_fmt(&v.s->arena, "email=jo@x.nl&wachtwoord=%s&verder=%s", SECRET, bad[i]));
                assert_true(goes_to(r, "/account"));
                r = get(&v, "/inloggen", str_fmt(&v.s->arena, "verder=%s", bad[i]));
                assert_true(goes_to(r, "/account"));
                v.cookie[COOKIE_SESSION] = S("");
        }
        assert_true(goes_to(post(&v, "/inloggen", S("email=jo@x.nl&wachtwoord=" SECRET "&verder=%2Fkennis%3Fq%3D1")), "/kennis?q=1"));
}

static void old_parameters_are_hashed_again(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        char weak[crypto_pwhash_STRBYTES];
        account(&v, "jo@x.nl", NULL);
        assert_int_equal(crypto_pwhash_str(weak, SECRET, strlen(SECRET), 1, 8192 * 1024), 0);
        test_script(v.db, str_fmt(&v.s->arena, "UPDATE person_password SET hash = '%s'", weak).p);
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account"));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_password WHERE hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'"), 1);
        v.cookie[COOKIE_SESSION] = S("");
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account"));
}

/* Changed between hashing and the transaction: the old password is worth nothing. */
static void a_password_that_was_just_changed_does_not_count(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct posting p;
        account(&v, "jo@x.nl", NULL);
        post_prepare(&v, "/inloggen", S("email=jo@x.nl&wachtwoord=" SECRET), &p);
        test_script(v.db, "UPDATE person_password SET hash = '$argon2id$anders'");
        assert_int_equal(post_run(&v, &p).status, 422);
        assert_int_equal(who(&v, NULL), 0);
}

static void a_role_that_needs_a_second_factor_waits_for_it(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        int level;
        int64_t jo = account(&v, "jo@x.nl", "programmamanager");
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account/tweede-stap"));
        assert_true(who(&v, &level) == jo && level == 1);
        assert_int_equal(rights(&v), 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(password_signs_in_and_out), TEST_BOTH(refusals_look_the_same),
                TEST_SQLITE(empty_answers_are_explained), TEST_BOTH(waiting_grows_per_account), TEST_BOTH(many_at_once_wait_too),
                TEST_BOTH(one_address_that_tries_many_accounts_waits), TEST_SQLITE(only_paths_of_this_site_are_followed),
                TEST_BOTH(old_parameters_are_hashed_again), TEST_BOTH(a_password_that_was_just_changed_does_not_count),
                TEST_BOTH(a_role_that_needs_a_second_factor_waits_for_it),
        };
        return cmocka_run_group_tests_name("signin", tests, NULL, NULL);
}
