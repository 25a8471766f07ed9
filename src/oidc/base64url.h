/* base64url.h - the encoding of everything in a token (RFC 7515 section 2). */
#ifndef OIDC_BASE64URL_H
#define OIDC_BASE64URL_H
#include "str.h"

/* TEXT decoded into A; "" gives "". False for padding, white space, the other alphabet, or bits that are left over. */
_must_use_ bool base64url_read(struct arena *a, struct str text, struct str *ret);

/* BYTES encoded, in A. */
struct str base64url_write(struct arena *a, struct str bytes);

#endif
