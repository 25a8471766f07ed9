#define MATHLIB_STANDALONE 1
#include "panels.h"
#include <Rmath.h>

#define NODES STATS_PANEL_NODES
#define DEPTH 32.0              /* a posterior ends where its log density lies this far below the top: 1e-14 */
#define PER_SIGMA 1.2           /* widest panel, in standard deviations of the narrowest posterior there */
#define PER_ORDER 4.0           /* and in standard deviations of an order statistic */

static const double place[NODES] = {
        -0.96028985649753623, -0.79666647741362674, -0.52553240991632899, -0.18343464249564980,
        0.18343464249564980, 0.52553240991632899, 0.79666647741362674, 0.96028985649753623,
};
static const double share[NODES] = {
        0.10122853629037626, 0.22238103445337447, 0.31370664587788729, 0.36268378337836198,
        0.36268378337836198, 0.31370664587788729, 0.22238103445337447, 0.10122853629037626,
};

bool stats_is_posterior(enum stats_family family, double a, double b)
{
        return isfinite(a) && isfinite(b) && b > 0 && (family == STATS_FAMILY_NORMAL || a > 0);
}

size_t stats_panels_scratch(size_t stride)
{
        return 7 * stride;
}

/* integral[k][l]: the integral from -1 to place[k] of the polynomial that is 1 at place[l] and 0 at the other nodes. */
static void integrate_polynomials(double integral[NODES][NODES])
{
        double legendre[NODES][NODES + 1];
        for (size_t k = 0; k < NODES; k++) {
                legendre[k][0] = 1;
                legendre[k][1] = place[k];
                for (size_t n = 1; n < NODES; n++) {
                        double d = (double) n;
                        legendre[k][n + 1] = ((2 * d + 1) * place[k] * legendre[k][n] - d * legendre[k][n - 1]) / (d + 1);
                }
        }
        for (size_t k = 0; k < NODES; k++)
                for (size_t l = 0; l < NODES; l++) {
                        double s = place[k] + 1;
                        for (size_t n = 1; n < NODES; n++)
                                s += legendre[l][n] * (legendre[k][n + 1] - legendre[k][n - 1]);
                        integral[k][l] = s * share[l] / 2;
                }
}

/* What all units share at a point x: log(1 + e^x), or e^x. */
static double shared_part(enum stats_family family, double x)
{
        if (family == STATS_FAMILY_BETA)
                return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
        return family == STATS_FAMILY_GAMMA ? exp(x) : 0;
}

static double log_density(const struct stats_panels *p, size_t i, double x, double part)
{
        if (p->family != STATS_FAMILY_NORMAL)
                return p->a[i] * x - p->c[i] * part - p->norm[i];
        double z = (x - p->a[i]) / p->c[i];
        return -z * z / 2 - p->norm[i];
}

static double log_slope(const struct stats_panels *p, size_t i, double x)
{
        return p->family == STATS_FAMILY_BETA ? p->a[i] - p->c[i] / (1 + exp(-x)) : p->a[i] - p->c[i] * exp(x);
}

/* Where a concave log density falls below floor: Newton from the side, which never passes the root once beyond it. */
static double end_of(const struct stats_panels *p, size_t i, double x, double floor)
{
        for (int round = 0; round < 60; round++) {
                double gap = log_density(p, i, x, shared_part(p->family, x)) - floor, step = gap / log_slope(p, i, x);
                x -= step;
                if (!(fabs(step) > 1e-3 * p->sigma[i]))
                        break;
        }
        return x;
}

