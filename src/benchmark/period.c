/* period.c - years and quarters as numbers. */
#include "benchmark_period.h"
#include "clock.h"

bool period_is_quarter(int64_t p) {
        return p >= PERIOD_QUARTERS;
}

int64_t period_year(int64_t p) {
        return period_is_quarter(p) ? p / 10 : p;
}

int period_quarter(int64_t p) {
        return period_is_quarter(p) ? (int) (p % 10) : 0;
}

bool period_is_valid(int64_t p) {
        int64_t year = period_year(p);
        return year >= 1990 && year <= 2100 && (!period_is_quarter(p) || (p % 10 >= 1 && p % 10 <= 4));
}

/* Quarters are counted from the first of year 0. */
static int64_t count_of(int64_t p) {
        return p / 10 * 4 + p % 10 - 1;
}

int64_t period_add(int64_t p, int steps) {
        if (!period_is_quarter(p))
                return p + steps;
        int64_t n = count_of(p) + steps;
        return n / 4 * 10 + n % 4 + 1;
}

int64_t period_steps(int64_t a, int64_t b) {
        if (period_is_quarter(a) != period_is_quarter(b))
                return 0;
        return period_is_quarter(a) ? count_of(b) - count_of(a) : b - a;
}

int64_t period_of_day(struct str iso) {
        int64_t year = 0, month = 0;
        if (!clock_is_date(iso) || !str_to_i64(str_sub(iso, 0, 4), &year) || !str_to_i64(str_sub(iso, 5, 2), &month))
                return 0;
        return year * 10 + (month - 1) / 3 + 1;
}

struct str period_begins(struct arena *a, int64_t p) {
        int month = period_is_quarter(p) ? 3 * (period_quarter(p) - 1) + 1 : 1;
        return str_fmt(a, "%04d-%02d-01", (int) period_year(p), month);
}

struct str period_ends(struct arena *a, int64_t p) {
        return period_begins(a, period_add(p, 1));
}

struct str period_due(struct arena *a, int64_t p) {
        return clock_dutch_day(a, clock_dutch_midnight(period_ends(a, p), PERIOD_DUE_DAYS - 1));
}

struct str period_name(struct arena *a, int64_t p) {
        return period_is_quarter(p) ? str_fmt(a, "%de kwartaal %d", period_quarter(p), (int) period_year(p))
                                    : str_fmt(a, "%d", (int) p);
}

struct str period_phrase(struct arena *a, int64_t p) {
        return period_is_quarter(p) ? str_fmt(a, "het %de kwartaal van %d", period_quarter(p), (int) period_year(p))
                                    : period_name(a, p);
}

double period_place(int64_t p) {
        return period_is_quarter(p) ? (double) period_year(p) + (period_quarter(p) - 1) / 4.0 : (double) p;
}

struct str period_code(struct arena *a, int64_t p) {
        return period_is_quarter(p) ? str_fmt(a, "%d-Q%d", (int) period_year(p), period_quarter(p))
                                    : str_fmt(a, "%d", (int) p);
}

bool period_read(struct str text, int64_t *ret) {
        struct str year, rest = text;
        int64_t y, q;
        *ret = 0;
        if (str_index(text, '-') == text.n)
                return str_to_i64(text, ret) && text.p[0] != '+' && period_is_valid(*ret);
        if (!str_split(&rest, '-', &year) || year.n != 4 || !str_to_i64(year, &y))
                return false;
        if (rest.n == 2 && str_index(S("QqKk"), rest.p[0]) < 4)
                rest = str_sub(rest, 1, 1);
        if (rest.n != 1 || !str_to_i64(rest, &q) || q < 1 || q > 4)
                return false;
        *ret = y * 10 + q;
        return period_is_valid(*ret);
}
