/* selection.c - participants choose to take part: how do they differ from the other municipalities? (benchmark.md 2.17) */
#include <math.h>
#include "release.sql.h"
#include "releasing.h"

struct spread {
        double n, sum, squares;
};

static void add(struct spread *s, double v) {
        s->n++;
        s->sum += v;
        s->squares += v * v;
}

static double mean(const struct spread *s) {
        return s->n > 0 ? s->sum / s->n : (double) NAN;
}

static double variance(const struct spread *s) {
        return s->n > 1 ? fmax(0, (s->squares - s->sum * s->sum / s->n) / (s->n - 1)) : (double) NAN;
}

/* Standardised difference: in the root of the mean of both variances (Austin 2009). */
static enum err put(struct db *db, const struct releasing *x, struct str code, const struct spread *in, const struct spread *out) {
        double sd = sqrt((variance(in) + variance(out)) / 2);
        return in->n > 0 ? release_selection_put(db, x->id, code, mean(in), mean(out), sd > 0 ? (mean(in) - mean(out)) / sd : (double) NAN)
                         : OK;
}

enum err releasing_selection(struct db *db, struct arena *a, const struct releasing *x) {
        struct release_characteristics_row_list rows;
        struct spread in = { 0 }, out = { 0 };
        enum err e = release_characteristics(db, a, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                add(benchmark_takes_part(&x->participants, rows.v[i].region, x->request->through) ? &in : &out, rows.v[i].value);
                if (i + 1 < rows.n && str_eq(rows.v[i + 1].characteristic_code, rows.v[i].characteristic_code))
                        continue;
                e = put(db, x, rows.v[i].characteristic_code, &in, &out);
                in = out = (struct spread) { 0 };
        }
        return e;
}
