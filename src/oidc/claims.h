/* claims.h - what an ID token says, and whether that is for us (OpenID Connect Core sections 2 and 3.1.3.7). Pure. */
#ifndef OIDC_CLAIMS_H
#define OIDC_CLAIMS_H
#include "oidc_fault.h"

#define CLAIMS_LEEWAY_S 60      /* clocks of two machines differ */
#define CLAIMS_AGE_S 600        /* of an ID token that comes straight from the token endpoint */
#define CLAIMS_ROLES 256        /* values of the claim for roles */
#define CLAIMS_ROLE_BYTES 255
#define CLAIMS_SUB_BYTES 255    /* Core section 2: ASCII */

/* Who signed in. Texts are UTF-8 without control characters, in the arena of the call. */
struct oidc_identity {
        struct str issuer, sub; /* together they name the person for ever; an e-mail address does not */
        struct str email;       /* "" when absent; at most 254 bytes, with one "@" inside */
        bool email_verified;    /* false when absent. Never match accounts on an address without it */
        struct str name;        /* "" when absent; at most 255 bytes */
        struct str *roles;      /* values of the configured claim, 1..CLAIMS_ROLE_BYTES bytes each */
        size_t role_count;
        bool has_roles;         /* the claim is there, perhaps as an empty list */
};

struct claims_wanted {
        struct str issuer, client_id, nonce;
        struct str roles_claim; /* "" for none */
        struct str access_token;/* compared with at_hash when the token has one (Core section 3.1.3.8) */
};

/* Checks the claims in PAYLOAD, the JSON of a token whose signature was checked, and gives the identity out. In this order:
 * iss equal to the byte; aud is or contains the client, and with several (or any azp) azp is the client; exp and iat with
 * CLAIMS_LEEWAY_S; iat at most CLAIMS_AGE_S ago; nonce, compared in constant time; sub; at_hash; the roles. A wrong
 * email, name or email_verified counts as absent. NOW_MS is milliseconds since 1970. */
_must_use_ enum oidc_fault claims_check(struct arena *a, struct str payload, const struct claims_wanted *want,
                                        int64_t now_ms, struct oidc_identity *ret);

/* Fills what *WHO lacks from the JSON answer of the UserInfo endpoint. OIDC_USERINFO when its sub is not that of *WHO (Core
 * section 5.3.2) or it is no JSON object; OIDC_ROLES. */
_must_use_ enum oidc_fault claims_add(struct arena *a, struct str answer, struct str roles_claim,
                                      struct oidc_identity *who);

#endif
