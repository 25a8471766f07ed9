/* Organisations, people, roles and what they may do, on both stores. */
#include "people_testing.h"
#include "audit.h"

static const struct role *role(const char *code) {
        const struct role *r = role_find(str_of(code));
        assert_non_null(r);
        return r;
}

static int64_t trail_rows(struct house *h) {
        return test_number(h->db, "SELECT count(*) FROM audit");
}

/* What the server asks for a route that needs RIGHT, at the organisation SLUG or everywhere with NULL. */
static enum err permit(struct house *h, struct str token, enum right right, const char *slug) {
        const struct route r = { .pattern = "/organisaties/{slug}", .access = ACCESS_RIGHT, .right = (int) right, .organisation = slug ? 1 : 0 };
        struct req rq = request_of(h, token, NOW);
        rq.route = &r;
        rq.param[0] = slug ? str_of(slug) : S("");
        return people_permit(&rq);
}

static void a_right_is_held_where_the_role_is(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t a = organisation(&h, "Alfa"), b = organisation(&h, "Beta");
        int64_t anna = somebody_with(&h, "anna", "organisatiebeheerder", a);
        struct req rq = request(&h, NOW);
        assert_int_equal(TX(&h, role_give(&rq, anna, role("beleidsadviseur"), b)), OK);
        struct str token = sign_in(&h, anna, 1, NOW);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_MANAGE, "alfa"), OK);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_MANAGE, "beta"), ERR_DENIED);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_SEE, "beta"), OK);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_MANAGE, NULL), ERR_DENIED);
        assert_int_equal(permit(&h, token, RIGHT_TRAIL, "alfa"), ERR_DENIED);
        rq = request_of(&h, token, NOW);
        uint64_t rights = 0;
        assert_false(viewer_may(&rq, RIGHT_MEMBERS_SEE));
        assert_int_equal(viewer_rights_at(&rq, b, &rights), OK);
        assert_int_equal(rights & ~RIGHT_SOMEWHERE, role("beleidsadviseur")->own);
        rq = request(&h, NOW);
        assert_int_equal(viewer_rights_at(&rq, a, &rights), OK);
        assert_int_equal(rights, 0);
}

static void a_right_held_everywhere_is_held_at_all(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bureau = organisation(&h, "Bureau");
        (void) organisation(&h, "Alfa");
        struct str token = sign_in(&h, somebody_with(&h, "bea", "programmamanager", bureau), 2, NOW);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_MANAGE, "alfa"), OK);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_MANAGE, "bureau"), OK);
        assert_int_equal(permit(&h, token, RIGHT_ORGANISATIONS, NULL), OK);
        assert_int_equal(permit(&h, token, RIGHT_SYSTEM, NULL), ERR_DENIED);
}

/* Who may not see the organisations does not learn which exist. */
static void an_unknown_organisation_is_told_to_few(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t a = organisation(&h, "Alfa");
        struct str manager = sign_in(&h, somebody_with(&h, "anna", "organisatiebeheerder", a), 1, NOW);
        struct str office = sign_in(&h, somebody_with(&h, "bea", "programmamanager", a), 2, NOW);
        assert_int_equal(permit(&h, office, RIGHT_MEMBERS_MANAGE, "atlantis"), ERR_NOT_FOUND);
        assert_int_equal(permit(&h, manager, RIGHT_MEMBERS_MANAGE, "atlantis"), ERR_DENIED);
        assert_int_equal(permit(&h, S(""), RIGHT_MEMBERS_MANAGE, "atlantis"), ERR_DENIED);
}

static void some_roles_need_a_second_factor(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bureau = organisation(&h, "Bureau");
        static const char *const strong[] = { "programmamanager", "beheerder", "beoordelaar" };
        for (size_t i = 0; i < 3; i++) {
                int64_t id = somebody_with(&h, strong[i], strong[i], bureau);
                assert_true(role(strong[i])->second_factor);
                assert_int_equal(who(&h, sign_in(&h, id, 1, NOW), NOW).rights, 0);
                assert_int_equal(who(&h, sign_in(&h, id, 2, NOW), NOW).rights, role(strong[i])->everywhere);
                assert_int_equal(permit(&h, sign_in(&h, id, 1, NOW), RIGHT_MEMBERS_SEE, "bureau"), ERR_DENIED);
        }
        int64_t editor = somebody_with(&h, "redacteur", "redacteur", bureau);
        assert_int_equal(who(&h, sign_in(&h, editor, 1, NOW), NOW).rights, RIGHT_FEEDBACK | RIGHT_EDIT | RIGHT_MODERATE);
}

