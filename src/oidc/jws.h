/* jws.h - compact JSON Web Signatures (RFC 7515 section 3.1), as ID tokens and client assertions use them. Pure. */
#ifndef OIDC_JWS_H
#define OIDC_JWS_H
#include "jwks.h"

#define JWS_BYTES ((size_t) 64 << 10)           /* a whole token; two hundred group ids take about 10 kB */
#define JWS_HEADER_BYTES ((size_t) 4 << 10)     /* its decoded header */

struct jws {
        enum jws_alg alg;
        struct str kid;         /* empty when the header has none */
        struct str signed_part; /* the bytes under the signature; borrows from the token */
        struct str payload;     /* decoded; not to be believed before jws_verify() */
        struct str signature;   /* decoded */
};

/* Takes TOKEN apart: three base64url parts, header a JSON object without doubles. OIDC_TOKEN_FORM; OIDC_TOKEN_ALG for an
 * alg that is not in jws_alg (RFC 8725 section 3.1: an allow-list); OIDC_TOKEN_CRIT for "crit" (RFC 7515 section 4.1.11)
 * and for "b64" (RFC 7797). Keys inside the header (jwk, jku, x5u, x5c) are never looked at. */
_must_use_ enum oidc_fault jws_read(struct arena *a, struct str token, struct jws *ret);

/* OIDC_OK when KEY made the signature over the signed part with exactly the algorithm of the header, which must be one
 * that KEY allows; else OIDC_SIGNATURE, OIDC_TOKEN_ALG, or the flaw of KEY. */
_must_use_ enum oidc_fault jws_verify(const struct jws *t, const struct jwk *key);

/* Signs PAYLOAD with the private key in PEM (unencrypted PKCS #8 or traditional; P-256, or RSA from 2048 bits). The first
 * of ES256, RS256, PS256 that fits the key and stands in ALLOWED (jws_alg bits) is used. The header names the key by its
 * thumbprint. OIDC_CLIENT_KEY for another key, OIDC_AUTH_METHOD when ALLOWED has nothing for it, OIDC_CRYPTO. */
_must_use_ enum oidc_fault jws_sign(struct arena *a, struct str pem, unsigned allowed, struct str payload, struct str *ret);

/* The public part of the private key in PEM as a JWK for whoever checks what jws_sign() made: with the thumbprint as its
 * "kid", and nothing private. OIDC_CLIENT_KEY for a key that jws_sign() does not use. */
_must_use_ enum oidc_fault jws_public_jwk(struct arena *a, struct str pem, struct str *ret);

#endif
