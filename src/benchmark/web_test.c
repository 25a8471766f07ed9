#include "page_testing.h"
#include <string.h>
#include <jansson.h>
#include "benchmark.h"
#include "benchmark_web.h"
#include "knowledge.h"
#include "network.h"
#include "schema.h"

/* The pages, the file and the API over the whole data of the product, through the route table as the server does. */
struct world {
        struct test_store *store;
        struct db *db;
        struct arena arena;
        struct site site;
};

static void loaded(struct db *db, enum err e, const struct load *l) {
        (void) db;
        if (e != OK)
                fail_msg("%.*s:%d: %.*s", STR(l->file), l->line, STR(l->reason));
}

static struct world *begin(void **state) {
        static struct world w;
        w = (struct world) { .store = test_store(state), .site = { .map = S("/static/kaart.svg") } };
        struct load l = { .a = &w.store->arena, .root = S(SOURCE_ROOT) };
        w.db = test_open(w.store, DB_WRITE);
        assert_int_equal(schema_migrate(w.db), OK);
        assert_int_equal(db_begin(w.db), OK);
        loaded(w.db, network_load(w.db, &l), &l);
        loaded(w.db, benchmark_load(w.db, &l), &l);
        loaded(w.db, knowledge_load(w.db, &l, 0), &l);
        assert_int_equal(benchmark_pages_write(w.db, &w.store->arena), OK);
        assert_int_equal(db_commit(w.db), OK);
        return &w;
}

static void end(struct world *w) {
        arena_done(&w->arena);
        db_close(w->db);
}

/* What stands at ADDRESS; the body stays until the next call. */
static struct reply get(struct world *w, const char *address) {
        static const struct route *const tables[] = { benchmark_routes, NULL };
        struct req rq = { .arena = &w->arena, .db = w->db, .app = &w->site };
        arena_reset(&w->arena);
        return reply_at(&(struct door) { .tables = tables }, &rq, address, NULL);
}

static struct reply page(struct world *w, const char *address) {
        struct reply r = get(w, address);
        assert_int_equal(r.e, OK);
        assert_int_equal(r.rs.status, 200);
        return r;
}

static void overview(struct world *w) {
        struct reply r = page(w, "/cijfers");
        shows(r, "<a href=\"/cijfers/ps01\">Huishoudens met geregistreerde problematische schulden</a>");
        shows(r, "Nederland: <strong>8,8%</strong>. Nieuwste cijfer: 1 januari 2023. 342 gemeenten.");
        shows(r, "Gemiddelde van de gemeenten met een cijfer: ");
        shows(r, "tag-fictional");
        shows(r, "Geen ranglijst.");
        lacks(r, "**");
}

static void one_municipality(struct world *w) {
        struct reply r = page(w, "/cijfers/ps01?gemeente=almere");
        shows(r, "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), en het verschil is groter dan "
                  "toeval en gewone verschillen tussen gemeenten verklaren.");
        shows(r, "van de 15 vergelijkbare gemeenten.");
        shows(r, "In 2022 was dit 13,5%.");
        shows(r, "zouden 303 van de 342 gemeenten buiten de grenzen vallen");
        shows(r, "<path class=\"pt own\"");
        shows(r, "<use class=\"gm k4 own\" href=\"/static/kaart.svg#GM0034\" data-n=\"Almere\" data-v=\"14,5%\"/>");
        shows(r, "<tr class=\"is-own\"><th scope=\"row\"><a href=\"/gemeenten/almere\">Almere</a></th><td "
                  "class=\"num\">14,5%</td>");
        shows(r, "<option value=\"almere\" selected>Almere</option>");
        shows(r, "Waarom lijken deze gemeenten op elkaar?");
        shows(r, "Let op");
        shows(r, "Wat kunt u hiermee doen?");
        lacks(r, "FICTIEF");
        r = page(w, "/cijfers/ps01?jaar=2022&gemeente=");
        shows(r, "In Nederland is dit 8,1%");
        lacks(r, "Vergelijkbare gemeenten</h2>");
}

static void without_test(struct world *w) {
        struct reply r = page(w, "/cijfers/ps04?gemeente=almere");
        shows(r, "De helft van de gemeenten ligt tussen");
        shows(r, "Hoe ver liggen gemeenten uit elkaar?");
        lacks(r, "id=\"trechtert\"");
        r = page(w, "/cijfers/gf01?gemeente=almere");
        shows(r, "Ontwikkeling in Almere");
        shows(r, "per inwoner");
        r = page(w, "/cijfers/bz01?gemeente=dijk-en-waard");
        shows(r, "Voor Dijk en Waard is geen cijfer te maken");
        shows(r, "Dijk en Waard heeft zelf geen cijfer");
}

