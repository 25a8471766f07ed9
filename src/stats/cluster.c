#define MATHLIB_STANDALONE 1
#include "cluster.h"
#include "dense.h"
#include <Rmath.h>

#define DEPENDENT 1e-9          /* a column whose rest is this small beside itself follows from the earlier ones */

size_t stats_fit_scratch(const struct stats_panel *p)
{
        return p->n * (p->columns + 4) + 2 * p->columns * p->columns + 2 * p->columns + p->groups;
}

size_t stats_fit_places(const struct stats_panel *p)
{
        return 2 * p->n + p->clusters + 1 + p->columns + p->groups;
}

static bool complete(const struct stats_panel *p, size_t i)
{
        bool ok = isfinite(p->y[i]) && p->cluster[i] < p->clusters && (!p->group || p->group[i] < p->groups);
        if (p->weight)
                ok = ok && isfinite(p->weight[i]) && p->weight[i] > 0;
        if (p->phi)
                ok = ok && isfinite(p->phi[i]) && p->phi[i] > 0;
        for (size_t c = 0; c < p->columns; c++)
                ok = ok && isfinite(p->x[c * p->n + i]);
        return ok;
}

/* Rows by cluster: row[start[g] .. start[g + 1]). */
static void sort_rows(struct stats_fit *f, const struct stats_panel *p, size_t *row)
{
        for (size_t g = 0; g <= p->clusters; g++)
                f->start[g] = 0;
        for (size_t i = 0; i < p->n; i++)
                if (complete(p, i))
                        f->start[p->cluster[i] + 1]++;
        for (size_t g = 0; g < p->clusters; g++) {
                size_t size = f->start[g + 1];
                f->clusters += size > 0;
                f->largest = size > f->largest ? size : f->largest;
                f->start[g + 1] += f->start[g];
        }
        f->rows = f->start[p->clusters];
        for (size_t i = 0; i < p->n; i++)
                if (complete(p, i))
                        row[f->start[p->cluster[i]]++] = i;
        for (size_t g = p->clusters; g > 0; g--)
                f->start[g] = f->start[g - 1];
        f->start[0] = 0;
}

/* Takes the weighted mean of each absorbed group away. */
static void take_means(const struct stats_fit *f, size_t groups, double *v, double *mean, double *total)
{
        for (size_t g = 0; g < groups; g++)
                mean[g] = total[g] = 0;
        for (size_t i = 0; i < f->rows && groups; i++) {
                mean[f->group[i]] += f->weight[i] * v[i];
                total[f->group[i]] += f->weight[i];
        }
        for (size_t i = 0; i < f->rows && groups; i++)
                v[i] -= mean[f->group[i]] / total[f->group[i]];
}

static double weighted(const double *w, const double *a, const double *b, size_t n)
{
        double s = 0;
        for (size_t i = 0; i < n; i++)
                s += w[i] * a[i] * b[i];
        return s;
}

/* Gram-Schmidt, twice over, in the inner product of the weights: column = basis * triangle. */
static void add_to_basis(struct stats_fit *f, size_t column, double *v, double before)
{
        double *r = f->triangle + column * f->columns;          /* r[j]: share of basis vector j in this column */
        for (size_t j = 0; j < f->columns; j++)
                r[j] = 0;
        for (int round = 0; round < 2; round++)
                for (size_t j = 0; j < f->rank; j++) {
                        const double *u = f->basis + j * f->rows;
                        double part = weighted(f->weight, u, v, f->rows);
                        r[j] += part;
                        for (size_t i = 0; i < f->rows; i++)
                                v[i] -= part * u[i];
                }
        double size = sqrt(weighted(f->weight, v, v, f->rows));
        if (!(size > DEPENDENT * before))
                return;
        r[f->rank] = size;
        for (size_t i = 0; i < f->rows; i++)
                v[i] /= size;
        f->kept[f->rank++] = column;
}

