/* assemble.c - from what was delivered to the cells of one year: quarters as they are, and years made of their quarters. */
#include <math.h>
#include <stdlib.h>
#include "hiding.h"
#include "network.h"
#include "releasing.h"
#include "stats.h"

struct year {
        struct releasing *x;
        struct arena *a;
        int64_t year;
        struct map at;                  /* place of a region in x->places */
        struct delivered_list delivered[5];     /* in the year itself, and in its quarters */
};

/* Today's municipalities, with the inhabitants of that year where they are known: who delivers figures of before a merger delivers them
 * for the municipality of today. */
static enum err read_places(struct releasing *x, int64_t year) {
        struct municipality_current_list list = { 0 }, then = { 0 };
        struct map inhabitants = { 0 };
        int64_t latest;
        enum err e = network_current_year(x->db, x->a, &latest);
        if (e == OK)
                e = municipalities_current(x->db, x->a, latest, &list);
        if (e == OK && year < latest)
                e = municipalities_current(x->db, x->a, year, &then);
        for (size_t i = 0; i < then.n; i++)
                map_put(x->a, &inhabitants, then.v[i].code, &then.v[i]);
        x->places.n = 0;
        x->inhabitants = 0;
        for (size_t i = 0; i < list.n; i++) {
                const struct municipality_current *m = map_get(&inhabitants, list.v[i].code);
                m = m && m->inhabitants.is_set ? m : &list.v[i];
                double n = m->inhabitants.is_set ? (double) m->inhabitants.v : STATS_NONE;
                *vec_push(x->a, &x->places) = (struct releasing_place) { list.v[i].code, n };
                x->inhabitants += isnan(n) ? 0 : n;
        }
        return e;
}

static int by_code(const void *x, const void *y) {
        const struct releasing_place *a = x, *b = y;
        return str_cmp(a->code, b->code);
}

static bool touched(const struct releasing *x, struct arena *a, const struct dictionary_entry *d, struct str detail, int64_t period) {
        return map_get(&x->touched, str_fmt(a, "%.*s|%.*s|%lld", STR(d->code), STR(detail), (long long) period)) != NULL;
}

static struct result nothing(const struct year *y, struct str region, int64_t period) {
        struct releasing *x = y->x;
        double no = STATS_NONE;
        return (struct result) { .region = region, .status = RESULT_NONE,
                .state = benchmark_state_of(y->a, &x->participants, region, period, false, x->today), .value = no, .numerator = no,
                .denominator = no, .low95 = no, .high95 = no, .shrunk = no, .shrunk_low = no, .shrunk_high = no, .weight = no,
                .rank_expected = no, .rank_median = no, .rank_low = no, .rank_high = no, .best_quarter = no, .worst_quarter = no,
                .p = no, .p_adjusted = no, .z = no, .choices = S(""), .explanation = S("") };
}

static double value_of(const struct dictionary_entry *d, double numerator, double denominator, double value) {
        if (!isnan(value))
                return value;
        if (isnan(denominator) && d->denominator.n == 0)
                return numerator;
        return denominator > 0 ? d->scale * numerator / denominator : STATS_NONE;
}

/* One figure of each place in a cell; p is NULL in `indicator` of those that delivered none. */
struct raw {
        const struct delivered **of;    /* as many as there are places */
};

static struct raw raw_of(const struct year *y, const struct delivered_list *l, struct str code, struct str detail) {
        struct raw r = { arena_many(y->a, const struct delivered *, y->x->places.n) };
        for (size_t i = 0; i < l->n; i++) {
                const struct delivered *d = &l->v[i];
                const struct releasing_place *p = str_eq(d->indicator, code) && str_eq(d->detail, detail) ? map_get(&y->at, d->region) : NULL;
                if (p)
                        r.of[p - y->x->places.v] = d;
        }
        return r;
}

static void take(struct result *r, const struct dictionary_entry *d, const struct delivered *from, double inhabitants) {
        r->numerator = from->numerator;
        r->denominator = d->per_inhabitant && isnan(from->denominator) ? inhabitants : from->denominator;
        r->value = value_of(d, r->numerator, r->denominator, from->value);
        r->choices = from->choices;
        r->explanation = from->explanation;
        r->status = isnan(r->value) ? RESULT_NONE : RESULT_EXACT;
        /* nobody to count is delivered as well, and has no value */
        if (r->status == RESULT_EXACT || r->denominator <= 0)
                r->state = BENCHMARK_DELIVERED;
}

/* All four quarters make a year; fewer make none, and say how many there are. */
static void take_year(struct result *r, const struct dictionary_entry *d, const struct raw *quarter, size_t place, double inhabitants) {
        double x = 0, n = 0;
        bool counts = d->aggregation == DICTIONARY_RATIO;
        for (int q = 0; q < 4; q++) {
                const struct delivered *from = quarter[q].of[place];
                if (!from)
                        continue;
                bool first = r->quarters++ == 0;
                x += from->numerator;
                n += from->denominator;
                if (from->explanation.n)
                        r->explanation = from->explanation;
                r->choices = first || str_eq(r->choices, from->choices) ? from->choices : S("");
        }
        if (r->quarters == 0)
                return;
        r->state = BENCHMARK_DELIVERED;
        r->status = RESULT_FEW_QUARTERS;
        if (r->quarters < 4 || !counts || isnan(x))
                return;
        r->numerator = x;
        r->denominator = d->per_inhabitant ? inhabitants : n;
        r->value = value_of(d, r->numerator, r->denominator, STATS_NONE);
        r->status = isnan(r->value) ? RESULT_NONE : RESULT_EXACT;
}

