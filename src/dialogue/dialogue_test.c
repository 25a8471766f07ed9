/* People ask, answer and tell. */
#include "test_street.h"
#include <stdio.h>
#include <string.h>
#include "people.h"
#include "people_mail.h"
#include "search.h"

static void a_newcomer_waits_for_a_moderator(void **state) {
        struct street x = street(state);
        int64_t id = asked(&x, x.jo, "Wie+belt+er+aan");
        assert_true(is(&x, id, "waiting"));
        assert_true(has(page_of_question(&x, x.jo, id), "Wacht op een moderator"));
        assert_int_equal(page_of_question(&x, x.kim, id).e, ERR_NOT_FOUND);
        assert_int_equal(page_of_question(&x, 0, id).e, ERR_NOT_FOUND);
        assert_false(has(ask(&x, x.kim, GET, "/kennis/{slug}/praktijk", "eropaf", ""), "Wie belt er aan"));
        assert_true(has(ask(&x, x.jo, GET, "/kennis/{slug}/praktijk", "eropaf", ""), "Wie belt er aan"));
        assert_true(has(ask(&x, x.mo, GET, "/beheer/moderatie", "", ""), "Wie belt er aan"));
        assert_int_equal(decide(&x, x.mo, id, "plaatsen").e, OK);
        struct reply r = page_of_question(&x, 0, id);
        assert_true(has(r, "Wie belt er aan") && has(r, "Jo") && !has(r, "Wacht op een moderator"));
        assert_int_equal(mails(&x, "moderatie"), 1);
        assert_true(has(ask(&x, 0, GET, "/vragen", "", ""), "Wie belt er aan"));
        assert_true(has(ask(&x, 0, GET, "/vragen", "", "toon=onbeantwoord"), "Wie belt er aan"));
        assert_true(has(ask(&x, 0, GET, "/vragen", "", "thema=stress"), "Wie belt er aan"));
        assert_false(has(ask(&x, 0, GET, "/vragen", "", "thema=anders"), "Wie belt er aan"));
        db_close(x.db);
}

static void the_address_of_a_question_is_one(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Wie+belt+er+aan%3F");
        struct reply r = ask(&x, 0, GET, "/vragen/{vraag}", str_fmt(&x.s->arena, "%d-iets-anders", (int) id).p, "");
        assert_int_equal(r.rs.status, 301);
        assert_true(str_eq(r.rs.location, str_fmt(&x.s->arena, "/vragen/%d-wie-belt-er-aan", (int) id)));
        assert_int_equal(ask(&x, 0, GET, "/vragen/{vraag}", "99999", "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, 0, GET, "/vragen/{vraag}", "onzin", "").e, ERR_NOT_FOUND);
        db_close(x.db);
}

static void newcomers_write_three_times_a_day_without_links(void **state) {
        struct street x = street(state);
        struct reply r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", "titel=Kijk&tekst=https%3A%2F%2Freclame.example" WHO);
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "kunnen geen links staan") && has(r, "https://reclame.example"));
        for (int i = 0; i < 3; i++)
                asked(&x, x.jo, "Vraag");
        r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", "titel=Nog+een&tekst=Uitleg" WHO);
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "in 24 uur al 3 bijdragen"));
        x.now_ms += DAY + MINUTE;
        assert_true(is(&x, asked(&x, x.jo, "Vier"), "waiting"));
        for (int64_t id = 1; id <= 3; id++)
                assert_int_equal(decide(&x, x.mo, id, "plaatsen").e, OK);
        r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", "titel=Vijf&tekst=https%3A%2F%2Fwet.example%2Fa" WHO);
        assert_int_equal(r.e, OK);
        assert_true(is(&x, newest(&x), "visible"));
        assert_true(has(page_of_question(&x, 0, newest(&x)), "<a href=\"https://wet.example/a\" rel=\"nofollow ugc noopener\">"));
        assert_true(is(&x, asked(&x, x.mo, "Van+een+moderator"), "visible"));
        db_close(x.db);
}

