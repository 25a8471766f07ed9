/* Signing in with an organisation's own account: who gets in, as whom and with which roles; and every way to get in by
 * trickery. On both stores, with a provider that the test plays. */
#include "ssovisit.h"
#include <string.h>

#define NEW_PERSON(v) test_number((v).db, "SELECT max(id) FROM person")

static int64_t people(struct visit *v) {
        return test_number(v->db, "SELECT count(*) FROM person");
}

static bool is_out(struct visit *v, struct reply r, int status, const char *text) {
        return r.e == OK && r.status == status && has(r, text) && who(v, NULL) == 0 && v->cookie[COOKIE_FLOW].n == 0;
}

static void statements_prepare(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        assert_int_equal(test_statements(v.db, oidc_statements), 0);
}

static void the_first_time_makes_an_account(void **state) {
        int64_t at;
        int level;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        sso_rule(&v, at, "g", "beleidsadviseur");
        sso_rule(&v, at, "", "vrijwilliger");
        sso_rule(&v, at, "h", "trainer");
        struct reply r = sso_leave(&v, "%2Fkennis", &back);
        assert_true(r.status == 303 && str_starts(r.location, S(ISSUER "/auth?tenant=1&")) && back.n == KEPT_TOKEN);
        assert_true(str_eq(parameter(r.location, "redirect_uri"), S("https%3A%2F%2Fwww.schouders.nl%2Finloggen%2Forganisatie%2Fterug")));
        sso_says(&v, "s-1", KNOWN GROUPS);
        assert_true(goes_to(sso_return(&v, back, ""), "/kennis"));
        int64_t jo = NEW_PERSON(v);
        assert_true(who(&v, &level) == jo && level == 1);
        assert_int_equal(v.cookie[COOKIE_FLOW].n, 0);
        assert_true(holds(&v, jo, "beleidsadviseur") && holds(&v, jo, "vrijwilliger") && !holds(&v, jo, "trainer"));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person WHERE email = 'j@x.nl' AND name = 'Jo Jansen' AND verified_ms IS NOT NULL"), 1);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM session WHERE method = 'account van Gemeente Alfa'"), 1);
        assert_true(trail_rows(&v, "oidc.link") == 1 && trail_rows(&v, "role.give") == 2);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN GROUPS), "/account"));
        assert_true(who(&v, NULL) == jo && people(&v) == 1);
        assert_true(trail_rows(&v, "oidc.link") == 1 && trail_rows(&v, "role.give") == 2 && trail_rows(&v, "role.take") == 0);
}

static void without_a_name_the_address_names(void **state) {
        int64_t at;
        char name[300];
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        assert_true(goes_to(sso_sign_in(&v, "s-1", ",\"email\":\"J@X.nl\",\"email_verified\":true"), "/account"));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person WHERE name = 'J' AND email = 'J@x.nl' AND email_fold = 'j@x.nl'"), 1);
        snprintf(name, sizeof name, ",\"email\":\"k@x.nl\",\"email_verified\":true,\"name\":\"%0199d\xc3\xab\xc3\xab\"", 0);
        assert_true(goes_to(sso_sign_in(&v, "s-2", name), "/account"));
        assert_int_equal(test_number(v.db, "SELECT length(name) FROM person WHERE email = 'k@x.nl'"), 200);
}

static void a_proved_address_links(void **state) {
        int64_t at, jo;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        jo = account(&v, "j@x.nl", "onderzoeker");
        assert_true(goes_to(sso_sign_in(&v, "s-1", ",\"email\":\"J@X.NL\",\"email_verified\":true"), "/account"));
        assert_true(who(&v, NULL) == jo && people(&v) == 1 && trail_rows(&v, "oidc.link") == 1);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person WHERE name = 'Jo de Vries' AND email = 'j@x.nl'"), 1);
        /* the subject is who it is, whatever the address becomes */
        assert_true(goes_to(sso_sign_in(&v, "s-1", ",\"email\":\"jo.jansen@x.nl\",\"email_verified\":true"), "/account"));
        assert_true(who(&v, NULL) == jo && people(&v) == 1 && holds(&v, jo, "onderzoeker"));
}

