/* An item in full: on a page for paper, and a toolkit as files. */
#include "testing.h"
#include <string.h>
#include <zip.h>
#include "knowledge_publish.h"
#include "knowledge_testing.h"

#define TOOLKIT "---\ntitel: Starten\nsoort: toolkit\nsamenvatting: Kort.\nfase: preventie\ndoelgroep: iedereen\nthema: vakmanschap\n" \
                "stap: een | Bespreek <dit>.\nstap: twee | En dan dit.\nbijgewerkt: 2026-05-04\n---\n\n" \
                "## Kort gezegd\n\nZie [hier](/over) en een schuld.\n\n## Voor wie\n\nB\n\n## Zo gebruikt u het\n\nC\n"
#define PART_BODY "## Kort gezegd\n\n### Kop\n\nTekst van %s met schuld.\n\n## Voor wie\n\nA\n\n## Zo werkt het\n\nB\n\n## Wat heb je nodig\n\nC\n\n" \
                  "## Wat weten we ervan\n\nD\n\n## Bronnen\n\n- E\n"

static struct world toolkit_of_two(void **state) {
        static const char *const names[] = { "een", "twee" };
        struct world w = test_world(state);
        test_put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort toolkit Toolkit\n", test_lists).p);
        test_put(&w, "content/begrippen.txt", "term: Schuld\nuitleg: u\nbron: T | | | https://example.org/\n");
        for (size_t i = 0; i < 2; i++)
                test_put(&w, str_fmt(&w.s->arena, "content/items/%s.md", names[i]).p,
                         str_fmt(&w.s->arena, "---\ntitel: Tekst %s\nsoort: interventie\nsamenvatting: s\nfase: preventie\ndoelgroep: iedereen\n"
                                 "thema: vakmanschap\nonderzoek: Studie | CBS | 2020 | https://example.org/1 | enquete | 10 | wat | uit | | let op\n"
                                 TAIL PART_BODY, names[i], names[i]).p);
        test_put(&w, "content/items/starten.md", TOOLKIT);
        assert_int_equal(test_load(&w), OK);
        return w;
}

#define PRINT(slug, want) test_get(&w, "/kennis/{slug}/afdrukken", "/kennis/" slug "/afdrukken", slug, "", (want))
#define ZIP(slug, want) test_get(&w, "/kennis/{slug}/toolkit.zip", "/kennis/" slug "/toolkit.zip", slug, "", (want))

static size_t times(struct str text, const char *part) {
        size_t n = 0;
        for (size_t at; (at = str_find(text, str_of(part))) < text.n; n++)
                text = str_sub(text, at + 1, text.n);
        return n;
}

static void a_page_holds_all_items_in_order(void **state) {
        struct world w = toolkit_of_two(state);
        struct str html = PRINT("starten", OK);
        test_shows(html, "<h2 id=\"stap-1\">Stap 1. Tekst een</h2>\n<p><strong>Bespreek &lt;dit&gt;.</strong></p>");
        test_shows(html, "<h3>Kort gezegd</h3>\n<h4>Kop</h4>");
        test_shows(html, "Tekst van twee met");
        test_shows(html, "<details open>");
        test_shows(html, "<link rel=\"canonical\" href=\"https://schouders.test/kennis/starten\">");
        assert_true(str_find(html, S("Stap 1. Tekst een")) < str_find(html, S("Stap 2. Tekst twee")));
        assert_int_equal(times(html, "id=\"kop\""), 0);
        assert_int_equal(times(html, "id=\"onderzoek\""), 0);
        html = PRINT("een", OK);
        test_shows(html, "<h2>Kort gezegd</h2>\n<h3>Kop</h3>");
        test_shows(html, "<details open>");
        PRINT("niets", ERR_NOT_FOUND);
        db_close(w.db);
}

