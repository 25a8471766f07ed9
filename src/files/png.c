#include <png.h>
#include "pixels.h"

enum image_result png_read(struct arena *a, struct str bytes, struct pixels *ret) {
        png_image image = { .version = PNG_IMAGE_VERSION };
        if (!png_image_begin_read_from_memory(&image, bytes.p, bytes.n))
                return IMAGE_BROKEN;
        if (!pixels_fit(image.width, image.height)) {
                png_image_free(&image);
                return IMAGE_TOO_LARGE;
        }
        /* eight bits, with the channels that it has */
        image.format &= PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA;
        *ret = (struct pixels) { arena_alloc(a, PNG_IMAGE_SIZE(image)), (int) image.width, (int) image.height,
                                 (int) PNG_IMAGE_SAMPLE_CHANNELS(image.format) };
        int good = png_image_finish_read(&image, NULL, ret->p, 0, NULL);
        png_image_free(&image);
        return good ? IMAGE_OK : IMAGE_BROKEN;
}

bool png_write(struct arena *a, struct pixels in, struct str *ret) {
        png_image image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32) in.width, .height = (png_uint_32) in.height,
                            .format = (in.channels > 2 ? PNG_FORMAT_FLAG_COLOR : 0) | (in.channels % 2 == 0 ? PNG_FORMAT_FLAG_ALPHA : 0) };
        png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(image);
        char *out = arena_alloc(a, n);
        int good = png_image_write_to_memory(&image, out, &n, 0, in.p, 0, NULL);
        png_image_free(&image);
        *ret = (struct str) { out, n };
        return good;
}
