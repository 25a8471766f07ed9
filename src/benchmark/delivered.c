/* delivered.c - accepted figures, one row for a municipality and period: a line for each figure, its parts separated by tabs. */
#include "benchmark_delivered.h"
#include <math.h>
#include <stdlib.h>
#include "buf.h"
#include "delivered.sql.h"
#include "releasing.h"
#include "stats.h"

static int by_key(const struct delivered *a, const struct delivered *b) {
        int c = str_cmp(a->indicator, b->indicator);
        return c ? c : str_cmp(a->detail, b->detail);
}

static int by_row(const void *x, const void *y) {
        const struct delivered *const *a = x, *const *b = y;
        int c = ((*a)->period > (*b)->period) - ((*a)->period < (*b)->period);
        if (c == 0)
                c = str_cmp((*a)->region, (*b)->region);
        if (c == 0)
                c = by_key(*a, *b);
        /* The later of two that are the same comes last, and wins. */
        return c ? c : (*a > *b) - (*a < *b);
}

static bool same_row(const struct delivered *a, const struct delivered *b) {
        return a->period == b->period && str_eq(a->region, b->region);
}

static bool one_line(struct str s) {
        return s.n <= DELIVERED_WORDS_MAX && str_index(s, '\t') == s.n && str_index(s, '\n') == s.n;
}

static enum err check(const struct delivered *d) {
        bool words = one_line(d->indicator) && one_line(d->detail) && one_line(d->choices) && one_line(d->explanation);
        if (!period_is_valid(d->period) || d->indicator.n == 0 || d->region.n == 0 || !words)
                return err_log(ERR_INVALID, "a delivered figure of %.*s, %lld is not one", STR(d->indicator), (long long) d->period);
        return OK;
}

static void put_number(struct buf *b, double v) {
        if (!isnan(v))
                buf_fmt(b, "%.17g", v);
        buf_char(b, '\t');
}

static void put_line(struct buf *b, const struct delivered *d) {
        buf_str(b, d->indicator);
        buf_char(b, '\t');
        buf_str(b, d->detail);
        buf_char(b, '\t');
        put_number(b, d->numerator);
        put_number(b, d->denominator);
        put_number(b, d->value);
        buf_str(b, d->choices);
        buf_char(b, '\t');
        buf_str(b, d->explanation);
        buf_char(b, '\n');
}

static struct str part(struct str *line) {
        struct str p;
        return str_split(line, '\t', &p) ? p : S("");
}

static double number(struct str *line) {
        double v;
        return str_to_f64(part(line), &v) ? v : STATS_NONE;
}

/* The figures borrow from TEXT. */
static void read_lines(struct arena *a, struct str text, struct str region, int64_t period, struct delivered_list *ret) {
        struct str line;
        while (text.n && str_split(&text, '\n', &line)) {
                struct delivered *d = vec_push(a, ret);
                *d = (struct delivered) { .region = region, .period = period };
                d->indicator = part(&line);
                d->detail = part(&line);
                d->numerator = number(&line);
                d->denominator = number(&line);
                d->value = number(&line);
                d->choices = part(&line);
                d->explanation = part(&line);
        }
}

/* OLD and the N changes (sorted) as lines: a change takes the place of what it names, or with TAKE takes it away. */
static void merge(struct buf *b, const struct delivered_list *old, const struct delivered **v, size_t n, bool take) {
        size_t i = 0, k = 0;
        while (i < old->n || k < n) {
                int c = i == old->n ? 1 : k == n ? -1 : by_key(&old->v[i], v[k]);
                if (k + 1 < n && c >= 0 && by_key(v[k], v[k + 1]) == 0) {
                        k++;
                        continue;
                }
                if (c < 0)
                        put_line(b, &old->v[i]);
                else if (!take)
                        put_line(b, v[k]);
                i += c <= 0;
                k += c >= 0;
        }
}

struct change {
        struct db *db;
        struct arena *a;
        bool fictitious, take;
        int64_t at;
};

/* V are the N changes of one municipality and period. */
static enum err change_row(const struct change *c, const struct delivered **v, size_t n) {
        struct delivered_row_row row = { 0 };
        struct delivered_list old = { 0 };
        _cleanup_(buf_done) struct buf b = { 0 };
        bool found;
        enum err e = delivered_row(c->db, c->a, c->fictitious, v[0]->period, v[0]->region, &row, &found);
        if (e != OK)
                return e;
        if (found)
                read_lines(c->a, row.figures, v[0]->region, v[0]->period, &old);
        merge(&b, &old, v, n, c->take);
        if (b.full)
                return err_log(ERR_LIMIT, "too many figures of %.*s in one period", STR(v[0]->region));
        return b.n ? delivered_row_put(c->db, c->fictitious, v[0]->period, v[0]->region, buf_view(&b), c->at)
                   : delivered_row_remove(c->db, c->fictitious, v[0]->period, v[0]->region);
}

static int by_cell(const void *x, const void *y) {
        const struct delivered *const *a = x, *const *b = y;
        int c = ((*a)->period > (*b)->period) - ((*a)->period < (*b)->period);
        return c ? c : by_key(*a, *b);
}

