/* Fields at the edge, on both stores, through a release and then through every page about it: right answers or an honest refusal, and
 * never a number that is none. */
#include "page_testing.h"
#include <ctype.h>
#include <math.h>
#include <string.h>
#include "benchmark_release.h"
#include "benchmark_dictionary.h"
#include "comparing.h"
#include "few.h"
#include "network.h"
#include "schema.h"
#include "benchmark.h"

#define THROUGH 20254

struct world {
        struct test_store *s;
        struct arena *a, page;
        struct db *db;
        struct municipality_current_list all;
        struct delivered_list list;
        struct site site;
};

static void begin(void **state, struct world *w) {
        *w = (struct world) { .s = test_store(state), .site = { .map = S("/static/kaart.svg") } };
        w->a = &w->s->arena;
        w->db = test_open(w->s, DB_WRITE);
        struct load l = { .a = w->a, .root = S(SOURCE_ROOT) };
        assert_int_equal(schema_migrate(w->db), OK);
        assert_int_equal(db_begin(w->db), OK);
        assert_int_equal(network_load(w->db, &l), OK);
        assert_int_equal(benchmark_put_participant(w->db, false, (struct participant) { S("GM0014"), 20241, 0 }), OK);
        assert_int_equal(benchmark_load(w->db, &l), OK);
        assert_int_equal(municipalities_current(w->db, w->a, 2025, &w->all), OK);
}

static void end(struct world *w) {
        assert_int_equal(db_commit(w->db), OK);
        arena_done(&w->page);
        db_close(w->db);
}

static void put(struct world *w, const char *indicator, size_t place, int64_t period, double x, double n) {
        *vec_push(w->a, &w->list) = (struct delivered) { str_of(indicator), w->all.v[place].code, S(""), period, x, n, (double) NAN,
                S("verhuizing=ja"), S("") };
}

/* X of N for a share, a rate and a mean, in six quarters of K municipalities, and an amount a year. */
static void field_of(struct world *w, size_t k, double x, double n) {
        for (size_t i = 0; i < k; i++)
                for (int64_t q = 20243; q <= THROUGH; q = period_add(q, 1)) {
                        put(w, "SHV10", i, q, x, n);
                        put(w, "SHV01", i, q, x, (double) NAN);
                        put(w, "SHV02", i, q, x * 10, n);
                        if (period_quarter(q) == 4)
                                put(w, "VS07", i, period_year(q), x, (double) NAN);
                }
}

static void release(struct world *w) {
        int64_t id, at = 1770000000000;
        struct release_request r = { .through = THROUGH, .note = S("proef"), .threads = 1 };
        assert_int_equal(benchmark_put_delivered(w->db, w->a, false, w->list.v, w->list.n, at), OK);
        assert_int_equal(benchmark_release(w->db, w->a, &r, at + 1000, &id), OK);
}

/* "nan" and "inf" as they come out of printf: with no letter beside them. */
static void has_no_broken_number(struct str body, const char *address) {
        static const char *const wrong[] = { "nan", "inf" };
        for (size_t i = 1; i + 4 < body.n; i++)
                for (size_t k = 0; k < 2; k++)
                        if (memcmp(body.p + i, wrong[k], 3) == 0 && !isalpha((unsigned char) body.p[i - 1]) &&
                            !isalpha((unsigned char) body.p[i + 3]))
                                fail_msg("%s: %.60s", address, body.p + (i > 30 ? i - 30 : 0));
        if (str_find(body, S("(null)")) < body.n)
                fail_msg("%s: (null)", address);
}

static struct reply get(struct world *w, const char *address) {
        static const struct route *const tables[] = { comparing_routes, NULL };
        struct req rq = { .arena = &w->page, .db = w->db, .app = &w->site };
        arena_reset(&w->page);
        struct reply r = reply_at(&(struct door) { .tables = tables }, &rq, address, NULL);
        if (r.e != OK && r.e != ERR_NOT_FOUND)
                fail_msg("%s: %s", address, err_name(r.e));
        has_no_broken_number(r.html, address);
        return r;
}

