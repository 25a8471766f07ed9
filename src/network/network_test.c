#include "testing.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "network.h"
#include "schema.h"

static struct arena arena;
static struct db *db;
static struct network graph;

/* Loads the real data into an empty store. */
static int open_store(struct test_store *store) {
        struct load l = { .a = &arena, .root = S(SOURCE_ROOT) };
        db = test_open(store, DB_WRITE);
        if (schema_migrate(db) != OK || db_begin(db) != OK)
                return -1;
        if (network_load(db, &l) != OK) {
                fprintf(stderr, "%.*s:%d: %.*s\n", STR(l.file), l.line, STR(l.reason));
                db_rollback(db);
                return -1;
        }
        return db_commit(db) == OK && network_graph(db, &arena, &graph) == OK ? 0 : -1;
}

static int setup_sqlite(void **state) { return test_store_sqlite(state) ? -1 : open_store(*state); }
static int setup_pg(void **state) { return test_store_postgres(state) ? -1 : open_store(*state); }
static int teardown(void **state) {
        db_close(db);
        db = NULL;
        arena_done(&arena);
        return test_store_done(state);
}

static struct municipality by_code(const char *code) {
        struct municipality m = { 0 };
        bool found = false;
        size_t i = network_find(&graph, str_of(code));
        assert_true(i < graph.units.n);
        assert_int_equal(municipality_by_slug(db, &arena, graph.units.v[i].slug, &m, &found), OK);
        assert_true(found);
        return m;
}

static void assert_text(struct str s, const char *z) {
        assert_string_equal(str_z(&arena, s), z);
}

static void counts_and_sums(void **state) {
        (void) state;
        static const struct { int year; int64_t n, inhabitants, households; } want[] = {
                { 2016, 390, 0, 0 }, { 2017, 388, 17081507, 7794075 }, { 2018, 380, 17181084, 7857914 },
                { 2019, 355, 17282163, 7924691 }, { 2020, 355, 17407585, 0 }, { 2021, 352, 17475415, 0 },
                { 2022, 345, 17590672, 8138591 }, { 2023, 342, 17811291, 8270244 }, { 2024, 342, 17942942, 8374404 },
                { 2025, 342, 18044027, 0 }, { 2026, 342, 18130208, 0 },
        };
        for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
                static const char *const columns[] = { "count(*)", "sum(inhabitants)", "sum(households)" };
                const int64_t sums[] = { want[i].n, want[i].inhabitants, want[i].households };
                for (size_t k = 0; k < 3; k++)
                        assert_int_equal(test_number(db, str_fmt(&arena, "SELECT coalesce(%s, 0) FROM municipality_year "
                                "WHERE year = %d", columns[k], want[i].year).p), sums[k]);
                int64_t exist = 0;
                for (size_t k = 0; k < graph.units.n; k++)
                        exist += network_exists(&graph, k, want[i].year);
                assert_int_equal(exist, want[i].n);
        }
        int64_t year = 0;
        assert_int_equal(network_current_year(db, &arena, &year), OK);
        assert_int_equal(year, 2026);
        struct municipality_current_list current;
        assert_int_equal(municipalities_current(db, &arena, year, &current), OK);
        assert_int_equal(current.n, 342);
        int64_t inhabitants = 0, drenthe = 0;
        for (size_t i = 0; i < current.n; i++) {
                inhabitants += current.v[i].inhabitants.v;
                drenthe += str_eq(current.v[i].province_code, S("PV22"));
        }
        assert_int_equal(inhabitants, 18130208);
        assert_int_equal(drenthe, 12);
        struct provinces_row_list p;
        assert_int_equal(provinces(db, &arena, &p), OK);
        assert_int_equal(p.n, 12);
}

/* As the list page looks: in all of them. */
static bool is_alias(const char *alias, const char *code) {
        struct aliases_all_row_list all;
        int64_t id = by_code(code).id;
        assert_int_equal(aliases_all(db, &arena, &all), OK);
        for (size_t i = 0; i < all.n; i++)
                if (all.v[i].municipality_id == id && str_eq(all.v[i].alias, str_of(alias)))
                        return true;
        return false;
}

