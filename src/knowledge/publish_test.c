/* A text is published, changed, renamed, withdrawn and loaded again, and the list, the pages and the versions say so. */
#include "knowledge_testing.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "knowledge_publish.h"
#include "search.h"
#include "shelf.h"
#include "testdata.h"

static struct str text_of(struct world *w, const char *title, const char *more) {
        return str_fmt(&w->s->arena, "---\ntitel: %s\nsoort: interventie\nsamenvatting: Kort.\nfase: preventie\n"
                       "doelgroep: iedereen\nthema: vakmanschap\n%s" TAIL BODY, title, more);
}

static enum err publish(struct world *w, int64_t id, const char *slug, struct str text, int64_t *ret) {
        struct knowledge_publication p = { .item_id = id, .slug = str_of(slug), .text = text, .note = S("Anders."),
                                           .made_by = opt_i64(7), .now_ms = NOW_MS };
        struct text_error error;
        assert_int_equal(db_begin(w->db), OK);
        enum err e = knowledge_publish(w->db, &w->s->arena, &p, &error, ret);
        if (e == OK)
                assert_int_equal(db_commit(w->db), OK);
        else
                db_rollback(w->db);
        return e;
}

static void withdraw(struct world *w, int64_t id) {
        assert_int_equal(db_begin(w->db), OK);
        assert_int_equal(knowledge_withdraw(w->db, &w->s->arena, id, S("Verouderd."), NOW_MS), OK);
        assert_int_equal(db_commit(w->db), OK);
}

static void a_text_becomes_an_item_and_changes(void **state) {
        struct world w = test_world(state);
        int64_t id, other;
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(publish(&w, 0, "", text_of(&w, "Nieuwe aanpak", ""), &id), OK);
        test_shows(test_page(&w, "/kennis/nieuwe-aanpak", "nieuwe-aanpak", "", OK), "<h1>Nieuwe aanpak</h1>");
        test_shows(test_page(&w, "/kennis", NULL, "", OK), ">1 tekst<");
        assert_int_equal(publish(&w, 0, "", text_of(&w, "Nieuwe aanpak", ""), &other), OK);
        test_page(&w, "/kennis/nieuwe-aanpak-2", "nieuwe-aanpak-2", "", OK);
        assert_int_equal(publish(&w, id, "betere-naam", text_of(&w, "Betere naam", ""), &id), OK);
        test_shows(test_page(&w, "/kennis/betere-naam", "betere-naam", "", OK), "Anders.");
        assert_int_equal(test_page(&w, "/kennis/nieuwe-aanpak", "nieuwe-aanpak", "", OK).n, 0);         /* leads on */
        assert_int_equal(publish(&w, other, "nieuwe-aanpak", text_of(&w, "X", ""), &other), ERR_CONFLICT);
        assert_int_equal(publish(&w, 0, "Met Hoofdletters", text_of(&w, "X", ""), &other), ERR_INVALID);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM item_version WHERE number = 2 AND made_by = 7"), 1);
        assert_int_equal(publish(&w, 0, "c", text_of(&w, "C", "verwant: betere-naam\n"), &other), OK);
        assert_int_equal(publish(&w, id, "beste-naam", text_of(&w, "Betere naam", ""), &id), OK);
        assert_int_equal(test_load(&w), OK);            /* C still names it as it was called */
        test_shows(test_page(&w, "/kennis/c", "c", "", OK), "href=\"/kennis/beste-naam\"");
        db_close(w.db);
}

static void what_is_withdrawn_is_gone_from_lists_and_can_come_back(void **state) {
        struct world w = test_world(state);
        int64_t id, b;
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(publish(&w, 0, "a", text_of(&w, "A", ""), &id), OK);
        assert_int_equal(publish(&w, 0, "b", text_of(&w, "B", "verwant: a\n"), &b), OK);
        test_shows(test_page(&w, "/kennis/b", "b", "", OK), "href=\"/kennis/a\"");
        withdraw(&w, id);
        struct str page = test_page(&w, "/kennis/a", "a", "", OK);
        test_shows(page, "ingetrokken op 22 november 2026");
        test_shows(page, "Verouderd.");
        test_shows(test_page(&w, "/kennis", NULL, "fase=preventie", OK), ">1 tekst<");
        page = test_page(&w, "/kennis/b", "b", "", OK);
        assert_true(str_find(page, S("href=\"/kennis/a\"")) == page.n);
        assert_int_equal(test_load(&w), OK);            /* what names it is no mistake */
        assert_int_equal(db_begin(w.db), OK);
        assert_int_equal(knowledge_withdraw(w.db, &w.s->arena, id, S("x"), NOW_MS), ERR_CONFLICT);
        db_rollback(w.db);
        assert_int_equal(publish(&w, id, "", text_of(&w, "A", ""), &id), OK);
        test_shows(test_page(&w, "/kennis", NULL, "fase=preventie", OK), ">2 teksten<");
        db_close(w.db);
}