static void fictitious_is_said_everywhere(struct world *w) {
        struct reply r = page(w, "/cijfers/vs04");
        shows(r, "notice-fictional");
        shows(r, "<figure class=\"chart is-fictional\"");
        shows(r, "FICTIEF</text>");
        shows(r, "(fictief)</caption>");
        shows(r, "Download de fictieve cijfers (CSV)");
        assert_true(str_eq(page(w, "/cijfers/vs04.csv").rs.filename, S("fictief-vs04.csv")));
        r = page(w, "/cijfers/shv15?gemeente=almere");
        shows(r, "is-fictional");
}

/* Owner, version, and the answers to the questions of the dictionary stand beside the figure. */
static void registering_stands_beside_the_figure(struct world *w) {
        struct reply r = page(w, "/cijfers/shv10?gemeente=utrecht");
        shows(r, "<dd>nog niet bekend</dd>");
        shows(r, "te herzien voor 1 juli 2027");
        shows(r, "Neem geen gemiddelde van uitkomsten.");
        shows(r, "Telt uitstroom door verhuizing of overlijden mee als uitval?");
        shows(r, "anders en tellen hierin niet mee.");
        shows(r, "3e kwartaal 2026</option>");
        shows(page(w, "/cijfers/shv10?jaar=2025-2"), "Alle gemeenten, 2e kwartaal 2025");
        lacks(page(w, "/cijfers/ps01"), "Zo registreren gemeenten");
        r = page(w, "/api/v1/indicatoren/shv10");
        shows(r, "\"definitieversie\":{\"nummer\":1,\"eigenaar\":\"nog niet bekend\",\"herzienVoor\":\"2027-07-01\",\"levering\":\"kwartaal\",\"optellen\":\"tellers en noemers\"");
        shows(r, "\"vraag\":\"Telt uitstroom door verhuizing of overlijden mee als uitval?\",\"antwoorden\":[\"");
        lacks(page(w, "/api/v1/indicatoren/ps01"), "definitieversie");
}

/* A quarter is written in one way wherever it leaves the program, and the ways of before still lead there. */
static void a_quarter_is_written_in_one_way(struct world *w) {
        static const char *const asked[] = { "2025-Q2", "2025-2", "20252" };
        shows(page(w, "/cijfers/shv10"), "value=\"2025-Q2\"");
        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
                shows(page(w, str_z(&w->store->arena, str_fmt(&w->store->arena, "/cijfers/shv10?jaar=%s", asked[i]))), "Alle gemeenten, 2e kwartaal 2025");
                shows(page(w, str_z(&w->store->arena, str_fmt(&w->store->arena, "/cijfers/shv10.csv?jaar=%s", asked[i]))), "\r\nSHV10,2025-Q2,GM");
                struct reply json = page(w, str_z(&w->store->arena, str_fmt(&w->store->arena, "/api/v1/indicatoren/shv10/waarden?periode=%s", asked[i])));
                shows(json, "\"periode\":\"2025-Q2\",\"code\":\"GM");
                shows(json, "/waarden?periode=2025-Q2\"");
        }
        shows(page(w, "/api/v1/indicatoren/shv10"), "\"periode\":\"2025-Q2\"");
        shows(page(w, "/api/v1/indicatoren/ps01/waarden"), "\"periode\":\"2023\"");
}

static void the_country_only(struct world *w) {
        struct reply r = page(w, "/cijfers/ls02");
        shows(r, "<path class=\"line nation\"");
        shows(r, "Tussen 2015 en 2023 lag het tussen");
        lacks(r, "id=\"gemeente\"");
        r = page(w, "/cijfers/ls05");
        shows(r, "het hoogst bij ‘Belastingdienst - overige aanslagen’: 45,0%.");
        shows(r, "<th scope=\"col\" class=\"num\">2018</th>");
}

static void every_page_works(struct world *w) {
        struct indicator_card_list list;
        struct arena a = { 0 };
        assert_int_equal(indicators_all(w->db, &a, &list), OK);
        assert_true(list.n > 80);
        for (size_t i = 0; i < list.n; i++) {
                bool national = str_eq(list.v[i].scope, S("national"));
                const char *which = national ? "" : i % 2 ? "?gemeente=amersfoort" : "?gemeente=rozendaal";
                struct reply r = page(w, str_z(&a, str_fmt(&a, "/cijfers/%.*s%s", STR(list.v[i].slug), which)));
                shows(r, "</html>");
                lacks(r, ">nan");
        }
        arena_done(&a);
}

static void what_does_not_exist(struct world *w) {
        static const char *const bad[] = { "/cijfers/ps01?jaar=2019", "/cijfers/ps01?gemeente=atlantis",
                "/cijfers/ls01?jaar=2024" };
        for (size_t i = 0; i < 3; i++) {
                struct reply r = get(w, bad[i]);
                assert_int_equal(r.e, OK);
                assert_int_equal(r.rs.status, 404);
        }
        assert_int_equal(get(w, "/cijfers/bestaat-niet").e, ERR_NOT_FOUND);
        assert_int_equal(get(w, "/cijfers/bestaat-niet.csv").e, ERR_NOT_FOUND);
        assert_int_equal(get(w, "/cijfers/ps01.csv?jaar=2019").e, ERR_NOT_FOUND);
        assert_int_equal(get(w, "/api/v1/indicatoren/XX99").e, ERR_NOT_FOUND);
        assert_int_equal(get(w, "/api/v1/indicatoren/PS01/waarden?periode=2019").e, ERR_NOT_FOUND);
}

