/* Runs what sqlc wrote from golden/library.sql, on both stores. */
#include "testing.h"
#include <math.h>
#include "library.sql.h"
#include "schema.h"

static struct db *library(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        return db;
}

static const struct str none = { 0 };

static int64_t add_book(struct db *db, int64_t shelf, struct str title, struct opt_i64 pages) {
        int64_t id = 0;
        assert_int_equal(book_add(db, opt_i64(shelf), title, none, pages, 1.5, NAN, none, 0, &id), OK);
        return id;
}

static void every_statement_prepares(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = library(s);
        assert_int_equal(test_statements(db, library_statements), 0);
}

static void rows_come_back(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = library(s);
        struct book b = { 0 };
        int64_t shelf = 0, id = 0;
        bool found = true;
        assert_int_equal(shelf_add(db, S("Romans"), &shelf), OK);
        assert_int_equal(shelf_add(db, S("Romans"), &id), ERR_CONFLICT);
        assert_int_equal(shelf_add_once(db, S("Romans"), &id), ERR_CONFLICT);
        assert_int_equal(book_add(db, opt_i64(shelf), S("Een"), S("Vis"), opt_i64(5000000000), 0.25, 9.95, S("\0\xff"), 1, &id), OK);
        assert_int_equal(book_get(db, &s->arena, id, &b), OK);
        assert_true(b.id == id && b.shelf_id.is_set && b.shelf_id.v == shelf && str_eq(b.title, S("Een")));
        assert_true(str_eq(b.author, S("Vis")) && b.pages.v == 5000000000 && fabs(b.weight - 0.25) < 1e-15);
        assert_true(fabs(b.price - 9.95) < 1e-15 && str_eq(b.cover, S("\0\xff")) && b.lent == 1);
        assert_int_equal(book_add(db, (struct opt_i64) { 0 }, S("Leeg"), none, (struct opt_i64) { 0 }, 1, NAN, none, 0, &id), OK);
        assert_int_equal(book_find(db, &s->arena, S("Leeg"), &b, &found), OK);
        assert_true(found && !b.shelf_id.is_set && !b.author.p && !b.pages.is_set && isnan(b.price) && !b.cover.p);
        assert_int_equal(book_find(db, &s->arena, S("Weg"), &b, &found), OK);
        assert_false(found);
        assert_int_equal(book_get(db, &s->arena, 99, &b), ERR_NOT_FOUND);
}

static void many_and_optional_parameters(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = library(s);
        struct books_on_row_list l;
        int64_t shelf = 0;
        assert_int_equal(shelf_add(db, S("A"), &shelf), OK);
        add_book(db, shelf, S("Twee"), opt_i64(200));
        add_book(db, shelf, S("Een"), opt_i64(100));
        add_book(db, shelf, S("Nul"), (struct opt_i64) { 0 });
        assert_int_equal(books_on(db, &s->arena, shelf, (struct opt_i64) { 0 }, &l), OK);
        assert_int_equal(l.n, 3);
        assert_true(str_eq(l.v[0].title, S("Een")) && str_eq(l.v[2].title, S("Twee")));
        assert_int_equal(books_on(db, &s->arena, shelf, opt_i64(150), &l), OK);
        assert_int_equal(l.n, 1);
        assert_int_equal(books_on(db, &s->arena, 99, opt_i64(150), &l), OK);
        assert_int_equal(l.n, 0);
}

struct seen {
        int n;
        bool stop;
        struct str last;
        struct arena *a;
};

static enum err see(void *arg, const struct books_each_row *row) {
        struct seen *x = arg;
        x->n++;
        x->last = str_dup(x->a, row->title);
        return x->stop ? ERR_LIMIT : OK;
}

static void each_calls_until_it_is_told_to_stop(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = library(s);
        struct seen all = { .a = &s->arena }, first = { .a = &s->arena, .stop = true };
        int64_t shelf = 0;
        assert_int_equal(shelf_add(db, S("A"), &shelf), OK);
        add_book(db, shelf, S("Een"), opt_i64(1));
        add_book(db, shelf, S("Twee"), opt_i64(2));
        assert_int_equal(books_each(db, see, &all), OK);
        assert_int_equal(all.n, 2);
        assert_true(str_eq(all.last, S("Twee")));
        assert_int_equal(books_each(db, see, &first), ERR_LIMIT);
        assert_int_equal(first.n, 1);
        assert_int_equal(books_each(db, see, &all), OK);
        assert_int_equal(all.n, 4);
}

/* The comment in the middle of book_rename must not swallow its WHERE. */
static void changes_change_what_they_say(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = library(s);
        struct book_lend_row lent;
        struct book b;
        int64_t shelf = 0;
        bool found;
        assert_int_equal(shelf_add(db, S("A"), &shelf), OK);
        int64_t one = add_book(db, shelf, S("Een"), opt_i64(1)), two = add_book(db, shelf, S("Twee"), opt_i64(2));
        assert_int_equal(book_rename(db, one, S("Eén")), OK);
        assert_int_equal(book_get(db, &s->arena, one, &b), OK);
        assert_true(str_eq(b.title, S("Eén")));
        assert_int_equal(book_get(db, &s->arena, two, &b), OK);
        assert_true(str_eq(b.title, S("Twee")));
        assert_int_equal(book_lend(db, &s->arena, one, &lent, &found), OK);
        assert_true(found && str_eq(lent.title, S("Eén")));
        assert_int_equal(book_lend(db, &s->arena, one, &lent, &found), OK);
        assert_false(found);
        assert_int_equal(book_get(db, &s->arena, one, &b), OK);
        assert_int_equal(b.lent, 1);
        assert_int_equal(shelf_clear(db, shelf), OK);
        assert_int_equal(book_get(db, &s->arena, two, &b), ERR_NOT_FOUND);
}

static void sums_and_strings(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = library(s);
        struct shelf_sizes_row_list l;
        struct quote_row q;
        int64_t a = 0, b = 0;
        assert_int_equal(shelf_add(db, S("A"), &a), OK);
        assert_int_equal(shelf_add(db, S("B"), &b), OK);
        add_book(db, a, S("Een"), opt_i64(1));
        add_book(db, a, S("Twee"), opt_i64(2));
        assert_int_equal(shelf_sizes(db, &s->arena, &l), OK);
        assert_int_equal(l.n, 2);
        assert_true(l.v[0].books == 2 && fabs(l.v[0].weight - 3) < 1e-15);
        assert_true(l.v[1].books == 0 && isnan(l.v[1].weight));
        assert_int_equal(quote(db, &s->arena, S("ja"), &q), OK);
        assert_true(str_eq(q.said, S(":word; '-- not a comment' $1 \\ ?\?= \"é\"")));
        assert_true(str_eq(q.word, S("ja!")) && q.yes == 1);
        assert_int_equal(quote(db, &s->arena, S("nee"), &q), OK);
        assert_int_equal(q.yes, 0);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(every_statement_prepares), TEST_BOTH(rows_come_back), TEST_BOTH(many_and_optional_parameters),
                TEST_BOTH(each_calls_until_it_is_told_to_stop), TEST_BOTH(changes_change_what_they_say),
                TEST_BOTH(sums_and_strings),
        };
        return cmocka_run_group_tests_name("sqlc", tests, NULL, NULL);
}
