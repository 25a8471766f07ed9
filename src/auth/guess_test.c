#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include "guess.h"
#include "utf8.h"

static size_t parts(const char *text) {
        return guess_parts(str_of(text));
}

static void test_parts(void **state) {
        (void) state;
        assert_int_equal(parts(""), 0);
        assert_int_equal(parts("xkq"), 3);
        assert_int_equal(parts("welkom"), 1);
        assert_int_equal(parts("w3lk0m"), 1);
        assert_int_equal(parts("w@chtw00rd"), 1);
        assert_int_equal(parts("welkom2024welkom"), 3);
        assert_int_equal(parts("zomer2024!amsterdam"), 4);
        assert_int_equal(parts("2024"), 1);
        assert_int_equal(parts("1850"), 4);
        assert_int_equal(parts("aaaaaaa"), 1);
        assert_int_equal(parts("1234"), 1);
        assert_int_equal(parts("dcba"), 1);
        assert_int_equal(parts("12"), 2);
        assert_int_equal(parts("qwer"), 1);
        assert_int_equal(parts("1qaz"), 1);
        assert_int_equal(parts("qwe"), 3);
        assert_int_equal(parts("xk9#xk9#xk9#"), 6);
        /* one character of two bytes is one part */
        assert_int_equal(parts("\xd0\xb4\xd1\x8b"), 2);
        /* a word that begins inside a longer one */
        assert_int_equal(parts("wachtwoordenschede"), 2);
}

/* Every entry is one part, and is written as utf8_fold() leaves it. */
static void test_words(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct str rest = guess_words, word;
        while (str_split(&rest, ' ', &word)) {
                assert_true(word.n >= 3);
                assert_true(str_eq(word, utf8_fold(&a, word)));
                assert_int_equal(guess_parts(word), 1);
        }
        arena_done(&a);
}

/* The longest text of the worst kinds comes to an end soon; more than the maximum is not looked at. */
static void test_long(void **state) {
        (void) state;
        char text[2 * GUESS_MAX];
        memset(text, 'a', sizeof text);
        assert_int_equal(guess_parts((struct str) { text, sizeof text }), 1);
        for (size_t i = 0; i < sizeof text; i++)
                text[i] = "ab"[i % 2];
        assert_true(guess_parts((struct str) { text, sizeof text }) < 16);
        srand(9);
        for (size_t i = 0; i < sizeof text; i++)
                text[i] = (char) (33 + rand() % 90);
        assert_in_range(guess_parts((struct str) { text, sizeof text }), GUESS_MAX / 2, GUESS_MAX);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_parts), cmocka_unit_test(test_words), cmocka_unit_test(test_long),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
