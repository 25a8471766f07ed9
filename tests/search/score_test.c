/* The measures give the numbers that they should, worked out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "score.h"

static void near(double x, double want) {
        if (fabs(x - want) > 1e-6)
                fail_msg("%.6f is not %.6f", x, want);
}

static void a_list_is_scored(void **state) {
        (void) state;
        struct judgement judged[] = { { 7, 1 }, { 8, 2 }, { 9, 1 } };
        struct question q = { .judged = { judged, 3, 3 } };
        struct ranking r = { .doc = { 1, 8, 7 }, .n = 3 };
        struct score s = score_of(&q, &r);
        /* (3/log2(3) + 1/log2(4)) over (3/log2(2) + 1/log2(3) + 1/log2(4)) */
        near(s.ndcg, (3 / log2(3) + 0.5) / (3 + 1 / log2(3) + 0.5));
        near(s.mrr, 0.5);
        near(s.hit, 1);
        near(s.recall, 2.0 / 3);
        r = (struct ranking) { .doc = { 8, 7, 9 }, .n = 3 };
        near(score_of(&q, &r).ndcg, 1);
        r.n = 0;
        near(score_of(&q, &r).ndcg + score_of(&q, &r).mrr, 0);
        r = (struct ranking) { .n = 20 };
        for (uint32_t i = 0; i < 20; i++)
                r.doc[i] = 20 + i;
        r.doc[10] = 8;                  /* the eleventh is no hit, but counts for MRR */
        near(score_of(&q, &r).ndcg + score_of(&q, &r).hit, 0);
        near(score_of(&q, &r).mrr, 1.0 / 11);
}

static void differences_are_tested(void **state) {
        (void) state;
        double better[40], worse[40], mixed[40];
        for (size_t i = 0; i < 40; i++) {
                better[i] = 0.6 + 0.01 * (double) (i % 7);
                worse[i] = 0.4 + 0.01 * (double) (i % 5);
                mixed[i] = better[i] + (i % 2 ? 0.1 : -0.1);
        }
        struct difference d = score_difference(better, worse, 40);
        assert_true(d.low > 0.15 && d.low < d.mean && d.mean < d.high && d.high < 0.25);
        assert_true(d.p < 0.001 && d.sign_p < 0.001);
        assert_int_equal(d.better, 40);
        d = score_difference(mixed, better, 40);
        near(d.mean, 0);
        assert_true(d.low < 0 && d.high > 0 && d.p > 0.5 && d.better == 20 && d.worse == 20);
        near(d.sign_p, 1);
        double x[] = { 1, 1, 1, 1, 1, 0 }, y[] = { 0, 0, 0, 0, 0, 0 };
        near(score_difference(x, y, 6).sign_p, 2.0 / 32);       /* five of five coins */
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(a_list_is_scored), cmocka_unit_test(differences_are_tested) };
        return cmocka_run_group_tests_name("search-score", tests, NULL, NULL);
}
