#include <string.h>
#include "internal.h"

/* N bytes without spaces, points and lines, letters in upper case, into OUT of CAP bytes: so two hands write the same address. */
static size_t squeeze(struct text t, char *out, size_t cap) {
        size_t n = 0;
        for (size_t i = 0; i < t.n && n < cap; i++) {
                char c = t.p[i];
                if (c != ' ' && c != '.' && c != '-' && c != '\t')
                        out[n++] = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        }
        return n;
}

static uint64_t part_hash(const struct ddas *d, struct text t) {
        char plain[128];
        size_t n = squeeze(t, plain, sizeof plain);
        return n ? sip_hash(d->key, plain, n) : 0;
}

/* Nine digits; what somebody filled in to have something (000000000, 999999999) is none. */
static uint64_t bsn_hash(const struct ddas *d, struct text t) {
        char digit[32] = "000000000";
        size_t n = squeeze(t, digit + 7, sizeof digit - 7), same = 0;
        if (n < 8 || n > 9)
                return 0;
        char *bsn = digit + 7 + n - 9;
        for (int i = 0; i < 9; i++) {
                if (bsn[i] < '0' || bsn[i] > '9')
                        return 0;
                same += bsn[i] == bsn[0];
        }
        return same == 9 ? 0 : sip_hash(d->key, bsn, 9);
}

uint16_t place_number(struct text t, bool *tidy) {
        if (t.n == 8 && memcmp(t.p, "Onbekend", 8) == 0) {
                *tidy = true;
                return PLACE_UNKNOWN;
        }
        bool named = t.n > 2 && (t.p[0] | 32) == 'g' && (t.p[1] | 32) == 'm';
        size_t from = named ? 2 : 0;
        uint16_t v = 0;
        for (size_t i = from; i < t.n; i++) {
                if (t.p[i] < '0' || t.p[i] > '9')
                        return PLACE_NONE;
                v = (uint16_t) (v * 10 + (t.p[i] - '0'));
        }
        if (t.n - from < 1 || t.n - from > 4 || v == 0)
                return PLACE_NONE;
        *tidy = t.n == 6 && t.p[0] == 'G' && t.p[1] == 'M';
        return v;
}

static uint16_t take_place(struct ddas *d, struct text t) {
        bool tidy = false;
        uint16_t place = place_number(t, &tidy);
        if (place == PLACE_NONE)
                mistake_quoting(d, M_PLACE, "een gemeentecode ziet eruit als GM0344; anders Onbekend", t);
        else if (!tidy)
                mistake_quoting(d, W_PLACE, "deze gemeentecode is gelezen als GM met vier cijfers", t);
        return place;
}

void draft_begin(struct ddas *d, uint8_t take) {
        struct draft *w = &d->draft;
        if (take == TAKE_TRAJECTORY || take == TAKE_SIGNAL || take == TAKE_CASE) {
                uint16_t first = w->day[D_FIRST_DAY], last = w->day[D_LAST_DAY];
                *w = (struct draft) { .place = PLACE_NONE, .solution = NO_WORD, .reason = NO_WORD, .decision = NO_WORD, .total = -1, .sum = -1 };
                w->day[D_FIRST_DAY] = first;
                w->day[D_LAST_DAY] = last;
        }
        if (take == TAKE_CLIENT || take == TAKE_SIGNAL) {
                w->bsn = 0;
                memset(w->part, 0, sizeof w->part);
        } else if (take == TAKE_DEBT) {
                w->creditor = w->creditor_number = 0;
        } else if (take == TAKE_DELIVERY && d->round == 0 && d->delivery < DELIVERIES_MAX) {
                d->delivery_place[d->delivery] = PLACE_NONE;
        }
}

static void end_client(struct ddas *d) {
        struct draft *w = &d->draft;
        uint64_t key = w->bsn;
        if (!key && w->part[PART_BIRTH] && w->part[PART_POSTCODE] && w->part[PART_HOUSE]) {
                mistake(d, W_BSN, "zonder geldig burgerservicenummer is deze client herkend aan geboortedatum en adres");
                key = sip_hash(d->key, w->part, 4 * sizeof *w->part);
        }
        if (key && w->clients < 2 && !(w->clients == 1 && w->key[0] == key))
                w->key[w->clients++] = key;
}

static void end_debt(struct ddas *d) {
        struct draft *w = &d->draft;
        uint64_t who = w->creditor_number ? w->creditor_number : w->creditor;
        w->flags |= FLAG_DEBTS;
        for (uint32_t i = 0; who && i < w->creditor_marks; i++)
                if (d->creditor[i] == who)
                        return;
        if (who && w->creditor_marks < CREDITORS_MAX)
                d->creditor[w->creditor_marks++] = who;
        w->creditors = w->creditors < UINT16_MAX ? (uint16_t) (w->creditors + 1) : w->creditors;
}

