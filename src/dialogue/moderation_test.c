/* Moderators look after what people write, and what people write goes when it should. */
#include "test_street.h"
#include "jobs.h"
#include "people.h"
#include "people_mail.h"
#include "writer.h"

static void removing_costs_trust_and_tells_why(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Koop+nu");
        struct reply r = decide(&x, x.mo, id, "verwijderen");
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "Kies waarom u de bijdrage verwijdert"));
        assert_int_equal(decide(&x, x.mo, id, "verwijderen&reden=reclame&toelichting=Dit+verkoopt+iets").e, OK);
        r = page_of_question(&x, 0, id);
        assert_int_equal(r.rs.status, 410);
        assert_true(has(r, "Verwijderd door een moderator. De reden: Het is reclame of spam.") && !has(r, "Koop nu") && !has(r, "Dit verkoopt iets"));
        assert_int_equal(mails(&x, "moderatie"), 1);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE text LIKE '%reclame of spam%Dit verkoopt iets%bezwaar%'"), 1);
        assert_true(is(&x, asked(&x, x.jo, "Daarna"), "waiting"));
        assert_int_equal(ask(&x, x.kim, GET, "/bijdragen/{id}/melden", number(&x, id), "").e, ERR_NOT_FOUND);
        assert_true(has(ask(&x, x.jo, GET, "/bijdragen/{id}/melden", number(&x, id), ""), "Maak bezwaar"));
        assert_int_equal(ask(&x, x.jo, POST, "/bijdragen/{id}/melden", number(&x, id), "toelichting=Het+is+gratis").e, OK);
        assert_true(has(ask(&x, x.mo, GET, "/beheer/moderatie", "", ""), "Bezwaar van de schrijver"));
        assert_int_equal(decide(&x, x.ed, id, "plaatsen").e, OK);
        assert_true(has(page_of_question(&x, 0, id), "Koop nu"));
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM audit WHERE action IN ('post.remove', 'post.approve')"), 2);
        assert_true(is(&x, asked(&x, x.jo, "Weer+vertrouwd"), "visible"));
        db_close(x.db);
}

static void nobody_moderates_an_own_post_and_the_second_moderator_is_told(void **state) {
        struct street x = street(state);
        int64_t own = asked(&x, x.mo, "Van+Mo"), other = asked(&x, x.jo, "Van+Jo"), seen = stand(&x, other);
        struct reply r = decide(&x, x.mo, own, "verwijderen&reden=reclame");
        assert_true(str_ends(r.rs.location, S("?gedaan=eigen")) && is(&x, own, "visible"));
        assert_int_equal(decide(&x, x.mo, other, "plaatsen").e, OK);
        r = ask(&x, x.ed, POST, "/beheer/moderatie/{id}", number(&x, other),
                str_fmt(&x.s->arena, "doe=verwijderen&reden=reclame&stand=%d", (int) seen).p);
        assert_int_equal(r.e, OK);
        assert_true(str_ends(r.rs.location, S("?gedaan=al-besloten")) && is(&x, other, "visible"));
        assert_int_equal(decide(&x, x.mo, other, "onzin").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.mo, GET, "/beheer/moderatie/{id}", "99999", "").e, ERR_NOT_FOUND);
        db_close(x.db);
}

static struct reply reported(struct street *x, int64_t who, uint64_t client, int64_t id) {
        x->client = client;
        return ask(x, who, POST, "/bijdragen/{id}/melden", number(x, id), "reden=kwetsend&toelichting=Niet+aardig");
}

static void three_people_hide_a_post_until_somebody_looked(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Ruzie");
        assert_int_equal(reported(&x, x.kim, 1, id).e, OK);
        assert_int_equal(reported(&x, x.kim, 9, id).e, OK);             /* the same person twice is one */
        assert_int_equal(reported(&x, 0, 2, id).e, OK);
        assert_int_equal(reported(&x, 0, 2, id).e, OK);
        assert_true(is(&x, id, "visible") && test_number(x.db, "SELECT count(*) FROM post_report") == 2);
        assert_true(has(ask(&x, x.mo, GET, "/beheer/moderatie", "", ""), "2 meldingen"));
        assert_int_equal(reported(&x, 0, 3, id).e, OK);
        assert_true(is(&x, id, "hidden"));
        struct reply r = page_of_question(&x, 0, id);
        assert_true(has(r, "Even niet te zien") && !has(r, "Ruzie"));
        assert_int_equal(decide(&x, x.mo, id, "plaatsen").e, OK);
        assert_true(is(&x, id, "visible") && test_number(x.db, "SELECT count(*) FROM post_report") == 0);
        for (uint64_t client = 1; client <= 4; client++)
                assert_int_equal(reported(&x, 0, client, id).e, OK);
        assert_true(is(&x, id, "visible"));                             /* a moderator let it stand */
        assert_int_equal(ask(&x, x.jo, GET, "/bijdragen/{id}/melden", number(&x, id), "").e, ERR_NOT_FOUND);
        r = ask(&x, 0, POST, "/bijdragen/{id}/melden", number(&x, id), "reden=bezwaar");
        assert_true(r.e == ERR_INVALID && has(r, "Kies wat er niet goed is"));
        db_close(x.db);
}

