/* hide_table.c - what must go beside what is hidden, in the table of one count over the municipalities and the quarters of a year. */
#include <math.h>
#include <stdlib.h>
#include "hiding.h"

/* Smallest counts first. */
struct choice {
        double count;
        size_t at;
};
static int by_count(const void *x, const void *y) {
        const struct choice *a = x, *b = y;
        return a->count < b->count ? -1 : a->count > b->count ? 1 : (a->at > b->at) - (a->at < b->at);
}

struct link { const struct hiding_table *t; const struct hiding_spot *s; };

/* One line of counts with a known total: nothing is hidden in it, or at least two that are HIDING_WIDTH or more together. Hides the
 * smallest that may be hidden. False when there are not enough. */
static bool protect_line(struct hiding *h, const struct link *l, size_t n) {
        struct choice *open = arena_many(h->a, struct choice, n + 1);
        size_t k = 0, hidden = 0;
        double sum = 0;
        for (size_t i = 0; i < n; i++) {
                if (hiding_is_hidden(l[i].t, l[i].s)) {
                        hidden++;
                        sum += l[i].s->count;
                } else if (!hiding_is_fixed(l[i].t, l[i].s) && l[i].s->count > 0) {
                        open[k++] = (struct choice) { l[i].s->count, i };
                }
        }
        if (k)
                qsort(open, k, sizeof *open, by_count);
        for (size_t i = 0; hidden > 0 && (hidden < 2 || sum < HIDING_WIDTH); i++, hidden++) {
                if (i == k)
                        return false;
                hiding_hide(h, l[open[i].at].t, l[open[i].at].s, true);
                sum += open[i].count;
        }
        return true;
}

/* Municipalities without a whole year: each quarter is a line by itself. */
static void protect_lines(struct hiding *h, struct hiding_table *t) {
        struct link *line = arena_many(h->a, struct link, h->regions.n + 1);
        for (int q = t->by_quarter ? 0 : 4; q < (t->by_quarter ? 4 : 5); q++) {
                size_t n = 0;
                for (size_t r = 0; r < h->regions.n; r++)
                        if (t->spot[5 * r + (size_t) q].n && (q == 4 || !t->spot[5 * r + 4].n))
                                line[n++] = (struct link) { t, &t->spot[5 * r + (size_t) q] };
                if (!protect_line(h, line, n))
                        hiding_withhold(h, t, q);
        }
}

/* Nobody in a year tells nobody in each of its quarters: with a quarter that is too small to show, such a year goes too. */
static void hide_empty_years(struct hiding *h, struct hiding_table *t) {
        for (size_t r = 0; r < h->regions.n; r++) {
                struct hiding_spot *s = &t->spot[5 * r];
                if (!s[4].n || s[4].count > 0 || hiding_is_must(t, &s[4]))
                        continue;
                for (int q = 0; q < 4; q++)
                        if (s[q].n && hiding_is_must(t, &s[q]))
                                hiding_hide(h, t, &s[4], true);
        }
}

/* Nothing of the table can be made safe by hiding some: all that is new goes, and so do the totals. */
static void hide_all_new(struct hiding *h, struct hiding_table *t) {
        for (size_t i = 0; i < 5 * h->regions.n; i++)
                if (t->spot[i].n && !hiding_is_fixed(t, &t->spot[i]) && !hiding_is_hidden(t, &t->spot[i]))
                        hiding_hide(h, t, &t->spot[i], false);
        for (int q = 0; q < 5; q++)
                hiding_withhold(h, t, q);
}

/* The total of all was published, and nothing in it changed. */
static bool total_is_known(const struct hiding_table *t, size_t q) {
        for (size_t i = 0; i < t->shown.n; i++) {
                const struct releasing_cell *c = t->shown.v[i].figure->column[q];
                if (c && !c->changed && c->has_before && !isnan(c->before.total_numerator))
                        return true;
        }
        return false;
}

