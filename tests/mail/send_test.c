/* From the outbox to a real server, on both stores: retries, dead letters, and jobs that run twice. */
#include "testing.h"
#include "jobs.h"
#include "mail.h"
#include "mail.sql.h"
#include "schema.h"
#include "server.h"
#include "writer.h"

#define NOW ((int64_t) 1790000000000)
#define MINUTE ((int64_t) 60000)

struct bench {
        int64_t now;
        struct mailer *mailer;
        struct smtpd s;
        struct test_store *store;
        struct jobs_config c;
        struct jobs *j;
        int64_t id;
};

static int64_t bench_now(void *app) {
        return ((struct bench *) app)->now;
}

static enum err send_mail(struct job_context *c) {
        struct bench *b = c->app;
        return mail_send_with(c, b->mailer);
}
static const struct job_kind kinds[] = { { .name = MAIL_SEND_JOB, .run = send_mail }, { 0 } };

static void connect_to(struct bench *b) {
        struct mail_settings settings = { .host = S("127.0.0.1"), .port = b->s.port, .security = MAIL_PLAIN,
                                          .from_address = S("noreply@schouders.example"), .from_name = S("Schouders"),
                                          .timeout_ms = 20000 };
        assert_int_equal(mailer_open(&b->mailer, &settings), OK);
}

