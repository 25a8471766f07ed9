/* Any bytes give HTML made of our own tags only, or an error. Built with libFuzzer, or with fuzz_main.c. */
#include <stdlib.h>
#include <string.h>
#include "markdown.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

static bool known_tag(struct str tag) {
        static const char *const plain[] = {
                "p", "/p", "em", "/em", "strong", "/strong", "del", "/del", "code", "/code", "br", "hr", "ul", "/ul",
                "ol", "/ol", "li", "/li", "blockquote", "/blockquote", "/pre", "/a", "table", "/table", "thead",
                "/thead", "tbody", "/tbody", "tr", "/tr", "td", "/td", "/th", "/section", "th scope=\"col\"",
                "th scope=\"row\"", "pre tabindex=\"0\"", "/h2", "/h3", "/h4", "/h5", "/h6",
        };
        static const char *const starts[] = {
                "a href=\"https://", "a href=\"http://", "a href=\"mailto:", "a href=\"/", "a href=\"#", "h2 id=\"",
                "h3 id=\"", "h4 id=\"", "h5 id=\"", "h6 id=\"", "ol start=\"", "td class=\"align-",
                "th scope=\"col\" class=\"align-", "th scope=\"row\" class=\"align-",
                "img src=\"/bestand/", "section class=\"table-scroll\" tabindex=\"0\" aria-label=\"Tabel ",
        };
        for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
                if (str_eq(tag, str_of(plain[i])))
                        return true;
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
                if (str_starts(tag, str_of(starts[i])))
                        return tag.p[tag.n - 1] == '"';
        return false;
}

static void check_html(struct str html) {
        must(utf8_valid(html) && html.n <= MARKDOWN_OUTPUT_MAX);
        long open = 0;
        for (size_t i = 0; i < html.n; i++) {
                must(html.p[i] != '>' && (html.p[i] == '\n' || html.p[i] == '\t' || (unsigned char) html.p[i] >= ' '));
                if (html.p[i] != '<')
                        continue;
                struct str rest = str_sub(html, i + 1, html.n);
                struct str tag = str_sub(rest, 0, str_index(rest, '>'));
                must(tag.n < rest.n && known_tag(tag));
                bool empty = str_eq(tag, S("br")) || str_eq(tag, S("hr")) || str_starts(tag, S("img "));
                open += empty ? 0 : tag.p[0] == '/' ? -1 : 1;
                must(open >= 0);
                i += tag.n + 1;
        }
        must(open == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct str source = { (const char *) data, size };
        struct safe_html ret = { { "", 0 } };
        enum err e = markdown_render(&a, source, &ret);
        must(e == OK || e == ERR_LIMIT || e == ERR_INVALID);
        if (!e)
                check_html(ret.bytes);
        (void) markdown_plain(&a, source);
        arena_done(&a);
        return 0;
}