static void fill(const struct year *y, struct releasing_cell *c, const struct raw *quarter, const struct raw *own) {
        struct releasing *x = y->x;
        double inhabitants = 0;
        c->cell.v = arena_many(y->a, struct result, x->places.n);
        for (size_t i = 0; i < x->places.n; i++) {
                const struct releasing_place *p = &x->places.v[i];
                struct result r = nothing(y, p->code, c->cell.period);
                if (own && own->of[i])
                        take(&r, c->entry, own->of[i], p->inhabitants);
                if (quarter)
                        take_year(&r, c->entry, quarter, i, p->inhabitants);
                if (r.state == BENCHMARK_NOT_PARTICIPANT)
                        continue;
                c->cell.v[c->cell.n++] = r;
                c->cell.delivered += r.status == RESULT_EXACT;
                inhabitants += r.status == RESULT_EXACT && !isnan(p->inhabitants) ? p->inhabitants : 0;
        }
        c->cell.participants = (int64_t) c->cell.n;
        c->cell.inhabitants = x->inhabitants > 0 ? inhabitants / x->inhabitants : STATS_NONE;
        c->hidden = arena_many(y->a, bool, c->cell.n);
        c->must = arena_many(y->a, bool, c->cell.n);
        c->fixed = arena_many(y->a, bool, c->cell.n);
}

static struct releasing_cell *start(const struct year *y, const struct dictionary_entry *d, struct str detail, int64_t period,
        bool changed, struct releasing_cells *ret) {
        struct releasing_cell *c = vec_push(y->a, ret);
        *c = (struct releasing_cell) { .entry = d, .changed = changed, .cell = { .indicator = d->code, .detail = detail,
                .period = period, .since = y->x->id } };
        return c;
}

/* When one quarter changed the others come along, and so does every figure that shows the same count: they stand in one table with it. */
static void assemble_one(const struct year *y, const struct dictionary_entry *d, struct str detail, bool comes_along, struct releasing_cells *ret) {
        struct raw quarter[4];
        bool changed[5] = { touched(y->x, y->a, d, detail, y->year) }, any = changed[0];
        for (int q = 1; q <= 4; q++)
                any |= changed[q] = touched(y->x, y->a, d, detail, y->year * 10 + q);
        if (!any && !comes_along)
                return;
        if (d->delivery == DICTIONARY_BY_YEAR) {
                struct raw own = raw_of(y, &y->delivered[0], d->code, detail);
                fill(y, start(y, d, detail, y->year, any, ret), NULL, &own);
                return;
        }
        for (int q = 1; q <= 4; q++) {
                quarter[q - 1] = raw_of(y, &y->delivered[q], d->code, detail);
                if (y->delivered[q].n)
                        fill(y, start(y, d, detail, y->year * 10 + q, changed[q], ret), NULL, &quarter[q - 1]);
        }
        fill(y, start(y, d, detail, y->year, any, ret), quarter, NULL);
}

static bool is_touched(const struct year *y, const struct dictionary_entry *d) {
        size_t n;
        const struct str *details = dictionary_details(d->code, &n), whole = S("");
        for (size_t k = 0; k < (n ? n : 1); k++)
                for (int q = 0; q <= 4; q++)
                        if (touched(y->x, y->a, d, n ? details[k] : whole, q ? y->year * 10 + q : y->year))
                                return true;
        return false;
}

/* Whether a figure that changed shows a count of this one. */
static bool comes_along(const struct year *y, const bool *is_new, const struct dictionary_entry *d) {
        const struct dictionary *all = &y->x->dictionary;
        for (size_t i = 0; i < all->n; i++)
                if (is_new[i] && hiding_are_linked(all->v[i].code, d->code))
                        return true;
        return false;
}

enum err releasing_assemble(struct releasing *x, struct arena *a, int64_t year, struct releasing_cells *ret) {
        struct year y = { .x = x, .a = a, .year = year };
        *ret = (struct releasing_cells) { 0 };
        enum err e = read_places(x, year);
        if (x->places.n)
                qsort(x->places.v, x->places.n, sizeof *x->places.v, by_code);
        for (size_t i = 0; i < x->places.n; i++)
                map_put(a, &y.at, x->places.v[i].code, &x->places.v[i]);
        for (size_t i = 0; i < x->accepted.n; i++)
                if (period_year(x->accepted.v[i].period) == year)
                        delivered_read(a, &x->accepted.v[i].rows, &y.delivered[period_quarter(x->accepted.v[i].period)]);
        bool *is_new = arena_many(a, bool, x->dictionary.n + 1);
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++)
                is_new[i] = is_touched(&y, &x->dictionary.v[i]);
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++) {
                const struct dictionary_entry *d = &x->dictionary.v[i];
                bool along = comes_along(&y, is_new, d);
                size_t n;
                const struct str *details = dictionary_details(d->code, &n);
                if (n == 0)
                        assemble_one(&y, d, S(""), along, ret);
                for (size_t k = 0; k < n; k++)
                        assemble_one(&y, d, details[k], along, ret);
        }
        return e;
}
