/* release.c - makes a release: year by year, what changed is assembled, made safe, computed, compared with the release before and stored. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>
#include "clock.h"
#include "delivered.sql.h"
#include "places.h"
#include "release.sql.h"
#include "releasing.h"
#include "series.h"

/* With more changed indicators than this, all profiles are written anew: that is then the shorter way. */
#define FEW_INDICATORS 3

/* ---- what changed ---- */

static void touch(struct releasing *x, struct str indicator, struct str detail, int64_t period) {
        static char mark;
        map_put(x->a, &x->touched, str_fmt(x->a, "%.*s|%.*s|%lld", STR(indicator), STR(detail), (long long) period), &mark);
}

static int by_year(const void *x, const void *y) {
        const int64_t *a = x, *b = y;
        return (*a > *b) - (*a < *b);
}

/* The years in which something changed since LAST, each once, in order. Cells after the last quarter wait for a later release. */
static enum err find_changes(struct releasing *x, const struct release *last, int64_t **years, size_t *n) {
        struct delivered_cells_since_row_list rows;
        VEC(int64_t) all = { 0 };
        enum err e = delivered_cells_since(x->db, x->a, x->request->fictitious, 0, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                int64_t period = rows.v[i].period, ends = period_is_quarter(period) ? period : period * 10 + 4;
                x->stamp = rows.v[i].stamp > x->stamp ? rows.v[i].stamp : x->stamp;
                if (ends > x->request->through || (rows.v[i].stamp <= last->stamp && ends <= last->through))
                        continue;
                touch(x, rows.v[i].indicator_code, rows.v[i].detail, period);
                *vec_push(x->a, &all) = period_year(period);
        }
        if (all.n)
                qsort(all.v, all.n, sizeof *all.v, by_year);
        *n = 0;
        for (size_t i = 0; i < all.n; i++)
                if (*n == 0 || all.v[*n - 1] != all.v[i])
                        all.v[(*n)++] = all.v[i];
        *years = all.v;
        return e;
}

/* ---- one year ---- */

static enum err read_before(struct releasing *x, struct arena *a, struct releasing_cell *c) {
        struct release_cell_now_row row = { 0 };
        enum err e = release_cell_now(x->db, a, x->request->fictitious, c->cell.indicator, c->cell.detail, c->cell.period, &row,
                &c->has_before);
        c->before = (struct cell) { .indicator = c->cell.indicator, .detail = c->cell.detail, .period = c->cell.period,
                .since = row.since };
        return e == OK && c->has_before ? cell_unpack(a, row.packed, &c->before) : e;
}

static enum err log_revision(struct releasing *x, const struct releasing_cell *c, struct str region, double before, double after) {
        if ((isnan(before) && isnan(after)) || (!isnan(before) && before >= after && before <= after))
                return OK;
        x->revisions++;
        return release_revision_put(x->db, x->id, c->cell.indicator, c->cell.detail, c->cell.period, region, before, after);
}

/* Both lists are in order of region. */
static enum err log_revisions(struct releasing *x, const struct releasing_cell *c) {
        const struct cell *old = &c->before, *now = &c->cell;
        enum err e = OK;
        for (size_t i = 0, k = 0; e == OK && c->has_before && (i < old->n || k < now->n);) {
                int order = i == old->n ? 1 : k == now->n ? -1 : str_cmp(old->v[i].region, now->v[k].region);
                e = log_revision(x, c, order <= 0 ? old->v[i].region : now->v[k].region, order <= 0 ? old->v[i].value : (double) NAN,
                        order >= 0 ? now->v[k].value : (double) NAN);
                i += order <= 0;
                k += order >= 0;
        }
        return e;
}

