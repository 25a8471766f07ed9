/* The pages and forms of this room, on both stores: from a figure to better peers, a meeting, an action and its effect. */
#include "testing.h"
#include <math.h>
#include <string.h>
#include "benchlearning.h"
#include "benchmark_release.h"
#include "bsn.h"
#include "fields.h"
#include "keys.h"
#include "page.h"
#include "people.h"
#include "people_mail.h"
#include "schema.h"

#define NOW ((int64_t) 1795305600000)           /* 22 November 2026 */
#define PLACES 20
#define QUARTERS 11

static struct keys keys = { { 7, 7, 7 } };
static struct site site = { .keys = &keys, .origin = S_INIT("https://schouders.example") };

struct town {
        struct test_store *s;
        struct db *db;
        int64_t ada, bea, a, b;         /* people, and their organisations */
        int sent;
};

/* Share of municipality PLACE in quarter Q of the series: the first at 60 %, the others at 30 to 49. */
static double numerator_of(int place, int q, int drop) {
        double share = place == 1 ? 60 : 28 + place;
        return share * 4 + q % 2 + place % 3 - (place == 1 && q >= 4 ? drop : 0);
}

/* What twenty municipalities deliver over eleven quarters from the first of 2024; lower is better. DROP: of the first, in cases of 400, from the
 * first quarter of 2025 on. The last registers otherwise. */
static void deliver(struct town *x, int drop) {
        struct delivered *d = arena_many(&x->s->arena, struct delivered, PLACES * QUARTERS);
        struct release_request request = { .through = 20263, .note = S("Test"), .threads = 1 };
        int64_t id;
        size_t n = 0;
        for (int i = 1; i <= PLACES; i++)
                for (int q = 0; q < QUARTERS; q++)
                        d[n++] = (struct delivered) { S("SHV10"), str_fmt(&x->s->arena, "GM%04d", i), S(""), (2024 + q / 4) * 10 + q % 4 + 1, numerator_of(i, q, drop), 400,
                                                      (double) NAN, i == PLACES - 4 ? S("telt=nee") : S("telt=ja"), i == 2 ? S("Wij bellen aan.") : S("") };
        assert_int_equal(db_begin(x->db), OK);
        for (int i = 1; i <= PLACES; i++)
                assert_int_equal(benchmark_put_participant(x->db, false, (struct participant) { str_fmt(&x->s->arena, "GM%04d", i), 20241, 0 }), OK);
        assert_int_equal(benchmark_put_delivered(x->db, &x->s->arena, false, d, n, NOW), OK);
        assert_int_equal(benchmark_release(x->db, &x->s->arena, &request, NOW, &id), OK);
        assert_int_equal(db_commit(x->db), OK);
}

static void figures(struct town *x) {
        test_script(x->db, "INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme, scope,"
                " period_kind, source, source_url, licence, note, note_html, fictitious) VALUES ('SHV10', 'shv10', 1, 'Uitval', 'd', 't', 'n', 'procent', 'proportion', 0,"
                " 'lower', '', 'hulp', 'municipality', 'kalenderjaar', 'Test', '', '', '', '', 0);"
                "INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, definition, numerator_text, denominator_text)"
                " VALUES ('SHV10', 1, 'Test', '2027-01-01', 'quarter', 'ratio', 'Uitval', 'd', 't', 'n');"
                "INSERT INTO indicator_choice(indicator_code, version, code, position, question, answers) VALUES ('SHV10', 1, 'telt', 1, 'Telt een gesprek mee?', 'ja | nee')");
        for (int i = 1; i <= PLACES; i++)
                test_script(x->db, str_fmt(&x->s->arena, "INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on, ends_on) VALUES ('GM%04d', 'Plaats %d', 'plaats-%d',"
                        " 'plaats %02d', 'PV1', 'Test', '2016-01-01', NULL)", i, i, i, i).p);
        test_script(x->db, "INSERT INTO municipality_year(municipality_id, year, inhabitants, households) SELECT id, year, 10000, 5000 FROM municipality,"
                " (SELECT 2024 AS year UNION SELECT 2025 UNION SELECT 2026) y");
        for (int j = 2; j <= 16; j++)
                test_script(x->db, str_fmt(&x->s->arena, "INSERT INTO peer(region, rank, peer_region, distance) VALUES ('GM0001', %d, 'GM%04d', %d.5)", j - 1, j, j).p);
}

