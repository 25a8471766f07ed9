/* The course of a municipality over quarters: which chart, what it signals, gaps, trends and the fixed panel. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "series.h"

#define PLACES 14
#define QUARTERS 14

static struct arena arena;
static const struct dictionary_entry dropout = { .code = S_INIT("SHV10"), .kind = S_INIT("proportion"), .scale = 100 };
static const struct dictionary_entry registered = { .code = S_INIT("SHV01"), .kind = S_INIT("rate"), .scale = 1000 };
static const struct dictionary_entry fte = { .code = S_INIT("SHV18"), .kind = S_INIT("amount"), .scale = 10000 };

/* Place I has X(i, q) of N cases in quarter q, NaN for none. */
static struct cell_list cells_of(double (*x)(size_t i, size_t q), double n, double scale) {
        struct cell_list l = { 0 };
        int64_t period = 20231;
        for (size_t q = 0; q < QUARTERS; q++, period = period_add(period, 1)) {
                struct cell *c = vec_push(&arena, &l);
                *c = (struct cell) { .period = period, .target = 30, .v = arena_many(&arena, struct result, PLACES), .n = PLACES };
                for (size_t i = 0; i < PLACES; i++) {
                        double v = x(i, q);
                        c->v[i] = (struct result) { .region = str_fmt(&arena, "GM%04zu", i), .status = isnan(v) ? RESULT_HIDDEN : RESULT_EXACT,
                                .numerator = v, .denominator = n, .value = scale * v / n };
                }
        }
        return l;
}

/* Noise that stays the same; place 0 drops from quarter 10 on, place 1 misses quarter 3, place 2 begins in quarter 6, place 3 goes down all
 * the time. */
static double course(size_t i, size_t q) {
        double noise = (double) ((i * 31 + q * 17 + i * q * 7) % 9) - 4;
        if ((i == 1 && q == 3) || (i == 2 && q < 6))
                return (double) NAN;
        if (i == 3)
                return 180 - 12 * (double) q;
        return (i == 0 && q >= 10 ? 25 : 60) + noise;
}
static double few(size_t i, size_t q) { return (double) ((i + q) % 3); }
static double flat(size_t i, size_t q) { (void) q; return 20 + (double) i; }

static struct series_set computed(const struct dictionary_entry *d, double (*x)(size_t, size_t), double n) {
        struct series_set s = { .indicator = d->code };
        struct cell_list cells = cells_of(x, n, d->scale);
        series_compute(&arena, d, &cells, &s);
        return s;
}

static void a_drop_is_signalled(void **state) {
        (void) state;
        struct series_set s = computed(&dropout, course, 200);
        const struct series *one = series_of(&s, S("GM0000")), *other = series_of(&s, S("GM0005"));
        assert_int_equal(s.n, PLACES);
        assert_int_equal(one->chart, SERIES_P);
        assert_false(one->provisional);
        assert_true(series_is_notable(one));
        assert_int_equal(stats_signal_direction(one->point[QUARTERS - 1].signal), -1);
        assert_int_equal(one->trend, STATS_MARKER_NONE);        /* a step is no trend: four of five points are level */
        assert_int_equal(series_of(&s, S("GM0003"))->trend, STATS_MARKER_DOWN);
        assert_true(fabs(series_of(&s, S("GM0003"))->slope + 6) < 1e-9);        /* twelve of 200 cases each quarter */
        assert_true(one->point[12].low < one->mean && one->mean < one->point[12].high);
        assert_false(series_is_notable(other));
        assert_int_equal(other->trend, STATS_MARKER_NONE);
        assert_null(series_of(&s, S("GM9999")));
}

static void a_gap_stays_a_gap(void **state) {
        (void) state;
        struct series_set s = computed(&dropout, course, 200);
        const struct series *one = series_of(&s, S("GM0001"));
        assert_true(isnan(one->point[3].value) && isnan(one->point[3].low));
        assert_int_equal(one->point[3].signal, STATS_SIGNAL_NONE);
        assert_true(series_of(&s, S("GM0002"))->provisional);   /* eight points */
}

static void the_panel_has_who_was_always_there(void **state) {
        (void) state;
        struct series_set s = computed(&dropout, course, 200);
        /* From the first quarter on there are twelve: the least for a panel. */
        assert_int_equal(s.panel_units, 12);
        assert_int_equal(s.panel_since, 20231);
        double sum = 0;
        for (size_t i = 0; i < PLACES; i++)
                sum += i == 1 || i == 2 ? 0 : course(i, 5);
        assert_true(fabs(s.moment[5].panel - 100 * sum / (12 * 200)) < 1e-9);
}

