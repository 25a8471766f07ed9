/* The page of results and the suggestions, through the route table as the server does, on both stores. */
#include "page_testing.h"
#include "jobs.h"
#include "programme.h"
#include "schema.h"
#include "search.h"
#include "search.sql.h"
#include "writer.h"

#define NOW ((int64_t) 1795305600000)        /* 22 November 2026 */

struct world {
        struct test_store *store;
        struct db *db;
        struct analyser *an;
        struct search *search;
        struct site site;
};

static const struct search_entry entries[] = {
        { S_INIT("gemeente"), S_INIT("almere"), S_INIT("Almere"), S_INIT("Flevoland"), S_INIT("Gemeente."), S_INIT(""), S_INIT("") },
        { S_INIT("kennis"), S_INIT("budget-1"), S_INIT("Budgetbeheer"), S_INIT("Aanpak"), S_INIT("Rust door budgetbeheer."), S_INIT("Budgetbeheer helpt."), S_INIT("") },
        { S_INIT("kennis"), S_INIT("budget-2"), S_INIT("Hulp bij geld"), S_INIT("Handreiking"), S_INIT("Ook zonder budgetbeheer."), S_INIT(""), S_INIT("") },
};

static void put(struct world *w, const struct search_entry *e) {
        assert_int_equal(db_begin(w->db), OK);
        assert_int_equal(search_update(w->db, &w->store->arena, w->an, e), OK);
        assert_int_equal(db_commit(w->db), OK);
}

static struct world *begin(void **state) {
        static struct world w;
        w = (struct world) { .store = test_store(state) };
        w.db = test_open(w.store, DB_WRITE);
        assert_int_equal(schema_migrate(w.db), OK);
        assert_int_equal(analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &w.an), OK);
        assert_int_equal(search_open(&w.search, w.db, w.an), OK);
        w.site.search = w.search;
        w.site.origin = S("https://www.example");
        for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
                put(&w, &entries[i]);
        return &w;
}

static void end(struct world *w) {
        search_close(w->search);
        analyser_close(w->an);
        db_close(w->db);
}

static struct reply get(struct world *w, const char *address) {
        static const struct route *const tables[] = { search_routes, NULL };
        struct req rq = { .arena = &w->store->arena, .db = w->db, .app = &w->site, .now_ms = NOW };
        return reply_at(&(struct door) { .tables = tables }, &rq, address, NULL);
}

static void a_beginning_is_completed_for_the_script_and_as_links(void **state) {
        struct world *w = begin(state);
        struct reply json = get(w, "/zoeken/suggesties.json?q=budg");
        shows(json, "{\"tekst\":\"budgetbeheer\",\"soort\":\"\",\"pad\":\"/zoeken?q=budgetbeheer\"},"
              "{\"tekst\":\"Budgetbeheer\",\"soort\":\"Kennis\",\"pad\":\"/kennis/budget-1\"}");
        assert_string_equal(json.rs.content_type, "application/json");
        assert_true(str_eq(get(w, "/zoeken/suggesties.json?q=x").html, S("{\"suggesties\":[]}")));
        struct reply page = get(w, "/zoeken/suggesties?q=budg");
        shows(page, "<a href=\"/zoeken?q=budgetbeheer\">budgetbeheer</a>");
        shows(page, "<a href=\"/kennis/budget-1\">Budgetbeheer</a> (Kennis)");
        shows(get(w, "/zoeken/suggesties?q=budgetbheer"), "Bedoelt u <a href=\"/zoeken?q=budgetbeheer\">");
        shows(get(w, "/zoeken/suggesties"), "Typ twee of meer letters.");
        shows(get(w, "/zoeken/suggesties?q=xyz"), "Geen woord en geen titel begint met");
        end(w);
}

static void what_editors_chose_stands_first_and_once(void **state) {
        struct world *w = begin(state);
        lacks(get(w, "/zoeken?q=budgetbeheer"), "Aangeraden");
        assert_int_equal(db_begin(w->db), OK);
        assert_int_equal(search_bet_put(w->db, &w->store->arena, w->an, S("budgetbeheer"), S("kennis"), S("budget-2"), 1), OK);
        assert_int_equal(db_commit(w->db), OK);
        struct reply page = get(w, "/zoeken?q=budgetbeheer");
        struct str other = S("/kennis/budget-1"), chosen = S("/kennis/budget-2");
        size_t first = str_find(page.html, chosen);
        shows(page, "Aangeraden");
        assert_true(first < str_find(page.html, other) && str_find(page.html, other) < page.html.n);
        page.html = str_sub(page.html, first + 1, page.html.n);
        lacks(page, chosen.p);
        lacks(get(w, "/zoeken?q=budgetbeheer&soort=kennis"), "Aangeraden");
        end(w);
}

