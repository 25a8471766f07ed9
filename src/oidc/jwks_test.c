#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include "base64url.h"
#include "buf.h"
#include "jwks.h"
#include "provider.h"
#include "testkeys.h"

static struct arena a;
static EVP_PKEY *rsa, *ec;

/* The set with one key, and what picking it gives. */
static enum oidc_fault pick(struct str key, enum jws_alg alg) {
        struct jwks keys;
        struct jwk k;
        assert_int_equal(jwks_read(&a, str_fmt(&a, "{\"keys\":[%.*s]}", STR(key)), &keys), OIDC_OK);
        return jwks_pick(&keys, alg, S(""), &k);
}

static void test_uses(void **state) {
        (void) state;
        static const struct { const char *more; enum oidc_fault want; } cases[] = {
                { "", OIDC_OK }, { "\"use\":\"sig\",", OIDC_OK }, { "\"alg\":\"RS256\",", OIDC_OK },
                { "\"key_ops\":[\"verify\"],", OIDC_OK }, { "\"x5c\":[\"...\"],\"extra\":{},", OIDC_OK },
                { "\"use\":\"enc\",", OIDC_KEY_UNKNOWN }, { "\"use\":5,", OIDC_KEY_UNKNOWN },
                { "\"alg\":\"PS256\",", OIDC_KEY_UNKNOWN }, { "\"alg\":\"RSA-OAEP\",", OIDC_KEY_UNKNOWN },
                { "\"alg\":\"RS512\",", OIDC_KEY_UNKNOWN }, { "\"alg\":\"none\",", OIDC_KEY_UNKNOWN },
                { "\"key_ops\":[\"encrypt\"],", OIDC_KEY_UNKNOWN }, { "\"key_ops\":\"verify\",", OIDC_KEY_UNKNOWN },
                { "\"d\":\"AQAB\",", OIDC_KEY_UNKNOWN }, { "\"kid\":7,", OIDC_KEY_UNKNOWN },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_int_equal(pick(testkeys_jwk(&a, rsa, cases[i].more), JWS_RS256), cases[i].want);
        assert_int_equal(pick(testkeys_jwk(&a, rsa, ""), JWS_PS256), OIDC_OK);
        assert_int_equal(pick(testkeys_jwk(&a, rsa, ""), JWS_ES256), OIDC_KEY_UNKNOWN);
        assert_int_equal(pick(testkeys_jwk(&a, ec, ""), JWS_ES256), OIDC_OK);
        assert_int_equal(pick(testkeys_jwk(&a, ec, ""), JWS_RS256), OIDC_KEY_UNKNOWN);
        assert_int_equal(pick(S("{\"kty\":\"oct\",\"k\":\"AAAA\"}"), JWS_RS256), OIDC_KEY_UNKNOWN);
        assert_int_equal(pick(S("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}"), JWS_ES256), OIDC_KEY_UNKNOWN);
        assert_int_equal(pick(S("{}"), JWS_ES256), OIDC_KEY_UNKNOWN);
        assert_int_equal(pick(S("null"), JWS_ES256), OIDC_KEY_UNKNOWN);
}

static void test_weak_rsa(void **state) {
        (void) state;
        static const int bits[] = { 512, 1024, 2040, 2047 };
        for (size_t i = 0; i < 4; i++) {
                EVP_PKEY *weak = testkeys_rsa(bits[i]);
                assert_int_equal(pick(testkeys_jwk(&a, weak, ""), JWS_RS256), OIDC_KEY_WEAK);
                EVP_PKEY_free(weak);
        }
        struct str good = testkeys_jwk(&a, rsa, "");
        size_t e = str_find(good, S("\"e\":\""));
        static const struct { const char *e; enum oidc_fault want; } exponents[] = {
                { "AQAB", OIDC_OK }, { "AQ", OIDC_KEY_WEAK }, { "Aw", OIDC_KEY_WEAK }, { "AQAA", OIDC_KEY_WEAK },
                { "AAEAAQ", OIDC_KEY_INVALID }, { "AQAC", OIDC_KEY_INVALID }, { "AQAB=", OIDC_KEY_INVALID }, { "", OIDC_KEY_INVALID },
        };
        for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++)
                assert_int_equal(pick(str_fmt(&a, "%.*s\"e\":\"%s\"}", (int) e, good.p, exponents[i].e), JWS_RS256), exponents[i].want);
        /* Enormous, and otherwise good: the fifth power of a modulus. It would only take time. */
        BIGNUM *n = NULL, *power = BN_new(), *five = BN_new();
        BN_CTX *c = BN_CTX_new();
        unsigned char bytes[1280];
        BN_set_word(five, 5);
        assert_true(EVP_PKEY_get_bn_param(rsa, OSSL_PKEY_PARAM_RSA_N, &n) == 1 && BN_exp(power, n, five, c) == 1);
        int size = BN_bn2bin(power, bytes);
        struct str text = base64url_write(&a, (struct str) { (const char *) bytes, (size_t) size });
        assert_int_equal(pick(str_fmt(&a, "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"%.*s\"}", STR(text)), JWS_RS256), OIDC_KEY_INVALID);
        BN_free(n);
        BN_free(power);
        BN_free(five);
        BN_CTX_free(c);
}