static int64_t organisation(struct town *x, const char *name, const char *place) {
        int64_t id = 0;
        struct str at = str_of(place);
        struct organisation_new o = { .name = str_of(name), .kind = S("gemeente"), .places = &at, .places_n = 1 };
        assert_int_equal(organisation_make(x->db, &x->s->arena, &o, NOW, &id), OK);
        return id;
}

static int64_t adviser(struct town *x, const char *name, int64_t at) {
        int64_t id = 0;
        struct req rq = { .arena = &x->s->arena, .db = x->db, .app = &site, .now_ms = NOW, .id = S("test") };
        assert_int_equal(person_make(x->db, &x->s->arena, str_fmt(&x->s->arena, "%s@werk.example", name), str_of(name), false, true, NOW, &id), OK);
        assert_int_equal(db_begin(x->db), OK);
        assert_int_equal(role_give(&rq, id, role_find(S("beleidsadviseur")), at), OK);
        assert_int_equal(db_commit(x->db), OK);
        return id;
}

static struct town town_with(void **state, int drop) {
        struct town x = { .s = test_store(state) };
        x.db = test_open(x.s, DB_WRITE);
        assert_int_equal(schema_migrate(x.db), OK);
        figures(&x);
        test_script(x.db, "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning, updated_on, review_on,"
                " uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (1, 'eropaf', 'Vroeg Eropaf', 'eropaf', 'interventie', 'Aanpak',"
                " 'Kort.', '', 'Nazorg', '', '', '2026-01-01', '2027-01-01', 0, 0, 0, 'published', 1, '', '');"
                "INSERT INTO item_indicator(item_id, indicator_code) VALUES (1, 'SHV10')");
        x.a = organisation(&x, "Eerste", "GM0001");
        x.b = organisation(&x, "Tweede", "GM0002");
        x.ada = adviser(&x, "Ada", x.a);
        x.bea = adviser(&x, "Bea", x.b);
        test_script(x.db, "DELETE FROM mail_outbox");
        deliver(&x, drop);
        return x;
}

static struct town town(void **state) {
        return town_with(state, 0);
}

static void leave(struct town *x) {
        db_close(x->db);
}

static const struct route *route_of(enum method method, const char *pattern) {
        const struct route *const tables[] = { benchlearning_register_routes, benchlearning_rivals_routes, benchlearning_meeting_routes, benchlearning_effect_routes,
                                                 benchlearning_method_routes, benchlearning_study_routes };
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
                for (const struct route *r = tables[i]; r->pattern; r++)
                        if (r->method == method && !strcmp(r->pattern, pattern))
                                return r;
        fail_msg("no route %s", pattern);
        return NULL;
}

struct reply { enum err e; struct resp rs; struct str html; };

/* One request of WHO (0: nobody); PARAMS are the parts of the path, with spaces between. */
static struct reply ask(struct town *x, int64_t who, enum method method, const char *pattern, const char *params, const char *fields) {
        struct req rq = { .arena = &x->s->arena, .db = x->db, .now_ms = NOW, .app = &site, .csrf = S("token"), .id = S("test"), .method = method,
                          .route = route_of(method, pattern), .path = str_of(pattern), .query = S(""), .viewer = { .person_id = who, .name = S("Ada") } };
        struct reply r = { .rs.status = 200 };
        struct str message, csrf, rest = str_of(params);
        for (size_t i = 0; rest.n && i < REQ_PARAMS; i++)
                assert_true(str_split(&rest, ' ', &rq.param[i]));
        rq.idempotency = str_fmt(&x->s->arena, "once-%d", ++x->sent);
        assert_int_equal(fields_read(&rq, str_of(fields), &message, &csrf), OK);
        if (method == POST)
                fields_screen(&rq, text_screen_personal);
        if (method == POST)
                assert_int_equal(db_begin(x->db), OK);
        r.e = rq.route->run(&rq, &r.rs);
        if (method == POST && r.e == OK)
                assert_int_equal(db_commit(x->db), OK);
        else if (method == POST)
                db_rollback(x->db);
        r.html = str_dup(&x->s->arena, buf_view(&r.rs.body));
        buf_done(&r.rs.body);
        return r;
}

