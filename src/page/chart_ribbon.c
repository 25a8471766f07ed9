#include <math.h>
#include "chart_view.h"

enum { LEFT = 64, RIGHT = 592, TOP = 36, BOTTOM = 272, YEARS_MAX = 11 };

size_t ribbon_stroke(const struct chart_ribbon *r, size_t i) {
        size_t k = i + 1;
        while (!isnan(r->band[i].p50) && k < r->bands && !isnan(r->band[k].p50)
               && time_follows(r->band[k - 1].t, r->band[k].t, r->every))
                k++;
        return k;
}

/* Beside the last known band, and beside the last own value. */
static void end_labels(struct ribbon_view *v, const struct chart_ribbon *r) {
        static const struct str names[] = { S_INIT("90% eronder"), S_INIT("75% eronder"), S_INIT("middelste"), S_INIT("25% eronder"),
                                            S_INIT("10% eronder") };
        double at[6];
        size_t k = r->bands, m = r->moments;
        while (k > 0 && isnan(r->band[k - 1].p50))
                k--;
        if (k > 0) {
                const struct chart_band *b = &r->band[k - 1];
                const double y[] = { b->p90, b->p75, b->p50, b->p25, b->p10 };
                for (size_t i = 0; i < 5; i++) {
                        at[v->ends] = scale_at(&v->y, y[i]) + 4;
                        v->end[v->ends++].text = names[i];
                }
        }
        while (m > 0 && isnan(r->own[m - 1].y))
                m--;
        if (m > 0) {
                at[v->ends] = scale_at(&v->y, r->own[m - 1].y) + 4;
                v->end[v->ends++] = (struct end_label) { .text = r->own_label, .own = true };
        }
        spread_labels(at, v->ends, 15, TOP + 4, BOTTOM);
        for (size_t i = 0; i < v->ends; i++)
                v->end[i].y = at[i];
}

struct ribbon_view ribbon_view(struct arena *a, const struct chart_ribbon *r) {
        struct ribbon_view v = { 0 };
        double most = 0, least = INFINITY, first = INFINITY, last = -INFINITY;
        for (size_t i = 0; i < r->bands; i++) {
                first = fmin(first, r->band[i].t);
                last = fmax(last, r->band[i].t);
                most = fmax(most, r->band[i].p90);      /* fmax leaves NaN out */
                least = fmin(least, r->band[i].p10);
        }
        for (size_t i = 0; i < r->moments; i++) {
                first = fmin(first, r->own[i].t);
                last = fmax(last, r->own[i].t);
                most = fmax(most, r->own[i].y);
                least = fmin(least, r->own[i].y);
        }
        /* From 0, unless all lies far above it. */
        v.yt = ticks_linear(isfinite(least) && least > most / 2 ? least : 0, most, 5);
        v.time = time_axis(a, first, last, LEFT + 24, RIGHT - 24, YEARS_MAX);
        v.y = (struct scale) { v.yt.v[0], v.yt.v[v.yt.n - 1], BOTTOM, TOP, false };
        end_labels(&v, r);
        return v;
}
