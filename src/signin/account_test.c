/* Accounts: making one, proving an address, a forgotten password, invitations, links; on both stores. */
#include "visit.h"
#include <string.h>
#include "people_invitation.h"

#define FORM "naam=Jo+de+Vries&wachtwoord=vier+paarse+olifanten+dansen&email="

static struct reply use(struct visit *v, const char *path, struct str token) {
        return post(v, path, str_fmt(&v->s->arena, "t=%.*s", STR(token)));
}

static struct reply look(struct visit *v, const char *path, struct str token) {
        return get(v, path, str_fmt(&v->s->arena, "t=%.*s", STR(token)));
}

static bool is_gone(struct reply r) {
        return r.e == OK && r.status == 404 && has(r, "Deze link werkt niet meer");
}

static void a_volunteer_makes_an_account(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct reply r = get(&v, "/account-maken", S(""));
        assert_true(has(r, "value=\"vrijwilliger\"") && !has(r, "value=\"beheerder\"") && !has(r, "value=\"redacteur\""));
        assert_true(goes_to(post(&v, "/account-maken", S(FORM "jo@x.nl&rol=vrijwilliger&organisatie=")), "/account-maken/post"));
        assert_int_equal(sign_in(&v, "jo@x.nl", SECRET).status, 422);   /* not proved yet */
        struct str token = mail_token(&v, "jo@x.nl");
        for (int i = 0; i < 3; i++)             /* scanners of mail look too */
                assert_true(has(look(&v, "/account-maken/bevestigen", token), "Bevestig mijn adres"));
        assert_true(goes_to(use(&v, "/account-maken/bevestigen", token), "/account-maken/klaar"));
        assert_true(who(&v, NULL) > 0);
        r = get(&v, "/account-maken/klaar", S(""));
        assert_true(has(r, "Vrijwilliger of sociaal werker") && !has(r, "wacht op toestemming"));
        struct visit other = visit_other(&v);
        assert_true(is_gone(use(&other, "/account-maken/bevestigen", token)));
        assert_int_equal(who(&other, NULL), 0);
        assert_true(goes_to(sign_in(&other, "jo@x.nl", SECRET), "/account"));
}

/* Known, unknown, closed, or asked for before: the stranger sees the same, the owner gets the mail that fits. */
static void nobody_hears_whether_an_address_is_known(void **state) {
        static const char *const emails[] = { "nieuw@x.nl", "bekend@x.nl", "gesloten@x.nl", "nieuw@x.nl" };
        static const char *const kinds[] = { "bevestigen", "bestaat-al", "", "bevestigen" };
        static const char *const forgot[] = { "wachtwoord", "wachtwoord", "", "wachtwoord" };
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, "bekend@x.nl", NULL);
        account(&v, "gesloten@x.nl", NULL);
        test_script(v.db, "UPDATE person SET blocked_ms = 1 WHERE email = 'gesloten@x.nl'");
        for (size_t i = 0; i < 4; i++) {
                struct reply r = post(&v, "/account-maken", str_fmt(&v.s->arena, FORM "%s&rol=vrijwilliger&organisatie=", emails[i]));
                assert_true(goes_to(r, "/account-maken/post") && r.html.n == 0);
                assert_true(str_eq(mail_kind(&v, emails[i]), str_of(kinds[i])));
                r = post(&v, "/wachtwoord-vergeten", str_fmt(&v.s->arena, "email=%s", emails[i]));
                assert_true(goes_to(r, "/wachtwoord-vergeten/post") && r.html.n == 0);
                assert_true(str_eq(mail_kind(&v, emails[i]), str_of(forgot[i])));
        }
        assert_true(goes_to(post(&v, "/wachtwoord-vergeten", S("email=niemand%40x.nl")), "/wachtwoord-vergeten/post"));
        assert_int_equal(mails(&v, "niemand@x.nl"), 0);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person"), 3);
}

static void nobody_gets_mail_without_end(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, "jo@x.nl", NULL);
        for (int i = 0; i < 20; i++)
                assert_true(goes_to(post(&v, "/wachtwoord-vergeten", S("email=jo%40x.nl")), "/wachtwoord-vergeten/post"));
        assert_int_equal(mails(&v, "jo@x.nl"), 6);
        v.now_ms += 60000;
        assert_true(goes_to(post(&v, "/wachtwoord-vergeten", S("email=jo%40x.nl")), "/wachtwoord-vergeten/post"));
        assert_int_equal(mails(&v, "jo@x.nl"), 7);
}

