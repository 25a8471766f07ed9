#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "authenticator.h"
#include "buf.h"

static struct device *es256, *eddsa, *rs256;

static int start(void **state) {
        static struct arena arena;
        *state = &arena;
        es256 = device_new(WEBAUTHN_ES256, 'e');
        eddsa = device_new(WEBAUTHN_EDDSA, 'd');
        rs256 = device_new(WEBAUTHN_RS256, 'r');
        return 0;
}

static int stop(void **state) {
        arena_done(*state);
        device_done(es256);
        device_done(eddsa);
        device_done(rs256);
        return 0;
}

#define assert_fault(s, fault) assert_string_equal(webauthn_fault_name(scene_register((s), NULL)), webauthn_fault_name(fault))

/* Runs the rest of the block on an honest scene in which one thing is changed. */
#define WITH(change, fault) do { \
                struct scene s = scene_new(*state, es256); \
                change; \
                assert_fault(&s, fault); \
        } while (0)

static struct str repeat(struct arena *a, char c, size_t n) {
        char *p = arena_alloc(a, n + 1);
        memset(p, c, n);
        return (struct str) { p, n };
}

/* S with byte AT changed by FLIP. */
static struct str bent(struct arena *a, struct str s, size_t at, int flip) {
        struct str c = str_dup(a, s);
        char *p = arena_alloc(a, s.n + 1);
        memcpy(p, c.p, c.n);
        p[at] = (char) (p[at] ^ flip);
        return (struct str) { p, s.n };
}

static void an_honest_device_of_each_algorithm_is_registered(void **state) {
        const struct { const struct device *d; int alg; size_t n; } all[] = {
                { es256, WEBAUTHN_ES256, 64 }, { eddsa, WEBAUTHN_EDDSA, 32 }, { rs256, WEBAUTHN_RS256, 259 },
        };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct scene s = scene_new(*state, all[i].d);
                struct webauthn_key key;
                s.counter = 0x01020304;
                assert_fault(&s, WEBAUTHN_FINE);
                (void) scene_register(&s, &key);
                assert_int_equal(key.alg, all[i].alg);
                assert_int_equal(key.public_key.n, all[i].n);
                assert_int_equal(key.id.n, 32);
                assert_int_equal(key.counter, 0x01020304);
                assert_int_equal(key.flags, WEBAUTHN_UP | WEBAUTHN_UV | WEBAUTHN_BE | WEBAUTHN_BS);
                assert_memory_equal(key.aaguid, "an-aaguid-of-16b", 16);
        }
}

static void another_challenge_is_refused(void **state) {
        WITH(s.echo = S("0123456789abcdef0123456789ABCDEE"), WEBAUTHN_CHALLENGE_OTHER);
        WITH(s.echo = S("0123456789abcdef0123456789ABCDEF0"), WEBAUTHN_CHALLENGE_OTHER);
        WITH(s.echo = S("0123456789abcdef"), WEBAUTHN_CHALLENGE_OTHER);
        WITH(s.challenge = S("0123456789abcdef0123456789ABCDE"), WEBAUTHN_OURS);
        WITH(s.challenge = S(""), WEBAUTHN_OURS);
}

static void an_answer_to_another_question_is_refused(void **state) {
        WITH(s.type = S("webauthn.get"), WEBAUTHN_TYPE);
        WITH(s.type = S("webauthn.create "), WEBAUTHN_TYPE);
        WITH(s.type = S("payment.get"), WEBAUTHN_TYPE);
}

static void another_origin_is_refused(void **state) {
        static const char *const others[] = {
                "http://www.schouders.nl", "https://schouders.nl", "https://www.schouders.nl:8443",
                "https://www.schouders.nl:443", "https://www.schouders.nl/", "https://www.schouders.nl.evil.nl",
                "https://WWW.schouders.nl", "android:apk-key-hash:x", "null", "",
        };
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
                WITH(s.origin = str_of(others[i]), WEBAUTHN_ORIGIN);
}

