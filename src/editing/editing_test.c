/* Texts are written, checked by somebody else, published, brought together, put back and withdrawn. On both stores. */
#include "test_desk.h"
#include "editing.h"
#include "editing_draft.h"
#include "knowledge_publish.h"
#include "people_kept.h"

#define OPEN _cleanup_(desk_done) struct desk *d = desk_open(state)

#define SECTIONS(x) "revisie=%d&sectie-0=" x "&sectie-1=Twee.&sectie-2=Drie.&sectie-3=Vier.&sectie-4=Vijf.&sectie-5=Zes."

static struct reply write_sections(struct desk *d, int64_t who, int64_t draft, int revision, const char *first) {
        return post(d, who, at(d, "/redactie/teksten/#/deel/tekst", draft),
                    str_fmt(d->a, SECTIONS("%s"), revision, first).p);
}

/* ann begins to change the item. */
static int64_t begun(struct desk *d, int64_t who, const char *slug) {
        assert_int_equal(post(d, who, str_fmt(d->a, "/redactie/kennis/%s/bewerken", slug).p, "").e, OK);
        return newest_draft(d);
}

static void ask_for_a_check(struct desk *d, int64_t who, int64_t draft) {
        struct reply r = post(d, who, at(d, "/redactie/teksten/#/vragen", draft), "note=Beter.");
        assert_int_equal(r.e, OK);
        assert_true(str_ends(r.rs.location, S("?gedaan=gevraagd")));
}

static struct reply approve(struct desk *d, int64_t who, int64_t draft) {
        const char *form = str_fmt(d->a, "note=Beter.&revisie=%lld", (long long) count(d, at(d, "SELECT revision FROM draft WHERE id = #", draft))).p;
        return post(d, who, at(d, "/redactie/teksten/#/goedkeuren", draft), form);
}

static void only_editors_come_in(void **state) {
        OPEN;
        assert_int_equal(get(d, 0, "/redactie").e, ERR_DENIED);
        assert_int_equal(get(d, d->reader, "/redactie").e, ERR_DENIED);
        assert_true(has(get(d, d->ann, "/redactie"), "U schrijft nu nergens aan."));
        assert_int_equal(get(d, d->ann, "/redactie/teksten/99").e, ERR_NOT_FOUND);
        assert_int_equal(get(d, d->ann, "/redactie/kennis/onzin").e, ERR_NOT_FOUND);
}

static void a_new_text_is_incomplete_until_it_is_written(void **state) {
        OPEN;
        assert_int_equal(post(d, d->ann, "/redactie/nieuw", "soort=onzin").rs.status, 422);
        assert_int_equal(post(d, d->ann, "/redactie/nieuw", "soort=handreiking").e, OK);
        int64_t id = newest_draft(d);
        struct reply r = get(d, d->ann, at(d, "/redactie/teksten/#/nakijken", id));
        assert_true(has(r, "Vul een titel in") && has(r, "Kies een fase") && has(r, "Schrijf dit deel"));
        r = post(d, d->ann, at(d, "/redactie/teksten/#/vragen", id), "note=");
        assert_true(r.rs.status == 422 && r.e == ERR_INVALID && has(r, "Verbeter eerst de punten die rood zijn"));
        assert_int_equal(count(d, "SELECT count(*) FROM draft WHERE state = 'writing'"), 1);
}

