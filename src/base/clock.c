#include "clock.h"
#include <stdio.h>
#include <time.h>

int64_t clock_now_ms(void) {
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_monotonic_us(void) {
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t) t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_iso(int64_t ms, char *buf) {
        time_t t = (time_t) (ms / 1000);
        struct tm tm;
        gmtime_r(&t, &tm);
        size_t n = strftime(buf, CLOCK_ISO_MAX, "%Y-%m-%dT%H:%M:%S", &tm);
        snprintf(buf + n, CLOCK_ISO_MAX - n, ".%03dZ", (int) (ms % 1000));
}

static bool parse_date(struct str s, int64_t *y, int64_t *m, int64_t *d) {
        return s.n == 10 && s.p[4] == '-' && s.p[7] == '-' && str_to_i64(str_sub(s, 0, 4), y) &&
               str_to_i64(str_sub(s, 5, 2), m) && str_to_i64(str_sub(s, 8, 2), d) && *m >= 1 && *m <= 12;
}

/* 01:00 UTC on the last Sunday of MONTH (0: January), which has 31 days. */
static int64_t last_sunday_ms(int year, int month) {
        struct tm tm = { .tm_year = year, .tm_mon = month, .tm_mday = 31, .tm_hour = 1 };
        time_t t = timegm(&tm);
        return ((int64_t) t - (int64_t) tm.tm_wday * 24 * 60 * 60) * 1000;
}

static bool is_summer(int64_t ms) {
        time_t utc = (time_t) (ms / 1000);
        struct tm tm;
        gmtime_r(&utc, &tm);
        return ms >= last_sunday_ms(tm.tm_year, 2) && ms < last_sunday_ms(tm.tm_year, 9);
}

int64_t clock_dutch_midnight(struct str iso, int days) {
        int64_t y, m, d;
        if (!parse_date(iso, &y, &m, &d))
                return 0;
        struct tm tm = { .tm_year = (int) y - 1900, .tm_mon = (int) m - 1, .tm_mday = (int) d + days };
        int64_t utc = (int64_t) timegm(&tm) * 1000, hour = (int64_t) 60 * 60 * 1000;
        return is_summer(utc - 2 * hour) ? utc - 2 * hour : utc - hour;
}

static struct tm dutch_clock(int64_t ms) {
        time_t local = (time_t) (ms / 1000) + (is_summer(ms) ? 2 : 1) * 60 * 60;
        struct tm tm;
        gmtime_r(&local, &tm);
        return tm;
}

struct str clock_dutch_day(struct arena *a, int64_t ms) {
        struct tm tm = dutch_clock(ms);
        return str_fmt(a, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

struct str clock_dutch_time(struct arena *a, int64_t ms) {
        struct tm tm = dutch_clock(ms);
        return str_fmt(a, "%.*s, %02d:%02d uur", STR(clock_dutch_date(a, clock_dutch_day(a, ms))), tm.tm_hour, tm.tm_min);
}

bool clock_is_date(struct str s) {
        static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        int64_t y, m, d;
        if (!parse_date(s, &y, &m, &d) || y < 1800 || y > 2999 || d < 1 || d > days[m - 1])
                return false;
        bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
        return m != 2 || d < 29 || leap;
}

struct str clock_dutch_date(struct arena *a, struct str iso) {
        static const char *const months[] = { "januari", "februari", "maart", "april", "mei", "juni", "juli",
                                              "augustus", "september", "oktober", "november", "december" };
        int64_t y, m, d;
        if (!clock_is_date(iso) || !parse_date(iso, &y, &m, &d))
                return iso;
        return str_fmt(a, "%d %s %d", (int) d, months[m - 1], (int) y);
}
