#include "ratelimit.h"
#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

void ratelimit_init(struct ratelimit *r, int burst, int refill_ms) {
        memset(r, 0, sizeof *r);
        pthread_mutex_init(&r->lock, NULL);
        randombytes_buf(r->key, sizeof r->key);
        r->burst = burst;
        r->refill_ms = refill_ms;
}

void ratelimit_done(struct ratelimit *r) {
        pthread_mutex_destroy(&r->lock);
}

/* A bucket is one number: the moment it will be full again. Taking one moves that moment REFILL further away. */
int ratelimit_take(struct ratelimit *r, uint64_t prefix, int64_t now_ms) {
        if (r->burst < 0)
                return 0;
        uint64_t id = prefix ? prefix : 1;
        pthread_mutex_lock(&r->lock);
        struct rate_bucket *set = r->bucket[id % RATE_SETS], *b = &set[0];
        for (size_t i = 0; i < RATE_WAYS; i++) {
                if (set[i].id == id) {
                        b = &set[i];
                        break;
                }
                if (set[i].full_ms < b->full_ms)
                        b = &set[i];
        }
        if (b->id != id)
                *b = (struct rate_bucket) { id, now_ms };
        int64_t full = (b->full_ms > now_ms ? b->full_ms : now_ms) + r->refill_ms;
        int64_t wait = full - now_ms - (int64_t) r->burst * r->refill_ms;
        if (wait <= 0)
                b->full_ms = full;
        pthread_mutex_unlock(&r->lock);
        return wait <= 0 ? 0 : (int) ((wait + 999) / 1000);
}

static uint64_t prefix_of(const struct ratelimit *r, const void *p, size_t n) {
        uint64_t id;
        crypto_shorthash((unsigned char *) &id, p, n, r->key);
        return id;
}

static uint64_t prefix6(const struct ratelimit *r, const struct in6_addr *a) {
        /* an IPv4 address in IPv6 clothes counts as IPv4 */
        if (IN6_IS_ADDR_V4MAPPED(a))
                return prefix_of(r, a->s6_addr + 12, 3);
        return prefix_of(r, a->s6_addr, 7);
}

uint64_t ratelimit_prefix(const struct ratelimit *r, const struct sockaddr *sa) {
        if (sa && sa->sa_family == AF_INET) {
                struct sockaddr_in in;
                memcpy(&in, sa, sizeof in);
                return prefix_of(r, &in.sin_addr, 3);
        }
        if (sa && sa->sa_family == AF_INET6) {
                struct sockaddr_in6 in6;
                memcpy(&in6, sa, sizeof in6);
                return prefix6(r, &in6.sin6_addr);
        }
        return 1;
}

bool ratelimit_prefix_text(const struct ratelimit *r, struct str address, uint64_t *ret) {
        char text[INET6_ADDRSTRLEN];
        struct in_addr a4;
        struct in6_addr a6;
        if (address.n == 0 || address.n >= sizeof text)
                return false;
        memcpy(text, address.p, address.n);
        text[address.n] = '\0';
        if (inet_pton(AF_INET, text, &a4) == 1)
                *ret = prefix_of(r, &a4, 3);
        else if (inet_pton(AF_INET6, text, &a6) == 1)
                *ret = prefix6(r, &a6);
        else
                return false;
        return true;
}

bool address_is_loopback(const struct sockaddr *sa) {
        if (sa && sa->sa_family == AF_INET) {
                struct sockaddr_in in;
                memcpy(&in, sa, sizeof in);
                return ntohl(in.sin_addr.s_addr) >> 24 == 127;
        }
        if (sa && sa->sa_family == AF_INET6) {
                struct sockaddr_in6 in6;
                memcpy(&in6, sa, sizeof in6);
                return IN6_IS_ADDR_LOOPBACK(&in6.sin6_addr) ||
                       (IN6_IS_ADDR_V4MAPPED(&in6.sin6_addr) && in6.sin6_addr.s6_addr[12] == 127);
        }
        return sa && sa->sa_family == AF_UNIX;
}