static void nobody_approves_what_is_ones_own(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t id = begun(d, d->ann, "aanpak");
        assert_int_equal(write_sections(d, d->bob, id, 1, "Van bob.").e, ERR_DENIED);
        assert_int_equal(write_sections(d, d->ann, id, 1, "Nieuw.").e, OK);
        assert_int_equal(approve(d, d->bob, id).e, ERR_CONFLICT);       /* nobody asked */
        ask_for_a_check(d, d->ann, id);
        assert_int_equal(write_sections(d, d->ann, id, 2, "Nog iets.").e, ERR_CONFLICT);
        assert_int_equal(approve(d, d->ann, id).e, ERR_DENIED);
        assert_int_equal(post(d, d->bob, at(d, "/redactie/teksten/#/terugnemen", id), "").e, ERR_DENIED);
        assert_true(has(get(d, d->bob, "/redactie"), at(d, "/redactie/teksten/#/nakijken", id)));
        struct reply r = approve(d, d->bob, id);
        assert_int_equal(r.e, OK);
        assert_true(str_eq(r.rs.location, S("/kennis/aanpak")));
        assert_true(has(get(d, 0, "/kennis/aanpak"), "<p>Nieuw.</p>") && has(get(d, 0, "/kennis/aanpak"), "Nagekeken door een tweede redacteur"));
        assert_int_equal(count(d, str_fmt(d->a, "SELECT count(*) FROM item_version WHERE number = 2 AND made_by = %lld AND checked_by = %lld AND note = 'Beter.'",
                                          (long long) d->ann, (long long) d->bob).p), 1);
        assert_int_equal(count(d, "SELECT count(*) FROM draft"), 0);
        assert_int_equal(count(d, "SELECT count(*) FROM audit WHERE action IN ('draft.ask', 'item.publish')"), 2);
}

static void a_text_comes_back_with_remarks(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t id = begun(d, d->ann, "aanpak");
        assert_int_equal(write_sections(d, d->ann, id, 1, "Nieuw.").e, OK);
        ask_for_a_check(d, d->ann, id);
        assert_int_equal(post(d, d->bob, at(d, "/redactie/teksten/#/terugsturen", id), "opmerkingen=").rs.status, 422);
        assert_int_equal(post(d, d->bob, at(d, "/redactie/teksten/#/terugsturen", id), "opmerkingen=Te+kort.").e, OK);
        struct reply r = get(d, d->ann, at(d, "/redactie/teksten/#", id));
        assert_true(has(r, "Opmerkingen van bob") && has(r, "Te kort."));
        assert_int_equal(write_sections(d, d->ann, id, 2, "Langer.").e, OK);
}

static void a_mistake_blocks_and_advice_does_not(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t id = begun(d, d->ann, "aanpak");
        assert_int_equal(write_sections(d, d->ann, id, 1, "Lees+%5Bhier%5D(https://a.example).").e, OK);
        assert_int_equal(post(d, d->ann, at(d, "/redactie/teksten/#/vragen", id), "note=X").rs.status, 422);
        assert_int_equal(write_sections(d, d->ann, id, 2, "Lees+%5Bde+cijfers%5D(https://a.example)%0A%0A%23%23%23+Kop%0A%0ATekst.").e, OK);
        ask_for_a_check(d, d->ann, id);
}

static void personal_data_is_not_saved(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t id = begun(d, d->ann, "aanpak");
        struct reply r = write_sections(d, d->ann, id, 1, "BSN+111222333.");
        assert_true(r.rs.status == 422 && has(r, "BSN 111222333") && has(r, "burgerservicenummer"));
        assert_int_equal(count(d, "SELECT revision FROM draft"), 1);
}

static void two_editors_go_together_or_choose(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t one = begun(d, d->ann, "aanpak"), two = begun(d, d->bob, "aanpak");
        assert_true(has(get(d, d->ann, "/redactie/kennis/aanpak"), "Een andere redacteur heeft"));
        assert_int_equal(write_sections(d, d->ann, one, 1, "Van ann.").e, OK);
        assert_int_equal(post(d, d->bob, at(d, "/redactie/teksten/#/deel/bronnen", two), "revisie=1&vanaf=0&aantal=1&deel-0=B&deel-1=&deel-2=&deel-3=https://b.example/y").e, OK);
        ask_for_a_check(d, d->ann, one);
        assert_int_equal(approve(d, d->bob, one).e, OK);
        assert_true(has(get(d, d->bob, at(d, "/redactie/teksten/#", two)), "publiceerde intussen een nieuwe versie"));
        ask_for_a_check(d, d->bob, two);        /* different places: they go together by themselves */
        assert_int_equal(approve(d, d->ann, two).e, OK);
        struct reply r = get(d, 0, "/kennis/aanpak");
        assert_true(has(r, "Van ann."));
        assert_int_equal(count(d, "SELECT count(*) FROM item_source WHERE url = 'https://b.example/y'"), 1);
        /* the same place */
        one = begun(d, d->ann, "aanpak");
        two = begun(d, d->bob, "aanpak");
        assert_int_equal(write_sections(d, d->ann, one, 1, "Dit zegt ann.").e, OK);
        assert_int_equal(write_sections(d, d->bob, two, 1, "Dit zegt bob.").e, OK);
        ask_for_a_check(d, d->ann, one);
        assert_int_equal(approve(d, d->bob, one).e, OK);
        r = post(d, d->bob, at(d, "/redactie/teksten/#/vragen", two), "note=X");
        assert_true(str_ends(r.rs.location, S("/samenvoegen")));
        r = get(d, d->bob, at(d, "/redactie/teksten/#/samenvoegen", two));
        assert_true(has(r, "Dit zegt ann.") && has(r, "Dit zegt bob."));
        assert_int_equal(post(d, d->bob, at(d, "/redactie/teksten/#/samenvoegen", two), "keuze=").rs.status, 422);
        assert_int_equal(post(d, d->bob, at(d, "/redactie/teksten/#/samenvoegen", two), "keuze=andere").e, OK);
        assert_int_equal(count(d, "SELECT count(*) FROM draft WHERE text LIKE '%Dit zegt ann.%' AND base_version = 4"), 1);
}

