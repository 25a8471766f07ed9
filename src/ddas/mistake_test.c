/* mistake_test.c - what is wrong in a file is named with its kind, place and byte, and nothing comes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "ddas_testing.h"

static struct arena a;
static int empty(void **state) {
        (void) state;
        arena_done(&a);
        return 0;
}

static const char *kind_of(const struct ddas *d, const struct ddas_mistake *m) {
        bool soft;
        uint64_t n;
        return ddas_kind(d, m->kind, &soft, &n);
}

/* The first error of TEXT is of KIND, at PATH, at the byte where "^" stands in TEXT (which is taken out). */
static void refuses(struct str text, const char *kind, const char *path) {
        size_t at = str_index(text, '^');
        bool is_marked = at < text.n;
        if (is_marked)
                text = str_fmt(&a, "%.*s%.*s", (int) at, text.p, (int) (text.n - at - 1), text.p + at + 1);
        struct outcome o = read_text(&a, text);
        const struct ddas_mistake *m = ddas_mistake(o.d, false, 0);
        if (!m)
                fail_msg("accepted: %.*s", STR(text));
        assert_string_equal(kind_of(o.d, m), kind);
        assert_string_equal(m->path, path);
        if (is_marked)
                assert_int_equal(m->offset, at);
        assert_int_equal(o.csv.n, 0);
}

static void test_what_is_no_json(void **state) {
        (void) state;
        refuses(S(""), "geen DDAS-levering", "");
        refuses(S("^gemeentecode,indicator"), "geen DDAS-levering", "");
        refuses(S("^PK\003\004...."), "geen DDAS-levering", "");
        refuses(S("^\037\213\010...."), "geen DDAS-levering", "");
        refuses(S("^<html>"), "geen DDAS-levering", "");
        refuses(S("\377\376{\000"), "geen DDAS-levering", "");
        refuses(S("^[]"), "geen DDAS-levering", "");
        refuses(S("{\"type\":\"FeatureCollection\"}"), "onbekend veld", "type");
        refuses(S("{^}"), "geen DDAS-levering", "");
        refuses(S("^\357\273\277{}"), "begint met een BOM", "");
        refuses(S("{\0\"\0s\0"), "geen DDAS-levering", "");
        refuses(S("\0{\0\"\0s"), "geen DDAS-levering", "");
        refuses(S("{^\"teller\" 1}"), "onbekend veld", "teller");
        refuses(S("{\"startdatumLevering\" ^\"2024-01-01\"}"), "geen geldige JSON", "startdatumLevering");
        refuses(S("{\"startdatumLevering\":\"2024-01-01\"^]"), "geen geldige JSON", "startdatumLevering");
        refuses(S("{\"startdatumLevering\":\"2024-01-01\",^}"), "geen geldige JSON", "startdatumLevering");
        refuses(S("{\"startdatumLevering\":^01}"), "geen geldige JSON", "startdatumLevering");
        refuses(S("{\"startdatumLevering\":^\"\\x\"}"), "geen geldige JSON", "startdatumLevering");
        refuses(S("{\"startdatumLevering\":^\"\\ud800\"}"), "geen geldige JSON", "startdatumLevering");
        refuses(S("{\"startdatumLevering\":\"2024-01-01^"), "het bestand is afgebroken", "startdatumLevering");
        refuses(S("{\"codeGegevensleverancier\":\"a^\303(\"}"), "geen geldige UTF-8", "codeGegevensleverancier");
        refuses(S("{\"codeGegevensleverancier\":\"^\355\240\200\"}"), "geen geldige UTF-8", "codeGegevensleverancier");
        refuses(S("{\"codeGegevensleverancier\":^\"a\nb\"}"), "geen geldige JSON", "codeGegevensleverancier");
        refuses(str_fmt(&a, "%.*s^x", STR(help_of(&a, ""))), "geen geldige JSON", "");
}

