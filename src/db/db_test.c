/* The port on both stores: the same answers, or the difference is written down here. */
#include "testing.h"
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "clock.h"
#include "schema.h"

const struct db_closed schema_closed[] = { { NULL, NULL, 0 } };

#define STMT(name, sql, n, types) static const struct db_stmt name = { sql, "test:" #name "(" types ")", n }
STMT(put, "INSERT INTO v(id, i, r, s, b) VALUES ($1, $2, $3, $4, $5)", 5, "iirtb");
STMT(get, "SELECT i, r, s, b FROM v WHERE id = $1", 1, "i");
STMT(count, "SELECT count(*) FROM v", 0, "");
STMT(at_least, "SELECT count(*) FROM v WHERE $1 IS NULL OR i >= $1", 1, "i");
STMT(one_less, "SELECT count(*) FROM v WHERE i = $1 - 1", 1, "i");
STMT(compare, "SELECT $1 = 'ja', $1 = 'nee'", 1, "t");
STMT(owner_add, "INSERT INTO owner(id, name, v_id) VALUES ($1, $2, $3)", 3, "iti");

#define TABLES(t_int, t_real, t_blob, strict) \
        "CREATE TABLE v(id " t_int " PRIMARY KEY, i " t_int ", r " t_real ", s TEXT, b " t_blob ")" strict ";" \
        "CREATE TABLE owner(id " t_int " PRIMARY KEY, name TEXT NOT NULL UNIQUE CHECK (name <> 'niemand'), v_id " t_int \
        " REFERENCES v(id))" strict

static struct db *open_with_tables(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        test_script(db, s->postgres ? TABLES("BIGINT", "DOUBLE PRECISION", "BYTEA", "")
                    : TABLES("INTEGER", "REAL", "BLOB", " STRICT"));
        return db;
}

static enum err put_row(struct db *db, int64_t id, struct opt_i64 i, double r, struct str s, struct str b) {
        struct db_val v[] = { db_val_i64(id), db_val_opt(i), db_val_f64(r), db_val_str(s), db_val_blob(b) };
        return db_exec(db, &put, v, 5);
}

static enum err put_id(struct db *db, int64_t id) {
        return put_row(db, id, opt_i64(id), 0.5, S("tekst"), S("blob"));
}

static enum err add_owner(struct db *db, int64_t id, struct str name, int64_t v_id) {
        struct db_val v[] = { db_val_i64(id), db_val_str(name), db_val_i64(v_id) };
        return db_exec(db, &owner_add, v, 3);
}

static int64_t rows_in_v(struct db *db) {
        return test_number(db, "SELECT count(*) FROM v");
}

static void check_row(struct db *db, struct arena *a, int64_t id, struct opt_i64 i, double r, struct str s,
                      struct str b) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        struct db_val v[] = { db_val_i64(id) };
        bool more;
        assert_int_equal(put_row(db, id, i, r, s, b), OK);
        assert_int_equal(db_query(db, &get, v, 1, &rows), OK);
        assert_int_equal(db_next(&rows, &more), OK);
        assert_true(more);
        assert_int_equal(db_is_null(&rows, 0), !i.is_set);
        if (i.is_set)
                assert_true(db_i64(&rows, 0) == i.v);
        double got = db_f64(&rows, 1);
        assert_true(isnan(r) ? isnan(got) && db_is_null(&rows, 1) : memcmp(&r, &got, sizeof r) == 0);
        assert_true(str_eq(db_str(&rows, 2), s));
        assert_int_equal(db_str(&rows, 2).p == NULL, s.p == NULL);
        assert_true(str_eq(db_blob(&rows, 3, a), b));
        assert_int_equal(db_blob(&rows, 3, a).p == NULL, b.p == NULL);
        assert_int_equal(db_next(&rows, &more), OK);
        assert_false(more);
}