static void a_mistake_changes_nothing(void **state) {
        struct world w = test_world(state);
        struct text_error error;
        int64_t id;
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(publish(&w, 0, "a", text_of(&w, "A", "verwant: nergens\n"), &id), ERR_INVALID);
        assert_int_equal(publish(&w, 0, "a", text_of(&w, "A", "onderzoek: T | P | 2020 | https://x.nl | gok | 1 | u | e | | \n"), &id), ERR_INVALID);
        assert_int_equal(publish(&w, 99, "a", text_of(&w, "A", ""), &id), ERR_NOT_FOUND);
        assert_int_equal(knowledge_check(w.db, &w.s->arena, text_of(&w, "A", "thema: vakmanschap\n"), &error), ERR_INVALID);
        assert_int_equal(error.line, 8);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM item"), 0);
        db_close(w.db);
}

static void a_page_shows_what_is_known_of_an_approach(void **state) {
        struct world w = test_world(state);
        int64_t id;
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(publish(&w, 0, "a", text_of(&w, "A",
                "element: Snel contact | Wie snel komt, wordt binnengelaten. | \n"
                "onderzoek: Studie Een | Hogeschool | 2019 | https://example.org/s | rct | 1204 | Schuld na een jaar | 12% lager | 95%: 3 tot 21 | Uitval was hoog.\n"
                "onderzoek: Studie Twee | | | https://example.org/t | kwalitatief | | Ervaringen | | | \n"
                "ervaring: Wijkteam | 2021 | Klein team | Een auto | Meer bereik | https://example.org/e\n"
                "materiaal: Handboek | Uitgever | 2020 | https://example.org/m\n"
                "erkenning: Movisie | Goed onderbouwd | 2018 | https://example.org/l\n"
                "editie: Tweede druk | 2022 | | Hoofdstuk 3 is nieuw.\n"
                "effect: gunstig | Instituut | 2020 | https://example.org/o | Twee studies wijzen dezelfde kant op.\n"
                "waarschuwing: Gaat over huisuitzetting.\nalias: Andere naam\n"), &id), OK);
        struct str html = test_page(&w, "/kennis/a", "a", "", OK);
        const char *const said[] = { "Snel contact", "Experiment met loting", "1.204", "12% lager", "95%: 3 tot 21", "Uitval was hoog.",
                "niet gemeld", "Een auto", "Handboek", "Goed onderbouwd", "Hoofdstuk 3 is nieuw.", "Twee studies wijzen", "huisuitzetting" };
        for (size_t i = 0; i < sizeof said / sizeof *said; i++)
                test_shows(html, said[i]);
        db_close(w.db);
}

static size_t found(struct world *w, const struct analyser *an, const char *words, struct str *ref) {
        struct search *search;
        struct search_result r;
        assert_int_equal(search_open(&search, w->db, an), OK);
        assert_int_equal(search_ask(search, w->db, &w->s->arena, str_of(words), S(""), 0, &r), OK);
        *ref = r.hits.n ? str_dup(&w->s->arena, r.hits.v[0].ref) : S("");
        search_close(search);
        return r.hits.n;
}

static void index_item(struct world *w, const struct analyser *an, int64_t id) {
        struct site site = { .analyser = an };
        struct req rq = { .db = w->db, .arena = &w->s->arena, .app = &site };
        assert_int_equal(db_begin(w->db), OK);
        assert_int_equal(knowledge_index(&rq, id), OK);
        assert_int_equal(db_commit(w->db), OK);
}

static void search_follows_what_is_published(void **state) {
        struct world w = test_world(state);
        struct analyser *an;
        struct str ref;
        int64_t id;
        need_dictionary();
        assert_int_equal(analyser_open(TEST_DIC, TEST_LISTS, &an), OK);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(publish(&w, 0, "oud", text_of(&w, "Brandkraan", "alias: Hydrant\n"), &id), OK);
        index_item(&w, an, id);
        assert_int_equal(found(&w, an, "hydrant", &ref), 1);
        assert_int_equal(publish(&w, id, "nieuw", text_of(&w, "Waterput", ""), &id), OK);
        index_item(&w, an, id);
        assert_int_equal(found(&w, an, "brandkraan", &ref), 0);
        assert_int_equal(found(&w, an, "waterput", &ref), 1);
        assert_true(str_eq(ref, S("nieuw")));
        withdraw(&w, id);
        index_item(&w, an, id);
        assert_int_equal(found(&w, an, "waterput", &ref), 0);
        analyser_close(an);
        db_close(w.db);
}

