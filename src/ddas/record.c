#include "internal.h"

static uint16_t first_of(uint16_t a, uint16_t b, uint16_t c) {
        return a ? a : b ? b : c;
}

/* How the fields hang together, by the questions and answers of the standard. */
static void check_together(struct ddas *d, const struct draft *w) {
        const uint16_t *day = w->day;
        static const uint8_t spans[][2] = { { D_START, D_END }, { D_STABLE, D_STABLE_END }, { D_SOLVED, D_SOLVED_END }, { D_APPLIED, D_INTAKE },
                                            { D_PROPOSED, D_AGREED } };
        for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
                if (day[spans[i][0]] && day[spans[i][1]] && day[spans[i][1]] < day[spans[i][0]])
                        mistake(d, W_ORDER, "in dit traject ligt een einde voor het begin; die duur telt niet mee");
        if ((w->flags & FLAG_COURT) && !day[D_AGREED])
                mistake(d, W_COURT, "dwangakkoord is alleen true als schuldregeling.toegekend een datum heeft");
        if (day[D_GRANTED] && day[D_AGREED] && day[D_GRANTED] != day[D_AGREED])
                mistake(d, W_GRANTED, "toekenningsdatum hoort gelijk te zijn aan schuldregeling.toegekend");
        uint16_t ends[] = { day[D_END], day[D_LEFT], day[D_END_DECISION] }, first = first_of(ends[0], ends[1], ends[2]);
        for (int i = 0; i < 3; i++)
                if (ends[i] && ends[i] != first) {
                        mistake(d, W_ENDS, "einddatum, uitstroom.datum en datumBeeindigingsbeschikking horen gelijk te zijn");
                        break;
                }
        if (w->clients == 0)
                mistake(d, W_NO_CLIENT, "zonder herkenbare client is samenloop en terugkeer niet te zien");
}

static void copy_days(struct record *r, const struct draft *w) {
        for (int i = 0; i < DAYS; i++)
                r->day[i] = w->day[i];
        const uint16_t *day = w->day;
        r->day[D_LEFT] = w->flags & FLAG_LEFT ? first_of(day[D_LEFT], day[D_END_DECISION], day[D_END]) : DAY_NONE;
        r->day[D_END] = first_of(day[D_END], day[D_LEFT], day[D_END_DECISION]);
        r->day[D_START] = first_of(day[D_START], day[D_APPLIED], first_of(day[D_INTAKE], day[D_PROPOSED], day[D_SOLVED]));
        if (r->day[D_END] && r->day[D_END] < r->day[D_START])
                r->day[D_END] = r->day[D_START];
        r->day[D_DECIDED] = w->decision == NO_WORD ? DAY_NONE : first_of(day[D_DECIDED], day[D_INTAKE_END], DAY_NONE);
        r->day[D_REFUSED] = first_of(day[D_REFUSED], day[D_WITHDRAWN], DAY_NONE);
}

void record_trajectory(struct ddas *d) {
        const struct draft *w = &d->draft;
        struct record r = { .kind = TRAJECTORY, .place = w->place, .solution = w->solution, .reason = w->reason, .flags = w->flags,
                            .creditors = w->creditors, .key = { w->key[0], w->key[1] } };
        check_together(d, w);
        copy_days(&r, w);
        if (w->crisis_help && !(w->flags & FLAG_CRISIS_KNOWN))
                r.flags |= FLAG_CRISIS;
        if (w->decision != NO_WORD)
                r.flags = (uint16_t) (r.flags | FLAG_DECISION | (w->decision == DECISION_ADMITTED ? FLAG_ADMITTED : 0));
        int64_t debt = w->total >= 0 ? w->total : w->sum;
        if (debt >= 0) {
                r.flags |= FLAG_TOTAL;
                r.debt = (uint32_t) (debt < MONEY_MAX ? debt : MONEY_MAX);
        }
        uint16_t first = w->day[D_FIRST_DAY], last = w->day[D_LAST_DAY];
        if (first && last && r.day[D_START] && ((r.day[D_END] && r.day[D_END] < first) || r.day[D_START] > last))
                mistake(d, W_OUTSIDE, "dit traject ligt buiten de periode van de levering; het telt alleen mee als eerder traject");
        d->trajectories += d->round == 0;
        if (w->place == PLACE_NONE)
                return;         /* named already: missing, or no code */
        tally_place(d, w->place, MODEL_HELP);
        store_put(d, &r);
}

/* The municipality of the delivery, which may stand after its signals: then the next round knows it. */
static uint16_t delivery_place(struct ddas *d) {
        if (d->delivery >= DELIVERIES_MAX) {
                if (d->delivery == DELIVERIES_MAX)
                        mistake(d, M_LIMIT, "meer dan 4.096 leveringen in een keer: lees ze in delen");
                return PLACE_NONE;
        }
        uint16_t place = d->delivery_place[d->delivery];
        d->late_place = d->late_place || (place == PLACE_NONE && d->round == 0);
        return place;
}

void record_signal(struct ddas *d) {
        const struct draft *w = &d->draft;
        struct record r = { .kind = SIGNAL, .solution = w->solution, .place = delivery_place(d) };
        r.day[0] = first_of(w->day[D_SIGNALLED], w->day[D_AROSE], DAY_NONE);
        /* An address is postcode and number; else street, number and town; else the person stands for it. */
        const uint64_t *part = w->part;
        bool has_code = part[PART_POSTCODE] && part[PART_HOUSE], has_street = part[PART_STREET] && part[PART_TOWN];
        uint64_t address[6] = { r.place, part[PART_HOUSE], part[PART_EXTRA] };
        if (has_code)
                address[3] = part[PART_POSTCODE];
        else if (has_street)
                address[3] = part[PART_STREET], address[4] = part[PART_TOWN];
        else
                address[5] = w->bsn;
        r.key[0] = has_code || has_street || w->bsn ? sip_hash(d->key, address, sizeof address) : 0;
        d->signals += d->round == 0;
        if (r.place != PLACE_NONE)
                store_put(d, &r);
}

void record_case(struct ddas *d) {
        const struct draft *w = &d->draft;
        struct record r = { .kind = CASE, .reason = w->reason, .flags = w->flags, .place = delivery_place(d) };
        r.day[0] = first_of(w->day[D_MATCHED], w->day[D_TAKEN_UP], first_of(w->day[D_MATCH_END], w->day[D_MATCH_START], DAY_NONE));
        d->cases += d->round == 0;
        if (r.place != PLACE_NONE)
                store_put(d, &r);
}
