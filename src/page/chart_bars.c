#include <math.h>
#include "chart_view.h"

enum { LEFT = 4, RIGHT = 640, ROW = 42, COLUMN_BOTTOM = 220, COLUMN_TOP = 34 };

const char *bar_class(enum chart_kind kind) {
        return kind == CHART_OWN ? " own" : kind == CHART_PEER ? " peer" : "";
}

struct bars_view bars_view(const struct chart_bars *b) {
        struct bars_view v = { .width = 760, .left = LEFT };
        double most = 0;
        for (size_t i = 0; i < b->bars; i++)
                most = isnan(b->bar[i].y) ? most : fmax(most, b->bar[i].y);
        v.vt = ticks_linear(0, most, 4);
        if (b->upright) {
                v.height = COLUMN_BOTTOM + 30;
                v.v = (struct scale) { 0, v.vt.v[v.vt.n - 1], COLUMN_BOTTOM, COLUMN_TOP, false };
        } else {
                v.height = ROW * (double) b->bars + 8;
                v.v = (struct scale) { 0, most > 0 ? most : 1, LEFT, RIGHT, false };
        }
        return v;
}
