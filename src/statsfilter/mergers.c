/* mergers.c - figures of former municipalities on today's division; its second table are the edges. */
#include <stdlib.h>
#include <string.h>
#include "boundary.h"
#include "internal.h"
#include "lineage.h"

enum { CODE, PERIOD, CLOSED, SUCCESS, WAIT_SUM, WAIT_MEDIAN, FTE, RATING_N, RATING_SUM };

struct world {
        const struct filter_set *s;
        struct labels area;
        size_t edges;
        struct stats_edge *edge;
        int64_t *begin, in_force;
        double *weight, *work;
        size_t *row;                    /* of each area in the period at hand, + 1 */
        struct stats_part *part;
};

static size_t area_of(struct world *w, struct str code)
{
        return label_index(&w->area, code);
}

/* A date, a year or a quarter ("2019", "2019Q3", "2019-07-01") as year, month and day of its beginning; -1 for anything else. */
static int64_t day_of(struct str s)
{
        int64_t part[3] = { 0, 1, 1 };
        size_t k = 0;
        bool quarter = false;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                if (c >= '0' && c <= '9' && i < 10)
                        part[k] = (i && s.p[i - 1] >= '0' && s.p[i - 1] <= '9' ? part[k] * 10 : 0) + (c - '0');
                else if ((c == '-' || c == 'Q' || c == 'q' || c == 'K') && k < 2 && i >= 4)
                        k += c == '-' || s.p[i - 1] != '-', quarter = quarter || c != '-';
                else
                        return -1;
        }
        if (quarter)
                part[1] = part[1] * 3 - 2;
        return s.n >= 4 && part[1] >= 1 && part[1] <= 12 && part[2] >= 1 && part[2] <= 31 ? part[0] * 10000 + part[1] * 100 + part[2] : -1;
}

static bool wrong(struct world *w, int line, const char *what)
{
        *w->s->why = str_fmt(w->s->a, "edges, line %d: %s", line, what).p;
        return false;
}

static bool read_edge(struct world *w, const struct csv_row *row, const int *at)
{
        double share = STATS_NONE;
        int64_t day = day_of(str_trim(row->v[at[0]]));
        struct str given = at[3] < 0 ? (struct str) { 0 } : str_trim(row->v[at[3]]);
        if (day < 0)
                return wrong(w, row->line, "valid_from is not a date");
        if (given.n && !str_eq(given, S("NA")) && !str_to_f64(given, &share))
                return wrong(w, row->line, "share is not a number");
        size_t from = area_of(w, str_trim(row->v[at[1]])), to = area_of(w, str_trim(row->v[at[2]]));
        w->edge[w->edges++] = (struct stats_edge) { day, from, to, share };
        w->in_force = day > w->in_force ? day : w->in_force;
        return true;
}

static bool read_edges(struct world *w)
{
        static const char *const names[] = { "valid_from", "from", "to", "share" };
        struct csv c;
        struct csv_row row = { 0 };
        bool more = true;
        const char *why = "";
        int at[4];
        if (csv_open(&c, w->s->a, w->s->other) != OK)
                return wrong(w, 1, "there are none: give a file with valid_from,from,to,share as second word, or put it behind the figures");
        for (size_t k = 0; k < 4; k++) {
                at[k] = csv_column(&c, names[k]);
                if (at[k] < 0 && k < 3)
                        return wrong(w, 1, "columns valid_from, from and to are needed");
        }
        for (;;) {
                enum err e = csv_next(&c, w->s->a, &row, &more, &why);
                if (e == OK && !more)
                        return true;
                if (e != OK && row.n == 1 && str_trim(row.v[0]).n == 0)
                        continue;
                if (e != OK)
                        return wrong(w, row.line, why);
                if (!read_edge(w, &row, at))
                        return false;
        }
}

static size_t lines(struct str s)
{
        size_t n = 1;
        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\n';
        return n;
}

static bool read_world(struct world *w, const struct filter_set *s)
{
        static const char *const mistakes[] = { "", "", "several successors without a share, or a share outside 0..1",
                "the shares of an area on one day do not add up to 1", "by some way an area becomes part of itself" };
        size_t most = 2 * lines(s->other) + s->n, bad = 0;
        *w = (struct world) { .s = s, .area = labels_for(s->a, most), .edge = MANY(s, struct stats_edge, lines(s->other)) };
        if (!read_edges(w))
                return false;
        for (size_t i = 0; i < s->n; i++)
                (void) area_of(w, s->text[CODE][i]);
        w->begin = MANY(s, int64_t, w->area.n);
        w->weight = MANY(s, double, w->area.n);
        w->work = MANY(s, double, w->area.n);
        w->row = MANY(s, size_t, w->area.n);
        w->part = MANY(s, struct stats_part, w->area.n);
        for (size_t i = 0; i < w->edges; i++)
                w->begin[w->edge[i].to] = w->edge[i].day;
        for (size_t i = 0; i < s->n; i++)       /* what delivered a figure existed */
                w->begin[area_of(w, s->text[CODE][i])] = 0;
        enum stats_lineage_error e = stats_lineage_check(w->edge, w->edges, w->area.n, &bad, w->work);
        if (e == STATS_LINEAGE_OK)
                return true;
        return wrong(w, (int) bad + 2, mistakes[e]);
}

