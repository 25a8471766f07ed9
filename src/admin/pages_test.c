/* People, the trail, mail, jobs and the pages to read. On both stores. */
#include "harness.h"
#include <string.h>
#include "admin.h"
#include "clock.h"
#include "jobs.h"
#include "mail.h"
#include "people_credential.h"
#include "writer.h"

#define OPEN _cleanup_(desk_done) struct desk *d = desk_open(test_store(state))

/* FMT with ID at its "#". */
static const char *at(struct desk *d, const char *fmt, int64_t id) {
        struct str fixed = str_of(fmt);
        size_t mark = str_index(fixed, '#');
        return str_fmt(&d->s->arena, "%.*s%lld%.*s", (int) mark, fmt, (long long) id, STR(str_sub(fixed, mark + 1, fixed.n))).p;
}

static void people_are_found_by_address_or_name(void **state) {
        OPEN;
        desk_person(d, "Zoë van Ballegooijen", "", 0);
        struct reply r = desk_get(d, d->admin, "/beheer/mensen?q=MO@demo");
        assert_true(has(r, "mo@demo.invalid") && !has(r, "anna@demo.invalid"));
        assert_true(has(desk_get(d, d->admin, "/beheer/mensen?q=zoe"), "Zoë van Ballegooijen"));
        assert_true(has(desk_get(d, d->admin, "/beheer/mensen?q=balle"), "Zoë van Ballegooijen"));
        assert_true(has(desk_get(d, d->admin, "/beheer/mensen?q=legooi"), "Niemand gevonden"));
        assert_false(has(desk_get(d, d->admin, "/beheer/mensen"), "@demo.invalid"));
        assert_int_equal(desk_get(d, d->admin, "/beheer/mensen/99999").e, ERR_NOT_FOUND);
        assert_int_equal(desk_get(d, d->admin, "/beheer/mensen/x").e, ERR_NOT_FOUND);
        assert_int_equal(desk_get(d, d->programme, at(d, "/beheer/mensen/#", d->admin)).e, ERR_DENIED);
}

static void account_is_closed_and_opened(void **state) {
        OPEN;
        desk_get(d, d->member_a, "/beheer");
        assert_int_equal(desk_post(d, d->admin, at(d, "/beheer/mensen/#/sluiten", d->member_a), "").rs.status, 303);
        assert_int_equal(desk_number(d, at(d, "SELECT count(*) FROM session WHERE person_id = #", d->member_a)), 0);
        struct reply r = desk_get(d, d->admin, at(d, "/beheer/mensen/#", d->member_a));
        assert_true(has(r, "Het account is gesloten") && !has(r, "Sluit het account"));
        assert_int_equal(desk_post(d, d->admin, at(d, "/beheer/mensen/#/openen", d->member_a), "").rs.status, 303);
        assert_true(has(desk_get(d, d->member_a, "/beheer"), "<h1>Beheer</h1>"));
        assert_int_equal(desk_trail(d, "account.close") + desk_trail(d, "account.open"), 2);
        r = desk_post(d, d->admin, at(d, "/beheer/mensen/#/sluiten", d->admin), "");
        assert_true(r.rs.status == 422 && has(r, "Dit is uw eigen account"));
        int64_t other = desk_person(d, "abe", "beheerder", d->bureau);
        assert_int_equal(desk_post(d, other, at(d, "/beheer/mensen/#/sluiten", d->admin), "").rs.status, 303);
        assert_int_equal(desk_post(d, d->programme, at(d, "/beheer/mensen/#/sluiten", other), "").e, ERR_DENIED);
}

static void give_factors(struct desk *d, int64_t person) {
        struct req rq = { .arena = &d->s->arena, .db = d->db, .app = &d->site, .now_ms = d->now, .id = S("test") };
        static const unsigned char secret[TOTP_SECRET] = { 1 };
        char codes[RECOVERY_CODES][RECOVERY_TEXT];
        assert_int_equal(db_begin(d->db), OK);
        assert_int_equal(credential_totp_start(&rq, person, secret), OK);
        assert_int_equal(credential_totp_confirm(&rq, person, 7), OK);
        recovery_make(codes);
        assert_int_equal(credential_recovery_set(&rq, person, codes), OK);
        assert_int_equal(db_commit(d->db), OK);
}

