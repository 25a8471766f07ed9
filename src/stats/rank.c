#include "rank.h"
#include "panels.h"
#include "quantile.h"

#define LANES 8
#define NEGLIGIBLE 1e-12        /* a chance this near to 0 or 1 is taken as certain */
#define BAND 1e-18              /* the ends of the convolution below this are cut off */
#define SLACK 1e-9              /* rounding must not decide which of two ranks is the quantile */

/* The inner loops in a build for each kind of processor; the sanitizers do not allow such functions. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));

/* chance[block][rank - 1][lane], for units in groups of LANES. */
struct tally {
        size_t k, stride;
        double *chance, *expected, *buffer[2], *ways;
};

static size_t padded(size_t k)
{
        return (k + LANES - 1) / LANES * LANES;
}

static size_t tally_scratch(size_t k)
{
        size_t stride = padded(k);
        return stride * k + stride + 2 * (k + 3);
}

static void tally_start(struct tally *t, size_t k, double *scratch)
{
        size_t stride = padded(k);
        *t = (struct tally) { .k = k, .stride = stride, .chance = scratch, .expected = scratch + stride * k };
        t->buffer[0] = t->expected + stride;
        t->buffer[1] = t->buffer[0] + k + 3;
        for (size_t i = 0; i < stride * k + stride; i++)
                scratch[i] = 0;
}

/* Distribution of the number of units below, over the n uncertain ones; *from .. *to is where it is not negligible. Both buffers have a
 * zero in front of and behind that stretch. Returns the buffer that holds it. */
FOR_EACH_PROCESSOR
static double *convolve(const double *below, size_t k, double *now, double *next, size_t *from, size_t *to)
{
        size_t lo = 1, hi = 2;          /* index 0 stays a zero: the chance of j is at j + 1 */
        now[0] = now[2] = next[0] = 0;
        now[1] = 1;
        for (size_t j = 0; j < k; j++) {
                double p = below[j], q = 1 - p;
                if (!(p > NEGLIGIBLE && q > NEGLIGIBLE))
                        continue;
                for (size_t r = lo; r <= hi; r++)
                        next[r] = q * now[r] + p * now[r - 1];
                hi++;
                while (next[lo] < BAND)
                        next[lo++] = 0;
                while (next[hi - 1] < BAND)
                        hi--;
                next[lo - 1] = next[hi] = 0;
                double *swap = now;
                now = next;
                next = swap;
        }
        *from = lo - 1;
        *to = hi - 1;
        return now + 1;
}

/* Divides each lane's own chance out of ways[from .. to) and adds the rest, weighted, to chance[r]. Lanes with p < 1/2. */
FOR_EACH_PROCESSOR
static void divide_forward(const double *ways, size_t from, size_t to, const lanes *below, const lanes *weight, lanes *chance)
{
        lanes inverse = 1 / (1 - *below), carry = *below * inverse, w = *weight, q = { 0 };
        for (size_t r = from; r < to; r++) {
                q = ways[r] * inverse - carry * q;
                chance[r] += w * q;
        }
}

/* The same from the other end, for lanes with p >= 1/2. */
FOR_EACH_PROCESSOR
static void divide_backward(const double *ways, size_t from, size_t to, const lanes *below, const lanes *weight, lanes *chance)
{
        lanes inverse = 1 / *below, carry = (1 - *below) * inverse, w = *weight, q = { 0 };
        for (size_t r = to; r-- > (from > 0 ? from : 1);) {
                q = ways[r] * inverse - carry * q;
                chance[r - 1] += w * q;
        }
}

/* Splits a block into the lanes that go forward and those that go backward; a lane without weight keeps a harmless p = 0 or 1. */
static void divide_block(struct tally *t, size_t block, const double *mass, const double *below, size_t from, size_t to, size_t sure)
{
        lanes p[2], w[2];
        bool any[2] = { false, false };
        for (size_t l = 0; l < LANES; l++) {
                size_t i = block * LANES + l;
                bool counts = i < t->k && mass[i] > 0 && below[i] < 1 - NEGLIGIBLE, up = counts && below[i] >= 0.5;
                p[0][l] = counts && !up && below[i] > NEGLIGIBLE ? below[i] : 0;
                w[0][l] = counts && !up ? mass[i] : 0;
                p[1][l] = up ? below[i] : 1;
                w[1][l] = up ? mass[i] : 0;
                any[up] = any[up] || counts;
        }
        lanes *chance = (lanes *) (t->chance + (block * t->k + sure) * LANES);
        /* when all units are uncertain the last chance of `ways` needs them all: it is nobody's rank */
        size_t room = t->k - sure;
        if (any[0])
                divide_forward(t->ways, from, to < room ? to : room, &p[0], &w[0], chance);
        if (any[1])
                divide_backward(t->ways, from, to, &p[1], &w[1], chance);
}