static void an_answer_is_accepted_and_everybody_hears(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        trusted(&x, x.kim);
        int64_t id = asked(&x, x.jo, "Wie+belt+aan");
        int64_t first = answered(&x, x.kim, id, "Wij"), second = answered(&x, x.mo, id, "De+buurt");
        assert_int_equal(mails(&x, MAIL_ANSWER), 3);                    /* Jo twice, Kim once */
        const char *accept = str_fmt(&x.s->arena, "antwoord=%d", (int) second).p;
        assert_int_equal(ask(&x, x.kim, POST, "/vragen/{vraag}/geholpen", number(&x, id), accept).e, ERR_DENIED);
        assert_int_equal(ask(&x, x.jo, POST, "/vragen/{vraag}/geholpen", number(&x, id), accept).e, OK);
        struct reply r = page_of_question(&x, 0, id);
        assert_true(has(r, "Dit antwoord hielp") && str_find(r.html, S("De buurt")) < str_find(r.html, S("<p>Wij</p>")));
        assert_int_equal(ask(&x, x.jo, POST, "/vragen/{vraag}/geholpen", number(&x, first), accept).e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.ed, POST, "/vragen/{vraag}/geholpen", number(&x, id), str_fmt(&x.s->arena, "antwoord=%d", (int) first).p).e, OK);
        assert_int_equal(test_number(x.db, str_fmt(&x.s->arena, "SELECT accepted_id FROM post WHERE id = %d", (int) id).p), first);
        assert_int_equal(ask(&x, x.kim, POST, "/bijdragen/{id}/intrekken", number(&x, first), "").e, OK);
        assert_int_equal(test_number(x.db, str_fmt(&x.s->arena, "SELECT count(accepted_id) FROM post WHERE id = %d", (int) id).p), 0);
        r = page_of_question(&x, 0, id);
        assert_true(has(r, "Ingetrokken door de schrijver") && !has(r, "<p>Wij</p>"));
        assert_int_equal(test_number(x.db, str_fmt(&x.s->arena, "SELECT count(*) FROM post WHERE id = %d AND body = '' AND html = ''", (int) first).p), 1);
        db_close(x.db);
}

static void who_does_not_want_mail_gets_none(void **state) {
        struct street x = street(state);
        struct req rq = { .arena = &x.s->arena, .db = x.db, .now_ms = NOW, .app = &site };
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Stil");
        assert_int_equal(people_set_mail(&rq, x.jo, S(MAIL_ANSWER), false), OK);
        answered(&x, x.mo, id, "Antwoord");
        assert_int_equal(mails(&x, MAIL_ANSWER), 0);
        db_close(x.db);
}

static void a_writer_changes_a_post_for_half_an_hour(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Tikfuot");
        assert_true(has(ask(&x, x.jo, GET, "/bijdragen/{id}/wijzigen", number(&x, id), ""), "value=\"Tikfuot\""));
        x.now_ms += 29 * MINUTE;
        assert_int_equal(ask(&x, x.kim, POST, "/bijdragen/{id}/wijzigen", number(&x, id), "titel=Van+Kim&tekst=x" WHO).e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.jo, POST, "/bijdragen/{id}/wijzigen", number(&x, id), "titel=Tikfout&tekst=Nieuw" WHO).e, OK);
        assert_true(has(page_of_question(&x, 0, id), "Tikfout") && has(page_of_question(&x, 0, id), "veranderd"));
        x.now_ms += 2 * MINUTE;
        struct reply r = ask(&x, x.jo, POST, "/bijdragen/{id}/wijzigen", number(&x, id), "titel=Te+laat&tekst=x" WHO);
        assert_true(r.e == OK && r.rs.status == 303 && has(page_of_question(&x, 0, id), "Tikfout"));
        int64_t new = asked(&x, x.kim, "Net+nieuw");
        assert_int_equal(decide(&x, x.mo, new, "plaatsen").e, OK);
        assert_int_equal(ask(&x, x.kim, POST, "/bijdragen/{id}/wijzigen", number(&x, new), "titel=Anders&tekst=x" WHO).e, OK);
        assert_true(is(&x, new, "waiting"));                            /* a moderator approved another text */
        db_close(x.db);
}

static void hostile_texts_are_only_text(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        struct reply r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", "titel=%E2%80%AE%3Cb%3Ekwaad&tekst=%3Cscript%3Ealert(1)%3C%2Fscript%3E"
                             "%0A%0A%23+Kop%0A%0A[x](javascript:alert(1))+[y](https://a.example/%22onclick=z)+![beeld](https://b.example/x.png)%E2%81%A6" WHO);
        assert_int_equal(r.e, OK);
        r = page_of_question(&x, 0, newest(&x));
        assert_true(has(r, "&lt;b&gt;kwaad") && has(r, "&lt;script&gt;") && has(r, "<strong>Kop</strong>"));
        assert_false(has(r, "<script>alert") || has(r, "javascript:") || has(r, "<img") || has(r, "id=\"kop\"") || has(r, "\" onclick"));
        assert_false(has(r, "\xe2\x80\xae") || has(r, "\xe2\x81\xa6"));
        char deep[2001];
        memset(deep, '>', 2000);
        deep[2000] = 0;
        r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", str_fmt(&x.s->arena, "titel=Diep&tekst=%sx" WHO, deep).p);
        assert_true(r.e == ERR_INVALID && has(r, "te veel opmaak"));
        memset(deep, 'a', 2000);
        r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/vraag", "eropaf", str_fmt(&x.s->arena, "titel=%.121s&tekst=x" WHO, deep).p);
        assert_true(r.e == ERR_INVALID && has(r, "Maak hem 1 teken korter"));
        db_close(x.db);
}

