#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>
#include "benchmark.h"
#include "benchmark_web.h"
#include "fields.h"
#include "knowledge.h"
#include "network.h"
#include "page.h"
#include "route.h"
#include "schema.h"
#include "testing.h"

/* The pages, the file and the API over the whole data of the product, through the route table as the server does. */
struct world {
        struct test_store *store;
        struct db *db;
        struct arena routes_arena, arena;
        struct routes routes;
        struct site site;
        struct resp rs;
};

static void loaded(struct db *db, enum err e, const struct load *l) {
        (void) db;
        if (e != OK)
                fail_msg("%.*s:%d: %.*s", STR(l->file), l->line, STR(l->reason));
}

static struct world *begin(void **state) {
        static struct world w;
        static const struct route *const rooms[] = { benchmark_routes, NULL };
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
        assert_int_equal(routes_compile(&w.routes_arena, rooms, &w.routes), OK);
        return &w;
}

static void end(struct world *w) {
        buf_done(&w->rs.body);
        arena_done(&w->arena);
        arena_done(&w->routes_arena);
        db_close(w->db);
}

/* What the handler of ADDRESS answers; the body stays until the next call. */
static enum err get(struct world *w, const char *address, struct str *body) {
        struct req rq = { .arena = &w->arena, .db = w->db, .app = &w->site, .id = S("test") };
        struct route_match m;
        struct str message, token;
        arena_reset(&w->arena);
        buf_reset(&w->rs.body);
        w->rs.status = 200;
        w->rs.content_type = "text/html; charset=utf-8";
        w->rs.filename = S("");
        path_split(str_of(address), &rq.path, &rq.query);
        routes_find(&w->routes, GET, rq.path, &m);
        assert_non_null(m.route);
        rq.route = m.route;
        memcpy(rq.param, m.param, sizeof rq.param);
        assert_int_equal(fields_read(&rq, rq.query, &message, &token), OK);
        enum err e = m.route->run(&rq, &w->rs);
        *body = buf_view(&w->rs.body);
        return e;
}

static void has(struct str body, const char *what) {
        if (str_find(body, str_of(what)) == body.n)
                fail_msg("this is missing: %s", what);
}

static void has_not(struct str body, const char *what) {
        if (str_find(body, str_of(what)) != body.n)
                fail_msg("this should not be there: %s", what);
}

static struct str page(struct world *w, const char *address) {
        struct str body;
        assert_int_equal(get(w, address, &body), OK);
        assert_int_equal(w->rs.status, 200);
        return body;
}

static void overview(struct world *w) {
        struct str body = page(w, "/cijfers");
        has(body, "<a href=\"/cijfers/ps01\">Huishoudens met geregistreerde problematische schulden</a>");
        has(body, "Nederland: <strong>8,8%</strong>. Nieuwste cijfer: 1 januari 2023. 342 gemeenten.");
        has(body, "Gemiddelde van de gemeenten met een cijfer: ");
        has(body, "tag-fictional");
        has(body, "Geen ranglijst.");
        has_not(body, "**");
}

static void one_municipality(struct world *w) {
        struct str body = page(w, "/cijfers/ps01?gemeente=almere");
        has(body, "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), en het verschil is groter dan "
                  "toeval en gewone verschillen tussen gemeenten verklaren.");
        has(body, "van de 15 vergelijkbare gemeenten.");
        has(body, "In 2022 was dit 13,5%.");
        has(body, "zouden 303 van de 342 gemeenten buiten de grenzen vallen");
        has(body, "<path class=\"pt own\"");
        has(body, "<use class=\"gm k4 own\" href=\"/static/kaart.svg#GM0034\" data-n=\"Almere\" data-v=\"14,5%\"/>");
        has(body, "<tr class=\"is-own\"><th scope=\"row\"><a href=\"/gemeenten/almere\">Almere</a></th><td "
                  "class=\"num\">14,5%</td>");
        has(body, "<option value=\"almere\" selected>Almere</option>");
        has(body, "Waarom lijken deze gemeenten op elkaar?");
        has(body, "Let op");
        has(body, "Wat kunt u hiermee doen?");
        has_not(body, "FICTIEF");
        body = page(w, "/cijfers/ps01?jaar=2022&gemeente=");
        has(body, "In Nederland is dit 8,1%");
        has_not(body, "Vergelijkbare gemeenten</h2>");
}

static void without_test(struct world *w) {
        struct str body = page(w, "/cijfers/ps04?gemeente=almere");
        has(body, "De helft van de gemeenten ligt tussen");
        has(body, "Hoe ver liggen gemeenten uit elkaar?");
        has_not(body, "id=\"trechtert\"");
        body = page(w, "/cijfers/gf01?gemeente=almere");
        has(body, "Ontwikkeling in Almere");
        has(body, "per inwoner");
        body = page(w, "/cijfers/bz01?gemeente=dijk-en-waard");
        has(body, "Voor Dijk en Waard is geen cijfer te maken");
        has(body, "Dijk en Waard heeft zelf geen cijfer");
}

static void fictitious_is_said_everywhere(struct world *w) {
        struct str body = page(w, "/cijfers/vs04");
        has(body, "notice-fictional");
        has(body, "<figure class=\"chart is-fictional\"");
        has(body, "FICTIEF</text>");
        has(body, "(fictief)</caption>");
        has(body, "Download de fictieve cijfers (CSV)");
        page(w, "/cijfers/vs04.csv");
        assert_true(str_eq(w->rs.filename, S("fictief-vs04.csv")));
        body = page(w, "/cijfers/shv15?gemeente=almere");
        has(body, "is-fictional");
}