static void test_bad_points(void **state) {
        (void) state;
        struct str good = testkeys_jwk(&a, ec, "");
        size_t x = str_find(good, S("\"x\":\"")) + 5, y = str_find(good, S("\"y\":\"")) + 5;
        struct str gx = str_sub(good, x, 43), gy = str_sub(good, y, 43);
        const char *head = "{\"kty\":\"EC\",\"crv\":\"P-256\"";
        assert_int_equal(pick(str_fmt(&a, "%s,\"x\":\"%.*s\",\"y\":\"%.*s\"}", head, STR(gx), STR(gy)), JWS_ES256), OIDC_OK);
        /* Not on the curve: coordinates changed about, the point at infinity, one beyond the prime. */
        assert_int_equal(pick(str_fmt(&a, "%s,\"x\":\"%.*s\",\"y\":\"%.*s\"}", head, STR(gy), STR(gx)), JWS_ES256), OIDC_KEY_INVALID);
        char bytes[33] = { 0 };
        struct str zero = base64url_write(&a, (struct str) { bytes, 32 }), wide = base64url_write(&a, (struct str) { bytes, 33 });
        struct str narrow = base64url_write(&a, (struct str) { bytes, 31 });
        memset(bytes, 0xff, sizeof bytes);
        struct str ones = base64url_write(&a, (struct str) { bytes, 32 });
        const struct str bad[] = { zero, wide, narrow, ones, S(""), S("AA"), S("=") };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                assert_int_equal(pick(str_fmt(&a, "%s,\"x\":\"%.*s\",\"y\":\"%.*s\"}", head, STR(bad[i]), STR(bad[i])), JWS_ES256), OIDC_KEY_INVALID);
                assert_int_equal(pick(str_fmt(&a, "%s,\"x\":\"%.*s\",\"y\":\"%.*s\"}", head, STR(bad[i]), STR(gy)), JWS_ES256), OIDC_KEY_INVALID);
        }
        assert_int_equal(pick(str_fmt(&a, "%s,\"x\":\"%.*s\"}", head, STR(gx)), JWS_ES256), OIDC_KEY_INVALID);
        EVP_PKEY *p384 = testkeys_ec("P-384");
        assert_int_equal(pick(testkeys_jwk(&a, p384, ""), JWS_ES256), OIDC_KEY_UNKNOWN);
        EVP_PKEY_free(p384);
}