static void only_proved_addresses_of_the_domain(void **state) {
        static const struct { const char *claims, *page; } cases[] = {
                { ",\"email\":\"j@x.nl\",\"email_verified\":false", "niet gecontroleerd dat uw e-mailadres van u is" },
                { ",\"email\":\"j@x.nl\"", "niet gecontroleerd" }, { ",\"email\":\"j@x.nl\",\"email_verified\":\"true\"", "niet gecontroleerd" },
                { ",\"email\":\"j@evil.nl\",\"email_verified\":true", "hoort niet bij deze organisatie" },
                { ",\"email\":\"j@a.x.nl\",\"email_verified\":true", "hoort niet bij" }, { ",\"email\":\"j@ax.nl\",\"email_verified\":true", "hoort niet bij" },
                { ",\"email\":\"j@x.nl.evil.nl\",\"email_verified\":true", "hoort niet bij" },
                { ",\"email_verified\":true", "stuurde geen e-mailadres mee" }, { ",\"email\":\"j@x.nl@evil.nl\",\"email_verified\":true", "stuurde geen" },
                { ",\"email\":\"@x.nl\",\"email_verified\":true", "stuurde geen" }, { ",\"email\":\"\\\"a b\\\"@x.nl\",\"email_verified\":true", "stuurde geen" },
        };
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_true(is_out(&v, sso_sign_in(&v, "s-1", cases[i].claims), 403, cases[i].page));
        assert_true(people(&v) == 0 && trail_rows(&v, "oidc.link") == 0);
        struct oidc_settings s = sso_settings(at);
        s.email_trusted = true;
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(goes_to(sso_sign_in(&v, "s-1", cases[1].claims), "/account"));
        assert_true(is_out(&v, sso_sign_in(&v, "s-2", cases[3].claims), 403, cases[3].page));
        s.email_domains = S("x.nl a.x.nl");
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(goes_to(sso_sign_in(&v, "s-3", cases[4].claims), "/account"));
        assert_true(is_out(&v, sso_sign_in(&v, "s-2", cases[5].claims), 403, cases[5].page));
        /* who leaves the domain is out, also with a link */
        assert_true(is_out(&v, sso_sign_in(&v, "s-1", ",\"email\":\"j@elders.nl\",\"email_verified\":true"), 403, "hoort niet bij"));
        assert_int_equal(people(&v), 2);
}

/* The address of somebody who left goes to a new colleague, who has another subject. */
static void another_subject_is_somebody_else(void **state) {
        int64_t at, jo;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        jo = account(&v, "j@x.nl", NULL);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account"));
        assert_true(is_out(&v, sso_sign_in(&v, "s-2", KNOWN), 403, "Er is al een account met uw e-mailadres"));
        assert_true(goes_to(sign_in(&v, "j@x.nl", SECRET), "/account"));
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-2", KNOWN);
        assert_true(goes_to(sso_return(&v, back, ""), "/account"));
        assert_true(goes_to(sso_sign_in(&v, "s-2", KNOWN), "/account") && who(&v, NULL) == jo);
        assert_int_equal(trail_rows(&v, "oidc.link"), 2);
}

/* The same subject at another provider is another person. */
static void a_subject_belongs_to_its_organisation(void **state) {
        int64_t at, other;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account"));
        other = organisation(&v, "Gemeente Beta", "gemeente");
        test_script(v.db, "UPDATE organisation_oidc SET issuer = 'https://elders.example'");
        struct oidc_settings s = sso_settings(other);
        s.email_domains = S("y.nl");
        assert_int_equal(sso_save(&v, &s), OK);
        v.slug = S("gemeente-beta");
        int64_t jo = who(&v, NULL);
        assert_true(is_out(&v, sso_sign_in(&v, "s-1", KNOWN), 403, "hoort niet bij"));
        assert_true(goes_to(sso_sign_in(&v, "s-1", ",\"email\":\"j@y.nl\",\"email_verified\":true"), "/account"));
        assert_true(who(&v, NULL) != jo && people(&v) == 2);
}

static void a_closed_account_stays_closed(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        sso_rule(&v, at, "", "vrijwilliger");
        account(&v, "j@x.nl", NULL);
        test_script(v.db, "UPDATE person SET blocked_ms = 1");
        assert_true(is_out(&v, sso_sign_in(&v, "s-1", KNOWN), 403, "Uw account bij Schouders is gesloten"));
        assert_int_equal(trail_rows(&v, "oidc.link"), 0);
        test_script(v.db, "UPDATE person SET blocked_ms = NULL");
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account"));
        test_script(v.db, "UPDATE person SET blocked_ms = 1");
        assert_true(is_out(&v, sso_sign_in(&v, "s-1", KNOWN), 403, "Uw account bij Schouders is gesloten"));
}

