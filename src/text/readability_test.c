#include <math.h>
#include "readability.h"
#include "syllables.h"
#include "testdata.h"

static struct arena arena;
static struct abbreviations known;

static struct readability measure(const char *source) {
        struct readability ret;
        assert_int_equal(readability_measure(&arena, str_of(source), &known, &ret), OK);
        return ret;
}

/* Counted by hand, with the dictionary's own hyphenation where in doubt. */
static void test_syllables(void **state) {
        (void) state;
        static const struct { const char *word; unsigned n; } words[] = {
                { "schuld", 1 }, { "hulp", 1 }, { "bank", 1 }, { "nieuw", 1 }, { "leeuw", 1 }, { "één", 1 }, { "vóór", 1 },
                { "schuldhulp", 2 }, { "schulden", 2 }, { "huizen", 2 }, { "mooie", 2 }, { "draaien", 2 }, { "koeien", 2 },
                { "nieuwe", 2 }, { "termijn", 2 }, { "bureau", 2 }, { "niveau", 2 }, { "milieu", 2 }, { "euro", 2 },
                { "toilet", 2 }, { "trainen", 2 }, { "e-mail", 2 }, { "reëel", 2 }, { "geëist", 2 }, { "cliënt", 2 },
                { "knieën", 2 }, { "dossier", 2 }, { "budget", 2 }, { "yoga", 2 }, { "royaal", 2 }, { "frequent", 2 },
                { "online", 2 }, { "website", 2 }, { "wijkteam", 2 }, { "coachen", 2 }, { "premie", 2 },
                { "gemeente", 3 }, { "inkomen", 3 }, { "beslagvrij", 3 }, { "museum", 3 }, { "serieus", 3 },
                { "systeem", 2 }, { "bijeenkomst", 3 }, { "IJsselstein", 3 }, { "theater", 3 }, { "ideeën", 3 },
                { "radio", 3 }, { "medium", 3 }, { "sociaal", 3 }, { "geïnd", 2 }, { "egoïsme", 4 }, { "creëren", 3 },
                { "actueel", 3 }, { "uitkering", 3 }, { "schuldeiser", 3 }, { "vrijwilliger", 4 }, { "pensioen", 3 },
                { "beoordeling", 4 }, { "financieel", 4 }, { "financiën", 4 }, { "hygiëne", 4 }, { "situatie", 4 },
                { "beëindigen", 4 }, { "ingenieur", 4 }, { "reageren", 4 }, { "coördinatie", 5 }, { "evaluatie", 5 },
                { "individueel", 5 }, { "januari", 4 }, { "overeenkomst", 4 }, { "communiqué", 4 },
                { "schuldhulpverlening", 5 }, { "vroegsignalering", 5 }, { "betalingsachterstand", 6 },
                { "bewindvoerder", 4 }, { "2026", 1 }, { "WSNP", 1 }, { "", 1 },
        };
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
                unsigned n = syllables_of(str_of(words[i].word));
                if (n != words[i].n)
                        print_message("%s: %u\n", words[i].word, n);
                assert_int_equal(n, words[i].n);
        }
        /* Longer than any word. */
        assert_true(syllables_of(str_fmt(&arena, "%0500d", 0)) == 1);
        assert_true(syllables_of(S("\xff\xc3")) == 1);
}

static void test_counts(void **state) {
        (void) state;
        struct readability r = measure("## Een kop telt niet\n\nU hebt schulden. Bel ons, bijv. vandaag nog!\n\n"
                                       "- eerste punt\n- tweede punt\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n");
        assert_int_equal(r.sentences, 4);
        assert_int_equal(r.words, 12);
        /* u hebt schulden: 4; bel ons bijv vandaag nog: 6; eerste punt: 3; tweede punt: 3 */
        assert_int_equal(r.syllables, 16);
        assert_int_equal(r.long_words, 2);
        assert_true(fabs(r.flesch - (206.84 - 0.77 * 1600 / 12.0 - 0.93 * 3)) < 1e-9);
        assert_true(fabs(r.lix - (3 + 200 / 12.0)) < 1e-9);
        assert_int_equal(r.level, READ_TOO_SHORT);
        assert_int_equal(measure("").words, 0);
        assert_int_equal(measure("# Alleen een kop\n").sentences, 0);
}

static void test_sentence_ends(void **state) {
        (void) state;
        static const struct { const char *source; size_t sentences, words; } cases[] = {
                { "Art. 3 van de wet. Klaar.", 2, 6 },
                { "Dat is o.a. bij mr. De Vries zo.", 1, 8 },
                { "Het kost 1.204,50 euro. Veel?", 2, 5 },
                { "\"Kan dat?\" vroeg zij.", 1, 4 },
                { "(Dat kan.) Ja…\nEn nu", 3, 5 },
                { "Zie https://vng.nl/a.b of mail a@b.nl.", 1, 5 },
                { "Rente en/of kosten - samen.", 1, 5 },
                { "Hij is 5. Zij 6.", 2, 5 },
                { "Wat **nu**? Vraag [hulp](/hulp).", 2, 4 },
                { "... !!! ?", 0, 0 },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct readability r = measure(cases[i].source);
                assert_int_equal(r.sentences, cases[i].sentences);
                assert_int_equal(r.words, cases[i].words);
        }
}