/* What came of asking for ROLE, the error or whether it was granted. */
static enum err ask(struct house *h, int64_t person, const char *code, int64_t at, bool *granted) {
        struct req rq = request(h, NOW);
        *granted = !*granted;           /* must be set whatever happens */
        return TX(h, role_ask(&rq, person, role(code), at, granted));
}

static void roles_are_asked_for(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t a = organisation(&h, "Alfa"), anna = somebody(&h, "anna");
        bool granted = false;
        assert_int_equal(ask(&h, anna, "vrijwilliger", 0, &granted), OK);
        assert_true(granted);
        assert_int_equal(ask(&h, anna, "vrijwilliger", 0, &granted), OK);       /* held already */
        assert_true(granted);
        assert_int_equal(ask(&h, anna, "vrijwilliger", a, &granted), OK);       /* there the manager approves */
        assert_false(granted);
        assert_int_equal(ask(&h, anna, "gangmaker", a, &granted), OK);
        assert_false(granted);
        assert_int_equal(ask(&h, anna, "gangmaker", a, &granted), OK);          /* asked already */
        assert_false(granted);
        assert_int_equal(trail_rows(&h), 3);
        assert_int_equal(ask(&h, anna, "gangmaker", 0, &granted), ERR_INVALID);
        assert_int_equal(ask(&h, anna, "beheerder", a, &granted), ERR_INVALID);
        assert_int_equal(ask(&h, anna, "organisatiebeheerder", a, &granted), ERR_INVALID);
        assert_int_equal(ask(&h, anna, "vrijwilliger", a + 1000, &granted), ERR_INVALID);
        assert_false(granted);
        assert_int_equal(TX(&h, organisation_set_closed(h.db, a, opt_i64(NOW))), OK);
        assert_int_equal(ask(&h, anna, "trainer", a, &granted), ERR_INVALID);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM person_role"), 3);
        assert_int_equal(trail_rows(&h), 3);
}

/* A right that was only asked for is none. */
static void asking_gives_nothing(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t a = organisation(&h, "Alfa"), anna = somebody(&h, "anna");
        bool granted = true;
        assert_int_equal(ask(&h, anna, "gangmaker", a, &granted), OK);
        struct str token = sign_in(&h, anna, 2, NOW);
        assert_int_equal(permit(&h, token, RIGHT_MEMBERS_SEE, "alfa"), ERR_DENIED);
        struct req rq = request(&h, NOW);
        assert_int_equal(TX(&h, role_give(&rq, anna, role("gangmaker"), a)), OK);
        assert_int_equal(who(&h, token, NOW).person_id, 0);     /* rights are read when a session starts */
        assert_int_equal(permit(&h, sign_in(&h, anna, 1, NOW), RIGHT_MEMBERS_SEE, "alfa"), OK);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM person_role"), 1);
}

static void giving_ends_sessions_once(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bureau = organisation(&h, "Bureau"), anna = somebody(&h, "anna"), bram = somebody(&h, "bram");
        struct req rq = request(&h, NOW);
        struct str token = sign_in(&h, anna, 1, NOW), other = sign_in(&h, bram, 1, NOW);
        assert_int_equal(TX(&h, role_give(&rq, anna, role("redacteur"), bureau)), OK);
        assert_int_equal(who(&h, token, NOW).person_id, 0);
        assert_int_equal(who(&h, other, NOW).person_id, bram);
        token = sign_in(&h, anna, 1, NOW);
        assert_int_equal(TX(&h, role_give(&rq, anna, role("redacteur"), bureau)), OK);  /* has it: nothing changes */
        assert_int_equal(who(&h, token, NOW).person_id, anna);
        assert_int_equal(trail_rows(&h), 1);
        assert_int_equal(TX(&h, role_give(&rq, anna, role("redacteur"), 0)), ERR_INVALID);
        assert_int_equal(TX(&h, role_give(&rq, anna, role("redacteur"), bureau + 1000)), ERR_INVALID);
}

