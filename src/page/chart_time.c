#include <math.h>
#include "chart_view.h"

struct time_axis time_axis(struct arena *a, double first, double last, double left, double right, int most) {
        struct time_axis t = { .x = { first, last, left, right, false } };
        if (!isfinite(first))
                t.x.from = t.x.to = 0;
        if (!(last > first)) {
                *vec_push(a, &t.years) = t.x.from;
                t.x.to = t.x.from + 1;
                t.x.from--;
                return t;
        }
        int from = (int) ceil(first), to = (int) last, step = (to - from) / most + 1;
        for (int year = to; year >= from; year -= step)
                *vec_push(a, &t.years) = year;
        return t;
}

bool time_follows(double before, double t, double every) {
        return t - before < 1.5 * (every > 0 ? every : 1);
}
