/* authdata.h - takes apart what a device sends: attestation object (6.5.4) and authenticator data (6.1). Framing only;
 * what the parts mean is for webauthn.c, and keys are read by libfido2 (fidokey.h). Everything borrows. */
#ifndef WEBAUTHN_AUTHDATA_H
#define WEBAUTHN_AUTHDATA_H
#include "webauthn.h"

#define AUTHDATA_HASH 32

struct authdata {
        struct str rp_hash;     /* AUTHDATA_HASH bytes */
        unsigned flags;         /* enum webauthn_flag; other bits are left out */
        uint32_t counter;
        struct str aaguid;      /* 16 bytes, and these three only when a key is attested */
        struct str id;          /* WEBAUTHN_ID_MIN to WEBAUTHN_ID_MAX bytes */
        int alg;                /* one that we take, with the key type and the members that belong to it */
};

/* The authData of an attestation object. The other two members must be there and be well-formed; with format "none" the
 * statement must be empty (8.7). WEBAUTHN_ATTESTATION otherwise. */
_must_use_ enum webauthn_fault authdata_of_attestation(struct str object, struct str *ret);

/* Reads S to its last byte. ATTESTED: a key must be in it, else there may be none. WEBAUTHN_AUTH_DATA,
 * WEBAUTHN_CREDENTIAL_ID, WEBAUTHN_PUBLIC_KEY or WEBAUTHN_TOO_LARGE. */
_must_use_ enum webauthn_fault authdata_read(struct str s, bool attested, struct authdata *ret);

#endif
