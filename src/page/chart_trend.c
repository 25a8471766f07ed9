#include <math.h>
#include "chart_view.h"

enum { LEFT = 64, RIGHT = 592, TOP = 36, BOTTOM = 232, YEARS_MAX = 11 };

const char *line_class(enum chart_kind kind) {
        return kind == CHART_OWN ? "own" : kind == CHART_PEER ? "peer" : "nation";
}

size_t trend_stroke(const struct chart_moment *m, size_t n, size_t i, double every) {
        size_t k = i + 1;
        while (!isnan(m[i].y) && k < n && !isnan(m[k].y) && time_follows(m[k - 1].t, m[k].t, every))
                k++;
        return k;
}

static void end_labels(struct trend_view *v, const struct chart_trend *t) {
        double at[END_LABELS_MAX];
        for (size_t i = 0; i < t->lines && v->ends < END_LABELS_MAX; i++) {
                const struct chart_line *l = &t->line[i];
                size_t k = l->moments;
                while (k > 0 && isnan(l->moment[k - 1].y))
                        k--;
                if (k == 0)
                        continue;
                at[v->ends] = scale_at(&v->y, l->moment[k - 1].y) + 4;
                v->end[v->ends++] = (struct end_label) { .text = l->label, .own = l->kind == CHART_OWN };
        }
        spread_labels(at, v->ends, 16, TOP + 4, BOTTOM);
        for (size_t i = 0; i < v->ends; i++)
                v->end[i].y = at[i];
}

struct trend_view trend_view(struct arena *a, const struct chart_trend *t) {
        struct trend_view v = { 0 };
        double most = 0, first = INFINITY, last = -INFINITY;
        for (size_t i = 0; i < t->lines; i++)
                for (size_t k = 0; k < t->line[i].moments; k++) {
                        const struct chart_moment *m = &t->line[i].moment[k];
                        first = fmin(first, m->t);
                        last = fmax(last, m->t);
                        v.provisional |= m->provisional && !isnan(m->y);
                        most = isnan(m->y) ? most : fmax(most, m->y);
                }
        v.yt = ticks_linear(0, most, 4);
        v.time = time_axis(a, first, last, LEFT + 24, RIGHT - 24, YEARS_MAX);
        v.y = (struct scale) { 0, v.yt.v[v.yt.n - 1], BOTTOM, TOP, false };
        end_labels(&v, t);
        return v;
}
