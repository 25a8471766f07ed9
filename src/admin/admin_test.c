/* Organisations and their members: what each role may do, and what somebody tries who may not. On both stores. */
#include "harness.h"
#include <string.h>

#define OPEN _cleanup_(desk_done) struct desk *d = desk_open(test_store(state))

static void hub_shows_what_one_may_do(void **state) {
        OPEN;
        struct reply r = desk_get(d, d->admin, "/beheer");
        assert_true(has(r, "href=\"/beheer/veiligheid\"") && has(r, "href=\"/beheer/organisaties\""));
        r = desk_get(d, d->manager_a, "/beheer");
        assert_true(has(r, "href=\"/beheer/organisaties/gemeente-almere\"") && !has(r, "/beheer/veiligheid"));
        assert_false(has(r, "gemeente-borne"));
        r = desk_get(d, d->member_a, "/beheer");
        assert_true(has(r, "Uw account geeft hier geen rechten") && !has(r, "gemeente-almere"));
        assert_int_equal(desk_get(d, 0, "/beheer").e, ERR_DENIED);
        /* rights of a heavy role count after two factors only */
        assert_false(has(desk_ask_as(d, d->admin, 1, "/beheer", NULL), "/beheer/veiligheid"));
        assert_int_equal(desk_ask_as(d, d->admin, 1, "/beheer/mensen", NULL).e, ERR_DENIED);
}

static void organisation_is_added_changed_closed_and_opened(void **state) {
        OPEN;
        struct reply r = desk_post(d, d->programme, "/beheer/organisaties/nieuw",
                                   "naam=Kredietbank+Oost&soort=kredietbank&website=kredietbank.example&gemeenten=den+haag%0D%0Aborne%0D%0ABorne");
        assert_int_equal(r.rs.status, 303);
        assert_true(str_eq(r.rs.location, S("/beheer/organisaties/kredietbank-oost?gedaan=toegevoegd")));
        r = desk_get(d, 0, "/organisaties/kredietbank-oost");
        assert_true(has(r, "<h1>Kredietbank Oost</h1>") && has(r, "href=\"https://kredietbank.example\""));
        assert_true(has(r, "/gemeenten/s-gravenhage") && has(r, "/gemeenten/borne"));
        assert_int_equal(desk_number(d, "SELECT count(*) FROM organisation_municipality"), 4);
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/kredietbank-oost/bewerken",
                                   "naam=Kredietbank&soort=kredietbank&website=&gemeenten=Almere").rs.status, 303);
        r = desk_get(d, 0, "/organisaties/kredietbank-oost");
        assert_true(has(r, "<h1>Kredietbank</h1>") && has(r, "/gemeenten/almere") && !has(r, "/gemeenten/borne"));
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/kredietbank-oost/sluiten", "").rs.status, 303);
        assert_true(has(desk_get(d, 0, "/organisaties/kredietbank-oost"), "niet meer mee"));
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/kredietbank-oost/openen", "").rs.status, 303);
        assert_false(has(desk_get(d, 0, "/organisaties/kredietbank-oost"), "niet meer mee"));
        assert_int_equal(desk_trail(d, "organisation.add") + desk_trail(d, "organisation.edit") + desk_trail(d, "organisation.close") +
                         desk_trail(d, "organisation.open"), 4);
}