static void questions_are_answered_with_a_sentence(void **state) {
        struct world *w = begin(state);
        shows(get(w, "/zoeken?q=-almere"), "U vroeg alleen wat u niet wilt zien.");
        shows(get(w, "/zoeken?q=%e2%80%ae%e2%80%8falmere"), "1 resultaat voor ‘almere’");       /* signs that turn the direction are gone */
        shows(get(w, "/zoeken?q=%22%22%22--"), "Niets gevonden");
        end(w);
}

static void what_found_nothing_is_stored_by_the_job(void **state) {
        struct world *w = begin(state);
        struct writer *writer;
        struct arena a = { 0 };
        get(w, "/zoeken?q=kinderopvang");
        get(w, "/zoeken?q=kinderopvang");
        get(w, "/zoeken?q=kinderopv&live=1");           /* still typing */
        get(w, "/zoeken?q=kinderopv&live=1");
        assert_int_equal(test_number(w->db, "SELECT count(*) FROM search_miss"), 0);
        db_close(w->db);
        assert_int_equal(writer_start(&writer, w->store->url, 1), OK);
        struct job_context c = { .writer = writer, .arena = &a, .now_ms = 1795348800000, .app = &w->site };
        assert_int_equal(programme_misses_run(&c), OK);
        assert_int_equal(programme_misses_run(&c), OK);         /* nothing is left */
        writer_stop(writer);
        w->db = test_open(w->store, DB_WRITE);
        assert_int_equal(test_number(w->db, "SELECT n FROM search_miss WHERE words = 'kinderopvang'"), 2);
        assert_int_equal(test_number(w->db, "SELECT count(*) FROM search_miss"), 1);
        arena_done(&a);
        end(w);
}

static const struct search_entry with_facets[] = {
        { S_INIT("kennis"), S_INIT("een"), S_INIT("Rust een"), S_INIT("Aanpak"), S_INIT("Rust."), S_INIT(""), S_INIT(""), S_INIT("fase:nazorg thema:stress soort:aanpak") },
        { S_INIT("kennis"), S_INIT("twee"), S_INIT("Rust twee"), S_INIT("Aanpak"), S_INIT("Rust."), S_INIT(""), S_INIT(""), S_INIT("fase:nazorg soort:aanpak") },
        { S_INIT("kennis"), S_INIT("drie"), S_INIT("Rust drie"), S_INIT("Aanpak"), S_INIT("Rust."), S_INIT(""), S_INIT(""), S_INIT("fase:aanmelden soort:aanpak") },
};

static void results_are_narrowed_by_the_codes_of_knowledge(void **state) {
        struct world *w = begin(state);
        /* the blob of another table, because the stores spell an empty one differently */
        test_script(w->db, "INSERT INTO term(list, code, label, position, items) SELECT list, code, label, 1, (SELECT vector FROM search_doc LIMIT 1) FROM ("
                    "SELECT 'fase' AS list, 'aanmelden' AS code, 'Aanmelden' AS label UNION ALL SELECT 'fase', 'nazorg', 'Nazorg' "
                    "UNION ALL SELECT 'thema', 'stress', 'Stress' UNION ALL SELECT 'thema', 'geld', 'Geld') AS x");
        for (size_t i = 0; i < sizeof with_facets / sizeof *with_facets; i++)
                put(w, &with_facets[i]);
        struct reply page = get(w, "/zoeken?q=rust");
        shows(page, "<a href=\"/zoeken?q=rust&amp;fase=nazorg\"><span>Nazorg</span>\n<span class=\"facet__count\">2<");
        shows(page, "<a href=\"/zoeken?q=rust&amp;thema=stress\"><span>Stress</span>\n<span class=\"facet__count\">1<");
        lacks(page, "Geld");                            /* nothing that was found has it */
        page = get(w, "/zoeken?q=rust&fase=nazorg");
        shows(page, "2 resultaten");
        shows(page, "<a class=\"chip\" href=\"/zoeken?q=rust\">Nazorg ");
        shows(page, "href=\"/zoeken?q=rust&amp;fase=nazorg&amp;thema=stress\"");
        shows(page, "<input type=\"hidden\" name=\"fase\" value=\"nazorg\">");       /* other words keep the choice */
        lacks(page, "Aanmelden");
        shows(get(w, "/zoeken?q=rust&fase=nazorg&thema=stress"), "1 resultaat");
        shows(get(w, "/zoeken?q=rust&fase=aanmelden&thema=stress"), "Haal een filter weg");
        assert_int_equal(get(w, "/zoeken?q=rust&fase=onzin").e, ERR_NOT_FOUND);
        lacks(get(w, "/zoeken?q=almere"), "id=\"filters\"");          /* a municipality has no codes */
        end(w);
}

