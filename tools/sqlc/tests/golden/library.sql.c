/* Written by sqlc from library.sql. */
#include "library.sql.h"
#include "vec.h"

static const struct db_stmt q_shelf_add = {
        "INSERT INTO shelf(label) VALUES ($1) RETURNING id",
        "library.sql:shelf_add(t)", 1 };

enum err shelf_add(struct db *db, struct str label, int64_t *ret) {
        struct db_val v[] = { db_val_str(label) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_shelf_add, v, 1, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK && !more)
                e = ERR_CONFLICT;
        if (e == OK) {
                *ret = db_i64(&rows, 0);
                e = db_next(&rows, &more);
        }
        return e;
}

static const struct db_stmt q_shelf_add_once = {
        "INSERT INTO shelf(label) VALUES ($1) ON CONFLICT (label) DO NOTHING RETURNING id",
        "library.sql:shelf_add_once(t)", 1 };

enum err shelf_add_once(struct db *db, struct str label, int64_t *ret) {
        struct db_val v[] = { db_val_str(label) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_shelf_add_once, v, 1, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK && !more)
                e = ERR_CONFLICT;
        if (e == OK) {
                *ret = db_i64(&rows, 0);
                e = db_next(&rows, &more);
        }
        return e;
}

static const struct db_stmt q_book_add = {
        "INSERT INTO book(shelf_id, title, author, pages, weight, price, cover, lent) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8) RETURNING id",
        "library.sql:book_add(ittirrbi)", 8 };

enum err book_add(struct db *db, struct opt_i64 shelf_id, struct str title, struct str author, struct opt_i64 pages, double weight, double price, struct str cover, int64_t lent, int64_t *ret) {
        struct db_val v[] = { db_val_opt(shelf_id), db_val_str(title), db_val_str(author), db_val_opt(pages), db_val_f64(weight), db_val_f64(price), db_val_blob(cover), db_val_i64(lent) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_book_add, v, 8, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK && !more)
                e = ERR_CONFLICT;
        if (e == OK) {
                *ret = db_i64(&rows, 0);
                e = db_next(&rows, &more);
        }
        return e;
}

static const struct db_stmt q_book_get = {
        "SELECT id, shelf_id, title, author, pages, weight, price, cover, lent FROM book WHERE id = $1",
        "library.sql:book_get(i)", 1 };

enum err book_get(struct db *db, struct arena *a, int64_t id, struct book *ret) {
        struct db_val v[] = { db_val_i64(id) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_book_get, v, 1, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK && more) {
                ret->id = db_i64(&rows, 0);
                ret->shelf_id = (struct opt_i64) { !db_is_null(&rows, 1), db_is_null(&rows, 1) ? 0 : db_i64(&rows, 1) };
                ret->title = str_dup(a, db_str(&rows, 2));
                ret->author = db_is_null(&rows, 3) ? (struct str) { 0 } : str_dup(a, db_str(&rows, 3));
                ret->pages = (struct opt_i64) { !db_is_null(&rows, 4), db_is_null(&rows, 4) ? 0 : db_i64(&rows, 4) };
                ret->weight = db_f64(&rows, 5);
                ret->price = db_f64(&rows, 6);
                ret->cover = db_blob(&rows, 7, a);
                ret->lent = db_i64(&rows, 8);
        }
        return e == OK && !more ? ERR_NOT_FOUND : e;
}

static const struct db_stmt q_book_find = {
        "SELECT id, shelf_id, title, author, pages, weight, price, cover, lent FROM book WHERE title "
        "= $1",
        "library.sql:book_find(t)", 1 };

enum err book_find(struct db *db, struct arena *a, struct str title, struct book *ret, bool *found) {
        struct db_val v[] = { db_val_str(title) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_book_find, v, 1, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        *found = e == OK && more;
        if (e == OK && more) {
                ret->id = db_i64(&rows, 0);
                ret->shelf_id = (struct opt_i64) { !db_is_null(&rows, 1), db_is_null(&rows, 1) ? 0 : db_i64(&rows, 1) };
                ret->title = str_dup(a, db_str(&rows, 2));
                ret->author = db_is_null(&rows, 3) ? (struct str) { 0 } : str_dup(a, db_str(&rows, 3));
                ret->pages = (struct opt_i64) { !db_is_null(&rows, 4), db_is_null(&rows, 4) ? 0 : db_i64(&rows, 4) };
                ret->weight = db_f64(&rows, 5);
                ret->price = db_f64(&rows, 6);
                ret->cover = db_blob(&rows, 7, a);
                ret->lent = db_i64(&rows, 8);
        }
        return e == OK && !more ? OK : e;
}

static const struct db_stmt q_books_on = {
        "SELECT id, title FROM book WHERE shelf_id = $1 AND ($2 IS NULL OR pages >= $2) ORDER BY title",
        "library.sql:books_on(ii)", 2 };

enum err books_on(struct db *db, struct arena *a, int64_t shelf_id, struct opt_i64 least, struct books_on_row_list *ret) {
        struct db_val v[] = { db_val_i64(shelf_id), db_val_opt(least) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_books_on, v, 2, &rows);
        *ret = (struct books_on_row_list) { 0 };
        while (e == OK && (e = db_next(&rows, &more)) == OK && more) {
                struct books_on_row *row = vec_push(a, ret);
                row->id = db_i64(&rows, 0);
                row->title = str_dup(a, db_str(&rows, 1));
        }
        return e;
}

static const struct db_stmt q_books_each = {
        "SELECT id, title, author, pages, price FROM book ORDER BY id",
        "library.sql:books_each()", 0 };

enum err books_each(struct db *db, enum err (*each)(void *arg, const struct books_each_row *row), void *arg) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_books_each, NULL, 0, &rows);
        while (e == OK && (e = db_next(&rows, &more)) == OK && more) {
                struct books_each_row r = { 0 }, *row = &r;
                row->id = db_i64(&rows, 0);
                row->title = db_str(&rows, 1);
                row->author = db_str(&rows, 2);
                row->pages = (struct opt_i64) { !db_is_null(&rows, 3), db_is_null(&rows, 3) ? 0 : db_i64(&rows, 3) };
                row->price = db_f64(&rows, 4);
                e = each(arg, row);
        }
        return e;
}

