#include "spc.h"

/* Constants for ranges of two points: 3/d2, D4 and d2, as printed everywhere. */
#define LIMIT_PER_RANGE 2.66
#define RANGE_LIMIT 3.267
#define D2 1.128

struct stats_xmr stats_xmr(const double *y, size_t n, bool screen)
{
        struct stats_xmr r = { 0, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, false };
        double sum = 0, ranges = 0, count = 0, kept = 0, kept_count = 0;
        for (size_t i = 0; i < n; i++) {
                if (isnan(y[i]))
                        continue;
                sum += y[i];
                r.points++;
                if (i > 0 && !isnan(y[i - 1])) {
                        ranges += fabs(y[i] - y[i - 1]);
                        count++;
                }
        }
        if (!(count > 0))
                return r;
        r.mean = sum / (double) r.points;
        r.amr_raw = r.amr = ranges / count;
        r.mr_url = RANGE_LIMIT * r.amr_raw;
        if (screen && r.amr_raw > 0) {
                for (size_t i = 1; i < n; i++) {
                        double range = fabs(y[i] - y[i - 1]);
                        if (range < r.mr_url) {
                                kept += range;
                                kept_count++;
                        }
                }
                r.amr = kept / kept_count;      /* the smallest range is always kept: it is at most the mean */
        }
        r.lpl = r.mean - LIMIT_PER_RANGE * r.amr;
        r.upl = r.mean + LIMIT_PER_RANGE * r.amr;
        r.flat = !(r.amr > 0);
        return r;
}

static int sign(double v)
{
        return (v > 0) - (v < 0);
}

/* One side (+1 or -1) of the mean at a time, in three passes so that stronger rules overwrite weaker ones. */
static void run_of_seven(const double *y, size_t n, double mean, int side, enum stats_signal signal, enum stats_signal *out)
{
        size_t length = 0;
        for (size_t i = 0; i < n; i++) {
                length = sign(y[i] - mean) == side ? length + 1 : 0;
                for (size_t back = 0; length >= 7 && back < 7; back++)
                        out[i - back] = signal;
        }
}

static void two_of_three(const double *y, size_t n, const struct stats_xmr *x, int side, enum stats_signal signal, enum stats_signal *out)
{
        double reach = (x->upl - x->mean) * 2 / 3, edge = x->upl - x->mean;
        for (size_t i = 2; i < n; i++) {
                bool close[3], same = true;
                size_t count = 0;
                for (size_t j = 0; j < 3; j++) {
                        double d = side * (y[i - j] - x->mean);
                        same = same && d > 0;
                        close[j] = d > reach && !(d > edge);
                        if (close[j])
                                count++;
                }
                for (size_t j = 0; same && count >= 2 && j < 3; j++)
                        if (close[j])
                                out[i - j] = signal;
        }
}

static void trend_of_seven(const double *y, size_t n, int side, enum stats_signal signal, enum stats_signal *out)
{
        size_t length = 0;
        for (size_t i = 1; i < n; i++) {
                length = sign(y[i] - y[i - 1]) == side ? length + 1 : 0;
                for (size_t back = 0; length >= 6 && back < 7; back++)
                        out[i - back] = signal;
        }
}

void stats_nhs_rules(const double *y, size_t n, const struct stats_xmr *limits, enum stats_signal *out)
{
        for (size_t i = 0; i < n; i++)
                out[i] = STATS_SIGNAL_NONE;
        if (isnan(limits->mean))
                return;
        run_of_seven(y, n, limits->mean, 1, STATS_SIGNAL_RUN_HIGH, out);
        run_of_seven(y, n, limits->mean, -1, STATS_SIGNAL_RUN_LOW, out);
        two_of_three(y, n, limits, 1, STATS_SIGNAL_TWO_HIGH, out);
        two_of_three(y, n, limits, -1, STATS_SIGNAL_TWO_LOW, out);
        trend_of_seven(y, n, 1, STATS_SIGNAL_RISING, out);
        trend_of_seven(y, n, -1, STATS_SIGNAL_FALLING, out);
        for (size_t i = 0; i < n; i++) {
                if (y[i] > limits->upl)
                        out[i] = STATS_SIGNAL_ABOVE;
                if (y[i] < limits->lpl)
                        out[i] = STATS_SIGNAL_BELOW;
        }
}

int stats_signal_direction(enum stats_signal signal)
{
        switch (signal) {
        case STATS_SIGNAL_ABOVE: case STATS_SIGNAL_RISING: case STATS_SIGNAL_TWO_HIGH: case STATS_SIGNAL_RUN_HIGH: return 1;
        case STATS_SIGNAL_BELOW: case STATS_SIGNAL_FALLING: case STATS_SIGNAL_TWO_LOW: case STATS_SIGNAL_RUN_LOW: return -1;
        case STATS_SIGNAL_NONE: break;
        }
        return 0;
}

/* How many of the last m points up to i lie beyond bound on the side (0 for either); 0 while there are not yet m points. */
static size_t beyond(const double *y, size_t i, size_t m, double mean, double bound, int side)
{
        size_t count = 0;
        for (size_t j = 0; i + 1 >= m && j < m; j++) {
                double d = y[i - j] - mean;
                if ((side == 0 ? fabs(d) : side * d) > bound)
                        count++;
        }
        return count;
}

static bool either_side(const double *y, size_t i, size_t need, size_t m, double mean, double bound)
{
        return beyond(y, i, m, mean, bound, 1) >= need || beyond(y, i, m, mean, bound, -1) >= need;
}

