#include "generate_write.h"
#include <string.h>

/* Signals come in runs: those of one address in one month. Run after run can be made again, for the cases that name them. */
struct run {
        uint64_t first, n, address;
        uint16_t day;
};

static struct run run_at(struct maker *m, uint64_t i, uint64_t first, uint64_t left) {
        draw_for(m, 3, i);
        struct run r = { .first = first, .n = chance(m, 12) ? 2 : 1 };
        r.n = r.n < left ? r.n : left;
        r.address = chance(m, 35) && i > 3 ? i - 1 - draw(m, 3) : i;
        struct date d = day_date((uint16_t) (m->period.first + draw(m, m->period.last - m->period.first + 1u)));
        r.day = day_of(d.year, d.month, 1 + (int) draw(m, 20));
        return r;
}

static void make_id(struct maker *m, uint64_t i) {
        make(m, "\"ID\": \"V-");
        make_number(m, (int64_t) i);
        make(m, "\"");
}

static void make_signal(struct maker *m, uint64_t i, const struct run *r, bool first) {
        static const uint8_t partners[] = { 4, 4, 4, 4, 1, 1, 0, 0, 5, 5, 3, 9 };
        bool any = true;
        make_text(m, first ? T("\n          { ") : T(",\n          { "));
        make_id(m, i);
        make_text(m, chance(m, 3) ? T(", \"crisissignaal\": true, \"bedrag\": ") : T(", \"crisissignaal\": false, \"bedrag\": "));
        make_number(m, 40 + draw(m, 900));
        make_day(m, 12, "signaaldatum", r->day, &any);
        make(m, ",\n            \"signaalpartner\": { \"type\": \"");
        const char *partner = model_enums[ENUM_PARTNER].word[partners[draw(m, sizeof partners)]];
        make_text(m, (struct text) { partner, strlen(partner) });
        make(m, "\" },\n            \"client\": { ");
        make_person(m, r->address, true);
        make(m, " } }");
}

static void make_case(struct maker *m, const struct run *r, bool first) {
        bool any = true, reached = chance(m, 20);
        uint8_t result = (uint8_t) (reached ? 9 + draw(m, 6) : 7 + draw(m, 2));
        make_text(m, first ? T("\n          { \"resultaat\": \"") : T(",\n          { \"resultaat\": \""));
        make_text(m, (struct text) { model_enums[ENUM_RESULT].word[result], strlen(model_enums[ENUM_RESULT].word[result]) });
        make(m, "\"");
        make_day(m, 12, "matchingsdatum", r->day, &any);
        make(m, ",\n            \"vroegsignalen\": [");
        for (uint64_t i = 0; i < r->n; i++) {
                make_text(m, i ? T(", { ") : T(" { "));
                make_id(m, r->first + i);
                make(m, " }");
        }
        make_text(m, reached ? T(" ],\n            \"contactpogingen\": [ { \"soort\": \"Brief\", \"bereikt\": false }, { \"soort\": \"Huisbezoek\", \"bereikt\": true } ] }") :
                     T(" ],\n            \"contactpogingen\": [ { \"soort\": \"Brief\", \"bereikt\": false } ] }"));
}

/* The share of municipality WHICH: signals FROM to UNTIL. */
static void make_delivery(struct maker *m, uint64_t which, uint64_t from, uint64_t until) {
        make_text(m, which ? T(",\n      {\n        \"teller\": ") : T("\n      {\n        \"teller\": "));
        make_number(m, (int64_t) which + 1);
        make(m, ",\n        \"gemeentecode\": \"");
        make_text(m, (struct text) { place_at(m, which), strlen(place_at(m, which)) });
        make(m, "\",\n        \"aanleverende_organisatie\": { \"naam\": \"Verzonnen organisatie\", \"kvk-nummer\": \"00000000\" },\n"
                "        \"vroegsignalen\": [");
        uint64_t run = from * 2;        /* numbers of runs never meet those of the next municipality */
        for (uint64_t i = from; i < until; run++) {
                struct run r = run_at(m, run, i, until - i);
                for (; i < r.first + r.n; i++)
                        make_signal(m, i, &r, i == from);
        }
        make(m, "\n        ],\n        \"vroegsignaalzaken\": [");
        run = from * 2;
        for (uint64_t i = from; i < until; run++) {
                struct run r = run_at(m, run, i, until - i);
                make_case(m, &r, i == from);
                i += r.n;
        }
        make(m, "\n        ]\n      }");
}

void make_signals(struct maker *m) {
        uint32_t places = m->plan->places_n;
        for (uint32_t i = 0; i < places; i++)
                make_delivery(m, i, m->plan->n * i / places, m->plan->n * (i + 1) / places);
        make(m, "\n    ]\n}\n");
}
