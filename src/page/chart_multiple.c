#include <math.h>
#include "chart_view.h"

enum { LEFT = 44, RIGHT = 238, TOP = 10, BOTTOM = 92, YEARS_MAX = 4 };

struct multiple_view multiple_view(struct arena *a, const struct chart_multiple *m) {
        struct multiple_view v = { 0 };
        double most = 0, first = INFINITY, last = -INFINITY;
        for (size_t i = 0; i < m->trend.lines; i++)
                for (size_t k = 0; k < m->trend.line[i].moments; k++) {
                        const struct chart_moment *at = &m->trend.line[i].moment[k];
                        first = fmin(first, at->t);
                        last = fmax(last, at->t);
                        most = fmax(most, at->y);       /* fmax leaves NaN out */
                }
        v.yt = ticks_linear(0, most, 2);
        v.time = time_axis(a, first, last, LEFT + 6, RIGHT - 6, YEARS_MAX);
        v.y = (struct scale) { 0, v.yt.v[v.yt.n - 1], BOTTOM, TOP, false };
        return v;
}