static void a_closed_question_takes_no_answers(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Dicht");
        assert_true(has(page_of_question(&x, x.mo, id), "Besluit als moderator") && !has(page_of_question(&x, x.kim, id), "Besluit als moderator"));
        assert_int_equal(decide(&x, x.mo, id, "sluiten").e, OK);
        assert_true(has(page_of_question(&x, x.kim, id), "Deze vraag is gesloten"));
        struct reply r = ask(&x, x.kim, POST, "/vragen/{vraag}/antwoord", number(&x, id), "tekst=Te+laat" WHO);
        assert_true(r.e == ERR_INVALID && has(r, "kan niet meer worden geantwoord"));
        assert_int_equal(decide(&x, x.mo, id, "openen").e, OK);
        answered(&x, x.kim, id, "Op+tijd");
        db_close(x.db);
}

static void who_goes_leaves_posts_without_a_name_or_takes_them_along(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        trusted(&x, x.kim);
        int64_t stays = asked(&x, x.jo, "Blijft"), goes = asked(&x, x.kim, "Gaat");
        assert_int_equal(reported(&x, x.jo, 1, goes).e, OK);
        struct req rq = { .arena = &x.s->arena, .db = x.db, .now_ms = NOW, .app = &site };
        assert_int_equal(db_begin(x.db), OK);
        assert_int_equal(people_erase(&rq, x.jo), OK);
        assert_int_equal(db_commit(x.db), OK);
        struct reply r = page_of_question(&x, 0, stays);
        assert_true(has(r, "Blijft") && has(r, "Een oud-deelnemer") && !has(r, "<bdi>Jo"));
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM post_report"), 0);
        r = ask(&x, x.kim, POST, "/mijn-bijdragen/intrekken", "", "");
        assert_true(r.e == ERR_INVALID && has(r, "Zet een vinkje"));
        assert_int_equal(ask(&x, x.kim, POST, "/mijn-bijdragen/intrekken", "", "zeker=ja").e, OK);
        assert_true(is(&x, goes, "withdrawn") && page_of_question(&x, 0, goes).rs.status == 410);
        assert_true(has(ask(&x, x.kim, GET, "/mijn-bijdragen", "", ""), "Ingetrokken door de schrijver"));
        db_close(x.db);
}

static void morning(struct street *x) {
        struct writer *w = NULL;
        db_close(x->db);                /* SQLite has one writer */
        assert_int_equal(writer_start(&w, x->s->url, 1), OK);
        struct job_context c = { .writer = w, .arena = &x->s->arena, .now_ms = NOW, .app = &site };
        assert_int_equal(dialogue_digest_run(&c), OK);
        writer_stop(w);
        x->db = test_open(x->s, DB_WRITE);
}

static void moderators_hear_in_the_morning_what_waits(void **state) {
        struct street x = street(state);
        asked(&x, x.jo, "Wacht");
        test_script(x.db, str_fmt(&x.s->arena, "INSERT INTO person_role(person_id, role, asked_ms, granted_ms) VALUES (%d, 'redacteur', 1, 1),"
                                  " (%d, 'programmamanager', 1, 1), (%d, 'onderzoeker', 1, 1)", (int) x.mo, (int) x.mo, (int) x.kim).p);
        morning(&x);
        assert_int_equal(mails(&x, MAIL_MODERATE), 1);          /* two roles, one mail */
        assert_int_equal(decide(&x, x.mo, newest(&x), "plaatsen").e, OK);
        morning(&x);
        assert_int_equal(mails(&x, MAIL_MODERATE), 1);
        db_close(x.db);
}

static void what_is_old_goes(void **state) {
        struct street x = street(state);
        trusted(&x, x.jo);
        int64_t id = asked(&x, x.jo, "Weg"), other = asked(&x, x.jo, "Gemeld"), next = 0;
        assert_int_equal(decide(&x, x.mo, id, "verwijderen&reden=onjuist").e, OK);
        assert_int_equal(reported(&x, x.kim, 1, other).e, OK);
        for (int days = 89; days <= 91; days += 2) {
                struct req rq = { .arena = &x.s->arena, .db = x.db, .now_ms = NOW + days * DAY, .app = &site };
                for (const struct retention_rule *r = dialogue_retention; r->what.n; r++)
                        assert_int_equal(r->enforce ? r->enforce(&rq, &next) : OK, OK);
                assert_int_equal(test_number(x.db, "SELECT count(*) FROM post WHERE title = 'Weg'"), days < 90);
                assert_int_equal(test_number(x.db, "SELECT count(*) FROM post_report"), days < 90);
        }
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM post WHERE title = 'Gemeld'"), 1);
        db_close(x.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(removing_costs_trust_and_tells_why),
                TEST_BOTH(nobody_moderates_an_own_post_and_the_second_moderator_is_told),
                TEST_BOTH(three_people_hide_a_post_until_somebody_looked),
                TEST_BOTH(a_closed_question_takes_no_answers),
                TEST_BOTH(who_goes_leaves_posts_without_a_name_or_takes_them_along),
                TEST_BOTH(moderators_hear_in_the_morning_what_waits),
                TEST_BOTH(what_is_old_goes),
        };
        return cmocka_run_group_tests_name("moderation", tests, NULL, NULL);
}
