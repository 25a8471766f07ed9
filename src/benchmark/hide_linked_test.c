/* The attacker again: figures that show the same people, each safe by itself. */
#include "hide_world.h"

/* People fall apart in these; every count that a figure shows is a sum of some of them. */
enum { NOT_REACHED, REFUSED, HELPED, SINGLE, DOUBLE, STOPPED, DONE, ELSE, GROUPS };
#define ONE(g) (1u << (g))
#define REACHED (ONE(REFUSED) | ONE(HELPED))
#define REPORTS (ONE(NOT_REACHED) | REACHED)
#define LEAVERS (ONE(STOPPED) | ONE(DONE) | ONE(ELSE))
static const struct { const char *code, *detail; unsigned x, n; } told[] = {
        { "VS02", "", REPORTS, 0 }, { "VS03", "enkelvoudig", ONE(SINGLE), REPORTS }, { "VS03", "meervoudig", ONE(DOUBLE), REPORTS }, { "VS04", "", REACHED, REPORTS },
        { "VS05a", "", ONE(HELPED), REACHED }, { "VS05b", "", ONE(HELPED), REPORTS }, { "SHV10", "", ONE(STOPPED), LEAVERS }, { "SHV11", "", ONE(DONE), LEAVERS },
};
#define TOLD (sizeof told / sizeof *told)
/* What would say something about few people. */
static const unsigned sensitive[] = { REPORTS, REACHED, ONE(HELPED), ONE(NOT_REACHED), ONE(REFUSED), ONE(NOT_REACHED) | ONE(REFUSED), ONE(SINGLE), ONE(DOUBLE),
        ONE(STOPPED), ONE(DONE), ONE(STOPPED) | ONE(ELSE), ONE(DONE) | ONE(ELSE), ONE(ELSE) };

#define TOWNS 14
#define WORLDS 3                        /* a year each */
struct people { double in[WORLDS][TOWNS][4][GROUPS]; };

static double sum_of(const double *in, unsigned groups) {
        double sum = 0;
        for (unsigned g = 0; g < GROUPS; g++)
                sum += groups & ONE(g) ? in[g] : 0;
        return sum;
}

/* Groups from nobody to a hundred, often few. */
static void settle(struct people *p) {
        uint32_t seed = 20261122;
        for (size_t i = 0; i < WORLDS * TOWNS * 4; i++) {
                double *in = &p->in[0][0][0][0] + i * GROUPS;
                for (int g = 0; g < GROUPS; g++) {
                        seed = seed * 1664525u + 1013904223u;
                        uint32_t r = seed >> 16;
                        in[g] = r % 5 == 0 ? r / 5 % 7 : 12 + r / 5 % 90;
                }
                in[SINGLE] = floor(sum_of(in, REPORTS) * .8);
                in[DOUBLE] = sum_of(in, REPORTS) - in[SINGLE];
        }
}

static int64_t year_of(int world) { return 2023 + world; }

/* The towns from FIRST to LAST; those that are no multiple of seven deliver all figures, the others not how many they reached. */
static void deliver_people(struct world *w, const struct people *p, size_t first, size_t last) {
        struct delivered_list l = { 0 };
        for (int y = 0; y < WORLDS; y++)
                for (size_t i = first; i < last; i++)
                        for (int q = 0; q < 4; q++)
                                for (size_t f = 0; f < TOLD; f++) {
                                        const double *in = p->in[y][i][q];
                                        double n = told[f].n ? sum_of(in, told[f].n) : (double) NAN;
                                        if ((i % 7 == 0 && f == 3) || n <= 0)
                                                continue;
                                        *vec_push(w->a, &l) = (struct delivered) { str_of(told[f].code), w->region[i], str_of(told[f].detail),
                                                year_of(y) * 10 + q + 1, sum_of(in, told[f].x), n, (double) NAN, S(""), S("") };
                                }
        put_list(w, &l);
}

static void note_sum(size_t town, unsigned groups, int first, int last, size_t **to, size_t *k) {
        for (int q = first; q <= last; q++)
                for (unsigned g = 0; g < GROUPS; g++)
                        if (groups & ONE(g))
                                (*to)[(*k)++] = (town * 4 + (size_t) q) * GROUPS + g;
}

