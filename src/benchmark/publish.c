/* publish.c - what pages for everybody read of a release: the open cells as figures, comparison and places. */
#include <math.h>
#include "network.h"
#include "places.h"
#include "release.sql.h"
#include "releasing.h"

/* benchmark.sql calls it so: refused is "there is something, but it is not shown". */
static const char *status_name(const struct result *r) {
        static const enum network_status status[] = { NETWORK_EXACT, NETWORK_REFUSED, NETWORK_REFUSED, NETWORK_MISSING };
        return network_status_name(status[r->status]);
}

static enum err put_figures(struct db *db, const struct cell *c) {
        enum err e = publish_clear_figures(db, c->indicator, c->period, c->detail);
        for (size_t i = 0; e == OK && i < c->n; i++) {
                const struct result *r = &c->v[i];
                e = benchmark_put_figure(db, c->indicator, c->period, r->region, c->detail, r->value, r->numerator, r->denominator,
                        str_of(status_name(r)), NETWORK_DIVISION, S(""));
        }
        return e;
}

static enum err put_units(struct db *db, const struct cell *c) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < c->n; i++) {
                const struct result *r = &c->v[i];
                if (r->status == RESULT_EXACT)
                        e = benchmark_put_unit(db, c->indicator, c->period, r->region, r->value, r->numerator, r->denominator, r->low95,
                                r->high95, r->class_exact, r->class_adjusted, r->z, r->fifth);
        }
        return e;
}

static enum err put_comparison(struct db *db, struct arena *a, const struct cell *c) {
        const double *q = c->quantile;
        int64_t units = 0, outside = 0, adjusted = 0;
        for (size_t i = 0; i < c->n; i++) {
                units += c->v[i].status == RESULT_EXACT;
                outside += c->v[i].class_exact == 2 || c->v[i].class_exact == -2;
                adjusted += c->v[i].class_adjusted == 2 || c->v[i].class_adjusted == -2;
        }
        enum err e = publish_clear_units(db, c->indicator, c->period);
        if (e == OK)
                e = publish_clear_comparison(db, c->indicator, c->period);
        if (e != OK || units < BENCHMARK_UNITS_MIN)
                return e;
        struct str quantiles = str_fmt(a, "%.10g %.10g %.10g %.10g %.10g %.10g %.10g", q[0], q[1], q[2], q[3], q[4], q[5], q[6]);
        e = benchmark_put_comparison(db, c->indicator, c->period, units, c->target,
                c->target_from_counts ? S("counts") : S("median"), c->total_numerator, c->total_denominator,
                str_of(benchmark_method_name((enum benchmark_method) c->method)), c->phi, c->tau2, outside, adjusted, quantiles);
        return e == OK ? put_units(db, c) : e;
}

enum err releasing_publish(struct db *db, struct arena *a, const struct cell *c) {
        enum err e = put_figures(db, c);
        return e == OK && c->detail.n == 0 ? put_comparison(db, a, c) : e;
}

enum err releasing_unpublish(struct db *db, struct str indicator, bool fictitious) {
        enum err e = publish_clear_indicator_figures(db, indicator);
        if (e == OK)
                e = publish_clear_indicator_units(db, indicator);
        if (e == OK)
                e = publish_clear_indicator_comparisons(db, indicator);
        return e == OK ? publish_fictitious(db, indicator, fictitious) : e;
}

static enum err publish_all(struct db *db, struct arena *a, const struct dictionary_entry *d, int64_t release, bool fictitious,
        struct str detail) {
        struct release_cells_row_list rows;
        enum err e = release_cells(db, a, fictitious, d->code, detail, release, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct cell c = { .indicator = d->code, .detail = detail, .period = rows.v[i].period, .since = rows.v[i].since };
                e = cell_unpack(a, rows.v[i].packed, &c);
                if (e == OK)
                        e = releasing_publish(db, a, &c);
        }
        return e;
}

static enum err publish_entry(struct db *db, struct arena *a, const struct dictionary_entry *d, const struct benchmark_release_info *r) {
        struct release_audience_row row = { 0 };
        bool found;
        size_t n;
        const struct str *details = dictionary_details(d->code, &n);
        enum err e = release_audience(db, a, r->id, d->code, &row, &found);
        if (e == OK)
                e = releasing_unpublish(db, d->code, r->fictitious);
        if (e != OK || !found || !str_eq(row.audience, S("open")))
                return e;
        if (n == 0)
                return publish_all(db, a, d, r->id, r->fictitious, S(""));
        for (size_t i = 0; e == OK && i < n; i++)
                e = publish_all(db, a, d, r->id, r->fictitious, details[i]);
        return e;
}

enum err benchmark_republish(struct db *db, struct arena *a) {
        struct benchmark_release_info newest;
        struct dictionary dictionary;
        enum err e = benchmark_release_newest(db, a, &newest);
        if (e != OK || newest.id == 0)
                return e;
        e = benchmark_dictionary(db, a, &dictionary);
        for (size_t i = 0; e == OK && i < dictionary.n; i++) {
                struct arena scratch = { 0 };
                e = publish_entry(db, &scratch, &dictionary.v[i], &newest);
                arena_done(&scratch);
        }
        return e;
}
