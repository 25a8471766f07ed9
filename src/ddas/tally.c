#include <string.h>
#include "indicator.h"
#include "internal.h"

void tally_place(struct ddas *d, uint16_t place, enum model model) {
        struct tally *t = &d->tally;
        if (!t->slot[place]) {
                if (t->at)
                        return;         /* the file changed while it was read: ddas_round finds that */
                if (t->places_n == PLACES_MAX) {
                        mistake(d, M_LIMIT, "meer dan 1.024 gemeenten in een keer: lees de bestanden in delen");
                        return;
                }
                t->places[t->places_n] = place;
                t->slot[place] = (uint16_t) ++t->places_n;
        }
        t->models[t->slot[place] - 1] |= (uint8_t) (1 << model);
}

/* The block of municipality SLOT in PERIOD, made when it is first needed. */
static struct block *block_of(struct ddas *d, uint32_t slot, uint32_t period) {
        struct tally *t = &d->tally;
        uint16_t *at = &t->at[slot * t->periods_n + period];
        if (!*at) {
                if (t->blocks_n == t->blocks_cap) {
                        mistake(d, M_LIMIT, "te veel gemeenten en perioden in een keer: kies een jaar of kwartaal met --periode");
                        return NULL;
                }
                *at = (uint16_t) ++t->blocks_n;
        }
        return &t->block[*at - 1];
}

/* The blocks that something on DAY at PLACE counts in: its quarter and its year. */
static int blocks_on(struct ddas *d, uint16_t place, uint16_t day, struct block *ret[2]) {
        struct tally *t = &d->tally;
        if (!day || !span_has(d, day) || !t->slot[place])
                return 0;
        struct date date = day_date(day);
        int n = 0, quarters[] = { 0, (date.month + 2) / 3 };
        for (int i = 0; i < 2; i++) {
                uint8_t p = t->period_at[(date.year - 1900) * 5 + quarters[i]];
                struct block *b = p ? block_of(d, t->slot[place] - 1u, p - 1u) : NULL;
                if (b)
                        ret[n++] = b;
        }
        return n;
}

static void count(struct ddas *d, const struct record *r, uint16_t day, unsigned cell) {
        struct block *b[2];
        for (int i = blocks_on(d, r->place, day, b); i-- > 0;)
                b[i]->n[cell]++;
}

static unsigned class_of(enum scale scale, uint32_t v) {
        unsigned i = 0;
        while (i < CLASSES - 1 && v > indicator_edges[scale][i])
                i++;
        return i;
}

/* One more in CELL and V more in SUM, and in its class when it has any. */
static void add(struct ddas *d, const struct record *r, uint16_t day, unsigned cell, enum sum sum, enum scale scale, unsigned classes, uint32_t v) {
        struct block *b[2];
        for (int i = blocks_on(d, r->place, day, b); i-- > 0;) {
                b[i]->n[cell]++;
                b[i]->sum[sum] += v;
                if (scale != SCALE_NONE)
                        b[i]->n[classes + class_of(scale, v)]++;
        }
}

static void tally_start(struct ddas *d, const struct record *r, uint16_t ended) {
        uint16_t applied = r->day[D_APPLIED], spoken = r->day[D_INTAKE];
        bool crisis = r->flags & FLAG_CRISIS, in_order = applied && spoken >= applied;
        count(d, r, applied, N_APPLIED);
        if (r->key[0])
                count(d, r, applied, N_KNOWN);
        if (ended && applied && applied <= day_add_months(ended, 60))
                count(d, r, applied, N_RETURNED);
        if (crisis) {
                count(d, r, applied, N_CRISIS);
                if (in_order && day_working_between(applied, spoken) <= 3)
                        count(d, r, applied, N_CRISIS_SOON);
        } else if (in_order) {
                add(d, r, spoken, N_SPOKEN, S_WAIT, SCALE_DAYS, N_WAIT_CLASS, (uint32_t) (spoken - applied));
                if (spoken - applied <= 28)
                        count(d, r, spoken, N_SPOKEN_SOON);
        }
        uint16_t decided = r->day[D_DECIDED];
        if (r->flags & FLAG_DECISION)
                count(d, r, decided, N_DECISIONS);
        if (r->flags & FLAG_ADMITTED)
                count(d, r, decided, N_ADMITTED);
        if (spoken && decided >= spoken) {
                add(d, r, decided, N_TIMED, S_TIMED, SCALE_DAYS, N_TIMED_CLASS, (uint32_t) (decided - spoken));
                if (decided - spoken <= 56)
                        count(d, r, decided, N_TIMED_SOON);
        }
}

/* Stabilisations that ended or ran in a period, and of those the ones that were past four months at its end or at their own. */
static void tally_stable(struct ddas *d, const struct record *r) {
        struct tally *t = &d->tally;
        uint16_t first = r->day[D_STABLE], last = r->day[D_STABLE_END] ? r->day[D_STABLE_END] : r->day[D_END];
        if (!first || (last && last < first) || !t->slot[r->place])
                return;
        uint16_t late = day_add_months(first, 4);
        for (uint32_t p = 0; p < t->periods_n; p++) {
                struct span span = t->period[p].span;
                if (first > span.last || (last && last < span.first))
                        continue;
                struct block *b = block_of(d, t->slot[r->place] - 1u, p);
                if (!b)
                        return;
                b->n[N_STABLE]++;
                b->n[N_STABLE_LONG] += (last && last < span.last ? last : span.last) > late;
        }
}

