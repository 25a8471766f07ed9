/* recode.c - figures of an older division, as they are in today's. */
#include <stdlib.h>
#include "loading.h"

static int by_group(const void *x, const void *y) {
        const struct figure *a = x, *b = y;
        int c = str_cmp(a->indicator->code, b->indicator->code);
        if (c == 0)
                c = (a->period > b->period) - (a->period < b->period);
        if (c == 0)
                c = str_cmp(a->detail, b->detail);
        if (c == 0)
                c = (a->boundary_year > b->boundary_year) - (a->boundary_year < b->boundary_year);
        return c ? c : str_cmp(a->region, b->region);
}

static bool same_group(const struct figure *a, const struct figure *b) {
        return a->indicator == b->indicator && a->period == b->period && str_eq(a->detail, b->detail) &&
               a->boundary_year == b->boundary_year;
}

static enum network_measure measure_of(const struct indicator_text *t) {
        if (str_eq(t->kind, S("count")))
                return NETWORK_COUNT;
        return str_eq(t->kind, S("median")) ? NETWORK_WHOLE : NETWORK_RATIO;
}

/* Figures FIRST to LAST are one indicator, period, detail and division. */
static void recode_group(struct loading *x, size_t first, size_t last) {
        struct figure like = x->figures.v[first];
        struct network_figures in = { 0 }, out;
        for (size_t i = first; i < last; i++) {
                const struct figure *f = &x->figures.v[i];
                if (!str_eq(f->region, S(NETWORK_NATION)))
                        *vec_push(x->a, &in) = (struct network_figure) { f->region, f->value, f->numerator,
                                f->denominator, f->status };
        }
        network_recode(&x->graph, x->a, &in, (int) like.boundary_year, NETWORK_DIVISION, measure_of(like.indicator),
                       like.indicator->scale, &out);
        for (size_t i = 0; i < out.n; i++) {
                struct figure *f = vec_push(x->a, &x->figures);
                *f = like;
                f->region = out.v[i].code;
                f->value = out.v[i].value;
                f->numerator = out.v[i].numerator;
                f->denominator = out.v[i].denominator;
                f->status = out.v[i].status;
                f->boundary_year = NETWORK_DIVISION;
        }
}

void loading_recode(struct loading *x) {
        size_t n = x->figures.n;
        if (n == 0)
                return;
        qsort(x->figures.v, n, sizeof *x->figures.v, by_group);
        for (size_t i = 0, end; i < n; i = end) {
                end = i + 1;
                while (end < n && same_group(&x->figures.v[i], &x->figures.v[end]))
                        end++;
                if (x->figures.v[i].boundary_year < NETWORK_DIVISION)
                        recode_group(x, i, end);
        }
        qsort(x->figures.v, x->figures.n, sizeof *x->figures.v, by_group);
}
