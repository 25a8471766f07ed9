/* benchmark_period.h - a period is a number: a calendar year 2025, or a quarter 20253 (the third of 2025). */
#ifndef BENCHMARK_BENCHMARK_PERIOD_H
#define BENCHMARK_BENCHMARK_PERIOD_H
#include "str.h"

/* Days after its end within which the figures of a period are delivered: until then it is "not yet". */
#define PERIOD_DUE_DAYS 42

/* Periods from here on are quarters; below it, years. */
#define PERIOD_QUARTERS 10000

/* A year 1990 to 2100, or a quarter in it. */
bool period_is_valid(int64_t period);
bool period_is_quarter(int64_t period);
/* The calendar year, of a quarter the one that it lies in. */
int64_t period_year(int64_t period);
/* 1 to 4; 0 for a year. */
int period_quarter(int64_t period);
/* The period of the same kind STEPS later (or earlier, below 0). */
int64_t period_add(int64_t period, int steps);
/* Periods of the same kind from A to B: 1 when B follows A. 0 for two kinds. */
int64_t period_steps(int64_t a, int64_t b);
/* The quarter in which day ISO lies. */
int64_t period_of_day(struct str iso);

/* First day, first day after it, and last day of delivering, as ISO dates in A. */
struct str period_begins(struct arena *a, int64_t period);
struct str period_ends(struct arena *a, int64_t period);
struct str period_due(struct arena *a, int64_t period);

/* "2025" or "3e kwartaal 2025": for people. */
struct str period_name(struct arena *a, int64_t period);
/* The same inside a sentence: "2025" or "het 3e kwartaal van 2025". */
struct str period_phrase(struct arena *a, int64_t period);
/* Its place on an axis of years: 2025, or 2025.5 for the third quarter. */
double period_place(int64_t period);
/* "2025" or "2025-Q3" (as SDMX writes a TIME_PERIOD): for addresses, files and the API. A spreadsheet takes 2025-3 for March. */
struct str period_code(struct arena *a, int64_t period);
/* Reads what period_code() writes, also "2025-3", "2025-K3" and "20253". False for anything else. */
bool period_read(struct str text, int64_t *ret);

#endif
