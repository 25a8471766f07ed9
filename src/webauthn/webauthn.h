/* webauthn.h - passkeys, the server's side: what a page asks a browser for, and whether its answer is true. Knows no
 * store and no HTTP: the caller keeps challenges (once, short-lived, bound to the visitor) and keys. Rules are those of
 * Web Authentication Level 2 (section numbers below); BE and BS come from Level 3. Every function may run on any thread.
 *
 * Attestation: we ask for "none" and trust no statement. Browsers may still send another format (self attestation of
 * a laptop): its statement must be well-formed and is otherwise ignored (7.1, steps 19 to 21), so nothing proves the
 * make of a device: `aaguid` can name a passkey in a list, and decides nothing. */
#ifndef WEBAUTHN_WEBAUTHN_H
#define WEBAUTHN_WEBAUTHN_H
#include "base64url.h"

/* Sizes in bytes. What is larger is refused before it is read. */
#define WEBAUTHN_CHALLENGE 32           /* exactly, from a random generator (13.4.3) */
#define WEBAUTHN_CLIENT_DATA_MAX 4096
#define WEBAUTHN_ATTESTATION_MAX 16384
#define WEBAUTHN_AUTH_DATA_MAX 4096
#define WEBAUTHN_SIGNATURE_MAX 2048
#define WEBAUTHN_USER_ID_MAX 64         /* 1 to 64; random, without personal data (14.6.1) */
#define WEBAUTHN_ID_MIN 16              /* of a credential id (4, "Credential ID") */
#define WEBAUTHN_ID_MAX 1023
#define WEBAUTHN_PUBLIC_KEY_MAX 259
#define WEBAUTHN_KEYS_MAX 64            /* credentials named in one request */

/* Characters that a form field needs for N bytes: base64url without padding. */
#define WEBAUTHN_TEXT(n) BASE64URL_TEXT(n)

/* Our side. All borrowed, and the same for every request. */
struct webauthn_site {
        struct str rp_id;       /* host name in lower case: "schouders.nl"; never an address like 127.0.0.1 */
        struct str origin;      /* as the browser writes it: "https://www.schouders.nl", port only when unusual */
        struct str rp_name;     /* shown to the user */
};

/* True when the three fit together (5.1.3, steps 7 and 8): an https origin (http for localhost only) without path,
 * whose host is rp_id or lies below it. Ask once, at start. */
bool webauthn_site_valid(const struct webauthn_site *site);

/* COSE algorithms that we take, in the order in which we ask for them. */
enum webauthn_alg { WEBAUTHN_ES256 = -7, WEBAUTHN_EDDSA = -8, WEBAUTHN_RS256 = -257 };

/* Flags of the authenticator data (6.1; BE and BS: Level 3). */
enum webauthn_flag {
        WEBAUTHN_UP = 0x01,     /* somebody was there */
        WEBAUTHN_UV = 0x04,     /* and showed who: PIN, finger, face */
        WEBAUTHN_BE = 0x08,     /* the passkey may be copied to other devices; never changes */
        WEBAUTHN_BS = 0x10,     /* and it is */
};

/* A registered passkey: what the caller stores. */
struct webauthn_key {
        struct str id;                  /* WEBAUTHN_ID_MIN to WEBAUTHN_ID_MAX bytes; unique in the whole store */
        struct str public_key;          /* ES256: x and y, 64 bytes; EdDSA: 32; RS256: modulus and exponent, 259 */
        int alg;                        /* enum webauthn_alg */
        uint32_t counter;               /* signatures so far; 0 for ever when the device does not count */
        unsigned flags;                 /* enum webauthn_flag, at registration */
        unsigned char aaguid[16];       /* kind of device, unproven; often zero */
};

