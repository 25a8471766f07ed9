/* A whole sign-in with a provider that this test plays, threads included; only the network is missing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <sodium.h>
#include "base64url.h"
#include "log.h"
#include "strict.h"
#include "testprovider.h"

static void test_begin(void **state) {
        (void) state;
        struct oidc_provider p;
        struct oidc_kept k, again;
        struct str url, text;
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW, &p), OIDC_OK);
        assert_int_equal(oidc_begin(&a, &client, &p, S("/kennis"), NOW, &k, &url), OIDC_OK);
        assert_true(str_starts(url, S(ISSUER "/auth?tenant=1&response_type=code&client_id=us%20%26%20co&redirect_uri=https%3A%2F%2F")));
        assert_true(str_eq(parameter(url, "scope"), S("openid%20email%20profile")));
        assert_true(str_eq(parameter(url, "state"), k.state) && str_eq(parameter(url, "nonce"), k.nonce));
        assert_true(str_eq(parameter(url, "code_challenge_method"), S("S256")));
        unsigned char digest[32];
        crypto_hash_sha256(digest, (const unsigned char *) k.verifier.p, k.verifier.n);
        assert_true(str_eq(parameter(url, "code_challenge"), base64url_write(&a, (struct str) { (const char *) digest, 32 })));
        assert_true(str_find(url, k.verifier) == url.n);
        assert_true(oidc_kept_read(&a, oidc_kept_write(&a, &k), &again) && str_eq(again.verifier, k.verifier));
        assert_true(str_eq(again.return_path, S("/kennis")) && again.started_ms == NOW);
        assert_int_equal(oidc_begin(&a, &client, &p, S("//evil.example"), NOW, &again, &text), OIDC_OK);
        assert_int_equal(again.return_path.n, 0);
        assert_false(str_eq(again.state, k.state) || str_eq(again.nonce, k.nonce) || str_eq(again.verifier, k.verifier) ||
                     str_eq(k.state, k.nonce) || str_eq(k.nonce, k.verifier));
        struct oidc_client bad = client;
        bad.client_secret = S("");
        assert_int_equal(oidc_begin(&a, &bad, &p, S("/"), NOW, &k, &url), OIDC_CLIENT);
        bad = client;
        bad.issuer = S(ISSUER "/");
        assert_int_equal(oidc_begin(&a, &bad, &p, S("/"), NOW, &k, &url), OIDC_CLIENT);
        bad = client;
        bad.scope = S("email profile");
        assert_int_equal(oidc_begin(&a, &bad, &p, S("/"), NOW, &k, &url), OIDC_CLIENT);
        bad.scope = S("openid groups");
        assert_int_equal(oidc_begin(&a, &bad, &p, S("/"), NOW, &k, &url), OIDC_OK);
        assert_true(str_eq(parameter(url, "scope"), S("openid%20groups")));
}

static void test_good(void **state) {
        (void) state;
        struct walk w = begin();
        give_good(&w, first, ",\"kid\":\"1\"", NOW);
        assert_int_equal(finish(&w, NOW + MINUTE), OIDC_OK);
        assert_true(str_eq(w.who.sub, S("s-1")) && str_eq(w.who.email, S("j@x.nl")) && w.who.email_verified && w.who.role_count == 1);
        assert_true(str_eq(parameter(provider.form, "grant_type"), S("authorization_code")));
        assert_true(str_eq(parameter(provider.form, "code"), S("c0de")));
        assert_true(str_eq(parameter(provider.form, "code_verifier"), w.kept.verifier));
        assert_true(str_eq(parameter(provider.form, "redirect_uri"), S("https%3A%2F%2Fsite.example%2Fterug")));
        assert_null(parameter(provider.form, "client_secret").p);
        /* base64 of "us%20%26%20co:s3cret%3A%2B%25" */
        assert_true(str_eq(provider.authorization, S("Basic dXMlMjAlMjYlMjBjbzpzM2NyZXQlM0ElMkIlMjU=")));
        assert_int_equal(provider.userinfos, 0);
        assert_int_equal(provider.discoveries, 1);
        assert_int_equal(provider.key_fetches, 1);
}