static void a_field_note_stands_with_the_item_and_may_go_into_it(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        struct reply r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/ervaring", "eropaf", "titel=Samen+op+pad&tekst=Twee+mensen" WHO);
        assert_true(r.e == ERR_INVALID && has(r, "Schrijf wat u nodig had") && has(r, "Kies of u dit weer zou gebruiken"));
        r = ask(&x, x.jo, POST, "/kennis/{slug}/praktijk/ervaring", "eropaf", "titel=Samen+op+pad&tekst=Twee+mensen&nodig=Tijd&resultaat=Meer+gesprekken"
                "&organisatie=gemeente&grootte=klein&weer=anders&aanbod=ja&naam=collega");
        assert_int_equal(r.e, OK);
        int64_t id = newest(&x);
        r = ask(&x, 0, GET, "/kennis/{slug}/praktijk", "eropaf", "");
        assert_true(has(r, "Samen op pad") && has(r, "Een collega") && has(r, "Gemeente, minder dan 25.000 inwoners") && has(r, "Ja, maar anders"));
        assert_true(has(r, "Wat had u nodig om het te laten werken?"));
        const struct item_shown item = { 1, S("eropaf"), S("Vroeg Eropaf") };
        struct req rq = { .arena = &x.s->arena, .db = x.db, .now_ms = NOW, .app = &site, .path = S("/kennis/eropaf"), .query = S("") };
        struct resp rs = { .status = 200 };
        void *loaded;
        assert_int_equal(dialogue_item_extra.load(&rq, &item, &loaded), OK);
        struct page p = page_new(&rq, &rs, S("x"), SECTION_KNOWLEDGE);
        dialogue_item_extra.draw(&p, loaded);
        r.html = buf_view(&rs.body);
        assert_true(has(r, "Samen op pad") && has(r, "Lees 4 ervaringen en 0 vragen"));
        buf_done(&rs.body);
        assert_true(has(ask(&x, x.ed, GET, "/beheer/ervaringen", "", ""), "Samen op pad"));
        assert_int_equal(ask(&x, x.ed, POST, "/beheer/ervaringen/{id}", number(&x, id), "doe=verwerkt").e, OK);
        assert_false(has(ask(&x, x.ed, GET, "/beheer/ervaringen", "", ""), "Samen op pad"));
        assert_true(has(ask(&x, x.ed, GET, "/beheer/ervaringen", "", "toon=verwerkt"), "Samen op pad"));
        db_close(x.db);
}

/* A published version of the item, for a draft to begin with. */
static void with_text(struct street *x, const char *kind) {
        test_script(x->db, str_fmt(&x->s->arena, "INSERT INTO item_version(item_id, number, text, digest, origin, note, made_ms) VALUES (1, 1, '---\n"
                "titel: Vroeg Eropaf\nsoort: %s\nervaring: Iemand | 2020 | | Geld | | https://a.example\nbijgewerkt: 2026-01-01\n---\n\n## Kort gezegd\n\nKort.\n',"
                " 'd', 'site', '', %lld)", kind, (long long) NOW).p);
}

static int64_t offered(struct street *x, const char *text) {
        struct reply r = ask(x, x->jo, POST, "/kennis/{slug}/praktijk/ervaring", "eropaf", str_fmt(&x->s->arena, "titel=Samen+op+pad&tekst=%s&nodig=Tijd"
                "&resultaat=Meer&organisatie=gemeente&grootte=klein&weer=ja&aanbod=ja&naam=naam", text).p);
        assert_int_equal(r.e, OK);
        return newest(x);
}

static struct reply take(struct street *x, int64_t note) {
        return ask(x, x->ed, POST, "/beheer/ervaringen/{id}", number(x, note), "doe=overnemen");
}

