/* The mail of what stands out, on both stores: who gets it, when, and never more than once a month. */
#include "people_testing.h"
#include <math.h>
#include "benchmark_delivered.h"
#include "benchmark_release.h"
#include "clock.h"
#include "comparing.h"
#include "jobs.h"
#include "people_mail.h"
#include "writer.h"

#define PLACES 20

struct land {
        struct house h;
        int64_t ada, bea, cem;          /* ada follows the first municipality, bea the second, cem too but wants no mail */
};

/* Twenty municipalities at 30 %, the first at SHARE: higher is worse. A release on DAY. */
static void release(struct land *f, int share, const char *day) {
        struct delivered d[PLACES];
        struct release_request r = { .fictitious = true, .through = 20261, .note = S("proef"), .threads = 1 };
        int64_t at = clock_dutch_midnight(str_of(day), 0) + 12 * HOUR, id;
        struct arena *a = &f->h.s->arena;
        for (int i = 0; i < PLACES; i++)
                d[i] = (struct delivered) { S("SHV10"), str_fmt(a, "GM%04d", i + 1), S(""), 20261, i ? 110 + i : 4 * share, 400, (double) NAN, S(""), S("") };
        assert_int_equal(TX(&f->h, benchmark_put_delivered(f->h.db, a, true, d, PLACES, at)), OK);
        assert_int_equal(TX(&f->h, benchmark_release(f->h.db, a, &r, at, &id)), OK);
}

static void follow(struct land *f, int64_t person, const char *region) {
        test_script(f->h.db, str_fmt(&f->h.s->arena, "INSERT INTO figures_follow(person_id, region, since_ms, told) VALUES (%lld, '%s', 1, 0)", (long long) person, region).p);
}

static void land(struct land *f, void **state) {
        *f = (struct land) { 0 };
        house_open(&f->h, state);
        f->h.site.is_demo = true;
        f->h.site.origin = S("https://schouders.example");
        test_script(f->h.db, "INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, phase, theme, scope,"
                " period_kind, source, source_url, licence, note, note_html, fictitious) VALUES ('SHV10', 'shv10', 1, 'Uitval', 'd', 't', 'n', 'procent', 'proportion', 0, 'lower', '', 'hulp',"
                " 'municipality', 'k', 's', '', '', '', '', 1);"
                "INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, definition, numerator_text, denominator_text)"
                " VALUES ('SHV10', 1, 'o', '2027-01-01', 'quarter', 'ratio', 'Uitval', 'd', 't', 'n')");
        for (int i = 1; i <= PLACES; i++) {
                test_script(f->h.db, str_fmt(&f->h.s->arena, "INSERT INTO municipality(id, code, name, slug, sort_key, province_code, province, begins_on) VALUES"
                        " (%d, 'GM%04d', 'Plaats %d', 'plaats-%d', 'plaats %02d', 'PV1', 'Test', '2016-01-01');"
                        "INSERT INTO municipality_year(municipality_id, year, inhabitants) VALUES (%d, 2026, 10000)", i, i, i, i, i, i).p);
                assert_int_equal(TX(&f->h, benchmark_put_participant(f->h.db, true, (struct participant) { str_fmt(&f->h.s->arena, "GM%04d", i), 20251, 0 })), OK);
        }
        f->ada = somebody(&f->h, "ada");
        f->bea = somebody(&f->h, "bea");
        f->cem = somebody(&f->h, "cem");
        struct req rq = request(&f->h, NOW);
        assert_int_equal(TX(&f->h, people_set_mail(&rq, f->cem, S(MAIL_FIGURES), false)), OK);
        follow(f, f->ada, "GM0001");
        follow(f, f->bea, "GM0002");
        follow(f, f->cem, "GM0001");
        test_script(f->h.db, "DELETE FROM mail_outbox");
}

static void land_close(struct land *f) {
        house_close(&f->h);
}

static int64_t morning;
static int64_t clock_of_morning(void *app) {
        (void) app;
        return morning;
}

/* The job, at six in the morning of DAY; how many letters there are then in all. */
static int64_t letters_on(struct land *f, const char *day) {
        static const struct job_kind kinds[] = { { .name = "figures-mail", .run = figures_mail_run }, { 0 } };
        struct jobs_config c = { .database = f->h.s->url, .kinds = kinds, .now = clock_of_morning, .app = &f->h.site };
        struct jobs *j = NULL;
        bool worked = true;
        morning = clock_dutch_midnight(str_of(day), 0) + 6 * HOUR;
        assert_int_equal(TX(&f->h, jobs_enqueue(f->h.db, "figures-mail", S(""), morning)), OK);
        db_close(f->h.db);              /* SQLite has one writer */
        assert_int_equal(writer_start(&c.writer, f->h.s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        while (worked)
                assert_int_equal(jobs_step(j, &worked), OK);
        jobs_close(j);
        writer_stop(c.writer);
        f->h.db = test_open(f->h.s, DB_WRITE);
        assert_int_equal(test_number(f->h.db, "SELECT count(*) FROM job WHERE kind = 'figures-mail' AND state <> 'done'"), 0);
        return test_number(f->h.db, "SELECT count(*) FROM mail_outbox");
}

static void what_stands_out_is_told_once_on_the_first_of_the_month(void **state) {
        _cleanup_(land_close) struct land f;
        land(&f, state);
        release(&f, 60, "2026-05-04");
        assert_int_equal(letters_on(&f, "2026-05-31"), 0);
        assert_int_equal(letters_on(&f, "2026-06-01"), 1);
        assert_int_equal(test_number(f.h.db, str_fmt(&f.h.s->arena, "SELECT count(*) FROM mail_outbox WHERE person_id = %lld AND kind = '" MAIL_FIGURES "' AND text LIKE '%%Plaats 1%%'"
                " AND text LIKE '%%Uitval%%' AND list_unsubscribe <> ''", (long long) f.ada).p), 1);
        assert_int_equal(letters_on(&f, "2026-06-01"), 1);      /* the job twice on a day */
        assert_int_equal(letters_on(&f, "2026-07-01"), 1);      /* nothing new */
}

static void two_releases_in_a_month_are_one_letter(void **state) {
        _cleanup_(land_close) struct land f;
        land(&f, state);
        release(&f, 60, "2026-05-04");
        release(&f, 62, "2026-05-20");
        assert_int_equal(letters_on(&f, "2026-06-03"), 1);      /* two mornings were missed */
        assert_int_equal(test_number(f.h.db, "SELECT count(*) FROM mail_outbox WHERE text LIKE '%62%%'"), 1);
        release(&f, 64, "2026-06-03");
        assert_int_equal(letters_on(&f, "2026-06-30"), 1);
        assert_int_equal(letters_on(&f, "2026-07-01"), 2);
}

static void noise_stays_quiet(void **state) {
        _cleanup_(land_close) struct land f;
        land(&f, state);
        release(&f, 30, "2026-05-04");
        assert_int_equal(letters_on(&f, "2026-06-01"), 0);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(what_stands_out_is_told_once_on_the_first_of_the_month), TEST_BOTH(two_releases_in_a_month_are_one_letter),
                TEST_BOTH(noise_stays_quiet) };
        return cmocka_run_group_tests_name("comparing-notable", tests, NULL, NULL);
}
