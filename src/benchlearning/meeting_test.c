/* Meetings on both stores: invitation, answers, pack, report, actions and their effect. */
#include "learn_testing.h"

#define INVITE "gemeente=plaats-1&cijfer=shv10&vraag=Hoe+doet+u+dat&dag=2027-03-18&tijd=14:00&plaats=Online"

#define HELD "UPDATE benchlearn_meeting SET held_on = '2026-11-20'"

static void a_meeting_from_invitation_to_effect(void **state) {
        struct town x = town(state);
        struct reply r = ask(&x, x.ada, GET, MEETINGS "/nieuw", "eerste", "gemeente=plaats-1&cijfer=shv10");
        assert_true(has(r, "via Tweede") && has(r, "heeft hier nog niemand"));
        assert_int_equal(ask(&x, x.bea, GET, MEETINGS "/nieuw", "tweede", "gemeente=plaats-1&cijfer=shv10").e, ERR_NOT_FOUND);
        r = ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&met=plaats-3&csrf=t");
        assert_int_equal(r.e, OK);
        assert_true(str_ends(r.rs.location, S("/1?gedaan=klaargezet")));        /* nobody of the third reads it */
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM benchlearn_guest"), 2);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE kind = 'benchleren'"), 1);
        assert_true(has(ask(&x, x.bea, GET, DESK, "tweede", ""), "Wacht op uw antwoord"));

        r = ask(&x, x.bea, GET, MEETINGS "/{nummer}", "tweede 1", "");
        assert_true(has(r, "aantoonbaar gunstiger ligt (31%, tegen 60% in Plaats 1") && has(r, "Komt u?"));
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/antwoord", "tweede 1", "antwoord=ja&vraag=Hoe+telt+u&csrf=t").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE kind = 'benchleren'"), 2);
        r = ask(&x, x.ada, GET, MEETINGS "/{nummer}/boekje", "eerste 1", "");
        assert_true(has(r, "Hoe doet u dat") && has(r, "Hoe telt u") && has(r, "<svg"));

        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/verslag", "eerste 1", "verslag=Nog+niet&csrf=t").e, ERR_CONFLICT);
        assert_true(has(ask(&x, x.ada, GET, MEETINGS "/{nummer}", "eerste 1", ""), "vanaf de dag van de bijeenkomst"));
        test_script(x.db, HELD);
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/verslag", "eerste 1", "verslag=Wij+leerden+veel&csrf=t").e, OK);
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/verslag", "tweede 1", "verslag=Nee&csrf=t").e, ERR_CONFLICT);
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/afspraken", "eerste 1", "wat=Aanbellen&wie=wijkteam&tot=2026-Q4&aanpak=eropaf&begin=2026-Q4&csrf=t").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM method_use WHERE municipality = 'GM0001' AND starts = 8107"), 1);
        r = ask(&x, x.ada, GET, MEETINGS "/{nummer}", "eerste 1", "");
        assert_true(has(r, "Wij leerden veel") && has(r, "Aanbellen") && has(r, "Te vroeg.") && has(r, "na het 3e kwartaal 2027"));
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/afspraken/{afspraak}", "eerste 1 1", "stand=done&csrf=t").e, OK);
        assert_true(has(ask(&x, x.bea, GET, MEETINGS "/{nummer}", "tweede 1", ""), "Stand: Klaar."));
        leave(&x);
}

static void a_meeting_is_for_who_is_invited(void **state) {
        struct town x = town(state);
        int64_t other = organisation(&x, "Derde", "GM0004");
        int64_t cor = adviser(&x, "Cor", other);
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&csrf=t").e, OK);
        assert_int_equal(ask(&x, cor, GET, MEETINGS "/{nummer}", "derde 1", "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, cor, POST, MEETINGS "/{nummer}/antwoord", "derde 1", "antwoord=ja&csrf=t").e, ERR_NOT_FOUND);
        struct reply r = ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", "gemeente=plaats-1&cijfer=shv10&vraag=&dag=2020-01-01&tijd=laat&plaats=&csrf=t");
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "Schrijf wat u wilt leren") && has(r, "een dag in die nog komt") && has(r, "zoals 14:00") && has(r, "ten minste een gemeente"));
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/afgelasten", "eerste 1", "csrf=t").e, OK);
        assert_true(has(ask(&x, x.bea, GET, MEETINGS "/{nummer}", "tweede 1", ""), "Gaat niet door"));
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/antwoord", "tweede 1", "antwoord=ja&csrf=t").e, ERR_CONFLICT);
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/afspraken", "tweede 1", "wat=Aanbellen&wie=wijkteam&tot=2026-Q4&csrf=t").e, ERR_CONFLICT);
        leave(&x);
}

