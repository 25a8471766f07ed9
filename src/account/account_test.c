/* What people see and change of themselves, on both stores. */
#include "test_house.h"
#include "app.h"

extern const struct db_stmt *const kept_statements[];

static void statements_prepare(void **state) {
        struct house h = house(state);
        assert_int_equal(test_statements(h.db, kept_statements), 0);
        db_close(h.db);
}

static void overview_tells_who_i_am(void **state) {
        struct house h = house(state);
        give(&h, h.jo, "vrijwilliger", 0);
        struct reply r = get(&h, h.jo, "/account", S(""));
        assert_true(has(r, "Jo Jansen") && has(r, "Jo.Jansen@werk.example") && has(r, "Vrijwilliger of sociaal werker"));
        assert_false(has(r, "Kim"));
        give(&h, h.jo, "beheerder", h.organisation);
        assert_true(has(get(&h, h.jo, "/account", S("")), "pas werkt met een tweede stap"));
        assert_int_equal(r.rs.cache, CACHE_NONE);
        db_close(h.db);
}

static void name_changes(void **state) {
        struct house h = house(state);
        went_to(post(&h, h.jo, "/account/gegevens", S("naam=Jo+de+Wit")), "/account/gegevens?klaar=naam");
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE name = 'Jo de Wit'"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM audit WHERE action = 'person.name' AND after_json IS NULL"), 1);
        refused(post(&h, h.jo, "/account/gegevens", S("naam=+")), "Vul uw naam in");
        db_close(h.db);
}

static void email_changes_by_a_link_to_the_new_address(void **state) {
        struct house h = house(state);
        password(&h, h.jo);
        int64_t elsewhere = sign_in(&h, h.jo);
        (void) elsewhere;
        refused(post(&h, h.jo, "/account/e-mail", S("email=jo&huidig=" SECRET)), "Vul een e-mailadres in zoals");
        refused(post(&h, h.jo, "/account/e-mail", S("email=jo.jansen@WERK.example&huidig=" SECRET)), "Dit is al uw e-mailadres");
        refused(post(&h, h.jo, "/account/e-mail", S("email=jo@nieuw.example&huidig=fout")), "Dit wachtwoord klopt niet");
        went_to(post(&h, h.jo, "/account/e-mail", S("email=jo@nieuw.example&huidig=" SECRET)), "/account/gegevens?klaar=mail");
        assert_true(mail_to(&h, S("Jo.Jansen@werk.example")).n > 0);
        struct str t = token_in(&h, mail_to(&h, S("jo@nieuw.example")));
        assert_true(has(get(&h, 0, "/account/e-mail", t), "jo@nieuw.example"));
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE email = 'jo@nieuw.example'"), 0);
        went_to(post(&h, h.jo, "/account/e-mail/bevestigen", t), "/account/gegevens?klaar=e-mail");
        assert_int_equal(count(&h, "SELECT count(*) FROM person WHERE email_fold = 'jo@nieuw.example'"), 1);
        assert_int_equal(count(&h, str_fmt(&h.s->arena, "SELECT count(*) FROM session WHERE person_id = %lld", (long long) h.jo).p), 1);
        assert_int_equal(post(&h, 0, "/account/e-mail/bevestigen", t).rs.status, 404);
        db_close(h.db);
}

/* The answer is the same; only the owner of the address learns that there is an account. */
static void a_taken_address_is_not_told(void **state) {
        struct house h = house(state);
        password(&h, h.jo);
        went_to(post(&h, h.jo, "/account/e-mail", S("email=KIM@werk.example&huidig=" SECRET)), "/account/gegevens?klaar=mail");
        assert_true(str_find(mail_to(&h, S("kim@werk.example")), S("Dat is niet gebeurd")) < 4000);
        assert_int_equal(count(&h, "SELECT count(*) FROM link WHERE purpose = 'e-mail'"), 0);
        /* taken between asking and confirming */
        went_to(post(&h, h.jo, "/account/e-mail", S("email=later@werk.example&huidig=" SECRET)), "/account/gegevens?klaar=mail");
        struct str t = token_in(&h, mail_to(&h, S("later@werk.example")));
        person(&h, "later@werk.example", "Later");
        assert_int_equal(post(&h, h.jo, "/account/e-mail/bevestigen", t).rs.status, 404);
        db_close(h.db);
}