static void lost_second_factor_is_removed_after_two_answers(void **state) {
        OPEN;
        give_factors(d, d->programme);
        const char *path = at(d, "/beheer/mensen/#/tweede-stap", d->programme);
        assert_true(has(desk_get(d, d->admin, at(d, "/beheer/mensen/#", d->programme)), "ja, met 10 herstelcodes over"));
        struct reply r = desk_post(d, d->admin, path, "reden=&controle=onzin");
        assert_true(r.rs.status == 422 && has(r, "Kies waarom de tweede stap weg moet") && has(r, "Kies hoe u controleerde"));
        assert_int_equal(desk_number(d, "SELECT count(*) FROM person_totp"), 1);
        assert_int_equal(desk_post(d, d->admin, path, "reden=telefoon-kwijt&controle=gezien").rs.status, 303);
        assert_int_equal(desk_number(d, "SELECT (SELECT count(*) FROM person_totp) + (SELECT count(*) FROM recovery_code)"), 0);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM mail_outbox WHERE kind = 'tweede-stap' AND to_address = 'pien@demo.invalid'"), 1);
        assert_int_equal(desk_number(d, at(d, "SELECT count(*) FROM session WHERE person_id = #", d->programme)), 0);
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?actie=factor.remove"), "telefoon-kwijt"));
        /* not one's own: who took over a session of an administrator must not get rid of the second factor */
        assert_int_equal(desk_post(d, d->admin, at(d, "/beheer/mensen/#/tweede-stap", d->admin), "reden=telefoon-kwijt&controle=gezien").e, ERR_DENIED);
}

static void link_for_a_new_password_goes_to_the_person(void **state) {
        OPEN;
        assert_int_equal(desk_post(d, d->admin, at(d, "/beheer/mensen/#/wachtwoord", d->member_a), "").rs.status, 303);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM mail_outbox WHERE to_address = 'mo@demo.invalid'"), 1);
        assert_int_equal(desk_trail(d, "password.link"), 1);
        assert_int_equal(desk_post(d, d->admin, "/beheer/mensen/99999/wachtwoord", "").e, ERR_NOT_FOUND);
}

static void trail_is_searched_and_paged(void **state) {
        OPEN;
        struct reply r = desk_get(d, d->admin, "/beheer/spoor?actie=role.give");
        assert_true(has(r, "Rol gegeven") && has(r, ">anna</a>") && has(r, "bij Gemeente Almere"));
        r = desk_get(d, d->admin, at(d, "/beheer/spoor?onderwerp=person&id=#", d->manager_b));
        assert_true(has(r, ">bart</a>") && !has(r, ">anna</a>"));
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?wie=niemand@x.nl"), "Niemand heeft dit e-mailadres"));
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?van=gisteren"), "Vul een datum in"));
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?id=3"), "Kies bij een nummer ook"));
        /* NOW is 16:13 in the Netherlands on 21 September 2026 */
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?van=2026-09-21&tot=2026-09-21"), ">anna</a>"));
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?van=2026-09-22"), "Geen regels gevonden"));
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor?tot=2026-09-20"), "Geen regels gevonden"));
        for (int i = 0; i < 30; i++)
                desk_person(d, str_fmt(&d->s->arena, "p%02d", i).p, "onderzoeker", 0);
        r = desk_get(d, d->admin, "/beheer/spoor");
        assert_true(has(r, ">p29</a>") && has(r, ">p05</a>") && !has(r, ">p04</a>"));
        const char *next = strstr(r.html.p, "/beheer/spoor?voor=");
        assert_non_null(next);
        r = desk_get(d, d->admin, str_fmt(&d->s->arena, "%.*s", (int) strcspn(next, "\""), next).p);
        assert_true(has(r, ">p04</a>") && has(r, ">anna</a>") && !has(r, ">p05</a>"));
        assert_int_equal(desk_get(d, d->programme, "/beheer/spoor").e, ERR_DENIED);
}

static void trail_as_csv_has_numbers_and_no_names(void **state) {
        OPEN;
        struct reply r = desk_get(d, d->admin, "/beheer/spoor.csv?actie=role.give");
        assert_true(has(r, "id,tijd,persoon,wie,actie") && has(r, "\"{\"\"role\"\":\"\"beheerder\"\",\"\"granted\"\":true}\""));
        assert_false(has(r, "anna"));
        size_t lines = 0;
        for (size_t i = 0; i < r.html.n; i++)
                lines += r.html.p[i] == '\n';
        assert_int_equal(lines, 7);
        assert_int_equal(desk_get(d, d->admin, "/beheer/spoor.csv?van=x").e, ERR_INVALID);
}

