/* The second factor: app, recovery codes, passkeys, and the cookie between the two steps; on both stores. */
#include "visit.h"
#include <string.h>
#include "authenticator.h"

#define EMAIL "jo@gemeente.nl"

/* Somebody with an app, after the password. */
static struct visit at_second_step(void **state, int64_t *person, unsigned char secret[TOTP_SECRET]) {
        struct visit v = visit_new(test_store(state));
        *person = account(&v, EMAIL, "programmamanager");
        make_app(&v, *person, secret);
        assert_true(goes_to(sign_in(&v, EMAIL, SECRET), "/inloggen/code"));
        assert_int_equal(who(&v, NULL), 0);
        return v;
}

static struct reply send_code(struct visit *v, struct str code) {
        return post(v, "/inloggen/code", str_fmt(&v->s->arena, "code=%.*s", STR(code)));
}

static void code_lets_in_with_all_rights(void **state) {
        unsigned char secret[TOTP_SECRET];
        int64_t jo;
        int level;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        struct reply r = get(&v, "/inloggen/code", S(""));
        assert_true(has(r, "De zes cijfers uit uw app.") && has(r, "autocomplete=\"one-time-code\"") && !has(r, "data-passkey-signin"));
        assert_true(goes_to(send_code(&v, code_at(&v, secret, NOW)), "/account"));
        assert_true(who(&v, &level) == jo && level == 2);
        assert_true(rights(&v) & RIGHT_ORGANISATIONS);
        assert_int_equal(v.cookie[COOKIE_FLOW].n, 0);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM session WHERE method = 'wachtwoord en code'"), 1);
}

static void a_code_works_once(void **state) {
        unsigned char secret[TOTP_SECRET];
        int64_t jo;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        struct str code = code_at(&v, secret, NOW);
        assert_true(goes_to(send_code(&v, code), "/account"));
        struct visit other = visit_other(&v);
        assert_true(goes_to(sign_in(&other, EMAIL, SECRET), "/inloggen/code"));
        struct reply r = send_code(&other, code);
        assert_true(r.status == 422 && has(r, "Deze code is al gebruikt"));
        assert_int_equal(who(&other, NULL), 0);
        other.now_ms += TOTP_STEP_S * 1000;
        assert_true(goes_to(send_code(&other, code_at(&other, secret, other.now_ms)), "/account"));
}

/* The cookie of a step that was finished is worth nothing, not even with a new code. */
static void a_finished_step_cannot_be_repeated(void **state) {
        unsigned char secret[TOTP_SECRET];
        int64_t jo;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        struct visit copy = v;
        assert_true(goes_to(send_code(&v, code_at(&v, secret, NOW)), "/account"));
        copy.now_ms += TOTP_STEP_S * 1000;
        assert_true(goes_to(send_code(&copy, code_at(&copy, secret, copy.now_ms)), "/inloggen?melding=verlopen"));
        assert_int_equal(who(&copy, NULL), 0);
}

static void wrong_codes_wait(void **state) {
        static const char *const wrong[] = { "000000", "12345", "abcdef", "1234567", "%2B31612345678", "xxxxx-xxxxx" };
        unsigned char secret[TOTP_SECRET];
        int64_t jo;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
                struct reply r = send_code(&v, str_of(wrong[i]));
                assert_true(r.status == 422 && has(r, "Deze code klopt niet"));
        }
        assert_int_equal(send_code(&v, code_at(&v, secret, NOW)).status, 429);
        /* the password again does not make the count start anew */
        assert_true(goes_to(sign_in(&v, EMAIL, SECRET), "/inloggen/code"));
        assert_int_equal(send_code(&v, code_at(&v, secret, NOW)).status, 429);
        assert_int_equal(who(&v, NULL), 0);
        v.now_ms += 1000;
        assert_true(goes_to(send_code(&v, code_at(&v, secret, v.now_ms)), "/account"));
}

static void a_recovery_code_works_once(void **state) {
        unsigned char secret[TOTP_SECRET];
        char codes[RECOVERY_CODES][RECOVERY_TEXT];
        int64_t jo, left;
        int level;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        struct req rq = visit_req(&v);
        recovery_make(codes);
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(credential_recovery_set(&rq, jo, codes), OK);
        assert_int_equal(db_commit(v.db), OK);
        assert_true(has(get(&v, "/inloggen/code", S("")), "Of een van uw herstelcodes."));
        assert_true(goes_to(send_code(&v, str_of(codes[3])), "/account"));
        assert_true(who(&v, &level) == jo && level == 2);
        struct visit other = visit_other(&v);
        assert_true(goes_to(sign_in(&other, EMAIL, SECRET), "/inloggen/code"));
        assert_int_equal(send_code(&other, str_of(codes[3])).status, 422);
        assert_int_equal(credential_recovery_count(v.db, rq.arena, jo, &left), OK);
        assert_int_equal(left, RECOVERY_CODES - 1);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM audit WHERE action = 'recovery.use'"), 1);
}

