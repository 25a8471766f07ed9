/* testing.h - for the tests of every layer: a fresh, empty store on SQLite or PostgreSQL, and running a test on both.
 *
 *   static void row_comes_back(void **state) {
 *           struct test_store *s = test_store(state);        skips, and says so, when there is no PostgreSQL
 *           ... db_open(&db, s->url, DB_WRITE) ...
 *   }
 *   const struct CMUnitTest tests[] = { TEST_BOTH(row_comes_back), ... };
 *   return cmocka_run_group_tests_name("room", tests, NULL, NULL);
 *
 * PostgreSQL is used when SCHOUDERS_TEST_PG holds the URL of a server where we may make schemas (tests/pg). */
#ifndef DB_TESTING_H
#define DB_TESTING_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "db.h"

struct test_store {
        struct str url;
        bool postgres;
        bool available;
        struct arena arena;     /* for the test to use; emptied with the store */
        char folder[64];        /* "" with PostgreSQL */
        char schema[64];        /* "" with SQLite */
};

#define TEST_BOTH(f) \
        { #f " (sqlite)", f, test_store_sqlite, test_store_done, NULL }, \
        { #f " (postgresql)", f, test_store_postgres, test_store_done, NULL }
#define TEST_SQLITE(f) { #f, f, test_store_sqlite, test_store_done, NULL }
#define TEST_POSTGRES(f) { #f, f, test_store_postgres, test_store_done, NULL }
int test_store_sqlite(void **state);
int test_store_postgres(void **state);
int test_store_done(void **state);

/* The store of this test. Skips the test when it cannot be had. */
struct test_store *test_store(void **state);
/* Another connection to it; a failure fails the test. */
struct db *test_open(struct test_store *s, enum db_mode mode);
/* Runs statements without values; a failure fails the test. Closed tables are open to it. */
void test_script(struct db *db, const char *sql);
/* The first column of the first row of SQL. Closed tables are open to it. */
int64_t test_number(struct db *db, const char *sql);

/* Is TEXT well-formed XML, for a parser of others (xmllint)? Fails the test if not; says so and goes on when there is no parser. */
void test_is_xml(struct str text);

/* Prepares every statement of a room ("knowledge_statements", sqlc) on DB, which must have its schema.
 * Prints those that fail and returns how many; 0 means that the room works on this store. */
int test_statements(struct db *db, const struct db_stmt *const *list);

#endif
