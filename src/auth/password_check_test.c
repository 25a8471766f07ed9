#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include "password.h"
#include "utf8.h"

#define ANNA S("a.jansen@zeestad.example"), S("Anna Jansen-de Wit")

static const char *check(const char *password) {
        struct str why;
        enum err e = password_check_new(str_of(password), ANNA, &why);
        assert_true(e == (why.n ? ERR_INVALID : OK));
        return why.n ? why.p : "";
}

static void test_length(void **state) {
        (void) state;
        struct str why;
        assert_string_equal(check("elf tekens!"), "Kies een langer wachtwoord: minstens 12 tekens.");
        assert_string_equal(check(""), "Kies een langer wachtwoord: minstens 12 tekens.");
        /* characters, not bytes: eleven and twelve of them */
        assert_string_equal(check("\xc3\xa9\xc3\xa8\xc3\xab k\xc3\xb6pr\xc3\xbc#"),
                            "Kies een langer wachtwoord: minstens 12 tekens.");
        assert_string_equal(check("\xd0\xb4\xd0\xbb\xd0\xb8\xd0\xbd\xd0\xbd\xd1\x8b\xd0\xb9"
                                  " \xd0\xba\xd0\xbb\xd1\x8e\xd1\x87"), "");
        char text[PASSWORD_MAX + 2] = { 0 };
        for (size_t i = 0; i < PASSWORD_MAX + 1; i++)
                text[i] = "zeven schapen lopen over de dijk "[i * 7 % 33];
        assert_int_equal(password_check_new((struct str) { text, PASSWORD_MAX }, ANNA, &why), OK);
        assert_int_equal(password_check_new((struct str) { text, PASSWORD_MAX + 1 }, ANNA, &why), ERR_INVALID);
        assert_true(str_starts(why, S("Dit wachtwoord is te lang.")));
}

/* No rules on kinds of characters: only small letters, only digits, spaces, any script. */
static void test_accepted(void **state) {
        (void) state;
        const char *const good[] = {
                "lepelsoepwortel", "834729104857", "ik fiets elke dag langs het kanaal", "vK4!ruWq9@tz",
                "correct-paard-batterij-niet", "de molen draait niet in Amsterdam", "XQZKWVYJPHTM",
        };
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
                assert_string_equal(check(good[i]), "");
}

static void test_guessable(void **state) {
        (void) state;
        const char *const common[] = {
                "welkom2024welkom", "Welkom12345678", "W3lk0m2024!!", "wachtwoord1234", "W@chtwoord2025",
                "passwordpassword", "Zomer2024!Amsterdam", "feyenoord1908!", "qwertyuiop123",
                "1qaz2wsx3edc", "schouders2026!", "SchoudersSchouders", "Gemeente2026!", "Xk9#Xk9#Xk9#",
                "123456789012", "abcdefghijkl", "januari2026!!",
        };
        for (size_t i = 0; i < sizeof common / sizeof *common; i++)
                assert_non_null(strstr(check(common[i]), "makkelijk te raden: het bestaat bijna helemaal uit"));
        /* what only the dictionary and libpwquality know */
        const char *const dictionary[] = { "antidisestablishmentarianism", "abx7qdpoopdq7xba", "xyvxyvyxvvyxyxv" };
        for (size_t i = 0; i < sizeof dictionary / sizeof *dictionary; i++)
                assert_non_null(strstr(check(dictionary[i]), "makkelijk te raden. Kies iets dat geen woord"));
}

static void test_own_name(void **state) {
        (void) state;
        const char *const own[] = {
                "ajansen op zolder 7", "A.Jansen op zolder", "twee JANSEN op zolder", "de heer janszoon ANNA",
                "j\xc3\xa1nsen van de zolder", "annajansendewit #9", "mijn-jan-sen-zolder",
        };
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
                assert_non_null(strstr(check(own[i]), "Uw naam of een deel van uw e-mailadres"));
        /* words of three letters are in too many passwords, and the domain is not the person */
        assert_string_equal(check("het wit van een zwaan"), "");
        assert_string_equal(check("vuurtoren bij zeestad"), "");
        struct str why;
        assert_int_equal(password_check_new(S("twee JANSEN op zolder"), S(""), S(""), &why), OK);
        assert_int_equal(password_check_new(S("bij \xc3\x96zg\xc3\xbcr thuis op de bank"), S("x"),
                                            S("\xc3\x96zg\xc3\xbcr"), &why), ERR_INVALID);
        assert_int_equal(password_check_new(S("lepelsoepwortel"), S("@"), S("- . -"), &why), OK);
}

static void test_bytes(void **state) {
        (void) state;
        struct str why;
        assert_non_null(strstr(check("geen geldig \xff teken"), "niet kunnen lezen"));
        assert_int_equal(password_check_new(S("lang genoeg\0 met NUL"), ANNA, &why), ERR_INVALID);
}

/* The reason never repeats the password: it ends up in a page and perhaps in a cache. */
static void test_reasons_are_texts(void **state) {
        (void) state;
        const char *const refused[] = { "kort", "welkom2024welkom", "antidisestablishmentarianism", "anna jansen thuis" };
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
                const char *why = check(refused[i]);
                assert_true(utf8_valid(str_of(why)));
                assert_int_equal(why[strlen(why) - 1], '.');
                assert_null(strstr(why, refused[i]));
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_length), cmocka_unit_test(test_accepted), cmocka_unit_test(test_guessable),
                cmocka_unit_test(test_own_name), cmocka_unit_test(test_bytes), cmocka_unit_test(test_reasons_are_texts),
        };
        return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