/* Every page about these figures: of a municipality that delivered, of one that did not, and of all. */
static void look(struct world *w) {
        static const char *const codes[] = { "shv10", "shv01", "shv02", "vs07", "shv06" };
        const char *places[] = { "", str_z(w->a, str_fmt(w->a, "gemeente=%.*s&", STR(w->all.v[0].slug))),
                str_z(w->a, str_fmt(w->a, "gemeente=%.*s&", STR(w->all.v[300].slug))) };
        static const char *const periods[] = { "", "periode=2025", "periode=2025-Q2" };
        for (size_t p = 0; p < 3; p++) {
                get(w, str_z(w->a, str_fmt(w->a, "/vergelijken?%s", places[p])));
                get(w, str_z(w->a, str_fmt(w->a, "/vergelijken.csv?%s", places[p])));
                for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
                        for (size_t q = 0; q < 3; q++) {
                                get(w, str_z(w->a, str_fmt(w->a, "/vergelijken/%s?%s%s", codes[i], places[p], periods[q])));
                                get(w, str_z(w->a, str_fmt(w->a, "/vergelijken/%s.csv?%s%s", codes[i], places[p], periods[q])));
                        }
        }
        get(w, str_z(w->a, str_fmt(w->a, "/vergelijken/shv10?gemeente=%.*s&groep=%.*s", STR(w->all.v[0].slug), STR(w->all.v[1].slug))));
        get(w, str_z(w->a, str_fmt(w->a, "/vergelijken/shv10?gemeente=%.*s&groep=provincie", STR(w->all.v[0].slug))));
        get(w, str_z(w->a, str_fmt(w->a, "/vergelijken/feed/%.*s.atom", STR(w->all.v[0].slug))));
        get(w, "/vergelijken/uitgaven");
}

static struct cell cell(struct world *w, const char *indicator, int64_t period) {
        struct cell c;
        bool found;
        assert_int_equal(benchmark_cell(w->db, w->a, 0, BENCHMARK_PUBLIC, str_of(indicator), S(""), period, &c, &found), OK);
        assert_true(found);
        return c;
}

/* No verdict, no place, no claim about anybody in this cell. */
static void claims_nothing(const struct cell *c) {
        for (size_t i = 0; i < c->n; i++) {
                const struct result *r = &c->v[i];
                assert_int_equal(r->notice, RESULT_USUAL);
                assert_int_equal(r->class_exact, 0);
                assert_int_equal(r->class_adjusted, 0);
                assert_true(isnan(r->rank_expected) && isnan(r->best_quarter));
        }
}

static void one_municipality_is_no_field(void **state) {
        struct world w;
        begin(state, &w);
        field_of(&w, 1, 30, 100);
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", 20254);
        claims_nothing(&c);
        assert_true(isnan(c.quantile[3]) && isnan(c.decile[0]) && isnan(c.rankability));
        assert_int_equal(c.delivered, 1);
        end(&w);
}

static void one_neighbour_is_no_field_either(void **state) {
        struct world w;
        begin(state, &w);
        field_of(&w, 2, 30, 100);
        put(&w, "SHV10", 1, THROUGH, 70, 100);
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", THROUGH);
        claims_nothing(&c);
        assert_true(isnan(c.quantile[3]));
        end(&w);
}

static void nobody_anywhere_is_no_difference(void **state) {
        struct world w;
        begin(state, &w);
        field_of(&w, 40, 0, 100);
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", 20254), rate = cell(&w, "SHV01", 20254);
        claims_nothing(&c);
        claims_nothing(&rate);
        end(&w);
}

static void everybody_everywhere_is_no_difference(void **state) {
        struct world w;
        begin(state, &w);
        field_of(&w, 40, 100, 100);
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", 20254);
        claims_nothing(&c);
        end(&w);
}

static void the_same_everywhere_is_no_difference(void **state) {
        struct world w;
        begin(state, &w);
        field_of(&w, 40, 30, 100);
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", 2025);
        claims_nothing(&c);
        assert_true(c.rankability < BENCHMARK_RANKABLE);
        const struct result *r = benchmark_result(&c, w.all.v[0].code);
        assert_true(fabs(r->value - 30) < 1e-9 && fabs(r->shrunk - 30) < .1);
        assert_true(r->shrunk_low <= 30 && r->shrunk_high >= 30);
        end(&w);
}

