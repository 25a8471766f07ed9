/* keys.h - the master secret of an installation: a file outside the store, from which every other key is derived. Whoever
 * steals the store alone then has neither the secrets sealed in it nor the hashes that codes could be tried against.
 * Needs sodium_init(), as all of src/auth. */
#ifndef AUTH_KEYS_H
#define AUTH_KEYS_H
#include "str.h"

#define KEYS_KEY 32                     /* bytes of the master and of each derived key */
#define KEYS_ID 17                      /* 16 hex characters and a NUL */
#define KEYS_SEAL_MAX ((size_t) 65536)  /* bytes that keys_seal() takes */

struct keys {
        unsigned char master[KEYS_KEY];
};

/* Reads the master from the file PATH, or makes the file when there is none: mode 0600, on disk before this returns, and
 * never visible half written. Of several processes that find none, one makes it and all read the same.
 * ERR_DENIED when group or others have any right on the file, ERR_INVALID when keys_parse() refuses the contents,
 * ERR_INTERNAL when it cannot be read or made. Each is logged with one sentence that says what to do. */
_must_use_ enum err keys_read(struct str path, struct keys *ret);

/* The contents of the file: 64 hexadecimal characters and at most one line end. ERR_INVALID for anything else, and for
 * 64 zeros, which somebody typed. */
_must_use_ enum err keys_parse(struct str text, struct keys *ret);

/* A key for one purpose, named by the 8 characters of CONTEXT: "sessions". Other contexts give unrelated keys; the same
 * context always gives the same. "sealing1" and "keyident" are used here. */
void keys_derive(const struct keys *k, const char context[static 8], unsigned char ret[KEYS_KEY]);

/* A public fingerprint, to keep in the store: another value at the next start means a wrong key file. */
void keys_id(const struct keys *k, char ret[KEYS_ID]);

/* Encrypts PLAIN for storing (XChaCha20-Poly1305, random nonce) and binds it to AD, which is not stored: name what the
 * secret belongs to, "totp:17", so that it is worth nothing in another row. 41 bytes longer than PLAIN; the result is
 * binary, in A. ERR_LIMIT above KEYS_SEAL_MAX. */
_must_use_ enum err keys_seal(const struct keys *k, struct arena *a, struct str plain, struct str ad, struct str *ret);

/* The reverse, in A. ERR_INVALID when SEALED is damaged, from another installation, or sealed with another AD. */
_must_use_ enum err keys_unseal(const struct keys *k, struct arena *a, struct str sealed, struct str ad,
                                struct str *ret);

/* keys_seal() as base64url text, for cookies and hidden fields; and back. MAX is the most bytes that the sealed form may have:
 * ERR_INVALID above it, as for text that is not base64url. */
_must_use_ enum err keys_seal_text(const struct keys *k, struct arena *a, struct str plain, struct str ad, struct str *ret);
_must_use_ enum err keys_unseal_text(const struct keys *k, struct arena *a, struct str text, size_t max, struct str ad,
                                     struct str *ret);

/* Overwrites the secret. Usable with _cleanup_(keys_wipe). */
void keys_wipe(struct keys *k);

#endif