static void mistakes_in_an_organisation_are_explained(void **state) {
        OPEN;
        static const struct { const char *form, *says; } cases[] = {
                { "naam=&soort=gemeente", "Vul de naam van de organisatie in" },
                { "naam=Nieuw&soort=gemeente", "Vul de hele naam van de organisatie in" },
                { "naam=X&soort=onzin", "Kies wat voor organisatie het is" },
                { "naam=Gemeente+Almere&soort=gemeente", "Er is al een organisatie met deze naam" },
                { "naam=X&soort=kredietbank&gemeenten=Bergen", "Bedoelt u Bergen (L.) of Bergen (NH.)?" },
                { "naam=X&soort=kredietbank&gemeenten=Atlantis", "Wij kennen geen gemeente ‘Atlantis’. Controleer de naam." },
                { "naam=X&soort=gemeente&gemeenten=Almere%0ABorne", "Haal er 1 weg" },
                { "naam=X&soort=gemeente&website=javascript:alert(1)", "Vul een webadres in" },
                { "naam=X&soort=gemeente&website=https://a@b.nl", "Vul een webadres in" },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct reply r = desk_post(d, d->programme, "/beheer/organisaties/nieuw", cases[i].form);
                if (r.e != ERR_INVALID || r.rs.status != 422 || !has(r, cases[i].says))
                        fail_msg("%s: %s", cases[i].form, r.html.p ? r.html.p : "nothing");
        }
        assert_int_equal(desk_number(d, "SELECT count(*) FROM organisation"), 3);
}

static void list_goes_on_where_the_page_ended(void **state) {
        OPEN;
        for (int i = 0; i < 30; i++)
                desk_post(d, d->programme, "/beheer/organisaties/nieuw",
                          str_fmt(&d->s->arena, "naam=Zorg+%02d&soort=sociaal-werk", i).p);
        struct reply r = desk_get(d, d->programme, "/beheer/organisaties");
        assert_true(has(r, "Gemeente Almere") && has(r, "Zorg 21") && !has(r, "Zorg 22"));
        char *next = strstr((char *) (uintptr_t) r.html.p, "/beheer/organisaties?na=");
        assert_non_null(next);
        struct str href = str_sub(str_of(next), 0, str_index(str_of(next), '"'));
        /* the page escapes "&" */
        size_t amp = str_find(href, S("&amp;"));
        r = desk_get(d, d->programme, str_fmt(&d->s->arena, "%.*s&%.*s", (int) amp, href.p, STR(str_sub(href, amp + 5, href.n))).p);
        assert_true(has(r, "Zorg 22") && has(r, "Zorg 29") && !has(r, "Zorg 21"));
        r = desk_get(d, d->programme, "/beheer/organisaties?q=gemeente+al");
        assert_true(has(r, "Gemeente Almere") && !has(r, "Gemeente Borne"));
        assert_true(has(desk_get(d, d->programme, "/beheer/organisaties?q=q"), "Geen organisatie"));
}

/* WHAT about role ID at Almere, by PERSON; the code of the note it leads to. */
static const char *decide(struct desk *d, int64_t person, int64_t id, const char *what) {
        struct reply r = desk_post(d, person, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/rollen/%lld/%s",
                                                      (long long) id, what).p, "");
        assert_int_equal(r.rs.status, 303);
        return strchr(r.rs.location.p, '=') + 1;
}

static void manager_decides_about_requests(void **state) {
        OPEN;
        int64_t kim = desk_person(d, "kim", "", 0), id = desk_ask(d, kim, "gangmaker", d->a), other = desk_ask(d, kim, "trainer", d->a);
        struct reply r = desk_get(d, d->manager_a, "/beheer/organisaties/gemeente-almere");
        assert_true(has(r, "<strong>kim</strong>") && has(r, "Lokale gangmaker"));
        assert_true(has(desk_get(d, d->programme, "/beheer"), "kim vraagt de rol"));
        assert_string_equal(decide(d, d->manager_a, id, "toelaten"), "toegelaten");
        /* who decides at the same time is too late, whatever she decides */
        assert_string_equal(decide(d, d->programme, id, "toelaten"), "al-besloten");
        assert_string_equal(decide(d, d->programme, id, "weigeren"), "al-besloten");
        assert_int_equal(desk_role(d, kim, "gangmaker", d->a), id);
        assert_string_equal(decide(d, d->manager_a, other, "weigeren"), "geweigerd");
        assert_int_equal(desk_role(d, kim, "trainer", d->a), 0);
        assert_int_equal(desk_trail(d, "role.refuse"), 1);
}

