/* jwk_key.h - keys as OpenSSL wants them. Only jwks.c, jws.c and sign.c include it. */
#ifndef OIDC_JWK_KEY_H
#define OIDC_JWK_KEY_H
#include <openssl/ec.h>
#include <openssl/evp.h>
#include "jwks.h"

static inline void pkey_done(EVP_PKEY **k) {
        EVP_PKEY_free(*k);
}

static inline void md_done(EVP_MD_CTX **c) {
        EVP_MD_CTX_free(*c);
}

static inline void ecdsa_done(ECDSA_SIG **s) {
        ECDSA_SIG_free(*s);
}

/* The public key of K, checked: RSA size and exponent, point on its curve. NULL when it is refused; give it back with
 * _cleanup_(pkey_done). */
_must_use_ EVP_PKEY *jwk_pkey(const struct jwk *k);

#endif
