#include "runchart.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static double scratch[200];

static void test_u_by_hand(void **state)
{
        (void) state;
        const double x[] = { 4, 12, 8, 8 }, n[] = { 1, 4, 2, 1 };       /* ubar 4; z = 0, -1, 0, 2 */
        struct stats_p_chart c = stats_u_chart(x, n, 4);
        assert_true(c.points == 4 && c.pbar == 4 && fabs(c.sigma_z - (1 + 1 + 2) / 3.0 / 1.128) < 1e-15);
        struct stats_p_point p = stats_u_point(&c, 12, 4);
        assert_true(p.p == 3 && p.z == -1 && p.lcl == 1 && p.ucl == 7);
        assert_true(fabs(p.laney_ucl - (4 + 3 * c.sigma_z)) < 1e-15 && fabs(p.laney_lcl - (4 - 3 * c.sigma_z)) < 1e-15);
        assert_true(stats_u_point(&c, 1, 0.5).lcl == 0);
}

/* A p' chart of rare events and a u' chart of the same counts are nearly the same thing. */
static void test_u_is_p_of_rare_events(void **state)
{
        (void) state;
        oracle_seed();
        double x[30], n[30];
        for (size_t i = 0; i < 30; i++)
                x[i] = oracle_integer(0, 20), n[i] = 1e7 + oracle_integer(0, 1000000);
        struct stats_p_chart p = stats_p_chart(x, n, 30);
        struct stats_p_chart u = stats_u_chart(x, n, 30);
        assert_true(fabs(p.sigma_z / u.sigma_z - 1) < 1e-5);
        assert_true(fabs(stats_p_point(&p, x[3], n[3]).laney_ucl / stats_u_point(&u, x[3], n[3]).laney_ucl - 1) < 1e-5);
}

static void test_u_missing(void **state)
{
        (void) state;
        const double x[] = { 4, STATS_NONE, 8, 6 }, n[] = { 1, 1, 1, 0 };
        struct stats_p_chart c = stats_u_chart(x, n, 4);
        assert_true(c.points == 2 && c.pbar == 6 && isnan(c.sigma_z));          /* no two points next to each other */
        assert_true(isnan(stats_u_point(&c, 4, 1).laney_ucl) && stats_u_point(&c, 4, 1).ucl > 13);
        c = stats_u_chart(x, n, 0);
        assert_true(c.points == 0 && isnan(c.pbar) && isnan(stats_u_point(&c, 1, 1).p));
        const double zero[] = { 0, 0, 0 };
        c = stats_u_chart(zero, (double[]) { 5, 5, 5 }, 3);
        assert_true(c.pbar == 0 && isnan(c.sigma_z) && stats_u_point(&c, 0, 5).ucl == 0 && isnan(stats_u_point(&c, 0, 5).z));
}

/* The limits of Anhoj & Olesen for 10, 16, 24 useful points: runs 6, 7, 8; crossings 2, 4, 8. */
static void test_run_chart(void **state)
{
        (void) state;
        double y[24];
        const double want[][3] = { { 10, 6, 2 }, { 16, 7, 4 }, { 24, 8, 8 } };
        for (size_t w = 0; w < 3; w++) {
                size_t n = (size_t) want[w][0];
                for (size_t i = 0; i < n; i++)
                        y[i] = i < n / 2 ? 1 : 3;
                struct stats_run_chart r = stats_run_chart(y, n, scratch);
                assert_true(r.median == 2 && r.useful == n && r.longest == n / 2 && r.crossings == 1);
                assert_true(r.longest_limit == want[w][1] && r.crossings_limit == want[w][2] && r.clump);
                assert_true(r.shift == ((double) n / 2 > want[w][1]));
        }
        for (size_t i = 0; i < 24; i++)
                y[i] = i % 2 ? 1 : 3;
        struct stats_run_chart r = stats_run_chart(y, 24, scratch);
        assert_true(r.crossings == 23 && r.longest == 1 && !r.shift && !r.clump);
        for (size_t i = 0; i < 20; i++)
                y[i] = i < 10 ? 1 : 3;
        y[4] = y[15] = STATS_NONE;      /* a gap breaks a run: 5 is the longest */
        r = stats_run_chart(y, 20, scratch);
        assert_true(r.longest == 5 && r.useful == 18 && !r.shift);
        for (size_t i = 0; i < 20; i++)
                y[i] = 7;
        r = stats_run_chart(y, 20, scratch);
        assert_true(r.useful == 0 && !r.shift && !r.clump && isnan(r.longest_limit));
        assert_true(isnan(stats_run_chart(y, 0, scratch).median));
}

