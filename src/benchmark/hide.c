/* hide.c - disclosure control of a release (benchmark.md 2.18): what tells about few people is hidden, and enough beside it that nobody
 * can work it out from totals, from the quarters of a year, or from the release before. One pattern for every output: what is hidden
 * leaves the results here, before anything is stored. */
#include <math.h>
#include <stdlib.h>
#include "releasing.h"
#include "sdc.h"

/* What an attacker may know of a hidden count is at least this wide. */
#define WIDTH STATS_SDC_FEW

/* Counts of persons can tell about a person; FTE, money for the service and thresholds cannot. */
static bool about_people(const struct dictionary_entry *d) {
        return str_eq(d->kind, S("proportion")) || str_eq(d->kind, S("rate")) || str_eq(d->kind, S("mean"));
}

static bool is_primary(const struct dictionary_entry *d, const struct result *r) {
        if (r->status != RESULT_EXACT || !about_people(d))
                return false;
        if (str_eq(d->kind, S("proportion")))
                return stats_sdc_rate(r->numerator, r->denominator, STATS_SDC_FEW);
        if (str_eq(d->kind, S("rate")))
                return stats_sdc_few(r->numerator, STATS_SDC_FEW);
        return !(r->denominator >= STATS_SDC_RATE_CASES);
}

/* The count of people in it: the events, or for a mean the cases. */
static double count_of(const struct dictionary_entry *d, const struct result *r, bool complement) {
        if (str_eq(d->kind, S("mean")))
                return r->denominator;
        return complement ? r->denominator - r->numerator : r->numerator;
}

static bool same(double a, double b) {
        return isnan(a) ? isnan(b) : a >= b && a <= b;
}

/* What the release before showed cannot be hidden any more; what it hid, and did not change, stays hidden. */
static void look_back(struct releasing_cell *c) {
        for (size_t i = 0; i < c->cell.n; i++) {
                const struct result *r = &c->cell.v[i], *old = c->has_before ? benchmark_result(&c->before, r->region) : NULL;
                if (r->status != RESULT_EXACT)
                        continue;
                bool shown = old && old->status == RESULT_EXACT;
                c->fixed[i] = shown && same(old->value, r->value) && same(old->numerator, r->numerator) &&
                        same(old->denominator, r->denominator);
                c->must[i] = !c->fixed[i] && is_primary(c->entry, r);
                c->hidden[i] = c->must[i] || (old && old->status == RESULT_HIDDEN);
        }
}

/* A place in the table of a year: row (municipality) and column (quarter, 4 is the year). */
struct spot {
        struct releasing_cell *cell;
        size_t at;
};
struct table {
        struct arena *a;
        const struct dictionary_entry *entry;
        struct releasing_cell *column[5];       /* NULL when there is none */
        VEC(struct row { struct spot spot[5]; }) rows;
};

static struct spot spot_of(struct releasing_cell *c, struct str region) {
        const struct result *r = c ? benchmark_result(&c->cell, region) : NULL;
        return r && r->status == RESULT_EXACT ? (struct spot) { c, (size_t) (r - c->cell.v) } : (struct spot) { 0 };
}

static double value_at(const struct table *t, struct spot s, bool complement) {
        return s.cell ? count_of(t->entry, &s.cell->cell.v[s.at], complement) : 0;
}

static bool hidden_at(struct spot s) {
        return s.cell && s.cell->hidden[s.at];
}

/* Smallest counts first. */
struct choice {
        double count;
        size_t at;
};
static int by_count(const void *x, const void *y) {
        const struct choice *a = x, *b = y;
        return a->count < b->count ? -1 : a->count > b->count ? 1 : (a->at > b->at) - (a->at < b->at);
}

/* One line of counts with a known total: nothing is hidden in it, or at least two that are WIDTH or more together. Hides the smallest
 * that may be hidden. False when there are not enough. */
static bool protect_line(struct arena *a, const struct dictionary_entry *d, struct spot *s, size_t n, bool complement, bool *more) {
        struct choice *open = arena_many(a, struct choice, n);
        size_t k = 0, hidden = 0;
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
                double count = count_of(d, &s[i].cell->cell.v[s[i].at], complement);
                if (hidden_at(s[i])) {
                        hidden++;
                        sum += count;
                } else if (!s[i].cell->fixed[s[i].at] && count > 0) {
                        open[k++] = (struct choice) { count, i };
                }
        }
        if (k)
                qsort(open, k, sizeof *open, by_count);
        for (size_t i = 0; hidden > 0 && (hidden < 2 || sum < WIDTH); i++, hidden++) {
                if (i == k)
                        return false;
                struct spot next = s[open[i].at];
                next.cell->hidden[next.at] = next.cell->must[next.at] = *more = true;
                sum += open[i].count;
        }
        return true;
}

/* Municipalities without a whole year: each quarter is a line by itself. */
static void protect_lines(struct table *t, bool complement, bool *more) {
        for (int q = 0; q < 4; q++) {
                struct spot *line = arena_many(t->a, struct spot, t->rows.n);
                size_t n = 0;
                for (size_t i = 0; i < t->rows.n; i++)
                        if (!t->rows.v[i].spot[4].cell && t->rows.v[i].spot[q].cell)
                                line[n++] = t->rows.v[i].spot[q];
                if (!protect_line(t->a, t->entry, line, n, complement, more))
                        t->column[q]->withheld = true;
        }
}

