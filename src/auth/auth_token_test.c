#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include "auth_token.h"

static const unsigned char key[32] = { 1 }, other_key[32] = { 2 };

static void test_make(void **state) {
        (void) state;
        char a[TOKEN_TEXT], b[TOKEN_TEXT];
        token_make(a);
        token_make(b);
        assert_int_equal(strlen(a), 43);
        assert_string_not_equal(a, b);
        assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), 43);
}

static void test_hash(void **state) {
        (void) state;
        char token[TOKEN_TEXT];
        unsigned char x[32], y[32];
        struct token_digest text;
        token_make(token);
        assert_int_equal(token_hash(key, str_of(token), x), OK);
        assert_int_equal(token_hash(key, str_of(token), y), OK);
        assert_memory_equal(x, y, sizeof x);
        assert_int_equal(token_hash(other_key, str_of(token), y), OK);
        assert_memory_not_equal(x, y, sizeof x);
        assert_int_equal(token_digest(key, str_of(token), &text), OK);
        char hex[65];
        assert_string_equal(text.hex, sodium_bin2hex(hex, sizeof hex, x, sizeof x));
        /* a stored hash must hold for ever: BLAKE2b of 32 zero bytes under the key */
        assert_int_equal(token_digest(key, S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &text), OK);
        assert_string_equal(text.hex, "dd3d2147a62d9622d11177c0fa7230a9a2a23c047fafcb082ef08d3e8f45181b");
}

/* Everything but the 43 characters that token_make() writes. */
static void test_refused(void **state) {
        (void) state;
        unsigned char hash[32];
        const struct str bad[] = {
                S(""), S("A"), { NULL, 0 },
                S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),            /* 42 */
                S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),          /* 44 */
                S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),           /* padding */
                S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB"),           /* stray bits in the last character */
                S("AAAAAAAAAAAAAAAAAAAAA+AAAAAAAAAAAAAAAAAAAAA"),           /* the other base64 */
                S("AAAAAAAAAAAAAAAAAAAAA/AAAAAAAAAAAAAAAAAAAAA"),
                S("AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA"),
                S("AAAAAAAAAAAAAAAAAAAAA\0AAAAAAAAAAAAAAAAAAAAA"),
                S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"),
        };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_int_equal(token_hash(key, bad[i], hash), ERR_INVALID);
}

/* Of the 256 bytes, the 64 of the alphabet may stand in a token: libsodium alone takes 192. */
static void test_alphabet(void **state) {
        (void) state;
        unsigned char hash[32];
        int accepted = 0;
        for (int c = 0; c < 256; c++) {
                char token[TOKEN_TEXT];
                memset(token, 'A', sizeof token);
                token[5] = (char) c;
                accepted += token_hash(key, (struct str) { token, TOKEN_TEXT - 1 }, hash) == OK;
        }
        assert_int_equal(accepted, 64);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_make), cmocka_unit_test(test_hash), cmocka_unit_test(test_refused),
                cmocka_unit_test(test_alphabet),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
