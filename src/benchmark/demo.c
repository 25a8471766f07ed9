/* demo.c - fictitious figures of debt help and early detection for thirty municipalities: sizes as in the national
 * figures, real
 * differences between municipalities, noise of small numbers, gaps. The same figures on every machine: no clock, no
 * libm. */
#include "loading.h"
#include <math.h>

#define SEED 20261122u
#define FIRST_YEAR 2023
#define LAST_YEAR 2025

static const char *const codes[] = {
        "GM0014", "GM0034", "GM0037", "GM0080", "GM0088", "GM0106", "GM0141", "GM0150", "GM0153", "GM0193",
        "GM0202", "GM0221", "GM0268", "GM0277", "GM0281", "GM0307", "GM0344", "GM0361", "GM0439", "GM0505",
        "GM0606", "GM0613", "GM0637", "GM0664", "GM0715", "GM0772", "GM0820", "GM0855", "GM0917", "GM1979",
};
/* Who delivered nothing in a year: late, or not yet taking part. */
static const struct { const char *code; int year; } gaps[] = {
        { "GM0037", 2023 }, { "GM0141", 2023 }, { "GM0281", 2025 }, { "GM0505", 2024 }, { "GM0715", 2025 },
                { "GM0855", 2023 },
};

struct demo {
        struct loading *x;
        struct str code;
        int year;
        double inhabitants;
        bool missing;
        enum err error;
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

/* A state of its own for each (place, year, name), so that one figure does not move another. Year 0: what stays of a
 * place. */
static uint64_t state_of(const struct demo *d, int year, const char *name) {
        return mix(SEED ^ mix(hash_str(d->code) + (uint64_t) year * 1000003u) ^ hash_str(str_of(name)));
}

/* The level of this place in this year: BASE, with SD between places and a fifth of it between years. */
static double level(const struct demo *d, const char *name, double base, double sd) {
        uint64_t place = state_of(d, 0, name), year = state_of(d, d->year, name);
        return base + sd * normal(&place) + 0.2 * sd * normal(&year);
}

/* How many of N cases have it, when the chance is that of the place. */
static double draw(const struct demo *d, const char *name, double n, double base, double sd) {
        uint64_t state = mix(state_of(d, d->year, name) ^ 1);
        double p = level(d, name, base, sd), x = 0;
        p = p < .01 ? .01 : p > .99 ? .99 : p;
        for (double i = 0; i < n; i++)
                x += uniform(&state) < p;
        return x;
}

/* X of N; with N NaN the value is X itself. */
static void put(struct demo *d, const char *indicator, struct str detail, double x, double n, bool hide) {
        struct loading *l = d->x;
        struct indicator_text *t = map_get(&l->indicators, str_of(indicator));
        struct figure f = { .indicator = t, .period = d->year, .region = d->code, .detail = detail,
                .value = (double) NAN,
                .numerator = (double) NAN, .denominator = (double) NAN, .status = NETWORK_MISSING,
                        .boundary_year = NETWORK_DIVISION };
        if (!t || !t->fictitious) {
                if (d->error == OK)
                        d->error = load_fail(l->l, t ? t->file : S("content/indicatoren"), 0,
                                             "%s has demonstration figures, so it must be there and be fictitious",
                                                     indicator);
                return;
        }
        if (!d->missing)
                f.status = hide ? NETWORK_REFUSED : NETWORK_EXACT;
        if (f.status == NETWORK_EXACT) {
                f.numerator = isnan(n) ? n : x;
                f.denominator = n;
                f.value = isnan(n) ? x : t->scale * x / n;
        }
        *vec_push(l->a, &l->figures) = f;
}

static void share(struct demo *d, const char *indicator, struct str detail, double x, double n) {
        put(d, indicator, detail, x, n, benchmark_too_small(x, n));
}

/* A count per so many inhabitants. */
static void rate(struct demo *d, const char *indicator, double x) {
        put(d, indicator, S(""), x, d->inhabitants, x < 10);
}

/* A mean over N cases; the sum is kept whole. */
static void mean(struct demo *d, const char *indicator, double of, double n) {
        put(d, indicator, S(""), floor(of * n + .5), n, n < 10);
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
        double registered = draw(d, "SHV01", floor(d->inhabitants / 20), .10, .022);
        double crisis = draw(d, "crisis", registered, .12, .02);
        double talked = draw(d, "talked", registered - crisis, .87, .03);
        double decided = draw(d, "decided", talked + crisis, .93, .02);
        double admitted = draw(d, "SHV06", decided, .82, .06);
        double stabilised = draw(d, "stabilised", admitted, .70, .07);
        double left = draw(d, "left", admitted, .88, .04), dropped = draw(d, "SHV10", left, .33, .08);
        rate(d, "SHV01", registered);
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
        double fte = floor(d->inhabitants / 1000 * level(d, "SHV18", 1.9, .35) + .5) / 10;
        put(d, "SHV18", all, fte, d->inhabitants, fte <= 0);
}

static void early_detection(struct demo *d) {
        static const char *const partners[] = { "zorgverzekeraars", "verhuurders", "energiebedrijven",
                "waterbedrijven" };
        static const double parts[] = { .42, .20, .20, .15 };
        static const double thresholds[] = { 0, 50, 75, 75, 100, 150 };
        struct str all = S("");
        double signals = draw(d, "VS01", floor(d->inhabitants / 5), .235, .035);
        double reports = draw(d, "VS02", signals, .72, .03);
        double reached = draw(d, "VS04", reports, .21, .05), accepted = draw(d, "VS05a", reached, .36, .06);
        rate(d, "VS01", signals);
        rate(d, "VS02", reports);
        share(d, "VS03", S("enkelvoudig"), draw(d, "single", reports, .50, .03), reports);
        share(d, "VS03", S("meervoudig"), draw(d, "multiple", reports, .11, .02), reports);
        share(d, "VS03", S("opeenvolgend"), draw(d, "consecutive", reports, .40, .03), reports);
        share(d, "VS04", all, reached, reports);
        share(d, "VS05a", all, accepted, reached);
        share(d, "VS05b", all, accepted, reports);
        mixture(d, "VS06", partners, parts, 4, signals);
        uint64_t state = state_of(d, 0, "VS07");
        put(d, "VS07", all, thresholds[(int) (6 * uniform(&state))], (double) NAN, false);
        double fte = floor(d->inhabitants / 1000 * level(d, "VS08", .33, .08) + .5) / 10;
        put(d, "VS08", all, fte, d->inhabitants, fte <= 0);
        put(d, "VS09", all, floor(d->inhabitants * level(d, "VS09", 2.63, .5) + .5), d->inhabitants, false);
}

/* What a missing delivery leaves behind: a row for each indicator that says so. */
static void gap(struct demo *d) {
        for (size_t i = 0; i < d->x->texts.n; i++)
                if (d->x->texts.v[i]->fictitious)
                        put(d, str_z(d->x->a, d->x->texts.v[i]->code), S(""), 0, 1, false);
}

static bool is_gap(struct str code, int year) {
        for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
                if (gaps[i].year == year && str_eq(code, str_of(gaps[i].code)))
                        return true;
        return false;
}

enum err loading_demo(struct loading *x) {
        for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
                struct municipality_current_list list;
                enum err e = municipalities_current(x->db, x->a, year, &list);
                if (e != OK)
                        return e;
                for (size_t k = 0; k < sizeof codes / sizeof *codes; k++) {
                        struct demo d = { .x = x, .code = str_of(codes[k]), .year = year };
                        for (size_t i = 0; i < list.n; i++)
                                if (str_eq(list.v[i].code, d.code) && list.v[i].inhabitants.is_set)
                                        d.inhabitants = (double) list.v[i].inhabitants.v;
                        d.missing = is_gap(d.code, year) || d.inhabitants <= 0;
                        if (d.missing) {
                                gap(&d);
                        } else {
                                debt_help(&d);
                                early_detection(&d);
                        }
                        if (d.error != OK)
                                return d.error;
                }
        }
        return OK;
}
