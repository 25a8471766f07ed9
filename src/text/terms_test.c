/* Terms of a glossary become links: the first place of each, whole words only, and nothing else of the text changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "markdown.h"
#include "terms.h"

static struct arena arena;
static struct term_names glossary;

static int fill(void **state) {
        (void) state;
        static const struct { struct str slug, name; } names[] = {
                { S_INIT("schuld"), S_INIT("Schuld") }, { S_INIT("schuld"), S_INIT("schulden") },
                { S_INIT("schuldregeling"), S_INIT("Schuldregeling") },
                { S_INIT("schuldregeling-zonder"), S_INIT("Schuldregeling zonder afloscapaciteit") },
                { S_INIT("schuldregeling-zonder"), S_INIT("0%-aanbod") }, { S_INIT("vrij-te-laten-bedrag"), S_INIT("vrij te laten bedrag") },
                { S_INIT("wsnp"), S_INIT("Wsnp") }, { S_INIT("wsnp-verzoek"), S_INIT("Wsnp-verzoek") }, { S_INIT("n"), S_INIT("N") },
                { S_INIT("zelfstandige"), S_INIT("zzp'er") }, { S_INIT("enquete"), S_INIT("Enquête") },
        };
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                assert_true(terms_add(&glossary, &arena, names[i].slug, names[i].name));
        return 0;
}

/* SOURCE rendered, with "[x|" for a link to term x and "]" for its end. */
static const char *linked(const char *source) {
        struct term_links links = term_links_new(&arena, &glossary);
        struct safe_html html;
        _cleanup_(buf_done) struct buf b = { 0 };
        assert_int_equal(markdown_render_with_terms(&arena, str_of(source), &links, &html), OK);
        struct str rest = html.bytes, start = S("<a class=\"term\" href=\"/begrippen/");
        for (size_t at; (at = str_find(rest, start)) < rest.n;) {
                buf_str(&b, str_sub(rest, 0, at));
                rest = str_sub(rest, at + start.n, rest.n);
                size_t quote = str_index(rest, '"'), end = str_find(rest, S("</a>"));
                buf_char(&b, '[');
                buf_str(&b, str_sub(rest, 0, quote));
                buf_char(&b, '|');
                buf_str(&b, str_sub(rest, quote + 2, end - quote - 2));
                buf_char(&b, ']');
                rest = str_sub(rest, end + 4, rest.n);
        }
        buf_str(&b, rest);
        return str_z(&arena, buf_view(&b));
}

static void the_first_place_of_a_term_becomes_a_link(void **state) {
        (void) state;
        assert_string_equal(linked("Een schuld. Nog een SCHULD, en schulden."), "<p>Een [schuld|schuld]. Nog een SCHULD, en schulden.</p>\n");
        assert_string_equal(linked("SCHULDEN & Wsnp"), "<p>[schuld|SCHULDEN] &amp; [wsnp|Wsnp]</p>\n");
        assert_string_equal(linked("een *zzp’er* en de enquete"), "<p>een <em>[zelfstandige|zzp’er]</em> en de [enquete|enquete]</p>\n");
}

static void the_longest_name_wins(void **state) {
        (void) state;
        assert_string_equal(linked("een schuldregeling zonder\nafloscapaciteit"),
                            "<p>een [schuldregeling-zonder|schuldregeling zonder\nafloscapaciteit]</p>\n");
        assert_string_equal(linked("een schuldregeling zonder meer"), "<p>een [schuldregeling|schuldregeling] zonder meer</p>\n");
        assert_string_equal(linked("Vrij&nbsp;te laten\nbedrag"), "<p>[vrij-te-laten-bedrag|Vrij\xc2\xa0te laten\nbedrag]</p>\n");
        assert_string_equal(linked("Een 0%-aanbod, een Wsnp-verzoek en nog een Wsnp-verzoek."),
                            "<p>Een [schuldregeling-zonder|0%-aanbod], een [wsnp-verzoek|Wsnp-verzoek] en nog een Wsnp-verzoek.</p>\n");
}

