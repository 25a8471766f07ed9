/* Approaches side by side: what the table says, and what is said when there is nothing to put in it. */
#include "testing.h"
#include <string.h>
#include "knowledge_publish.h"
#include "knowledge_testing.h"

#define COMPARE(query) test_get(&w, "/kennis/vergelijken", "/kennis/vergelijken", NULL, (query), OK)

static const char *const names[] = { "een", "twee", "drie", "vier", "vijf" };

static void put_approach(struct world *w, const char *name, const char *lines) {
        test_put(w, str_fmt(&w->s->arena, "content/items/%s.md", name).p,
                 str_fmt(&w->s->arena, "---\ntitel: Aanpak %s\nsoort: interventie\nsamenvatting: Kort %s.\nfase: preventie\n"
                         "doelgroep: iedereen\nthema: vakmanschap\n%s" TAIL BODY, name, name, lines).p);
}

static struct world five_approaches(void **state) {
        struct world w = test_world(state);
        put_approach(&w, "een", "onderzoek: Studie | CBS | 2020 | https://example.org/1 | enquete | 10 | o | e | | r\n"
                                "onderzoek: Proef | UvA | 2021 | https://example.org/2 | rct | 100 | o | e | | r\n"
                                "effect: groot <b> | Instituut | 2022 | https://example.org/3 | Omdat.\nelement: Snel zijn | w | https://example.org/4\n"
                                "gebruik: Almere | 2021 | x | https://example.org/a\neigenaar: De maker\nsinds: 2015\n"
                                "erkenning: Movisie | Goed onderbouwd | 2023 | https://example.org/5\n");
        for (size_t i = 1; i < 5; i++)
                put_approach(&w, names[i], "");
        test_put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort wet Wet\n", test_lists).p);
        test_put(&w, "content/items/wet.md", "---\ntitel: De wet\nsoort: wet\nsamenvatting: s\nfase: preventie\ndoelgroep: iedereen\n"
                                             "thema: vakmanschap\n" TAIL BODY);
        assert_int_equal(test_load(&w), OK);
        return w;
}

static void a_table_shows_what_is_known(void **state) {
        struct world w = five_approaches(state);
        struct str html = COMPARE("aanpak=een&aanpak=twee");
        test_shows(html, "<th scope=\"col\"><a href=\"/kennis/een\">Aanpak een</a></th>");
        test_shows(html, "<td data-label=\"Aanpak twee\">Kort twee.</td>");
        test_shows(html, "groot &lt;b&gt; <a href=\"https://example.org/3\">Volgens Instituut, 2022</a><br>Omdat.");
        test_shows(html, "2 onderzoeken<span class=\"visually-hidden\"> naar Aanpak een</span></a>. Sterkste opzet: ");
        test_shows(html, "Sterkste opzet: Experiment");
        test_shows(html, "geen onderzoek bekend");
        test_shows(html, "<li>Snel zijn</li>");
        test_shows(html, ">Almere</td>");
        test_shows(html, "De maker");
        test_shows(html, "2015");
        test_shows(html, "Movisie: <a href=\"https://example.org/5\">Goed onderbouwd</a>, 2023");
        test_shows(html, "href=\"/kennis?aanpak=een&amp;aanpak=twee\"");
        assert_true(str_find(html, S("utrecht-alert--warning")) == html.n);
        db_close(w.db);
}

static void from_two_to_four_can_be_compared(void **state) {
        static const struct { const char *query; bool table; const char *says; } cases[] = {
                { "", false, "Kies twee tot vier aanpakken" }, { "aanpak=een", false, "U koos alleen Aanpak een." },
                { "aanpak=een&aanpak=een", false, "U koos alleen Aanpak een." },
                { "aanpak=een&aanpak=twee&aanpak=drie&aanpak=vier", true, "Aanpak vier" },
                { "aanpak=een&aanpak=twee&aanpak=drie&aanpak=vier&aanpak=vijf", false, "U koos er 5." },
                { "aanpak=een&aanpak=niets", false, "het adres ‘niets’" }, { "aanpak=een&aanpak=twee&aanpak=niets", true, "het adres ‘niets’" },
                { "aanpak=een&aanpak=twee&aanpak=wet", true, "De wet is geen aanpak" },
        };
        struct world w = five_approaches(state);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct str html = COMPARE(cases[i].query);
                test_shows(html, cases[i].says);
                if ((str_find(html, S("<table")) < html.n) != cases[i].table)
                        fail_msg("%s: %s a table", cases[i].query, cases[i].table ? "not" : "with");
        }
        db_close(w.db);
}

static void what_was_withdrawn_is_named(void **state) {
        struct world w = five_approaches(state);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(knowledge_withdraw(w.db, &w.s->arena, test_number(w.db, "SELECT id FROM item WHERE slug = 'drie'"), S("Oud."), NOW_MS), OK);
        assert_int_equal(db_commit(w.db), OK);
        struct str html = COMPARE("aanpak=een&aanpak=twee&aanpak=drie");
        test_shows(html, "Aanpak drie is ingetrokken");
        test_shows(html, "<table");
        db_close(w.db);
}

static void lists_and_items_let_choose(void **state) {
        struct world w = five_approaches(state);
        struct str html = test_page(&w, "/kennis", NULL, "aanpak=een&aanpak=elders&soort=interventie", OK);
        test_shows(html, "value=\"een\" checked");
        test_shows(html, "<input type=\"hidden\" name=\"aanpak\" value=\"elders\">");
        test_shows(html, "/kennis?aanpak=een&amp;aanpak=elders");       /* taking the filter away keeps the choice */
        html = test_page(&w, "/kennis", NULL, "soort=wet", OK);
        assert_true(str_find(html, S("name=\"aanpak\"")) == html.n);
        html = test_page(&w, "/kennis/een", "een", "", OK);
        test_shows(html, "<input type=\"hidden\" name=\"aanpak\" value=\"een\">");
        test_shows(html, "name=\"aanpak\" value=\"twee\"");
        html = test_page(&w, "/kennis/wet", "wet", "", OK);
        assert_true(str_find(html, S("name=\"aanpak\"")) == html.n);
        db_close(w.db);
}

static void the_address_of_the_page_is_no_items(void **state) {
        struct world w = test_world(state);
        struct text_error error;
        int64_t id;
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(knowledge_publish(w.db, &w.s->arena, &(struct knowledge_publication) { .slug = S("vergelijken"), .text = S(HEAD TAIL BODY),
                                           .note = S(""), .now_ms = NOW_MS }, &error, &id), ERR_CONFLICT);
        db_rollback(w.db);
        test_put(&w, "content/items/vergelijken.md", HEAD TAIL BODY);
        assert_int_equal(test_load(&w), ERR_INVALID);
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_table_shows_what_is_known), TEST_BOTH(from_two_to_four_can_be_compared), TEST_BOTH(what_was_withdrawn_is_named),
                TEST_BOTH(lists_and_items_let_choose), TEST_BOTH(the_address_of_the_page_is_no_items),
        };
        return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