static int64_t role_id(struct house *h, int64_t person) {
        return number_of(h, "SELECT min(id) FROM person_role WHERE person_id = %lld", person);
}

static enum err take(struct house *h, int64_t id) {
        struct req rq = request(h, NOW);
        return TX(h, role_take(&rq, id));
}

static void taking_ends_sessions(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t a = organisation(&h, "Alfa"), anna = somebody_with(&h, "anna", "gangmaker", a);
        bool granted = true;
        struct str token = sign_in(&h, anna, 1, NOW);
        assert_int_equal(take(&h, role_id(&h, anna)), OK);
        assert_int_equal(who(&h, token, NOW).person_id, 0);
        assert_int_equal(permit(&h, sign_in(&h, anna, 1, NOW), RIGHT_MEMBERS_SEE, "alfa"), ERR_DENIED);
        assert_int_equal(take(&h, 123456), ERR_NOT_FOUND);
        assert_int_equal(ask(&h, anna, "gangmaker", a, &granted), OK);
        token = sign_in(&h, anna, 1, NOW);
        assert_int_equal(take(&h, role_id(&h, anna)), OK);      /* a request that is refused took no right */
        assert_int_equal(who(&h, token, NOW).person_id, anna);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM person_role"), 0);
}

static void the_last_administrator_stays(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t bureau = organisation(&h, "Bureau"), anna = somebody_with(&h, "anna", "beheerder", bureau);
        assert_int_equal(take(&h, role_id(&h, anna)), ERR_CONFLICT);
        int64_t bram = somebody_with(&h, "bram", "beheerder", bureau);
        /* a closed account administers nothing: it may lose the role, and does not count */
        assert_int_equal(TX(&h, person_set_blocked(h.db, bram, opt_i64(NOW))), OK);
        assert_int_equal(take(&h, role_id(&h, anna)), ERR_CONFLICT);
        assert_int_equal(take(&h, role_id(&h, bram)), OK);
        int64_t cor = somebody_with(&h, "cor", "beheerder", bureau);
        assert_int_equal(take(&h, role_id(&h, anna)), OK);
        assert_int_equal(take(&h, role_id(&h, cor)), ERR_CONFLICT);
        assert_int_equal(number_of(&h, "SELECT count(*) FROM person_role WHERE person_id = %lld", cor), 1);
}

static void who_may_give_what(void **state) {
        const uint64_t manager = RIGHT_MEMBERS_MANAGE | RIGHT_MEMBERS_SEE, office = role("programmamanager")->everywhere;
        (void) state;
        assert_true(role_may_give(role("gangmaker"), 0, manager));
        assert_false(role_may_give(role("gangmaker"), 0, RIGHT_MEMBERS_SEE));
        assert_true(role_may_give(role("gangmaker"), office, 0));
        assert_true(role_may_give(role("organisatiebeheerder"), 0, manager));
        assert_false(role_may_give(role("redacteur"), 0, manager));
        assert_true(role_may_give(role("redacteur"), office, 0));
        assert_false(role_may_give(role("beheerder"), office, manager));
        assert_false(role_may_give(role("programmamanager"), office, manager));
        assert_true(role_may_give(role("beheerder"), RIGHTS_ALL, 0));
        assert_false(role_may_give(role("beheerder"), 0, RIGHTS_ALL));
}