static void a_part_of_a_word_is_no_term(void **state) {
        (void) state;
        static const char *const none[] = {
                "schuldhulp", "onschuld", "geschuld", "schuld-en", "Wsnp-zaak", "anti-schuld", "zo'schuld", "schuld's", "schuld.nl", "x@schuld", "schuld_x",
                "3schuld", "schuldé", "N", "vrij te laten", "vrij, te laten bedrag", "schuld\xcc\x81s",
        };
        for (size_t i = 0; i < sizeof none / sizeof *none; i++)
                if (strchr(linked(none[i]), '['))
                        fail_msg("%s: %s", none[i], linked(none[i]));
        assert_string_equal(linked("(schuld)"), "<p>([schuld|schuld])</p>\n");
        assert_string_equal(linked("'schuld'"), "<p>&#39;[schuld|schuld]&#39;</p>\n");
        assert_string_equal(linked("“schuld”"), "<p>“[schuld|schuld]”</p>\n");
}

static void headings_links_code_and_header_cells_stay(void **state) {
        (void) state;
        assert_string_equal(linked("### Schuld\n\nschuld"), "<h3 id=\"schuld\">Schuld</h3>\n<p>[schuld|schuld]</p>\n");
        assert_string_equal(linked("[een schuld](/x) schuld"), "<p><a href=\"/x\">een schuld</a> [schuld|schuld]</p>\n");
        assert_string_equal(linked("[een **schuld**](/x)"), "<p><a href=\"/x\">een <strong>schuld</strong></a></p>\n");
        assert_string_equal(linked("`schuld` schuld"), "<p><code>schuld</code> [schuld|schuld]</p>\n");
        assert_string_equal(linked("```\nschuld\n```"), "<pre tabindex=\"0\"><code>schuld\n</code></pre>\n");
        assert_non_null(strstr(linked("| schuld |\n|---|\n| wsnp |"), "<th scope=\"col\">schuld</th>"));
        assert_non_null(strstr(linked("| schuld |\n|---|\n| wsnp |"), "<td>[wsnp|wsnp]</td>"));
        assert_string_equal(linked("![schuld](/x) wsnp"), "<p>schuld [wsnp|wsnp]</p>\n");
        assert_null(strchr(linked("https://schuld.example/schuld"), '['));
}

static void hostile_text_stays_text(void **state) {
        (void) state;
        assert_string_equal(linked("<b>schuld</b> [schuld](javascript:x)"), "<p>&lt;b&gt;[schuld|schuld]&lt;/b&gt; schuld</p>\n");
        assert_string_equal(linked("<a href=\"schuld\">"), "<p>&lt;a href=&quot;[schuld|schuld]&quot;&gt;</p>\n");
        assert_string_equal(linked("sch&#117;ld &lt;wsnp&gt;"), "<p>[schuld|schuld] &lt;[wsnp|wsnp]&gt;</p>\n");
        assert_string_equal(linked("\xe2\x80\xaeschuld\xe2\x80\xac"), "<p>\xe2\x80\xae[schuld|schuld]\xe2\x80\xac</p>\n");
}

static void a_text_full_of_terms_costs_little(void **state) {
        (void) state;
        enum { TIMES = 2500 };
        _cleanup_(buf_done) struct buf b = { 0 };
        for (int i = 0; i < TIMES; i++)
                buf_str(&b, S("vrij te laten vrij schuld "));
        struct term_links links = term_links_new(&arena, &glossary);
        struct safe_html html;
        assert_int_equal(markdown_render_with_terms(&arena, buf_view(&b), &links, &html), OK);
        assert_in_range(html.bytes.n, b.n, b.n + 200);
}

static void a_name_leads_to_one_term(void **state) {
        (void) state;
        struct term_names t = { 0 };
        assert_true(terms_add(&t, &arena, S("a"), S("Het Ding")));
        assert_true(terms_add(&t, &arena, S("a"), S("het  ding")));
        assert_false(terms_add(&t, &arena, S("b"), S("HET DING")));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_first_place_of_a_term_becomes_a_link), cmocka_unit_test(the_longest_name_wins),
                cmocka_unit_test(a_part_of_a_word_is_no_term), cmocka_unit_test(headings_links_code_and_header_cells_stay),
                cmocka_unit_test(hostile_text_stays_text), cmocka_unit_test(a_text_full_of_terms_costs_little),
                cmocka_unit_test(a_name_leads_to_one_term),
        };
        return cmocka_run_group_tests_name("terms", tests, fill, NULL);
}