/* Residuals, coefficients by back substitution, and Q = U' W Phi W U. */
static void finish(struct stats_fit *f, double *scores)
{
        size_t n = f->rows;
        for (size_t j = 0; j < f->rank; j++) {
                const double *u = f->basis + j * n;
                scores[j] = weighted(f->weight, u, f->residual, n);
                for (size_t i = 0; i < n; i++)
                        f->residual[i] -= scores[j] * u[i];
        }
        for (size_t c = 0; c < f->columns; c++)
                f->coefficient[c] = STATS_NONE;
        for (size_t j = f->rank; j-- > 0;) {
                double s = scores[j];
                for (size_t l = j + 1; l < f->rank; l++)
                        s -= f->triangle[f->kept[l] * f->columns + j] * f->coefficient[f->kept[l]];
                f->coefficient[f->kept[j]] = s / f->triangle[f->kept[j] * f->columns + j];
        }
        for (size_t j = 0; j < f->rank; j++)
                for (size_t l = 0; l <= j; l++) {
                        double s = 0;
                        for (size_t i = 0; i < n; i++)
                                s += f->basis[j * n + i] * f->basis[l * n + i] * f->weight[i] * f->weight[i] * f->phi[i];
                        f->spread[j * f->columns + l] = f->spread[l * f->columns + j] = s;
                }
        double left = (double) n - (double) f->rank - (double) f->groups;
        f->sigma2 = left > 0 ? weighted(f->weight, f->residual, f->residual, n) / left : STATS_NONE;
}

/* Which group each row is in; false when one lies in two clusters. */
static bool place_groups(struct stats_fit *f, const struct stats_panel *p, const size_t *row, size_t *home)
{
        for (size_t g = 0; g < p->groups; g++)
                home[g] = p->clusters;
        for (size_t i = 0; i < f->rows; i++) {
                f->group[i] = p->group ? p->group[row[i]] : 0;
                if (!p->group)
                        continue;
                size_t *at = &home[f->group[i]];
                f->groups += *at == p->clusters;
                if (*at != p->clusters && *at != p->cluster[row[i]])
                        return false;
                *at = p->cluster[row[i]];
        }
        return true;
}

bool stats_fit(struct stats_fit *f, const struct stats_panel *p, double *scratch, size_t *places)
{
        size_t n = p->n, c = p->columns, *row = places, *home;
        *f = (struct stats_fit) { .columns = c, .all_clusters = p->clusters };
        f->group = row + n;
        f->start = f->group + n;
        f->kept = f->start + p->clusters + 1;
        home = f->kept + c;
        f->basis = scratch;
        f->weight = f->basis + n * c;
        f->phi = f->weight + n;
        f->residual = f->phi + n;
        f->triangle = f->residual + n;
        f->spread = f->triangle + c * c;
        f->coefficient = f->spread + c * c;
        double *scores = f->coefficient + c, *mean = scores + c, *total = mean + p->groups;
        sort_rows(f, p, row);
        if (f->rows == 0 || !place_groups(f, p, row, home))
                return false;
        for (size_t i = 0; i < f->rows; i++) {
                f->weight[i] = p->weight ? p->weight[row[i]] : 1;
                f->phi[i] = p->phi ? p->phi[row[i]] : 1;
                f->residual[i] = p->y[row[i]];
        }
        f->size = sqrt(weighted(f->weight, f->residual, f->residual, f->rows));
        size_t groups = p->group ? p->groups : 0;
        take_means(f, groups, f->residual, mean, total);
        for (size_t k = 0; k < c; k++) {
                double *v = f->basis + f->rank * f->rows;
                for (size_t i = 0; i < f->rows; i++)
                        v[i] = p->x[k * n + row[i]];
                double before = sqrt(weighted(f->weight, v, v, f->rows));
                take_means(f, groups, v, mean, total);
                add_to_basis(f, k, v, before);
        }
        finish(f, scores);
        return true;
}

struct stats_effect stats_effect_test(double estimate, double se, double df, double conf)
{
        struct stats_effect e = { estimate, se, df, STATS_NONE, STATS_NONE, stats_no_interval(), STATS_EFFECT_OK };
        if (isnan(estimate))
                e.verdict = STATS_EFFECT_NOT_IDENTIFIED;
        else if (!(df > 0) || isnan(se))
                e.verdict = STATS_EFFECT_ONE_CLUSTER;
        if (e.verdict != STATS_EFFECT_OK)
                return e;
        bool normal = isinf(df);
        if (se > 0) {
                e.t = estimate / se;
                e.p = 2 * (normal ? pnorm(-fabs(e.t), 0, 1, 1, 0) : pt(-fabs(e.t), df, 1, 0));
        }
        double half = se * (normal ? qnorm(0.5 + conf / 2, 0, 1, 1, 0) : qt(0.5 + conf / 2, df, 1, 0));
        e.interval = (struct stats_interval) { estimate - half, estimate + half };
        e.verdict = df < 5 ? STATS_EFFECT_TOO_FEW : STATS_EFFECT_OK;
        return e;
}