static void asking_too_often_has_to_wait(void **state) {
        struct house h = house(state);
        password(&h, h.jo);
        for (int i = 0; i < 6; i++)
                refused(post(&h, h.jo, "/account/wachtwoord", S("nieuw=paarse+olifant+danst+zacht&huidig=fout")), "Dit wachtwoord klopt niet");
        refused(post(&h, h.jo, "/account/wachtwoord", S("nieuw=paarse+olifant+danst+zacht&huidig=" SECRET)), "U probeerde het te vaak. Wacht");
        h.now_ms += 60000;
        went_to(post(&h, h.jo, "/account/wachtwoord", S("nieuw=paarse+olifant+danst+zacht&huidig=" SECRET)), "/account/wachtwoord?klaar=wachtwoord");
        db_close(h.db);
}

static void password_changes(void **state) {
        struct house h = house(state);
        /* without any way to prove it: only just after signing in */
        h.now_ms += 11 * 60000;
        refused(post(&h, h.jo, "/account/wachtwoord", S("nieuw=" SECRET)), "Log eerst uit en weer in");
        h.now_ms -= 10 * 60000;
        refused(post(&h, h.jo, "/account/wachtwoord", S("nieuw=kort")), "12");
        sign_in(&h, h.jo);
        struct reply r = post(&h, h.jo, "/account/wachtwoord", S("nieuw=" SECRET));
        went_to(r, "/account/wachtwoord?klaar=wachtwoord");
        assert_true(r.rs.cookie[COOKIE_SESSION].is_set);
        assert_int_equal(count(&h, str_fmt(&h.s->arena, "SELECT count(*) FROM session WHERE person_id = %lld", (long long) h.jo).p), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM audit WHERE action = 'password.set'"), 1);
        assert_true(mail_to(&h, S("Jo.Jansen@werk.example")).n > 0);
        db_close(h.db);
}

static void roles_are_asked_and_given_up(void **state) {
        struct house h = house(state);
        give(&h, h.kim, "organisatiebeheerder", h.organisation);
        refused(post(&h, h.jo, "/account/rollen", S("rol=beheerder&organisatie=")), "Kies een rol uit de lijst");
        refused(post(&h, h.jo, "/account/rollen", S("rol=trainer&organisatie=")), "hoort bij een organisatie");
        refused(post(&h, h.jo, "/account/rollen", S("rol=trainer&organisatie=bestaat-niet")), "Kies een organisatie");
        went_to(post(&h, h.jo, "/account/rollen", S("rol=vrijwilliger&organisatie=")), "/account/rollen?klaar=rol-nu");
        h.jo_session = count(&h, "SELECT max(id) FROM session");
        went_to(post(&h, h.jo, "/account/rollen", S("rol=trainer&organisatie=sociaal-werk-noord")), "/account/rollen?klaar=rol-wacht");
        struct str told = mail_to(&h, S("kim@werk.example"));
        assert_true(str_find(told, S("Jo Jansen (Jo.Jansen@werk.example) vraagt bij Sociaal Werk Noord om de rol: Trainer")) < told.n);
        int64_t id = count(&h, "SELECT id FROM person_role WHERE role = 'vrijwilliger'");
        assert_int_equal(request(&h, h.kim, GET, "/account/rollen/{id}/weg", id, S("")).e, ERR_NOT_FOUND);
        assert_int_equal(request(&h, h.kim, POST, "/account/rollen/{id}/weg", id, S("")).e, ERR_NOT_FOUND);
        struct reply r = request(&h, h.jo, POST, "/account/rollen/{id}/weg", id, S(""));
        went_to(r, "/account/rollen?klaar=rol-weg");
        assert_true(r.rs.cookie[COOKIE_SESSION].value.n > 0);
        assert_int_equal(count(&h, "SELECT count(*) FROM person_role WHERE role = 'vrijwilliger'"), 0);
        db_close(h.db);
}

static void the_last_administrator_stays(void **state) {
        struct house h = house(state);
        give(&h, h.jo, "beheerder", h.organisation);
        h.jo_session = sign_in(&h, h.jo);
        int64_t id = count(&h, "SELECT id FROM person_role WHERE role = 'beheerder'");
        refused(request(&h, h.jo, POST, "/account/rollen/{id}/weg", id, S("")), "enige beheerder");
        refused(post(&h, h.jo, "/account/verwijderen", S("zeker=ja")), "enige beheerder");
        assert_true(has(get(&h, h.jo, "/account/verwijderen", S("")), "enige beheerder"));
        give(&h, h.kim, "beheerder", h.organisation);
        went_to(post(&h, h.jo, "/account/verwijderen", S("zeker=ja")), "/account/verwijderd");
        db_close(h.db);
}

static struct str code_now(struct house *h, int64_t who) {
        struct req rq = request_of(h, who);
        struct credential_totp t;
        char code[TOTP_DIGITS + 1];
        assert_int_equal(credential_totp(&rq, who, &t), OK);
        app_code(t.secret, h->now_ms, code);
        return str_dup(&h->s->arena, str_of(code));
}

static void second_step_is_set_up_and_taken_away(void **state) {
        struct house h = house(state);
        password(&h, h.jo);
        refused(post(&h, h.jo, "/account/tweede-stap/begin", S("huidig=fout")), "Dit wachtwoord klopt niet");
        assert_false(has(get(&h, h.jo, "/account/tweede-stap", S("")), "otpauth:"));
        went_to(post(&h, h.jo, "/account/tweede-stap/begin", S("huidig=" SECRET)), "/account/tweede-stap");
        struct reply r = get(&h, h.jo, "/account/tweede-stap", S(""));
        assert_true(has(r, "otpauth://totp/") && has(r, "<svg class=\"qr\""));
        refused(post(&h, h.jo, "/account/tweede-stap/aan", S("app-code=12345")), "Deze code klopt niet");
        struct str code = code_now(&h, h.jo);
        r = post(&h, h.jo, "/account/tweede-stap/aan", str_fmt(&h.s->arena, "app-code=%.*s", STR(code)));
        assert_true(r.e == OK && r.rs.status == 200 && has(r, "Uw herstelcodes") && r.rs.cache == CACHE_NONE);
        assert_int_equal(count(&h, "SELECT count(*) FROM recovery_code"), RECOVERY_CODES);
        h.jo_session = count(&h, "SELECT max(id) FROM session");
        assert_int_equal(count(&h, "SELECT level FROM session ORDER BY id DESC LIMIT 1"), 2);
        assert_false(has(get(&h, h.jo, "/account/tweede-stap", S("")), "otpauth:"));
        give(&h, h.jo, "beoordelaar", h.organisation);
        h.jo_session = sign_in(&h, h.jo);
        refused(post(&h, h.jo, "/account/tweede-stap/uit", S("huidig=" SECRET)), "Die kan niet uit");
        test_script(h.db, "DELETE FROM person_role");
        refused(post(&h, h.jo, "/account/tweede-stap/codes", S("huidig=")), "Vul uw huidige wachtwoord in");
        assert_true(has(post(&h, h.jo, "/account/tweede-stap/codes", S("huidig=" SECRET)), "Uw herstelcodes"));
        h.jo_session = count(&h, "SELECT max(id) FROM session");
        went_to(post(&h, h.jo, "/account/tweede-stap/uit", S("huidig=" SECRET)), "/account/tweede-stap?klaar=tweede-stap-uit");
        assert_int_equal(count(&h, "SELECT count(*) FROM person_totp") + count(&h, "SELECT count(*) FROM recovery_code"), 0);
        db_close(h.db);
}

/* Who has no password shows a code, and each code once. */
static void a_code_proves_it_without_password(void **state) {
        struct house h = house(state);
        went_to(post(&h, h.jo, "/account/tweede-stap/begin", S("")), "/account/tweede-stap");
        struct str code = code_now(&h, h.jo);
        assert_true(has(post(&h, h.jo, "/account/tweede-stap/aan", str_fmt(&h.s->arena, "app-code=%.*s", STR(code))), "Uw herstelcodes"));
        h.jo_session = count(&h, "SELECT max(id) FROM session");
        refused(post(&h, h.jo, "/account/verwijderen", S("zeker=ja&code=000")), "Deze code klopt niet");
        refused(post(&h, h.jo, "/account/verwijderen", str_fmt(&h.s->arena, "zeker=ja&code=%.*s", STR(code))), "al gebruikt");
        h.now_ms += 60000;
        went_to(post(&h, h.jo, "/account/verwijderen", str_fmt(&h.s->arena, "zeker=ja&code=%.*s", STR(code_now(&h, h.jo)))), "/account/verwijderd");
        db_close(h.db);
}

static void passkeys_of_others_stay(void **state) {
        struct house h = house(state);
        password(&h, h.jo);
        add_passkey(&h, h.kim, "0123456789abcdef");
        int64_t id = count(&h, "SELECT id FROM passkey");
        assert_int_equal(request(&h, h.jo, GET, "/account/passkeys/{id}/weg", id, S("")).e, ERR_NOT_FOUND);
        assert_int_equal(request(&h, h.jo, POST, "/account/passkeys/{id}/weg", id, S("huidig=" SECRET)).e, ERR_NOT_FOUND);
        assert_int_equal(count(&h, "SELECT count(*) FROM passkey"), 1);
        add_passkey(&h, h.jo, "fedcba9876543210");
        id = count(&h, "SELECT max(id) FROM passkey");
        assert_true(has(get(&h, h.jo, "/account/passkeys", S("")), "Laptop"));
        refused(request(&h, h.jo, POST, "/account/passkeys/{id}/weg", id, S("huidig=fout")), "Dit wachtwoord klopt niet");
        went_to(request(&h, h.jo, POST, "/account/passkeys/{id}/weg", id, S("huidig=" SECRET)), "/account/passkeys?klaar=passkey-weg");
        assert_int_equal(count(&h, "SELECT count(*) FROM passkey"), 1);
        db_close(h.db);
}

static void a_passkey_gets_another_name(void **state) {
        struct house h = house(state);
        add_passkey(&h, h.kim, "0123456789abcdef");
        int64_t kims = count(&h, "SELECT id FROM passkey");
        add_passkey(&h, h.jo, "fedcba9876543210");
        int64_t id = count(&h, "SELECT max(id) FROM passkey");
        assert_true(has(request(&h, h.jo, GET, "/account/passkeys/{id}/naam", id, S("")), "value=\"Laptop\""));
        refused(request(&h, h.jo, POST, "/account/passkeys/{id}/naam", id, S("naam=")), "Geef de passkey een naam");
        went_to(request(&h, h.jo, POST, "/account/passkeys/{id}/naam", id, S("naam=Telefoon+%26+tablet")), "/account/passkeys?klaar=passkey-naam");
        assert_true(has(get(&h, h.jo, "/account/passkeys", S("klaar=passkey-naam")), "Telefoon &amp; tablet"));
        assert_int_equal(request(&h, h.jo, GET, "/account/passkeys/{id}/naam", kims, S("")).e, ERR_NOT_FOUND);
        assert_int_equal(request(&h, h.jo, POST, "/account/passkeys/{id}/naam", kims, S("naam=Mijn")).e, ERR_NOT_FOUND);
        assert_int_equal(count(&h, "SELECT count(*) FROM passkey WHERE name = 'Laptop'"), 1);
        assert_int_equal(count(&h, "SELECT count(*) FROM audit WHERE action = 'passkey.rename' AND after_json NOT LIKE '%Telefoon%'"), 1);
        db_close(h.db);
}

/* A challenge comes after the proof, and only in the session that gave it. */
static void a_passkey_starts_with_a_proof(void **state) {
        struct house h = house(state);
        password(&h, h.jo);
        refused(post(&h, h.jo, "/account/passkeys/begin", S("huidig=fout")), "Dit wachtwoord klopt niet");
        struct reply r = post(&h, h.jo, "/account/passkeys/begin", S("huidig=" SECRET));
        assert_int_equal(r.rs.status, 303);
        struct str query = str_sub(r.rs.location, str_index(r.rs.location, '?') + 1, 500);
        assert_true(has(get(&h, h.jo, "/account/passkeys/nieuw", query), "data-passkey-register=\"{&quot;challenge&quot;"));
        went_to(get(&h, h.kim, "/account/passkeys/nieuw", query), "/account/passkeys");
        h.now_ms += CREDENTIAL_CHALLENGE_MS + 1;
        went_to(get(&h, h.jo, "/account/passkeys/nieuw", query), "/account/passkeys");
        h.now_ms = NOW;
        refused(post(&h, h.jo, "/account/passkeys/nieuw", str_fmt(&h.s->arena, "%.*s&naam=Laptop&credential=AA&client_data=AA&attestation=AA", STR(query))),
                "niet gelukt met deze passkey");
        db_close(h.db);
}

static void devices_are_mine(void **state) {
        struct house h = house(state);
        int64_t other = sign_in(&h, h.jo);
        assert_true(has(get(&h, h.jo, "/account/apparaten", S("")), "dit apparaat"));
        assert_int_equal(request(&h, h.kim, POST, "/account/apparaten/{id}/uitloggen", other, S("")).e, ERR_NOT_FOUND);
        went_to(request(&h, h.jo, POST, "/account/apparaten/{id}/uitloggen", other, S("")), "/account/apparaten?klaar=apparaat");
        sign_in(&h, h.jo);
        went_to(post(&h, h.jo, "/account/apparaten/andere", S("")), "/account/apparaten?klaar=apparaten");
        assert_int_equal(count(&h, "SELECT count(*) FROM session"), 2);
        struct reply r = request(&h, h.jo, POST, "/account/apparaten/{id}/uitloggen", h.jo_session, S(""));
        went_to(r, "/");
        assert_true(r.rs.cookie[COOKIE_SESSION].is_set && r.rs.cookie[COOKIE_SESSION].value.n == 0);
        db_close(h.db);
}

static void mail_is_refused_and_wanted_again(void **state) {
        struct house h = house(state);
        give(&h, h.kim, "organisatiebeheerder", h.organisation);
        h.kim_session = sign_in(&h, h.kim);
        went_to(post(&h, h.kim, "/account/post", S("soort=" MAIL_ROLE_DECIDED)), "/account/post?klaar=post");
        went_to(post(&h, h.jo, "/account/rollen", S("rol=trainer&organisatie=sociaal-werk-noord")), "/account/rollen?klaar=rol-wacht");
        assert_int_equal(mail_to(&h, S("kim@werk.example")).n, 0);
        went_to(post(&h, h.kim, "/account/post", S("soort=" MAIL_ROLE_ASKED "&soort=" MAIL_ROLE_DECIDED)), "/account/post?klaar=post");
        went_to(post(&h, h.jo, "/account/rollen", S("rol=beleidsadviseur&organisatie=sociaal-werk-noord")), "/account/rollen?klaar=rol-wacht");
        struct str t = token_in(&h, mail_to(&h, S("kim@werk.example")));
        assert_int_equal(count(&h, "SELECT count(*) FROM mail_outbox WHERE list_unsubscribe <> ''"), 1);
        assert_true(has(get(&h, 0, "/afmelden", t), "Iemand vraagt een rol"));
        for (int i = 0; i < 2; i++)     /* a mail reader may send it twice */
                assert_true(has(post(&h, 0, "/afmelden", t), "U krijgt deze e-mail niet meer"));
        assert_int_equal(count(&h, "SELECT count(*) FROM mail_refusal WHERE kind = '" MAIL_ROLE_ASKED "'"), 1);
        assert_int_equal(post(&h, 0, "/afmelden", S("t=onzin")).rs.status, 404);
        assert_int_equal(get(&h, 0, "/afmelden", S("")).rs.status, 404);
        db_close(h.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(overview_tells_who_i_am), TEST_BOTH(name_changes),
                TEST_BOTH(email_changes_by_a_link_to_the_new_address), TEST_BOTH(a_taken_address_is_not_told),
                TEST_BOTH(asking_too_often_has_to_wait), TEST_BOTH(password_changes), TEST_BOTH(roles_are_asked_and_given_up),
                TEST_BOTH(the_last_administrator_stays), TEST_BOTH(second_step_is_set_up_and_taken_away),
                TEST_BOTH(a_code_proves_it_without_password), TEST_BOTH(passkeys_of_others_stay),
                TEST_BOTH(a_passkey_gets_another_name),
                TEST_BOTH(a_passkey_starts_with_a_proof), TEST_BOTH(devices_are_mine),
                TEST_BOTH(mail_is_refused_and_wanted_again),
        };
        return cmocka_run_group_tests_name("account", tests, NULL, NULL);
}
