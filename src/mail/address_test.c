#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "address.h"

static void addresses(void **state) {
        static const struct str good[] = {
                S_INIT("a@b.nl"), S_INIT("jan.de.vries@gemeente-x.nl"), S_INIT("J+test@Sub.Domein.NL"), S_INIT("o'neil@x.ie"),
                S_INIT("!#$%&'*+-/=?^_`{|}~@x.nl"), S_INIT("-a@x.nl"), S_INIT("a@xn--caf-dma.nl"), S_INIT("1@2.3x"),
        };
        static const struct str bad[] = {
                S_INIT(""), S_INIT("@"), S_INIT("a"), S_INIT("a@"), S_INIT("@b.nl"), S_INIT("a@b"), S_INIT("a@b@c.nl"),
                S_INIT("a b@c.nl"), S_INIT(" a@b.nl"), S_INIT("a@b.nl "), S_INIT("a@b.nl\n"), S_INIT("a\r\nBcc: x@y.nl"),
                S_INIT("a\0@b.nl"), S_INIT("a@b\0.nl"), S_INIT(".a@b.nl"), S_INIT("a.@b.nl"), S_INIT("a..b@c.nl"),
                S_INIT("\"a b\"@c.nl"), S_INIT("a@[127.0.0.1]"), S_INIT("a@127.0.0.1"), S_INIT("a@-b.nl"), S_INIT("a@b-.nl"),
                S_INIT("a@b..nl"), S_INIT("a@.nl"), S_INIT("a@b.nl."), S_INIT("a@b_c.nl"), S_INIT("caf\xc3\xa9@x.nl"),
                S_INIT("a@caf\xc3\xa9.nl"), S_INIT("a(b)@c.nl"), S_INIT("a<b@c.nl>"), S_INIT("a,b@c.nl"), S_INIT("a@b,c.nl"),
                S_INIT("Jan <jan@x.nl>"), S_INIT("a@b.nl,c@d.nl"), S_INIT("a;b@c.nl"), S_INIT("a@b.\x7fnl"),
        };
        (void) state;
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
                if (!mail_address_ok(good[i]))
                        fail_msg("refused: %.*s", STR(good[i]));
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (mail_address_ok(bad[i]))
                        fail_msg("taken: %.*s", STR(bad[i]));
}

/* LOCAL letters, "@", labels of LABEL letters until the domain has DOMAIN bytes. */
static bool sized(size_t local, size_t label, size_t domain) {
        char s[600];
        memset(s, 'a', sizeof s);
        s[local] = '@';
        for (size_t i = label; i < domain; i += label + 1)
                s[local + 1 + i] = '.';
        return mail_address_ok((struct str) { s, local + 1 + domain });
}

static void lengths(void **state) {
        (void) state;
        assert_true(sized(64, 10, 21));
        assert_false(sized(65, 10, 21));
        assert_true(sized(1, 63, 127));
        assert_false(sized(1, 64, 129));
        assert_true(sized(64, 21, 254 - 65));
        assert_false(sized(64, 21, 255 - 65));
}

static void forms(void **state) {
        struct arena a = { 0 };
        (void) state;
        assert_true(str_eq(mail_address_tidy(&a, S(" Jan.J@Gemeente.NL\n")), S("Jan.J@gemeente.nl")));
        assert_true(str_eq(mail_address_fold(&a, S("\tJan.J@Gemeente.NL ")), S("jan.j@gemeente.nl")));
        assert_true(str_eq(mail_address_tidy(&a, S(" Geen ")), S("Geen")));
        assert_true(str_eq(mail_address_tidy(&a, S("")), S("")));
        assert_true(str_eq(mail_address_domain(S("a@b.nl")), S("b.nl")));
        assert_int_equal(mail_address_domain(S("a")).n, 0);
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(addresses), cmocka_unit_test(lengths), cmocka_unit_test(forms) };
        return cmocka_run_group_tests_name("mail-address", tests, NULL, NULL);
}