static enum stats_sdc_mark mark_of(struct spot s) {
        if (!s.cell)
                return STATS_SDC_OPEN;
        return s.cell->must[s.at] ? STATS_SDC_PRIMARY : s.cell->fixed[s.at] ? STATS_SDC_FIXED : STATS_SDC_OPEN;
}

/* Nothing of the table can be made safe by hiding some: all that is new goes, and so do the totals. */
static void hide_all_new(struct table *t, bool *more) {
        for (int q = 0; q < 5; q++) {
                struct releasing_cell *c = t->column[q];
                for (size_t i = 0; c && i < c->cell.n; i++)
                        if (c->cell.v[i].status == RESULT_EXACT && !c->fixed[i] && !c->hidden[i])
                                c->hidden[i] = *more = true;
                if (c)
                        c->withheld = true;
        }
}

/* Nobody in a year tells nobody in each of its quarters: with a quarter that is too small to show, such a year goes too. */
static void hide_empty_years(struct table *t, bool complement, bool *more) {
        for (size_t i = 0; i < t->rows.n; i++) {
                struct spot *s = t->rows.v[i].spot, year = s[4];
                if (!year.cell || value_at(t, year, complement) > 0 || year.cell->must[year.at])
                        continue;
                for (int q = 0; q < 4; q++)
                        if (s[q].cell && s[q].cell->must[s[q].at])
                                year.cell->hidden[year.at] = year.cell->must[year.at] = *more = true;
        }
}

/* Municipalities with a whole year: rows, with the quarters as columns, and all totals. */
static void protect_table(struct table *t, bool complement, bool *more) {
        size_t rows = 0, stride = 5;
        struct row **row = arena_many(t->a, struct row *, t->rows.n);
        bool any = false;
        for (size_t i = 0; i < t->rows.n; i++)
                if (t->rows.v[i].spot[4].cell)
                        row[rows++] = &t->rows.v[i];
        for (size_t i = 0; i < rows; i++)
                for (int q = 0; q < 5; q++)
                        any |= row[i]->spot[q].cell && row[i]->spot[q].cell->must[row[i]->spot[q].at];
        if (!any)
                return;
        double *value = arena_many(t->a, double, (rows + 1) * stride);
        enum stats_sdc_mark *mark = arena_many(t->a, enum stats_sdc_mark, (rows + 1) * stride);
        for (size_t i = 0; i < rows; i++) {
                for (size_t q = 0; q < 4; q++) {
                        double v = value_at(t, row[i]->spot[q], complement);
                        value[i * stride + q] = v;
                        value[i * stride + 4] += v;
                        value[rows * stride + q] += v;
                        value[rows * stride + 4] += v;
                }
                for (size_t q = 0; q < 5; q++)
                        mark[i * stride + q] = mark_of(row[i]->spot[q]);
        }
        struct stats_sdc_table sdc = { rows, 4, value };
        struct stats_sdc_result r = rows > 1 ? stats_sdc_suppress_fast(t->a, &sdc, WIDTH, mark) : (struct stats_sdc_result) { .status = STATS_SDC_IMPOSSIBLE };
        if (r.status != STATS_SDC_OPTIMAL && r.status != STATS_SDC_SAFE) {
                hide_all_new(t, more);
                return;
        }
        for (size_t i = 0; i < rows; i++)
                for (size_t q = 0; q < 5; q++)
                        if (mark[i * stride + q] == STATS_SDC_SECONDARY && !hidden_at(row[i]->spot[q]))
                                row[i]->spot[q].cell->hidden[row[i]->spot[q].at] = *more = true;
        for (size_t q = 0; q < 5; q++)
                if (mark[rows * stride + q] == STATS_SDC_SECONDARY && !t->column[q]->withheld)
                        t->column[q]->withheld = *more = true;
}

static void fill_rows(struct table *t) {
        const struct cell *all = NULL;
        t->rows.n = 0;
        for (int q = 0; q < 5; q++)
                if (t->column[q] && (!all || t->column[q]->cell.n > all->n))
                        all = &t->column[q]->cell;
        struct map seen = { 0 };
        for (int q = 0; q < 5; q++) {
                for (size_t i = 0; t->column[q] && i < t->column[q]->cell.n; i++) {
                        struct str region = t->column[q]->cell.v[i].region;
                        if (map_get(&seen, region))
                                continue;
                        struct row *r = vec_push(t->a, &t->rows);
                        map_put(t->a, &seen, region, t);
                        for (int k = 0; k < 5; k++)
                                r->spot[k] = spot_of(t->column[k], region);
                }
        }
}