static void cookie_of_the_step_is_checked(void **state) {
        unsigned char secret[TOTP_SECRET];
        int64_t jo;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        struct arena *a = &v.s->arena;
        struct str good = v.cookie[COOKIE_FLOW], other = S(""), passkey = S(""), late = S("");
        struct keys foreign = { { 9 } };
        struct flow f = flow_new(a, FLOW_SECOND, jo, S("wachtwoord"), S(""), NOW);
        assert_int_equal(flow_seal(&foreign, a, &f, &other), OK);
        f.started_ms = NOW - FLOW_LASTS_MS - 1;
        assert_int_equal(flow_seal(&v.keys, a, &f, &late), OK);
        f = flow_new(a, FLOW_PASSKEY, 0, S("passkey"), S(""), NOW);
        assert_int_equal(flow_seal(&v.keys, a, &f, &passkey), OK);
        char *changed = (char *) (uintptr_t) str_dup(a, good).p;
        changed[30] = changed[30] == 'A' ? 'B' : 'A';
        const struct str bad[] = { S(""), S("x"), { changed, good.n }, str_sub(good, 0, good.n - 1), other, passkey, late,
                                   str_fmt(a, "%.*sAAAA", STR(good)), str_sub(str_fmt(a, "%3072d", 0), 0, 3072) };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                v.cookie[COOKIE_FLOW] = bad[i];
                assert_true(goes_to(get(&v, "/inloggen/code", S("")), "/inloggen?melding=verlopen"));
                v.cookie[COOKIE_FLOW] = bad[i];
                assert_true(goes_to(send_code(&v, code_at(&v, secret, NOW)), "/inloggen?melding=verlopen"));
        }
        v.cookie[COOKIE_FLOW] = good;
        assert_true(goes_to(send_code(&v, code_at(&v, secret, NOW)), "/account"));
}

static void a_new_password_ends_the_step(void **state) {
        unsigned char secret[TOTP_SECRET];
        int64_t jo;
        struct visit v _cleanup_(visit_done) = at_second_step(state, &jo, secret);
        struct req rq = visit_req(&v);
        rq.now_ms += 1;
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(credential_password_set(&rq, jo, S("$anders")), OK);
        assert_int_equal(db_commit(v.db), OK);
        assert_true(goes_to(send_code(&v, code_at(&v, secret, NOW)), "/inloggen?melding=verlopen"));
}

/* A passkey of PERSON, in the store. */
static struct credential_passkey add_passkey(struct visit *v, int64_t person, const struct device *d) {
        struct req rq = visit_req(v);
        struct scene s = scene_new(rq.arena, d);
        struct webauthn_key key;
        struct credential_passkeys l;
        s.site.rp_id = s.rp = S("www.schouders.nl");
        assert_int_equal(scene_register(&s, &key), WEBAUTHN_FINE);
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(credential_passkey_add(&rq, person, &key, S("laptop")), OK);
        assert_int_equal(db_commit(v->db), OK);
        assert_int_equal(credential_passkeys(v->db, rq.arena, person, &l), OK);
        return l.v[l.n - 1];
}

/* What the device says to the challenge of the step that V is in. */
static struct scene ask(struct visit *v, enum flow_kind kind, const struct device *d) {
        struct flow f;
        struct scene s = scene_new(&v->s->arena, d);
        s.rp = S("www.schouders.nl");
        assert_int_equal(flow_open(&v->keys, s.a, v->cookie[COOKIE_FLOW], kind, v->now_ms, &f), OK);
        s.challenge = f.challenge;
        return s;
}

static struct reply answer(struct visit *v, const char *path, const struct scene *s, struct str id, struct str handle) {
        struct str client_data = scene_client_data(s, "webauthn.get"), auth_data = scene_auth_data(s, false);
        struct str signature = device_sign(s->a, s->device, auth_data, client_data);
        return post(v, path, str_fmt(s->a, "credential=%.*s&client_data=%.*s&authenticator_data=%.*s&signature=%.*s&user_handle=%.*s",
                STR(webauthn_encode(s->a, id)), STR(webauthn_encode(s->a, client_data)), STR(webauthn_encode(s->a, auth_data)),
                STR(webauthn_encode(s->a, signature)), STR(webauthn_encode(s->a, handle))));
}

struct passkey_case {
        struct visit v;
        int64_t jo;
        struct credential_passkey key;
        struct str handle;
        struct device *d;
};

static struct passkey_case passkey_case(void **state) {
        struct passkey_case c = { .v = visit_new(test_store(state)), .d = device_new(WEBAUTHN_ES256, 'a') };
        c.jo = account(&c.v, EMAIL, "programmamanager");
        c.key = add_passkey(&c.v, c.jo, c.d);
        struct req rq = visit_req(&c.v);
        c.handle = credential_user_handle(&rq, c.jo);
        assert_true(has(get(&c.v, "/inloggen/passkey", S("verder=%2Fkennis")), "data-passkey-signin=\"{&quot;challenge&quot;"));
        return c;
}

static void case_done(struct passkey_case *c) {
        device_done(c->d);
        visit_done(&c->v);
}

