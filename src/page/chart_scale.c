#include "chart_scale.h"
#include <math.h>

double scale_at(const struct scale *s, double v) {
        double share = s->log ? log(v / s->from) / log(s->to / s->from) : (v - s->from) / (s->to - s->from);
        return round((s->start + share * (s->end - s->start)) * 10) / 10;
}

/* The round step that gives about N steps over RANGE. */
static double round_step(double range, int n, int *decimals) {
        double rough = range / n, power = pow(10, floor(log10(rough)));
        double share = rough / power;
        double step = share <= 1.1 ? 1 : share <= 2.2 ? 2 : share <= 5.5 ? 5 : 10;
        int digits = (int) floor(log10(step * power) + 1e-9);
        *decimals = digits < 0 ? -digits : 0;
        return step * power;
}

struct ticks ticks_linear(double lo, double hi, int n) {
        struct ticks t = { 0 };
        if (!isfinite(lo) || !isfinite(hi))
                lo = hi = 0;
        if (hi - lo < 1e-9 * fmax(1, fabs(hi)))
                hi = lo + (lo > 0 ? lo : 1);
        double step = round_step(hi - lo, n, &t.decimals);
        double first = floor(lo / step + 1e-9);
        while (t.n < TICKS_MAX) {
                t.v[t.n] = (first + (double) t.n) * step;
                if (t.v[t.n++] >= hi - step * 1e-9)
                        break;
        }
        return t;
}

static struct ticks log_ticks(double lo, double hi, const double *steps, size_t n, bool *fits) {
        struct ticks t = { 0 };
        *fits = true;
        for (int power = (int) floor(log10(lo)); power <= (int) floor(log10(hi)); power++) {
                for (size_t i = 0; i < n; i++) {
                        double v = steps[i] * pow(10, power);
                        if (v < lo * (1 - 1e-9) || v > hi * (1 + 1e-9))
                                continue;
                        if (t.n == 9) {
                                *fits = false;
                                return t;
                        }
                        t.v[t.n++] = v;
                        if (v < 1)
                                t.decimals = power < -t.decimals ? -power : t.decimals;
                }
        }
        return t;
}

struct ticks ticks_log(double lo, double hi) {
        static const double steps[] = { 1, 2, 5 }, fewer[] = { 1, 5 };
        bool fits;
        struct ticks t = log_ticks(lo, hi, steps, 3, &fits);
        if (!fits)
                t = log_ticks(lo, hi, fewer, 2, &fits);
        if (!fits)
                t = log_ticks(lo, hi, fewer, 1, &fits);
        return t;
}

void spread_labels(double *at, size_t n, double gap, double lo, double hi) {
        size_t order[8];
        for (size_t i = 0; i < n && i < 8; i++) {
                size_t k = i;
                for (; k > 0 && at[order[k - 1]] > at[i]; k--)
                        order[k] = order[k - 1];
                order[k] = i;
        }
        for (size_t i = 0; i < n; i++) {
                double least = i ? at[order[i - 1]] + gap : lo;
                at[order[i]] = fmax(at[order[i]], least);
        }
        double most = hi;
        for (size_t i = n; i-- > 0; most = at[order[i]] - gap)
                at[order[i]] = fmin(at[order[i]], most);
}
