/* Closed tables on both stores, with a schema of our own. */
#include "testing.h"
#include <stdlib.h>
#include <string.h>
#include "engine.h"
#include "schema.h"
#include "writer.h"

const struct migration schema_migrations[] = {
        { 1, "0001_bank.sql", "CREATE TABLE room(id {pk}, name {text} NOT NULL) {strict};"
                              "CREATE TABLE safe(id {pk}, code {text} NOT NULL) {strict};"
                              "INSERT INTO safe(code) VALUES ('geheim');"
                              "CREATE TABLE book(id {pk}, line {text} NOT NULL) {strict};"
                              "CREATE INDEX safe_by_code ON safe(code)" },
        { 0, NULL, NULL },
};
const struct db_closed schema_closed[] = {
        { "safe", "vault.sql", DB_SELECT | DB_UPDATE },
        { "safe", "guard.sql", DB_SELECT },
        { "book", "vault.sql", DB_SELECT | DB_INSERT },
        { NULL, NULL, 0 },
};

#define STMT(id, sql, name) static const struct db_stmt id = { sql, name, 0 }
STMT(room_add, "INSERT INTO room(name) VALUES ('hal')", "bank.sql:room_add()");
STMT(room_count, "SELECT count(*) FROM room", "bank.sql:room_count()");
STMT(vault_change, "UPDATE safe SET code = code || '!'", "vault.sql:change()");
STMT(vault_count, "SELECT count(*) FROM safe", "vault.sql:count()");
STMT(view_count, "SELECT count(*) FROM seen", "bank.sql:view_count()");
STMT(vault_note, "INSERT INTO book(line) VALUES ('regel')", "vault.sql:note()");
STMT(vault_room, "INSERT INTO room(name) VALUES ('kluis')", "vault.sql:room()");
STMT(guard_count, "SELECT count(*) FROM safe", "guard.sql:count()");
STMT(room_broken, "INSERT INTO room(id, name) VALUES (1, NULL)", "bank.sql:room_broken()");

static const struct db_stmt refused[] = {
        { "SELECT code FROM safe", "bank.sql:read()", 0 },
        { "SELECT count(*) FROM safe", "bank.sql:count()", 0 },
        { "SELECT name FROM room WHERE name IN (SELECT code FROM safe)", "bank.sql:inside()", 0 },
        { "INSERT INTO room(name) SELECT code FROM safe", "bank.sql:copy()", 0 },
        { "UPDATE safe SET code = ''", "bank.sql:update()", 0 },
        { "DELETE FROM safe", "bank.sql:delete()", 0 },
        { "DELETE FROM book", "bank.sql:delete_book()", 0 },
        { "DROP TABLE safe", "bank.sql:drop()", 0 },
        { "SELECT code FROM safe", "safe", 0 },
        { "SELECT code FROM safe", "", 0 },
        { "SELECT code FROM safe", "vault.sqlx:read()", 0 },
        { "UPDATE safe SET code = ''", "guard.sql:update()", 0 },
        { "INSERT INTO safe(code) VALUES ('x')", "vault.sql:insert()", 0 },
        { "DELETE FROM safe", "vault.sql:delete()", 0 },
        { "UPDATE book SET line = ''", "vault.sql:rewrite()", 0 },
        { "DELETE FROM book", "vault.sql:forget()", 0 },
        { "SELECT line FROM book", "guard.sql:peek()", 0 },
        { "DROP TABLE book", "vault.sql:drop()", 0 },
        { "ALTER TABLE book ADD COLUMN more INTEGER", "vault.sql:alter()", 0 },
        { "CREATE INDEX book_by_line ON book(line)", "vault.sql:index()", 0 },
        { "DROP INDEX safe_by_code", "vault.sql:drop_index()", 0 },
};

static struct db *bank(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        assert_true(db_is_closed(db));
        return db;
}

static enum err run(struct db *db, const struct db_stmt *st) {
        return db_exec(db, st, NULL, 0);
}