static int64_t now_of(void *app) {
        return ((struct desk *) app)->now;
}

/* Runs what is due. The writer has a connection of its own, so that of the test closes for a moment. */
static void work(struct desk *d) {
        static const struct job_kind job_table[] = { ADMIN_TRAIL_JOB, { 0 } };
        struct jobs *j = NULL;
        struct jobs_config c = { .database = d->s->url, .kinds = job_table, .now = now_of, .app = d };
        bool worked = true;
        db_closep(&d->db);
        assert_int_equal(writer_start(&c.writer, d->s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        while (worked)
                assert_int_equal(jobs_step(j, &worked), OK);
        jobs_close(j);
        writer_stop(c.writer);
        d->db = test_open(d->s, DB_WRITE);
}

static void trail_is_checked_when_asked(void **state) {
        OPEN;
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor"), "de laatste week niet gecontroleerd"));
        assert_int_equal(desk_post(d, d->admin, "/beheer/spoor/controleren", "").rs.status, 303);
        assert_int_equal(desk_post(d, d->admin, "/beheer/spoor/controleren", "").rs.status, 303);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM job WHERE kind = 'trail-verify'"), 1);
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor"), "De controle loopt nu"));
        d->now = clock_now_ms() + 1000;
        work(d);
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor"), "vond het spoor heel"));
        /* somebody writes behind the program's back */
        test_script(d->db, "UPDATE audit SET action = 'role.none' WHERE id = 2");
        assert_int_equal(desk_post(d, d->admin, "/beheer/spoor/controleren", "").rs.status, 303);
        d->now += 1000;
        work(d);
        assert_true(has(desk_get(d, d->admin, "/beheer/spoor"), "De laatste controle vond een fout: row 2"));
        assert_true(has(desk_get(d, d->admin, "/beheer/veiligheid"), "Het spoor van wijzigingen is niet heel"));
}

static void mail_is_read_and_tried_again(void **state) {
        OPEN;
        desk_post(d, d->manager_a, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=jo@almere.nl&rol=trainer");
        test_script(d->db, "UPDATE mail_outbox SET state = 'dead', last_error = 'refused', html = '<p onclick=x>' WHERE id = 1");
        struct reply r = desk_get(d, d->admin, "/beheer/post");
        assert_true(has(r, "Niet aangekomen (1)") && has(r, "jo@almere.nl") && has(r, "refused"));
        assert_false(has(desk_get(d, d->admin, "/beheer/post?staat=verstuurd"), "jo@almere.nl"));
        assert_int_equal(desk_get(d, d->admin, "/beheer/post?staat=onzin").e, ERR_NOT_FOUND);
        r = desk_get(d, d->admin, "/beheer/post/1");
        assert_true(has(r, "/uitnodiging?t=") && has(r, "&lt;p onclick=x&gt;") && !has(r, "<p onclick"));
        assert_true(str_ends(desk_post(d, d->admin, "/beheer/post/1/opnieuw", "").rs.location, S("gedaan=opnieuw")));
        assert_int_equal(desk_number(d, "SELECT count(*) FROM mail_outbox WHERE state = 'waiting'"), 1);
        assert_int_equal(desk_trail(d, "mail.retry"), 1);
        assert_int_equal(desk_post(d, d->admin, "/beheer/post/1/opnieuw", "").e, ERR_NOT_FOUND);
        assert_int_equal(desk_get(d, d->manager_a, "/beheer/post/1").e, ERR_DENIED);
}

static void dead_job_gets_another_turn(void **state) {
        OPEN;
        test_script(d->db, "INSERT INTO job(kind, payload, state, run_at_ms, lease_until_ms, attempts, last_error, created_ms) "
                           "VALUES ('oud-werk', '', 'dead', 5, 0, 5, 'no disk', 1)");
        struct reply r = desk_get(d, d->admin, "/beheer/taken");
        assert_true(has(r, "oud-werk") && has(r, "no disk"));
        const char *again = at(d, "/beheer/taken/#/opnieuw", desk_number(d, "SELECT id FROM job"));
        assert_int_equal(desk_post(d, d->admin, again, "").rs.status, 303);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM job WHERE state = 'waiting' AND attempts = 0"), 1);
        assert_int_equal(desk_post(d, d->admin, again, "").e, ERR_NOT_FOUND);
        assert_int_equal(desk_trail(d, "job.revive"), 1);
}

static void safety_looks_at_this_installation(void **state) {
        OPEN;
        d->installation.has_origin = true;
        struct reply r = desk_get(d, d->admin, "/beheer/veiligheid");
        assert_true(has(r, "Er is maar één beheerder") && has(r, "pien (Programmamanager)") && has(r, "Er is geen mailserver"));
        assert_true(has(r, "Schouders keek naar") && !has(r, "De site werkt zonder https"));
        assert_true(has(r, "lopen niet gelijk") == d->s->postgres);        /* NOW is not the clock of the server */
        give_factors(d, d->programme);
        desk_person(d, "abe", "beheerder", d->bureau);
        r = desk_get(d, d->admin, "/beheer/veiligheid");
        assert_true(!has(r, "Er is maar één beheerder") && !has(r, "pien (Programmamanager)") && has(r, "abe (Beheerder)"));
        assert_int_equal(desk_get(d, d->programme, "/beheer/veiligheid").e, ERR_DENIED);
}

/* What a working server answers, and each way in which it does not, is tried in tests/mail. */
static void the_mail_server_is_tried_when_asked(void **state) {
        OPEN;
        const char *path = "/beheer/veiligheid/mailserver";
        assert_false(has(desk_get(d, d->admin, "/beheer/veiligheid"), path));
        struct mail_settings nobody = { .host = S("127.0.0.1"), .port = 1, .security = MAIL_PLAIN, .from_address = S("a@b.nl") };
        struct mailer *m = NULL;
        assert_int_equal(mailer_open(&m, &nobody), OK);
        d->site.mailer = m;
        assert_true(has(desk_get(d, d->admin, "/beheer/veiligheid"), path));
        struct reply r = desk_post(d, d->admin, path, "");
        assert_int_equal(r.rs.status, 200);
        assert_true(has(r, "the mail server cannot be reached") && has(r, "Schouders keek naar"));
        assert_int_equal(desk_post(d, d->programme, path, "").e, ERR_DENIED);
        mailer_close(m);
}

static void roles_messages_and_processing_are_shown(void **state) {
        OPEN;
        struct reply r = desk_get(d, d->admin, "/beheer/rollen");
        assert_true(has(r, "Lid van programmaraad") && has(r, "/beheer/mensen/{id}/tweede-stap") && has(r, "eigen organisatie"));
        assert_true(has(desk_get(d, d->admin, "/beheer/verwerkingen"), "Accounts en rollen"));
        int64_t editor = desk_person(d, "rik", "redacteur", d->bureau);
        for (int i = 0; i < 27; i++)
                test_script(d->db, str_fmt(&d->s->arena, "INSERT INTO feedback(created_ms, about, kind, message, idempotency) VALUES "
                                           "(%d, '/kennis', 'goed', 'Bericht <%02d>', 'k%d')", i, i, i).p);
        r = desk_get(d, editor, "/beheer/reacties");
        assert_true(has(r, "Bericht &lt;26&gt;") && !has(r, "Bericht &lt;01&gt;"));
        const char *next = strstr(r.html.p, "/beheer/reacties?voor=");
        assert_non_null(next);
        assert_true(has(desk_get(d, editor, str_fmt(&d->s->arena, "%.*s", (int) strcspn(next, "\""), next).p), "Bericht &lt;01&gt;"));
        assert_int_equal(desk_get(d, editor, "/beheer/rollen").e, ERR_DENIED);
        assert_int_equal(desk_get(d, d->programme, "/beheer/reacties").e, ERR_DENIED);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(people_are_found_by_address_or_name), TEST_BOTH(account_is_closed_and_opened),
                TEST_BOTH(lost_second_factor_is_removed_after_two_answers), TEST_BOTH(link_for_a_new_password_goes_to_the_person),
                TEST_BOTH(trail_is_searched_and_paged), TEST_BOTH(trail_as_csv_has_numbers_and_no_names),
                TEST_BOTH(trail_is_checked_when_asked), TEST_BOTH(mail_is_read_and_tried_again), TEST_BOTH(dead_job_gets_another_turn),
                TEST_BOTH(safety_looks_at_this_installation), TEST_BOTH(the_mail_server_is_tried_when_asked),
                TEST_BOTH(roles_messages_and_processing_are_shown),
        };
        return cmocka_run_group_tests_name("admin-pages", tests, NULL, NULL);
}
