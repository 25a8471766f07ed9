#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "bsn.h"

static unsigned seen(const char *text) {
        return text_personal(str_of(text));
}

static void test_bsn(void **state) {
        (void) state;
        assert_true(bsn_valid("111222333"));
        assert_true(bsn_valid("123456782"));
        assert_false(bsn_valid("123456789"));
        assert_false(bsn_valid("000000000"));
        assert_true(seen("bsn 123456782.") == PERSONAL_BSN);
        assert_true(seen("123.456.782") == PERSONAL_BSN);
        assert_true(seen("1234 56 782") == PERSONAL_BSN);
        assert_true(seen("123\xc2\xa0" "456\xc2\xa0" "782") == PERSONAL_BSN);
        assert_true(seen("in 2024 123456782") == PERSONAL_BSN);
        assert_true(seen("11 22 33 44 55 66 77 88 99 00 12 123456782") & PERSONAL_BSN);
        assert_int_equal(seen("1234567820"), 0);
        assert_int_equal(seen("123456789"), 0);
        assert_int_equal(seen("\xe2\x82\xac 123.456.782"), 0);
        assert_int_equal(seen("1234567821234567821234567821234567 82"), 0);
        assert_int_equal(seen("123456782123456782123456782123456782"), 0);
        assert_int_equal(seen("in 2023 waren er 1.250 trajecten"), 0);
        assert_int_equal(seen(""), 0);
}

static void test_others(void **state) {
        (void) state;
        assert_true(seen("NL91ABNA0417164300") & PERSONAL_IBAN);
        assert_true(seen("nl91 abna 0417 1643 00") & PERSONAL_IBAN);
        assert_false(seen("NL92ABNA0417164300") & PERSONAL_IBAN);
        assert_false(seen("NL91ABNA04171643001") & PERSONAL_IBAN);
        assert_true(seen("bel 06-12345678") & PERSONAL_PHONE);
        assert_true(seen("bel 06 1234 5678") & PERSONAL_PHONE);
        assert_true(seen("+31 6 12345678") & PERSONAL_PHONE);
        assert_true(seen("020 5551234") & PERSONAL_PHONE);
        assert_false(seen("0800 1234567") & PERSONAL_PHONE);
        assert_false(seen("088-1234567") & PERSONAL_PHONE);
        assert_true(seen("geboren op 4 mei 1980") == PERSONAL_BIRTH_DATE);
        assert_true(seen("Geboortedatum: 04-05-1980") & PERSONAL_BIRTH_DATE);
        assert_true(seen("geb. 1980-05-04") & PERSONAL_BIRTH_DATE);
        assert_int_equal(seen("Het idee werd geboren in overleg met 12 gemeenten"), 0);
        assert_int_equal(seen("Bijeenkomst op 4 mei 2026"), 0);
}

/* Of all nine-digit numbers one in eleven passes, and changing one digit of a valid one always breaks it. */
static void test_property(void **state) {
        (void) state;
        size_t valid = 0;
        srand(7);
        for (int k = 0; k < 110000; k++) {
                char d[10] = { 0 };
                for (int i = 0; i < 9; i++)
                        d[i] = (char) ('0' + rand() % 10);
                if (!bsn_valid(d))
                        continue;
                valid++;
                assert_true(text_has_bsn((struct str) { d, 9 }));
                int i = rand() % 9;
                char old = d[i];
                d[i] = (char) ('0' + (old - '0' + 1 + rand() % 9) % 10);
                assert_false(bsn_valid(d));
        }
        assert_in_range(valid, 9500, 10500);
}

static void test_screen(void **state) {
        struct str refusal, warning;
        (void) state;
        text_screen_personal(S("bsn 123456782, bel 06-12345678"), &refusal, &warning);
        assert_true(str_find(refusal, S("burgerservicenummer")) < refusal.n);
        assert_true(str_find(warning, S("telefoonnummer")) < warning.n);
        text_screen_personal(S("NL91ABNA0417164300"), &refusal, &warning);
        assert_true(refusal.n == 0 && str_find(warning, S("rekeningnummer")) < warning.n);
        text_screen_personal(S("geboren op 1-2-1980"), &refusal, &warning);
        assert_true(refusal.n == 0 && str_find(warning, S("geboortedatum")) < warning.n);
        text_screen_personal(S("1.250 trajecten in 2024"), &refusal, &warning);
        assert_true(refusal.n == 0 && warning.n == 0);
}

/* Any bytes give an answer, in linear time: no assertion but the sanitizers'. */
static void test_noise(void **state) {
        (void) state;
        static const char signs[] = "0123456789 .-+nlNLgeb\xc2\xa0";
        char text[300];
        srand(8);
        for (int k = 0; k < 20000; k++) {
                size_t n = (size_t) rand() % sizeof text;
                for (size_t i = 0; i < n; i++)
                        text[i] = signs[(size_t) rand() % (sizeof signs - 1)];
                (void) text_personal((struct str) { text, n });
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_bsn), cmocka_unit_test(test_others), cmocka_unit_test(test_property),
                cmocka_unit_test(test_screen), cmocka_unit_test(test_noise),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
