/* content/begrippen.txt becomes pages and links in texts; mistakes are refused with their line. */
#include "testing.h"
#include <string.h>
#include "glossary.h"
#include "knowledge_publish.h"
#include "knowledge_testing.h"

#define DEBT "term: Schuld\nook: schulden\nuitleg: Geld dat iemand moet betalen.\nbron: Titel | Uitgever | 2020 | https://example.org/s\n"
#define WSNP "\nterm: Wsnp\nook: Wet schuldsanering\nvindt: schone lei\nuitleg: Een wet.\nbron: Wet |  |  | https://example.org/w\nzie: schuld\nitem: eerste\n"

#define TEXT "## Kort gezegd\n\nEen schuld en de Wet schuldsanering.\n\n## Voor wie\n\nSchulden, [schuld](/x) en `Wsnp`.\n\n## Zo werkt het\n\n" \
             "B\n\n## Wat heb je nodig\n\nC\n\n## Wat weten we ervan\n\nD\n\n## Bronnen\n\n- E\n"

static void terms_have_pages(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        test_put(&w, "content/begrippen.txt", "# words\n" DEBT WSNP);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(test_load(&w), OK);         /* replaces what was there */
        struct str html = test_get(&w, "/begrippen", "/begrippen", NULL, "", OK);
        test_shows(html, "<a href=\"/begrippen/schuld\">Schuld</a>");
        test_shows(html, "<a href=\"#letter-w\">W</a>");
        test_shows(html, "<h2 id=\"letter-w\">W</h2>");
        html = test_get(&w, "/begrippen", "/begrippen", NULL, "letter=w", OK);
        test_shows(html, "href=\"/begrippen/wsnp\"");
        test_shows(html, "<a href=\"/begrippen?letter=s\">S</a>");
        assert_true(str_find(html, S("/begrippen/schuld\"")) == html.n);
        test_get(&w, "/begrippen", "/begrippen", NULL, "letter=q", ERR_NOT_FOUND);
        html = test_get(&w, "/begrippen/{slug}", "/begrippen/wsnp", "wsnp", "", OK);
        test_shows(html, "Een wet.");
        test_shows(html, "Ook genoemd: Wet schuldsanering.");
        test_shows(html, "<a href=\"/begrippen/schuld\">Schuld</a>");
        test_shows(html, "<a href=\"/kennis/eerste\">Eerste &amp; beste</a>");
        test_shows(html, "https://example.org/w");
        test_get(&w, "/begrippen/{slug}", "/begrippen/niets", "niets", "", ERR_NOT_FOUND);
        db_close(w.db);
}

static void texts_link_a_term_once(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD TAIL TEXT);
        test_put(&w, "content/begrippen.txt", DEBT WSNP);
        assert_int_equal(test_load(&w), OK);
        struct str html = test_page(&w, "/kennis/eerste", "eerste", "", OK);
        test_shows(html, "Een <a class=\"term\" href=\"/begrippen/schuld\">schuld</a> en de "
                         "<a class=\"term\" href=\"/begrippen/wsnp\">Wet schuldsanering</a>.");
        test_shows(html, "<p>Schulden, <a href=\"/x\">schuld</a> en <code>Wsnp</code>.</p>");
        db_close(w.db);
}

/* What an editor publishes has the same links as what a load writes. */
static void a_published_text_has_the_links_too(void **state) {
        struct world w = test_world(state);
        struct text_error error;
        int64_t id;
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        test_put(&w, "content/begrippen.txt", DEBT WSNP);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(knowledge_publish(w.db, &w.s->arena, &(struct knowledge_publication) { .slug = S("nieuw"), .text = S(HEAD TAIL TEXT),
                                           .note = S(""), .now_ms = NOW_MS }, &error, &id), OK);
        assert_int_equal(db_commit(w.db), OK);
        test_shows(test_page(&w, "/kennis/nieuw", "nieuw", "", OK), "<a class=\"term\" href=\"/begrippen/wsnp\">Wet schuldsanering</a>");
        db_close(w.db);
}

