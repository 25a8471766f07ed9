#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include <liboath/oath.h>
#include "totp.h"

/* The secret of RFC 6238, appendix B. */
static const unsigned char rfc[TOTP_SECRET + 1] = "12345678901234567890";

static enum totp_result check(const char *code, int64_t now_ms, int64_t last_step, int64_t *step) {
        return totp_check(rfc, TOTP_SECRET, str_of(code), now_ms, last_step, step);
}

/* RFC 6238, appendix B has eight digits; ours are the last six of them. */
static void test_rfc6238(void **state) {
        (void) state;
        static const struct { int64_t s; const char *code; } vectors[] = {
                { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" }, { 1234567890, "005924" },
                { 2000000000, "279037" }, { 20000000000, "353130" },
        };
        for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
                int64_t step;
                assert_int_equal(check(vectors[i].code, vectors[i].s * 1000, 0, &step), TOTP_OK);
                assert_int_equal(step, vectors[i].s / 30);
        }
}

static void test_window(void **state) {
        (void) state;
        const int64_t right = 1111111109 / 30;
        int64_t step;
        for (int64_t off = -3; off <= 3; off++) {
                enum totp_result r = check("081804", (right + off) * 30000, 0, &step);
                assert_int_equal(r, off >= -1 && off <= 1 ? TOTP_OK : TOTP_WRONG);
                assert_int_equal(step, r == TOTP_OK ? right : 0);
        }
        assert_int_equal(check("081804", (right + 2) * 30000 - 1, 0, &step), TOTP_OK);
        assert_int_equal(check("081804", -1, 0, &step), TOTP_WRONG);
        assert_int_equal(check("081804", 0, 0, &step), TOTP_WRONG);
        assert_int_equal(check("081804", INT64_MAX, 0, &step), TOTP_WRONG);
}

/* A code works once, and after it none of an earlier step. */
static void test_no_reuse(void **state) {
        (void) state;
        int64_t now = 1111111109000, step, last, again;
        assert_int_equal(check("081804", now, 0, &last), TOTP_OK);
        assert_int_equal(check("081804", now, last, &step), TOTP_USED);
        assert_int_equal(step, 0);
        assert_int_equal(check("081804", now + 30000, last, &step), TOTP_USED);
        assert_int_equal(check("050471", now + 30000, last, &again), TOTP_OK);
        assert_int_equal(again, last + 1);
        assert_int_equal(check("081804", now + 30000, again, &step), TOTP_USED);
        assert_int_equal(check("081805", now, last, &step), TOTP_WRONG);
}

static void test_typed(void **state) {
        (void) state;
        char code[TOTP_DIGITS + 1];
        const char *const good[] = { "081804", "081 804", " 0 8 1 8 0 4 ", "081\xc2\xa0" "804" };
        for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
                assert_int_equal(totp_normal(str_of(good[i]), code), OK);
                assert_string_equal(code, "081804");
        }
        const char *const bad[] = { "", " ", "08180", "0818041", "08180a", "+81804", "081-804", "081804\n",
                                    "\xc2" "081804", "081804\xc2", "\xd9\xa0\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(totp_normal(str_of(bad[i]), code), ERR_INVALID);
        char wide[100];
        memset(wide, ' ', sizeof wide);
        memcpy(wide, "081804", 6);
        assert_int_equal(totp_normal((struct str) { wide, sizeof wide }, code), ERR_INVALID);
}

static void test_texts(void **state) {
        (void) state;
        struct arena a = { 0 };
        assert_true(str_eq(totp_text(&a, rfc), S("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")));
        assert_true(str_eq(totp_uri(&a, rfc, S("anna@zeestad.example")),
                           S("otpauth://totp/Schouders:anna%40zeestad.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                             "&issuer=Schouders&algorithm=SHA1&digits=6&period=30")));
        assert_true(str_starts(totp_uri(&a, rfc, S("x?secret=A&b:/#%\"")),
                               S("otpauth://totp/Schouders:x%3Fsecret%3DA%26b%3A%2F%23%25%22?secret=GEZD")));
        arena_done(&a);
}

/* liboath reads what we show as what we made. */
static void test_base32(void **state) {
        (void) state;
        struct arena a = { 0 };
        for (int i = 0; i < 100; i++) {
                unsigned char secret[TOTP_SECRET];
                char *back = NULL;
                size_t n = 0;
                totp_secret(secret);
                struct str text = totp_text(&a, secret);
                assert_int_equal(text.n, 39);
                assert_int_equal(oath_base32_decode(text.p, text.n, &back, &n), OATH_OK);
                assert_int_equal(n, TOTP_SECRET);
                assert_memory_equal(back, secret, TOTP_SECRET);
                free(back);
        }
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_rfc6238), cmocka_unit_test(test_window), cmocka_unit_test(test_no_reuse),
                cmocka_unit_test(test_typed), cmocka_unit_test(test_texts), cmocka_unit_test(test_base32),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