/* Is every one of the m - 1 steps up to i a rise (a fall); or, alternating, the opposite of the one before? */
static bool steps(const double *y, size_t i, size_t m, bool alternating)
{
        if (i + 1 < m)
                return false;
        int last = sign(y[i] - y[i - 1]);
        for (size_t j = 1; j + 1 < m && last != 0; j++) {
                int here = sign(y[i - j] - y[i - j - 1]);
                if (here != (alternating ? -last : last))
                        return false;
                last = here;
        }
        return last != 0;
}

static bool all_within(const double *y, size_t i, size_t m, double mean, double bound)
{
        if (i + 1 < m)
                return false;
        for (size_t j = 0; j < m; j++)
                if (!(fabs(y[i - j] - mean) < bound))
                        return false;
        return true;
}

void stats_nelson(const double *y, size_t n, double mean, double sigma, unsigned *out)
{
        for (size_t i = 0; i < n; i++) {
                const bool rule[8] = {
                        beyond(y, i, 1, mean, 3 * sigma, 0) == 1,
                        either_side(y, i, 9, 9, mean, 0),
                        steps(y, i, 6, false),
                        steps(y, i, 14, true),
                        either_side(y, i, 2, 3, mean, 2 * sigma),
                        either_side(y, i, 4, 5, mean, sigma),
                        all_within(y, i, 15, mean, sigma),
                        beyond(y, i, 8, mean, sigma, 0) == 8,
                };
                out[i] = 0;
                for (unsigned r = 0; r < 8; r++)
                        if (rule[r] && !isnan(y[i]))
                                out[i] |= 1u << r;
        }
}

/* A share of n cases, which never passes 1, or a count for an exposure of n. */
static bool usable(double x, double n, bool share)
{
        return x >= 0 && n > 0 && (!share || x <= n);
}

static struct stats_p_point point(const struct stats_p_chart *chart, double x, double n, bool share)
{
        struct stats_p_point r = { STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE, STATS_NONE };
        double p = chart->pbar, most = share ? 1 : INFINITY;
        if (!usable(x, n, share) || isnan(p))
                return r;
        double s = sqrt(p * (share ? 1 - p : 1) / n), wide = 3 * s * chart->sigma_z;
        r.p = x / n;
        r.z = s > 0 ? (r.p - p) / s : STATS_NONE;
        r.lcl = stats_clamp(p - 3 * s, 0, most);
        r.ucl = stats_clamp(p + 3 * s, 0, most);
        r.laney_lcl = isnan(wide) ? wide : stats_clamp(p - wide, 0, most);
        r.laney_ucl = isnan(wide) ? wide : stats_clamp(p + wide, 0, most);
        return r;
}

static struct stats_p_chart chart_of(const double *x, const double *n, size_t k, bool share)
{
        struct stats_p_chart c = { 0, STATS_NONE, STATS_NONE };
        double sum_x = 0, sum_n = 0, moves = 0, count = 0, last = STATS_NONE;
        for (size_t i = 0; i < k; i++) {
                if (!usable(x[i], n[i], share))
                        continue;
                sum_x += x[i];
                sum_n += n[i];
                c.points++;
        }
        if (c.points == 0)
                return c;
        c.pbar = sum_x / sum_n;
        for (size_t i = 0; i < k; i++) {
                double z = point(&c, x[i], n[i], share).z;
                if (!isnan(z) && !isnan(last)) {
                        moves += fabs(z - last);
                        count++;
                }
                last = z;
        }
        if (count > 0)
                c.sigma_z = moves / count / D2;
        return c;
}

struct stats_p_chart stats_p_chart(const double *x, const double *n, size_t k)
{
        return chart_of(x, n, k, true);
}

struct stats_p_point stats_p_point(const struct stats_p_chart *chart, double x, double n)
{
        return point(chart, x, n, true);
}

struct stats_p_chart stats_u_chart(const double *x, const double *n, size_t k)
{
        return chart_of(x, n, k, false);
}

struct stats_p_point stats_u_point(const struct stats_p_chart *chart, double x, double n)
{
        return point(chart, x, n, false);
}

void stats_cusum(const double *y, size_t n, double mean, double sigma, double k, double h, struct stats_cusum *out)
{
        struct stats_cusum c = { 0, 0, 0, 0, false };
        for (size_t i = 0; i < n; i++) {
                if (isnan(y[i])) {
                        out[i] = (struct stats_cusum) { STATS_NONE, STATS_NONE, c.n_plus, c.n_minus, false };
                        continue;
                }
                c.plus = fmax(0, y[i] - (mean + k * sigma) + c.plus);
                c.minus = fmax(0, (mean - k * sigma) - y[i] + c.minus);
                c.n_plus = c.plus > 0 ? c.n_plus + 1 : 0;
                c.n_minus = c.minus > 0 ? c.n_minus + 1 : 0;
                c.signal = c.plus > h * sigma || c.minus > h * sigma;
                out[i] = c;
        }
}

double stats_cusum_arl(double shift, double k, double h)
{
        double delta = shift - k, b = h + 1.166, v = 2 * delta * b;
        if (fabs(v) < 1e-6)
                return b * b;
        return (expm1(-v) + v) / (2 * delta * delta);
}

void stats_ewma(const double *y, size_t n, double mean, double sigma, double lambda, double width, struct stats_ewma *out)
{
        double value = mean, t = 0;
        for (size_t i = 0; i < n; i++) {
                if (isnan(y[i])) {
                        out[i] = (struct stats_ewma) { STATS_NONE, STATS_NONE, STATS_NONE, false };
                        continue;
                }
                t++;
                value = lambda * y[i] + (1 - lambda) * value;
                double half = width * sigma * sqrt(lambda / (2 - lambda) * (1 - pow(1 - lambda, 2 * t)));
                out[i] = (struct stats_ewma) { value, mean - half, mean + half, fabs(value - mean) > half };
        }
}
