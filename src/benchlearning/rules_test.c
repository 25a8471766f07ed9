/* The rules, without a store: who is better, who matches whom, what an effect is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include "better.h"
#include "effect.h"
#include "match.h"
#include "quarter.h"

static struct arena arena;

static int empty(void **state) {
        (void) state;
        arena_done(&arena);
        arena = (struct arena) { 0 };
        return 0;
}

static struct better_unit share(double x, double n) {
        return (struct better_unit) { .numerator = x, .denominator = n, .value = 100 * x / n };
}

/* Thirty municipalities between 40 and 69 percent. */
static struct better_field thirty(bool higher, struct better_unit u[30]) {
        for (int i = 0; i < 30; i++)
                u[i] = share(2 * (40 + i), 200);
        return better_field(&arena, BENCHMARK_BINOMIAL, higher, u, 30);
}

static void quarters_are_read_and_written(void **state) {
        (void) state;
        int length;
        assert_int_equal(quarter_read(S("2025-3")), 2025 * 4 + 2);
        assert_int_equal(quarter_read(S("2025-5")), 0);
        assert_int_equal(quarter_read(S("1999-4")), 0);
        assert_int_equal(quarter_of_period(20253, &length), 2025 * 4 + 2);
        assert_int_equal(length, 1);
        assert_int_equal(quarter_of_period(2025, &length), 2025 * 4);
        assert_int_equal(length, 4);
        assert_true(str_eq(quarter_span(&arena, 2024 * 4, 2025 * 4 + 3), S("2024 tot en met 2025")));
        assert_true(str_eq(quarter_span(&arena, 2024 * 4 + 1, 2024 * 4 + 1), S("2e kwartaal 2024")));
        assert_int_equal(quarter_now(&arena, 1795305600000), 2026 * 4 + 3);
}

static void a_clear_lead_is_better_and_a_small_one_is_not(void **state) {
        (void) state;
        struct better_unit u[30];
        struct better_field f = thirty(true, u);
        assert_true(f.is_known && f.differ);
        assert_int_equal(better_than(&f, &u[0], &u[29], true).is, BETTER_SURELY);
        assert_int_equal(better_than(&f, &u[14], &u[15], true).is, BETTER_PERHAPS);
        assert_int_equal(better_than(&f, &u[29], &u[0], true).is, BETTER_NOT);
        f.higher_is_better = false;
        assert_int_equal(better_than(&f, &u[29], &u[0], true).is, BETTER_SURELY);
}

static void the_chances_of_both_sides_add_up_to_one(void **state) {
        (void) state;
        struct better_unit u[30];
        struct better_field f = thirty(true, u);
        for (int i = 0; i < 30; i += 3)
                assert_true(fabs(better_chance(&f, &u[i], &u[10]) + better_chance(&f, &u[10], &u[i]) - 1) < .001);
        assert_true(fabs(better_chance(&f, &u[10], &u[10]) - .5) < .001);
}

static void few_cases_prove_nothing(void **state) {
        (void) state;
        struct better_unit u[30], small = share(9, 10);
        struct better_field f = thirty(true, u);
        assert_int_equal(better_than(&f, &u[13], &small, true).is, BETTER_PERHAPS);
}

static void other_choices_are_never_called_better(void **state) {
        (void) state;
        struct better_unit u[30];
        struct better_field f = thirty(true, u);
        assert_int_equal(better_than(&f, &u[0], &u[29], false).is, BETTER_OTHER_CHOICES);
        assert_int_equal(better_than(&f, &u[0], &u[29], true).is, BETTER_SURELY);
}

static void nobody_is_better_when_all_are_alike(void **state) {
        (void) state;
        struct better_unit u[30];
        for (int i = 0; i < 30; i++)
                u[i] = share(50, 100);
        struct better_field f = better_field(&arena, BENCHMARK_BINOMIAL, true, u, 30);
        assert_true(f.is_known && !f.differ);
        assert_int_equal(better_than(&f, &u[0], &u[1], true).is, BETTER_NOT);
        f = better_field(&arena, BENCHMARK_BINOMIAL, true, u, 5);
        assert_false(f.is_known);
        assert_int_equal(better_than(&f, &u[0], &u[1], true).is, BETTER_NO_FIGURE);
        u[0].estimated = true;
        assert_int_equal(better_than(&f, &u[0], &u[1], true).is, BETTER_NO_FIGURE);
}

static void rates_compare_as_shares_do(void **state) {
        (void) state;
        struct better_unit u[30];
        for (int i = 0; i < 30; i++)
                u[i] = share(100 + 10 * i, 1000);
        struct better_field f = better_field(&arena, BENCHMARK_POISSON, false, u, 30);
        assert_int_equal(better_than(&f, &u[29], &u[0], true).is, BETTER_SURELY);
        assert_int_equal(better_than(&f, &u[0], &u[29], true).is, BETTER_NOT);
}

