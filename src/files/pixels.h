/* pixels.h - what the files that draw images share. */
#ifndef FILES_PIXELS_H
#define FILES_PIXELS_H
#include "image.h"

/* Eight bits a channel, rows from the top: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
struct pixels {
        unsigned char *p;
        int width, height, channels;
};

/* Is this a size that we read? */
bool pixels_fit(int64_t width, int64_t height);
/* Smaller by the mean of the pixels that fall together, weighted by their alpha. The same when it fits already. */
struct pixels pixels_scale(struct arena *a, struct pixels in, int width, int height);
/* Turned and mirrored so that ORIENTATION becomes 1. */
struct pixels pixels_turn(struct arena *a, struct pixels in, int orientation);

/* Each reads BYTES into at most IMAGE_WIDTH_MAX wide or anything larger (then it is scaled by the caller), and writes pixels. */
enum image_result { IMAGE_OK, IMAGE_BROKEN, IMAGE_TOO_LARGE, IMAGE_MOVES, IMAGE_CMYK };
enum image_result jpeg_read(struct arena *a, struct str bytes, struct pixels *ret);
enum image_result png_read(struct arena *a, struct str bytes, struct pixels *ret);
/* IS_LOSSLESS tells how it was packed. */
enum image_result webp_read(struct arena *a, struct str bytes, struct pixels *ret, bool *is_lossless);
bool jpeg_write(struct arena *a, struct pixels in, struct str *ret);
bool png_write(struct arena *a, struct pixels in, struct str *ret);
bool webp_write(struct arena *a, struct pixels in, bool is_lossless, struct str *ret);

#endif