static void a_frame_of_another_site_is_refused(void **state) {
        static const char base[] = "{\"type\":\"webauthn.create\",\"challenge\":\"%.*s\",\"origin\":\"https://www.schouders.nl\"%s}";
        static const struct { const char *more; enum webauthn_fault fault; } all[] = {
                { "", WEBAUTHN_FINE }, { ",\"crossOrigin\":true", WEBAUTHN_CROSS_ORIGIN },
                { ",\"crossOrigin\":false,\"topOrigin\":\"https://evil.nl\"", WEBAUTHN_CROSS_ORIGIN },
                { ",\"crossOrigin\":\"false\"", WEBAUTHN_CLIENT_DATA }, { ",\"crossOrigin\":0", WEBAUTHN_CLIENT_DATA },
                { ",\"tokenBinding\":{\"status\":\"supported\"}", WEBAUTHN_FINE },
                { ",\"tokenBinding\":{\"status\":\"present\",\"id\":\"x\"}", WEBAUTHN_CLIENT_DATA },
                { ",\"tokenBinding\":7", WEBAUTHN_CLIENT_DATA },
                { ",\"other_keys_can_be_added_here\":[1,2]", WEBAUTHN_FINE },
        };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct scene s = scene_new(*state, es256);
                s.client_data = str_fmt(s.a, base, STR(webauthn_encode(s.a, s.challenge)), all[i].more);
                assert_fault(&s, all[i].fault);
        }
}

static void client_data_with_a_name_twice_is_refused(void **state) {
        WITH(s.more = S(",\"origin\":\"https://www.schouders.nl\""), WEBAUTHN_CLIENT_DATA);
        WITH(s.more = S(",\"x\":{\"y\":1,\"y\":2}"), WEBAUTHN_CLIENT_DATA);
}

static void client_data_that_is_no_plain_json_object_is_refused(void **state) {
        static const char *const others[] = {
                "", "{}", "[]", "null", "\"x\"", "{", "{\"type\":1,\"challenge\":2,\"origin\":3}", "{\"type\":\"webauthn.create\"}",
                "\xef\xbb\xbf{}", "{\"type\":\"\xff\"}", "{\"type\":\"webauthn.create\\u0000\"}", "{}{}",
        };
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
                WITH(s.client_data = str_of(others[i]), WEBAUTHN_CLIENT_DATA);
        WITH(s.client_data = join(s.a, scene_client_data(&s, "webauthn.create"), S(" x")), WEBAUTHN_CLIENT_DATA);
        WITH(s.client_data = repeat(s.a, '[', WEBAUTHN_CLIENT_DATA_MAX), WEBAUTHN_CLIENT_DATA);
        WITH(s.client_data = repeat(s.a, ' ', WEBAUTHN_CLIENT_DATA_MAX + 1), WEBAUTHN_TOO_LARGE);
}

static void a_challenge_that_is_no_canonical_base64url_is_refused(void **state) {
        struct str right = webauthn_encode(*state, S("0123456789abcdef0123456789ABCDEF"));
        static const char *const tails[] = { "=", "==", " ", "\\n", "A" };
        for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
                WITH(s.client_data = str_fmt(s.a, "{\"type\":\"webauthn.create\",\"origin\":\"https://www.schouders.nl\","
                        "\"challenge\":\"%.*s%s\"}", STR(right), tails[i]), WEBAUTHN_CHALLENGE_OTHER);
        /* 32 bytes of ones are 42 times '_', for which libsodium takes any letter beyond ASCII */
        struct scene s = scene_new(*state, es256);
        s.challenge = repeat(s.a, '\xff', WEBAUTHN_CHALLENGE);
        right = scene_client_data(&s, "webauthn.create");
        size_t at = str_find(right, S("____"));
        s.client_data = join(s.a, join(s.a, str_sub(right, 0, at), S("\xc3\xa9")), str_sub(right, at + 2, right.n));
        assert_fault(&s, WEBAUTHN_CHALLENGE_OTHER);
        s.client_data = right;
        assert_fault(&s, WEBAUTHN_FINE);
}

static void another_rp_id_is_refused(void **state) {
        WITH(s.rp = S("www.schouders.nl"), WEBAUTHN_RP);
        WITH(s.rp = S("evil.nl"), WEBAUTHN_RP);
        WITH(s.rp = S(""), WEBAUTHN_RP);
}

static void a_user_must_be_there_and_verified_when_we_ask_it(void **state) {
        WITH(s.flags = WEBAUTHN_UV, WEBAUTHN_ABSENT);
        WITH(s.flags = 0, WEBAUTHN_ABSENT);
        WITH(s.flags = WEBAUTHN_UP, WEBAUTHN_FINE);
        WITH((s.flags = WEBAUTHN_UP, s.require_uv = true), WEBAUTHN_UNVERIFIED);
        WITH((s.flags = WEBAUTHN_UP | WEBAUTHN_UV, s.require_uv = true), WEBAUTHN_FINE);
}

