#include "fidokey.h"
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <sodium.h>
#include <string.h>

#define ES256_SIZE 64
#define EDDSA_SIZE 32
#define RS256_SIZE 259          /* modulus of 2048 bits, exponent of 24 */

static const unsigned char *raw(struct str s) {
        return (const unsigned char *) s.p;
}

static struct str copy(struct arena *a, const unsigned char *p, size_t n) {
        return str_dup(a, (struct str) { (const char *) p, p ? n : 0 });
}

/* A key in the form that fido_assert_verify takes, for one algorithm. */
union fidokey {
        es256_pk_t *es256;
        eddsa_pk_t *eddsa;
        rs256_pk_t *rs256;
        const void *any;
};

struct parsed {
        int alg;
        union fidokey key;
};

static void parsed_done(struct parsed *p) {
        if (p->alg == WEBAUTHN_ES256)
                es256_pk_free(&p->key.es256);
        else if (p->alg == WEBAUTHN_EDDSA)
                eddsa_pk_free(&p->key.eddsa);
        else if (p->alg == WEBAUTHN_RS256)
                rs256_pk_free(&p->key.rs256);
}

/* With an exponent of 1 or a point of small order anybody can sign. */
static bool is_sound(int alg, struct str key) {
        switch (alg) {
        case WEBAUTHN_ES256:
                return key.n == ES256_SIZE;
        case WEBAUTHN_EDDSA:
                return key.n == EDDSA_SIZE && crypto_core_ed25519_is_valid_point(raw(key));
        case WEBAUTHN_RS256:
                return key.n == RS256_SIZE && str_ends(key, S("\x01\x00\x01")) && (raw(key)[0] & 0x80) &&
                       (raw(key)[255] & 1);
        default:
                return false;
        }
}

static bool parse(int alg, struct str key, struct parsed *ret) {
        *ret = (struct parsed) { .alg = 0 };
        if (!is_sound(alg, key))
                return false;
        ret->alg = alg;
        switch (alg) {
        case WEBAUTHN_ES256:
                ret->key.es256 = es256_pk_new();
                return ret->key.es256 && es256_pk_from_ptr(ret->key.es256, key.p, key.n) == FIDO_OK;
        case WEBAUTHN_EDDSA:
                ret->key.eddsa = eddsa_pk_new();
                return ret->key.eddsa && eddsa_pk_from_ptr(ret->key.eddsa, key.p, key.n) == FIDO_OK;
        default:
                ret->key.rs256 = rs256_pk_new();
                return ret->key.rs256 && rs256_pk_from_ptr(ret->key.rs256, key.p, key.n) == FIDO_OK;
        }
}

static void cred_done(fido_cred_t **c) {
        fido_cred_free(c);
}

static void assert_done(fido_assert_t **s) {
        fido_assert_free(s);
}

enum webauthn_fault fidokey_read(struct arena *a, struct str auth_data, int alg, struct webauthn_key *ret) {
        _cleanup_(cred_done) fido_cred_t *cred = fido_cred_new();
        _cleanup_(parsed_done) struct parsed key = { .alg = 0 };
        *ret = (struct webauthn_key) { .alg = 0 };
        if (!cred)
                return WEBAUTHN_OURS;
        if (fido_cred_set_type(cred, alg) != FIDO_OK ||
            fido_cred_set_authdata_raw(cred, raw(auth_data), auth_data.n) != FIDO_OK)
                return WEBAUTHN_PUBLIC_KEY;
        struct str public_key = copy(a, fido_cred_pubkey_ptr(cred), fido_cred_pubkey_len(cred));
        if (!parse(alg, public_key, &key) || fido_cred_aaguid_len(cred) != sizeof ret->aaguid)
                return WEBAUTHN_PUBLIC_KEY;
        *ret = (struct webauthn_key) {
                .id = copy(a, fido_cred_id_ptr(cred), fido_cred_id_len(cred)),
                .public_key = public_key,
                .alg = alg,
                .counter = fido_cred_sigcount(cred),
        };
        memcpy(ret->aaguid, fido_cred_aaguid_ptr(cred), sizeof ret->aaguid);
        return WEBAUTHN_FINE;
}

static bool fill(struct arena *a, fido_assert_t *s, const struct webauthn_site *site, struct str client_data_json,
                 bool require_uv) {
        return fido_assert_set_rp(s, str_z(a, site->rp_id)) == FIDO_OK &&
               fido_assert_set_clientdata(s, raw(client_data_json), client_data_json.n) == FIDO_OK &&
               fido_assert_set_up(s, FIDO_OPT_TRUE) == FIDO_OK &&
               fido_assert_set_uv(s, require_uv ? FIDO_OPT_TRUE : FIDO_OPT_OMIT) == FIDO_OK &&
               fido_assert_set_count(s, 1) == FIDO_OK;
}

enum webauthn_fault fidokey_verify(struct arena *a, const struct webauthn_site *site, const struct webauthn_key *key,
                                   struct str client_data_json, struct str auth_data, struct str signature,
                                   bool require_uv) {
        _cleanup_(assert_done) fido_assert_t *s = fido_assert_new();
        _cleanup_(parsed_done) struct parsed parsed = { .alg = 0 };
        if (!s || !parse(key->alg, key->public_key, &parsed) || !fill(a, s, site, client_data_json, require_uv))
                return WEBAUTHN_OURS;
        if (fido_assert_set_authdata_raw(s, 0, raw(auth_data), auth_data.n) != FIDO_OK)
                return WEBAUTHN_AUTH_DATA;
        if (signature.n == 0 || fido_assert_set_sig(s, 0, raw(signature), signature.n) != FIDO_OK)
                return WEBAUTHN_SIGNATURE;
        return fido_assert_verify(s, 0, key->alg, parsed.key.any) == FIDO_OK ? WEBAUTHN_FINE : WEBAUTHN_SIGNATURE;
}
