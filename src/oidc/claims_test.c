#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "claims.h"
#include "kept.h"

#define NOW_S 1800000000
static struct arena a;
static const struct claims_wanted want = { .issuer = S_INIT("https://i.example"), .client_id = S_INIT("us"),
                                           .nonce = S_INIT("n-123"), .roles_claim = S_INIT("groups") };

/* The claims of a good token, each as JSON; a test puts something else in one place, "" leaves it out. */
struct parts { const char *iss, *aud, *exp, *iat, *nonce, *sub, *more; };
#define GOOD .iss = "\"https://i.example\"", .aud = "\"us\"", .exp = "1800000300", .iat = "1800000000", .nonce = "\"n-123\"", \
        .sub = "\"s-1\"", .more = ""

static struct str json_of(const struct parts *p) {
        const char *names[] = { "iss", "aud", "exp", "iat", "nonce", "sub" };
        const char *values[] = { p->iss, p->aud, p->exp, p->iat, p->nonce, p->sub };
        struct str s = S("{\"x\":0");
        for (size_t i = 0; i < 6; i++)
                if (*values[i])
                        s = str_fmt(&a, "%.*s,\"%s\":%s", STR(s), names[i], values[i]);
        return str_fmt(&a, "%.*s%s}", STR(s), p->more);
}

static enum oidc_fault checked(const struct parts *p, struct oidc_identity *who) {
        return claims_check(&a, json_of(p), &want, (int64_t) NOW_S * 1000 + 999, who);
}

#define FAULT(...) fault_of(&(const struct parts) { GOOD, __VA_ARGS__ })
static enum oidc_fault fault_of(const struct parts *p) {
        struct oidc_identity who;
        return checked(p, &who);
}
#pragma GCC diagnostic ignored "-Woverride-init"

static void test_required(void **state) {
        (void) state;
        assert_int_equal(FAULT(.more = ""), OIDC_OK);
        assert_int_equal(FAULT(.iss = ""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.iss = "\"https://i.example/\""), OIDC_ISSUER);
        assert_int_equal(FAULT(.iss = "\"https://I.example\""), OIDC_ISSUER);
        assert_int_equal(FAULT(.iss = "[\"https://i.example\"]"), OIDC_CLAIMS);
        assert_int_equal(FAULT(.nonce = ""), OIDC_NONCE);
        assert_int_equal(FAULT(.nonce = "\"n-124\""), OIDC_NONCE);
        assert_int_equal(FAULT(.nonce = "\"n-1234\""), OIDC_NONCE);
        assert_int_equal(FAULT(.nonce = "\"\""), OIDC_NONCE);
        assert_int_equal(FAULT(.more = ",\"nonce\":\"n-123\""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.more = ",\"email\":\"a@b\",\"email\":\"c@d\""), OIDC_CLAIMS);
        struct claims_wanted none = want;
        struct oidc_identity who;
        none.nonce = S("");
        assert_int_equal(claims_check(&a, json_of(&(struct parts) { GOOD, .nonce = "\"\"" }), &none, (int64_t) NOW_S * 1000, &who), OIDC_NONCE);
        assert_int_equal(claims_check(&a, S("not json"), &want, (int64_t) NOW_S * 1000, &who), OIDC_CLAIMS);
}

static void test_audience(void **state) {
        (void) state;
        assert_int_equal(FAULT(.aud = ""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.aud = "\"them\""), OIDC_AUDIENCE);
        assert_int_equal(FAULT(.aud = "\"us2\""), OIDC_AUDIENCE);
        assert_int_equal(FAULT(.aud = "[]"), OIDC_CLAIMS);
        assert_int_equal(FAULT(.aud = "[\"them\"]"), OIDC_AUDIENCE);
        assert_int_equal(FAULT(.aud = "[\"us\",5]"), OIDC_CLAIMS);
        assert_int_equal(FAULT(.aud = "[\"us\"]"), OIDC_OK);
        assert_int_equal(FAULT(.aud = "[\"them\",\"us\"]"), OIDC_PARTY);
        assert_int_equal(FAULT(.aud = "[\"them\",\"us\"]", .more = ",\"azp\":\"us\""), OIDC_OK);
        assert_int_equal(FAULT(.aud = "[\"them\",\"us\"]", .more = ",\"azp\":\"them\""), OIDC_PARTY);
        assert_int_equal(FAULT(.more = ",\"azp\":\"them\""), OIDC_PARTY);
        assert_int_equal(FAULT(.more = ",\"azp\":[\"us\"]"), OIDC_PARTY);
}

