#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include "recovery.h"

static const unsigned char key[32] = { 1 }, other_key[32] = { 2 };

static void test_make(void **state) {
        (void) state;
        char codes[RECOVERY_CODES][RECOVERY_TEXT], plain[RECOVERY_CHARS + 1];
        recovery_make(codes);
        for (size_t i = 0; i < RECOVERY_CODES; i++) {
                assert_int_equal(strlen(codes[i]), 11);
                assert_int_equal(codes[i][5], '-');
                assert_null(strpbrk(codes[i], "ilou"));
                assert_int_equal(recovery_normal(str_of(codes[i]), plain), OK);
                for (size_t k = 0; k < i; k++)
                        assert_string_not_equal(codes[i], codes[k]);
        }
}

static void test_normal(void **state) {
        (void) state;
        char code[RECOVERY_CHARS + 1];
        const char *const same[] = { "a0b1c-d2e3f", "A0B1C-D2E3F", "a0b1cd2e3f", " aOblc - d2e3f ", "AoBiC D2E3F" };
        for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
                assert_int_equal(recovery_normal(str_of(same[i]), code), OK);
                assert_string_equal(code, "a0b1cd2e3f");
        }
        const struct str bad[] = { S(""), S("-"), S("a0b1cd2e3"), S("a0b1cd2e3fg"), S("a0b1cd2e3u"), S("a0b1cd2e3_"),
                                   S("a0b1cd2e3\0"), S("a0b1cd2e3\xc3\xa9"), { NULL, 0 } };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(recovery_normal(bad[i], code), ERR_INVALID);
        char wide[100];
        memset(wide, '-', sizeof wide);
        memcpy(wide, "a0b1cd2e3f", 10);
        assert_int_equal(recovery_normal((struct str) { wide, sizeof wide }, code), ERR_INVALID);
}

static void test_digest(void **state) {
        (void) state;
        struct token_digest a, b;
        assert_int_equal(recovery_digest(key, S("a0b1c-d2e3f"), &a), OK);
        assert_int_equal(recovery_digest(key, S("AOB1C D2E3F"), &b), OK);
        assert_string_equal(a.hex, b.hex);
        assert_int_equal(strlen(a.hex), 64);
        assert_int_equal(recovery_digest(other_key, S("a0b1c-d2e3f"), &b), OK);
        assert_string_not_equal(a.hex, b.hex);
        assert_int_equal(recovery_digest(key, S("a0b1c-d2e3g"), &b), OK);
        assert_string_not_equal(a.hex, b.hex);
        assert_int_equal(recovery_digest(key, S("a0b1c"), &b), ERR_INVALID);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_make), cmocka_unit_test(test_normal), cmocka_unit_test(test_digest),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