static void values_come_back(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        const struct str none = { 0 };
        char bytes[256];
        for (int i = 0; i < 256; i++)
                bytes[i] = (char) i;
        check_row(db, &s->arena, 1, (struct opt_i64) { 0 }, NAN, none, none);
        check_row(db, &s->arena, 2, opt_i64(INT64_MAX), 1.7976931348623157e308, S(""), S(""));
        check_row(db, &s->arena, 3, opt_i64(INT64_MIN), 4.9406564584124654e-324, S("'; DROP TABLE v; --\\ \"$1\""), S("\0"));
        check_row(db, &s->arena, 4, opt_i64(0), 0.1 + 0.2, S("Súdwest-Fryslân € 𝄞\n\ttab"), (struct str) { bytes, 256 });
        check_row(db, &s->arena, 5, opt_i64(-1), -1.0 / 3, S("\\x00"), S("\\x41"));
        check_row(db, &s->arena, 6, opt_i64(1), INFINITY, S("één"), S("'"));
        struct str big = { memset(arena_alloc(&s->arena, 3 << 20), 'x', 3 << 20), 3 << 20 };
        check_row(db, &s->arena, 7, opt_i64(1), 1e300, big, big);
}

static void text_with_nul_is_refused(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        assert_int_equal(put_row(db, 1, opt_i64(1), 1, S("a\0b"), S("")), ERR_INVALID);
        assert_int_equal(rows_in_v(db), 0);
}

static void reader_cannot_write(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *w = open_with_tables(s);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        assert_int_equal(put_id(db, 1), ERR_INTERNAL);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(put_id(db, 2), ERR_INTERNAL);
        db_rollback(db);
        assert_int_equal(rows_in_v(db), 0);
}

static void reader_has_a_snapshot(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *w = open_with_tables(s);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_READ);
        assert_int_equal(put_id(w, 1), OK);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(rows_in_v(db), 1);
        assert_int_equal(put_id(w, 2), OK);
        assert_int_equal(rows_in_v(db), 1);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(rows_in_v(db), 2);
}

