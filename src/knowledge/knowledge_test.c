/* Content files become pages: what is accepted, what is refused with file and line, and what pages show. */
#include "testing.h"
#include <string.h>
#include "itemset.h"
#include "knowledge_testing.h"

static void an_item_becomes_a_page(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD "licentie: Vrij <te> gebruiken\ncontact: https://example.org/c?a&b\n"
                "gebruik: Almere | 2021 | Sinds kort. | https://example.org/a\n" TAIL BODY);
        test_put(&w, "content/items/tweede.md", HEAD "verwant: eerste\ncontact: post@example.org\n" TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        struct str html = test_page(&w, "/kennis/eerste", "eerste", "", OK);
        test_shows(html, "<h1>Eerste &amp; beste</h1>");
        test_shows(html, "Kort &quot;gezegd&quot;.");
        test_shows(html, "Tekst met &lt;script&gt;.");
        test_shows(html, "nog niet beoordeeld");
        test_shows(html, "href=\"/gemeenten/almere\"");
        test_shows(html, "href=\"/cijfers/ps01\"");
        test_shows(html, "href=\"/kennis/tweede\"");
        test_shows(html, "4 mei 2026</time>. <a href=\"/kennis/eerste/versies\">");
        test_shows(html, "<dt>Wie mag het gebruiken?</dt><dd>Vrij &lt;te&gt; gebruiken</dd>");
        test_shows(html, "<dt>Contact</dt><dd><a href=\"https://example.org/c?a&amp;b\">https://example.org/c?a&amp;b</a></dd>");
        test_shows(test_page(&w, "/kennis/tweede", "tweede", "", OK), "<dt>Contact</dt><dd>post@example.org</dd>");
        assert_true(str_find(html, S("<script>")) == html.n);
        test_page(&w, "/kennis/derde", "derde", "", ERR_NOT_FOUND);
        db_close(w.db);
}

static void the_list_filters_and_counts(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        test_shows(test_page(&w, "/kennis", NULL, "fase=preventie", OK), ">1 tekst<");
        test_shows(test_page(&w, "/kennis", NULL, "fase=nazorg", OK), "Er is nog geen tekst");
        test_page(&w, "/kennis", NULL, "fase=onzin", ERR_NOT_FOUND);
        test_page(&w, "/kennis", NULL, "pagina=2", ERR_NOT_FOUND);
        db_close(w.db);
}

static const char *const phase_codes[] = { "", "preventie", "nazorg" }, *const kind_codes[] = { "", "interventie", "wet" };

/* Item I of a list that is longer than a page and than a word of bits; titles run against file names. */
static void put_numbered(struct world *w, int i) {
        const char *phase = i % 3 == 0 ? "preventie, nazorg" : phase_codes[i % 3], *kind = kind_codes[1 + (i % 5 == 0)];
        test_put(w, str_fmt(&w->s->arena, "content/items/item-%03d.md", i).p,
            str_fmt(&w->s->arena, "---\ntitel: Titel %03d\nsoort: %s\nsamenvatting: s\nfase: %s\ndoelgroep: iedereen\nthema: vakmanschap\n"
                    TAIL BODY, 500 - i, kind, phase).p);
}

static bool chosen(int i, int phase, int kind) {
        return (phase == 0 || i % 3 == 0 || i % 3 == phase) && (kind == 0 || (kind == 2) == (i % 5 == 0));
}

