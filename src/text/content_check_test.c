#include <string.h>
#include "content_check.h"
#include "markdown.h"
#include "testdata.h"

static struct arena arena;

static struct content_findings check(struct str source) {
        struct content_findings ret;
        assert_int_equal(content_check(&arena, source, &ret), OK);
        return ret;
}

/* The codes that SOURCE gives, in order, with a space between. */
static const char *codes(const char *source) {
        struct content_findings f = check(str_of(source));
        struct str ret = S("");
        for (size_t i = 0; i < f.list.n; i++)
                ret = str_fmt(&arena, "%.*s%s%s", STR(ret), i ? " " : "", f.list.v[i].code);
        return str_z(&arena, ret);
}

struct example { const char *codes, *source; };

static void try_all(const struct example *v, size_t n) {
        for (size_t i = 0; i < n; i++) {
                const char *got = codes(v[i].source);
                if (strcmp(got, v[i].codes) != 0)
                        print_message("%s\n", v[i].source);
                assert_string_equal(got, v[i].codes);
        }
}
#define TRY(v) try_all((v), sizeof (v) / sizeof *(v))

static void test_headings(void **state) {
        (void) state;
        static const struct example cases[] = {
                { "", "## Een\n\n### Twee\n\n#### Drie\n\n## Vier\n\nTekst.\n" },
                { "heading-order", "## Een\n\n#### Drie\n" },
                { "heading-order", "### Drie\n" },
                { "heading-top", "# Een\n\n## Twee\n" },
                { "heading-empty", "## Een\n\n##\n\nTekst.\n" },
                { "heading-empty", "## &nbsp;\n" },
                { "heading-emphasis", "## Een **vette** *kop*\n" },
                { "", "## Een [kop](/x) in `code`\n" },
        };
        TRY(cases);
}

static void test_paragraphs(void **state) {
        (void) state;
        static const struct example cases[] = {
                { "", "Een **belangrijk** woord.\n" },
                { "paragraph-heading", "**Wat u kunt doen**\n\nBel ons.\n" },
                { "paragraph-heading", "***Wat u kunt doen***\n" },
                { "paragraph-bold", "**Wat u kunt doen.**\n" },
                { "paragraph-bold", "**Eerst dit,** **dan dat.**\n" },
                { "paragraph-bold", "- item\n\n  **Vet item**\n" },
                { "paragraph-heading capitals", "BELANGRIJKE INFORMATIE\n" },
                { "", "WSNP\n" },
                { "", "De WSNP en de NVVK\n" },
                { "paragraph-list", "U neemt mee:\n-paspoort\n-loonstrook\n" },
                { "paragraph-list", "• paspoort\\\n• loonstrook\n" },
                { "paragraph-list", "Neem mee:\n2) paspoort\n3) loonstrook\n" },
                { "paragraph-list", "a) paspoort\n\nb) loonstrook\n" },
                { "", "- paspoort\n- loonstrook\n" },
                { "", "Het was\n-5 graden\n-7 graden\n" },
                { "", "Eén regel\n– met een streepje\n" },
        };
        TRY(cases);
}

static void test_images(void **state) {
        (void) state;
        static const struct example cases[] = {
                { "", "![Kaart van Almere](/bestand/a.png)\n" },
                { "", "![](/bestand/a.png \"decoratief\")\n" },
                { "image-alt", "![](/bestand/a.png)\n" },
                { "image-alt", "![](/bestand/a.png \"mooi\")\n" },
                { "image-alt", "![IMG_1234.JPG](/bestand/a.png)\n" },
                { "image-place", "![Kaart](https://x.nl/a.png)\n" },
                { "image-place image-alt", "![](javascript:x)\n" },
        };
        TRY(cases);
}

static void test_tables(void **state) {
        (void) state;
        static const struct example cases[] = {
                { "", "|  | b |\n|---|---|\n| c | d |\n" },
                { "table-headings", "| a |  |\n|---|---|\n| c | d |\n" },
                { "table-headings", "|  |\n|---|\n| c |\n" },
                { "table-rows", "| a | b |\n|---|---|\n" },
        };
        TRY(cases);
}

static void test_links(void **state) {
        (void) state;
        static const struct example cases[] = {
                { "", "[Over vroegsignalering](/kennis/vroeg)\n" },
                { "link-empty", "[](/kennis)\n" },
                { "link-empty emphasis-empty", "[**&nbsp;**](/kennis)\n" },
                { "link-generic", "[Lees meer »](/kennis)\n" },
                { "link-generic", "Klik [hier](/kennis)\n" },
                { "link-generic", "Nu: [**Klik hier!**](/kennis)\n" },
                { "", "[Lees meer over schulden](/kennis)\n" },
                { "link-address", "Zie https://vng.nl voor meer.\n" },
                { "link-address", "[www.vng.nl](https://vng.nl)\n" },
                { "link-target", "[Een truc](javascript:x)\n" },
                { "link-target", "[Een lege link]()\n" },
                { "link-download", "[Jaarverslag](https://x.nl/a.pdf?x)\n" },
                { "link-download", "[Jaarverslag (PDF)](/bestand/a)\n" },
                { "", "[Jaarverslag (PDF, 1,2 MB)](/bestand/a.pdf)\n" },
                { "", "[![Kaart](/bestand/a.png)](/bestand/a.png)\n" },
                { "emphasis-empty", "Een **&nbsp;** gat.\n" },
                { "emphasis-empty", "Een **** gat.\n" },
        };
        TRY(cases);
}

