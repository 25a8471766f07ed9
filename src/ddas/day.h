/* day.h - calendar days as numbers: 1 is 1 January 1900, 0 is no day. Dutch holidays and working days. Gregorian throughout. */
#ifndef DDAS_DAY_H
#define DDAS_DAY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days before 1900 become DAY_FIRST and days after DAY_LAST become DAY_LAST ("2999-12-31" stands for no end). */
enum { DAY_NONE = 0, DAY_FIRST = 1, DAY_LAST = 65534 };

struct date {
        int year, month, day;
};

/* Day number of a real date; years 0 to 9999. */
uint16_t day_of(int year, int month, int day);
struct date day_date(uint16_t day);
/* "YYYY-MM-DD" at P, N bytes: 0 when it is not of that form, -1 when no such day exists, 1 when it is read into RET. */
int day_parse(const char *p, size_t n, uint16_t *ret);
/* The same for RFC 3339 date and time, without the day. */
int day_time_parse(const char *p, size_t n);
/* DAY with N months added; the last day of a shorter month. */
uint16_t day_add_months(uint16_t day, int n);
/* A working day by the Algemene termijnenwet, article 3: no Saturday, Sunday, New Year's Day, Good Friday, Easter Monday,
 * King's Day, 5 May, Ascension Day, Whit Monday, 25 or 26 December. */
bool day_is_working(uint16_t day);
/* How many working days after FROM up to and with UNTIL; stops counting at 100. UNTIL before FROM gives 0. */
int day_working_between(uint16_t from, uint16_t until);

#endif
