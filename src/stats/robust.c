/* Cluster-robust standard errors of a fit; declared in cluster.h. */
#include "cluster.h"
#include "dense.h"

/* Sums of products are right to about this share of their largest part. */
#define ROUNDING 1e-13

/* One cluster: m rows from `first` on, and room for what is done with them. */
struct block {
        const struct stats_fit *f;
        size_t first, m;
        double *keep;           /* R: takes the means of absorbed groups away, m x m */
        double *matrix;         /* (I - H) Phi (I - H)', then its root, m x m */
        double *work;           /* 2 m m */
};

static double at(const struct block *b, size_t j, size_t i)
{
        return b->f->basis[j * b->f->rows + b->first + i];
}

static void fill_keep(struct block *b)
{
        const struct stats_fit *f = b->f;
        for (size_t i = 0; i < b->m; i++) {
                double total = 0;
                for (size_t j = 0; j < b->m; j++)
                        if (f->group[b->first + i] == f->group[b->first + j])
                                total += f->weight[b->first + j];
                for (size_t j = 0; j < b->m; j++) {
                        bool same = f->groups > 0 && f->group[b->first + i] == f->group[b->first + j];
                        b->keep[i * b->m + j] = (i == j) - (same ? f->weight[b->first + j] / total : 0);
                }
        }
}

/* matrix = R Phi R' - R Phi W U U' - U U' W Phi R' + U Q U', with U the basis: H = U U' W + the means. */
static void fill_variance(struct block *b)
{
        const struct stats_fit *f = b->f;
        size_t m = b->m;
        const double *w = f->weight + b->first, *phi = f->phi + b->first;
        double *cross = b->work, *left = b->work + m * m;       /* U U', then (R Phi W) U U' */
        for (size_t i = 0; i < m; i++)
                for (size_t j = 0; j < m; j++) {
                        double s = 0, kept = 0;
                        for (size_t l = 0; l < f->rank; l++)
                                s += at(b, l, i) * at(b, l, j);
                        for (size_t l = 0; l < m; l++)
                                kept += b->keep[i * m + l] * phi[l] * b->keep[j * m + l];
                        cross[i * m + j] = s;
                        b->matrix[i * m + j] = kept;
                }
        for (size_t i = 0; i < m; i++)
                for (size_t j = 0; j < m; j++) {
                        double s = 0;
                        for (size_t l = 0; l < m; l++)
                                s += b->keep[i * m + l] * phi[l] * w[l] * cross[l * m + j];
                        left[i * m + j] = s;
                }
        for (size_t i = 0; i < m; i++)
                for (size_t j = 0; j < m; j++)
                        b->matrix[i * m + j] -= left[i * m + j] + left[j * m + i];
        for (size_t l = 0; l < f->rank; l++)            /* U Q first, one column at a time */
                for (size_t i = 0; i < m; i++) {
                        double s = 0;
                        for (size_t k = 0; k < f->rank; k++)
                                s += at(b, k, i) * f->spread[k * f->columns + l];
                        for (size_t j = 0; j < m; j++)
                                b->matrix[i * m + j] += s * at(b, l, j);
                }
}

/* s = A' W U h for CR2, from s = W U h. */
static void adjust_cr2(struct block *b, double *s)
{
        size_t m = b->m;
        const double *phi = b->f->phi + b->first;
        fill_variance(b);
        for (size_t i = 0; i < m; i++)
                for (size_t j = 0; j < m; j++)
                        b->matrix[i * m + j] *= sqrt(phi[i] * phi[j]);
        stats_root_inverse(b->matrix, m, b->work);
        double *in = b->work;
        for (size_t i = 0; i < m; i++)
                in[i] = sqrt(phi[i]) * s[i];
        for (size_t i = 0; i < m; i++)
                s[i] = sqrt(phi[i]) * stats_dot(b->matrix + i * m, in, m);
}

/* The same for CR3: solves (I - H)' s = W U h. */
static bool adjust_cr3(struct block *b, double *s)
{
        size_t m = b->m;
        const double *w = b->f->weight + b->first;
        for (size_t i = 0; i < m; i++)
                for (size_t j = 0; j < m; j++) {
                        double hat = 0;
                        for (size_t l = 0; l < b->f->rank; l++)
                                hat += at(b, l, i) * at(b, l, j);
                        b->matrix[j * m + i] = b->keep[i * m + j] - hat * w[j];
                }
        return stats_solve(b->matrix, s, m);
}

/* What Satterthwaite's degrees of freedom need of a cluster: u = U's, v = U' W Phi R's, d = s'R Phi R's. */
static double project(const struct block *b, const double *s, double *u, double *v)
{
        const struct stats_fit *f = b->f;
        double *back = b->work, d = 0;
        for (size_t i = 0; i < b->m; i++) {
                back[i] = 0;
                for (size_t j = 0; j < b->m; j++)
                        back[i] += b->keep[j * b->m + i] * s[j];
                d += f->phi[b->first + i] * back[i] * back[i];
        }
        for (size_t l = 0; l < f->rank; l++) {
                u[l] = v[l] = 0;
                for (size_t i = 0; i < b->m; i++) {
                        u[l] += at(b, l, i) * s[i];
                        v[l] += at(b, l, i) * f->weight[b->first + i] * f->phi[b->first + i] * back[i];
                }
        }
        return d;
}