/* Each cell that is touched gets the next stamp, once. */
static enum err stamp(const struct change *c, const struct delivered **v, size_t n) {
        struct delivered_stamp_row last;
        enum err e = delivered_stamp(c->db, c->a, c->fictitious, &last);
        qsort(v, n, sizeof *v, by_cell);
        for (size_t i = 0; e == OK && i < n; i++)
                if (i == 0 || by_cell(&v[i - 1], &v[i]) != 0)
                        e = delivered_cell_put(c->db, c->fictitious, v[i]->indicator, v[i]->detail, v[i]->period, last.stamp + 1);
        return e;
}

static enum err change_all(const struct change *c, const struct delivered *list, size_t n) {
        const struct delivered **v = arena_many(c->a, const struct delivered *, n);
        enum err e = OK;
        for (size_t i = 0; e == OK && i < n; i++) {
                v[i] = &list[i];
                e = check(&list[i]);
        }
        if (e != OK || n == 0)
                return e;
        qsort(v, n, sizeof *v, by_row);
        for (size_t i = 0, end; e == OK && i < n; i = end) {
                end = i + 1;
                while (end < n && same_row(v[i], v[end]))
                        end++;
                e = change_row(c, v + i, end - i);
        }
        return e == OK ? stamp(c, v, n) : e;
}

enum err benchmark_put_delivered(struct db *db, struct arena *a, bool fictitious, const struct delivered *list, size_t n, int64_t at) {
        struct change c = { db, a, fictitious, false, at };
        return change_all(&c, list, n);
}

enum err benchmark_take_back(struct db *db, struct arena *a, bool fictitious, const struct delivered *list, size_t n, int64_t at) {
        struct change c = { db, a, fictitious, true, at };
        return change_all(&c, list, n);
}

void delivered_read(struct arena *a, const struct delivered_row_full_list *rows, struct delivered_list *ret) {
        *ret = (struct delivered_list) { 0 };
        for (size_t i = 0; i < rows->n; i++)
                read_lines(a, rows->v[i].figures, rows->v[i].region, rows->v[i].period, ret);
}

enum err benchmark_delivered_of(struct db *db, struct arena *a, bool fictitious, struct str region, int64_t period,
        struct delivered_list *ret) {
        struct delivered_row_full_list rows = { 0 };
        enum err e = delivered_rows_of(db, a, fictitious, region, period, &rows);
        delivered_read(a, &rows, ret);
        return e;
}

enum err benchmark_delivered_in(struct db *db, struct arena *a, bool fictitious, int64_t period, struct delivered_list *ret) {
        struct delivered_row_full_list rows = { 0 };
        enum err e = delivered_rows_in(db, a, fictitious, period, &rows);
        delivered_read(a, &rows, ret);
        return e;
}

enum err benchmark_put_participant(struct db *db, bool fictitious, struct participant p) {
        struct opt_i64 until = p.until ? opt_i64(p.until) : (struct opt_i64) { 0 };
        return participant_put(db, fictitious, p.region, p.since, until);
}

enum err benchmark_participants(struct db *db, struct arena *a, bool fictitious, struct participant_list *ret) {
        struct participants_all_row_list rows = { 0 };
        enum err e = participants_all(db, a, fictitious, &rows);
        *ret = (struct participant_list) { 0 };
        for (size_t i = 0; i < rows.n; i++)
                *vec_push(a, ret) = (struct participant) { rows.v[i].region, rows.v[i].since,
                        rows.v[i].until.is_set ? rows.v[i].until.v : 0 };
        return e;
}

/* A quarter by itself; a year from the moment that one of its quarters counts. */
static bool within(const struct participant *p, int64_t period) {
        if (period_is_quarter(period))
                return p->since <= period && (p->until == 0 || period < p->until);
        return period_year(p->since) <= period && (p->until == 0 || period * 10 + 1 < p->until);
}

bool benchmark_takes_part(const struct participant_list *l, struct str region, int64_t period) {
        size_t lo = 0, hi = l->n;
        while (lo < hi) {
                size_t mid = (lo + hi) / 2;
                if (str_cmp(l->v[mid].region, region) < 0)
                        lo = mid + 1;
                else
                        hi = mid;
        }
        for (; lo < l->n && str_eq(l->v[lo].region, region); lo++)
                if (within(&l->v[lo], period))
                        return true;
        return false;
}

enum benchmark_state benchmark_state_of(struct arena *a, const struct participant_list *l, struct str region, int64_t period, bool has,
        struct str today) {
        if (has)
                return BENCHMARK_DELIVERED;
        if (!benchmark_takes_part(l, region, period))
                return BENCHMARK_NOT_PARTICIPANT;
        return str_cmp(today, period_due(a, period)) > 0 ? BENCHMARK_MISSING : BENCHMARK_NOT_YET;
}

const char *benchmark_state_name(enum benchmark_state s) {
        static const char *const names[] = { "geleverd", "nog niet", "ontbreekt", "doet niet mee" };
        return names[s];
}
