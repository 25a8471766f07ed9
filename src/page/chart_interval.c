#include <math.h>
#include "chart_view.h"

enum { LEFT = 236, RIGHT = 744, TOP = 30, ROW = 25 };

double row_middle(size_t i) {
        return TOP + ROW * ((double) i + 0.5);
}

struct str short_name(struct arena *a, struct str name, size_t most) {
        size_t letters = 0, cut = 0;
        for (size_t i = 0; i < name.n; i++) {
                bool start = ((unsigned char) name.p[i] & 0xc0) != 0x80;
                if (start && letters == most - 1)
                        cut = i;
                letters += start;
        }
        return letters <= most ? name : str_fmt(a, "%.*s…", STR(str_sub(name, 0, cut)));
}

struct interval_view interval_view(const struct chart_interval *iv) {
        struct interval_view v = { 0 };
        double most = isnan(iv->target) ? 0 : iv->target, least = isnan(iv->target) ? HUGE_VAL : iv->target;
        for (size_t i = 0; i < iv->rows; i++) {
                const struct chart_row *r = &iv->row[i];
                double seen[] = { r->y, r->lo, r->hi, r->before };
                for (size_t k = 0; k < 4; k++) {
                        most = isnan(seen[k]) ? most : fmax(most, seen[k]);
                        least = isnan(seen[k]) ? least : fmin(least, seen[k]);
                }
                v.any_interval |= !isnan(r->lo) && !isnan(r->hi);
                v.any_before |= !isnan(r->before);
                v.any_own |= r->own;
        }
        /* Places, not lengths, carry the value here: the axis may start above zero when all values are far from it, and below for differences. */
        v.xt = ticks_linear(isfinite(least) && (least < 0 || least > most * 0.6) ? least : 0, most, 6);
        double from = v.xt.v[0], top = from + (most - from) * 1.03;
        if (v.xt.v[v.xt.n - 1] > top)
                v.xt.n--;
        v.x = (struct scale) { from, top > from ? top : from + 1, LEFT, RIGHT, false };
        v.bottom = TOP + ROW * (double) iv->rows;
        v.height = v.bottom + 30;
        return v;
}