static void the_same_form_twice_is_one_meeting(void **state) {
        struct town x = town(state);
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&csrf=t").e, OK);
        x.sent--;
        struct reply r = ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&csrf=t");
        assert_true(r.e == OK && str_ends(r.rs.location, S("/bijeenkomsten/1")));
        for (int i = 0; i < 2; i++, x.sent--)
                assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/afspraken", "eerste 1", "wat=Aanbellen&wie=wijkteam&tot=2026-Q4&csrf=t").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM benchlearn_meeting"), 1);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM benchlearn_action"), 1);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE kind = 'benchleren'"), 1);
        leave(&x);
}

/* The form of this page, with what it was drawn from. */
static const char *drawn(struct town *x, struct reply r, const char *fields) {
        struct str before = S("name=\"was\" value=\"");
        size_t at = str_find(r.html, before);
        assert_true(at < r.html.n);
        return str_fmt(&x->s->arena, "%s&was=%.*s&csrf=t", fields, STR(str_sub(r.html, at + before.n, 16))).p;
}

static void who_is_second_loses_nothing(void **state) {
        struct town x = town(state);
        int64_t ann = adviser(&x, "Ann", x.a), ben = adviser(&x, "Ben", x.b);
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&csrf=t").e, OK);
        struct reply page = ask(&x, x.bea, GET, MEETINGS "/{nummer}", "tweede 1", "");
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/antwoord", "tweede 1", drawn(&x, page, "antwoord=ja&vraag=Hoe+telt+u")).e, OK);
        struct reply r = ask(&x, ben, POST, MEETINGS "/{nummer}/antwoord", "tweede 1", drawn(&x, page, "antwoord=nee&vraag=Wij+kunnen+niet"));
        assert_true(r.e == ERR_INVALID && has(r, "Een collega antwoordde intussen") && has(r, "Hoe telt u") && has(r, "Wij kunnen niet"));
        assert_int_equal(ask(&x, ben, POST, MEETINGS "/{nummer}/antwoord", "tweede 1", drawn(&x, r, "antwoord=nee&vraag=Wij+kunnen+niet")).e, OK);
        test_script(x.db, HELD);
        page = ask(&x, x.ada, GET, MEETINGS "/{nummer}", "eerste 1", "");
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/verslag", "eerste 1", drawn(&x, page, "verslag=Het+eerste")).e, OK);
        r = ask(&x, ann, POST, MEETINGS "/{nummer}/verslag", "eerste 1", drawn(&x, page, "verslag=Het+tweede"));
        assert_true(r.e == ERR_INVALID && has(r, "Een collega veranderde het verslag") && has(r, "Het eerste") && has(r, "Het tweede"));
        leave(&x);
}

/* The only one who read invitations left: the host is told whom to invite otherwise. */
static void nobody_is_home(void **state) {
        struct town x = town(state);
        test_script(x.db, "DELETE FROM person_role WHERE person_id <> 1");
        struct reply r = ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&csrf=t");
        assert_true(r.e == OK && str_ends(r.rs.location, S("gedaan=klaargezet")));
        assert_true(has(ask(&x, x.ada, GET, MEETINGS "/{nummer}", "eerste 1", ""), "Deze gemeente heeft hier nog niemand die uitnodigingen krijgt. Nodig haar zelf uit."));
        leave(&x);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_meeting_from_invitation_to_effect), TEST_BOTH(a_meeting_is_for_who_is_invited), TEST_BOTH(the_same_form_twice_is_one_meeting),
                TEST_BOTH(who_is_second_loses_nothing), TEST_BOTH(nobody_is_home),
        };
        return cmocka_run_group_tests_name("benchlearning-meeting", tests, NULL, NULL);
}