static bool has(struct reply r, const char *text) {
        return str_find(r.html, str_of(text)) < r.html.n;
}

#define DESK "/benchleren/organisaties/{organisatie}"
#define NEW_USE DESK "/aanpakken/nieuw"
#define MEETINGS DESK "/bijeenkomsten"
#define USE "aanpak=eropaf&begin=2025-1&omvang=deel&contact=co%C3%B6rdinator&csrf=t"

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
        r = ask(&x, x.ada, POST, NEW_USE, "eerste", USE "&einde=2024-4");
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
        assert_int_equal(ask(&x, x.ada, POST, DESK "/aanpakken/{nummer}", "eerste 1", "begin=2025-2&einde=2026-1&omvang=deel&contact=team&csrf=t").e, OK);
        struct reply r = ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", "");
        assert_true(has(r, "van ‘1e kwartaal 2025’ naar ‘2e kwartaal 2025’") && has(r, "nog in gebruik"));
        assert_int_equal(ask(&x, x.bea, GET, DESK "/aanpakken/{nummer}", "tweede 1", "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.bea, POST, DESK "/aanpakken/{nummer}", "tweede 1", "begin=2025-2&omvang=deel&contact=team&csrf=t").e, ERR_NOT_FOUND);
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
        assert_true(has(r, "Nodig deze 14 uit"));
        assert_false(has(ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", ""), "Nodig deze 14 uit"));
        r = ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 shv10", "groep=plaats-2&groep=plaats-20");
        assert_true(has(r, "Van de 2 gemeenten") && has(r, "zelf gekozen") && has(r, "/benchleren/{gemeente}/{cijfer}?groep=plaats-2&amp;groep=plaats-20"));
        r = ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}.csv", "plaats-1 shv10", "groep=plaats-2");
        assert_true(has(r, "GM0002,Plaats 2,30.") && has(r, ",echt beter,"));
        assert_int_equal(ask(&x, 0, GET, "/benchleren/{gemeente}/{cijfer}", "plaats-1 geen", "").e, ERR_NOT_FOUND);
        r = ask(&x, 0, GET, "/benchleren/{gemeente}", "plaats-1", "");
        assert_true(has(r, "Hier is iets te leren") && has(r, "/benchleren/plaats-1/shv10"));
        leave(&x);
}

#define INVITE "gemeente=plaats-1&cijfer=shv10&vraag=Hoe+doet+u+dat&dag=2027-03-18&tijd=14:00&plaats=Online"

static void a_meeting_from_invitation_to_effect(void **state) {
        struct town x = town(state);
        struct reply r = ask(&x, x.ada, GET, MEETINGS "/nieuw", "eerste", "gemeente=plaats-1&cijfer=shv10");
        assert_true(has(r, "via Tweede") && has(r, "heeft hier nog niemand"));
        assert_int_equal(ask(&x, x.bea, GET, MEETINGS "/nieuw", "tweede", "gemeente=plaats-1&cijfer=shv10").e, ERR_NOT_FOUND);
        r = ask(&x, x.ada, POST, MEETINGS "/nieuw", "eerste", INVITE "&met=plaats-2&met=plaats-3&csrf=t");
        assert_int_equal(r.e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM benchlearn_guest"), 2);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE kind = 'benchleren'"), 1);
        assert_true(has(ask(&x, x.bea, GET, DESK, "tweede", ""), "Wacht op uw antwoord"));

        r = ask(&x, x.bea, GET, MEETINGS "/{nummer}", "tweede 1", "");
        assert_true(has(r, "aantoonbaar gunstiger ligt (31%, tegen 60% in Plaats 1") && has(r, "Komt u?"));
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/antwoord", "tweede 1", "antwoord=ja&vraag=Hoe+telt+u&csrf=t").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE kind = 'benchleren'"), 2);
        r = ask(&x, x.ada, GET, MEETINGS "/{nummer}/boekje", "eerste 1", "");
        assert_true(has(r, "Hoe doet u dat") && has(r, "Hoe telt u") && has(r, "<svg"));

        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/verslag", "eerste 1", "verslag=Wij+leerden+veel&csrf=t").e, OK);
        assert_int_equal(ask(&x, x.bea, POST, MEETINGS "/{nummer}/verslag", "tweede 1", "verslag=Nee&csrf=t").e, ERR_CONFLICT);
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/afspraken", "eerste 1", "wat=Aanbellen&wie=wijkteam&tot=2026-4&aanpak=eropaf&begin=2026-4&csrf=t").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM method_use WHERE municipality = 'GM0001' AND starts = 8107"), 1);
        r = ask(&x, x.ada, GET, MEETINGS "/{nummer}", "eerste 1", "");
        assert_true(has(r, "Wij leerden veel") && has(r, "Aanbellen") && has(r, "Te vroeg.") && has(r, "na het 3e kwartaal 2027"));
        assert_int_equal(ask(&x, x.ada, POST, MEETINGS "/{nummer}/afspraken/{afspraak}", "eerste 1 1", "stand=done&csrf=t").e, OK);
        assert_true(has(ask(&x, x.bea, GET, MEETINGS "/{nummer}", "tweede 1", ""), "Stand: Klaar."));
        leave(&x);
}