static struct stats_merged merged(struct world *w, enum stats_measure measure, size_t numerator, int denominator)
{
        size_t n = 0;
        for (size_t a = 0; a < w->area.n; a++) {
                if (!(w->weight[a] > 0))
                        continue;
                size_t row = w->row[a] - 1;
                w->part[n++] = w->row[a] == 0
                        ? (struct stats_part) { w->weight[a], STATS_NONE, STATS_NONE, STATS_PART_MISSING, false }
                        : (struct stats_part) { w->weight[a], w->s->number[numerator][row],
                                denominator < 0 ? STATS_NONE : w->s->number[denominator][row], STATS_PART_DELIVERED, false };
        }
        return stats_merge(measure, w->part, n);
}

static const char *status(enum stats_merge_status s)
{
        switch (s) {
        case STATS_MERGE_UNCHANGED: return "unchanged";
        case STATS_MERGE_EXACT: return "exact-reaggregated";
        case STATS_MERGE_ESTIMATED: return "estimated:show-with-flag,no-significance";
        case STATS_MERGE_MISSING: return "incomplete:refuse";
        case STATS_MERGE_REFUSED:
        case STATS_MERGE_INVALID: break;
        }
        return "refused";
}

static void put_area(struct filter_out *o, struct world *w, size_t target, struct str period)
{
        size_t parts = 0, delivered = 0;
        bool split = false;
        (void) stats_lineage_weights(w->edge, w->edges, w->area.n, w->begin, target, day_of(period), w->in_force, w->weight, w->work);
        for (size_t a = 0; a < w->area.n; a++) {
                parts += w->weight[a] > 0;
                delivered += w->weight[a] > 0 && w->row[a];
                split = split || (w->weight[a] > 0 && w->weight[a] < 1);
        }
        if (delivered == 0)
                return;
        struct stats_merged closed = merged(w, STATS_MEASURE_COUNT, CLOSED, -1);
        put_text(o, w->area.name[target]);
        put_text(o, period);
        put_count(o, parts);
        put_flag(o, split);
        put(o, closed.value);
        put(o, merged(w, STATS_MEASURE_COUNT, SUCCESS, -1).value);
        put(o, 100 * merged(w, STATS_MEASURE_RATIO, SUCCESS, CLOSED).value);
        put(o, merged(w, STATS_MEASURE_RATIO, WAIT_SUM, CLOSED).value);
        put(o, merged(w, STATS_MEASURE_COUNT, FTE, -1).value);
        put(o, merged(w, STATS_MEASURE_RATIO, RATING_SUM, RATING_N).value);
        put(o, merged(w, STATS_MEASURE_NOT_ADDITIVE, WAIT_MEDIAN, -1).value);
        put_word(o, status(closed.status));
}

static int by_code(const void *one, const void *two)
{
        return str_cmp(*(const struct str *) one, *(const struct str *) two);
}

static bool twice(const struct filter_set *s, size_t row)
{
        struct str code = s->text[CODE][row], period = s->text[PERIOD][row];
        *s->why = str_fmt(s->a, "%.*s has two rows for %.*s", (int) (code.n < 40 ? code.n : 40), code.p, STR(period)).p;
        return false;
}

/* Periods in order of appearance, areas in order of code. */
static bool merger(struct filter_out *o, const struct filter_set *s)
{
        struct world w;
        if (!read_world(&w, s))
                return false;
        struct str *sorted = MANY(s, struct str, w.area.n);
        bool *done = MANY(s, bool, s->n);
        memcpy(sorted, w.area.name, w.area.n * sizeof *sorted);
        qsort(sorted, w.area.n, sizeof *sorted, by_code);
        for (size_t first = 0; first < s->n; first++) {
                struct str period = s->text[PERIOD][first];
                if (done[first])
                        continue;
                if (day_of(period) < 0) {
                        *s->why = str_fmt(s->a, "period '%.*s' is not a year or quarter", (int) (period.n < 40 ? period.n : 40), period.p).p;
                        return false;
                }
                memset(w.row, 0, w.area.n * sizeof *w.row);
                for (size_t i = first; i < s->n; i++)
                        if (str_eq(s->text[PERIOD][i], period)) {
                                size_t *row = &w.row[area_of(&w, s->text[CODE][i])];
                                if (*row)
                                        return twice(s, i);
                                *row = i + 1;
                                done[i] = true;
                        }
                for (size_t a = 0; a < w.area.n; a++)
                        put_area(o, &w, area_of(&w, sorted[a]), period);
        }
        return true;
}

const struct filter merger_filters[] = {
        { "merger", "merger_expected",
          { TEXT("code"), TEXT("period"), NUMBER("n_closed"), NUMBER("n_success"), NUMBER("wait_sum_days"), NUMBER("wait_median_days"),
            NUMBER("fte"), NUMBER("rating_n"), NUMBER("rating_sum") },
          "code,period,n_from,estimated,n_closed,n_success,success_pct,mean_wait_days,fte,rating,median_wait,status", merger, false,
          "on the division after the last edge. Edges (valid_from,from,to,share) come as a second file, or behind or before the figures",
          false, "valid_from" },
        { 0 },
};