static void a_toolkit_puts_items_in_order(void **state) {
        struct world w = test_world(state);
        int64_t a, id;
        test_put(&w, "content/lijsten.txt", str_fmt(&w.s->arena, "%ssoort toolkit Toolkit\n", test_lists).p);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(publish(&w, 0, "a", text_of(&w, "Lees dit", ""), &a), OK);
        struct str toolkit = S("---\ntitel: Starten\nsoort: toolkit\nsamenvatting: Kort.\nfase: preventie\ndoelgroep: iedereen\n"
                               "thema: vakmanschap\nstap: a | Bespreek het in uw team.\nbijgewerkt: 2026-05-04\n---\n\n"
                               "## Kort gezegd\n\nA\n\n## Voor wie\n\nB\n\n## Zo gebruikt u het\n\nC\n");
        assert_int_equal(publish(&w, 0, "", toolkit, &id), OK);
        struct str html = test_page(&w, "/kennis/starten", "starten", "", OK);
        test_shows(html, "Bespreek het in uw team.");
        withdraw(&w, a);
        test_shows(test_page(&w, "/kennis/starten", "starten", "", OK), "Lees dit (ingetrokken)");
        db_close(w.db);
}

/* The site's text stays when the files are loaded again; a newer file is kept for the editors. */
static void files_do_not_overwrite_what_the_site_wrote(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", text_of(&w, "Uit het bestand", "").p);
        test_put(&w, "content/items/tweede.md", text_of(&w, "Tweede", "verwant: eerste\n").p);
        assert_int_equal(test_load(&w), OK);
        int64_t id = test_number(w.db, "SELECT id FROM item WHERE slug = 'eerste'");
        test_put(&w, "content/items/eerste.md", text_of(&w, "Uit het tweede bestand", "").p);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(test_number(w.db, "SELECT version FROM item WHERE slug = 'eerste'"), 2);
        assert_int_equal(test_number(w.db, "SELECT id FROM item WHERE slug = 'eerste'"), id);
        assert_int_equal(publish(&w, id, "", text_of(&w, "Van de site", ""), &id), OK);
        test_put(&w, "content/items/eerste.md", text_of(&w, "Uit het derde bestand", "").p);
        assert_int_equal(test_load(&w), OK);
        assert_int_equal(test_load(&w), OK);    /* offered once */
        test_shows(test_page(&w, "/kennis/eerste", "eerste", "", OK), "<h1>Van de site</h1>");
        test_shows(test_page(&w, "/kennis/tweede", "tweede", "", OK), "Van de site");
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM item_version v JOIN item i ON i.id = v.item_id WHERE v.number > i.version"), 1);
        test_shows(test_page(&w, "/kennis", NULL, "", OK), ">2 teksten<");
        db_close(w.db);
}

static void an_item_goes_and_comes_with_its_file(void **state) {
        struct world w = test_world(state);
        test_put(&w, "content/items/eerste.md", text_of(&w, "Eerste", "").p);
        assert_int_equal(test_load(&w), OK);
        const char *path = str_fmt(&w.s->arena, "%.*s/content/items/eerste.md", STR(w.root)).p;
        assert_int_equal(remove(path), 0);
        assert_int_equal(test_load(&w), OK);
        test_shows(test_page(&w, "/kennis/eerste", "eerste", "", OK), "ingetrokken");
        test_put(&w, "content/items/eerste.md", text_of(&w, "Eerste", "").p);
        assert_int_equal(test_load(&w), OK);
        test_shows(test_page(&w, "/kennis/eerste", "eerste", "", OK), "<h1>Eerste</h1>");
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM item_version"), 1);
        db_close(w.db);
}

/* The order and the bits that publishing keeps up one by one are those that a load makes at once. */
static struct str shelf_as_text(struct world *w) {
        struct arena *a = &w->s->arena;
        struct known known = { 0 };
        struct shelf s;
        assert_int_equal(shelf_read(w->db, a, &known, &s), OK);
        struct str out = S("");
        for (size_t i = 0; i < s.ids.n; i++)
                out = str_fmt(a, "%.*s %d", STR(out), (int) s.ids.v[i]);
        for (size_t i = 0; i < known.order.n; i++)
                for (size_t k = 0; k < s.ids.n; k++)
                        if (known.order.v[i]->items.v[k / 64] >> k % 64 & 1)
                                out = str_fmt(a, "%.*s %.*s:%d", STR(out), STR(known.order.v[i]->code), (int) k);
        return out;
}