static void mistakes_are_explained(void **state) {
        static const struct { const char *form, *says; } cases[] = {
                { "naam=&email=jo@x.nl&wachtwoord=" SECRET "&rol=vrijwilliger&organisatie=", "Vul uw naam in" },
                { FORM "geen-adres&rol=vrijwilliger&organisatie=", "Vul een e-mailadres in" },
                { FORM "jo@x.nl&rol=&organisatie=", "Kies wat het beste bij u past" },
                { FORM "jo@x.nl&rol=beheerder&organisatie=", "Kies wat het beste bij u past" },
                { FORM "jo@x.nl&rol=koning&organisatie=", "Kies wat het beste bij u past" },
                { FORM "jo@x.nl&rol=beleidsadviseur&organisatie=", "Kies uw organisatie" },
                { FORM "jo@x.nl&rol=vrijwilliger&organisatie=bestaat-niet", "Kies een organisatie uit de lijst" },
                { "naam=Jo&email=jo@x.nl&wachtwoord=kort&rol=vrijwilliger&organisatie=", "minstens 12 tekens" },
                { "naam=Jo&email=olifant@x.nl&wachtwoord=de-olifant-danst-weer&rol=vrijwilliger&organisatie=", "staat in dit wachtwoord" },
        };
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct reply r = post(&v, "/account-maken", str_of(cases[i].form));
                assert_true(r.status == 422 && has(r, cases[i].says) && has(r, "<title>Fout: "));
                assert_false(has(r, SECRET) || has(r, "paarse"));
        }
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person"), 0);
}

/* Somebody takes an address that is not his; the owner then registers too. The password of neither counts. */
static void whose_password_is_not_known_counts_for_nothing(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state)), thief;
        thief = visit_other(&v);
        post(&thief, "/account-maken", S("naam=Dief&email=jo@x.nl&wachtwoord=zeven+groene+kamelen+zingen&rol=vrijwilliger&organisatie="));
        struct str first = mail_token(&v, "jo@x.nl");
        post(&v, "/account-maken", S(FORM "jo@x.nl&rol=vrijwilliger&organisatie="));
        assert_true(is_gone(use(&v, "/account-maken/bevestigen", first)));
        struct reply r = use(&v, "/account-maken/bevestigen", mail_token(&v, "jo@x.nl"));
        assert_true(r.status == 303 && str_starts(r.location, S("/wachtwoord-nieuw?t=")));
        assert_int_equal(sign_in(&thief, "jo@x.nl", "zeven+groene+kamelen+zingen").status, 422);
        assert_true(goes_to(post(&v, "/wachtwoord-nieuw", str_fmt(&v.s->arena, "%.*s&wachtwoord=" SECRET, STR(str_sub(r.location, 18, r.location.n)))),
                            "/account"));
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account"));
}

static void who_may_approve_gets_a_mail(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, "manager@x.nl", "organisatiebeheerder");
        account(&v, "bureau@x.nl", "programmamanager");
        test_script(v.db, "UPDATE organisation SET slug = 'hier' WHERE id = (SELECT organisation_id FROM person_role WHERE role = 'organisatiebeheerder')");
        post(&v, "/account-maken", S(FORM "jo@x.nl&rol=beleidsadviseur&organisatie=hier"));
        assert_int_equal(mails(&v, "manager@x.nl"), 0);         /* not before the address is proved */
        assert_true(goes_to(use(&v, "/account-maken/bevestigen", mail_token(&v, "jo@x.nl")), "/account-maken/klaar"));
        assert_true(str_eq(mail_kind(&v, "manager@x.nl"), S("rol-gevraagd")) && mails(&v, "bureau@x.nl") == 0);
        assert_true(has(get(&v, "/account-maken/klaar", S("")), "wacht op toestemming"));
        struct visit other = visit_other(&v);
        post(&other, "/account-maken", S(FORM "bo@x.nl&rol=procesbegeleider&organisatie=hier"));
        assert_true(goes_to(use(&other, "/account-maken/bevestigen", mail_token(&v, "bo@x.nl")), "/account-maken/klaar"));
        assert_true(str_eq(mail_kind(&v, "bureau@x.nl"), S("rol-gevraagd")) && mails(&v, "manager@x.nl") == 1);
}

