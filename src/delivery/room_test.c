/* The room on both stores: from draft to what counts, who may do what, two at once, corrections, programs with a key. */
#include "room_testing.h"
#include <math.h>
#include <string.h>
#include "apikey.h"
#include "benchmark_delivered.h"
#include "internal.h"
#include "people_testing.h"

static struct str hidden(struct town *t, const char *more) {
        struct asked q;
        assert_int_equal(asked_load(t->h.db, &t->h.s->arena, 20263, &q), OK);
        int64_t stand = count(t, "SELECT coalesce(max(stand), 0) FROM delivery WHERE state IN ('draft', 'delivered')");
        return str_fmt(&t->h.s->arena, "stand=%lld&versie=%.*s%s", (long long) stand, STR(q.version), more);
}

static struct reply fill_in(struct town *t, int64_t who, const char *more) {
        return ask(t, who, POST, PATH "/deel/{deel}", S("aanmelding"), hidden(t, more), S(""), S(""));
}

static struct reply deliver(struct town *t, int64_t who, const char *more) {
        return ask(t, who, POST, PATH "/controle", S(""), hidden(t, more), S(""), S(""));
}

static struct str only_stand(struct town *t, const char *more) {
        return str_fmt(&t->h.s->arena, "stand=%lld%s", (long long) count(t, "SELECT coalesce(max(stand), 0) FROM delivery WHERE state IN ('draft', 'delivered')"), more);
}

static struct reply approve(struct town *t, int64_t who) {
        return ask(t, who, POST, PATH "/goedkeuren", S(""), only_stand(t, ""), S(""), S(""));
}

static double counts_now(struct town *t, const char *indicator) {
        struct delivered_list l;
        assert_int_equal(benchmark_delivered_of(t->h.db, &t->h.s->arena, true, S("GM0034"), 20263, &l), OK);
        for (size_t i = 0; i < l.n; i++)
                if (str_eq(l.v[i].indicator, str_of(indicator)))
                        return l.v[i].numerator;
        return (double) NAN;
}

