/* merge.c - samenloop: "Als er overlap in de tijd is in de aangeleverde informatie, dan wordt dit samengevoegd tot een (deel)traject. Is er
 * geen overlap in de tijd, dan ontstaan twee losse (deel)trajecten" (questions and answers of DDAS). */
#include <string.h>
#include "internal.h"

size_t merge_size(uint32_t n) {
        size_t slots = 16;
        while (slots < (size_t) n * 3)
                slots *= 2;
        return slots * sizeof(uint32_t);
}

static uint32_t root_of(struct record *v, uint32_t i) {
        while (v[i].parent != i) {
                v[i].parent = v[v[i].parent].parent;
                i = v[i].parent;
        }
        return i;
}

/* The earlier record leads, so that lists keep the order of the files. */
static void join(struct record *v, uint32_t a, uint32_t b) {
        a = root_of(v, a);
        b = root_of(v, b);
        if (a < b)
                v[b].parent = a;
        else
                v[a].parent = b;
}

/* Records with a client in common get one root. SLOT is a table of MASK + 1 places, empty. */
static void join_clients(struct record *v, uint32_t n, uint32_t *slot, size_t mask) {
        for (uint32_t i = 0; i < n; i++) {
                v[i].parent = i;
                v[i].next = 0;
                for (int k = 0; k < 2; k++) {
                        uint64_t key = v[i].key[k];
                        if (!key)
                                continue;
                        size_t at = (size_t) key & mask;
                        while (slot[at] && v[slot[at] - 1].key[0] != key && v[slot[at] - 1].key[1] != key)
                                at = (at + 1) & mask;
                        if (slot[at])
                                join(v, slot[at] - 1, i);
                        else
                                slot[at] = i + 1;
                }
        }
}

/* Lists begin at 1 + index; 0 is the end. Merges two that are sorted by first day. */
static uint32_t merge_lists(struct record *v, uint32_t a, uint32_t b) {
        uint32_t head = 0, *tail = &head;
        while (a && b) {
                uint32_t *from = v[a - 1].day[0] <= v[b - 1].day[0] ? &a : &b;
                *tail = *from;
                tail = &v[*from - 1].next;
                *from = *tail;
        }
        *tail = a ? a : b;
        return head;
}

static uint32_t sort_list(struct record *v, uint32_t list) {
        uint32_t sorted[32] = { 0 };
        while (list) {
                uint32_t one = list;
                list = v[one - 1].next;
                v[one - 1].next = 0;
                int i = 0;
                for (; i < 31 && sorted[i]; i++) {
                        one = merge_lists(v, sorted[i], one);
                        sorted[i] = 0;
                }
                sorted[i] = one;
        }
        uint32_t all = 0;
        for (int i = 0; i < 32; i++)
                all = merge_lists(v, sorted[i], all);
        return all;
}

static bool overlaps(const struct record *cur, const struct record *next) {
        return cur->day[D_START] && (cur->day[D_END] == DAY_NONE || next->day[D_START] <= cur->day[D_END]);
}

static void take_days(struct record *to, const struct record *from, const uint8_t *which, size_t n) {
        for (size_t i = 0; i < n; i++)
                to->day[which[i]] = from->day[which[i]];
}

static void take_flags(struct record *to, const struct record *from, unsigned mask) {
        to->flags = (uint16_t) ((to->flags & ~mask) | (from->flags & mask));
}

/* The same module of two senders: the earlier one counts, and an outcome goes before none. */
static void absorb_settlement(struct record *cur, const struct record *next) {
        static const uint8_t days[] = { D_PROPOSED, D_AGREED, D_REFUSED };
        bool has = cur->day[D_PROPOSED] || cur->day[D_AGREED] || cur->day[D_REFUSED];
        if (has && (cur->day[D_AGREED] || !next->day[D_AGREED]))
                return;
        take_days(cur, next, days, sizeof days);
        take_flags(cur, next, FLAG_COURT);
}

static void absorb_intake(struct record *cur, const struct record *next) {
        if (next->day[D_APPLIED] && (!cur->day[D_APPLIED] || next->day[D_APPLIED] < cur->day[D_APPLIED])) {
                cur->day[D_APPLIED] = next->day[D_APPLIED];
                take_flags(cur, next, FLAG_CRISIS);
        }
        if (next->day[D_INTAKE] && (!cur->day[D_INTAKE] || next->day[D_INTAKE] < cur->day[D_INTAKE]))
                cur->day[D_INTAKE] = next->day[D_INTAKE];
        if (next->day[D_DECIDED] && (!cur->day[D_DECIDED] || next->day[D_DECIDED] < cur->day[D_DECIDED])) {
                cur->day[D_DECIDED] = next->day[D_DECIDED];
                take_flags(cur, next, FLAG_DECISION | FLAG_ADMITTED);
        }
}

