/* publish.c - what pages for everybody read of a release: the open cells as figures, comparison, places and tiles. Rows are prepared beside
 * those that are shown, and are read when the release is made (schema/0018). */
#include <math.h>
#include "network.h"
#include "places.h"
#include "release.sql.h"
#include "releasing.h"

/* With more changed indicators than this, all tiles of the municipalities are written anew: that is then the shorter way. */
#define FEW_INDICATORS 3
/* Municipalities whose tiles are written in one step. */
#define STEP_TILES 10

/* benchmark.sql calls it so: refused is "there is something, but it is not shown". */
static const char *status_name(const struct result *r) {
        static const enum network_status status[] = { NETWORK_EXACT, NETWORK_REFUSED, NETWORK_REFUSED, NETWORK_MISSING };
        return network_status_name(status[r->status]);
}

static enum err put_figures(struct db *db, const struct cell *c, int64_t release) {
        enum err e = publish_end_figures(db, c->indicator, c->period, c->period, c->detail, release);
        for (size_t i = 0; e == OK && i < c->n; i++) {
                const struct result *r = &c->v[i];
                e = benchmark_put_figure(db, c->indicator, c->period, r->region, c->detail, r->value, r->numerator, r->denominator,
                        str_of(status_name(r)), NETWORK_DIVISION, S(""), release);
        }
        return e;
}

static enum err put_units(struct db *db, const struct cell *c, int64_t release) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < c->n; i++) {
                const struct result *r = &c->v[i];
                if (r->status == RESULT_EXACT)
                        e = benchmark_put_unit(db, c->indicator, c->period, r->region, r->value, r->numerator, r->denominator, r->low95,
                                r->high95, r->class_exact, r->class_adjusted, r->z, r->fifth, release);
        }
        return e;
}

static enum err end_comparisons(struct db *db, struct str indicator, int64_t first, int64_t last, int64_t release) {
        enum err e = publish_end_units(db, indicator, first, last, release);
        if (e == OK)
                e = publish_end_comparisons(db, indicator, first, last, release);
        return e == OK ? publish_end_places(db, indicator, first, last, release) : e;
}

static enum err put_comparison(struct db *db, struct arena *a, const struct cell *c, int64_t release) {
        const double *q = c->quantile;
        int64_t units = 0, outside = 0, adjusted = 0;
        for (size_t i = 0; i < c->n; i++) {
                units += c->v[i].status == RESULT_EXACT;
                outside += c->v[i].class_exact == 2 || c->v[i].class_exact == -2;
                adjusted += c->v[i].class_adjusted == 2 || c->v[i].class_adjusted == -2;
        }
        enum err e = end_comparisons(db, c->indicator, c->period, c->period, release);
        if (e != OK || units < BENCHMARK_UNITS_MIN)
                return e;
        struct str quantiles = str_fmt(a, "%.10g %.10g %.10g %.10g %.10g %.10g %.10g", q[0], q[1], q[2], q[3], q[4], q[5], q[6]);
        e = benchmark_put_comparison(db, c->indicator, c->period, units, c->target,
                c->target_from_counts ? S("counts") : S("median"), c->total_numerator, c->total_denominator,
                str_of(benchmark_method_name((enum benchmark_method) c->method)), c->phi, c->tau2, outside, adjusted, quantiles, release);
        return e == OK ? put_units(db, c, release) : e;
}

static enum err put_cell(struct db *db, struct arena *a, const struct cell *c, int64_t release) {
        enum err e = put_figures(db, c, release);
        return e == OK && c->detail.n == 0 ? put_comparison(db, a, c, release) : e;
}

/* Takes all of an indicator away from the pages. */
static enum err end_indicator(struct db *db, struct str indicator, int64_t release) {
        enum err e = publish_end_figures(db, indicator, 0, INT64_MAX, (struct str) { 0 }, release);
        return e == OK ? end_comparisons(db, indicator, 0, INT64_MAX, release) : e;
}

/* ---- a release that is being made ---- */

