#include "generate_write.h"
#include <string.h>

static void flush(struct maker *m) {
        m->write(m->arg, m->buffer, m->out.n);
        m->out.n = 0;
}

void make_text(struct maker *m, struct text t) {
        if (m->out.n + t.n + 1 >= sizeof m->buffer)
                flush(m);
        line_put(&m->out, t);
}

void make_number(struct maker *m, int64_t v) {
        if (m->out.n + 32 >= sizeof m->buffer)
                flush(m);
        line_number(&m->out, v);
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(struct maker *m) {
        uint64_t z = (m->state += 0x9e3779b97f4a7c15u);
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return z ^ z >> 31;
}

uint32_t draw(struct maker *m, uint32_t n) {
        return (uint32_t) ((next(m) >> 32) * n >> 32);
}

bool chance(struct maker *m, uint32_t percent) {
        return draw(m, 100) < percent;
}

void draw_for(struct maker *m, uint64_t kind, uint64_t i) {
        m->state = m->plan->seed * 0xd1342543de82ef95u + kind * 0x2545f4914f6cdd1du + i;
        m->state = next(m);
}

static void make_padded(struct maker *m, int v, int width) {
        int least = 1;
        for (int i = 1; i < width; i++)
                least *= 10;
        for (; v < least && least > 1; least /= 10)
                make(m, "0");
        make_number(m, v);
}

static void make_date(struct maker *m, uint16_t day) {
        struct date d = day_date(day);
        make_padded(m, d.year, 4);
        make(m, "-");
        make_padded(m, d.month, 2);
        make(m, "-");
        make_padded(m, d.day, 2);
}

static void make_indent(struct maker *m, int n) {
        make_text(m, (struct text) { "                                        ", (size_t) n });
}

void make_day(struct maker *m, int indent, const char *name, uint16_t day, bool *any) {
        if (day == DAY_NONE || day > m->period.last)
                return;
        make_text(m, *any ? T(",\n") : T("\n"));
        make_indent(m, indent);
        make(m, "\"");
        make_text(m, (struct text) { name, strlen(name) });
        make(m, "\": \"");
        make_date(m, day);
        make(m, "\"");
        *any = true;
}

const char *place_at(const struct maker *m, uint64_t i) {
        return m->plan->places[i % m->plan->places_n];
}

/* Nine digits that fail the eleven test: 9a + 8b + ... + 2h - i must be a multiple of eleven for a real number. */
static uint32_t false_bsn(uint64_t i) {
        uint32_t v = (uint32_t) (100000000 + i * 7919 % 900000000), sum = 0;
        for (uint32_t left = v / 10, weight = 2; left; left /= 10, weight++)
                sum += left % 10 * weight;
        bool passes = (sum + 11 - v % 10) % 11 == 0;
        return passes ? v - v % 10 + (v % 10 + 1) % 10 : v;
}

void make_person(struct maker *m, uint64_t i, bool named) {
        uint64_t before = m->state;
        draw_for(m, 7, i);
        make(m, "\"Burgerservicenummer\": \"");
        make_number(m, false_bsn(i));
        make(m, "\", \"Geboortedatum\": \"");
        make_date(m, (uint16_t) (day_of(1950, 1, 1) + draw(m, 20000)));
        if (named)
                make(m, "\", \"Voorletters\": \"X.\", \"Achternaam\": \"Verzonnen");
        else
                make_text(m, chance(m, 50) ? T("\", \"Geslachtsaanduiding\": \"Man") : T("\", \"Geslachtsaanduiding\": \"Vrouw"));
        make(m, "\", \"Postcode\": \"");
        make_number(m, 1000 + draw(m, 9000));
        char letters[] = { (char) ('A' + draw(m, 26)), (char) ('A' + draw(m, 26)) };
        make_text(m, (struct text) { letters, 2 });
        make(m, "\", \"Huisnummer\": \"");
        make_number(m, 1 + draw(m, 300));
        make(m, "\"");
        m->state = before;
}

/* The course of one trajectory: days after one another, DAY_NONE where it did not come to that. */
struct course {
        uint16_t applied, intake, decided, stable, stable_end, proposed, agreed, solved, solved_end, end;
        bool crisis, admitted, court, business;
        uint8_t solution, reason;
};

static uint16_t later(struct maker *m, uint16_t day, uint32_t least, uint32_t spread) {
        uint32_t at = day + least + (draw(m, spread) + draw(m, spread)) / 2;
        return (uint16_t) (at < DAY_LAST ? at : DAY_LAST);
}

static struct course course(struct maker *m) {
        static const uint8_t solutions[] = { SOLUTION_CREDIT, SOLUTION_CREDIT, SOLUTION_MEDIATION, SOLUTION_MEDIATION, SOLUTION_INSTALMENTS,
                                             SOLUTION_NIL, SOLUTION_REFINANCE, SOLUTION_CREDIT };
        static const uint8_t stops[] = { REASON_ABSENT, REASON_WITHDRAWN, REASON_WITHDRAWN, REASON_UNFIT, REASON_FAILS, REASON_MOVED,
                                         REASON_SELF, REASON_OTHER, REASON_DIED };
        struct course c = { .solution = NO_WORD, .crisis = chance(m, 6), .business = chance(m, 8) };
        uint32_t before = 900;  /* a settlement takes a year and a half */
        c.applied = (uint16_t) (m->period.first - before + draw(m, before + m->period.last - m->period.first + 1u));
        c.intake = chance(m, 92) ? later(m, c.applied, 0, c.crisis ? 6 : 45) : DAY_NONE;
        c.decided = c.intake ? later(m, c.intake, 3, 70) : DAY_NONE;
        c.admitted = c.decided && chance(m, 88);
        c.reason = stops[draw(m, sizeof stops)];
        c.end = later(m, c.decided ? c.decided : c.applied, 5, 60);
        if (c.admitted) {
                c.stable = later(m, c.decided, 1, 20);
                c.stable_end = later(m, c.stable, 30, 180);
                c.end = later(m, c.stable_end, 10, 150);
                if (chance(m, 65)) {
                        c.proposed = later(m, c.stable_end, 0, 20);
                        c.agreed = chance(m, 70) ? later(m, c.proposed, 15, 170) : DAY_NONE;
                        c.court = c.agreed && chance(m, 5);
                }
        }
        if (c.agreed) {
                c.solution = solutions[draw(m, sizeof solutions)];
                c.solved = later(m, c.agreed, 0, 15);
                c.solved_end = later(m, c.solved, 500, 90);
                c.end = c.solved_end;
                c.reason = chance(m, 90) ? REASON_FINISHED : c.reason;
        }
        if (c.end < m->period.first) {  /* nothing of it in the delivery: the same course, later */
                uint16_t shift = (uint16_t) (m->period.first - c.end + draw(m, 90));
                uint16_t *days[] = { &c.applied, &c.intake, &c.decided, &c.stable, &c.stable_end, &c.proposed, &c.agreed, &c.solved, &c.solved_end, &c.end };
                for (size_t i = 0; i < sizeof days / sizeof *days; i++)
                        *days[i] = *days[i] ? (uint16_t) (*days[i] + shift) : DAY_NONE;
        }
        return c;
}

static void make_object(struct maker *m, const char *name) {
        make(m, ",\n            \"");
        make_text(m, (struct text) { name, strlen(name) });
        make(m, "\": {");
}

static void make_word(struct maker *m, const char *name, uint8_t list, uint8_t i, bool *any) {
        make_text(m, *any ? T(",\n              \"") : T("\n              \""));
        make_text(m, (struct text) { name, strlen(name) });
        make(m, "\": \"");
        make_text(m, (struct text) { model_enums[list].word[i], strlen(model_enums[list].word[i]) });
        make(m, "\"");
        *any = true;
}

#define END_OBJECT(m) make((m), "\n            }")

static bool is_known(const struct maker *m, uint16_t day) {
        return day && day <= m->period.last;
}

static void make_debts(struct maker *m, const struct course *c) {
        static const char *const sorts[] = { "Zorg", "Publiek", "Nuts", "Overig" };
        uint32_t n = 1 + (draw(m, 14) + draw(m, 14)) / 2;
        make(m, ",\n            \"schulden\": [");
        for (uint32_t i = 0; i < n; i++) {
                make_text(m, i ? T(",\n") : T("\n"));
                make(m, "              { \"bedrag\": ");
                make_number(m, 150 + draw(m, 60) * draw(m, 60) * (c->business ? 4 : 1));
                make(m, ", \"schuldsoort\": \"");
                const char *sort = sorts[draw(m, 4)];
                make_text(m, (struct text) { sort, strlen(sort) });
                make_text(m, c->business && i == 0 ? T("\", \"zakelijkeSchuld\": true") : T("\", \"zakelijkeSchuld\": false"));
                make(m, ", \"schuldeiser\": { \"naam\": \"Verzonnen schuldeiser ");
                make_number(m, draw(m, 500));
                make(m, "\", \"privepersoon\": false } }");
        }
        make(m, "\n            ]");
}

static void make_intake(struct maker *m, const struct course *c) {
        bool any = false;
        make_object(m, "aanmelding");
        make_text(m, c->crisis ? T("\n              \"crisisinterventie\": true") : T("\n              \"crisisinterventie\": false"));
        any = true;
        make_day(m, 14, "startdatum", c->applied, &any);
        END_OBJECT(m);
        if (!is_known(m, c->intake))
                return;
        make_object(m, "intake");
        any = false;
        make_day(m, 14, "startdatum", c->intake, &any);
        if (is_known(m, c->decided)) {
                make_day(m, 14, "beschikkingsdatum", c->decided, &any);
                make_word(m, "beschikkingssoort", ENUM_DECISION, c->admitted ? DECISION_ADMITTED : DECISION_REFUSED, &any);
        }
        END_OBJECT(m);
}

static void make_help(struct maker *m, const struct course *c) {
        bool any = false;
        if (is_known(m, c->stable)) {
                make_object(m, "stabilisatie");
                make_day(m, 14, "startdatum", c->stable, &any);
                make_day(m, 14, "einddatum", c->stable_end, &any);
                END_OBJECT(m);
        }
        if (is_known(m, c->proposed)) {
                make_debts(m, c);
                make_object(m, "schuldregeling");
                any = false;
                make_day(m, 14, "datum", c->proposed, &any);
                make_day(m, 14, "toegekend", c->agreed, &any);
                make_text(m, c->court && is_known(m, c->agreed) ? T(",\n              \"dwangakkoord\": true") : T(",\n              \"dwangakkoord\": false"));
                END_OBJECT(m);
        }
        if (is_known(m, c->solved)) {
                make_object(m, "oplossing");
                any = false;
                make_word(m, "soort", ENUM_SOLUTION, c->solution, &any);
                make_day(m, 14, "startdatum", c->solved, &any);
                make_day(m, 14, "einddatum", c->solved_end, &any);
                END_OBJECT(m);
        }
        if (is_known(m, c->solved) && chance(m, 40))
                make(m, ",\n            \"begeleiding\": [\n              { \"soort\": \"Budgetbeheer\" }\n            ]");
        if (is_known(m, c->end) && c->solved && chance(m, 30))
                make(m, ",\n            \"nazorg\": { }");
        if (is_known(m, c->end)) {
                make_object(m, "uitstroom");
                any = false;
                make_day(m, 14, "datum", c->end, &any);
                make_word(m, "reden", ENUM_REASON, c->reason, &any);
                END_OBJECT(m);
        }
}

/* One in five has a partner in it. Of those who come again, one in four comes alone, and so does one in four of their partners. */
static void make_clients(struct maker *m, uint64_t person, bool again) {
        bool has_partner = person % 5 == 0;
        uint32_t who = again && has_partner ? draw(m, 4) : 2;
        make(m, ",\n            \"client\": [\n              { ");
        make_person(m, person * 2 + (who == 1), false);
        make(m, " }");
        if (has_partner && who > 1) {
                make(m, ",\n              { ");
                make_person(m, person * 2 + 1, false);
                make(m, " }");
        }
        make(m, "\n            ]\n          }");
}

/* One in twelve is a client of before: another trajectory, or a part that another organisation delivers too. */
static void make_trajectory(struct maker *m, uint64_t i) {
        draw_for(m, 1, i);
        struct course c = course(m);
        bool again = i >= 12 && draw(m, 12) == 0, any = true;
        uint64_t person = again ? i - 1 - draw(m, 12) : i;
        make_text(m, i ? T(",\n          {\n") : T("\n          {\n"));
        make(m, "            \"gemeentecode\": \"");
        make_text(m, (struct text) { place_at(m, person), strlen(place_at(m, person)) });
        make(m, "\"");
        make_day(m, 12, "startdatum", c.applied, &any);
        make_day(m, 12, "einddatum", c.end, &any);
        make_intake(m, &c);
        make_help(m, &c);
        make_clients(m, person, again);
}

static void make_start(struct maker *m) {
        make(m, "{\n    \"startdatumLevering\": \"");
        make_date(m, m->period.first);
        make(m, "\",\n    \"einddatumLevering\": \"");
        make_date(m, m->period.last);
        make(m, "\",\n    \"aanleverdatumEnTijd\": \"");
        make_date(m, (uint16_t) (m->period.last + 20));
        make(m, "T09:00:00Z\",\n    \"codeGegevensleverancier\": \"Verzonnen gegevens 1.0\",\n    \"leveringen\": [");
}

static void make_trajectories(struct maker *m) {
        make_start(m);
        make(m, "\n      {\n        \"teller\": 1,\n        \"aanleverende_organisatie\": {\n"
                "          \"(Statutaire) Naam\": \"Verzonnen organisatie\",\n          \"KvK-nummer\": \"00000000\"\n        },\n"
                "        \"schuldhulptrajecten\": [");
        for (uint64_t i = 0; i < m->plan->n; i++)
                make_trajectory(m, i);
        make(m, "\n        ]\n      }\n    ]\n}\n");
}

void ddas_generate(const struct ddas_plan *plan, ddas_write *write, void *arg) {
        struct maker m = { .plan = plan, .write = write, .arg = arg };
        int month = plan->quarter ? plan->quarter * 3 - 2 : 1;
        m.out = (struct line) { m.buffer, 0, sizeof m.buffer };
        m.period.first = day_of(plan->year, month, 1);
        m.period.last = (uint16_t) (day_add_months(m.period.first, plan->quarter ? 3 : 12) - 1);
        if (plan->signals) {
                make_start(&m);
                make_signals(&m);
        } else {
                make_trajectories(&m);
        }
        flush(&m);
}
