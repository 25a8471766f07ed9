#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "authenticator.h"

static struct device *es256, *eddsa, *rs256, *other;

static int start(void **state) {
        static struct arena arena;
        *state = &arena;
        es256 = device_new(WEBAUTHN_ES256, 'e');
        eddsa = device_new(WEBAUTHN_EDDSA, 'd');
        rs256 = device_new(WEBAUTHN_RS256, 'r');
        other = device_new(WEBAUTHN_ES256, 'o');
        return 0;
}

static int stop(void **state) {
        arena_done(*state);
        device_done(es256);
        device_done(eddsa);
        device_done(rs256);
        device_done(other);
        return 0;
}

static struct webauthn_key registered(struct arena *a, const struct device *d) {
        struct scene s = scene_new(a, d);
        struct webauthn_key key;
        assert_int_equal(scene_register(&s, &key), WEBAUTHN_FINE);
        return key;
}

#define assert_fault(s, stored, fault) \
        assert_string_equal(webauthn_fault_name(scene_verify((s), (stored), NULL)), webauthn_fault_name(fault))

/* An honest sign-in in which one thing is changed. */
#define WITH(change, fault) do { \
                struct scene s = scene_new(*state, es256); \
                struct webauthn_key stored = registered(*state, es256); \
                change; \
                assert_fault(&s, &stored, fault); \
        } while (0)

static struct str flipped(struct arena *a, struct str s, size_t bit) {
        char *p = arena_alloc(a, s.n + 1);
        memcpy(p, s.p, s.n);
        p[bit / 8] = (char) (p[bit / 8] ^ 1 << bit % 8);
        return (struct str) { p, s.n };
}

static void an_honest_device_of_each_algorithm_signs_in(void **state) {
        const struct device *all[] = { es256, eddsa, rs256 };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct webauthn_key stored = registered(*state, all[i]);
                struct scene s = scene_new(*state, all[i]);
                assert_fault(&s, &stored, WEBAUTHN_FINE);
                s.require_uv = true;
                assert_fault(&s, &stored, WEBAUTHN_FINE);
        }
}

static void another_challenge_is_refused(void **state) {
        WITH(s.echo = S("0123456789abcdef0123456789ABCDEE"), WEBAUTHN_CHALLENGE_OTHER);
        WITH(s.challenge = S(""), WEBAUTHN_OURS);
}

static void an_answer_for_one_challenge_is_no_answer_to_the_next(void **state) {
        struct webauthn_key stored = registered(*state, es256);
        struct scene s = scene_new(*state, es256);
        s.client_data = scene_client_data(&s, "webauthn.get");
        assert_fault(&s, &stored, WEBAUTHN_FINE);
        s.challenge = S("another-challenge-of-32-bytes-00");
        assert_fault(&s, &stored, WEBAUTHN_CHALLENGE_OTHER);
}

static void a_registration_is_no_sign_in(void **state) {
        WITH(s.type = S("webauthn.create"), WEBAUTHN_TYPE);
        WITH(s.auth_data = scene_auth_data(&s, true), WEBAUTHN_AUTH_DATA);
}

static void another_origin_or_port_is_refused(void **state) {
        WITH(s.origin = S("https://schouders.nl"), WEBAUTHN_ORIGIN);
        WITH(s.origin = S("https://www.schouders.nl:8443"), WEBAUTHN_ORIGIN);
        WITH(s.origin = S("http://www.schouders.nl"), WEBAUTHN_ORIGIN);
        WITH(s.client_data = str_fmt(s.a, "{\"type\":\"webauthn.get\",\"challenge\":\"%.*s\",\"crossOrigin\":true,"
                "\"origin\":\"https://www.schouders.nl\"}", STR(webauthn_encode(s.a, s.challenge))), WEBAUTHN_CROSS_ORIGIN);
        WITH(s.more = S(",\"topOrigin\":\"https://evil.nl\""), WEBAUTHN_CROSS_ORIGIN);
        WITH(s.more = S(",\"type\":\"webauthn.get\""), WEBAUTHN_CLIENT_DATA);
}

static void another_rp_id_is_refused(void **state) {
        WITH(s.rp = S("evil.nl"), WEBAUTHN_RP);
        WITH(s.rp = S("www.schouders.nl"), WEBAUTHN_RP);
}

static void a_user_must_be_there_and_verified_when_we_ask_it(void **state) {
        WITH(s.flags &= ~(unsigned) WEBAUTHN_UP, WEBAUTHN_ABSENT);
        WITH(s.flags &= ~(unsigned) WEBAUTHN_UV, WEBAUTHN_FINE);
        WITH((s.flags &= ~(unsigned) WEBAUTHN_UV, s.require_uv = true), WEBAUTHN_UNVERIFIED);
}

