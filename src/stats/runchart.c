#define MATHLIB_STANDALONE 1
#include "runchart.h"
#include "quantile.h"
#include <Rmath.h>

#define D2 1.128

struct stats_run_chart stats_run_chart(const double *y, size_t n, double *scratch)
{
        struct stats_run_chart r = { .median = STATS_NONE, .longest_limit = STATS_NONE, .crossings_limit = STATS_NONE };
        size_t run = 0, above = 0;
        int side = 0;
        for (size_t i = 0; i < n; i++)
                r.points += isnan(y[i]) ? 0 : 1;
        r.median = stats_quantile(y, n, 0.5, 7, scratch);
        for (size_t i = 0; i < n; i++) {
                if (isnan(y[i]))
                        run = 0;
                if (isnan(y[i]) || y[i] == r.median)
                        continue;
                int here = y[i] > r.median ? 1 : -1;
                r.useful++;
                above += here > 0;
                r.crossings += side == -here;
                run = here == side ? run + 1 : 1;
                r.longest = run > r.longest ? run : r.longest;
                side = here;
        }
        if (r.useful < STATS_RUN_LEAST || 5 * above < 2 * r.useful || 5 * (r.useful - above) < 2 * r.useful)
                return r;
        r.longest_limit = round(log2((double) r.useful)) + 3;
        r.crossings_limit = qbinom(0.05, (double) r.useful - 1, 0.5, 1, 0);
        r.shift = (double) r.longest > r.longest_limit;
        r.clump = (double) r.crossings < r.crossings_limit;
        return r;
}

static bool counts(enum stats_figure figure, const double *x, const double *n, size_t i)
{
        if (figure == STATS_FIGURE_MEASURE)
                return isfinite(x[i]);
        return x[i] >= 0 && (!n || (n[i] > 0 && (figure != STATS_FIGURE_SHARE || x[i] <= n[i])));
}

/* Median over the points of what one expects to count there: events, and for a share the rarer of the two kinds. */
static double expected(enum stats_figure figure, const double *x, const double *n, size_t k, double *scratch)
{
        double sum_x = 0, sum_n = 0;
        for (size_t i = 0; i < k; i++)
                if (counts(figure, x, n, i)) {
                        sum_x += x[i];
                        sum_n += n ? n[i] : 1;
                }
        double rate = sum_x / sum_n;
        if (figure == STATS_FIGURE_SHARE)
                rate = fmin(rate, 1 - rate);
        size_t points = 0;
        for (size_t i = 0; i < k; i++)
                if (counts(figure, x, n, i))
                        scratch[points++] = rate * (n ? n[i] : 1);
        points = stats_sort(scratch, points);
        return stats_quantile_sorted(scratch, points, 0.5, 7);
}

static bool is_flat(const double *x, size_t k)
{
        size_t steps = 0, still = 0;
        for (size_t i = 1; i < k; i++)
                if (isfinite(x[i]) && isfinite(x[i - 1])) {
                        steps++;
                        still += x[i] == x[i - 1];
                }
        return 4 * still >= steps;
}

struct stats_chart_choice stats_choose_chart(enum stats_figure figure, const double *x, const double *n, size_t k, double *scratch)
{
        struct stats_chart_choice c = { STATS_CHART_NONE, STATS_CHART_TOO_FEW, true, 0, STATS_NONE };
        for (size_t i = 0; i < k; i++)
                c.points += counts(figure, x, n, i);
        if (c.points < 2 || (figure == STATS_FIGURE_SHARE && !n))
                return c;
        c.provisional = c.points < STATS_SPC_TRIAL;
        if (figure == STATS_FIGURE_MEASURE) {
                bool flat = is_flat(x, k);
                c.chart = flat ? STATS_CHART_RUN : STATS_CHART_XMR;
                c.reason = flat ? STATS_CHART_FLAT : STATS_CHART_FITS;
                return c;
        }
        c.expected = expected(figure, x, n, k, scratch);
        bool small = c.expected < STATS_CHART_EXPECTED_LEAST;
        c.chart = small ? STATS_CHART_RUN : figure == STATS_FIGURE_SHARE ? STATS_CHART_P : STATS_CHART_U;
        c.reason = small ? STATS_CHART_SMALL_COUNTS : STATS_CHART_FITS;
        return c;
}

void stats_alerts(const int *direction, const bool *missing, size_t n, enum stats_alert *out)
{
        int last = 0, told = 0;
        for (size_t i = 0; i < n; i++) {
                out[i] = STATS_ALERT_NONE;
                if (missing && missing[i]) {            /* neither confirms nor ends: but two signals around a gap are not in a row */
                        last = told;
                        continue;
                }
                int here = direction[i] > 0 ? 1 : direction[i] < 0 ? -1 : 0;
                if (here != 0 && here == told)
                        out[i] = STATS_ALERT_STANDING;
                else if (here != 0 && here == last)
                        out[i] = STATS_ALERT_CONFIRMED;
                else if (here != 0)
                        out[i] = STATS_ALERT_NEW;
                else if (told != 0)
                        out[i] = STATS_ALERT_ENDED;
                told = out[i] == STATS_ALERT_CONFIRMED || out[i] == STATS_ALERT_STANDING ? here : 0;
                last = here;
        }
}