static void an_editor_takes_a_field_note_into_the_text(void **state) {
        struct street x = street(state);
        with_text(&x, "interventie");
        trusted(&x, x.jo);
        int64_t id = offered(&x, "Twee+**mensen**%0A%0A-+gaan+%7C+samen");
        assert_true(has(ask(&x, x.ed, GET, "/beheer/ervaringen", "", ""), "Neem over in de tekst"));
        struct reply r = take(&x, id);
        assert_int_equal(r.e, OK);
        assert_true(str_starts(r.rs.location, S("/redactie/teksten/")) && str_find(r.rs.location, S("/deel/ervaringen?vanaf=0#deel-0-1")) < r.rs.location.n);
        assert_int_equal(test_number(x.db, str_fmt(&x.s->arena, "SELECT count(*) FROM draft WHERE item_id = 1 AND purpose = 'article' AND text LIKE"
                "'%%ervaring: Iemand |%%ervaring: Veldnotitie van 22 november 2026, Gemeente, minder dan 25.000 inwoners | 2026 | Twee mensen%%gaan / samen"
                " | Tijd | Meer | https://schouders.example/kennis/eropaf/praktijk#bijdrage-%lld%%' AND text NOT LIKE '%%Jo%%'", (long long) id).p), 1);
        assert_true(has(ask(&x, x.ed, GET, "/beheer/ervaringen", "", "toon=verwerkt"), "Samen op pad"));
        assert_true(has(ask(&x, 0, GET, "/kennis/{slug}/praktijk", "eropaf", ""), "De redactie nam deze ervaring over"));
        r = take(&x, id);                       /* pressed twice, or by two editors */
        assert_true(r.e == ERR_INVALID && has(r, "Een andere redacteur was u voor"));
        assert_int_equal(take(&x, offered(&x, "En+nog+een")).e, OK);            /* into the same draft */
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM draft WHERE text LIKE '%Twee mensen%En nog een%'"), 1);
        test_script(x.db, "UPDATE draft SET state = 'asked'");
        id = offered(&x, "Later");
        r = take(&x, id);
        assert_true(r.e == ERR_INVALID && has(r, "wacht op een tweede paar ogen") && has(r, "Samen op pad"));
        assert_int_equal(test_number(x.db, str_fmt(&x.s->arena, "SELECT offered FROM post WHERE id = %d", (int) id).p), 1);
        db_close(x.db);
}

static void a_long_note_is_cut_and_a_toolkit_takes_none(void **state) {
        struct street x = street(state);
        with_text(&x, "interventie");
        trusted(&x, x.jo);
        struct str text = S("");
        for (size_t i = 0; i < 150; i++)
                text = str_fmt(&x.s->arena, "%.*sonéén%%20", STR(text));
        assert_int_equal(take(&x, offered(&x, text.p)).e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM draft WHERE text LIKE '%| onéén%onéén… | Tijd |%'"), 1);
        test_script(x.db, "DELETE FROM draft; UPDATE item_version SET text = replace(text, 'soort: interventie', 'soort: toolkit')");
        struct reply r = take(&x, offered(&x, "Kort"));
        assert_true(r.e == ERR_INVALID && has(r, "In deze soort tekst staan geen losse ervaringen"));
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM draft"), 0);
        db_close(x.db);
}

static void an_address_of_before_leads_on(void **state) {
        struct street x = street(state);
        test_script(x.db, "INSERT INTO item_former(slug, item_id) VALUES ('bemoei', 1)");
        static const char *const pages[][2] = {
                { "/kennis/bemoei/praktijk?vragen=12", "/kennis/eropaf/praktijk?vragen=12" }, { "/kennis/bemoei/praktijk/vraag", "/kennis/eropaf/praktijk/vraag" },
                { "/kennis/bemoei/praktijk/ervaring", "/kennis/eropaf/praktijk/ervaring" },
        };
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
                struct reply r = visit(&x, x.jo, pages[i][0], NULL);
                assert_true(r.rs.status == 301 && str_eq(r.rs.location, str_of(pages[i][1])));
        }
        struct reply r = visit(&x, x.jo, "/kennis/bemoei/praktijk/vraag", "titel=Hoe&tekst=Zo" WHO);     /* drawn before the change */
        assert_true(r.rs.status == 307 && str_eq(r.rs.location, S("/kennis/eropaf/praktijk/vraag")));
        assert_int_equal(visit(&x, x.jo, r.rs.location.p, "titel=Hoe&tekst=Zo" WHO).rs.status, 303);
        assert_int_equal(visit(&x, x.jo, "/kennis/niets/praktijk", NULL).e, ERR_NOT_FOUND);
        db_close(x.db);
}

