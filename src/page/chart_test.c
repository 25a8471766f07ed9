#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "chart_scale.h"
#include "chart_testing.h"
#include "chart_view.h"

static const struct chart_point points[] = {
        { 700, 4.1, S_INIT("Vlieland"), S_INIT("4,1% van 700"), CHART_IN, false, false },
        { 9800, 7.2, S_INIT("Borne"), S_INIT("7,2% van 9.800"), CHART_IN, true, false },
        { 33000, 15.4, S_INIT("Den Helder"), S_INIT("15,4% van 33.000, hoger"), CHART_HIGH, true, false },
        { 22000, 2.2, S_INIT("Houten"), S_INIT("2,2% van 22.000, lager"), CHART_LOW, false, false },
        { 24000, 2.4, S_INIT("Bunnik & Odijk"), S_INIT("2,4% van 24.000, lager"), CHART_LOW, true, false },
        { 94739, 14.5, S_INIT("Almere"), S_INIT("14,5% van 94.739, hoger"), CHART_HIGH, false, true },
        { 340000, 14.9, S_INIT("Rotterdam"), S_INIT("14,9% van 340.000, hoger"), CHART_HIGH, false, false },
};
static const struct chart_limits limits[] = {
        { 625, 2.1, 4.2, 14.9, 19.2 }, { 5000, 3.5, 5.2, 13.2, 16.2 }, { 380000, 3.8, 5.4, 12.9, 15.6 },
};
static const struct chart_limits plain[] = {
        { 625, 5.6, 6.6, 11.1, 12.8 }, { 5000, 7.6, 8.1, 9.6, 10.1 }, { 380000, 8.6, 8.7, 8.9, 9.0 },
};

static struct chart_funnel a_funnel(void) {
        return (struct chart_funnel) {
                .point = points, .points = sizeof points / sizeof *points, .limit = limits, .limits = 3, .plain = plain,
                .plains = 3, .target = 8.8, .target_label = S("Nederland 8,8%"), .x_label = S("Aantal huishoudens"),
                .y_label = S("Huishoudens met problematische schulden"), .ceiling = 100,
        };
}

static void funnel(void **state) {
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        struct chart_funnel f = a_funnel();
        (void) state;
        chart_begin(p, &c, CHART_WALK_X);
        chart_funnel(p, &c, &f);
        chart_table_begin(p, &c, S("Alle gemeenten"));
        chart_table_end(p);
        chart_end(p, &c);
        drawing_compare(&d, "funnel");
}

static void funnel_fictitious_without_limits(void **state) {
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(true);
        struct chart_funnel f = a_funnel();
        (void) state;
        f.limits = f.plains = 0;
        f.points = 1;
        c.level = 3;
        chart_begin(p, &c, CHART_WALK_X);
        chart_funnel(p, &c, &f);
        chart_end(p, &c);
        drawing_compare(&d, "funnel-fictitious");
}

/* Where everybody lies between 78 and 86 %, an axis from 0 would press them together. */
static void what_lies_far_above_nought_fills_the_drawing(void **state) {
        static const struct chart_point high[] = {
                { 90, 86, S_INIT("Borne"), S_INIT("86%"), CHART_IN, false, false }, { 400, 78, S_INIT("Delft"), S_INIT("78%"), CHART_IN, false, true },
                { 900, 20, S_INIT("Almere"), S_INIT("20%"), CHART_LOW, false, false },
        };
        static const struct chart_limits wide[] = { { 20, 45, 60, 97, 100 }, { 1000, 78, 80, 84, 86 } };
        struct chart_funnel f = { .point = high, .points = 2, .limit = wide, .limits = 2, .target = 82, .ceiling = 100 };
        struct chart_band band[] = { { 2024, 71, 76, 82, 84, 88, S_INIT("2024"), S_INIT("") } };
        struct arena a = { 0 };
        (void) state;
        assert_float_equal(funnel_view(&f).y.from, 60, 1e-9);
        f.points = 3;
        assert_float_equal(funnel_view(&f).y.from, 0, 1e-9);
        assert_float_equal(ribbon_view(&a, &(struct chart_ribbon) { .band = band, .bands = 1 }).y.from, 70, 1e-9);
        band[0].p10 = 40;
        assert_float_equal(ribbon_view(&a, &(struct chart_ribbon) { .band = band, .bands = 1 }).y.from, 0, 1e-9);
        arena_done(&a);
}