/* Why an answer was refused. For the log (webauthn_fault_name) and for tests; a visitor hears one text for all. */
enum webauthn_fault {
        WEBAUTHN_FINE,
        WEBAUTHN_TOO_LARGE,             /* ERR_LIMIT */
        WEBAUTHN_CLIENT_DATA,           /* ERR_INVALID: no JSON object as in 5.8.1, double names, token binding used */
        WEBAUTHN_ATTESTATION,           /* ERR_INVALID: no CBOR map of fmt, attStmt and authData (6.5.4) */
        WEBAUTHN_AUTH_DATA,             /* ERR_INVALID: broken, cut off or too long (6.1) */
        WEBAUTHN_CREDENTIAL_ID,         /* ERR_INVALID: shorter or longer than allowed */
        WEBAUTHN_PUBLIC_KEY,            /* ERR_INVALID: not one of our algorithms, or not a key of the one it names */
        WEBAUTHN_TYPE,                  /* the rest is ERR_DENIED: an answer to another kind of question */
        WEBAUTHN_CHALLENGE_OTHER,       /* not our challenge: replayed, or too late */
        WEBAUTHN_ORIGIN,                /* made for another site */
        WEBAUTHN_CROSS_ORIGIN,          /* made inside a frame of another site */
        WEBAUTHN_RP,                    /* the device answered for another rp id */
        WEBAUTHN_ABSENT,                /* nobody touched the device */
        WEBAUTHN_UNVERIFIED,            /* user verification was required and did not happen */
        WEBAUTHN_BACKUP,                /* BS without BE, or another BE than at registration */
        WEBAUTHN_SIGNATURE,             /* not signed by the stored key */
        WEBAUTHN_COUNTER,               /* the counter did not grow: the key may have been copied */
        WEBAUTHN_OURS,                  /* ERR_INTERNAL, logged: our site, challenge or stored key is broken, or memory */
};
#define WEBAUTHN_FAULTS 18

/* "origin", "signature" and so on, for logs. */
const char *webauthn_fault_name(enum webauthn_fault fault);

/* The bytes of TEXT, base64url without padding (RFC 4648), in A; they end with a NUL that is not counted. ERR_INVALID
 * for any other character, padding, or bits that a decoder would drop; ERR_LIMIT when there are more than MAX bytes. */
_must_use_ enum err webauthn_decode(struct arena *a, struct str text, size_t max, struct str *ret);
/* BYTES as that text, in A. */
struct str webauthn_encode(struct arena *a, struct str bytes);

/* Checks the answer to webauthn_creation_json (7.1) and gives the new key in A. CHALLENGE is the one that was sent,
 * raw; the other two are what the browser sent, decoded. The caller still refuses an id that is already stored (step
 * 22). On an error *why tells which rule (it is WEBAUTHN_FINE on OK), and *ret is empty. */
_must_use_ enum err webauthn_register(struct arena *a, const struct webauthn_site *site, struct str challenge,
                                      struct str client_data_json, struct str attestation_object, bool require_uv,
                                      struct webauthn_key *ret, enum webauthn_fault *why);

/* Checks the answer to webauthn_request_json (7.2, steps 11 to 21) against STORED, the key whose id the browser named.
 * *counter is the value to store now. Before this the caller finds the key, and checks that the user handle, when there
 * is one, is that of its owner (step 6). Errors as above; *counter is then the stored one. WEBAUTHN_COUNTER deserves a
 * warning in the log: the signature was good. */
_must_use_ enum err webauthn_verify(struct arena *a, const struct webauthn_site *site, struct str challenge,
                                    struct str client_data_json, struct str authenticator_data, struct str signature,
                                    const struct webauthn_key *stored, bool require_uv, uint32_t *counter,
                                    enum webauthn_fault *why);

/* What the page asks for. Names are UTF-8. */
struct webauthn_creation {
        struct str challenge;           /* raw, WEBAUTHN_CHALLENGE bytes */
        struct str user_id;             /* raw, 1 to WEBAUTHN_USER_ID_MAX bytes */
        struct str name;                /* tells accounts apart: the e-mail address */
        struct str display_name;
        const struct str *exclude;      /* raw ids of keys that the user already has, so that a device is not added twice */
        size_t excluded;                /* up to WEBAUTHN_KEYS_MAX */
        bool resident;                  /* a passkey that can sign in without a user name; else only preferred */
        bool require_uv;                /* else preferred */
        int timeout_ms;                 /* 1,000 to 600,000 */
};
struct webauthn_request {
        struct str challenge;
        const struct str *allow;        /* raw ids; none lets the user pick any passkey for this site */
        size_t allowed;
        bool require_uv;
        int timeout_ms;
};

/* The options as JSON in A, for data-passkey-register and data-passkey-signin (web/README.md): the shape of
 * PublicKeyCredentialCreationOptionsJSON and PublicKeyCredentialRequestOptionsJSON (5.4, 5.5), bytes as base64url. Not
 * yet escaped for HTML: the template does that. ERR_INTERNAL, logged, when a size or time is out of range. */
_must_use_ enum err webauthn_creation_json(struct arena *a, const struct webauthn_site *site,
                                           const struct webauthn_creation *ask, struct str *ret);
_must_use_ enum err webauthn_request_json(struct arena *a, const struct webauthn_site *site,
                                          const struct webauthn_request *ask, struct str *ret);

#endif
