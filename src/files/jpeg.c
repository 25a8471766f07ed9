#include <turbojpeg.h>
#include "pixels.h"

#define QUALITY 85

static uint32_t number(struct str s, size_t at, size_t n, bool little) {
        uint32_t v = 0;
        for (size_t i = 0; i < n; i++)
                v = v << 8 | (unsigned char) s.p[at + (little ? n - 1 - i : i)];
        return v;
}

/* The tag of the first directory of a TIFF. */
static int tiff_orientation(struct str t) {
        bool little = str_starts(t, S("II*\0"));
        if (t.n < 8 || (!little && !str_starts(t, S("MM\0*"))))
                return 1;
        size_t at = number(t, 4, 4, little);
        if (at > t.n - 2)
                return 1;
        size_t n = number(t, at, 2, little);
        for (at += 2; n > 0 && t.n - at >= 12; n--, at += 12)
                if (number(t, at, 2, little) == 0x0112 && number(t, at + 2, 2, little) == 3) {
                        uint32_t v = number(t, at + 8, 2, little);
                        return v >= 1 && v <= 8 ? (int) v : 1;
                }
        return 1;
}

int image_orientation(struct str s) {
        size_t at = 2;
        while (at + 4 <= s.n && (unsigned char) s.p[at] == 0xff) {
                unsigned char marker = (unsigned char) s.p[at + 1];
                size_t n = number(s, at + 2, 2, false);
                struct str segment = str_sub(s, at + 4, n < 2 ? 0 : n - 2);
                if (marker == 0xda || n < 2)
                        return 1;
                if (marker == 0xe1 && str_starts(segment, S("Exif\0\0")))
                        return tiff_orientation(str_sub(segment, 6, segment.n));
                at += 2 + n;
        }
        return 1;
}

/* The smallest size the decoder makes by itself that is still wide enough: a large photo then takes little memory. */
static tjscalingfactor factor(int width) {
        for (int d = 8; d > 1; d /= 2)
                if (width / d >= IMAGE_WIDTH_MAX)
                        return (tjscalingfactor) { 1, d };
        return (tjscalingfactor) { 1, 1 };
}

static enum image_result read(tjhandle tj, struct arena *a, struct str s, struct pixels *ret) {
        const unsigned char *p = (const unsigned char *) s.p;
        int width = 0, height = 0, sampling = -1, space = -1;
        if (tjDecompressHeader3(tj, p, s.n, &width, &height, &sampling, &space) != 0 || width <= 0 || height <= 0)
                return IMAGE_BROKEN;
        if (!pixels_fit(width, height))
                return IMAGE_TOO_LARGE;
        if (space == TJCS_CMYK || space == TJCS_YCCK)
                return IMAGE_CMYK;
        tjscalingfactor f = factor(image_orientation(s) >= 5 ? height : width);
        *ret = (struct pixels) { NULL, TJSCALED(width, f), TJSCALED(height, f), space == TJCS_GRAY ? 1 : 3 };
        ret->p = arena_alloc(a, (size_t) ret->width * (size_t) ret->height * (size_t) ret->channels);
        int r = tjDecompress2(tj, p, s.n, ret->p, ret->width, 0, ret->height, ret->channels == 1 ? TJPF_GRAY : TJPF_RGB, TJFLAG_LIMITSCANS);
        return r != 0 && tjGetErrorCode(tj) == TJERR_FATAL ? IMAGE_BROKEN : IMAGE_OK;
}

enum image_result jpeg_read(struct arena *a, struct str bytes, struct pixels *ret) {
        tjhandle tj = tjInitDecompress();
        if (!tj)
                return IMAGE_BROKEN;
        enum image_result r = read(tj, a, bytes, ret);
        tjDestroy(tj);
        return r;
}

bool jpeg_write(struct arena *a, struct pixels in, struct str *ret) {
        tjhandle tj = tjInitCompress();
        unsigned char *out = NULL;
        unsigned long n = 0;
        bool grey = in.channels == 1;
        bool good = tj && tjCompress2(tj, in.p, in.width, 0, in.height, grey ? TJPF_GRAY : TJPF_RGB, &out, &n,
                                      grey ? TJSAMP_GRAY : TJSAMP_420, QUALITY, 0) == 0;
        if (good)
                *ret = str_dup(a, (struct str) { (const char *) out, n });
        tjFree(out);
        if (tj)
                tjDestroy(tj);
        return good;
}