/* (sum l)^2 / sum l^2 of the matrix p_g' Phi p_h = [g = h] d_g - v_g'u_h - u_g'v_h + u_g'Q u_h. */
static double satterthwaite(const struct stats_fit *f, const double *d, const double *u, const double *v, double *q)
{
        size_t rank = f->rank, clusters = f->all_clusters;
        double trace = 0, square = 0;
        for (size_t g = 0; g < clusters; g++) {
                if (f->start[g] == f->start[g + 1])
                        continue;
                for (size_t l = 0; l < rank; l++)
                        q[l] = stats_dot(f->spread + l * f->columns, u + g * rank, rank) - v[g * rank + l];
                for (size_t h = 0; h < clusters; h++) {
                        if (f->start[h] == f->start[h + 1])
                                continue;
                        double both = stats_dot(q, u + h * rank, rank) - stats_dot(u + g * rank, v + h * rank, rank) + (g == h ? d[g] : 0);
                        trace += g == h ? both : 0;
                        square += both * both;
                }
        }
        return trace * trace / square;
}

size_t stats_effect_scratch(const struct stats_fit *f)
{
        return 4 * f->largest * f->largest + f->largest + 2 * f->columns + f->all_clusters * (1 + 2 * f->columns);
}

/* h with coefficient = h'U'W y: a column of the inverse of the triangle. False when the column was left out. */
static bool direction(const struct stats_fit *f, size_t column, double *h)
{
        size_t place = f->rank;
        for (size_t j = 0; j < f->rank; j++)
                if (f->kept[j] == column)
                        place = j;
        for (size_t j = 0; j < f->rank; j++) {
                double s = j == place;
                for (size_t l = 0; l < j; l++)
                        s -= f->triangle[f->kept[j] * f->columns + l] * h[l];
                h[j] = s / f->triangle[f->kept[j] * f->columns + j];
        }
        return place < f->rank;
}

static double small_sample(const struct stats_fit *f, enum stats_robust type)
{
        double c = (double) f->clusters, n = (double) f->rows, p = (double) (f->rank + f->groups);
        return type == STATS_ROBUST_CR1 ? c / (c - 1) : type == STATS_ROBUST_CR1S ? c / (c - 1) * (n - 1) / (n - p) : 1;
}

struct stats_effect stats_effect(const struct stats_fit *f, enum stats_robust type, size_t column, double conf, double *scratch)
{
        size_t big = f->largest * f->largest;
        struct block b = { .f = f, .keep = scratch, .matrix = scratch + big, .work = scratch + 2 * big };
        double *s = scratch + 4 * big, *h = s + f->largest, *q = h + f->columns, *d = q + f->columns;
        double *u = d + f->all_clusters, *v = u + f->all_clusters * f->columns, variance = 0, reach = 0;
        struct stats_effect none = stats_effect_test(STATS_NONE, STATS_NONE, STATS_NONE, conf);
        if (column >= f->columns || !direction(f, column, h))
                return none;
        double estimate = f->coefficient[column];
        if (type == STATS_ROBUST_NONE)
                return stats_effect_test(estimate, sqrt(f->sigma2 * stats_dot(h, h, f->rank)), (double) f->rows - (double) (f->rank + f->groups), conf);
        for (size_t g = 0; g < f->all_clusters; g++) {
                b.first = f->start[g];
                b.m = f->start[g + 1] - b.first;
                if (b.m == 0)
                        continue;
                for (size_t i = 0; i < b.m; i++) {
                        s[i] = 0;
                        for (size_t l = 0; l < f->rank; l++)
                                s[i] += f->weight[b.first + i] * at(&b, l, i) * h[l];
                }
                reach += stats_dot(s, s, b.m);
                if (type == STATS_ROBUST_CR2 || type == STATS_ROBUST_CR3)
                        fill_keep(&b);
                if (type == STATS_ROBUST_CR2) {
                        adjust_cr2(&b, s);
                        d[g] = project(&b, s, u + g * f->rank, v + g * f->rank);
                } else if (type == STATS_ROBUST_CR3 && !adjust_cr3(&b, s)) {
                        none.estimate = estimate;
                        none.verdict = STATS_EFFECT_SINGULAR;
                        return none;
                }
                double score = stats_dot(s, f->residual + b.first, b.m);
                variance += score * score;
                reach += stats_dot(s, s, b.m);
        }
        if (variance <= ROUNDING * ROUNDING * f->size * f->size * reach)
                variance = 0;           /* a perfect fit, or one cluster on a side: an error of rounding alone is no error to test with */
        double df = type == STATS_ROBUST_CR2 ? satterthwaite(f, d, u, v, q) : (double) f->clusters - 1;
        if (f->clusters < 2)
                return stats_effect_test(estimate, STATS_NONE, 0, conf);
        return stats_effect_test(estimate, sqrt(variance * small_sample(f, type)), df, conf);
}