/* One node: given theta_i = node for each i in turn. */
static void tally_node(struct tally *t, const double *mass, const double *below)
{
        size_t sure = 0, from, to;
        double total = 0;
        for (size_t i = 0; i < t->k; i++) {
                sure += below[i] >= 1 - NEGLIGIBLE;
                total += below[i];
        }
        for (size_t i = 0; i < t->k; i++)
                t->expected[i] += mass[i] * (total - below[i]);
        t->ways = convolve(below, t->k, t->buffer[0], t->buffer[1], &from, &to);
        for (size_t b = 0; b * LANES < t->k; b++) {
                bool any = false;
                for (size_t i = b * LANES; i < (b + 1) * LANES && i < t->k; i++)
                        any = any || mass[i] > 1e-15;
                if (any)
                        divide_block(t, b, mass, below, from, to, sure);
        }
}

/* From the distribution of the number below (or above, when high comes first) to what is shown. */
static struct stats_rank summarise(const struct tally *t, size_t i, bool high_first)
{
        struct stats_rank out = { .lo = STATS_NONE, .median = STATS_NONE, .hi = STATS_NONE };
        const double *chance = t->chance + i / LANES * t->k * LANES + i % LANES;
        size_t k = t->k, quarter = k / 4;
        double total = 0, so_far = 0;
        for (size_t r = 0; r < k; r++)
                total += chance[r * LANES];
        for (size_t r = 0; r < k; r++) {
                double c = chance[(high_first ? k - 1 - r : r) * LANES] / total, rank = (double) r + 1;
                so_far += c;
                if (isnan(out.lo) && so_far >= STATS_TAIL_95 - SLACK)
                        out.lo = rank;
                if (isnan(out.median) && so_far >= 0.5 - SLACK)
                        out.median = rank;
                if (isnan(out.hi) && so_far >= 1 - STATS_TAIL_95 - SLACK)
                        out.hi = rank;
                if (r < quarter)
                        out.best_quarter += c;
                if (r >= k - quarter)
                        out.worst_quarter += c;
                if (r == 0)
                        out.best = c;
                if (r == k - 1)
                        out.worst = c;
        }
        out.expected = high_first ? (double) k - t->expected[i] : 1 + t->expected[i];
        if (quarter == 0)
                out.best_quarter = out.worst_quarter = STATS_NONE;
        return out;
}

static void no_ranks(struct stats_rank *out, size_t k)
{
        for (size_t i = 0; i < k; i++)
                out[i] = (struct stats_rank) { STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE };
}

size_t stats_ranks_scratch(size_t k)
{
        size_t stride = padded(k);
        return tally_scratch(k) + stats_panels_scratch(stride) + 3 * stride + 2 * STATS_PANEL_NODES * stride;
}

/* The units that take part in the order of their means, so that neighbours in memory are uncertain at the same nodes. */
static size_t line_up(enum stats_family family, const double *a, const double *b, size_t k, double *order, double *key)
{
        size_t n = 0;
        for (size_t i = 0; i < k; i++)
                key[i] = !stats_is_posterior(family, a[i], b[i]) ? STATS_NONE : family == STATS_FAMILY_NORMAL ? a[i] : a[i] / b[i];
        for (size_t i = 0; i < k; i++) {
                size_t place = 0;
                for (size_t j = 0; j < k; j++)
                        place += key[j] < key[i] || (key[j] == key[i] && j < i);
                if (isnan(key[i]))
                        continue;
                order[place] = (double) i;
                n++;
        }
        return n;
}

size_t stats_ranks(enum stats_family family, const double *a, const double *b, size_t k, bool high_first, struct stats_rank *out,
        double *scratch)
{
        double *order = scratch, *first = order + padded(k), *second = first + padded(k);
        size_t n = line_up(family, a, b, k, order, first), stride = padded(n);
        no_ranks(out, k);
        if (n == 0)
                return 0;
        for (size_t i = 0; i < n; i++) {
                first[i] = a[(size_t) order[i]];
                second[i] = b[(size_t) order[i]];
        }
        double *mass = second + padded(k), *below = mass + STATS_PANEL_NODES * stride, *rest = below + STATS_PANEL_NODES * stride;
        struct stats_panels panels;
        struct tally tally;
        stats_panels_start(&panels, family, first, second, n, stride, rest);
        tally_start(&tally, n, rest + stats_panels_scratch(stride));
        while (stats_panels_next(&panels, mass, below))
                for (size_t g = 0; g < STATS_PANEL_NODES; g++)
                        tally_node(&tally, mass + g * stride, below + g * stride);
        for (size_t i = 0; i < n; i++)
                out[(size_t) order[i]] = summarise(&tally, i, high_first);
        return n;
}