static void role_is_taken_after_a_question(void **state) {
        OPEN;
        int64_t id = desk_role(d, d->member_a, "trainer", d->a);
        struct reply r = desk_get(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/rollen/%lld", (long long) id).p);
        assert_true(has(r, "Rol intrekken?") && has(r, "mo@demo.invalid") && desk_role(d, d->member_a, "trainer", d->a) == id);
        assert_string_equal(decide(d, d->manager_a, id, "intrekken"), "ingetrokken");
        assert_int_equal(desk_role(d, d->member_a, "trainer", d->a), 0);
        assert_int_equal(desk_number(d, str_fmt(&d->s->arena, "SELECT count(*) FROM session WHERE person_id = %lld",
                                                (long long) d->member_a).p), 0);
        assert_int_equal(desk_trail(d, "role.take"), 1);
}

/* A manager of A tries everything on B, by its path and by ids of B under A's path. */
static void manager_reaches_no_other_organisation(void **state) {
        OPEN;
        static const char *const gets[] = { "", "/bewerken", "/uitnodigen", "/sluiten" };
        static const struct { const char *path, *form; } posts[] = {
                { "/bewerken", "naam=Van+mij&soort=gemeente" }, { "/uitnodigen", "email=x@y.nl&rol=trainer" }, { "/sluiten", "" },
                { "/openen", "" } };
        for (size_t i = 0; i < sizeof gets / sizeof *gets; i++)
                assert_int_equal(desk_get(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-borne%s", gets[i]).p).e,
                                 ERR_DENIED);
        for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
                assert_int_equal(desk_post(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-borne%s", posts[i].path).p,
                                           posts[i].form).e, ERR_DENIED);
        /* what exists cannot be told from what does not */
        assert_int_equal(desk_get(d, d->manager_a, "/beheer/organisaties/bestaat-niet").e, ERR_DENIED);
        int64_t eve = desk_person(d, "eve", "", 0), asked = desk_ask(d, eve, "trainer", d->b);
        int64_t held = desk_role(d, d->manager_b, "organisatiebeheerder", d->b);
        const struct { int64_t id; const char *what; } tries[] = {
                { asked, "/toelaten" }, { asked, "/weigeren" }, { held, "/intrekken" }, { held, "/weigeren" } };
        for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
                desk_post(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/rollen/%lld%s",
                                                   (long long) tries[i].id, tries[i].what).p, "");
                assert_int_equal(desk_post(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-borne/rollen/%lld%s",
                                                                    (long long) tries[i].id, tries[i].what).p, "").e, ERR_DENIED);
        }
        assert_int_equal(desk_get(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/rollen/%lld",
                                                           (long long) held).p).e, ERR_NOT_FOUND);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM person_role WHERE granted_ms IS NULL"), 1);
        assert_int_equal(desk_role(d, d->manager_b, "organisatiebeheerder", d->b), held);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM mail_outbox WHERE kind = 'uitnodiging'"), 0);
}

