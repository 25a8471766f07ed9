/* The pages and forms of this room, on both stores: from a figure to better peers, a method and its effect. */
#include "learn_testing.h"
#include "figures.h"

static void statements_prepare(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(test_statements(db, benchlearning_statements), 0);
}

static void a_use_is_recorded_for_everybody(void **state) {
        struct town x = town(state);
        assert_true(has(ask(&x, 0, GET, "/benchleren/aanpakken", "", ""), "Nog geen gemeente legde vast"));
        struct reply r = ask(&x, x.ada, POST, NEW_USE, "eerste", USE "&kosten=40000&anders=In+twee+wijken");
        assert_int_equal(r.e, OK);
        assert_true(str_eq(r.rs.location, S("/benchleren/gebruik/1?gedaan=vastgelegd")));
        assert_true(has(ask(&x, 0, GET, "/benchleren/aanpakken", "", ""), "Vroeg Eropaf"));
        r = ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", "");
        assert_true(has(r, "sinds 1e kwartaal 2025") && has(r, "In twee wijken") && has(r, "40.000") && has(r, "Vastgelegd."));
        assert_false(has(r, "Ada"));
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM audit WHERE action = 'method.record'"), 1);
        leave(&x);
}

static void a_wrong_form_says_what_and_keeps_nothing(void **state) {
        struct town x = town(state);
        struct reply r = ask(&x, x.ada, POST, NEW_USE, "eerste", "aanpak=niets&begin=&omvang=&contact=jan%40x.nl&kosten=veel&csrf=t");
        assert_int_equal(r.e, ERR_INVALID);
        assert_int_equal(r.rs.status, 422);
        assert_true(has(r, "Kies een aanpak uit de lijst") && has(r, "Kies het kwartaal") && has(r, "Kies voor wie") && has(r, "geen e-mailadres") && has(r, "heel aantal euro"));
        r = ask(&x, x.ada, POST, NEW_USE, "eerste", USE "&einde=2024-Q4");
        assert_true(r.e == ERR_INVALID && has(r, "niet voor het begin"));
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM method_use"), 0);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE).e, OK);
        r = ask(&x, x.ada, POST, NEW_USE, "eerste", USE);
        assert_true(r.e == ERR_INVALID && has(r, "staat al in het register"));
        leave(&x);
}

