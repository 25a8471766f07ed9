#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include "redirect.h"

static void test_local(void **state) {
        (void) state;
        const char *const good[] = {
                "/", "/kennis", "/kennis/", "/kennis?soort=aanpak&p=2#boven", "/gemeente/sudwest-fryslan", "/a%20b",
                "/caf%c3%a9", "/inloggen-uitleg", "/inloggenx", "/hulp/inloggen", "/?verder=//evil.example", "/a:b@c",
                "/...", "/a//b", "/?a=../..", "/#//x", "/zoek?q=100%", "/~", "/.well-known/x",
        };
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
                if (!redirect_is_local(str_of(good[i])))
                        fail_msg("refused: %s", good[i]);
}

static void test_elsewhere(void **state) {
        (void) state;
        const struct str bad[] = {
                S(""), { NULL, 0 }, S("kennis"), S("//evil.example"), S("///evil.example"), S("/\\evil.example"),
                S("\\\\evil.example"), S("https://evil.example/"), S("https:/evil.example"), S("javascript:alert(1)"),
                S("data:text/html,x"), S(" /kennis"), S("/ken nis"), S("/\t/evil.example"), S("/\n/evil.example"),
                S("/x\r\nSet-Cookie: a=b"), S("/x\0y"), S("/x\x7f"), S("/caf\xc3\xa9"), S("?x"), S("#x"),
                /* the same in disguise */
                S("/%2fevil.example"), S("/%2Fevil.example"), S("/%5cevil.example"), S("/%09/evil.example"),
                S("/a%0d%0ab"), S("/a%00b"), S("/./kennis"), S("/.//evil.example"), S("/a/..//evil.example"),
                S("/.."), S("/%2e%2e/x"), S("/a/."), S("/%"), S("/%4"), S("/%zz"), S("/a%2"),
        };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (redirect_is_local(bad[i]))
                        fail_msg("accepted: %.*s", STR(bad[i]));
}

/* Back to the form would go in circles, to signing out would undo it. */
static void test_circles(void **state) {
        (void) state;
        const char *const bad[] = { "/inloggen", "/inloggen?verder=/", "/inloggen#x", "/inloggen/", "/inloggen/code",
                                    "/uitloggen", "/uitloggen/", "/%69nloggen", "/uitlogge%6e?x" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                if (redirect_is_local(str_of(bad[i])))
                        fail_msg("accepted: %s", bad[i]);
}

static void test_length(void **state) {
        (void) state;
        char path[REDIRECT_MAX + 1];
        memset(path, 'a', sizeof path);
        path[0] = '/';
        assert_true(redirect_is_local((struct str) { path, REDIRECT_MAX }));
        assert_false(redirect_is_local((struct str) { path, REDIRECT_MAX + 1 }));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_local), cmocka_unit_test(test_elsewhere), cmocka_unit_test(test_circles),
                cmocka_unit_test(test_length),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
