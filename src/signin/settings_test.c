/* An organisation's own sign-in, arranged: what is refused, what is kept and shown of it, and who decides. On both stores. */
#include "jws.h"
#include "ssovisit.h"
#include <string.h>

#define PAGE "/beheer/organisaties/{slug}/inloggen"
#define HOME "/beheer/organisaties/gemeente-alfa/inloggen"
#define PROVIDER "aanbieder=https%3A%2F%2Fi.example%2Ft&claim=groups"
#define FORM PROVIDER "&client=us+%26+co&domein=x.nl"

static void give_role(struct visit *v, int64_t person, const char *role, int64_t at) {
        struct req rq = visit_req(v);
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(role_give(&rq, person, role_find(str_of(role)), at), OK);
        assert_int_equal(db_commit(v->db), OK);
}

/* Signed in as a manager of the organisation, or of all. */
static struct visit manager(const struct visit *v, int64_t at) {
        struct visit m = visit_other(v);
        give_role(&m, account(&m, "manager@y.nl", NULL), "organisatiebeheerder", at);
        assert_true(goes_to(sign_in(&m, "manager@y.nl", SECRET), "/account"));
        return m;
}

static struct visit office(const struct visit *v) {
        struct visit m = visit_other(v);
        unsigned char secret[TOTP_SECRET];
        make_app(&m, account(&m, "bureau@y.nl", "programmamanager"), secret);
        assert_true(goes_to(sign_in(&m, "bureau@y.nl", SECRET), "/inloggen/code"));
        assert_true(goes_to(post(&m, "/inloggen/code", str_fmt(&m.s->arena, "code=%.*s", STR(code_at(&m, secret, m.now_ms)))), "/account"));
        return m;
}

/* The settings as they are kept. */
static struct oidc_settings kept(struct visit *v, int64_t at) {
        struct req rq = visit_req(v);
        struct oidc_settings s;
        bool found = false;
        assert_int_equal(people_oidc_get(&rq, at, &s, &found), OK);
        assert_true(found);
        return s;
}

static void mistakes(void **state) {
        struct arena m = { 0 };
        struct oidc_http strict = { 0 }, loopback = { .allow_loopback_http = true };
        struct oidc_settings good = sso_settings(1), s;
        (void) state;
        static const struct { const char *issuer; bool https, local; } issuers[] = {
                { "https://login.x.nl/realms/a", true, true }, { "http://login.x.nl", false, false }, { "http://127.0.0.1:8080", false, true },
                { "http://localhost.evil.nl", false, false }, { "https://login.x.nl/?a=b", false, false }, { "https://a@login.x.nl", false, false },
                { "login.x.nl", false, false }, { "", false, false }, { "javascript:alert(1)", false, false }, { "https://", false, false },
        };
        for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++) {
                s = good, s.issuer = str_of(issuers[i].issuer);
                assert_int_equal(people_oidc_mistakes(&strict, &m, &s), issuers[i].https ? 0 : OIDC_WRONG_ISSUER);
                assert_int_equal(people_oidc_mistakes(&loopback, &m, &s), issuers[i].local ? 0 : OIDC_WRONG_ISSUER);
        }
        static const char *const domains[] = { "", "nl", "@x.nl", "x.nl/", "X.nl", "x..nl", "a@x.nl", "x.nl,y.nl", "*.nl", "1.2.3.4",
                                             "x.nl  y.nl", " x.nl", "x.nl ", "x.nl y" };
        for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
                s = good, s.email_domains = str_of(domains[i]);
                assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_DOMAIN);
        }
        s = good, s.email_domains = S("x.nl sociaal.x.nl");
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), 0);
        for (int i = 0; i < OIDC_DOMAINS; i++)
                s.email_domains = str_fmt(&m, "%.*s d%d.nl", STR(s.email_domains), i);
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_DOMAIN);
        s = good, s.client_id = S("");
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_CLIENT);
        s = good, s.role_claim = S("a b");
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_CLAIM);
        s = good, s.client_secret = S("");
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_SECRET);
        s.private_key = testkeys_pem(&m, ec);
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), 0);
        s.private_key = str_sub(s.private_key, 0, s.private_key.n / 2);
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_KEY);
        s = good, s.private_key = testkeys_pem(&m, first);
        assert_int_equal(people_oidc_mistakes(&strict, &m, &s), OIDC_WRONG_SECRET);
        arena_done(&m);
}

