/* testkeys.h - keys and tokens that tests make themselves, good ones and bad ones. */
#ifndef OIDC_TESTKEYS_H
#define OIDC_TESTKEYS_H
#include <openssl/evp.h>
#include "str.h"

/* Fresh keys; the caller frees them with EVP_PKEY_free. */
EVP_PKEY *testkeys_rsa(int bits);
EVP_PKEY *testkeys_ec(const char *curve);

/* The public key as a JWK object with MORE members in front ("\"kid\":\"a\",", or ""). */
struct str testkeys_jwk(struct arena *a, EVP_PKEY *key, const char *more);
/* The private key as PEM. */
struct str testkeys_pem(struct arena *a, EVP_PKEY *key);

/* HEADER and PAYLOAD, JSON or not, as a compact token signed with KEY in the way of ALG: "RS256", "PS256", "ES256";
 * "PS256-20" has a salt of 20 bytes; "HS256" takes the public key's PEM as its secret; "none" leaves the signature empty. */
struct str testkeys_token(struct arena *a, EVP_PKEY *key, const char *alg, struct str header, struct str payload);

#endif