/* Of forty at 50 %, 80 and 20 of 100 are proven; 61 is what chance gives now and then. */
static void proven_survives_many_tests(void **state) {
        (void) state;
        struct better_unit u[40];
        int is[40];
        for (int i = 0; i < 40; i++)
                u[i] = share(i == 3 ? 80 : i == 4 ? 20 : i == 5 ? 61 : 50, 100);
        u[6].numerator = u[6].denominator = (double) NAN;
        u[7] = share(90, 100);
        u[7].estimated = true;
        better_proven(&arena, BENCHMARK_BINOMIAL, 100, 50, u, 40, is);
        assert_int_equal(is[3], 1);
        assert_int_equal(is[4], -1);
        assert_int_equal(is[5], 0);
        assert_int_equal(is[6], 0);
        assert_int_equal(is[7], 0);
        better_proven(&arena, BENCHMARK_POISSON, 100, 50, u, 40, is);
        assert_int_equal(is[3], 1);
        better_proven(&arena, BENCHMARK_NONE, 100, 50, u, 40, is);
        assert_int_equal(is[3], 0);
}

static void pairs_learn_from_each_other(void **state) {
        (void) state;
        struct match_side s[4] = { 0 };
        match_set(&s[0].strong, 3);
        match_set(&s[0].weak, 70);
        match_set(&s[1].strong, 70);
        match_set(&s[1].weak, 3);
        match_set(&s[2].strong, 70);            /* 0 learns from 2, 2 nothing from 0 */
        struct match_near near[] = { { 0, 2, .1 }, { 0, 1, 1.5 }, { 1, 0, 1.4 }, { 2, 3, .1 }, { 3, 3, 0 } };
        struct match_pair p[5];
        assert_int_equal(match_pairs(s, near, 5, p), 2);
        assert_true(p[0].balanced && p[0].a == 0 && p[0].b == 1 && p[0].distance == 1.4);
        assert_true(match_has(&p[0].a_learns, 70) && match_has(&p[0].b_learns, 3) && !match_has(&p[0].a_learns, 3));
        assert_true(!p[1].balanced && p[1].a_count == 1 && p[1].b_count == 0);
        assert_int_equal(match_pairs(s, near, 0, p), 0);
}

#define START (2024 * 4)
/* Sixteen quarters of 400 cases around START, P before it and P + D from it on, in percents. */
static struct effect_series series(double p, double d) {
        struct effect_point *v = arena_many(&arena, struct effect_point, 16);
        for (int i = 0; i < 16; i++) {
                double x = round(4 * (p + (i >= 8 ? d : 0)));
                v[i] = (struct effect_point) { START - 8 + i, 1, x / 4, x, 400 };
        }
        return (struct effect_series) { v, 16 };
}

struct town { struct effect_series own, peers[10]; };
/* Peers that rise two points, not all the same. */
static struct town town(double d) {
        struct town t = { .own = series(50, d) };
        for (int i = 0; i < 10; i++)
                t.peers[i] = series(45 + i, 2 + (i % 3 - 1) * .25);
        return t;
}

static struct effect effect(const struct town *t, size_t peers, int until) {
        return effect_of(&arena, BENCHMARK_BINOMIAL, 100, &t->own, t->peers, peers, START, until);
}

static void an_effect_is_what_peers_did_not_have(void **state) {
        (void) state;
        struct town t = town(12);
        struct effect e = effect(&t, 10, 0);
        assert_int_equal(e.status, EFFECT_ESTIMATED);
        assert_true(fabs(e.own_change - 12) < .3 && fabs(e.peer_change - 2) < .3 && fabs(e.value - 10) < .5);
        assert_true(e.lo > 5 && e.hi < 15);
        assert_int_equal(e.before.quarters, 8);
        assert_int_equal(e.after.first, START + EFFECT_LAG);
        assert_int_equal(e.after.quarters, 6);
        assert_int_equal(e.peers, 10);
}

static void no_effect_has_a_margin_around_nought(void **state) {
        (void) state;
        struct town t = town(2);
        struct effect e = effect(&t, 10, 0);
        assert_int_equal(e.status, EFFECT_ESTIMATED);
        assert_true(e.lo < 0 && e.hi > 0 && e.reach > 2);
}

static void too_early_says_when(void **state) {
        (void) state;
        struct town t = town(12);
        t.own.n = 11;                   /* one quarter that counts */
        struct effect e = effect(&t, 10, 0);
        assert_int_equal(e.status, EFFECT_TOO_EARLY);
        assert_int_equal(e.first_answer, START + 3);
        t.own.n = 16;
        assert_int_equal(effect(&t, 10, START + 2).status, EFFECT_TOO_EARLY);
        e = effect_of(&arena, BENCHMARK_BINOMIAL, 100, &t.own, t.peers, 10, START + 20, 0);
        assert_int_equal(e.status, EFFECT_TOO_EARLY);
        assert_int_equal(e.first_answer, START + 23);
}