static void others_are_refused(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = bank(s);
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
                print_message("%s\n", refused[i].name);
                assert_int_equal(run(db, &refused[i]), ERR_INTERNAL);
                assert_int_equal(run(db, &refused[i]), ERR_INTERNAL);
        }
        assert_int_equal(test_number(db, "SELECT count(*) FROM safe WHERE code = 'geheim'"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM book"), 0);
        assert_int_equal(test_number(db, "SELECT count(*) FROM room"), 0);
}

static void listed_files_may(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = bank(s);
        assert_int_equal(run(db, &room_add), OK);
        assert_int_equal(run(db, &vault_change), OK);
        assert_int_equal(run(db, &vault_note), OK);
        assert_int_equal(run(db, &guard_count), OK);
        assert_int_equal(run(db, &vault_room), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM safe WHERE code = 'geheim!'"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM book"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM room"), 2);
        _cleanup_(db_closep) struct db *reader = test_open(s, DB_READ);
        assert_true(db_is_closed(reader));
        assert_int_equal(db_begin(reader), OK);
        assert_int_equal(run(reader, &vault_count), OK);
        assert_int_equal(run(reader, &room_count), OK);
        assert_int_equal(run(reader, &guard_count), OK);
        assert_int_equal(db_commit(reader), OK);
        assert_int_equal(run(reader, &refused[0]), ERR_INTERNAL);
}

/* PostgreSQL undoes a change of role together with the transaction or the part in which it was made. */
static void role_follows_what_is_undone(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = bank(s);
        assert_int_equal(run(db, &room_add), OK);
        for (int i = 0; i < 2; i++) {
                assert_int_equal(db_begin(db), OK);
                assert_int_equal(run(db, &vault_note), OK);
                assert_int_equal(db_savepoint(db), OK);
                assert_int_equal(run(db, &room_add), OK);
                db_rollback_to(db);
                assert_int_equal(run(db, &room_add), OK);
                assert_int_equal(db_savepoint(db), OK);
                assert_int_equal(run(db, &vault_note), OK);
                assert_int_equal(run(db, &room_broken), ERR_INVALID);
                db_rollback_to(db);
                assert_int_equal(run(db, &vault_note), OK);
                assert_int_equal(run(db, &room_add), OK);
                if (i == 0)
                        assert_int_equal(db_commit(db), OK);
                else
                        db_rollback(db);
                assert_int_equal(run(db, &vault_note), OK);
                assert_int_equal(run(db, &room_broken), ERR_INVALID);
                assert_int_equal(run(db, &refused[0]), ERR_INTERNAL);
                assert_int_equal(run(db, &vault_change), OK);
        }
        assert_int_equal(test_number(db, "SELECT count(*) FROM book"), 4);
        assert_int_equal(test_number(db, "SELECT count(*) FROM room"), 3);
        assert_int_equal(run(db, &refused[0]), ERR_INTERNAL);
}

/* SQLite prepares a statement again when the schema changed; the rules hold for it then as well. */
static void rules_hold_after_a_migration(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = bank(s);
        assert_int_equal(run(db, &vault_note), OK);
        assert_int_equal(run(db, &room_count), OK);
        test_script(db, "ALTER TABLE room ADD COLUMN floor INTEGER; DROP INDEX safe_by_code");
        assert_int_equal(run(db, &vault_note), OK);
        assert_int_equal(run(db, &room_count), OK);
        assert_int_equal(run(db, &refused[0]), ERR_INTERNAL);
        assert_int_equal(schema_migrate(db), OK);
        assert_true(db_is_closed(db));
        assert_int_equal(run(db, &refused[0]), ERR_INTERNAL);
}

/* What is granted by hand is taken back at the next start, and reported until then. */
static void grants_are_mended(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = bank(s);
        struct str text;
        test_script(db, str_fmt(&s->arena, "GRANT SELECT ON safe TO \"%sopen\"; GRANT ALL ON book TO PUBLIC", db->roles).p);
        assert_int_equal(grants_look(db), OK);
        assert_false(db_is_closed(db));
        assert_int_equal(schema_grants(db, &s->arena, &text), OK);
        assert_int_equal(text.n, 0);
        assert_int_equal(schema_migrate(db), OK);
        assert_true(db_is_closed(db));
        assert_int_equal(run(db, &refused[0]), ERR_INTERNAL);
        test_script(db, "CREATE TABLE later(id BIGINT); CREATE VIEW seen AS SELECT id FROM room");
        assert_int_equal(grants_look(db), OK);
        assert_false(db_is_closed(db));
        assert_int_equal(run(db, &vault_note), OK);
        assert_int_equal(schema_migrate(db), OK);
        assert_true(db_is_closed(db));
        assert_int_equal(run(db, &view_count), OK);
}

/* A login as a hoster gives it: it owns its schema, which is called after it, and may make no roles. */
static void poor_login_needs_an_administrator(void **state) {
        struct test_store *s = test_store(state);
        struct arena *a = &s->arena;
        struct str text;
        _cleanup_(db_closep) struct db *admin = test_open(s, DB_WRITE);
        int64_t number = test_number(admin, "SELECT CAST(txid_current() AS BIGINT)");
        const char *name = str_fmt(a, "poor_%lld", (long long) number).p;
        test_script(admin, str_fmt(a, "CREATE ROLE %s LOGIN; CREATE SCHEMA %s AUTHORIZATION %s", name, name, name).p);
        struct str server = str_of(getenv("SCHOUDERS_TEST_PG"));
        struct str url = str_fmt(a, "%.*s%cuser=%s", STR(server), str_index(server, '?') < server.n ? '&' : '?', name);
        struct db *db = NULL;
        assert_int_equal(db_open(&db, url, DB_WRITE), OK);
        /* other tests made the roles before */
        assert_int_equal(schema_migrate(db), OK);
        assert_false(db_is_closed(db));
        assert_int_equal(run(db, &vault_change), OK);
        assert_int_equal(run(db, &refused[0]), OK);
        assert_int_equal(schema_grants(db, a, &text), OK);
        assert_non_null(strstr(text.p, "GRANT "));
        assert_null(strstr(text.p, " ON "));
        test_script(admin, text.p);
        db_close(db);
        assert_int_equal(db_open(&db, url, DB_WRITE), OK);
        assert_int_equal(schema_migrate(db), OK);
        assert_true(db_is_closed(db));
        assert_int_equal(run(db, &vault_change), OK);
        assert_int_equal(run(db, &refused[0]), ERR_INTERNAL);
        assert_int_equal(run(db, &room_add), OK);
        assert_int_equal(schema_grants(db, a, &text), OK);
        assert_int_equal(text.n, 0);
        db_close(db);
        test_script(admin, str_fmt(a, "DROP SCHEMA %s CASCADE; DROP OWNED BY %s; DROP ROLE %s", name, name, name).p);
}

/* Whoever speaks to the server in one of the roles meets the same refusal. */
static void roles_hold_outside_the_program(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = bank(s);
        const struct { const char *role, *sql; bool fine; } cases[] = {
                { "open", "SELECT * FROM safe", false }, { "open", "UPDATE safe SET code = ''", false },
                { "open", "DELETE FROM book", false }, { "open", "DROP TABLE book", false }, { "open", "SELECT * FROM room", true },
                { "vault", "SELECT * FROM safe", true }, { "vault", "DELETE FROM book", false }, { "vault", "UPDATE book SET line = ''", false },
                { "vault", "TRUNCATE book", false }, { "guard", "SELECT * FROM safe", true }, { "guard", "INSERT INTO book(line) VALUES ('')", false },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                const char *sql = str_fmt(&s->arena, "SET ROLE \"%s%s\"; %s", db->roles, cases[i].role, cases[i].sql).p;
                assert_int_equal(db_script(db, sql) == OK, cases[i].fine);
                assert_int_equal(db_script(db, "RESET ROLE"), OK);
        }
}

static enum err task(struct db *db, void *arg) {
        enum err e = run(db, &vault_note);
        (void) arg;
        return e == OK ? run(db, &room_add) : e;
}

static void writer_is_closed_too(void **state) {
        struct test_store *s = test_store(state);
        struct writer *w;
        db_close(bank(s));
        assert_int_equal(writer_start(&w, s->url, 2), OK);
        for (int i = 0; i < 20; i++)
                assert_int_equal(writer_run(w, task, NULL), OK);
        writer_stop(w);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        assert_int_equal(test_number(db, "SELECT (SELECT count(*) FROM book) + (SELECT count(*) FROM room)"), 40);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(others_are_refused), TEST_BOTH(listed_files_may), TEST_BOTH(role_follows_what_is_undone),
                TEST_BOTH(rules_hold_after_a_migration), TEST_POSTGRES(grants_are_mended),
                TEST_POSTGRES(poor_login_needs_an_administrator), TEST_POSTGRES(roles_hold_outside_the_program),
                TEST_BOTH(writer_is_closed_too),
        };
        return cmocka_run_group_tests_name("closed", tests, NULL, NULL);
}
