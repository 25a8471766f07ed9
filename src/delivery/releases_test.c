/* Releases from the office, on both stores: asked for, followed, made by the job, failed and asked again. */
#include "room_testing.h"
#include <math.h>
#include "benchmark_release.h"
#include "delivery.h"
#include "jobs.h"
#include "writer.h"

#define PAGE "/beheer/uitgaven"
#define MADE "SELECT count(*) FROM release WHERE made_at > 0"

struct office {
        struct town t;
        int64_t pien;
        int64_t now;
};

static void office(struct office *o, void **state) {
        town(&o->t, state);
        o->now = TODAY;
        o->pien = somebody_with(&o->t.h, "pien", "programmamanager", o->t.almere);
        test_script(o->t.h.db, "INSERT INTO municipality_year(municipality_id, year, inhabitants) VALUES (1, 2025, 220000), (2, 2025, 660000)");
        struct delivered d = { S("SHV03"), S("GM0034"), S(""), 20263, 30, 40, (double) NAN, S("gesprek=intake"), S("") };
        assert_int_equal(TX(&o->t.h, benchmark_put_delivered(o->t.h.db, &o->t.h.s->arena, true, &d, 1, TODAY)), OK);
}
static void office_close(struct office *o) {
        town_close(&o->t);
}

static struct reply look(struct office *o) {
        return ask(&o->t, o->pien, GET, PAGE, S(""), S(""), S(""), S(""));
}
static struct reply want(struct office *o, const char *fields) {
        return ask(&o->t, o->pien, POST, PAGE, S(""), str_of(fields), S(""), S(""));
}

static int64_t now_of(void *app) {
        return ((struct office *) app)->now;
}

/* Runs what is due. The writer has a connection of its own, so that of the test closes for a moment. */
static void work(struct office *o) {
        static const struct job_kind kinds[] = { DELIVERY_RELEASE_JOB, { 0 } };
        struct jobs *j = NULL;
        struct jobs_config c = { .database = o->t.h.s->url, .kinds = kinds, .now = now_of, .app = o };
        bool worked = true;
        db_closep(&o->t.h.db);
        assert_int_equal(writer_start(&c.writer, o->t.h.s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        while (worked)
                assert_int_equal(jobs_step(j, &worked), OK);
        jobs_close(j);
        writer_stop(c.writer);
        o->t.h.db = test_open(o->t.h.s, DB_WRITE);
}

static void asked_followed_and_made(void **state) {
        _cleanup_(office_close) struct office o;
        office(&o, state);
        assert_true(has(look(&o), "Maak de uitgave</button>"));
        struct reply r = want(&o, "tot=20263&zeker=ja&toelichting=Eerste&leden=shv01");
        assert_true(r.rs.status == 303 && str_ends(r.rs.location, S("gedaan=uitgave-gevraagd")));
        assert_int_equal(count(&o.t, MADE), 0);
        r = look(&o);
        assert_true(has(r, "De uitgave wacht op haar beurt") && has(r, "Ververs deze pagina") && has(r, "Er is nog geen uitgave."));
        assert_false(has(r, "Maak de uitgave</button>"));
        test_script(o.t.h.db, "UPDATE release SET phase = 1, done = 3, total = 11, began_at = 1795305600000");
        assert_true(has(look(&o), "3 van 11 jaren zijn klaar") && has(look(&o), "Begonnen op 22 november 2026"));
        work(&o);
        assert_int_equal(count(&o.t, MADE), 1);
        assert_int_equal(count(&o.t, "SELECT made_at FROM release"), TODAY);
        assert_int_equal(count(&o.t, "SELECT count(*) FROM release_indicator WHERE audience = 'members'"), 1);
        r = look(&o);
        assert_true(has(r, "Uitgave 1, tot en met het 3e kwartaal van 2026") && has(r, "Eerste") && has(r, "Maak de uitgave</button>"));
        assert_false(has(r, "Ververs deze pagina"));
        assert_true(has(want(&o, "tot=20263&zeker=ja&toelichting=Nog+een"), "Sinds de vorige uitgave is niets veranderd"));
}

static void two_who_ask_get_one(void **state) {
        _cleanup_(office_close) struct office o;
        office(&o, state);
        assert_int_equal(want(&o, "tot=20263&zeker=ja&toelichting=Eerste").e, OK);
        struct reply r = want(&o, "tot=20263&zeker=ja&toelichting=Tweede");
        assert_true(r.e == ERR_INVALID && r.rs.status == 422 && has(r, "Er wordt al een uitgave gemaakt"));
        assert_int_equal(count(&o.t, "SELECT count(*) FROM job WHERE kind = '" RELEASE_KIND "'"), 1);
        work(&o);
        assert_int_equal(count(&o.t, "SELECT count(*) FROM release"), 1);
        assert_true(has(look(&o), "Eerste") && !has(look(&o), "Tweede"));
}

static void what_fails_is_told_and_asked_again(void **state) {
        _cleanup_(office_close) struct office o;
        office(&o, state);
        assert_int_equal(want(&o, "tot=20263&zeker=ja&toelichting=Eerste&leden=shv01").e, OK);
        test_script(o.t.h.db, "ALTER TABLE release_series RENAME TO away");
        work(&o);
        assert_int_equal(count(&o.t, MADE), 0);
        assert_int_equal(count(&o.t, "SELECT count(*) FROM figure"), 0);
        struct reply r = look(&o);
        assert_true(has(r, "is niet gemaakt") && has(r, "Er ging iets mis in het programma") && has(r, "Wij proberen het straks vanzelf opnieuw"));
        assert_true(has(r, "value=\"Eerste\"") && has(r, "value=\"shv01\" checked"));
        test_script(o.t.h.db, "ALTER TABLE away RENAME TO release_series");
        o.now += 1000;
        assert_int_equal(want(&o, "tot=20263&zeker=ja&toelichting=Opnieuw").e, OK);
        work(&o);
        assert_int_equal(count(&o.t, MADE), 1);
        o.now += 10 * MINUTE;   /* the first job gets another turn, and finds nothing to do */
        work(&o);
        assert_int_equal(count(&o.t, "SELECT count(*) FROM job WHERE state <> 'done'"), 0);
        assert_int_equal(count(&o.t, "SELECT count(*) FROM release"), 1);
        assert_true(has(look(&o), "Opnieuw"));
}

static void a_job_that_ended_with_the_program_is_told(void **state) {
        _cleanup_(office_close) struct office o;
        office(&o, state);
        assert_int_equal(want(&o, "tot=20263&zeker=ja&toelichting=Eerste").e, OK);
        test_script(o.t.h.db, "UPDATE job SET state = 'dead', attempts = 5");
        struct reply r = look(&o);
        assert_true(has(r, "Het programma is gestopt terwijl het ermee bezig was") && has(r, "Maak de uitgave</button>"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(asked_followed_and_made), TEST_BOTH(two_who_ask_get_one), TEST_BOTH(what_fails_is_told_and_asked_again),
                TEST_BOTH(a_job_that_ended_with_the_program_is_told),
        };
        return cmocka_run_group_tests_name("delivery-releases", tests, NULL, NULL);
}