static enum stats_sdc_mark mark_of(const struct hiding_table *t, const struct hiding_spot *s) {
        return !s->n ? STATS_SDC_OPEN : hiding_is_must(t, s) ? STATS_SDC_PRIMARY : hiding_is_fixed(t, s) ? STATS_SDC_FIXED : STATS_SDC_OPEN;
}

/* Municipalities with a whole year: rows, with the quarters as columns, and all totals. */
static void protect_table(struct hiding *h, struct hiding_table *t) {
        size_t rows = 0, stride = 5, *row = arena_many(h->a, size_t, h->regions.n + 1);
        bool any = false;
        for (size_t r = 0; r < h->regions.n; r++)
                if (t->spot[5 * r + 4].n)
                        row[rows++] = r;
        double *value = arena_many(h->a, double, (rows + 1) * stride);
        enum stats_sdc_mark *mark = arena_many(h->a, enum stats_sdc_mark, (rows + 1) * stride);
        for (size_t i = 0; i < rows; i++)
                for (size_t q = 0; q < 5; q++) {
                        const struct hiding_spot *s = &t->spot[5 * row[i] + q];
                        double v = q < 4 && s->n ? s->count : 0;
                        mark[i * stride + q] = mark_of(t, s);
                        any |= mark[i * stride + q] == STATS_SDC_PRIMARY;
                        value[i * stride + (q < 4 ? q : 4)] += v;
                        if (q < 4)
                                value[i * stride + 4] += v;
                        value[rows * stride + q] += v;
                        value[rows * stride + 4] += v;
                }
        if (!any)
                return;
        for (size_t q = 0; q < 5; q++)
                mark[rows * stride + q] = total_is_known(t, q) ? STATS_SDC_FIXED : STATS_SDC_OPEN;
        struct stats_sdc_table sdc = { rows, 4, value };
        struct stats_sdc_result r = rows > 1 ? stats_sdc_suppress_fast(h->a, &sdc, HIDING_WIDTH, mark) : (struct stats_sdc_result) { .status = STATS_SDC_IMPOSSIBLE };
        if (r.status != STATS_SDC_OPTIMAL && r.status != STATS_SDC_SAFE) {
                hide_all_new(h, t);
                return;
        }
        for (size_t i = 0; i < rows; i++)
                for (size_t q = 0; q < 5; q++)
                        if (mark[i * stride + q] == STATS_SDC_SECONDARY)
                                hiding_hide(h, t, &t->spot[5 * row[i] + q], false);
        for (size_t q = 0; q < 5; q++)
                if (mark[rows * stride + q] == STATS_SDC_SECONDARY)
                        hiding_withhold(h, t, (int) q);
}

/* What one figure hides because of this count, the others that show it hide as well. */
static void spread(struct hiding *h, struct hiding_table *t) {
        for (size_t i = 0; t->shown.n > 1 && i < 5 * h->regions.n; i++)
                for (size_t k = 0; k < t->spot[i].n; k++) {
                        struct hiding_place p = hiding_place_of(t, &t->spot[i], k);
                        if (p.own && p.cell->hidden[p.at])
                                hiding_hide(h, t, &t->spot[i], p.cell->must[p.at]);
                }
}

/* Two totals of one count over other municipalities tell the count of those that stand in one of them only. */
static bool totals_tell(const struct hiding *h, const struct releasing_cell *one, enum hiding_part of_one, const struct releasing_cell *other,
                        enum hiding_part of_other) {
        size_t n = 0;
        double sum = 0;
        for (size_t i = 0; i < h->regions.n; i++) {
                const struct result *r = benchmark_result(&one->cell, h->regions.v[i]), *x = benchmark_result(&other->cell, h->regions.v[i]);
                if (!r || r->status != RESULT_EXACT || !one->hidden[r - one->cell.v])
                        continue;
                double count = hiding_count(r, of_one), there = x && x->status == RESULT_EXACT ? hiding_count(x, of_other) : (double) NAN;
                if (count >= there && count <= there)
                        continue;
                n++;
                sum += count;
        }
        return n > 0 && (n < 2 || sum < HIDING_WIDTH);
}