static void what_changed_during_the_check_is_shown_again(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t one = begun(d, d->ann, "aanpak"), two = begun(d, d->bob, "aanpak");
        assert_int_equal(write_sections(d, d->ann, one, 1, "Dit zegt ann.").e, OK);
        assert_int_equal(write_sections(d, d->bob, two, 1, "Dit zegt bob.").e, OK);
        ask_for_a_check(d, d->ann, one);
        ask_for_a_check(d, d->bob, two);
        assert_int_equal(approve(d, d->bob, one).e, OK);
        assert_true(str_ends(approve(d, d->ann, two).rs.location, S("?gedaan=teruggestuurd")));
        assert_int_equal(count(d, "SELECT count(*) FROM draft WHERE state = 'returned' AND text LIKE '%Dit zegt bob.%'"), 1);
}

static void two_windows_lose_nothing(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t id = begun(d, d->ann, "aanpak");
        const char *saving = at(d, "/redactie/teksten/#/deel/bronnen/concept", id), *sending = at(d, "/redactie/teksten/#/deel/bronnen", id);
        /* the browser saves by itself; the button is pressed before the answer came: no conflict, and no line twice */
        const char *form = "revisie=1&vanaf=0&aantal=1&deel-0=B&deel-0=Nieuw&deel-1=U&deel-1=&deel-2=2020&deel-2=&deel-3=https://b.example/x&deel-3=https://n.example";
        struct reply r = post_from(d, d->ann, saving, form, "window-1");
        assert_true(r.e == OK && str_eq(r.html, S("{\"fields\":{\"revisie\":\"2\"}}")));
        assert_int_equal(post_from(d, d->ann, sending, form, "window-1").e, OK);
        assert_int_equal(count(d, "SELECT count(*) FROM draft WHERE text LIKE '%bron: B | U | 2020 | https://b.example/x\nbron: Nieuw%'"
                                  " AND text NOT LIKE '%Nieuw%Nieuw%' AND revision = 3"), 1);
        /* another window that was opened before is told, and shown both */
        const char *old = "revisie=1&vanaf=0&aantal=1&deel-0=Uit+venster+twee&deel-1=U&deel-2=2020&deel-3=https://b.example/x";
        assert_int_equal(post_from(d, d->ann, saving, old, "window-2").e, ERR_CONFLICT);
        r = post_from(d, d->ann, sending, old, "window-2");
        assert_true(r.rs.status == 422 && has(r, "intussen ergens anders gewijzigd") && has(r, "Uit venster twee") && has(r, "name=\"revisie\" value=\"3\""));
        assert_true(has(r, "name=\"aantal\" value=\"2\""));
        assert_int_equal(count(d, "SELECT revision FROM draft"), 3);
        r = post_from(d, d->ann, sending, "revisie=3&vanaf=0&aantal=2&deel-0=Uit+venster+twee&deel-1=U&deel-2=2020&deel-3=https://b.example/x", "window-3");
        assert_int_equal(r.e, OK);
        assert_int_equal(count(d, "SELECT count(*) FROM draft WHERE text LIKE '%bron: Uit venster twee%' AND text NOT LIKE '%Nieuw%'"), 1);
}

