/* Spreadsheets: what is made is read back; what strangers send is read within limits, or refused with a reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <cmocka.h>
#include <zip.h>
#include "sheet.h"

static struct arena a;

struct part { const char *name; struct str bytes; };

/* A ZIP archive of PARTS, the last of which has no name. */
static struct str archive(const struct part *parts) {
        zip_error_t error;
        zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, &error);
        assert_non_null(to);
        zip_source_keep(to);
        zip_t *z = zip_open_from_source(to, ZIP_TRUNCATE, &error);
        assert_non_null(z);
        for (; parts->name; parts++)
                assert_true(zip_file_add(z, parts->name, zip_source_buffer(z, parts->bytes.p, parts->bytes.n, 0), ZIP_FL_ENC_UTF_8) >= 0);
        assert_int_equal(zip_close(z), 0);
        assert_int_equal(zip_source_open(to), 0);
        zip_source_seek(to, 0, SEEK_END);
        size_t n = (size_t) zip_source_tell(to);
        char *bytes = arena_alloc(&a, n);
        zip_source_seek(to, 0, SEEK_SET);
        assert_int_equal(zip_source_read(to, bytes, n), n);
        zip_source_close(to);
        zip_source_free(to);
        return (struct str) { bytes, n };
}

#define WORKBOOK { "xl/workbook.xml", S_INIT("<workbook xmlns:r='urn:r'><sheets><sheet name='Cijfers' r:id='rId7'/></sheets></workbook>") }, \
        { "xl/_rels/workbook.xml.rels", S_INIT("<Relationships><Relationship Id='rId7' Target='worksheets/sheet1.xml'/></Relationships>") }

static struct str book(const char *cells, const char *strings) {
        const struct part parts[] = { WORKBOOK, { "xl/worksheets/sheet1.xml", str_of(cells) },
                                      { strings ? "xl/sharedStrings.xml" : NULL, str_of(strings) }, { NULL, S_INIT("") } };
        return archive(parts);
}

static struct sheet read_well(struct str bytes) {
        struct sheet s;
        struct str why = S("");
        if (sheet_read(&a, bytes, &s, &why) != OK)
                fail_msg("refused: %.*s", STR(why));
        return s;
}

static void is_refused(struct str bytes, const char *because) {
        struct sheet s;
        struct str why = S("");
        assert_int_equal(sheet_read(&a, bytes, &s, &why), ERR_INVALID);
        if (str_find(why, str_of(because)) == why.n)
                fail_msg("refused because: %.*s", STR(why));
}

static void cell_is(const struct sheet_cell *c, const char *place, enum sheet_kind kind, const char *text) {
        assert_true(str_eq(sheet_place(&a, c->row, c->column), str_of(place)));
        assert_int_equal(c->kind, kind);
        assert_true(str_eq(c->text, str_of(text)));
}

static void what_is_made_is_read_back(void **state) {
        const double width[] = { 10, 30 };
        const struct sheet_value v[] = { { .as = SHEET_PUT_HEADING, .text = S("indicator") }, { .as = SHEET_PUT_HEADING, .text = S("teller") },
                                         { .as = SHEET_PUT_TEXT, .text = S("<é&> =1+1") }, { .as = SHEET_PUT_NUMBER, .number = 12.5 },
                                         { .as = SHEET_PUT_TEXT, .text = S("leeg") }, { .as = SHEET_PUT_NUMBER, .number = (double) NAN } };
        const struct sheet_page pages[] = { { "Cijfers", width, 2, 3, v }, { "Uitleg", width, 2, 1, v } };
        _cleanup_(buf_done) struct buf b = { 0 };
        (void) state;
        assert_int_equal(sheet_make(&a, pages, 2, &b), OK);
        struct sheet s = read_well(buf_view(&b));
        assert_int_equal(s.n, 5);
        cell_is(&s.v[0], "A1", SHEET_TEXT, "indicator");
        cell_is(&s.v[2], "A2", SHEET_TEXT, "<é&> =1+1");
        cell_is(&s.v[3], "B2", SHEET_NUMBER, "12.5");
        cell_is(&s.v[4], "A3", SHEET_TEXT, "leeg");
}