static void changes_of_roles_are_in_the_trail(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t a = organisation(&h, "Alfa"), boss = somebody_with(&h, "boss", "organisatiebeheerder", a), anna = somebody(&h, "anna");
        struct str token = sign_in(&h, boss, 1, NOW);
        const struct route some = { .pattern = "/" };
        struct audit_items l;
        struct audit_result whole;
        struct req mine = request(&h, NOW + 1), his = request_of(&h, token, NOW + 2);
        bool granted;
        mine.viewer.person_id = anna;
        mine.route = his.route = &some;
        assert_int_equal(TX(&h, role_ask(&mine, anna, role("gangmaker"), a, &granted)), OK);
        assert_int_equal(TX(&h, role_give(&his, anna, role("gangmaker"), a)), OK);
        his.now_ms++;
        assert_int_equal(TX(&h, role_take(&his, role_id(&h, anna))), OK);
        struct audit_filter filter = { .subject_kind = S("person"), .subject_id = str_fmt(&h.s->arena, "%lld", (long long) anna), .limit = 10 };
        assert_int_equal(audit_search(h.db, &h.s->arena, &filter, &l), OK);
        assert_int_equal(l.n, 3);
        const struct audit_entry *take_ = &l.v[0].e, *give = &l.v[1].e, *asked = &l.v[2].e;
        assert_true(str_eq(asked->action, S("role.ask")) && asked->person.v == anna && asked->before.p == NULL);
        assert_true(str_eq(asked->after, S("{\"role\":\"gangmaker\",\"granted\":false}")));
        assert_true(str_eq(give->action, S("role.give")) && give->person.v == boss && give->organisation.v == a);
        assert_true(str_eq(give->before, S("{\"role\":\"gangmaker\",\"granted\":false}")));
        assert_true(str_eq(give->after, S("{\"role\":\"gangmaker\",\"granted\":true}")) && str_eq(give->request_id, S("r1")));
        assert_true(str_eq(take_->action, S("role.take")) && take_->actor == AUDIT_PERSON && take_->after.p == NULL);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM audit WHERE actor = 'command'"), 1);  /* boss, by the test's own hand */
        assert_int_equal(audit_verify(h.db, &h.s->arena, &whole), OK);
        assert_true(whole.fault == AUDIT_WHOLE && whole.rows == 4);
}

static void an_address_has_one_account(void **state) {
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t id = 0;
        struct arena *a = &h.s->arena;
        assert_int_equal(person_make(h.db, a, S("Anna@Voorbeeld.nl"), S("Anna"), false, true, NOW, &id), OK);
        assert_int_equal(person_make(h.db, a, S("anna@voorbeeld.NL"), S("Ander"), false, true, NOW, &id), ERR_CONFLICT);
        assert_int_equal(person_make(h.db, a, S(""), S("Niemand"), false, true, NOW, &id), ERR_INVALID);
        assert_int_equal(person_make(h.db, a, S("b@voorbeeld.nl"), S(""), false, true, NOW, &id), ERR_INVALID);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM person"), 1);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM person WHERE email = 'Anna@Voorbeeld.nl'"), 1);
}

static enum err make(struct house *h, struct str name, const char *kind, const struct str *places, size_t n) {
        int64_t id = 0;
        struct organisation_new o = { .name = name, .kind = str_of(kind), .places = places, .places_n = n };
        return TX(h, organisation_make(h->db, &h->s->arena, &o, NOW, &id));
}

static void organisations_follow_their_kind(void **state) {
        static const struct str places[] = { S_INIT("GM0001"), S_INIT("GM0002"), S_INIT("GM0003"), S_INIT("GM9999") };
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        char long_name[202];
        for (size_t i = 0; i < sizeof long_name; i++)
                long_name[i] = 'a';
        test_script(h.db, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on, ends_on) VALUES "
                    "('GM0001', 'Aa', 'aa', 'aa', 'PV20', 'P', '2000-01-01', NULL), ('GM0002', 'Be', 'be', 'be', 'PV20', 'P', '2000-01-01', NULL), "
                    "('GM0003', 'Oud', 'oud', 'oud', 'PV20', 'P', '2000-01-01', '2020-01-01')");
        assert_int_equal(make(&h, S("Gemeente Aa"), "gemeente", places, 1), OK);
        assert_int_equal(make(&h, S("Gemeente Be"), "gemeente", places, 2), ERR_INVALID);       /* one municipality each */
        assert_int_equal(make(&h, S("Samen"), "samenwerkingsverband", places, 2), OK);
        assert_int_equal(make(&h, S("Zonder"), "onderzoek", NULL, 0), OK);
        assert_int_equal(make(&h, S("Oud"), "gemeente", &places[2], 1), ERR_INVALID);           /* is no more */
        assert_int_equal(make(&h, S("Weg"), "gemeente", &places[3], 1), ERR_INVALID);
        assert_int_equal(make(&h, S("Soort"), "kerk", NULL, 0), ERR_INVALID);
        assert_int_equal(make(&h, S(""), "gemeente", NULL, 0), ERR_INVALID);
        assert_int_equal(make(&h, S("!?"), "gemeente", NULL, 0), ERR_INVALID);                  /* nothing left for an address */
        assert_int_equal(make(&h, (struct str) { long_name, 201 }, "gemeente", NULL, 0), ERR_INVALID);
        assert_int_equal(make(&h, (struct str) { long_name, 200 }, "gemeente", NULL, 0), OK);
        assert_int_equal(make(&h, S("SAMEN!"), "onderwijs", NULL, 0), ERR_CONFLICT);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation"), 4);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation_municipality"), 3);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation WHERE sort_key = 'aa' AND slug = 'gemeente-aa'"), 1);
}

