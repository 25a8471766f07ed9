#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "base64url.h"
#include "jws.h"
#include "strict.h"
#include "testkeys.h"

static struct arena a;
static EVP_PKEY *rsa, *other, *ec;

static struct str read64(const char *text) {
        struct str s;
        return base64url_read(&a, str_of(text), &s) ? s : (struct str) { NULL, 0 };
}

static void test_base64url(void **state) {
        (void) state;
        struct str s;
        assert_true(str_eq(read64("Zm9vYg"), S("foob")));
        assert_true(str_eq(read64("-_-_"), S("\xfb\xff\xbf")));
        assert_true(read64("").p != NULL);
        static const char *const bad[] = { "Zg==", "Zg=", "Z", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v", "+/+/", "Zh", "Zm9vYh",
                                           "Zm9v.", "Z%67", "Zm9v\xc3\xa9", "Zm\xd6v", "\xff\xff\xff\xff" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_false(base64url_read(&a, str_of(bad[i]), &s));
        assert_false(base64url_read(&a, (struct str) { "Zm9v\0", 5 }, &s));
        for (size_t n = 0; n < 80; n++) {
                char bytes[80];
                for (size_t i = 0; i < n; i++)
                        bytes[i] = (char) (i * 37 + n);
                assert_true(base64url_read(&a, base64url_write(&a, (struct str) { bytes, n }), &s));
                assert_true(str_eq(s, (struct str) { bytes, n }));
        }
}

static bool is_strict(const char *text) {
        json_auto_t *v = strict_object(str_of(text), 4096);
        return v != NULL;
}

static void test_strict(void **state) {
        (void) state;
        assert_true(is_strict("{\"a\":[{\"b\":\"]]}\\\"\"}]}"));
        static const char *const bad[] = { "", "[]", "1", "null", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":1}}", "{} {}", "{}x",
                "{\"a\":\"\\u0000\"}", "{\"a\":\"\xff\"}", "{\"a\":1,}", "{'a':1}", "{\"a\":NaN}", "{\"a\":1e999}", "\xef\xbb\xbf{}",
                "{\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}", "{\"a\":99999999999999999999999}" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_false(is_strict(bad[i]));
        char *deep = test_calloc(1, 4096);
        memset(deep, '[', 4000);
        deep[0] = '{';
        assert_false(is_strict(deep));
        test_free(deep);
        json_auto_t *o = strict_object(S("{\"s\":\"x\",\"n\":null,\"i\":5,\"c\":\"a\\u000ab\",\"e\":\"\",\"f\":1.9,\"m\":-1,\"h\":1e15}"), 99);
        struct str s;
        int64_t t;
        assert_int_equal(strict_text(&a, o, "s", 1, &s), MEMBER_GOOD);
        assert_int_equal(strict_text(&a, o, "s", 0, &s), MEMBER_BAD);
        assert_int_equal(strict_text(&a, o, "n", 9, &s), MEMBER_ABSENT);
        assert_int_equal(strict_text(&a, o, "x", 9, &s), MEMBER_ABSENT);
        assert_int_equal(strict_text(&a, o, "i", 9, &s), MEMBER_BAD);
        assert_int_equal(strict_text(&a, o, "c", 9, &s), MEMBER_BAD);
        assert_int_equal(strict_text(&a, o, "e", 9, &s), MEMBER_BAD);
        assert_int_equal(strict_seconds(o, "f", &t), MEMBER_GOOD);
        assert_int_equal(t, 1);
        assert_int_equal(strict_seconds(o, "m", &t), MEMBER_BAD);
        assert_int_equal(strict_seconds(o, "h", &t), MEMBER_BAD);
        assert_int_equal(strict_seconds(o, "s", &t), MEMBER_BAD);
        assert_int_equal(strict_seconds(o, "x", &t), MEMBER_ABSENT);
}

static struct jwks keys_of(struct str one, struct str two) {
        struct jwks keys;
        struct str text = str_fmt(&a, "{\"keys\":[%.*s%s%.*s]}", STR(one), two.n ? "," : "", STR(two));
        assert_int_equal(jwks_read(&a, text, &keys), OIDC_OK);
        return keys;
}

static enum oidc_fault check(struct str token, const struct jwks *keys) {
        struct jws t;
        struct jwk key;
        enum oidc_fault f = jws_read(&a, token, &t);
        if (f == OIDC_OK)
                f = jwks_pick(keys, t.alg, t.kid, &key);
        return f == OIDC_OK ? jws_verify(&t, &key) : f;
}

static struct str token(EVP_PKEY *key, const char *alg, const char *more) {
        return testkeys_token(&a, key, alg, str_fmt(&a, "{\"alg\":\"%s\"%s}", alg, more), S("{\"a\":1}"));
}

static void test_signatures(void **state) {
        (void) state;
        struct jwks keys = keys_of(testkeys_jwk(&a, rsa, "\"kid\":\"r\","), testkeys_jwk(&a, ec, "\"kid\":\"e\",\"use\":\"sig\","));
        assert_int_equal(keys.n, 2);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":\"r\""), &keys), OIDC_OK);
        assert_int_equal(check(token(rsa, "PS256", ",\"kid\":\"r\""), &keys), OIDC_OK);
        assert_int_equal(check(token(ec, "ES256", ",\"kid\":\"e\""), &keys), OIDC_OK);
        assert_int_equal(check(token(rsa, "RS256", ""), &keys), OIDC_OK);
        assert_int_equal(check(token(other, "RS256", ",\"kid\":\"r\""), &keys), OIDC_SIGNATURE);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":\"R\""), &keys), OIDC_KEY_UNKNOWN);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":\"e\""), &keys), OIDC_KEY_UNKNOWN);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":5"), &keys), OIDC_TOKEN_FORM);
        assert_int_equal(check(token(rsa, "none", ",\"kid\":\"r\""), &keys), OIDC_TOKEN_ALG);
        assert_int_equal(check(token(rsa, "HS256", ",\"kid\":\"r\""), &keys), OIDC_TOKEN_ALG);
        /* The header says RS256 and the signature is something else. */
        static const char *const ways[] = { "none", "HS256", "PS256" };
        for (size_t i = 0; i < 3; i++)
                assert_int_equal(check(testkeys_token(&a, rsa, ways[i], S("{\"alg\":\"RS256\",\"kid\":\"r\"}"), S("{}")), &keys),
                                 OIDC_SIGNATURE);
        assert_int_equal(check(testkeys_token(&a, rsa, "PS256-20", S("{\"alg\":\"PS256\",\"kid\":\"r\"}"), S("{}")), &keys), OIDC_SIGNATURE);
        /* A key that is kept for one algorithm does not serve another, whoever hands it over. */
        struct jws t;
        struct jwk key;
        assert_int_equal(jws_read(&a, token(rsa, "RS256", ""), &t), OIDC_OK);
        assert_int_equal(jwks_pick(&keys, JWS_RS256, S("r"), &key), OIDC_OK);
        key.algs = JWS_PS256;
        assert_int_equal(jws_verify(&t, &key), OIDC_TOKEN_ALG);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":\"r\",\"crit\":[\"exp\"]"), &keys), OIDC_TOKEN_CRIT);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":\"r\",\"b64\":false"), &keys), OIDC_TOKEN_CRIT);
        assert_int_equal(check(token(rsa, "RS256", ",\"kid\":\"r\",\"alg\":\"RS256\""), &keys), OIDC_TOKEN_FORM);
        /* A key inside the header is not looked at. */
        struct str jwk = str_fmt(&a, ",\"jwk\":%.*s", STR(testkeys_jwk(&a, other, "")));
        assert_int_equal(check(token(other, "RS256", jwk.p), &keys), OIDC_SIGNATURE);
}

