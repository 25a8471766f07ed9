#define MATHLIB_STANDALONE 1
#include "few.h"
#include "quantile.h"
#include <Rmath.h>

#define SHRINKS 24              /* points of B */
#define MEANS 25                /* points of mu for each B */
#define NODES (SHRINKS * MEANS)

/* A prior and its share of the posterior. */
struct node {
        double mu, m, weight;
};

static bool is_unit(double x, double n)
{
        return stats_is_count(x) && stats_is_count(n) && n > 0 && x <= n;
}

size_t stats_few_scratch(size_t k)
{
        return k + NODES * sizeof(struct node) / sizeof(double);
}

/* M stays moderate (below 50 times the median n), so these differences do not cancel. */
static double log_likelihood(const double *x, const double *n, size_t k, double mu, double m)
{
        double a = mu * m, b = (1 - mu) * m, s = 0, base = lbeta(a, b);
        for (size_t i = 0; i < k; i++)
                if (is_unit(x[i], n[i]))
                        s += lbeta(a + x[i], b + n[i] - x[i]) - base;
        return s;
}

/* Standard error of logit mu for a given rho, from the sizes of the units. */
static double logit_error(const double *x, const double *n, size_t k, double p, double rho)
{
        double information = 0;
        for (size_t i = 0; i < k; i++)
                if (is_unit(x[i], n[i]))
                        information += n[i] / (1 + (n[i] - 1) * rho);
        return 1 / sqrt(information * p * (1 - p));
}

/* The grid: even steps of B, and for each even steps of logit mu to 6 standard errors on both sides. Weights sum to 1. */
static void fill_grid(const double *x, const double *n, size_t k, double p, double n0, struct node *grid)
{
        double top = -HUGE_VAL, sum = 0;
        for (size_t s = 0; s < SHRINKS; s++) {
                double shrink = ((double) s + 0.5) / SHRINKS, m = n0 * shrink / (1 - shrink), step = logit_error(x, n, k, p, 1 / (1 + m)) / 2;
                for (size_t j = 0; j < MEANS; j++) {
                        double logit = log(p / (1 - p)) + step * ((double) j - (MEANS - 1) / 2.0), mu = 1 / (1 + exp(-logit));
                        struct node *g = &grid[s * MEANS + j];
                        *g = (struct node) { mu, m, log_likelihood(x, n, k, mu, m) + log(mu * (1 - mu)) / 2 + log(step) };
                        top = fmax(top, g->weight);
                }
        }
        for (size_t g = 0; g < NODES; g++)
                sum += grid[g].weight = exp(grid[g].weight - top);
        for (size_t g = 0; g < NODES; g++)
                grid[g].weight /= sum;
}

static struct stats_few_unit unit_of(const struct node *grid, double x, double n, double conf)
{
        struct stats_few_unit u = { 0 };
        double square = 0;
        for (size_t g = 0; g < NODES; g++) {
                double a = grid[g].mu * grid[g].m + x, total = grid[g].m + n, mean = a / total;
                u.mean += grid[g].weight * mean;
                square += grid[g].weight * (mean * (1 - mean) / (total + 1) + mean * mean);
                u.weight += grid[g].weight * n / total;
                if (grid[g].weight > 1e-14)
                        u.above += grid[g].weight * pbeta(grid[g].mu, a, total - a, 0, 0);
        }
        double variance = square - u.mean * u.mean, size = u.mean * (1 - u.mean) / variance - 1;
        u.sd = sqrt(variance);
        u.a = u.mean * size;
        u.b = (1 - u.mean) * size;
        u.interval = (struct stats_interval) { qbeta((1 - conf) / 2, u.a, u.b, 1, 0), qbeta((1 - conf) / 2, u.a, u.b, 0, 0) };
        return u;
}

/* rho falls with B: its quantiles are those of B from the other side. */
static void summarise(const struct node *grid, struct stats_few *f)
{
        double so_far = 0;
        f->mu = f->rho = 0;
        for (size_t s = SHRINKS; s-- > 0;) {
                double weight = 0, rho = 1 / (1 + grid[s * MEANS].m);
                for (size_t j = 0; j < MEANS; j++) {
                        weight += grid[s * MEANS + j].weight;
                        f->mu += grid[s * MEANS + j].weight * grid[s * MEANS + j].mu;
                }
                f->rho += weight * rho;
                if (isnan(f->rho95.lo) && so_far + weight >= STATS_TAIL_95)
                        f->rho95.lo = rho;
                so_far += weight;
                if (isnan(f->rho95.hi) && so_far >= 1 - STATS_TAIL_95)
                        f->rho95.hi = rho;
        }
}

struct stats_few stats_few_share(const double *x, const double *n, size_t k, double conf, struct stats_few_unit *out, double *scratch)
{
        struct stats_few f = { 0, STATS_NONE, STATS_NONE, stats_no_interval() };
        struct node *grid = (struct node *) (void *) scratch;
        double *sizes = scratch + NODES * sizeof *grid / sizeof *scratch, sum_x = 0, sum_n = 0;
        for (size_t i = 0; i < k; i++) {
                out[i] = (struct stats_few_unit) {
                        STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, stats_no_interval(),
                };
                if (!is_unit(x[i], n[i]))
                        continue;
                sum_x += x[i];
                sum_n += n[i];
                sizes[f.k++] = n[i];
        }
        if (f.k == 0 || !(conf > 0 && conf < 1))
                return f;
        stats_sort(sizes, f.k);
        fill_grid(x, n, k, (sum_x + 0.5) / (sum_n + 1), stats_quantile_sorted(sizes, f.k, 0.5, 7), grid);
        summarise(grid, &f);
        for (size_t i = 0; i < k; i++)
                if (is_unit(x[i], n[i]))
                        out[i] = unit_of(grid, x[i], n[i], conf);
        return f;
}