static void protect(struct table *t, bool *more) {
        bool both = str_eq(t->entry->kind, S("proportion"));
        if (t->entry->delivery != DICTIONARY_BY_QUARTER) {
                struct spot *line = arena_many(t->a, struct spot, t->rows.n);
                size_t n = 0;
                for (size_t i = 0; i < t->rows.n; i++)
                        if (t->rows.v[i].spot[4].cell)
                                line[n++] = t->rows.v[i].spot[4];
                for (int complement = 0; complement <= both; complement++)
                        if (!protect_line(t->a, t->entry, line, n, complement, more))
                                t->column[4]->withheld = true;
                return;
        }
        for (int complement = 0; complement <= both; complement++) {
                protect_lines(t, complement, more);
                hide_empty_years(t, complement, more);
                protect_table(t, complement, more);
        }
}

struct tables { struct table *v; size_t n, cap; };

static struct table *table_for(struct arena *a, struct tables *all, const struct releasing_cell *c) {
        for (size_t i = 0; i < all->n; i++)
                for (int q = 0; q < 5; q++)
                        if (all->v[i].entry == c->entry && all->v[i].column[q] && str_eq(all->v[i].column[q]->cell.detail, c->cell.detail))
                                return &all->v[i];
        struct table *t = vec_push(a, all);
        *t = (struct table) { .a = a, .entry = c->entry };
        return t;
}

/* The parts of a breakdown may add up to the whole: of one municipality in one period they are a line too. */
static void protect_details(struct tables *all, struct arena *a, bool *more) {
        for (size_t i = 0; i < all->n; i++) {
                struct table *first = &all->v[i];
                if (i > 0 && all->v[i - 1].entry == first->entry)
                        continue;
                size_t parts = 1;
                while (i + parts < all->n && all->v[i + parts].entry == first->entry)
                        parts++;
                for (size_t row = 0; parts > 1 && row < first->rows.n; row++) {
                        for (int q = 0; q < 5; q++) {
                                struct spot *line = arena_many(a, struct spot, parts);
                                struct spot own = first->rows.v[row].spot[q];
                                size_t n = 0;
                                for (size_t k = 0; own.cell && k < parts; k++) {
                                        struct spot s = spot_of(all->v[i + k].column[q], own.cell->cell.v[own.at].region);
                                        if (s.cell)
                                                line[n++] = s;
                                }
                                (void) protect_line(a, first->entry, line, n, false, more);
                        }
                }
        }
}

/* Those that joined or were corrected since the release before: when some of them are hidden, two totals must not tell who. */
static void look_at_joiners(struct releasing_cell *c) {
        size_t hidden = 0;
        double sum = 0;
        if (!c->has_before)
                return;
        c->withheld |= isnan(c->before.total_numerator) && c->before.delivered >= BENCHMARK_UNITS_MIN;
        for (size_t i = 0; i < c->cell.n; i++) {
                const struct result *r = &c->cell.v[i], *old = benchmark_result(&c->before, r->region);
                if (!c->hidden[i] || (old && old->status == RESULT_HIDDEN))
                        continue;
                hidden++;
                sum += count_of(c->entry, r, false);
        }
        c->withheld |= hidden > 0 && (hidden < 2 || sum < WIDTH);
}

static void take_out(struct result *r) {
        double no = (double) NAN;
        *r = (struct result) { .region = r->region, .status = RESULT_HIDDEN, .state = r->state, .value = no, .numerator = no,
                .denominator = no, .low95 = no, .high95 = no, .shrunk = no, .shrunk_low = no, .shrunk_high = no, .weight = no,
                .rank_expected = no, .rank_median = no, .rank_low = no, .rank_high = no, .best_quarter = no, .worst_quarter = no,
                .p = no, .p_adjusted = no, .z = no, .quarters = r->quarters, .choices = r->choices, .explanation = r->explanation };
}

static void finish(struct arena *a, struct releasing_cell *rc) {
        struct cell *c = &rc->cell;
        for (size_t i = 0; i < c->n; i++)
                if (rc->hidden[i])
                        take_out(&c->v[i]);
        releasing_place_shown(a, c);
        if (!rc->withheld && (!about_people(rc->entry) || c->delivered >= BENCHMARK_CONTRIBUTORS_MIN))
                return;
        c->total_numerator = c->total_denominator = c->mean = (double) NAN;
        c->target = c->quantile[3];
        c->target_from_counts = false;
}

void releasing_hide(struct arena *a, struct releasing_cells *cells) {
        struct tables all = { 0 };
        for (size_t i = 0; i < cells->n; i++) {
                struct releasing_cell *c = &cells->v[i];
                look_back(c);
                table_for(a, &all, c)->column[period_is_quarter(c->cell.period) ? period_quarter(c->cell.period) - 1 : 4] = c;
        }
        for (size_t i = 0; i < all.n; i++)
                fill_rows(&all.v[i]);
        /* Hiding only grows, so this ends. */
        for (bool more = true; more;) {
                more = false;
                protect_details(&all, a, &more);
                for (size_t i = 0; i < all.n; i++)
                        if (about_people(all.v[i].entry))
                                protect(&all.v[i], &more);
        }
        for (size_t i = 0; i < cells->n; i++) {
                look_at_joiners(&cells->v[i]);
                if (cells->v[i].changed)
                        finish(a, &cells->v[i]);
        }
}