static void an_administrator_is_not_linked_by_address(void **state) {
        unsigned char secret[TOTP_SECRET];
        struct str back;
        int64_t at, boss;
        int level;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        boss = account(&v, "j@x.nl", "beheerder");
        assert_true(is_out(&v, sso_sign_in(&v, "s-1", KNOWN), 403, "Log eerst in zoals u gewend bent"));
        assert_true(goes_to(sign_in(&v, "j@x.nl", SECRET), "/account/tweede-stap"));     /* one factor is not enough */
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        assert_int_equal(sso_return(&v, back, "").status, 403);
        make_app(&v, boss, secret);
        assert_true(goes_to(sign_in(&v, "j@x.nl", SECRET), "/inloggen/code"));
        assert_true(goes_to(post(&v, "/inloggen/code", str_fmt(&v.s->arena, "code=%.*s", STR(code_at(&v, secret, v.now_ms)))), "/account"));
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        assert_true(goes_to(sso_return(&v, back, ""), "/inloggen/code"));               /* linked; the provider is one factor */
        assert_int_equal(trail_rows(&v, "oidc.link"), 1);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/inloggen/code") && who(&v, NULL) == 0);
        struct oidc_settings s = sso_settings(at);
        s.second_factor = true;
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account"));
        assert_true(who(&v, &level) == boss && level == 2 && rights(&v) == RIGHTS_ALL);
}

/* Somebody who typed a colleague's address before her has nothing left. */
static void a_squatter_is_out(void **state) {
        struct str token;
        struct link_found l;
        int64_t at, id;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        id = account(&v, "j@x.nl", NULL);
        test_script(v.db, "UPDATE person SET verified_ms = NULL");
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(link_make(v.db, &v.s->arena, &v.keys, LINK_VERIFY, id, S("vrijwilliger 0"), v.now_ms, LINK_DAY_MS, &token), OK);
        assert_int_equal(db_commit(v.db), OK);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account") && who(&v, NULL) == id);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person WHERE name = 'Jo Jansen' AND verified_ms IS NOT NULL"), 1);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_password"), 0);
        struct req rq = visit_req(&v);
        assert_int_equal(link_look(&rq, LINK_VERIFY, token, &l), ERR_NOT_FOUND);
        assert_int_equal(sign_in(&v, "j@x.nl", SECRET).status, 422);
}

static void roles_follow_the_groups(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), other;
        sso_rule(&v, at, "g", "organisatiebeheerder");
        sso_rule(&v, at, "h", "trainer");
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN GROUPS), "/account"));
        int64_t jo = who(&v, NULL);
        struct req rq = visit_req(&v);
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(role_give(&rq, jo, role_find(S("beleidsadviseur")), at), OK);
        assert_int_equal(db_commit(v.db), OK);
        sso_rule(&v, at, "g", "beleidsadviseur");       /* given by hand before the rule did */
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN GROUPS), "/account"));
        other = v;
        assert_true(holds(&v, jo, "organisatiebeheerder") && who(&other, NULL) == jo);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN ",\"groups\":[\"h\",\"i\"]"), "/account"));
        assert_true(!holds(&v, jo, "organisatiebeheerder") && holds(&v, jo, "trainer") && holds(&v, jo, "beleidsadviseur"));
        assert_true(who(&other, NULL) == 0 && who(&v, NULL) == jo);     /* elsewhere the role is gone as well */
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account"));
        assert_true(!holds(&v, jo, "trainer") && holds(&v, jo, "beleidsadviseur"));
        assert_int_equal(trail_rows(&v, "role.take"), 2);
}

/* What was only asked for is given by a rule, and then also taken by it. */
static void a_rule_grants_what_was_asked(void **state) {
        int64_t at, jo;
        bool granted = true;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        jo = account(&v, "j@x.nl", NULL);
        struct req rq = visit_req(&v);
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(role_ask(&rq, jo, role_find(S("gangmaker")), at, &granted), OK);
        assert_int_equal(db_commit(v.db), OK);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN GROUPS), "/account"));
        assert_false(holds(&v, jo, "gangmaker"));
        sso_rule(&v, at, "g", "gangmaker");
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN GROUPS), "/account") && holds(&v, jo, "gangmaker"));
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account") && !holds(&v, jo, "gangmaker"));
}

/* A rule that was in the store before the table of roles changed gives nothing. */
static void national_roles_are_never_given(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        test_script(v.db, "INSERT INTO organisation_oidc_role(organisation_id, claim_value, role) SELECT id, '', 'beheerder' FROM organisation");
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN GROUPS), "/account"));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_role"), 0);
}