static void a_copied_passkey_that_may_not_be_copied_is_refused(void **state) {
        WITH(s.flags = WEBAUTHN_UP | WEBAUTHN_BS, WEBAUTHN_BACKUP);
        WITH(s.flags = WEBAUTHN_UP | WEBAUTHN_BE, WEBAUTHN_FINE);
}

static void the_length_of_a_credential_id_has_bounds(void **state) {
        WITH(s.id = repeat(s.a, 'i', WEBAUTHN_ID_MIN - 1), WEBAUTHN_CREDENTIAL_ID);
        WITH(s.id = repeat(s.a, 'i', WEBAUTHN_ID_MIN), WEBAUTHN_FINE);
        WITH(s.id = repeat(s.a, 'i', WEBAUTHN_ID_MAX), WEBAUTHN_FINE);
        WITH(s.id = repeat(s.a, 'i', WEBAUTHN_ID_MAX + 1), WEBAUTHN_CREDENTIAL_ID);
        WITH(s.id = S(""), WEBAUTHN_CREDENTIAL_ID);
}

static void other_formats_are_taken_but_their_statement_proves_nothing(void **state) {
        WITH((s.fmt = S("packed"), s.statement = S("\xa2\x63" "alg\x26\x63" "sig\x41x")), WEBAUTHN_FINE);
        WITH((s.fmt = S("fido-u2f"), s.statement = S("\xa1\x63" "x5c\x81\x41x")), WEBAUTHN_FINE);
        WITH(s.statement = S("\xa1\x63" "alg\x26"), WEBAUTHN_ATTESTATION);
        WITH(s.fmt = S(""), WEBAUTHN_ATTESTATION);
        WITH(s.fmt = repeat(s.a, 'f', 33), WEBAUTHN_ATTESTATION);
        WITH((s.fmt = S("packed"), s.statement = S("\x80")), WEBAUTHN_ATTESTATION);
}

static void a_statement_too_deep_or_not_plain_is_refused(void **state) {
        static const struct { struct str statement; enum webauthn_fault fault; } all[] = {
                { S_INIT("\xa1\x61x\x81\x81\x00"), WEBAUTHN_FINE },
                { S_INIT("\xa1\x61x\x81\x81\x81\x00"), WEBAUTHN_ATTESTATION },          /* five levels */
                { S_INIT("\xbf\x61x\x00\xff"), WEBAUTHN_ATTESTATION },                  /* indefinite map */
                { S_INIT("\xa1\x61x\x9f\xff"), WEBAUTHN_ATTESTATION },                  /* indefinite array */
                { S_INIT("\xa1\x61x\x5f\x41y\xff"), WEBAUTHN_ATTESTATION },             /* indefinite bytes */
                { S_INIT("\xa1\x61x\xc0\x00"), WEBAUTHN_ATTESTATION },                  /* tag */
                { S_INIT("\xa1\x61x\xf9\x00\x00"), WEBAUTHN_ATTESTATION },              /* float */
                { S_INIT("\xa1\x61x\x18\x01"), WEBAUTHN_ATTESTATION },                  /* not the shortest form */
                { S_INIT("\xa1\x61\xff\x00"), WEBAUTHN_ATTESTATION },                   /* text that is no UTF-8 */
                { S_INIT("\xa2\x61x\x00\x61x\x00"), WEBAUTHN_ATTESTATION },             /* a key twice */
                { S_INIT("\xa1\x80\x00"), WEBAUTHN_ATTESTATION },                       /* an array as key */
                { S_INIT("\xbb\x7f\xff\xff\xff\xff\xff\xff\xff"), WEBAUTHN_ATTESTATION },
                { S_INIT("\xa1\x61x\x5b\xff\xff\xff\xff\xff\xff\xff\xff"), WEBAUTHN_ATTESTATION },
        };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
                WITH((s.fmt = S("packed"), s.statement = all[i].statement), all[i].fault);
}

