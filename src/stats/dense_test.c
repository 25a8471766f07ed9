#include "dense.h"
#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#define N 40

static double a[N * N], b[N * N], c[N * N], work[2 * N * N];

static void multiply(const double *left, const double *right, size_t n, double *out)
{
        for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n; j++) {
                        out[i * n + j] = 0;
                        for (size_t k = 0; k < n; k++)
                                out[i * n + j] += left[i * n + k] * right[k * n + j];
                }
}

/* m m' with m of the given rank: symmetric, not negative. */
static void random_square(double *out, size_t n, size_t rank)
{
        for (size_t i = 0; i < n * rank; i++)
                work[i] = oracle_uniform() - 0.5;
        for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n; j++)
                        out[i * n + j] = stats_dot(work + i * rank, work + j * rank, rank);
}

static double gap(const double *x, const double *y, size_t n)
{
        double worst = 0;
        for (size_t i = 0; i < n; i++)
                worst = fmax(worst, fabs(x[i] - y[i]));
        return worst;
}

static void test_eigen(void **state)
{
        (void) state;
        double m[] = { 2, 1, 1, 2 }, v[4];
        stats_eigen(m, v, 2);
        assert_true(fabs(fmin(m[0], m[3]) - 1) < 1e-15 && fabs(fmax(m[0], m[3]) - 3) < 1e-15);
        oracle_seed();
        for (size_t n = 1; n <= N; n += 13) {
                random_square(a, n, n);
                memcpy(b, a, sizeof a);
                stats_eigen(b, c, n);
                for (size_t j = 0; j < n; j++)
                        for (size_t i = 0; i < n; i++) {
                                double s = 0;
                                for (size_t k = 0; k < n; k++)
                                        s += a[i * n + k] * c[k * n + j];
                                assert_true(fabs(s - b[j * n + j] * c[i * n + j]) < 1e-13 * (double) n);
                        }
        }
}

/* With r the root: r a r is the projection on the range of a, also when a has no inverse. */
static void test_root_inverse(void **state)
{
        (void) state;
        oracle_seed();
        for (size_t rank = 1; rank <= 12; rank += 11) {
                double projection[144], twice[144];
                random_square(a, 12, rank);
                memcpy(b, a, sizeof b);
                stats_root_inverse(b, 12, work);
                multiply(b, a, 12, c);
                multiply(c, b, 12, projection);
                multiply(projection, projection, 12, twice);
                assert_true(gap(projection, twice, 144) < 1e-9);
                multiply(projection, a, 12, c);
                assert_true(gap(c, a, 144) < 1e-9);
                double trace = 0;
                for (size_t i = 0; i < 12; i++)
                        trace += projection[i * 13];
                assert_true(fabs(trace - (double) rank) < 1e-9);
        }
}

static void test_solve_and_invert(void **state)
{
        (void) state;
        double m[] = { 0, 2, 1, 1, 1, 0, 3, 0, 1 }, x[] = { 7, 3, 6 };          /* a zero in the first place needs a pivot */
        assert_true(stats_solve(m, x, 3));
        assert_true(fabs(x[0] - 1) < 1e-14 && fabs(x[1] - 2) < 1e-14 && fabs(x[2] - 3) < 1e-14);
        double flat[] = { 1, 2, 2, 4 }, z[] = { 1, 1 };
        assert_false(stats_solve(flat, z, 2));
        double flat_again[] = { 1, 2, 2, 4 }, log_det;
        assert_false(stats_invert(flat_again, 2, NULL, work));
        double p[] = { 4, 2, 2, 3 };
        assert_true(stats_invert(p, 2, &log_det, work));
        assert_true(fabs(log_det - log(8)) < 1e-14 && fabs(p[0] - 0.375) < 1e-15 && fabs(p[1] + 0.25) < 1e-15 && fabs(p[3] - 0.5) < 1e-15);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_eigen), cmocka_unit_test(test_root_inverse), cmocka_unit_test(test_solve_and_invert),
        };
        return cmocka_run_group_tests_name("stats-dense", tests, NULL, NULL);
}
