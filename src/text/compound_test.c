#include <string.h>
#include "testdata.h"
#include "compound.h"
#include "utf8.h"

static struct arena arena;
static struct lexicon lexicon;

static int load(void **state) {
        (void) state;
        if (access(TEST_DIC, R_OK) == 0)
                return lexicon_load(&arena, TEST_DIC, TEST_LISTS "/domeinwoorden.txt", &lexicon);
        return 0;
}

static int unload(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

static struct str joined(struct str word) {
        struct compound_part parts[COMPOUND_PARTS_MAX];
        size_t n = compound_split(&lexicon, word, parts);
        struct str ret = n ? S("") : word;
        for (size_t i = 0; i < n; i++)
                ret = str_fmt(&arena, "%.*s%s%.*s", STR(ret), i ? "+" : "", (int) parts[i].base_n, parts[i].base);
        return ret;
}

static void test_domain(void **state) {
        (void) state;
        static const char *const words[][2] = {
                { "schuldhulpverlening", "schuld+hulp+verlening" }, { "kinderopvang", "kinder+opvang" },
                { "jeugdzorg", "jeugd+zorg" }, { "armoedebeleid", "armoede+beleid" },
                { "huurtoeslag", "huur+toeslag" }, { "energiearmoede", "energie+armoede" },
                { "arbeidsmarktregio", "arbeid+markt+regio" }, { "voedselbank", "voedsel+bank" },
                { "bijstandsuitkering", "bijstand+uitkering" }, { "statushouders", "status+houders" },
                { "wijkteam", "wijk+team" }, { "schuldregeling", "schuld+regeling" },
                { "vroegsignalering", "vroeg+signalering" }, { "budgetbeheer", "budget+beheer" },
                { "saneringskrediet", "sanering+krediet" }, { "beslagvrije", "beslag+vrije" },
                { "betalingsachterstand", "betaling+achterstand" }, { "werkgelegenheid", "werkgelegenheid" },
                { "schuldenlast", "schulden+last" }, { "kostendelersnorm", "kost+deler+norm" },
                { "jongerenperspectieffonds", "jongeren+perspectief+fonds" }, { "ketenpartner", "keten+partner" },
                { "achterstanden", "achterstanden" }, { "maatschappelijk", "maatschappelijk" },
                { "zorgverzekeringswet", "zorg+verzekering+wet" }, { "gemeenten", "gemeenten" },
                { "onderzoeksvraag", "onderzoek+vraag" }, { "samenwerking", "samenwerking" },
                { "groepering", "groepering" }, { "aanvraag", "aanvraag" }, { "deurwaarder", "deurwaarder" },
        };
        need_dictionary();
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
                const char *got = str_z(&arena, joined(str_of(words[i][0])));
                assert_string_equal(got, words[i][1]);
        }
        char longest[200];
        memset(longest, 'a', sizeof longest);
        assert_int_equal(joined((struct str) { longest, sizeof longest }).n, sizeof longest);
        for (size_t n = 0; n < 8; n++)
                assert_int_equal(joined((struct str) { longest, n }).n, n);
}

/* Bits of the bytes where a part after the first starts; bit 0 is never set. Words are at most 60 bytes. */
static uint64_t found_points(struct str word) {
        uint64_t points = 0;
        size_t from = 0;
        struct str piece, rest = word;
        while (str_split(&rest, '-', &piece)) {
                struct compound_part parts[COMPOUND_PARTS_MAX];
                size_t n = compound_split(&lexicon, piece, parts);
                for (size_t i = 1; i < n; i++)
                        points |= (uint64_t) 1 << (from + parts[i].start);
                if (from)
                        points |= (uint64_t) 1 << from;
                from += piece.n + 1;
        }
        return points;
}

/* The same from lemmas "schuld+hulp": each next part starts where its first letters stand in the word. */
static uint64_t true_points(struct str word, struct str lemmas) {
        struct str lemma;
        uint64_t points = 0;
        size_t at = 0;
        for (size_t i = 0; str_split(&lemmas, '+', &lemma); i++) {
                lemma = utf8_fold(&arena, lemma);
                size_t k = lemma.n, found = word.n;
                for (; i > 0 && k >= 2 && found == word.n; k = k > 5 ? 5 : k - 1)
                        found = at + str_find(str_sub(word, at, word.n), str_sub(lemma, 0, k));
                if (i > 0 && (found == word.n || found == 0))
                        return 0;
                if (i > 0)
                        points |= (uint64_t) 1 << found;
                at = (i > 0 ? found : 0) + (lemma.n > 3 ? lemma.n - 2 : 1);
        }
        return points;
}

static void test_measured(void **state) {
        (void) state;
        need_dictionary();
        struct str compounds = shared_text(&arena, "samenstellingen_ud.tsv");
        struct str others = shared_text(&arena, "niet_samenstellingen_ud.tsv"), line, word, lemmas;
        int right = 0, wrong = 0, missed = 0, noise = 0, n_others = 0;
        (void) str_split(&compounds, '\n', &line);
        while (str_split(&compounds, '\n', &line)) {
                if (!str_split(&line, '\t', &word) || !line.p || !str_split(&line, '\t', &lemmas))
                        continue;
                word = utf8_fold(&arena, word);
                uint64_t want = true_points(word, lemmas), got = found_points(word);
                if (want == 0)
                        continue;
                right += __builtin_popcountll(want & got);
                wrong += __builtin_popcountll(got & ~want);
                missed += __builtin_popcountll(want & ~got);
        }
        (void) str_split(&others, '\n', &line);
        while (str_split(&others, '\n', &line)) {
                if (!line.n || !str_split(&line, '\t', &word))
                        continue;
                noise += __builtin_popcountll(found_points(utf8_fold(&arena, word)));
                n_others++;
        }
        double recall = (double) right / (right + missed), precision = (double) right / (right + wrong);
        double all = (double) right / (right + wrong + noise);
        print_message("compounds: precision %.3f recall %.3f F1 %.3f (%d right, %d wrong, %d missed); "
                      "%d points in %d words not marked as compounds, precision over both files %.3f\n", precision,
                      recall, 2 * precision * recall / (precision + recall), right, wrong, missed, noise, n_others,
                      all);
        assert_true(recall >= 0.88);
        assert_true(precision >= 0.94);
        assert_true(noise * 100 <= n_others * 17);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_domain), cmocka_unit_test(test_measured),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