static void test_times(void **state) {
        (void) state;
        assert_int_equal(FAULT(.exp = ""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.exp = "\"1800000300\""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.exp = "-1"), OIDC_CLAIMS);
        assert_int_equal(FAULT(.exp = "1799999941"), OIDC_OK);
        assert_int_equal(FAULT(.exp = "1799999940"), OIDC_EXPIRED);
        assert_int_equal(FAULT(.exp = "1800000300.5"), OIDC_OK);
        assert_int_equal(FAULT(.exp = "1e300"), OIDC_CLAIMS);
        assert_int_equal(FAULT(.iat = ""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.iat = "1800000060"), OIDC_OK);
        assert_int_equal(FAULT(.iat = "1800000061"), OIDC_FUTURE);
        assert_int_equal(FAULT(.iat = "1799999340"), OIDC_OK);
        assert_int_equal(FAULT(.iat = "1799999339"), OIDC_OLD);
        assert_int_equal(FAULT(.more = ",\"nbf\":1800000061"), OIDC_FUTURE);
        assert_int_equal(FAULT(.more = ",\"nbf\":1800000060"), OIDC_OK);
}

static void test_subject(void **state) {
        (void) state;
        char sub[300] = "\"";
        assert_int_equal(FAULT(.sub = ""), OIDC_CLAIMS);
        assert_int_equal(FAULT(.sub = "\"\""), OIDC_SUBJECT);
        assert_int_equal(FAULT(.sub = "5"), OIDC_SUBJECT);
        assert_int_equal(FAULT(.sub = "\"\xc3\xa9\""), OIDC_SUBJECT);
        assert_int_equal(FAULT(.sub = "\"a\\nb\""), OIDC_SUBJECT);
        memset(sub + 1, 'x', 255);
        sub[256] = '"';
        assert_int_equal(FAULT(.sub = sub), OIDC_OK);
        memset(sub + 1, 'x', 256);
        sub[257] = '"';
        assert_int_equal(FAULT(.sub = sub), OIDC_SUBJECT);
}

static void test_person(void **state) {
        (void) state;
        struct oidc_identity who;
        struct parts p = { GOOD, .more = ",\"email\":\"j@x.nl\",\"email_verified\":true,\"name\":\"Jos\xc3\xa9\",\"groups\":[\"a\",\"b c\",\"\"]" };
        assert_int_equal(checked(&p, &who), OIDC_OK);
        assert_true(str_eq(who.issuer, S("https://i.example")) && str_eq(who.sub, S("s-1")));
        assert_true(str_eq(who.email, S("j@x.nl")) && who.email_verified && str_eq(who.name, S("Jos\xc3\xa9")));
        assert_true(who.has_roles && who.role_count == 2 && str_eq(who.roles[1], S("b c")));
        /* Text is not true, and what is not an address is no address. */
        p.more = ",\"email\":\"j@x.nl\",\"email_verified\":\"true\",\"groups\":\"one\"";
        assert_int_equal(checked(&p, &who), OIDC_OK);
        assert_true(who.email.n && !who.email_verified && who.name.n == 0 && who.role_count == 1);
        static const char *const bad[] = { "\"jx.nl\"", "\"@x\"", "\"j@\"", "\"a@b@c\"", "5", "\"a@b\\r\\nBcc: c\"", "null" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                p.more = str_fmt(&a, ",\"email\":%s,\"email_verified\":true", bad[i]).p;
                assert_int_equal(checked(&p, &who), OIDC_OK);
                assert_true(who.email.n == 0 && !who.email_verified && !who.has_roles);
        }
}

static void test_roles(void **state) {
        (void) state;
        struct oidc_identity who;
        struct claims_wanted w = want;
        struct parts p = { GOOD, .more = ",\"realm_access\":{\"roles\":[\"r\"]},\"https://x.nl/roles\":[\"u\"]" };
        w.roles_claim = S("realm_access.roles");
        assert_int_equal(claims_check(&a, json_of(&p), &w, (int64_t) NOW_S * 1000, &who), OIDC_OK);
        assert_true(who.role_count == 1 && str_eq(who.roles[0], S("r")));
        w.roles_claim = S("https://x.nl/roles");
        assert_int_equal(claims_check(&a, json_of(&p), &w, (int64_t) NOW_S * 1000, &who), OIDC_OK);
        assert_true(who.role_count == 1 && str_eq(who.roles[0], S("u")));
        w.roles_claim = S("realm_access.roles.deeper");
        assert_int_equal(claims_check(&a, json_of(&p), &w, (int64_t) NOW_S * 1000, &who), OIDC_OK);
        assert_false(who.has_roles);
        assert_int_equal(FAULT(.more = ",\"groups\":5"), OIDC_ROLES);
        assert_int_equal(FAULT(.more = ",\"groups\":[\"a\",{}]"), OIDC_ROLES);
        assert_int_equal(FAULT(.more = ",\"groups\":[\"a\\u0007\"]"), OIDC_ROLES);
        char many[2000] = ",\"groups\":[\"a\"";
        size_t n = strlen(many);
        for (int i = 0; i < CLAIMS_ROLES; i++, n += 4)
                memcpy(many + n, ",\"b\"", 4);
        many[n] = ']';
        assert_int_equal(FAULT(.more = many), OIDC_ROLES);
}

