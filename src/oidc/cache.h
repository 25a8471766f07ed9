/* cache.h - discovery documents and key sets of the providers in use, shared by all threads.
 *
 * Both are kept for an hour. A key that is missing is looked for once more at the provider, at most once a minute for each
 * issuer, so that a provider can change its keys at any time and a stranger's tokens cannot make us ask without end. What
 * failed is not tried again for five seconds. One thread fetches for an issuer; others that need the answer wait for it,
 * others that do not go on. */
#ifndef OIDC_CACHE_H
#define OIDC_CACHE_H
#include <pthread.h>
#include "jws.h"
#include "provider.h"

#define CACHE_ISSUERS 16
#define CACHE_KEEP_MS (60 * 60 * 1000)
#define CACHE_RETRY_KEYS_MS (60 * 1000)
#define CACHE_RETRY_FAILED_MS (5 * 1000)

struct cache_entry {
        char issuer[OIDC_ISSUER_BYTES];
        size_t issuer_n;                /* 0: not in use */
        bool fetching, good;            /* good: provider and keys can be read */
        struct arena provider_arena, keys_arena;
        struct oidc_provider provider;
        struct jwks keys;
        int64_t fetched_ms, used_ms;
        bool retried, failed;
        int64_t retried_ms, failed_ms;
        enum oidc_fault failure;
        long status;                    /* of the request that failed */
};

struct cache {
        pthread_mutex_t lock;
        pthread_cond_t changed;
        struct cache_entry entry[CACHE_ISSUERS];
};

/* What the log says beside a fault. */
struct oidc_note {
        long status;            /* HTTP status, or 0 */
        const char *reason;     /* static text, or NULL */
};

void cache_init(struct cache *c);
/* Nobody may be using it any more. */
void cache_done(struct cache *c);

/* The provider behind ISSUER, copied into A. NOW_MS is milliseconds since 1970. OIDC_URL, and what fetch(), provider_read()
 * and jwks_read() give. */
_must_use_ enum oidc_fault cache_provider(struct cache *c, const struct oidc_http *h, struct arena *a, struct str issuer,
                                          int64_t now_ms, struct oidc_note *note, struct oidc_provider *ret);

/* The key of ISSUER for ALG and KID, copied into A: jwks_pick(), and on OIDC_KEY_UNKNOWN one new look at the provider. With
 * AGAIN the new look comes first: for a token without kid whose signature failed. */
_must_use_ enum oidc_fault cache_key(struct cache *c, const struct oidc_http *h, struct arena *a, struct str issuer,
                                     enum jws_alg alg, struct str kid, bool again, int64_t now_ms,
                                     struct oidc_note *note, struct jwk *ret);

#endif
