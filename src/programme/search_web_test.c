/* The page of results and the suggestions, through the route table as the server does, on both stores. */
#include "testing.h"
#include <string.h>
#include "fields.h"
#include "jobs.h"
#include "page.h"
#include "programme.h"
#include "route.h"
#include "schema.h"
#include "search.h"
#include "search.sql.h"
#include "writer.h"

struct world {
        struct test_store *store;
        struct db *db;
        struct analyser *an;
        struct search *search;
        struct arena routes_arena, arena;
        struct routes routes;
        struct site site;
        struct resp rs;
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
        static const struct route *const rooms[] = { search_routes, NULL };
        w = (struct world) { .store = test_store(state) };
        w.db = test_open(w.store, DB_WRITE);
        assert_int_equal(schema_migrate(w.db), OK);
        assert_int_equal(analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &w.an), OK);
        assert_int_equal(search_open(&w.search, w.db, w.an), OK);
        w.site.search = w.search;
        for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
                put(&w, &entries[i]);
        assert_int_equal(routes_compile(&w.routes_arena, rooms, &w.routes), OK);
        return &w;
}

static void end(struct world *w) {
        buf_done(&w->rs.body);
        arena_done(&w->arena);
        arena_done(&w->routes_arena);
        search_close(w->search);
        analyser_close(w->an);
        db_close(w->db);
}

/* What ADDRESS answers; it stays until the next call. */
static const char *get(struct world *w, const char *address) {
        struct req rq = { .arena = &w->arena, .db = w->db, .app = &w->site, .id = S("test") };
        struct route_match m;
        struct str message, token;
        arena_reset(&w->arena);
        buf_reset(&w->rs.body);
        w->rs.status = 200;
        path_split(str_of(address), &rq.path, &rq.query);
        routes_find(&w->routes, GET, rq.path, &m);
        assert_non_null(m.route);
        rq.route = m.route;
        assert_int_equal(fields_read(&rq, rq.query, &message, &token), OK);
        assert_int_equal(m.route->run(&rq, &w->rs), OK);
        buf_char(&w->rs.body, 0);
        return w->rs.body.p;
}

static void has(const char *text, const char *part) {
        if (!strstr(text, part))
                fail_msg("no '%s' in: %s", part, text);
}

static void lacks(const char *text, const char *part) {
        if (strstr(text, part))
                fail_msg("'%s' in: %s", part, text);
}

static void a_beginning_is_completed_for_the_script_and_as_links(void **state) {
        struct world *w = begin(state);
        has(get(w, "/zoeken/suggesties.json?q=budg"),
            "{\"tekst\":\"budgetbeheer\",\"soort\":\"\",\"pad\":\"/zoeken?q=budgetbeheer\"},"
            "{\"tekst\":\"Budgetbeheer\",\"soort\":\"Kennis\",\"pad\":\"/kennis/budget-1\"}");
        assert_string_equal(w->rs.content_type, "application/json");
        assert_string_equal(get(w, "/zoeken/suggesties.json?q=x"), "{\"suggesties\":[]}");
        const char *page = get(w, "/zoeken/suggesties?q=budg");
        has(page, "<a href=\"/zoeken?q=budgetbeheer\">budgetbeheer</a>");
        has(page, "<a href=\"/kennis/budget-1\">Budgetbeheer</a> (Kennis)");
        has(get(w, "/zoeken/suggesties?q=budgetbheer"), "Bedoelt u <a href=\"/zoeken?q=budgetbeheer\">");
        has(get(w, "/zoeken/suggesties"), "Typ twee of meer letters.");
        has(get(w, "/zoeken/suggesties?q=xyz"), "Geen woord en geen titel begint met");
        end(w);
}

static void what_editors_chose_stands_first_and_once(void **state) {
        struct world *w = begin(state);
        lacks(get(w, "/zoeken?q=budgetbeheer"), "Aangeraden");
        assert_int_equal(db_begin(w->db), OK);
        assert_int_equal(search_bet_put(w->db, &w->store->arena, w->an, S("budgetbeheer"), S("kennis"), S("budget-2"), 1), OK);
        assert_int_equal(db_commit(w->db), OK);
        const char *page = get(w, "/zoeken?q=budgetbeheer"), *chosen = strstr(page, "/kennis/budget-2"), *other = strstr(page, "/kennis/budget-1");
        has(page, "Aangeraden");
        assert_true(chosen && other && chosen < other);
        assert_null(strstr(chosen + 1, "/kennis/budget-2"));
        lacks(get(w, "/zoeken?q=budgetbeheer&soort=kennis"), "Aangeraden");
        end(w);
}

static void questions_are_answered_with_a_sentence(void **state) {
        struct world *w = begin(state);
        has(get(w, "/zoeken?q=-almere"), "U vroeg alleen wat u niet wilt zien.");
        has(get(w, "/zoeken?q=%e2%80%ae%e2%80%8falmere"), "1 resultaat voor ‘almere’");       /* signs that turn the direction are gone */
        has(get(w, "/zoeken?q=%22%22%22--"), "Niets gevonden");
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

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_beginning_is_completed_for_the_script_and_as_links), TEST_BOTH(what_editors_chose_stands_first_and_once),
                TEST_BOTH(questions_are_answered_with_a_sentence), TEST_BOTH(what_found_nothing_is_stored_by_the_job),
        };
        return cmocka_run_group_tests_name("programme-search", tests, NULL, NULL);
}