static void test_bombs(void **state) {
        (void) state;
        char *deep = arena_alloc(&a, 1 << 20), *many = arena_alloc(&a, 1 << 20);
        memset(deep, '[', 1 << 20);
        refuses(str_fmt(&a, "{\"codeGegevensleverancier\":%.*s", 1 << 20, deep), "verkeerd soort waarde", "codeGegevensleverancier");
        refuses(str_fmt(&a, "{\"codeGegevensleverancier\":\"%.*s", 1 << 20, deep), "te lange tekst", "codeGegevensleverancier");
        memset(many, '1', 1 << 20);
        refuses(str_fmt(&a, "{\"leveringen\":[{\"teller\":%.*s", 1 << 20, many), "te lange tekst", "leveringen[0].teller");
}

static struct str help(const char *trajectory) {
        return help_of(&a, trajectory);
}
#define IN "leveringen[0].schuldhulptrajecten[0]"

static void test_what_breaks_the_model(void **state) {
        (void) state;
        refuses(help("{\"gemeentecode\":\"GM0344\",^\"gemeentecode\":\"GM0344\"}"), "een veld staat er twee keer", IN ".gemeentecode");
        refuses(help("{\"gemeentecode\":\"GM0344\",^\"kleur\":{\"a\":[1,2,{}]}}"), "onbekend veld", IN ".kleur");
        refuses(help("{\"startdatum\":\"2024-01-01\"^}"), "verplicht veld ontbreekt", IN ".gemeentecode");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"startdatum\":^\"2024-02-30\"}"), "datum of tijd bestaat niet", IN ".startdatum");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"startdatum\":^\"30-02-2024\"}"), "datum of tijd in een andere vorm", IN ".startdatum");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"einddatum\":^null}"), "verkeerd soort waarde", IN ".einddatum");
        refuses(help("{\"gemeentecode\":^344}"), "verkeerd soort waarde", IN ".gemeentecode");
        refuses(help("{\"gemeentecode\":^\"Utrecht\"}"), "geen gemeentecode", IN ".gemeentecode");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"client\":[^]}"), "te veel of te weinig in een lijst", IN ".client");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"client\":[{},{},{}^]}"), "te veel of te weinig in een lijst", IN ".client");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"client\":[^1]}"), "verkeerd soort waarde", IN ".client[0]");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"intake\":^[]}"), "verkeerd soort waarde", IN ".intake");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"crisisinterventie\":^\"ja\"}}"), "verkeerd soort waarde", IN ".aanmelding.crisisinterventie");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"soort\":^\"Lening\"}}"), "waarde staat niet in de lijst", IN ".oplossing.soort");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"vtlb\":^10.5}}"), "geen heel getal", IN ".oplossing.vtlb");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"vtlb\":^1e300}}"), "getal buiten bereik", IN ".oplossing.vtlb");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"vtlb\":^-99999999999999999999999}}"), "getal buiten bereik", IN ".oplossing.vtlb");
        refuses(help("{\"gemeentecode\":\"GM0344\",\"intake\":{^\"toelatingsbeschikking\":\"2024-01-01\"}}"), "oude versie van DDAS", IN ".intake.toelatingsbeschikking");
        refuses(S("{^\"aanleverperiodeStartdatum\":\"2024-01-01\"}"), "oude versie van DDAS", "aanleverperiodeStartdatum");
        refuses(S("{\"startdatumLevering\":\"2024-01-02\",\"einddatumLevering\":\"2024-01-01\",\"aanleverdatumEnTijd\":^\"2024-01-02T25:00:00Z\",\"codeGegevensleverancier\":\"x\",\"leveringen\":[]}"),
                "datum of tijd bestaat niet", "aanleverdatumEnTijd");
        refuses(S("{\"startdatumLevering\":\"1800-01-01\",\"einddatumLevering\":\"1850-12-31\",\"aanleverdatumEnTijd\":\"1851-01-02T23:00:00Z\",\"codeGegevensleverancier\":\"x\","
                  "\"leveringen\":[{\"teller\":1,\"aanleverende_organisatie\":{}}]^}"), "de periode klopt niet", "");
        refuses(S("{\"leveringen\":[{\"teller\":1,\"aanleverende_organisatie\":{\"contactpersonen\":[{\"email\":^\"geen adres\"}]}}]}"), "geen e-mailadres",
                "leveringen[0].aanleverende_organisatie.contactpersonen[0].email");
        refuses(signals_of(&a, "{\"ID\":\"1\",\"signaalpartner\":{}^}", ""), "verplicht veld ontbreekt", "leveringen[0].vroegsignalen[0].client");
        refuses(signals_of(&a, "", "{\"vroegsignalen\":[{\"ID\":\"1\"},{\"ID\":\"1\"^}]}"), "twee keer hetzelfde in een lijst",
                "leveringen[0].vroegsignaalzaken[0].vroegsignalen[1]");
        refuses(signals_of(&a, "],^\"schuldhulptrajecten\":[", ""), "onbekend veld", "leveringen[0].schuldhulptrajecten");
}

