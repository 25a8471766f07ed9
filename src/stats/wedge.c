#include "wedge.h"
#include "dense.h"

double stats_wedge_variance(const struct stats_wedge *w, double s2, double tau2)
{
        double clusters = (double) w->clusters, times = (double) w->times, u = 0, by_time = 0, by_cluster = 0;
        for (size_t t = 0; t < w->times; t++) {
                double sum = 0;
                for (size_t c = 0; c < w->clusters; c++)
                        sum += w->on[c * w->times + t];
                u += sum;
                by_time += sum * sum;
        }
        for (size_t c = 0; c < w->clusters; c++) {
                double sum = 0;
                for (size_t t = 0; t < w->times; t++)
                        sum += w->on[c * w->times + t];
                by_cluster += sum * sum;
        }
        double information = (clusters * u - by_time) * s2
                + (u * u + clusters * times * u - times * by_time - clusters * by_cluster) * tau2;
        if (!(s2 > 0) || !(tau2 >= 0) || !(information > 1e-12 * clusters * times * s2))
                return STATS_NONE;
        return clusters * s2 * (s2 + times * tau2) / information;
}

size_t stats_wedge_variance_scratch(const struct stats_wedge *w)
{
        size_t p = w->times + 1;
        return 2 * p * p + p;
}

double stats_wedge_variance_unequal(const struct stats_wedge *w, const double *s2, double tau2, double *scratch)
{
        size_t p = 0;
        double *m = scratch, *part, *work;
        size_t full = w->times + 1;
        part = m + full * full;
        work = part + full;
        for (size_t k = 0; k < full * full; k++)
                m[k] = 0;
        for (size_t c = 0; c < w->clusters; c++) {
                double size = 0;
                for (size_t k = 0; k < full; k++)
                        part[k] = 0;
                for (size_t t = 0; t < w->times; t++) {
                        double v = s2[c * w->times + t], on = w->on[c * w->times + t];
                        if (!(v > 0))
                                continue;
                        m[t * full + t] += 1 / v;
                        m[t * full + w->times] += on / v;
                        m[w->times * full + t] += on / v;
                        m[w->times * full + w->times] += on * on / v;
                        part[t] += 1 / v;
                        part[w->times] += on / v;
                        size += 1 / v;
                }
                for (size_t k = 0; k < full; k++)
                        for (size_t l = 0; l < full; l++)
                                m[k * full + l] -= tau2 / (1 + tau2 * size) * part[k] * part[l];
        }
        if (!(m[full * full - 1] > 0))
                return STATS_NONE;
        for (size_t k = 0; k < full; k++) {             /* times without any figure fall out */
                if (!(m[k * full + k] > 0))
                        continue;
                size_t q = 0;
                for (size_t l = 0; l < full; l++)
                        if (m[l * full + l] > 0)
                                work[p * full + q++] = m[k * full + l];
                p++;
        }
        for (size_t k = 0; k < p; k++)
                for (size_t l = 0; l < p; l++)
                        m[k * p + l] = work[k * full + l];
        if (p < 2 || !(tau2 >= 0) || !stats_invert(m, p, NULL, work))
                return STATS_NONE;
        return m[p * p - 1];
}

static size_t most_columns(const struct stats_wedge *w)
{
        return 2 * w->times + 1;
}

size_t stats_wedge_scratch(const struct stats_wedge *w)
{
        struct stats_panel p = { .columns = most_columns(w), .clusters = w->clusters };
        return stats_mixed_scratch(&p) + w->clusters * w->times * most_columns(w) + most_columns(w);
}

size_t stats_wedge_places(const struct stats_wedge *w)
{
        return (w->clusters + 1) * w->times;
}

/* Times since the start, 0 at the first time with the measure. */
static size_t exposure(const struct stats_wedge *w, size_t c, size_t t)
{
        size_t since = 0;
        while (since < t && w->on[c * w->times + t - since - 1] > 0)
                since++;
        return since;
}

/* A column for each time with a figure, then one for the measure or for each exposure that was seen. Returns where the latter begin. */
static size_t fill_columns(const struct stats_wedge *w, const double *y, bool by_exposure, struct stats_panel *p, double *x, size_t *which)
{
        size_t n = w->clusters * w->times, columns = 0, first;
        for (size_t t = 0; t < w->times; t++) {
                bool any = false;
                for (size_t i = 0; i < n; i++) {
                        x[columns * n + i] = i % w->times == t;
                        any = any || (i % w->times == t && isfinite(y[i]));
                }
                columns += any;
        }
        first = columns;
        for (size_t e = 0; e < (by_exposure ? w->times : 1); e++) {
                bool any = false;
                for (size_t i = 0; i < n; i++) {
                        double on = w->on[i];
                        if (by_exposure)
                                on = on > 0 && exposure(w, i / w->times, i % w->times) == e;
                        x[columns * n + i] = on;
                        any = any || (on > 0 && isfinite(y[i]));
                }
                if (any)
                        which[columns++ - first] = e;
        }
        p->columns = columns;
        return first;
}

struct stats_wedge_fit stats_wedge_fit(const struct stats_wedge *w, const double *y, const double *weight, bool by_exposure, double conf,
        struct stats_effect *after, double *scratch, size_t *places)
{
        size_t n = w->clusters * w->times, *which = places + n;
        double *weights = scratch + n * most_columns(w);
        struct stats_panel p = { .n = n, .y = y, .x = scratch, .weight = weight, .cluster = places, .clusters = w->clusters };
        for (size_t i = 0; i < n; i++)
                places[i] = i / w->times;
        for (size_t e = 0; after && e < w->times; e++)
                after[e] = stats_effect_test(STATS_NONE, STATS_NONE, STATS_NONE, conf);
        size_t first = fill_columns(w, y, by_exposure, &p, scratch, which), seen = p.columns - first;
        struct stats_wedge_fit fit = { .effect = stats_effect_test(STATS_NONE, STATS_NONE, STATS_NONE, conf) };
        if (seen == 0)
                return fit;
        fit.model = stats_mixed(&p, weights + p.columns);
        for (size_t e = 0; after && e < seen; e++) {
                for (size_t k = 0; k < p.columns; k++)
                        weights[k] = k == first + e;
                after[which[e]] = stats_mixed_effect(&fit.model, weights, conf);
        }
        for (size_t k = 0; k < p.columns; k++)
                weights[k] = k < first ? 0 : 1 / (double) seen;
        fit.effect = stats_mixed_effect(&fit.model, weights, conf);
        return fit;
}