static void refusals(void **state) {
        (void) state;
        struct town t = town(12);
        assert_int_equal(effect(&t, 4, 0).status, EFFECT_TOO_FEW_PEERS);
        t.own.point += 6;
        t.own.n -= 6;
        assert_int_equal(effect(&t, 10, 0).status, EFFECT_SHORT_BEFORE);
        t.own.n = 0;
        assert_int_equal(effect(&t, 10, 0).status, EFFECT_NO_FIGURES);
        t = town(12);
        struct effect_point *v = (struct effect_point *) (uintptr_t) t.own.point;
        for (int i = 0; i < 16; i++)
                v[i].denominator = 1, v[i].numerator = 1;
        assert_int_equal(effect(&t, 10, 0).status, EFFECT_TOO_FEW_CASES);
}

/* A year that began within the lag does not count; the answer comes with the next whole year. */
static void years_count_whole(void **state) {
        (void) state;
        struct effect_point v[3];
        for (int i = 0; i < 3; i++)
                v[i] = (struct effect_point) { (2022 + i) * 4, 4, 50, 500, 1000 };
        struct effect_series own = { v, 3 };
        struct effect e = effect_of(&arena, BENCHMARK_BINOMIAL, 100, &own, NULL, 0, 2024 * 4, 0);
        assert_int_equal(e.status, EFFECT_TOO_EARLY);
        assert_int_equal(e.before.quarters, 8);
        assert_int_equal(e.first_answer, 2025 * 4 + 3);
}

/* Paule and Mandel's tau2 with the interval of Hartung and Knapp, by hand: equal errors give the mean. */
static void pooling(void **state) {
        (void) state;
        double v[] = { 2, 4, 6 }, s[] = { 1, 1, 1 };
        struct effect_pool p = effect_pool(&arena, v, s, 3);
        assert_true(fabs(p.mean - 4) < 1e-9 && fabs(p.tau2 - 3) < 1e-6);
        assert_true(fabs(p.se - sqrt(4.0 / 3)) < 1e-6 && fabs(p.hi - (4 + 4.302653 * p.se)) < 1e-4);
        assert_true(isnan(effect_pool(&arena, v, s, 1).mean));
}

static void more_quarters_and_neighbours_see_less(void **state) {
        (void) state;
        struct town t = town(2);
        struct effect_plan p;
        assert_true(effect_plan(&arena, BENCHMARK_BINOMIAL, 100, &t.own, t.peers, 10, &p));
        assert_true(fabs(p.quarter_variance - 10000 * .52 * .48 / 400) < .1);
        assert_true(effect_reach(&p, 8, 1) < effect_reach(&p, 2, 1));
        assert_true(effect_reach(&p, 8, 4) < effect_reach(&p, 8, 1));
        int q = effect_quarters(&p, 6, 1);
        assert_true(q >= EFFECT_AFTER_LEAST && effect_reach(&p, q, 1) <= 6);
        assert_true(q == EFFECT_AFTER_LEAST || effect_reach(&p, q - 1, 1) > 6);
        assert_int_equal(effect_quarters(&p, .01, 1), 0);
        assert_false(effect_plan(&arena, BENCHMARK_NONE, 1, &t.own, t.peers, 10, &p));
        assert_false(effect_plan(&arena, BENCHMARK_BINOMIAL, 100, &t.own, t.peers, 3, &p));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_teardown(quarters_are_read_and_written, empty),
                cmocka_unit_test_teardown(a_clear_lead_is_better_and_a_small_one_is_not, empty),
                cmocka_unit_test_teardown(the_chances_of_both_sides_add_up_to_one, empty),
                cmocka_unit_test_teardown(few_cases_prove_nothing, empty),
                cmocka_unit_test_teardown(other_choices_are_never_called_better, empty),
                cmocka_unit_test_teardown(nobody_is_better_when_all_are_alike, empty),
                cmocka_unit_test_teardown(rates_compare_as_shares_do, empty),
                cmocka_unit_test_teardown(proven_survives_many_tests, empty),
                cmocka_unit_test_teardown(pairs_learn_from_each_other, empty),
                cmocka_unit_test_teardown(an_effect_is_what_peers_did_not_have, empty),
                cmocka_unit_test_teardown(no_effect_has_a_margin_around_nought, empty),
                cmocka_unit_test_teardown(too_early_says_when, empty),
                cmocka_unit_test_teardown(refusals, empty),
                cmocka_unit_test_teardown(years_count_whole, empty),
                cmocka_unit_test_teardown(pooling, empty),
                cmocka_unit_test_teardown(more_quarters_and_neighbours_see_less, empty),
        };
        return cmocka_run_group_tests_name("benchlearning-rules", tests, NULL, NULL);
}
