/* Files: every wrong cell is told by its place, and nothing is taken from a file with one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <cmocka.h>
#include "internal.h"
#include "sheet.h"

static struct arena a;
static struct visit v = { .place = { .code = S_INIT("GM0034"), .name = S_INIT("Almere") }, .period = 20253 };

static int make(void **state) {
        (void) state;
        *vec_push(&a, &v.asked.figures) = (struct asked_figure) { .indicator = S("SHV01"), .detail = S(""), .name = S("Aanmeldingen"), .denominator = S("") };
        *vec_push(&a, &v.asked.figures) = (struct asked_figure) { .indicator = S("SHV03"), .detail = S(""), .name = S("Binnen vier weken"), .denominator = S("noemer"), .is_share = true };
        *vec_push(&a, &v.asked.figures) = (struct asked_figure) { .indicator = S("VS03"), .detail = S("meervoudig"), .name = S("Soort melding"), .denominator = S("noemer") };
        *vec_push(&a, &v.asked.choices) = (struct asked_choice) { .indicators = S(" SHV03 "), .code = S("gesprek"), .key = S("SHV03-gesprek"), .question = S("Wat telt?"),
                                                                  .answer = { S("intake"), S("telefoon") }, .answers = 2 };
        return 0;
}

static struct filled f;
static struct wrongs w;

static void read_file(struct str bytes) {
        struct table t;
        f = filled_new(&a, &v.asked);
        table_read(&a, bytes, &t, &w);
        table_fill(&a, &t, &v, false, &f, &w);
}

static void is_wrong(const char *place, const char *reason) {
        for (size_t i = 0; i < w.n; i++)
                if (str_eq(w.v[i].place, str_of(place)) && str_find(w.v[i].reason, str_of(reason)) < w.v[i].reason.n)
                        return;
        fail_msg("not told: %s, %s (%zu told; first: %.*s: %.*s)", place, reason, w.n, w.n ? (int) w.v[0].place.n : 0, w.n ? w.v[0].place.p : "",
                 w.n ? (int) w.v[0].reason.n : 0, w.n ? w.v[0].reason.p : "");
}

#define HEADER "gemeentecode;periode;indicator;detail;teller;noemer;toelichting;keuzes\r\n"

static void a_good_file(void **state) {
        (void) state;
        read_file(S("\xef\xbb\xbf" HEADER "GM0034;2025-Q3;SHV01;;1.204;;;\r\nGM0034;2025-Q3;shv03;;18;20;\"Nieuw; systeem\";gesprek=intake\r\nGM0034;20253;VS03;meervoudig;;;;\r\n"));
        if (w.n)
                fail_msg("%.*s: %.*s", STR(w.v[0].place), STR(w.v[0].reason));
        assert_true(f.now[0].x == 1204 && isnan(f.now[0].n));
        assert_true(f.now[1].x == 18 && f.now[1].n == 20);
        assert_true(isnan(f.now[2].x));
        assert_true(str_eq(f.words[1], S("Nieuw; systeem")));
        assert_true(str_eq(f.answer[0], S("intake")));
        read_file(S("gemeentecode,indicator,periode,volledig,detail,teller,noemer,som,n\r\nGM0034,SHV03,2025-Q3,ja,,,,400,20\r\n"));
        assert_int_equal(w.n, 0);
        assert_true(f.now[1].x == 400 && f.now[1].n == 20);
}

static void every_wrong_cell_at_once(void **state) {
        (void) state;
        read_file(S(HEADER "GM001;2025-Q3;SHV01;;12;;;\r\n" "GM0599;2025-Q3;SHV01;;x;;;\r\n" "GM0034;2025-5;SHV99;;1;;;\r\n" "GM0034;2024-1;VS03;drievoudig;1;2;;\r\n"
                    "GM0034;2025-Q3;SHV03;;1e3;2;Bel 06-12345678;\"gesprek=nooit;iets=ja\"\r\n" "GM0034;2025-Q3\r\n"));
        is_wrong("regel 2, kolom gemeentecode", "geen code van een gemeente");
        is_wrong("regel 3, kolom gemeentecode", "u levert voor Almere");
        is_wrong("regel 3, kolom indicator", "twee keer");
        is_wrong("regel 3, kolom teller", "geen getal");
        is_wrong("regel 4, kolom periode", "geen periode");
        is_wrong("regel 4, kolom indicator", "vragen wij in deze periode niet");
        is_wrong("regel 5, kolom periode", "1e kwartaal 2024");
        is_wrong("regel 5, kolom detail", "drievoudig");
        is_wrong("regel 6, kolom teller", "geen getal");
        is_wrong("regel 6, kolom keuzes", "geen antwoord");
        is_wrong("regel 6, kolom keuzes", "hoort niet bij");
        is_wrong("regel 7", "ander aantal kolommen");
}

static void broken_files(void **state) {
        (void) state;
        read_file(S(""));
        assert_int_equal(w.n, 1);
        read_file(S("gemeentecode;periode\r\nGM0034;2025-Q3\r\n"));
        is_wrong("De eerste regel", "indicator");
        is_wrong("De eerste regel", "teller");
        read_file(S(HEADER "GM0034;2025-Q3\r\n"));
        is_wrong("regel 2", "ander aantal kolommen");
        read_file(S(HEADER "GM0034;2025-Q3;SHV01;;\xff;;;\r\n"));
        is_wrong("Het bestand", "geen UTF-8");
        read_file(S(HEADER "GM0034;2025-Q3;SHV01;;\"12;;;\r\n"));
        assert_true(w.n > 0);
        read_file(S("\xd0\xcf\x11\xe0 oud"));
        is_wrong("Het bestand", ".xls");
        read_file(S("gemeentecode;periode;indicator;teller;teller\r\n"));
        is_wrong("De eerste regel", "twee keer");
        read_file(S("PK\3\4 kapot"));
        is_wrong("Het bestand", "beschadigd");
        _cleanup_(buf_done) struct buf b = { 0 };
        buf_str(&b, S(HEADER));
        for (int i = 0; i < TABLE_ROWS_MAX + 1; i++)
                buf_str(&b, S("GM0034;2025-Q3;SHV01;;1;;;\r\n"));
        read_file(buf_view(&b));
        is_wrong("Het bestand", "meer dan");
}

/* What cannot hold of the good rows is told with what cannot be read of the others; empty lines are no rows. */
static void all_at_once(void **state) {
        (void) state;
        read_file(S("sep=;\r\n" HEADER "\r\nGM0034;2025-Q3;SHV01;;-4;;;\r\n;;;;;;;\r\nGM0034;2025-Q3;SHV03;;9;8;;gesprek=intake\r\nGM0034;2025-Q3;SHV99;;vier;;;\r\n\r\n"));
        is_wrong("regel 4, kolom teller", "kleiner dan 0");
        is_wrong("regel 6, kolom teller", "groter dan de noemer");
        is_wrong("regel 7, kolom indicator", "SHV99");
        is_wrong("regel 7, kolom teller", "geen getal");
        assert_int_equal(w.n, 4);
        read_file(S(HEADER "GM0034;2025-Q3;SHV03;;negen;8;;gesprek=intake\r\n"));
        is_wrong("regel 2, kolom teller", "geen getal");
        assert_int_equal(w.n, 1);               /* and not that the numerator is missing */
}