struct publishing {
        struct releasing *x;
        struct arena *a;                /* of one indicator */
        struct cell_list cells;
        struct page_municipalities_row_list municipalities;
        bool anew;                      /* the tiles of all indicators: too many changed, or what everybody may see did */
        VEC(const struct dictionary_entry *) changed;
};
/* Some cells of one indicator, or the tiles of some municipalities: what is written in one step. */
struct part {
        const struct publishing *p;
        const struct dictionary_entry *entry;
        size_t from, until;
};

static enum err put_part(struct db *db, const struct releasing *x, void *arg) {
        const struct part *part = arg;
        const struct publishing *p = part->p;
        struct arena a = { 0 };
        enum err e = OK;
        for (size_t i = part->from; e == OK && i < part->until; i++) {
                const struct cell *c = &p->cells.v[i];
                e = put_cell(db, &a, c, x->id);
                if (e == OK && c->detail.n == 0)
                        e = places_put(db, &a, &p->municipalities, part->entry, c, x->id);
                arena_reset(&a);
        }
        arena_done(&a);
        return e;
}

static enum err take_away(struct db *db, const struct releasing *x, void *arg) {
        const struct dictionary_entry *d = arg;
        return end_indicator(db, d->code, x->id);
}

static enum err read_cell(struct publishing *p, const struct dictionary_entry *d, struct str detail, int64_t period) {
        struct release_cell_at_row row;
        bool found;
        enum err e = release_cell_at(p->x->db, p->a, p->x->request->fictitious, d->code, detail, period, p->x->id, &row, &found);
        if (e != OK || !found)
                return e;
        struct cell *c = vec_push(p->a, &p->cells);
        *c = (struct cell) { .indicator = d->code, .detail = detail, .period = period, .since = row.since };
        return cell_unpack(p->a, row.packed, c);
}

static enum err read_all(struct db *db, struct arena *a, const struct dictionary_entry *d, bool fictitious, int64_t release,
        struct cell_list *ret) {
        static const struct str none = S_INIT("");
        size_t n;
        const struct str *details = dictionary_details(d->code, &n);
        enum err e = OK;
        for (size_t k = 0; e == OK && k < (n ? n : 1); k++) {
                struct release_cells_row_list rows;
                struct str detail = n ? details[k] : none;
                e = release_cells(db, a, fictitious, d->code, detail, release, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        struct cell *c = vec_push(a, ret);
                        *c = (struct cell) { .indicator = d->code, .detail = detail, .period = rows.v[i].period, .since = rows.v[i].since };
                        e = cell_unpack(a, rows.v[i].packed, c);
                }
        }
        return e;
}

/* The cells of an indicator that the pages must have anew: those that changed, or all when everybody may see it from now on. */
static enum err prepare(struct publishing *p, const struct dictionary_entry *d, bool was_open) {
        struct releasing *x = p->x;
        enum err e = OK;
        p->cells = (struct cell_list) { 0 };
        if (x->last_id == 0 || (was_open && !releasing_is_open(x, d->code))) {
                p->anew = true;
                e = releasing_step(x, take_away, (void *) d);
        }
        if (e != OK || !releasing_is_open(x, d->code))
                return e;
        if (!was_open) {
                p->anew = true;
                e = read_all(x->db, p->a, d, x->request->fictitious, x->id, &p->cells);
        }
        for (size_t i = 0; e == OK && was_open && i < x->changed.n; i++)
                if (x->changed.v[i].entry == d)
                        e = read_cell(p, d, x->changed.v[i].detail, x->changed.v[i].period);
        if (p->cells.n)
                *vec_push(x->a, &p->changed) = d;
        for (size_t i = 0; e == OK && i < p->cells.n; i += STEP_CELLS) {
                struct part part = { p, d, i, i + STEP_CELLS < p->cells.n ? i + STEP_CELLS : p->cells.n };
                e = releasing_step(x, put_part, &part);
        }
        return e;
}

static enum err prepare_indicators(struct publishing *p) {
        struct releasing *x = p->x;
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++) {
                struct arena scratch = { 0 };
                struct release_audience_row row;
                bool found = false;
                p->a = &scratch;
                e = release_audience(x->db, &scratch, x->last_id, x->dictionary.v[i].code, &row, &found);
                if (e == OK)
                        e = prepare(p, &x->dictionary.v[i], found && str_eq(row.audience, S("open")));
                arena_done(&scratch);
                x->done++;
        }
        return e;
}