static bool is_settlement(const struct record *r) {
        return r->day[D_AGREED] || r->solution == SOLUTION_CREDIT || r->solution == SOLUTION_MEDIATION || r->solution == SOLUTION_NIL;
}

static void tally_settlement(struct ddas *d, const struct record *r) {
        uint16_t start = r->day[D_SOLVED] ? r->day[D_SOLVED] : r->day[D_AGREED];
        count(d, r, start, N_SETTLED);
        if (r->flags & FLAG_GUIDANCE)
                count(d, r, start, N_GUIDED);
        bool business = r->flags & FLAG_BUSINESS;
        if (r->flags & FLAG_TOTAL) {
                add(d, r, start, N_DEBT, S_DEBT, SCALE_EUROS, N_DEBT_CLASS, r->debt);
                if (r->flags & FLAG_DEBTS)
                        add(d, r, start, N_DEBT_PRIVATE + business, S_DEBT_PRIVATE + business, SCALE_NONE, 0, r->debt);
        }
        if (r->flags & FLAG_DEBTS) {
                add(d, r, start, N_CREDITORS, S_CREDITORS, SCALE_CREDITORS, N_CREDITORS_CLASS, r->creditors);
                add(d, r, start, N_CREDITORS_PRIVATE + business, S_CREDITORS_PRIVATE + business, SCALE_NONE, 0, r->creditors);
        }
        uint16_t left = r->day[D_LEFT], end = r->day[D_SOLVED_END] ? r->day[D_SOLVED_END] : left;
        if (left && r->reason != NO_WORD) {
                count(d, r, end, N_SETTLED_END);
                if (r->reason == REASON_FINISHED)
                        count(d, r, end, N_SETTLED_WELL);
        }
        end = end ? end : r->day[D_END];
        count(d, r, end, N_ENDED);
        if (r->flags & FLAG_AFTERCARE)
                count(d, r, end, N_AFTERCARE);
}

static void tally_proposal(struct ddas *d, const struct record *r) {
        uint16_t proposed = r->day[D_PROPOSED], agreed = r->day[D_AGREED];
        if (proposed && agreed >= proposed) {
                add(d, r, agreed, N_AGREED, S_SETUP, SCALE_DAYS, N_SETUP_CLASS, (uint32_t) (agreed - proposed));
                if (agreed - proposed > 120)
                        count(d, r, agreed, N_AGREED_LATE);
        }
        uint16_t made = proposed ? proposed : agreed ? agreed : r->day[D_REFUSED];
        count(d, r, made, N_PROPOSED);
        if (agreed)
                count(d, r, made, r->flags & FLAG_COURT ? N_COURT : N_ACCEPTED);
}

static void tally_left(struct ddas *d, const struct record *r) {
        uint16_t left = r->day[D_LEFT];
        count(d, r, left, N_LEFT);
        if (r->reason == REASON_ABSENT || r->reason == REASON_WITHDRAWN || r->reason == REASON_FAILS || r->reason == REASON_UNFIT)
                count(d, r, left, N_DROPPED);
        if (r->reason == REASON_FINISHED && (r->solution != NO_WORD || r->day[D_SOLVED]))
                count(d, r, left, N_FREE);
}

void tally_trajectory(struct ddas *d, const struct record *r, uint16_t ended) {
        d->merged++;
        tally_start(d, r, ended);
        tally_stable(d, r);
        tally_proposal(d, r);
        if (is_settlement(r))
                tally_settlement(d, r);
        if (r->solution != NO_WORD && r->day[D_SOLVED]) {
                count(d, r, r->day[D_SOLVED], N_SOLUTIONS);
                count(d, r, r->day[D_SOLVED], N_SOLUTION + r->solution);
        }
        if (r->day[D_LEFT])
                tally_left(d, r);
}

void tally_signal(struct ddas *d, const struct record *r) {
        count(d, r, r->day[0], N_SIGNALS);
        count(d, r, r->day[0], r->solution == NO_WORD ? N_PARTNER_END : (unsigned) N_PARTNER + r->solution);
}

void tally_report(struct ddas *d, const struct record *r, bool multiple, bool consecutive) {
        count(d, r, r->day[0], N_REPORTS);
        count(d, r, r->day[0], multiple ? N_MULTIPLE : N_SINGLE);
        if (consecutive)
                count(d, r, r->day[0], N_CONSECUTIVE);
}

void tally_case(struct ddas *d, const struct record *r) {
        bool reached = r->flags & FLAG_REACHED, helped = r->reason >= RESULT_ADVICE && r->reason < RESULTS;
        count(d, r, r->day[0], N_CASES);
        if (reached)
                count(d, r, r->day[0], N_REACHED);
        if (!helped)
                return;
        unsigned which = r->reason - (unsigned) RESULT_ADVICE;
        count(d, r, r->day[0], N_HELP);
        count(d, r, r->day[0], N_HELP_ADVICE + which);
        if (reached) {
                count(d, r, r->day[0], N_MET);
                count(d, r, r->day[0], N_MET_ADVICE + which);
        }
}