static void protect_totals(struct hiding *h, const struct hiding_table *t) {
        for (int q = 0; q < 5; q++)
                for (size_t i = 0; i < t->shown.n; i++) {
                        const struct releasing_cell *c = t->shown.v[i].figure->column[q];
                        bool tells = c && c->withheld && hiding_is_own(t->shown.v[i].figure, t->shown.v[i].part);
                        for (size_t k = 0; c && k < t->shown.n && !tells; k++) {
                                const struct releasing_cell *o = t->shown.v[k].figure->column[q];
                                tells = o && k != i && !(c->withheld && o->withheld) && totals_tell(h, c, t->shown.v[i].part, o, t->shown.v[k].part);
                        }
                        if (tells)
                                hiding_withhold(h, t, q);
                }
}

void hiding_protect(struct hiding *h, struct hiding_table *t) {
        spread(h, t);
        protect_lines(h, t);
        if (t->by_quarter) {
                hide_empty_years(h, t);
                protect_table(h, t);
        }
        if (t->shown.n > 1)
                protect_totals(h, t);
}

static const struct hiding_table *table_named(const struct hiding *h, struct str name) {
        for (size_t i = 0; i < h->tables.n; i++)
                if (str_eq(h->tables.v[i].name, name))
                        return &h->tables.v[i];
        return NULL;
}

void hiding_protect_differences(struct hiding *h) {
        static const struct { struct str outer, inner; } pairs[] = {
                { S_INIT("meldingen"), S_INIT("bereikt") }, { S_INIT("bereikt"), S_INIT("hulp") }, { S_INIT("meldingen"), S_INIT("hulp") },
                { S_INIT("meldingen"), S_INIT("enkelvoudig") }, { S_INIT("meldingen"), S_INIT("meervoudig") },
        };
        for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++) {
                const struct hiding_table *outer = table_named(h, pairs[p].outer), *inner = table_named(h, pairs[p].inner);
                for (size_t i = 0; outer && inner && i < 5 * h->regions.n; i++) {
                        const struct hiding_spot *all = &outer->spot[i], *some = &inner->spot[i];
                        if (!all->n || !some->n || !stats_sdc_few(all->count - some->count, STATS_SDC_FEW) || hiding_is_hidden(outer, all) ||
                            hiding_is_hidden(inner, some))
                                continue;
                        if (hiding_is_fixed(inner, some))
                                hiding_hide(h, outer, all, true);
                        else
                                hiding_hide(h, inner, some, true);
                }
        }
}

/* Of all together, what none of the parts counts: too few to show? */
static bool rest_is_few(const struct link *l, size_t n) {
        double sum = 0, cases = 0;
        for (size_t i = 0; i < n; i++) {
                struct hiding_place p = hiding_place_of(l[i].t, l[i].s, 0);
                if (p.cell->hidden[p.at])
                        return false;
                double of = p.cell->cell.v[p.at].denominator;
                if (i > 0 && (of < cases || of > cases))
                        return false;
                cases = of;
                sum += l[i].s->count;
        }
        return stats_sdc_few(cases - sum, STATS_SDC_FEW);
}

void hiding_protect_parts(struct hiding *h, const struct hiding_figure *const *part, size_t parts) {
        struct link *line = arena_many(h->a, struct link, parts + 1);
        for (size_t i = 0; i < 5 * h->regions.n; i++) {
                size_t n = 0, least = 0;
                for (size_t k = 0; k < parts; k++) {
                        const struct hiding_table *t = hiding_numerators(h, part[k]);
                        if (t && t->spot[i].n)
                                line[n++] = (struct link) { t, &t->spot[i] };
                }
                if (n == parts && rest_is_few(line, n)) {
                        for (size_t k = 1; k < n; k++)
                                if (hiding_is_fixed(line[least].t, line[least].s) || (!hiding_is_fixed(line[k].t, line[k].s) && line[k].s->count < line[least].s->count))
                                        least = k;
                        hiding_hide(h, line[least].t, line[least].s, true);
                }
                (void) protect_line(h, line, n);
        }
}
