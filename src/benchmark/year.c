/* year.c - one year of a release: what changed is assembled, made safe, computed, compared with the release before and written. */
#include <math.h>
#include "release.sql.h"
#include "releasing.h"

struct revision {
        struct str region;
        double before, after;
};
/* A cell as it is written. */
struct entry {
        struct str indicator, detail, packed;
        int64_t period, units;
        struct { struct revision *v; size_t n, cap; } revisions;
};
struct entries { struct entry *v; size_t n, cap; };

static enum err read_before(struct releasing *x, struct arena *a, struct releasing_cell *c) {
        struct release_cell_at_row row = { 0 };
        enum err e = release_cell_at(x->db, a, x->request->fictitious, c->cell.indicator, c->cell.detail, c->cell.period, x->last_id, &row,
                &c->has_before);
        c->before = (struct cell) { .indicator = c->cell.indicator, .detail = c->cell.detail, .period = c->cell.period,
                .since = row.since };
        return e == OK && c->has_before ? cell_unpack(a, row.packed, &c->before) : e;
}

static void note_revision(struct arena *a, struct entry *to, struct str region, double before, double after) {
        if ((isnan(before) && isnan(after)) || (!isnan(before) && before >= after && before <= after))
                return;
        *vec_push(a, &to->revisions) = (struct revision) { region, before, after };
}

/* Both lists are in order of region. */
static void note_revisions(struct arena *a, const struct releasing_cell *c, struct entry *to) {
        const struct cell *old = &c->before, *now = &c->cell;
        for (size_t i = 0, k = 0; c->has_before && (i < old->n || k < now->n);) {
                int order = i == old->n ? 1 : k == now->n ? -1 : str_cmp(old->v[i].region, now->v[k].region);
                note_revision(a, to, order <= 0 ? old->v[i].region : now->v[k].region, order <= 0 ? old->v[i].value : (double) NAN,
                        order >= 0 ? now->v[k].value : (double) NAN);
                i += order <= 0;
                k += order >= 0;
        }
}

static enum err add_entry(struct arena *a, struct entries *to, const struct cell *c, const struct releasing_cell *changed) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct entry *n = vec_push(a, to);
        *n = (struct entry) { .indicator = c->indicator, .detail = c->detail, .period = c->period };
        for (size_t i = 0; i < c->n; i++)
                n->units += c->v[i].status == RESULT_EXACT;
        cell_pack(&b, c);
        if (b.full)
                return err_log(ERR_LIMIT, "the results of %.*s, %lld are too large", STR(c->indicator), (long long) c->period);
        n->packed = str_dup(a, buf_view(&b));
        if (changed)
                note_revisions(a, changed, n);
        return OK;
}

/* ---- many tests at once ---- */

struct family {
        VEC(struct cell *) cells;
        VEC(struct cell) stored;        /* those of other indicators, that did not change */
        VEC(double *) adjusted;         /* of each of them, as they were */
};

/* Cells of PERIOD and THEME that stand in the release already, beside those that are computed now. */
static enum err add_stored(struct releasing *x, struct arena *a, const struct releasing_cells *now, struct str theme, int64_t period,
        struct family *f) {
        struct release_cells_in_row_list rows;
        enum err e = release_cells_in(x->db, a, x->request->fictitious, period, x->last_id, &rows);
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
static enum err keep_moved(struct arena *a, const struct family *f, struct entries *to) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < f->stored.n; i++) {
                const struct cell *c = &f->stored.v[i];
                bool moved = false;
                for (size_t k = 0; k < c->n && !moved; k++)
                        moved = f->adjusted.v[i][k] < c->v[k].p_adjusted || f->adjusted.v[i][k] > c->v[k].p_adjusted;
                if (moved)
                        e = add_entry(a, to, c, NULL);
        }
        return e;
}

static enum err adjust_family(struct releasing *x, struct arena *a, struct releasing_cells *now, struct str theme, int64_t period,
        struct entries *to) {
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
        return keep_moved(a, &f, to);
}

static enum err adjust(struct releasing *x, struct arena *a, struct releasing_cells *cells, struct entries *to) {
        enum err e = OK;
        struct map seen = { 0 };
        for (size_t i = 0; e == OK && i < cells->n; i++) {
                const struct releasing_cell *c = &cells->v[i];
                struct str key = str_fmt(a, "%.*s|%lld", STR(c->entry->theme), (long long) c->cell.period);
                if (!c->changed || map_get(&seen, key))
                        continue;
                map_put(a, &seen, key, &cells->v[i]);
                e = adjust_family(x, a, cells, c->entry->theme, c->cell.period, to);
        }
        return e;
}

/* ---- writing ---- */

static enum err write_entry(struct db *db, const struct releasing *x, const struct entry *n) {
        bool f = x->request->fictitious;
        enum err e = release_cell_end(db, f, n->indicator, n->detail, n->period, x->id);
        if (e == OK)
                e = release_cell_put(db, f, n->indicator, n->detail, n->period, x->id, n->units, n->packed);
        for (size_t i = 0; e == OK && i < n->revisions.n; i++) {
                const struct revision *r = &n->revisions.v[i];
                e = release_revision_put(db, x->id, n->indicator, n->detail, n->period, r->region, r->before, r->after);
        }
        return e;
}

static enum err write_some(struct db *db, const struct releasing *x, void *arg) {
        const struct entries *some = arg;
        enum err e = OK;
        for (size_t i = 0; e == OK && i < some->n; i++)
                e = write_entry(db, x, &some->v[i]);
        return e;
}

static enum err write_entries(struct releasing *x, const struct entries *all) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < all->n; i += STEP_CELLS) {
                struct entries some = { all->v + i, all->n - i < STEP_CELLS ? all->n - i : STEP_CELLS, 0 };
                e = releasing_step(x, write_some, &some);
        }
        for (size_t i = 0; i < all->n; i++)
                x->revisions += (int64_t) all->v[i].revisions.n;
        return e;
}

enum err releasing_year(struct releasing *x, struct arena *a, int64_t year) {
        struct releasing_cells cells;
        struct entries entries = { 0 };
        enum err e = releasing_assemble(x, a, year, &cells);
        for (size_t i = 0; e == OK && i < cells.n; i++)
                e = read_before(x, a, &cells.v[i]);
        if (e != OK)
                return e;
        releasing_hide(a, &cells);
        releasing_compute_all(&cells, x->request->threads);
        e = adjust(x, a, &cells, &entries);
        for (size_t i = 0; e == OK && i < cells.n; i++) {
                const struct releasing_cell *c = &cells.v[i];
                if (!c->changed)
                        continue;
                e = add_entry(a, &entries, &c->cell, c);
                *vec_push(x->a, &x->changed) = (struct changed) { c->entry, str_dup(x->a, c->cell.detail), c->cell.period };
                x->cells++;
        }
        return e == OK ? write_entries(x, &entries) : e;
}
