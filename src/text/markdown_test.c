#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "markdown.h"
#include "mdsource.h"

static struct arena arena;

static struct str render(const char *source) {
        struct safe_html ret = { S("") };
        assert_int_equal(markdown_render(&arena, str_of(source), &ret), OK);
        return ret.bytes;
}

static void check(const char *source, const char *html) {
        const char *got = str_z(&arena, render(source));
        assert_string_equal(got, html);
}

static void test_blocks(void **state) {
        (void) state;
        check("Een *twee* **drie** ~~vier~~ `vijf`\n", "<p>Een <em>twee</em> <strong>drie</strong> <del>vier</del> "
              "<code>vijf</code></p>\n");
        check("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
        check("3. a\n", "<ol start=\"3\">\n<li>a</li>\n</ol>\n");
        check("1. a\n", "<ol>\n<li>a</li>\n</ol>\n");
        check("> a\n", "<blockquote>\n<p>a</p>\n</blockquote>\n");
        check("a\\\nb\n", "<p>a<br>\nb</p>\n");
        check("---\n", "<hr>\n");
        check("```c\na < b\n```\n", "<pre tabindex=\"0\"><code>a &lt; b\n</code></pre>\n");
        check("    geen code\n", "<p>geen code</p>\n");
        check("", "");
        check("a\r\nb\rc\n", "<p>a\nb\nc</p>\n");
}

static void test_headings(void **state) {
        (void) state;
        check("# Kop\n", "<h2 id=\"kop\">Kop</h2>\n");
        check("## Wat is *effect*?\n", "<h2 id=\"wat-is-effect\">Wat is <em>effect</em>?</h2>\n");
        check("### Één & twee\n", "<h3 id=\"een-twee\">Één &amp; twee</h3>\n");
        check("## A\n## A\n## A-2\n## A\n", "<h2 id=\"a\">A</h2>\n<h2 id=\"a-2\">A</h2>\n<h2 id=\"a-2-2\">A-2</h2>\n"
              "<h2 id=\"a-3\">A</h2>\n");
        check("## !\n", "<h2 id=\"deel\">!</h2>\n");
        check("###### zes\n", "<h6 id=\"zes\">zes</h6>\n");
}

static void test_tables(void **state) {
        (void) state;
        check("| a | b |\n|---|--:|\n| 1 | 2 |\n",
              "<section class=\"table-scroll\" tabindex=\"0\" aria-label=\"Tabel 1\"><table>\n<thead>\n"
              "<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"align-right\">b</th></tr>\n</thead>\n<tbody>\n"
              "<tr><td>1</td><td class=\"align-right\">2</td></tr>\n</tbody>\n</table></section>\n");
        struct str s = render("|   | b |\n|---|---|\n| x | 2 |\n|  | 3 |\n");
        assert_true(str_find(s, S("<tr><td></td><th scope=\"col\">b</th></tr>")) < s.n);
        assert_true(str_find(s, S("<tr><th scope=\"row\">x</th><td>2</td></tr>")) < s.n);
        assert_true(str_find(s, S("<tr><td></td><td>3</td></tr>")) < s.n);
}

static void test_links(void **state) {
        (void) state;
        check("[a](https://vng.nl/x?y=1&z=2)\n",
              "<p><a href=\"https://vng.nl/x?y=1&amp;z=2\" rel=\"noopener\">a</a></p>\n");
        check("[a](/kennisbank) [b](#kop) [c](mailto:a@b.nl)\n",
              "<p><a href=\"/kennisbank\">a</a> <a href=\"#kop\">b</a> <a href=\"mailto:a@b.nl\">c</a></p>\n");
        check("zie https://vng.nl voor\n",
              "<p>zie <a href=\"https://vng.nl\" rel=\"noopener\">https://vng.nl</a> voor</p>\n");
        check("[a](https://x.nl \"titel\")\n", "<p><a href=\"https://x.nl\" rel=\"noopener\">a</a></p>\n");
        check("![een *plaat*](https://x.nl/a.png)\n", "<p>een plaat</p>\n");
        check("[![plaat](a.png)](https://x.nl)\n", "<p><a href=\"https://x.nl\" rel=\"noopener\">plaat</a></p>\n");
        check("[a](https://x.nl/\"><b>)\n",
              "<p><a href=\"https://x.nl/&quot;&gt;&lt;b&gt;\" rel=\"noopener\">a</a></p>\n");
}

static void test_images(void **state) {
        (void) state;
        check("![Kaart van *Almere*\nen \"buren\"](/bestand/1f-2/kaart_1.png)\n",
              "<p><img src=\"/bestand/1f-2/kaart_1.png\" alt=\"Kaart van Almere\nen &quot;buren&quot;\" loading=\"lazy\"></p>\n");
        check("![](/bestand/a.png \"decoratief\")\n", "<p><img src=\"/bestand/a.png\" alt=\"\" loading=\"lazy\"></p>\n");
        check("![Kaart](/bestand/a.png \"decoratief\")\n",
              "<p><img src=\"/bestand/a.png\" alt=\"Kaart\" loading=\"lazy\"></p>\n");
        check("a ![](/bestand/a.png) b\n", "<p>a  b</p>\n");
        check("[![Kaart](/bestand/a.png)](/kaart)\n",
              "<p><a href=\"/kaart\"><img src=\"/bestand/a.png\" alt=\"Kaart\" loading=\"lazy\"></a></p>\n");
        check("![a ![b](/bestand/b.png) c](/bestand/a.png) *d*\n",
              "<p><img src=\"/bestand/a.png\" alt=\"a b c\" loading=\"lazy\"> <em>d</em></p>\n");
        check("## ![Kop](/bestand/a.png)\n",
              "<h2 id=\"kop\"><img src=\"/bestand/a.png\" alt=\"Kop\" loading=\"lazy\"></h2>\n");
        check("![\"><script>](/bestand/a.png)\n",
              "<p><img src=\"/bestand/a.png\" alt=\"&quot;&gt;&lt;script&gt;\" loading=\"lazy\"></p>\n");
        static const char *const refused[] = {
                "https://x.nl/bestand/a.png", "//x.nl/bestand/a.png", "/bestand/", "/bestand/../uitloggen", "/bestand/a..b",
                "/bestand/%2e%2e/uitloggen", "/bestand//x", "/bestand/a?b=c", "/bestand/a\\b", "/bestand/a\"onload=x",
                "javascript:x", "data:image/svg+xml,x", "/Bestand/a.png", "bestand/a.png", "/bestand/.", "/bestand/a#b", "",
        };
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
                check(str_fmt(&arena, "![t](<%s>)", refused[i]).p, "<p>t</p>\n");
}

static void test_hostile(void **state) {
        (void) state;
        static const char *const refused[] = {
                "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "&#x6A;avascript:alert(1)",
                "java&Tab;script:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "/\\evil.example",
                "https:/x.nl", "https://", "https://vng.nl@evil.example", "ftp://x.nl", "x.nl", "../x", "?a=b", "#a\"b",
                "mailto:a@b.nl?cc=x@y.nl", "mailto:", "\\\\evil", "file:///etc/passwd", "/%0", "",
        };
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
                struct str s = render(str_fmt(&arena, "[t](<%s>)", refused[i]).p);
                bool path = refused[i][0] == '/' && refused[i][1] == '%';
                assert_true((str_find(s, S("<a ")) == s.n) == !path);
        }
        check("<script>alert(1)</script>\n", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
        check("<div onclick=x>\n\na <b>b</b>\n", "<p>&lt;div onclick=x&gt;</p>\n<p>a &lt;b&gt;b&lt;/b&gt;</p>\n");
        check("&lt;b&gt; &euro; &onzin; &#0; &#x80;\n",
              "<p>&lt;b&gt; \xe2\x82\xac &amp;onzin; \xef\xbf\xbd \xef\xbf\xbd</p>\n");
        struct safe_html ret;
        assert_int_equal(markdown_render(&arena, S("a\xff"), &ret), ERR_INVALID);
        assert_int_equal(markdown_render(&arena, S("a\0b"), &ret), OK);
        assert_true(str_eq(ret.bytes, S("<p>a b</p>\n")));
}

/* N bytes of UNIT behind BEFORE. */
static struct str repeat(const char *before, const char *unit, size_t n) {
        struct buf b = { .max = 1 << 20 };
        buf_str(&b, str_of(before));
        while (b.n + strlen(unit) <= n)
                buf_str(&b, str_of(unit));
        struct str ret = str_dup(&arena, buf_view(&b));
        buf_done(&b);
        return ret;
}

static void test_limits(void **state) {
        (void) state;
        struct safe_html ret;
        assert_int_equal(markdown_render(&arena, repeat("", "a ", MARKDOWN_SOURCE_MAX), &ret), OK);
        assert_int_equal(markdown_render(&arena, repeat("", "a", MARKDOWN_SOURCE_MAX + 1), &ret), ERR_LIMIT);
        assert_int_equal(markdown_render(&arena, repeat("", "> ", 2000), &ret), ERR_LIMIT);
        assert_int_equal(markdown_render(&arena, repeat("", "> ", 20), &ret), OK);
        /* Rows of one byte that stand for a hundred cells each. */
        struct str wide = repeat("", "| a ", 480), line = repeat("", "|---", 480);
        struct str table = str_fmt(&arena, "%.*s|\n%.*s|\n", STR(wide), STR(line));
        assert_int_equal(markdown_render(&arena, repeat(str_z(&arena, table), "|\n", 60000), &ret), ERR_LIMIT);
        /* One long reference target, named ten thousand times. */
        struct str ref = str_fmt(&arena, "%.*s\n\n", STR(repeat("[a]: /", "x", 20000)));
        assert_int_equal(markdown_render(&arena, repeat(str_z(&arena, ref), "[a] ", 60000), &ret), ERR_LIMIT);
        assert_true(markdown_plain(&arena, repeat("", "a ", 100000)).n <= MARKDOWN_SOURCE_MAX);
}

/* Every hostile shape at 64 kB ends within the budget of steps: nothing here may take seconds. */
static void test_shapes(void **state) {
        (void) state;
        static const char *const shapes[] = {
                "[", "![", "[a](", "[a](<b", "*a **a ", "_a __a ", "`", "`a``b```c", "> ", "- ", "* a\n", "<", "<a ",
                "&a", "*", "~a~~ ", "\\", "<!--", "# a\n", "a\n=\n", "1. - ", "*[a](b)", "<a:b", "~~~\n", "a  \n",
                "http://a.b/*_", "[http://a.b](", "://", "> - ", "\n", "**x", "|", "<?", "[a\n", "\t", "&#x26;",
                "![a](/bestand/b) ", "![![", "| a |\n|---|\n", "|\n", "|a", "||\n|-|\n", "[a]: b\n", "[a](javascript:b)",
        };
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
                struct safe_html ret;
                struct str s = repeat("", shapes[i], MARKDOWN_SOURCE_MAX);
                enum err e = markdown_render(&arena, s, &ret);
                assert_true(e == OK || e == ERR_LIMIT);
                (void) markdown_plain(&arena, s);
                arena_reset(&arena);
        }
}

static void test_plain(void **state) {
        (void) state;
        struct str s = markdown_plain(&arena, S("## Kop\n\nEen [link](https://x.nl) en *nadruk*\nverder &euro; 5\n\n"
                                                "- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n"));
        assert_string_equal(str_z(&arena, s), "Kop\nEen link en nadruk verder \xe2\x82\xac 5\na\nb\nx y\n1 2");
        assert_int_equal(markdown_plain(&arena, S("")).n, 0);
}

static int clean_up(void **state) {
        (void) state;
        arena_done(&arena);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_blocks), cmocka_unit_test(test_headings), cmocka_unit_test(test_tables),
                cmocka_unit_test(test_links), cmocka_unit_test(test_images), cmocka_unit_test(test_hostile), cmocka_unit_test(test_limits),
                cmocka_unit_test(test_shapes), cmocka_unit_test(test_plain),
        };
        return cmocka_run_group_tests(tests, NULL, clean_up);
}
