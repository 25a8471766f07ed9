/* image.h - draws an image anew: what comes out has the picture and nothing else, no place where it was taken, no name of the camera,
 * no bytes behind the end. Read in full and at most IMAGE_WIDTH_MAX wide. */
#ifndef FILES_IMAGE_H
#define FILES_IMAGE_H
#include "files_kind.h"

#define IMAGE_WIDTH_MAX 1600            /* pixels of what is kept; the height follows */
#define IMAGE_PIXELS_MAX ((int64_t) 24 * 1000 * 1000)   /* of what is sent: bounds the memory to about 150 MB */
#define IMAGE_SIDE_MAX 20000            /* pixels */

struct image {
        struct str bytes;               /* in the arena, of the same kind as what was sent */
        int width, height;
};
/* False with a Dutch *REASON. */
bool image_redraw(struct arena *a, const struct file_kind *kind, struct str bytes, struct image *ret, struct str *reason);

/* How a camera was held: 1 to 8 as in EXIF (CIPA DC-008, tag 0x0112), 1 when a JPEG does not tell. */
int image_orientation(struct str jpeg);

#endif