/* Each says where it is, by line and byte, and what to do about it. */
static void test_messages_name_the_line_and_the_mend(void **state) {
        (void) state;
        static const struct {
                const char *text, *mend;
                uint64_t line;
        } mistakes[] = {
                { "{\n\n\"startdatumLevering\":\n\"2023-02-29\"}", "bestaat niet", 4 },
                { "{\"startdatumLevering\":\r\n 20240101}", "hier hoort een datum te staan, als \"2024-12-31\"", 2 },
                { "{\"leveringen\":\n{}}", "hier hoort een lijst te staan", 2 },
                { "{\"leveringen\":[\n{\"teller\":\"1\"}]}", "heel getal te staan, zonder aanhalingstekens", 2 },
                { "{\"leveringen\":[{\"teller\":\nNaN}]}", "dit is geen waarde in JSON", 2 },
                { "{\"leveringen\":[{\"schuldhulptrajecten\":[{\"oplossing\":{\n\"soort\":\"saneringskrediet\"}}]}]}",
                  "Betalingsregeling, Herfinanciering, Saneringskrediet, Schuldbemiddeling, 0%-aanbod", 2 },
                { "{\"leveringen\":[{\"vroegsignaalzaken\":[{\"resultaat\":\"Geen\"}]}]}", "gebruik een waarde uit het model", 1 },
                { "\n\ncode;startdatum\n", "het begint met {", 3 },
        };
        for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
                const struct ddas_mistake *m = ddas_mistake(read_text(&a, str_of(mistakes[i].text)).d, false, 0);
                assert_non_null(m);
                if (!strstr(m->reason, mistakes[i].mend))
                        fail_msg("%s: %s", mistakes[i].text, m->reason);
                assert_int_equal(m->line, mistakes[i].line);
        }
}

/* Lines are counted on where one buffer ends and the next begins. */
static void test_lines_of_a_long_file(void **state) {
        (void) state;
        struct buf b = { .max = (size_t) 1 << 20 };
        buf_str(&b, S("{"));
        for (int i = 0; i < 500000; i++)
                buf_char(&b, '\n');
        buf_str(&b, S("\"kleur\":1}"));
        struct str text = str_dup(&a, buf_view(&b));
        buf_done(&b);
        assert_int_equal(ddas_mistake(read_text(&a, text).d, false, 0)->line, 500001);
        assert_int_equal(ddas_mistake(read_whole(&a, &text, 1, 4099, DDAS_MEMORY_MIN).d, false, 0)->line, 500001);
}

/* The schema lets these pass, and so do we. */
static void test_what_is_allowed(void **state) {
        (void) state;
        static const char *const fine[] = {
                "{\"gemeentecode\":\"Onbekend\"}", "{\"gemeentecode\":\"GM\\u0030344\"}", "{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"vtlb\":1e3}}",
                "{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"vtlb\":100.000000000000000000000000}}", "{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"vtlb\":1.5e1}}",
                "{\"gemeentecode\":\"GM0344\",\"intake\":{\"van ons\":null}}", "{\"gemeentecode\":\"GM0344\",\"omschrijving\":\"na\303\257ef \\\"zo\\\" \\ud83d\\ude00\"}",
                "{\"gemeentecode\":\"GM0344\",\"einddatum\":\"2999-12-31\"}",
        };
        for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
                struct outcome o = read_text(&a, help(fine[i]));
                if (ddas_count(o.d, DDAS_ERRORS))
                        fail_msg("%s: %s", fine[i], ddas_mistake(o.d, false, 0)->reason);
        }
        assert_int_equal(ddas_count(read_text(&a, help("")).d, DDAS_ERRORS), 0);
}