/* Half of them had no cases at all: that is told, and is not 0 %, and not "missing". */
static void no_cases_is_not_zero(void **state) {
        struct world w;
        begin(state, &w);
        field_of(&w, 20, 30, 100);
        for (size_t i = 0; i < 10; i++)
                for (int64_t q = 20243; q <= THROUGH; q = period_add(q, 1))
                        put(&w, "SHV10", i, q, 0, 0);
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", 20254), year = cell(&w, "SHV10", 2025);
        const struct result *r = benchmark_result(&c, w.all.v[0].code), *all = benchmark_result(&year, w.all.v[0].code);
        assert_true(isnan(r->value) && isnan(all->value));
        assert_int_equal(r->status, RESULT_NONE);
        assert_int_equal(r->state, BENCHMARK_DELIVERED);
        assert_int_equal(all->status, RESULT_NONE);
        shows(get(&w, str_z(w.a, str_fmt(w.a, "/vergelijken/shv10?gemeente=%.*s", STR(w.all.v[0].slug)))), "geen gevallen");
        end(&w);
}

/* Fifteen pilots hardly tell how much municipalities differ: a range that takes the fitted prior for the truth holds in 72 of 100
 * (tests/benchmark/truth), and has no width at all when they happen to look alike. */
static void fifteen_pilots_get_wide_ranges(void **state) {
        struct world w;
        double x[15], n[15];
        struct stats_few_unit unit[15];
        begin(state, &w);
        for (size_t i = 0; i < 15; i++) {
                x[i] = 16 + (double) (i % 5);
                n[i] = 40;
                put(&w, "SHV10", i, THROUGH, x[i], n[i]);
                put(&w, "SHV01", i, THROUGH, x[i], (double) NAN);
        }
        release(&w);
        look(&w);
        struct cell c = cell(&w, "SHV10", THROUGH);
        claims_nothing(&c);
        stats_few_share(x, n, 15, .95, unit, arena_many(w.a, double, stats_few_scratch(15)));
        for (size_t i = 0; i < 15; i++) {
                const struct result *r = benchmark_result(&c, w.all.v[i].code);
                assert_true(fabs(r->shrunk - 100 * unit[i].mean) < 1e-9);
                assert_true(fabs(r->shrunk_low - 100 * unit[i].interval.lo) < 1e-9);
                assert_true(fabs(r->shrunk_high - 100 * unit[i].interval.hi) < 1e-9);
                assert_true(r->shrunk_high - r->shrunk_low > 5);
        }
        struct cell rate = cell(&w, "SHV01", THROUGH);
        const struct result *r = benchmark_result(&rate, w.all.v[0].code);
        assert_true(!isnan(r->value) && isnan(r->shrunk) && isnan(r->rank_expected));
        end(&w);
}

/* Money is told once a year: it is compared by year, with the year before beside it, and there are no quarters of it. */
static void what_is_told_by_year_is_compared_by_year(void **state) {
        struct world w;
        begin(state, &w);
        for (size_t i = 0; i < 20; i++) {
                put(&w, "VS07", i, 2024, 10000 + 500 * (double) i, (double) NAN);
                put(&w, "VS07", i, 2025, 20000 + 500 * (double) i, (double) NAN);
        }
        release(&w);
        look(&w);
        struct cell c = cell(&w, "VS07", 2025);
        assert_int_equal(c.delivered, 20);
        struct str slug = w.all.v[3].slug;
        struct reply r = get(&w, str_z(w.a, str_fmt(w.a, "/vergelijken/vs07?gemeente=%.*s", STR(slug))));
        shows(r, "value=\"2025\" selected");
        shows(r, "value=\"2024\"");
        lacks(r, "2025-Q");
        lacks(r, "kwartaal 2025");
        shows(get(&w, str_z(w.a, str_fmt(w.a, "/vergelijken/vs07?gemeente=%.*s&periode=2024", STR(slug)))), "value=\"2024\" selected");
        assert_int_equal(get(&w, "/vergelijken/vs07?periode=2025-Q2").rs.status, 404);
        r = get(&w, "/vergelijken/vs07.csv");
        shows(r, "\r\nVS07,2024,,");
        shows(r, "\r\nVS07,2025,,");
        end(&w);
}

