/* The trail on both stores: what stands in it, who tampers with it, many who write at once, and looking things up. */
#include "testing.h"
#include <pthread.h>
#include <string.h>
#include "audit.h"
#include "audit.sql.h"
#include "schema.h"
#include "writer.h"

#define NOW ((int64_t) 1790000000000)

static struct db *trail(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        return db;
}

static struct audit_entry entry(int64_t i) {
        static const char *const subjects[] = { "1", "2", "3" };
        return (struct audit_entry) {
                .at_ms = NOW + i, .person = opt_i64(i % 5), .actor = AUDIT_PERSON, .action = i % 2 ? S("role.grant") : S("role.revoke"),
                .subject_kind = S("person"), .subject_id = str_of(subjects[i % 3]), .organisation = opt_i64(i % 7),
                .after = S("{\"role\":\"redacteur\"}"), .request_id = S("r1"),
        };
}

static void add(struct db *db, const struct audit_entry *e) {
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(audit_add(db, e), OK);
        assert_int_equal(db_commit(db), OK);
}

static void add_many(struct db *db, int64_t n) {
        assert_int_equal(db_begin(db), OK);
        for (int64_t i = 1; i <= n; i++) {
                struct audit_entry e = entry(i);
                assert_int_equal(audit_add(db, &e), OK);
        }
        assert_int_equal(db_commit(db), OK);
}

static struct audit_result verify(struct test_store *s, struct db *db) {
        struct audit_result r;
        assert_int_equal(audit_verify(db, &s->arena, &r), OK);
        return r;
}

static void statements_prepare(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = trail(s);
        assert_int_equal(test_statements(db, audit_statements), 0);
}

static void rows_follow_each_other(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = trail(s);
        struct audit_result r = verify(s, db);
        assert_true(r.fault == AUDIT_WHOLE && r.rows == 0 && r.broken_id == 0 && r.hash[0] == 0);
        add_many(db, 1100);
        r = verify(s, db);
        assert_true(r.fault == AUDIT_WHOLE && r.rows == 1100 && strlen(r.hash) == 64);
        _cleanup_(db_closep) struct db *reader = test_open(s, DB_READ);
        assert_int_equal(verify(s, reader).rows, 1100);
        /* what is undone leaves no gap */
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(audit_add(db, &(struct audit_entry) { .at_ms = 1, .actor = AUDIT_COMMAND, .action = S("a"),
                                                               .subject_kind = S("b"), .subject_id = S("") }), OK);
        db_rollback(db);
        struct audit_entry e = entry(1);
        add(db, &e);
        r = verify(s, db);
        assert_true(r.fault == AUDIT_WHOLE && r.rows == 1101);
}

/* Worked out apart from this program: anybody can check the chain. */
static void hash_is_as_described(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = trail(s);
        add(db, &(struct audit_entry) { .at_ms = NOW, .person = opt_i64(-2), .actor = AUDIT_PERSON, .action = S("role.grant"),
                                        .subject_kind = S("person"), .subject_id = S("7"), .after = S("{\"x\":\"é\"}"),
                                        .request_id = S("") });
        assert_string_equal(verify(s, db).hash, "b1379c79c08258efad2f4cb8cd474e57863e4f533e61a42e9531533bcadf5d6c");
        add(db, &(struct audit_entry) { .at_ms = NOW + 1, .actor = AUDIT_SYSTEM, .action = S("item.publish"), .subject_kind = S("item"),
                                        .subject_id = S("vroeg-eropaf"), .organisation = opt_i64(3), .before = S("{}") });
        assert_string_equal(verify(s, db).hash, "38188b58286be3e43fcabf9417c80736716082caa05ff90f0ffffca9462a46c9");
}

