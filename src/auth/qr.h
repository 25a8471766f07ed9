/* qr.h - a QR code as one SVG path, for a template to draw. */
#ifndef AUTH_QR_H
#define AUTH_QR_H
#include "str.h"

#define QR_MAX 1000                     /* bytes of text */
#define QR_QUIET 4                      /* empty modules around the code, ISO/IEC 18004, section 6.3.8 */

struct qr {
        int size;                       /* modules of a side with the quiet zone: viewBox="0 0 size size" */
        struct str path;                /* the d attribute: digits, spaces and M h v z; each run of dark modules */
};

/* The code of TEXT (bytes, correction level M), its path in A. Draw it dark on a light rectangle of the whole viewBox, in
 * a dark theme too: many apps do not read it reversed. ERR_LIMIT for text that is empty or longer than QR_MAX. */
_must_use_ enum err qr_make(struct arena *a, struct str text, struct qr *ret);

#endif
