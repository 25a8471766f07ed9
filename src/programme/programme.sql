-- name: home_counts() :one
-- scan: three small counts
SELECT (SELECT count(*) FROM item WHERE state = 'published') AS "items:integer",
       (SELECT count(*) FROM municipality WHERE ends_on IS NULL) AS "municipalities:integer",
       (SELECT count(*) FROM indicator) AS "indicators:integer";

-- name: year_of(municipality_id integer) :optional
SELECT year, inhabitants, households FROM municipality_year
WHERE municipality_id = :municipality_id AND inhabitants IS NOT NULL ORDER BY year DESC LIMIT 1;

-- For search engines: every public address, items in parts by number.
-- name: last_item() :one
SELECT max(id) AS "id:integer?" FROM item;
-- name: part_changed(after integer, upto integer) :one
SELECT max(updated_on) AS "updated_on:text?" FROM item WHERE id > :after AND id <= :upto AND state = 'published';
-- name: part_items(after integer, upto integer) :many
SELECT slug, updated_on FROM item WHERE id > :after AND id <= :upto AND state = 'published' ORDER BY id;
-- name: every_term_slug() :many -> slug_row
-- scan: some hundreds
SELECT slug FROM glossary_term ORDER BY position;
-- name: every_indicator_slug() :many -> slug_row
-- scan: some dozens
SELECT slug FROM indicator ORDER BY position;
-- name: every_municipality_slug() :many -> slug_row
-- scan: some hundreds
SELECT slug FROM municipality ORDER BY sort_key, slug;

-- name: search_terms() :many
-- scan: some dozens of rows
SELECT list, code, label FROM term WHERE list <> 'cijfer' ORDER BY list, position;

-- name: open_data_sets() :many
-- scan: some ninety, all of them are listed
SELECT code, slug, name, definition, source, source_url, licence, fictitious FROM indicator ORDER BY position;