static void wrong_entries_are_refused(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = trail(s);
        const struct audit_entry good = entry(1);
        char longest[AUDIT_JSON_MAX + 2];
        memset(longest, 'x', sizeof longest);
        struct audit_entry wrong[] = { good, good, good, good, good, good, good, good, good, good };
        wrong[0].action = S("Role.grant");
        wrong[1].action = S("");
        wrong[2].subject_kind = S("een persoon");
        wrong[3].subject_id = (struct str) { 0 };
        wrong[4].subject_id = S("jan@voorbeeld.nl");
        wrong[5].after = S("{\"mail\":\"jan@voorbeeld.nl\"}");
        wrong[6].before = (struct str) { longest, AUDIT_JSON_MAX + 1 };
        wrong[7].person = (struct opt_i64) { 0 };
        wrong[8].action = (struct str) { longest, AUDIT_CODE_MAX + 1 };
        wrong[9].request_id = (struct str) { longest, AUDIT_TEXT_MAX + 1 };
        assert_int_equal(db_begin(db), OK);
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
                assert_int_equal(audit_add(db, &wrong[i]), ERR_INVALID);
        struct audit_entry most = good;
        most.before = (struct str) { longest, AUDIT_JSON_MAX };
        assert_int_equal(audit_add(db, &most), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(verify(s, db).rows, 1);
}

static void tampering_is_found(void **state) {
        struct test_store *s = test_store(state);
        static const struct { const char *sql; enum audit_fault fault; int64_t at; } cases[] = {
                { "UPDATE audit SET after_json = '{}' WHERE id = 4", AUDIT_CHANGED, 4 },
                { "UPDATE audit SET at_ms = at_ms + 1 WHERE id = 1", AUDIT_CHANGED, 1 },
                { "UPDATE audit SET person_id = NULL WHERE id = 9", AUDIT_CHANGED, 9 },
                { "UPDATE audit SET before_json = '' WHERE id = 9", AUDIT_CHANGED, 9 },
                { "UPDATE audit SET subject_kind = 'perso', subject_id = 'n' || subject_id WHERE id = 3", AUDIT_CHANGED, 3 },
                { "DELETE FROM audit WHERE id = 5", AUDIT_GAP, 5 },
                { "DELETE FROM audit WHERE id = 1", AUDIT_GAP, 1 },
                { "DELETE FROM audit WHERE id >= 8", AUDIT_END, 8 },
                { "DELETE FROM audit", AUDIT_END, 1 },
                { "DELETE FROM audit WHERE id = 10; UPDATE audit_head SET rows = 9", AUDIT_END, 10 },
                { "UPDATE audit_head SET hash = 'x'", AUDIT_END, 11 },
                { "UPDATE audit_head SET rows = 8", AUDIT_END, 9 },
                { "DELETE FROM audit_head", AUDIT_END, 11 },
                { "DELETE FROM audit WHERE id = 5; UPDATE audit SET id = 5 WHERE id = 10", AUDIT_CHANGED, 5 },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                _cleanup_(db_closep) struct db *db = trail(s);
                test_script(db, "DELETE FROM audit; DELETE FROM audit_head; INSERT INTO audit_head(id, rows, hash) VALUES (1, 0, '')");
                add_many(db, 10);
                assert_int_equal(verify(s, db).fault, AUDIT_WHOLE);
                test_script(db, cases[i].sql);
                struct audit_result r = verify(s, db);
                print_message("%s: row %d %s\n", cases[i].sql, (int) r.broken_id, audit_fault_text(r.fault));
                assert_int_equal(r.fault, cases[i].fault);
                assert_int_equal(r.broken_id, cases[i].at);
                assert_int_equal(r.rows, cases[i].fault == AUDIT_END ? test_number(db, "SELECT count(*) FROM audit") : cases[i].at - 1);
        }
}

/* Somebody makes row 2 anew, with a hash that fits: then row 3 does not follow it. */
static void fork_is_found(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = trail(s);
        add_many(db, 1);
        test_script(db, "CREATE TABLE kept AS SELECT * FROM audit_head");
        struct audit_entry other = entry(20);
        add(db, &other);
        test_script(db, "CREATE TABLE forged AS SELECT * FROM audit WHERE id = 2; DELETE FROM audit WHERE id = 2;"
                        "UPDATE audit_head SET rows = 1, hash = (SELECT hash FROM kept)");
        for (int64_t i = 2; i <= 3; i++) {
                struct audit_entry e = entry(i);
                add(db, &e);
        }
        assert_int_equal(verify(s, db).fault, AUDIT_WHOLE);
        test_script(db, "DELETE FROM audit WHERE id = 2; INSERT INTO audit SELECT * FROM forged");
        struct audit_result r = verify(s, db);
        assert_int_equal(r.fault, AUDIT_FORK);
        assert_int_equal(r.broken_id, 3);
}

#define THREADS 8
#define EACH 25

struct crowd {
        struct writer *w[2];
        pthread_mutex_t mutex;
        int64_t next;
};

static enum err add_one(struct db *db, void *arg) {
        struct audit_entry e = entry(*(int64_t *) arg);
        return audit_add(db, &e);
}

static void *write_some(void *arg) {
        struct crowd *c = arg;
        int64_t failed = 0;
        for (int k = 0; k < EACH; k++) {
                pthread_mutex_lock(&c->mutex);
                int64_t i = ++c->next;
                pthread_mutex_unlock(&c->mutex);
                enum err e = ERR_BUSY;
                for (int t = 0; t < 5 && e == ERR_BUSY; t++)
                        e = writer_run(c->w[k % 2], add_one, &i);
                failed += e != OK;
        }
        return (void *) (intptr_t) failed;
}

/* On PostgreSQL two processes with four writing threads each; on SQLite there is one writer. */
static void many_write_one_chain(void **state) {
        struct test_store *s = test_store(state);
        struct crowd c = { .mutex = PTHREAD_MUTEX_INITIALIZER };
        pthread_t t[THREADS];
        db_close(trail(s));
        assert_int_equal(writer_start(&c.w[0], s->url, 4), OK);
        c.w[1] = c.w[0];
        if (s->postgres)
                assert_int_equal(writer_start(&c.w[1], s->url, 4), OK);
        for (int i = 0; i < THREADS; i++)
                assert_int_equal(pthread_create(&t[i], NULL, write_some, &c), 0);
        for (int i = 0; i < THREADS; i++) {
                void *failed;
                pthread_join(t[i], &failed);
                assert_null(failed);
        }
        writer_stop(c.w[0]);
        if (s->postgres)
                writer_stop(c.w[1]);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        struct audit_result r = verify(s, db);
        assert_true(r.fault == AUDIT_WHOLE && r.rows == THREADS * EACH);
        assert_int_equal(test_number(db, "SELECT count(DISTINCT at_ms) FROM audit"), THREADS * EACH);
}

/* Reads the answer page by page; each row must satisfy the filter, and pages must not overlap. */
static int64_t count_found(struct test_store *s, struct db *db, struct audit_filter f) {
        int64_t n = 0, last_ms = INT64_MAX, last_id = INT64_MAX;
        struct audit_items page;
        do {
                assert_int_equal(audit_search(db, &s->arena, &f, &page), OK);
                for (size_t i = 0; i < page.n; i++) {
                        const struct audit_entry *e = &page.v[i].e;
                        assert_true(e->at_ms < last_ms || (e->at_ms == last_ms && page.v[i].id < last_id));
                        assert_true(!f.person.is_set || (e->person.is_set && e->person.v == f.person.v));
                        assert_true(!f.organisation.is_set || e->organisation.v == f.organisation.v);
                        assert_true(!f.action.p || str_eq(e->action, f.action));
                        assert_true(!f.subject_id.p || str_eq(e->subject_id, f.subject_id));
                        assert_true(e->at_ms >= f.from_ms && (!f.to_ms || e->at_ms < f.to_ms));
                        last_ms = e->at_ms;
                        last_id = page.v[i].id;
                }
                n += (int64_t) page.n;
                f.before_id = last_id;
        } while (page.n == (size_t) f.limit);
        return n;
}

static void search_finds_pages(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = trail(s);
        const struct opt_i64 two = opt_i64(2);
        add_many(db, 210);
        struct audit_entry early = entry(2);    /* a clock that was set back, and a time that occurs twice */
        add(db, &early);
        const struct { struct audit_filter f; int64_t n; } cases[] = {
                { { .limit = 50 }, 211 }, { { .limit = AUDIT_PAGE_MAX }, 211 }, { { .limit = 1, .from_ms = NOW + 200 }, 11 },
                { { .limit = 7, .person = two }, 43 }, { { .limit = 7, .organisation = two }, 31 },
                { { .limit = 7, .action = S("role.grant") }, 105 }, { { .limit = 7, .subject_kind = S("person"), .subject_id = S("2") }, 70 },
                { { .limit = 7, .subject_kind = S("item") }, 0 }, { { .limit = 7, .from_ms = NOW + 10, .to_ms = NOW + 20 }, 10 },
                { { .limit = 2, .person = two, .organisation = two, .action = S("role.revoke") }, 4 },
                { { .limit = 7, .person = two, .from_ms = NOW + 1, .to_ms = NOW + 3 }, 2 }, { { .limit = 1, .to_ms = NOW + 3 }, 3 },
                { { .limit = 7, .person = opt_i64(99) }, 0 },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_int_equal(count_found(s, db, cases[i].f), cases[i].n);
        struct audit_items page;
        assert_int_equal(audit_search(db, &s->arena, &(struct audit_filter) { .limit = 1 }, &page), OK);
        const struct audit_entry *e = &page.v[0].e, last = entry(210);
        assert_true(page.v[0].id == 210 && e->at_ms == last.at_ms && e->actor == AUDIT_PERSON && str_eq(e->after, last.after));
        assert_true(!e->before.p && str_eq(e->request_id, S("r1")) && str_eq(e->subject_kind, S("person")));
        const struct audit_filter wrong[] = { { .limit = 0 }, { .limit = AUDIT_PAGE_MAX + 1 }, { .limit = 1, .subject_id = S("2") } };
        for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
                assert_int_equal(audit_search(db, &s->arena, &wrong[i], &page), ERR_INVALID);
        assert_int_equal(audit_search(db, &s->arena, &(struct audit_filter) { .limit = 1, .before_id = 999 }, &page), ERR_NOT_FOUND);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_BOTH(rows_follow_each_other), TEST_BOTH(hash_is_as_described),
                TEST_BOTH(wrong_entries_are_refused), TEST_BOTH(tampering_is_found), TEST_BOTH(fork_is_found),
                TEST_BOTH(many_write_one_chain), TEST_BOTH(search_finds_pages),
        };
        return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