static void callbacks_of_nobody(void **state) {
        int64_t at;
        struct str back, cookie;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), evil = visit_other(&v);
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        cookie = v.cookie[COOKIE_FLOW];
        assert_true(is_out(&evil, sso_return(&evil, back, ""), 400, "in een ander venster"));           /* no cookie */
        struct str theirs;
        assert_int_equal(sso_leave(&evil, "", &theirs).status, 303);
        assert_true(is_out(&evil, sso_return(&evil, back, ""), 400, "in een ander venster"));           /* the cookie of another */
        struct flow f = flow_new(&v.s->arena, FLOW_PASSKEY, 0, S(""), S(""), v.now_ms);
        assert_int_equal(flow_seal(&v.keys, &v.s->arena, &f, &evil.cookie[COOKIE_FLOW]), OK);
        assert_true(is_out(&evil, sso_return(&evil, back, ""), 400, "in een ander venster"));           /* of another kind */
        for (size_t i = 0; i < cookie.n; i += 7) {
                char *bent = (char *) (uintptr_t) str_dup(&v.s->arena, cookie).p;
                bent[i] = bent[i] == 'A' ? 'B' : 'A';
                evil.cookie[COOKIE_FLOW] = (struct str) { bent, cookie.n };
                assert_true(is_out(&evil, sso_return(&evil, back, ""), 400, "in een ander venster"));
        }
        evil.cookie[COOKIE_FLOW] = str_sub(cookie, 0, cookie.n / 2);
        assert_true(is_out(&evil, sso_return(&evil, back, ""), 400, "in een ander venster"));
        evil.keys = (struct keys) { { 9 } };
        evil.cookie[COOKIE_FLOW] = cookie;
        assert_true(is_out(&evil, sso_return(&evil, back, ""), 400, "in een ander venster"));           /* another installation */
        assert_int_equal(provider.exchanges, 0);
        assert_true(goes_to(sso_return(&v, back, ""), "/account"));
}

static void a_callback_counts_once(void **state) {
        int64_t at;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        struct visit copy = v;
        assert_true(goes_to(sso_return(&v, back, ""), "/account"));
        struct str session = v.cookie[COOKIE_SESSION];
        assert_int_equal(sso_return(&v, back, "").status, 400);
        assert_true(str_eq(v.cookie[COOKIE_SESSION], session) && who(&v, NULL) > 0);
        provider.token_status = 400;    /* what a provider says to a code that was used */
        assert_true(is_out(&copy, sso_return(&copy, back, ""), 403, "Wij konden niet controleren wie u bent"));
}

static void what_the_browser_brings_back(void **state) {
        static const struct { const char *more; int status; const char *page; } cases[] = {
                { "&iss=https%3A%2F%2Felders.example", 403, "Wij konden niet controleren" },
                { "&error=access_denied", 403, "gaf geen toestemming" }, { "&error=%3Cb%3Eserver_error", 403, "gaf geen toestemming" },
        };
        int64_t at;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                assert_int_equal(sso_leave(&v, "", &back).status, 303);
                struct reply r = sso_return(&v, back, cases[i].more);
                assert_true(is_out(&v, r, cases[i].status, cases[i].page));
                assert_true(has(r, "href=\"/inloggen/organisatie/gemeente-alfa\"") && !has(r, "server_error") && !has(r, "access_denied"));
        }
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        assert_true(is_out(&v, sso_return(&v, S("x"), ""), 400, "in een ander venster"));
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        assert_true(is_out(&v, get(&v, SSO_CALLBACK, str_fmt(&v.s->arena, "state=%.*s", STR(back))), 400, "in een ander venster"));
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        v.now_ms += OIDC_SIGN_IN_MS + 1000;
        assert_true(is_out(&v, sso_return(&v, back, ""), 400, "duurde te lang"));
        assert_int_equal(provider.exchanges, 0);
        assert_int_equal(people(&v), 0);
}

/* A token with the nonce of another sign-in (a code of somebody else, put into this browser). */
static void a_token_of_another_sign_in(void **state) {
        int64_t at;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        assert_true(is_out(&v, sso_return(&v, back, ""), 403, "Wij konden niet controleren wie u bent"));
        assert_true(provider.exchanges == 1 && people(&v) == 0);
}

