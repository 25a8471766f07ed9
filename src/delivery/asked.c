/* asked.c - from the dictionary to what is asked. */
#include "asked.h"
#include <strings.h>
#include "benchmark_dictionary.h"
#include "benchmark_period.h"

const struct asked_part asked_parts[] = {
        { S_INIT("aanmelding"), S_INIT("Aanmelding en besluit"), S_INIT("Van de aanmelding tot het besluit over hulp.") },
        { S_INIT("regeling"), S_INIT("Schulden en regelingen"), S_INIT("Stabiliseren, voorstellen aan schuldeisers en oplossingen.") },
        { S_INIT("uitstroom"), S_INIT("Uitstroom en nazorg"), S_INIT("Trajecten die eindigden, en wat daarna kwam.") },
        { S_INIT("vroegsignalering"), S_INIT("Vroegsignalering"), S_INIT("Signalen van vastelastenpartners en wat u ermee deed.") },
        { S_INIT("organisatie"), S_INIT("Formatie en kosten"), S_INIT("Mensen, geld en afspraken.") },
        { S_INIT("stand"), S_INIT("Controletellingen"), S_INIT("Met deze tellingen controleren wij of de rest klopt. Wij publiceren ze niet.") },
        { .code = { 0 } },
};
enum { PART_APPLY, PART_SETTLE, PART_LEAVE, PART_EARLY, PART_HOUSE, PART_STAND };

/* Who and what is reported falls apart without a rest; settlements and partners have kinds that are not asked. */
static enum asked_sum sum_of(struct str indicator) {
        return str_eq(indicator, S("VS03")) ? SUM_FIRST_TWO : SUM_AT_MOST;
}

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

static void add_entry(struct arena *a, struct asked *q, const struct dictionary_entry *r) {
        bool counted = !r->per_inhabitant && (str_eq(r->kind, S("proportion")) || str_eq(r->kind, S("mean")));
        size_t n;
        const struct str *details = dictionary_details(r->code, &n);
        struct asked_figure f = {
                .indicator = r->code, .detail = S(""), .name = r->name, .unit = r->unit,
                .numerator = r->numerator.n ? r->numerator : r->name, .denominator = counted ? r->denominator : S(""),
                .is_share = str_eq(r->kind, S("proportion")), .is_rating = str_eq(r->unit, S("rapportcijfer")),
                .is_whole = !str_eq(r->kind, S("amount")) && !str_eq(r->unit, S("euro")) && !str_eq(r->unit, S("rapportcijfer")),
                .part = part_of(r->code, r->unit) };
        if (n == 0)
                add(a, q, f);
        for (size_t i = 0; i < n; i++) {
                f.sum = sum_of(r->code);
                f.detail = details[i];
                f.name = str_fmt(a, "%.*s: %.*s", STR(r->name), STR(details[i]));
                add(a, q, f);
        }
}

/* One question for all indicators that ask it in the same words. */
static void add_choice(struct arena *a, struct asked *q, const struct dictionary_entry *r, const struct dictionary_choice *c) {
        for (size_t i = 0; i < q->choices.n; i++)
                if (str_eq(q->choices.v[i].code, c->code) && str_eq(q->choices.v[i].question, c->question)) {
                        q->choices.v[i].indicators = str_fmt(a, "%.*s%.*s ", STR(q->choices.v[i].indicators), STR(r->code));
                        return;
                }
        struct asked_choice *own = vec_push(a, &q->choices);
        *own = (struct asked_choice) { .indicators = str_fmt(a, " %.*s ", STR(r->code)), .code = c->code, .question = c->question,
                                       .key = str_fmt(a, "%.*s-%.*s", STR(r->code), STR(c->code)), .part = part_of(r->code, r->unit) };
        for (size_t i = 0; i < c->answers && i < ANSWERS_MAX; i++)
                own->answer[own->answers++] = c->answer[i];
}

enum err asked_load(struct db *db, struct arena *a, int64_t period, struct asked *ret) {
        struct dictionary d;
        enum dictionary_delivery wanted = period_is_quarter(period) ? DICTIONARY_BY_QUARTER : DICTIONARY_BY_YEAR;
        *ret = (struct asked) { 0 };
        enum err e = benchmark_dictionary(db, a, &d);
        if (e != OK)
                return e;
        for (size_t i = 0; i < d.n; i++) {
                if (d.v[i].delivery != wanted)
                        continue;
                add_entry(a, ret, &d.v[i]);
                for (size_t k = 0; k < d.v[i].choices; k++)
                        add_choice(a, ret, &d.v[i], &d.v[i].choice[k]);
        }
        for (size_t i = 0; wanted == DICTIONARY_BY_QUARTER && d.n && i < sizeof stands / sizeof *stands; i++)
                add(a, ret, (struct asked_figure) { .indicator = S(STAND), .detail = str_of(stands[i].detail), .name = stands[i].name, .numerator = stands[i].name,
                                                    .denominator = S(""), .unit = S("aantal"), .is_whole = true, .part = PART_STAND });
        uint64_t sum = 0;
        for (size_t i = 0; i < ret->figures.n; i++)
                sum = sum * 31 + hash_str(ret->figures.v[i].indicator) + 7 * hash_str(ret->figures.v[i].detail);
        for (size_t i = 0; i < ret->choices.n; i++)
                sum = sum * 31 + hash_str(ret->choices.v[i].key);
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

const struct asked_choice *asked_choice(const struct asked *q, struct str indicator, struct str code) {
        for (size_t i = 0; i < q->choices.n; i++)
                if (same(q->choices.v[i].code, code) && asked_belongs(&q->choices.v[i], indicator))
                        return &q->choices.v[i];
        return NULL;
}

bool asked_belongs(const struct asked_choice *c, struct str indicator) {
        for (size_t at = 0; at + indicator.n + 2 <= c->indicators.n; at++)
                if (c->indicators.p[at] == ' ' && same(str_sub(c->indicators, at + 1, indicator.n), indicator) &&
                    c->indicators.p[at + 1 + indicator.n] == ' ')
                        return true;
        return false;
}
