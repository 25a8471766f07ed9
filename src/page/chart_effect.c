#include <math.h>
#include "chart_view.h"

enum { LEFT = 64, RIGHT = 744, TOP = 36, BOTTOM = 272 };

struct effect_view effect_view(const struct chart_effect *e) {
        struct effect_view v = { 0 };
        double first = 0, last = 0, least = 0, most = 0;
        for (size_t i = 0; i < e->lags; i++) {
                const struct chart_lag *l = &e->lag[i];
                first = fmin(first, l->lag);
                last = fmax(last, l->lag);
                least = fmin(least, fmin(l->y, l->lo));         /* fmin leaves NaN out */
                most = fmax(most, fmax(l->y, l->hi));
        }
        v.xt = ticks_linear(first, last, last - first > 10 ? 8 : (int) (last - first) + 1);
        v.yt = ticks_linear(least, most, 5);
        v.x = (struct scale) { first - 0.5, last + 0.5, LEFT, RIGHT, false };
        v.y = (struct scale) { v.yt.v[0], v.yt.v[v.yt.n - 1], BOTTOM, TOP, false };
        return v;
}