static void test_callback(void **state) {
        (void) state;
        struct walk w = begin(), v;
        give_good(&w, first, ",\"kid\":\"1\"", NOW);
        v = w, v.back.state = begin().kept.state;
        assert_int_equal(finish(&v, NOW), OIDC_STATE);
        v = w, v.back.state = S("");
        assert_int_equal(finish(&v, NOW), OIDC_STATE);
        v = w, v.back.state = str_sub(w.kept.state, 0, 42);
        assert_int_equal(finish(&v, NOW), OIDC_STATE);
        v = w, v.back.iss = S("https://evil.example");
        assert_int_equal(finish(&v, NOW), OIDC_CALLBACK_ISSUER);
        v = w, v.back.error = S("access_denied");
        assert_int_equal(finish(&v, NOW), OIDC_DECLINED);
        v = w, v.back.code = S("");
        assert_int_equal(finish(&v, NOW), OIDC_CODE);
        v = w, v.back.code = S("a b");
        assert_int_equal(finish(&v, NOW), OIDC_CODE);
        assert_int_equal(finish(&w, NOW + 15 * MINUTE + 1), OIDC_LATE);
        assert_int_equal(finish(&w, NOW - 2 * MINUTE), OIDC_LATE);
        v = w, v.kept.issuer = S("https://other.example");
        assert_int_equal(finish(&v, NOW), OIDC_KEPT);
        v = w, v.kept = (struct oidc_kept) { .issuer = client.issuer, .started_ms = NOW }, v.back.state = S("");
        assert_int_equal(finish(&v, NOW), OIDC_KEPT);
        assert_int_equal(provider.exchanges, 0);
        w.back.iss = client.issuer;
        assert_int_equal(finish(&w, NOW), OIDC_OK);
}