static void a_form_with_mistakes_is_mended_delivered_and_approved(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        struct reply r = ask(&t, t.jo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_true(r.e == OK && has(r, "ontbreekt"));
        r = fill_in(&t, t.jo, "&t1=veel&t2=21&n2=20&k1=intake");
        assert_true(r.e == ERR_INVALID && has(r, "alleen een getal") && has(r, "value=\"21\""));
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery"), 0);
        r = fill_in(&t, t.jo, "&t1=30&t2=21&n2=20&k1=intake");
        assert_int_equal(r.e, OK);
        r = deliver(&t, t.jo, "&daarna=lever");
        assert_true(r.e == ERR_INVALID && has(r, "groter dan de noemer"));
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery WHERE state = 'draft'"), 1);
        assert_int_equal(fill_in(&t, t.jo, "&t1=30&t2=20&n2=20&k1=intake").e, OK);
        r = ask(&t, t.jo, GET, PATH "/controle", S(""), S(""), S(""), S(""));
        assert_true(r.e == OK && has(r, "bij iedereen"));
        assert_int_equal(deliver(&t, t.jo, "&daarna=lever&w2=Er+waren+weinig+aanmeldingen").e, OK);
        assert_int_equal(count(&t, "SELECT count(*) FROM mail_outbox WHERE kind = 'aanleveren'"), 2);    /* kim and mo, not jo */
        assert_true(isnan(counts_now(&t, "SHV01")));
        assert_int_equal(approve(&t, t.jo).e, ERR_DENIED);                                               /* four eyes */
        assert_int_equal(approve(&t, t.mo).e, OK);
        assert_true(counts_now(&t, "SHV01") == 30 && counts_now(&t, "SHV03") == 20);
        struct delivered_list l;
        assert_int_equal(benchmark_delivered_of(t.h.db, &t.h.s->arena, true, S("GM0034"), 20263, &l), OK);
        assert_true(str_eq(l.v[1].choices, S("gesprek=intake")) && str_eq(l.v[1].explanation, S("Er waren weinig aanmeldingen")));
        assert_int_equal(count(&t, "SELECT explained FROM delivery"), 100);
        r = ask(&t, t.mo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_true(has(r, "geleverd") && has(r, "Goedgekeurd") && has(r, "jo") && has(r, "mo"));
}

static void a_correction_has_a_reason_and_a_history(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        assert_int_equal(fill_in(&t, t.jo, "&t1=30&t2=15&n2=20&k1=intake").e, OK);
        assert_int_equal(deliver(&t, t.jo, "&daarna=lever").e, OK);
        assert_int_equal(approve(&t, t.kim).e, OK);
        assert_int_equal(fill_in(&t, t.jo, "&t1=31").e, ERR_CONFLICT);           /* first say why */
        struct reply r = ask(&t, t.jo, POST, PATH "/correctie", S(""), S("reden="), S(""), S(""));
        assert_int_equal(r.e, ERR_INVALID);
        assert_int_equal(ask(&t, t.jo, POST, PATH "/correctie", S(""), S("reden=Dubbel+geteld"), S(""), S("")).e, OK);
        assert_int_equal(fill_in(&t, t.jo, "&t1=28&t2=&n2=&k1=intake").e, OK);
        assert_int_equal(deliver(&t, t.jo, "&daarna=lever").e, OK);
        assert_true(counts_now(&t, "SHV01") == 30);
        r = ask(&t, t.kim, POST, PATH "/terug", S(""), only_stand(&t, "&opmerking=Klopt+28%3F"), S(""), S(""));
        assert_int_equal(r.e, OK);
        r = ask(&t, t.jo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_true(has(r, "Klopt 28?"));
        assert_int_equal(deliver(&t, t.jo, "&daarna=lever").e, OK);
        assert_int_equal(approve(&t, t.kim).e, OK);
        assert_true(counts_now(&t, "SHV01") == 28 && isnan(counts_now(&t, "SHV03")));   /* what was emptied is missing, not 0 */
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery WHERE state = 'replaced'"), 1);
        assert_int_equal(count(&t, "SELECT revisions FROM delivery WHERE state = 'approved'"), 75);
        r = ask(&t, t.jo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_true(has(r, "Dubbel geteld") && has(r, "versie 2"));
}

/* Figures that counted before this room kept deliveries can be corrected too, with the explanation that stood beside them. */
static void older_figures_are_corrected(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        struct delivered old[] = {
                { S("SHV01"), S("GM0034"), S(""), 20263, 30, (double) NAN, (double) NAN, S(""), S("Een deel ontbreekt.") },
                { S("SHV03"), S("GM0034"), S(""), 20263, 15, 20, (double) NAN, S("gesprek=intake"), S("") },
        };
        assert_int_equal(TX(&t.h, benchmark_put_delivered(t.h.db, &t.h.s->arena, true, old, 2, TODAY - 1)), OK);
        assert_int_equal(ask(&t, t.jo, POST, PATH "/correctie", S(""), S("reden=Nagekomen"), S(""), S("")).e, OK);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery_figure"), 2);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery_figure WHERE explanation = 'Een deel ontbreekt.'"), 1);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery_choice WHERE answer = 'intake'"), 1);
}

static void two_people_at_once(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        struct str old = hidden(&t, "&t1=30");
        assert_int_equal(fill_in(&t, t.jo, "&t1=29").e, OK);
        struct reply r = ask(&t, t.kim, POST, PATH "/deel/{deel}", S("aanmelding"), old, S(""), S(""));
        assert_true(r.e == ERR_INVALID && has(r, "Een collega heeft dit intussen veranderd") && has(r, "value=\"30\"") && has(r, "Uw collega bewaarde: 29") && has(r, "id=\"stand\""));
        assert_int_equal(fill_in(&t, t.kim, "&t1=30").e, OK);
        assert_int_equal(deliver(&t, t.kim, "&daarna=lever").e, OK);
        struct str seen = only_stand(&t, "");
        assert_int_equal(ask(&t, t.jo, POST, PATH "/goedkeuren", S(""), seen, S(""), S("")).e, OK);
        assert_int_equal(ask(&t, t.mo, POST, PATH "/terug", S(""), str_fmt(&t.h.s->arena, "%.*s&opmerking=nee", STR(seen)), S(""), S("")).e, ERR_INVALID);
        assert_int_equal(ask(&t, t.jo, POST, PATH "/deel/{deel}", S("aanmelding"), S("stand=0&versie=0&t1=3"), S(""), S("")).e, ERR_INVALID);
}

/* A joint body delivered for the municipality, whose adviser sends it back: who delivered hears it, whoever employs him. */
static void who_delivered_hears_that_it_comes_back(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        const struct str places[] = { S("GM0034") };
        int64_t joint;
        struct organisation_new body = { .name = S("Dienst Flevoland"), .kind = S("samenwerkingsverband"), .places = places, .places_n = 1 };
        assert_int_equal(organisation_make(t.h.db, &t.h.s->arena, &body, NOW, &joint), OK);
        somebody_with(&t.h, "dirk", "aanleveraar", joint);
        assert_int_equal(fill_in(&t, t.jo, "&t1=30").e, OK);
        assert_int_equal(deliver(&t, t.jo, "&daarna=lever").e, OK);
        assert_int_equal(count(&t, "SELECT count(*) FROM mail_outbox WHERE to_address LIKE 'dirk%'"), 1);
        assert_int_equal(ask(&t, t.mo, POST, PATH "/terug", S(""), only_stand(&t, "&opmerking=nee"), S(""), S("")).e, OK);
        assert_int_equal(count(&t, "SELECT count(*) FROM mail_outbox WHERE to_address LIKE 'dirk%'"), 2);
}

static void who_may_what(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        int64_t volunteer = somebody_with(&t.h, "vrij", "vrijwilliger", 0), elsewhere = somebody_with(&t.h, "ver", "aanleveraar", organisation(&t.h, "Gemeente Ver"));
        int64_t boss = somebody_with(&t.h, "baas", "organisatiebeheerder", t.almere), office = somebody_with(&t.h, "bureau", "programmamanager", organisation(&t.h, "Bureau"));
        assert_int_equal(ask(&t, volunteer, GET, PATH, S(""), S(""), S(""), S("")).e, ERR_DENIED);
        assert_int_equal(ask(&t, elsewhere, GET, PATH, S(""), S(""), S(""), S("")).e, ERR_DENIED);
        assert_int_equal(fill_in(&t, elsewhere, "&t1=1").e, ERR_DENIED);
        assert_int_equal(fill_in(&t, t.mo, "&t1=1").e, ERR_DENIED);
        assert_int_equal(fill_in(&t, office, "&t1=1").e, ERR_DENIED);
        assert_int_equal(ask(&t, t.jo, GET, "/aanleveren/{organisatie}/sleutels", S(""), S(""), S(""), S("")).e, ERR_DENIED);
        assert_int_equal(ask(&t, boss, GET, "/aanleveren/{organisatie}/sleutels", S(""), S(""), S(""), S("")).e, OK);
        assert_int_equal(ask(&t, t.jo, GET, "/beheer/aanleveringen", S(""), S(""), S(""), S("")).e, ERR_DENIED);
        struct reply r = ask(&t, office, GET, "/beheer/aanleveringen", S(""), S(""), S(""), S(""));
        assert_true(r.e == OK && has(r, "Almere") && has(r, "ontbreekt"));
}

static void what_does_not_take_part_or_is_not_over(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        assert_int_equal(TX(&t.h, benchmark_put_participant(t.h.db, true, (struct participant) { S("GM0034"), 20251, 20261 })), OK);
        struct reply r = ask(&t, t.jo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_true(has(r, "doet niet mee") && !has(r, "Kijk na en lever aan"));
        assert_int_equal(fill_in(&t, t.jo, "&t1=1").e, ERR_CONFLICT);
}

static struct str made_key(struct town *t, int64_t boss) {
        struct reply r = ask(t, boss, POST, "/aanleveren/{organisatie}/sleutels", S(""), S("naam=zaaksysteem"), S(""), S(""));
        assert_int_equal(r.e, OK);
        size_t at = str_find(r.html, S("code-long\">")) + 11;
        return str_sub(r.html, at, TOKEN_TEXT - 1);
}

static struct reply push(struct town *t, struct str key, const char *body) {
        return ask(t, 0, POST, "/api/v1/leveringen", S(""), S(""), str_of(body), key);
}

#define GOOD "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":30}," \
        "{\"indicator\":\"SHV03\",\"teller\":15,\"noemer\":20,\"keuzes\":\"gesprek=intake\",\"toelichting\":\"Nieuw systeem\"}]}"

static void a_program_delivers_with_a_key(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        int64_t boss = somebody_with(&t.h, "baas", "organisatiebeheerder", t.almere);
        struct str key = made_key(&t, boss);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery_key WHERE digest LIKE '%zaak%'"), 0);
        assert_int_equal(push(&t, S(""), GOOD).rs.status, 401);
        assert_int_equal(push(&t, S("nietgoed"), GOOD).rs.status, 401);
        struct reply r = push(&t, key, GOOD);
        assert_true(r.e == OK && r.rs.status == 200 && has(r, "\"stand\":\"geleverd\""));
        r = push(&t, key, GOOD);                /* the same again */
        assert_int_equal(r.rs.status, 200);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery"), 1);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery_event WHERE what = 'geleverd'"), 1);
        r = push(&t, key, "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":31}]}");
        assert_int_equal(r.rs.status, 409);
        assert_int_equal(approve(&t, t.jo).e, OK);
        assert_true(counts_now(&t, "SHV01") == 30);
        r = push(&t, key, "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":31}]}");
        assert_true(r.rs.status == 400 && has(r, "reden"));
        r = push(&t, key, "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"reden\":\"Nagekomen\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":31}]}");
        assert_int_equal(r.rs.status, 200);
        r = ask(&t, boss, POST, "/aanleveren/{organisatie}/sleutels/{id}/intrekken", S(""), S(""), S(""), S(""));
        assert_int_equal(r.e, ERR_NOT_FOUND);   /* "almere" is no number */
        test_script(t.h.db, "UPDATE delivery_key SET withdrawn_ms = 1");
        assert_int_equal(push(&t, key, GOOD).rs.status, 401);
}