static void names_and_slugs(void **state) {
        (void) state;
        assert_text(by_code("GM0820").name, "Nuenen, Gerwen en Nederwetten");
        assert_text(by_code("GM0820").slug, "nuenen-gerwen-en-nederwetten");
        assert_text(by_code("GM0518").name, "'s-Gravenhage");
        assert_text(by_code("GM0518").sort_key, "gravenhage");
        assert_text(by_code("GM0518").slug, "s-gravenhage");
        assert_text(by_code("GM1900").slug, "sudwest-fryslan");
        assert_text(by_code("GM0063").sort_key, "bildt");
        assert_text(by_code("GM0373").slug, "bergen-nh");
        assert_text(by_code("GM0893").slug, "bergen-l");
        assert_true(is_alias("den bosch", "GM0796"));
        assert_true(is_alias("bergen", "GM0373") && is_alias("bergen", "GM0893"));
        assert_false(is_alias("bergen", "GM0796"));
        struct map taken = { 0 };
        assert_text(network_slug(&arena, &taken, S("Hengelo"), S("GM0164")), "hengelo");
        assert_text(network_slug(&arena, &taken, S("Hengelo"), S("GM0999")), "hengelo-gm0999");
}

static void history(void **state) {
        (void) state;
        struct municipality_change_list l;
        assert_int_equal(municipality_predecessors(db, &arena, by_code("GM1979").id, &l), OK);
        assert_int_equal(l.n, 3);
        assert_text(l.v[0].name, "Appingedam");
        assert_text(l.v[1].name, "Delfzijl");
        assert_text(l.v[2].name, "Loppersum");
        assert_text(l.v[2].changed_on, "2021-01-01");
        assert_int_equal(municipality_successors(db, &arena, by_code("GM0788").id, &l), OK);
        assert_int_equal(l.n, 4);
        assert_text(l.v[0].name, "Oisterwijk");
        assert_true(fabs(l.v[0].share - .42) < 1e-9);
        struct municipality_list ended;
        assert_int_equal(municipalities_ended(db, &arena, &ended), OK);
        assert_int_equal(ended.n, 71);
        struct municipality_neighbours_row_list near;
        assert_int_equal(municipality_neighbours(db, &arena, by_code("GM0014").id, &near), OK);
        assert_true(near.n >= 3);
        assert_int_equal(municipality_neighbours(db, &arena, by_code("GM0060").id, &near), OK);
        assert_int_equal(near.n, 0);    /* Ameland */
}

static void assert_became(const char *code, int from, int to, size_t n, const char *first, double share) {
        struct network_parts p = network_became_all(&graph, &arena, from, to)[network_find(&graph, str_of(code))];
        assert_int_equal(p.n, n);
        double sum = 0;
        for (size_t i = 0; i < n; i++)
                sum += p.v[i].share;
        if (!n)
                return;
        assert_true(fabs(sum - 1) < 1e-12);
        for (size_t i = 0; i < n; i++)
                if (str_eq(graph.units.v[p.v[i].unit].code, str_of(first))) {
                        assert_true(fabs(p.v[i].share - share) < 1e-9);
                        return;
                }
        fail_msg("%s did not become %s", code, first);
}

static void became(void **state) {
        (void) state;
        assert_became("GM0010", 2020, 2021, 1, "GM1979", 1);
        assert_became("GM0010", 2020, 2020, 1, "GM0010", 1);
        assert_became("GM0010", 2021, 2023, 0, "", 0);
        assert_became("GM0788", 2020, 2023, 4, "GM0865", .35);
        assert_became("GM0140", 2017, 2018, 3, "GM1900", .5065);
        assert_became("GM0786", 2017, 2023, 1, "GM1982", 1);
        /* Weesp ended in the middle of 2022: still there on 1 January. */
        assert_became("GM0457", 2022, 2022, 1, "GM0457", 1);
        assert_became("GM0457", 2022, 2023, 1, "GM0363", 1);
        assert_became("GM0363", 2017, 2026, 1, "GM0363", 1);
}