static void a_new_password_ends_sessions_and_keeps_the_second_factor(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        unsigned char secret[TOTP_SECRET];
        int64_t jo = account(&v, "jo@x.nl", "beheerder");
        assert_true(goes_to(sign_in(&v, "jo@x.nl", SECRET), "/account/tweede-stap"));
        make_app(&v, jo, secret);
        struct visit other = visit_other(&v);
        post(&other, "/wachtwoord-vergeten", S("email=JO@x.nl"));
        struct str token = mail_token(&v, "jo@x.nl"), form = str_fmt(&v.s->arena, "t=%.*s&wachtwoord=zeven+groene+kamelen+zingen", STR(token));
        assert_true(has(look(&other, "/wachtwoord-nieuw", token), "value=\"jo@x.nl\""));
        struct reply r = post(&other, "/wachtwoord-nieuw", str_fmt(&v.s->arena, "t=%.*s&wachtwoord=kort", STR(token)));
        assert_true(r.status == 422 && has(r, "minstens 12 tekens"));   /* and the link still works */
        assert_true(goes_to(post(&other, "/wachtwoord-nieuw", form), "/inloggen/code"));
        assert_true(who(&v, NULL) == 0 && who(&other, NULL) == 0);
        assert_true(str_eq(mail_kind(&v, "jo@x.nl"), S("wachtwoord-veranderd")));
        assert_true(is_gone(post(&other, "/wachtwoord-nieuw", form)));
        assert_int_equal(sign_in(&v, "jo@x.nl", SECRET).status, 422);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM audit WHERE action = 'password.set'"), 2);
}

/* Both saw that the link was good; one gets it. */
static void of_two_with_one_link_one_wins(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct visit other = visit_other(&v);
        struct posting a, b;
        account(&v, "jo@x.nl", NULL);
        post(&v, "/wachtwoord-vergeten", S("email=jo@x.nl"));
        struct str token = mail_token(&v, "jo@x.nl");
        post_prepare(&v, "/wachtwoord-nieuw", str_fmt(&v.s->arena, "t=%.*s&wachtwoord=zeven+groene+kamelen+zingen", STR(token)), &a);
        post_prepare(&other, "/wachtwoord-nieuw", str_fmt(&v.s->arena, "t=%.*s&wachtwoord=acht+gele+tijgers+fluiten", STR(token)), &b);
        assert_true(goes_to(post_run(&v, &a), "/account"));
        assert_true(is_gone(post_run(&other, &b)));
        assert_int_equal(who(&other, NULL), 0);
        assert_true(goes_to(sign_in(&other, "jo@x.nl", "zeven+groene+kamelen+zingen"), "/account"));
}

static void links_are_for_one_purpose_and_time(void **state) {
        static const char *const paths[] = { "/account-maken/bevestigen", "/wachtwoord-nieuw", "/inloggen/link", "/beginnen", "/uitnodiging" };
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        account(&v, "jo@x.nl", NULL);
        post(&v, "/wachtwoord-vergeten", S("email=jo@x.nl"));
        struct str token = mail_token(&v, "jo@x.nl");
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
                const struct str bad[] = { S("x"), str_sub(token, 0, token.n - 1), str_fmt(&v.s->arena, "%.*sA", STR(token)),
                                           S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), i == 1 ? S("y") : token };
                for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
                        assert_true(is_gone(look(&v, paths[i], bad[k])));
        }
        v.now_ms += LINK_HOUR_MS;
        assert_true(is_gone(look(&v, "/wachtwoord-nieuw", token)));
}

static int64_t inviter(struct visit *v, int64_t *org) {
        int64_t boss = account(v, "manager@x.nl", "organisatiebeheerder");
        *org = test_number(v->db, "SELECT organisation_id FROM person_role WHERE role = 'organisatiebeheerder'");
        return boss;
}

static enum err invite(struct visit *v, int64_t org, const char *email, const char *role) {
        struct req rq = visit_req(v);
        assert_int_equal(db_begin(v->db), OK);
        enum err e = invitation_make(&rq, org, str_of(email), role_find(str_of(role)));
        if (e == OK)
                assert_int_equal(db_commit(v->db), OK);
        else
                db_rollback(v->db);
        return e;
}