/* What is told once a year is delivered for the year, and for no quarter. */
static void a_year_is_delivered_by_itself(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        struct str key = made_key(&t, somebody_with(&t.h, "baas", "organisatiebeheerder", t.almere));
        struct delivered_list l;
        struct reply r = push(&t, key, "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV18\",\"teller\":12.5}]}");
        assert_true(r.rs.status == 400 && has(r, "cijfers/0/indicator"));
        r = push(&t, key, "{\"gemeentecode\":\"GM0034\",\"periode\":\"2025\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":12}]}");
        assert_true(r.rs.status == 400 && has(r, "cijfers/0/indicator"));
        t.period = S("2025");
        r = ask(&t, t.jo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_true(has(r, "Formatie") && !has(r, "Aanmelding"));
        r = push(&t, key, "{\"gemeentecode\":\"GM0034\",\"periode\":\"2025\",\"cijfers\":[{\"indicator\":\"SHV18\",\"teller\":12.5}]}");
        assert_true(r.rs.status == 200 && has(r, "\"periode\":\"2025\""));
        assert_int_equal(approve(&t, t.kim).e, OK);
        assert_int_equal(benchmark_delivered_of(t.h.db, &t.h.s->arena, true, S("GM0034"), 2025, &l), OK);
        assert_int_equal(l.n, 1);
        assert_true(str_eq(l.v[0].indicator, S("SHV18")) && l.v[0].period == 2025 && l.v[0].numerator > 12.4 && l.v[0].numerator < 12.6);
        t.period = S("2026");           /* is not over */
        r = ask(&t, t.jo, GET, PATH, S(""), S(""), S(""), S(""));
        assert_false(has(r, "Kijk na en lever aan"));
}