/* A store with one mail in it, and a server. */
static void begin(struct bench *b, void **state, const char *mode) {
        static const struct mail_new n = {
                .to_address = S_INIT("jan@gemeente.nl"), .to_name = S_INIT("Jan"), .kind = S_INIT("invitation"),
                .subject = S_INIT("Welkom"), .text = S_INIT("https://x.nl/geheim\n"), .html = S_INIT("<p>geheim</p>"),
                .list_unsubscribe = S_INIT("https://x.nl/af?t=geheim"), .now_ms = NOW,
        };
        *b = (struct bench) { .now = NOW, .store = test_store(state) };
        struct db *db = test_open(b->store, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(mail_queue(db, &b->store->arena, &n, &b->id), OK);
        assert_int_equal(db_commit(db), OK);
        db_close(db);
        smtpd_folder(&b->s);
        smtpd_start(&b->s, mode);
        connect_to(b);
        b->c = (struct jobs_config) { .database = b->store->url, .kinds = kinds, .now = bench_now, .app = b };
        assert_int_equal(writer_start(&b->c.writer, b->store->url, 1), OK);
        assert_int_equal(jobs_open(&b->j, &b->c), OK);
}

static void done(struct bench *b) {
        jobs_close(b->j);
        writer_stop(b->c.writer);
        mailer_close(b->mailer);
        smtpd_done(&b->s);
}

static bool step(struct bench *b) {
        bool worked = false;
        assert_int_equal(jobs_step(b->j, &worked), OK);
        return worked;
}

static struct mail_row row(struct bench *b) {
        struct mail_row r;
        struct db *db = test_open(b->store, DB_READ);
        assert_int_equal(mail_get(db, &b->store->arena, b->id, &r), OK);
        db_close(db);
        return r;
}

static int64_t number(struct bench *b, const char *sql) {
        struct db *db = test_open(b->store, DB_READ);
        int64_t n = test_number(db, sql);
        db_close(db);
        return n;
}

static bool is(struct str s, const char *want) {
        return str_eq(s, str_of(want));
}

static void sent_mail_keeps_no_links(void **state) {
        struct bench b;
        begin(&b, state, "accept");
        assert_true(step(&b));
        struct mail_row r = row(&b);
        assert_true(is(r.state, "sent") && r.text.n == 0 && r.html.n == 0 && r.list_unsubscribe.n == 0 && r.last_error.n == 0);
        assert_true(r.sent_ms.is_set && r.sent_ms.v == NOW && r.attempts == 1 && is(r.subject, "Welkom"));
        struct str mail = smtpd_read(&b.s, &b.store->arena, 1, "eml");
        assert_true(str_find(mail, S("geheim")) < mail.n && str_find(mail, S("To: \"Jan\" <jan@gemeente.nl>\r\n")) < mail.n);
        assert_false(step(&b));
        done(&b);
}

static void busy_server_is_asked_again(void **state) {
        struct bench b;
        begin(&b, state, "busy");
        for (int i = 0; i < 2; i++) {
                assert_true(step(&b));
                struct mail_row r = row(&b);
                assert_true(is(r.state, "waiting") && r.attempts == i + 1);
                assert_true(str_find(r.last_error, S("451 4.3.0 come back later")) < r.last_error.n);
                /* The list shows the moment at which the job really runs again. */
                assert_int_equal(r.next_ms, number(&b, "SELECT run_at_ms FROM job WHERE state = 'waiting'"));
                assert_false(step(&b));
                b.now = r.next_ms;
        }
        assert_true(step(&b));
        struct mail_row r = row(&b);
        assert_true(is(r.state, "sent") && r.attempts == 3 && r.sent_ms.v == NOW + 6 * MINUTE);
        assert_int_equal(smtpd_count(&b.s, &b.store->arena), 1);
        done(&b);
}

static void refused_mail_is_dead_at_once(void **state) {
        struct bench b;
        struct mail_brief_list l;
        begin(&b, state, "refuse");
        assert_true(step(&b));
        struct mail_row r = row(&b);
        assert_true(is(r.state, "dead") && r.attempts == 1 && str_find(r.last_error, S("550 5.1.1")) < r.last_error.n);
        assert_true(r.text.n > 0);      /* to send it again */
        assert_int_equal(number(&b, "SELECT count(*) FROM job WHERE state = 'done' AND last_error = ''"), 1);
        struct db *db = test_open(b.store, DB_READ);
        assert_int_equal(mail_list(db, &b.store->arena, S("dead"), 10, 0, &l), OK);
        assert_true(l.n == 1 && l.v[0].id == b.id);
        db_close(db);
        done(&b);
}

static enum err retry(struct db *db, void *arg) {
        struct bench *b = arg;
        return mail_retry(db, &b->store->arena, b->id, b->now);
}

static void five_failures_and_a_second_life(void **state) {
        struct bench b;
        begin(&b, state, "accept");
        smtpd_stop(&b.s);
        for (int i = 0; i < JOB_ATTEMPTS; i++) {
                assert_true(is(row(&b).state, "waiting"));
                assert_true(step(&b));
                b.now += 120 * MINUTE;
        }
        struct mail_row r = row(&b);
        assert_true(is(r.state, "dead") && r.attempts == JOB_ATTEMPTS && is(r.last_error, "the mail server cannot be reached"));
        assert_int_equal(number(&b, "SELECT count(*) FROM job WHERE state = 'dead'"), 1);
        assert_false(step(&b));
        mailer_close(b.mailer);
        smtpd_start(&b.s, "accept");
        connect_to(&b);
        assert_int_equal(writer_run(b.c.writer, retry, &b), OK);
        assert_true(step(&b));
        assert_true(is(row(&b).state, "sent") && row(&b).attempts == 1);
        assert_int_equal(writer_run(b.c.writer, retry, &b), ERR_NOT_FOUND);
        done(&b);
}

static enum err run_script(struct db *db, void *arg) {
        test_script(db, arg);
        return OK;
}

static void change(struct bench *b, char *sql) {
        assert_int_equal(writer_run(b->c.writer, run_script, sql), OK);
}

/* What kill -9 leaves behind: two jobs for one mail, and a mail that was sent without a note of it. */
static void a_job_that_runs_twice(void **state) {
        struct bench b;
        begin(&b, state, "accept");
        change(&b, "INSERT INTO job(kind, payload, state, run_at_ms, lease_until_ms, attempts, last_error, created_ms) "
               "SELECT kind, payload, state, run_at_ms, lease_until_ms, attempts, last_error, created_ms FROM job");
        assert_true(step(&b) && step(&b));
        assert_int_equal(smtpd_count(&b.s, &b.store->arena), 1);
        /* As if the first send had not been noted: the job was running, its lease ended, and the row still has everything. */
        change(&b, "UPDATE mail_outbox SET state = 'waiting', text = 'https://x.nl/geheim\n', html = '<p>geheim</p>', "
               "list_unsubscribe = 'https://x.nl/af?t=geheim', attempts = 0, sent_ms = NULL");
        change(&b, "UPDATE job SET state = 'running', lease_until_ms = 0, attempts = 1 WHERE id = (SELECT min(id) FROM job)");
        b.now += 20 * MINUTE;
        assert_true(step(&b));
        assert_true(is(row(&b).state, "sent"));
        assert_int_equal(smtpd_count(&b.s, &b.store->arena), 2);
        struct str first = smtpd_read(&b.s, &b.store->arena, 1, "eml"), second = smtpd_read(&b.s, &b.store->arena, 2, "eml");
        assert_true(str_eq(first, second) && str_find(first, S("\r\nMessage-ID: <")) < first.n);
        done(&b);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(sent_mail_keeps_no_links), TEST_BOTH(busy_server_is_asked_again), TEST_BOTH(refused_mail_is_dead_at_once),
                TEST_BOTH(five_failures_and_a_second_life), TEST_BOTH(a_job_that_runs_twice),
        };
        return cmocka_run_group_tests_name("mail-send", tests, NULL, NULL);
}
