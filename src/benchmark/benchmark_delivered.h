/* benchmark_delivered.h - accepted figures of municipalities, and who takes part: what the rooms of delivering put in.
 * Nothing here is public: pages read releases (benchmark_release.h). All run inside the caller's transaction. */
#ifndef BENCHMARK_BENCHMARK_DELIVERED_H
#define BENCHMARK_BENCHMARK_DELIVERED_H
#include <stdbool.h>
#include "benchmark_period.h"
#include "db.h"
#include "vec.h"

/* A municipality's own words beside a figure, in bytes. */
#define DELIVERED_WORDS_MAX 2000

/* One figure. NaN is missing: never 0. VALUE is in the unit of the indicator; with numerator and denominator it may be NaN and is made
 * from them at release. DETAIL names a part of a breakdown ("" for none). CHOICES are the answers to the questions of the dictionary,
 * "adviesgesprek=ja;crisis=nee", in any order. EXPLANATION are the deliverer's words that stay visible beside the figure. */
struct delivered {
        struct str indicator, region, detail;
        int64_t period;
        double numerator, denominator, value;
        struct str choices, explanation;
};
struct delivered_list { struct delivered *v; size_t n, cap; };

/* FICTITIOUS figures (a demonstration) and real ones live apart: site->is_demo for whoever puts them in. */

/* Puts N accepted figures in, or corrects them: what a release froze stays as it was. AT in milliseconds. Fast for many at once.
 * ERR_INVALID (logged) for a period that is none, a text with a line end or tab inside, or words that are too long. */
_must_use_ enum err benchmark_put_delivered(struct db *db, struct arena *a, bool fictitious, const struct delivered *list, size_t n,
        int64_t at);
/* Takes figures back, told by indicator, region, detail and period; those that are not there are passed over. */
_must_use_ enum err benchmark_take_back(struct db *db, struct arena *a, bool fictitious, const struct delivered *list, size_t n,
        int64_t at);

/* The newest accepted figures of a municipality in one period (0: in all), by period, indicator and detail. */
_must_use_ enum err benchmark_delivered_of(struct db *db, struct arena *a, bool fictitious, struct str region, int64_t period,
        struct delivered_list *ret);
/* Those of all municipalities in one period, by region. */
_must_use_ enum err benchmark_delivered_in(struct db *db, struct arena *a, bool fictitious, int64_t period, struct delivered_list *ret);

/* REGION takes part from quarter SINCE until quarter UNTIL (exclusive; 0: still). */
struct participant {
        struct str region;
        int64_t since, until;
};
struct participant_list { struct participant *v; size_t n, cap; };
/* A municipality may come back: one row for each SINCE. */
_must_use_ enum err benchmark_put_participant(struct db *db, bool fictitious, struct participant p);
/* In order of region and SINCE, in A. */
_must_use_ enum err benchmark_participants(struct db *db, struct arena *a, bool fictitious, struct participant_list *ret);
bool benchmark_takes_part(const struct participant_list *l, struct str region, int64_t period);

/* The four states of a cell (benchmark.md 2.17): a missing figure is never 0. */
enum benchmark_state { BENCHMARK_DELIVERED, BENCHMARK_NOT_YET, BENCHMARK_MISSING, BENCHMARK_NOT_PARTICIPANT };
/* HAS: there is a figure. TODAY (an ISO date) decides between "not yet" and "missing". */
enum benchmark_state benchmark_state_of(struct arena *a, const struct participant_list *l, struct str region, int64_t period, bool has,
        struct str today);
/* "geleverd", "nog niet", "ontbreekt", "doet niet mee". */
const char *benchmark_state_name(enum benchmark_state s);

#endif
