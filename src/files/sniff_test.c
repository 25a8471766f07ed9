/* What a file is, and which files are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "samples.h"
#include "sniff.h"
#include "zipdir.h"

static struct arena a;

/* "" when BYTES are taken in as CODE. */
static const char *told(struct str bytes, const char *name, const char *code) {
        static char text[600];
        const struct file_kind *k = NULL;
        struct str reason;
        /* a copy of the exact size lets the sanitizer see a byte read too many */
        char *copy = malloc(bytes.n ? bytes.n : 1);
        assert_non_null(copy);
        memcpy(copy, bytes.p, bytes.n);
        bool good = sniff(&a, (struct str) { copy, bytes.n }, str_of(name), &k, &reason);
        snprintf(text, sizeof text, "%.*s", STR(reason));
        if (good)
                assert_string_equal(k->code, code);
        assert_true(good == (text[0] == '\0'));
        free(copy);
        return text;
}

#define takes(bytes, name, code) assert_string_equal(told(bytes, name, code), "")
#define refuses(bytes, name, why) do { const char *t_ = told(bytes, name, ""); \
        if (!strstr(t_, why)) \
                fail_msg("%s: \"%s\" does not say \"%s\"", name, t_, why); } while (0)

static void every_kind_is_known_by_its_bytes(void **state) {
        static const char *const office[] = { "docx", "xlsx", "pptx", "odt", "ods", "odp" };
        (void) state;
        takes(sample_png(&a, 4, 4), "foto.png", "png");
        takes(sample_jpeg(&a, 16, 16, 1), "foto.jpg", "jpeg");
        takes(sample_jpeg(&a, 16, 16, 1), "FOTO.met.punten.JPEG", "jpeg");
        takes(sample_webp(&a, 4, 4, true), "foto.webp", "webp");
        takes(sample_pdf(&a), "verslag.pdf", "pdf");
        for (size_t i = 0; i < 6; i++)
                takes(sample_office(&a, office[i], (struct sample_part) { 0 }), str_fmt(&a, "stuk.%s", office[i]).p, office[i]);
        takes(S("naam;aantal\r\n\"caf\xc3\xa9\";3\r\n"), "cijfers.csv", "csv");
        takes(S("Schulden < 500 euro & meer\n"), "notitie.txt", "txt");
        takes(S("caf\xe9 in de tekens van Windows"), "oud.txt", "txt");
}

static void media_type_of_text_tells_its_characters(void **state) {
        (void) state;
        struct str t = sniff_media_type(file_kind_of(S("txt")), S("caf\xe9"));
        assert_true(str_eq(t, S("text/plain; charset=windows-1252")));
        t = sniff_media_type(file_kind_of(S("csv")), S("caf\xc3\xa9"));
        assert_true(str_eq(t, S("text/csv; charset=utf-8")));
        assert_true(str_eq(sniff_media_type(file_kind_of(S("png")), S("")), S("image/png")));
}

static void name_must_fit(void **state) {
        (void) state;
        refuses(sample_png(&a, 4, 4), "foto.jpg", "eindigt niet op .png, maar het is PNG");
        refuses(sample_jpeg(&a, 16, 16, 1), "foto.png", "eindigt niet op .jpg");
        refuses(sample_pdf(&a), "verslag", "eindigt niet op .pdf");
        refuses(sample_pdf(&a), "verslag.pdf.exe", "eindigt niet op .pdf");
        refuses(sample_office(&a, "docx", (struct sample_part) { 0 }), "stuk.xlsx", "eindigt niet op .docx");
        refuses(S("tekst"), "tekst.pdf", "nemen wij niet aan");
        refuses(S("tekst"), "tekst", "nemen wij niet aan");
}