static void nothing_is_found_where_nothing_is(void **state) {
        struct town x = town(state);
        assert_int_equal(ask(&x, x.ada, POST, NEW_USE, "eerste", USE).e, OK);
        struct reply r = ask(&x, 0, GET, "/benchleren/gebruik/{nummer}", "1", "");
        assert_true(has(r, "Dat kan toeval zijn.") && has(r, "In 15 vergelijkbare gemeenten"));
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
        assert_true(has(r, "2 gemeenten legden") && has(r, "€ 40.000 per jaar") && has(r, "In 2 gemeenten samen") && has(r, "Waar werkte het niet?") && has(r, "voor en na het begin"));
        r = ask(&x, 0, GET, "/benchleren/aanpakken/{aanpak}.csv", "eropaf", "");
        assert_true(has(r, "SHV10,gemeente,Plaats 1,,1,-") && has(r, "SHV10,samen,,0,2,-"));
        leave(&x);
}

static void waves_are_recorded_and_compared_with_who_did_not_start(void **state) {
        struct town x = town_with(state, 40);
        assert_true(has(ask(&x, 0, GET, "/benchleren/programma", "", ""), "nog geen lichting"));
        struct reply r = ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=nul&begin=&gemeenten=Nergens&csrf=t");
        assert_true(r.e == ERR_INVALID && has(r, "nummer in van 1") && has(r, "Wij kennen ‘Nergens’ niet"));
        assert_int_equal(ask(&x, x.ada, POST, "/benchleren/programma/lichting", "", "lichting=1&begin=2025-1&loting=ja&gemeenten=Plaats+1%0D%0APlaats+3&csrf=t").e, OK);
        r = ask(&x, 0, GET, "/benchleren/programma", "", "cijfer=shv10");
        assert_true(has(r, "door loting") && has(r, "Na het begin lag dit cijfer gemiddeld −") && has(r, "Minder dan vijf gemeenten"));
        assert_true(has(ask(&x, 0, GET, "/benchleren/programma.csv", "", "cijfer=shv10"), "SHV10,lichting 1,,0,2,-"));
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
                TEST_BOTH(a_meeting_from_invitation_to_effect), TEST_BOTH(a_meeting_is_for_who_is_invited), TEST_BOTH(an_effect_is_found_where_it_is),
                TEST_BOTH(nothing_is_found_where_nothing_is), TEST_BOTH(a_method_tells_of_everybody_who_started),
                TEST_BOTH(waves_are_recorded_and_compared_with_who_did_not_start), TEST_BOTH(what_moved_before_the_start_is_told), TEST_BOTH(what_it_takes_is_said_or_refused),
                TEST_BOTH(pairs_and_the_register_are_open),
        };
        return cmocka_run_group_tests_name("benchlearning", tests, NULL, NULL);
}
