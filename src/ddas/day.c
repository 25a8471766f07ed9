#include "day.h"

/* Days from 1 March of the year 0; the algorithm of civil calendars that begin in March. */
static int32_t march_days(int year, int month, int day) {
        int y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;
        int era = (y < 0 ? y - 399 : y) / 400, of_era = y - era * 400;
        return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + (m * 153 + 2) / 5 + day - 1;
}

enum { BEFORE_FIRST = 693900 };        /* march_days(1900, 1, 1) - 1 */

uint16_t day_of(int year, int month, int day) {
        int32_t n = march_days(year, month, day) - BEFORE_FIRST;
        return (uint16_t) (n < DAY_FIRST ? DAY_FIRST : n > DAY_LAST ? DAY_LAST : n);
}

struct date day_date(uint16_t day) {
        int n = day + BEFORE_FIRST, era = n / 146097, left = n % 146097;
        int y = (left - left / 1460 + left / 36524 - left / 146096) / 365;
        int in_year = left - (365 * y + y / 4 - y / 100), m = (5 * in_year + 2) / 153;
        int month = m < 10 ? m + 3 : m - 9;
        return (struct date) { y + era * 400 + (month <= 2), month, in_year - (153 * m + 2) / 5 + 1 };
}

static bool is_leap(int year) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month) {
        static const char length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
        return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

/* N digits at P as a number, or -1. */
static int digits(const char *p, int n) {
        int v = 0;
        for (int i = 0; i < n; i++) {
                unsigned c = (unsigned char) p[i] - (unsigned) '0';
                if (c > 9)
                        return -1;
                v = v * 10 + (int) c;
        }
        return v;
}

int day_parse(const char *p, size_t n, uint16_t *ret) {
        if (n != 10 || p[4] != '-' || p[7] != '-')
                return 0;
        int year = digits(p, 4), month = digits(p + 5, 2), day = digits(p + 8, 2);
        if (year < 0 || month < 0 || day < 0)
                return 0;
        if (month < 1 || month > 12 || day < 1 || day > month_length(year, month))
                return -1;
        *ret = day_of(year, month, day);
        return 1;
}

/* RFC 3339: "T", time, any fraction, and "Z" or an offset. 23:59:60 is a leap second. */
int day_time_parse(const char *p, size_t n) {
        uint16_t ignored;
        if (n < 20 || (p[10] != 'T' && p[10] != 't') || p[13] != ':' || p[16] != ':')
                return 0;
        int date = day_parse(p, 10, &ignored), h = digits(p + 11, 2), m = digits(p + 14, 2), s = digits(p + 17, 2);
        if (date <= 0 || h < 0 || m < 0 || s < 0)
                return date < 0 ? -1 : 0;
        size_t i = 19;
        if (p[i] == '.') {
                size_t from = ++i;
                while (i < n && digits(p + i, 1) >= 0)
                        i++;
                if (i == from)
                        return 0;
        }
        if (i + 1 == n && (p[i] == 'Z' || p[i] == 'z'))
                return h < 24 && m < 60 && s <= 60 ? 1 : -1;
        if (i + 6 != n || (p[i] != '+' && p[i] != '-') || p[i + 3] != ':')
                return 0;
        int zone_h = digits(p + i + 1, 2), zone_m = digits(p + i + 4, 2);
        if (zone_h < 0 || zone_m < 0)
                return 0;
        return h < 24 && m < 60 && s <= 60 && zone_h < 24 && zone_m < 60 ? 1 : -1;
}

uint16_t day_add_months(uint16_t day, int n) {
        struct date d = day_date(day);
        int months = d.year * 12 + d.month - 1 + n, year = months / 12, month = months % 12 + 1;
        int length = month_length(year, month);
        return day_of(year, month, d.day < length ? d.day : length);
}

/* Easter Sunday by the anonymous Gregorian rule (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8). */
static uint16_t easter(int year) {
        int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
        int m = (a + 11 * h + 22 * l) / 451, month = (h + l - 7 * m + 114) / 31;
        return day_of(year, month, (h + l - 7 * m + 114) % 31 + 1);
}

/* 1 January 1900 was a Monday. */
static bool is_sunday(uint16_t day) {
        return day % 7 == 0;
}

/* Koningsdag on 27 April since 2014, before that Koninginnedag on 30 April; a Sunday moves it to the Saturday before. */
static uint16_t kings_day(int year) {
        uint16_t day = day_of(year, 4, year >= 2014 ? 27 : 30);
        return is_sunday(day) ? (uint16_t) (day - 1) : day;
}

bool day_is_working(uint16_t day) {
        if (is_sunday(day) || day % 7 == 6)
                return false;
        struct date d = day_date(day);
        if ((d.month == 1 && d.day == 1) || (d.month == 5 && d.day == 5) || (d.month == 12 && (d.day == 25 || d.day == 26)))
                return false;
        int from_easter = day - easter(d.year);
        return from_easter != -2 && from_easter != 1 && from_easter != 39 && from_easter != 50 && day != kings_day(d.year);
}

int day_working_between(uint16_t from, uint16_t until) {
        int n = 0;
        for (uint32_t day = (uint32_t) from + 1; day <= until && n < 100; day++)
                n += day_is_working((uint16_t) day);
        return n;
}
