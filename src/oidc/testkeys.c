#include "testkeys.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>
#include "base64url.h"

static void need(bool good) {
        if (!good)
                abort();
}

EVP_PKEY *testkeys_rsa(int bits) {
        return EVP_RSA_gen((unsigned) bits);
}

EVP_PKEY *testkeys_ec(const char *curve) {
        return EVP_EC_gen(curve);
}

static struct str number(struct arena *a, EVP_PKEY *key, const char *name, int width) {
        BIGNUM *n = NULL;
        need(EVP_PKEY_get_bn_param(key, name, &n) == 1);
        int size = width ? width : BN_num_bytes(n);
        unsigned char *p = arena_alloc(a, (size_t) size);
        need(BN_bn2binpad(n, p, size) == size);
        BN_free(n);
        return base64url_write(a, (struct str) { (const char *) p, (size_t) size });
}

struct str testkeys_jwk(struct arena *a, EVP_PKEY *key, const char *more) {
        if (EVP_PKEY_is_a(key, "RSA")) {
                struct str n = number(a, key, OSSL_PKEY_PARAM_RSA_N, 0), e = number(a, key, OSSL_PKEY_PARAM_RSA_E, 0);
                return str_fmt(a, "{%s\"kty\":\"RSA\",\"n\":\"%.*s\",\"e\":\"%.*s\"}", more, STR(n), STR(e));
        }
        bool p256 = EVP_PKEY_get_bits(key) == 256;
        struct str x = number(a, key, OSSL_PKEY_PARAM_EC_PUB_X, p256 ? 32 : 48);
        struct str y = number(a, key, OSSL_PKEY_PARAM_EC_PUB_Y, p256 ? 32 : 48);
        return str_fmt(a, "{%s\"kty\":\"EC\",\"crv\":\"%s\",\"x\":\"%.*s\",\"y\":\"%.*s\"}", more, p256 ? "P-256" : "P-384",
                       STR(x), STR(y));
}

static struct str pem_of(struct arena *a, EVP_PKEY *key, bool with_private) {
        BIO *b = BIO_new(BIO_s_mem());
        char *p = NULL;
        need(with_private ? PEM_write_bio_PrivateKey(b, key, NULL, NULL, 0, NULL, NULL) == 1 : PEM_write_bio_PUBKEY(b, key) == 1);
        long n = BIO_get_mem_data(b, &p);
        struct str s = str_dup(a, (struct str) { p, (size_t) n });
        BIO_free(b);
        return s;
}

struct str testkeys_pem(struct arena *a, EVP_PKEY *key) {
        return pem_of(a, key, true);
}

static struct str signature(struct arena *a, EVP_PKEY *key, const char *alg, struct str input) {
        unsigned char sig[1024], raw[64];
        size_t n = sizeof sig;
        const unsigned char *p = (const unsigned char *) input.p;
        if (strcmp(alg, "none") == 0)
                return S("");
        if (strcmp(alg, "HS256") == 0) {
                struct str secret = pem_of(a, key, false);
                unsigned mac = 0;
                need(HMAC(EVP_sha256(), secret.p, (int) secret.n, p, input.n, sig, &mac) != NULL);
                return str_dup(a, (struct str) { (const char *) sig, mac });
        }
        EVP_MD_CTX *c = EVP_MD_CTX_new();
        EVP_PKEY_CTX *pc = NULL;
        need(EVP_DigestSignInit(c, &pc, EVP_sha256(), NULL, key) == 1);
        if (strncmp(alg, "PS256", 5) == 0)
                need(EVP_PKEY_CTX_set_rsa_padding(pc, RSA_PKCS1_PSS_PADDING) == 1 &&
                     EVP_PKEY_CTX_set_rsa_pss_saltlen(pc, alg[5] ? 20 : RSA_PSS_SALTLEN_DIGEST) == 1);
        need(EVP_DigestSign(c, sig, &n, p, input.n) == 1);
        EVP_MD_CTX_free(c);
        if (strcmp(alg, "ES256") == 0) {
                const unsigned char *der = sig;
                ECDSA_SIG *s = d2i_ECDSA_SIG(NULL, &der, (long) n);
                need(s && BN_bn2binpad(ECDSA_SIG_get0_r(s), raw, 32) == 32 && BN_bn2binpad(ECDSA_SIG_get0_s(s), raw + 32, 32) == 32);
                ECDSA_SIG_free(s);
                return str_dup(a, (struct str) { (const char *) raw, sizeof raw });
        }
        return str_dup(a, (struct str) { (const char *) sig, n });
}

struct str testkeys_token(struct arena *a, EVP_PKEY *key, const char *alg, struct str header, struct str payload) {
        struct str h = base64url_write(a, header), p = base64url_write(a, payload);
        struct str input = str_fmt(a, "%.*s.%.*s", STR(h), STR(p));
        struct str sig = base64url_write(a, signature(a, key, alg, input));
        return str_fmt(a, "%.*s.%.*s", STR(input), STR(sig));
}
