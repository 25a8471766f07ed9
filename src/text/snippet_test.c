#include <string.h>
#include "testdata.h"
#include "buf.h"
#include "snippet.h"
#include "utf8.h"

static struct arena arena;
static struct analyser *an;

static int load(void **state) {
        (void) state;
        return access(TEST_DIC, R_OK) == 0 ? (int) analyser_open(TEST_DIC, TEST_LISTS, &an) : 0;
}

static int unload(void **state) {
        (void) state;
        analyser_close(an);
        arena_done(&arena);
        return 0;
}

static struct snippet snippet_of(struct str text, const struct query *q, size_t max) {
        struct terms terms = analyse_text(an, &arena, text);
        return text_snippet(&arena, text, &terms, q, max);
}

static struct str shown(struct str text, const char *question, size_t max) {
        struct query q = analyse_query(an, &arena, str_of(question));
        struct snippet s = snippet_of(text, &q, max);
        struct str ret = S("");
        for (size_t i = 0; i < s.n; i++)
                ret = str_fmt(&arena, s.v[i].marked ? "%.*s[%.*s]" : "%.*s%.*s", STR(ret), STR(s.v[i].text));
        return ret;
}

static void check(const char *text, const char *question, size_t max, const char *want) {
        const char *got = str_z(&arena, shown(str_of(text), question, max));
        assert_string_equal(got, want);
}

static void test_short(void **state) {
        (void) state;
        need_dictionary();
        check("De schulden van een kind.", "schuld kinderen", 100, "De [schulden] van een [kind].");
        check("Een tekst over iets anders.", "schuld", 100, "Een tekst over iets anders.");
        check("", "schuld", 100, "");
        check("De regeling van schulden", "schuldregeling", 100, "De [regeling] van [schulden]");
        check("Alle schuldhulpverlening", "hulpverlening", 100, "Alle [schuldhulpverlening]");
        check("Voor zzp'ers in regio's", "zzp regio", 100, "Voor [zzp'ers] in [regio's]");
        check("De Wsnp duurt", "schuldsanering", 100, "De [Wsnp] duurt");
        check("een twee", "de het", 100, "een twee");
}

static void test_windows(void **state) {
        (void) state;
        need_dictionary();
        check("Dit is een lange inleiding zonder het gezochte woord. Daarna komt het woord budgetbeheer in een zin. "
              "En dan gaat de tekst nog een hele tijd door.", "budgetbeheer", 60,
              "\xe2\x80\xa6 komt het woord [budgetbeheer] in een zin. En dan gaat de tekst \xe2\x80\xa6");
        struct str filler = S("");
        for (int i = 0; i < 60; i++)
                filler = str_fmt(&arena, "%.*s zomaar tekst", STR(filler));
        struct str text = str_fmt(&arena, "Over armoede%.*s en over huurtoeslag%.*s", STR(filler), STR(filler));
        struct str s = shown(text, "armoede huurtoeslag", 120);
        assert_true(str_starts(s, S("Over [armoede] zomaar")));
        assert_true(str_find(s, S("[huurtoeslag]")) < s.n);
        assert_true(str_find(s, S(" \xe2\x80\xa6 ")) < s.n);
        check("eenheelergonderbrokenwoorddatmaardoorgaatendoorgaatzonderspatieofanderteken", "x", 40,
              "eenheelergonderbrokenwoorddatmaardoorgaa \xe2\x80\xa6");
}

/* Every snippet is made of whole characters, keeps to its size, and its pieces come from the text in order. */
static void test_property(void **state) {
        (void) state;
        need_dictionary();
        static const char *const words[] = { "schuld", "kind\xc3\xabren", "de", "huurtoeslag", "\xe2\x82\xac", "x",
                                             "\n", "aflossen,", "lorem",
                                             "ipsumipsumipsumipsumipsumipsumipsumipsumipsum" };
        srand(5);
        for (int k = 0; k < 3000; k++) {
                struct buf b = { .max = 1 << 20 };
                for (int n = rand() % 120; n > 0; n--) {
                        buf_str(&b, str_of(words[rand() % 10]));
                        buf_str(&b, rand() % 8 ? S(" ") : S(""));
                }
                struct str text = str_trim(buf_view(&b));
                struct query q = analyse_query(an, &arena, S("schulden huurtoeslagen aflossing"));
                size_t max = 40 + (size_t) rand() % 200, bytes = 0;
                struct snippet s = snippet_of(text, &q, max);
                const char *at = text.p;
                for (size_t i = 0; i < s.n; i++) {
                        assert_true(s.v[i].text.n > 0 && utf8_valid(s.v[i].text));
                        if (s.v[i].text.p < text.p || s.v[i].text.p >= text.p + text.n)
                                continue;       /* an ellipsis */
                        assert_true(s.v[i].text.p >= at);
                        at = s.v[i].text.p + s.v[i].text.n;
                        bytes += s.v[i].text.n;
                }
                assert_true(bytes <= max + 1);
                buf_done(&b);
                arena_reset(&arena);
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_short), cmocka_unit_test(test_windows), cmocka_unit_test(test_property),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
