#include "synthetic.h"
#include "dense.h"

#define NEAR_ENOUGH 0.25
#define TINY 1e-12

/* Points in the hull and those that the mix is made of now. */
struct hull {
        const double *point;            /* target minus donor, scaled: k numbers each */
        size_t k, n, used;
        double *member, *share, *next, *matrix, *at;
};

size_t stats_synthetic_scratch(size_t donors, size_t k)
{
        size_t most = k + 3;
        return donors * k + 4 * k + 3 * most + most * most + donors;
}

static const double *point_of(const struct hull *h, size_t s)
{
        return h->point + (size_t) h->member[s] * h->k;
}

/* The point of smallest norm in the flat through the members: solves (11' + P'P) y = 1. False when they hang together. */
static bool affine_minimum(struct hull *h)
{
        size_t u = h->used;
        double sum = 0;
        for (size_t s = 0; s < u; s++) {
                h->next[s] = 1;
                for (size_t t = 0; t < u; t++)
                        h->matrix[s * u + t] = 1 + stats_dot(point_of(h, s), point_of(h, t), h->k);
        }
        if (!stats_solve(h->matrix, h->next, u))
                return false;
        for (size_t s = 0; s < u; s++)
                sum += h->next[s];
        for (size_t s = 0; s < u; s++)
                h->next[s] /= sum;
        return sum > 0;
}

static void drop(struct hull *h, size_t s)
{
        h->used--;
        for (; s < h->used; s++) {
                h->member[s] = h->member[s + 1];
                h->share[s] = h->share[s + 1];
        }
}

/* Walks towards the minimum of the flat until a share would become negative; that member leaves. */
static void settle(struct hull *h)
{
        while (h->used > 1) {
                if (!affine_minimum(h)) {
                        drop(h, h->used - 1);
                        return;
                }
                double step = 1;
                for (size_t s = 0; s < h->used; s++)
                        if (h->next[s] <= TINY)
                                step = fmin(step, h->share[s] / (h->share[s] - h->next[s]));
                for (size_t s = 0; s < h->used; s++)
                        h->share[s] += step * (h->next[s] - h->share[s]);
                bool dropped = false;
                for (size_t s = h->used; s-- > 0;)
                        if (h->share[s] <= TINY) {
                                drop(h, s);
                                dropped = true;
                        }
                if (!dropped)
                        return;
        }
        h->share[0] = 1;
}

static void move(struct hull *h)
{
        for (size_t i = 0; i < h->k; i++) {
                h->at[i] = 0;
                for (size_t s = 0; s < h->used; s++)
                        h->at[i] += h->share[s] * point_of(h, s)[i];
        }
}

/* The donor that lies furthest back from where we are; n when none lies behind. */
static size_t behind(const struct hull *h, const double *valid)
{
        double here = stats_dot(h->at, h->at, h->k), best = HUGE_VAL, size = 0;
        size_t found = h->n;
        for (size_t j = 0; j < h->n; j++) {
                if (!(valid[j] > 0))
                        continue;
                const double *p = h->point + j * h->k;
                double d = stats_dot(h->at, p, h->k);
                size = fmax(size, stats_dot(p, p, h->k));
                if (d < best) {
                        best = d;
                        found = j;
                }
        }
        if (best >= here - TINY * size)
                return h->n;
        for (size_t s = 0; s < h->used; s++)
                if ((size_t) h->member[s] == found)
                        return h->n;
        return found;
}

/* Scales by the standard deviation over target and donors, and by importance. Returns the donors that count. */
static size_t scale(const double *target, const double *donor, size_t donors, const double *importance, size_t k, double *point,
        double *valid)
{
        size_t n = 0;
        for (size_t j = 0; j < donors; j++) {
                valid[j] = 1;
                for (size_t i = 0; i < k; i++)
                        if (!isfinite(donor[j * k + i]) || !isfinite(target[i]))
                                valid[j] = 0;
                n += valid[j] > 0;
        }
        for (size_t i = 0; i < k; i++) {
                double mean = target[i], square = 0, count = (double) n + 1;
                for (size_t j = 0; j < donors; j++)
                        mean += valid[j] > 0 ? donor[j * k + i] : 0;
                mean /= count;
                square = (target[i] - mean) * (target[i] - mean);
                for (size_t j = 0; j < donors; j++)
                        square += valid[j] > 0 ? (donor[j * k + i] - mean) * (donor[j * k + i] - mean) : 0;
                double sd = sqrt(square / count), v = importance ? importance[i] : 1;
                double factor = sd > TINY * fabs(mean) && v > 0 ? sqrt(v) / sd : 0;
                for (size_t j = 0; j < donors; j++)
                        point[j * k + i] = valid[j] > 0 ? (target[i] - donor[j * k + i]) * factor : 0;
        }
        return n;
}

static double error_of(const double *at, const double *importance, size_t k)
{
        double v = 0;
        for (size_t i = 0; i < k; i++)
                v += importance ? importance[i] : 1;
        return v > 0 ? sqrt(stats_dot(at, at, k) / v) : STATS_NONE;
}

struct stats_synthetic stats_synthetic(const double *target, const double *donor, size_t donors, const double *importance, size_t k,
        double *weight, double *scratch)
{
        size_t most = k + 3;
        struct stats_synthetic out = { .error = STATS_NONE, .mean_error = STATS_NONE, .verdict = STATS_SYNTHETIC_NO_DONORS };
        double *point = scratch, *valid = point + donors * k, *mean = valid + donors;
        struct hull h = { .point = point, .k = k, .n = donors, .at = mean + k, .member = mean + 2 * k };
        h.share = h.member + most;
        h.next = h.share + most;
        h.matrix = h.next + most;
        for (size_t j = 0; j < donors; j++)
                weight[j] = 0;
        out.donors = k > 0 ? scale(target, donor, donors, importance, k, point, valid) : 0;
        if (out.donors == 0)
                return out;
        double nearest = HUGE_VAL;
        for (size_t i = 0; i < k; i++)
                mean[i] = 0;
        for (size_t j = 0; j < donors; j++) {
                double size = stats_dot(point + j * k, point + j * k, k);
                for (size_t i = 0; i < k; i++)
                        mean[i] += point[j * k + i] / (double) out.donors;
                if (valid[j] > 0 && size < nearest) {
                        nearest = size;
                        h.member[0] = (double) j;
                }
        }
        h.used = 1;
        h.share[0] = 1;
        move(&h);
        for (size_t next; (next = behind(&h, valid)) < donors && h.used < most && out.steps < 100 * (donors + k); out.steps++) {
                h.member[h.used] = (double) next;
                h.share[h.used++] = 0;
                settle(&h);
                move(&h);
        }
        for (size_t s = 0; s < h.used; s++)
                weight[(size_t) h.member[s]] = h.share[s];
        out.used = h.used;
        out.error = error_of(h.at, importance, k);
        out.mean_error = error_of(mean, importance, k);
        out.verdict = out.error > NEAR_ENOUGH ? STATS_SYNTHETIC_POOR : STATS_SYNTHETIC_OK;
        return out;
}
