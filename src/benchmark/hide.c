/* hide.c - disclosure control of a release (benchmark.md 2.18): what tells about few people is hidden, and enough beside it that nobody
 * can work it out from totals, from the quarters of a year, from another figure that shows the same count, or from the release before.
 * One pattern for every output: what is hidden leaves the results here, before anything is computed from it or stored. Totals over a
 * part of the country (a province, a size, a group that a visitor chose) are nowhere given: groups show their members, each by itself. */
#include <math.h>
#include "hiding.h"

static bool is_primary(const struct dictionary_entry *d, const struct result *r) {
        if (r->status != RESULT_EXACT || !hiding_about_people(d))
                return false;
        if (str_eq(d->kind, S("proportion")))
                return stats_sdc_rate(r->numerator, r->denominator, STATS_SDC_FEW);
        if (str_eq(d->kind, S("rate")))
                return stats_sdc_few(r->numerator, STATS_SDC_FEW);
        return !(r->denominator >= STATS_SDC_RATE_CASES);
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

/* Sums of a few counts that somebody could learn: one, or hardly anybody. */
struct told { size_t n; double numerator, rest, cases; };

static bool is_little(const struct dictionary_entry *d, const struct told *t) {
        if (t->n == 0)
                return false;
        if (t->n == 1)
                return true;
        if (str_eq(d->kind, S("mean")))
                return t->cases < HIDING_WIDTH;
        return t->numerator < HIDING_WIDTH || (str_eq(d->kind, S("proportion")) && t->rest < HIDING_WIDTH);
}

/* Who joined, was corrected or left since the release before: where some of them are hidden, two totals must not tell who. Of who left
 * nothing is kept, so then there is no new total. */
static void look_at_movers(struct hiding *h, struct releasing_cell *c) {
        struct told joined = { 0 };
        bool left = false, was = c->withheld;
        if (!c->has_before || !c->changed)
                return;
        for (size_t i = 0; i < c->cell.n; i++) {
                const struct result *r = &c->cell.v[i], *old = benchmark_result(&c->before, r->region);
                if (!c->hidden[i] || (old && old->status == RESULT_HIDDEN))
                        continue;
                joined.n++;
                joined.numerator += r->numerator;
                joined.cases += r->denominator;
                joined.rest += r->denominator - r->numerator;
        }
        for (size_t i = 0; i < c->before.n; i++) {
                const struct result *r = benchmark_result(&c->cell, c->before.v[i].region);
                left |= c->before.v[i].status == RESULT_HIDDEN && (!r || r->status != RESULT_EXACT);
        }
        c->withheld |= left || is_little(c->entry, &joined) || (isnan(c->before.total_numerator) && c->before.delivered >= BENCHMARK_UNITS_MIN);
        h->more |= c->withheld != was;
}

static void take_out(struct result *r) {
        double no = (double) NAN;
        *r = (struct result) { .region = r->region, .status = RESULT_HIDDEN, .state = r->state, .value = no, .numerator = no,
                .denominator = no, .low95 = no, .high95 = no, .shrunk = no, .shrunk_low = no, .shrunk_high = no, .weight = no,
                .rank_expected = no, .rank_median = no, .rank_low = no, .rank_high = no, .best_quarter = no, .worst_quarter = no,
                .p = no, .p_adjusted = no, .z = no, .quarters = r->quarters, .choices = r->choices, .explanation = S("") };
}

/* What is left of the totals for those that are hidden is what anybody can work out: the comparison may use it, and nothing else. */
static void finish(struct releasing_cell *rc) {
        struct cell *c = &rc->cell;
        rc->withheld |= hiding_about_people(rc->entry) && c->delivered < BENCHMARK_CONTRIBUTORS_MIN;
        for (size_t i = 0; i < c->n; i++) {
                if (!rc->hidden[i])
                        continue;
                rc->unseen++;
                rc->unseen_numerator += c->v[i].numerator;
                rc->unseen_denominator += c->v[i].denominator;
                take_out(&c->v[i]);
        }
}

/* The parts of a breakdown add up to a whole, or nearly; so do the reasons to leave. */
static void protect_wholes(struct hiding *h) {
        const struct hiding_figure **part = arena_many(h->a, const struct hiding_figure *, h->figures.n + 1), *stopped = NULL, *done = NULL;
        for (size_t i = 0; i < h->figures.n; i++) {
                const struct hiding_figure *f = &h->figures.v[i];
                size_t n = 0;
                stopped = str_eq(f->entry->code, S("SHV10")) ? f : stopped;
                done = str_eq(f->entry->code, S("SHV11")) ? f : done;
                if (f->detail.n == 0 || (i > 0 && h->figures.v[i - 1].entry == f->entry))
                        continue;
                while (i + n < h->figures.n && h->figures.v[i + n].entry == f->entry) {
                        part[n] = &h->figures.v[i + n];
                        n++;
                }
                hiding_protect_parts(h, part, n);
        }
        if (stopped && done)
                hiding_protect_parts(h, (const struct hiding_figure *[]) { stopped, done }, 2);
}

void releasing_hide(struct arena *a, struct releasing_cells *cells) {
        struct hiding h = { .a = a, .more = true };
        for (size_t i = 0; i < cells->n; i++)
                look_back(&cells->v[i]);
        hiding_tables(&h, cells);
        /* Hiding only grows, so this ends. */
        while (h.more) {
                h.more = false;
                protect_wholes(&h);
                hiding_protect_differences(&h);
                for (size_t i = 0; i < h.tables.n; i++)
                        hiding_protect(&h, &h.tables.v[i]);
                for (size_t i = 0; i < cells->n; i++)
                        look_at_movers(&h, &cells->v[i]);
        }
        for (size_t i = 0; i < cells->n; i++)
                if (cells->v[i].changed)
                        finish(&cells->v[i]);
}
