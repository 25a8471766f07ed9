/* Written by sqlc from library.sql. */
#pragma once
#include "db.h"

_must_use_ enum err shelf_add(struct db *db, struct str label, int64_t *ret);

_must_use_ enum err shelf_add_once(struct db *db, struct str label, int64_t *ret);

_must_use_ enum err book_add(struct db *db, struct opt_i64 shelf_id, struct str title, struct str author, struct opt_i64 pages, double weight, double price, struct str cover, int64_t lent, int64_t *ret);

struct book {
        int64_t id;
        struct opt_i64 shelf_id;        /* may be missing */
        struct str title;
        struct str author;        /* may be missing */
        struct opt_i64 pages;        /* may be missing */
        double weight;
        double price;        /* may be missing */
        struct str cover;        /* may be missing */
        int64_t lent;
};
struct book_list { struct book *v; size_t n, cap; };
_must_use_ enum err book_get(struct db *db, struct arena *a, int64_t id, struct book *ret);

_must_use_ enum err book_find(struct db *db, struct arena *a, struct str title, struct book *ret, bool *found);

struct books_on_row {
        int64_t id;
        struct str title;
};
struct books_on_row_list { struct books_on_row *v; size_t n, cap; };
_must_use_ enum err books_on(struct db *db, struct arena *a, int64_t shelf_id, struct opt_i64 least, struct books_on_row_list *ret);

struct books_each_row {
        int64_t id;
        struct str title;
        struct str author;        /* may be missing */
        struct opt_i64 pages;        /* may be missing */
        double price;        /* may be missing */
};
struct books_each_row_list { struct books_each_row *v; size_t n, cap; };
_must_use_ enum err books_each(struct db *db, enum err (*each)(void *arg, const struct books_each_row *row), void *arg);

struct title_row {
        struct str name;
};
struct title_row_list { struct title_row *v; size_t n, cap; };
_must_use_ enum err book_titles(struct db *db, enum err (*each)(void *arg, const struct title_row *row), void *arg);

_must_use_ enum err book_rename(struct db *db, int64_t id, struct str title);

struct book_lend_row {
        struct str title;
};
struct book_lend_row_list { struct book_lend_row *v; size_t n, cap; };
_must_use_ enum err book_lend(struct db *db, struct arena *a, int64_t id, struct book_lend_row *ret, bool *found);

struct shelf_sizes_row {
        struct str label;
        int64_t books;
        double weight;        /* may be missing */
};
struct shelf_sizes_row_list { struct shelf_sizes_row *v; size_t n, cap; };
_must_use_ enum err shelf_sizes(struct db *db, struct arena *a, struct shelf_sizes_row_list *ret);

struct quote_row {
        struct str said;
        struct str word;
        int64_t yes;
};
struct quote_row_list { struct quote_row *v; size_t n, cap; };
_must_use_ enum err quote(struct db *db, struct arena *a, struct str word, struct quote_row *ret);

_must_use_ enum err shelf_clear(struct db *db, int64_t id);

/* Every statement above, NULL-ended: for tests that prepare them on both stores. */
extern const struct db_stmt *const library_statements[];
