/* A copy of a SQLite file that others are writing to. */
#include "testing.h"
#include <pthread.h>
#include <stdatomic.h>
#include "backup.h"
#include "closed.h"

const struct db_closed schema_closed[] = { { NULL, NULL, 0 } };

#define COPIES 10

struct writing { struct db *db; atomic_bool stop; };

/* Two rows at a time: a copy with only one of them is of no moment that ever was. */
static void *write_pairs(void *arg) {
        static const struct db_stmt first = { "INSERT INTO a(body) VALUES ($1)", "test:first(t)", 1 };
        static const struct db_stmt second = { "INSERT INTO b(body) VALUES ($1)", "test:second(t)", 1 };
        struct writing *w = arg;
        static char body[2000];
        for (size_t i = 0; i < sizeof body; i++)
                body[i] = 'x';
        const struct db_val text = db_val_str((struct str) { body, sizeof body });
        while (!atomic_load(&w->stop)) {
                assert_int_equal(db_begin(w->db), OK);
                assert_int_equal(db_exec(w->db, &first, &text, 1), OK);
                assert_int_equal(db_exec(w->db, &second, &text, 1), OK);
                assert_int_equal(db_commit(w->db), OK);
        }
        return NULL;
}

static void a_copy_is_of_one_moment(void **state) {
        struct test_store *s = test_store(state);
        struct writing w = { .db = test_open(s, DB_WRITE) };
        pthread_t thread;
        int64_t last = 0;
        test_script(w.db, "CREATE TABLE a(id INTEGER PRIMARY KEY, body TEXT); CREATE TABLE b(id INTEGER PRIMARY KEY, body TEXT)");
        assert_int_equal(pthread_create(&thread, NULL, write_pairs, &w), 0);
        for (int i = 0; i < COPIES || last == 0; i++) {
                struct str to = str_fmt(&s->arena, "%s/copy-%d.db", s->folder, i);
                assert_int_equal(backup_sqlite(s->url, to), OK);
                struct db *copy;
                assert_int_equal(db_open(&copy, to, DB_READ), OK);
                int64_t rows = test_number(copy, "SELECT count(*) FROM a");
                assert_int_equal(rows, test_number(copy, "SELECT count(*) FROM b"));
                assert_true(rows >= last);
                last = rows;
                db_close(copy);
        }
        atomic_store(&w.stop, true);
        pthread_join(thread, NULL);
        db_close(w.db);
}

static void nothing_is_written_over(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = test_open(s, DB_WRITE);
        test_script(db, "CREATE TABLE a(id INTEGER PRIMARY KEY)");
        db_close(db);
        struct str to = str_fmt(&s->arena, "%s/copy.db", s->folder), none = str_fmt(&s->arena, "%s/none.db", s->folder);
        assert_int_equal(backup_sqlite(s->url, to), OK);
        assert_int_equal(backup_sqlite(s->url, to), ERR_CONFLICT);
        assert_int_equal(backup_sqlite(none, str_fmt(&s->arena, "%s/other.db", s->folder)), ERR_NOT_FOUND);
        assert_int_equal(backup_become_pg_dump(S("no URL"), S("x")), ERR_INVALID);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_SQLITE(a_copy_is_of_one_moment), TEST_SQLITE(nothing_is_written_over) };
        return cmocka_run_group_tests_name("db-backup", tests, NULL, NULL);
}