static void transaction_is_all_or_nothing(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(db_begin(db), ERR_INTERNAL);
        assert_int_equal(put_id(db, 1), OK);
        db_rollback(db);
        db_rollback(db);
        assert_int_equal(rows_in_v(db), 0);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(put_id(db, 1), OK);
        assert_int_equal(put_id(db, 2), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(rows_in_v(db), 2);
        assert_int_not_equal(db_commit(db), OK);
}

static void savepoints_nest(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(db_savepoint(db), OK);
        assert_int_equal(put_id(db, 1), OK);
        assert_int_equal(db_savepoint(db), OK);
        assert_int_equal(put_id(db, 2), OK);
        assert_int_equal(put_id(db, 1), ERR_CONFLICT);
        db_rollback_to(db);
        assert_int_equal(db_savepoint(db), OK);
        assert_int_equal(put_id(db, 3), OK);
        assert_int_equal(db_release(db), OK);
        assert_int_equal(db_release(db), OK);
        assert_int_equal(put_id(db, 4), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(rows_in_v(db), 3);
        assert_int_equal(test_number(db, "SELECT sum(id) FROM v"), 1 + 3 + 4);
}

/* PostgreSQL answers COMMIT with a friendly ROLLBACK here; taking that for success would lose a reply's data. */
static void failed_statement_spoils_the_transaction(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        assert_int_equal(put_id(db, 1), OK);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(put_id(db, 2), OK);
        assert_int_equal(put_id(db, 1), ERR_CONFLICT);
        assert_int_equal(db_commit(db), ERR_INTERNAL);
        assert_int_equal(rows_in_v(db), 1);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(db_savepoint(db), OK);
        assert_int_equal(put_id(db, 1), ERR_CONFLICT);
        assert_int_equal(db_release(db), ERR_INTERNAL);
        assert_int_equal(put_id(db, 3), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(rows_in_v(db), 2);
}

static void constraints_have_their_error(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        const struct str none = { 0 };
        assert_int_equal(put_id(db, 1), OK);
        assert_int_equal(put_id(db, 1), ERR_CONFLICT);
        assert_int_equal(add_owner(db, 1, S("Vis"), 1), OK);
        assert_int_equal(add_owner(db, 2, S("Vis"), 1), ERR_CONFLICT);
        assert_int_equal(add_owner(db, 2, S("Bos"), 99), ERR_INVALID);
        assert_int_equal(add_owner(db, 2, none, 1), ERR_INVALID);
        assert_int_equal(add_owner(db, 2, S("niemand"), 1), ERR_INVALID);
        assert_int_equal(test_number(db, "SELECT count(*) FROM owner"), 1);
}

static void statements_are_prepared_once(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        for (int64_t i = 0; i < 100; i++)
                assert_int_equal(put_id(db, i), OK);
        assert_int_equal(db_prepare_count(db), 1);
        assert_int_equal(db_prepare(db, &put), OK);
        assert_int_equal(db_prepare_count(db), 1);
        assert_int_equal(db_prepare(db, &count), OK);
        assert_int_equal(db_prepare_count(db), 2);
}

/* The table of prepared statements grows without losing any. */
static void many_statements(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        struct db_stmt *many = arena_many(&s->arena, struct db_stmt, 700);
        for (int round = 0; round < 2; round++)
                for (size_t i = 0; i < 700; i++) {
                        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
                        bool more;
                        if (!many[i].sql)
                                many[i] = (struct db_stmt) { str_fmt(&s->arena, "SELECT %zu", i).p, "test:many", 0 };
                        assert_int_equal(db_query(db, &many[i], NULL, 0, &rows), OK);
                        assert_int_equal(db_next(&rows, &more), OK);
                        assert_int_equal(db_i64(&rows, 0), i);
                }
        assert_int_equal(db_prepare_count(db), 700);
}

static void wrong_statements_fail(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        STMT(wrong, "SELECT nope FROM v", 0, "");
        struct db_val v[] = { db_val_i64(1) };
        assert_int_equal(db_exec(db, &wrong, NULL, 0), ERR_INTERNAL);
        assert_int_equal(db_exec(db, &get, v, 0), ERR_INTERNAL);
        assert_int_equal(db_prepare(db, &wrong), ERR_INTERNAL);
        const struct db_stmt *const list[] = { &get, &wrong, &count, NULL };
        assert_int_equal(test_statements(db, list), 1);
        assert_int_equal(put_id(db, 1), OK);
}

static int64_t number_for(struct db *db, const struct db_stmt *st, struct db_val v) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more;
        assert_int_equal(db_query(db, st, &v, 1, &rows), OK);
        assert_int_equal(db_next(&rows, &more), OK);
        assert_true(more);
        return db_i64(&rows, 0);
}

/* The server must not guess: it finds no type in "$1 IS NULL", and 32 bits in "$1 - 1". */
static void parameters_have_the_declared_type(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        assert_int_equal(put_id(db, 5), OK);
        assert_int_equal(put_row(db, 6, opt_i64(4999999999), 0, S(""), S("")), OK);
        assert_int_equal(number_for(db, &at_least, db_val_opt((struct opt_i64) { 0 })), 2);
        assert_int_equal(number_for(db, &at_least, db_val_i64(6)), 1);
        assert_int_equal(number_for(db, &one_less, db_val_i64(5000000000)), 1);
}

static void conditions_are_one_and_zero(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        struct db_val v[] = { db_val_str(S("ja")) };
        bool more;
        assert_int_equal(db_query(db, &compare, v, 1, &rows), OK);
        assert_int_equal(db_next(&rows, &more), OK);
        assert_int_equal(db_i64(&rows, 0), 1);
        assert_int_equal(db_i64(&rows, 1), 0);
}

static void log_tells_no_content(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        char path[] = "/tmp/schouders-log.XXXXXX", text[4096] = "";
        int fd = mkstemp(path), kept = dup(2);
        assert_true(fd >= 0 && kept >= 0);
        unlink(path);
        dup2(fd, 2);
        enum err e[] = { put_id(db, 1), add_owner(db, 1, S("Jan Geheim"), 99), add_owner(db, 2, S("Jan Geheim"), 1),
                         add_owner(db, 3, S("Jan Geheim"), 1), put_row(db, 9, opt_i64(1), 1, S("Geheim\0"), S("")) };
        dup2(kept, 2);
        close(kept);
        assert_true(pread(fd, text, sizeof text - 1, 0) > 0);
        close(fd);
        assert_int_equal(e[1], ERR_INVALID);
        assert_int_equal(e[3], ERR_CONFLICT);
        assert_int_equal(e[4], ERR_INVALID);
        assert_non_null(strstr(text, "owner_add"));
        assert_null(strstr(text, "Geheim"));
}

static void second_writer_is_refused(void **state) {
        struct test_store *s = test_store(state);
        struct db *other = NULL;
        {
                _cleanup_(db_closep) struct db *db = open_with_tables(s);
                assert_int_equal(db_open(&other, s->url, DB_WRITE), ERR_BUSY);
        }
        assert_int_equal(db_open(&other, s->url, DB_WRITE), OK);
        db_close(other);
}

static void missing_store_is_busy(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = NULL;
        struct str url = s->postgres ? S("postgresql:///x?host=/tmp/no-such-folder") : S("/tmp/no-such-folder/x.db");
        assert_int_equal(db_open(&db, url, DB_READ), ERR_BUSY);
        assert_null(db);
        assert_int_not_equal(db_open(&db, url, DB_WRITE), OK);
        assert_null(db);
        db_close(NULL);
}

/* Somebody ends our session: the statement fails as busy and the connection knows that it is lost. */
static void lost_session_is_noticed(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = open_with_tables(s);
        _cleanup_(db_closep) struct db *killer = test_open(s, DB_WRITE);
        int64_t pid = test_number(db, "SELECT pg_backend_pid()");
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(put_id(db, 1), OK);
        test_script(killer, str_fmt(&s->arena, "SELECT pg_terminate_backend(%lld, 5000)", (long long) pid).p);
        assert_true(db_alive(db));
        assert_int_equal(put_id(db, 2), ERR_BUSY);
        assert_false(db_alive(db));
        assert_false(db_in_transaction(db));
        assert_int_equal(db_commit(db), ERR_BUSY);
        assert_int_equal(rows_in_v(killer), 0);
}

static void clock_of_the_server_is_near(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        int64_t before = clock_now_ms(), told = 0;
        assert_int_equal(db_clock(db, &told), OK);
        assert_true(told >= before - 1000 && told <= clock_now_ms() + 1000);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(values_come_back), TEST_BOTH(text_with_nul_is_refused), TEST_BOTH(reader_cannot_write),
                TEST_BOTH(reader_has_a_snapshot), TEST_BOTH(transaction_is_all_or_nothing), TEST_BOTH(savepoints_nest),
                TEST_BOTH(failed_statement_spoils_the_transaction), TEST_BOTH(constraints_have_their_error),
                TEST_BOTH(statements_are_prepared_once), TEST_BOTH(many_statements), TEST_BOTH(wrong_statements_fail),
                TEST_BOTH(parameters_have_the_declared_type), TEST_BOTH(conditions_are_one_and_zero),
                TEST_BOTH(log_tells_no_content), TEST_BOTH(clock_of_the_server_is_near), TEST_SQLITE(second_writer_is_refused), TEST_BOTH(missing_store_is_busy),
                TEST_POSTGRES(lost_session_is_noticed),
        };
        return cmocka_run_group_tests_name("db", tests, NULL, NULL);
}
