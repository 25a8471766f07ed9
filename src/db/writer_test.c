/* The writer on both stores: nothing that was confirmed is lost, nothing that failed is kept. */
#include "testing.h"
#include "writer.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include "closed.h"

const struct db_closed schema_closed[] = { { NULL, NULL, 0 } };

static const struct db_stmt insert = { "INSERT INTO note(id, body) VALUES ($1, $2)", "test:insert(it)", 2 };
static const struct db_stmt seen = { "SELECT count(*) FROM note WHERE id = $1", "test:seen(i)", 1 };
static const struct db_stmt read_counter = { "SELECT n FROM counter WHERE id = 1", "test:read_counter()", 0 };
static const struct db_stmt write_counter = { "UPDATE counter SET n = $1 WHERE id = 1", "test:write_counter(i)", 1 };

static struct writer *start(struct test_store *s, int threads) {
        struct db *db = test_open(s, DB_WRITE);
        struct writer *w = NULL;
        test_script(db, "CREATE TABLE note(id BIGINT PRIMARY KEY, body TEXT NOT NULL);"
                        "CREATE TABLE counter(id BIGINT PRIMARY KEY, n BIGINT NOT NULL); INSERT INTO counter VALUES (1, 0)");
        db_close(db);
        assert_int_equal(writer_start(&w, s->url, threads), OK);
        return w;
}

static int64_t notes(struct test_store *s) {
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        return test_number(db, "SELECT count(*) FROM note");
}

static enum err insert_id(struct db *db, int64_t id) {
        struct db_val v[] = { db_val_i64(id), db_val_str(S("tekst")) };
        return db_exec(db, &insert, v, 2);
}

struct work {
        struct writer *w;
        int64_t from, n;
        bool some_fail;
        _Atomic int64_t good, bad;
};
struct item {
        struct work *work;
        int64_t id;
        bool fail;
        int done;               /* how often done ran */
};

static enum err run_item(struct db *db, void *arg) {
        struct item *it = arg;
        enum err e = insert_id(db, it->id);
        return e == OK && it->fail ? ERR_INVALID : e;
}

static void item_done(void *arg, enum err e) {
        struct item *it = arg;
        it->done++;
        if (e == OK)
                it->work->good++;
        else if (e == ERR_INVALID)
                it->work->bad++;
}

static void nap(void) {
        nanosleep(&(struct timespec) { .tv_nsec = 1000000 }, NULL);
}

static void *submit_many(void *arg) {
        struct work *k = arg;
        struct arena a = { 0 };
        struct item *items = arena_many(&a, struct item, (size_t) k->n);
        for (int64_t i = 0; i < k->n; i++) {
                items[i] = (struct item) { .work = k, .id = k->from + i, .fail = k->some_fail && i % 7 == 0 };
                while (writer_submit(k->w, (struct write_task) { run_item, item_done, &items[i] }) == ERR_BUSY)
                        nap();
        }
        while (k->good + k->bad < k->n)
                nap();
        for (int64_t i = 0; i < k->n; i++)
                if (items[i].done != 1)
                        k->bad = INT64_MIN;
        arena_done(&a);
        return NULL;
}

static void from_threads(struct writer *w, struct work *k, int threads, int64_t each, bool some_fail) {
        pthread_t t[16];
        for (int i = 0; i < threads; i++) {
                k[i] = (struct work) { .w = w, .from = i * each, .n = each, .some_fail = some_fail };
                assert_int_equal(pthread_create(&t[i], NULL, submit_many, &k[i]), 0);
        }
        for (int i = 0; i < threads; i++)
                pthread_join(t[i], NULL);
}

static void all_are_committed(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = start(s, 4);
        struct work k[8];
        int64_t commits, tasks;
        from_threads(w, k, 8, 625, false);
        for (int i = 0; i < 8; i++)
                assert_int_equal(k[i].good, 625);
        assert_int_equal(notes(s), 5000);
        writer_counts(w, &commits, &tasks);
        assert_int_equal(tasks, 5000);
        if (s->postgres)
                assert_int_equal(commits, 5000);
        else
                assert_in_range(commits, 5000 / 256, 4999);
        writer_stop(w);
}

static void failing_task_undoes_only_itself(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = start(s, 4);
        struct work k[4];
        from_threads(w, k, 4, 70, true);
        for (int i = 0; i < 4; i++) {
                assert_int_equal(k[i].good, 60);
                assert_int_equal(k[i].bad, 10);
        }
        writer_stop(w);
        assert_int_equal(notes(s), 240);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        assert_int_equal(test_number(db, "SELECT count(*) FROM note WHERE id % 70 % 7 = 0"), 0);
}

static enum err run_insert_twice(struct db *db, void *arg) {
        int64_t *id = arg;
        enum err e = insert_id(db, *id);
        return e == OK ? insert_id(db, *id) : e;
}

static enum err run_insert(struct db *db, void *arg) {
        return insert_id(db, *(int64_t *) arg);
}

static enum err run_swallow(struct db *db, void *arg) {
        (void) !run_insert_twice(db, arg);
        return OK;
}

static void errors_reach_the_caller(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = start(s, 2);
        int64_t id = 1;
        assert_int_equal(writer_run(w, run_insert_twice, &id), ERR_CONFLICT);
        assert_int_equal(writer_run(w, run_swallow, &id), ERR_INTERNAL);
        assert_int_equal(notes(s), 0);
        assert_int_equal(writer_run(w, run_insert, &id), OK);
        assert_int_equal(writer_run(w, run_insert, &id), ERR_CONFLICT);
        assert_int_equal(notes(s), 1);
        writer_stop(w);
}

struct visible {
        struct test_store *s;
        int64_t id;
        _Atomic int64_t seen;
        _Atomic bool finished;
};

