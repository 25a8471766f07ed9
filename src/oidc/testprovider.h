/* testprovider.h - a provider that a test plays: what it publishes, what it answers, and what it was asked. */
#ifndef OIDC_TESTPROVIDER_H
#define OIDC_TESTPROVIDER_H
#include <pthread.h>
#include "oidc.h"
#include "testkeys.h"

#define NOW INT64_C(1800000000000)
#define ISSUER "https://i.example/t"
#define MINUTE (60 * 1000)
#define PERSON ",\"email\":\"j@x.nl\",\"email_verified\":true,\"name\":\"J\",\"groups\":[\"g\"]"

struct testprovider {
        pthread_mutex_t lock;
        const char *more;               /* members added to the discovery document */
        struct str keys;
        long status, token_status;      /* 0 for 200 */
        struct str token_answer, userinfo;
        int discoveries, key_fetches, exchanges, userinfos;
        struct str form, authorization; /* of the last request for tokens */
        struct arena a;
};
extern struct testprovider provider;
extern struct arena a;
extern EVP_PKEY *first, *second, *ec;   /* RSA with kid "1", another RSA, P-256 */
extern struct oidc o;
extern const struct oidc_client client;

/* One sign-in under way; a test changes what it wants to before finish(). */
struct walk {
        struct oidc_kept kept;
        struct oidc_callback back;
        struct oidc_identity who;
        struct oidc_client client;
};

/* For cmocka: keys once, and an empty cache before a provider that behaves for each test. */
int testprovider_set_up(void **state);
int testprovider_tear_down(void **state);
int testprovider_fresh(void **state);
int testprovider_done(void **state);

/* Discovers and begins. */
struct walk begin(void);
enum oidc_fault finish(struct walk *w, int64_t now_ms);
/* Good claims for W with AUD as JSON, issued at NOW_MS, with MORE members. */
struct str claims(const struct walk *w, const char *aud, int64_t now_ms, const char *more);
/* What the token endpoint gives from now on: TOKEN, or a good one signed RS256 with KEY and KID as more header. */
void give(struct str token);
void give_good(const struct walk *w, EVP_PKEY *key, const char *kid, int64_t now_ms);
/* The value of NAME in a form or query, still encoded; p is NULL when absent. */
struct str parameter(struct str form, const char *name);

#endif
