/* exchange.h - the token endpoint (RFC 6749 section 4.1.3, Core section 3.1.3) and the UserInfo endpoint. Used by oidc.c. */
#ifndef OIDC_EXCHANGE_H
#define OIDC_EXCHANGE_H
#include "oidc.h"

struct exchange_tokens {
        struct str id_token;
        struct str access_token; /* "" when there is none */
};

/* Trades CODE for tokens. OIDC_CLIENT_KEY, OIDC_AUTH_METHOD, OIDC_EXCHANGE for an error of the endpoint (*note names a known
 * one), OIDC_TOKEN_ANSWER, and what fetch() gives. */
_must_use_ enum oidc_fault exchange_code(const struct oidc_http *h, struct arena *a, const struct oidc_client *client,
                                         const struct oidc_provider *p, const struct oidc_kept *kept, struct str code,
                                         int64_t now_ms, struct oidc_note *note, struct exchange_tokens *ret);

/* The JSON of the UserInfo endpoint. OIDC_STATUS, and what fetch() gives. */
_must_use_ enum oidc_fault exchange_userinfo(const struct oidc_http *h, struct arena *a, const struct oidc_provider *p,
                                             struct str access_token, struct oidc_note *note, struct str *ret);

/* 256 random bits in base64url, in A. */
struct str exchange_random(struct arena *a);

#endif
