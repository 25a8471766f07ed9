#include "cluster.h"
#include "dense.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define ROWS 36
#define UNITS 6
#define COLUMNS (3 + UNITS)

/* Two covariates, the constant, and a column for each unit but the first: columns 3 .. 3 + UNITS - 2. */
static double x[COLUMNS * ROWS], y[ROWS], weight[ROWS], phi[ROWS];
static size_t cluster[ROWS], group[ROWS];
static double scratch[20000];
static size_t places[1000];

static void draw(void)
{
        for (size_t i = 0; i < ROWS; i++) {
                cluster[i] = i % 7 == 0 ? 0 : i % UNITS;
                group[i] = cluster[i];
                weight[i] = 0.5 + 3 * oracle_uniform();
                phi[i] = 0.5 + oracle_uniform();
                x[i] = oracle_uniform();
                x[ROWS + i] = oracle_uniform() + (double) cluster[i];
                x[2 * ROWS + i] = 1;
                for (size_t u = 1; u < UNITS; u++)
                        x[(2 + u) * ROWS + i] = cluster[i] == u;
                y[i] = 2 * x[i] + (double) cluster[i] + oracle_uniform();
        }
}

static struct stats_panel panel(size_t columns, bool absorb, bool weights, bool spread)
{
        return (struct stats_panel) {
                .n = ROWS, .columns = columns, .y = y, .x = x, .weight = weights ? weight : NULL, .phi = spread ? phi : NULL,
                .cluster = cluster, .clusters = UNITS, .group = absorb ? group : NULL, .groups = absorb ? UNITS : 0,
        };
}

static struct stats_effect effect(const struct stats_panel *p, enum stats_robust type, size_t column)
{
        struct stats_fit f;
        assert_true(stats_fit_scratch(p) < 10000 && stats_fit_places(p) < 1000);
        assert_true(stats_fit(&f, p, scratch, places));
        assert_true(stats_effect_scratch(&f) < 10000);
        return stats_effect(&f, type, column, 0.95, scratch + 10000);
}

/* The formulas written out with all rows at once. */
struct by_hand {
        double m[COLUMNS * COLUMNS], keep[ROWS * ROWS], spread[ROWS * ROWS], beta[COLUMNS], e[ROWS];
        size_t p;
};

static double w_of(const struct stats_panel *p, size_t i)
{
        return p->weight ? p->weight[i] : 1;
}

static double phi_of(const struct stats_panel *p, size_t i)
{
        return p->phi ? p->phi[i] : 1;
}

static void write_out(const struct stats_panel *p, struct by_hand *b)
{
        double work[COLUMNS * COLUMNS];
        size_t c = b->p = p->columns;
        for (size_t k = 0; k < c; k++)
                for (size_t l = 0; l < c; l++) {
                        b->m[k * c + l] = 0;
                        for (size_t i = 0; i < ROWS; i++)
                                b->m[k * c + l] += w_of(p, i) * x[k * ROWS + i] * x[l * ROWS + i];
                }
        assert_true(stats_invert(b->m, c, NULL, work));
        for (size_t i = 0; i < ROWS; i++) {
                b->e[i] = 0;
                for (size_t j = 0; j < ROWS; j++) {
                        double hat = 0;
                        for (size_t k = 0; k < c; k++)
                                for (size_t l = 0; l < c; l++)
                                        hat += x[k * ROWS + i] * b->m[k * c + l] * x[l * ROWS + j] * w_of(p, j);
                        b->keep[i * ROWS + j] = (i == j) - hat;
                        b->e[i] += b->keep[i * ROWS + j] * y[j];
                }
        }
        for (size_t i = 0; i < ROWS; i++)
                for (size_t j = 0; j < ROWS; j++) {
                        b->spread[i * ROWS + j] = 0;
                        for (size_t r = 0; r < ROWS; r++)
                                b->spread[i * ROWS + j] += b->keep[i * ROWS + r] * phi_of(p, r) * b->keep[j * ROWS + r];
                }
}

/* s = A' W X M e_column for the rows of cluster g; 0 elsewhere. */
static void adjusted(const struct stats_panel *p, const struct by_hand *b, size_t g, size_t column, double *s)
{
        size_t row[ROWS], m = 0;
        double a[ROWS * ROWS], work[2 * ROWS * ROWS], in[ROWS];
        for (size_t i = 0; i < ROWS; i++) {
                s[i] = 0;
                if (cluster[i] == g)
                        row[m++] = i;
        }
        for (size_t i = 0; i < m; i++) {
                in[i] = 0;
                for (size_t k = 0; k < b->p; k++)
                        in[i] += sqrt(phi_of(p, row[i])) * w_of(p, row[i]) * x[k * ROWS + row[i]] * b->m[k * b->p + column];
                for (size_t j = 0; j < m; j++)
                        a[i * m + j] = sqrt(phi_of(p, row[i]) * phi_of(p, row[j])) * b->spread[row[i] * ROWS + row[j]];
        }
        stats_root_inverse(a, m, work);
        for (size_t i = 0; i < m; i++)
                for (size_t j = 0; j < m; j++)
                        s[row[i]] += sqrt(phi_of(p, row[i])) * a[i * m + j] * in[j];
}