static void small_counts_get_no_limits(void **state) {
        (void) state;
        struct series_set s = computed(&dropout, few, 12), rates = computed(&registered, few, 5000);
        assert_int_equal(s.v[0].chart, SERIES_RUN);
        assert_int_equal(rates.v[0].chart, SERIES_RUN);
        for (size_t i = 0; i < PLACES; i++)
                for (size_t q = 0; q < QUARTERS; q++) {
                        assert_true(isnan(s.v[i].point[q].low));
                        assert_int_equal(s.v[i].point[q].signal, STATS_SIGNAL_NONE);
                }
}

static double rare(size_t i, size_t q) { return (i + q) % 9 == 0; }

static void seven_zeros_are_no_signal_where_events_are_rare(void **state) {
        (void) state;
        struct series_set s = computed(&registered, rare, 5000);
        for (size_t i = 0; i < s.n; i++)
                for (size_t q = 0; q < s.v[i].n; q++)
                        assert_int_equal(s.v[i].point[q].signal, STATS_SIGNAL_NONE);
}

static void other_kinds_have_their_own_chart(void **state) {
        (void) state;
        assert_int_equal(computed(&registered, course, 5000).v[0].chart, SERIES_U);
        assert_int_equal(computed(&fte, course, 5000).v[0].chart, SERIES_XMR);
        /* A process that does not move at all has no ranges to judge by. */
        struct series_set s = computed(&fte, flat, 5000);
        assert_int_equal(s.v[0].chart, SERIES_RUN);
        assert_false(series_is_notable(&s.v[0]));
}

static void series_come_back_as_they_were_packed(void **state) {
        (void) state;
        struct series_set s = computed(&dropout, course, 200), back = { .indicator = S("SHV10") };
        struct buf b = { 0 }, again = { 0 };
        series_pack(&b, &s);
        assert_int_equal(series_unpack(&arena, buf_view(&b), S(""), &back), OK);
        series_pack(&again, &back);
        assert_true(b.n > 5000 && str_eq(buf_view(&b), buf_view(&again)));
        for (size_t n = 1; n < b.n; n += b.n / 3)
                assert_int_equal(series_unpack(&arena, str_sub(buf_view(&b), 0, n), S(""), &back), ERR_INTERNAL);
        buf_done(&b);
        buf_done(&again);
}

/* What a page of one municipality reads. */
static void one_series_is_read_without_the_others(void **state) {
        (void) state;
        struct series_set s = computed(&dropout, course, 200), one = { .indicator = S("SHV10") }, none = one;
        struct buf b = { 0 }, want = { 0 }, got = { 0 };
        const size_t places[] = { 0, s.n / 2, s.n - 1 };
        series_pack(&b, &s);
        for (size_t i = 0; i < 3; i++) {
                struct series_set alone = s;
                alone.v = &s.v[places[i]];
                alone.n = 1;
                buf_reset(&want);
                buf_reset(&got);
                one = (struct series_set) { .indicator = S("SHV10") };
                assert_int_equal(series_unpack(&arena, buf_view(&b), alone.v->region, &one), OK);
                series_pack(&want, &alone);
                series_pack(&got, &one);
                assert_true(one.n == 1 && str_eq(buf_view(&want), buf_view(&got)));
        }
        assert_int_equal(series_unpack(&arena, buf_view(&b), S(SERIES_FIELD), &none), OK);
        assert_true(none.n == 0 && none.moments == s.moments);
        assert_int_equal(series_unpack(&arena, str_sub(buf_view(&b), 0, b.n - 9), S(SERIES_FIELD), &none), ERR_INTERNAL);
        buf_done(&b);
        buf_done(&want);
        buf_done(&got);
}

static int empty(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(a_drop_is_signalled), cmocka_unit_test(a_gap_stays_a_gap),
                cmocka_unit_test(the_panel_has_who_was_always_there), cmocka_unit_test(small_counts_get_no_limits),
                cmocka_unit_test(seven_zeros_are_no_signal_where_events_are_rare),
                cmocka_unit_test(other_kinds_have_their_own_chart), cmocka_unit_test(series_come_back_as_they_were_packed),
                cmocka_unit_test(one_series_is_read_without_the_others) };
        return cmocka_run_group_tests_name("benchmark series", tests, NULL, empty);
}
