/* The outbox without a mail server, on both stores. tests/mail has one. */
#include "testing.h"
#include "jobs.h"
#include "mail.h"
#include "mail.sql.h"
#include "schema.h"
#include "writer.h"

#define NOW ((int64_t) 1790000000000)
#define HOUR ((int64_t) 60 * 60 * 1000)

static struct db *open_store(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        return db;
}

static const struct mail_new invitation = {
        .to_address = S_INIT(" Jan@Gemeente.NL "), .to_name = S_INIT("Jan"), .kind = S_INIT("invitation"), .subject = S_INIT("Welkom"),
        .text = S_INIT("https://x.nl/geheim\n"), .html = S_INIT("<p>geheim</p>"), .now_ms = NOW,
};

static enum err queue(struct test_store *s, struct db *db, const struct mail_new *n, int64_t *ret) {
        assert_int_equal(db_begin(db), OK);
        enum err e = mail_queue(db, &s->arena, n, ret);
        assert_int_equal(db_commit(db), OK);
        return e;
}

static void statements_prepare(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_store(s);
        assert_int_equal(test_statements(db, mail_statements), 0);
}

static void mail_and_job_are_one(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_store(s);
        struct mail_row row;
        int64_t id = 0;
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(mail_queue(db, &s->arena, &invitation, &id), OK);
        db_rollback(db);
        assert_int_equal(test_number(db, "SELECT count(*) FROM mail_outbox") + test_number(db, "SELECT count(*) FROM job"), 0);
        struct mail_new n = invitation;
        n.person_id = opt_i64(12);
        assert_int_equal(queue(s, db, &n, &id), OK);
        assert_int_equal(mail_get(db, &s->arena, id, &row), OK);
        assert_true(str_eq(row.to_address, S("Jan@gemeente.nl")) && str_eq(row.text, invitation.text) && row.person_id.v == 12);
        assert_true(str_eq(row.state, S("waiting")) && row.attempts == 0 && !row.sent_ms.is_set && row.created_ms == NOW);
        assert_int_equal(test_number(db, str_fmt(&s->arena, "SELECT count(*) FROM job WHERE kind = 'mail-send' AND state = 'waiting' "
                                                 "AND payload = '%lld'", (long long) id).p), 1);
        assert_int_equal(mail_get(db, &s->arena, id + 1, &row), ERR_NOT_FOUND);
}