static const struct db_stmt q_book_titles = {
        "SELECT title AS name FROM book ORDER BY id",
        "library.sql:book_titles()", 0 };

enum err book_titles(struct db *db, enum err (*each)(void *arg, const struct title_row *row), void *arg) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_book_titles, NULL, 0, &rows);
        while (e == OK && (e = db_next(&rows, &more)) == OK && more) {
                struct title_row r = { 0 }, *row = &r;
                row->name = db_str(&rows, 0);
                e = each(arg, row);
        }
        return e;
}

static const struct db_stmt q_book_rename = {
        "UPDATE book SET title = $1 WHERE id = $2",
        "library.sql:book_rename(ti)", 2 };

enum err book_rename(struct db *db, int64_t id, struct str title) {
        struct db_val v[] = { db_val_str(title), db_val_i64(id) };
        return db_exec(db, &q_book_rename, v, 2);
}

static const struct db_stmt q_book_lend = {
        "UPDATE book SET lent = 1 WHERE id = $1 AND lent = 0 RETURNING title",
        "library.sql:book_lend(i)", 1 };

enum err book_lend(struct db *db, struct arena *a, int64_t id, struct book_lend_row *ret, bool *found) {
        struct db_val v[] = { db_val_i64(id) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_book_lend, v, 1, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        *found = e == OK && more;
        if (e == OK && more) {
                ret->title = str_dup(a, db_str(&rows, 0));
        }
        return e == OK && !more ? OK : e;
}

static const struct db_stmt q_shelf_sizes = {
        "SELECT s.label AS \"label:text\", count(b.id) AS \"books:integer\", sum(b.weight) AS \"weight:real\?\" "
        "FROM shelf s LEFT JOIN book b ON b.shelf_id = s.id GROUP BY s.id, s.label ORDER BY s.label",
        "library.sql:shelf_sizes()", 0 };

enum err shelf_sizes(struct db *db, struct arena *a, struct shelf_sizes_row_list *ret) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_shelf_sizes, NULL, 0, &rows);
        *ret = (struct shelf_sizes_row_list) { 0 };
        while (e == OK && (e = db_next(&rows, &more)) == OK && more) {
                struct shelf_sizes_row *row = vec_push(a, ret);
                row->label = str_dup(a, db_str(&rows, 0));
                row->books = db_i64(&rows, 1);
                row->weight = db_f64(&rows, 2);
        }
        return e;
}

static const struct db_stmt q_quote = {
        "SELECT ':word; ''-- not a comment'' $1 \\ \?\?= \"\303\251\"' AS \"said:text\", $1 || '!' AS \"word:text\", "
        "$1 = 'ja' AS \"yes:integer\"",
        "library.sql:quote(t)", 1 };

enum err quote(struct db *db, struct arena *a, struct str word, struct quote_row *ret) {
        struct db_val v[] = { db_val_str(word) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, &q_quote, v, 1, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        if (e == OK && more) {
                ret->said = str_dup(a, db_str(&rows, 0));
                ret->word = str_dup(a, db_str(&rows, 1));
                ret->yes = db_i64(&rows, 2);
        }
        return e == OK && !more ? ERR_NOT_FOUND : e;
}

static const struct db_stmt q_shelf_clear = {
        "DELETE FROM book WHERE shelf_id = $1",
        "library.sql:shelf_clear(i)", 1 };

enum err shelf_clear(struct db *db, int64_t id) {
        struct db_val v[] = { db_val_i64(id) };
        return db_exec(db, &q_shelf_clear, v, 1);
}

const struct db_stmt *const library_statements[] = {
        &q_shelf_add,
        &q_shelf_add_once,
        &q_book_add,
        &q_book_get,
        &q_book_find,
        &q_books_on,
        &q_books_each,
        &q_book_titles,
        &q_book_rename,
        &q_book_lend,
        &q_shelf_sizes,
        &q_quote,
        &q_shelf_clear,
        NULL,
};
