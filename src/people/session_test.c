/* Being signed in: who a token is, how long, and what ends it. On both stores. */
#include "people_testing.h"
#include <string.h>
#include "internal.h"

static void a_token_says_who(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody_with(&h, "anna", "redacteur", organisation(&h, "Bureau")), bram = somebody(&h, "bram");
        struct str token = sign_in(&h, anna, 1, NOW);
        struct viewer v = who(&h, token, NOW);
        assert_int_equal(v.person_id, anna);
        assert_true(v.session_id > 0 && str_eq(v.name, S("anna")));
        assert_int_equal(v.rights, RIGHT_FEEDBACK | RIGHT_EDIT | RIGHT_MODERATE);
        v = who(&h, sign_in(&h, bram, 1, NOW), NOW);
        assert_int_equal(v.person_id, bram);
        assert_int_equal(v.rights, 0);
        assert_int_equal(number_of(&h, "SELECT signed_in_ms FROM person WHERE id = %lld", anna), NOW);
}

static void the_store_has_no_token(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str token = sign_in(&h, somebody(&h, "anna"), 1, NOW);
        assert_int_equal(token.n, TOKEN_TEXT - 1);
        assert_int_equal(test_number(h.db, str_fmt(&h.s->arena, "SELECT count(*) FROM session WHERE digest = '%.*s'", STR(token)).p), 0);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM session WHERE length(digest) = 64"), 1);
}

static void a_wrong_token_is_nobody(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str good = sign_in(&h, somebody(&h, "anna"), 2, NOW), other = str_dup(&h.s->arena, good);
        char random[TOKEN_TEXT];
        token_make(random);
        ((char *) other.p)[5] = other.p[5] == 'a' ? 'b' : 'a';
        const struct str wrong[] = { S(""), str_sub(good, 0, good.n - 1), str_sub(good, 1, good.n), str_of(random), other,
                                     str_fmt(&h.s->arena, "%.*sA", STR(good)), str_fmt(&h.s->arena, " %.*s", STR(good)), S("1") };
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
                struct viewer v = who(&h, wrong[i], NOW);
                assert_true(v.person_id == 0 && v.session_id == 0 && v.rights == 0);
        }
        assert_true(who(&h, good, NOW).person_id > 0);
        h.keys.master[0] ^= 1;          /* a stolen store beside another key file */
        assert_int_equal(who(&h, good, NOW).person_id, 0);
}

static void a_session_ends_without_use(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str token = sign_in(&h, somebody(&h, "anna"), 1, NOW);
        struct viewer v = who(&h, token, NOW + SESSION_IDLE_MS);
        assert_true(v.person_id > 0);
        assert_int_equal(who(&h, token, NOW + SESSION_IDLE_MS + 1).person_id, 0);
        assert_int_equal(TX(&h, people_touch(h.db, v.session_id, NOW + SESSION_IDLE_MS)), OK);
        assert_true(who(&h, token, NOW + 2 * SESSION_IDLE_MS).person_id > 0);
        assert_int_equal(who(&h, token, NOW + 2 * SESSION_IDLE_MS + 1).person_id, 0);
        /* a note that comes late does not set the time back */
        assert_int_equal(TX(&h, people_touch(h.db, v.session_id, NOW)), OK);
        assert_true(who(&h, token, NOW + 2 * SESSION_IDLE_MS).person_id > 0);
}

/* Uses the session every half hour until it is nobody's; how long that took. */
static int64_t lasts(struct house *h, struct str token) {
        for (int64_t at = 0; at < 30 * 24 * HOUR; at += HOUR / 2) {
                struct viewer v = who(h, token, NOW + at);
                if (!v.person_id)
                        return at;
                assert_int_equal(TX(h, people_touch(h->db, v.session_id, NOW + at)), OK);
        }
        return -1;
}

static void a_session_ends_however_much_it_is_used(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bureau = organisation(&h, "Bureau");
        assert_int_equal(lasts(&h, sign_in(&h, somebody(&h, "anna"), 1, NOW)), SESSION_MAX_MS);
        assert_int_equal(lasts(&h, sign_in(&h, somebody_with(&h, "bea", "beheerder", bureau), 2, NOW)), SESSION_STRICT_MAX_MS);
}

static void strong_roles_have_short_sessions(void **state) {
        static const struct { const char *role; int level; int64_t idle; } cases[] = {
                { "beheerder", 2, SESSION_STRICT_IDLE_MS }, { "programmamanager", 2, SESSION_STRICT_IDLE_MS },
                { "beoordelaar", 2, SESSION_STRICT_IDLE_MS }, { "beheerder", 1, SESSION_IDLE_MS },
                { "redacteur", 2, SESSION_IDLE_MS }, { "organisatiebeheerder", 2, SESSION_IDLE_MS },
        };
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bureau = organisation(&h, "Bureau");
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                char name[] = "persoon-0";
                name[8] = (char) ('0' + i);
                struct str token = sign_in(&h, somebody_with(&h, name, cases[i].role, bureau), cases[i].level, NOW);
                assert_true(who(&h, token, NOW + cases[i].idle).person_id > 0);
                assert_int_equal(who(&h, token, NOW + cases[i].idle + 1).person_id, 0);
        }
}

