/* provider.h - what a provider publishes about itself (OpenID Connect Discovery 1.0 section 3). Pure but for fetch_allows. */
#ifndef OIDC_PROVIDER_H
#define OIDC_PROVIDER_H
#include "fetch.h"

#define OIDC_ISSUER_BYTES 512

/* Ways for this client to prove who it is at the token endpoint (Core section 9). Bits. */
enum oidc_auth { OIDC_AUTH_BASIC = 1 << 0, OIDC_AUTH_POST = 1 << 1, OIDC_AUTH_KEY = 1 << 2 };

struct oidc_provider {
        struct str issuer, authorization_endpoint, token_endpoint, jwks_uri;
        struct str userinfo_endpoint;   /* "" when there is none */
        unsigned auth_methods;          /* enum oidc_auth */
        unsigned auth_algs;             /* enum jws_alg: for client assertions; all when the provider does not say */
        unsigned id_token_algs;         /* enum jws_alg; never 0 */
        bool names_issuer;              /* callbacks always have "iss" (RFC 9207 section 3) */
};

/* A usable issuer: fetch_allows(), at most OIDC_ISSUER_BYTES, no query (Discovery section 3). */
bool provider_is_issuer(const struct oidc_http *h, struct str issuer);

/* Where ISSUER publishes: a "/" at its end goes (Discovery section 4). In A. */
struct str provider_document(struct arena *a, struct str issuer);

/* Reads the document TEXT of ISSUER into A. OIDC_JSON; OIDC_METADATA; OIDC_METADATA_ISSUER when its issuer is not ISSUER to
 * the byte (section 4.3); OIDC_URL for an endpoint that fetch_allows() refuses; OIDC_UNSUPPORTED without the code flow, with
 * PKCE methods but not S256 (RFC 8414; a provider that lists none is believed to ignore or know it), or without an ID
 * token algorithm of enum jws_alg. */
_must_use_ enum oidc_fault provider_read(const struct oidc_http *h, struct arena *a, struct str issuer, struct str text,
                                         struct oidc_provider *ret);

struct oidc_provider provider_dup(struct arena *a, const struct oidc_provider *p);

#endif