static void settings_that_change_meanwhile(void **state) {
        int64_t at;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        struct oidc_settings s = sso_settings(at);
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        sso_says(&v, "s-1", KNOWN);
        s.is_on = false;
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(is_out(&v, sso_return(&v, back, ""), 400, "in een ander venster"));
        assert_int_equal(sso_leave(&v, "", &back).status, 404);
        assert_false(has(get(&v, "/inloggen/organisatie", S("")), "Alfa"));
        s.is_on = true;
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(has(get(&v, "/inloggen/organisatie", S("")), "Alfa"));
        test_script(v.db, "UPDATE organisation SET closed_ms = 1");
        assert_int_equal(sso_leave(&v, "", &back).status, 404);
        test_script(v.db, "UPDATE organisation SET closed_ms = NULL, is_demo = 1");
        assert_int_equal(sso_leave(&v, "", &back).status, 404);
        assert_false(has(get(&v, "/inloggen/organisatie", S("")), "Alfa"));
        v.slug = S("bestaat-niet");
        assert_int_equal(sso_leave(&v, "", &back).status, 404);
}

static void only_to_paths_of_this_site(void **state) {
        static const char *const bad[] = { "https%3A%2F%2Fevil.nl", "%2F%2Fevil.nl", "%2F%5Cevil.nl", "%2Fa%2F..%2F%2Fevil.nl", "%2Fuitloggen", "javascript%3Aalert(1)" };
        int64_t at;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                memset(v.cookie, 0, sizeof v.cookie);
                assert_int_equal(sso_leave(&v, bad[i], &back).status, 303);
                sso_says(&v, "s-1", KNOWN);
                assert_true(goes_to(sso_return(&v, back, ""), "/account"));
                assert_false(has(get(&v, "/inloggen/organisatie", str_fmt(&v.s->arena, "verder=%s", bad[i])), "gemeente-alfa?verder"));
        }
}

static void a_provider_with_trouble(void **state) {
        int64_t at;
        struct str back;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        provider.status = 500;
        assert_true(is_out(&v, sso_leave(&v, "", &back), 503, "antwoordt nu niet goed"));
        provider.status = 0;
        v.now_ms += CACHE_RETRY_FAILED_MS + 1;
        assert_int_equal(sso_leave(&v, "", &back).status, 303);
        provider.token_status = 500;
        assert_true(is_out(&v, sso_return(&v, back, ""), 503, "antwoordt nu niet goed"));
        assert_int_equal(people(&v), 0);
}

static void organisations_are_found(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        static const char *const found[] = { "", "zoek=alf", "zoek=x.nl", "zoek=Jo%40X.NL", "zoek=GEMEENTE" };
        static const char *const not_found[] = { "zoek=beta", "zoek=a.x.nl", "zoek=jo%40y.nl", "zoek=jo%40", "zoek=nl" };
        for (size_t i = 0; i < sizeof found / sizeof *found; i++)
                assert_true(has(get(&v, "/inloggen/organisatie", str_of(found[i])), "href=\"/inloggen/organisatie/gemeente-alfa\""));
        for (size_t i = 0; i < sizeof not_found / sizeof *not_found; i++)
                assert_true(has(get(&v, "/inloggen/organisatie", str_of(not_found[i])), "Wij vinden geen organisatie"));
        assert_true(has(get(&v, "/inloggen/organisatie", S("verder=%2Fkennis")), "gemeente-alfa?verder=%2Fkennis\""));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(the_first_time_makes_an_account), TEST_BOTH(without_a_name_the_address_names),
                TEST_BOTH(a_proved_address_links), TEST_BOTH(only_proved_addresses_of_the_domain), TEST_BOTH(another_subject_is_somebody_else),
                TEST_BOTH(a_subject_belongs_to_its_organisation), TEST_BOTH(a_closed_account_stays_closed),
                TEST_BOTH(an_administrator_is_not_linked_by_address), TEST_BOTH(a_squatter_is_out), TEST_BOTH(roles_follow_the_groups),
                TEST_BOTH(a_rule_grants_what_was_asked), TEST_BOTH(national_roles_are_never_given), TEST_BOTH(callbacks_of_nobody),
                TEST_BOTH(a_callback_counts_once), TEST_BOTH(what_the_browser_brings_back), TEST_BOTH(a_token_of_another_sign_in),
                TEST_BOTH(settings_that_change_meanwhile), TEST_SQLITE(only_to_paths_of_this_site), TEST_BOTH(a_provider_with_trouble),
                TEST_SQLITE(organisations_are_found),
        };
        return cmocka_run_group_tests_name("sso", tests, testprovider_set_up, testprovider_tear_down);
}
