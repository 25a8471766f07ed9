#include "jwk_key.h"
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <string.h>

static void bn_done(BIGNUM **n) {
        BN_free(*n);
}

static void bld_done(OSSL_PARAM_BLD **b) {
        OSSL_PARAM_BLD_free(*b);
}

static void params_done(OSSL_PARAM **p) {
        OSSL_PARAM_free(*p);
}

static void ctx_done(EVP_PKEY_CTX **c) {
        EVP_PKEY_CTX_free(*c);
}

static EVP_PKEY *from_params(const char *type, OSSL_PARAM_BLD *b) {
        _cleanup_(params_done) OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
        _cleanup_(ctx_done) EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
        EVP_PKEY *key = NULL;
        if (!params || !c || EVP_PKEY_fromdata_init(c) != 1 ||
            EVP_PKEY_fromdata(c, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
                return NULL;
        _cleanup_(ctx_done) EVP_PKEY_CTX *check = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
        if (!check || EVP_PKEY_public_check(check) != 1) {
                EVP_PKEY_free(key);
                return NULL;
        }
        return key;
}

static BIGNUM *number(struct str bytes) {
        return BN_bin2bn((const unsigned char *) bytes.p, (int) bytes.n, NULL);
}

static EVP_PKEY *rsa_key(const struct jwk *k) {
        _cleanup_(bn_done) BIGNUM *n = number(k->n);
        _cleanup_(bn_done) BIGNUM *e = number(k->e);
        _cleanup_(bld_done) OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
        if (!n || !e || !b || BN_num_bits(n) < RSA_BITS_MIN || BN_num_bits(n) > RSA_BITS_MAX)
                return NULL;
        if (OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) != 1 ||
            OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e) != 1)
                return NULL;
        return from_params("RSA", b);
}

static EVP_PKEY *ec_key(const struct jwk *k) {
        unsigned char point[65] = { 4 };        /* SEC 1 section 2.3.3: an uncompressed point */
        if (k->x.n != 32 || k->y.n != 32)
                return NULL;
        memcpy(point + 1, k->x.p, 32);
        memcpy(point + 33, k->y.p, 32);
        _cleanup_(bld_done) OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
        if (!b || OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
            OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point) != 1)
                return NULL;
        return from_params("EC", b);
}

EVP_PKEY *jwk_pkey(const struct jwk *k) {
        EVP_PKEY *key = k->algs & JWS_ES256 ? ec_key(k) : rsa_key(k);
        /* What OpenSSL noted about a refused key must not turn up in somebody else's error queue. */
        if (!key)
                ERR_clear_error();
        return key;
}