static void an_attestation_object_cut_off_anywhere_is_refused(void **state) {
        struct scene s = scene_new(*state, es256);
        struct str whole = scene_attestation(&s, scene_auth_data(&s, true));
        for (size_t n = 0; n < whole.n; n++) {
                /* exactly as large as the input: a byte read too many is seen */
                char *p = malloc(n + 1);
                memcpy(p, whole.p, n);
                s.attestation = (struct str) { p, n };
                assert_fault(&s, WEBAUTHN_ATTESTATION);
                free(p);
        }
        s.attestation = join(s.a, whole, S("\x00"));
        assert_fault(&s, WEBAUTHN_ATTESTATION);
        s.attestation = repeat(s.a, '\x81', WEBAUTHN_ATTESTATION_MAX);
        assert_fault(&s, WEBAUTHN_ATTESTATION);
        s.attestation = repeat(s.a, '\0', WEBAUTHN_ATTESTATION_MAX + 1);
        assert_fault(&s, WEBAUTHN_TOO_LARGE);
}

static void an_attestation_object_has_its_three_members_once(void **state) {
        static const struct str others[] = {
                S_INIT("\xa2\x63" "fmt\x64none\x67" "attStmt\xa0"), S_INIT("\xa0"), S_INIT("\x80"), S_INIT("\x00"),
                S_INIT("\xa3\x63" "fmt\x64none\x67" "attStmt\xa0\x68" "authDatb\x40"),
                S_INIT("\xa3\x63" "fmt\x64none\x63" "fmt\x64none\x68" "authData\x40"),
                S_INIT("\xa3\x63" "fmt\x44none\x67" "attStmt\xa0\x68" "authData\x40"),
                S_INIT("\xa3\x63" "fmt\x64none\x67" "attStmt\xa0\x68" "authData\x60"),
                S_INIT("\xa3\x01\x64none\x67" "attStmt\xa0\x68" "authData\x40"),
                S_INIT("\xa4\x63" "fmt\x64none\x67" "attStmt\xa0\x68" "authData\x40\x61x\x00"),
        };
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
                WITH(s.attestation = others[i], WEBAUTHN_ATTESTATION);
}

static void authenticator_data_cut_off_anywhere_is_refused(void **state) {
        struct scene s = scene_new(*state, es256);
        struct str whole = scene_auth_data(&s, true);
        for (size_t n = 0; n < whole.n; n++) {
                s.auth_data = str_sub(whole, 0, n);
                enum webauthn_fault fault = scene_register(&s, NULL);
                assert_true(fault == WEBAUTHN_AUTH_DATA || fault == WEBAUTHN_PUBLIC_KEY);
        }
        s.auth_data = join(s.a, whole, S("\xa0"));
        assert_fault(&s, WEBAUTHN_AUTH_DATA);
        s.auth_data = join(s.a, whole, repeat(s.a, 'x', WEBAUTHN_AUTH_DATA_MAX));
        assert_fault(&s, WEBAUTHN_TOO_LARGE);
        s.auth_data = scene_auth_data(&(struct scene) { .a = s.a, .device = es256, .rp = s.rp, .flags = s.flags }, false);
        assert_fault(&s, WEBAUTHN_AUTH_DATA);
}

static void extensions_are_read_over_when_they_are_a_map(void **state) {
        WITH(s.extensions = S("\xa1\x6b" "credProtect\x02"), WEBAUTHN_FINE);
        WITH(s.extensions = S("\xa1\x63uvm\x81\x83\x02\x04\x02"), WEBAUTHN_FINE);
        WITH(s.extensions = S("\xa0"), WEBAUTHN_FINE);
        WITH(s.extensions = S("\x80"), WEBAUTHN_AUTH_DATA);
        WITH(s.extensions = S("\xa1\x61x"), WEBAUTHN_AUTH_DATA);
        WITH((s.extensions = S("\xa0"), s.tail = S("\xa0")), WEBAUTHN_AUTH_DATA);
}

static void a_key_of_one_algorithm_under_the_name_of_another_is_refused(void **state) {
        struct str cose = device_cose(*state, es256), ed = device_cose(*state, eddsa), rsa = device_cose(*state, rs256);
        /* bytes 2 and 4 are the key type and the algorithm, byte 6 the curve */
        WITH(s.cose = bent(s.a, cose, 2, 2 ^ 1), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, cose, 4, 0x26 ^ 0x27), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, cose, 6, 1 ^ 2), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, ed, 4, 0x27 ^ 0x26), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, ed, 6, 6 ^ 7), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, rsa, 2, 3 ^ 2), WEBAUTHN_PUBLIC_KEY);
        /* RS1 is -65535: the signature of SHA-1 */
        WITH(s.cose = join(s.a, S("\xa4\x01\x03\x03\x39\xff\xfe"), str_sub(rsa, 7, rsa.n)), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = S("\xa1\x03\x26"), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = S("\xa0"), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = S("\x80"), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = join(s.a, S("\xa6"), join(s.a, str_sub(cose, 1, cose.n), S("\x04\x00"))), WEBAUTHN_PUBLIC_KEY);
}

