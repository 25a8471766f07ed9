/* recovery.h - codes to sign in without the authenticator app: ten, each works once (ASVS 5.0, 6.5.1). */
#ifndef AUTH_RECOVERY_H
#define AUTH_RECOVERY_H
#include "auth_token.h"

#define RECOVERY_CODES 10
#define RECOVERY_CHARS 10               /* of 32 kinds: 50 bits; ASVS 5.0, 6.5.4 asks for 20 */
#define RECOVERY_TEXT 12                /* "xxxxx-xxxxx" and a NUL */

/* New codes, as they are shown once: lower case without i, l, o and u, which are misread. */
void recovery_make(char ret[RECOVERY_CODES][RECOVERY_TEXT]);

/* What somebody typed as the ten characters of a code: capitals become small, o becomes 0, i and l become 1, spaces and
 * hyphens fall away. ERR_INVALID when that is not a code. */
_must_use_ enum err recovery_normal(struct str typed, char ret[RECOVERY_CHARS + 1]);

/* The keyed hash to store and to look up. 50 bits are too few for a plain hash (ASVS 5.0, 6.5.2 asks for a password hash
 * or 112 bits); KEY, from keys_derive(), is not in the store, so a copy of the store alone lets nobody try codes.
 * ERR_INVALID as recovery_normal(). */
_must_use_ enum err recovery_digest(const unsigned char key[32], struct str typed, struct token_digest *ret);

#endif
