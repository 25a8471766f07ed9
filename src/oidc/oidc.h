/* oidc.h - signing in with an organisation's own account: an OpenID Connect relying party (OpenID Connect Core 1.0,
 * section 3.1: authorization code flow) with PKCE (RFC 7636) and nothing else.
 *
 *      oidc_discover()  reads, or knows, what the provider publishes
 *      oidc_begin()     gives the address for the browser, and what the caller keeps in a sealed cookie
 *      oidc_finish()    takes the callback, and gives the checked identity
 *
 * oidc_discover() and oidc_finish() may wait for the network: up to 16 s the first time, up to 32 s for a whole finish with
 * a provider that is as slow as may be. Call them where waiting harms nobody, never on a thread that serves other requests
 * nor inside a transaction. Everything here may be called from several threads with one struct oidc. Each failure is logged
 * once, as event "oidc" with code, sentence and issuer; codes, tokens, secrets and claims never are. */
#ifndef OIDC_OIDC_H
#define OIDC_OIDC_H
#include "cache.h"
#include "claims.h"
#include "fetch.h"
#include "kept.h"
#include "oidc_fault.h"
#include "provider.h"

#define OIDC_SIGN_IN_MS (15 * 60 * 1000)        /* from begin to callback: time for a second factor */
#define OIDC_SCOPE "openid email profile"

/* This site as a provider knows it; one for each provider. Texts are borrowed. */
struct oidc_client {
        struct str issuer;              /* exactly as the provider writes it */
        struct str client_id;           /* 1..255 bytes of printable ASCII */
        struct str client_secret;       /* at most 1024 bytes; "" with a private key */
        struct str private_key_pem;     /* P-256 or RSA; "" for client_secret. Comes first when both are there */
        struct str redirect_uri;        /* our callback, registered at the provider */
        struct str scope;               /* "" for OIDC_SCOPE; else visible words, "openid" among them */
        struct str roles_claim;         /* claim with roles or groups, points lead into objects; "" for none */
};

/* The parameters of the callback, decoded; "" when absent. A parameter that comes twice is the caller's to refuse. */
struct oidc_callback {
        struct str code, state, iss, error;
};

/* One for the process. HTTP is copied (its texts are borrowed). */
struct oidc {
        struct oidc_http http;
        struct cache cache;
};
void oidc_init(struct oidc *o, const struct oidc_http *http);
/* When no other thread is inside. */
void oidc_done(struct oidc *o);

/* What ISSUER publishes, in A; from the cache when that is younger than an hour. Also good to try a setting out. */
_must_use_ enum oidc_fault oidc_discover(struct oidc *o, struct arena *a, struct str issuer, int64_t now_ms,
                                         struct oidc_provider *ret);

/* Makes a sign-in: *KEPT with fresh secrets and RETURN_PATH (kept_is_return(), else it becomes ""), and *URL, where the
 * browser is to go. Borrows issuer and path; the rest is in A. No network. OIDC_CLIENT, or OIDC_CRYPTO. */
_must_use_ enum oidc_fault oidc_begin(struct arena *a, const struct oidc_client *client, const struct oidc_provider *p,
                                      struct str return_path, int64_t now_ms, struct oidc_kept *kept, struct str *url);

/* The end of a sign-in. KEPT comes out of the cookie, which the caller removes whatever happens: it is good for one try.
 * Checks age, issuer, state (constant time) and iss (RFC 9207 section 2.4), exchanges the code, checks the ID token, asks the
 * UserInfo endpoint when email, name or roles are missing (Core section 5.3). The way to prove who we are is private_key_jwt
 * with a key, else client_secret_basic, else client_secret_post. NOW_MS is milliseconds since 1970. */
_must_use_ enum oidc_fault oidc_finish(struct oidc *o, struct arena *a, const struct oidc_client *client,
                                       const struct oidc_kept *kept, const struct oidc_callback *callback, int64_t now_ms,
                                       struct oidc_identity *ret);

#endif
