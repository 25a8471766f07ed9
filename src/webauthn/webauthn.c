#include "webauthn.h"
#include <sodium.h>
#include "authdata.h"
#include "clientdata.h"
#include "fidokey.h"

static const struct {
        const char *name;
        enum err err;
} faults[] = {
        [WEBAUTHN_FINE] = { "fine", OK },
        [WEBAUTHN_TOO_LARGE] = { "too_large", ERR_LIMIT },
        [WEBAUTHN_CLIENT_DATA] = { "client_data", ERR_INVALID },
        [WEBAUTHN_ATTESTATION] = { "attestation", ERR_INVALID },
        [WEBAUTHN_AUTH_DATA] = { "auth_data", ERR_INVALID },
        [WEBAUTHN_CREDENTIAL_ID] = { "credential_id", ERR_INVALID },
        [WEBAUTHN_PUBLIC_KEY] = { "public_key", ERR_INVALID },
        [WEBAUTHN_TYPE] = { "type", ERR_DENIED },
        [WEBAUTHN_CHALLENGE_OTHER] = { "challenge", ERR_DENIED },
        [WEBAUTHN_ORIGIN] = { "origin", ERR_DENIED },
        [WEBAUTHN_CROSS_ORIGIN] = { "cross_origin", ERR_DENIED },
        [WEBAUTHN_RP] = { "rp", ERR_DENIED },
        [WEBAUTHN_ABSENT] = { "absent", ERR_DENIED },
        [WEBAUTHN_UNVERIFIED] = { "unverified", ERR_DENIED },
        [WEBAUTHN_BACKUP] = { "backup", ERR_DENIED },
        [WEBAUTHN_SIGNATURE] = { "signature", ERR_DENIED },
        [WEBAUTHN_COUNTER] = { "counter", ERR_DENIED },
        [WEBAUTHN_OURS] = { "ours", ERR_INTERNAL },
};
_Static_assert(sizeof faults / sizeof *faults == WEBAUTHN_FAULTS, "every fault has a name");

const char *webauthn_fault_name(enum webauthn_fault fault) {
        return (size_t) fault < WEBAUTHN_FAULTS ? faults[fault].name : "unknown";
}

/* The end of a check: notes FAULT and gives its error. */
static enum err end(enum webauthn_fault fault, enum webauthn_fault *why) {
        *why = fault;
        return faults[fault].err;
}

static bool is_ours_fine(const struct webauthn_site *site, struct str challenge) {
        return challenge.n == WEBAUTHN_CHALLENGE && webauthn_site_valid(site);
}

/* Whom the device answered for, and what it saw of the user (7.1, steps 13 to 15; 7.2, steps 15 to 17). */
static enum webauthn_fault check_authdata(const struct webauthn_site *site, const struct authdata *d, bool require_uv) {
        unsigned char hash[crypto_hash_sha256_BYTES];
        _Static_assert(sizeof hash == AUTHDATA_HASH, "the rp id is hashed with SHA-256");
        crypto_hash_sha256(hash, (const unsigned char *) site->rp_id.p, site->rp_id.n);
        if (sodium_memcmp(hash, d->rp_hash.p, sizeof hash) != 0)
                return WEBAUTHN_RP;
        if (!(d->flags & WEBAUTHN_UP))
                return WEBAUTHN_ABSENT;
        if (require_uv && !(d->flags & WEBAUTHN_UV))
                return WEBAUTHN_UNVERIFIED;
        return d->flags & WEBAUTHN_BS && !(d->flags & WEBAUTHN_BE) ? WEBAUTHN_BACKUP : WEBAUTHN_FINE;
}

static enum webauthn_fault read_registration(const struct webauthn_site *site, struct str challenge,
                                             struct str client_data_json, struct str attestation_object,
                                             bool require_uv, struct str *auth_data, struct authdata *d) {
        enum webauthn_fault fault = clientdata_check(site, S("webauthn.create"), challenge, client_data_json);
        if (!fault)
                fault = authdata_of_attestation(attestation_object, auth_data);
        if (!fault)
                fault = authdata_read(*auth_data, true, d);
        return fault ? fault : check_authdata(site, d, require_uv);
}

enum err webauthn_register(struct arena *a, const struct webauthn_site *site, struct str challenge,
                           struct str client_data_json, struct str attestation_object, bool require_uv,
                           struct webauthn_key *ret, enum webauthn_fault *why) {
        struct str auth_data = S("");
        struct authdata d;
        struct webauthn_key key;
        *ret = (struct webauthn_key) { .alg = 0 };
        if (!is_ours_fine(site, challenge)) {
                (void) end(WEBAUTHN_OURS, why);
                return err_log(ERR_INTERNAL, "passkey: the site or the challenge is not valid");
        }
        enum webauthn_fault fault = read_registration(site, challenge, client_data_json, attestation_object, require_uv,
                                                      &auth_data, &d);
        if (!fault)
                fault = fidokey_read(a, auth_data, d.alg, &key);
        if (fault == WEBAUTHN_OURS)
                (void) err_log(ERR_INTERNAL, "passkey: libfido2 has no memory");
        if (fault)
                return end(fault, why);
        /* Two readers of the same bytes that disagree are a hole. */
        if (!str_eq(key.id, d.id) || key.counter != d.counter)
                return end(WEBAUTHN_AUTH_DATA, why);
        key.flags = d.flags;
        *ret = key;
        return end(WEBAUTHN_FINE, why);
}

/* 7.2, step 21: a device that counts always counts up. A copy of it that was used in between is seen here. */
static bool has_grown(uint32_t stored, uint32_t now) {
        return (stored == 0 && now == 0) || now > stored;
}

enum err webauthn_verify(struct arena *a, const struct webauthn_site *site, struct str challenge,
                         struct str client_data_json, struct str authenticator_data, struct str signature,
                         const struct webauthn_key *stored, bool require_uv, uint32_t *counter,
                         enum webauthn_fault *why) {
        struct authdata d;
        *counter = stored->counter;
        if (!is_ours_fine(site, challenge)) {
                (void) end(WEBAUTHN_OURS, why);
                return err_log(ERR_INTERNAL, "passkey: the site or the challenge is not valid");
        }
        if (signature.n > WEBAUTHN_SIGNATURE_MAX)
                return end(WEBAUTHN_TOO_LARGE, why);
        enum webauthn_fault fault = clientdata_check(site, S("webauthn.get"), challenge, client_data_json);
        if (!fault)
                fault = authdata_read(authenticator_data, false, &d);
        if (!fault)
                fault = check_authdata(site, &d, require_uv);
        if (!fault && (d.flags & WEBAUTHN_BE) != (stored->flags & WEBAUTHN_BE))
                fault = WEBAUTHN_BACKUP;
        if (!fault)
                fault = fidokey_verify(a, site, stored, client_data_json, authenticator_data, signature, require_uv);
        if (fault == WEBAUTHN_OURS)
                (void) err_log(ERR_INTERNAL, "passkey: the stored key is broken, or libfido2 has no memory");
        if (!fault && !has_grown(stored->counter, d.counter))
                fault = WEBAUTHN_COUNTER;
        if (!fault)
                *counter = d.counter;
        return end(fault, why);
}