static void all_ways_to_write_a_text(void **state) {
        struct sheet s = read_well(book("<worksheet><sheetData><row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='s'><v>1</v></c>"
                                        "<c r='D2' t='inlineStr'><is><t>in </t><t>lijn</t></is></c><c t='b'><v>1</v></c><c r='F2'/><c r='G2'><v> </v></c>"
                                        "</row></sheetData></worksheet>",
                                        "<sst><si><t>een</t></si><si><r><t>twee</t></r><rPh><t>weg</t></rPh><r><t>drie</t></r></si></sst>"));
        (void) state;
        assert_int_equal(s.n, 4);
        cell_is(&s.v[0], "A2", SHEET_TEXT, "een");
        cell_is(&s.v[1], "C2", SHEET_TEXT, "tweedrie");
        cell_is(&s.v[2], "D2", SHEET_TEXT, "in lijn");
        cell_is(&s.v[3], "E2", SHEET_OTHER, "");
}

static void a_formula_has_a_place_and_no_value(void **state) {
        struct sheet s = read_well(book("<worksheet><sheetData><row r='1'><c r='A1'><f>1+1</f><v>2</v></c><c r='B1' t='str'><v>nep</v><f>HYPERLINK(\"x\")</f></c>"
                                        "<c r='C1'><v>3</v></c></row></sheetData></worksheet>", NULL));
        (void) state;
        assert_int_equal(s.n, 3);
        cell_is(&s.v[0], "A1", SHEET_FORMULA, "");
        cell_is(&s.v[1], "B1", SHEET_FORMULA, "");
        cell_is(&s.v[2], "C1", SHEET_NUMBER, "3");
}

#define ONE_CELL "<worksheet><sheetData><row r='1'><c r='A1'><v>3</v></c></row></sheetData></worksheet>"

static void entities_are_never_followed(void **state) {
        (void) state;
        is_refused(book("<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><worksheet><sheetData><row r='1'><c r='A1' t='str'>"
                        "<v>&b;</v></c></row></sheetData></worksheet>", NULL), "verwijzingen");
        is_refused(book("<!DOCTYPE w SYSTEM 'file:///etc/passwd'>" ONE_CELL, NULL), "verwijzingen");
        is_refused(book(ONE_CELL, "<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><sst><si><t>&x;</t></si></sst>"), "verwijzingen");
}

static void limits(void **state) {
        (void) state;
        is_refused(book("<worksheet><sheetData><row r='2001'><c r='A2001'><v>1</v></c></row></sheetData></worksheet>", NULL), "meer rijen");
        is_refused(book("<worksheet><sheetData><row r='1'><c r='AA1'><v>1</v></c></row></sheetData></worksheet>", NULL), "meer rijen");
        struct str long_text = str_fmt(&a, "<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>%04001d</v></c></row></sheetData></worksheet>", 1);
        is_refused(book(long_text.p, NULL), "meer rijen");
        is_refused(book("<worksheet><sheetData><row r='1'><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row></sheetData></worksheet>", NULL), "beschadigd");
        is_refused(book("<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>4</v></c></row></sheetData></worksheet>", "<sst/>"), "beschadigd");
        is_refused((struct str) { arena_alloc(&a, SHEET_FILE_MAX + 1), SHEET_FILE_MAX + 1 }, "te groot");
}

static void bombs(void **state) {
        struct str zeros = { arena_alloc(&a, 20 << 20), 20 << 20 };
        struct part parts[SHEET_PARTS_MAX + 2] = { WORKBOOK, { "xl/worksheets/sheet1.xml", str_sub(zeros, 0, SHEET_PART_MAX + 1) } };
        (void) state;
        is_refused(archive(parts), "te groot");
        parts[2].bytes = str_sub(zeros, 0, 1 << 20);            /* within the size, and packed far too well */
        is_refused(archive(parts), "te groot");
        parts[2].bytes = S(ONE_CELL);
        for (int i = 3; i <= SHEET_PARTS_MAX; i++)
                parts[i] = (struct part) { str_fmt(&a, "xl/%d.xml", i).p, S("x") };
        parts[SHEET_PARTS_MAX + 1] = (struct part) { NULL, S("") };
        is_refused(archive(parts), "te groot");
}