static void a_closed_account_is_out_at_once(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna");
        struct req rq = request(&h, NOW);
        struct resp rs = { 0 };
        struct str token = sign_in(&h, anna, 1, NOW);
        assert_int_equal(TX(&h, person_set_blocked(h.db, anna, opt_i64(NOW))), OK);
        assert_int_equal(who(&h, token, NOW).person_id, 0);
        assert_int_equal(TX(&h, session_start(&rq, &rs, anna, 2, S("passkey"))), ERR_DENIED);
        assert_false(rs.cookie[COOKIE_SESSION].is_set);
        assert_int_equal(TX(&h, session_start(&rq, &rs, anna + 1000, 2, S("passkey"))), ERR_DENIED);
}

static void an_address_must_be_proved_first(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct req rq = request(&h, NOW);
        struct resp rs = { 0 };
        int64_t id;
        assert_int_equal(person_make(h.db, &h.s->arena, S("c@voorbeeld.nl"), S("Cor"), false, false, NOW, &id), OK);
        assert_int_equal(TX(&h, session_start(&rq, &rs, id, 1, S("wachtwoord"))), ERR_DENIED);
        assert_int_equal(TX(&h, person_set_verified(h.db, id, NOW)), OK);
        assert_int_equal(TX(&h, session_start(&rq, &rs, id, 1, S("wachtwoord"))), OK);
}

static void use_is_noted_once_a_minute(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        struct str token = sign_in(&h, somebody(&h, "anna"), 1, NOW);
        struct viewer v = who(&h, token, NOW + SESSION_NOTE_MS);
        assert_false(v.due);
        assert_true(who(&h, token, NOW + SESSION_NOTE_MS + 1).due);
        assert_int_equal(TX(&h, people_touch(h.db, v.session_id, NOW + SESSION_NOTE_MS + 1)), OK);
        assert_false(who(&h, token, NOW + SESSION_NOTE_MS + 2).due);
}

static void signing_in_ends_the_session_before(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna"), bram = somebody(&h, "bram");
        struct str first = sign_in(&h, anna, 1, NOW), elsewhere = sign_in(&h, anna, 1, NOW);
        struct req rq = request_of(&h, first, NOW);
        struct resp rs = { 0 };
        assert_int_equal(TX(&h, session_start(&rq, &rs, bram, 1, S("wachtwoord"))), OK);
        assert_int_equal(who(&h, first, NOW).person_id, 0);
        assert_int_equal(who(&h, elsewhere, NOW).person_id, anna);
        assert_int_equal(who(&h, rs.cookie[COOKIE_SESSION].value, NOW).person_id, bram);
}

static void signing_out_removes_the_cookie(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna");
        struct str token = sign_in(&h, anna, 1, NOW), elsewhere = sign_in(&h, anna, 1, NOW);
        for (int i = 0; i < 2; i++) {   /* also when it was ended already */
                struct req rq = request_of(&h, token, NOW);
                struct resp rs = { 0 };
                assert_int_equal(TX(&h, session_end(&rq, &rs)), OK);
                assert_true(rs.cookie[COOKIE_SESSION].is_set && rs.cookie[COOKIE_SESSION].value.n == 0);
                assert_int_equal(who(&h, token, NOW).person_id, 0);
        }
        assert_int_equal(who(&h, elsewhere, NOW).person_id, anna);
}

static void renewing_leaves_one_new_session(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bea = somebody_with(&h, "bea", "beheerder", organisation(&h, "Bureau")), bram = somebody(&h, "bram");
        struct str token = sign_in(&h, bea, 2, NOW), elsewhere = sign_in(&h, bea, 1, NOW), other = sign_in(&h, bram, 1, NOW);
        struct req rq = request_of(&h, token, NOW + MINUTE);
        struct resp rs = { 0 };
        assert_int_equal(TX(&h, session_renew(&rq, &rs)), OK);
        struct str renewed = rs.cookie[COOKIE_SESSION].value;
        assert_false(str_eq(renewed, token));
        assert_int_equal(who(&h, token, NOW + MINUTE).person_id, 0);
        assert_int_equal(who(&h, elsewhere, NOW + MINUTE).person_id, 0);
        assert_int_equal(who(&h, other, NOW + MINUTE).person_id, bram);
        rq = request_of(&h, renewed, NOW + MINUTE);
        int level = 0;
        assert_int_equal(rq.viewer.person_id, bea);
        assert_int_equal(rq.viewer.rights, RIGHTS_ALL);
        assert_int_equal(session_level(&rq, &level), OK);
        assert_int_equal(level, 2);
        rq = request_of(&h, token, NOW + MINUTE);
        assert_int_equal(TX(&h, session_renew(&rq, &rs)), ERR_DENIED);
}