static enum err store(struct releasing *x, const struct cell *c) {
        _cleanup_(buf_done) struct buf b = { 0 };
        int64_t units = 0;
        bool f = x->request->fictitious;
        for (size_t i = 0; i < c->n; i++)
                units += c->v[i].status == RESULT_EXACT;
        cell_pack(&b, c);
        if (b.full)
                return err_log(ERR_LIMIT, "the results of %.*s, %lld are too large", STR(c->indicator), (long long) c->period);
        enum err e = release_cell_end(x->db, f, c->indicator, c->detail, c->period, x->id);
        return e == OK ? release_cell_put(x->db, f, c->indicator, c->detail, c->period, x->id, units, buf_view(&b)) : e;
}

static bool is_open(const struct releasing *x, struct str code) {
        for (size_t i = 0; i < x->request->members_n; i++)
                if (str_eq(x->request->members[i], code))
                        return false;
        return true;
}

static enum err keep(struct releasing *x, struct arena *a, const struct cell *c) {
        enum err e = store(x, c);
        const struct dictionary_entry *d = dictionary_find(&x->dictionary, c->indicator);
        x->cells++;
        *vec_push(x->a, &x->changed) = (struct changed) { d, str_dup(x->a, c->detail) };
        if (e != OK || !x->shown || !is_open(x, c->indicator))
                return e;
        if (c->detail.n == 0)
                *vec_push(x->a, &x->published) = (struct published) { d->code, c->period };
        return releasing_publish(x->db, a, c);
}

struct family {
        VEC(struct cell *) cells;
        VEC(struct cell) stored;        /* those of other indicators, that did not change */
        VEC(double *) adjusted;         /* of each of them, as they were */
};

/* Cells of PERIOD and THEME that stand in the release already, beside those that are computed now. */
static enum err add_stored(struct releasing *x, struct arena *a, const struct releasing_cells *now, struct str theme, int64_t period,
        struct family *f) {
        struct release_cells_in_row_list rows;
        enum err e = release_cells_in(x->db, a, x->request->fictitious, period, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct dictionary_entry *d = dictionary_find(&x->dictionary, rows.v[i].indicator_code);
                bool here = !d || !str_eq(d->theme, theme);
                for (size_t k = 0; k < now->n && !here; k++) {
                        const struct cell *c = &now->v[k].cell;
                        here = now->v[k].changed && c->period == period && str_eq(c->indicator, rows.v[i].indicator_code) &&
                                str_eq(c->detail, rows.v[i].detail);
                }
                if (here)
                        continue;
                struct cell c = { .indicator = rows.v[i].indicator_code, .detail = rows.v[i].detail, .period = period };
                e = cell_unpack(a, rows.v[i].packed, &c);
                *vec_push(a, &f->stored) = c;
                double *adjusted = arena_many(a, double, c.n + 1);
                for (size_t k = 0; k < c.n; k++)
                        adjusted[k] = c.v[k].p_adjusted;
                *vec_push(a, &f->adjusted) = adjusted;
        }
        return e;
}

/* The correction for many tests may move an adjusted p, and with it a notice, in cells that did not change themselves: those are kept
 * anew, so that every release is adjusted over itself. */
static enum err keep_moved(struct releasing *x, const struct family *f) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < f->stored.n; i++) {
                const struct cell *c = &f->stored.v[i];
                bool moved = false;
                for (size_t k = 0; k < c->n && !moved; k++)
                        moved = f->adjusted.v[i][k] < c->v[k].p_adjusted || f->adjusted.v[i][k] > c->v[k].p_adjusted;
                if (moved)
                        e = store(x, c);
        }
        return e;
}

static enum err adjust_family(struct releasing *x, struct arena *a, struct releasing_cells *now, struct str theme, int64_t period) {
        struct family f = { 0 };
        enum err e = add_stored(x, a, now, theme, period, &f);
        for (size_t i = 0; i < now->n; i++)
                if (now->v[i].changed && now->v[i].cell.period == period && str_eq(now->v[i].entry->theme, theme))
                        *vec_push(a, &f.cells) = &now->v[i].cell;
        for (size_t i = 0; i < f.stored.n; i++)
                *vec_push(a, &f.cells) = &f.stored.v[i];
        if (e != OK)
                return e;
        releasing_adjust(a, f.cells.v, f.cells.n);
        return keep_moved(x, &f);
}

