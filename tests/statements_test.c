/* Prepares every statement of every .sql file on both stores: the build tried them on SQLite only. STATEMENTS lists the files. */
#include "testing.h"
#include "schema.h"

#define X(room) extern const struct db_stmt *const room##_statements[];
STATEMENTS
#undef X

static const struct room {
        const char *name;
        const struct db_stmt *const *list;
} rooms[] = {
#define X(room) { #room, room##_statements },
        STATEMENTS
#undef X
};

static void every_statement_prepares(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        int failed = 0;
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(schema_migrate(db), OK);
        for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
                size_t n = 0;
                while (rooms[i].list[n])
                        n++;
                assert_true(n > 0);
                failed += test_statements(db, rooms[i].list);
                print_message("%s: %zu statements\n", rooms[i].name, n);
        }
        assert_int_equal(failed, 0);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(every_statement_prepares) };
        return cmocka_run_group_tests_name("statements", tests, NULL, NULL);
}