static void test_alg_words(void **state) {
        (void) state;
        struct jwks keys = keys_of(testkeys_jwk(&a, rsa, ""), S(""));
        static const char *const bad[] = { "none", "None", "NONE", "HS256", "HS512", "rs256", "RS512", "RS256 ", "ES384", "EdDSA", "ES256K" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                struct str header = str_fmt(&a, "{\"alg\":\"%s\"}", bad[i]);
                assert_int_equal(check(testkeys_token(&a, rsa, "RS256", header, S("{}")), &keys), OIDC_TOKEN_ALG);
        }
        assert_int_equal(check(testkeys_token(&a, rsa, "RS256", S("{}"), S("{}")), &keys), OIDC_TOKEN_FORM);
        assert_int_equal(check(testkeys_token(&a, rsa, "RS256", S("{\"alg\":null}"), S("{}")), &keys), OIDC_TOKEN_FORM);
        assert_int_equal(check(testkeys_token(&a, rsa, "RS256", S("{\"alg\":[\"RS256\"]}"), S("{}")), &keys), OIDC_TOKEN_FORM);
        assert_int_equal(check(testkeys_token(&a, rsa, "RS256", S("[\"alg\"]"), S("{}")), &keys), OIDC_TOKEN_FORM);
}

/* Every single change of a good token is refused. */
static void test_broken_tokens(void **state) {
        (void) state;
        struct jwks keys = keys_of(testkeys_jwk(&a, ec, ""), S(""));
        struct str good = token(ec, "ES256", "");
        struct jws t;
        assert_int_equal(check(good, &keys), OIDC_OK);
        for (size_t n = 0; n < good.n; n++)
                assert_int_not_equal(check(str_sub(good, 0, n), &keys), OIDC_OK);
        for (size_t i = 0; i < good.n; i++) {
                char *p = test_calloc(1, good.n);
                memcpy(p, good.p, good.n);
                p[i] = p[i] == 'A' ? 'B' : 'A';
                assert_int_not_equal(check((struct str) { p, good.n }, &keys), OIDC_OK);
                test_free(p);
        }
        static const char *const forms[] = { "%.*s.", ".%.*s", "%.*s=", " %.*s", "%.*s\n", "%.*s ", "%.*s.x", "\"%.*s\"" };
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
                char text[2048];
                int n = 0;
                struct str f = str_of(forms[i]);
                size_t at = str_find(f, S("%.*s"));
                memcpy(text, f.p, at);
                n += (int) at;
                memcpy(text + n, good.p, good.n);
                n += (int) good.n;
                memcpy(text + n, f.p + at + 4, f.n - at - 4);
                n += (int) (f.n - at - 4);
                assert_int_equal(jws_read(&a, (struct str) { text, (size_t) n }, &t), OIDC_TOKEN_FORM);
        }
        assert_int_equal(jws_read(&a, S("a.b.c.d.e"), &t), OIDC_TOKEN_FORM);
        assert_int_equal(jws_read(&a, S(".."), &t), OIDC_TOKEN_FORM);
        /* Too large, in whole and in its header. */
        struct str long_text = { arena_alloc(&a, 70000), 70000 };
        memset((char *) long_text.p, ' ', long_text.n);
        assert_int_equal(jws_read(&a, testkeys_token(&a, ec, "ES256", S("{\"alg\":\"ES256\"}"), long_text), &t), OIDC_TOKEN_FORM);
        struct str header = str_fmt(&a, "{\"alg\":\"ES256\"%.*s}", 5000, long_text.p);
        assert_int_equal(jws_read(&a, testkeys_token(&a, ec, "ES256", header, S("{}")), &t), OIDC_TOKEN_FORM);
}

