#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include "backoff.h"

static void test_growth(void **state) {
        (void) state;
        for (int64_t k = -1; k <= 5; k++)
                assert_int_equal(backoff_wait_ms(k, 1000, 1000), 0);
        assert_int_equal(backoff_wait_ms(6, 1000, 1000), 1000);
        assert_int_equal(backoff_wait_ms(7, 1000, 1000), 2000);
        assert_int_equal(backoff_wait_ms(8, 1000, 1000), 4000);
        assert_int_equal(backoff_wait_ms(15, 1000, 1000), 512000);
        assert_int_equal(backoff_wait_ms(16, 1000, 1000), BACKOFF_MAX_MS);
        assert_int_equal(backoff_wait_ms(INT64_MAX, 1000, 1000), BACKOFF_MAX_MS);
}

static void test_passing_time(void **state) {
        (void) state;
        assert_int_equal(backoff_wait_ms(8, 1000, 1001), 3999);
        assert_int_equal(backoff_wait_ms(8, 1000, 4999), 1);
        assert_int_equal(backoff_wait_ms(8, 1000, 5000), 0);
        assert_int_equal(backoff_wait_ms(100, 1000, INT64_MAX), 0);
        assert_int_equal(backoff_wait_ms(100, INT64_MIN, INT64_MAX), 0);
        /* the clock was set back an hour: no wait of an hour */
        assert_int_equal(backoff_wait_ms(8, 3600000, 0), 4000);
        assert_int_equal(backoff_wait_ms(8, INT64_MAX, INT64_MIN), 4000);
}

static const char *prefix(const char *address) {
        static char text[ADDRESS_PREFIX];
        assert_int_equal(address_prefix(str_of(address), text), OK);
        return text;
}

static void test_prefix(void **state) {
        (void) state;
        assert_string_equal(prefix("192.0.2.7"), "192.0.2.7");
        assert_string_equal(prefix("::ffff:192.0.2.7"), "192.0.2.7");
        assert_string_equal(prefix("2001:db8:0:1:aaaa:bbbb:cccc:dddd"), "2001:db8:0:1::/64");
        assert_string_equal(prefix("2001:DB8:0:1::1"), "2001:db8:0:1::/64");
        assert_string_equal(prefix("2001:db8:1111:2222:ffff:ffff:ffff:ffff"), "2001:db8:1111:2222::/64");
        assert_string_equal(prefix("::1"), "::/64");
        assert_string_equal(prefix("fe80::1%eth0"), "fe80::/64");
        char text[ADDRESS_PREFIX];
        const struct str bad[] = { S(""), S("unknown"), S("192.0.2"), S("192.0.2.256"), S("192.0.2.7:443"), S("[::1]"),
                                   S("%eth0"), S("1:2:3:4:5:6:7:8:9"), S("192.0.2.7\0"), { NULL, 0 },
                                   S("0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000") };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(address_prefix(bad[i], text), ERR_INVALID);
}

static void test_digest(void **state) {
        (void) state;
        const unsigned char key[32] = { 1 }, other_key[32] = { 2 };
        struct token_digest a, b;
        assert_int_equal(address_digest(key, S("2001:db8::1"), &a), OK);
        assert_int_equal(address_digest(key, S("2001:db8::2"), &b), OK);
        assert_string_equal(a.hex, b.hex);
        assert_int_equal(address_digest(key, S("2001:db8:0:1::1"), &b), OK);
        assert_string_not_equal(a.hex, b.hex);
        assert_int_equal(address_digest(other_key, S("2001:db8::1"), &b), OK);
        assert_string_not_equal(a.hex, b.hex);
        assert_int_equal(address_digest(key, S("nergens"), &b), ERR_INVALID);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_growth), cmocka_unit_test(test_passing_time), cmocka_unit_test(test_prefix),
                cmocka_unit_test(test_digest),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