static void history_is_public_and_goes_with_the_text(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        int64_t id = begun(d, d->ann, "aanpak");
        assert_int_equal(write_sections(d, d->ann, id, 1, "Nieuw.").e, OK);
        ask_for_a_check(d, d->ann, id);
        assert_int_equal(approve(d, d->bob, id).e, OK);
        struct reply r = get(d, 0, "/kennis/aanpak/versies");
        assert_true(has(r, "Versie 2 (staat nu op de site)") && has(r, "Beter.") && has(r, "Versie 1") && !has(r, "ann"));
        r = get(d, 0, "/kennis/aanpak/versies/2");
        assert_true(has(r, "<del") && has(r, "Nieuw") && !has(r, "Geschreven door") && !has(r, "Zet deze tekst terug"));
        r = get(d, d->bob, "/kennis/aanpak/versies/1?met=2");
        assert_true(has(r, "Geschreven door ann, nagekeken door bob") && has(r, "Zet deze tekst terug"));
        assert_int_equal(get(d, 0, "/kennis/aanpak/versies/3").e, ERR_NOT_FOUND);
        assert_int_equal(get(d, 0, "/kennis/aanpak/versies/x").e, ERR_NOT_FOUND);
        assert_int_equal(post(d, d->bob, "/redactie/kennis/aanpak/terugzetten", "versie=1").e, OK);
        assert_int_equal(post(d, d->bob, "/redactie/kennis/aanpak/terugzetten", "versie=1").rs.status, 422);
        assert_int_equal(count(d, "SELECT count(*) FROM draft WHERE text LIKE '%Een.%' AND note = 'De tekst van versie 1 is teruggezet.'"), 1);
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/intrekken", "reden=").rs.status, 422);
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/intrekken", "reden=Verouderd.").e, OK);
        r = get(d, 0, "/kennis/aanpak");
        assert_true(r.rs.status == 410 && has(r, "Verouderd."));
        assert_int_equal(get(d, 0, "/kennis/aanpak/versies").e, ERR_NOT_FOUND);
        assert_int_equal(get(d, 0, "/kennis/aanpak/versies/1").e, ERR_NOT_FOUND);
        assert_int_equal(get(d, d->ann, "/kennis/aanpak/versies").e, OK);
}

static void another_address_leads_on(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        published(d, "Ander", "");
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/adres", "adres=aanpak").rs.status, 422);
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/adres", "adres=a--b").rs.status, 422);
        struct reply r = post(d, d->ann, "/redactie/kennis/aanpak/adres", "adres=ander");
        assert_true(r.rs.status == 422 && has(r, "Een andere tekst heeft of had dit adres"));
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/adres", "adres=beter").e, OK);
        assert_true(str_eq(get(d, 0, "/kennis/aanpak").rs.location, S("/kennis/beter")));
        static const char *const pages[][2] = {
                { "/kennis/aanpak/versies", "/kennis/beter/versies" }, { "/kennis/aanpak/versies/2?met=1", "/kennis/beter/versies/2?met=1" },
                { "/kennis/aanpak/afdrukken", "/kennis/beter/afdrukken" }, { "/kennis/aanpak?van=mail", "/kennis/beter?van=mail" },
        };
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
                r = get(d, 0, pages[i][0]);
                assert_true(r.rs.status == 301 && str_eq(r.rs.location, str_of(pages[i][1])));
                assert_int_equal(get(d, 0, pages[i][1]).rs.status, 200);
        }
        assert_int_equal(get(d, 0, "/kennis/niets/versies").e, ERR_NOT_FOUND);
        assert_int_equal(get(d, 0, "/kennis/niets/versies/1").e, ERR_NOT_FOUND);
        shows(get(d, 0, "/kennis/vergelijken?aanpak=aanpak&aanpak=ander"), "<a href=\"/kennis/beter\">");
        assert_true(has(get(d, 0, "/kennis/beter"), "De tekst kreeg een nieuw adres. Nagekeken door een tweede redacteur."));
}

