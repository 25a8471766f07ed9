#include "quarter.h"
#include "benchmark_period.h"
#include "clock.h"

int quarter_of_period(int64_t period, int *length) {
        *length = period_is_quarter(period) ? 1 : 4;
        return period_is_quarter(period) ? (int) (period / 10 * 4 + period % 10 - 1) : (int) (period * 4);
}

int quarter_read(struct str t) {
        int64_t period;
        int length, q = period_read(t, &period) && period_is_quarter(period) ? quarter_of_period(period, &length) : 0;
        return q < QUARTER_FIRST || q > QUARTER_LAST ? 0 : q;
}

struct str quarter_code(struct arena *a, int q) {
        return period_code(a, q / 4 * 10 + q % 4 + 1);
}

struct str quarter_text(struct arena *a, int q) {
        return str_fmt(a, "%de kwartaal %d", q % 4 + 1, q / 4);
}

struct str quarter_span(struct arena *a, int first, int last) {
        if (first == last)
                return quarter_text(a, first);
        if (first % 4 == 0 && last % 4 == 3)
                return first / 4 == last / 4 ? str_fmt(a, "%d", first / 4) : str_fmt(a, "%d tot en met %d", first / 4, last / 4);
        return str_fmt(a, "%.*s tot en met %.*s", STR(quarter_text(a, first)), STR(quarter_text(a, last)));
}

int quarter_now(struct arena *a, int64_t now_ms) {
        struct str day = clock_dutch_day(a, now_ms);            /* 2026-11-22 */
        int year = (day.p[0] - '0') * 1000 + (day.p[1] - '0') * 100 + (day.p[2] - '0') * 10 + day.p[3] - '0';
        int month = (day.p[5] - '0') * 10 + day.p[6] - '0';
        return year * 4 + (month - 1) / 3;
}
