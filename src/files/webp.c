#include <webp/decode.h>
#include <webp/encode.h>
#include "pixels.h"

#define QUALITY 82

enum image_result webp_read(struct arena *a, struct str bytes, struct pixels *ret, bool *is_lossless) {
        const uint8_t *p = (const uint8_t *) bytes.p;
        WebPBitstreamFeatures f;
        if (WebPGetFeatures(p, bytes.n, &f) != VP8_STATUS_OK)
                return IMAGE_BROKEN;
        if (f.has_animation)
                return IMAGE_MOVES;
        if (!pixels_fit(f.width, f.height))
                return IMAGE_TOO_LARGE;
        *is_lossless = f.format == 2;
        *ret = (struct pixels) { NULL, f.width, f.height, f.has_alpha ? 4 : 3 };
        size_t n = (size_t) f.width * (size_t) f.height * (size_t) ret->channels;
        ret->p = arena_alloc(a, n);
        uint8_t *good = f.has_alpha ? WebPDecodeRGBAInto(p, bytes.n, ret->p, n, f.width * 4) : WebPDecodeRGBInto(p, bytes.n, ret->p, n, f.width * 3);
        return good ? IMAGE_OK : IMAGE_BROKEN;
}

bool webp_write(struct arena *a, struct pixels in, bool is_lossless, struct str *ret) {
        uint8_t *out = NULL;
        size_t n;
        int stride = in.width * in.channels;
        if (in.channels == 4)
                n = is_lossless ? WebPEncodeLosslessRGBA(in.p, in.width, in.height, stride, &out)
                                : WebPEncodeRGBA(in.p, in.width, in.height, stride, QUALITY, &out);
        else
                n = is_lossless ? WebPEncodeLosslessRGB(in.p, in.width, in.height, stride, &out)
                                : WebPEncodeRGB(in.p, in.width, in.height, stride, QUALITY, &out);
        if (n)
                *ret = str_dup(a, (struct str) { (const char *) out, n });
        WebPFree(out);
        return n > 0;
}