static void what_its_writer_took_back_stays_away(void **state) {
        OPEN;
        int64_t id = published(d, "Aanpak", "");
        assert_true(has(get(d, d->ann, "/redactie/kennis/aanpak"), "Wijzig deze tekst"));
        assert_int_equal(TX(&d->h, knowledge_withdraw(d->h.db, d->a, id, S("Weg."), d->now_ms)), OK);
        assert_true(has(get(d, d->ann, "/redactie/kennis/aanpak"), "Schrijf hem opnieuw"));
        assert_int_equal(TX(&d->h, knowledge_wipe(d->h.db, id, S("Ingetrokken"))), OK);
        struct reply r = get(d, d->ann, "/redactie/kennis/aanpak");
        assert_true(has(r, "komt niet meer terug") && !has(r, "Schrijf hem opnieuw"));
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/bewerken", "").e, ERR_CONFLICT);
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/terugzetten", "versie=1").e, ERR_CONFLICT);
}

/* A file that somebody sent with DRAFT, which is shown in NAME's row of the page of files. */
static int64_t sent_file(struct desk *d, int64_t draft, const char *name) {
        test_script(d->h.db, str_fmt(d->a, "INSERT INTO file(hash, size, kind, media_type, name, alt, created_ms) VALUES ('%s', 1, 'png', 'image/png',"
                                           " '%s.png', 'A', 5); INSERT INTO file_use SELECT max(id), 'editing', '%d' FROM file", name, name, (int) draft).p);
        return count(d, "SELECT max(id) FROM file");
}

static void a_file_is_thrown_away_unless_something_shows_it(void **state) {
        OPEN;
        int64_t item = published(d, "Aanpak", "");
        assert_int_equal(post(d, d->ann, "/redactie/kennis/aanpak/bewerken", "").e, OK);
        int64_t draft = newest_draft(d), spare = sent_file(d, draft, "reserve"), shown = sent_file(d, draft, "getoond"), old = sent_file(d, draft, "elders");
        struct str page = str_fmt(d->a, "/redactie/teksten/%d/bestanden", (int) draft), away = str_fmt(d->a, "%.*s/weg", STR(page));
        test_script(d->h.db, str_fmt(d->a, "UPDATE draft SET text = replace(text, 'Een.', 'Een ![A](/bestand/%d/getoond.png)');"
                                           " INSERT INTO file_use VALUES (%d, 'knowledge', '%d')", (int) shown, (int) old, (int) item).p);
        assert_true(has(get(d, d->ann, page.p), "Gooi weg<span class=\"visually-hidden\">: reserve.png</span>"));
        assert_int_equal(post(d, d->bob, away.p, str_fmt(d->a, "nummer=%d", (int) spare).p).e, ERR_DENIED);
        assert_int_equal(post(d, d->ann, away.p, str_fmt(d->a, "nummer=%d", (int) spare).p).e, OK);
        assert_int_equal(post(d, d->ann, away.p, str_fmt(d->a, "nummer=%d", (int) spare).p).e, ERR_NOT_FOUND);
        struct reply r = post(d, d->ann, away.p, str_fmt(d->a, "nummer=%d", (int) shown).p);
        assert_true(r.rs.status == 422 && has(r, "staat nog in uw tekst"));
        assert_int_equal(post(d, d->ann, away.p, str_fmt(d->a, "nummer=%d", (int) old).p).e, OK);
        assert_int_equal(count(d, str_fmt(d->a, "SELECT count(*) FROM file WHERE id IN (%d, %d)", (int) shown, (int) old).p), 2);
        assert_true(!has(get(d, d->ann, page.p), "elders.png"));
}