static void files_of_other_kinds(void **state) {
        static const struct { struct str bytes; const char *reason; } files[] = {
                { S_INIT("{\"startdatumLevering\":\"2024-01-01\"}"), "Stuur dat nooit op" }, { S_INIT("\xef\xbb\xbf <html>"), "webpagina" }, { S_INIT("%PDF-1.7"), "PDF" },
                { S_INIT("\xff\xfeg\0e\0"), "UTF-16" }, { S_INIT("g\0e\0m\0"), "UTF-16" }, { S_INIT(" \r\n"), "leeg" }, { S_INIT("gemeentecode;\xe2\x82"), "geen UTF-8" },
                { S_INIT("\xd0\xcf\x11\xe0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "wachtwoord" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
                read_file(files[i].bytes);
                is_wrong("Het bestand", files[i].reason);
                assert_int_equal(w.n, 1);
        }
        read_file(S(HEADER "GM0034;2025-Q3;SHV01;;\"12;;;\r\n"));
        is_wrong("regel 2", "aanhalingstekens niet");
        _cleanup_(buf_done) struct buf b = { .max = 4 << 20 };
        for (int i = 0; i < 1000000; i++)
                buf_str(&b, S("a;"));
        read_file(buf_view(&b));
        is_wrong("De eerste regel", "meer dan 64");
}

static void a_formula_is_refused_by_its_cell(void **state) {
        const struct sheet_value cells[] = {
                { .as = SHEET_PUT_TEXT, .text = S("gemeentecode") }, { .as = SHEET_PUT_TEXT, .text = S("periode") }, { .as = SHEET_PUT_TEXT, .text = S("indicator") },
                { .as = SHEET_PUT_TEXT, .text = S("teller") }, { .as = SHEET_PUT_TEXT, .text = S("GM0034") }, { .as = SHEET_PUT_TEXT, .text = S("2025-Q3") },
                { .as = SHEET_PUT_TEXT, .text = S("SHV01") }, { .as = SHEET_PUT_NUMBER, .number = 12 } };
        static const double width[] = { 9, 9, 9, 9 };
        const struct sheet_page page = { "Cijfers", width, 4, 2, cells };
        _cleanup_(buf_done) struct buf b = { 0 };
        (void) state;
        assert_int_equal(sheet_make(&a, &page, 1, &b), OK);
        read_file(buf_view(&b));
        assert_int_equal(w.n, 0);
        assert_true(f.now[0].x == 12);
        struct table_row row = { .place = { [COLUMN_NUMERATOR] = S("D2") }, .is_formula = { [COLUMN_NUMERATOR] = true } };
        for (int i = 0; i < TABLE_COLUMNS; i++)
                row.text[i] = S("");
        row.text[COLUMN_REGION] = S("GM0034"), row.text[COLUMN_PERIOD] = S("2025-Q3"), row.text[COLUMN_INDICATOR] = S("SHV01");
        const struct table t = { &row, 1, 1 };
        table_fill(&a, &t, &v, false, &f, &w);
        is_wrong("D2", "formule");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_good_file), cmocka_unit_test(every_wrong_cell_at_once), cmocka_unit_test(broken_files), cmocka_unit_test(all_at_once), cmocka_unit_test(files_of_other_kinds), cmocka_unit_test(a_formula_is_refused_by_its_cell),
        };
        int failed = cmocka_run_group_tests_name("delivery-table", tests, make, NULL);
        arena_done(&a);
        return failed;
}