static void test_es256_forms(void **state) {
        (void) state;
        struct jwks keys = keys_of(testkeys_jwk(&a, ec, ""), S(""));
        struct str good = token(ec, "ES256", ""), sig;
        size_t last = good.n;
        while (good.p[last - 1] != '.')
                last--;
        assert_true(base64url_read(&a, str_sub(good, last, good.n), &sig));
        assert_int_equal(sig.n, 64);
        /* R and S zero, as in CVE-2022-21449; one byte more, one less. */
        char zero[65] = { 0 };
        for (size_t n = 63; n <= 65; n++) {
                struct str s = base64url_write(&a, (struct str) { zero, n });
                assert_int_equal(check(str_fmt(&a, "%.*s%.*s", (int) last, good.p, STR(s)), &keys), OIDC_SIGNATURE);
                char longer[65] = { 0 };
                memcpy(longer, sig.p, n < 64 ? n : 64);
                s = base64url_write(&a, (struct str) { longer, n });
                assert_int_equal(check(str_fmt(&a, "%.*s%.*s", (int) last, good.p, STR(s)), &keys), n == 64 ? OIDC_OK : OIDC_SIGNATURE);
        }
}

static void test_sign(void **state) {
        (void) state;
        struct str t;
        struct jws read;
        struct jwks keys;
        struct str jwk;
        static const struct { bool ec; unsigned allowed; enum jws_alg want; } cases[] = {
                { true, JWS_ALL, JWS_ES256 }, { false, JWS_ALL, JWS_RS256 }, { false, JWS_PS256 | JWS_ES256, JWS_PS256 },
        };
        for (size_t i = 0; i < 3; i++) {
                struct str pem = testkeys_pem(&a, cases[i].ec ? ec : rsa);
                assert_int_equal(jws_sign(&a, pem, cases[i].allowed, S("{\"x\":1}"), &t), OIDC_OK);
                assert_int_equal(jws_public_jwk(&a, pem, &jwk), OIDC_OK);
                keys = keys_of(jwk, testkeys_jwk(&a, other, "\"kid\":\"r\","));      /* the provider knows ours by its kid */
                assert_int_equal(check(t, &keys), OIDC_OK);
                assert_true(str_find(jwk, S("\"d\"")) == jwk.n);
                assert_int_equal(jws_read(&a, t, &read), OIDC_OK);
                assert_int_equal(read.alg, cases[i].want);
                assert_true(str_eq(read.kid, keys.v[0].kid) && str_eq(read.kid, jwk_thumbprint(&a, &keys.v[0])));
                assert_true(str_eq(read.payload, S("{\"x\":1}")));
        }
        assert_int_equal(jws_sign(&a, testkeys_pem(&a, ec), JWS_RS256 | JWS_PS256, S("{}"), &t), OIDC_AUTH_METHOD);
        EVP_PKEY *weak = testkeys_rsa(1024), *p384 = testkeys_ec("P-384");
        assert_int_equal(jws_sign(&a, testkeys_pem(&a, weak), JWS_ALL, S("{}"), &t), OIDC_CLIENT_KEY);
        assert_int_equal(jws_sign(&a, testkeys_pem(&a, p384), JWS_ALL, S("{}"), &t), OIDC_CLIENT_KEY);
        assert_int_equal(jws_sign(&a, S("no key"), JWS_ALL, S("{}"), &t), OIDC_CLIENT_KEY);
        assert_int_equal(jws_sign(&a, S(""), JWS_ALL, S("{}"), &t), OIDC_CLIENT_KEY);
        assert_int_equal(jws_public_jwk(&a, testkeys_pem(&a, weak), &jwk), OIDC_CLIENT_KEY);
        assert_int_equal(jws_public_jwk(&a, S("no key"), &jwk), OIDC_CLIENT_KEY);
        EVP_PKEY_free(weak);
        EVP_PKEY_free(p384);
}

