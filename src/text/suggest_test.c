#include <string.h>
#include "testdata.h"
#include "suggest.h"
#include "utf8.h"
#include "vec.h"

static struct arena arena;

static int clean_up(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

/* The textbook form of the distance, to compare with. */
static unsigned plain_distance(struct str x, struct str y) {
        unsigned d[16][16];
        for (size_t i = 0; i <= x.n; i++) {
                for (size_t j = 0; j <= y.n; j++) {
                        if (i == 0 || j == 0) {
                                d[i][j] = (unsigned) (i + j);
                                continue;
                        }
                        unsigned v = d[i - 1][j - 1] + (x.p[i - 1] != y.p[j - 1]);
                        v = d[i - 1][j] + 1 < v ? d[i - 1][j] + 1 : v;
                        v = d[i][j - 1] + 1 < v ? d[i][j - 1] + 1 : v;
                        if (i > 1 && j > 1 && x.p[i - 1] == y.p[j - 2] && x.p[i - 2] == y.p[j - 1] &&
                            d[i - 2][j - 2] + 1 < v)
                                v = d[i - 2][j - 2] + 1;
                        d[i][j] = v;
                }
        }
        return d[x.n][y.n];
}

static void test_distance(void **state) {
        (void) state;
        srand(1);
        for (int k = 0; k < 200000; k++) {
                char a[10], b[10];
                struct str x = { a, (size_t) rand() % 9 }, y = { b, (size_t) rand() % 9 };
                for (size_t i = 0; i < 10; i++) {
                        a[i] = (char) ('a' + rand() % 3);
                        b[i] = (char) ('a' + rand() % 3);
                }
                unsigned real = plain_distance(x, y), max = (unsigned) rand() % 4;
                assert_int_equal(suggest_distance(x, y, max), real > max ? max + 1 : real);
        }
}

static void check(const struct suggest *s, const char *word, const char *want) {
        struct str got = S("");
        bool found = suggest_best(s, str_of(word), &got);
        assert_int_equal(found, want != NULL);
        if (want)
                assert_string_equal(str_z(&arena, got), want);
}

static void test_small(void **state) {
        (void) state;
        static const struct { const char *word; uint32_t n; } list[] = {
                { "schuldhulp", 100 }, { "budgetbeheer", 20 }, { "armoede", 80 }, { "bewind", 10 }, { "bewijs", 5 },
                { "saneren", 3 }, { "huur", 50 }, { "huis", 60 }, { "kinderen", 9 }, { "incasso", 4 }, { "wet", 90 },
                { "werk", 30 }, { "werd", 1 }, { "eenwoorddatveelendanookechtveeltelangisomtebewaren", 1 },
        };
        struct suggest_word words[sizeof list / sizeof *list];
        for (size_t i = 0; i < sizeof list / sizeof *list; i++)
                words[i] = (struct suggest_word) { str_of(list[i].word), list[i].n };
        struct suggest s;
        suggest_build(&arena, words, sizeof list / sizeof *list, &s);
        assert_int_equal(s.n, sizeof list / sizeof *list - 1);
        check(&s, "schudlhulp", "schuldhulp");
        check(&s, "budgedbeheer", "budgetbeheer");
        check(&s, "armoedde", "armoede");
        check(&s, "incaso", "incasso");
        check(&s, "kinnderen", "kinderen");
        check(&s, "werq", "werk");
        check(&s, "huus", "huis");
        check(&s, "armoede", NULL);
        check(&s, "wte", NULL);
        check(&s, "heelanders", NULL);
        check(&s, "", NULL);
        suggest_build(&arena, NULL, 0, &s);
        check(&s, "armoede", NULL);
}

/* OpenTaal's list of common mistakes, with its 199,403 words as vocabulary, all equally frequent. */
static void test_measured(void **state) {
        (void) state;
        struct str list = shared_text(&arena, "opentaal/basiswoorden-gekeurd.txt"), line, wrong;
        struct str pairs = shared_text(&arena, "opentaal/corrections.tsv");
        VEC(struct suggest_word) words = { 0 };
        struct map known = { 0 };
        while (str_split(&list, '\n', &line)) {
                struct suggest_word *w = vec_push(&arena, &words);
                *w = (struct suggest_word) { utf8_fold(&arena, line), 1 };
                map_put(&arena, &known, w->text, &known);
        }
        struct suggest s;
        suggest_build(&arena, words.v, words.n, &s);
        int n = 0, right = 0, near = 0;
        while (str_split(&pairs, '\n', &line)) {
                if (!str_split(&line, '\t', &wrong) || !line.p)
                        continue;
                struct str want = utf8_fold(&arena, str_sub(line, 0, str_index(line, ';'))), got = S("");
                wrong = utf8_fold(&arena, wrong);
                if (want.n == 0 || !map_get(&known, want) || map_get(&known, wrong) || wrong.n < 4 ||
                    str_index(wrong, ' ') < wrong.n)
                        continue;
                n++;
                near += suggest_distance(wrong, want, 2) <= (wrong.n < 6 ? 1u : 2u);
                right += suggest_best(&s, wrong, &got) && str_eq(got, want);
        }
        print_message("first suggestion right: %.3f of %d mistakes; %.3f of the %d within reach\n", (double) right / n,
                      n, (double) right / near, near);
        assert_true(n > 2000);
        assert_true(right >= 0.79 * n);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_distance), cmocka_unit_test(test_small), cmocka_unit_test(test_measured),
        };
        return cmocka_run_group_tests(tests, NULL, clean_up);
}