static void members_without_rights_only_look(void **state) {
        OPEN;
        assert_int_equal(desk_get(d, d->member_a, "/beheer/organisaties/gemeente-almere").e, ERR_DENIED);
        struct reply r = desk_get(d, d->advisor_a, "/beheer/organisaties/gemeente-almere");
        assert_true(r.e == OK && has(r, "anna@demo.invalid") && !has(r, "trek in") && !has(r, "Uitnodigingen"));
        assert_int_equal(desk_post(d, d->advisor_a, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=x@y.nl&rol=trainer").e, ERR_DENIED);
        assert_int_equal(desk_get(d, d->manager_a, "/beheer/organisaties").e, ERR_DENIED);
        assert_int_equal(desk_post(d, d->manager_a, "/beheer/organisaties/nieuw", "naam=Y&soort=gemeente").e, ERR_DENIED);
}

/* Nobody gives a role above one's own. */
static void nobody_gives_more_than_one_may(void **state) {
        OPEN;
        const struct { int64_t who; const char *slug, *role; bool may; } cases[] = {
                { d->manager_a, "gemeente-almere", "trainer", true }, { d->manager_a, "gemeente-almere", "organisatiebeheerder", true },
                { d->manager_a, "gemeente-almere", "beheerder", false }, { d->manager_a, "gemeente-almere", "redacteur", false },
                { d->manager_a, "gemeente-almere", "programmamanager", false }, { d->manager_a, "gemeente-almere", "beoordelaar", false },
                { d->manager_a, "gemeente-almere", "onzin", false },
                { d->programme, "programmabureau", "redacteur", true }, { d->programme, "programmabureau", "beheerder", false },
                { d->programme, "programmabureau", "programmamanager", false }, { d->admin, "programmabureau", "beheerder", true },
        };
        int64_t mails = 0;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct reply r = desk_post(d, cases[i].who, str_fmt(&d->s->arena, "/beheer/organisaties/%s/uitnodigen", cases[i].slug).p,
                                           str_fmt(&d->s->arena, "email=nieuw%zu@demo.invalid&rol=%s", i, cases[i].role).p);
                assert_int_equal(r.rs.status, cases[i].may ? 303 : 422);
                mails += cases[i].may;
        }
        assert_int_equal(desk_number(d, "SELECT count(*) FROM mail_outbox WHERE kind = 'uitnodiging'"), mails);
        assert_false(has(desk_get(d, d->manager_a, "/beheer/organisaties/gemeente-almere/uitnodigen"), "value=\"beheerder\""));
        /* nor takes it, refuses it or lets it in */
        int64_t fay = desk_person(d, "fay", "", 0), asked = desk_ask(d, fay, "procesbegeleider", d->a);
        assert_int_equal(desk_post(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/rollen/%lld/toelaten",
                                                            (long long) asked).p, "").e, ERR_DENIED);
        int64_t admin = desk_role(d, d->admin, "beheerder", d->bureau);
        assert_int_equal(desk_post(d, d->programme, str_fmt(&d->s->arena, "/beheer/organisaties/programmabureau/rollen/%lld/intrekken",
                                                            (long long) admin).p, "").e, ERR_DENIED);
        assert_int_equal(desk_role(d, d->admin, "beheerder", d->bureau), admin);
}

static void last_administrator_stays(void **state) {
        OPEN;
        int64_t id = desk_role(d, d->admin, "beheerder", d->bureau);
        const char *at = str_fmt(&d->s->arena, "/beheer/organisaties/programmabureau/rollen/%lld/intrekken", (long long) id).p;
        struct reply r = desk_post(d, d->admin, at, "");
        assert_true(r.rs.status == 422 && has(r, "Dit is de laatste beheerder"));
        /* closing the organisation that the role hangs on is no way around it */
        r = desk_post(d, d->admin, "/beheer/organisaties/programmabureau/sluiten", "");
        assert_true(r.rs.status == 422 && has(r, "Die rol geldt voor het hele land"));
        desk_person(d, "abe", "beheerder", d->bureau);
        assert_int_equal(desk_post(d, d->admin, at, "").rs.status, 303);
}

static void closed_organisation_gives_no_rights(void **state) {
        OPEN;
        assert_int_equal(desk_get(d, d->manager_a, "/beheer/organisaties/gemeente-almere").e, OK);
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/gemeente-almere/sluiten", "").rs.status, 303);
        assert_int_equal(desk_get(d, d->manager_a, "/beheer/organisaties/gemeente-almere").e, ERR_DENIED);
        struct reply r = desk_get(d, d->programme, "/beheer/organisaties/gemeente-almere");
        assert_true(r.e == OK && has(r, "Deze organisatie is gesloten") && !has(r, "Nodig iemand uit"));
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=x@y.nl&rol=trainer").rs.status, 422);
}

