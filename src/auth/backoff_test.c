#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "backoff.h"

static void test_growth(void **state) {
        (void) state;
        for (int64_t k = -1; k <= 5; k++)
                assert_int_equal(backoff_wait_ms(k, 1000, 1000), 0);
        assert_int_equal(backoff_wait_ms(6, 1000, 1000), 1000);
        assert_int_equal(backoff_wait_ms(7, 1000, 1000), 2000);
        assert_int_equal(backoff_wait_ms(8, 1000, 1000), 4000);
        assert_int_equal(backoff_wait_ms(15, 1000, 1000), 512000);
        assert_int_equal(backoff_wait_ms(16, 1000, 1000), BACKOFF_MAX_MS);
        assert_int_equal(backoff_wait_ms(INT64_MAX, 1000, 1000), BACKOFF_MAX_MS);
}

static void test_passing_time(void **state) {
        (void) state;
        assert_int_equal(backoff_wait_ms(8, 1000, 1001), 3999);
        assert_int_equal(backoff_wait_ms(8, 1000, 4999), 1);
        assert_int_equal(backoff_wait_ms(8, 1000, 5000), 0);
        assert_int_equal(backoff_wait_ms(100, 1000, INT64_MAX), 0);
        assert_int_equal(backoff_wait_ms(100, INT64_MIN, INT64_MAX), 0);
        /* the clock was set back an hour: no wait of an hour */
        assert_int_equal(backoff_wait_ms(8, 3600000, 0), 4000);
        assert_int_equal(backoff_wait_ms(8, INT64_MAX, INT64_MIN), 4000);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_growth), cmocka_unit_test(test_passing_time),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