static void a_secret_is_kept_and_never_shown(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at);
        struct reply r = get(&m, PAGE, S(""));
        assert_true(r.status == 200 && has(r, "Er is een geheim bewaard") && has(r, "https://www.schouders.nl/inloggen/organisatie/terug"));
        assert_false(has(r, "s3cret"));
        assert_true(goes_to(post(&m, PAGE, S(FORM "&geheim=&aan=ja")), HOME "?gedaan=opgeslagen"));
        assert_true(str_eq(kept(&v, at).client_secret, client.client_secret) && kept(&v, at).is_on);
        r = post(&m, PAGE, S(PROVIDER "&domein=x.nl&geheim=n1euw&client=&aan=ja"));
        assert_int_equal(r.status, 422);
        assert_true(has(r, "Vul het cliënt-id in") && !has(r, "n1euw"));
        assert_true(goes_to(post(&m, PAGE, S(FORM "&geheim=n1euw&aan=ja")), HOME "?gedaan=opgeslagen"));
        assert_true(str_eq(kept(&v, at).client_secret, S("n1euw")));
        /* nothing of it in the trail, and what is stored is worth nothing in another column */
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM audit WHERE replace(replace(after_json, 'n1euw', ''), 's3cret', '') <> after_json"), 0);
        assert_int_equal(trail_rows(&v, "oidc.settings"), 3);
        test_script(v.db, "UPDATE organisation_oidc SET private_key = client_secret, client_secret = NULL");
        struct req rq = visit_req(&v);
        struct oidc_settings s;
        bool found;
        assert_int_equal(people_oidc_get(&rq, at, &s, &found), ERR_INVALID);
}

static void a_key_instead_of_a_secret(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at);
        _cleanup_(buf_done) struct buf b = { 0 };
        struct str pem = testkeys_pem(&v.s->arena, ec);
        buf_str(&b, S(FORM "&aan=ja&sleutel="));
        for (size_t i = 0; i < pem.n; i++)
                buf_fmt(&b, "%%%02X", (unsigned char) pem.p[i]);
        assert_true(goes_to(post(&m, PAGE, buf_view(&b)), HOME "?gedaan=opgeslagen"));
        assert_true(kept(&v, at).client_secret.n == 0 && str_eq(kept(&v, at).private_key, str_trim(pem)));
        struct reply r = get(&m, PAGE, S(""));
        assert_true(has(r, "Er is een sleutel bewaard") && !has(r, "PRIVATE KEY"));
        struct str jwk;
        assert_int_equal(jws_public_jwk(&v.s->arena, pem, &jwk), OIDC_OK);
        size_t kid = str_find(jwk, S("\"kid\":\"")) + 7;
        assert_true(has(r, str_fmt(&v.s->arena, "%.*s", 43, jwk.p + kid).p) && !has(r, "&quot;d&quot;"));
        r = post(&m, PAGE, S(FORM "&aan=ja&sleutel=geen+sleutel"));
        assert_true(r.status == 422 && has(r, "Deze sleutel kunnen wij niet lezen") && !has(r, "geen sleutel<"));
        r = post(&m, PAGE, S(FORM "&aan=ja&geheim=x&sleutel=y"));
        assert_true(r.status == 422 && has(r, "niet allebei"));
}

static void an_organisation_may_have_more_domains(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at);
        assert_true(goes_to(post(&m, PAGE, S(PROVIDER "&client=us+%26+co&domein=X.nl%2C+naam%40sociaal.x.nl+x.nl&aan=ja")), HOME "?gedaan=wacht"));
        assert_true(str_eq(kept(&v, at).email_domains, S("x.nl sociaal.x.nl")));
        assert_true(has(get(&m, PAGE, S("")), "value=\"x.nl, sociaal.x.nl\""));
        assert_int_equal(post(&m, PAGE, S(FORM "%2C+geen&aan=ja")).status, 422);
}

