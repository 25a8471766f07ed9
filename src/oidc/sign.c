#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include "base64url.h"
#include "buf.h"
#include "json.h"
#include "jwk_key.h"
#include "jws.h"

/* Without it OpenSSL asks for the password of an encrypted key on the terminal. */
static int no_password(char *buf, int size, int writing, void *u) {
        (void) buf, (void) size, (void) writing, (void) u;
        return -1;
}

static void bio_done(BIO **b) {
        BIO_free(*b);
}

static EVP_PKEY *read_pem(struct str pem) {
        if (pem.n == 0 || pem.n > INT_MAX)
                return NULL;
        _cleanup_(bio_done) BIO *b = BIO_new_mem_buf(pem.p, (int) pem.n);
        return b ? PEM_read_bio_PrivateKey(b, NULL, no_password, NULL) : NULL;
}

/* The algorithms that KEY can make; 0 when we do not use such keys. */
static unsigned algs_of(EVP_PKEY *key) {
        char group[32] = "";
        size_t n = 0;
        if (EVP_PKEY_is_a(key, "RSA"))
                return EVP_PKEY_get_bits(key) >= RSA_BITS_MIN ? JWS_RS256 | JWS_PS256 : 0;
        if (!EVP_PKEY_is_a(key, "EC") || EVP_PKEY_get_group_name(key, group, sizeof group, &n) != 1)
                return 0;
        return str_eq(str_of(group), S("prime256v1")) ? JWS_ES256 : 0;
}

static struct str encode(struct arena *a, const unsigned char *p, size_t n) {
        return base64url_write(a, (struct str) { (const char *) p, n });
}

/* OpenSSL's DER as the plain R and S of a JWS. */
static bool from_der(const unsigned char *der, size_t n, unsigned char raw[64]) {
        _cleanup_(ecdsa_done) ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &der, (long) n);
        return s && BN_bn2binpad(ECDSA_SIG_get0_r(s), raw, 32) == 32 && BN_bn2binpad(ECDSA_SIG_get0_s(s), raw + 32, 32) == 32;
}

static enum oidc_fault make(struct arena *a, EVP_PKEY *key, enum jws_alg alg, struct str input, struct str *ret) {
        _cleanup_(md_done) EVP_MD_CTX *c = EVP_MD_CTX_new();
        EVP_PKEY_CTX *pc = NULL;
        size_t n = (size_t) EVP_PKEY_get_size(key);
        unsigned char *sig = arena_alloc(a, n), raw[64];
        if (!c || EVP_DigestSignInit(c, &pc, EVP_sha256(), NULL, key) != 1)
                return OIDC_CRYPTO;
        if (alg == JWS_PS256 && (EVP_PKEY_CTX_set_rsa_padding(pc, RSA_PKCS1_PSS_PADDING) != 1 ||
                                 EVP_PKEY_CTX_set_rsa_pss_saltlen(pc, RSA_PSS_SALTLEN_DIGEST) != 1))
                return OIDC_CRYPTO;
        if (EVP_DigestSign(c, sig, &n, (const unsigned char *) input.p, input.n) != 1)
                return OIDC_CRYPTO;
        if (alg == JWS_ES256 && !from_der(sig, n, raw))
                return OIDC_CRYPTO;
        *ret = alg == JWS_ES256 ? encode(a, raw, sizeof raw) : encode(a, sig, n);
        return OIDC_OK;
}

static void bn_done(BIGNUM **n) {
        BN_free(*n);
}

/* A number of KEY, WIDTH bytes or as many as it takes; nothing when it is not there. */
static struct str number(struct arena *a, EVP_PKEY *key, const char *name, int width) {
        _cleanup_(bn_done) BIGNUM *n = NULL;
        if (EVP_PKEY_get_bn_param(key, name, &n) != 1)
                return S("");
        int size = width ? width : BN_num_bytes(n);
        unsigned char *p = arena_alloc(a, (size_t) size);
        return BN_bn2binpad(n, p, size) == size ? (struct str) { (const char *) p, (size_t) size } : S("");
}

static struct jwk public_of(struct arena *a, EVP_PKEY *key) {
        struct jwk k = { .algs = algs_of(key) };
        if (k.algs & JWS_ES256) {
                k.x = number(a, key, OSSL_PKEY_PARAM_EC_PUB_X, 32);
                k.y = number(a, key, OSSL_PKEY_PARAM_EC_PUB_Y, 32);
        } else {
                k.n = number(a, key, OSSL_PKEY_PARAM_RSA_N, 0);
                k.e = number(a, key, OSSL_PKEY_PARAM_RSA_E, 0);
        }
        k.kid = jwk_thumbprint(a, &k);
        return k;
}

static struct str header(struct arena *a, enum jws_alg alg, struct str kid) {
        _cleanup_(buf_done) struct buf b = { .max = JWS_HEADER_BYTES };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        json_str(&j, "alg", str_of(jws_alg_name(alg)));
        json_str(&j, "typ", S("JWT"));
        json_str(&j, "kid", kid);
        json_end_object(&j);
        return encode(a, (const unsigned char *) b.p, b.n);
}

enum oidc_fault jws_sign(struct arena *a, struct str pem, unsigned allowed, struct str payload, struct str *ret) {
        static const enum jws_alg order[] = { JWS_ES256, JWS_RS256, JWS_PS256 };
        _cleanup_(pkey_done) EVP_PKEY *key = read_pem(pem);
        unsigned can = key ? algs_of(key) : 0;
        enum jws_alg alg = 0;
        ERR_clear_error();
        for (size_t i = 0; i < sizeof order / sizeof *order && !alg; i++)
                if (can & allowed & order[i])
                        alg = order[i];
        if (!alg)
                return can ? OIDC_AUTH_METHOD : OIDC_CLIENT_KEY;
        struct str head = header(a, alg, public_of(a, key).kid), body = encode(a, (const unsigned char *) payload.p, payload.n), sig;
        struct str input = str_fmt(a, "%.*s.%.*s", STR(head), STR(body));
        enum oidc_fault f = make(a, key, alg, input, &sig);
        ERR_clear_error();
        if (f == OIDC_OK)
                *ret = str_fmt(a, "%.*s.%.*s", STR(input), STR(sig));
        return f;
}

enum oidc_fault jws_public_jwk(struct arena *a, struct str pem, struct str *ret) {
        _cleanup_(pkey_done) EVP_PKEY *key = read_pem(pem);
        _cleanup_(buf_done) struct buf b = { .max = JWS_BYTES };
        bool usable = key && algs_of(key);
        ERR_clear_error();
        if (!usable)
                return OIDC_CLIENT_KEY;
        struct jwk k = public_of(a, key);
        bool rsa = k.n.n > 0;
        struct json j = { .out = &b };
        json_object(&j, NULL);
        json_str(&j, "kty", rsa ? S("RSA") : S("EC"));
        json_str(&j, "kid", k.kid);
        json_str(&j, "use", S("sig"));
        if (!rsa)
                json_str(&j, "crv", S("P-256"));
        json_str(&j, rsa ? "n" : "x", base64url_write(a, rsa ? k.n : k.x));
        json_str(&j, rsa ? "e" : "y", base64url_write(a, rsa ? k.e : k.y));
        json_end_object(&j);
        *ret = str_dup(a, buf_view(&b));
        return OIDC_OK;
}
