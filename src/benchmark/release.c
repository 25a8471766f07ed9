/* release.c - asking for a release and making it: year by year what changed, then the series, then what pages show, and all of it at once. */
#include <stdlib.h>
#include <unistd.h>
#include "clock.h"
#include "delivered.sql.h"
#include "release.sql.h"
#include "releasing.h"
#include "series.h"

struct years { int64_t *v; size_t n, cap; };

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
static enum err find_changes(struct releasing *x, const struct release *last, struct years *ret) {
        struct delivered_cells_since_row_list rows;
        enum err e = delivered_cells_since(x->db, x->a, x->request->fictitious, 0, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                int64_t period = rows.v[i].period, ends = period_is_quarter(period) ? period : period * 10 + 4;
                x->stamp = rows.v[i].stamp > x->stamp ? rows.v[i].stamp : x->stamp;
                if (ends > x->request->through || (rows.v[i].stamp <= last->stamp && ends <= last->through))
                        continue;
                touch(x, rows.v[i].indicator_code, rows.v[i].detail, period);
                *vec_push(x->a, ret) = period_year(period);
        }
        if (ret->n)
                qsort(ret->v, ret->n, sizeof *ret->v, by_year);
        size_t n = 0;
        for (size_t i = 0; i < ret->n; i++)
                if (n == 0 || ret->v[n - 1] != ret->v[i])
                        ret->v[n++] = ret->v[i];
        ret->n = n;
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

struct set_of {
        struct str indicator, detail, packed;
};

static enum err put_series(struct db *db, const struct releasing *x, void *arg) {
        const struct set_of *s = arg;
        enum err e = release_series_end(db, x->request->fictitious, s->indicator, s->detail, x->id);
        return e == OK ? release_series_put(db, x->request->fictitious, s->indicator, s->detail, x->id, s->packed) : e;
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
        return releasing_step(x, put_series, &(struct set_of) { d->code, detail, buf_view(&b) });
}

/* Those of the cells of D that changed. */
static enum err follow(struct releasing *x, const struct dictionary_entry *d) {
        enum err e = OK;
        struct map seen = { 0 };
        for (size_t i = 0; e == OK && i < x->changed.n; i++) {
                struct changed *c = &x->changed.v[i];
                struct arena scratch = { 0 };
                if (c->entry != d || map_get(&seen, c->detail))
                        continue;
                map_put(x->a, &seen, c->detail, c);
                e = store_series(x, &scratch, d, c->detail);
                arena_done(&scratch);
        }
        return e;
}

/* ---- a release ---- */

static unsigned threads_of(unsigned asked) {
        long n = asked ? (long) asked : sysconf(_SC_NPROCESSORS_ONLN);
        return n < 1 ? 1 : n > 8 ? 8 : (unsigned) n;
}

bool releasing_is_open(const struct releasing *x, struct str code) {
        for (size_t i = 0; i < x->request->members_n; i++)
                if (str_eq(x->request->members[i], code))
                        return false;
        return true;
}

/* What this release is made of, and of the one before. */
static enum err look(struct releasing *x, struct years *years) {
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
        x->last_id = last.id;
        x->shown = !r->pages_later && (!r->fictitious || !has_real);
        e = find_changes(x, &last, years);
        return e == OK && years->n == 0 ? ERR_NOT_FOUND : e;
}

/* All that was accepted in YEARS, from one snapshot: what is approved after it stands in the next release. */
static enum err freeze(struct releasing *x, const struct years *years) {
        enum err e = OK;
        for (size_t i = 0; i < years->n; i++) {
                for (int64_t q = 0; e == OK && q < 5; q++) {
                        struct accepted in = { .period = q ? years->v[i] * 10 + q : years->v[i] };
                        if (q && in.period > x->request->through)
                                continue;
                        e = delivered_rows_in(x->db, x->a, x->request->fictitious, in.period, &in.rows);
                        *vec_push(x->a, &x->accepted) = in;
                }
        }
        return e;
}

static enum err compute(struct releasing *x, const struct years *years) {
        enum err e = OK;
        x->phase = RELEASE_COMPUTES;
        x->total = (int64_t) years->n;
        for (x->done = 0; e == OK && x->done < x->total; x->done++) {
                struct arena year = { 0 };
                e = releasing_year(x, &year, years->v[x->done]);
                arena_done(&year);
        }
        return e;
}

static enum err of_indicators(struct releasing *x) {
        enum err e = OK;
        x->phase = RELEASE_FOLLOWS;
        x->total = (int64_t) x->dictionary.n;
        for (x->done = 0; e == OK && x->done < x->total; x->done++)
                e = follow(x, &x->dictionary.v[x->done]);
        x->phase = RELEASE_PREPARES;
        x->done = 0;
        return e == OK ? releasing_publish(x) : e;
}

static int64_t taking_part(const struct releasing *x) {
        int64_t n = 0;
        for (size_t i = 0; i < x->participants.n; i++)
                n += (i == 0 || !str_eq(x->participants.v[i].region, x->participants.v[i - 1].region)) &&
                        benchmark_takes_part(&x->participants, x->participants.v[i].region, x->request->through);
        return n;
}

/* From this step on it is there, whole. */
static enum err show(struct db *db, const struct releasing *x, void *arg) {
        struct arena a = { 0 };
        enum err e = OK;
        (void) arg;
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++)
                e = release_indicator_put(db, x->id, x->dictionary.v[i].code, x->dictionary.v[i].version,
                        releasing_is_open(x, x->dictionary.v[i].code) ? S("open") : S("members"));
        if (e == OK)
                e = releasing_selection(db, &a, x);
        if (e == OK)
                e = releasing_mark(db, x);
        if (e == OK)
                e = release_made(db, x->id, x->at, x->stamp, taking_part(x), x->cells, x->revisions);
        arena_done(&a);
        return e;
}