static void changes_stay_readable_and_others_cannot_make_them(void **state) {
        struct town x = town(state);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE).e, OK);
        assert_true(has(ask(&x, x.ada, GET, DESK "/aanpakken/{nummer}", "eerste 1", ""), "Vroeg Eropaf in Plaats 1 wijzigen"));
        assert_int_equal(ask(&x, x.ada, POST, DESK "/aanpakken/{nummer}", "eerste 1", "begin=2025-Q2&einde=2026-Q1&omvang=deel&contact=team&csrf=t").e, OK);
        struct reply r = ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", "");
        assert_true(has(r, "van ‘1e kwartaal 2025’ naar ‘2e kwartaal 2025’") && has(r, "nog in gebruik"));
        r = ask(&x, x.ada, POST, DESK "/aanpakken/{nummer}", "eerste 1", "begin=2025-Q1&omvang=deel&contact=wijkteam&was=0&csrf=t");
        assert_true(r.e == ERR_INVALID && has(r, "Een collega wijzigde dit intussen") && has(r, "van ‘2e kwartaal 2025’ naar ‘1e kwartaal 2025’"));
        assert_int_equal(ask(&x, x.bea, GET, DESK "/aanpakken/{nummer}", "tweede 1", "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.bea, POST, DESK "/aanpakken/{nummer}", "tweede 1", "begin=2025-Q2&omvang=deel&contact=team&csrf=t").e, ERR_NOT_FOUND);
        leave(&x);
}

static void better_peers_and_what_they_do_otherwise(void **state) {
        struct town x = town(state);
        assert_int_equal(ask(&x, x.bea, POST, NEW_USE, "tweede", USE).e, OK);
        struct reply r = ask(&x, x.ada, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", "");
        assert_int_equal(r.e, OK);
        assert_true(has(r, "ook na correctie") && has(r, "Echt beter"));
        assert_true(has(r, "Van de 15 gemeenten waarmee u vergelijkt, doen 14 het"));
        assert_true(has(r, "Vroeg Eropaf") && has(r, "Richt zich op dit cijfer"));
        assert_true(has(r, "Plaats 16: een ander antwoord op ‘Telt een gesprek mee?’") && has(r, "Plaats 2: Wij bellen aan."));
        assert_true(has(r, "Nodig deze 14 gemeenten uit"));
        assert_false(has(ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", ""), "Nodig deze"));
        r = ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", "groep=plaats-2&groep=plaats-20");
        assert_true(has(r, "Van de 2 gemeenten") && has(r, "zelf gekozen") && has(r, "/benchleren/{gemeente}/{cijfer}?groep=plaats-2&amp;groep=plaats-20"));
        r = ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", "groep=plaats-2");
        assert_true(has(r, "De gemeente waarmee u vergelijkt, doet het met meer dan 90% zekerheid beter dan Plaats 1."));
        assert_true(has(ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", "groep=nergens"), "U koos geen andere gemeente"));
        r = ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}.csv", "plaats-1 shv10", "groep=plaats-2");
        assert_true(has(r, "GM0002,Plaats 2,30.") && has(r, ",echt beter,"));
        assert_int_equal(ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 geen", "").e, ERR_NOT_FOUND);
        /* who works at a joint body invites for each of its municipalities, also where the municipality has people of its own */
        struct str at = S("GM0001");
        int64_t joint = 0;
        struct organisation_new body = { .name = S("Dienst"), .kind = S("samenwerkingsverband"), .places = &at, .places_n = 1 };
        assert_int_equal(organisation_make(x.db, &x.s->arena, &body, NOW, &joint), OK);
        r = ask(&x, adviser(&x, "Dee", joint), GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", "");
        assert_true(has(r, "action=\"/benchleren/organisaties/dienst/bijeenkomsten/nieuw\""));
        r = ask(&x, 0, GET, "/benchleren/{gemeente}", "plaats-1", "");
        assert_true(has(r, "Hier is iets te leren") && has(r, "/benchleren/plaats-1/shv10"));
        leave(&x);
}

static void nothing_is_found_where_nothing_is(void **state) {
        struct town x = town(state);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE).e, OK);
        struct reply r = ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", "");
        assert_true(has(r, "Dat kan toeval zijn.") && has(r, "In 15 vergelijkbare gemeenten"));
        leave(&x);
}

/* From the first quarter of 2025 the first municipality is ten points lower; its peers do not move. */
static void an_effect_is_found_where_it_is(void **state) {
        struct town x = town_with(state, 40);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE).e, OK);
        struct reply r = ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", "");
        assert_true(has(r, "Dat is meer dan toeval. Het ging gunstiger.") && has(r, "weten wij niet"));
        test_script(x.db, "UPDATE method_use SET starts = 8098");
        assert_true(has(ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", ""), "Te weinig gegevens: er zijn cijfers over 2 kwartalen"));
        assert_true(has(ask(&x, 0, GET, "/benchleren/gebruik/{nummer}.csv", "1", ""), "SHV10,GM0001,Plaats 1,gebruikt,2024-Q1,1,"));
        leave(&x);
}

static void a_method_tells_of_everybody_who_started(void **state) {
        struct town x = town_with(state, 40);
        struct reply r = ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}", "eropaf", "");
        assert_true(has(r, "Geen gemeente legde vast"));
        assert_int_equal(ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}", "onbekend", "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE "&kosten=40000").e, OK);
        assert_int_equal(ask(&x, x.bea, POST, NEW_USE, "tweede", USE).e, OK);
        r = ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}", "eropaf", "");
        assert_true(has(r, "Niemand beoordeelde dat nog."));
        test_script(x.db, "INSERT INTO item_score(item_id, score, judgement, institute, dated, url, reason) VALUES (1, 'evidence', 'Eerste aanwijzingen', 'Movisie', '2024', 'https://www.movisie.nl/x', '')");
        assert_true(has(ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}", "eropaf", ""), "Eerste aanwijzingen. <a href=\"https://www.movisie.nl/x\">Volgens Movisie, 2024"));
        assert_true(has(r, "2 gemeenten legden") && has(r, "€ 40.000 per jaar") && has(r, "In 2 gemeenten samen") && has(r, "Waar werkte het niet?") && has(r, "voor en na het begin"));
        r = ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}.csv", "eropaf", "");
        assert_true(has(r, "SHV10,gemeente,Plaats 1,,1,-") && has(r, "SHV10,samen,,0,2,-"));
        assert_true(has(ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}", "eropaf", ""), "Plaats 1</a></th><td>−"));
        test_script(x.db, "UPDATE indicator SET polarity = 'none'");
        r = ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}", "eropaf", "");
        assert_true(has(r, "<td>meer dan toeval</td>") && has(r, "niet vanzelf beter") && !has(r, "gunstig"));
        leave(&x);
}

