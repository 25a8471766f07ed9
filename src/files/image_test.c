/* Images drawn anew: the picture stays, all else goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "samples.h"

static struct arena a;

static struct image redraw(const char *code, struct str bytes) {
        struct image im = { 0 };
        struct str reason;
        if (!image_redraw(&a, file_kind_of(str_of(code)), bytes, &im, &reason))
                fail_msg("%s: %.*s", code, STR(reason));
        return im;
}

static void refuses(const char *code, struct str bytes, const char *why) {
        struct image im = { 0 };
        struct str reason;
        assert_false(image_redraw(&a, file_kind_of(str_of(code)), bytes, &im, &reason));
        if (!strstr(str_z(&a, reason), why))
                fail_msg("%s: \"%.*s\" does not say \"%s\"", code, STR(reason), why);
}

static struct pixels pixels_of(const char *code, struct image im) {
        struct pixels px = { 0 };
        bool lossless;
        enum image_result r = !strcmp(code, "jpeg") ? jpeg_read(&a, im.bytes, &px) :
                !strcmp(code, "png") ? png_read(&a, im.bytes, &px) : webp_read(&a, im.bytes, &px, &lossless);
        assert_int_equal(r, IMAGE_OK);
        assert_int_equal(px.width, im.width);
        assert_int_equal(px.height, im.height);
        return px;
}

/* Which colour is strongest there: 'r', 'b' or 'w'. */
static char colour(struct pixels px, int x, int y) {
        const unsigned char *p = px.p + ((size_t) y * (size_t) px.width + (size_t) x) * (size_t) px.channels;
        return p[1] > 128 ? 'w' : p[0] > p[2] ? 'r' : 'b';
}

static void what_does_not_belong_to_the_picture_is_gone(void **state) {
        struct str jpeg = sample_jpeg(&a, 64, 64, 1), tail = S("<script>PK achter het einde</script>");
        (void) state;
        assert_true(str_find(jpeg, S("GPS-PLAATS")) < jpeg.n);
        struct image im = redraw("jpeg", sample_join(&a, jpeg, tail));
        assert_true(str_find(im.bytes, S("Exif")) == im.bytes.n && str_find(im.bytes, S("GPS")) == im.bytes.n);
        assert_true(str_find(im.bytes, S("script")) == im.bytes.n);
        im = redraw("png", sample_join(&a, sample_png(&a, 64, 64), tail));
        assert_true(str_find(im.bytes, S("script")) == im.bytes.n && str_find(im.bytes, S("tEXt")) == im.bytes.n);
        im = redraw("webp", sample_join(&a, sample_webp(&a, 64, 64, false), tail));
        assert_true(str_find(im.bytes, S("script")) == im.bytes.n);
}

static void the_picture_stays(void **state) {
        struct { const char *code; struct str bytes; } all[] = {
                { "png", sample_png(&a, 40, 40) }, { "jpeg", sample_jpeg(&a, 40, 40, 1) }, { "webp", sample_webp(&a, 40, 40, false) },
                { "webp", sample_webp(&a, 40, 40, true) },
        };
        (void) state;
        for (size_t i = 0; i < 4; i++) {
                struct pixels px = pixels_of(all[i].code, redraw(all[i].code, all[i].bytes));
                assert_int_equal(px.width, 40);
                assert_int_equal(px.height, 40);
                assert_int_equal(colour(px, 5, 20), 'r');
                assert_int_equal(colour(px, 35, 20), 'b');
        }
        struct str grey;
        assert_true(png_write(&a, sample_pixels(&a, 8, 8, 1), &grey));
        assert_int_equal(pixels_of("png", redraw("png", grey)).channels, 1);
        assert_true(jpeg_write(&a, sample_pixels(&a, 8, 8, 1), &grey));
        assert_int_equal(pixels_of("jpeg", redraw("jpeg", grey)).channels, 1);
}