/* ---- tiles ---- */

/* Tiles tell of what the pages will show. */
static enum err tiles_ahead(struct db *db, const struct releasing *x, struct arena *a, struct str region, struct str indicator,
        struct tile_list *ret) {
        enum err e = db_savepoint(db);
        if (e != OK)
                return e;
        e = publish_look_ahead(db, x->id);
        if (e == OK)
                e = releasing_mark(db, x);
        if (e == OK)
                e = tiles_of(db, a, region, indicator, ret);
        db_rollback_to(db);
        return e;
}

static enum err put_tiles(struct db *db, const struct releasing *x, struct str region, struct str indicator) {
        struct arena a = { 0 };
        struct tile_list tiles = { 0 };
        enum err e = tiles_ahead(db, x, &a, region, indicator, &tiles);
        if (e == OK && indicator.n == 0)
                e = publish_end_profile(db, region, (struct opt_i64) { 0 }, x->id);
        for (size_t i = 0; e == OK && i < tiles.n; i++) {
                if (indicator.n)
                        e = publish_end_profile(db, region, opt_i64(tiles.v[i].position), x->id);
                if (e == OK)
                        e = tile_put(db, region, &tiles.v[i], x->id);
        }
        arena_done(&a);
        return e;
}

static enum err put_tile_part(struct db *db, const struct releasing *x, void *arg) {
        const struct part *part = arg;
        const struct publishing *p = part->p;
        enum err e = OK;
        for (size_t i = part->from; e == OK && i < part->until; i++) {
                if (p->anew)
                        e = put_tiles(db, x, p->municipalities.v[i].code, S(""));
                for (size_t k = 0; e == OK && !p->anew && k < p->changed.n; k++)
                        e = put_tiles(db, x, p->municipalities.v[i].code, p->changed.v[k]->code);
        }
        return e;
}

enum err releasing_publish(struct releasing *x) {
        struct publishing p = { .x = x };
        if (!x->shown)
                return OK;
        enum err e = page_municipalities(x->db, x->a, &p.municipalities);
        if (e == OK)
                e = prepare_indicators(&p);
        p.anew |= p.changed.n > FEW_INDICATORS;
        for (size_t i = 0; e == OK && (p.anew || p.changed.n) && i < p.municipalities.n; i += STEP_TILES) {
                struct part part = { &p, NULL, i, i + STEP_TILES < p.municipalities.n ? i + STEP_TILES : p.municipalities.n };
                e = releasing_step(x, put_tile_part, &part);
        }
        return e;
}

/* What pages show of the demonstration goes when the first real release comes. */
enum err releasing_mark(struct db *db, const struct releasing *x) {
        enum err e = OK;
        for (size_t i = 0; e == OK && x->shown && x->last_id == 0 && i < x->dictionary.n; i++)
                e = publish_fictitious(db, x->dictionary.v[i].code, x->request->fictitious);
        return e;
}

/* ---- after loading ---- */

static enum err publish_entry(struct db *db, struct arena *a, const struct dictionary_entry *d, const struct benchmark_release_info *r) {
        struct release_audience_row row = { 0 };
        struct cell_list cells = { 0 };
        bool found;
        enum err e = release_audience(db, a, r->id, d->code, &row, &found);
        if (e == OK)
                e = releasing_forget(db, d->code, r->id);
        if (e == OK)
                e = end_indicator(db, d->code, r->id);
        if (e == OK)
                e = publish_fictitious(db, d->code, r->fictitious);
        if (e != OK || !found || !str_eq(row.audience, S("open")))
                return e;
        e = read_all(db, a, d, r->fictitious, r->id, &cells);
        for (size_t i = 0; e == OK && i < cells.n; i++)
                e = put_cell(db, a, &cells.v[i], r->id);
        return e;
}

enum err benchmark_republish(struct db *db, struct arena *a) {
        struct benchmark_release_info newest;
        struct dictionary dictionary;
        enum err e = release_interrupt(db);
        if (e == OK)
                e = benchmark_release_newest(db, a, &newest);
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
