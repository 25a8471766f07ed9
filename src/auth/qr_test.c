#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <sodium.h>
#include <string.h>
#include <qrencode.h>
#include <stdio.h>
#include "qr.h"

/* Draws the path into dark[y][x], as a browser would. */
static bool dark[200][200];
static void draw(struct qr q) {
        memset(dark, 0, sizeof dark);
        int x, y, w, back, used;
        for (const char *p = q.path.p; p < q.path.p + q.path.n; p += used) {
                assert_int_equal(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &w, &back, &used), 4);
                assert_int_equal(w, back);
                assert_true(x >= 0 && y >= 0 && w > 0 && x + w <= q.size && y < q.size);
                for (int i = 0; i < w; i++)
                        dark[y][x + i] = true;
        }
}

static void test_draws_the_code(void **state) {
        (void) state;
        struct arena a = { 0 };
        const char *text = "otpauth://totp/Schouders:anna%40zeestad.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                           "&issuer=Schouders&algorithm=SHA1&digits=6&period=30";
        struct qr q;
        assert_int_equal(qr_make(&a, str_of(text), &q), OK);
        QRcode *code = QRcode_encodeData((int) strlen(text), (const unsigned char *) text, 0, QR_ECLEVEL_M);
        assert_non_null(code);
        assert_int_equal(q.size, code->width + 8);
        draw(q);
        for (int y = 0; y < q.size; y++)
                for (int x = 0; x < q.size; x++) {
                        int cx = x - QR_QUIET, cy = y - QR_QUIET;
                        bool inside = cx >= 0 && cy >= 0 && cx < code->width && cy < code->width;
                        assert_int_equal(dark[y][x], inside && (code->data[cy * code->width + cx] & 1));
                }
        QRcode_free(code);
        /* the mark in the upper left corner: seven dark modules, then a ring */
        assert_true(str_starts(q.path, S("M4 4h7v1h-7z")));
        assert_true(dark[5][4] && !dark[5][5] && dark[6][6]);
        arena_done(&a);
}

static void test_limits(void **state) {
        (void) state;
        struct arena a = { 0 };
        char text[QR_MAX + 1];
        struct qr q;
        memset(text, 'x', sizeof text);
        assert_int_equal(qr_make(&a, S(""), &q), ERR_LIMIT);
        assert_int_equal(qr_make(&a, (struct str) { text, QR_MAX + 1 }, &q), ERR_LIMIT);
        assert_int_equal(qr_make(&a, (struct str) { text, QR_MAX }, &q), OK);
        draw(q);
        /* bytes that are no text, a NUL too */
        assert_int_equal(qr_make(&a, S("\0\xff\x80"), &q), OK);
        assert_int_equal(q.size, 21 + 2 * QR_QUIET);
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_draws_the_code), cmocka_unit_test(test_limits),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
