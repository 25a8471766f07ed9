/* jwks.h - the public keys of a provider, a JWK set (RFC 7517, RFC 7518 section 6). Pure: no clock, no network. */
#ifndef OIDC_JWKS_H
#define OIDC_JWKS_H
#include "oidc_fault.h"

/* The algorithms that may sign an ID token (RFC 7518 section 3): never "none", never HMAC. Bits, for sets. */
enum jws_alg { JWS_RS256 = 1 << 0, JWS_ES256 = 1 << 1, JWS_PS256 = 1 << 2 };
#define JWS_ALL (JWS_RS256 | JWS_ES256 | JWS_PS256)
#define JWKS_KEYS 64            /* keys in a set that are looked at; more is OIDC_JWKS */
#define JWKS_BYTES ((size_t) 256 << 10)
#define RSA_BITS_MIN 2048       /* RFC 7518 section 3.3 */
#define RSA_BITS_MAX 8192       /* larger only costs time */

/* The algorithm called NAME exactly, or 0. */
unsigned jws_alg_of(struct str name);
const char *jws_alg_name(enum jws_alg alg);

struct jwk {
        struct str kid;         /* empty when the key has none */
        unsigned algs;          /* the jws_alg bits that it may be used with: one, or both of RSA */
        struct str n, e;        /* RSA: modulus and exponent, big-endian without leading zeros */
        struct str x, y;        /* P-256: 32 bytes each; n and e are then empty */
        enum oidc_fault flaw;   /* OIDC_OK, OIDC_KEY_WEAK or OIDC_KEY_INVALID: a flawed key is known but never used */
};
struct jwks { struct jwk *v; size_t n; };

/* Reads TEXT into A. Keys of other kinds (kty, crv, alg), for other uses (use, key_ops) and symmetric or private ones
 * are left out; a key that should fit but is broken is kept with its flaw, so that the log can say so. OIDC_JWKS when
 * TEXT is not a key set. */
_must_use_ enum oidc_fault jwks_read(struct arena *a, struct str text, struct jwks *ret);

/* The one key for ALG and KID (empty: the token names none; then exactly one key may fit, OIDC Core section 10.1).
 * OIDC_KEY_UNKNOWN, OIDC_KEY_SEVERAL or the key's flaw. *RET borrows from KEYS. */
_must_use_ enum oidc_fault jwks_pick(const struct jwks *keys, enum jws_alg alg, struct str kid, struct jwk *ret);

/* The SHA-256 thumbprint of a key (RFC 7638), as base64url: a name that follows from the key itself. */
struct str jwk_thumbprint(struct arena *a, const struct jwk *k);

/* Deep copies into A, for keys that outlive their set. */
struct jwk jwk_dup(struct arena *a, const struct jwk *k);

#endif