/* Owner, version, and the answers to the questions of the dictionary stand beside the figure. */
static void registering_stands_beside_the_figure(struct world *w) {
        struct str body = page(w, "/cijfers/shv10?gemeente=utrecht");
        has(body, "<dd>nog niet bekend</dd>");
        has(body, "te herzien voor 1 juli 2027");
        has(body, "Telt uitstroom door verhuizing of overlijden mee als uitval?");
        has(body, "anders en tellen hierin niet mee.");
        has(body, "3e kwartaal 2026</option>");
        has(page(w, "/cijfers/shv10?jaar=2025-2"), "Alle gemeenten, 2e kwartaal 2025");
        has_not(page(w, "/cijfers/ps01"), "Zo registreren gemeenten");
}

static void the_country_only(struct world *w) {
        struct str body = page(w, "/cijfers/ls02");
        has(body, "<path class=\"line nation\"");
        has(body, "Tussen 2015 en 2023 lag het tussen");
        has_not(body, "id=\"gemeente\"");
        body = page(w, "/cijfers/ls05");
        has(body, "het hoogst bij ‘Belastingdienst - overige aanslagen’: 45,0%.");
        has(body, "<th scope=\"col\" class=\"num\">2018</th>");
}

static void every_page_works(struct world *w) {
        struct indicator_card_list list;
        struct arena a = { 0 };
        assert_int_equal(indicators_all(w->db, &a, &list), OK);
        assert_true(list.n > 80);
        for (size_t i = 0; i < list.n; i++) {
                bool national = str_eq(list.v[i].scope, S("national"));
                const char *which = national ? "" : i % 2 ? "?gemeente=amersfoort" : "?gemeente=rozendaal";
                struct str body = page(w, str_z(&a, str_fmt(&a, "/cijfers/%.*s%s", STR(list.v[i].slug), which)));
                has(body, "</html>");
                has_not(body, ">nan");
        }
        arena_done(&a);
}

static void what_does_not_exist(struct world *w) {
        static const char *const bad[] = { "/cijfers/ps01?jaar=2019", "/cijfers/ps01?gemeente=atlantis",
                "/cijfers/ls01?jaar=2024" };
        struct str body;
        for (size_t i = 0; i < 3; i++) {
                assert_int_equal(get(w, bad[i], &body), OK);
                assert_int_equal(w->rs.status, 404);
        }
        assert_int_equal(get(w, "/cijfers/bestaat-niet", &body), ERR_NOT_FOUND);
        assert_int_equal(get(w, "/cijfers/bestaat-niet.csv", &body), ERR_NOT_FOUND);
        assert_int_equal(get(w, "/cijfers/ps01.csv?jaar=2019", &body), ERR_NOT_FOUND);
        assert_int_equal(get(w, "/api/v1/indicatoren/XX99", &body), ERR_NOT_FOUND);
        assert_int_equal(get(w, "/api/v1/indicatoren/PS01/waarden?periode=2019", &body), ERR_NOT_FOUND);
}

static void file(struct world *w) {
        struct str body = page(w, "/cijfers/ps01.csv?jaar=2023"), line;
        size_t lines = 0;
        assert_string_equal(w->rs.content_type, "text/csv; charset=utf-8; header=present");
        assert_true(str_starts(body, S("indicator,periode,code,gemeente,provincie,uitsplitsing,waarde,teller,noemer,"
                                       "status,bron,fictief\r\n")));
        has(body, "PS01,2023,GM0034,Almere,Flevoland,,14.5,13737,94739,");
        has(body, "PS01,2023,NL01,Nederland,,,8.8,");
        has(body, ",nee\r\n");
        while (str_split(&body, '\n', &line))
                lines += line.n > 0;
        assert_int_equal(lines, 344);
}

static json_t *json_of(struct world *w, const char *address) {
        struct str body = page(w, address);
        json_error_t error;
        json_t *j = json_loadb(body.p, body.n, 0, &error);
        if (!j)
                fail_msg("%s: %s", address, error.text);
        assert_string_equal(w->rs.content_type, "application/json");
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
        assert_int_equal(json_integer_value(json_object_get(j, "periode")), 2023);
        assert_int_equal(json_array_size(json_object_get(j, "waarden")), 343);
        assert_false(json_boolean_value(json_object_get(j, "fictief")));
        json_decref(j);
        j = json_of(w, "/api/v1/indicatoren/VS03/waarden");      /* has breakdowns only, and a newest period all the same */
        assert_true(json_integer_value(json_object_get(j, "periode")) > 2000);
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
        has(buf_view(&out), "<a href=\"/cijfers/ps01?gemeente=almere\">");
        has(buf_view(&out), "Hoger dan in Nederland (8,8%), en het verschil is groter dan toeval");
        has(buf_view(&out), "tag-fictional");
        buf_done(&out);
}

/* What is written out at load and damaged later is an error, not a page with fewer municipalities. */
static void damaged_places(struct world *w) {
        struct str body;
        test_script(w->db, "UPDATE comparison_places_stored SET packed = substr(packed, 1, 100) WHERE indicator_code = 'PS01' AND period = 2023;"
                           "DELETE FROM comparison_places_stored WHERE indicator_code = 'PS01' AND period = 2022");
        assert_int_equal(get(w, "/cijfers/ps01", &body), ERR_INTERNAL);
        assert_int_equal(get(w, "/cijfers/ps01?jaar=2022", &body), ERR_INTERNAL);
}

static void pages(void **state) {
        struct world *w = begin(state);
        assert_int_equal(test_statements(w->db, benchmark_statements), 0);
        overview(w);
        one_municipality(w);
        without_test(w);
        fictitious_is_said_everywhere(w);
        registering_stands_beside_the_figure(w);
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