static void whether_a_passkey_may_be_copied_never_changes(void **state) {
        WITH(s.flags &= ~(unsigned) WEBAUTHN_BS, WEBAUTHN_FINE);
        WITH(s.flags &= ~(unsigned) (WEBAUTHN_BE | WEBAUTHN_BS), WEBAUTHN_BACKUP);
        WITH(s.flags &= ~(unsigned) WEBAUTHN_BE, WEBAUTHN_BACKUP);
        WITH(stored.flags &= ~(unsigned) WEBAUTHN_BE, WEBAUTHN_BACKUP);
}

static void a_counter_must_grow_unless_the_device_does_not_count(void **state) {
        static const struct { uint32_t stored, now; enum webauthn_fault fault; } all[] = {
                { 0, 0, WEBAUTHN_FINE }, { 0, 1, WEBAUTHN_FINE }, { 5, 6, WEBAUTHN_FINE }, { 5, 500, WEBAUTHN_FINE },
                { 0xfffffffe, 0xffffffff, WEBAUTHN_FINE },
                { 5, 5, WEBAUTHN_COUNTER }, { 5, 4, WEBAUTHN_COUNTER }, { 1, 0, WEBAUTHN_COUNTER },
                { 0xffffffff, 0, WEBAUTHN_COUNTER }, { 0xffffffff, 0xffffffff, WEBAUTHN_COUNTER },
                { 0x80000000, 0x7fffffff, WEBAUTHN_COUNTER },
        };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct webauthn_key stored = registered(*state, es256);
                struct scene s = scene_new(*state, es256);
                uint32_t counter = 0;
                stored.counter = all[i].stored;
                s.counter = all[i].now;
                assert_int_equal(scene_verify(&s, &stored, &counter), all[i].fault);
                assert_int_equal(counter, all[i].fault ? all[i].stored : all[i].now);
        }
}

static void an_unsigned_counter_says_nothing(void **state) {
        WITH((stored.counter = 5, s.counter = 1, s.signature = S("x")), WEBAUTHN_SIGNATURE);
}

static void a_signature_of_another_key_is_refused(void **state) {
        WITH(s.device = other, WEBAUTHN_SIGNATURE);
        WITH(s.device = eddsa, WEBAUTHN_SIGNATURE);
        WITH(stored = registered(*state, other), WEBAUTHN_SIGNATURE);
        WITH(stored = registered(*state, eddsa), WEBAUTHN_SIGNATURE);
        WITH(stored = registered(*state, rs256), WEBAUTHN_SIGNATURE);
}

static void a_stored_key_under_another_algorithm_is_our_fault(void **state) {
        static const int algs[] = { WEBAUTHN_EDDSA, WEBAUTHN_RS256, 0, -35, -65535 };
        for (size_t i = 0; i < sizeof algs / sizeof *algs; i++)
                WITH(stored.alg = algs[i], WEBAUTHN_OURS);
        WITH(stored.public_key.n--, WEBAUTHN_OURS);
        WITH(stored.public_key = S(""), WEBAUTHN_OURS);
        WITH(stored.public_key = flipped(*state, stored.public_key, 511), WEBAUTHN_OURS);
        WITH(stored.public_key = join(*state, stored.public_key, S("x")), WEBAUTHN_OURS);
}

static void a_signature_of_something_else_is_refused(void **state) {
        struct scene honest = scene_new(*state, es256);
        struct str auth_data = scene_auth_data(&honest, false), client_data = scene_client_data(&honest, "webauthn.get");
        struct str signature = device_sign(*state, es256, auth_data, client_data);
        WITH(s.signature = signature, WEBAUTHN_FINE);
        WITH((s.signature = signature, s.counter = 1), WEBAUTHN_SIGNATURE);
        WITH((s.signature = signature, s.more = S(" ")), WEBAUTHN_SIGNATURE);
        WITH((s.signature = signature, s.flags = WEBAUTHN_UP | WEBAUTHN_UV | WEBAUTHN_BE), WEBAUTHN_SIGNATURE);
        WITH(s.signature = join(*state, signature, S("x")), WEBAUTHN_SIGNATURE);
        WITH(s.signature = device_sign(*state, es256, auth_data, S("")), WEBAUTHN_SIGNATURE);
        WITH(s.signature = device_sign(*state, es256, S(""), client_data), WEBAUTHN_SIGNATURE);
}