static void invited_without_account(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        int64_t org;
        inviter(&v, &org);
        assert_true(goes_to(sign_in(&v, "manager@x.nl", SECRET), "/account"));
        assert_int_equal(invite(&v, org, "Jo@X.nl", "beleidsadviseur"), OK);
        struct str old = mail_token(&v, "Jo@x.nl");
        v.now_ms += 1;
        assert_int_equal(invite(&v, org, "jo@x.nl", "beleidsadviseur"), OK);
        struct visit jo = visit_other(&v);
        struct str token = mail_token(&v, "jo@x.nl");
        assert_true(is_gone(look(&jo, "/uitnodiging", old)));
        struct reply r = look(&jo, "/uitnodiging", token);
        assert_true(has(r, "Van manager@x.nl") && has(r, "Beleidsadviseur") && has(r, "action=\"/uitnodiging/account\""));
        struct str form = str_fmt(&v.s->arena, "t=%.*s&naam=Jo&wachtwoord=" SECRET, STR(token));
        assert_true(goes_to(post(&jo, "/uitnodiging/account", form), "/account-maken/klaar"));
        assert_true(who(&jo, NULL) > 0);
        assert_true(has(get(&jo, "/account-maken/klaar", S("")), "Beleidsadviseur bij Van manager@x.nl"));
        struct visit other = visit_other(&v);
        assert_true(is_gone(post(&other, "/uitnodiging/account", form)));
        assert_int_equal(invite(&v, org, "jo@x.nl", "beleidsadviseur"), ERR_CONFLICT);
        assert_int_equal(invite(&v, org, "geen adres", "beleidsadviseur"), ERR_INVALID);
        assert_int_equal(invite(&v, org + 99, "bo@x.nl", "beleidsadviseur"), ERR_NOT_FOUND);
}

static void invited_with_account(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        int64_t org;
        inviter(&v, &org);
        account(&v, "jo@x.nl", "vrijwilliger");
        account(&v, "bo@x.nl", NULL);
        assert_int_equal(invite(&v, org, "jo@x.nl", "gangmaker"), OK);
        struct str token = mail_token(&v, "jo@x.nl");
        struct reply r = look(&v, "/uitnodiging", token);
        assert_true(has(r, "href=\"/inloggen?verder=%2Fuitnodiging%3Ft%3D") && !has(r, "name=\"wachtwoord\""));
        assert_int_equal(post(&v, "/uitnodiging/account", str_fmt(&v.s->arena, "t=%.*s&naam=Dief&wachtwoord=" SECRET, STR(token))).status, 403);
        struct visit bo = visit_other(&v);
        sign_in(&bo, "bo@x.nl", SECRET);
        assert_true(has(look(&bo, "/uitnodiging", token), "U bent ingelogd met een ander e-mailadres"));
        assert_int_equal(use(&bo, "/uitnodiging", token).status, 403);
        sign_in(&v, "jo@x.nl", SECRET);
        struct str before = v.cookie[COOKIE_SESSION];
        assert_true(has(look(&v, "/uitnodiging", token), "Neem de uitnodiging aan"));
        assert_true(goes_to(use(&v, "/uitnodiging", token), "/account"));
        assert_false(str_eq(before, v.cookie[COOKIE_SESSION]));        /* new rights, new token */
        assert_true(who(&v, NULL) > 0 && is_gone(look(&v, "/uitnodiging", token)));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_role WHERE role = 'gangmaker' AND granted_ms IS NOT NULL"), 1);
}

static void an_invitation_that_was_taken_back_or_ended_is_gone(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct invitation_line_list l;
        int64_t org;
        inviter(&v, &org);
        assert_int_equal(invite(&v, org, "jo@x.nl", "gangmaker"), OK);
        struct str token = mail_token(&v, "jo@x.nl");
        struct req rq = visit_req(&v);
        assert_int_equal(invitations_of(v.db, rq.arena, org, &l), OK);
        assert_true(l.n == 1 && str_eq(l.v[0].email, S("jo@x.nl")));
        assert_int_equal(db_begin(v.db), OK);
        assert_int_equal(invitation_withdraw(&rq, l.v[0].id), OK);
        assert_int_equal(invitation_withdraw(&rq, l.v[0].id), ERR_NOT_FOUND);
        assert_int_equal(db_commit(v.db), OK);
        v.now_ms += 1;                  /* the same key may come back for somebody else */
        assert_int_equal(invite(&v, org, "bo@x.nl", "gangmaker"), OK);
        assert_true(is_gone(look(&v, "/uitnodiging", token)));
        token = mail_token(&v, "bo@x.nl");
        assert_int_equal(look(&v, "/uitnodiging", token).status, 200);
        v.now_ms += INVITATION_LASTS_MS;
        assert_true(is_gone(look(&v, "/uitnodiging", token)));
}

