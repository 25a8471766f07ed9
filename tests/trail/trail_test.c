/* trail_test PROGRAM: the trail through the command line, on both stores; it is tampered with by sqlite3 and psql. */
#include "testing.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "audit.h"
#include "buf.h"
#include "schema.h"

static const char *program;

/* Runs ARGV (NULL-ended) and returns its exit status; what it prints on standard output in *said. */
static int run(struct arena *a, const char *const *argv, struct str *said) {
        int out[2];
        struct buf text _cleanup_(buf_done) = { 0 };
        char part[4096];
        assert_int_equal(pipe(out), 0);
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0) {
                dup2(out[1], 1);
                close(out[0]);
                close(out[1]);
                execvp(argv[0], (char *const *) argv);
                _exit(127);
        }
        close(out[1]);
        for (ssize_t n; (n = read(out[0], part, sizeof part)) > 0;)
                buf_put(&text, part, (size_t) n);
        close(out[0]);
        int status = 0;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        *said = str_dup(a, buf_view(&text));
        print_message("%s %s: %.*s", argv[0], argv[1], STR(*said));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int check(struct test_store *s, const char *option, struct str *said) {
        const char *const trail[] = { program, "check", "trail", "--database", s->url.p, NULL };
        const char *const grants[] = { program, "migrate", option, "--database", s->url.p, NULL };
        return run(&s->arena, option ? grants : trail, said);
}

/* Behind the program's back. False when the tool is not there. */
static bool tamper(struct test_store *s, const char *sql) {
        struct str said;
        const char *const lite[] = { "sqlite3", s->url.p, sql, NULL };
        const char *const pg[] = { "psql", "-q", "-v", "ON_ERROR_STOP=1", s->url.p, "-c", sql, NULL };
        int status = run(&s->arena, s->postgres ? pg : lite, &said);
        if (status == 127)
                return false;
        assert_int_equal(status, 0);
        return true;
}

static void add(struct test_store *s, int n) {
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(db_begin(db), OK);
        for (int i = 0; i < n; i++)
                assert_int_equal(audit_add(db, &(struct audit_entry) { .at_ms = 1790000000000 + i, .actor = AUDIT_COMMAND,
                        .action = S("setting.change"), .subject_kind = S("setting"), .subject_id = S("x"), .after = S("1") }), OK);
        assert_int_equal(db_commit(db), OK);
}

static bool says(struct str said, const char *text) {
        return strstr(said.p, text) != NULL;
}

static void trail_is_checked(void **state) {
        struct test_store *s = test_store(state);
        struct str said;
        add(s, 0);
        assert_int_equal(check(s, NULL, &said), 0);
        assert_true(says(said, "the trail is whole: it has no rows\n"));
        add(s, 5);
        assert_int_equal(check(s, NULL, &said), 0);
        assert_true(says(said, "the trail is whole: 5 rows, the last with hash "));
        if (!tamper(s, "UPDATE audit SET after_json = '2' WHERE id = 3")) {
                print_message("skipped: sqlite3 or psql is not installed\n");
                skip();
        }
        assert_int_equal(check(s, NULL, &said), 1);
        assert_string_equal(said.p, "wrong: the trail is broken: row 3 was changed\n");
        tamper(s, "UPDATE audit SET after_json = '1' WHERE id = 3");
        assert_int_equal(check(s, NULL, &said), 0);
        tamper(s, "DELETE FROM audit WHERE id = 5");
        assert_int_equal(check(s, NULL, &said), 1);
        assert_true(says(said, "row 5 is not the end that was noted"));
        tamper(s, "DELETE FROM audit WHERE id = 2");
        assert_int_equal(check(s, NULL, &said), 1);
        assert_true(says(said, "row 2 is gone"));
}

static void unmigrated_store_is_named(void **state) {
        struct test_store *s = test_store(state);
        struct str said;
        db_close(test_open(s, DB_WRITE));
        assert_int_equal(check(s, NULL, &said), 1);
        assert_true(says(said, "run `schouders migrate`"));
}

static void grants_are_printed(void **state) {
        struct test_store *s = test_store(state);
        struct str said;
        add(s, 0);
        assert_int_equal(check(s, "--print-grants", &said), 0);
        assert_string_equal(said.p, "-- There is nothing for an administrator to do.\n");
}

/* psql in a role of the program is refused as the program's own statements are. */
static void roles_hold_for_psql(void **state) {
        struct test_store *s = test_store(state);
        struct str said;
        add(s, 1);
        const struct { const char *sql; int status; } cases[] = {
                { "SET ROLE schouders_postgres_open; SELECT count(*) FROM setting", 0 },
                { "SET ROLE schouders_postgres_open; SELECT count(*) FROM audit", 1 },
                { "SET ROLE schouders_postgres_open; UPDATE audit_head SET rows = 0", 1 },
                { "SET ROLE schouders_postgres_audit; SELECT count(*) FROM audit", 0 },
                { "SET ROLE schouders_postgres_audit; UPDATE audit SET actor = 'system'", 1 },
                { "SET ROLE schouders_postgres_audit; DELETE FROM audit", 1 },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                const char *const argv[] = { "psql", "-qAt", "-v", "ON_ERROR_STOP=1", s->url.p, "-c", cases[i].sql, NULL };
                int status = run(&s->arena, argv, &said);
                if (status == 127)
                        skip();
                assert_int_equal(status, cases[i].status);
        }
}

/* psql stands where Debian puts each version. */
static void find_tools(void) {
        struct arena a = { 0 };
        for (int v = 9; v < 30; v++) {
                const char *dir = str_fmt(&a, "/usr/lib/postgresql/%d/bin", v).p;
                if (access(dir, X_OK) == 0)
                        setenv("PATH", str_fmt(&a, "%s:%s", getenv("PATH"), dir).p, 1);
        }
        arena_done(&a);
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(trail_is_checked), TEST_BOTH(unmigrated_store_is_named), TEST_BOTH(grants_are_printed),
                TEST_POSTGRES(roles_hold_for_psql),
        };
        if (argc < 2)
                return 2;
        program = argv[1];
        find_tools();
        return cmocka_run_group_tests_name("trail", tests, NULL, NULL);
}