static void push(struct network_figures *f, const char *code, double value, double x, double n, enum network_status s) {
        *vec_push(&arena, f) = (struct network_figure) { str_of(code), value, x, n, s };
}

static struct network_figure *get(struct network_figures *f, const char *code) {
        for (size_t i = 0; i < f->n; i++)
                if (str_eq(f->v[i].code, str_of(code)))
                        return &f->v[i];
        fail_msg("%s is not there", code);
        return NULL;
}

static void recode(void **state) {
        (void) state;
        struct network_figures in = { 0 }, out;
        double no = (double) NAN;
        push(&in, "GM0003", 78, 39, 50, NETWORK_EXACT);
        push(&in, "GM0010", 64, 32, 50, NETWORK_DERIVED);
        push(&in, "GM0024", 64.5, 40, 62, NETWORK_EXACT);
        push(&in, "GM0788", 50, 30, 60, NETWORK_EXACT);         /* Haaren is split */
        push(&in, "GM0824", 40, 20, 50, NETWORK_EXACT);
        push(&in, "GM0865", 40, 20, 50, NETWORK_EXACT);
        push(&in, "GM0757", 40, 20, 50, NETWORK_EXACT);
        push(&in, "GM0398", 40, 20, 50, NETWORK_EXACT);         /* Dijk en Waard: one part is missing */
        push(&in, "GM0416", no, no, no, NETWORK_MISSING);
        push(&in, "GM0370", 12, no, no, NETWORK_EXACT);         /* Purmerend: no counts */
        push(&in, "GM0439", 14, no, no, NETWORK_EXACT);
        push(&in, "GM0363", 55, no, no, NETWORK_EXACT);
        network_recode(&graph, &arena, &in, 2020, 2022, NETWORK_RATIO, 100, &out);
        assert_int_equal(get(&out, "GM1979")->status, NETWORK_DERIVED);
        assert_true(fabs(get(&out, "GM1979")->value - 100 * 111 / 162.0) < 1e-9);
        assert_int_equal(get(&out, "GM0824")->status, NETWORK_ESTIMATED);
        assert_true(fabs(get(&out, "GM0824")->numerator - (20 + .42 * 30)) < 1e-9);
        /* Tilburg itself was not in the figures: its Haaren part alone is no figure. */
        assert_int_equal(get(&out, "GM0855")->status, NETWORK_MISSING);
        assert_true(isnan(get(&out, "GM0855")->value));
        assert_int_equal(get(&out, "GM1980")->status, NETWORK_MISSING);
        assert_int_equal(get(&out, "GM0439")->status, NETWORK_REFUSED);
        assert_true(isnan(get(&out, "GM0439")->value));
        /* Weesp joins after 1 January 2022, so Amsterdam is unchanged. */
        assert_int_equal(get(&out, "GM0363")->status, NETWORK_EXACT);
        assert_true(fabs(get(&out, "GM0363")->value - 55) < 1e-12);
        network_recode(&graph, &arena, &in, 2020, 2022, NETWORK_WHOLE, 1, &out);
        assert_int_equal(get(&out, "GM1979")->status, NETWORK_REFUSED);
        assert_int_equal(get(&out, "GM0363")->status, NETWORK_EXACT);
        network_recode(&graph, &arena, &in, 2020, 2022, NETWORK_COUNT, 1, &out);
        assert_true(fabs(get(&out, "GM1979")->value - (78 + 64 + 64.5)) < 1e-9);
}

/* --- mistakes --- */
static char root[] = "/tmp/schouders-root-XXXXXX";

static void copy(const char *name, const char *find, const char *replace) {
        struct str text;
        assert_int_equal(file_read(&arena, str_fmt(&arena, "%s/data/network/%s", SOURCE_ROOT, name), 1 << 20, &text),
                OK);
        const char *path = str_fmt(&arena, "%s/data/network/%s", root, name).p;
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        size_t at = find ? str_find(text, str_of(find)) : text.n;
        assert_true(!find || at < text.n);
        fwrite(text.p, 1, at, f);
        if (find) {
                fputs(replace, f);
                fwrite(text.p + at + strlen(find), 1, text.n - at - strlen(find), f);
        }
        fclose(f);
}

