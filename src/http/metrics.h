/* metrics.h - counters for /metrics, in Prometheus' text format. */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H
#include <stdatomic.h>
#include "buf.h"

#define METRICS_BUCKETS 13
struct metrics {
        _Atomic uint64_t requests[3][6];        /* method (GET and HEAD, POST, other) by status class */
        _Atomic uint64_t bucket[METRICS_BUCKETS + 1], duration_us, bytes;
        _Atomic uint64_t unfinished;            /* lost, or refused by the library, before a request was in */
        _Atomic uint64_t timeouts;              /* answered with 408 */
        _Atomic uint64_t limited;               /* answered with 429 */
        int64_t start_ms;
};

void metrics_count(struct metrics *m, struct str method, int status, int64_t duration_us, size_t bytes);
struct server;
/* The whole page, with what the server and its writer know. */
void metrics_write(struct server *s, struct buf *b);

#endif