/* One page of the list against a count by hand. */
static void check_list(struct world *w, int items, int phase, int kind, int page) {
        int total = 0, with_phase[3] = { 0 };
        struct str html = test_page(w, "/kennis", NULL, str_fmt(&w->s->arena, "fase=%s&soort=%s&pagina=%d", phase_codes[phase],
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
        test_shows(html, str_fmt(&w->s->arena, ">%d teksten<", total).p);
        if (phase)
                test_shows(html, str_fmt(&w->s->arena, "<a href=\"/volgen?soort=fase&amp;wat=%s\">", phase_codes[phase]).p);
        assert_true(str_find(html, S("/volgen?soort=soort")) == html.n);        /* a kind of knowledge cannot be followed */
        for (int k = 1; k < 3; k++)
                test_shows(html, str_fmt(&w->s->arena, "<span class=\"facet__count\">%d<", with_phase[k]).p);
}

static void every_choice_shows_its_items_in_order(void **state) {
        enum { ITEMS = 150 };
        struct world w = test_world(state);
        test_put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort wet Wet\n", test_lists).p);
        for (int i = 0; i < ITEMS; i++)
                put_numbered(&w, i);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(test_load(&w), OK);         /* again: the ids are others on PostgreSQL */
        for (int phase = 0; phase < 3; phase++)
                for (int kind = 0; kind < 3; kind++)
                        check_list(&w, ITEMS, phase, kind, 1);
        for (int page = 1; page <= 7; page++)
                check_list(&w, ITEMS, 0, 0, page);
        check_list(&w, ITEMS, 1, 1, 3);
        test_page(&w, "/kennis", NULL, "pagina=8", ERR_NOT_FOUND);
        test_page(&w, "/kennis", NULL, "fase=interventie", ERR_NOT_FOUND);        /* a code of another list */
        db_close(w.db);
}

static void what_nobody_knows_of_a_group_is_told(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%sdoelgroep ouderen Ouderen\n", test_lists).p);
        test_put(&w, "content/items/een.md", "---\ntitel: Een\nsoort: interventie\nsamenvatting: s\nfase: preventie\ndoelgroep: ouderen\n"
                "thema: vakmanschap\n" TAIL BODY);
        test_put(&w, "content/items/twee.md", "---\ntitel: Twee\nsoort: interventie\nsamenvatting: s\nfase: nazorg\ndoelgroep: iedereen\n"
                "thema: vakmanschap\n" TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        struct str html = test_page(&w, "/kennis", NULL, "doelgroep=ouderen", OK);
        test_shows(html, "Nazorg: er is nog geen tekst voor ‘Ouderen’");
        test_shows(html, "<a href=\"/kennis?fase=nazorg&amp;doelgroep=iedereen\">1 tekst over Nazorg voor iedereen</a>");
        assert_true(str_find(html, S("Preventie: er is nog geen tekst")) == html.n);
        test_shows(test_page(&w, "/kennis", NULL, "doelgroep=ouderen&fase=nazorg", OK), "Nazorg: er is nog geen tekst");
        static const char *const others[] = { "", "doelgroep=ouderen&fase=preventie", "doelgroep=ouderen&thema=vakmanschap" };
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
                html = test_page(&w, "/kennis", NULL, others[i], OK);
                assert_true(str_find(html, S("Hier ontbreekt kennis")) == html.n);
        }
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
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD "effect: goed | Instituut | 2020 | https://example.org/o\n" TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        test_shows(test_page(&w, "/kennis/eerste", "eerste", "", OK), "Volgens Instituut, 2020");
        test_put(&w, "content/items/eerste.md", HEAD "effect: goed\n" TAIL BODY);
        assert_int_equal(test_load(&w), ERR_INVALID);
        db_close(w.db);
}

static void mistakes_name_file_and_line_and_change_nothing(void **state) {
        static const struct { const char *text; int line; const char *reason; } bad[] = {
                { HEAD "fase: nazorg\n" TAIL BODY, 9, "twee keer" },
                { HEAD "kleur: rood\n" TAIL BODY, 9, "kennen wij niet" },
                { HEAD "gebruik: Atlantis | 2021 | x | https://example.org/a\n" TAIL BODY, 9, "Atlantis" },
                { HEAD "gebruik: Almere | 2021 | x | javascript:alert(1)\n" TAIL BODY, 9, "deel 4" },
                { HEAD "verwant: nergens\n" TAIL BODY, 1, "nergens" },
                { HEAD "sinds: ooit\n" TAIL BODY, 9, "jaar" },
                { HEAD TAIL "## Voor wie\n\nx\n", 13, "Kort gezegd" },
                { HEAD TAIL BODY "## Nog een\n\nx\n", 36, "te veel" },
                { "geen kop\n", 1, "" },
                { HEAD TAIL BODY "\xff", 0, "UTF-8" },
        };
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
                test_put(&w, "content/items/tweede.md", bad[i].text);
                assert_int_equal(test_load(&w), ERR_INVALID);
                assert_true(str_eq(w.l.file, S("content/items/tweede.md")));
                if (w.l.line != bad[i].line && strcmp(bad[i].reason, "te veel"))
                        fail_msg("case %zu: line %d, expected %d (%.*s)", i, w.l.line, bad[i].line, STR(w.l.reason));
                if (str_find(w.l.reason, str_of(bad[i].reason)) == w.l.reason.n && bad[i].reason[0])
                        fail_msg("case %zu: %.*s", i, STR(w.l.reason));
                assert_int_equal(test_number(w.db, "SELECT count(*) FROM item"), 1);
        }
        db_close(w.db);
}

static void an_indicator_leads_to_items(void **state) {
        struct world w = test_world(state);
        struct knowledge_cards cards;
        test_put(&w, "content/items/eerste.md", HEAD TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(knowledge_for_indicator(w.db, &w.s->arena, S("PS01"), S("preventie"), 6, &cards), OK);
        assert_int_equal(cards.n, 1);           /* found twice, shown once */
        assert_int_equal(knowledge_for_indicator(w.db, &w.s->arena, S("XX"), S("nazorg"), 6, &cards), OK);
        assert_int_equal(cards.n, 0);
        db_close(w.db);
}

/* Writing an item out anew deletes its rows; without an index PostgreSQL reads a whole table for each item, and with 20,000 of
 * them ran out of its time. */
static void references_to_items_are_indexed(void **state) {
        struct world w = test_world(state);
        assert_true(test_number(w.db, "SELECT count(*) FROM pg_constraint c WHERE c.contype = 'f'"
                                " AND c.confrelid = 'item'::regclass") > 15);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM pg_constraint c WHERE c.contype = 'f'"
                                     " AND c.confrelid = 'item'::regclass AND NOT EXISTS (SELECT 1 FROM pg_index i"
                                     " WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])"), 0);
        db_close(w.db);
}