static void a_key_is_queued_once(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_store(s);
        struct mail_new n = invitation;
        int64_t first = 0, again = 5;
        n.idempotency = S("nonce");
        assert_int_equal(queue(s, db, &n, &first), OK);
        assert_int_equal(queue(s, db, &n, &again), OK);
        assert_true(first > 0 && again == 0);
        assert_int_equal(queue(s, db, &invitation, NULL), OK);
        assert_int_equal(queue(s, db, &invitation, &again), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM mail_outbox"), 3);
        assert_int_equal(test_number(db, "SELECT count(*) FROM job"), 3);
}

/* What cannot be composed is refused at once, and the rest of the transaction goes on. */
static void wrong_mail_is_not_queued(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_store(s);
        struct mail_new n = invitation;
        n.to_address = S("jan");
        assert_int_equal(queue(s, db, &n, NULL), ERR_INVALID);
        n = invitation;
        n.subject = S("a\nBcc: b@c.nl");
        assert_int_equal(queue(s, db, &n, NULL), ERR_INVALID);
        n = invitation;
        n.text = (struct str) { NULL, 0 };
        n.to_name = n.html = n.list_unsubscribe = n.text;
        assert_int_equal(queue(s, db, &n, NULL), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM mail_outbox"), 1);
}

struct bench {
        int64_t now;
        struct mailer *mailer;
};
static int64_t bench_now(void *app) {
        return ((struct bench *) app)->now;
}
static enum err send_mail(struct job_context *c) {
        return mail_send_with(c, ((struct bench *) c->app)->mailer);
}
static const struct job_kind kinds[] = { { .name = MAIL_SEND_JOB, .run = send_mail }, { 0 } };

/* All jobs that are due, with a writer of its own. */
static void run_jobs(struct test_store *s, struct bench *b) {
        struct jobs *j = NULL;
        struct jobs_config c = { .database = s->url, .kinds = kinds, .now = bench_now, .app = b };
        bool worked;
        assert_int_equal(writer_start(&c.writer, s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        do
                assert_int_equal(jobs_step(j, &worked), OK);
        while (worked);
        jobs_close(j);
        writer_stop(c.writer);
}

static void without_a_server_mail_is_kept(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = open_store(s);
        struct bench b = { .now = NOW };
        struct mail_settings none = { 0 };
        struct mail_row row;
        struct mail_brief_list l;
        struct mail_counts n;
        int64_t id = 0;
        assert_int_equal(mailer_open(&b.mailer, &none), OK);
        assert_false(mailer_can_send(b.mailer));
        assert_int_equal(queue(s, db, &invitation, &id), OK);
        db_close(db);
        run_jobs(s, &b);
        db = test_open(s, DB_WRITE);
        assert_int_equal(mail_get(db, &s->arena, id, &row), OK);
        assert_true(str_eq(row.state, S("kept")) && str_eq(row.text, invitation.text) && row.attempts == 0);
        assert_int_equal(mail_list(db, &s->arena, S("kept"), 10, 0, &l), OK);
        assert_true(l.n == 1 && l.v[0].id == id && str_eq(l.v[0].kind, S("invitation")));
        assert_int_equal(mail_count(db, &s->arena, &n), OK);
        assert_true(n.kept == 1 && n.waiting == 0 && n.sent == 0 && n.dead == 0);
        assert_int_equal(test_number(db, "SELECT count(*) FROM job WHERE state = 'done'"), 1);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(mail_retry(db, &s->arena, id, NOW), OK);
        assert_int_equal(mail_retry(db, &s->arena, id, NOW), ERR_NOT_FOUND);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(mail_get(db, &s->arena, id, &row), OK);
        assert_true(str_eq(row.state, S("waiting")));
        assert_int_equal(test_number(db, "SELECT count(*) FROM job WHERE state = 'waiting'"), 1);
        /* Its job was lost. */
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(mail_retry(db, &s->arena, id, NOW + HOUR), ERR_NOT_FOUND);
        assert_int_equal(mail_retry(db, &s->arena, id, NOW + HOUR + 1), OK);
        assert_int_equal(db_commit(db), OK);
        db_close(db);
        mailer_close(b.mailer);
}

static void lists_go_back_in_time(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_store(s);
        int64_t id[5];
        struct mail_brief_list l;
        for (int i = 0; i < 5; i++)
                assert_int_equal(queue(s, db, &invitation, &id[i]), OK);
        assert_int_equal(mail_list(db, &s->arena, S("waiting"), 2, 0, &l), OK);
        assert_true(l.n == 2 && l.v[0].id == id[4] && l.v[1].id == id[3]);
        assert_int_equal(mail_list(db, &s->arena, S("waiting"), 9, l.v[1].id, &l), OK);
        assert_true(l.n == 3 && l.v[0].id == id[2] && l.v[2].id == id[0]);
        assert_int_equal(mail_list(db, &s->arena, S("dead"), 9, 0, &l), OK);
        assert_int_equal(l.n, 0);
}

static void mail_is_forgotten(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = open_store(s);
        struct bench b = { .now = NOW };
        struct mail_new n = invitation;
        n.person_id = opt_i64(1);
        assert_int_equal(queue(s, db, &n, NULL), OK);
        n.person_id = opt_i64(2);
        assert_int_equal(queue(s, db, &n, NULL), OK);
        n.now_ms = NOW + 1;
        n.person_id = (struct opt_i64) { 0 };
        assert_int_equal(queue(s, db, &n, NULL), OK);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(mail_forget_person(db, 1), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM mail_outbox"), 2);
        assert_int_equal(mail_forget(db, NOW + 1), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM mail_outbox"), 1);
        assert_int_equal(mail_forget(db, NOW + 2), OK);
        assert_int_equal(db_commit(db), OK);
        db_close(db);
        run_jobs(s, &b);        /* nothing is left to send: no failure */
        db = test_open(s, DB_READ);
        assert_int_equal(test_number(db, "SELECT count(*) FROM job WHERE state = 'done'"), 3);
        db_close(db);
}

static enum err open_with(struct mail_settings s) {
        struct mailer *m = NULL;
        enum err e = mailer_open(&m, &s);
        mailer_close(m);
        return e;
}

static void settings_are_checked(void **state) {
        static const struct mail_settings good = { .host = S_INIT("mail.x.nl"), .from_address = S_INIT("a@b.nl") };
        struct mail_settings s;
        enum mail_security is;
        (void) state;
        assert_int_equal(open_with(good), OK);
        assert_int_equal(open_with((s = good, s.from_address = S("a"), s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.host = S("x.nl/y"), s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.host = S("x.nl@y"), s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.port = 65536, s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.user = S("u"), s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.password = S("a\nb"), s.user = S("u"), s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.security = MAIL_PLAIN, s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.security = MAIL_PLAIN, s.host = S("127.evil.nl"), s)), ERR_INVALID);
        assert_int_equal(open_with((s = good, s.security = MAIL_PLAIN, s.host = S("127.0.0.2"), s)), OK);
        assert_int_equal(open_with((s = good, s.security = MAIL_PLAIN, s.host = S("::1"), s)), OK);
        assert_true(mail_security_of(S("tls"), &is) && is == MAIL_TLS);
        assert_true(mail_security_of(S("starttls"), &is) && is == MAIL_STARTTLS);
        assert_true(mail_security_of(S("none"), &is) && is == MAIL_PLAIN);
        assert_false(mail_security_of(S("ssl"), &is));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(mail_and_job_are_one), TEST_BOTH(a_key_is_queued_once),
                TEST_BOTH(wrong_mail_is_not_queued), TEST_BOTH(without_a_server_mail_is_kept), TEST_BOTH(lists_go_back_in_time),
                TEST_BOTH(mail_is_forgotten), cmocka_unit_test(settings_are_checked),
        };
        return cmocka_run_group_tests_name("mail-outbox", tests, NULL, NULL);
}
