-- Every kind, every type, and what the compiler must not trip over.

-- name: shelf_add(label text) :insert
INSERT INTO shelf(label) VALUES (:label) RETURNING id;

-- name: shelf_add_once(label text) :insert
INSERT INTO shelf(label) VALUES (:label) ON CONFLICT (label) DO NOTHING RETURNING id;

-- name: book_add(shelf_id integer?, title text, author text?, pages integer?, weight real, price real?, cover blob?, lent integer) :insert
INSERT INTO book(shelf_id, title, author, pages, weight, price, cover, lent)
VALUES (:shelf_id, :title, :author, :pages, :weight, :price, :cover, :lent) RETURNING id;

-- name: book_get(id integer) :one -> book
SELECT id, shelf_id, title, author, pages, weight, price, cover, lent FROM book WHERE id = :id;

-- name: book_find(title text) :optional -> book
-- scan: a test with three rows
SELECT id, shelf_id, title, author, pages, weight, price, cover, lent FROM book WHERE title = :title;

-- name: books_on(shelf_id integer, least integer?) :many
SELECT id, title FROM book
WHERE shelf_id = :shelf_id AND (:least IS NULL OR pages >= :least)   -- a parameter may come twice
/* and don't trip over this quote */
ORDER BY title;

-- name: books_each() :each
-- scan: an export
SELECT id, title, author, pages, price FROM book ORDER BY id;

-- name: book_titles() :each -> title_row
-- scan: an export
SELECT title AS name FROM book ORDER BY id;

-- name: book_rename(id integer, title text) :exec
UPDATE book SET title = :title -- the rest of this line: WHERE id = 0;
WHERE id = :id;

-- name: book_lend(id integer) :optional
UPDATE book SET lent = 1 WHERE id = :id AND lent = 0 RETURNING title;

-- name: shelf_sizes() :many
-- scan: all shelves are shown
SELECT s.label AS "label:text", count(b.id) AS "books:integer", sum(b.weight) AS "weight:real?"
FROM shelf s LEFT JOIN book b ON b.shelf_id = s.id GROUP BY s.id, s.label ORDER BY s.label;

-- name: quote(word text) :one
SELECT ':word; ''-- not a comment'' $1 \ ??= "é"' AS "said:text", :word || '!' AS "word:text", :word = 'ja' AS "yes:integer";

-- name: shelf_clear(id integer) :exec
DELETE FROM book WHERE shelf_id = :id;
