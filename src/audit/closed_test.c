/* The tables of the trail are closed: to other files altogether, and to audit.sql itself for changing what was written. */
#include "testing.h"
#include "audit.h"
#include "schema.h"

static const struct db_stmt refused[] = {
        { "SELECT count(*) FROM audit", "people.sql:read()", 0 },
        { "SELECT rows FROM audit_head", "people.sql:head()", 0 },
        { "INSERT INTO audit_head(id, rows, hash) VALUES (2, 0, '')", "people.sql:insert()", 0 },
        { "DELETE FROM audit", "people.sql:delete()", 0 },
        { "SELECT count(*) FROM audit", "adhoc", 0 },
        { "UPDATE audit SET actor = 'system'", "audit.sql:rewrite()", 0 },
        { "DELETE FROM audit", "audit.sql:forget()", 0 },
        { "DELETE FROM audit_head", "audit.sql:behead()", 0 },
        { "DROP TABLE audit", "audit.sql:drop()", 0 },
        { "INSERT INTO audit(id, at_ms, actor, action, subject_kind, subject_id, previous, hash)"
          " VALUES (1, 1, 'system', 'a', 'b', 'c', '', 'd') ON CONFLICT (id) DO UPDATE SET actor = 'system'", "audit.sql:put()", 0 },
};

static void trail_is_only_added_to(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        struct audit_result r;
        assert_int_equal(schema_migrate(db), OK);
        assert_true(db_is_closed(db));
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(audit_add(db, &(struct audit_entry) { .at_ms = 1, .actor = AUDIT_SYSTEM, .action = S("test.one"),
                                                               .subject_kind = S("test"), .subject_id = S("1") }), OK);
        assert_int_equal(db_commit(db), OK);
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
                print_message("%s\n", refused[i].name);
                assert_int_equal(db_exec(db, &refused[i], NULL, 0), ERR_INTERNAL);
        }
        assert_int_equal(audit_verify(db, &s->arena, &r), OK);
        assert_int_equal(r.fault, AUDIT_WHOLE);
        assert_int_equal(r.rows, 1);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(trail_is_only_added_to) };
        return cmocka_run_group_tests_name("audit-closed", tests, NULL, NULL);
}
