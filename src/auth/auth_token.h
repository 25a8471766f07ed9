/* auth_token.h - random tokens for sessions and for links in mails. The browser or the mail has the token, the store
 * only its keyed hash: reading the store signs nobody in. (Not token.h: that name is of the words in src/text.) */
#ifndef AUTH_AUTH_TOKEN_H
#define AUTH_AUTH_TOKEN_H
#include "str.h"

#define TOKEN_BYTES 32                  /* 256 random bits; ASVS 5.0, 7.2.3 asks for 128 */
#define TOKEN_TEXT 44                   /* 43 characters of base64url without padding, and a NUL */

/* A keyed hash as text, for a key column of the store: 64 lower-case hex characters and a NUL. */
struct token_digest {
        char hex[65];
};

/* A new token, NUL-terminated. */
void token_make(char ret[TOKEN_TEXT]);

/* The keyed BLAKE2b hash of TOKEN. KEY comes from keys_derive(), another context for each kind of token. ERR_INVALID when
 * TOKEN is not exactly what token_make() writes: other length, other characters, or a last character with stray bits
 * (RFC 4648, section 3.5), so that one token has one spelling. */
_must_use_ enum err token_hash(const unsigned char key[32], struct str token, unsigned char ret[32]);

/* The same as text. */
_must_use_ enum err token_digest(const unsigned char key[32], struct str token, struct token_digest *ret);

/* The keyed hash of any bytes as text: for recovery codes and addresses, which have their own forms. */
void digest_bytes(const unsigned char key[32], struct str bytes, struct token_digest *ret);

#endif
