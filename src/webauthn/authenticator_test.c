#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include "authenticator.h"
#include "buf.h"

struct device {
        int alg;
        char id[32];
        EVP_PKEY *key;          /* ES256 and RS256 */
        unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
};

struct device *device_new(int alg, char id) {
        struct device *d = calloc(1, sizeof *d);
        assert_non_null(d);
        d->alg = alg;
        memset(d->id, id, sizeof d->id);
        if (alg == WEBAUTHN_EDDSA)
                crypto_sign_keypair(d->public, d->secret);
        else
                d->key = alg == WEBAUTHN_ES256 ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048);
        assert_true(alg == WEBAUTHN_EDDSA || d->key);
        return d;
}

void device_done(struct device *d) {
        EVP_PKEY_free(d->key);
        free(d);
}

static struct str take(struct arena *a, struct buf *b) {
        assert_false(b->full);
        struct str s = str_dup(a, buf_view(b));
        buf_done(b);
        return s;
}

struct str join(struct arena *a, struct str x, struct str y) {
        struct buf b = { .max = 0 };
        buf_str(&b, x);
        buf_str(&b, y);
        return take(a, &b);
}

void cbor_put(struct buf *b, unsigned major, uint64_t value) {
        unsigned bytes = value < 24 ? 0 : value <= 0xff ? 1 : value <= 0xffff ? 2 : value <= 0xffffffff ? 4 : 8;
        unsigned info = bytes == 0 ? (unsigned) value : bytes == 1 ? 24 : bytes == 2 ? 25 : bytes == 4 ? 26 : 27;
        buf_char(b, (char) (major << 5 | info));
        while (bytes-- > 0)
                buf_char(b, (char) (value >> (8 * bytes)));
}

void cbor_put_string(struct buf *b, unsigned major, struct str s) {
        cbor_put(b, major, s.n);
        buf_str(b, s);
}

static void put_int(struct buf *b, int v) {
        cbor_put(b, v < 0, (uint64_t) (v < 0 ? -1 - v : v));
}

static void put_pair(struct buf *b, int label, int v) {
        put_int(b, label);
        put_int(b, v);
}

static void put_bytes(struct buf *b, int label, const unsigned char *p, size_t n) {
        put_int(b, label);
        cbor_put_string(b, 2, (struct str) { (const char *) p, n });
}

static void put_rsa(struct buf *b, const EVP_PKEY *key) {
        unsigned char n[256] = { 0 };
        BIGNUM *modulus = NULL;
        assert_int_equal(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus), 1);
        assert_int_equal(BN_bn2binpad(modulus, n, sizeof n), sizeof n);
        BN_free(modulus);
        put_bytes(b, -1, n, sizeof n);
        put_bytes(b, -2, (const unsigned char *) "\x01\x00\x01", 3);
}

struct str device_cose(struct arena *a, const struct device *d) {
        struct buf b = { .max = 0 };
        unsigned char point[65];
        size_t n = 0;
        cbor_put(&b, 5, d->alg == WEBAUTHN_ES256 ? 5 : 4);
        put_pair(&b, 1, d->alg == WEBAUTHN_ES256 ? 2 : d->alg == WEBAUTHN_EDDSA ? 1 : 3);
        put_pair(&b, 3, d->alg);
        if (d->alg == WEBAUTHN_RS256) {
                put_rsa(&b, d->key);
        } else if (d->alg == WEBAUTHN_EDDSA) {
                put_pair(&b, -1, 6);
                put_bytes(&b, -2, d->public, sizeof d->public);
        } else {
                assert_int_equal(EVP_PKEY_get_octet_string_param(d->key, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &n), 1);
                assert_int_equal(n, sizeof point);
                put_pair(&b, -1, 1);
                put_bytes(&b, -2, point + 1, 32);
                put_bytes(&b, -3, point + 33, 32);
        }
        return take(a, &b);
}

static struct str sha256(struct arena *a, struct str s) {
        unsigned char *hash = arena_alloc(a, crypto_hash_sha256_BYTES);
        crypto_hash_sha256(hash, (const unsigned char *) s.p, s.n);
        return (struct str) { (const char *) hash, crypto_hash_sha256_BYTES };
}

struct str device_sign(struct arena *a, const struct device *d, struct str auth_data, struct str client_data) {
        struct str message = join(a, auth_data, sha256(a, client_data));
        const unsigned char *m = (const unsigned char *) message.p;
        unsigned char *sig = arena_alloc(a, 512);
        size_t n = 512;
        if (d->alg == WEBAUTHN_EDDSA) {
                crypto_sign_detached(sig, NULL, m, message.n, d->secret);
                return (struct str) { (const char *) sig, crypto_sign_BYTES };
        }
        EVP_MD_CTX *ctx = EVP_MD_CTX_new();
        assert_int_equal(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, d->key), 1);
        assert_int_equal(EVP_DigestSign(ctx, sig, &n, m, message.n), 1);
        EVP_MD_CTX_free(ctx);
        return (struct str) { (const char *) sig, n };
}

