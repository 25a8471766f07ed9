/* The reminder of every morning, on both stores: who gets one, when, and never twice. */
#include "people_testing.h"
#include "benchmark_delivered.h"
#include "clock.h"
#include "delivery.h"
#include "jobs.h"
#include "people_mail.h"
#include "writer.h"

/* The third quarter of 2026 can be delivered up to and including 11 November. */
#define QUARTER 20263

struct town {
        struct house h;
        int64_t almere, jo;
};

static int64_t office(struct town *t, const char *name, const char *place) {
        int64_t id = 0;
        struct str at = str_of(place);
        struct organisation_new o = { .name = str_of(name), .kind = S("gemeente"), .places = &at, .places_n = 1 };
        assert_int_equal(organisation_make(t->h.db, &t->h.s->arena, &o, NOW, &id), OK);
        return id;
}

static void takes_part(struct town *t, const char *region, int64_t since, int64_t until) {
        assert_int_equal(TX(&t->h, benchmark_put_participant(t->h.db, true, (struct participant) { str_of(region), since, until })), OK);
}

/* Almere takes part: two who deliver (kim wants no such mail), somebody who is blocked, and an adviser. Rotterdam does not, Utrecht stopped. */
static void town(struct town *t, void **state) {
        *t = (struct town) { 0 };
        house_open(&t->h, state);
        t->h.site.is_demo = true;
        t->h.site.origin = S("https://schouders.example");
        test_script(t->h.db, "INSERT INTO municipality(id, code, name, slug, sort_key, province_code, province, begins_on) VALUES"
                " (1, 'GM0034', 'Almere', 'almere', 'almere', 'PV24', 'Flevoland', '1984-01-01'), (2, 'GM0599', 'Rotterdam', 'rotterdam', 'rotterdam', 'PV28', 'Zuid-Holland', '1500-01-01'),"
                " (3, 'GM0344', 'Utrecht', 'utrecht', 'utrecht', 'PV26', 'Utrecht', '1500-01-01')");
        t->almere = office(t, "Gemeente Almere", "GM0034");
        t->jo = somebody_with(&t->h, "jo", "aanleveraar", t->almere);
        int64_t kim = somebody_with(&t->h, "kim", "aanleveraar", t->almere), gone = somebody_with(&t->h, "weg", "aanleveraar", t->almere);
        somebody_with(&t->h, "mo", "beleidsadviseur", t->almere);
        somebody_with(&t->h, "ro", "aanleveraar", office(t, "Gemeente Rotterdam", "GM0599"));
        somebody_with(&t->h, "ut", "aanleveraar", office(t, "Gemeente Utrecht", "GM0344"));
        struct req rq = request(&t->h, NOW);
        assert_int_equal(TX(&t->h, people_set_mail(&rq, kim, S(MAIL_DELIVERY), false)), OK);
        test_script(t->h.db, str_fmt(&t->h.s->arena, "UPDATE person SET blocked_ms = 1 WHERE id = %lld; DELETE FROM mail_outbox", (long long) gone).p);
        takes_part(t, "GM0034", 20251, 0);
        takes_part(t, "GM0344", 20251, 20261);
}

static void town_close(struct town *t) {
        house_close(&t->h);
}

/* The job, at eight in the morning of DAY; how many letters there are then in all. */
static int64_t letters_on(struct town *t, const char *day) {
        struct writer *w = NULL;
        db_close(t->h.db);              /* SQLite has one writer */
        assert_int_equal(writer_start(&w, t->h.s->url, 1), OK);
        struct job_context c = { .writer = w, .arena = &t->h.s->arena, .now_ms = clock_dutch_midnight(str_of(day), 0) + 8 * HOUR, .app = &t->h.site };
        assert_int_equal(delivery_remind_run(&c), OK);
        writer_stop(w);
        t->h.db = test_open(t->h.s, DB_WRITE);
        return test_number(t->h.db, "SELECT count(*) FROM mail_outbox");
}