static void waves_are_recorded_and_compared_with_who_did_not_start(void **state) {
        struct town x = town_with(state, 40);
        assert_true(has(ask(&x, 0, GET, "/benchleren/programma", "", ""), "nog geen lichting"));
        struct reply r = ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=nul&begin=&gemeenten=Nergens&csrf=t");
        assert_true(r.e == ERR_INVALID && has(r, "nummer in van 1") && has(r, "Wij kennen ‘Nergens’ niet"));
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=1&begin=2025-Q1&loting=ja&gemeenten=Plaats+1%0D%0APlaats+3&csrf=t").e, OK);
        r = ask(&x, 0, GET, "/benchleren/programma", "", "cijfer=shv10");
        assert_true(has(r, "door loting") && has(r, "Na het begin lag dit cijfer gemiddeld −") && has(r, "Minder dan vijf gemeenten"));
        assert_true(has(ask(&x, 0, GET, "/benchleren/programma.csv", "", "cijfer=shv10"), "SHV10,lichting 1,,0,2,-"));
        leave(&x);
}

static void a_change_that_rounds_to_nothing_has_no_side(void **state) {
        struct test_store *s = test_store(state);
        assert_true(str_eq(signed_change(&s->arena, -0.03, 1, S("dagen")), S("0,0 dagen")));
        assert_true(str_eq(signed_change(&s->arena, -0.05, 1, S("dagen")), S("−0,1 dagen")));
}

/* Pages that show what was computed before, with something on them that the first municipality learns, did and started. */
static const struct { const char *pattern, *params, *fields; } computed[] = {
        { "/benchleren/{gemeente}", "plaats-1", "" }, { "/benchleren/koppels", "", "" }, { "/benchleren/aanpakken/{aanpak}", "eropaf", "" },
        { "/benchleren/aanpakken/{aanpak}.csv", "eropaf", "" }, { "/benchleren/programma", "", "cijfer=shv10" }, { "/benchleren/programma.csv", "", "cijfer=shv10" },
        { "/benchleren/gebruik/{nummer}", "1", "" }, { "/benchleren/wat-is-er-nodig", "", "gemeente=plaats-1&cijfer=shv10&verschil=5" },
};
#define COMPUTED (sizeof computed / sizeof *computed)

static struct str computed_page(struct town *x, size_t i) {
        struct reply r = ask(x, 0, GET, computed[i].pattern, computed[i].params, computed[i].fields);
        assert_int_equal(r.e, OK);
        return r.html;
}

static struct town town_that_learns(void **state) {
        struct town x = town_with(state, 40);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE).e, OK);
        assert_int_equal(ask(&x, x.bea, POST, NEW_USE, "tweede", USE).e, OK);
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=1&begin=2025-Q1&gemeenten=Plaats+1%0D%0APlaats+3&csrf=t").e, OK);
        return x;
}