static void the_work_list_tells_what_is_due(void **state) {
        OPEN;
        published(d, "Straks", "herzien: 2027-01-10\n");
        published(d, "Later", "herzien: 2027-03-10\n");
        published(d, "Te laat", "herzien: 2026-11-01\n");
        struct reply r = get(d, d->ann, "/redactie");
        assert_true(has(r, "/redactie/kennis/straks") && !has(r, "/redactie/kennis/later") && has(r, "had bekeken moeten zijn op 1 november 2026"));
        test_script(d->h.db, "INSERT INTO item_version(item_id, number, text, digest, origin, note, made_ms) SELECT id, 2, 'x', 'x', 'file', '', 5 FROM item"
                             " WHERE slug = 'later'; INSERT INTO link_check(url, checked_ms, failures, failing_ms, result) VALUES"
                             " ('https://weg.example/', 9, 3, 5, 'de pagina bestaat niet meer'), ('https://net.example/', 9, 2, 5, 'de pagina bestaat niet meer');"
                             "INSERT INTO link_place SELECT i.id, l.id FROM item i, link_check l WHERE i.slug = 'straks'");
        r = get(d, d->ann, "/redactie");
        assert_true(has(r, "Er is een nieuwer bestand") && has(r, "/redactie/kennis/later"));
        assert_true(has(r, "https://weg.example/") && !has(r, "https://net.example/"));
        assert_true(has(get(d, d->ann, "/redactie/kennis/straks"), "https://weg.example/") && has(get(d, d->ann, "/redactie/kennis/later"), "Nieuwer bestand"));
}

static void a_case_is_not_of_the_editors(void **state) {
        OPEN;
        int64_t id = 0;
        struct draft_new n = { .purpose = DRAFT_CASE, .kind = S("interventie"), .owner_id = d->ann, .now_ms = d->now_ms, .idempotency = S("case") };
        assert_int_equal(TX(&d->h, draft_make(d->h.db, d->a, &n, &id)), OK);
        assert_int_equal(get(d, d->ann, at(d, "/redactie/teksten/#", id)).e, ERR_NOT_FOUND);
        assert_int_equal(get(d, d->bob, at(d, "/redactie/teksten/#/voorbeeld", id)).e, ERR_NOT_FOUND);
}

static void drafts_go_with_their_writer_or_after_two_years(void **state) {
        OPEN;
        published(d, "Aanpak", "");
        begun(d, d->ann, "aanpak");
        begun(d, d->bob, "aanpak");
        struct req rq = request(&d->h, d->now_ms);
        struct kept_rows rows;
        assert_int_equal(people_show(&rq, d->ann, &editing_kept[0], &rows), OK);
        assert_int_equal(rows.rows.n, 1);
        static const struct kept *const tables[] = { people_kept, editing_kept, NULL };
        d->h.site.kept = tables;
        assert_int_equal(TX(&d->h, people_erase(&rq, d->ann)), OK);
        assert_int_equal(count(d, "SELECT count(*) FROM draft"), 1);
        int64_t next = 0;
        for (int days = 0; days <= 731; days += 731) {
                rq.now_ms = d->now_ms + days * RETENTION_DAY_MS;
                assert_int_equal(count(d, "SELECT count(*) FROM draft"), 1);
                assert_int_equal(TX(&d->h, editing_retention[0].enforce(&rq, &next)), OK);
        }
        assert_int_equal(count(d, "SELECT count(*) FROM draft"), 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(only_editors_come_in), TEST_BOTH(a_new_text_is_incomplete_until_it_is_written), TEST_BOTH(nobody_approves_what_is_ones_own),
                TEST_BOTH(a_text_comes_back_with_remarks), TEST_BOTH(a_mistake_blocks_and_advice_does_not), TEST_BOTH(personal_data_is_not_saved),
                TEST_BOTH(two_editors_go_together_or_choose), TEST_BOTH(what_changed_during_the_check_is_shown_again), TEST_BOTH(two_windows_lose_nothing),
                TEST_BOTH(history_is_public_and_goes_with_the_text), TEST_BOTH(another_address_leads_on),
                TEST_BOTH(what_its_writer_took_back_stays_away),
                TEST_BOTH(a_file_is_thrown_away_unless_something_shows_it), TEST_BOTH(the_work_list_tells_what_is_due),
                TEST_BOTH(a_case_is_not_of_the_editors), TEST_BOTH(drafts_go_with_their_writer_or_after_two_years),
        };
        return cmocka_run_group_tests_name("editing", tests, NULL, NULL);
}
