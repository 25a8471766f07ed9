#include <math.h>
#include "chart_view.h"

enum { LEFT = 64, RIGHT = 652, TOP = 28, BOTTOM = 372 };

struct mark_label mark_label(double x, double y, double left, double right, double top) {
        struct mark_label m = { x, y - 14 < top ? y + 24 : y - 14, "middle" };
        if (x - left < 60) {
                m.x = x - 4;
                m.anchor = "start";
        } else if (right - x < 60) {
                m.x = x + 4;
                m.anchor = "end";
        }
        return m;
}

double limit_value(const struct chart_limits *l, enum limit which) {
        const double v[] = { l->lo998, l->lo95, l->hi95, l->hi998 };
        return v[which];
}

/* The range of sizes, a little wider than the points. */
static void sizes(const struct chart_funnel *f, double *lo, double *hi) {
        *lo = INFINITY;
        *hi = 0;
        for (size_t i = 0; i < f->points; i++) {
                *lo = fmin(*lo, f->point[i].x);
                *hi = fmax(*hi, f->point[i].x);
        }
        if (!(*hi > 0) || !(*lo > 0)) {
                *lo = 1;
                *hi = 10;
        }
        *lo /= 1.12;
        *hi *= 1.12;
}

/* Room for all points and the target; limits may leave the drawing at the far left. From 0, unless all lie far above it: then half of the
 * drawing would be empty. */
static void heights(const struct chart_funnel *f, double *lo, double *hi) {
        double most = f->target, least = f->target, above = 0, below = INFINITY;
        for (size_t i = 0; i < f->points; i++) {
                most = fmax(most, f->point[i].y);
                least = fmin(least, f->point[i].y);
        }
        for (size_t i = 0; i < f->limits; i++) {
                above = fmax(above, f->limit[i].hi998);
                below = fmin(below, f->limit[i].lo998);
        }
        most = fmax(most * 1.04, fmin(above, most * 1.25));
        least = fmin(least / 1.04, fmax(below, least / 1.25));
        *hi = f->ceiling > 0 ? fmin(most, f->ceiling) : most;
        *lo = least > *hi / 2 ? least : 0;
}

static void end_labels(struct funnel_view *v, const struct chart_funnel *f) {
        static const struct chart_limits none = { .lo998 = (double) NAN, .lo95 = (double) NAN, .hi95 = (double) NAN,
                                                  .hi998 = (double) NAN };
        const struct chart_limits *l = f->limits ? &f->limit[f->limits - 1] : &none;
        struct { double y; struct str text; } want[] = {
                { l->hi998, S("99,8%") }, { l->hi95, S("95%") }, { f->target, f->target_label },
                { l->lo95, S("95%") }, { l->lo998, S("99,8%") },
        };
        double at[5];
        for (size_t i = 0; i < 5; i++)
                if (want[i].y >= v->y.from && want[i].y <= v->y.to) {
                        at[v->ends] = scale_at(&v->y, want[i].y) + 4;
                        v->end[v->ends++].text = want[i].text;
                }
        spread_labels(at, v->ends, 14, TOP + 4, BOTTOM);
        for (size_t i = 0; i < v->ends; i++)
                v->end[i].y = at[i];
}

struct funnel_view funnel_view(const struct chart_funnel *f) {
        struct funnel_view v = { 0 };
        double lo, hi, bottom, top;
        sizes(f, &lo, &hi);
        heights(f, &bottom, &top);
        v.yt = ticks_linear(bottom, top, 6);
        if (v.yt.v[v.yt.n - 1] > top)
                v.yt.n--;
        v.x = (struct scale) { lo, hi, LEFT, RIGHT, true };
        v.y = (struct scale) { v.yt.v[0], top, BOTTOM, TOP, false };
        v.xt = ticks_log(lo, hi);
        end_labels(&v, f);
        for (size_t i = 0; i < f->points; i++) {
                v.any_class[f->point[i].class] = true;
                v.any_peer |= f->point[i].peer;
                v.any_own |= f->point[i].own;
        }
        return v;
}