static void test_issuer_is_promised(void **state) {
        (void) state;
        provider.more = ",\"authorization_response_iss_parameter_supported\":true";
        struct walk w = begin();
        give_good(&w, first, ",\"kid\":\"1\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_CALLBACK_ISSUER);
        assert_int_equal(provider.exchanges, 0);
        w.back.iss = client.issuer;
        assert_int_equal(finish(&w, NOW), OIDC_OK);
}

/* Tokens that are signed by nobody, by somebody else, or in a way that nobody allowed. */
static void test_forged(void **state) {
        (void) state;
        struct walk w = begin();
        struct str good = claims(&w, "\"us & co\"", NOW, PERSON);
        static const struct { const char *way, *header; enum oidc_fault want; } cases[] = {
                { "none", "{\"alg\":\"none\"}", OIDC_TOKEN_ALG },
                { "none", "{\"alg\":\"none\",\"kid\":\"1\"}", OIDC_TOKEN_ALG },
                { "HS256", "{\"alg\":\"HS256\",\"kid\":\"1\"}", OIDC_TOKEN_ALG },
                { "HS256", "{\"alg\":\"RS256\",\"kid\":\"1\"}", OIDC_SIGNATURE },
                { "PS256", "{\"alg\":\"PS256\",\"kid\":\"1\"}", OIDC_TOKEN_ALG },        /* good, but the provider does not list it */
                { "RS256", "{\"alg\":\"RS256\",\"kid\":\"1\",\"crit\":[\"x\"]}", OIDC_TOKEN_CRIT },
                { "RS256", "{\"alg\":\"RS256\",\"kid\":\"1\",\"kid\":\"1\"}", OIDC_TOKEN_FORM },
                { "RS256", "{\"alg\":\"RS256\",\"kid\":\"1\"}", OIDC_OK },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                give(testkeys_token(&a, first, cases[i].way, str_of(cases[i].header), good));
                assert_int_equal(finish(&w, NOW), cases[i].want);
                assert_true((w.who.sub.n > 0) == (cases[i].want == OIDC_OK));
        }
        give_good(&w, second, ",\"kid\":\"1\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_SIGNATURE);
        give(testkeys_token(&a, ec, "ES256", S("{\"alg\":\"ES256\",\"kid\":\"1\"}"), good));
        assert_int_equal(finish(&w, NOW), OIDC_KEY_UNKNOWN);
        /* Good signature, foreign content. */
        give(testkeys_token(&a, first, "RS256", S("{\"alg\":\"RS256\"}"), claims(&w, "\"them\"", NOW, "")));
        assert_int_equal(finish(&w, NOW), OIDC_AUDIENCE);
        give(testkeys_token(&a, first, "RS256", S("{\"alg\":\"RS256\"}"), claims(&w, "[\"us & co\",\"them\"]", NOW, "")));
        assert_int_equal(finish(&w, NOW), OIDC_PARTY);
        give_good(&w, first, "", NOW - 10 * MINUTE);
        assert_int_equal(finish(&w, NOW), OIDC_EXPIRED);
        give_good(&w, first, "", NOW + 2 * MINUTE);
        assert_int_equal(finish(&w, NOW), OIDC_FUTURE);
        struct walk v = begin();
        give_good(&v, first, "", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_NONCE);
}

static void test_unknown_key(void **state) {
        (void) state;
        struct walk w = begin();
        give_good(&w, second, ",\"kid\":\"2\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_KEY_UNKNOWN);
        assert_int_equal(provider.key_fetches, 2);
        for (int i = 0; i < 5; i++)
                assert_int_equal(finish(&w, NOW + MINUTE - 1), OIDC_KEY_UNKNOWN);
        assert_int_equal(provider.key_fetches, 2);
        assert_int_equal(finish(&w, NOW + MINUTE), OIDC_KEY_UNKNOWN);
        assert_int_equal(provider.key_fetches, 3);
        assert_int_equal(provider.discoveries, 1);
}

static void test_rotation(void **state) {
        (void) state;
        struct walk w = begin();
        give_good(&w, first, ",\"kid\":\"1\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        provider.keys = str_fmt(&a, "{\"keys\":[%.*s]}", STR(testkeys_jwk(&a, second, "\"kid\":\"2\",")));
        give_good(&w, second, ",\"kid\":\"2\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        assert_int_equal(provider.key_fetches, 2);
        /* The old key is gone with the old set. */
        give_good(&w, first, ",\"kid\":\"1\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_KEY_UNKNOWN);
        assert_int_equal(provider.key_fetches, 2);
        /* A refetch that fails leaves the keys that are known. */
        provider.status = 500;
        assert_int_equal(finish(&w, NOW + 2 * MINUTE), OIDC_STATUS);
        give_good(&w, second, ",\"kid\":\"2\"", NOW);
        assert_int_equal(finish(&w, NOW + 2 * MINUTE), OIDC_OK);
}

/* A provider with a single key does not need to name it, nor to say when it changes. */
static void test_nameless_rotation(void **state) {
        (void) state;
        provider.keys = str_fmt(&a, "{\"keys\":[%.*s]}", STR(testkeys_jwk(&a, first, "")));
        struct walk w = begin();
        give_good(&w, first, "", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        provider.keys = str_fmt(&a, "{\"keys\":[%.*s]}", STR(testkeys_jwk(&a, second, "")));
        give_good(&w, second, "", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        assert_int_equal(provider.key_fetches, 2);
        give_good(&w, first, "", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_SIGNATURE);
        assert_int_equal(provider.key_fetches, 2);
}

static void test_weak_key(void **state) {
        (void) state;
        EVP_PKEY *weak = testkeys_rsa(1024);
        provider.keys = str_fmt(&a, "{\"keys\":[%.*s]}", STR(testkeys_jwk(&a, weak, "\"kid\":\"w\",")));
        struct walk w = begin();
        give_good(&w, weak, ",\"kid\":\"w\"", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_KEY_WEAK);
        EVP_PKEY_free(weak);
}

static void test_expiry(void **state) {
        (void) state;
        struct oidc_provider p;
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW, &p), OIDC_OK);
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW + 60 * MINUTE - 1, &p), OIDC_OK);
        assert_int_equal(provider.discoveries, 1);
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW + 60 * MINUTE, &p), OIDC_OK);
        assert_int_equal(provider.discoveries, 2);
        assert_int_equal(provider.key_fetches, 2);
        /* What is too old is not used, also when there is nothing newer; a failure is not repeated at once. */
        provider.status = 503;
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW + 121 * MINUTE, &p), OIDC_STATUS);
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW + 121 * MINUTE + 4999, &p), OIDC_STATUS);
        assert_int_equal(provider.discoveries, 3);
        provider.status = 0;
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW + 121 * MINUTE + 5000, &p), OIDC_OK);
        assert_int_equal(provider.discoveries, 4);
        /* A clock that was set back makes nothing live longer. */
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW, &p), OIDC_OK);
        assert_int_equal(provider.discoveries, 5);
}

