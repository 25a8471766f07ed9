/* ratelimit.h - a token bucket per address prefix (/24, /56), in memory. No address is kept, only its keyed hash. */
#ifndef HTTP_RATELIMIT_H
#define HTTP_RATELIMIT_H
#include <netinet/in.h>
#include <pthread.h>
#include "str.h"

#define RATE_SETS 1024
#define RATE_WAYS 4             /* 4096 buckets; the least recently used of a set gives way */

struct ratelimit {
        pthread_mutex_t lock;
        unsigned char key[16];
        int burst;              /* < 0: no limit */
        int refill_ms;
        struct rate_bucket { uint64_t id; int64_t full_ms; } bucket[RATE_SETS][RATE_WAYS];
};

void ratelimit_init(struct ratelimit *r, int burst, int refill_ms);
void ratelimit_done(struct ratelimit *r);
/* Takes one from the bucket of PREFIX; 0 when there was one, else the seconds to wait. */
int ratelimit_take(struct ratelimit *r, uint64_t prefix, int64_t now_ms);
/* The keyed hash of the address' prefix. */
uint64_t ratelimit_prefix(const struct ratelimit *r, const struct sockaddr *sa);
/* The same for the text of an address, as a proxy writes it; false when it is none. */
bool ratelimit_prefix_text(const struct ratelimit *r, struct str address, uint64_t *ret);
bool address_is_loopback(const struct sockaddr *sa);

#endif