/* The text of file NAME in the ZIP file, which must be there. */
static struct str unpacked(struct world *w, struct str bytes, const char *name) {
        zip_source_t *source = zip_source_buffer_create(bytes.p, bytes.n, 0, NULL);
        zip_t *z = zip_open_from_source(source, ZIP_RDONLY, NULL);
        assert_non_null(z);
        zip_file_t *f = zip_fopen(z, name, 0);
        if (!f)
                fail_msg("%s is not in the file", name);
        char *text = arena_alloc(&w->s->arena, 65536);
        zip_int64_t n = zip_fread(f, text, 65536);
        assert_true(n > 0);
        assert_int_equal(zip_get_num_entries(z, 0), 6);
        zip_fclose(f);
        zip_discard(z);
        return (struct str) { text, (size_t) n };
}

static void a_file_holds_each_text_twice(void **state) {
        struct world w = toolkit_of_two(state);
        struct str bytes = ZIP("starten", OK);
        assert_string_equal(w.answer.content_type, "application/zip");
        assert_true(str_eq(w.answer.filename, S("schouders-starten.zip")));
        struct str html = unpacked(&w, bytes, "00-starten.html");
        test_shows(html, "<a href=\"https://schouders.test/over\">hier</a>");
        test_shows(html, "<a class=\"term\" href=\"https://schouders.test/begrippen/schuld\">schuld</a>");
        test_shows(html, "<li>Tekst een. Bespreek &lt;dit&gt;.</li>");
        assert_int_equal(times(html, "href=\"/"), 0);
        html = unpacked(&w, bytes, "02-twee.html");
        test_shows(html, "<h1>Tekst twee</h1>\n<p><strong>En dan dit.</strong></p>");
        test_shows(html, "<h2>Kort gezegd</h2>\n<h3>Kop</h3>");
        assert_int_equal(times(html, "href=\"/"), 0);
        struct str text = unpacked(&w, bytes, "01-een.md");
        test_shows(text, "# Tekst een\n\n**Bespreek <dit>.**\n\ns\n\n## Kort gezegd\n\n### Kop\n\nTekst van een met schuld.");
        test_shows(text, "## Onderzoek naar deze aanpak\n\n- Studie; CBS; 2020; https://example.org/1; Vragenlijst; n = 10; wat; uit; let op\n\n");
        test_shows(text, "https://schouders.test/kennis/een");
        test_shows(unpacked(&w, bytes, "00-starten.md"), "1. Tekst een. Bespreek <dit>.\n2. Tekst twee. En dan dit.");
        ZIP("een", ERR_NOT_FOUND);              /* no toolkit */
        ZIP("niets", ERR_NOT_FOUND);
        db_close(w.db);
}

static void what_was_withdrawn_is_left_out_and_named(void **state) {
        struct world w = toolkit_of_two(state);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(knowledge_withdraw(w.db, &w.s->arena, test_number(w.db, "SELECT id FROM item WHERE slug = 'een'"), S("Oud."), NOW_MS), OK);
        assert_int_equal(db_commit(w.db), OK);
        struct str html = PRINT("starten", OK);
        test_shows(html, "Ingetrokken en daarom weggelaten: Tekst een.");
        test_shows(html, "Stap 1. Tekst twee");
        PRINT("een", OK);
        assert_true(str_eq(w.answer.location, S("/kennis/een")));
        db_close(w.db);
}

static void a_toolkit_has_at_most_thirty_steps(void **state) {
        struct world w = toolkit_of_two(state);
        struct str steps = S("");
        for (int i = 0; i < 31; i++)
                steps = str_fmt(&w.s->arena, "%.*sstap: een | x\n", STR(steps));
        test_put(&w, "content/items/starten.md", str_fmt(&w.s->arena, "---\ntitel: Starten\nsoort: toolkit\nsamenvatting: Kort.\nfase: preventie\n"
                 "doelgroep: iedereen\nthema: vakmanschap\n%.*sbijgewerkt: 2026-05-04\n---\n\n## Kort gezegd\n\nA\n\n## Voor wie\n\nB\n\n"
                 "## Zo gebruikt u het\n\nC\n", STR(steps)).p);
        assert_int_equal(test_load(&w), ERR_INVALID);
        assert_int_equal(w.l.line, 38);
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_page_holds_all_items_in_order), TEST_BOTH(a_file_holds_each_text_twice),
                TEST_BOTH(what_was_withdrawn_is_left_out_and_named), TEST_BOTH(a_toolkit_has_at_most_thirty_steps),
        };
        return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