/* On stable series of 24 points, whatever the mean count, the run chart sees something in no more than 10 of 100. */
static void test_run_chart_stays_quiet(void **state)
{
        (void) state;
        oracle_seed();
        for (int tries = 1; tries < 40; tries = 3 * tries + 1) {
                int signals = 0, verdicts = 0;
                for (int series = 0; series < 1000; series++) {
                        double y[24] = { 0 };
                        for (size_t i = 0; i < 24; i++)
                                for (int t = 0; t < tries; t++)
                                        y[i] += oracle_uniform() < 0.3;
                        struct stats_run_chart r = stats_run_chart(y, 24, scratch);
                        signals += r.shift || r.clump;
                        verdicts += !isnan(r.longest_limit);
                }
                assert_true(signals < 120);
                assert_true(tries > 4 ? verdicts > 500 : tries > 1 || verdicts < 100);
        }
}

static void test_choice(void **state)
{
        (void) state;
        double x[16], n[16];
        for (size_t i = 0; i < 16; i++)
                x[i] = 20 + (double) (i * i % 7), n[i] = 60;
        struct stats_chart_choice c = stats_choose_chart(STATS_FIGURE_SHARE, x, n, 16, scratch);
        assert_true(c.chart == STATS_CHART_P && c.reason == STATS_CHART_FITS && !c.provisional && c.points == 16);
        assert_true(stats_choose_chart(STATS_FIGURE_SHARE, x, n, 11, scratch).provisional);
        assert_int_equal(stats_choose_chart(STATS_FIGURE_COUNT, x, NULL, 16, scratch).chart, STATS_CHART_U);
        assert_int_equal(stats_choose_chart(STATS_FIGURE_MEASURE, x, NULL, 16, scratch).chart, STATS_CHART_XMR);
        for (size_t i = 0; i < 16; i++)
                x[i] = 59;              /* one of 60 fails: too few failures to count */
        c = stats_choose_chart(STATS_FIGURE_SHARE, x, n, 16, scratch);
        assert_true(c.chart == STATS_CHART_RUN && c.reason == STATS_CHART_SMALL_COUNTS && fabs(c.expected - 1) < 1e-9);
        c = stats_choose_chart(STATS_FIGURE_MEASURE, x, NULL, 16, scratch);
        assert_true(c.chart == STATS_CHART_RUN && c.reason == STATS_CHART_FLAT);
        for (size_t i = 0; i < 16; i++)
                x[i] = i % 5 == 0;
        assert_int_equal(stats_choose_chart(STATS_FIGURE_COUNT, x, NULL, 16, scratch).reason, STATS_CHART_SMALL_COUNTS);
        x[1] = STATS_NONE;
        c = stats_choose_chart(STATS_FIGURE_COUNT, x, NULL, 2, scratch);
        assert_true(c.chart == STATS_CHART_NONE && c.reason == STATS_CHART_TOO_FEW);
}

static void test_alerts(void **state)
{
        (void) state;
        const int direction[] = { 0, 1, 0, 1, 1, 1, -1, -1, 0, 1, 0, 1, 1, 0, 1 };
        const bool missing[15] = { [10] = true, [13] = true };
        const enum stats_alert want[] = {
                STATS_ALERT_NONE, STATS_ALERT_NEW, STATS_ALERT_NONE, STATS_ALERT_NEW, STATS_ALERT_CONFIRMED, STATS_ALERT_STANDING, STATS_ALERT_NEW,
                STATS_ALERT_CONFIRMED, STATS_ALERT_ENDED, STATS_ALERT_NEW, STATS_ALERT_NONE, STATS_ALERT_NEW, STATS_ALERT_CONFIRMED,
                STATS_ALERT_NONE, STATS_ALERT_STANDING,
        };
        enum stats_alert out[15];
        stats_alerts(direction, missing, 15, out);
        for (size_t i = 0; i < 15; i++)
                assert_int_equal(out[i], want[i]);
        stats_alerts(direction, NULL, 15, out);
        assert_int_equal(out[13], STATS_ALERT_ENDED);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_u_by_hand), cmocka_unit_test(test_u_is_p_of_rare_events), cmocka_unit_test(test_u_missing),
                cmocka_unit_test(test_run_chart), cmocka_unit_test(test_run_chart_stays_quiet), cmocka_unit_test(test_choice),
                cmocka_unit_test(test_alerts),
        };
        return cmocka_run_group_tests_name("stats-runchart", tests, NULL, NULL);
}
