/* personal_test.c - what the program says about people's data against what it does: the tables of what is kept against the
 * schema, and the page about privacy against the rules that the night enforces. */
#include "testing.h"
#include <string.h>
#include "page.h"
#include "rooms.h"
#include "schema.h"

/* A column that points at a person or holds an address. */
static bool is_personal(const char *column) {
        struct str c = str_of(column);
        return str_ends(c, S("person_id")) || str_find(c, S("email")) < c.n || str_ends(c, S("_address")) || str_ends(c, S("_by"));
}

/* "table.column" of what is not about one person. */
static const char *const others[] = { "organisation_oidc.email_domain", "organisation_oidc.email_trusted" };

static bool is_told(const char *table, const char *column) {
        for (const struct kept *const *list = rooms_kept; *list; list++)
                for (const struct kept *k = *list; k->table; k++) {
                        struct str rest = str_of(k->columns), word;
                        while (!strcmp(k->table, table) && str_split(&rest, ' ', &word))
                                if (str_eq(word, str_of(column)))
                                        return true;
                }
        return false;
}

static bool is_other(struct arena *a, const char *table, const char *column) {
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
                if (str_eq(str_of(others[i]), str_fmt(a, "%s.%s", table, column)))
                        return true;
        return false;
}

static void every_table_about_people_is_told(void **state) {
        static const struct db_stmt all = { "SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c "
                                            "WHERE m.type = 'table' ORDER BY 1, 2", "test:columns", 0 };
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        struct db_rows rows _cleanup_(db_rows_done) = { 0 };
        bool more = false;
        int personal = 0, missing = 0;
        assert_int_equal(db_query(db, &all, NULL, 0, &rows), OK);
        while (db_next(&rows, &more) == OK && more) {
                const char *table = str_z(&s->arena, db_str(&rows, 0)), *column = str_z(&s->arena, db_str(&rows, 1));
                if (!is_personal(column) || is_other(&s->arena, table, column))
                        continue;
                personal++;
                if (is_told(table, column))
                        continue;
                print_error("%s.%s is about people: tell what is kept there in a table of struct kept (people_kept.h)\n", table, column);
                missing++;
        }
        assert_true(personal > 15);
        assert_int_equal(missing, 0);
}

/* And the other way round: what is told exists. */
static void what_is_told_is_there(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        for (const struct kept *const *list = rooms_kept; *list; list++)
                for (const struct kept *k = *list; k->table; k++) {
                        struct str rest = str_of(k->columns), column;
                        while (str_split(&rest, ' ', &column))
                                assert_int_equal(test_number(db, str_fmt(&s->arena, "SELECT count(%.*s) FROM %s WHERE 1 = 0",
                                                                         STR(column), k->table).p), 0);
                        assert_true(k->what.n && k->why.n && k->after.n && !k->show == !k->key);
                }
}

static struct str privacy(struct arena *a) {
        static struct site site = { .kept = rooms_kept, .retention = rooms_retention };
        struct req rq = { .arena = a, .app = &site, .path = S("/privacy"), .query = S("") };
        struct resp rs = { .status = 200 };
        for (const struct route *const *room = rooms; *room; room++)
                for (const struct route *r = *room; r->pattern; r++)
                        if (!strcmp(r->pattern, "/privacy"))
                                assert_int_equal(r->run(&rq, &rs), OK);
        struct str html = str_dup(a, buf_view(&rs.body));
        buf_done(&rs.body);
        return html;
}

static size_t times(struct str text, struct str what) {
        size_t n = 0;
        for (size_t at; (at = str_find(text, what)) < text.n; text = str_sub(text, at + what.n, text.n))
                n++;
        return n;
}

static void the_page_tells_the_rules(void **state) {
        struct arena a = { 0 };
        struct str html = privacy(&a);
        size_t rules = 0;
        (void) state;
        for (const struct retention_rule *const *list = rooms_retention; *list; list++)
                for (const struct retention_rule *r = *list; r->what.n; r++, rules++)
                        assert_true(str_find(html, str_fmt(&a, "<th scope=\"row\">%.*s</th><td>%.*s</td><td>%.*s</td>",
                                                           STR(r->what), STR(r->why), STR(r->how_long))) < html.n);
        assert_int_equal(times(html, S("<th scope=\"row\">")), rules);
        assert_true(rules > 8);
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_SQLITE(every_table_about_people_is_told), TEST_BOTH(what_is_told_is_there), cmocka_unit_test(the_page_tells_the_rules),
        };
        return cmocka_run_group_tests_name("personal", tests, NULL, NULL);
}
