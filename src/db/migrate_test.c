/* Migrations on both stores, with three of our own instead of those of schema/. */
#include "testing.h"
#include <pthread.h>
#include <string.h>
#include "schema.h"

static char second[128] = "CREATE INDEX box_by_label ON box(label); INSERT INTO box(label) VALUES ('twee');";
const struct migration schema_migrations[] = {
        { 1, "0001_box.sql", "CREATE TABLE box(id {pk}, label {text} NOT NULL, size {real}, n {int}, raw {blob}) {strict};" },
        { 2, "0002_more.sql", second },
        { 3, "0003_end.sql", "INSERT INTO box(label, n) VALUES ('drie; {vier}', 9007199254740993);" },
        { 0, NULL, NULL },
};
const struct db_closed schema_closed[] = { { NULL, NULL, 0 } };

static int64_t version_of(struct db *db) {
        int64_t v = -1;
        assert_int_equal(schema_version(db, &v), OK);
        return v;
}

static void migrates_once(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(version_of(db), 0);
        assert_int_equal(schema_newest(), 3);
        for (int i = 0; i < 2; i++) {
                assert_int_equal(schema_migrate(db), OK);
                assert_int_equal(version_of(db), 3);
                assert_int_equal(test_number(db, "SELECT count(*) FROM box"), 2);
                assert_int_equal(test_number(db, "SELECT count(*) FROM schema_version"), 3);
        }
        assert_true(test_number(db, "SELECT n FROM box WHERE label = 'drie; {vier}'") == 9007199254740993);
        _cleanup_(db_closep) struct db *reader = test_open(s, DB_READ);
        assert_int_equal(version_of(reader), 3);
}

/* From an older version only what is new is run. */
static void migrates_on(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        test_script(db, "DELETE FROM schema_version WHERE version = 3; DELETE FROM box WHERE n IS NOT NULL");
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(version_of(db), 3);
        assert_int_equal(test_number(db, "SELECT count(*) FROM box"), 2);
}

static void newer_store_is_refused(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        test_script(db, "INSERT INTO schema_version(version, name, applied_ms) VALUES (4, 'later', 1)");
        assert_int_equal(schema_migrate(db), ERR_CONFLICT);
        assert_int_equal(version_of(db), 4);
        assert_int_equal(test_number(db, "SELECT count(*) FROM box"), 2);
}

static void broken_migration_leaves_nothing(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        char good[sizeof second];
        memcpy(good, second, sizeof good);
        strcpy(second, "CREATE TABLE other(id {pk}) {strict}; CREATE TABEL wrong(id {pk});");
        assert_int_not_equal(schema_migrate(db), OK);
        memcpy(second, good, sizeof good);
        assert_int_equal(version_of(db), 0);
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(version_of(db), 3);
}

static void *migrate_thread(void *arg) {
        struct db *db = NULL;
        enum err e = db_open(&db, ((struct test_store *) arg)->url, DB_WRITE);
        if (e == OK)
                e = schema_migrate(db);
        db_close(db);
        return (void *) (intptr_t) e;
}

/* Web processes start together after an update; each migrates first. */
static void many_migrate_at_once(void **state) {
        struct test_store *s = test_store(state);
        pthread_t t[8];
        for (int i = 0; i < 8; i++)
                assert_int_equal(pthread_create(&t[i], NULL, migrate_thread, s), 0);
        for (int i = 0; i < 8; i++) {
                void *e;
                pthread_join(t[i], &e);
                assert_null(e);
        }
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        assert_int_equal(test_number(db, "SELECT count(*) FROM schema_version"), 3);
        assert_int_equal(test_number(db, "SELECT count(*) FROM box"), 2);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(migrates_once), TEST_BOTH(migrates_on), TEST_BOTH(newer_store_is_refused),
                TEST_BOTH(broken_migration_leaves_nothing), TEST_POSTGRES(many_migrate_at_once),
        };
        return cmocka_run_group_tests_name("migrate", tests, NULL, NULL);
}