static void a_form_that_is_sent_twice_counts_once(void **state) {
        struct street x = street(state);
        asked(&x, x.jo, "Eens");
        x.sent--;                               /* the same form again */
        asked(&x, x.jo, "Eens");
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM post"), 1);
        db_close(x.db);
}

static enum err collect(void *arg, const struct search_entry *entry) {
        struct str *all = arg;
        static char text[500];
        *all = (struct str) { text, (size_t) snprintf(text, sizeof text, "%.*s|%.*s|%.*s|%.*s", STR(entry->ref), STR(entry->title), STR(entry->label),
                                                      STR(entry->body)) };
        return OK;
}

static void a_load_reads_questions_with_an_accepted_answer(void **state) {
        struct street x = street(state);
        struct str all = S("");
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Wie+belt+aan"), answer = answered(&x, x.mo, id, "De+**buurt**");
        assert_int_equal(dialogue_each(x.db, collect, &all), OK);
        assert_int_equal(all.n, 0);
        assert_int_equal(ask(&x, x.jo, POST, "/vragen/{vraag}/geholpen", number(&x, id), str_fmt(&x.s->arena, "antwoord=%d", (int) answer).p).e, OK);
        assert_int_equal(dialogue_each(x.db, collect, &all), OK);
        assert_true(str_eq(all, str_fmt(&x.s->arena, "%d|Wie belt aan|Vroeg Eropaf|Uitleg\nDe buurt", (int) id)));
        db_close(x.db);
}

/* What search finds for WORDS, in the index as it is now. */
static size_t found(struct street *x, const char *words) {
        struct search *s;
        struct search_result r;
        assert_int_equal(search_open(&s, x->db, site.analyser), OK);
        assert_int_equal(search_ask(s, x->db, &x->s->arena, str_of(words), S("vraag"), 0, &r), OK);
        search_close(s);
        return r.hits.n;
}

static void search_follows_questions_and_their_answers(void **state) {
        struct street x = street(state);
        struct analyser *an;
        assert_int_equal(analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &an), OK);
        site.analyser = an;
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Roosters"), answer = answered(&x, x.ed, id, "Met+een+huisbezoek");
        const char *accept = str_fmt(&x.s->arena, "antwoord=%d", (int) answer).p;
        assert_int_equal(found(&x, "huisbezoek"), 0);
        assert_int_equal(ask(&x, x.jo, POST, "/vragen/{vraag}/geholpen", number(&x, id), accept).e, OK);
        assert_int_equal(found(&x, "huisbezoek"), 1);
        assert_int_equal(ask(&x, x.ed, POST, "/bijdragen/{id}/wijzigen", number(&x, answer), "tekst=Met+een+brief" WHO).e, OK);
        assert_int_equal(found(&x, "brief"), 1);
        assert_int_equal(found(&x, "huisbezoek"), 0);
        assert_int_equal(decide(&x, x.mo, id, "verwijderen&reden=onjuist").e, OK);
        assert_int_equal(found(&x, "brief"), 0);
        assert_int_equal(decide(&x, x.mo, id, "plaatsen").e, OK);
        assert_int_equal(found(&x, "brief"), 1);
        assert_int_equal(ask(&x, x.ed, POST, "/bijdragen/{id}/intrekken", number(&x, answer), "").e, OK);
        assert_int_equal(found(&x, "roosters"), 0);
        site.analyser = NULL;
        analyser_close(an);
        db_close(x.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_newcomer_waits_for_a_moderator),
                TEST_BOTH(the_address_of_a_question_is_one),
                TEST_BOTH(newcomers_write_three_times_a_day_without_links),
                TEST_BOTH(an_answer_is_accepted_and_everybody_hears),
                TEST_BOTH(who_does_not_want_mail_gets_none),
                TEST_BOTH(a_writer_changes_a_post_for_half_an_hour),
                TEST_BOTH(hostile_texts_are_only_text),
                TEST_BOTH(a_field_note_stands_with_the_item_and_may_go_into_it),
                TEST_BOTH(an_editor_takes_a_field_note_into_the_text),
                TEST_BOTH(a_long_note_is_cut_and_a_toolkit_takes_none),
                TEST_BOTH(an_address_of_before_leads_on),
                TEST_BOTH(a_form_that_is_sent_twice_counts_once),
                TEST_BOTH(a_load_reads_questions_with_an_accepted_answer),
                TEST_BOTH(search_follows_questions_and_their_answers),
        };
        return cmocka_run_group_tests_name("dialogue", tests, NULL, NULL);
}