static void end_root(struct ddas *d) {
        uint16_t first = d->draft.day[D_FIRST_DAY], last = d->draft.day[D_LAST_DAY];
        if (first > last && last != DAY_NONE)
                mistake(d, M_PERIOD, "startdatumLevering ligt na einddatumLevering");
        else if (first == DAY_FIRST || last == DAY_LAST)
                mistake(d, M_PERIOD, "de periode van een levering ligt tussen 1900 en 2079");
        else if (first && last && d->round == 0)
                span_add(d, first, last);
}

static void end_delivery(struct ddas *d) {
        if (d->delivery < DELIVERIES_MAX && d->delivery_place[d->delivery] != PLACE_NONE)
                tally_place(d, d->delivery_place[d->delivery], MODEL_SIGNALS);
        d->delivery++;
}

void draft_end(struct ddas *d, uint8_t take) {
        switch ((enum take) take) {
        case TAKE_ROOT: end_root(d); return;
        case TAKE_DELIVERY: end_delivery(d); return;
        case TAKE_TRAJECTORY: record_trajectory(d); return;
        case TAKE_SIGNAL: record_signal(d); return;
        case TAKE_CASE: record_case(d); return;
        case TAKE_CLIENT: end_client(d); return;
        case TAKE_DEBT: end_debt(d); return;
        case TAKE_GUIDANCE: d->draft.flags |= FLAG_GUIDANCE; return;
        case TAKE_AFTERCARE: d->draft.flags |= FLAG_AFTERCARE; return;
        case TAKE_LEAVING: d->draft.flags |= FLAG_LEFT; return;
        case TAKE_CRISIS_HELP:
                if (!(d->draft.flags & FLAG_CRISIS_KNOWN))
                        d->draft.crisis_help = true;
                return;
        default: return;
        }
}

static void take_sex(struct ddas *d, struct text t) {
        static const char *const known[] = { "Man", "Vrouw", "Onbekend", "Leeg" };
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (strlen(known[i]) == t.n && memcmp(known[i], t.p, t.n) == 0)
                        return;
        mistake(d, W_SEX, "hier hoort Man, Vrouw, Onbekend of Leeg te staan");
}

void draft_text(struct ddas *d, uint8_t take, struct text t) {
        struct draft *w = &d->draft;
        switch ((enum take) take) {
        case TAKE_PLACE: w->place = take_place(d, t); return;
        case TAKE_DELIVERY_PLACE:
                if (d->round == 0 && d->delivery < DELIVERIES_MAX)
                        d->delivery_place[d->delivery] = take_place(d, t);
                return;
        case TAKE_BSN: w->bsn = bsn_hash(d, t); return;
        case TAKE_SEX: take_sex(d, t); return;
        case TAKE_BIRTH: w->part[PART_BIRTH] = part_hash(d, t); return;
        case TAKE_POSTCODE: w->part[PART_POSTCODE] = part_hash(d, t); return;
        case TAKE_HOUSE: w->part[PART_HOUSE] = part_hash(d, t); return;
        case TAKE_HOUSE_EXTRA: w->part[PART_EXTRA] = part_hash(d, t); return;
        case TAKE_STREET: w->part[PART_STREET] = part_hash(d, t); return;
        case TAKE_TOWN: w->part[PART_TOWN] = part_hash(d, t); return;
        case TAKE_CREDITOR: w->creditor = t.n ? part_hash(d, t) : w->creditor; return;
        case TAKE_CREDITOR_NUMBER: w->creditor_number = part_hash(d, t); return;
        default: return;
        }
}

void draft_whole(struct ddas *d, uint8_t take, int64_t v) {
        struct draft *w = &d->draft;
        if (v < 0 && (take == TAKE_TOTAL || take == TAKE_AMOUNT)) {
                mistake(d, W_NEGATIVE, "een schuld is geen negatief bedrag; dit bedrag telt niet mee");
                return;
        }
        switch ((enum take) take) {
        case TAKE_COUNTER:
                if (d->counter >= 0 && v <= d->counter)
                        mistake(d, W_COUNTER, "de teller van leveringen hoort op te lopen: 1, 2, 3");
                d->counter = v;
                return;
        case TAKE_TOTAL: w->total = v; return;
        case TAKE_AMOUNT: w->sum = (w->sum < 0 ? 0 : w->sum) + v; return;
        case TAKE_DECISION: w->decision = (uint8_t) v; return;
        case TAKE_SOLUTION: case TAKE_PARTNER: w->solution = (uint8_t) v; return;
        case TAKE_REASON: case TAKE_RESULT: w->reason = (uint8_t) v; return;
        default: return;
        }
}

void draft_bool(struct ddas *d, uint8_t take, bool v) {
        struct draft *w = &d->draft;
        if (take == TAKE_CRISIS)
                w->flags = (uint16_t) (w->flags | FLAG_CRISIS_KNOWN | (v ? FLAG_CRISIS : 0));
        else if (v)
                w->flags = (uint16_t) (w->flags | (take == TAKE_COURT ? FLAG_COURT : take == TAKE_BUSINESS ? FLAG_BUSINESS : take == TAKE_REACHED ? FLAG_REACHED : 0));
}