static void test_long_sentences(void **state) {
        (void) state;
        struct readability r = measure("Kort.\n\n> Eerst dit. Een twee drie vier vijf zes zeven acht negen tien elf twaalf\n"
                                       "> dertien veertien vijftien zestien zeventien achttien negentien twintig "
                                       "éénentwintig.\n");
        assert_int_equal(r.n_long, 1);
        assert_int_equal(r.long_sentences[0].words, 21);
        assert_int_equal(r.long_sentences[0].line, 3);
        assert_int_equal(r.long_sentences[0].column, 14);
        assert_true(str_starts(r.long_sentences[0].text, S("Een twee drie")));
        assert_true(str_ends(r.long_sentences[0].text, S("éénentwintig.")));
        assert_int_equal(measure("een twee drie vier vijf zes zeven acht negen tien a b c d e f g h i j.").n_long, 0);
}

static void test_levels(void **state) {
        (void) state;
        const char *easy = "Hebt u schuld? Bel ons dan. Wij zijn er elke dag. Het kost u niets. Wij doen het met u. U "
                           "staat er niet meer voor alleen. Kom ook eens langs. Er is koffie. Wij zien u graag.";
        assert_int_equal(measure(easy).level, READ_GOOD);
        const char *hard = "Schuldhulpverleningsorganisaties beoordelen overeenkomstig toepasselijke "
                "uitvoeringsregelingen individuele omstandigheden, waarbij gemeentelijke beleidsregels, "
                "verordeningen en aanvullende afspraken betreffende gegevensuitwisseling onverminderd van kracht blijven "
                "gedurende voorafgaande stabilisatieperiodes, schuldregelingen en op verzoek daaropvolgende schuldbemiddelingstrajecten tot beëindiging.";
        assert_int_equal(measure(hard).level, READ_VERY_HARD);
        assert_true(str_eq(readability_verdict(READ_GOOD), S("Goed te lezen")));
        assert_true(str_eq(readability_verdict(READ_VERY_HARD), S("Zeer moeilijk te lezen")));
}

static void test_abbreviations(void **state) {
        (void) state;
        struct readability r = measure("De Wgs en de WSNP. Volgens het CBS (EU) deel II.\n\nWSNP-traject.");
        assert_int_equal(r.n_abbreviations, 2);
        assert_true(str_eq(r.abbreviations[0].text, S("Wgs")));
        assert_true(str_eq(r.abbreviations[0].advice,
                           S("Schrijf de eerste keer voluit: Wet gemeentelijke schuldhulpverlening (Wgs).")));
        assert_int_equal(r.abbreviations[0].column, 4);
        assert_int_equal(r.abbreviations[1].times, 2);
        assert_int_equal(r.abbreviations[1].column, 14);
        static const struct { const char *source; size_t n; } cases[] = {
                { "De Wet gemeentelijke schuldhulpverlening (Wgs) geldt. De Wgs is van 2012.", 0 },
                { "De Wgs geldt: de Wet gemeentelijke schuldhulpverlening (Wgs).", 0 },
                { "De Wgs (Wet gemeentelijke schuldhulpverlening) geldt.", 0 },
                { "Het **vrij te laten bedrag** (vtlb) is bekend.", 0 },
                { "Het vtlb is bekend.", 1 },
                { "Het steeg met 42% (XQZ) in een jaar.", 1 },
                { "De Wgs (zie hieronder) geldt.", 1 },
                { "## XQZ in een kop\n\n| XQY | b |\n|---|---|\n| c | d |\n", 2 },
                { "DIT IS BELANGRIJK, dus NIET doen.", 0 },
                { "Code GM0363 of e-mail en Wgsx, A en B.", 0 },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_int_equal(measure(cases[i].source).n_abbreviations, cases[i].n);
}

static void test_list_of_abbreviations(void **state) {
        (void) state;
        struct abbreviations bad;
        assert_int_equal(abbreviations_load(&arena, SOURCE_ROOT "/data/taal/stopwoorden.txt", &bad), ERR_INVALID);
        assert_int_equal(abbreviations_load(&arena, SOURCE_ROOT "/data/taal/weg.txt", &bad), ERR_NOT_FOUND);
}

static void test_refused(void **state) {
        (void) state;
        struct readability r;
        assert_int_equal(readability_measure(&arena, S("a\xff"), &known, &r), ERR_INVALID);
        struct str big = { arena_alloc(&arena, 70000), 70000 };
        assert_int_equal(readability_measure(&arena, big, &known, &r), ERR_LIMIT);
}

static int set_up(void **state) {
        (void) state;
        return abbreviations_load(&arena, TEST_LISTS "/afkortingen.txt", &known) == OK ? 0 : 1;
}

static int clean_up(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_syllables), cmocka_unit_test(test_counts), cmocka_unit_test(test_sentence_ends),
                cmocka_unit_test(test_long_sentences), cmocka_unit_test(test_levels), cmocka_unit_test(test_abbreviations),
                cmocka_unit_test(test_list_of_abbreviations), cmocka_unit_test(test_refused),
        };
        return cmocka_run_group_tests(tests, set_up, clean_up);
}