/* Core, appendix A.3 has an at_hash with its access token; this pair was computed with sha256sum. */
static void test_token_hash(void **state) {
        (void) state;
        struct oidc_identity who;
        struct claims_wanted w = want;
        w.access_token = S("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
        struct parts p = { GOOD, .more = ",\"at_hash\":\"77QmUPtjPfzWtF2AnpK9RQ\"" };
        assert_int_equal(claims_check(&a, json_of(&p), &w, (int64_t) NOW_S * 1000, &who), OIDC_OK);
        w.access_token = S("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Z");
        assert_int_equal(claims_check(&a, json_of(&p), &w, (int64_t) NOW_S * 1000, &who), OIDC_TOKEN_HASH);
}

static void test_userinfo(void **state) {
        (void) state;
        struct oidc_identity who;
        struct parts p = { GOOD, .more = ",\"name\":\"From the token\"" };
        assert_int_equal(checked(&p, &who), OIDC_OK);
        assert_int_equal(claims_add(&a, S("{\"sub\":\"s-2\",\"email\":\"a@b\"}"), S("groups"), &who), OIDC_USERINFO);
        assert_int_equal(claims_add(&a, S("{\"email\":\"a@b\"}"), S("groups"), &who), OIDC_USERINFO);
        assert_int_equal(claims_add(&a, S("eyJ.."), S("groups"), &who), OIDC_USERINFO);
        assert_int_equal(who.email.n, 0);
        assert_int_equal(claims_add(&a, S("{\"sub\":\"s-1\",\"email\":\"a@b\",\"email_verified\":true,\"name\":\"x\",\"groups\":[\"g\"]}"),
                                    S("groups"), &who), OIDC_OK);
        assert_true(str_eq(who.email, S("a@b")) && who.email_verified && str_eq(who.name, S("From the token")) && who.role_count == 1);
        /* An address from the token is not made verified by another one. */
        p.more = ",\"email\":\"j@x.nl\"";
        assert_int_equal(checked(&p, &who), OIDC_OK);
        assert_int_equal(claims_add(&a, S("{\"sub\":\"s-1\",\"email\":\"a@b\",\"email_verified\":true}"), S(""), &who), OIDC_OK);
        assert_true(str_eq(who.email, S("j@x.nl")) && !who.email_verified);
}

#define TOKEN "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void test_kept(void **state) {
        (void) state;
        struct oidc_kept k = { 1800000000000, S(TOKEN), S(TOKEN), S(TOKEN), S("https://i.example/a"), S("/kennis?x=\xc3\xa9") }, r;
        struct str text = oidc_kept_write(&a, &k);
        assert_true(oidc_kept_read(&a, text, &r));
        assert_true(r.started_ms == k.started_ms && str_eq(r.state, k.state) && str_eq(r.nonce, k.nonce) &&
                    str_eq(r.verifier, k.verifier) && str_eq(r.issuer, k.issuer) && str_eq(r.return_path, k.return_path));
        k.return_path = S("");
        assert_true(oidc_kept_read(&a, oidc_kept_write(&a, &k), &r));
        for (size_t n = 0; n < text.n; n++)
                if (oidc_kept_read(&a, str_sub(text, 0, n), &r))
                        assert_true(r.return_path.n < 14);      /* cut inside the path: still a path */
        static const char *const bad[] = { "", "1", "......", "2.5." TOKEN "." TOKEN "." TOKEN ".YQ.",
                "1.05." TOKEN "." TOKEN "." TOKEN ".YQ.", "1.-5." TOKEN "." TOKEN "." TOKEN ".YQ.", "1.+5." TOKEN "." TOKEN "." TOKEN ".YQ.",
                "1.5." TOKEN "." TOKEN ".YQ.", "1.5." TOKEN "A." TOKEN "." TOKEN ".YQ.", "1.5." TOKEN "." TOKEN "." TOKEN "..",
                "1.5." TOKEN "." TOKEN "." TOKEN ".YQ..", "1.5." TOKEN "." TOKEN "." TOKEN ".YQ=.", "1.5." TOKEN "." TOKEN "." TOKEN ".YQ.YQ",
                "1.5." TOKEN "." TOKEN "." TOKEN ".YQ.Ly9h", "1.5." TOKEN "." TOKEN "." TOKEN ".YQ.L1xh", "1.5." TOKEN "." TOKEN "." TOKEN ".YQ.LwA" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_false(oidc_kept_read(&a, str_of(bad[i]), &r));
        assert_true(oidc_kept_read(&a, S("1.5." TOKEN "." TOKEN "." TOKEN ".YQ.L2E"), &r));
        assert_true(kept_is_return(S("/a")) && kept_is_return(S("/")) && kept_is_return(S("")));
        assert_false(kept_is_return(S("//evil.example")) || kept_is_return(S("/\\evil.example")) ||
                     kept_is_return(S("https://evil.example")) || kept_is_return(S("/a\n")));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_required), cmocka_unit_test(test_audience), cmocka_unit_test(test_times),
                cmocka_unit_test(test_subject), cmocka_unit_test(test_person), cmocka_unit_test(test_roles),
                cmocka_unit_test(test_token_hash), cmocka_unit_test(test_userinfo), cmocka_unit_test(test_kept),
        };
        int bad = cmocka_run_group_tests(tests, NULL, NULL);
        arena_done(&a);
        return bad;
}
