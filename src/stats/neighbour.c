#include "neighbour.h"

void stats_standardise_columns(const double *table, size_t n, size_t m, double limit, double *z)
{
        for (size_t c = 0; c < m; c++) {
                double mean = 0, spread = 0, count = 0;
                for (size_t i = 0; i < n; i++)
                        if (isfinite(table[i * m + c])) {
                                mean += table[i * m + c];
                                count++;
                        }
                mean /= count;
                for (size_t i = 0; i < n; i++)
                        if (isfinite(table[i * m + c]))
                                spread += (table[i * m + c] - mean) * (table[i * m + c] - mean);
                double sd = sqrt(spread / count);
                for (size_t i = 0; i < n; i++) {
                        double v = table[i * m + c];
                        double s = !isfinite(v) ? STATS_NONE : sd > 0 ? (v - mean) / sd : 0;
                        z[i * m + c] = limit > 0 && !isnan(s) ? stats_clamp(s, -limit, limit) : s;
                }
        }
}

static bool complete(const double *row, size_t m)
{
        for (size_t c = 0; c < m; c++)
                if (!isfinite(row[c]))
                        return false;
        return true;
}

/* Mean of a column over the complete units. */
static double mean_of(const double *table, size_t n, size_t m, size_t c, size_t *count)
{
        double sum = 0;
        *count = 0;
        for (size_t i = 0; i < n; i++)
                if (complete(table + i * m, m)) {
                        sum += table[i * m + c];
                        ++*count;
                }
        return sum / (double) *count;
}

/* Lower triangle of the covariance; the number of complete units. */
static size_t covariance(const double *table, size_t n, size_t m, double *cov)
{
        size_t count = 0;
        for (size_t a = 0; a < m; a++)
                for (size_t b = 0; b <= a; b++) {
                        double ma = mean_of(table, n, m, a, &count), mb = mean_of(table, n, m, b, &count), sum = 0;
                        for (size_t i = 0; i < n; i++)
                                if (complete(table + i * m, m))
                                        sum += (table[i * m + a] - ma) * (table[i * m + b] - mb);
                        cov[a * m + b] = sum / ((double) count - 1);
                }
        return count;
}

/* Cholesky in place: cov becomes L with L L' = cov. A pivot below 1e-12 of its variance counts as singular. */
static bool factorise(double *l, size_t m)
{
        for (size_t a = 0; a < m; a++) {
                double variance = l[a * m + a];
                for (size_t b = 0; b <= a; b++) {
                        double s = l[a * m + b];
                        for (size_t c = 0; c < b; c++)
                                s -= l[a * m + c] * l[b * m + c];
                        if (a != b)
                                l[a * m + b] = s / l[b * m + b];
                        else if (s > 1e-12 * variance)
                                l[a * m + a] = sqrt(s);
                        else
                                return false;
                }
        }
        return true;
}

bool stats_whiten(const double *table, size_t n, size_t m, double *cov, double *out)
{
        if (m == 0 || covariance(table, n, m, cov) <= m || !factorise(cov, m))
                return false;
        for (size_t i = 0; i < n; i++) {
                const double *x = table + i * m;
                double *y = out + i * m;
                bool ok = complete(x, m);
                for (size_t a = 0; a < m; a++) {
                        double s = ok ? x[a] : STATS_NONE;
                        for (size_t b = 0; b < a; b++)
                                s -= cov[a * m + b] * y[b];
                        y[a] = s / cov[a * m + a];
                }
        }
        return true;
}

static double part(const double *a, const double *b, const double *weight, size_t c)
{
        double w = weight ? weight[c] : 1, d = a[c] - b[c];
        return w >= 0 ? w * d * d : STATS_NONE;
}

double stats_distance(const double *a, const double *b, const double *weight, size_t m)
{
        double sum = 0;
        for (size_t c = 0; c < m; c++)
                sum += part(a, b, weight, c);
        return sqrt(sum);
}

/* Distances that differ by rounding alone are equal: the first in the table goes first. */
static void order_ties(struct stats_keyed *k, size_t n, double farthest)
{
        for (size_t from = 0, to; from < n; from = to) {
                double least = k[from].v;
                for (to = from + 1; to < n && k[to].v - least <= 1e-12 * farthest; to++) {
                        struct stats_keyed one = k[to];
                        size_t at = to;
                        for (; at > from && k[at - 1].i > one.i; at--)
                                k[at] = k[at - 1];
                        k[at] = one;
                }
        }
}

size_t stats_neighbours(const double *z, size_t n, size_t m, const double *weight, size_t unit, const bool *allowed, size_t k,
                        struct stats_neighbour *out, struct stats_keyed *scratch)
{
        double farthest = 0;
        size_t found = 0;
        if (unit >= n)
                return 0;
        for (size_t i = 0; i < n; i++)
                scratch[i] = (struct stats_keyed) { i == unit ? STATS_NONE : stats_distance(z + unit * m, z + i * m, weight, m), i };
        for (size_t i = 0; i < n; i++)
                farthest = fmax(farthest, scratch[i].v);        /* fmax passes over NaN */
        for (size_t i = 0; i < n; i++)
                if (!isnan(scratch[i].v) && (!allowed || allowed[i]))
                        scratch[found++] = scratch[i];
        stats_order(scratch, found);
        order_ties(scratch, found, farthest);
        if (found > k)
                found = k;
        for (size_t i = 0; i < found; i++)
                out[i] = (struct stats_neighbour) {
                        scratch[i].i, scratch[i].v, farthest > 0 ? scratch[i].v / farthest : 0,
                };
        return found;
}

void stats_contributions(const double *a, const double *b, const double *weight, size_t m, double *out)
{
        double d = stats_distance(a, b, weight, m);
        for (size_t c = 0; c < m; c++)
                out[c] = isnan(d) ? STATS_NONE : d > 0 ? part(a, b, weight, c) / (d * d) : 0;
}
