#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "day.h"

static void test_days_and_dates(void **state) {
        (void) state;
        assert_int_equal(day_of(1900, 1, 1), 1);
        for (unsigned day = 1; day < DAY_LAST; day++) {
                struct date d = day_date((uint16_t) day);
                assert_int_equal(day_of(d.year, d.month, d.day), day);
        }
        assert_int_equal(day_of(2024, 3, 1) - day_of(2024, 2, 28), 2);
        assert_int_equal(day_of(2999, 12, 31), DAY_LAST);
        assert_int_equal(day_of(1850, 1, 1), DAY_FIRST);
        assert_int_equal(day_add_months(day_of(2024, 10, 31), 4), day_of(2025, 2, 28));
}

static void test_what_is_a_date(void **state) {
        (void) state;
        uint16_t day = 0;
        assert_int_equal(day_parse("2024-02-29", 10, &day), 1);
        assert_int_equal(day, day_of(2024, 2, 29));
        assert_int_equal(day_parse("2023-02-29", 10, &day), -1);
        assert_int_equal(day_parse("2100-02-29", 10, &day), -1);
        assert_int_equal(day_parse("2024-13-01", 10, &day), -1);
        assert_int_equal(day_parse("2024-00-10", 10, &day), -1);
        assert_int_equal(day_parse("01-12-2024", 10, &day), 0);
        assert_int_equal(day_parse("2024-1-1", 8, &day), 0);
        assert_int_equal(day_time_parse("2024-12-31T23:59:59Z", 20), 1);
        assert_int_equal(day_time_parse("2024-12-31T23:59:59.123+01:00", 29), 1);
        assert_int_equal(day_time_parse("2024-12-31T24:00:00Z", 20), -1);
        assert_int_equal(day_time_parse("2024-02-30T10:00:00Z", 20), -1);
        assert_int_equal(day_time_parse("2024-12-31 23:59:59Z", 20), 0);
        assert_int_equal(day_time_parse("2024-12-31T23:59:59", 19), 0);
}

/* Easter fell on 31 March 2024, 20 April 2025 and 25 April 2038, the latest day it can. */
static void test_holidays(void **state) {
        (void) state;
        static const int holidays[][3] = { { 2024, 1, 1 }, { 2024, 3, 29 }, { 2024, 4, 1 }, { 2024, 5, 9 }, { 2024, 5, 20 }, { 2024, 12, 25 },
                                           { 2024, 12, 26 }, { 2025, 4, 18 }, { 2025, 4, 21 }, { 2025, 5, 5 }, { 2025, 5, 29 }, { 2025, 6, 9 },
                                           { 2026, 4, 27 }, { 2013, 4, 30 }, { 2038, 4, 26 } };
        for (size_t i = 0; i < sizeof holidays / sizeof *holidays; i++)
                assert_false(day_is_working(day_of(holidays[i][0], holidays[i][1], holidays[i][2])));
        assert_true(day_is_working(day_of(2024, 4, 26)));       /* King's Day was Saturday the 27th */
        assert_true(day_is_working(day_of(2025, 4, 28)));       /* and Saturday the 26th, for the 27th was a Sunday */
        assert_false(day_is_working(day_of(2026, 11, 22)));     /* a Sunday */
        assert_true(day_is_working(day_of(2026, 11, 23)));
}

static void test_working_days_between(void **state) {
        (void) state;
        assert_int_equal(day_working_between(day_of(2026, 11, 20), day_of(2026, 11, 25)), 3);   /* Friday to Wednesday */
        assert_int_equal(day_working_between(day_of(2024, 3, 28), day_of(2024, 4, 2)), 1);      /* over Easter */
        assert_int_equal(day_working_between(day_of(2024, 3, 28), day_of(2024, 3, 28)), 0);
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(test_days_and_dates), cmocka_unit_test(test_what_is_a_date), cmocka_unit_test(test_holidays),
                                            cmocka_unit_test(test_working_days_between) };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
