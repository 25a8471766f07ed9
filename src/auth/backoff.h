/* backoff.h - how long somebody waits after failed attempts to sign in. Delay instead of locking: nobody is
 * locked out for longer than BACKOFF_MAX_MS (ASVS 5.0, 6.1.1 and 6.3.1). */
#ifndef AUTH_BACKOFF_H
#define AUTH_BACKOFF_H
#include <stdint.h>

#define BACKOFF_FREE 5                                  /* failures without any wait */
#define BACKOFF_FIRST_MS ((int64_t) 1000)               /* after one more; doubles with each */
#define BACKOFF_MAX_MS ((int64_t) 15 * 60 * 1000)

/* Milliseconds from NOW_MS until the next attempt may be made, 0 for at once. FAILURES counts those inside the caller's
 * window, the last at LAST_MS; both times are milliseconds since 1970. When the clock went back since LAST_MS, the wait
 * is at most the delay itself. */
int64_t backoff_wait_ms(int64_t failures, int64_t last_ms, int64_t now_ms);

#endif
