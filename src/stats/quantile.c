#include "quantile.h"
#include <float.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
        double x = *(const double *) a, y = *(const double *) b;
        return (x > y) - (x < y);
}

static int by_value_and_place(const void *a, const void *b)
{
        const struct stats_keyed *x = a, *y = b;
        if (x->v < y->v || x->v > y->v)
                return x->v < y->v ? -1 : 1;
        return (x->i > y->i) - (x->i < y->i);
}

size_t stats_sort(double *v, size_t n)
{
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
                if (!isnan(v[i]))
                        v[k++] = v[i];
        for (size_t i = k; i < n; i++)
                v[i] = STATS_NONE;
        if (k > 1)
                qsort(v, k, sizeof *v, by_value);
        return k;
}

size_t stats_sort_keyed(const double *v, size_t n, struct stats_keyed *keyed)
{
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
                if (!isnan(v[i]))
                        keyed[k++] = (struct stats_keyed) { v[i], i };
        stats_order(keyed, k);
        return k;
}

void stats_order(struct stats_keyed *keyed, size_t n)
{
        if (n > 1)
                qsort(keyed, n, sizeof *keyed, by_value_and_place);
}

/* x at place j counted from 1, the ends repeated. */
static double at(const double *x, size_t n, double j)
{
        return x[j < 1 ? 0 : j > (double) n ? n - 1 : (size_t) j - 1];
}

static double between(double a, double b, double h)
{
        if (!(h > 0))
                return a;
        return h < 1 ? (1 - h) * a + h * b : b;
}

double stats_quantile_sorted(const double *sorted, size_t n, double p, int type)
{
        if (n == 0 || !(p >= 0) || !(p <= 1))
                return STATS_NONE;
        const double fuzz = 4 * DBL_EPSILON;
        double m = (double) n, pos;
        switch (type) {
        case 2: pos = m * p; break;
        case 6: pos = (m + 1) * p; break;
        case 7: pos = 1 + (m - 1) * p; break;
        case 8: pos = 1.0 / 3 + p * (m + 1.0 / 3); break;
        default: return STATS_NONE;
        }
        double j = floor(pos + fuzz), h = pos - j;
        if (fabs(h) < fuzz)
                h = 0;
        if (type == 2)
                h = h > 0 ? 1 : 0.5;
        return between(at(sorted, n, j), at(sorted, n, j + 1), h);
}

double stats_quantile(const double *v, size_t n, double p, int type, double *scratch)
{
        for (size_t i = 0; i < n; i++)
                scratch[i] = v[i];
        return stats_quantile_sorted(scratch, stats_sort(scratch, n), p, type);
}

void stats_rank(const double *v, size_t n, double *min, double *avg, struct stats_keyed *scratch)
{
        size_t k = stats_sort_keyed(v, n, scratch);
        for (size_t i = 0; i < n; i++) {
                if (min)
                        min[i] = STATS_NONE;
                if (avg)
                        avg[i] = STATS_NONE;
        }
        for (size_t from = 0, to; from < k; from = to) {
                for (to = from + 1; to < k && !(scratch[to].v > scratch[from].v); to++)
                        ;
                for (size_t r = from; r < to; r++) {
                        if (min)
                                min[scratch[r].i] = (double) (from + 1);
                        if (avg)
                                avg[scratch[r].i] = ((double) (from + 1) + (double) to) / 2;
                }
        }
}

static size_t present(const double *v, size_t n)
{
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
                if (!isnan(v[i]))
                        k++;
        return k;
}

void stats_percent_rank(const double *v, size_t n, double *out, struct stats_keyed *scratch)
{
        size_t k = present(v, n);
        stats_rank(v, n, out, NULL, scratch);
        for (size_t i = 0; i < n; i++)
                out[i] = isnan(out[i]) ? STATS_NONE : k > 1 ? (out[i] - 1) / (double) (k - 1) : 0;
}

void stats_ntile(const double *v, size_t n, size_t groups, size_t *out, struct stats_keyed *scratch)
{
        size_t k = stats_sort_keyed(v, n, scratch);
        for (size_t i = 0; i < n; i++)
                out[i] = 0;
        if (groups == 0)
                return;
        size_t size = k / groups, larger = k % groups, edge = larger * (size + 1);
        for (size_t r = 0; r < k; r++)
                out[scratch[r].i] = r < edge ? r / (size + 1) + 1 : larger + (r - edge) / size + 1;
}

void stats_phe_quantile(const double *v, size_t n, size_t groups, size_t *out, struct stats_keyed *scratch)
{
        size_t k = stats_sort_keyed(v, n, scratch);
        for (size_t i = 0; i < n; i++)
                out[i] = 0;
        if (groups == 0 || k < groups)
                return;
        double q = (double) groups, per = (double) k / q, rank = 1;
        for (size_t r = 0; r < k; r++) {
                if (r > 0 && scratch[r].v > scratch[r - 1].v)
                        rank = (double) (r + 1);
                double g = floor(q + 1 - ceil(((double) k + 1 - rank) / per));
                out[scratch[r].i] = g < 1 ? 1 : (size_t) g;
        }
}
