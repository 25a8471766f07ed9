#include <string.h>
#include <time.h>
#include "buf.h"
#include "diff.h"
#include "testdata.h"

static struct arena arena;

/* The runs as text: [-removed-] and {+added+}. */
static const char *show(const char *before, const char *after) {
        struct diff d = text_diff(&arena, str_of(before), str_of(after));
        struct buf b = { 0 };
        for (size_t i = 0; i < d.n; i++) {
                static const char *const marks[] = { "%.*s", "[-%.*s-]", "{+%.*s+}" };
                if (d.v[i].kind == DIFF_SAME)
                        buf_str(&b, d.v[i].text);
                else
                        buf_fmt(&b, marks[d.v[i].kind], STR(d.v[i].text));
        }
        const char *ret = str_z(&arena, buf_view(&b));
        buf_done(&b);
        return ret;
}

static void test_readable(void **state) {
        (void) state;
        static const struct { const char *before, *after, *want; } cases[] = {
                { "", "", "" },
                { "a\n", "a\n", "a\n" },
                { "", "a\n", "{+a\n+}" },
                { "a\n", "", "[-a\n-]" },
                { "een\ntwee\ndrie\n", "een\ndrie\n", "een\n[-twee\n-]drie\n" },
                { "een\ndrie\n", "een\ntwee\ndrie\n", "een\n{+twee\n+}drie\n" },
                { "U belt de gemeente eerst.\n", "U belt de wijk eerst.\n", "U belt de [-gemeente-]{+wijk+} eerst.\n" },
                { "Bel ons nu.\n", "Bel ons vandaag nog.\n", "Bel ons [-nu-]{+vandaag nog+}.\n" },
                { "U gaat een huis kopen.\n", "U gaat twee boten kopen.\n",
                  "U gaat [-een huis-]{+twee boten+} kopen.\n" },
                { "Heel iets anders dus\n", "Wij eten morgen brood\n",
                  "[-Heel iets anders dus\n-]{+Wij eten morgen brood\n+}" },
                { "a\nb\nc\nd\n", "a\nB\nc\nD\n", "a\n[-b-]{+B+}\nc\n[-d-]{+D+}\n" },
                { "één café\n", "één cafeetje\n", "één [-café-]{+cafeetje+}\n" },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_string_equal(show(cases[i].before, cases[i].after), cases[i].want);
}

/* The old and the new text come back out of the runs. */
static void check_diff(struct str before, struct str after) {
        struct diff d = text_diff(&arena, before, after);
        struct buf old = { .max = 1 << 26 }, new = { .max = 1 << 26 };
        for (size_t i = 0; i < d.n; i++) {
                assert_true(d.v[i].text.n > 0);
                assert_true(i == 0 || d.v[i].kind != d.v[i - 1].kind);
                assert_false(i > 0 && d.v[i].kind == DIFF_REMOVED && d.v[i - 1].kind == DIFF_ADDED);
                if (d.v[i].kind != DIFF_ADDED)
                        buf_str(&old, d.v[i].text);
                if (d.v[i].kind != DIFF_REMOVED)
                        buf_str(&new, d.v[i].text);
        }
        assert_true(str_eq(buf_view(&old), before));
        assert_true(str_eq(buf_view(&new), after));
        buf_done(&old);
        buf_done(&new);
}

static uint64_t seed = 7;

static size_t chance(size_t n) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        return (size_t) (seed >> 33) % n;
}

/* A text of few different words, so that much occurs twice. */
static struct str some_text(void) {
        static const char *const words[] = { "a", "b", "c ", " ", "\n", "\n\n", "de ", ", ", ".\n\n" };
        struct buf b = { 0 };
        for (size_t n = chance(40); n; n--)
                buf_str(&b, str_of(words[chance(sizeof words / sizeof *words)]));
        struct str ret = str_dup(&arena, buf_view(&b));
        buf_done(&b);
        return ret;
}

static void test_properties(void **state) {
        (void) state;
        for (int i = 0; i < 3000; i++) {
                struct str a = some_text(), b = some_text(), c = some_text();
                check_diff(a, b);
                struct merge m = text_merge(&arena, a, a, b);
                assert_int_equal(m.conflicts, 0);
                assert_true(str_eq(m.text, b));
                assert_true(str_eq(text_merge(&arena, a, b, a).text, b));
                assert_true(str_eq(text_merge(&arena, a, b, b).text, b));
                /* Who is called mine does not decide whether it fits. */
                assert_true((text_merge(&arena, a, b, c).conflicts == 0) == (text_merge(&arena, a, c, b).conflicts == 0));
                arena_reset(&arena);
        }
}

