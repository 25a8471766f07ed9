/* Leases, back-off and planning with a clock of our own, on both stores. */
#include "testing.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include "internal.h"
#include "jobs.sql.h"
#include "schema.h"
#include "writer.h"

#define MINUTE ((int64_t) 60000)
#define HOUR (60 * MINUTE)
#define START ((int64_t) 1790000000000)         /* 2026-09-21 14:13:20 UTC */

/* What the jobs of these tests share; the clock is atomic because the worker may be a thread. */
struct bench {
        struct test_store *s;
        struct writer *w;
        _Atomic int64_t now;
        _Atomic int ran, failures;
        struct str last_payload;
        int last_attempt;
        char kept[64];
        enum err extended;
        int64_t jump;
        sem_t entered, open;
};

static int64_t bench_now(void *app) {
        return ((struct bench *) app)->now;
}

static enum err run_note(struct job_context *c) {
        struct bench *b = c->app;
        b->ran++;
        b->last_attempt = c->attempt;
        size_t n = c->payload.n < sizeof b->kept ? c->payload.n : sizeof b->kept;
        for (size_t i = 0; i < n; i++)
                b->kept[i] = c->payload.p[i];
        b->last_payload = (struct str) { b->kept, n };
        return OK;
}

/* For jobs that run in several threads. */
static enum err run_count(struct job_context *c) {
        ((struct bench *) c->app)->ran++;
        return OK;
}

static enum err run_fail(struct job_context *c) {
        struct bench *b = c->app;
        b->ran++;
        if (b->failures-- <= 0)
                return OK;
        c->why = str_fmt(c->arena, "poging %d", c->attempt);
        return ERR_BUSY;
}

static enum err write_setting(struct db *db, void *arg) {
        static const struct db_stmt st = { "INSERT INTO setting(key, value) VALUES ($1, 'x')", "test:setting(t)", 1 };
        struct db_val v[] = { db_val_str(*(struct str *) arg) };
        return db_exec(db, &st, v, 1);
}

static enum err run_write(struct job_context *c) {
        ((struct bench *) c->app)->ran++;
        assert_int_equal(db_begin(c->db), OK);          /* left open: the worker must clean up */
        assert_int_equal(test_number(c->db, "SELECT count(*) FROM setting"), 0);
        return writer_run(c->writer, write_setting, &c->payload);
}

/* Runs so long that another process takes over. */
static enum err run_slow(struct job_context *c) {
        struct bench *b = c->app;
        b->ran++;
        b->now += b->jump;
        struct jobs *other = NULL;
        bool worked = false;
        struct jobs_config config = { .database = b->s->url, .writer = c->writer, .app = b, .now = bench_now,
                                      .kinds = (const struct job_kind[]) { { .name = "traag", .run = run_note }, { 0 } } };
        assert_int_equal(jobs_open(&other, &config), OK);
        if (b->jump < HOUR)
                b->extended = job_extend(c);
        b->now += b->jump;
        assert_int_equal(jobs_step(other, &worked), OK);
        jobs_close(other);
        if (b->jump >= HOUR)
                b->extended = job_extend(c);
        return ERR_INTERNAL;
}

static enum err run_wait(struct job_context *c) {
        struct bench *b = c->app;
        sem_post(&b->entered);
        sem_wait(&b->open);
        b->ran++;
        return job_should_stop(c) ? OK : ERR_INTERNAL;
}

static const struct job_kind kinds[] = {
        { .name = "noteer", .run = run_note }, { .name = "faal", .run = run_fail },
        { .name = "schrijf", .run = run_write }, { .name = "traag", .run = run_slow }, { .name = "wacht", .run = run_wait }, { 0 },
};
static const struct job_kind periodic[] = {
        { .name = "elk-uur", .run = run_note, .every_ms = HOUR },
        { .name = "nacht", .run = run_fail, .daily = true, .hour = 3 },
        { 0 },
};

static struct jobs_config config_of(struct bench *b, const struct job_kind *k) {
        return (struct jobs_config) { .database = b->s->url, .writer = b->w, .kinds = k, .app = b, .now = bench_now,
                                      .poll_ms = 5 };
}

