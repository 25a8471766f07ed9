/* samples.h - for the tests: small files made by hand, good ones and hostile ones. All in the arena. */
#ifndef FILES_SAMPLES_H
#define FILES_SAMPLES_H
#include "pixels.h"

/* A part of an archive; what is not 0 or NULL is written in place of the truth. */
struct sample_part {
        const char *name;
        struct str bytes;
        bool deflate;
        uint32_t says_size;             /* unpacked size in both headers */
        uint32_t flags;
        const char *local_name;
};
struct str sample_zip(struct arena *a, const struct sample_part *parts, size_t n);
/* Documents that every reader opens as far as we look: docx, xlsx, pptx, odt, ods, odp, with one EXTRA part unless its name is NULL. */
struct str sample_office(struct arena *a, const char *code, struct sample_part extra);
struct str sample_pdf(struct arena *a);
/* WIDTH x HEIGHT pixels, the left half red, the right half blue, the first row white. */
struct pixels sample_pixels(struct arena *a, int width, int height, int channels);
struct str sample_png(struct arena *a, int width, int height);
/* With EXIF: a place (the text "GPS-PLAATS" stands for it) and an orientation. */
struct str sample_jpeg(struct arena *a, int width, int height, int orientation);
struct str sample_webp(struct arena *a, int width, int height, bool lossless);
struct str sample_join(struct arena *a, struct str x, struct str y);

#endif
