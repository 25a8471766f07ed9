/* base64url.h - base64url without padding, in its one canonical form (RFC 4648, sections 3.5 and 5; RFC 7515, section 2). */
#ifndef BASE_BASE64URL_H
#define BASE_BASE64URL_H
#include "str.h"

/* Characters that N bytes take. */
#define BASE64URL_TEXT(n) (((n) * 4 + 2) / 3)

/* TEXT decoded into RAW, which has ROOM bytes; *n is how many. "" is no bytes. False for padding, white space, another alphabet,
 * bits that a decoder would drop, and more than ROOM bytes. */
_must_use_ bool base64url_decode(struct str text, unsigned char *raw, size_t room, size_t *n);
/* The same into A; the bytes end with a NUL that is not counted. */
_must_use_ bool base64url_read(struct arena *a, struct str text, struct str *ret);

/* BYTES encoded, in A. */
struct str base64url_write(struct arena *a, struct str bytes);

#endif