static void a_program_hears_all_mistakes(void **state) {
        static const struct { const char *body, *what; } cases[] = {
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"reden\":5,\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":true},{\"indicator\":\"SHV03\",\"teller\":5,\"noemer\":2}]}", "\"name\":\"reden\"" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"reden\":5,\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":true},{\"indicator\":\"SHV03\",\"teller\":5,\"noemer\":2}]}", "groter dan de noemer" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"XX\",\"teller\":\"9\"}]}", "cijfers/0/teller" },
                { "{\"a\":1}{", "nog iets" }, { "{\"a\":1,\"a\":2}", "twee keer" }, { "{\"a\":", "te vroeg" }, { "{\"a\":\"\\u0000\"}", "JSON" },
                { "", "JSON" }, { "[]", "geen object" }, { "{\"a\":1,\"a\":2}", "JSON" }, { "{\"gemeentecode\":\"GM0034\"", "JSON" }, { "{\"gemeentecode\":\"\xff\"}", "JSON" },
                { "{\"gemeentecode\":\"GM001\",\"periode\":\"2026-9\",\"cijfers\":[]}", "GM met vier cijfers" },
                { "{\"gemeentecode\":\"GM0599\",\"periode\":\"2026-Q3\",\"cijfers\":[]}", "levert niet voor deze gemeente" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":7}", "geen lijst" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":1e400}]}", "groter dan mogelijk" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":\"30\",\"extra\":1},{\"indicator\":\"XX\"}]}", "cijfers/0/extra" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":\"30\",\"extra\":1},{\"indicator\":\"XX\"}]}", "cijfers/1/indicator" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":-1},{\"indicator\":\"SHV03\",\"teller\":5,\"noemer\":2}]}", "kleiner dan 0" },
                { "{\"gemeentecode\":\"GM0034\",\"periode\":\"2026-Q3\",\"cijfers\":[{\"indicator\":\"SHV01\",\"teller\":-1},{\"indicator\":\"SHV03\",\"teller\":5,\"noemer\":2}]}", "groter dan de noemer" },
        };
        _cleanup_(town_close) struct town t;
        town(&t, state);
        struct str key = made_key(&t, somebody_with(&t.h, "baas", "organisatiebeheerder", t.almere));
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct reply r = push(&t, key, cases[i].body);
                if (r.e != OK || r.rs.status != 400 || !has(r, cases[i].what))
                        fail_msg("%s: %d %.*s", cases[i].body, r.rs.status, STR(r.html));
        }
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery"), 0);
        test_script(t.h.db, "UPDATE delivery_key SET uses = 1000");
        assert_int_equal(push(&t, key, GOOD).rs.status, 429);
}

