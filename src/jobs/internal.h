/* internal.h - shared by the files of this folder only. */
#ifndef JOBS_INTERNAL_H
#define JOBS_INTERNAL_H
#include "jobs.h"

/* The first turn of a periodic kind after NOW_MS. */
int64_t jobs_next_turn(const struct job_kind *k, int64_t now_ms);
/* Milliseconds to wait after the FAILURES-th failure (1..4). */
int64_t jobs_back_off(int failures);

#endif
