/* clock.h - time as milliseconds since 1970 (UTC), and Dutch dates. Store code gets time as a parameter. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
#include <stdint.h>
#include "str.h"

int64_t clock_now_ms(void);
/* For durations: never jumps. */
int64_t clock_monotonic_us(void);

#define CLOCK_ISO_MAX 32
/* "2026-11-22T01:02:03.456Z" in BUF (at least CLOCK_ISO_MAX bytes). */
void clock_iso(int64_t ms, char *buf);

/* "4 mei 2026" for an ISO date "2026-05-04"; another text comes back as it is. */
struct str clock_dutch_date(struct arena *a, struct str iso);
/* "4 mei 2026, 14:05 uur" as the clocks in the Netherlands show it: an hour ahead of UTC, two in summer (last Sunday of March
 * to last Sunday of October, 01:00 UTC; Directive 2000/84/EC). */
struct str clock_dutch_time(struct arena *a, int64_t ms);
/* The day that it is there, as an ISO date. */
struct str clock_dutch_day(struct arena *a, int64_t ms);
/* When day ISO ("2026-05-04", a real date) began there, or the day DAYS later. */
int64_t clock_dutch_midnight(struct str iso, int days);
/* A real calendar date "YYYY-MM-DD" between 1800 and 2999. */
bool clock_is_date(struct str s);

#endif