static void test_fault_words(void **state) {
        (void) state;
        for (int f = OIDC_OK; f < OIDC_FAULTS; f++) {
                assert_non_null(oidc_fault_name((enum oidc_fault) f));
                assert_true(strlen(oidc_fault_text((enum oidc_fault) f)) > 8);
                assert_true((oidc_fault_err((enum oidc_fault) f) == OK) == (f == OIDC_OK));
                for (int g = OIDC_OK; g < f; g++)
                        assert_string_not_equal(oidc_fault_name((enum oidc_fault) f), oidc_fault_name((enum oidc_fault) g));
        }
}

static int set_up(void **state) {
        (void) state;
        rsa = testkeys_rsa(2048);
        other = testkeys_rsa(2048);
        ec = testkeys_ec("P-256");
        return rsa && other && ec ? 0 : -1;
}

static int tear_down(void **state) {
        (void) state;
        EVP_PKEY_free(rsa);
        EVP_PKEY_free(other);
        EVP_PKEY_free(ec);
        arena_done(&a);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_base64url), cmocka_unit_test(test_strict), cmocka_unit_test(test_signatures),
                cmocka_unit_test(test_alg_words), cmocka_unit_test(test_broken_tokens), cmocka_unit_test(test_es256_forms),
                cmocka_unit_test(test_sign), cmocka_unit_test(test_fault_words),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
