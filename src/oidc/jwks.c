#include "jwks.h"
#include <sodium.h>
#include "base64url.h"
#include "jwk_key.h"
#include "strict.h"

#define KID_MAX 255
#define NUMBER_MAX 2048         /* base64url of a number: more than RSA_BITS_MAX needs */

static const struct { struct str name; enum jws_alg alg; } algs[] = {
        { S_INIT("RS256"), JWS_RS256 }, { S_INIT("ES256"), JWS_ES256 }, { S_INIT("PS256"), JWS_PS256 },
};

unsigned jws_alg_of(struct str name) {
        for (size_t i = 0; i < sizeof algs / sizeof *algs; i++)
                if (str_eq(name, algs[i].name))
                        return algs[i].alg;
        return 0;
}

const char *jws_alg_name(enum jws_alg alg) {
        for (size_t i = 0; i < sizeof algs / sizeof *algs; i++)
                if (alg == algs[i].alg)
                        return algs[i].name.p;
        return "?";
}

/* "use" is "sig" or absent; "key_ops" has "verify" or is absent (RFC 7517 sections 4.2 and 4.3). */
static bool is_for_signatures(struct arena *a, const json_t *o) {
        struct str use;
        const json_t *ops = json_object_get(o, "key_ops"), *op;
        size_t i;
        bool verify = !ops;
        switch (strict_text(a, o, "use", 32, &use)) {
        case MEMBER_GOOD:
                if (!str_eq(use, S("sig")))
                        return false;
                break;
        case MEMBER_BAD:
                return false;
        case MEMBER_ABSENT:
                break;
        }
        if (ops && !json_is_array(ops))
                return false;
        json_array_foreach (ops, i, op)
                verify = verify || (json_is_string(op) && str_eq(str_of(json_string_value(op)), S("verify")));
        return verify;
}

/* The algorithms that key type and curve allow; 0 for other kinds. */
static unsigned algs_of_type(struct arena *a, const json_t *o) {
        struct str kty, crv;
        if (strict_text(a, o, "kty", 32, &kty) != MEMBER_GOOD)
                return 0;
        if (str_eq(kty, S("RSA")))
                return JWS_RS256 | JWS_PS256;
        bool p256 = str_eq(kty, S("EC")) && strict_text(a, o, "crv", 32, &crv) == MEMBER_GOOD && str_eq(crv, S("P-256"));
        return p256 ? JWS_ES256 : 0;
}

static bool read_number(struct arena *a, const json_t *o, const char *name, struct str *ret) {
        struct str text;
        return strict_text(a, o, name, NUMBER_MAX, &text) == MEMBER_GOOD && base64url_read(a, text, ret) && ret->n > 0;
}

/* The exponent as a number; 0 when it does not fit in 64 bits. */
static uint64_t exponent(struct str e) {
        uint64_t v = 0;
        for (size_t i = 0; i < e.n && e.n <= 8; i++)
                v = v << 8 | (unsigned char) e.p[i];
        return v;
}

/* RFC 7518 sections 6.2.1 and 6.3.1: minimal numbers for RSA, full-size coordinates for EC. */
static enum oidc_fault read_numbers(struct arena *a, const json_t *o, struct jwk *k) {
        if (k->algs & JWS_ES256) {
                if (!read_number(a, o, "x", &k->x) || !read_number(a, o, "y", &k->y) || k->x.n != 32 || k->y.n != 32)
                        return OIDC_KEY_INVALID;
        } else {
                if (!read_number(a, o, "n", &k->n) || !read_number(a, o, "e", &k->e) || k->n.p[0] == 0 || k->e.p[0] == 0)
                        return OIDC_KEY_INVALID;
                /* With the first byte at least 128, 256 bytes are 2048 bits. */
                if (k->n.n < RSA_BITS_MIN / 8 || (k->n.n == RSA_BITS_MIN / 8 && !(k->n.p[0] & 0x80)))
                        return OIDC_KEY_WEAK;
                if (exponent(k->e) < 65537)
                        return OIDC_KEY_WEAK;
        }
        _cleanup_(pkey_done) EVP_PKEY *key = jwk_pkey(k);
        return key ? OIDC_OK : OIDC_KEY_INVALID;
}

/* False for a key that is not for us. */
static bool read_key(struct arena *a, const json_t *o, struct jwk *k) {
        struct str alg;
        if (!json_is_object(o) || !is_for_signatures(a, o) || json_object_get(o, "d") || json_object_get(o, "k"))
                return false;
        *k = (struct jwk) { .algs = algs_of_type(a, o) };
        enum member m = strict_text(a, o, "alg", 32, &alg);
        if (m == MEMBER_GOOD)
                k->algs &= jws_alg_of(alg);
        if (m == MEMBER_BAD || k->algs == 0 || strict_text(a, o, "kid", KID_MAX, &k->kid) == MEMBER_BAD)
                return false;
        k->flaw = read_numbers(a, o, k);
        return true;
}

enum oidc_fault jwks_read(struct arena *a, struct str text, struct jwks *ret) {
        json_auto_t *doc = strict_object(text, JWKS_BYTES);
        const json_t *keys = json_object_get(doc, "keys"), *key;
        size_t i;
        *ret = (struct jwks) { .n = 0 };
        if (!json_is_array(keys) || json_array_size(keys) > JWKS_KEYS)
                return OIDC_JWKS;
        ret->v = arena_many(a, struct jwk, json_array_size(keys));
        json_array_foreach (keys, i, key)
                if (read_key(a, key, &ret->v[ret->n]))
                        ret->n++;
        return OIDC_OK;
}

enum oidc_fault jwks_pick(const struct jwks *keys, enum jws_alg alg, struct str kid, struct jwk *ret) {
        size_t found = 0;
        for (size_t i = 0; i < keys->n; i++) {
                const struct jwk *k = &keys->v[i];
                if (!(k->algs & alg) || (kid.n && !str_eq(k->kid, kid)))
                        continue;
                *ret = *k;
                found++;
        }
        if (found != 1)
                return found ? OIDC_KEY_SEVERAL : OIDC_KEY_UNKNOWN;
        return ret->flaw;
}

struct jwk jwk_dup(struct arena *a, const struct jwk *k) {
        return (struct jwk) { .kid = str_dup(a, k->kid), .algs = k->algs, .n = str_dup(a, k->n), .e = str_dup(a, k->e),
                              .x = str_dup(a, k->x), .y = str_dup(a, k->y), .flaw = k->flaw };
}

struct str jwk_thumbprint(struct arena *a, const struct jwk *k) {
        bool rsa = k->n.n > 0;
        struct str first = base64url_write(a, rsa ? k->e : k->x), second = base64url_write(a, rsa ? k->n : k->y);
        /* members in the order of their names, without white space: RFC 7638, section 3 */
        struct str text = rsa ? str_fmt(a, "{\"e\":\"%.*s\",\"kty\":\"RSA\",\"n\":\"%.*s\"}", STR(first), STR(second))
                              : str_fmt(a, "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%.*s\",\"y\":\"%.*s\"}", STR(first), STR(second));
        unsigned char hash[crypto_hash_sha256_BYTES];
        crypto_hash_sha256(hash, (const unsigned char *) text.p, text.n);
        return base64url_write(a, (struct str) { (const char *) hash, sizeof hash });
}