static void own_sessions_are_listed_and_ended(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna"), bram = somebody(&h, "bram");
        struct str old = sign_in(&h, anna, 1, NOW), idle = sign_in(&h, anna, 1, NOW), mine = sign_in(&h, anna, 1, NOW + 5);
        struct str other = sign_in(&h, bram, 1, NOW);
        struct session_infos l;
        (void) idle;
        int64_t old_id = who(&h, old, NOW).session_id, later = NOW + SESSION_IDLE_MS + 1, his = who(&h, other, NOW).session_id;
        assert_int_equal(TX(&h, people_touch(h.db, old_id, NOW + HOUR)), OK);
        struct req rq = request_of(&h, mine, later);
        assert_int_equal(session_list(&rq, anna, &l), OK);
        assert_int_equal(l.n, 2);       /* nobody can use the idle one any more */
        assert_true(l.v[0].id == old_id && !l.v[0].is_this && l.v[0].used_ms == NOW + HOUR);
        assert_true(l.v[1].is_this && l.v[1].created_ms == NOW + 5);
        assert_true(str_eq(l.v[0].device, S("Firefox op Windows")) && str_eq(l.v[0].method, S("wachtwoord")));
        assert_int_equal(TX(&h, session_end_one(h.db, &h.s->arena, anna, his)), ERR_NOT_FOUND);
        assert_int_equal(who(&h, other, NOW).person_id, bram);
        assert_int_equal(TX(&h, session_end_one(h.db, &h.s->arena, anna, old_id)), OK);
        assert_int_equal(who(&h, old, NOW + HOUR).person_id, 0);
        assert_int_equal(TX(&h, session_end_one(h.db, &h.s->arena, anna, old_id)), ERR_NOT_FOUND);
}

static void all_but_one_end(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna");
        struct str keep = sign_in(&h, anna, 1, NOW), other = sign_in(&h, anna, 1, NOW);
        assert_int_equal(TX(&h, session_end_all(h.db, anna, who(&h, keep, NOW).session_id)), OK);
        assert_true(who(&h, keep, NOW).person_id == anna && who(&h, other, NOW).person_id == 0);
        assert_int_equal(TX(&h, session_end_all(h.db, anna, 0)), OK);
        assert_int_equal(who(&h, keep, NOW).person_id, 0);
}

static void ended_sessions_are_forgotten(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t anna = somebody(&h, "anna");
        struct str kept = (sign_in(&h, anna, 1, NOW), sign_in(&h, anna, 1, NOW + HOUR));
        assert_int_equal(TX(&h, session_forget(h.db, NOW + SESSION_MAX_MS)), OK);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM session"), 1);
        assert_int_equal(who(&h, kept, NOW + HOUR).person_id, anna);
}

static void a_device_is_known_by_its_browser(void **state) {
        static const struct { struct str agent, device; } cases[] = {
                { S_INIT("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"),
                  S_INIT("Edge op Windows") },
                { S_INIT("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"),
                  S_INIT("Chrome op Windows") },
                { S_INIT("Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"),
                  S_INIT("Samsung Internet op Android") },
                { S_INIT("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"),
                  S_INIT("Safari op iPhone") },
                { S_INIT("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"),
                  S_INIT("Safari op Mac") },
                { S_INIT("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), S_INIT("Firefox op Linux") },
                { S_INIT("curl/7.88.1"), S_INIT("Onbekende browser") }, { S_INIT(""), S_INIT("Onbekende browser") },
        };
        struct arena a = { 0 };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_true(str_eq(device_of(&a, cases[i].agent), cases[i].device));
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_token_says_who), TEST_BOTH(the_store_has_no_token), TEST_BOTH(a_wrong_token_is_nobody),
                TEST_BOTH(a_session_ends_without_use), TEST_BOTH(a_session_ends_however_much_it_is_used),
                TEST_BOTH(strong_roles_have_short_sessions), TEST_BOTH(a_closed_account_is_out_at_once),
                TEST_BOTH(an_address_must_be_proved_first), TEST_BOTH(use_is_noted_once_a_minute),
                TEST_BOTH(signing_in_ends_the_session_before), TEST_BOTH(signing_out_removes_the_cookie),
                TEST_BOTH(renewing_leaves_one_new_session), TEST_BOTH(own_sessions_are_listed_and_ended), TEST_BOTH(all_but_one_end),
                TEST_BOTH(ended_sessions_are_forgotten), cmocka_unit_test(a_device_is_known_by_its_browser),
        };
        return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
