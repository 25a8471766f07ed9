/* Forms with files cut into their parts, whatever pieces they arrive in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "buf.h"
#include "multipart.h"

/* "name/filename=data;" for each part. */
static struct buf seen;

static enum err begin(void *arg, const struct multipart_part *p) {
        (void) arg;
        buf_str(&seen, p->name);
        if (p->is_file)
                buf_char(&seen, '/');
        buf_str(&seen, p->filename);
        buf_char(&seen, '=');
        return str_eq(p->name, S("stop")) ? ERR_DENIED : OK;
}

static enum err data(void *arg, const char *p, size_t n) {
        (void) arg;
        buf_put(&seen, p, n);
        return OK;
}

static enum err end(void *arg) {
        (void) arg;
        buf_char(&seen, ';');
        return OK;
}

static enum err feed(struct str body, size_t step, bool *whole) {
        static const struct multipart_sink sink = { begin, data, end };
        struct multipart m;
        enum err e = OK;
        buf_reset(&seen);
        multipart_init(&m, S("x-y"), &sink, NULL);
        for (size_t i = 0; i < body.n && e == OK; i += step)
                e = multipart_feed(&m, body.p + i, body.n - i < step ? body.n - i : step);
        *whole = multipart_is_whole(&m);
        buf_char(&seen, '\0');
        return e;
}

#define HEAD(rest) "--x-y\r\nContent-Disposition: form-data; " rest "\r\n\r\n"
#define END "\r\n--x-y--\r\n"

static void parts_come_out(void **state) {
        static const struct { struct str body; const char *parts; } cases[] = {
                { S_INIT(HEAD("name=\"a\"") "1" END), "a=1;" },
                { S_INIT(HEAD("name=\"a\"") END), "a=;" },
                { S_INIT(HEAD("name=\"a\"") "1\r\n" HEAD("name=\"b\"; filename=\"c d.txt\"") "2\r\n3" END), "a=1;b/c d.txt=2\r\n3;" },
                { S_INIT(HEAD("name=\"b\"; filename=\"\"") END), "b/=;" },
                { S_INIT(HEAD("name=\"a%22b\"") "1" END), "a\"b=1;" },
                { S_INIT("vooraf\r\n" HEAD("name=\"a\"") "1" END "achteraf"), "a=1;" },
                /* almost a boundary */
                { S_INIT(HEAD("name=\"a\"") "\r\n--x-\r\r\n--x\r\n-\r\n--X-y" END), "a=\r\n--x-\r\r\n--x\r\n-\r\n--X-y;" },
                { S_INIT("--x-y\r\ncontent-disposition:form-data;name=\"a\"\r\nContent-Type: text/plain\r\n\r\n1" END), "a=1;" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                for (size_t step = 1; step < 200; step += step < 8 ? 1 : 64) {
                        bool whole;
                        assert_int_equal(feed(cases[i].body, step, &whole), OK);
                        assert_string_equal(seen.p, cases[i].parts);
                        assert_true(whole);
                }
}

static void what_no_browser_sends(void **state) {
        static const struct str cases[] = {
                S_INIT(HEAD("filename=\"a\"") "1" END), S_INIT(HEAD("name=\"\"") "1" END), S_INIT(HEAD("name=a") "1" END),
                S_INIT(HEAD("name=\"a\"; name=\"b\"") "1" END), S_INIT(HEAD("name=\"a\"; filename=\"b\"; filename=\"c\"") "1" END),
                S_INIT(HEAD("name=\"a\"; filename*=UTF-8''b") "1" END), S_INIT(HEAD("name=\"a%0D%0Ab\"") "1" END),
                S_INIT(HEAD("name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"") "1" END),
                S_INIT(HEAD("name=\"a\"\r\nContent-Type: multipart/mixed; boundary=z") "1" END),
                S_INIT(HEAD("name=\"a\"\r\nContent-Transfer-Encoding: base64") "MQ==" END),
                S_INIT(HEAD("name=\"a\"\r\n gevouwen: ja") "1" END), S_INIT(HEAD("name=\"a\nX: y\"") "1" END),
                S_INIT("--x-y\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1" END), S_INIT("--x-yz\r\n\r\n"), S_INIT("--x-y \r\n\r\n"),
        };
        bool whole;
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                assert_int_equal(feed(cases[i], 7, &whole), ERR_INVALID);
                assert_false(whole);
        }
        assert_int_equal(feed(S(HEAD("name=\"a\"") "afgebroken"), 7, &whole), OK);
        assert_false(whole);
        assert_int_equal(feed(S(HEAD("name=\"stop\"") "1" END), 7, &whole), ERR_DENIED);
        assert_string_equal(seen.p, "stop=");
}

static void boundaries(void **state) {
        static const struct { struct str type, boundary; } cases[] = {
                { S_INIT("multipart/form-data; boundary=abc"), S_INIT("abc") }, { S_INIT("Multipart/Form-Data;Boundary=\"a b\""), S_INIT("a b") },
                { S_INIT("multipart/form-data; charset=utf-8; boundary=----WebKitFormBoundaryabc"), S_INIT("----WebKitFormBoundaryabc") },
                { S_INIT("multipart/form-data"), S_INIT("") }, { S_INIT("multipart/form-data; boundary="), S_INIT("") },
                { S_INIT("multipart/form-data; boundary=a; boundary=b"), S_INIT("") }, { S_INIT("multipart/mixed; boundary=abc"), S_INIT("") },
                { S_INIT("multipart/form-data; boundary=\"a \""), S_INIT("") }, { S_INIT("multipart/form-data; boundary=a\tb"), S_INIT("") },
                { S_INIT("multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789"),
                  S_INIT("0123456789012345678901234567890123456789012345678901234567890123456789") },
                { S_INIT("multipart/form-data; boundary=01234567890123456789012345678901234567890123456789012345678901234567890"), S_INIT("") },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct str b;
                assert_int_equal(multipart_boundary(cases[i].type, &b), cases[i].boundary.n > 0);
                assert_true(cases[i].boundary.n == 0 || str_eq(b, cases[i].boundary));
        }
        struct str b;
        assert_false(multipart_boundary((struct str) { 0 }, &b));
}

static int forget(void **state) {
        (void) state;
        buf_done(&seen);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(parts_come_out), cmocka_unit_test(what_no_browser_sends), cmocka_unit_test(boundaries),
        };
        return cmocka_run_group_tests_name("multipart", tests, NULL, forget);
}