static void what_is_kept_is_what_was_computed(void **state) {
        struct town x = town_that_learns(state);
        struct str page[COMPUTED];
        learn_memo(false);
        for (size_t i = 0; i < COMPUTED; i++)
                page[i] = computed_page(&x, i);
        learn_memo(true);
        for (size_t i = 0; i < COMPUTED; i++)
                assert_true(str_eq(computed_page(&x, i), page[i]));
        /* Nothing can be computed any more: what is shown now was kept. */
        test_script(x.db, "DELETE FROM release_cell");
        for (size_t i = 0; i < COMPUTED; i++)
                assert_true(str_eq(computed_page(&x, i), page[i]));
        leave(&x);
}

/* Every page as it would be without a memory. */
static void assert_not_outdated(struct town *x) {
        for (size_t i = 0; i < COMPUTED; i++) {
                struct str shown = computed_page(x, i);
                learn_memo(false);
                assert_true(str_eq(shown, computed_page(x, i)));
                learn_memo(true);
        }
}

static void a_change_shows_at_once(void **state) {
        struct town x = town_that_learns(state);
        struct str before[COMPUTED];
        for (size_t i = 0; i < COMPUTED; i++)
                before[i] = computed_page(&x, i);
        assert_int_equal(ask(&x, x.ada, POST, DESK "/aanpakken/{nummer}", "eerste 1", "begin=2025-Q3&omvang=deel&contact=team&csrf=t").e, OK);
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=2&begin=2025-Q3&gemeenten=Plaats+4&csrf=t").e, OK);
        for (size_t i = 2; i < COMPUTED - 1; i++)       /* the first two and the last follow from figures alone */
                assert_false(str_eq(computed_page(&x, i), before[i]));
        assert_not_outdated(&x);
        deliver(&x, 120);               /* the first is no longer worse than the others, in a new release */
        for (size_t i = 0; i < COMPUTED - 1; i++)       /* what it takes to see five points stays the same number of quarters */
                assert_false(str_eq(computed_page(&x, i), before[i]));
        assert_not_outdated(&x);
        test_script(x.db, "DELETE FROM release_cell; INSERT INTO load_state(name, digest, loaded_ms) VALUES ('alles', 'anders', 5)");
        assert_not_outdated(&x);
        leave(&x);
}

/* Places 3 to 7 all fell by a tenth in the first quarter of 2025, one quarter before they started. */
static void fall_early(struct town *x) {
        struct delivered *d = arena_many(&x->s->arena, struct delivered, PLACES * QUARTERS);
        struct release_request request = { .through = 20263, .note = S("Test"), .threads = 1 };
        int64_t id;
        size_t n = 0;
        for (int i = 3; i <= 7; i++)
                for (int q = 4; q < QUARTERS; q++)
                        d[n++] = (struct delivered) { S("SHV10"), str_fmt(&x->s->arena, "GM%04d", i), S(""), (2024 + q / 4) * 10 + q % 4 + 1, numerator_of(i, q, 0) - 40 - i, 400,
                                                      (double) NAN, S("telt=ja"), S("") };
        assert_int_equal(db_begin(x->db), OK);
        assert_int_equal(benchmark_put_delivered(x->db, &x->s->arena, false, d, n, NOW + 1), OK);
        assert_int_equal(benchmark_release(x->db, &x->s->arena, &request, NOW + 1, &id), OK);
        assert_int_equal(db_commit(x->db), OK);
}