static void file(struct world *w) {
        struct reply r = page(w, "/cijfers/ps01.csv?jaar=2023");
        struct str rest = r.html, line;
        size_t lines = 0;
        assert_string_equal(r.rs.content_type, "text/csv; charset=utf-8; header=present");
        assert_true(str_starts(r.html, S("indicator,periode,code,gemeente,provincie,uitsplitsing,waarde,teller,noemer,"
                                       "status,bron,uitgave,fictief\r\n")));
        shows(r, "PS01,2023,GM0034,Almere,Flevoland,,14.5,13737,94739,");
        shows(r, "PS01,2023,NL01,Nederland,,,8.8,");
        shows(r, ",nee\r\n");
        while (str_split(&rest, '\n', &line))
                lines += line.n > 0;
        assert_int_equal(lines, 344);
}

static json_t *json_of(struct world *w, const char *address) {
        struct reply r = page(w, address);
        json_error_t error;
        json_t *j = json_loadb(r.html.p, r.html.n, 0, &error);
        if (!j)
                fail_msg("%s: %s", address, error.text);
        assert_string_equal(r.rs.content_type, "application/json");
        return j;
}

static void api(struct world *w) {
        json_t *j = json_of(w, "/api/v1/indicatoren");
        assert_true(json_array_size(json_object_get(j, "indicatoren")) > 80);
        json_decref(j);
        j = json_of(w, "/api/v1/indicatoren/ps01");
        assert_string_equal(json_string_value(json_object_get(j, "code")), "PS01");
        assert_int_equal(json_array_size(json_object_get(j, "vergelijkingen")), 2);
        json_decref(j);
        j = json_of(w, "/api/v1/indicatoren/PS01/waarden");
        assert_string_equal(json_string_value(json_object_get(j, "periode")), "2023");
        assert_int_equal(json_array_size(json_object_get(j, "waarden")), 343);
        assert_false(json_boolean_value(json_object_get(j, "fictief")));
        json_decref(j);
        j = json_of(w, "/api/v1/indicatoren/VS03/waarden");      /* has breakdowns only, and a newest period all the same */
        assert_true(json_string_length(json_object_get(j, "periode")) == strlen("2026-Q3"));
        json_decref(j);
        j = json_of(w, "/api/v1/indicatoren/SHV09a/waarden?periode=2025");
        assert_true(json_boolean_value(json_object_get(j, "fictief")));
        json_decref(j);
}

static void block(struct world *w) {
        struct benchmark_block b;
        struct buf out = { 0 };
        struct page p = { .out = &out, .arena = &w->arena, .site = &w->site };
        arena_reset(&w->arena);
        assert_int_equal(benchmark_block_load(w->db, &w->arena, S("GM0034"), S("Almere"), S("almere"), &b), OK);
        assert_true(b.figures > 40 && b.fictitious);
        benchmark_block(&p, &b);
        struct reply drawn = { .html = buf_view(&out) };
        shows(drawn, "<a href=\"/cijfers/ps01?gemeente=almere\">");
        shows(drawn, "Hoger dan in Nederland (8,8%), en het verschil is groter dan toeval");
        shows(drawn, "tag-fictional");
        buf_done(&out);
}

/* What is written out at load and damaged later is an error, not a page with fewer municipalities. */
static void damaged_places(struct world *w) {
        test_script(w->db, "UPDATE comparison_places_stored SET packed = substr(packed, 1, 100) WHERE indicator_code = 'PS01' AND period = 2023;"
                           "DELETE FROM comparison_places_stored WHERE indicator_code = 'PS01' AND period = 2022");
        assert_int_equal(get(w, "/cijfers/ps01").e, ERR_INTERNAL);
        assert_int_equal(get(w, "/cijfers/ps01?jaar=2022").e, ERR_INTERNAL);
}

static void pages(void **state) {
        struct world *w = begin(state);
        assert_int_equal(test_statements(w->db, benchmark_statements), 0);
        overview(w);
        one_municipality(w);
        without_test(w);
        fictitious_is_said_everywhere(w);
        registering_stands_beside_the_figure(w);
        a_quarter_is_written_in_one_way(w);
        the_country_only(w);
        every_page_works(w);
        what_does_not_exist(w);
        file(w);
        api(w);
        block(w);
        damaged_places(w);
        end(w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(pages) };
        return cmocka_run_group_tests_name("benchmark pages", tests, NULL, NULL);
}
