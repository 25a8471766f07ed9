/* Content files become pages: what is accepted, what is refused with file and line, and what pages show. */
#include "testing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "fields.h"
#include "knowledge.h"
#include "page.h"
#include "schema.h"

static const char lists[] =
        "# lists\nfase preventie Preventie\nfase nazorg Nazorg\nsoort interventie Aanpak\ndoelgroep iedereen Iedereen\n"
        "thema vakmanschap Vakmanschap\n";

#define BODY "## Kort gezegd\n\nTekst met <script>.\n\n## Voor wie\n\nA\n\n## Zo werkt het\n\nB\n\n## Wat heb je nodig\n\nC\n\n" \
             "## Wat weten we ervan\n\nD\n\n## Bronnen\n\n- E\n"
#define HEAD "---\ntitel: Eerste & beste\nsoort: interventie\nsamenvatting: Kort \"gezegd\".\nfase: preventie\n" \
             "doelgroep: iedereen\nthema: vakmanschap\nindicator: PS01\n"
#define TAIL "bron: Titel | Uitgever | 2020 | https://example.org/x\nbijgewerkt: 2026-05-04\n---\n\n"

struct world {
        struct test_store *s;
        struct db *db;
        struct load l;
        struct str root;
};

static void put(struct world *w, const char *name, const char *text) {
        FILE *f = fopen(str_fmt(&w->s->arena, "%.*s/%s", STR(w->root), name).p, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
        assert_int_equal(fclose(f), 0);
}

static struct world world(void **state) {
        struct world w = { .s = test_store(state) };
        char folder[] = "/tmp/schouders-content-XXXXXX";
        assert_non_null(mkdtemp(folder));
        w.root = str_dup(&w.s->arena, str_of(folder));
        w.db = test_open(w.s, DB_WRITE);
        w.l = (struct load) { .a = &w.s->arena, .root = w.root };
        assert_int_equal(schema_migrate(w.db), OK);
        test_script(w.db, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on)"
                          " VALUES ('GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01');"
                          "INSERT INTO indicator VALUES ('PS01', 'ps01', 1, 'Huishoudens', 'd', 't', 'n', 'procent', 'proportion', 1,"
                          " 'lower', '', 'schulden', 'municipality', '1 januari', 'CBS', '', '', '', '', 0)");
        mkdir(str_fmt(&w.s->arena, "%s/content", folder).p, 0700);
        mkdir(str_fmt(&w.s->arena, "%s/content/items", folder).p, 0700);
        put(&w, "content/lijsten.txt", lists);
        return w;
}

static enum err load(struct world *w) {
        assert_int_equal(db_begin(w->db), OK);
        enum err e = knowledge_load(w->db, &w->l);
        if (e == OK)
                assert_int_equal(db_commit(w->db), OK);
        else
                db_rollback(w->db);
        return e;
}

static struct str page_of(struct world *w, const char *path, const char *slug, const char *query, enum err want) {
        static struct site site;
        struct req rq = { .arena = &w->s->arena, .db = w->db, .method = GET, .path = str_of(path), .app = &site };
        struct resp rs = { .status = 200 };
        struct str message, csrf;
        rq.param[0] = str_of(slug);
        rq.route = slug ? &knowledge_routes[1] : &knowledge_routes[0];
        assert_int_equal(fields_read(&rq, str_of(query), &message, &csrf), OK);
        assert_int_equal(rq.route->run(&rq, &rs), want);
        struct str html = str_dup(&w->s->arena, buf_view(&rs.body));
        buf_done(&rs.body);
        return html;
}

static void shows(struct str html, const char *text) {
        if (str_find(html, str_of(text)) == html.n)
                fail_msg("the page does not show: %s", text);
}

static void an_item_becomes_a_page(void **state) {
        struct world w = world(state);
        put(&w, "content/items/eerste.md", HEAD "gebruik: Almere | 2021 | Sinds kort. | https://example.org/a\n" TAIL BODY);
        put(&w, "content/items/tweede.md", HEAD "verwant: eerste\n" TAIL BODY);
        assert_int_equal(load(&w), OK);
        struct str html = page_of(&w, "/kennis/eerste", "eerste", "", OK);
        shows(html, "<h1>Eerste &amp; beste</h1>");
        shows(html, "Kort &quot;gezegd&quot;.");
        shows(html, "Tekst met &lt;script&gt;.");
        shows(html, "nog niet beoordeeld");
        shows(html, "href=\"/gemeenten/almere\"");
        shows(html, "href=\"/cijfers/ps01\"");
        shows(html, "href=\"/kennis/tweede\"");
        shows(html, "4 mei 2026");
        assert_true(str_find(html, S("<script>")) == html.n);
        page_of(&w, "/kennis/derde", "derde", "", ERR_NOT_FOUND);
        db_close(w.db);
}

static void the_list_filters_and_counts(void **state) {
        struct world w = world(state);
        put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        assert_int_equal(load(&w), OK);
        shows(page_of(&w, "/kennis", NULL, "fase=preventie", OK), ">1 tekst<");
        shows(page_of(&w, "/kennis", NULL, "fase=nazorg", OK), "Er is nog geen tekst");
        page_of(&w, "/kennis", NULL, "fase=onzin", ERR_NOT_FOUND);
        page_of(&w, "/kennis", NULL, "pagina=2", ERR_NOT_FOUND);
        db_close(w.db);
}