static void test_choice(void **state) {
        (void) state;
        struct jwks keys;
        struct jwk k;
        struct str r1 = testkeys_jwk(&a, rsa, "\"kid\":\"1\","), e1 = testkeys_jwk(&a, ec, "\"kid\":\"1\",");
        struct str set = str_fmt(&a, "{\"keys\":[%.*s,%.*s]}", STR(r1), STR(e1));
        assert_int_equal(jwks_read(&a, set, &keys), OIDC_OK);
        assert_int_equal(jwks_pick(&keys, JWS_ES256, S("1"), &k), OIDC_OK);
        assert_int_equal(k.algs, JWS_ES256);
        assert_int_equal(jwks_pick(&keys, JWS_RS256, S("1"), &k), OIDC_OK);
        assert_int_equal(jwks_pick(&keys, JWS_RS256, S("2"), &k), OIDC_KEY_UNKNOWN);
        set = str_fmt(&a, "{\"keys\":[%.*s,%.*s]}", STR(r1), STR(testkeys_jwk(&a, rsa, "\"kid\":\"2\",")));
        assert_int_equal(jwks_read(&a, set, &keys), OIDC_OK);
        assert_int_equal(jwks_pick(&keys, JWS_RS256, S(""), &k), OIDC_KEY_SEVERAL);
        assert_int_equal(jwks_pick(&keys, JWS_RS256, S("2"), &k), OIDC_OK);
        /* A nameless key does not answer to a name. */
        assert_int_equal(jwks_read(&a, str_fmt(&a, "{\"keys\":[%.*s]}", STR(testkeys_jwk(&a, rsa, ""))), &keys), OIDC_OK);
        assert_int_equal(jwks_pick(&keys, JWS_RS256, S("1"), &k), OIDC_KEY_UNKNOWN);
}

