/* What loading refuses: each mistake with its file, line and reason, and the store as it was. */
#include "testing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "benchmark.h"
#include "file.h"
#include "network.h"
#include "schema.h"

static struct arena arena;
static struct db *db;
static char root[32];                   /* a copy of the files, with one mistake at a time */

static enum err load_all(struct load *l) {
        assert_int_equal(db_begin(db), OK);
        enum err e = network_load(db, l);
        if (e == OK)
                e = benchmark_load(db, l);
        return e == OK ? db_commit(db) : e;
}

/* Rows of each table of the room. */
struct counts {
        int64_t n[6];
};
static struct counts counts(void) {
        static const char *const tables[] = { "indicator", "figure", "comparison", "comparison_unit", "characteristic_value",
                                              "peer" };
        struct counts c;
        for (size_t i = 0; i < 6; i++)
                c.n[i] = test_number(db, str_fmt(&arena, "SELECT count(*) FROM %s", tables[i]).p);
        return c;
}

static void copy(const char *name, const char *find, const char *replace) {
        struct str text;
        assert_int_equal(file_read(&arena, str_fmt(&arena, "%s/%s", SOURCE_ROOT, name), 4 << 20, &text), OK);
        FILE *f = fopen(str_fmt(&arena, "%s/%s", root, name).p, "wb");
        assert_non_null(f);
        size_t at = find ? str_find(text, str_of(find)) : text.n;
        if (find && at == text.n)
                fail_msg("%s is not in %s", find, name);
        fwrite(text.p, 1, at, f);
        if (find) {
                fputs(replace, f);
                fwrite(text.p + at + strlen(find), 1, text.n - at - strlen(find), f);
        }
        fclose(f);
}

static void copy_folder(const char *folder) {
        struct str_list names;
        assert_int_equal(file_list(&arena, str_fmt(&arena, "%s/%s", SOURCE_ROOT, folder), S(""), &names), OK);
        assert_int_equal(mkdir(str_fmt(&arena, "%s/%s", root, folder).p, 0777), 0);
        for (size_t i = 0; i < names.n; i++)
                copy(str_fmt(&arena, "%s/%.*s", folder, STR(names.v[i])).p, NULL, NULL);
}

static void assert_mistake(const char *name, const char *find, const char *replace, int line, const char *reason) {
        struct arena mine = { 0 };
        struct load l = { .a = &mine, .root = str_of(root) };
        copy(name, find, replace);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(benchmark_load(db, &l), ERR_INVALID);
        db_rollback(db);
        assert_string_equal(str_z(&mine, l.file), name);
        if (!strstr(str_z(&mine, l.reason), reason))
                fail_msg("'%s' is not in '%s'", reason, str_z(&mine, l.reason));
        assert_int_equal(l.line, line);
        copy(name, NULL, NULL);
        arena_done(&mine);
}

static void mistakes(void **state) {
        db = test_open(test_store(state), DB_WRITE);
        struct load l = { .a = &arena, .root = S(SOURCE_ROOT) };
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(load_all(&l), OK);
        struct counts before = counts(), after;
        strcpy(root, "/tmp/schouders-root-XXXXXX");
        assert_non_null(mkdtemp(root));
        assert_int_equal(mkdir(str_fmt(&arena, "%s/data", root).p, 0777), 0);
        assert_int_equal(mkdir(str_fmt(&arena, "%s/content", root).p, 0777), 0);
        copy("content/lijsten.txt", NULL, NULL);
        copy_folder("content/indicatoren");
        copy_folder("data/benchmark");
        static const char figures[] = "data/benchmark/figures.csv", text[] = "content/indicatoren/ps01.md";
        assert_mistake(figures, "PS01,2022,GM0014", "PS99,2022,GM0014", 2, "unknown indicator 'PS99'");
        assert_mistake(figures, "PS01,2022,GM0014", "PS01,2022,GM9914", 2, "unknown municipality");
        assert_mistake(figures, "PS01,2022,GM0014", "PS01,2022,GM0003", 2, "did not exist");
        assert_mistake(figures, "PS01,2022,GM0034", "PS01,2022,GM0014", 5, "already there");
        assert_mistake(figures, ",6.6,9141,138499", ",7.6,9141,138499", 2, "gives 6.600");
        assert_mistake(figures, ",6.6,9141,138499", ",6.6,914100,138499", 2, "between 0 and the denominator");
        assert_mistake(figures, ",6.6,9141", ",,9141", 2, "a value goes with");
        assert_mistake(figures, ",6.6,9141", ",zes,9141", 2, "not a number");
        assert_mistake(figures, "138499,derived", "138499,geraden", 2, "is not a status");
        assert_mistake(figures, "derived,2023", "derived,2031", 2, "boundary year");
        assert_mistake(figures, "PS01,2022,GM0014,", "SHV10,2022,GM0014,", 2, "delivered by municipalities");
        assert_mistake("data/benchmark/national.csv", "NV01,2008,NL01", "NV01,2008,GM0014", 2, "is national");
        assert_mistake("data/benchmark/characteristics.csv", ",log,", ",wortel,", 2, "transform");
        assert_mistake("data/benchmark/characteristic_values.csv", "GM0014,2021", "GM9999,2021", 2, "did not exist");
        assert_mistake(text, "soort: proportion", "soort: gemiddelde", 5, "is not one of");
        assert_mistake(text, "richting: lower", "richting:", 7, "empty");
        assert_mistake(text, "fase:", "fase: later", 8, "not a phase");
        assert_mistake(text, "plaats: 10", "plaats: eerst", 17, "whole number");
        assert_mistake(text, "teller:", "tellers:", 12, "unknown key");
        assert_mistake(text, "## Let op", "## Opmerking", 0, "Let op");
        assert_mistake(text, "code: PS01", "code: PS00", 0, "is called");
        static const char delivered[] = "content/indicatoren/shv10.md";
        assert_mistake(delivered, "aanleveren: kwartaal", "aanleveren: soms", 21, "is not one of");
        assert_mistake(delivered, "eigenaar: nog niet bekend\n", "", 20, "has 'eigenaar' too");
        assert_mistake(delivered, "2027-07-01", "zomer", 21, "a date");
        assert_mistake(delivered, "ja, nee", "ja", 23, "a choice is");
        after = counts();
        assert_memory_equal(&before, &after, sizeof before);
        assert_int_equal(load_all(&l), OK);
        after = counts();
        assert_memory_equal(&before, &after, sizeof before);
        assert_int_equal(system(str_fmt(&arena, "rm -rf '%s'", root).p), 0);
        arena_done(&arena);
        db_close(db);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(mistakes) };
        return cmocka_run_group_tests_name("benchmark load", tests, NULL, NULL);
}