static void no_changed_bit_of_a_signature_passes(void **state) {
        const struct device *all[] = { es256, eddsa, rs256 };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct webauthn_key stored = registered(*state, all[i]);
                struct scene s = scene_new(*state, all[i]);
                struct str auth_data = scene_auth_data(&s, false), client_data = scene_client_data(&s, "webauthn.get");
                struct str right = device_sign(*state, all[i], auth_data, client_data);
                for (size_t bit = 0; bit < right.n * 8; bit++) {
                        s.signature = flipped(*state, right, bit);
                        assert_fault(&s, &stored, WEBAUTHN_SIGNATURE);
                }
                for (size_t n = 0; n < right.n; n++) {
                        s.signature = str_sub(right, 0, n);
                        assert_fault(&s, &stored, WEBAUTHN_SIGNATURE);
                }
        }
}

static void no_changed_bit_of_the_signed_data_passes(void **state) {
        struct webauthn_key stored = registered(*state, es256);
        struct scene s = scene_new(*state, es256);
        struct str auth_data = scene_auth_data(&s, false), client_data = scene_client_data(&s, "webauthn.get");
        s.signature = device_sign(*state, es256, auth_data, client_data);
        s.client_data = client_data;
        for (size_t bit = 0; bit < auth_data.n * 8; bit++) {
                s.auth_data = flipped(*state, auth_data, bit);
                assert_int_not_equal(scene_verify(&s, &stored, NULL), WEBAUTHN_FINE);
        }
        s.auth_data = auth_data;
        for (size_t bit = 0; bit < client_data.n * 8; bit++) {
                s.client_data = flipped(*state, client_data, bit);
                assert_int_not_equal(scene_verify(&s, &stored, NULL), WEBAUTHN_FINE);
        }
}

static void authenticator_data_is_read_to_its_last_byte(void **state) {
        struct scene honest = scene_new(*state, es256);
        struct str whole = scene_auth_data(&honest, false);
        assert_int_equal(whole.n, 37);
        for (size_t n = 0; n < whole.n; n++) {
                char *p = malloc(n + 1);
                memcpy(p, whole.p, n);
                WITH(s.auth_data = ((struct str) { p, n }), WEBAUTHN_AUTH_DATA);
                free(p);
        }
        WITH(s.tail = S("\xa0"), WEBAUTHN_AUTH_DATA);
        WITH(s.extensions = S("\xa0"), WEBAUTHN_FINE);
        WITH(s.extensions = S("\xa1\x63uvm\x81\x83\x02\x04\x02"), WEBAUTHN_FINE);
        WITH(s.extensions = S("\xbf\xff"), WEBAUTHN_AUTH_DATA);
        WITH((s.extensions = S("\xa0"), s.tail = S("\xa0")), WEBAUTHN_AUTH_DATA);
}

static void what_is_too_large_is_refused_unread(void **state) {
        char *p = arena_alloc(*state, 5000);
        WITH(s.signature = ((struct str) { p, WEBAUTHN_SIGNATURE_MAX + 1 }), WEBAUTHN_TOO_LARGE);
        WITH(s.signature = ((struct str) { p, WEBAUTHN_SIGNATURE_MAX }), WEBAUTHN_SIGNATURE);
        WITH(s.signature = ((struct str) { p, 0 }), WEBAUTHN_SIGNATURE);
        WITH(s.auth_data = ((struct str) { p, WEBAUTHN_AUTH_DATA_MAX + 1 }), WEBAUTHN_TOO_LARGE);
        WITH(s.client_data = ((struct str) { p, WEBAUTHN_CLIENT_DATA_MAX + 1 }), WEBAUTHN_TOO_LARGE);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_honest_device_of_each_algorithm_signs_in),
                cmocka_unit_test(another_challenge_is_refused),
                cmocka_unit_test(an_answer_for_one_challenge_is_no_answer_to_the_next),
                cmocka_unit_test(a_registration_is_no_sign_in),
                cmocka_unit_test(another_origin_or_port_is_refused),
                cmocka_unit_test(another_rp_id_is_refused),
                cmocka_unit_test(a_user_must_be_there_and_verified_when_we_ask_it),
                cmocka_unit_test(whether_a_passkey_may_be_copied_never_changes),
                cmocka_unit_test(a_counter_must_grow_unless_the_device_does_not_count),
                cmocka_unit_test(an_unsigned_counter_says_nothing),
                cmocka_unit_test(a_signature_of_another_key_is_refused),
                cmocka_unit_test(a_stored_key_under_another_algorithm_is_our_fault),
                cmocka_unit_test(a_signature_of_something_else_is_refused),
                cmocka_unit_test(no_changed_bit_of_a_signature_passes),
                cmocka_unit_test(no_changed_bit_of_the_signed_data_passes),
                cmocka_unit_test(authenticator_data_is_read_to_its_last_byte),
                cmocka_unit_test(what_is_too_large_is_refused_unread),
        };
        return cmocka_run_group_tests(tests, start, stop);
}