static void place_unit(struct stats_panels *p, size_t i, double a, double b)
{
        p->a[i] = a;
        p->c[i] = p->family == STATS_FAMILY_BETA ? a + b : b;
        p->sum[i] = 0;
        if (p->family == STATS_FAMILY_NORMAL) {
                p->norm[i] = log(b) + M_LN_SQRT_2PI;
                p->sigma[i] = b;
                p->lo[i] = a - b * sqrt(2 * DEPTH);
                p->hi[i] = a + b * sqrt(2 * DEPTH);
                return;
        }
        double mode = log(a / b);
        p->norm[i] = p->family == STATS_FAMILY_BETA ? lbeta(a, b) : lgammafn(a) - a * log(b);
        p->sigma[i] = p->family == STATS_FAMILY_BETA ? sqrt(1 / a + 1 / b) : 1 / sqrt(a);
        double floor = log_density(p, i, mode, shared_part(p->family, mode)) - DEPTH;
        p->lo[i] = end_of(p, i, mode - 8 * p->sigma[i], floor);
        p->hi[i] = end_of(p, i, mode + 8 * p->sigma[i], floor);
}

void stats_panels_start(struct stats_panels *p, enum stats_family family, const double *a, const double *b, size_t k, size_t stride,
        double *scratch)
{
        *p = (struct stats_panels) { .family = family, .k = k, .stride = stride, .at = HUGE_VAL, .end = -HUGE_VAL, .finest = HUGE_VAL };
        double **array[] = { &p->a, &p->c, &p->norm, &p->sigma, &p->lo, &p->hi, &p->sum };
        for (size_t s = 0; s < sizeof array / sizeof *array; s++)
                *array[s] = scratch + s * stride;
        for (size_t i = 0; i < k; i++) {
                place_unit(p, i, a[i], b[i]);
                p->at = fmin(p->at, p->lo[i]);
                p->end = fmax(p->end, p->hi[i]);
        }
        integrate_polynomials(p->integral);
}

/* The widest step from here that still does right to every unit; the answer does not depend on their order. */
static double width_here(const struct stats_panels *p)
{
        double width = p->finest;
        for (size_t i = 0; i < p->k; i++)
                if (p->hi[i] > p->at)
                        width = fmin(width, fmax(PER_SIGMA * p->sigma[i], p->lo[i] - p->at));
        return width;
}

/* An order statistic varies by about sd(number below)/sum of densities; the next panel may be a few times as wide. */
static void look_ahead(struct stats_panels *p, const double *mass, const double *below, double scale)
{
        double variance = 0, density = 0;
        for (size_t i = 0; i < p->k; i++) {
                double f = below[(NODES - 1) * p->stride + i];
                variance += f * (1 - f);
                density += mass[(NODES - 1) * p->stride + i] / scale;
        }
        p->finest = density > 0 ? PER_ORDER * sqrt(variance) / density : HUGE_VAL;
        if (!(p->finest > 0))
                p->finest = HUGE_VAL;
}

bool stats_panels_next(struct stats_panels *p, double *mass, double *below)
{
        if (!(p->at < p->end))
                return false;
        double width = width_here(p), half = width / 2, density[NODES], part[NODES], x[NODES];
        for (size_t g = 0; g < NODES; g++) {
                x[g] = p->at + half * (1 + place[g]);
                part[g] = shared_part(p->family, x[g]);
        }
        for (size_t i = 0; i < p->k; i++) {
                bool outside = p->hi[i] <= p->at || p->lo[i] >= p->at + width;
                double total = 0;
                for (size_t g = 0; g < NODES; g++) {
                        density[g] = outside ? 0 : half * exp(log_density(p, i, x[g], part[g]));
                        total += mass[g * p->stride + i] = share[g] * density[g];
                }
                for (size_t g = 0; g < NODES; g++) {
                        double f = p->hi[i] <= p->at ? 1 : p->sum[i];
                        for (size_t l = 0; l < NODES && !outside; l++)
                                f += p->integral[g][l] * density[l];
                        below[g * p->stride + i] = stats_clamp(f, 0, 1);
                }
                p->sum[i] += total;
        }
        look_ahead(p, mass, below, share[NODES - 1] * half);
        double next = p->at + width;
        p->at = next > p->at ? next : p->end;
        return true;
}