static void test_sets(void **state) {
        (void) state;
        struct jwks keys;
        static const char *const bad[] = { "", "{}", "[]", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[],\"keys\":[]}",
                                           "{\"keys\":[{\"kty\":\"RSA\",\"kty\":\"EC\"}]}", "<html>" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(jwks_read(&a, str_of(bad[i]), &keys), OIDC_JWKS);
        assert_int_equal(jwks_read(&a, S("{\"keys\":[]}"), &keys), OIDC_OK);
        struct buf b = { .max = 0 };
        buf_fmt(&b, "{\"keys\":[{}");
        for (int i = 0; i < JWKS_KEYS; i++)
                buf_fmt(&b, ",{}");
        buf_fmt(&b, "]}");
        assert_int_equal(jwks_read(&a, buf_view(&b), &keys), OIDC_JWKS);
        buf_done(&b);
}

#define DOC(more) "{\"issuer\":\"https://i.example/a\",\"authorization_endpoint\":\"https://i.example/auth\"," \
        "\"token_endpoint\":\"https://i.example/token\",\"jwks_uri\":\"https://i.example/keys\"," \
        "\"response_types_supported\":[\"id_token\",\"code\"],\"id_token_signing_alg_values_supported\":[\"HS256\",\"RS256\",\"ES256\"]" more "}"

static enum oidc_fault discovered(struct str doc, struct oidc_provider *p) {
        struct oidc_http h = { .connect_ms = 0 };
        return provider_read(&h, &a, S("https://i.example/a"), doc, p);
}

static void test_discovery(void **state) {
        (void) state;
        struct oidc_provider p;
        assert_int_equal(discovered(S(DOC("")), &p), OIDC_OK);
        assert_int_equal(p.id_token_algs, JWS_RS256 | JWS_ES256);
        assert_int_equal(p.auth_methods, OIDC_AUTH_BASIC);
        assert_int_equal(p.auth_algs, JWS_ALL);
        assert_int_equal(p.userinfo_endpoint.n, 0);
        assert_false(p.names_issuer);
        assert_int_equal(discovered(S(DOC(",\"token_endpoint_auth_methods_supported\":[\"tls\",\"client_secret_post\",\"private_key_jwt\"],"
                "\"token_endpoint_auth_signing_alg_values_supported\":[\"PS256\"],\"code_challenge_methods_supported\":[\"plain\",\"S256\"],"
                "\"userinfo_endpoint\":\"https://i.example/me\",\"authorization_response_iss_parameter_supported\":true")), &p), OIDC_OK);
        assert_int_equal(p.auth_methods, OIDC_AUTH_POST | OIDC_AUTH_KEY);
        assert_int_equal(p.auth_algs, JWS_PS256);
        assert_true(p.names_issuer && p.userinfo_endpoint.n);
        static const struct { struct str doc; enum oidc_fault want; } bad[] = {
                { S_INIT(DOC(",\"code_challenge_methods_supported\":[\"plain\"]")), OIDC_UNSUPPORTED },
                { S_INIT(DOC(",\"code_challenge_methods_supported\":\"S256\"")), OIDC_METADATA },
                { S_INIT(DOC(",\"token_endpoint_auth_methods_supported\":[1]")), OIDC_METADATA },
                { S_INIT(DOC(",\"userinfo_endpoint\":\"http://i.example/me\"")), OIDC_URL },
                { S_INIT(DOC(",\"userinfo_endpoint\":\"\"")), OIDC_METADATA },
                { S_INIT(DOC(",\"jwks_uri\":\"https://i.example/keys\"")), OIDC_JSON },
                { S_INIT("{\"issuer\":\"https://i.example/a/\"}"), OIDC_METADATA_ISSUER },
                { S_INIT("{\"issuer\":\"https://i.example/A\"}"), OIDC_METADATA_ISSUER },
                { S_INIT("{\"issuer\":\"https://i.example/a\"}"), OIDC_METADATA },
                { S_INIT("{}"), OIDC_METADATA }, { S_INIT("[]"), OIDC_JSON }, { S_INIT("<!doctype html>"), OIDC_JSON },
        };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(discovered(bad[i].doc, &p), bad[i].want);
        struct str doc = S(DOC(""));
        size_t at = str_find(doc, S("[\"id_token\",\"code\"]"));
        struct str no_code = str_fmt(&a, "%.*s[\"id_token\",\"token\"]%.*s", (int) at, doc.p, STR(str_sub(doc, at + 19, doc.n)));
        assert_int_equal(discovered(no_code, &p), OIDC_UNSUPPORTED);
        assert_true(str_eq(provider_document(&a, S("https://i.example/a/")), S("https://i.example/a/.well-known/openid-configuration")));
        assert_true(str_eq(provider_document(&a, S("https://i.example")), S("https://i.example/.well-known/openid-configuration")));
}

static int set_up(void **state) {
        (void) state;
        rsa = testkeys_rsa(2048);
        ec = testkeys_ec("P-256");
        return rsa && ec ? 0 : -1;
}

static int tear_down(void **state) {
        (void) state;
        EVP_PKEY_free(rsa);
        EVP_PKEY_free(ec);
        arena_done(&a);
        return 0;
}

/* The example of RFC 7638, section 3.1: extra members do not count. And one of P-256, made with Node's crypto and the rule. */
static void test_thumbprint(void **state) {
        (void) state;
        struct jwks keys;
        struct str set = S("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFx"
                           "uhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY"
                           "368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksI"
                           "NHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\",\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\"},"
                           "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
                           "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}");
        assert_int_equal(jwks_read(&a, set, &keys), OIDC_OK);
        assert_int_equal(keys.n, 2);
        assert_true(str_eq(jwk_thumbprint(&a, &keys.v[0]), S("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")));
        assert_true(str_eq(jwk_thumbprint(&a, &keys.v[1]), S("cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s")));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_uses), cmocka_unit_test(test_weak_rsa), cmocka_unit_test(test_bad_points),
                cmocka_unit_test(test_choice), cmocka_unit_test(test_sets), cmocka_unit_test(test_discovery),
                cmocka_unit_test(test_thumbprint),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