static void warns(const char *trajectory, const char *kind) {
        struct outcome o = read_text(&a, help(trajectory));
        assert_int_equal(ddas_count(o.d, DDAS_ERRORS), 0);
        for (uint32_t i = 0; ; i++) {
                const struct ddas_mistake *m = ddas_mistake(o.d, true, i);
                if (!m)
                        fail_msg("no warning: %s", kind);
                if (strcmp(kind_of(o.d, m), kind) == 0)
                        return;
        }
}

static void test_warnings(void **state) {
        (void) state;
        warns("{\"gemeentecode\":\"GM001\"}", "gemeentecode in een andere vorm");
        warns("{\"gemeentecode\":\"344\"}", "gemeentecode in een andere vorm");
        warns("{\"gemeentecode\":\"GM0344\",\"intake\":{\"kleur\":1}}", "veld dat DDAS niet kent");
        warns("{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-05-01\",\"einddatum\":\"2024-04-01\"}", "einde ligt voor het begin");
        warns("{\"gemeentecode\":\"GM0344\",\"schuldregeling\":{\"dwangakkoord\":true}}", "dwangakkoord zonder toekenning");
        warns("{\"gemeentecode\":\"GM0344\",\"einddatum\":\"2024-04-01\",\"uitstroom\":{\"datum\":\"2024-04-02\"}}", "einddatums wijken van elkaar af");
        warns("{\"gemeentecode\":\"GM0344\",\"client\":[{\"Burgerservicenummer\":\"999999999\"}]}", "geen herkenbare client");
        warns("{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2019-01-01\",\"einddatum\":\"2019-04-01\"}", "traject buiten de periode van de levering");
        warns("{\"gemeentecode\":\"GM0344\",\"totaalSchuldbedragBijAanvangSchuld\":-5}", "negatief bedrag");
}

/* All mistakes are counted, a hundred are kept, and no text of a client is among them. */
static void test_mistakes_are_bounded_and_tell_no_names(void **state) {
        (void) state;
        struct buf b = { 0 };
        for (int i = 0; i < 500; i++)
                buf_fmt(&b, "%s{\"client\":[{\"Geslachtsaanduiding\":\"Jansen\",\"Burgerservicenummer\":\"123456782\"}]}", i ? "," : "");
        buf_char(&b, '\0');
        struct outcome o = read_text(&a, help(b.p));
        buf_done(&b);
        assert_int_equal(ddas_count(o.d, DDAS_ERRORS), 500);
        assert_non_null(ddas_mistake(o.d, false, DDAS_MISTAKES - 1));
        assert_null(ddas_mistake(o.d, false, DDAS_MISTAKES));
        for (int soft = 0; soft < 2; soft++)
                for (uint32_t i = 0; i < DDAS_MISTAKES; i++) {
                        const struct ddas_mistake *m = ddas_mistake(o.d, soft, i);
                        assert_null(strstr(m->reason, "Jansen"));
                        assert_null(strstr(m->reason, "123456782"));
                }
}

#define TEST(f) cmocka_unit_test_teardown(f, empty)

int main(void) {
        const struct CMUnitTest tests[] = { TEST(test_what_is_no_json), TEST(test_bombs), TEST(test_what_breaks_the_model), TEST(test_what_is_allowed),
                                            TEST(test_messages_name_the_line_and_the_mend), TEST(test_lines_of_a_long_file),
                                            TEST(test_warnings), TEST(test_mistakes_are_bounded_and_tell_no_names) };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