static void test_issuers(void **state) {
        (void) state;
        struct oidc_provider p;
        static const char *const bad[] = { "", "http://i.example", "https://", "https://i.example?x", "https://u:p@i.example",
                                           "https://i.example#x", "ftp://i.example", "https://i.example/ x", "file:///etc/passwd",
                                           "http://127.0.0.1:1" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(oidc_discover(&o, &a, str_of(bad[i]), NOW, &p), OIDC_URL);
        assert_int_equal(oidc_discover(&o, &a, S("https://other.example"), NOW, &p), OIDC_STATUS);
        assert_int_equal(oidc_discover(&o, &a, S(ISSUER "/"), NOW, &p), OIDC_METADATA_ISSUER);
        provider.keys = S("{}");
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW, &p), OIDC_JWKS);
        /* More issuers than there is room for. */
        provider.status = 404;
        for (int i = 0; i < 3 * CACHE_ISSUERS; i++)
                assert_int_equal(oidc_discover(&o, &a, str_fmt(&a, "https://%d.example", i), NOW + i, &p), OIDC_STATUS);
}

static void test_ways_of_authentication(void **state) {
        (void) state;
        provider.more = ",\"token_endpoint_auth_methods_supported\":[\"client_secret_post\",\"private_key_jwt\"]";
        struct walk w = begin();
        give_good(&w, first, "", NOW);
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        assert_int_equal(provider.authorization.n, 0);
        assert_true(str_eq(parameter(provider.form, "client_secret"), S("s3cret%3A%2B%25")));
        assert_true(str_eq(parameter(provider.form, "client_id"), S("us%20%26%20co")));
        w.client.private_key_pem = testkeys_pem(&a, ec);
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        assert_null(parameter(provider.form, "client_secret").p);
        assert_true(str_eq(parameter(provider.form, "client_assertion_type"),
                           S("urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer")));
        struct jwks keys;
        struct jws t;
        struct jwk key;
        struct str ours;
        assert_int_equal(jws_public_jwk(&a, w.client.private_key_pem, &ours), OIDC_OK);
        assert_int_equal(jwks_read(&a, str_fmt(&a, "{\"keys\":[%.*s]}", STR(ours)), &keys), OIDC_OK);
        assert_int_equal(jws_read(&a, parameter(provider.form, "client_assertion"), &t), OIDC_OK);
        assert_true(t.kid.n > 0);
        assert_int_equal(jwks_pick(&keys, t.alg, t.kid, &key), OIDC_OK);
        assert_int_equal(jws_verify(&t, &key), OIDC_OK);
        json_auto_t *c = strict_object(t.payload, 4096);
        struct str iss, sub, aud, jti;
        int64_t iat, exp;
        assert_int_equal(strict_text(&a, c, "iss", 99, &iss) + strict_text(&a, c, "sub", 99, &sub) + strict_text(&a, c, "aud", 99, &aud) +
                         strict_text(&a, c, "jti", 99, &jti) + strict_seconds(c, "iat", &iat) + strict_seconds(c, "exp", &exp), 6 * MEMBER_GOOD);
        assert_true(str_eq(iss, client.client_id) && str_eq(sub, client.client_id) && str_eq(aud, S(ISSUER "/token")));
        assert_true(jti.n == 43 && iat == NOW / 1000 && exp == iat + 60);
        w.client.private_key_pem = S("broken");
        assert_int_equal(finish(&w, NOW), OIDC_CLIENT_KEY);
}

static void test_no_way_of_authentication(void **state) {
        (void) state;
        provider.more = ",\"token_endpoint_auth_methods_supported\":[\"tls_client_auth\"]";
        struct walk w = begin();
        assert_int_equal(finish(&w, NOW), OIDC_AUTH_METHOD);
        w.client.private_key_pem = testkeys_pem(&a, ec);
        assert_int_equal(finish(&w, NOW), OIDC_AUTH_METHOD);
        assert_int_equal(provider.exchanges, 0);
}

