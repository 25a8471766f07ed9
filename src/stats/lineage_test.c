#include "lineage.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define AREAS 8

static double weight[AREAS], work[AREAS];

static enum stats_lineage_error check(const struct stats_edge *e, size_t n, size_t *at)
{
        return stats_lineage_check(e, n, AREAS, at, work);
}

static void test_errors(void **state)
{
        (void) state;
        size_t at;
        struct stats_edge none[] = { { 1, 0, 1, 0.5 }, { 1, 0, 2, STATS_NONE } };
        assert_int_equal(check(none, 2, &at), STATS_LINEAGE_NO_SHARE);
        assert_int_equal(check(none, 0, NULL), STATS_LINEAGE_OK);
        none[1].share = 0.4;
        assert_int_equal(check(none, 2, &at), STATS_LINEAGE_NOT_ONE);
        none[1].share = 0.5;
        assert_int_equal(check(none, 2, &at), STATS_LINEAGE_OK);
        none[1].day = 2;                /* another day: half of it is nowhere */
        assert_int_equal(check(none, 2, &at), STATS_LINEAGE_NOT_ONE);
        none[1] = (struct stats_edge) { 2, 1, AREAS, 1 };
        assert_int_equal(check(none, 2, &at), STATS_LINEAGE_NO_AREA);
        assert_int_equal(at, 1);
        struct stats_edge ring[] = { { 1, 0, 1, 1 }, { 2, 1, 2, STATS_NONE }, { 3, 2, 0, 1 } };
        assert_int_equal(check(ring, 3, &at), STATS_LINEAGE_CYCLE);
        assert_int_equal(check(ring, 2, &at), STATS_LINEAGE_OK);
        struct stats_edge bad[] = { { 1, 0, 1, 1.5 }, { 1, 0, 2, -0.5 } };
        assert_int_equal(check(bad, 2, &at), STATS_LINEAGE_NO_SHARE);
        /* gives a part away and lives on */
        struct stats_edge self[] = { { 1, 0, 0, 0.9 }, { 1, 0, 1, 0.1 } };
        assert_int_equal(check(self, 2, &at), STATS_LINEAGE_OK);
}

static void test_two_steps(void **state)
{
        (void) state;
        /* day 1: 0 is split over 1 (.4) and 2 (.6); day 2: 1 and 3 become 4, which is new */
        const struct stats_edge e[] = { { 2, 1, 4, 1 }, { 1, 0, 1, 0.4 }, { 1, 0, 2, 0.6 }, { 2, 3, 4, STATS_NONE } };
        const int64_t begin[AREAS] = { [4] = 2, [5] = 9 };
        assert_int_equal(stats_lineage_weights(e, 4, AREAS, begin, 4, 0, 2, weight, work), 3);
        assert_true(weight[0] == 0.4 && weight[1] == 1 && weight[3] == 1 && weight[4] == 0 && weight[2] == 0);
        assert_int_equal(stats_lineage_weights(e, 4, AREAS, begin, 4, 1, 2, weight, work), 2);
        assert_true(weight[0] == 0);
        assert_int_equal(stats_lineage_weights(e, 4, AREAS, begin, 4, 2, 2, weight, work), 1);
        assert_true(weight[4] == 1);
        assert_int_equal(stats_lineage_weights(e, 4, AREAS, begin, 2, 0, 2, weight, work), 2);
        assert_true(weight[0] == 0.6 && weight[2] == 1);
        assert_int_equal(stats_lineage_weights(e, 4, AREAS, begin, 5, 0, 2, weight, work), 0);
        assert_int_equal(stats_lineage_weights(e, 0, AREAS, begin, 5, 0, 2, weight, work), 0);  /* no edges at all */
        /* border change: 6 keeps 90% and gives 10% to 7 */
        const struct stats_edge b[] = { { 1, 6, 6, 0.9 }, { 1, 6, 7, 0.1 } };
        assert_int_equal(stats_lineage_weights(b, 2, AREAS, NULL, 6, 0, 1, weight, work), 1);
        assert_true(weight[6] == 0.9);
        assert_int_equal(stats_lineage_weights(b, 2, AREAS, NULL, 7, 0, 1, weight, work), 2);
        assert_true(weight[6] == 0.1 && weight[7] == 1);
}

/* Whatever happened, every former area ends up somewhere, in full. */
static void test_nothing_is_lost(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 500; round++) {
                struct stats_edge e[16];
                size_t n = 0;
                for (size_t from = 0; from + 2 < AREAS; from++) {       /* only to higher numbers: no cycle */
                        double s = 0.1 + 0.8 * oracle_uniform(), lucky = oracle_uniform();
                        int64_t day = (int64_t) from + 1;       /* along any way later and later */
                        size_t to = (size_t) oracle_integer((double) from + 1, AREAS - 2);
                        if (lucky < 0.3)
                                continue;
                        e[n++] = (struct stats_edge) { day, from, to, lucky < 0.6 ? 1 : s };
                        if (lucky >= 0.6)
                                e[n++] = (struct stats_edge) { day, from, to + 1, 1 - s };
                }
                assert_int_equal(check(e, n, NULL), STATS_LINEAGE_OK);
                double total[AREAS] = { 0 };
                for (size_t target = 0; target < AREAS; target++) {
                        stats_lineage_weights(e, n, AREAS, NULL, target, 0, 9, weight, work);
                        /* an area that ended is no target */
                        bool ended = false;
                        for (size_t i = 0; i < n; i++)
                                ended = ended || e[i].from == target;
                        for (size_t a = 0; a < AREAS && !ended; a++)
                                total[a] += weight[a];
                }
                for (size_t a = 0; a < AREAS; a++)
                        assert_true(fabs(total[a] - 1) < 1e-9);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_errors), cmocka_unit_test(test_two_steps), cmocka_unit_test(test_nothing_is_lost),
        };
        return cmocka_run_group_tests_name("stats-lineage", tests, NULL, NULL);
}
