#include <math.h>
#include "chart_view.h"

enum { LEFT = 64, RIGHT = 652, TOP = 44, BOTTOM = 272, YEARS_MAX = 11 };

bool control_above(const struct chart_control_point *c) {
        return c->y > c->mean;
}

size_t control_stroke(const struct chart_control *k, size_t i, bool joined) {
        size_t to = i + 1;
        while (to < k->points && (joined || !k->point[to].rebased) && isnan(k->point[to].y) == isnan(k->point[i].y)
               && isnan(k->point[to].lo) == isnan(k->point[i].lo)
               && time_follows(k->point[to - 1].t, k->point[to].t, k->every))
                to++;
        return to;
}

static void end_labels(struct control_view *v, const struct chart_control *k) {
        const struct chart_control_point *c = k->points ? &k->point[k->points - 1] : NULL;
        double at[3];
        if (!c || isnan(c->mean))
                return;
        const struct { double y; struct str text; } want[] = { { c->hi, S("bovengrens") }, { c->mean, S("gemiddelde") },
                                                               { c->lo, S("ondergrens") } };
        for (size_t i = 0; i < 3; i++)
                if (!isnan(want[i].y)) {
                        at[v->ends] = scale_at(&v->y, want[i].y) + 4;
                        v->end[v->ends++].text = want[i].text;
                }
        spread_labels(at, v->ends, 15, TOP + 4, BOTTOM);
        for (size_t i = 0; i < v->ends; i++)
                v->end[i].y = at[i];
}

struct control_view control_view(struct arena *a, const struct chart_control *k) {
        struct control_view v = { 0 };
        double most = -INFINITY, least = INFINITY, first = INFINITY, last = -INFINITY;
        for (size_t i = 0; i < k->points; i++) {
                const struct chart_control_point *c = &k->point[i];
                first = fmin(first, c->t);
                last = fmax(last, c->t);
                most = fmax(fmax(most, c->y), fmax(c->hi, c->mean));
                least = fmin(fmin(least, c->y), fmin(c->lo, c->mean));
                v.any_outside |= c->signal == CHART_OUTSIDE;
                v.any_pattern |= c->signal == CHART_PATTERN;
                v.any_limits |= !isnan(c->lo);
        }
        /* What matters is the movement between the limits: the axis may start above zero. */
        v.yt = ticks_linear(isfinite(least) && least > most * 0.5 ? least : fmin(0, least), most, 5);
        double half = (k->every > 0 ? k->every : 1) / 2;       /* limits reach half a step past a moment */
        v.time = time_axis(a, first - half, last + half, LEFT, RIGHT, YEARS_MAX);
        v.y = (struct scale) { v.yt.v[0], v.yt.v[v.yt.n - 1], BOTTOM, TOP, false };
        end_labels(&v, k);
        return v;
}