static void assert_mistake(const char *name, const char *find, const char *replace, int line, const char *reason) {
        struct load l = { .a = &arena, .root = str_of(root) };
        copy(name, find, replace);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(network_load(db, &l), ERR_INVALID);
        db_rollback(db);
        assert_true(str_ends(l.file, str_of(name)));
        if (!strstr(str_z(&arena, l.reason), reason))
                fail_msg("'%s' is not in '%s'", reason, str_z(&arena, l.reason));
        assert_int_equal(l.line, line);
        copy(name, NULL, NULL);
        assert_int_equal(test_number(db, "SELECT count(*) FROM municipality"), 413);
        assert_int_equal(test_number(db, "SELECT count(*) FROM municipality_year"), 3933);
        assert_int_equal(test_number(db, "SELECT count(*) FROM boundary_change"), 77);
        assert_int_equal(test_number(db, "SELECT count(*) FROM municipality_border"), 1752);
}

static int make_root(void **state) {
        (void) state;
        strcpy(root + strlen(root) - 6, "XXXXXX");
        return mkdtemp(root) && mkdir(str_fmt(&arena, "%s/data", root).p, 0777) == 0 &&
               mkdir(str_fmt(&arena, "%s/data/network", root).p, 0777) == 0 ? 0 : -1;
}

static int drop_root(void **state) {
        (void) state;
        return system(str_fmt(&arena, "rm -rf '%s'", root).p);
}

static void mistakes(void **state) {
        (void) state;
        static const char *const files[] = { "municipalities.csv", "years.csv", "changes.csv", "borders.csv",
                "aliases.csv" };
        for (size_t i = 0; i < 5; i++)
                copy(files[i], NULL, NULL);
        assert_mistake("municipalities.csv", "GM0005,", "GM0003,", 3, "already there");
        assert_mistake("municipalities.csv", "1970-01-01", "1970-13-01", 2, "date");
        assert_mistake("years.csv", "2016,GM0005", "2016,GM9999", 3, "unknown municipality");
        assert_mistake("years.csv", "2016,GM0003,", "2016,GM0003,many", 2, "whole number");
        assert_mistake("years.csv", "2016,GM0003", "2016,GM1979", 2, "did not exist");
        assert_mistake("changes.csv", "GM0140,GM0080,opsplitsing,0.3177", "GM0140,GM0080,opsplitsing,0.4177", 11,
                "add up");
        assert_mistake("changes.csv", "2016-01-01,GM0478,GM0385", "2016-01-01,GM0385,GM0478", 2, "does not end");
        assert_mistake("changes.csv", "2016-01-01,GM0478,GM0385", "2016-01-01,GM0478,GM0478", 2, "itself");
        assert_mistake("changes.csv", "2016-01-01,GM0478,GM0385", "2016-01-01,GM0478,GM0381", 2, "does not exist");
        assert_mistake("borders.csv", "GM0014,GM1699", "GM0014,GM0363", 2, "way back");
        assert_mistake("aliases.csv", ",GM", ",XX", 2, "unknown municipality");
        /* Loading again changes nothing, not even the ids. */
        struct load l = { .a = &arena, .root = S(SOURCE_ROOT) };
        int64_t id = by_code("GM0363").id;
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(network_load(db, &l), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(by_code("GM0363").id, id);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(counts_and_sums), cmocka_unit_test(names_and_slugs), cmocka_unit_test(history),
                cmocka_unit_test(became), cmocka_unit_test(recode), cmocka_unit_test_setup_teardown(mistakes, make_root, drop_root),
        };
        int failed = cmocka_run_group_tests_name("network on sqlite", tests, setup_sqlite, teardown);
        if (!getenv("SCHOUDERS_TEST_PG")) {
                print_message("network on PostgreSQL: skipped, SCHOUDERS_TEST_PG is not set\n");
                return failed;
        }
        return failed + cmocka_run_group_tests_name("network on postgresql", tests, setup_pg, teardown);
}
