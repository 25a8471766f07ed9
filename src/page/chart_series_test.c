#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "chart_testing.h"
#include "chart_view.h"

#define NONE ((double) NAN)

/* Quarters; one without delivery, and one with too few municipalities for a field. */
static const struct chart_moment own[] = {
        { 2024.00, 44, false, S_INIT("1e kwartaal 2024"), S_INIT("44%") },
        { 2024.25, 47, false, S_INIT("2e kwartaal 2024"), S_INIT("47%") },
        { 2024.50, NONE, false, S_INIT("3e kwartaal 2024"), S_INIT("") },
        { 2024.75, 52, false, S_INIT("4e kwartaal 2024"), S_INIT("52%") },
        { 2025.00, 55, true, S_INIT("1e kwartaal 2025"), S_INIT("55%, voorlopig") },
};

static void ribbon(void **state) {
        static const struct chart_band band[] = {
                { 2024.00, NONE, NONE, NONE, NONE, NONE, S_INIT("1e kwartaal 2024"), S_INIT("") },
                { 2024.25, 30, 38, 45, 52, 61, S_INIT("2e kwartaal 2024"), S_INIT("de helft tussen 38% en 52%, 96 gemeenten") },
                { 2024.50, 31, 39, 46, 52, 60, S_INIT("3e kwartaal 2024"), S_INIT("de helft tussen 39% en 52%, 96 gemeenten") },
                { 2024.75, 31, 40, 46, 53, 62, S_INIT("4e kwartaal 2024"), S_INIT("de helft tussen 40% en 53%, 99 gemeenten") },
                { 2025.00, 33, 41, 47, 54, 63, S_INIT("1e kwartaal 2025"), S_INIT("de helft tussen 41% en 54%, 180 gemeenten") },
        };
        struct chart_ribbon r = { band, 5, own, 5, S("Almere"), S("Binnen vier weken gesproken"), 0.25 };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        chart_begin(p, &c, CHART_WALK_X);
        chart_ribbon(p, &c, &r);
        chart_end(p, &c);
        drawing_compare(&d, "ribbon");
}

static void control(void **state) {
        static const struct chart_control_point point[] = {
                { 2023.00, 41, 43, 30, 56, CHART_USUAL, false, S_INIT("1e kwartaal 2023"), S_INIT("41%") },
                { 2023.25, 44, 43, 31, 55, CHART_USUAL, false, S_INIT("2e kwartaal 2023"), S_INIT("44%") },
                { 2023.50, 58, 43, 30, 56, CHART_OUTSIDE, false, S_INIT("3e kwartaal 2023"), S_INIT("58%, boven de bovengrens") },
                { 2023.75, NONE, 43, NONE, NONE, CHART_USUAL, false, S_INIT("4e kwartaal 2023"), S_INIT("") },
                { 2024.00, 38, 43, 29, 57, CHART_PATTERN, false, S_INIT("1e kwartaal 2024"), S_INIT("38%, deel van een patroon") },
                { 2024.25, 52, 53, 40, 66, CHART_USUAL, true, S_INIT("2e kwartaal 2024"), S_INIT("52%") },
                { 2024.50, 39, 53, 41, 65, CHART_OUTSIDE, false, S_INIT("3e kwartaal 2024"), S_INIT("39%, onder de ondergrens") },
        };
        static const struct chart_event events[] = { { 2024.125, S_INIT("nieuwe werkwijze") } };
        struct chart_control k = { point, 7, events, 1, S("Binnen vier weken gesproken"), 0.25, true };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(true);
        (void) state;
        chart_begin(p, &c, CHART_WALK_X);
        chart_control(p, &c, &k);
        chart_end(p, &c);
        drawing_compare(&d, "control");
}

static void a_missing_quarter_breaks_the_line_and_a_new_base_the_limits(void **state) {
        static const struct chart_control_point point[] = {
                { .t = 2024.00, .y = 1, .mean = 1, .lo = 0, .hi = 2 }, { .t = 2024.25, .y = 1, .mean = 1, .lo = 0, .hi = 2 },
                { .t = 2024.75, .y = 1, .mean = 1, .lo = 0, .hi = 2 },
                { .t = 2025.00, .y = 1, .mean = 3, .lo = 2, .hi = 4, .rebased = true },
        };
        struct chart_control k = { .point = point, .points = 4, .every = 0.25 };
        (void) state;
        assert_int_equal(control_stroke(&k, 0, true), 2);
        assert_int_equal(control_stroke(&k, 2, false), 3);
        assert_int_equal(control_stroke(&k, 2, true), 4);
}

