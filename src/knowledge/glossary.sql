-- The glossary: content/begrippen.txt, as a whole.

-- name: clear_glossary_items() :exec
DELETE FROM glossary_item;
-- name: clear_glossary_see() :exec
DELETE FROM glossary_see;
-- name: clear_glossary_sources() :exec
DELETE FROM glossary_source;
-- name: clear_glossary() :exec
DELETE FROM glossary_term;

-- name: insert_glossary_term(slug text, title text, position integer, letter text, meaning text, also text, finds text) :exec
INSERT INTO glossary_term(slug, title, position, letter, meaning, also, finds)
VALUES (:slug, :title, :position, :letter, :meaning, :also, :finds);
-- name: insert_glossary_source(slug text, position integer, title text, publisher text, dated text, url text) :exec
INSERT INTO glossary_source(slug, position, title, publisher, dated, url) VALUES (:slug, :position, :title, :publisher, :dated, :url);
-- name: insert_glossary_see(slug text, position integer, other text) :exec
INSERT INTO glossary_see(slug, position, other) VALUES (:slug, :position, :other);
-- name: insert_glossary_item(slug text, position integer, item_id integer) :exec
INSERT INTO glossary_item(slug, position, item_id) VALUES (:slug, :position, :item_id);

-- name: glossary_names() :many
-- scan: some hundreds, once per publication
SELECT slug, title, also FROM glossary_term ORDER BY position;
-- name: glossary_entries() :many
-- scan: some hundreds, when the search index is made
SELECT slug, title, meaning, also, finds FROM glossary_term ORDER BY position;

-- name: glossary_list() :many -> glossary_row
-- scan: some hundreds, the page shows them all
SELECT slug, title, letter, meaning FROM glossary_term ORDER BY position;
-- name: glossary_of_letter(letter text) :many -> glossary_row
SELECT slug, title, letter, meaning FROM glossary_term WHERE letter = :letter ORDER BY position;
-- name: glossary_letters() :many
-- scan: an index of some hundreds of letters
SELECT DISTINCT letter FROM glossary_term ORDER BY letter;

-- name: glossary_by_slug(slug text) :optional
SELECT slug, title, meaning, also FROM glossary_term WHERE slug = :slug;
-- name: glossary_sources(slug text) :many
SELECT title, publisher, dated, url FROM glossary_source WHERE slug = :slug ORDER BY position;
-- name: glossary_see_also(slug text) :many
SELECT t.slug, t.title FROM glossary_see s JOIN glossary_term t ON t.slug = s.other WHERE s.slug = :slug ORDER BY s.position;
-- name: glossary_cards(slug text) :many
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, i.uses
FROM glossary_item g JOIN item i ON i.id = g.item_id WHERE g.slug = :slug AND i.state = 'published' ORDER BY g.position;