/* Else a manager would have the secret sent to a server of her own. */
static void another_provider_needs_its_own_secret(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at);
        struct str moved = S("aanbieder=https%3A%2F%2Fevil.example&client=c&domein=x.nl&claim=&geheim=");
        struct reply r = post(&m, PAGE, moved);
        assert_true(r.status == 422 && has(r, "De aanbieder is veranderd"));
        assert_true(str_eq(kept(&v, at).issuer, client.issuer));
        assert_true(goes_to(post(&m, PAGE, str_fmt(&v.s->arena, "%.*seigen", STR(moved))), HOME "?gedaan=opgeslagen"));
        assert_true(str_eq(kept(&v, at).client_secret, S("eigen")));
}

/* Whoever chooses provider and domain decides who is who. */
static void trust_is_for_the_office(void **state) {
        static const char *const changes[] = {
                "aanbieder=https%3A%2F%2Fevil.example&client=c&domein=x.nl&claim=&geheim=g&aan=ja", PROVIDER "&client=us+%26+co&domein=y.nl&aan=ja",
                FORM "&aan=ja&tweede-stap=ja", FORM "&aan=ja&vertrouwd=ja",
        };
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at), bureau = office(&v);
        struct oidc_settings s;
        for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
                s = sso_settings(at);
                assert_int_equal(sso_save(&v, &s), OK);
                struct str form = str_of(changes[i]);
                for (int twice = 0; twice < 2; twice++) {
                        assert_true(goes_to(post(&m, PAGE, form), HOME "?gedaan=wacht"));
                        assert_false(kept(&v, at).is_on);
                }
                assert_true(goes_to(post(&bureau, PAGE, form), HOME "?gedaan=opgeslagen"));
                assert_true(kept(&v, at).is_on);
        }
        /* what is no matter of trust, and switching off, she does alone */
        s = sso_settings(at);
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(goes_to(post(&m, PAGE, S("aanbieder=https%3A%2F%2Fi.example%2Ft&client=anders&domein=x.nl&claim=roles&aan=ja")), HOME "?gedaan=opgeslagen"));
        assert_true(kept(&v, at).is_on);
        assert_true(goes_to(post(&m, PAGE, S(FORM)), HOME "?gedaan=opgeslagen"));
        assert_false(kept(&v, at).is_on);
        assert_true(has(get(&m, PAGE, S("")), "value=\"ja\" disabled") && !has(get(&bureau, PAGE, S("")), "disabled"));
}

static void others_see_nothing(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m;
        assert_int_equal(get(&v, PAGE, S("")).status, 403);
        m = manager(&v, organisation(&v, "Gemeente Beta", "gemeente"));
        assert_int_equal(get(&m, PAGE, S("")).status, 403);
        assert_int_equal(post(&m, PAGE, S(FORM "&aan=ja")).status, 403);
        assert_int_equal(post(&m, PAGE "/regels", S("waarde=&rol=vrijwilliger")).status, 403);
        m.slug = S("gemeente-beta");
        assert_int_equal(get(&m, PAGE, S("")).status, 200);
        struct reply r = post(&m, PAGE, S(FORM "&geheim=x"));
        assert_true(r.status == 422 && has(r, "Een andere organisatie gebruikt deze aanbieder al"));
}

static void moving_and_closing_put_people_out(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at);
        struct oidc_settings s = sso_settings(at);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account"));
        int64_t jo = who(&v, NULL);
        s.client_id = S("us & co");
        s.role_claim = S("");
        assert_int_equal(sso_save(&v, &s), OK);
        assert_int_equal(who(&v, NULL), jo);
        s.is_on = false;
        assert_int_equal(sso_save(&v, &s), OK);
        assert_int_equal(who(&v, NULL), 0);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_oidc"), 1);
        s.is_on = true;
        assert_int_equal(sso_save(&v, &s), OK);
        assert_true(goes_to(sso_sign_in(&v, "s-1", KNOWN), "/account") && who(&v, NULL) == jo);
        s.issuer = S("https://elders.example");
        assert_int_equal(sso_save(&v, &s), OK);
        assert_int_equal(who(&v, NULL), 0);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_oidc"), 0);
}

