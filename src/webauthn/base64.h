/* base64.h - base64url without padding, in its one canonical form (RFC 4648, sections 3.5 and 5). */
#ifndef WEBAUTHN_BASE64_H
#define WEBAUTHN_BASE64_H
#include "webauthn.h"

/* The bytes of TEXT into RAW, which has ROOM bytes; *n is how many. False for what webauthn_decode() refuses, and for
 * more than ROOM bytes. */
_must_use_ bool base64_read(struct str text, unsigned char *raw, size_t room, size_t *n);

#endif
