#include "nation.h"
#include <math.h>
#include <stdlib.h>
#include "benchmark_demo.h"

#define OUTLIERS 14
/* Largest municipalities are no outliers: they would move the level of all together. */
#define OUTLIER_MOST 90000

const struct nation_spec nation_specs[] = {
        { "SHV01", NATION_DIFFER, 0, 1.2, .25, .05, .1, false },        { "SHV02", NATION_DIFFER, 1.0, 15, 3, .5, -1, false },
        { "SHV03", NATION_DIFFER, 1.0, .80, .05, .01, .02, false },     { "SHV04", NATION_DIFFER, .6, .78, .05, .01, .02, false },
        { "SHV05", NATION_EQUAL, 2.9, .80, 0, .01, .03, true },         { "SHV06", NATION_OUTLIERS, 2.9, .75, 0, .01, .02, true },
        { "SHV07", NATION_DIFFER, 2.4, .38, .06, .02, 0, false },       { "SHV08", NATION_DIFFER, 2.4, .45, .08, .02, .03, true },
        { "SHV09a", NATION_DIFFER, 2.0, .62, .07, .01, 0, false },      { "SHV09b", NATION_DIFFER, 2.0, .75, .05, .01, 0, false },
        { "SHV10", NATION_WORKS, 2.9, .45, .064, .02, .02, true },      { "SHV11", NATION_NOTHING, 2.9, .42, .064, .02, .03, true },
        { "SHV12", NATION_DIFFER, 1.2, .24, .04, .01, 0, false },       { "SHV13", NATION_DIFFER, .5, 40500, 4000, 500, 1500, false },
        { "SHV14", NATION_DIFFER, .5, 13, 1.2, .2, -.5, false },        { "SHV15", NATION_DIFFER, 1.0, .90, .04, 0, 0, false },
        { "SHV16", NATION_DIFFER, .8, .52, .10, .01, 0, false },        { "SHV17", NATION_DIFFER, .8, .38, .10, .01, 0, false },
        { "VS01", NATION_EQUAL, 0, 3.0, 0, .2, .3, true },              { "VS02", NATION_DIFFER, 0, 2.2, .35, .1, .2, false },
        { "VS03", NATION_DIFFER, 2.2, .90, .03, 0, 0, false },          { "VS04", NATION_EQUAL, 2.9, .30, 0, .01, .02, true },
        { "VS05a", NATION_EQUAL, 2.4, .40, 0, .01, .02, true },         { "VS05b", NATION_DIFFER, 2.2, .25, .03, .01, .01, false },
        { "VS06", NATION_DIFFER, 3.0, .90, .03, 0, 0, false },
};
const size_t nation_specs_n = sizeof nation_specs / sizeof *nation_specs;
static const int starts[NATION_WAVES] = { NATION_FIRST_START, 24, 28, 32, 36 }, sizes[NATION_WAVES] = { 15, 85, 95, 95, 52 };

const struct nation_spec *nation_spec(struct str code) {
        for (size_t i = 0; i < nation_specs_n; i++)
                if (str_eq(str_of(nation_specs[i].code), code))
                        return &nation_specs[i];
        return NULL;
}

uint64_t nation_mix(uint64_t z) {
        z += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}

double nation_uniform(uint64_t *state) {
        *state += 0x9e3779b97f4a7c15u;
        return ((double) (nation_mix(*state) >> 12) + .5) * 0x1p-52;
}

