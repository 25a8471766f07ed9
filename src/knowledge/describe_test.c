/* What search engines, feed readers and people who refer to a text are told. */
#include "testing.h"
#include <jansson.h>
#include <string.h>
#include "knowledge_testing.h"

#define ENTRY(n, title, day) "---\ntitel: " title "\nsoort: interventie\nsamenvatting: Kort & <goed>.\nfase: preventie\n" \
        "doelgroep: iedereen\nthema: vakmanschap\nbron: T | U | 2020 | https://example.org/" n "\nbijgewerkt: " day "\n---\n\n" BODY

/* The data in the page, read by a JSON parser of others. */
static json_t *data_of(struct world *w, struct str html) {
        struct str start = S("<script type=\"application/ld+json\">");
        size_t at = str_find(html, start);
        assert_true(at < html.n);
        struct str rest = str_sub(html, at + start.n, html.n), json = str_sub(rest, 0, str_find(rest, S("</script>")));
        json_error_t error;
        json_t *data = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &error);
        if (!data)
                fail_msg("%s: %.*s", error.text, STR(json));
        assert_string_equal(json_string_value(json_object_get(data, "@context")), "https://schema.org");
        (void) w;
        return data;
}

static void assert_says(json_t *data, const char *key, const char *value) {
        assert_non_null(json_object_get(data, key));
        assert_string_equal(json_string_value(json_object_get(data, key)), value);
}

static void an_item_says_what_it_is(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", ENTRY("1", "</script><script>alert(1)</script> & \"x\"", "2026-05-04"));
        assert_int_equal(test_load(&w), OK);
        struct str html = test_page(&w, "/kennis/eerste", "eerste", "", OK);
        assert_true(str_find(html, S("<script>")) == html.n);
        json_t *data = data_of(&w, html);
        assert_says(data, "@type", "Article");
        assert_says(data, "headline", "</script><script>alert(1)</script> & \"x\"");
        assert_says(data, "description", "Kort & <goed>.");
        assert_says(data, "dateModified", "2026-05-04");
        assert_says(data, "url", "https://schouders.test/kennis/eerste");
        assert_says(json_object_get(data, "publisher"), "name", "Schouders");
        assert_int_equal(json_array_size(json_object_get(data, "keywords")), 4);
        json_decref(data);
        /* written out with the text: a page only adds the addresses */
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM item WHERE data LIKE '\"headline\":%\"keywords\":[%]'"), 1);
        test_shows(html, "<link rel=\"canonical\" href=\"https://schouders.test/kennis/eerste\">");
        test_shows(html, "Schouders. (2026, 4 mei). &lt;/script&gt;");
        test_shows(html, "(versie 1). https://schouders.test/kennis/eerste");
        db_close(w.db);
}

static void a_term_says_what_it_is(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/begrippen.txt", "term: Schuld\nook: schulden, debt\nuitleg: Geld </script>.\nbron: T | | | https://example.org/\n");
        assert_int_equal(test_load(&w), OK);
        json_t *data = data_of(&w, test_get(&w, "/begrippen/{slug}", "/begrippen/schuld", "schuld", "", OK));
        assert_says(data, "@type", "DefinedTerm");
        assert_says(data, "name", "Schuld");
        assert_says(data, "description", "Geld </script>.");
        assert_int_equal(json_array_size(json_object_get(data, "alternateName")), 2);
        assert_says(json_object_get(data, "inDefinedTermSet"), "url", "https://schouders.test/begrippen");
        json_decref(data);
        db_close(w.db);
}

#define FEED(query, want) test_get(&w, "/kennis/feed.atom", "/kennis/feed.atom", NULL, (query), (want))

static void the_feed_shows_the_newest_first(void **state) {
        struct world w = test_world(state);
        struct str xml = (assert_int_equal(test_load(&w), OK), FEED("", OK));
        test_is_xml(xml);                   /* without items too */
        test_put(&w, "content/items/oud.md", ENTRY("1", "Oud & \x01 <b>", "2026-01-02"));
        test_put(&w, "content/items/nieuw.md", ENTRY("2", "Nieuw", "2026-11-22"));
        assert_int_equal(test_load(&w), OK);
        xml = FEED("", OK);
        test_is_xml(xml);
        assert_string_equal(w.answer.content_type, "application/atom+xml; charset=utf-8");
        test_shows(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"nl\">");
        test_shows(xml, "<title>Oud &amp;  &lt;b&gt;</title>");
        test_shows(xml, "<updated>2026-01-02T12:00:00Z</updated>");
        test_shows(xml, "href=\"https://schouders.test/kennis/nieuw\"");
        test_shows(xml, "<id>tag:schouders.test,2026:kennis/");
        assert_true(str_find(xml, S("<title>Nieuw<")) < str_find(xml, S("<title>Oud")));
        db_close(w.db);
}

static void a_feed_of_one_choice_holds_only_that(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/een.md", ENTRY("1", "Een", "2026-01-02"));
        test_put(&w, "content/items/twee.md", "---\ntitel: Twee\nsoort: interventie\nsamenvatting: s\nfase: nazorg\ndoelgroep: iedereen\n"
                                              "thema: vakmanschap\n" TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        struct str xml = FEED("fase=nazorg", OK);
        test_is_xml(xml);
        test_shows(xml, "<title>Schouders: Nazorg</title>");
        test_shows(xml, "<title>Twee</title>");
        assert_true(str_find(xml, S("<title>Een</title>")) == xml.n);
        FEED("thema=niets", ERR_NOT_FOUND);
        FEED("fase=nazorg&thema=vakmanschap", ERR_INVALID);
        test_shows(test_page(&w, "/kennis", NULL, "fase=nazorg", OK), "type=\"application/atom+xml\"");
        test_shows(test_page(&w, "/kennis", NULL, "fase=nazorg", OK), "href=\"/kennis/feed.atom?fase=nazorg\"");
        test_shows(test_page(&w, "/kennis", NULL, "fase=nazorg&thema=vakmanschap", OK), "href=\"/kennis/feed.atom\"");
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(an_item_says_what_it_is), TEST_BOTH(a_term_says_what_it_is), TEST_BOTH(the_feed_shows_the_newest_first),
                TEST_BOTH(a_feed_of_one_choice_holds_only_that),
        };
        return cmocka_run_group_tests_name("describe", tests, NULL, NULL);
}
