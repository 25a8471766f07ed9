#include "fdr.h"

/* min over larger p of factor * m/rank * p: the step-up methods. */
static void step_up(struct stats_keyed *p, size_t m, double factor)
{
        double least = 1;
        for (size_t r = m; r-- > 0;) {
                least = fmin(least, factor * (double) m / (double) (r + 1) * p[r].v);
                p[r].v = least;
        }
}

static void holm(struct stats_keyed *p, size_t m)
{
        double most = 0;
        for (size_t r = 0; r < m; r++) {
                most = fmax(most, fmin(1, (double) (m - r) * p[r].v));
                p[r].v = most;
        }
}

/* After R's p.adjust: for every size s of a family the smallest level at which it is rejected. work is the best so far. */
static void hommel(struct stats_keyed *p, size_t m, double *work)
{
        double least = 1;
        for (size_t r = 0; r < m; r++)
                least = fmin(least, (double) m / (double) (r + 1) * p[r].v);
        for (size_t r = 0; r < m; r++)
                work[r] = least;
        for (size_t s = m - 1; s >= 2; s--) {
                double size = (double) s, q = HUGE_VAL;
                for (size_t r = m - s + 1; r < m; r++)          /* the s - 1 largest */
                        q = fmin(q, size * p[r].v / (double) (r + 1 - (m - s)));
                for (size_t r = 0; r <= m - s; r++)
                        work[r] = fmax(work[r], fmin(size * p[r].v, q));
                for (size_t r = m - s + 1; r < m; r++)
                        work[r] = fmax(work[r], fmin(size * p[m - s].v, q));
        }
        for (size_t r = 0; r < m; r++)
                p[r].v = fmin(1, fmax(work[r], p[r].v));
}

static double harmonic(size_t m)
{
        double sum = 0;
        for (size_t r = m; r > 0; r--)
                sum += 1 / (double) r;
        return sum;
}

void stats_adjust(enum stats_adjustment method, const double *p, size_t k, double *out, struct stats_keyed *keyed, double *work)
{
        size_t m = stats_sort_keyed(p, k, keyed);
        for (; m > 0 && keyed[m - 1].v > 1; m--)
                ;
        for (; m > 0 && keyed->v < 0; m--)
                keyed++;
        switch (method) {
        case STATS_ADJUST_BH: step_up(keyed, m, 1); break;
        case STATS_ADJUST_BY: step_up(keyed, m, harmonic(m)); break;
        case STATS_ADJUST_HOLM: holm(keyed, m); break;
        case STATS_ADJUST_HOMMEL:
                if (m > 1)
                        hommel(keyed, m, work);
                break;
        case STATS_ADJUST_BONFERRONI:
                for (size_t r = 0; r < m; r++)
                        keyed[r].v = fmin(1, (double) m * keyed[r].v);
                break;
        }
        for (size_t i = 0; i < k; i++)
                out[i] = STATS_NONE;
        for (size_t r = 0; r < m; r++)
                out[keyed[r].i] = keyed[r].v;
}