static void test_words(void **state) {
        (void) state;
        static const struct example cases[] = {
                { "capitals", "Doe dit NIET zelf.\n" },
                { "capitals", "LET OP: bel eerst.\n" },
                { "capitals", "| GEMEENTE | b |\n|---|---|\n| c | d |\n" },
                { "", "De VNG, NVVK en Kifid.\n" },
                { "", "```\nSELECT ALLES\n```\n" },
                { "personal", "Haar nummer is 123 **456** 782.\n" },
                { "personal-maybe", "Bel 06-12345678.\n" },
                { "personal", "| bsn |\n|---|\n| 123456782 |\n" },
                { "personal", "```\n123456782\n```\n" },
        };
        TRY(cases);
}

static void test_place(void **state) {
        (void) state;
        struct content_findings f = check(S("## Één\r\n\r\n- ë [hier](/x)\r\n- ![](/bestand/a.png) **NIET**\r\n\r\n"
                                            "> #### Diep\r\n\r\n####\r\n"));
        static const struct { const char *code; unsigned line, column; const char *fragment; } want[] = {
                { "link-generic", 3, 5, "hier" }, { "capitals", 4, 25, "NIET" },
                { "image-alt", 4, 3, "/bestand/a.png" }, { "heading-order", 6, 8, "Diep" }, { "heading-empty", 8, 1, "" },
        };
        assert_int_equal(f.list.n, sizeof want / sizeof *want);
        assert_int_equal(f.errors, 4);
        assert_int_equal(f.advices, 1);
        for (size_t i = 0; i < f.list.n; i++) {
                assert_string_equal(f.list.v[i].code, want[i].code);
                assert_int_equal(f.list.v[i].line, want[i].line);
                assert_int_equal(f.list.v[i].column, want[i].column);
                assert_true(str_eq(f.list.v[i].fragment, str_of(want[i].fragment)));
        }
        /* The number itself is not repeated. */
        f = check(S("Haar nummer is 123456782."));
        assert_int_equal(f.list.v[0].fragment.n, 0);
        assert_true(str_find(f.list.v[0].advice, S("burgerservicenummer")) < f.list.v[0].advice.n);
}

/* N bytes of UNIT. */
static struct str repeat(const char *unit, size_t n) {
        struct buf b = { 0 };
        while (b.n + strlen(unit) <= n)
                buf_str(&b, str_of(unit));
        struct str ret = str_dup(&arena, buf_view(&b));
        buf_done(&b);
        return ret;
}

/* Text made to cost time ends soon, with a bounded list. */
static void test_hostile(void **state) {
        (void) state;
        static const char *const shapes[] = {
                "[](", "[](/a)", "![](/bestand/a)", "****", "** ** ", "# ", "##\n\n", "*a **b ", "> ", "- ", "| a |\n",
                "[a](javascript:b) ", "NIET ", "1) ", "(Wgs) Wgs (", "A. ", "\xe2\x80\xa2\n", "http://a.b ", "|", "a\n\n",
                "[![](a)](", "*a_ ", "`", "123456782 ", "![[", "[a]\n", "Een (XQZ) ", "AB CD ", "~~a",
        };
        struct str table = S("|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|\n");
        struct content_findings f;
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
                enum err e = content_check(&arena, repeat(shapes[i], MARKDOWN_SOURCE_MAX), &f);
                assert_true(e == OK || e == ERR_LIMIT);
                assert_true(f.list.n <= CONTENT_FINDINGS_MAX && f.list.n <= f.errors + f.advices);
                e = content_check(&arena, str_fmt(&arena, "%.*s%.*s", STR(table), STR(repeat(shapes[i], 60000))), &f);
                assert_true(e == OK || e == ERR_LIMIT);
                arena_reset(&arena);
        }
        f = check(repeat("[](/a) ", 60000));
        assert_int_equal(f.list.n, CONTENT_FINDINGS_MAX);
        assert_int_equal(f.errors, 60000 / 7);
        assert_int_equal(content_check(&arena, S("\xff"), &f), ERR_INVALID);
        assert_int_equal(content_check(&arena, repeat("a", MARKDOWN_SOURCE_MAX + 1), &f), ERR_LIMIT);
        assert_int_equal(content_check(&arena, repeat("> ", 200), &f), ERR_LIMIT);
}

static int clean_up(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_headings), cmocka_unit_test(test_paragraphs), cmocka_unit_test(test_images),
                cmocka_unit_test(test_tables), cmocka_unit_test(test_links), cmocka_unit_test(test_words),
                cmocka_unit_test(test_place), cmocka_unit_test(test_hostile),
        };
        return cmocka_run_group_tests(tests, NULL, clean_up);
}