double nation_normal(uint64_t *state) {
        double u = nation_uniform(state), v = nation_uniform(state);
        return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

double nation_binomial(uint64_t *state, double n, double p) {
        double x = 0;
        for (double i = 0; i < n; i++)
                x += nation_uniform(state) < p;
        return x;
}

/* By waiting times: exact, and quick enough for counts of thousands. */
double nation_poisson(uint64_t *state, double mean) {
        double x = 0, t = -log(nation_uniform(state));
        for (; t < mean; t -= log(nation_uniform(state)))
                x++;
        return x;
}

static uint64_t state_of(const struct nation *x, const struct nation_place *p, int q, struct str name) {
        return nation_mix(x->seed ^ nation_mix(hash_str(p->code) + (uint64_t) (q + 1) * 1000003u) ^ hash_str(name));
}

int64_t nation_period(const struct nation *x, int quarter) {
        return period_add(NATION_LAST, quarter - x->quarters + 1);
}

int nation_start(const struct nation *x, const struct nation_place *p) {
        return starts[p->wave] - NATION_QUARTERS + x->quarters;
}

/* Weak in the figure on which the working method helps, in the nation to look at: each is like one that began with it. */
static bool is_weak(const struct nation *x, const struct nation_spec *s, const struct nation_place *p) {
        static const char *const codes[] = { "GM0119", "GM0222", "GM0384", "GM0718", "GM0899" };
        bool found = false;
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
                found |= str_eq(p->code, str_of(codes[i]));
        return found && x->demo && s->truth == NATION_WORKS;
}

double nation_moved(const struct nation *x, const struct nation_spec *s, const struct nation_place *p) {
        uint64_t state = state_of(x, p, -1, S("outlier"));
        if (s->truth != NATION_OUTLIERS || p->inhabitants > OUTLIER_MOST || p->inhabitants < 15000)
                return is_weak(x, s, p) ? .15 : 0;
        return nation_uniform(&state) < (double) OUTLIERS / 230 ? nation_uniform(&state) < .5 ? .15 : -.20 : 0;
}

bool nation_registers_otherwise(const struct nation *x, const struct nation_place *p, struct str code) {
        return state_of(x, p, -2, code) % 3 == 0;
}

double nation_level_without(const struct nation *x, const struct nation_spec *s, const struct nation_place *p, int q) {
        uint64_t state = state_of(x, p, -1, str_of(s->code));
        double t = (double) (q - x->quarters + NATION_QUARTERS), z = nation_normal(&state);
        double level = s->base + s->sd * z + nation_moved(x, s, p) + s->trend * t / NATION_QUARTERS +
                s->season * (period_quarter(nation_period(x, q)) < 3 ? 1 : -1);
        /* who does not count a move as dropping out has fewer that drop out */
        if (s->truth == NATION_WORKS && nation_registers_otherwise(x, p, str_of(s->code)))
                level -= .02;
        return s->cases > 0 && s->base < 1 ? fmin(.97, fmax(.03, level)) : fmax(level, s->base / 4);
}

int64_t nation_since(const struct nation *x, const struct nation_place *p) {
        return nation_period(x, x->demo ? nation_start(x, p) - NATION_BEFORE : 0);
}

static double shown(const struct nation *x, const struct nation_spec *s, const struct nation_place *p, int q) {
        size_t n;
        const struct demo_effect *d = benchmark_demo_effects(&n);
        double change = 0;
        for (size_t i = 0; x->demo && i < n; i++)
                if (str_eq(str_of(d[i].indicator), str_of(s->code)) && str_eq(str_of(d[i].region), p->code) && nation_period(x, q) >= d[i].since)
                        change += d[i].change;
        return change;
}

double nation_level(const struct nation *x, const struct nation_spec *s, const struct nation_place *p, int q) {
        double level = nation_level_without(x, s, p, q) + shown(x, s, p, q);
        int since = q - nation_start(x, p);
        if (s->truth == NATION_WORKS && since >= 0)
                level = fmax(.03, level - fmin(.03 + .01 * since, .10));
        return level;
}

bool nation_is_gap(const struct nation *x, const struct nation_place *p, int q) {
        uint64_t state = state_of(x, p, q, S("gap"));
        return nation_uniform(&state) < (q == x->quarters - 1 ? .08 : .02);
}

static struct str answers(const struct nation *x, const struct nation_place *p, const struct dictionary_entry *e) {
        struct str s = S("");
        size_t which = nation_registers_otherwise(x, p, e->code);
        for (size_t i = 0; i < e->choices; i++)
                s = str_fmt(x->a, "%.*s%s%.*s=%.*s", STR(s), i ? ";" : "", STR(e->choice[i].code), STR(e->choice[i].answer[which]));
        return s;
}

struct giver {
        const struct nation *x;
        const struct nation_place *p;
        const struct dictionary_entry *e;
        const struct nation_spec *s;
        int q;
        struct str choices;
        struct delivered_list *ret;
};

static void give(const struct giver *g, struct str detail, int64_t period, double numerator, double denominator) {
        *vec_push(g->x->a, g->ret) = (struct delivered) { g->e->code, g->p->code, detail, period, numerator, denominator, (double) NAN,
                g->choices, S("") };
}

/* Divides what has the property over the parts: each takes half of what is left. */
static void give_parts(const struct giver *g, const struct str *detail, size_t k, int64_t period, double x, double n, uint64_t *state) {
        for (size_t i = 0; i < k; i++) {
                double part = i + 1 == k ? x : nation_binomial(state, x, .5);
                give(g, detail[i], period, part, n);
                x -= part;
        }
}

static void give_quarter(const struct giver *g) {
        const struct nation_spec *s = g->s;
        uint64_t state = state_of(g->x, g->p, g->q, str_of(s->code)), cases = state_of(g->x, g->p, -1, S("cases"));
        int64_t period = nation_period(g->x, g->q);
        size_t k;
        const struct str *detail = dictionary_details(g->e->code, &k);
        double level = nation_level(g->x, s, g->p, g->q), in = g->p->inhabitants / 1000;
        double then = g->p->in[NATION_YEARS - 1 - (period_year(NATION_LAST) - period_year(period))] / 1000;
        if (s->cases <= 0) {
                if (then > 0)
                        give(g, S(""), period, nation_poisson(&state, level * then), (double) NAN);
                return;
        }
        double n = nation_poisson(&state, s->cases * in * (.85 + .3 * nation_uniform(&cases)));
        if (n < 1)
                return;
        if (s->base > 1)
                give(g, S(""), period, floor(n * (level + s->sd / sqrt(n) * nation_normal(&state)) + .5), n);
        else if (k)
                give_parts(g, detail, k, period, nation_binomial(&state, n, level), n, &state);
        else
                give(g, S(""), period, nation_binomial(&state, n, level), n);
}

static void give_year(const struct giver *g, int64_t year) {
        static const struct { const char *code; double per, step; } yearly[] = {
                { "SHV18", .00019, .1 }, { "VS08", .000033, .1 }, { "VS09", 2.63, 1 }, { "VS07", 0, 0 } };
        uint64_t state = state_of(g->x, g->p, -1, g->e->code);
        double level = 1 + .15 * nation_normal(&state);
        for (size_t i = 0; i < sizeof yearly / sizeof *yearly; i++)
                if (str_eq(g->e->code, str_of(yearly[i].code)))
                        give(g, S(""), year, yearly[i].per > 0 ? floor(g->p->inhabitants * yearly[i].per * level / yearly[i].step + .5) *
                                yearly[i].step : 25 * floor(4 * nation_uniform(&state)), (double) NAN);
}

static void deliver_one(struct giver g) {
        const struct nation *x = g.x;
        g.choices = answers(x, g.p, g.e);
        for (g.q = 0; g.q < x->quarters; g.q++) {
                if (nation_is_gap(x, g.p, g.q))
                        continue;
                if (g.s)
                        give_quarter(&g);
                else if (period_quarter(nation_period(x, g.q)) == 4)
                        give_year(&g, period_year(nation_period(x, g.q)));
        }
}

void nation_deliver(struct nation *x, bool checked, struct delivered_list *ret) {
        *ret = (struct delivered_list) { 0 };
        for (size_t i = 0; i < x->dictionary.n; i++) {
                struct giver g = { .x = x, .e = &x->dictionary.v[i], .s = nation_spec(x->dictionary.v[i].code), .ret = ret };
                if (checked && (!g.s || !g.s->checked))
                        continue;
                for (size_t k = 0; k < x->n; k++) {
                        g.p = &x->place[k];
                        deliver_one(g);
                }
        }
}

struct order {
        struct nation_place place;
        uint64_t lot;
};
static int by_lot(const void *x, const void *y) {
        const struct order *a = x, *b = y;
        return a->lot < b->lot ? -1 : a->lot > b->lot ? 1 : str_cmp(a->place.code, b->place.code);
}
static int by_code(const void *x, const void *y) {
        const struct nation_place *a = x, *b = y;
        return str_cmp(a->code, b->code);
}

struct nation_place *nation_place(const struct nation *x, struct str code) {
        const struct nation_place key = { .code = code };
        return bsearch(&key, x->place, x->n, sizeof *x->place, by_code);
}

static enum err read_year(struct db *db, struct arena *a, struct nation *x, int64_t year, size_t at) {
        struct municipality_current_list list;
        enum err e = municipalities_current(db, a, year, &list);
        for (size_t i = 0; i < x->n; i++)
                x->place[i].in[at] = (double) NAN;
        for (size_t i = 0; e == OK && i < list.n; i++) {
                struct nation_place *p = nation_place(x, list.v[i].code);
                if (p && list.v[i].inhabitants.is_set)
                        p->in[at] = (double) list.v[i].inhabitants.v;
        }
        return e;
}

static size_t part(size_t wave, size_t n) {
        size_t k = (size_t) sizes[wave] * n / 342;
        return k ? k : 1;
}

/* The order of starting is drawn by lot, as the programme is advised to do. */
enum err nation_draw(struct db *db, struct arena *a, uint64_t seed, size_t most, int quarters, struct nation *ret) {
        struct municipality_current_list list;
        int64_t year;
        *ret = (struct nation) { .a = a, .seed = nation_mix(seed), .quarters = quarters };
        enum err e = network_current_year(db, a, &year);
        if (e == OK)
                e = municipalities_current(db, a, year, &list);
        if (e == OK)
                e = benchmark_dictionary(db, a, &ret->dictionary);
        if (e != OK)
                return e;
        struct order *o = arena_many(a, struct order, list.n);
        size_t n = 0;
        for (size_t i = 0; i < list.n; i++) {
                struct nation_place p = { list.v[i].code, list.v[i].name, list.v[i].slug, (double) list.v[i].inhabitants.v, { 0 }, 0 };
                if (list.v[i].inhabitants.is_set)
                        o[n++] = (struct order) { p, str_eq(p.code, S(NATION_ALWAYS)) ? 0 : state_of(ret, &p, -1, S("lot")) };
        }
        qsort(o, n, sizeof *o, by_lot);
        ret->place = arena_many(a, struct nation_place, n);
        ret->n = n < most ? n : most;
        size_t end = part(0, ret->n), wave = 0;
        for (size_t i = 0; i < ret->n; i++) {
                while (i >= end && wave + 1 < NATION_WAVES)
                        end += part(++wave, ret->n);
                ret->place[i] = o[i].place;
                ret->place[i].wave = (int) wave;
        }
        qsort(ret->place, ret->n, sizeof *ret->place, by_code);
        for (int64_t k = 0; e == OK && k < NATION_YEARS; k++)
                e = read_year(db, a, ret, period_year(NATION_LAST) - k, (size_t) (NATION_YEARS - 1 - k));
        return e;
}