static void test_token_answers(void **state) {
        (void) state;
        struct walk w = begin();
        static const struct { long status; const char *body; enum oidc_fault want; } cases[] = {
                { 400, "{\"error\":\"invalid_grant\"}", OIDC_EXCHANGE }, { 401, "", OIDC_EXCHANGE }, { 403, "", OIDC_EXCHANGE }, { 302, "{}", OIDC_STATUS },
                { 500, "{}", OIDC_STATUS }, { 201, "{}", OIDC_STATUS }, { 200, "", OIDC_TOKEN_ANSWER }, { 200, "{}", OIDC_TOKEN_ANSWER },
                { 200, "{\"id_token\":\"a.b.c\"}", OIDC_TOKEN_ANSWER },
                { 200, "{\"id_token\":\"a.b.c\",\"token_type\":\"DPoP\"}", OIDC_TOKEN_ANSWER },
                { 200, "{\"id_token\":5,\"token_type\":\"Bearer\"}", OIDC_TOKEN_ANSWER },
                { 200, "{\"id_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"access_token\":\"a\\r\\nX: y\"}", OIDC_TOKEN_ANSWER },
                { 200, "{\"id_token\":\"a.b.c\",\"id_token\":\"a.b.c\",\"token_type\":\"Bearer\"}", OIDC_TOKEN_ANSWER },
                { 200, "{\"id_token\":\"a.b.c\",\"token_type\":\"Bearer\"}", OIDC_TOKEN_FORM },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                provider.token_status = cases[i].status;
                provider.token_answer = str_of(cases[i].body);
                assert_int_equal(finish(&w, NOW), cases[i].want);
        }
}

static void test_userinfo(void **state) {
        (void) state;
        struct walk w = begin();
        give(testkeys_token(&a, first, "RS256", S("{\"alg\":\"RS256\"}"), claims(&w, "\"us & co\"", NOW, "")));
        provider.userinfo = S("{\"sub\":\"s-1\"" PERSON "}");
        assert_int_equal(finish(&w, NOW), OIDC_OK);
        assert_true(str_eq(w.who.email, S("j@x.nl")) && w.who.email_verified && w.who.role_count == 1);
        assert_int_equal(provider.userinfos, 1);
        provider.userinfo = S("{\"sub\":\"s-2\"" PERSON "}");
        assert_int_equal(finish(&w, NOW), OIDC_USERINFO);
        assert_int_equal(w.who.sub.n, 0);
        provider.status = 401;
        assert_int_equal(finish(&w, NOW), OIDC_STATUS);
}

static void *sign_in(void *ctx) {
        struct oidc_provider p;
        struct arena own = { .head = NULL };
        struct jwk key;
        struct oidc_note note;
        intptr_t faults = 0;
        (void) ctx;
        for (int i = 0; i < 60; i++) {
                struct str issuer = i % 3 ? client.issuer : str_fmt(&own, "https://%d.example", i % 40);
                int64_t now = NOW + i * MINUTE;
                faults += (oidc_discover(&o, &own, issuer, now, &p) == OIDC_OK) != (i % 3 > 0);
                faults += cache_key(&o.cache, &o.http, &own, client.issuer, JWS_RS256, S("1"), i % 7 == 0, now, &note, &key) != OIDC_OK;
                faults += cache_key(&o.cache, &o.http, &own, client.issuer, JWS_RS256, S("2"), false, now, &note, &key) != OIDC_KEY_UNKNOWN;
                arena_reset(&own);
        }
        arena_done(&own);
        return (void *) faults;
}

static void test_threads(void **state) {
        (void) state;
        pthread_t t[8];
        void *faults;
        log_set_level(LOG_ERROR);
        for (int i = 0; i < 8; i++)
                assert_int_equal(pthread_create(&t[i], NULL, sign_in, NULL), 0);
        for (int i = 0; i < 8; i++) {
                pthread_join(t[i], &faults);
                assert_null(faults);
        }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, testprovider_fresh, testprovider_done)
int main(void) {
        const struct CMUnitTest tests[] = {
                TEST(test_begin), TEST(test_good), TEST(test_callback), TEST(test_issuer_is_promised), TEST(test_forged),
                TEST(test_unknown_key), TEST(test_rotation), TEST(test_nameless_rotation), TEST(test_weak_key), TEST(test_expiry),
                TEST(test_issuers), TEST(test_ways_of_authentication), TEST(test_no_way_of_authentication),
                TEST(test_token_answers), TEST(test_userinfo), TEST(test_threads),
        };
        return cmocka_run_group_tests(tests, testprovider_set_up, testprovider_tear_down);
}