struct beginning {
        int64_t asked_at;
        struct arena *arena;
        struct release_begin_row row;
        bool found;
};

static enum err begin(struct db *db, const struct releasing *x, void *arg) {
        struct beginning *b = arg;
        return release_begin(db, b->arena, x->id, b->asked_at, x->at, &b->row, &b->found);
}

/* What was written down, as it was asked. */
static void take_request(struct releasing *x, const struct release_begin_row *row, struct release_request *r) {
        VEC(struct str) members = { 0 };
        struct str rest = row->members, code;
        while (rest.n && str_split(&rest, ' ', &code))
                *vec_push(x->a, &members) = code;
        r->fictitious = row->fictitious;
        r->through = row->through;
        r->note = row->note;
        r->members = members.v;
        r->members_n = members.n;
        x->run = row->run;
}

static enum err make(struct releasing *x) {
        struct years years = { 0 };
        enum err e = x->run > 1 ? releasing_undo(x) : OK;
        if (e == OK)
                e = look(x, &years);
        if (e == OK)
                e = benchmark_participants(x->db, x->a, x->request->fictitious, &x->participants);
        if (e == OK)
                e = freeze(x, &years);
        if (e == OK)
                e = compute(x, &years);
        if (e == OK)
                e = of_indicators(x);
        return e == OK ? releasing_step(x, show, NULL) : e;
}

static enum err run(struct releasing *x, struct release_request *r, int64_t asked_at) {
        struct beginning b = { .asked_at = asked_at, .arena = x->a };
        x->request = r;
        x->today = clock_dutch_day(x->a, x->at);
        r->threads = threads_of(r->threads);
        enum err e = releasing_write(x, begin, &b);
        if (e == OK)
                e = benchmark_dictionary(x->db, x->a, &x->dictionary);
        if (e == OK && b.found) {
                take_request(x, &b.row, r);
                e = make(x);
        }
        return e == OK ? releasing_tidy(x) : e;
}

enum err benchmark_release_make(const struct release_making *m, struct arena *a, int64_t id) {
        struct release_request request = { 0 };
        struct releasing x = { .db = m->db, .writer = m->writer, .how = m, .a = a, .at = m->at, .id = id };
        return run(&x, &request, m->asked_at);
}

enum err benchmark_release(struct db *db, struct arena *a, const struct release_request *r, int64_t at, int64_t *id) {
        struct release_request request = *r;
        struct releasing x = { .db = db, .a = a, .at = at };
        enum err e = benchmark_release_ask(db, a, r, at, id);
        x.id = *id;
        return e == OK ? run(&x, &request, at) : e;
}

/* ---- asking ---- */

enum err benchmark_release_ask(struct db *db, struct arena *a, const struct release_request *r, int64_t at, int64_t *id) {
        struct releasing x = { .db = db, .a = a, .request = r };
        struct years years = { 0 };
        struct release_asked_row row = { 0 };
        _cleanup_(buf_done) struct buf members = { 0 };
        bool found = false;
        enum err e = look(&x, &years);
        if (e == OK)
                e = release_asked(db, a, &row, &found);
        if (e != OK)
                return e;
        for (size_t i = 0; i < r->members_n; i++)
                buf_fmt(&members, "%s%.*s", i ? " " : "", STR(r->members[i]));
        *id = row.id;
        return found ? release_ask_again(db, row.id, r->fictitious, r->through, r->note, buf_view(&members), at)
                     : release_ask(db, r->fictitious, r->through, r->note, buf_view(&members), at, id);
}

enum err benchmark_release_asked(struct db *db, struct arena *a, struct release_asked_info *ret, bool *found) {
        struct release_asked_row row = { 0 };
        enum err e = release_asked(db, a, &row, found);
        *ret = (struct release_asked_info) { .id = row.id, .through = row.through, .asked_at = row.asked_at, .began_at = row.began_at,
                .fictitious = row.fictitious, .phase = (enum release_phase) row.phase, .done = row.done, .total = row.total,
                .note = row.note, .members = row.members, .problem = row.problem };
        return e;
}

enum err benchmark_release_failed(struct db *db, int64_t id, int64_t asked_at, struct str problem) {
        return release_failed(db, id, asked_at, problem);
}