static void counts_from_ddas_become_a_draft(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        struct reply r = ask(&t, t.jo, POST, "/aanleveren/{organisatie}/ddas", S(""), S("aggregates=gemeentecode%2Cindicator%2Cperiode%2Cvolledig%2Cdetail%2Cteller%2Cnoemer%2Csom%2Cn%0A"
                "GM0034%2CSHV01%2C2026-Q3%2Cja%2C%2C30%2C%2C%2C%0AGM0034%2CSHV03%2C2026-Q3%2Cja%2C%2C15%2C20%2C%2C%0AGM0034%2CSHV03%2C2026-Q3%2Cja%2Cklasse+1-7%2C5%2C20%2C%2C%0A"
                "Onbekend%2CSHV01%2C2026-Q3%2Cja%2C%2C2%2C%2C%2C%0AGM0034%2CSHV01%2C2026-Q4%2Cnee%2C%2C3%2C%2C%2C%0A"), S(""), S(""));
        assert_int_equal(r.e, OK);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery WHERE way = 'ddas' AND state = 'draft'"), 1);
        assert_int_equal(count(&t, "SELECT count(*) FROM delivery_figure"), 2);
        r = ask(&t, t.jo, POST, "/aanleveren/{organisatie}/ddas", S(""), S("aggregates=gemeentecode%2Cindicator%2Cperiode%2Cteller%0AGM0599%2CSHV01%2C2026-3%2C1%0A"), S(""), S(""));
        assert_true(r.e == ERR_INVALID && has(r, "GM0599"));
}

static void statements_work_here(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        assert_int_equal(test_statements(t.h.db, delivery_statements), 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_work_here), TEST_BOTH(a_form_with_mistakes_is_mended_delivered_and_approved), TEST_BOTH(a_correction_has_a_reason_and_a_history),
                TEST_BOTH(two_people_at_once), TEST_BOTH(older_figures_are_corrected), TEST_BOTH(who_delivered_hears_that_it_comes_back), TEST_BOTH(who_may_what), TEST_BOTH(what_does_not_take_part_or_is_not_over), TEST_BOTH(a_program_delivers_with_a_key),
                TEST_BOTH(a_year_is_delivered_by_itself), TEST_BOTH(a_program_hears_all_mistakes), TEST_BOTH(counts_from_ddas_become_a_draft),
        };
        return cmocka_run_group_tests_name("delivery-room", tests, NULL, NULL);
}