static enum err run_visible(struct db *db, void *arg) {
        return insert_id(db, ((struct visible *) arg)->id);
}

static void visible_done(void *arg, enum err e) {
        struct visible *v = arg;
        struct db *db = NULL;
        int64_t n = -1;
        if (e == OK && db_open(&db, v->s->url, DB_READ) == OK) {
                _cleanup_(db_rows_done) struct db_rows rows = { 0 };
                struct db_val id[] = { db_val_i64(v->id) };
                bool more = false;
                if (db_query(db, &seen, id, 1, &rows) == OK && db_next(&rows, &more) == OK && more)
                        n = db_i64(&rows, 0);
        }
        db_close(db);
        v->seen = n;
        v->finished = true;
}

static void done_runs_after_the_commit(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = start(s, 2);
        struct visible v[20];
        for (int i = 0; i < 20; i++) {
                v[i] = (struct visible) { .s = s, .id = i };
                assert_int_equal(writer_submit(w, (struct write_task) { run_visible, visible_done, &v[i] }), OK);
        }
        for (int i = 0; i < 20; i++) {
                while (!v[i].finished)
                        nap();
                assert_int_equal(v[i].seen, 1);
        }
        writer_stop(w);
}

struct gate {
        sem_t entered, open;
};

static enum err run_gate(struct db *db, void *arg) {
        struct gate *g = arg;
        (void) db;
        sem_post(&g->entered);
        sem_wait(&g->open);
        return OK;
}

static void count_done(void *arg, enum err e) {
        if (e == OK)
                ++*(_Atomic int *) arg;
}

static enum err run_nothing(struct db *db, void *arg) {
        (void) db;
        (void) arg;
        return OK;
}

static void full_queue_is_busy_and_stop_finishes_it(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = start(s, 1);
        struct gate g;
        _Atomic int done = 0;
        sem_init(&g.entered, 0, 0);
        sem_init(&g.open, 0, 0);
        assert_int_equal(writer_submit(w, (struct write_task) { run_gate, NULL, &g }), OK);
        sem_wait(&g.entered);
        for (int i = 0; i < WRITER_QUEUE_MAX; i++)
                assert_int_equal(writer_submit(w, (struct write_task) { run_nothing, count_done, &done }), OK);
        for (int i = 0; i < 3; i++)
                assert_int_equal(writer_submit(w, (struct write_task) { run_nothing, count_done, &done }), ERR_BUSY);
        assert_int_equal(writer_run(w, run_nothing, NULL), ERR_BUSY);
        assert_int_equal(done, 0);
        sem_post(&g.open);
        writer_stop(w);
        assert_int_equal(done, WRITER_QUEUE_MAX);
        writer_stop(NULL);
}

static void wrong_url_shows_at_once(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = NULL;
        assert_int_not_equal(writer_start(&w, s->postgres ? S("postgresql:///x?host=/tmp/no-such-folder")
                                          : S("/tmp/no-such-folder/x.db"), 2), OK);
        assert_null(w);
}

static enum err run_increment(struct db *db, void *arg) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        (void) arg;
        enum err e = db_query(db, &read_counter, NULL, 0, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e != OK)
                return e;
        struct db_val v[] = { db_val_i64(db_i64(&rows, 0) + 1) };
        db_rows_done(&rows);
        return db_exec(db, &write_counter, v, 1);
}

struct increments {
        struct writer *w;
        int n, good;
};

static void *increment_many(void *arg) {
        struct increments *t = arg;
        for (int i = 0; i < t->n; i++)
                t->good += writer_run(t->w, run_increment, NULL) == OK;
        return NULL;
}

/* Read, add one, write, in tasks that race: on PostgreSQL the losers must run again, and no addition may be lost. */
static void racing_tasks_run_again(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w[2] = { start(s, 2) };
        pthread_t t[4];
        struct increments in[4];
        int good = 0;
        if (s->postgres)
                assert_int_equal(writer_start(&w[1], s->url, 2), OK);
        for (int i = 0; i < 4; i++) {
                in[i] = (struct increments) { .w = s->postgres ? w[i % 2] : w[0], .n = 100 };
                assert_int_equal(pthread_create(&t[i], NULL, increment_many, &in[i]), 0);
        }
        for (int i = 0; i < 4; i++) {
                pthread_join(t[i], NULL);
                good += in[i].good;
        }
        writer_stop(w[0]);
        writer_stop(w[1]);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        assert_int_equal(test_number(db, "SELECT n FROM counter"), good);
        assert_int_equal(good, 400);
}

/* The server ends every session now and then: the writer connects again and every task still succeeds. */
static void lost_sessions_are_replaced(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w = start(s, 3);
        _cleanup_(db_closep) struct db *killer = test_open(s, DB_WRITE);
        for (int64_t id = 0; id < 20; id++) {
                assert_int_equal(writer_run(w, run_insert, &id), OK);
                if (id % 5 == 0)
                        test_script(killer, str_fmt(&s->arena, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                                "WHERE pid <> pg_backend_pid() AND query LIKE '%%INSERT INTO note%%' OR query = 'COMMIT'").p);
        }
        writer_stop(w);
        assert_int_equal(notes(s), 20);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(all_are_committed), TEST_BOTH(failing_task_undoes_only_itself), TEST_BOTH(errors_reach_the_caller),
                TEST_BOTH(done_runs_after_the_commit), TEST_BOTH(full_queue_is_busy_and_stop_finishes_it),
                TEST_BOTH(wrong_url_shows_at_once), TEST_BOTH(racing_tasks_run_again),
                TEST_POSTGRES(lost_sessions_are_replaced),
        };
        return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
