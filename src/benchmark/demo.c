/* demo.c - fictitious deliveries of debt help and early detection: sizes as in the national figures, real differences between
 * municipalities, noise of small numbers, late starters, gaps, corrections and choices that differ. The same on every machine: no clock,
 * no libm. */
#include "benchmark_demo.h"
#include <math.h>
#include <stdlib.h>
#include "benchmark_release.h"
#include "clock.h"
#include "loading.h"
#include "releasing.h"

#define SEED 20261122u
#define FIRST 20231
#define LAST 20263
#define MUNICIPALITIES 100

/* These are always in it; others follow by chance. */
static const char *const codes[] = {
        "GM0014", "GM0034", "GM0037", "GM0080", "GM0088", "GM0106", "GM0141", "GM0150", "GM0153", "GM0193",
        "GM0202", "GM0221", "GM0268", "GM0277", "GM0281", "GM0307", "GM0344", "GM0361", "GM0439", "GM0505",
        "GM0606", "GM0613", "GM0637", "GM0664", "GM0715", "GM0772", "GM0820", "GM0855", "GM0917", "GM1979",
};

static uint64_t mix(uint64_t z) {
        z += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

static double uniform(uint64_t *state) {
        *state = mix(*state);
        return (double) (*state >> 11) * 0x1p-53;
}

/* About normal: no logarithms, so the same everywhere. */
static double normal(uint64_t *state) {
        double sum = -6;
        for (int i = 0; i < 12; i++)
                sum += uniform(state);
        return sum;
}

/* Who starts when: as many as these take part from that quarter on. */
static const struct { size_t municipalities; int64_t since; } waves[] = { { 15, 20231 }, { 45, 20241 }, { 75, 20251 }, { 100, 20261 } };

static const struct demo_effect effects[] = {
        { "GM0034", "SHV10", 20242, -.10 }, { "GM0037", "SHV10", 20242, -.09 }, { "GM0088", "SHV10", 20243, -.11 },
        { "GM0106", "SHV10", 20243, -.08 }, { "GM0153", "SHV10", 20244, -.10 }, { "GM0193", "SHV10", 20251, -.09 },
        { "GM0202", "SHV10", 20251, -.10 }, { "GM0268", "SHV10", 20252, -.12 }, { "GM0344", "VS05a", 20243, .09 },
        { "GM0361", "VS05a", 20243, .08 }, { "GM0439", "VS05a", 20251, .10 }, { "GM0606", "VS05a", 20251, .09 },
        { "GM0014", "VS05a", 20244, 0 },   { "GM0080", "VS05a", 20244, 0 },   { "GM0141", "VS05a", 20244, 0 },
        { "GM0150", "VS05a", 20244, 0 },   { "GM0221", "VS05a", 20244, 0 },
        { "GM0281", "VS04", 20251, 0 },    { "GM0307", "VS04", 20251, 0 },    { "GM0505", "VS04", 20251, 0 },
        { "GM0637", "VS04", 20251, 0 },    { "GM0715", "VS04", 20252, 0 },    { "GM0772", "VS04", 20252, 0 },
        { "GM0820", "VS04", 20252, 0 },    { "GM0855", "VS04", 20252, 0 },
};

const struct demo_effect *benchmark_demo_effects(size_t *n) {
        *n = sizeof effects / sizeof *effects;
        return effects;
}

struct demo {
        struct arena *a;
        struct dictionary dictionary;
        struct str code;
        int64_t period, start;
        double inhabitants;
        struct delivered_list figures;
};

/* A state of its own for each (place, period, name), so that one figure does not move another. Period 0: what stays of a place. */
static uint64_t state_of(const struct demo *d, int64_t period, const char *name) {
        return mix(SEED ^ mix(hash_str(d->code) + (uint64_t) period * 1000003u) ^ hash_str(str_of(name)));
}

/* The level of this place in this period: BASE, with SD between places and a sixth of it between quarters. */
static double level(const struct demo *d, const char *name, double base, double sd) {
        uint64_t place = state_of(d, 0, name), now = state_of(d, d->period, name);
        for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
                if (str_eq(d->code, str_of(effects[i].region)) && str_eq(str_of(name), str_of(effects[i].indicator)) &&
                    d->period >= effects[i].since)
                        base += effects[i].change;
        return base + sd * normal(&place) + sd / 6 * normal(&now);
}

/* How many of N cases have it, when the chance is that of the place. */
static double draw(const struct demo *d, const char *name, double n, double base, double sd) {
        uint64_t state = mix(state_of(d, d->period, name) ^ 1);
        double p = level(d, name, base, sd), x = 0;
        p = p < .01 ? .01 : p > .99 ? .99 : p;
        for (double i = 0; i < n; i++)
                x += uniform(&state) < p;
        return x;
}

/* Each municipality answers a question of the dictionary in its own way, and keeps to it. */
static struct str answers(const struct demo *d, const struct dictionary_entry *e) {
        struct str s = S("");
        for (size_t i = 0; i < e->choices; i++) {
                uint64_t state = state_of(d, 0, str_z(d->a, e->choice[i].code));
                size_t which = uniform(&state) < .6 ? 0 : 1;
                s = str_fmt(d->a, "%.*s%s%.*s=%.*s", STR(s), i ? ";" : "", STR(e->choice[i].code), STR(e->choice[i].answer[which]));
        }
        return s;
}

static struct str words(const struct demo *d, const char *indicator) {
        static const struct str all[] = { S_INIT("Fictief: wij stapten dit kwartaal over op een ander systeem."),
                S_INIT("Fictief: door ziekte namen wij minder besluiten."), S_INIT("Fictief: de overdracht aan een buurgemeente telt mee.") };
        uint64_t state = mix(state_of(d, d->period, indicator) ^ 2);
        double u = uniform(&state);
        return u < .03 ? all[(size_t) (u * 100)] : S("");
}

/* X of N; with N NaN the value is X itself, or X per so many inhabitants. */
static void put(struct demo *d, const char *indicator, struct str detail, double x, double n) {
        const struct dictionary_entry *e = dictionary_find(&d->dictionary, str_of(indicator));
        bool yearly = e && e->delivery == DICTIONARY_BY_YEAR;
        if (!e || yearly == period_is_quarter(d->period))
                return;
        *vec_push(d->a, &d->figures) = (struct delivered) { .indicator = e->code, .region = d->code, .detail = detail,
                .period = d->period, .numerator = x, .denominator = n, .value = (double) NAN, .choices = answers(d, e),
                .explanation = words(d, indicator) };
}

static void share(struct demo *d, const char *indicator, struct str detail, double x, double n) {
        if (n > 0)
                put(d, indicator, detail, x, n);
}

/* A mean over N cases; the sum is kept whole. */
static void mean(struct demo *d, const char *indicator, double of, double n) {
        if (n > 0)
                put(d, indicator, S(""), floor(of * n + .5), n);
}

/* Divides N cases over kinds; what is left over belongs to no kind. */
static void mixture(struct demo *d, const char *indicator, const char *const *kinds, const double *parts, size_t k,
        double n) {
        double left = n, rest = 1;
        for (size_t i = 0; i < k; i++) {
                double p = parts[i] / rest;
                double x = p >= 1 - 1e-9 ? left : draw(d, kinds[i], left, p, .05);
                share(d, indicator, str_of(kinds[i]), x, n);
                left -= x;
                rest -= parts[i];
        }
}

static void settlements(struct demo *d, double admitted) {
        static const char *const kinds[] = { "saneringskrediet", "schuldbemiddeling", "betalingsregeling",
                "herfinanciering" };
        static const double parts[] = { .50, .25, .15, .10 };
        struct str all = S("");
        double proposed = draw(d, "proposed", admitted, .52, .06), ended = draw(d, "ended", admitted, .44, .05);
        double agreed = draw(d, "SHV09a", proposed, .62, .08);
        share(d, "SHV08", all, draw(d, "SHV08", proposed, .42, .10), proposed);
        share(d, "SHV09a", all, agreed, proposed);
        share(d, "SHV09b", all, draw(d, "SHV09b", ended, .78, .06), ended);
        mean(d, "SHV13", level(d, "SHV13", 40500, 4500), agreed);
        mean(d, "SHV14", level(d, "SHV14", 13, 1.3), agreed);
        mixture(d, "SHV15", kinds, parts, 4, agreed);
        share(d, "SHV16", all, draw(d, "SHV16", agreed, .55, .12), agreed);
        share(d, "SHV17", all, draw(d, "SHV17", agreed, .36, .13), agreed);
}

static void debt_help(struct demo *d) {
        struct str all = S("");
        double registered = draw(d, "SHV01", floor(d->inhabitants / 80), .10, .022);
        double crisis = draw(d, "crisis", registered, .12, .02);
        double talked = draw(d, "talked", registered - crisis, .87, .03);
        double decided = draw(d, "decided", talked + crisis, .93, .02);
        double admitted = draw(d, "SHV06", decided, .82, .06);
        double stabilised = draw(d, "stabilised", admitted, .70, .07);
        double left = draw(d, "left", admitted, .88, .04), dropped = draw(d, "SHV10", left, .33, .08);
        put(d, "SHV01", all, registered, (double) NAN);
        mean(d, "SHV02", level(d, "SHV02", 15, 4), talked);
        share(d, "SHV03", all, draw(d, "SHV03", talked, .86, .07), talked);
        share(d, "SHV04", all, draw(d, "SHV04", crisis, .82, .05), crisis);
        share(d, "SHV05", all, draw(d, "SHV05", decided, .89, .06), decided);
        share(d, "SHV06", all, admitted, decided);
        share(d, "SHV07", all, draw(d, "SHV07", stabilised, .38, .09), stabilised);
        settlements(d, admitted);
        share(d, "SHV10", all, dropped, left);
        share(d, "SHV11", all, draw(d, "SHV11", left - dropped, .56, .07), left);
        share(d, "SHV12", all, draw(d, "SHV12", registered, .19, .04), registered);
}

static void early_detection(struct demo *d) {
        static const char *const partners[] = { "zorgverzekeraars", "verhuurders", "energiebedrijven",
                "waterbedrijven" };
        static const double parts[] = { .42, .20, .20, .15 };
        struct str all = S("");
        double signals = draw(d, "VS01", floor(d->inhabitants / 20), .235, .035);
        double reports = draw(d, "VS02", signals, .72, .03);
        double reached = draw(d, "VS04", reports, .21, .05), accepted = draw(d, "VS05a", reached, .36, .06);
        double multiple = draw(d, "multiple", reports, .18, .02);
        put(d, "VS01", all, signals, (double) NAN);
        put(d, "VS02", all, reports, (double) NAN);
        share(d, "VS03", S("enkelvoudig"), reports - multiple, reports);
        share(d, "VS03", S("meervoudig"), multiple, reports);
        share(d, "VS03", S("opeenvolgend"), draw(d, "consecutive", reports, .40, .03), reports);
        share(d, "VS04", all, reached, reports);
        share(d, "VS05a", all, accepted, reached);
        share(d, "VS05b", all, accepted, reports);
        mixture(d, "VS06", partners, parts, 4, signals);
}

/* What is told once a year. */
static void means(struct demo *d) {
        static const double thresholds[] = { 0, 50, 75, 75, 100, 150 };
        struct str all = S("");
        uint64_t state = state_of(d, 0, "VS07");
        put(d, "VS07", all, thresholds[(int) (6 * uniform(&state))], (double) NAN);
        put(d, "SHV18", all, floor(d->inhabitants / 1000 * level(d, "SHV18", 1.9, .35) + .5) / 10, (double) NAN);
        put(d, "VS08", all, floor(d->inhabitants / 1000 * level(d, "VS08", .33, .08) + .5) / 10, (double) NAN);
        put(d, "VS09", all, floor(d->inhabitants * level(d, "VS09", 2.63, .5) + .5), (double) NAN);
}

/* One in thirty is not delivered; of the last quarter, one in eight not yet. */
static bool is_gap(const struct demo *d) {
        uint64_t state = mix(state_of(d, d->period, "gap") ^ 3);
        return uniform(&state) < (d->period == LAST ? .125 : .033);
}

static void deliver(struct demo *d) {
        if (is_gap(d))
                return;
        if (period_is_quarter(d->period)) {
                debt_help(d);
                early_detection(d);
        } else {
                means(d);
        }
}

struct chosen {
        struct str code;
        uint64_t order;
        double inhabitants;
};
static int by_order(const void *x, const void *y) {
        const struct chosen *a = x, *b = y;
        return a->order < b->order ? -1 : a->order > b->order ? 1 : str_cmp(a->code, b->code);
}

static enum err choose(struct db *db, struct arena *a, struct chosen **ret, size_t *n) {
        struct municipality_current_list list;
        int64_t year;
        enum err e = network_current_year(db, a, &year);
        if (e == OK)
                e = municipalities_current(db, a, year, &list);
        *n = 0;
        if (e != OK)
                return e;
        *ret = arena_many(a, struct chosen, list.n);
        for (size_t i = 0; i < list.n; i++) {
                uint64_t order = mix(SEED ^ hash_str(list.v[i].code));
                for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
                        if (str_eq(list.v[i].code, str_of(codes[k])))
                                order = k;
                if (list.v[i].inhabitants.is_set)
                        (*ret)[(*n)++] = (struct chosen) { list.v[i].code, order, (double) list.v[i].inhabitants.v };
        }
        qsort(*ret, *n, sizeof **ret, by_order);
        *n = *n < MUNICIPALITIES ? *n : MUNICIPALITIES;
        return OK;
}

static int64_t start_of(size_t i) {
        size_t wave = 0;
        while (i >= waves[wave].municipalities)
                wave++;
        return waves[wave].since;
}

/* All deliveries of periods FROM to UNTIL. */
static void deliver_all(struct demo *d, const struct chosen *all, size_t n, int64_t from, int64_t until) {
        for (size_t i = 0; i < n; i++) {
                d->code = all[i].code;
                d->inhabitants = all[i].inhabitants;
                for (int64_t p = from; p <= until; p = period_add(p, 1))
                        for (int year = 0; year <= (period_quarter(p) == 4); year++) {
                                d->period = year ? period_year(p) : p;
                                if (p >= start_of(i))
                                        deliver(d);
                        }
        }
}

/* One in forty figures of two quarters turns out to be otherwise: a case was forgotten. */
static void correct(struct demo *d, const struct delivered_list *before) {
        for (size_t i = 0; i < before->n; i++) {
                struct delivered f = before->v[i];
                uint64_t state = mix(hash_str(f.region) ^ hash_str(f.indicator) ^ (uint64_t) f.period);
                if ((f.period != 20243 && f.period != 20244) || uniform(&state) >= .025 || !(f.denominator > f.numerator))
                        continue;
                f.numerator++;
                f.explanation = S("Fictief: verbeterd, er ontbrak een geval.");
                *vec_push(d->a, &d->figures) = f;
        }
}

struct moment {
        int64_t from, until;
        const char *day, *note;
};

static enum err release(struct db *db, struct demo *d, const struct moment *m) {
        int64_t at = clock_dutch_midnight(str_of(m->day), 0) + 9 * 3600 * 1000, id;
        struct release_request r = { .fictitious = true, .through = m->until, .note = str_of(m->note), .pages_later = true };
        enum err e = benchmark_put_delivered(db, d->a, true, d->figures.v, d->figures.n, at - 5 * 24 * 3600 * 1000);
        return e == OK ? benchmark_release(db, d->a, &r, at, &id) : e;
}

static enum err fill(struct db *db, struct demo *d) {
        static const struct moment moments[] = {
                { FIRST, 20244, "2025-02-20", "Fictief. Eerste uitgave: 2023 en 2024." },
                { 20251, 20254, "2026-02-19", "Fictief. Het jaar 2025. Enkele gemeenten verbeterden cijfers over 2024." },
                { 20261, LAST, "2026-11-12", "Fictief. De eerste drie kwartalen van 2026, met de gemeenten die dit jaar begonnen." },
        };
        struct chosen *all;
        size_t n;
        enum err e = choose(db, d->a, &all, &n);
        for (size_t i = 0; e == OK && i < n; i++)
                e = benchmark_put_participant(db, true, (struct participant) { all[i].code, start_of(i), 0 });
        for (size_t i = 0; e == OK && i < sizeof moments / sizeof *moments; i++) {
                struct delivered_list before = d->figures;
                d->figures = (struct delivered_list) { 0 };
                deliver_all(d, all, n, moments[i].from, moments[i].until);
                correct(d, &before);
                e = release(db, d, &moments[i]);
        }
        return e;
}

enum err benchmark_demo(struct db *db, struct arena *a) {
        struct demo d = { .a = a };
        struct benchmark_release_info newest;
        struct participant_list real, fictitious;
        enum err e = benchmark_release_newest(db, a, &newest);
        if (e == OK)
                e = benchmark_participants(db, a, false, &real);
        if (e == OK)
                e = benchmark_participants(db, a, true, &fictitious);
        if (e != OK || newest.id != 0 || real.n > 0 || fictitious.n > 0)
                return e;
        e = benchmark_dictionary(db, a, &d.dictionary);
        return e == OK ? fill(db, &d) : e;
}
