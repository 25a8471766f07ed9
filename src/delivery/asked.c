/* asked.c - from the dictionary to what is asked. */
#include "asked.h"
#include <strings.h>
#include "benchmark_period.h"
#include "delivery.sql.h"

const struct asked_part asked_parts[] = {
        { S_INIT("aanmelding"), S_INIT("Aanmelding en besluit"), S_INIT("Van de aanmelding tot het besluit over hulp.") },
        { S_INIT("regeling"), S_INIT("Schulden en regelingen"), S_INIT("Stabiliseren, voorstellen aan schuldeisers en oplossingen.") },
        { S_INIT("uitstroom"), S_INIT("Uitstroom en nazorg"), S_INIT("Trajecten die eindigden, en wat daarna kwam.") },
        { S_INIT("vroegsignalering"), S_INIT("Vroegsignalering"), S_INIT("Signalen van vastelastenpartners en wat u ermee deed.") },
        { S_INIT("organisatie"), S_INIT("Formatie en kosten"), S_INIT("Mensen, geld en afspraken.") },
        { S_INIT("stand"), S_INIT("Controletellingen"), S_INIT("Met deze tellingen controleren wij of de rest klopt. Wij publiceren ze niet.") },
        { S_INIT("keuzes"), S_INIT("Zo telt u"), S_INIT("Gemeenten tellen niet allemaal hetzelfde. Uw antwoorden staan bij uw cijfers.") },
        { .code = { 0 } },
};
enum { PART_APPLY, PART_SETTLE, PART_LEAVE, PART_EARLY, PART_HOUSE, PART_STAND };

/* Breakdowns: the details as they stand in figures. */
static const struct {
        const char *indicator;
        enum asked_sum sum;
        const char *detail[12];
} breakdowns[] = {
        { "SHV15", SUM_WHOLE, { "saneringskrediet", "schuldbemiddeling", "betalingsregeling", "herfinanciering", "0%-aanbod" } },
        { "VS03", SUM_FIRST_TWO, { "enkelvoudig", "meervoudig", "opeenvolgend" } },
        { "VS06", SUM_WHOLE, { "energie", "huur", "zorgverzekering", "water", "hypotheek", "belastingen", "overige" } },
};

static const struct { const char *detail; struct str name; } stands[] = {
        { "begin", S_INIT("Lopende trajecten op de eerste dag") }, { "in", S_INIT("Gestarte trajecten") },
        { "uit", S_INIT("Beëindigde trajecten") }, { "eind", S_INIT("Lopende trajecten op de laatste dag") },
};

static int part_of(struct str code, struct str unit) {
        int64_t number = 0;
        if (str_starts(code, S("VS")))
                return str_starts(code, S("VS07")) || str_starts(code, S("VS08")) || str_starts(code, S("VS09")) ? PART_HOUSE : PART_EARLY;
        if (!str_starts(code, S("SHV")) || !str_to_i64(str_sub(code, 3, 2), &number))
                return str_eq(unit, S("procent")) ? PART_SETTLE : PART_HOUSE;
        return number <= 6 ? PART_APPLY : number == 18 ? PART_HOUSE : number >= 10 && number != 13 && number != 14 && number != 15 ? PART_LEAVE : PART_SETTLE;
}

static void add(struct arena *a, struct asked *q, struct asked_figure f) {
        f.at = 0;
        for (size_t i = 0; i < q->figures.n; i++)
                f.at += q->figures.v[i].part == f.part;
        *vec_push(a, &q->figures) = f;
}

static void add_question(struct arena *a, struct asked *q, const struct delivery_questions_row *r) {
        bool counted = str_eq(r->kind, S("proportion")) || str_eq(r->kind, S("mean"));
        struct asked_figure f = {
                .indicator = r->code, .detail = S(""), .name = r->name, .unit = r->unit,
                .numerator = r->numerator_text.n ? r->numerator_text : r->name, .denominator = counted ? r->denominator_text : S(""),
                .is_share = str_eq(r->kind, S("proportion")), .is_rating = str_eq(r->unit, S("rapportcijfer")),
                .is_whole = !str_eq(r->kind, S("amount")) && !str_eq(r->unit, S("euro")) && !str_eq(r->unit, S("rapportcijfer")),
                .part = part_of(r->code, r->unit) };
        for (size_t i = 0; i < sizeof breakdowns / sizeof *breakdowns; i++) {
                if (!str_eq(r->code, str_of(breakdowns[i].indicator)))
                        continue;
                f.sum = breakdowns[i].sum;
                for (const char *const *d = breakdowns[i].detail; *d; d++) {
                        f.detail = str_of(*d);
                        f.name = str_fmt(a, "%.*s: %s", STR(r->name), *d);
                        add(a, q, f);
                }
                return;
        }
        add(a, q, f);
}

