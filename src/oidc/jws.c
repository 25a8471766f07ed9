#include "jws.h"
#include <openssl/err.h>
#include <openssl/rsa.h>
#include "base64url.h"
#include "jwk_key.h"
#include "strict.h"

#define ES256_BYTES 64          /* RFC 7518 section 3.4: R and S, 32 bytes each */
#define KID_MAX 255

static enum oidc_fault read_header(struct arena *a, struct str text, struct jws *t) {
        struct str alg;
        json_auto_t *h = strict_object(text, JWS_HEADER_BYTES);
        if (!h || strict_text(a, h, "alg", 32, &alg) != MEMBER_GOOD)
                return OIDC_TOKEN_FORM;
        unsigned found = jws_alg_of(alg);
        if (!found)
                return OIDC_TOKEN_ALG;
        t->alg = (enum jws_alg) found;
        if (json_object_get(h, "crit") || json_object_get(h, "b64"))
                return OIDC_TOKEN_CRIT;
        return strict_text(a, h, "kid", KID_MAX, &t->kid) == MEMBER_BAD ? OIDC_TOKEN_FORM : OIDC_OK;
}

enum oidc_fault jws_read(struct arena *a, struct str token, struct jws *ret) {
        struct str header, rest = { NULL, 0 };
        *ret = (struct jws) { .alg = 0 };
        if (token.n == 0 || token.n > JWS_BYTES)
                return OIDC_TOKEN_FORM;
        size_t dot = str_index(token, '.');
        rest = str_sub(token, dot + 1, token.n);
        size_t second = str_index(rest, '.');
        if (second >= rest.n)
                return OIDC_TOKEN_FORM;
        /* A third dot, as in encrypted tokens, is no letter of base64url. */
        if (!base64url_read(a, str_sub(token, 0, dot), &header) ||
            !base64url_read(a, str_sub(rest, 0, second), &ret->payload) ||
            !base64url_read(a, str_sub(rest, second + 1, rest.n), &ret->signature))
                return OIDC_TOKEN_FORM;
        ret->signed_part = str_sub(token, 0, dot + 1 + second);
        return read_header(a, header, ret);
}

static void der_done(unsigned char **p) {
        OPENSSL_free(*p);
}

/* The plain R and S of a JWS as the DER that OpenSSL checks. */
static int to_der(struct str raw, unsigned char **ret) {
        _cleanup_(ecdsa_done) ECDSA_SIG *s = ECDSA_SIG_new();
        const unsigned char *p = (const unsigned char *) raw.p;
        BIGNUM *r = BN_bin2bn(p, ES256_BYTES / 2, NULL), *v = BN_bin2bn(p + ES256_BYTES / 2, ES256_BYTES / 2, NULL);
        if (!s || !r || !v || ECDSA_SIG_set0(s, r, v) != 1) {
                BN_free(r);
                BN_free(v);
                return -1;
        }
        return i2d_ECDSA_SIG(s, ret);
}

/* RFC 7518 section 3.5: MGF1 and salt are as long as the hash. */
static bool use_pss(EVP_PKEY_CTX *c) {
        return EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_mgf1_md(c, EVP_sha256()) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(c, RSA_PSS_SALTLEN_DIGEST) == 1;
}

static bool is_signed(const struct jws *t, EVP_PKEY *key, const unsigned char *sig, size_t n) {
        _cleanup_(md_done) EVP_MD_CTX *c = EVP_MD_CTX_new();
        EVP_PKEY_CTX *pc = NULL;
        if (!c || EVP_DigestVerifyInit(c, &pc, EVP_sha256(), NULL, key) != 1 || (t->alg == JWS_PS256 && !use_pss(pc)))
                return false;
        return EVP_DigestVerify(c, sig, n, (const unsigned char *) t->signed_part.p, t->signed_part.n) == 1;
}

enum oidc_fault jws_verify(const struct jws *t, const struct jwk *key) {
        if (key->flaw != OIDC_OK)
                return key->flaw;
        if (!(t->alg & key->algs))
                return OIDC_TOKEN_ALG;
        _cleanup_(pkey_done) EVP_PKEY *pkey = jwk_pkey(key);
        if (!pkey)
                return OIDC_KEY_INVALID;
        _cleanup_(der_done) unsigned char *der = NULL;
        const unsigned char *sig = (const unsigned char *) t->signature.p;
        size_t n = t->signature.n;
        if (t->alg == JWS_ES256) {
                int len = n == ES256_BYTES ? to_der(t->signature, &der) : -1;
                if (len <= 0)
                        return OIDC_SIGNATURE;
                sig = der;
                n = (size_t) len;
        }
        bool good = is_signed(t, pkey, sig, n);
        ERR_clear_error();
        return good ? OIDC_OK : OIDC_SIGNATURE;
}