static enum err adjust(struct releasing *x, struct arena *a, struct releasing_cells *cells) {
        enum err e = OK;
        struct map seen = { 0 };
        for (size_t i = 0; e == OK && i < cells->n; i++) {
                const struct releasing_cell *c = &cells->v[i];
                struct str key = str_fmt(a, "%.*s|%lld", STR(c->entry->theme), (long long) c->cell.period);
                if (!c->changed || map_get(&seen, key))
                        continue;
                map_put(a, &seen, key, &cells->v[i]);
                e = adjust_family(x, a, cells, c->entry->theme, c->cell.period);
        }
        return e;
}

static enum err release_year(struct releasing *x, struct arena *a, int64_t year) {
        struct releasing_cells cells;
        enum err e = releasing_assemble(x, a, year, &cells);
        for (size_t i = 0; e == OK && i < cells.n; i++)
                e = read_before(x, a, &cells.v[i]);
        if (e != OK)
                return e;
        releasing_hide(a, &cells);
        releasing_compute_all(&cells, x->request->threads);
        e = adjust(x, a, &cells);
        for (size_t i = 0; e == OK && i < cells.n; i++) {
                if (!cells.v[i].changed)
                        continue;
                e = log_revisions(x, &cells.v[i]);
                if (e == OK)
                        e = keep(x, a, &cells.v[i].cell);
        }
        return e;
}

/* ---- series ---- */

/* The quarters as they stand now, from one read. */
static enum err read_quarters(struct releasing *x, struct arena *a, const struct dictionary_entry *d, struct str detail,
        struct cell_list *ret) {
        struct release_cells_row_list rows;
        enum err e = release_cells(x->db, a, x->request->fictitious, d->code, detail, x->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct cell *c = period_is_quarter(rows.v[i].period) ? vec_push(a, ret) : NULL;
                if (!c)
                        continue;
                *c = (struct cell) { .indicator = d->code, .detail = detail, .period = rows.v[i].period };
                e = cell_unpack(a, rows.v[i].packed, c);
        }
        return e;
}

static enum err store_series(struct releasing *x, struct arena *a, const struct dictionary_entry *d, struct str detail) {
        struct cell_list cells = { 0 };
        struct series_set set = { .indicator = d->code, .detail = detail };
        _cleanup_(buf_done) struct buf b = { 0 };
        enum err e = read_quarters(x, a, d, detail, &cells);
        if (e != OK || cells.n == 0)
                return e;
        series_compute(a, d, &cells, &set);
        series_pack(&b, &set);
        if (b.full)
                return err_log(ERR_LIMIT, "the series of %.*s are too large", STR(d->code));
        e = release_series_end(x->db, x->request->fictitious, d->code, detail, x->id);
        return e == OK ? release_series_put(x->db, x->request->fictitious, d->code, detail, x->id, buf_view(&b)) : e;
}

/* Those of the cells that changed. */
static enum err release_series(struct releasing *x) {
        enum err e = OK;
        struct map seen = { 0 };
        for (size_t i = 0; e == OK && i < x->changed.n; i++) {
                struct changed *c = &x->changed.v[i];
                struct str key = str_fmt(x->a, "%.*s|%.*s", STR(c->entry->code), STR(c->detail));
                struct arena scratch = { 0 };
                if (map_get(&seen, key))
                        continue;
                map_put(x->a, &seen, key, c);
                e = store_series(x, &scratch, c->entry, c->detail);
                arena_done(&scratch);
        }
        return e;
}

/* ---- a release ---- */

static enum err put_indicators(struct releasing *x) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++)
                e = release_indicator_put(x->db, x->id, x->dictionary.v[i].code, x->dictionary.v[i].version,
                        is_open(x, x->dictionary.v[i].code) ? S("open") : S("members"));
        return e;
}