static void what_moved_before_the_start_is_told(void **state) {
        struct town x = town_with(state, 40);
        /* one of five moved early: that may be chance */
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=1&begin=2025-Q2&gemeenten=Plaats+1%0D%0APlaats+3%0APlaats+4%0APlaats+5%0APlaats+6&csrf=t").e, OK);
        struct reply r = ask(&x, 0, GET, "/benchleren/programma", "", "cijfer=shv10");
        assert_true(has(r, "niet aantoonbaar anders: zo’n verschil vooraf komt door toeval voor in ") && !has(r, "Let op: ook"));
        fall_early(&x);
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=1&begin=2025-Q2&gemeenten=Plaats+3%0D%0APlaats+4%0APlaats+5%0APlaats+6%0APlaats+7&csrf=t").e, OK);
        r = ask(&x, 0, GET, "/benchleren/programma", "", "cijfer=shv10");
        assert_true(has(r, "Let op: ook voor het begin bewogen deze cijfers al anders. Zo’n verschil vooraf komt door toeval voor in minder dan 1 op de 1.000 gevallen."));
        r = ask(&x, 0, GET, "/benchleren/programma.csv", "", "cijfer=shv10");
        assert_true(has(r, "hoog95,p_voor_begin,fictief\r\n"));
        /* four are too few for a test */
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=1&begin=2025-Q2&gemeenten=Plaats+3%0D%0APlaats+4%0APlaats+5%0APlaats+6&csrf=t").e, OK);
        assert_true(has(ask(&x, 0, GET, "/benchleren/programma", "", "cijfer=shv10"), "niet te toetsen"));
        leave(&x);
}

static void what_it_takes_is_said_or_refused(void **state) {
        struct town x = town(state);
        struct reply r = ask(&x, 0, GET, "/benchleren/wat-is-er-nodig", "", "gemeente=plaats-1&cijfer=shv10&verschil=5");
        assert_true(has(r, "Deze gemeente alleen") && has(r, "Samen met 14 anderen") && has(r, "kwartaal 2027"));
        assert_true(has(ask(&x, 0, GET, "/benchleren/wat-is-er-nodig", "", "gemeente=plaats-1&cijfer=shv10&verschil=0,01"), "ook niet over tien jaar"));
        assert_true(has(ask(&x, 0, GET, "/benchleren/wat-is-er-nodig", "", "gemeente=plaats-1&cijfer=shv10&verschil=veel"), "een getal boven nul"));
        leave(&x);
}

static void pairs_and_the_register_are_open(void **state) {
        struct town x = town(state);
        struct reply r = ask(&x, 0, GET, "/benchleren/koppels", "", "");
        assert_true(r.e == OK && has(r, "Plaats 1 kan van Plaats 2 leren over:") && has(r, "Een van beide leert."));
        assert_true(has(ask(&x, 0, GET, "/benchleren/koppels", "", "gemeente=plaats-20"), "geen vergelijkbare gemeente"));
        assert_true(has(ask(&x, x.ada, GET, "/benchleren", "", ""), "Eerste: aanpakken en bijeenkomsten"));
        assert_true(str_eq(ask(&x, 0, GET, "/benchleren/kies", "", "gemeente=plaats-1").rs.location, S("/benchleren/plaats-1")));
        leave(&x);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(a_use_is_recorded_for_everybody), TEST_BOTH(a_wrong_form_says_what_and_keeps_nothing),
                TEST_BOTH(changes_stay_readable_and_others_cannot_make_them), TEST_BOTH(better_peers_and_what_they_do_otherwise),
                TEST_BOTH(an_effect_is_found_where_it_is),
                TEST_BOTH(nothing_is_found_where_nothing_is), TEST_BOTH(a_method_tells_of_everybody_who_started),
                TEST_BOTH(waves_are_recorded_and_compared_with_who_did_not_start), TEST_BOTH(what_moved_before_the_start_is_told), TEST_BOTH(a_change_that_rounds_to_nothing_has_no_side), TEST_BOTH(what_it_takes_is_said_or_refused),
                TEST_BOTH(pairs_and_the_register_are_open),
                TEST_BOTH(what_is_kept_is_what_was_computed), TEST_BOTH(a_change_shows_at_once),
        };
        return cmocka_run_group_tests_name("benchlearning", tests, NULL, NULL);
}