static void passkey_alone_lets_in(void **state) {
        struct passkey_case c _cleanup_(case_done) = passkey_case(state);
        struct scene s = ask(&c.v, FLOW_PASSKEY, c.d);
        struct visit copy = c.v;
        int level;
        assert_true(goes_to(answer(&c.v, "/inloggen/passkey", &s, c.key.key.id, c.handle), "/kennis"));
        assert_true(who(&c.v, &level) == c.jo && level == 2);
        assert_true(rights(&c.v) & RIGHT_ORGANISATIONS);
        /* the same answer with the same cookie, once more */
        struct reply r = answer(&copy, "/inloggen/passkey", &s, c.key.key.id, c.handle);
        assert_true(r.status == 422 && has(r, "Het is niet gelukt met uw passkey"));
        assert_int_equal(who(&copy, NULL), 0);
}

static void every_mistake_in_an_answer_is_refused(void **state) {
        struct passkey_case c _cleanup_(case_done) = passkey_case(state);
        struct device *other = device_new(WEBAUTHN_ES256, 'b');
        for (int i = 0; i < 9; i++) {
                struct visit v = c.v;
                assert_int_equal(get(&v, "/inloggen/passkey", S("")).status, 200);
                struct scene s = ask(&v, FLOW_PASSKEY, i == 0 ? other : c.d);
                struct str id = c.key.key.id, handle = c.handle;
                if (i == 1)
                        s.origin = S("https://evil.nl");
                else if (i == 2)
                        s.rp = S("evil.nl");
                else if (i == 3)
                        s.echo = S("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");
                else if (i == 4)
                        s.flags &= ~(unsigned) WEBAUTHN_UV;
                else if (i == 5)
                        handle = S("");
                else if (i == 6)
                        handle = S("iemand anders");
                else if (i == 7)
                        id = S("0123456789abcdef");
                else if (i == 8)
                        s.type = S("webauthn.create");
                assert_int_equal(answer(&v, "/inloggen/passkey", &s, id, handle).status, 422);
                assert_int_equal(who(&v, NULL), 0);
        }
        device_done(other);
        struct visit v = visit_other(&c.v);     /* no cookie; a cookie of the other step */
        assert_int_equal(post(&v, "/inloggen/passkey", S("credential=x")).status, 422);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM session"), 0);
}

static void passkey_as_second_factor(void **state) {
        struct passkey_case c _cleanup_(case_done) = passkey_case(state);
        int level;
        assert_true(goes_to(sign_in(&c.v, EMAIL, SECRET), "/inloggen/code"));
        struct reply r = get(&c.v, "/inloggen/code", S(""));
        assert_true(has(r, "action=\"/inloggen/code/passkey\"") && !has(r, "name=\"code\""));
        struct scene s = ask(&c.v, FLOW_SECOND, c.d);
        s.flags &= ~(unsigned) WEBAUTHN_UV;     /* the password said who: touching is enough */
        s.origin = S("https://evil.nl");
        struct str before = c.v.cookie[COOKIE_FLOW];
        assert_int_equal(answer(&c.v, "/inloggen/code/passkey", &s, c.key.key.id, S("")).status, 422);
        assert_false(str_eq(before, c.v.cookie[COOKIE_FLOW]));  /* each try has a challenge of its own */
        s = ask(&c.v, FLOW_SECOND, c.d);
        s.flags &= ~(unsigned) WEBAUTHN_UV;
        assert_true(goes_to(answer(&c.v, "/inloggen/code/passkey", &s, c.key.key.id, S("")), "/account"));
        assert_true(who(&c.v, &level) == c.jo && level == 2);
}

static void passkey_of_somebody_else_is_no_second_factor(void **state) {
        struct passkey_case c _cleanup_(case_done) = passkey_case(state);
        struct device *theirs = device_new(WEBAUTHN_EDDSA, 'b');
        int64_t other = account(&c.v, "ander@gemeente.nl", NULL);
        struct credential_passkey key = add_passkey(&c.v, other, theirs);
        assert_true(goes_to(sign_in(&c.v, EMAIL, SECRET), "/inloggen/code"));
        struct scene s = ask(&c.v, FLOW_SECOND, theirs);
        assert_int_equal(answer(&c.v, "/inloggen/code/passkey", &s, key.key.id, S("")).status, 422);
        assert_int_equal(who(&c.v, NULL), 0);
        device_done(theirs);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(code_lets_in_with_all_rights), TEST_BOTH(a_code_works_once), TEST_BOTH(a_finished_step_cannot_be_repeated),
                TEST_BOTH(wrong_codes_wait), TEST_BOTH(a_recovery_code_works_once), TEST_SQLITE(cookie_of_the_step_is_checked),
                TEST_BOTH(a_new_password_ends_the_step), TEST_BOTH(passkey_alone_lets_in),
                TEST_BOTH(every_mistake_in_an_answer_is_refused), TEST_BOTH(passkey_as_second_factor),
                TEST_BOTH(passkey_of_somebody_else_is_no_second_factor),
        };
        return cmocka_run_group_tests_name("signin-second", tests, NULL, NULL);
}