static void trend(void **state) {
        static const struct chart_moment own[] = {
                { 2019, 60, false, S_INIT("2019"), S_INIT("60%") }, { 2020, (double) NAN, false, S_INIT("2020"),
                        S_INIT("") },
                { 2021, 52, false, S_INIT("2021"), S_INIT("52%") }, { 2022, 51, false, S_INIT("2022"), S_INIT("51%") },
                { 2023, 47, true, S_INIT("2023"), S_INIT("47%, voorlopig") },
        };
        static const struct chart_moment nation[] = {
                { 2019, 50, false, S_INIT("2019"), S_INIT("50%") }, { 2021, 49, false, S_INIT("2021"), S_INIT("49%") },
                { 2022, 49.4, false, S_INIT("2022"), S_INIT("49,4%") },
        };
        static const struct chart_line lines[] = {
                { CHART_NATION, S_INIT("Nederland"), nation, 3 }, { CHART_OWN, S_INIT("Almere"), own, 5 },
        };
        static const struct chart_event events[] = { { 2021.5, S_INIT("nieuwe werkwijze") } };
        struct chart_trend t = { lines, 2, events, 1, S_INIT("Hulp aangenomen") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(true);
        (void) state;
        chart_begin(p, &c, CHART_WALK_X);
        chart_trend(p, &c, &t);
        chart_end(p, &c);
        drawing_compare(&d, "trend");
}

static void trend_of_one_year(void **state) {
        static const struct chart_moment own[] = { { 2023, 60, false, S_INIT("2023"), S_INIT("60%") } };
        static const struct chart_line lines[] = { { CHART_OWN, S_INIT("Almere"), own, 1 }, { CHART_PEER,
                S_INIT("leeg"), own, 0 } };
        struct chart_trend t = { .line = lines, .lines = 2, .y_label = S("Hulp") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        chart_begin(p, &c, CHART_WALK_X);
        chart_trend(p, &c, &t);
        chart_end(p, &c);
        drawing_compare(&d, "trend-one");
}

static void interval(void **state) {
        static const struct chart_row rows[] = {
                { S_INIT("Lelystad"), S_INIT("14,9%, marge 14,6 tot 15,3"), S_INIT("14,9%"), 14.9, 14.6, 15.3, 14.1,
                        false },
                { S_INIT("Almere"), S_INIT("14,5%, marge 14,3 tot 14,7"), S_INIT("14,5%"), 14.5, 14.3, 14.7, 13.5,
                        true },
                { S_INIT("Zaanstad"), S_INIT("11%"), S_INIT("11,0%"), 11, (double) NAN, (double) NAN, (double) NAN,
                        false },
                { S_INIT("Purmerend"), S_INIT(""), S_INIT(""), (double) NAN, (double) NAN, (double) NAN,
                        (double) NAN, false },
        };
        struct chart_interval iv = { .row = rows, .rows = 4, .target = 8.8, .target_label = S("Nederland 8,8%"),
                                     .before_label = S("2022"), .now_label = S("2023") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        chart_begin(p, &c, CHART_WALK_Y);
        chart_interval(p, &c, &iv);
        chart_end(p, &c);
        drawing_compare(&d, "interval");
}

/* Told at the right edge, and with its table open for paper. */
static void interval_on_paper(void **state) {
        static const struct chart_row rows[] = { { S_INIT("Assen"), S_INIT("35%"), S_INIT("35%"), 35, 32, 38, (double) NAN, true } };
        struct chart_interval iv = { .row = rows, .rows = 1, .target = 38.5, .target_label = S("alle gemeenten"), .now_label = S("2025") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        c.on_paper = true;
        chart_interval(p, &c, &iv);
        chart_table_begin(p, &c, S("Tabel"));
        chart_table_end(p);
        struct str html = buf_view(&d.out);
        assert_true(str_find(html, S("text-anchor=\"end\">alle gemeenten")) < html.n);
        assert_true(str_find(html, S("<details open>")) < html.n);
        buf_done(&d.out);
        arena_done(&d.arena);
}

static void map(void **state) {
        static const struct chart_area areas[] = {
                { S_INIT("GM0034"), S_INIT("Almere"), S_INIT("14,5%"), 4, true },
                { S_INIT("GM0363"), S_INIT("Amsterdam"), S_INIT("11,3%"), 3, false },
                { S_INIT("GM0796"), S_INIT("'s-Hertogenbosch"), S_INIT("geen cijfer"), -1, false },
        };
        struct chart_map m = { .area = areas, .areas = 3, .label = { [3] = S("8,1 tot 12%"), [4] = S("12 tot 16%") } };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        c.table = S("alle");
        chart_begin(p, &c, CHART_WALK_NAME);
        chart_map(p, &c, &m);
        chart_end(p, &c);
        drawing_compare(&d, "map");
}

static void bars(void **state) {
        static const struct chart_bar bar[] = {
                { S_INIT("Betalingsachterstand bij BKR"), S_INIT("49,9%"), S_INIT("49,9%"), 49.9, CHART_NATION },
                { S_INIT("Wanbetaler zorgverzekering"), S_INIT("37,1%"), S_INIT("37,1%"), 37.1, CHART_OWN },
                { S_INIT("Onbekend"), S_INIT("geen cijfer"), S_INIT("geen cijfer"), (double) NAN, CHART_PEER },
        };
        struct chart_bars b = { .bar = bar, .bars = 3 };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(true);
        (void) state;
        chart_begin(p, &c, CHART_WALK_Y);
        chart_bars(p, &c, &b);
        chart_end(p, &c);
        b.upright = true;
        c.id = S("c2");
        chart_begin(p, &c, CHART_WALK_X);
        chart_bars(p, &c, &b);
        chart_end(p, &c);
        drawing_compare(&d, "bars");
}

static void linear_ticks_are_round_and_cover(void **state) {
        static const struct { double lo, hi; double first, last; size_t n; int decimals; } t[] = {
                { 0, 15.4, 0, 20, 5, 0 }, { 0, 100, 0, 100, 6, 0 }, { 0, 0, 0, 1, 6, 1 }, { 0, 0.034, 0, 0.04, 5, 2 },
                { 0, 43300, 0, 50000, 6, 0 }, { 22, 31, 22, 32, 6, 0 },
        };
        (void) state;
        for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
                struct ticks got = ticks_linear(t[i].lo, t[i].hi, 5);
                assert_int_equal(got.n, t[i].n);
                assert_float_equal(got.v[0], t[i].first, 1e-9);
                assert_float_equal(got.v[got.n - 1], t[i].last, 1e-9);
                assert_int_equal(got.decimals, t[i].decimals);
        }
}

static void log_ticks_fit(void **state) {
        (void) state;
        struct ticks t = ticks_log(560, 480000);
        assert_float_equal(t.v[0], 1000, 1e-6);
        assert_float_equal(t.v[t.n - 1], 200000, 1e-3);
        assert_int_equal(t.n, 8);
        t = ticks_log(1, 1e9);
        assert_true(t.n > 2 && t.n <= TICKS_MAX);
        t = ticks_log(0.02, 0.6);
        assert_float_equal(t.v[0], 0.02, 1e-9);
        assert_int_equal(t.decimals, 2);
}

static void labels_keep_apart_and_in_order(void **state) {
        double at[] = { 50, 49, 20, 51, 199 };
        (void) state;
        spread_labels(at, 5, 14, 10, 200);
        assert_true(at[2] < at[1] && at[1] < at[0] && at[0] < at[3] && at[3] < at[4]);
        assert_true(at[0] - at[1] >= 14 && at[3] - at[0] >= 14 && at[4] <= 200);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(funnel), cmocka_unit_test(funnel_fictitious_without_limits), cmocka_unit_test(trend),
                cmocka_unit_test(trend_of_one_year), cmocka_unit_test(interval), cmocka_unit_test(interval_on_paper), cmocka_unit_test(map),
                        cmocka_unit_test(bars),
                cmocka_unit_test(linear_ticks_are_round_and_cover), cmocka_unit_test(log_ticks_fit),
                cmocka_unit_test(labels_keep_apart_and_in_order), cmocka_unit_test(what_lies_far_above_nought_fills_the_drawing),
        };
        return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