static void a_judgement_needs_its_institute(void **state) {
        struct world w = world(state);
        put(&w, "content/items/eerste.md", HEAD "effect: goed | Instituut | 2020 | https://example.org/o\n" TAIL BODY);
        assert_int_equal(load(&w), OK);
        shows(page_of(&w, "/kennis/eerste", "eerste", "", OK), "Volgens Instituut, 2020");
        put(&w, "content/items/eerste.md", HEAD "effect: goed\n" TAIL BODY);
        assert_int_equal(load(&w), ERR_INVALID);
        db_close(w.db);
}

static void mistakes_name_file_and_line_and_change_nothing(void **state) {
        static const struct { const char *text; int line; const char *reason; } bad[] = {
                { HEAD "fase: nazorg\n" TAIL BODY, 9, "twice" },
                { HEAD "kleur: rood\n" TAIL BODY, 9, "unknown" },
                { HEAD "gebruik: Atlantis | 2021 | x | https://example.org/a\n" TAIL BODY, 9, "Atlantis" },
                { HEAD "gebruik: Almere | 2021 | x | javascript:alert(1)\n" TAIL BODY, 9, "address" },
                { HEAD "verwant: nergens\n" TAIL BODY, 1, "nergens" },
                { HEAD "sinds: ooit\n" TAIL BODY, 9, "year" },
                { HEAD TAIL "## Voor wie\n\nx\n", 13, "Kort gezegd" },
                { HEAD TAIL BODY "## Nog een\n\nx\n", 36, "too many" },
                { "geen kop\n", 1, "" },
                { HEAD TAIL BODY "\xff", 0, "UTF-8" },
        };
        struct world w = world(state);
        put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        assert_int_equal(load(&w), OK);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                put(&w, "content/items/tweede.md", bad[i].text);
                assert_int_equal(load(&w), ERR_INVALID);
                assert_true(str_eq(w.l.file, S("content/items/tweede.md")));
                if (w.l.line != bad[i].line && strcmp(bad[i].reason, "too many"))
                        fail_msg("case %zu: line %d, expected %d (%.*s)", i, w.l.line, bad[i].line, STR(w.l.reason));
                if (str_find(w.l.reason, str_of(bad[i].reason)) == w.l.reason.n && bad[i].reason[0])
                        fail_msg("case %zu: %.*s", i, STR(w.l.reason));
                assert_int_equal(test_number(w.db, "SELECT count(*) FROM item"), 1);
        }
        db_close(w.db);
}

static void an_indicator_leads_to_items(void **state) {
        struct world w = world(state);
        struct knowledge_cards cards;
        put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        assert_int_equal(load(&w), OK);
        assert_int_equal(knowledge_for_indicator(w.db, &w.s->arena, S("PS01"), S("preventie"), 6, &cards), OK);
        assert_int_equal(cards.n, 1);           /* found twice, shown once */
        assert_int_equal(knowledge_for_indicator(w.db, &w.s->arena, S("XX"), S("nazorg"), 6, &cards), OK);
        assert_int_equal(cards.n, 0);
        db_close(w.db);
}

static void most_used_is_an_approach_that_is_used(void **state) {
        struct world w = world(state);
        struct knowledge_cards cards;
        put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort wet Wet\n", lists).p);
        put(&w, "content/items/zelden.md", HEAD TAIL BODY);
        put(&w, "content/items/tweede.md", HEAD "gebruik: Almere | 2021 | Proef. | https://example.org/a\n" TAIL BODY);
        put(&w, "content/items/wet.md", "---\ntitel: Aaa\nsoort: wet\nsamenvatting: Een wet.\nfase: preventie\n"
            "doelgroep: iedereen\nthema: vakmanschap\ngebruik: Almere | 2021 | Overal. | https://example.org/a\n" TAIL BODY);
        put(&w, "content/items/anders.md", "---\ntitel: Andere\nsoort: interventie\nsamenvatting: Eerder.\nfase: preventie\n"
            "doelgroep: iedereen\nthema: vakmanschap\ngebruik: Almere | 2021 | Proef. | https://example.org/a\n" TAIL BODY);
        assert_int_equal(load(&w), OK);
        assert_int_equal(knowledge_most_used(w.db, &w.s->arena, 3, &cards), OK);
        assert_int_equal(cards.n, 2);           /* not the law, and not what nobody uses */
        assert_true(str_eq(cards.v[0].slug, S("anders")) && str_eq(cards.v[1].slug, S("tweede")));
        assert_int_equal(knowledge_most_used(w.db, &w.s->arena, 1, &cards), OK);
        assert_int_equal(cards.n, 1);
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(an_item_becomes_a_page), TEST_BOTH(the_list_filters_and_counts),
                TEST_BOTH(a_judgement_needs_its_institute), TEST_BOTH(mistakes_name_file_and_line_and_change_nothing),
                TEST_BOTH(an_indicator_leads_to_items), TEST_BOTH(most_used_is_an_approach_that_is_used),
        };
        return cmocka_run_group_tests_name("knowledge", tests, NULL, NULL);
}