static void what_we_do_not_take(void **state) {
        static const struct { struct str bytes; const char *name, *why; } cases[] = {
                { S_INIT(""), "leeg.pdf", "leeg" },
                { S_INIT("GIF89a\1\0\1\0"), "a.gif", "als PNG" },
                { S_INIT("GIF89a\1\0\1\0"), "a.png", "als PNG" },
                { S_INIT("\0\0\0\x18" "ftypheic"), "a.heic", "als JPEG" },
                { S_INIT("\0\0\0\x18" "ftypisom"), "a.mp4", "film" },
                { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.doc", "wachtwoord" },
                { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.docx", "wachtwoord" },
                { S_INIT("{\\rtf1 }"), "a.rtf", "RTF" },
                { S_INIT("MZ\x90\0"), "a.pdf", "programma" },
                { S_INIT("#!/bin/sh\n"), "a.txt", "programma" },
                { S_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "a.svg", "SVG" },
                { S_INIT("<?xml version=\"1.0\"?>\n<svg onload=\"x()\"/>"), "a.txt", "SVG" },
                { S_INIT("<!doctype html><p>x"), "a.html", "HTML" },
                { S_INIT("\xef\xbb\xbf<html>"), "a.txt", "HTML" },
                { S_INIT("gewone tekst en dan <script>alert(1)</script>"), "a.csv", "HTML" },
                { S_INIT("GIF89 met spaties %PDF-1.4 erin"), "a.txt", "niet aan" },
                { S_INIT("eerst tekst\n%PDF-1.4\n%%EOF"), "a.pdf", "Voor het begin" },
                { S_INIT("tekst met \0 erin"), "a.txt", "niet aan" },
                { S_INIT("\xff\xfe" "a\0b\0"), "a.csv", "niet aan" },
                { S_INIT("%PDF-1.7\nzonder einde"), "a.pdf", "niet compleet" },
                { S_INIT("%PDF-9.9\n%%EOF"), "a.pdf", "geen goede PDF" },
                { S_INIT("%PDF-1.7\n%%EOF\n<script>"), "a.pdf", "Achter het einde" },
                { S_INIT("%PDF-1.7\n%%EOF\0\0x"), "a.pdf", "Achter het einde" },
                { S_INIT("PK\3\4 en verder niets"), "a.docx", "beschadigd" },
                { S_INIT("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), "a.zip", "beschadigd" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                refuses(cases[i].bytes, cases[i].name, cases[i].why);
        char *far = arena_alloc(&a, 3000);              /* browsers look at the start only, and so do we */
        memset(far, 'x', 3000);
        memcpy(far + 2000, "<b>", 3);
        takes(((struct str) { far, 3000 }), "lang.txt", "txt");
}

/* One file that two programs read in two ways. */
static void polyglots(void **state) {
        struct str zip = sample_zip(&a, (struct sample_part[]) { { .name = "a.class", .bytes = S("x") } }, 1), pdf = sample_pdf(&a);
        struct str docx = sample_office(&a, "docx", (struct sample_part) { 0 });
        (void) state;
        refuses(zip, "pakket.zip", "ZIP-bestand nemen wij niet aan");
        refuses(zip, "pakket.docx", "ZIP-bestand nemen wij niet aan");
        refuses(sample_join(&a, S("GIF89a"), zip), "gifar.gif", "PNG");
        refuses(sample_join(&a, S("GIF89a"), zip), "gifar.docx", "PNG");
        refuses(sample_join(&a, pdf, zip), "a.pdf", "Achter het einde");
        refuses(sample_join(&a, sample_join(&a, pdf, zip), S("%%EOF")), "a.pdf", "verstopt");
        refuses(sample_join(&a, S("voorop"), docx), "a.docx", "niet aan");
        refuses(sample_join(&a, S("PK\3\4voorop"), docx), "a.docx", "beschadigd");
        refuses(sample_join(&a, docx, S("achteraan")), "a.docx", "beschadigd");
        refuses(sample_join(&a, docx, docx), "a.docx", "beschadigd");
}

static void office_files_that_do_something(void **state) {
        static const struct { const char *code; struct sample_part extra; const char *why; } cases[] = {
                { "docx", { .name = "word/vbaProject.bin", .bytes = S_INIT("x") }, "macro" },
                { "xlsx", { .name = "XL/VBAPROJECT.BIN", .bytes = S_INIT("x") }, "macro" },
                { "pptx", { .name = "ppt/activeX/activeX1.bin", .bytes = S_INIT("x") }, "macro" },
                { "odt", { .name = "Basic/Standard/Module1.xml", .bytes = S_INIT("x") }, "macro" },
                { "ods", { .name = "Scripts/python/a.py", .bytes = S_INIT("x") }, "macro" },
                { "docx", { .name = "word/embeddings/rekening.exe", .bytes = S_INIT("MZ") }, "programma" },
                { "docx", { .name = "word/embeddings/diep.zip", .bytes = S_INIT("PK") }, "ingepakt bestand" },
                { "docx", { .name = "EncryptedPackage", .bytes = S_INIT("x") }, "wachtwoord" },
                { "docx", { .name = "word/geheim.xml", .bytes = S_INIT("x"), .flags = 1 }, "wachtwoord" },
                { "odt", { .name = "META-INF/manifest.xml", .bytes = S_INIT("<manifest:encryption-data/>"), .deflate = true }, "wachtwoord" },
                { "docx", { .name = "../../etc/passwd", .bytes = S_INIT("x") }, "beschadigd" },
                { "docx", { .name = "/etc/passwd", .bytes = S_INIT("x") }, "beschadigd" },
                { "docx", { .name = "word/document.xml", .bytes = S_INIT("twee van een naam") }, "beschadigd" },
                { "docx", { .name = "word/a.xml", .bytes = S_INIT("x"), .local_name = "word/b.xml" }, "beschadigd" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                refuses(sample_office(&a, cases[i].code, cases[i].extra), str_fmt(&a, "stuk.%s", cases[i].code).p, cases[i].why);
        /* a chart with its table is not a program */
        takes(sample_office(&a, "pptx", (struct sample_part) { .name = "ppt/embeddings/Tabel.xlsx", .bytes = S("PK") }), "a.pptx", "pptx");
}

static void archives_that_grow(void **state) {
        size_t n = 30 << 20;
        struct str zeros = { arena_alloc(&a, n), n };
        struct sample_part bomb = { .name = "word/media.xml", .bytes = zeros, .deflate = true };
        (void) state;
        refuses(sample_office(&a, "docx", bomb), "bom.docx", "veel te groot");           /* 1 to 1000 */
        bomb.says_size = 4000;                          /* and says that it is small */
        refuses(sample_office(&a, "docx", bomb), "bom.docx", "beschadigd");
        struct sample_part small = { .name = "a.xml", .bytes = S("x"), .says_size = 0xffffffff };
        refuses(sample_office(&a, "docx", small), "bom.docx", "beschadigd");
        small.deflate = true;
        refuses(sample_office(&a, "docx", small), "bom.docx", "veel te groot");
        struct sample_part *many = arena_many(&a, struct sample_part, ZIP_ENTRIES_MAX + 1);
        for (int i = 0; i <= ZIP_ENTRIES_MAX; i++)
                many[i] = (struct sample_part) { .name = str_fmt(&a, "%d", i).p, .bytes = S("") };
        refuses(sample_zip(&a, many, ZIP_ENTRIES_MAX + 1), "veel.docx", "veel te groot");
}

/* Two entries of the directory that point at the same bytes. */
static void parts_that_overlap(void **state) {
        struct str s = sample_office(&a, "docx", (struct sample_part) { .name = "word/documenu.xml", .bytes = S("x") });
        char *p = (char *) (uintptr_t) s.p;
        (void) state;
        for (size_t i = 0; i + 17 < s.n; i++)
                if (memcmp(p + i, "word/documenu.xml", 17) == 0)
                        memcpy(p + i, "word/documenu.xml", 17);
        takes(s, "a.docx", "docx");
        size_t last = s.n - 22 - 46 - 17;
        assert_memory_equal(p + last, "PK\1\2", 4);
        memset(p + last + 42, 0, 4);                    /* begins where the first one does */
        refuses(s, "a.docx", "beschadigd");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_kind_is_known_by_its_bytes), cmocka_unit_test(media_type_of_text_tells_its_characters),
                cmocka_unit_test(name_must_fit), cmocka_unit_test(what_we_do_not_take), cmocka_unit_test(polyglots),
                cmocka_unit_test(office_files_that_do_something), cmocka_unit_test(archives_that_grow), cmocka_unit_test(parts_that_overlap),
        };
        int failed = cmocka_run_group_tests_name("sniff", tests, NULL, NULL);
        arena_done(&a);
        return failed;
}