static void most_used_is_an_approach_that_is_used(void **state) {
        struct world w = test_world(state);
        struct knowledge_cards cards;
        test_put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort wet Wet\n", test_lists).p);
        test_put(&w, "content/items/zelden.md", HEAD TAIL BODY);
        test_put(&w, "content/items/tweede.md", HEAD "gebruik: Almere | 2021 | Proef. | https://example.org/a\n" TAIL BODY);
        test_put(&w, "content/items/wet.md", "---\ntitel: Aaa\nsoort: wet\nsamenvatting: Een wet.\nfase: preventie\n"
            "doelgroep: iedereen\nthema: vakmanschap\ngebruik: Almere | 2021 | Overal. | https://example.org/a\n" TAIL BODY);
        test_put(&w, "content/items/anders.md", "---\ntitel: Andere\nsoort: interventie\nsamenvatting: Eerder.\nfase: preventie\n"
            "doelgroep: iedereen\nthema: vakmanschap\ngebruik: Almere | 2021 | Proef. | https://example.org/a\n" TAIL BODY);
        assert_int_equal(test_load(&w), OK);
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
                TEST_BOTH(every_choice_shows_its_items_in_order), TEST_BOTH(what_nobody_knows_of_a_group_is_told),
                cmocka_unit_test(sets_survive_the_store),
                TEST_BOTH(a_judgement_needs_its_institute), TEST_BOTH(mistakes_name_file_and_line_and_change_nothing),
                TEST_POSTGRES(references_to_items_are_indexed),
                TEST_BOTH(an_indicator_leads_to_items), TEST_BOTH(most_used_is_an_approach_that_is_used),
        };
        return cmocka_run_group_tests_name("knowledge", tests, NULL, NULL);
}