static void invitation_is_sent_again_and_taken_back(void **state) {
        OPEN;
        assert_int_equal(desk_post(d, d->manager_a, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=Jo@Almere.nl&rol=trainer").rs.status, 303);
        int64_t id = desk_number(d, "SELECT id FROM invitation");
        assert_true(has(desk_get(d, d->manager_a, "/beheer/organisaties/gemeente-almere"), "Jo@almere.nl"));
        const char *again = str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/uitnodigingen/%lld/opnieuw", (long long) id).p;
        const char *stop = str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/uitnodigingen/%lld/intrekken", (long long) id).p;
        const char *foreign = str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-borne/uitnodigingen/%lld/intrekken", (long long) id).p;
        d->now += 1000;
        assert_int_equal(desk_post(d, d->manager_a, again, "").rs.status, 303);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM mail_outbox WHERE kind = 'uitnodiging'"), 2);
        /* a manager of B has no say, by her own path either */
        assert_true(str_ends(desk_post(d, d->manager_b, foreign, "").rs.location, S("gedaan=al-besloten")));
        assert_int_equal(desk_number(d, "SELECT count(*) FROM invitation"), 1);
        assert_true(str_ends(desk_post(d, d->manager_a, stop, "").rs.location, S("gedaan=uitnodiging-weg")));
        assert_int_equal(desk_number(d, "SELECT count(*) FROM invitation"), 0);
        assert_true(str_ends(desk_post(d, d->manager_a, again, "").rs.location, S("gedaan=al-besloten")));
        struct reply r = desk_post(d, d->manager_a, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=geen-adres&rol=trainer");
        assert_true(r.rs.status == 422 && has(r, "Vul een heel e-mailadres in"));
        r = desk_post(d, d->manager_a, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=mo@demo.invalid&rol=trainer");
        assert_true(r.rs.status == 422 && has(r, "heeft deze rol al"));
}

/* An invitation to a role that is not a manager's to give is not hers to take back or to send again. */
static void invitation_of_the_programme_office_stays(void **state) {
        OPEN;
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/gemeente-almere/uitnodigen", "email=red@demo.invalid&rol=redacteur").rs.status, 303);
        int64_t id = desk_number(d, "SELECT id FROM invitation");
        static const char *const what[] = { "opnieuw", "intrekken" };
        for (int i = 0; i < 2; i++)
                assert_int_equal(desk_post(d, d->manager_a, str_fmt(&d->s->arena, "/beheer/organisaties/gemeente-almere/uitnodigingen/%lld/%s",
                                                                    (long long) id, what[i]).p, "").e, ERR_DENIED);
        assert_int_equal(desk_number(d, "SELECT count(*) FROM invitation"), 1);
}

static void names_are_escaped(void **state) {
        OPEN;
        assert_int_equal(desk_post(d, d->programme, "/beheer/organisaties/nieuw", "naam=%3Cb%3EZorg%3C/b%3E&soort=sociaal-werk").rs.status, 303);
        struct reply r = desk_get(d, d->programme, "/beheer/organisaties");
        assert_true(has(r, "&lt;b&gt;Zorg&lt;/b&gt;") && !has(r, "<b>Zorg"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(hub_shows_what_one_may_do), TEST_BOTH(organisation_is_added_changed_closed_and_opened),
                TEST_BOTH(mistakes_in_an_organisation_are_explained), TEST_BOTH(list_goes_on_where_the_page_ended),
                TEST_BOTH(manager_decides_about_requests), TEST_BOTH(role_is_taken_after_a_question),
                TEST_BOTH(manager_reaches_no_other_organisation), TEST_BOTH(members_without_rights_only_look),
                TEST_BOTH(nobody_gives_more_than_one_may), TEST_BOTH(last_administrator_stays),
                TEST_BOTH(closed_organisation_gives_no_rights), TEST_BOTH(invitation_is_sent_again_and_taken_back),
                TEST_BOTH(invitation_of_the_programme_office_stays), TEST_BOTH(names_are_escaped),
        };
        return cmocka_run_group_tests_name("admin", tests, NULL, NULL);
}