struct scene scene_new(struct arena *a, const struct device *d) {
        return (struct scene) {
                .a = a, .device = d,
                .site = { S("schouders.nl"), S("https://www.schouders.nl"), S("Schouders") },
                .challenge = S("0123456789abcdef0123456789ABCDEF"),
                .origin = S("https://www.schouders.nl"),
                .rp = S("schouders.nl"),
                .flags = WEBAUTHN_UP | WEBAUTHN_UV | WEBAUTHN_BE | WEBAUTHN_BS,
                .fmt = S("none"), .statement = S("\xa0"),
        };
}

struct str scene_client_data(const struct scene *s, const char *type) {
        struct str echo = webauthn_encode(s->a, s->echo.n ? s->echo : s->challenge);
        struct str t = s->type.n ? s->type : str_of(type);
        if (s->client_data.p)
                return s->client_data;
        return str_fmt(s->a, "{\"type\":\"%.*s\",\"challenge\":\"%.*s\",\"origin\":\"%.*s\",\"crossOrigin\":false%.*s}",
                       STR(t), STR(echo), STR(s->origin), STR(s->more));
}

struct str scene_auth_data(const struct scene *s, bool attested) {
        struct buf b = { .max = 0 };
        struct str id = s->id.p ? s->id : (struct str) { s->device->id, sizeof s->device->id };
        if (s->auth_data.p)
                return s->auth_data;
        buf_str(&b, sha256(s->a, s->rp));
        buf_char(&b, (char) (s->flags | (attested ? 0x40u : 0u) | (s->extensions.n ? 0x80u : 0u)));
        for (int shift = 24; shift >= 0; shift -= 8)
                buf_char(&b, (char) (s->counter >> shift));
        if (attested) {
                buf_str(&b, S("an-aaguid-of-16b"));
                buf_char(&b, (char) (id.n >> 8));
                buf_char(&b, (char) id.n);
                buf_str(&b, id);
                buf_str(&b, s->cose.p ? s->cose : device_cose(s->a, s->device));
        }
        buf_str(&b, s->extensions);
        buf_str(&b, s->tail);
        return take(s->a, &b);
}

struct str scene_attestation(const struct scene *s, struct str auth_data) {
        struct buf b = { .max = 0 };
        if (s->attestation.p)
                return s->attestation;
        cbor_put(&b, 5, 3);
        cbor_put_string(&b, 3, S("fmt"));
        cbor_put_string(&b, 3, s->fmt);
        cbor_put_string(&b, 3, S("attStmt"));
        buf_str(&b, s->statement);
        cbor_put_string(&b, 3, S("authData"));
        cbor_put_string(&b, 2, auth_data);
        return take(s->a, &b);
}

static enum err error_of(enum webauthn_fault fault) {
        if (fault == WEBAUTHN_FINE)
                return OK;
        if (fault == WEBAUTHN_TOO_LARGE)
                return ERR_LIMIT;
        if (fault == WEBAUTHN_OURS)
                return ERR_INTERNAL;
        return fault <= WEBAUTHN_PUBLIC_KEY ? ERR_INVALID : ERR_DENIED;
}

enum webauthn_fault scene_register(const struct scene *s, struct webauthn_key *ret) {
        enum webauthn_fault why = WEBAUTHN_OURS;
        struct webauthn_key key;
        struct str client_data = scene_client_data(s, "webauthn.create");
        struct str attestation = scene_attestation(s, scene_auth_data(s, true));
        enum err e = webauthn_register(s->a, &s->site, s->challenge, client_data, attestation, s->require_uv, &key, &why);
        assert_int_equal(e, error_of(why));
        assert_int_equal(e == OK, key.id.n > 0);
        assert_int_equal(e == OK, key.public_key.n > 0);
        assert_int_equal(e == OK, key.alg != 0);
        if (ret)
                *ret = key;
        return why;
}

enum webauthn_fault scene_verify(const struct scene *s, const struct webauthn_key *stored, uint32_t *counter) {
        enum webauthn_fault why = WEBAUTHN_OURS;
        uint32_t now = 77;
        struct str client_data = scene_client_data(s, "webauthn.get"), auth_data = scene_auth_data(s, false);
        struct str signature = s->signature.p ? s->signature : device_sign(s->a, s->device, auth_data, client_data);
        enum err e = webauthn_verify(s->a, &s->site, s->challenge, client_data, auth_data, signature, stored,
                                     s->require_uv, &now, &why);
        assert_int_equal(e, error_of(why));
        if (e)
                assert_int_equal(now, stored->counter);
        if (counter)
                *counter = now;
        return why;
}