static void rules_are_added_and_removed(void **state) {
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at);
        assert_true(goes_to(post(&m, PAGE "/regels", S("waarde=cn%3Dred+actie%2Cou%3Dx&rol=beleidsadviseur")), HOME "?gedaan=regel"));
        assert_true(goes_to(post(&m, PAGE "/regels", S("waarde=cn%3Dred+actie%2Cou%3Dx&rol=beleidsadviseur")), HOME "?gedaan=regel"));
        assert_true(goes_to(post(&m, PAGE "/regels", S("waarde=&rol=vrijwilliger")), HOME "?gedaan=regel"));
        assert_int_equal(trail_rows(&v, "oidc.rule.add"), 2);
        struct reply r = get(&m, PAGE, S("gedaan=regel"));
        assert_true(has(r, "De regel is toegevoegd") && has(r, ">cn=red actie,ou=x</code>") && has(r, "<strong>Iedereen</strong>"));
        static const char *const refused[] = { "beheerder", "programmamanager", "beoordelaar", "redacteur", "raadslid", "procesbegeleider", "onzin", "" };
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
                r = post(&m, PAGE "/regels", str_fmt(&v.s->arena, "waarde=g&rol=%s", refused[i]));
                assert_true(r.status == 422 && has(r, "Kies een rol") && has(r, "value=\"g\""));
                assert_true(refused[i][0] == '\0' || !has(r, str_fmt(&v.s->arena, "<option value=\"%s\"", refused[i]).p));
        }
        assert_true(goes_to(post(&m, PAGE "/regels/verwijderen", S("waarde=&rol=vrijwilliger")), HOME "?gedaan=regel-weg"));
        assert_true(goes_to(post(&m, PAGE "/regels/verwijderen", S("waarde=&rol=vrijwilliger")), HOME "?gedaan=regel-weg"));
        assert_int_equal(trail_rows(&v, "oidc.rule.remove"), 1);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM organisation_oidc_role"), 1);
        for (int i = 0; i < OIDC_RULES - 1; i++)
                sso_rule(&v, at, str_fmt(&v.s->arena, "g%d", i).p, "trainer");
        r = post(&m, PAGE "/regels", S("waarde=nog+een&rol=trainer"));
        assert_true(r.status == 422 && has(r, "Er zijn al 50 regels"));
}

static struct reply try(struct visit *m) {
        struct reply r = post(m, PAGE "/proberen", S(""));
        assert_int_equal(r.status, 303);
        return get(m, PAGE, str_sub(r.location, str_index(r.location, '?') + 1, r.location.n));
}

static void a_try_says_what_is_wrong(void **state) {
        static const struct { const char *more; const char *page; } cases[] = {
                { "", "De aanbieder antwoordt goed" },
                { ",\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\"]", "Gebruik een geheim in plaats van een sleutel, of andersom" },
                { ",\"code_challenge_methods_supported\":[\"plain\"]", "Deze aanbieder kan niet wat wij veilig vinden" },
        };
        int64_t at;
        struct visit v _cleanup_(sso_done) = sso_new(test_store(state), &at), m = manager(&v, at);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                provider.more = cases[i].more;
                m.now_ms += CACHE_KEEP_MS + 1;
                assert_true(has(try(&m), cases[i].page));
        }
        m.now_ms += CACHE_KEEP_MS + 1;
        provider.status = 404;
        assert_true(has(try(&m), "Op dit adres staat niets voor OpenID Connect"));
        assert_false(has(get(&m, PAGE, S("uitslag=onzin")), "utrecht-alert"));
        test_script(v.db, "DELETE FROM organisation_oidc");
        assert_true(has(get(&m, PAGE, S("")), "Collega's loggen dan in") && !has(get(&m, PAGE, S("")), "Probeer uit"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(mistakes), TEST_BOTH(a_secret_is_kept_and_never_shown), TEST_BOTH(a_key_instead_of_a_secret), TEST_BOTH(an_organisation_may_have_more_domains),
                TEST_BOTH(another_provider_needs_its_own_secret), TEST_BOTH(trust_is_for_the_office), TEST_BOTH(others_see_nothing),
                TEST_BOTH(moving_and_closing_put_people_out), TEST_BOTH(rules_are_added_and_removed), TEST_BOTH(a_try_says_what_is_wrong),
        };
        return cmocka_run_group_tests_name("settings", tests, testprovider_set_up, testprovider_tear_down);
}
