#include <math.h>
#include "chart_view.h"

enum { LEFT = 330, RIGHT = 744, TOP = 30, ROW = 25 };

double spine_at(const struct chart_spine_row *r, double v) {
        double half = fmax(fmax(r->max - r->target, r->target - r->min), 1e-12);
        struct scale s = { r->target - half, r->target + half, r->flipped ? RIGHT : LEFT, r->flipped ? LEFT : RIGHT, false };
        return scale_at(&s, v);
}

struct spine_view spine_view(const struct chart_spine *s) {
        struct spine_view v = { .bottom = TOP + ROW * (double) s->rows };
        v.height = v.bottom + 28;
        for (size_t i = 0; i < s->rows; i++)
                v.any_class[s->row[i].class] |= !isnan(s->row[i].own);
        return v;
}