size_t stats_ranks_cdf(const double *cdf, size_t nodes, size_t k, bool high_first, struct stats_rank *out, double *scratch)
{
        double *order = scratch, *mass = order + padded(k), *below = mass + padded(k);
        size_t n = 0;
        for (size_t i = 0; i < k; i++) {
                bool whole = nodes > 1;
                for (size_t g = 0; g < nodes; g++)
                        whole = whole && !isnan(cdf[g * k + i]);
                if (whole)
                        order[n++] = (double) i;
        }
        no_ranks(out, k);
        if (n == 0)
                return 0;
        struct tally tally;
        tally_start(&tally, n, below + padded(k));
        for (size_t g = 0; g + 1 < nodes; g++) {
                for (size_t i = 0; i < n; i++) {
                        double left = cdf[g * k + (size_t) order[i]], right = cdf[(g + 1) * k + (size_t) order[i]];
                        mass[i] = right - left;
                        below[i] = stats_clamp((left + right) / 2, 0, 1);
                }
                tally_node(&tally, mass, below);
        }
        for (size_t i = 0; i < n; i++)
                out[(size_t) order[i]] = summarise(&tally, i, high_first);
        return n;
}

double stats_rank_above(enum stats_family family, double a1, double b1, double a2, double b2)
{
        if (!stats_is_posterior(family, a1, b1) || !stats_is_posterior(family, a2, b2))
                return STATS_NONE;
        double scratch[7 * 2], mass[2 * STATS_PANEL_NODES], below[2 * STATS_PANEL_NODES], above = 0;
        struct stats_panels panels;
        stats_panels_start(&panels, family, (double[]) { a1, a2 }, (double[]) { b1, b2 }, 2, 2, scratch);
        while (stats_panels_next(&panels, mass, below))
                for (size_t g = 0; g < STATS_PANEL_NODES; g++)
                        above += mass[2 * g] * below[2 * g + 1];
        return stats_clamp(above, 0, 1);
}

struct stats_rankability stats_rankability(double tau2, const double *s2, size_t k, double *scratch)
{
        struct stats_rankability r = { .rho = STATS_NONE, .verdict = STATS_RANK_NO_UNITS };
        for (size_t i = 0; i < k; i++)
                if (isfinite(s2[i]) && s2[i] > 0)
                        scratch[r.k++] = s2[i];
        if (r.k == 0 || !(tau2 >= 0))
                return r;
        stats_sort(scratch, r.k);
        r.rho = tau2 / (tau2 + stats_quantile_sorted(scratch, r.k, 0.5, 7));
        r.verdict = r.k == 1 ? STATS_RANK_ALONE : !(tau2 > 0) ? STATS_RANK_ALL_EQUAL
                : r.rho < STATS_RANKABILITY_LEAST ? STATS_RANK_MOSTLY_CHANCE : STATS_RANK_SHOW;
        return r;
}

/* Units that counted in the fit of a prior have something to count in. */
static struct stats_rankability by_size(double tau2, double variance_of_one, const double *size, size_t k, double *scratch)
{
        double *s2 = scratch;
        for (size_t i = 0; i < k; i++)
                s2[i] = size[i] > 0 && variance_of_one > 0 ? variance_of_one / size[i] : STATS_NONE;
        return stats_rankability(tau2, s2, k, scratch);
}

struct stats_rankability stats_share_rankability(const struct stats_share_prior *prior, const double *n, size_t k, double *scratch)
{
        double spread = prior->mu * (1 - prior->mu), rho = prior->overdispersed ? prior->rho : 0;
        return by_size(spread * rho, spread * (1 - rho), n, k, scratch);
}

struct stats_rankability stats_rate_rankability(const struct stats_rate_prior *prior, const double *t, size_t k, double *scratch)
{
        double tau2 = prior->overdispersed ? prior->alpha / (prior->beta * prior->beta) : 0;
        return by_size(tau2, prior->mean, t, k, scratch);
}