static void same_as_by_hand(const struct stats_panel *p, const struct stats_panel *dummies, size_t column)
{
        static struct by_hand b;
        double s[UNITS][ROWS], variance = 0, trace = 0, square = 0;
        write_out(dummies, &b);
        for (size_t g = 0; g < UNITS; g++) {
                adjusted(dummies, &b, g, column, s[g]);
                double score = stats_dot(s[g], b.e, ROWS);
                variance += score * score;
        }
        for (size_t g = 0; g < UNITS; g++)
                for (size_t h = 0; h < UNITS; h++) {
                        double both = 0;
                        for (size_t i = 0; i < ROWS; i++)
                                both += s[g][i] * stats_dot(b.spread + i * ROWS, s[h], ROWS);
                        trace += g == h ? both : 0;
                        square += both * both;
                }
        struct stats_effect got = effect(p, STATS_ROBUST_CR2, column);
        assert_true(fabs(got.se / sqrt(variance) - 1) < 1e-9);
        assert_true(fabs(got.df / (trace * trace / square) - 1) < 1e-8);
}

/* CR2 and its degrees of freedom against the formulas written out, with and without weights, working variance and absorbed units. */
static void test_cr2_by_hand(void **state)
{
        (void) state;
        oracle_seed();
        for (int round = 0; round < 20; round++) {
                draw();
                bool weights = round & 1, spread = round & 2;
                struct stats_panel plain = panel(3, false, weights, spread), absorbed = panel(2, true, weights, spread);
                struct stats_panel dummies = panel(2 + UNITS, false, weights, spread);
                for (size_t column = 0; column < 2; column++) {
                        same_as_by_hand(&plain, &plain, column);
                        same_as_by_hand(&dummies, &dummies, column);
                        same_as_by_hand(&absorbed, &dummies, column);
                }
        }
}

/* Absorbing the units or giving a column to each is the same for every type; CR3 exists for neither. */
static void test_absorbed_is_dummies(void **state)
{
        (void) state;
        oracle_seed();
        draw();
        struct stats_panel absorbed = panel(2, true, true, false), dummies = panel(2 + UNITS, false, true, false);
        for (enum stats_robust type = STATS_ROBUST_NONE; type <= STATS_ROBUST_CR2; type++) {
                struct stats_effect a = effect(&absorbed, type, 0), b = effect(&dummies, type, 0);
                assert_true(fabs(a.estimate - b.estimate) < 1e-12 && fabs(a.se - b.se) < 1e-12 && fabs(a.df - b.df) < 1e-8);
                assert_true(fabs(a.p - b.p) < 1e-10 && a.interval.lo < a.estimate && a.interval.hi > a.estimate);
        }
        assert_int_equal(effect(&absorbed, STATS_ROBUST_CR3, 0).verdict, STATS_EFFECT_SINGULAR);
        assert_int_equal(effect(&dummies, STATS_ROBUST_CR3, 0).verdict, STATS_EFFECT_SINGULAR);
}

/* With a cluster of its own for each row CR2 is HC2 and CR3 is HC3, which have a formula of one line. */
static void test_single_rows(void **state)
{
        (void) state;
        const double t[] = { 0, 1, 2, 3, 7 }, v[] = { 1, 2, 2, 5, 6 };
        for (size_t i = 0; i < 5; i++) {
                x[i] = 1, x[5 + i] = t[i], y[i] = v[i];
                cluster[i] = i;
        }
        struct stats_panel p = { .n = 5, .columns = 2, .y = y, .x = x, .cluster = cluster, .clusters = 5 };
        double mean = 2.6, ssx = 29.2, slope = 0, hc2 = 0, hc3 = 0;
        for (size_t i = 0; i < 5; i++)
                slope += (t[i] - mean) * v[i] / ssx;
        for (size_t i = 0; i < 5; i++) {
                double d = t[i] - mean, e = v[i] - 3.2 - slope * d, left = 1 - 0.2 - d * d / ssx;
                hc2 += d * d * e * e / left / ssx / ssx;
                hc3 += d * d * e * e / left / left / ssx / ssx;
        }
        assert_true(fabs(effect(&p, STATS_ROBUST_CR2, 1).estimate - slope) < 1e-14);
        assert_true(fabs(effect(&p, STATS_ROBUST_CR2, 1).se - sqrt(hc2)) < 1e-13);
        assert_true(fabs(effect(&p, STATS_ROBUST_CR3, 1).se - sqrt(hc3)) < 1e-13);
}

static void test_refusals(void **state)
{
        (void) state;
        oracle_seed();
        draw();
        struct stats_panel p = panel(3, false, false, false), q;
        memcpy(x + ROWS, x, ROWS * sizeof *x);          /* the second covariate is the first */
        assert_int_equal(effect(&p, STATS_ROBUST_CR2, 1).verdict, STATS_EFFECT_NOT_IDENTIFIED);
        assert_true(effect(&p, STATS_ROBUST_CR2, 0).se > 0);
        draw();
        double before = effect(&p, STATS_ROBUST_CR1, 0).estimate;
        y[3] = STATS_NONE;
        double after = effect(&p, STATS_ROBUST_CR1, 0).estimate;
        assert_true(isfinite(after) && before != after);
        q = panel(2, true, false, false);
        group[0] = 1;                                   /* a group in two clusters */
        struct stats_fit f;
        assert_false(stats_fit(&f, &q, scratch, places));
        for (size_t i = 0; i < ROWS; i++)
                cluster[i] = 2;
        assert_int_equal(effect(&p, STATS_ROBUST_CR1, 0).verdict, STATS_EFFECT_ONE_CLUSTER);
        assert_true(isnan(effect(&p, STATS_ROBUST_CR1, 0).se) && isnan(effect(&p, STATS_ROBUST_CR2, 0).se));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_cr2_by_hand), cmocka_unit_test(test_absorbed_is_dummies), cmocka_unit_test(test_single_rows),
                cmocka_unit_test(test_refusals),
        };
        return cmocka_run_group_tests_name("stats-cluster", tests, NULL, NULL);
}
