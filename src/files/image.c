#include "image.h"
#include <string.h>
#include "pixels.h"

bool pixels_fit(int64_t width, int64_t height) {
        return width > 0 && height > 0 && width <= IMAGE_SIDE_MAX && height <= IMAGE_SIDE_MAX && width * height <= IMAGE_PIXELS_MAX;
}

/* How much of source pixel I falls in the stretch from FROM to TO. */
static float share(int i, double from, double to) {
        double low = i > from ? i : from, high = i + 1 < to ? i + 1 : to;
        return high > low ? (float) (high - low) : 0;
}

/* One source pixel into the sum of the pixel it falls in: colours, then alpha, then the weights of both. */
static void add(const struct pixels *in, const unsigned char *p, float weight, float sum[6]) {
        bool has_alpha = in->channels % 2 == 0;
        int colours = has_alpha ? in->channels - 1 : in->channels;
        float seen = has_alpha ? weight * (float) p[colours] / 255 : weight;
        for (int c = 0; c < colours; c++)
                sum[c] += seen * (float) p[c];
        sum[3] += seen;
        sum[4] += weight;
}

static void put(const struct pixels *out, unsigned char *p, const float sum[6]) {
        bool has_alpha = out->channels % 2 == 0;
        int colours = has_alpha ? out->channels - 1 : out->channels;
        for (int c = 0; c < colours; c++)
                p[c] = sum[3] > 0 ? (unsigned char) (sum[c] / sum[3] + 0.5f) : 0;
        if (has_alpha)
                p[colours] = (unsigned char) (255 * sum[3] / sum[4] + 0.5f);
}

static void scale_row(const struct pixels *in, const struct pixels *out, int y, float (*sums)[6]) {
        double fx = (double) in->width / out->width, fy = (double) in->height / out->height;
        memset(sums, 0, (size_t) out->width * sizeof *sums);
        for (int sy = (int) (y * fy); sy < in->height && sy < (y + 1) * fy; sy++) {
                const unsigned char *row = in->p + (size_t) sy * (size_t) in->width * (size_t) in->channels;
                float wy = share(sy, y * fy, (y + 1) * fy);
                for (int x = 0; x < out->width; x++)
                        for (int sx = (int) (x * fx); sx < in->width && sx < (x + 1) * fx; sx++)
                                add(in, row + (size_t) sx * (size_t) in->channels, wy * share(sx, x * fx, (x + 1) * fx), sums[x]);
        }
        for (int x = 0; x < out->width; x++)
                put(out, out->p + ((size_t) y * (size_t) out->width + (size_t) x) * (size_t) out->channels, sums[x]);
}

struct pixels pixels_scale(struct arena *a, struct pixels in, int width, int height) {
        if (width >= in.width && height >= in.height)
                return in;
        struct pixels out = { NULL, width, height, in.channels };
        out.p = arena_alloc(a, (size_t) width * (size_t) height * (size_t) in.channels);
        float (*sums)[6] = arena_alloc(a, (size_t) width * sizeof *sums);
        for (int y = 0; y < height; y++)
                scale_row(&in, &out, y, sums);
        return out;
}

struct pixels pixels_turn(struct arena *a, struct pixels in, int orientation) {
        if (orientation <= 1 || orientation > 8)
                return in;
        bool swap = orientation >= 5;
        struct pixels out = { NULL, swap ? in.height : in.width, swap ? in.width : in.height, in.channels };
        size_t size = (size_t) in.channels;
        out.p = arena_alloc(a, (size_t) in.width * (size_t) in.height * size);
        for (int y = 0; y < out.height; y++)
                for (int x = 0; x < out.width; x++) {
                        int sx = swap ? y : x, sy = swap ? x : y;
                        bool flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
                        bool flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
                        sx = flip_x ? in.width - 1 - sx : sx;
                        sy = flip_y ? in.height - 1 - sy : sy;
                        memcpy(out.p + ((size_t) y * (size_t) out.width + (size_t) x) * size,
                               in.p + ((size_t) sy * (size_t) in.width + (size_t) sx) * size, size);
                }
        return out;
}

static struct str why_not(enum image_result r) {
        switch (r) {
        case IMAGE_TOO_LARGE:
                return S("Deze afbeelding heeft te veel beeldpunten: hoogstens 24 miljoen, en 20.000 breed of hoog. Maak hem kleiner en kies "
                         "hem opnieuw.");
        case IMAGE_MOVES:
                return S("Een bewegende afbeelding nemen wij niet aan. Kies een afbeelding die stilstaat.");
        case IMAGE_CMYK:
                return S("Deze afbeelding is gemaakt voor drukwerk (CMYK). Bewaar hem met RGB-kleuren en kies hem opnieuw.");
        case IMAGE_BROKEN:
        case IMAGE_OK:
                break;
        }
        return S("Deze afbeelding is beschadigd. Bewaar hem opnieuw, bijvoorbeeld als PNG of JPEG, en kies die.");
}

bool image_redraw(struct arena *a, const struct file_kind *kind, struct str bytes, struct image *ret, struct str *reason) {
        struct str code = str_of(kind->code);
        struct pixels px = { 0 };
        bool lossless = false, jpeg = str_eq(code, S("jpeg")), png = str_eq(code, S("png"));
        int orientation = jpeg ? image_orientation(bytes) : 1;
        enum image_result r = jpeg ? jpeg_read(a, bytes, &px) : png ? png_read(a, bytes, &px) : webp_read(a, bytes, &px, &lossless);
        *reason = r ? why_not(r) : S("");
        if (r)
                return false;
        int shown = orientation >= 5 ? px.height : px.width;
        if (shown > IMAGE_WIDTH_MAX) {
                int width = (int) ((int64_t) px.width * IMAGE_WIDTH_MAX / shown), height = (int) ((int64_t) px.height * IMAGE_WIDTH_MAX / shown);
                px = pixels_scale(a, px, width > 0 ? width : 1, height > 0 ? height : 1);
        }
        px = pixels_turn(a, px, orientation);
        *ret = (struct image) { .width = px.width, .height = px.height };
        bool good = jpeg ? jpeg_write(a, px, &ret->bytes) : png ? png_write(a, px, &ret->bytes) : webp_write(a, px, lossless, &ret->bytes);
        *reason = good ? S("") : why_not(IMAGE_BROKEN);
        return good;
}