static void absorb_end(struct record *cur, const struct record *next) {
        bool open = cur->day[D_END] == DAY_NONE || next->day[D_END] == DAY_NONE;
        if (open)
                cur->day[D_END] = DAY_NONE;
        else if (next->day[D_END] > cur->day[D_END])
                cur->day[D_END] = next->day[D_END];
        if (next->day[D_LEFT] >= cur->day[D_LEFT] && next->day[D_LEFT]) {
                cur->day[D_LEFT] = next->day[D_LEFT];
                cur->reason = next->reason;
                take_flags(cur, next, FLAG_LEFT);
        }
}

static void absorb(struct record *cur, const struct record *next) {
        absorb_intake(cur, next);
        absorb_settlement(cur, next);
        absorb_end(cur, next);
        if (next->day[D_STABLE]) {
                bool open = (cur->day[D_STABLE] && !cur->day[D_STABLE_END]) || !next->day[D_STABLE_END];
                uint16_t later = cur->day[D_STABLE_END] > next->day[D_STABLE_END] ? cur->day[D_STABLE_END] : next->day[D_STABLE_END];
                cur->day[D_STABLE_END] = open ? DAY_NONE : later;
                if (!cur->day[D_STABLE] || next->day[D_STABLE] < cur->day[D_STABLE])
                        cur->day[D_STABLE] = next->day[D_STABLE];
        }
        if (cur->solution == NO_WORD && !cur->day[D_SOLVED]) {
                static const uint8_t days[] = { D_SOLVED, D_SOLVED_END };
                take_days(cur, next, days, sizeof days);
                cur->solution = next->solution;
        }
        if (!(cur->flags & (FLAG_TOTAL | FLAG_DEBTS))) {
                take_flags(cur, next, FLAG_TOTAL | FLAG_DEBTS | FLAG_BUSINESS);
                cur->debt = next->debt;
                cur->creditors = next->creditors;
        }
        cur->flags |= next->flags & (FLAG_GUIDANCE | FLAG_AFTERCARE);
        if (cur->place == PLACE_UNKNOWN)
                cur->place = next->place;
}

/* Who is still in a trajectory with one sender has not left. */
static void count_trajectory(struct ddas *d, struct record *r, uint16_t *ended) {
        if (r->day[D_END] == DAY_NONE)
                r->day[D_LEFT] = DAY_NONE;
        tally_trajectory(d, r, *ended);
        *ended = r->day[D_END];
}

static void merge_trajectories(struct ddas *d, struct record *v, uint32_t list) {
        struct record cur = v[list - 1];
        uint16_t ended = DAY_NONE;
        for (list = cur.next; list; list = v[list - 1].next) {
                if (overlaps(&cur, &v[list - 1])) {
                        absorb(&cur, &v[list - 1]);
                        continue;
                }
                count_trajectory(d, &cur, &ended);
                cur = v[list - 1];
        }
        count_trajectory(d, &cur, &ended);
}

/* A report is what arrives on one address in one month. It is consecutive when there was a signal in one of the six months before. */
static void merge_signals(struct ddas *d, struct record *v, uint32_t list) {
        int before = -100;
        while (list) {
                const struct record *first = &v[list - 1];
                struct date date = day_date(first->day[0]);
                int month = date.year * 12 + date.month, n = 0;
                for (; list; list = v[list - 1].next, n++) {
                        date = day_date(v[list - 1].day[0]);
                        if (date.year * 12 + date.month != month)
                                break;
                        tally_signal(d, &v[list - 1]);
                }
                tally_report(d, first, n > 1, month - before <= 6);
                before = month;
        }
}

void merge_all(struct ddas *d) {
        struct record *v = d->store.v;
        uint32_t n = d->store.n, *slot = (uint32_t *) (void *) (v + n);
        size_t size = merge_size(n);
        memset(slot, 0, size);
        join_clients(v, n, slot, size / sizeof *slot - 1);
        for (uint32_t i = n; i-- > 0;) {
                uint32_t root = root_of(v, i);
                if (root != i) {
                        v[i].next = v[root].next;
                        v[root].next = i + 1;
                }
        }
        for (uint32_t i = 0; i < n; i++) {
                if (v[i].parent != i)
                        continue;
                uint32_t list = v[i].next ? sort_list(v, i + 1) : i + 1;
                if (v[i].kind == CASE)
                        tally_case(d, &v[i]);
                else if (v[i].kind == SIGNAL)
                        merge_signals(d, v, list);
                else
                        merge_trajectories(d, v, list);
        }
}