static void strip(void **state) {
        static const struct chart_place row[] = {
                { S_INIT("Borne"), S_INIT("plaats 3 tot 61 van 342"), S_INIT("3 tot 61"), 3, 21, 61, false },
                { S_INIT("Almere"), S_INIT("plaats 88 tot 240 van 342"), S_INIT("88 tot 240"), 88, 160, 240, true },
        };
        struct chart_strip s = { row, 2, 342, S("gunstigst"), S("minst gunstig") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        chart_begin(p, &c, CHART_WALK_Y);
        chart_strip(p, &c, &s);
        chart_end(p, &c);
        drawing_compare(&d, "strip");
}

static const struct chart_spine_row spine_rows[] = {
        { S_INIT("Binnen vier weken gesproken"), S_INIT("62%, hoger dan de grenzen"), S_INIT("62%"), { S_INIT("/cijfers/shv03") },
          62, 20, 40, 47, 55, 70, CHART_HIGH, false },
        { S_INIT("Wachttijd"), S_INIT("31 dagen, hoger dan de grenzen"), S_INIT("31 dagen"), { S_INIT("/cijfers/shv02") },
          31, 5, 12, 17, 22, 40, CHART_HIGH, true },
        { S_INIT("Uitval"), S_INIT("17%"), S_INIT("17%"), { S_INIT("/cijfers/shv10") }, 17, 2, 12, 16, 21, 44, CHART_IN, true },
        { S_INIT("Recidive"), S_INIT("geen cijfer"), S_INIT(""), { S_INIT("/cijfers/shv12") }, NONE, 2, 12, 16, 21, 44,
          CHART_NO_CLASS, true },
};

static void spine(void **state) {
        struct chart_spine s = { spine_rows, 4, S("alle deelnemers"), S("minder gunstig"), S("gunstiger") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(true);
        (void) state;
        chart_begin(p, &c, CHART_WALK_Y);
        chart_spine(p, &c, &s);
        chart_end(p, &c);
        drawing_compare(&d, "spine");
}

static void a_flipped_row_puts_lower_values_at_the_right(void **state) {
        (void) state;
        assert_true(spine_at(&spine_rows[0], 62) > spine_at(&spine_rows[0], 47));
        assert_true(spine_at(&spine_rows[1], 31) < spine_at(&spine_rows[1], 17));
        assert_true(spine_at(&spine_rows[0], 47) == 537 && spine_at(&spine_rows[1], 17) == 537);
}

static void multiple(void **state) {
        static const struct chart_moment all[] = {
                { 2024.00, 45, false, S_INIT("1e kwartaal 2024"), S_INIT("45%") },
                { 2024.25, 46, false, S_INIT("2e kwartaal 2024"), S_INIT("46%") },
        };
        static const struct chart_line lines[] = { { CHART_NATION, S_INIT("alle deelnemers"), all, 2 },
                                                   { CHART_OWN, S_INIT("Almere"), own, 5 } };
        struct chart_multiple m = { S("m1"), S("Binnen vier weken gesproken"), S("55% in het 1e kwartaal van 2025."),
                                    { S_INIT("/cijfers/shv03") }, { lines, 2, NULL, 0, S_INIT(""), 0.25 }, S("procent"), true };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        (void) state;
        chart_multiple(p, &m);
        drawing_compare(&d, "multiple");
}

static void effect(void **state) {
        static const struct chart_lag lag[] = {
                { -2, 0.4, -1.2, 2.0, S_INIT("2 kwartalen voor de start"), S_INIT("+0,4") },
                { -1, NONE, NONE, NONE, S_INIT("1 kwartaal voor de start"), S_INIT("") },
                { 0, 1.1, -0.5, 2.7, S_INIT("kwartaal van de start"), S_INIT("+1,1") },
                { 1, 3.4, 1.6, 5.2, S_INIT("1 kwartaal na de start"), S_INIT("+3,4") },
        };
        struct chart_effect e = { lag, 4, S("Kwartalen na de start"), S("Verschil met wie nog niet begon") };
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        chart_begin(p, &c, CHART_WALK_X);
        chart_effect(p, &c, &e);
        chart_end(p, &c);
        drawing_compare(&d, "effect");
}

static void nothing_to_draw_is_no_error(void **state) {
        struct drawing d;
        struct page *p = drawing_begin(&d);
        struct chart c = a_chart(false);
        (void) state;
        chart_ribbon(p, &c, &(struct chart_ribbon) { .own_label = S("Almere") });
        chart_control(p, &c, &(struct chart_control) { .points = 0 });
        chart_strip(p, &c, &(struct chart_strip) { .places = 15 });
        chart_spine(p, &c, &(struct chart_spine) { .rows = 0 });
        chart_effect(p, &c, &(struct chart_effect) { .lags = 0 });
        struct str drawn = buf_view(&d.out);
        assert_true(str_find(drawn, S("nan")) == drawn.n && str_find(drawn, S("inf")) == drawn.n);
        drawing_compare(&d, "series-empty");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(ribbon), cmocka_unit_test(control),
                cmocka_unit_test(a_missing_quarter_breaks_the_line_and_a_new_base_the_limits), cmocka_unit_test(strip),
                cmocka_unit_test(spine), cmocka_unit_test(a_flipped_row_puts_lower_values_at_the_right),
                cmocka_unit_test(multiple), cmocka_unit_test(effect), cmocka_unit_test(nothing_to_draw_is_no_error),
        };
        return cmocka_run_group_tests_name("page-chart-series", tests, NULL, NULL);
}