static void two_weeks_before_and_three_days_before(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        assert_int_equal(letters_on(&t, "2026-10-27"), 0);      /* too early */
        assert_int_equal(letters_on(&t, "2026-10-28"), 1);
        assert_int_equal(test_number(t.h.db, str_fmt(&t.h.s->arena, "SELECT count(*) FROM mail_outbox WHERE person_id = %lld AND to_address = 'jo@voorbeeld.nl'"
                " AND kind = '" MAIL_DELIVERY "' AND text LIKE '%%3e kwartaal 2026%%' AND text LIKE '%%11 november 2026%%'"
                " AND text LIKE '%%/aanleveren/gemeente-almere/almere/2026-Q3%%' AND list_unsubscribe <> ''", (long long) t.jo).p), 1);
        assert_int_equal(letters_on(&t, "2026-10-28"), 1);      /* the job twice on a day */
        assert_int_equal(letters_on(&t, "2026-11-07"), 1);
        assert_int_equal(letters_on(&t, "2026-11-08"), 2);
        assert_int_equal(letters_on(&t, "2026-11-11"), 2);
        assert_int_equal(letters_on(&t, "2026-11-12"), 2);      /* too late */
}

/* A morning without the job: the letter comes the next one, and the second one at its own time. */
static void a_missed_morning_is_made_up_for(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        assert_int_equal(letters_on(&t, "2026-11-02"), 1);
        assert_int_equal(letters_on(&t, "2026-11-10"), 2);
}

static void delivery(struct town *t, const char *how) {
        test_script(t->h.db, str_fmt(&t->h.s->arena, "INSERT INTO delivery(region, period, organisation_id, revision, state, stand, way, reason, returned, asked, started_ms)"
                " VALUES ('GM0034', %d, %lld, 1, '%s', 1, 'formulier', '', '', '', 1)", QUARTER, (long long) t->almere, how).p);
}

static void who_delivered_hears_nothing(void **state) {
        static const struct { const char *how; int letters; } cases[] = { { "draft", 1 }, { "delivered", 0 }, { "approved", 0 }, { "dropped", 1 } };
        _cleanup_(town_close) struct town t;
        town(&t, state);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                test_script(t.h.db, "DELETE FROM delivery; DELETE FROM delivery_reminder; DELETE FROM mail_outbox");
                delivery(&t, cases[i].how);
                int64_t got = letters_on(&t, "2026-10-28");
                if (got != cases[i].letters)
                        fail_msg("%s: %lld letters", cases[i].how, (long long) got);
        }
        test_script(t.h.db, "DELETE FROM delivery; DELETE FROM delivery_reminder; DELETE FROM mail_outbox");
        struct delivered counted = { S("SHV01"), S("GM0034"), S(""), QUARTER, 12, 100, 0, S(""), S("") };
        assert_int_equal(TX(&t.h, benchmark_put_delivered(t.h.db, &t.h.s->arena, true, &counted, 1, NOW)), OK);
        assert_int_equal(letters_on(&t, "2026-10-28"), 0);      /* what counts came in another way */
}

/* In January the last quarter and the year are due on one day: a letter for each. */
static void the_year_is_asked_for_as_well(void **state) {
        _cleanup_(town_close) struct town t;
        town(&t, state);
        assert_int_equal(letters_on(&t, "2027-01-28"), 2);
        assert_int_equal(test_number(t.h.db, "SELECT count(*) FROM mail_outbox WHERE text LIKE '%/almere/2026-Q4%'"), 1);
        assert_int_equal(test_number(t.h.db, "SELECT count(*) FROM mail_outbox WHERE text LIKE '%/almere/2026%' AND text NOT LIKE '%/almere/2026-Q%'"), 1);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(two_weeks_before_and_three_days_before), TEST_BOTH(a_missed_morning_is_made_up_for),
                TEST_BOTH(who_delivered_hears_nothing), TEST_BOTH(the_year_is_asked_for_as_well) };
        return cmocka_run_group_tests_name("delivery reminders", tests, NULL, NULL);
}
