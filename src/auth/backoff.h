/* backoff.h - how long somebody waits after failed attempts to sign in, and under what name an address is counted. Delay
 * instead of locking: nobody is locked out for longer than BACKOFF_MAX_MS (ASVS 5.0, 6.1.1 and 6.3.1). */
#ifndef AUTH_BACKOFF_H
#define AUTH_BACKOFF_H
#include "auth_token.h"

#define BACKOFF_FREE 5                                  /* failures without any wait */
#define BACKOFF_FIRST_MS ((int64_t) 1000)               /* after one more; doubles with each */
#define BACKOFF_MAX_MS ((int64_t) 15 * 60 * 1000)

/* Milliseconds from NOW_MS until the next attempt may be made, 0 for at once. FAILURES counts those inside the caller's
 * window, the last at LAST_MS; both times are milliseconds since 1970. When the clock went back since LAST_MS, the wait
 * is at most the delay itself. */
int64_t backoff_wait_ms(int64_t failures, int64_t last_ms, int64_t now_ms);

#define ADDRESS_PREFIX 48

/* The part of an Internet address that one subscriber has, as text: "192.0.2.7" or "2001:db8:0:1::/64". IPv4 counts
 * whole: a wider net would make neighbours wait for each other. IPv6 counts by /64, the smallest net that is handed
 * out (RFC 4291, section 2.5.1), inside which everybody has 2^64 addresses to change to. IPv4 written as IPv6
 * (::ffff:192.0.2.7) counts as IPv4. ERR_INVALID when ADDRESS is no address. */
_must_use_ enum err address_prefix(struct str address, char ret[ADDRESS_PREFIX]);

/* The keyed hash of that prefix, for the store: no address is kept, and without KEY (keys_derive(), best with a context
 * that changes now and then) none can be tried. */
_must_use_ enum err address_digest(const unsigned char key[32], struct str address, struct token_digest *ret);

#endif