static void a_withdrawn_item_is_not_shown_with_a_term(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        test_put(&w, "content/begrippen.txt", DEBT WSNP);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(knowledge_withdraw(w.db, &w.s->arena, test_number(w.db, "SELECT id FROM item"), S("Klaar."), NOW_MS), OK);
        assert_int_equal(db_commit(w.db), OK);
        struct str html = test_get(&w, "/begrippen/{slug}", "/begrippen/wsnp", "wsnp", "", OK);
        assert_true(str_find(html, S("/kennis/eerste")) == html.n);
        db_close(w.db);
}

static void mistakes_name_their_line(void **state) {
        static const struct { const char *text; int line; const char *reason; } bad[] = {
                { "uitleg: x\n", 1, "begint met" }, { "term: A\nonzin\n", 2, "sleutel" }, { "term: A\nkleur: x\n", 2, "kennen wij niet" },
                { "term:\n", 1, "naam" }, { "term: !\n", 1, "naam" }, { DEBT "term: B\n", 5, "lege regel" },
                { DEBT "\n" DEBT, 6, "twee keer" }, { WSNP "\n" DEBT, 10, "alfabet" }, { "term: A\nbron: T | | | https://x.nl/\n", 1, "uitleg" },
                { "term: A\nuitleg: x\n", 1, "bron" }, { "term: A\nuitleg: x\nuitleg: y\n", 3, "twee keer" },
                { "term: A\nbron: T | U | 2020\n", 2, "bron" }, { "term: A\nbron: T | U | 2020 | javascript:x\n", 2, "bron" },
                { "term: A\nook: a b, ,c\n", 2, "lege naam" }, { DEBT "\nterm: Zus\nook: SCHULDEN\n", 7, "ander begrip" },
                { DEBT "\nterm: Schulden\n", 6, "andere naam" }, { DEBT "zie: schuld\n", 5, "geen ander begrip" },
                { DEBT "zie: nergens\n", 5, "geen ander begrip" }, { DEBT "zie: Met Spatie\n", 5, "adres" }, { DEBT "item: nergens\n", 5, "bestaat niet" },
                { DEBT "\xff", 0, "" },
        };
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        test_put(&w, "content/begrippen.txt", DEBT);
        assert_int_equal(test_load(&w), OK);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                test_put(&w, "content/begrippen.txt", bad[i].text);
                assert_int_equal(test_load(&w), ERR_INVALID);
                assert_true(str_eq(w.l.file, S("content/begrippen.txt")));
                if ((bad[i].line && w.l.line != bad[i].line) || str_find(w.l.reason, str_of(bad[i].reason)) == w.l.reason.n + !*bad[i].reason)
                        fail_msg("case %zu: line %d, expected %d (%.*s)", i, w.l.line, bad[i].line, STR(w.l.reason));
        }
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM glossary_term"), 1);
        db_close(w.db);
}

static void the_glossary_of_the_site_loads(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct load l = { .a = &a, .root = S(SOURCE_ROOT) };
        struct glossary g;
        enum err e = glossary_read(&l, &g);
        if (e != OK)
                fail_msg("line %d: %.*s", l.line, STR(l.reason));
        assert_true(g.entries.n >= 150);
        arena_done(&a);
}

static void every_statement_works(void **state) {
        struct world w = test_world(state);
        assert_int_equal(test_statements(w.db, glossary_statements), 0);
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(terms_have_pages), TEST_BOTH(texts_link_a_term_once), TEST_BOTH(a_published_text_has_the_links_too),
                TEST_BOTH(a_withdrawn_item_is_not_shown_with_a_term), TEST_BOTH(mistakes_name_their_line),
                cmocka_unit_test(the_glossary_of_the_site_loads), TEST_BOTH(every_statement_works),
        };
        return cmocka_run_group_tests_name("glossary", tests, NULL, NULL);
}