static void begin(struct bench *b, void **state) {
        *b = (struct bench) { .s = test_store(state), .now = START };
        struct db *db = test_open(b->s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        db_close(db);
        assert_int_equal(writer_start(&b->w, b->s->url, 2), OK);
        sem_init(&b->entered, 0, 0);
        sem_init(&b->open, 0, 0);
}

struct enqueue {
        const char *kind;
        struct str payload;
        int64_t at;
};

static enum err run_enqueue(struct db *db, void *arg) {
        struct enqueue *q = arg;
        return jobs_enqueue(db, q->kind, q->payload, q->at);
}

static void enqueue(struct bench *b, const char *kind, struct str payload, int64_t at) {
        assert_int_equal(writer_run(b->w, run_enqueue, &(struct enqueue) { kind, payload, at }), OK);
}

static bool step(struct jobs *j) {
        bool worked = false;
        assert_int_equal(jobs_step(j, &worked), OK);
        return worked;
}

static struct jobs_counts counts(struct bench *b) {
        _cleanup_(db_closep) struct db *db = test_open(b->s, DB_READ);
        struct jobs_counts c;
        assert_int_equal(jobs_count(db, &b->s->arena, &c), OK);
        return c;
}

static void every_statement_prepares(void **state) {
        struct bench b;
        begin(&b, state);
        _cleanup_(db_closep) struct db *db = test_open(b.s, DB_READ);
        assert_int_equal(test_statements(db, jobs_statements), 0);
        writer_stop(b.w);
}

static void jobs_run_in_time_and_order(void **state) {
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        struct jobs_config c = config_of(&b, kinds);
        assert_int_equal(jobs_open(&j, &c), OK);
        assert_false(step(j));
        enqueue(&b, "noteer", S("later"), START + MINUTE);
        enqueue(&b, "noteer", S("nu"), 0);
        assert_true(step(j));
        assert_true(str_eq(b.last_payload, S("nu")) && b.last_attempt == 1);
        assert_false(step(j));
        b.now += MINUTE;
        assert_true(step(j));
        assert_true(str_eq(b.last_payload, S("later")));
        assert_int_equal(counts(&b).done, 2);
        b.now += (int64_t) 8 * 24 * HOUR;
        assert_false(step(j));
        assert_int_equal(counts(&b).done, 0);
        jobs_close(j);
        writer_stop(b.w);
}

static void jobs_write_through_the_writer(void **state) {
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        struct jobs_config c = config_of(&b, kinds);
        assert_int_equal(jobs_open(&j, &c), OK);
        enqueue(&b, "schrijf", S("sleutel"), 0);
        assert_true(step(j));
        assert_int_equal(counts(&b).done, 1);
        assert_false(step(j));
        jobs_close(j);
        writer_stop(b.w);
}

static void failures_wait_longer_and_die(void **state) {
        static const int64_t wait[] = { 1 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR };
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        struct jobs_config c = config_of(&b, kinds);
        assert_int_equal(jobs_open(&j, &c), OK);
        b.failures = 5;
        enqueue(&b, "faal", S(""), 0);
        for (int i = 0; i < 4; i++) {
                assert_true(step(j));
                b.now += wait[i] - 1;
                assert_false(step(j));
                b.now += 1;
        }
        assert_int_equal(counts(&b).waiting, 1);
        assert_true(step(j));
        assert_int_equal(b.ran, 5);
        assert_int_equal(counts(&b).dead, 1);
        b.now += 100 * HOUR;
        assert_false(step(j));
        struct db *db = test_open(b.s, DB_READ);
        assert_int_equal(test_number(db, "SELECT count(*) FROM job WHERE state = 'dead' AND last_error = 'poging 5' AND "
                                         "attempts = 5"), 1);
        db_close(db);
        writer_stop(b.w);
        jobs_close(j);
}

static void unknown_kind_waits_for_a_program_that_knows_it(void **state) {
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        struct jobs_config c = config_of(&b, periodic);
        assert_int_equal(jobs_open(&j, &c), OK);
        enqueue(&b, "noteer", S("x"), 0);
        assert_true(step(j));
        assert_int_equal(counts(&b).waiting, 3);
        jobs_close(j);
        c.kinds = kinds;
        assert_int_equal(jobs_open(&j, &c), OK);
        b.now += MINUTE;
        assert_true(step(j));
        assert_int_equal(b.ran, 1);
        jobs_close(j);
        writer_stop(b.w);
}

static enum err lease_and_vanish(struct db *db, void *arg) {
        struct bench *b = arg;
        struct job_row row;
        bool found;
        enum err e = job_take(db, &b->s->arena, b->now, b->now + 10 * MINUTE, &row, &found);
        if (e == OK && !found)
                e = job_take_over(db, &b->s->arena, b->now, b->now + 10 * MINUTE, &row, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static void expired_leases_are_taken_over(void **state) {
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        struct jobs_config c = config_of(&b, kinds);
        assert_int_equal(jobs_open(&j, &c), OK);
        enqueue(&b, "noteer", S("x"), 0);
        assert_int_equal(writer_run(b.w, lease_and_vanish, &b), OK);
        assert_int_equal(counts(&b).running, 1);
        b.now += 10 * MINUTE - 1;
        assert_false(step(j));
        b.now += 1;
        assert_true(step(j));
        assert_int_equal(b.last_attempt, 2);
        assert_int_equal(counts(&b).done, 1);
        jobs_close(j);
        writer_stop(b.w);
}

static void job_that_ends_the_program_each_time_dies(void **state) {
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        struct jobs_config c = config_of(&b, kinds);
        assert_int_equal(jobs_open(&j, &c), OK);
        enqueue(&b, "noteer", S("x"), 0);
        for (int i = 0; i < 5; i++) {
                assert_int_equal(writer_run(b.w, lease_and_vanish, &b), OK);
                b.now += 10 * MINUTE;
        }
        assert_false(step(j));
        assert_int_equal(b.ran, 0);
        assert_int_equal(counts(&b).dead, 1);
        jobs_close(j);
        writer_stop(b.w);
}

static void slow_job(void **state, int64_t jump, int ran, enum err extended, int64_t done) {
        struct bench b;
        struct jobs *j;
        begin(&b, state);
        b.jump = jump;
        struct jobs_config c = config_of(&b, kinds);
        assert_int_equal(jobs_open(&j, &c), OK);
        enqueue(&b, "traag", S(""), 0);
        assert_true(step(j));
        assert_int_equal(b.ran, ran);
        assert_int_equal(b.extended, extended);
        assert_int_equal(counts(&b).done, done);
        assert_int_equal(counts(&b).waiting, 1 - done);
        jobs_close(j);
        writer_stop(b.w);
}

/* The one that took over counts; the failure of the slow one changes nothing any more. */
static void late_result_is_ignored(void **state) {
        slow_job(state, HOUR, 2, ERR_CONFLICT, 1);
}

static void extended_lease_is_kept(void **state) {
        slow_job(state, 9 * MINUTE, 1, OK, 0);
}

static void turns_are_planned_once(void **state) {
        struct bench b;
        struct jobs *j[3];
        begin(&b, state);
        struct jobs_config c = config_of(&b, periodic);
        for (int i = 0; i < 3; i++)
                assert_int_equal(jobs_open(&j[i], &c), OK);
        for (int i = 0; i < 3; i++)
                assert_false(step(j[i]));
        assert_int_equal(counts(&b).waiting, 2);
        b.now = START - START % HOUR + HOUR;
        int worked = 0;
        for (int i = 0; i < 3; i++)
                worked += step(j[i]);
        assert_int_equal(worked, 1);
        b.now -= 2 * MINUTE;            /* a process whose clock is behind must not plan this turn again */
        for (int i = 0; i < 3; i++)
                assert_false(step(j[i]));
        b.now += 2 * MINUTE + 1;
        for (int i = 0; i < 3; i++)
                assert_false(step(j[i]));
        assert_int_equal(b.ran, 1);
        for (int hours = 0; hours < 24; hours++) {
                b.now += HOUR;
                for (int i = 0; i < 3; i++)
                        step(j[i]);
        }
        assert_int_equal(b.ran, 1 + 24 + 1);    /* the nightly one as well */
        for (int i = 0; i < 3; i++)
                jobs_close(j[i]);
        writer_stop(b.w);
}

struct racer {
        struct bench *b;
        struct jobs_config c;
};

static void *race(void *arg) {
        struct racer *r = arg;
        struct jobs *j = NULL;
        bool worked;
        enum err e = jobs_open(&j, &r->c);
        for (int i = 0; e == OK && i < 12; i++)
                e = jobs_step(j, &worked);
        jobs_close(j);
        return (void *) (intptr_t) e;
}

/* Processes on one PostgreSQL, each with its own writer, at the same moment. */
static void processes_race_for_jobs(void **state) {
        struct bench b;
        struct racer r[4];
        pthread_t t[4];
        begin(&b, state);
        for (int i = 0; i < 20; i++)
                enqueue(&b, "noteer", S("x"), 0);
        struct job_kind both[] = { { .name = "noteer", .run = run_count }, periodic[0], { 0 } };
        for (int i = 0; i < 4; i++) {
                r[i] = (struct racer) { &b, config_of(&b, both) };
                if (b.s->postgres)
                        assert_int_equal(writer_start(&r[i].c.writer, b.s->url, 1), OK);
                assert_int_equal(pthread_create(&t[i], NULL, race, &r[i]), 0);
        }
        for (int i = 0; i < 4; i++) {
                void *e;
                pthread_join(t[i], &e);
                assert_null(e);
                if (b.s->postgres)
                        writer_stop(r[i].c.writer);
        }
        assert_int_equal(b.ran, 20);
        assert_int_equal(counts(&b).done, 20);
        assert_int_equal(counts(&b).waiting, 1);
        writer_stop(b.w);
}

static void stop_finishes_the_running_job(void **state) {
        struct bench b;
        struct jobs *j;
        pthread_t t;
        begin(&b, state);
        struct jobs_config c = config_of(&b, kinds);
        enqueue(&b, "wacht", S(""), 0);
        enqueue(&b, "noteer", S("hierna"), START + 1);
        assert_int_equal(jobs_start(&j, &c), OK);
        sem_wait(&b.entered);
        assert_int_equal(pthread_create(&t, NULL, (void *(*)(void *)) (void *) jobs_stop, j), 0);
        while (!job_should_stop(&(struct job_context) { .jobs = j }))
                ;
        sem_post(&b.open);
        pthread_join(t, NULL);
        assert_int_equal(b.ran, 1);
        assert_int_equal(counts(&b).done, 1);
        assert_int_equal(counts(&b).waiting, 1);
        jobs_stop(NULL);
        writer_stop(b.w);
}

static void turns_fall_on_their_time(void **state) {
        const struct job_kind hourly = { .every_ms = HOUR }, night = { .daily = true, .hour = 3 };
        (void) state;
        assert_true(jobs_next_turn(&hourly, 10 * HOUR) == 11 * HOUR);
        assert_true(jobs_next_turn(&hourly, 10 * HOUR + 1) == 11 * HOUR);
        assert_true(jobs_next_turn(&night, 0) == 3 * HOUR);
        assert_true(jobs_next_turn(&night, 3 * HOUR - 1) == 3 * HOUR);
        assert_true(jobs_next_turn(&night, 3 * HOUR) == 27 * HOUR);
        struct jobs *j = NULL;
        const struct job_kind twice[] = { { .name = "a", .run = run_note }, { .name = "a", .run = run_note }, { 0 } };
        const struct job_kind late[] = { { .name = "a", .run = run_note, .daily = true, .hour = 24 }, { 0 } };
        assert_int_equal(jobs_open(&j, &(struct jobs_config) { .kinds = twice }), ERR_INTERNAL);
        assert_int_equal(jobs_open(&j, &(struct jobs_config) { .kinds = late }), ERR_INTERNAL);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(every_statement_prepares), TEST_BOTH(jobs_run_in_time_and_order),
                TEST_BOTH(jobs_write_through_the_writer), TEST_BOTH(failures_wait_longer_and_die),
                TEST_BOTH(unknown_kind_waits_for_a_program_that_knows_it), TEST_BOTH(expired_leases_are_taken_over),
                TEST_BOTH(job_that_ends_the_program_each_time_dies), TEST_BOTH(late_result_is_ignored),
                TEST_BOTH(extended_lease_is_kept), TEST_BOTH(turns_are_planned_once), TEST_BOTH(processes_race_for_jobs),
                TEST_BOTH(stop_finishes_the_running_job), cmocka_unit_test(turns_fall_on_their_time),
        };
        return cmocka_run_group_tests_name("jobs", tests, NULL, NULL);
}