/* The white row is the top of the picture as the camera held it; red is left. */
static void cameras_held_in_every_way(void **state) {
        static const struct { int orientation; bool swaps; char top, left; } cases[] = {
                { 1, false, 'w', 'r' }, { 2, false, 'w', 'b' }, { 3, false, '-', 'b' }, { 4, false, '-', 'r' },
                { 5, true, 'r', 'w' }, { 6, true, 'r', '-' }, { 7, true, 'b', '-' }, { 8, true, 'b', 'w' },
        };
        (void) state;
        for (size_t i = 0; i < 8; i++) {
                struct pixels in = sample_pixels(&a, 20, 10, 3), out = pixels_turn(&a, in, cases[i].orientation);
                assert_int_equal(out.width, cases[i].swaps ? 10 : 20);
                if (cases[i].top != '-')
                        assert_int_equal(colour(out, out.width / 4, 0), cases[i].top);
                if (cases[i].left != '-')
                        assert_int_equal(colour(out, 0, out.height - out.height / 4), cases[i].left);
                assert_int_equal(image_orientation(sample_jpeg(&a, 16, 16, cases[i].orientation)), cases[i].orientation);
        }
        struct image im = redraw("jpeg", sample_jpeg(&a, 3000, 600, 6));
        assert_int_equal(im.width, 600);
        assert_int_equal(im.height, 3000);              /* what is limited is the width as it is seen */
        im = redraw("jpeg", sample_jpeg(&a, 600, 3200, 8));
        assert_int_equal(im.width, IMAGE_WIDTH_MAX);
        assert_int_equal(im.height, 300);
        assert_int_equal(image_orientation(sample_jpeg(&a, 16, 16, 77)), 1);
}

static void large_becomes_smaller(void **state) {
        (void) state;
        struct image im = redraw("png", sample_png(&a, 3200, 100));
        assert_int_equal(im.width, IMAGE_WIDTH_MAX);
        assert_int_equal(im.height, 50);
        struct pixels px = pixels_of("png", im);
        assert_int_equal(colour(px, 790, 25), 'r');
        assert_int_equal(colour(px, 810, 25), 'b');
        im = redraw("jpeg", sample_jpeg(&a, 5000, 500, 1));
        assert_int_equal(im.width, IMAGE_WIDTH_MAX);
        assert_int_equal(im.height, 160);
        im = redraw("png", sample_png(&a, 20000, 2));
        assert_int_equal(im.height, 1);
        im = redraw("webp", sample_webp(&a, 2000, 10, false));
        assert_int_equal(im.width, IMAGE_WIDTH_MAX);
}

/* A transparent pixel has no colour to give to its neighbour. */
static void alpha_weighs(void **state) {
        unsigned char p[] = { 255, 0, 0, 255, 0, 255, 0, 0 };
        (void) state;
        struct pixels out = pixels_scale(&a, (struct pixels) { p, 2, 1, 4 }, 1, 1);
        const unsigned char wanted[] = { 255, 0, 0, 128 };
        assert_memory_equal(out.p, wanted, 4);
}

static void bombs_and_broken_ones(void **state) {
        struct str png = sample_png(&a, 8, 8), jpeg = sample_jpeg(&a, 16, 16, 1);
        char *wide = (char *) (uintptr_t) str_dup(&a, png).p;
        (void) state;
        refuses("png", str_sub(png, 0, png.n / 2), "beschadigd");
        refuses("jpeg", str_sub(jpeg, 0, 60), "beschadigd");
        refuses("webp", S("RIFF\4\0\0\0WEBP"), "beschadigd");
        /* 60.000 by 60.000 pixels in a few bytes; libpng looks at the sum of the header first */
        static const unsigned char header[] = { 0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0x8e, 0x64, 0x5e, 0x4e };
        memcpy(wide + 16, header, sizeof header);
        struct image im;
        struct str reason;
        assert_false(image_redraw(&a, file_kind_of(S("png")), (struct str) { wide, png.n }, &im, &reason));
        assert_true(pixels_fit(6000, 4000) && !pixels_fit(6000, 4001) && !pixels_fit(20001, 1) && !pixels_fit(0, 5) && !pixels_fit(1, 20001));
        /* the frame header of a JPEG can say anything */
        char *large = (char *) (uintptr_t) str_dup(&a, jpeg).p;
        for (size_t i = 0; i + 9 < jpeg.n; i++)
                if (!memcmp(large + i, "\xff\xc0", 2)) {
                        memcpy(large + i + 5, "\xea\x60\xea\x60", 4);
                        break;
                }
        refuses("jpeg", (struct str) { large, jpeg.n }, "24 miljoen");
        /* VP8X with the bit for animation */
        refuses("webp", S("RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\2\0\0\0\7\0\0\7\0\0ANIM\6\0\0\0\0\0\0\0\0\0"), "stilstaat");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_does_not_belong_to_the_picture_is_gone), cmocka_unit_test(the_picture_stays),
                cmocka_unit_test(cameras_held_in_every_way), cmocka_unit_test(large_becomes_smaller), cmocka_unit_test(alpha_weighs),
                cmocka_unit_test(bombs_and_broken_ones),
        };
        int failed = cmocka_run_group_tests_name("image", tests, NULL, NULL);
        arena_done(&a);
        return failed;
}