static void a_question_can_be_followed(void **state) {
        struct world *w = begin(state);
        shows(get(w, "/zoeken?q=huur+%26+schuld"), "<a href=\"/volgen?soort=zoek&amp;wat=huur%20%26%20schuld\">");
        lacks(get(w, "/zoeken"), "/volgen");
        end(w);
}

static void item(struct world *w, int id, const char *slug, const char *updated_on) {
        test_script(w->db, str_fmt(&w->store->arena, "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning,"
                " updated_on, review_on, uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (%d, '%s', 'Rust %s', '%s', 'wet', 'Wet',"
                " 'Kort.', '', '', '', '', '%s', '2027-01-01', 0, 0, 0, 'published', 1, '', '');"
                "INSERT INTO item_version(item_id, number, text, digest, origin, note, made_ms) VALUES (%d, 1, 't', 'd', 'file', '', 0)",
                id, slug, slug, slug, updated_on, id).p);
}

static void a_question_has_a_feed_that_tells_nothing_of_who_asks(void **state) {
        struct world *w = begin(state);
        for (size_t i = 0; i < sizeof with_facets / sizeof *with_facets; i++)
                put(w, &with_facets[i]);
        item(w, 1, "een", "2026-01-02");
        item(w, 2, "twee", "2026-05-04");
        item(w, 3, "drie", "2026-03-03");
        shows(get(w, "/zoeken?q=rust+%26&soort=kennis&pagina=1"), "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Nieuw en veranderd\" href=\"/zoeken.atom?q=rust%20%26\">");
        lacks(get(w, "/zoeken"), "/zoeken.atom");
        struct reply r = get(w, "/zoeken.atom?q=rust");
        test_is_xml(r.html);
        assert_string_equal(r.rs.content_type, "application/atom+xml; charset=utf-8");
        size_t two = str_find(r.html, S("/kennis/twee")), three = str_find(r.html, S("/kennis/drie")), one = str_find(r.html, S("/kennis/een"));
        assert_true(two < three && three < one && one < r.html.n);
        r = get(w, "/zoeken.atom?q=rust&fase=nazorg&thema=stress");
        shows(r, "/kennis/een");
        lacks(r, "/kennis/twee");
        shows(r, "rel=\"alternate\" type=\"text/html\" href=\"https://www.example/zoeken?q=rust&amp;fase=nazorg&amp;thema=stress\"");
        test_script(w->db, "UPDATE item SET state = 'withdrawn' WHERE id = 1");
        lacks(get(w, "/zoeken.atom?q=rust"), "/kennis/een");
        test_is_xml(get(w, "/zoeken.atom?q=nergens+%3C%22%26").html);
        assert_int_equal(get(w, "/zoeken.atom?q=").e, ERR_INVALID);
        assert_int_equal(get(w, "/zoeken.atom").e, ERR_INVALID);
        end(w);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_beginning_is_completed_for_the_script_and_as_links), TEST_BOTH(what_editors_chose_stands_first_and_once),
                TEST_BOTH(questions_are_answered_with_a_sentence), TEST_BOTH(what_found_nothing_is_stored_by_the_job),
                TEST_BOTH(results_are_narrowed_by_the_codes_of_knowledge), TEST_BOTH(a_question_can_be_followed),
                TEST_BOTH(a_question_has_a_feed_that_tells_nothing_of_who_asks),
        };
        return cmocka_run_group_tests_name("programme-search", tests, NULL, NULL);
}
