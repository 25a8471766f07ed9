#include "cache.h"
#include <string.h>

void cache_init(struct cache *c) {
        *c = (struct cache) { .entry = { { .issuer_n = 0 } } };
        pthread_mutex_init(&c->lock, NULL);
        pthread_cond_init(&c->changed, NULL);
}

void cache_done(struct cache *c) {
        for (size_t i = 0; i < CACHE_ISSUERS; i++) {
                arena_done(&c->entry[i].provider_arena);
                arena_done(&c->entry[i].keys_arena);
        }
        pthread_cond_destroy(&c->changed);
        pthread_mutex_destroy(&c->lock);
}

static bool is_within(int64_t now_ms, int64_t then_ms, int64_t span_ms) {
        return now_ms >= then_ms && now_ms - then_ms < span_ms;
}

static void clear(struct cache_entry *e) {
        arena_done(&e->provider_arena);
        arena_done(&e->keys_arena);
        *e = (struct cache_entry) { .issuer_n = 0 };
}

/* The entry of ISSUER, or the one unused for longest made empty for it. NULL when all are being fetched. */
static struct cache_entry *find(struct cache *c, struct str issuer, int64_t now_ms) {
        struct cache_entry *best = NULL;
        for (size_t i = 0; i < CACHE_ISSUERS; i++) {
                struct cache_entry *e = &c->entry[i];
                if (e->issuer_n && str_eq((struct str) { e->issuer, e->issuer_n }, issuer)) {
                        e->used_ms = now_ms;
                        return e;
                }
                bool older = !best || (best->issuer_n && (!e->issuer_n || e->used_ms < best->used_ms));
                if (!e->fetching && older)
                        best = e;
        }
        if (!best)
                return NULL;
        clear(best);
        memcpy(best->issuer, issuer.p, issuer.n);
        best->issuer_n = issuer.n;
        best->used_ms = now_ms;
        return best;
}

static enum oidc_fault get(const struct oidc_http *h, struct arena *a, struct str url, struct oidc_note *note,
                           struct str *ret) {
        struct oidc_request r = { .url = url };
        struct oidc_answer answer;
        enum oidc_fault f = fetch(h, a, &r, &answer);
        *note = (struct oidc_note) { answer.status, answer.reason };
        if (f == OIDC_OK && answer.status != 200)
                f = OIDC_STATUS;
        *ret = answer.body;
        return f;
}

static enum oidc_fault get_keys(const struct oidc_http *h, struct arena *a, struct str url, struct oidc_note *note,
                                struct jwks *ret) {
        struct str text;
        enum oidc_fault f = get(h, a, url, note, &text);
        return f == OIDC_OK ? jwks_read(a, text, ret) : f;
}

/* Fetches both for E, without the lock; E is marked so that nobody else touches it. */
static void fill(struct cache *c, const struct oidc_http *h, struct cache_entry *e, int64_t now_ms) {
        struct arena pa = { .head = NULL }, ka = { .head = NULL };
        struct oidc_provider p = { .names_issuer = false };
        struct jwks keys = { .n = 0 };
        struct oidc_note note = { .status = 0 };
        struct str issuer = { e->issuer, e->issuer_n }, text;
        pthread_mutex_unlock(&c->lock);
        enum oidc_fault f = get(h, &pa, provider_document(&pa, issuer), &note, &text);
        if (f == OIDC_OK)
                f = provider_read(h, &pa, issuer, text, &p);
        if (f == OIDC_OK)
                f = get_keys(h, &ka, p.jwks_uri, &note, &keys);
        pthread_mutex_lock(&c->lock);
        arena_done(&e->provider_arena);
        arena_done(&e->keys_arena);
        e->provider_arena = pa;
        e->keys_arena = ka;
        e->provider = p;
        e->keys = keys;
        e->good = f == OIDC_OK;
        e->failed = !e->good;
        e->fetched_ms = e->failed_ms = now_ms;
        e->failure = f;
        e->status = note.status;
}

/* The same for the keys alone; when that fails the old ones stay. */
static enum oidc_fault refill_keys(struct cache *c, const struct oidc_http *h, struct cache_entry *e, int64_t now_ms,
                                   struct oidc_note *note) {
        struct arena ka = { .head = NULL };
        struct jwks keys = { .n = 0 };
        struct str url = e->provider.jwks_uri;  /* stays: nobody replaces the provider while E is being fetched */
        e->retried = e->fetching = true;
        e->retried_ms = now_ms;
        pthread_mutex_unlock(&c->lock);
        enum oidc_fault f = get_keys(h, &ka, url, note, &keys);
        pthread_mutex_lock(&c->lock);
        if (f == OIDC_OK) {
                arena_done(&e->keys_arena);
                e->keys_arena = ka;
                e->keys = keys;
        } else {
                arena_done(&ka);
        }
        e->fetching = false;
        pthread_cond_broadcast(&c->changed);
        return f;
}

/* Under the lock: an entry for ISSUER that can be read, or why there is none. */
static enum oidc_fault ready(struct cache *c, const struct oidc_http *h, struct str issuer, int64_t now_ms,
                             struct oidc_note *note, struct cache_entry **ret) {
        if (!provider_is_issuer(h, issuer))
                return OIDC_URL;
        for (;;) {
                struct cache_entry *e = *ret = find(c, issuer, now_ms);
                if (e && e->good && is_within(now_ms, e->fetched_ms, CACHE_KEEP_MS))
                        return OIDC_OK;
                if (!e || e->fetching) {
                        pthread_cond_wait(&c->changed, &c->lock);
                        continue;
                }
                if (e->failed && is_within(now_ms, e->failed_ms, CACHE_RETRY_FAILED_MS)) {
                        *note = (struct oidc_note) { .status = e->status };
                        return e->failure;
                }
                e->fetching = true;
                fill(c, h, e, now_ms);
                e->fetching = false;
                pthread_cond_broadcast(&c->changed);
        }
}

enum oidc_fault cache_provider(struct cache *c, const struct oidc_http *h, struct arena *a, struct str issuer,
                               int64_t now_ms, struct oidc_note *note, struct oidc_provider *ret) {
        struct cache_entry *e;
        pthread_mutex_lock(&c->lock);
        enum oidc_fault f = ready(c, h, issuer, now_ms, note, &e);
        if (f == OIDC_OK)
                *ret = provider_dup(a, &e->provider);
        pthread_mutex_unlock(&c->lock);
        return f;
}

enum oidc_fault cache_key(struct cache *c, const struct oidc_http *h, struct arena *a, struct str issuer,
                          enum jws_alg alg, struct str kid, bool again, int64_t now_ms, struct oidc_note *note,
                          struct jwk *ret) {
        struct cache_entry *e;
        enum oidc_fault f;
        pthread_mutex_lock(&c->lock);
        for (;;) {
                f = ready(c, h, issuer, now_ms, note, &e);
                if (f != OIDC_OK)
                        break;
                f = jwks_pick(&e->keys, alg, kid, ret);
                if (f != OIDC_KEY_UNKNOWN && !again)
                        break;
                if (e->fetching) {
                        pthread_cond_wait(&c->changed, &c->lock);
                        continue;
                }
                if (e->retried && is_within(now_ms, e->retried_ms, CACHE_RETRY_KEYS_MS))
                        break;
                again = false;
                enum oidc_fault fetched = refill_keys(c, h, e, now_ms, note);
                if (fetched != OIDC_OK) {
                        f = fetched;
                        break;
                }
        }
        if (f == OIDC_OK)
                *ret = jwk_dup(a, ret);
        pthread_mutex_unlock(&c->lock);
        return f;
}