/* The page without the number of its release. */
static struct str page_of(struct world *w, const char *address) {
        struct str html = get(w, address).html;
        char *page = (char *) str_dup(w->a, html).p;
        for (size_t i = 0; i + 8 < html.n; i++)
                if (memcmp(page + i + 1, "itgave ", 7) == 0 || memcmp(page + i, ">nummer ", 8) == 0)
                        page[i + 8] = '#';
        return (struct str) { page, html.n };
}

static void says_the_same(const char *address, struct str before, struct str after) {
        size_t at = 0;
        while (at < before.n && at < after.n && before.p[at] == after.p[at])
                at++;
        if (at < before.n || at < after.n)
                fail_msg("%s tells what is hidden: %.*s / %.*s", address, STR(str_sub(before, at > 40 ? at - 40 : 0, 80)), STR(str_sub(after, at > 40 ? at - 40 : 0, 80)));
}

static void a_quarter_of(struct world *w, double x0, double x1) {
        w->list.n = 0;
        for (size_t i = 0; i < 20; i++)
                put(w, "SHV10", i, THROUGH, i == 0 ? x0 : i == 1 ? x1 : 20 + (double) (i * 7 % 30), i == 0 ? 30 : i == 1 ? 40 : 70 + (double) (i * 5 % 40));
        release(w);
}

/* Whoever chooses a group with a hidden municipality in it, and one without, sees members and no sum: whatever two hidden counts are, as long
 * as their total is the same, every page is the same. */
static void no_page_knows_what_is_hidden(void **state) {
        struct world w;
        begin(state, &w);
        const char *own = str_z(w.a, w.all.v[2].slug), *hidden = str_z(w.a, w.all.v[0].slug), *other = str_z(w.a, w.all.v[3].slug);
        const char *address[] = { str_fmt(w.a, "/vergelijken/shv10?gemeente=%s&groep=%s&groep=%s", own, hidden, other).p, str_fmt(w.a, "/vergelijken/shv10?gemeente=%s&groep=%s", own, other).p,
                str_fmt(w.a, "/vergelijken/shv10?gemeente=%s&groep=provincie", own).p, str_fmt(w.a, "/vergelijken/shv10?gemeente=%s", hidden).p, "/vergelijken/shv10",
                str_fmt(w.a, "/vergelijken?gemeente=%s", hidden).p, str_fmt(w.a, "/vergelijken?gemeente=%s", own).p };
        struct str before[sizeof address / sizeof *address];
        a_quarter_of(&w, 2, 3);
        struct cell c = cell(&w, "SHV10", THROUGH);
        assert_int_equal(benchmark_result(&c, w.all.v[0].code)->status, RESULT_HIDDEN);
        for (size_t i = 0; i < sizeof address / sizeof *address; i++)
                before[i] = page_of(&w, address[i]);
        a_quarter_of(&w, 1, 4);
        assert_true(cell(&w, "SHV10", THROUGH).since > c.since);
        for (size_t i = 0; i < sizeof address / sizeof *address; i++)
                says_the_same(address[i], before[i], page_of(&w, address[i]));
        end(&w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(one_municipality_is_no_field), TEST_BOTH(one_neighbour_is_no_field_either),
                TEST_BOTH(nobody_anywhere_is_no_difference), TEST_BOTH(everybody_everywhere_is_no_difference),
                TEST_BOTH(the_same_everywhere_is_no_difference), TEST_BOTH(no_cases_is_not_zero),
                TEST_BOTH(fifteen_pilots_get_wide_ranges), TEST_BOTH(what_is_told_by_year_is_compared_by_year), TEST_BOTH(no_page_knows_what_is_hidden) };
        return cmocka_run_group_tests_name("fields at the edge", tests, NULL, NULL);
}