static void a_key_that_anybody_could_sign_for_is_refused(void **state) {
        struct str cose = device_cose(*state, es256), rsa = device_cose(*state, rs256);
        /* a point that is not on the curve */
        WITH(s.cose = bent(s.a, cose, cose.n - 1, 1), WEBAUTHN_PUBLIC_KEY);
        /* an Ed25519 point of small order: all zeros */
        WITH(s.cose = join(s.a, S("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x20"), repeat(s.a, 0, 32)), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = join(s.a, S("\xa4\x01\x01\x03\x27\x20\x06\x21\x58\x1f"), repeat(s.a, 1, 31)), WEBAUTHN_PUBLIC_KEY);
        /* RSA with exponent 1, an even modulus, and one of fewer bits */
        WITH(s.cose = bent(s.a, rsa, rsa.n - 3, 1), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, rsa, rsa.n - 6, 1), WEBAUTHN_PUBLIC_KEY);
        WITH(s.cose = bent(s.a, rsa, rsa.n - 261, 0x80), WEBAUTHN_PUBLIC_KEY);
}

static void a_broken_site_is_our_fault(void **state) {
        WITH(s.site.rp_id = S("evil.nl"), WEBAUTHN_OURS);
        WITH(s.site.origin = S("http://www.schouders.nl"), WEBAUTHN_OURS);
}

/* Any bit of the public key, its id or the rp id changed: refused, or visibly another key; and never a crash. */
static void no_changed_bit_passes_as_the_same_key(void **state) {
        struct scene s = scene_new(*state, es256);
        struct webauthn_key honest, key;
        struct str whole = scene_auth_data(&s, true);
        assert_int_equal(scene_register(&s, &honest), WEBAUTHN_FINE);
        for (size_t bit = 0; bit < whole.n * 8; bit++) {
                s.auth_data = bent(s.a, whole, bit / 8, 1 << bit % 8);
                bool reserved = bit / 8 == 32 && (1 << bit % 8 & 0x22);
                if (scene_register(&s, &key) == WEBAUTHN_FINE && !reserved)
                        assert_true(!str_eq(key.id, honest.id) || key.counter != honest.counter ||
                                    key.flags != honest.flags || memcmp(key.aaguid, honest.aaguid, 16) != 0);
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_honest_device_of_each_algorithm_is_registered),
                cmocka_unit_test(another_challenge_is_refused),
                cmocka_unit_test(an_answer_to_another_question_is_refused),
                cmocka_unit_test(another_origin_is_refused),
                cmocka_unit_test(a_frame_of_another_site_is_refused),
                cmocka_unit_test(client_data_with_a_name_twice_is_refused),
                cmocka_unit_test(client_data_that_is_no_plain_json_object_is_refused),
                cmocka_unit_test(a_challenge_that_is_no_canonical_base64url_is_refused),
                cmocka_unit_test(another_rp_id_is_refused),
                cmocka_unit_test(a_user_must_be_there_and_verified_when_we_ask_it),
                cmocka_unit_test(a_copied_passkey_that_may_not_be_copied_is_refused),
                cmocka_unit_test(the_length_of_a_credential_id_has_bounds),
                cmocka_unit_test(other_formats_are_taken_but_their_statement_proves_nothing),
                cmocka_unit_test(a_statement_too_deep_or_not_plain_is_refused),
                cmocka_unit_test(an_attestation_object_cut_off_anywhere_is_refused),
                cmocka_unit_test(an_attestation_object_has_its_three_members_once),
                cmocka_unit_test(authenticator_data_cut_off_anywhere_is_refused),
                cmocka_unit_test(extensions_are_read_over_when_they_are_a_map),
                cmocka_unit_test(a_key_of_one_algorithm_under_the_name_of_another_is_refused),
                cmocka_unit_test(a_key_that_anybody_could_sign_for_is_refused),
                cmocka_unit_test(a_broken_site_is_our_fault),
                cmocka_unit_test(no_changed_bit_passes_as_the_same_key),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