static void an_organisation_keeps_its_address(void **state) {
        static const struct str places[] = { S_INIT("GM0001"), S_INIT("GM0002") };
        _cleanup_(house_close) struct house h;
        house_open(&h, state);
        int64_t id = organisation(&h, "Samen");
        struct organisation_new o = { .name = S("Samen sterk"), .kind = S("samenwerkingsverband"), .website = S("https://samen.example/"),
                                      .places = places, .places_n = 2 };
        test_script(h.db, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on) VALUES "
                    "('GM0001', 'Aa', 'aa', 'aa', 'PV20', 'P', '2000-01-01'), ('GM0002', 'Be', 'be', 'be', 'PV20', 'P', '2000-01-01')");
        assert_int_equal(TX(&h, organisation_edit(h.db, &h.s->arena, id, &o)), OK);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation WHERE slug = 'samen' AND name = 'Samen sterk' AND sort_key = "
                                     "'samen sterk' AND website IS NOT NULL"), 1);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation_municipality"), 2);
        o.places_n = 1;
        assert_int_equal(TX(&h, organisation_edit(h.db, &h.s->arena, id, &o)), OK);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation_municipality WHERE municipality = 'GM0001'"), 1);
        assert_int_equal(test_number(h.db, "SELECT count(*) FROM organisation_municipality"), 1);
        o.kind = S("kerk");
        assert_int_equal(TX(&h, organisation_edit(h.db, &h.s->arena, id, &o)), ERR_INVALID);
}

static void the_table_of_roles_is_whole(void **state) {
        size_t n = 0;
        (void) state;
        for (const struct role *r = roles; r->code.n; r++, n++) {
                assert_ptr_equal(role_find(r->code), r);
                assert_true(r->name.n && r->does.n && ((r->own | r->everywhere) & ~RIGHTS_ALL) == 0);
                /* who can give rights to others shows a second factor first */
                assert_true(r->second_factor || !(r->everywhere & (RIGHT_MEMBERS_MANAGE | RIGHT_SYSTEM)));
                assert_true(!r->alone || r->entry == ENTRY_OPEN);
        }
        assert_int_equal(n, 15);
        assert_null(role_find(S("koning")));
        assert_null(role_find(S("")));
        for (uint64_t bit = 1; bit & RIGHTS_ALL; bit <<= 1)
                assert_true(right_label((enum right) bit).n > 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_right_is_held_where_the_role_is), TEST_BOTH(a_right_held_everywhere_is_held_at_all),
                TEST_BOTH(an_unknown_organisation_is_told_to_few), TEST_BOTH(some_roles_need_a_second_factor),
                TEST_BOTH(roles_are_asked_for), TEST_BOTH(asking_gives_nothing), TEST_BOTH(giving_ends_sessions_once),
                TEST_BOTH(taking_ends_sessions), TEST_BOTH(the_last_administrator_stays), cmocka_unit_test(who_may_give_what),
                TEST_BOTH(changes_of_roles_are_in_the_trail), TEST_BOTH(an_address_has_one_account),
                TEST_BOTH(organisations_follow_their_kind), TEST_BOTH(an_organisation_keeps_its_address),
                cmocka_unit_test(the_table_of_roles_is_whole),
        };
        return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