static void test_merge(void **state) {
        (void) state;
        static const struct { const char *base, *mine, *theirs, *want; } cases[] = {
                { "Een.\n\nTwee.\n\nDrie.\n", "Een!\n\nTwee.\n\nDrie.\n", "Een.\n\nTwee.\n\nDrie?\n",
                  "Een!\n\nTwee.\n\nDrie?\n" },
                { "Een.\n\nTwee.", "Nul.\n\nEen.\n\nTwee.", "Een.\n\nTwee.\n\nDrie.", "Nul.\n\nEen.\n\nTwee.\n\nDrie." },
                { "Een.\n\nTwee.\n\nDrie.", "Een.\n\nDrie.", "Een.\n\nTwee.\n\nDrie.\n\nVier.", "Een.\n\nDrie.\n\nVier." },
                { "Een.\n\nTwee.", "Een.\n\nAnders.", "Een.\n\nAnders.\n", "Een.\n\nAnders." },
                { "", "Nieuw.", "", "Nieuw." },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct merge m = text_merge(&arena, str_of(cases[i].base), str_of(cases[i].mine),
                                            str_of(cases[i].theirs));
                assert_int_equal(m.conflicts, 0);
                assert_string_equal(str_z(&arena, m.text), cases[i].want);
        }
}

static void test_conflict(void **state) {
        (void) state;
        struct merge m = text_merge(&arena, S("Een.\n\nTwee.\n\nDrie.\n"), S("Een.\n\nMijn twee.\n\nDrie!\n"),
                                    S("Eén.\n\nHun twee.\n\nDrie.\n"));
        assert_int_equal(m.conflicts, 1);
        assert_int_equal(m.text.n, 0);
        assert_int_equal(m.n, 1);
        assert_true(m.v[0].is_conflict);
        m = text_merge(&arena, S("Een.\n\nTwee.\n\nDrie.\n"), S("Een.\n\nMijn twee.\n\nDrie.\n"),
                       S("Een.\n\nHun twee.\n\nDrie.\n"));
        assert_int_equal(m.n, 3);
        assert_string_equal(str_z(&arena, m.v[0].text), "Een.\n\n");
        assert_string_equal(str_z(&arena, m.v[1].base), "Twee.\n\n");
        assert_string_equal(str_z(&arena, m.v[1].mine), "Mijn twee.\n\n");
        assert_string_equal(str_z(&arena, m.v[1].theirs), "Hun twee.\n\n");
        assert_string_equal(str_z(&arena, m.v[2].text), "Drie.\n");
        /* Thrown away by one, changed by the other. */
        m = text_merge(&arena, S("Een.\n\nTwee.\n"), S("Een.\n\n"), S("Een.\n\nTwee!\n"));
        assert_int_equal(m.conflicts, 1);
}

static struct str big(const char *unit, size_t n, bool vary) {
        struct buf b = { .max = 4 << 20 };
        while (b.n < n) {
                buf_str(&b, str_of(unit));
                if (vary)
                        buf_fmt(&b, "%zu\n", chance(1000000));
        }
        struct str ret = str_dup(&arena, buf_view(&b));
        buf_done(&b);
        return ret;
}

/* A megabyte that has little in common with another: replaced as a whole rather than compared for minutes. */
static void test_hostile(void **state) {
        (void) state;
        static const struct { const char *x, *y; bool vary; } shapes[] = {
                { "\n", "a\n", false }, { "a\nb\n", "b\n", false }, { "regel ", "regel ", true }, { "a ", "b a ", false },
                { "x", "y", false }, { "a\n\n", "a\n\nb\n\n", false }, { "woord ", "woord\n", true },
                { "\xc3\xa9\n", "\xc3\n", true },
        };
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
                struct str x = big(shapes[i].x, 1 << 20, shapes[i].vary), y = big(shapes[i].y, 1 << 20, shapes[i].vary);
                clock_t start = clock();
                check_diff(x, y);
                (void) text_merge(&arena, x, y, S("a\n\nb"));
                assert_true(str_eq(text_merge(&arena, x, x, y).text, y));
                assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
                arena_done(&arena);
        }
}

static int clean_up(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_readable), cmocka_unit_test(test_properties), cmocka_unit_test(test_merge),
                cmocka_unit_test(test_conflict), cmocka_unit_test(test_hostile),
        };
        return cmocka_run_group_tests(tests, NULL, clean_up);
}