static unsigned threads_of(unsigned asked) {
        long n = asked ? (long) asked : sysconf(_SC_NPROCESSORS_ONLN);
        return n < 1 ? 1 : n > 8 ? 8 : (unsigned) n;
}

/* What pages show of the demonstration goes when the first real release comes; an indicator that is not open any more goes too. */
static enum err clear_away(struct releasing *x, bool first) {
        enum err e = OK;
        for (size_t i = 0; e == OK && x->shown && i < x->dictionary.n; i++)
                if (first || !is_open(x, x->dictionary.v[i].code))
                        e = releasing_unpublish(x->db, x->dictionary.v[i].code, x->request->fictitious);
        return e;
}

static enum err start(struct releasing *x, int64_t **years, size_t *n) {
        const struct release_request *r = x->request;
        struct release last = { 0 }, real = { 0 };
        bool found = false, has_real = false;
        enum err e = release_last(x->db, x->a, r->fictitious, &last, &found);
        if (e == OK)
                e = release_last(x->db, x->a, false, &real, &has_real);
        if (e != OK)
                return e;
        if (!period_is_quarter(r->through) || !period_is_valid(r->through) || r->through < last.through)
                return err_log(ERR_INVALID, "a release through %lld cannot be made", (long long) r->through);
        x->shown = !r->pages_later && (!r->fictitious || !has_real);
        e = benchmark_dictionary(x->db, x->a, &x->dictionary);
        if (e == OK)
                e = benchmark_participants(x->db, x->a, r->fictitious, &x->participants);
        if (e == OK)
                e = find_changes(x, &last, years, n);
        if (e != OK || *n == 0)
                return e;
        e = release_insert(x->db, r->fictitious, x->at, r->through, r->note, x->stamp, &x->id);
        if (e == OK)
                e = put_indicators(x);
        return e == OK ? clear_away(x, !found) : e;
}

/* What the public pages show of the cells that changed. */
static enum err refresh_pages(struct releasing *x) {
        enum err e = OK;
        size_t indicators = 0;
        struct map seen = { 0 };
        for (size_t i = 0; e == OK && i < x->published.n; i++) {
                const struct published *p = &x->published.v[i];
                struct arena scratch = { 0 };
                e = places_write_one(x->db, &scratch, p->indicator, p->period);
                arena_done(&scratch);
                if (map_get(&seen, p->indicator))
                        continue;
                map_put(x->a, &seen, p->indicator, &x->published);
                if (e == OK && ++indicators <= FEW_INDICATORS)
                        e = profiles_write_one(x->db, x->a, p->indicator);
        }
        return e == OK && indicators > FEW_INDICATORS ? profiles_write(x->db, x->a) : e;
}

static int64_t taking_part(const struct releasing *x) {
        int64_t n = 0;
        for (size_t i = 0; i < x->participants.n; i++)
                n += (i == 0 || !str_eq(x->participants.v[i].region, x->participants.v[i - 1].region)) &&
                        benchmark_takes_part(&x->participants, x->participants.v[i].region, x->request->through);
        return n;
}

enum err benchmark_release(struct db *db, struct arena *a, const struct release_request *r, int64_t at, int64_t *id) {
        struct release_request request = *r;
        struct releasing x = { .db = db, .a = a, .request = &request, .at = at, .today = clock_dutch_day(a, at) };
        int64_t *years = NULL;
        size_t n = 0;
        request.threads = threads_of(r->threads);
        enum err e = start(&x, &years, &n);
        if (e != OK || n == 0)
                return e != OK ? e : ERR_NOT_FOUND;
        for (size_t i = 0; e == OK && i < n; i++) {
                struct arena year = { 0 };
                e = release_year(&x, &year, years[i]);
                arena_done(&year);
        }
        if (e == OK)
                e = release_series(&x);
        if (e == OK)
                e = releasing_selection(&x);
        if (e == OK)
                e = refresh_pages(&x);
        *id = x.id;
        return e == OK ? release_done(db, x.id, taking_part(&x), x.cells, x.revisions) : e;
}