static void what_does_not_belong_in_a_sheet(void **state) {
        (void) state;
        is_refused(archive((struct part[]) { WORKBOOK, { "xl/worksheets/sheet1.xml", S(ONE_CELL) }, { "xl/vbaProject.bin", S("macro") }, { NULL, S("") } }), "macro");
        is_refused(archive((struct part[]) { WORKBOOK, { "xl/worksheets/sheet1.xml", S(ONE_CELL) }, { "xl/embeddings/nog.xlsx", S("PK") }, { NULL, S("") } }), "ander bestand");
        assert_int_equal(read_well(archive((struct part[]) { WORKBOOK, { "xl/worksheets/sheet1.xml", S(ONE_CELL) },
                                                                 { "xl/printerSettings/printerSettings1.bin", S("A4") }, { NULL, S("") } })).n, 1);
        is_refused(S("indicator;teller"), "geen Excel-bestand");
        is_refused(archive((struct part[]) { { "word/document.xml", S("<w/>") }, { NULL, S("") } }), "ZIP-bestand, geen Excel-bestand");
        is_refused(archive((struct part[]) { { "mimetype", S("application/vnd.oasis.opendocument.spreadsheet") }, { "content.xml", S("<a/>") }, { NULL, S("") } }), ".ods");
        is_refused(book("<worksheet><sheetData><row r='1'>", NULL), "beschadigd");
        is_refused(book("<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>\xff\xfe</v></c></row></sheetData></worksheet>", NULL), "beschadigd");
}

/* Every place of FROM becomes TO, which is as long. */
static struct str patched(struct str s, const char *from, const char *to) {
        char *p = (char *) str_dup(&a, s).p;
        for (size_t i = 0; i + strlen(from) <= s.n; i++)
                if (!memcmp(p + i, from, strlen(from)))
                        memcpy(p + i, to, strlen(to));
        return (struct str) { p, s.n };
}

static void two_parts_of_one_name(void **state) {
        struct str bytes = archive((struct part[]) { WORKBOOK, { "xl/worksheets/sheet1.xml", S(ONE_CELL) }, { "xl/worksheets/sheet2.xml", S(ONE_CELL) }, { NULL, S("") } });
        (void) state;
        assert_int_equal(read_well(bytes).n, 1);
        is_refused(patched(bytes, "sheet2.xml", "sheet1.xml"), "geen Excel-bestand");
}

static void a_password(void **state) {
        struct str bytes = book(ONE_CELL, NULL);
        char *p = (char *) bytes.p;
        (void) state;
        for (size_t i = 0; i + 10 < bytes.n; i++)
                if (!memcmp(p + i, "PK\1\2", 4))
                        p[i + 8] |= 1;
        is_refused(bytes, "wachtwoord");
}

/* Cut off anywhere it is refused, and one changed byte gives cells or a reason, never a fault. */
static void cut_off_and_damaged(void **state) {
        struct str bytes = book(ONE_CELL, "<sst><si><t>een</t></si></sst>");
        (void) state;
        for (size_t n = 0; n < bytes.n; n += 3)
                is_refused(str_sub(bytes, 0, n), "");
        for (size_t i = 0; i < bytes.n; i++) {
                struct sheet s;
                struct str why = S("");
                char *p = (char *) str_dup(&a, bytes).p;
                p[i] = (char) (p[i] ^ 0x55);
                enum err e = sheet_read(&a, (struct str) { p, bytes.n }, &s, &why);
                assert_true(e == OK || (e == ERR_INVALID && why.n));
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_made_is_read_back), cmocka_unit_test(all_ways_to_write_a_text), cmocka_unit_test(a_formula_has_a_place_and_no_value),
                cmocka_unit_test(entities_are_never_followed), cmocka_unit_test(limits), cmocka_unit_test(bombs), cmocka_unit_test(what_does_not_belong_in_a_sheet),
                cmocka_unit_test(two_parts_of_one_name), cmocka_unit_test(a_password), cmocka_unit_test(cut_off_and_damaged),
        };
        int failed = cmocka_run_group_tests_name("sheet", tests, NULL, NULL);
        arena_done(&a);
        return failed;
}
