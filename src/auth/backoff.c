#include "backoff.h"

int64_t backoff_wait_ms(int64_t failures, int64_t last_ms, int64_t now_ms) {
        if (failures <= BACKOFF_FREE)
                return 0;
        int64_t delay = BACKOFF_FIRST_MS;
        for (int64_t k = BACKOFF_FREE + 1; k < failures && delay < BACKOFF_MAX_MS; k++)
                delay *= 2;
        if (delay > BACKOFF_MAX_MS)
                delay = BACKOFF_MAX_MS;
        if (now_ms <= last_ms)
                return delay;
        /* unsigned: two times of opposite sign may lie further apart than int64_t counts */
        uint64_t passed = (uint64_t) now_ms - (uint64_t) last_ms;
        return passed < (uint64_t) delay ? delay - (int64_t) passed : 0;
}