/* One question for all indicators that ask it. */
static void add_choice(struct arena *a, struct asked *q, const struct delivery_choices_asked_row *r) {
        struct asked_choice *c = (struct asked_choice *) (uintptr_t) asked_choice(q, r->code);
        if (c) {
                c->indicators = str_fmt(a, "%.*s%.*s ", STR(c->indicators), STR(r->indicator_code));
                return;
        }
        c = vec_push(a, &q->choices);
        *c = (struct asked_choice) { .indicators = str_fmt(a, " %.*s ", STR(r->indicator_code)), .code = r->code, .question = r->question };
        struct str rest = r->answers, one;
        while (c->answers < ANSWERS_MAX && str_split(&rest, '|', &one))
                c->answer[c->answers++] = str_trim(one);
}

static bool is_asked(const struct asked *q, struct str indicator) {
        for (size_t i = 0; i < q->figures.n; i++)
                if (str_eq(q->figures.v[i].indicator, indicator))
                        return true;
        return false;
}

enum err asked_load(struct db *db, struct arena *a, int64_t period, struct asked *ret) {
        struct delivery_questions_row_list rows;
        struct delivery_choices_asked_row_list choices;
        *ret = (struct asked) { 0 };
        enum err e = delivery_questions(db, a, period_is_quarter(period) ? S("quarter") : S("year"), &rows);
        if (e == OK)
                e = delivery_choices_asked(db, a, &choices);
        if (e != OK)
                return e;
        for (size_t i = 0; i < rows.n; i++)
                add_question(a, ret, &rows.v[i]);
        for (size_t i = 0; period_is_quarter(period) && rows.n && i < sizeof stands / sizeof *stands; i++)
                add(a, ret, (struct asked_figure) { .indicator = S(STAND), .detail = str_of(stands[i].detail), .name = stands[i].name, .numerator = stands[i].name,
                                                    .denominator = S(""), .unit = S("aantal"), .is_whole = true, .part = PART_STAND });
        for (size_t i = 0; i < choices.n; i++)
                if (is_asked(ret, choices.v[i].indicator_code))
                        add_choice(a, ret, &choices.v[i]);
        uint64_t sum = 0;
        for (size_t i = 0; i < ret->figures.n; i++)
                sum = sum * 31 + hash_str(ret->figures.v[i].indicator) + 7 * hash_str(ret->figures.v[i].detail);
        for (size_t i = 0; i < ret->choices.n; i++)
                sum = sum * 31 + hash_str(ret->choices.v[i].code);
        ret->version = str_fmt(a, "%016llx", (unsigned long long) sum);
        return OK;
}

static bool same(struct str a, struct str b) {
        return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

size_t asked_find(const struct asked *q, struct str indicator, struct str detail) {
        size_t i = 0;
        while (i < q->figures.n && !(same(q->figures.v[i].indicator, indicator) && same(q->figures.v[i].detail, detail)))
                i++;
        return i;
}

const struct asked_choice *asked_choice(const struct asked *q, struct str code) {
        for (size_t i = 0; i < q->choices.n; i++)
                if (same(q->choices.v[i].code, code))
                        return &q->choices.v[i];
        return NULL;
}

bool asked_belongs(const struct asked_choice *c, struct str indicator) {
        for (size_t at = 0; at + indicator.n + 2 <= c->indicators.n; at++)
                if (c->indicators.p[at] == ' ' && str_starts(str_sub(c->indicators, at + 1, c->indicators.n), indicator) &&
                    c->indicators.p[at + 1 + indicator.n] == ' ')
                        return true;
        return false;
}
