/* export.h - the figures of one indicator as CSV and as JSON. Private to the room. */
#ifndef BENCHMARK_EXPORT_H
#define BENCHMARK_EXPORT_H
#include "benchmark.h"
#include "http.h"

/* All figures of I in today's division as CSV (RFC 4180, comma, point as decimal mark); YEAR 0 for all years. *ANY:
 * at least one row. */
_must_use_ enum err export_csv(struct req *rq, const struct indicator *i, int64_t year, struct buf *out, bool *any);

/* api.c: the routes under /api/v1. */
handler api_indicators, api_indicator, api_values;
/* web.c: the period in a field ("2025", "2025-Q3"); 0 when it is empty, -1 (which no figure has) when it is none. */
int64_t asked_period(struct req *rq, const char *field);

#endif