static struct str printed_link(struct visit *v, const char *purpose, int64_t person, const char *detail) {
        struct str token;
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(link_make(v->db, &v->s->arena, &v->keys, purpose, person, str_of(detail), v->now_ms, LINK_DAY_MS, &token), OK);
        assert_int_equal(db_commit(v->db), OK);
        return token;
}

static void the_first_administrator_begins(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        struct str token = printed_link(&v, LINK_ADMINISTRATOR, 0, "baas@x.nl"), open = printed_link(&v, LINK_ADMINISTRATOR, 0, "");
        int level;
        assert_true(has(look(&v, "/beginnen", token), "value=\"baas@x.nl\""));
        struct str form = str_fmt(&v.s->arena, "t=%.*s&naam=Baas&wachtwoord=" SECRET, STR(token));
        assert_true(goes_to(post(&v, "/beginnen", form), "/account/tweede-stap"));
        assert_true(who(&v, &level) > 0 && level == 1 && rights(&v) == 0);
        assert_true(is_gone(post(&v, "/beginnen", form)));
        struct reply r = post(&v, "/beginnen", str_fmt(&v.s->arena, "t=%.*s&naam=Twee&email=&wachtwoord=" SECRET, STR(open)));
        assert_true(r.status == 422 && has(r, "Vul een e-mailadres in"));
        assert_true(goes_to(post(&v, "/beginnen", str_fmt(&v.s->arena, "t=%.*s&naam=Twee&email=twee@x.nl&wachtwoord=" SECRET, STR(open))),
                            "/account/tweede-stap"));
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM organisation WHERE kind = 'programmabureau'"), 1);
        assert_int_equal(test_number(v.db, "SELECT count(*) FROM person_role WHERE role = 'beheerder' AND granted_ms IS NOT NULL"), 2);
}

static void links_of_a_demo_count_double_in_a_demo_only(void **state) {
        struct visit v _cleanup_(visit_done) = visit_new(test_store(state));
        int64_t jo = account(&v, "jo@x.nl", "programmamanager");
        int level;
        for (int demo = 0; demo < 4; demo++) {
                v.site.is_demo = demo & 1;
                test_script(v.db, demo & 2 ? "UPDATE person SET is_demo = 1" : "UPDATE person SET is_demo = 0");
                struct str token = printed_link(&v, LINK_SIGN_IN, jo, "");
                v.cookie[COOKIE_SESSION] = S("");
                assert_true(has(look(&v, "/inloggen/link", token), "U logt in als Jo de Vries."));
                assert_true(goes_to(use(&v, "/inloggen/link", token), demo == 3 ? "/account" : "/account/tweede-stap"));
                assert_true(who(&v, &level) == jo && level == (demo == 3 ? 2 : 1));
                assert_true(is_gone(use(&v, "/inloggen/link", token)));
        }
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_volunteer_makes_an_account), TEST_BOTH(nobody_hears_whether_an_address_is_known),
                TEST_BOTH(nobody_gets_mail_without_end), TEST_SQLITE(mistakes_are_explained),
                TEST_BOTH(whose_password_is_not_known_counts_for_nothing), TEST_BOTH(who_may_approve_gets_a_mail),
                TEST_BOTH(a_new_password_ends_sessions_and_keeps_the_second_factor), TEST_BOTH(of_two_with_one_link_one_wins),
                TEST_BOTH(links_are_for_one_purpose_and_time), TEST_BOTH(invited_without_account), TEST_BOTH(invited_with_account),
                TEST_BOTH(an_invitation_that_was_taken_back_or_ended_is_gone), TEST_BOTH(the_first_administrator_begins),
                TEST_BOTH(links_of_a_demo_count_double_in_a_demo_only),
        };
        return cmocka_run_group_tests_name("signin-account", tests, NULL, NULL);
}