/* A figure of one period as everybody sees it: each town that is shown, and all together. */
static void read_figure(const struct world *w, struct notes *n, int64_t id, size_t f, int64_t year, int q) {
        struct cell c;
        bool found;
        size_t *x = arena_many(w->a, size_t, TOWNS * 4 * GROUPS), *cases = arena_many(w->a, size_t, TOWNS * 4 * GROUPS), kx = 0, kn = 0;
        int first = q < 4 ? q : 0, last = q < 4 ? q : 3;
        assert_int_equal(benchmark_cell(w->db, w->a, id, BENCHMARK_PUBLIC, str_of(told[f].code), str_of(told[f].detail), q < 4 ? year * 10 + q + 1 : year, &c, &found), OK);
        for (size_t i = 0; found && i < TOWNS; i++) {
                const struct result *r = benchmark_result(&c, w->region[i]);
                size_t x0 = kx, n0 = kn;
                if (!r || r->status == RESULT_NONE || r->status == RESULT_FEW_QUARTERS)
                        continue;
                note_sum(i, told[f].x, first, last, &x, &kx);
                note_sum(i, told[f].n, first, last, &cases, &kn);
                if (r->status != RESULT_EXACT)
                        continue;
                note(n, x + x0, kx - x0, r->numerator);
                if (told[f].n)
                        note(n, cases + n0, kn - n0, r->denominator);
        }
        if (found && !isnan(c.total_numerator))
                note(n, x, kx, c.total_numerator);
        if (found && !isnan(c.total_denominator) && told[f].n)
                note(n, cases, kn, c.total_denominator);
}

/* Reports are of one kind or the other: everybody knows that. */
static void note_kinds(struct notes *n) {
        static const double factor[] = { 1, 1, 1, -1, -1 };
        for (size_t i = 0; i < TOWNS * 4; i++) {
                size_t *u = arena_many(n->a, size_t, 5);
                for (size_t g = 0; g < 5; g++)
                        u[g] = i * GROUPS + g;
                *vec_push(n->a, &n->read) = (struct stats_sdc_statement) { u, factor, 5, 0, 0 };
        }
}

static size_t attack(const struct world *w, const struct people *p, const struct notes *n, int y) {
        size_t secrets = 0;
        for (size_t i = 0; i < TOWNS * 4; i++)
                for (size_t k = 0; k < sizeof sensitive / sizeof *sensitive; k++) {
                        const double *in = p->in[y][i / 4][i % 4];
                        size_t *u = arena_many(w->a, size_t, GROUPS), m = 0;
                        if (!stats_sdc_few(sum_of(in, sensitive[k]), STATS_SDC_FEW) || (sensitive[k] & LEAVERS && !(sum_of(in, LEAVERS) > 0)))
                                continue;
                        note_sum(i / 4, sensitive[k], (int) (i % 4), (int) (i % 4), &u, &m);
                        struct stats_interval known = stats_sdc_follows(w->a, TOWNS * 4 * GROUPS, n->read.v, n->read.n,
                                (struct stats_sdc_statement) { u, NULL, m, 0, 0 });
                        secrets++;
                        /* that it is one to four is what hiding says; of a group that no figure is about that may be all */
                        bool open = known.hi - known.lo >= STATS_SDC_FEW || (sensitive[k] == ONE(ELSE) && known.lo <= 1 && known.hi >= STATS_SDC_FEW - 1);
                        if (!open)
                                fail_msg("%lld, town %zu, quarter %zu: group %x is %g, the attacker knows %g to %g", (long long) year_of(y), i / 4, i % 4,
                                         sensitive[k], sum_of(in, sensitive[k]), known.lo, known.hi);
                }
        return secrets;
}

/* Reached of reported, helped of reached, helped of reported: each is safe by itself, and two of them tell the third. */
static void figures_that_share_a_count_do_not_tell_on_each_other(void **state) {
        struct world w = empty(state);
        struct people *p = arena_new(w.a, struct people);
        size_t secrets = 0;
        settle(p);
        deliver_people(&w, p, 0, TOWNS - 1);
        w.release[0] = release(&w);
        deliver_people(&w, p, TOWNS - 1, TOWNS);
        w.release[1] = release(&w);
        for (int y = 0; y < WORLDS; y++) {
                struct notes n = { .a = w.a };
                note_kinds(&n);
                for (size_t f = 0; f < TOLD; f++)
                        for (int q = 0; q <= 4; q++)
                                for (int r = 0; r < 2; r++)
                                        read_figure(&w, &n, w.release[r], f, year_of(y), q);
                secrets += attack(&w, p, &n, y);
        }
        assert_true(secrets > 100);
        leave(&w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(figures_that_share_a_count_do_not_tell_on_each_other) };
        return cmocka_run_group_tests_name("benchmark disclosure, linked figures", tests, NULL, NULL);
}
