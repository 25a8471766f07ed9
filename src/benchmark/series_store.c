/* series_store.c - series as one value of the store, and reading them. */
#include <stdlib.h>
#include "pack.h"
#include "release.sql.h"
#include "releasing.h"
#include "series.h"

#define FORMAT 1

static int by_region(const void *x, const void *y) {
        const struct series *a = x, *b = y;
        return str_cmp(a->region, b->region);
}

void series_sort(struct series_set *s) {
        if (s->n)
                qsort(s->v, s->n, sizeof *s->v, by_region);
}

static void pack_series(struct buf *b, const struct series *s) {
        pack_text(b, s->region);
        pack_byte(b, (unsigned) s->chart);
        pack_byte(b, s->provisional);
        pack_byte(b, (unsigned) s->trend);
        pack_number(b, s->mean);
        pack_number(b, s->slope);
        for (size_t i = 0; i < s->n; i++) {
                const struct series_point *p = &s->point[i];
                pack_byte(b, (unsigned) p->signal);
                pack_byte(b, p->alert);
                pack_number(b, p->value);
                pack_number(b, p->low);
                pack_number(b, p->high);
        }
}

void series_pack(struct buf *b, const struct series_set *s) {
        pack_byte(b, FORMAT);
        pack_number(b, (double) s->moments);
        pack_number(b, (double) s->n);
        pack_number(b, (double) s->panel_since);
        pack_number(b, (double) s->panel_units);
        for (size_t i = 0; i < s->moments; i++) {
                const struct series_moment *m = &s->moment[i];
                pack_number(b, (double) m->period);
                pack_number(b, m->all);
                pack_number(b, m->panel);
                for (size_t q = 0; q < 5; q++)
                        pack_number(b, m->quantile[q]);
                pack_number(b, (double) m->delivered);
                pack_number(b, (double) m->participants);
                pack_number(b, m->inhabitants);
        }
        for (size_t i = 0; i < s->n; i++)
                pack_series(b, &s->v[i]);
}

static int64_t unpack_count(struct pack_reader *p) {
        double v = unpack_number(p);
        p->broken |= !(v >= 0 && v < 1e6);
        return p->broken ? 0 : (int64_t) v;
}

static void unpack_moment(struct pack_reader *p, struct series_moment *m) {
        m->period = unpack_count(p);
        m->all = unpack_number(p);
        m->panel = unpack_number(p);
        for (size_t q = 0; q < 5; q++)
                m->quantile[q] = unpack_number(p);
        m->delivered = unpack_count(p);
        m->participants = unpack_count(p);
        m->inhabitants = unpack_number(p);
}

static void unpack_series(struct pack_reader *p, struct arena *a, const struct series_set *set, struct series *s) {
        s->region = unpack_text(p);
        s->chart = (enum series_chart) unpack_byte(p);
        s->provisional = unpack_byte(p) != 0;
        s->trend = (enum stats_marker) unpack_byte(p);
        s->mean = unpack_number(p);
        s->slope = unpack_number(p);
        s->n = set->moments;
        s->point = arena_many(a, struct series_point, s->n);
        for (size_t i = 0; i < s->n; i++) {
                s->point[i].period = set->moment[i].period;
                s->point[i].signal = (enum stats_signal) unpack_byte(p);
                s->point[i].alert = unpack_byte(p) != 0;
                s->point[i].value = unpack_number(p);
                s->point[i].low = unpack_number(p);
                s->point[i].high = unpack_number(p);
        }
}

/* All series but that of ONLY are as long as one another behind their region: passed over without a look. */
static void unpack_only(struct pack_reader *p, struct arena *a, size_t n, struct str only, struct series_set *ret) {
        size_t rest = 3 + 2 * sizeof(double) + ret->moments * (2 + 3 * sizeof(double));
        for (size_t i = 0; i < n && ret->n == 0 && !p->broken; i++) {
                struct pack_reader at = *p;
                if (str_eq(unpack_text(p), only))
                        unpack_series(&at, a, ret, &ret->v[ret->n++]);
                p->broken |= at.broken || (size_t) (p->end - p->p) < rest;
                p->p += p->broken ? 0 : rest;
        }
}

enum err series_unpack(struct arena *a, struct str packed, struct str only, struct series_set *ret) {
        struct pack_reader p = pack_reader(packed);
        bool known = unpack_byte(&p) == FORMAT;
        size_t moments = (size_t) unpack_count(&p), n = (size_t) unpack_count(&p);
        ret->panel_since = unpack_count(&p);
        ret->panel_units = unpack_count(&p);
        if (!p.broken && known && moments < 1000 && n < 10000) {
                ret->moment = arena_many(a, struct series_moment, moments);
                for (ret->moments = 0; ret->moments < moments; ret->moments++)
                        unpack_moment(&p, &ret->moment[ret->moments]);
                ret->v = arena_many(a, struct series, only.n ? 1 : n);
                ret->n = 0;
                if (only.n)
                        unpack_only(&p, a, n, only, ret);
                for (; !only.n && ret->n < n && !p.broken; ret->n++)
                        unpack_series(&p, a, ret, &ret->v[ret->n]);
        }
        return p.broken || !known ? err_log(ERR_INTERNAL, "stored series of %.*s are damaged", STR(ret->indicator)) : OK;
}

enum err benchmark_series(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who, struct str indicator,
        struct str detail, struct str only, struct series_set *ret, bool *found) {
        struct benchmark_release_info r = { 0 };
        struct release_series_at_row row = { 0 };
        bool may;
        enum err e = releasing_may_see(db, a, release, who, indicator, &r, &may);
        *ret = (struct series_set) { .indicator = indicator, .detail = detail };
        *found = false;
        if (e == OK && may)
                e = release_series_at(db, a, r.fictitious, indicator, detail, r.id, &row, found);
        return e == OK && *found ? series_unpack(a, row.packed, only, ret) : e;
}

const struct series *series_of(const struct series_set *s, struct str region) {
        struct series key = { .region = region };
        return s->n ? bsearch(&key, s->v, s->n, sizeof *s->v, by_region) : NULL;
}

bool series_is_notable(const struct series *s) {
        const struct series_point *last = s->n ? &s->point[s->n - 1] : NULL;
        return last && !isnan(last->value) && (last->signal != STATS_SIGNAL_NONE || last->alert);
}