static void publishing_keeps_the_order_that_a_load_makes(void **state) {
        static const char *const phases[] = { "preventie", "nazorg", "preventie, nazorg" };
        struct world w = test_world(state);
        int64_t ids[140] = { 0 };
        unsigned seed = 7;
        assert_int_equal(test_load(&w), OK);
        for (int step = 0; step < 300; step++) {
                size_t at = (size_t) rand_r(&seed) % 140;
                struct str text = str_fmt(&w.s->arena, "---\ntitel: T%d\nsoort: interventie\nsamenvatting: Kort.\nfase: %s\ndoelgroep: iedereen\n"
                                          "thema: vakmanschap\n" TAIL BODY, rand_r(&seed) % 50, phases[rand_r(&seed) % 3]);
                bool up = ids[at] && test_number(w.db, str_fmt(&w.s->arena, "SELECT count(*) FROM item WHERE id = %d AND state = 'published'",
                                                               (int) ids[at]).p);
                if (up && rand_r(&seed) % 3 == 0)
                        withdraw(&w, ids[at]);
                else
                        assert_int_equal(publish(&w, ids[at], "", text, &ids[at]), OK);
        }
        struct str kept = shelf_as_text(&w);
        assert_int_equal(test_load(&w), OK);
        assert_true(kept.n > 500);
        assert_true(str_eq(kept, shelf_as_text(&w)));
        db_close(w.db);
}

static struct str relations_as_text(struct world *w) {
        struct arena *a = &w->s->arena;
        struct str out = S("");
        int64_t rows = test_number(w->db, "SELECT count(*) FROM item_related");
        for (int i = 0; i < (int) rows; i++)
                out = str_fmt(a, "%.*s %lld", STR(out), (long long) test_number(w->db, str_fmt(a, "SELECT item_id * 10000 + position * 1000 + other_id"
                              " FROM item_related ORDER BY item_id, position LIMIT 1 OFFSET %d", i).p));
        return out;
}

static bool is_up(struct world *w, int64_t id) {
        return id && test_number(w->db, str_fmt(&w->s->arena, "SELECT count(*) FROM item WHERE id = %d AND state = 'published'", (int) id).p);
}

/* In a small world, where all are near, publishing knows at once what a load finds out: also for the others. */
static void likeness_follows_in_both_directions(void **state) {
        static const char *const phases[] = { "preventie", "nazorg", "preventie, nazorg" };
        struct world w = test_world(state);
        int64_t ids[16] = { 0 };
        unsigned seed = 3;
        assert_int_equal(test_load(&w), OK);
        for (int step = 0; step < 120; step++) {
                size_t at = (size_t) rand_r(&seed) % 16, other = (size_t) rand_r(&seed) % 16;
                const char *named = other != at && is_up(&w, ids[other]) ? str_fmt(&w.s->arena, "verwant: t%zu\n", other).p : "";
                struct str text = str_fmt(&w.s->arena, "---\ntitel: T%d\nsoort: interventie\nsamenvatting: Kort.\nfase: %s\ndoelgroep: iedereen\n"
                                          "thema: vakmanschap\n%s%s" TAIL BODY, rand_r(&seed) % 50, phases[rand_r(&seed) % 3], named,
                                          rand_r(&seed) % 2 ? "indicator: PS01\n" : "");
                if (is_up(&w, ids[at]) && rand_r(&seed) % 4 == 0)
                        withdraw(&w, ids[at]);
                else
                        assert_int_equal(publish(&w, ids[at], str_fmt(&w.s->arena, "t%zu", at).p, text, &ids[at]), OK);
        }
        struct str kept = relations_as_text(&w);
        assert_int_equal(test_load(&w), OK);
        assert_true(kept.n > 100);
        assert_true(str_eq(kept, relations_as_text(&w)));
        db_close(w.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_text_becomes_an_item_and_changes), TEST_BOTH(what_is_withdrawn_is_gone_from_lists_and_can_come_back),
                TEST_BOTH(a_mistake_changes_nothing), TEST_BOTH(a_page_shows_what_is_known_of_an_approach),
                TEST_BOTH(search_follows_what_is_published), TEST_BOTH(a_toolkit_puts_items_in_order), TEST_BOTH(files_do_not_overwrite_what_the_site_wrote),
                TEST_BOTH(an_item_goes_and_comes_with_its_file), TEST_BOTH(publishing_keeps_the_order_that_a_load_makes),
                TEST_BOTH(likeness_follows_in_both_directions),
        };
        return cmocka_run_group_tests_name("publish", tests, NULL, NULL);
}
