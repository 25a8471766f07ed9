/* Content files become pages: what is accepted, what is refused with file and line, and what pages show. */
#include "testing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "fields.h"
#include "itemset.h"
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

static const char *const phase_codes[] = { "", "preventie", "nazorg" }, *const kind_codes[] = { "", "interventie", "wet" };

/* Item I of a list that is longer than a page and than a word of bits; titles run against file names. */
static void put_numbered(struct world *w, int i) {
        const char *phase = i % 3 == 0 ? "preventie, nazorg" : phase_codes[i % 3], *kind = kind_codes[1 + (i % 5 == 0)];
        put(w, str_fmt(&w->s->arena, "content/items/item-%03d.md", i).p,
            str_fmt(&w->s->arena, "---\ntitel: Titel %03d\nsoort: %s\nsamenvatting: s\nfase: %s\ndoelgroep: iedereen\nthema: vakmanschap\n"
                    TAIL BODY, 500 - i, kind, phase).p);
}

static bool chosen(int i, int phase, int kind) {
        return (phase == 0 || i % 3 == 0 || i % 3 == phase) && (kind == 0 || (kind == 2) == (i % 5 == 0));
}

/* One page of the list against a count by hand. */
static void check_list(struct world *w, int items, int phase, int kind, int page) {
        int total = 0, with_phase[3] = { 0 };
        struct str html = page_of(w, "/kennis", NULL, str_fmt(&w->s->arena, "fase=%s&soort=%s&pagina=%d", phase_codes[phase],
                                                              kind_codes[kind], page).p, OK);
        for (int i = items - 1; i >= 0; i--) {
                for (int k = 1; k < 3; k++)
                        with_phase[k] += chosen(i, k, kind);
                if (!chosen(i, phase, kind))
                        continue;
                bool here = total >= (page - 1) * 24 && total < page * 24, seen;
                struct str title = str_fmt(&w->s->arena, ">Titel %03d<", 500 - i);
                seen = str_find(html, title) < html.n;
                if (here != seen)
                        fail_msg("phase %d, kind %d, page %d: item %d is%s there", phase, kind, page, i, seen ? "" : " not");
                total++;
        }
        shows(html, str_fmt(&w->s->arena, ">%d teksten<", total).p);
        for (int k = 1; k < 3; k++)
                shows(html, str_fmt(&w->s->arena, "<span class=\"facet__count\">%d<", with_phase[k]).p);
}

static void every_choice_shows_its_items_in_order(void **state) {
        enum { ITEMS = 150 };
        struct world w = world(state);
        put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort wet Wet\n", lists).p);
        for (int i = 0; i < ITEMS; i++)
                put_numbered(&w, i);
        assert_int_equal(load(&w), OK);
        assert_int_equal(load(&w), OK);         /* again: the ids are others on PostgreSQL */
        for (int phase = 0; phase < 3; phase++)
                for (int kind = 0; kind < 3; kind++)
                        check_list(&w, ITEMS, phase, kind, 1);
        for (int page = 1; page <= 7; page++)
                check_list(&w, ITEMS, 0, 0, page);
        check_list(&w, ITEMS, 1, 1, 3);
        page_of(&w, "/kennis", NULL, "pagina=8", ERR_NOT_FOUND);
        page_of(&w, "/kennis", NULL, "fase=interventie", ERR_NOT_FOUND);        /* a code of another list */
        db_close(w.db);
}

static void sets_survive_the_store(void **state) {
        (void) state;
        static const size_t sizes[] = { 0, 1, 63, 64, 65, 200 };
        struct arena a = { 0 };
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
                size_t n = sizes[k], places[200], third = 0;
                struct itemset all = itemset_all(&a, n), s = itemset_none(&a, n);
                assert_int_equal(itemset_count(&all), n);
                for (size_t i = 0; i < n; i += 3, third++)
                        itemset_add(&s, i);
                struct str bytes = itemset_bytes(&a, &s);
                struct itemset again = itemset_read(&a, bytes, n), damaged = itemset_read(&a, str_sub(bytes, 0, 1), n);
                assert_int_equal(itemset_count(&again), third);
                assert_int_equal(itemset_common(&again, &all), third);
                assert_true(itemset_count(&damaged) <= 3);
                struct itemset longer = itemset_read(&a, S("\xff\xff\xff\xff\xff\xff\xff\xff\xff"), n);
                assert_true(itemset_count(&longer) <= n);
                for (size_t skip = 0; skip <= third; skip++) {
                        size_t got = itemset_places(&again, skip, 24, places);
                        assert_int_equal(got, third - skip < 24 ? third - skip : 24);
                        for (size_t i = 0; i < got; i++)
                                assert_int_equal(places[i], (skip + i) * 3);
                }
        }
        arena_done(&a);
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

/* Loading again deletes every item; without an index PostgreSQL then reads the referring table once for each of them, and
 * with 20,000 items ran out of its time. */
static void references_to_items_are_indexed(void **state) {
        struct world w = world(state);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM pg_constraint c WHERE c.contype = 'f'"
                                     " AND c.confrelid = 'item'::regclass"), 9);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM pg_constraint c WHERE c.contype = 'f'"
                                     " AND c.confrelid = 'item'::regclass AND NOT EXISTS (SELECT 1 FROM pg_index i"
                                     " WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])"), 0);
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
                TEST_BOTH(every_choice_shows_its_items_in_order), cmocka_unit_test(sets_survive_the_store),
                TEST_BOTH(a_judgement_needs_its_institute), TEST_BOTH(mistakes_name_file_and_line_and_change_nothing),
                TEST_BOTH(an_indicator_leads_to_items), TEST_POSTGRES(references_to_items_are_indexed),
                TEST_BOTH(an_indicator_leads_to_items), TEST_BOTH(most_used_is_an_approach_that_is_used),
        };
        return cmocka_run_group_tests_name("knowledge", tests, NULL, NULL);
}
