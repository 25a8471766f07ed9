-- Loading: the whole knowledge base is replaced at once.

-- name: clear_adoption() :exec
DELETE FROM adoption;
-- name: clear_related() :exec
DELETE FROM item_related;
-- name: clear_source() :exec
DELETE FROM item_source;
-- name: clear_score() :exec
DELETE FROM item_score;
-- name: clear_item_indicator() :exec
DELETE FROM item_indicator;
-- name: clear_item_term() :exec
DELETE FROM item_term;
-- name: clear_section() :exec
DELETE FROM item_section;
-- name: clear_place() :exec
DELETE FROM item_place;
-- name: clear_item() :exec
DELETE FROM item;
-- name: clear_term() :exec
DELETE FROM term;

-- name: insert_term(list text, code text, label text, position integer, items blob) :exec
INSERT INTO term(list, code, label, position, items) VALUES (:list, :code, :label, :position, :items);

-- name: insert_place(place integer, item_id integer) :exec
INSERT INTO item_place(place, item_id) VALUES (:place, :item_id);

-- name: insert_item(slug text, title text, sort_key text, kind text, kind_label text, summary text, phase_labels text, owner text, since integer?, updated_on text, uses integer) :insert
INSERT INTO item(slug, title, sort_key, kind, kind_label, summary, phase_labels, owner, since, updated_on, uses)
VALUES (:slug, :title, :sort_key, :kind, :kind_label, :summary, :phase_labels, :owner, :since, :updated_on, :uses) RETURNING id;

-- name: rank_item(id integer, use_rank integer) :exec
UPDATE item SET use_rank = :use_rank WHERE id = :id;

-- name: insert_section(item_id integer, position integer, slug text, title text, html text, plain text) :exec
INSERT INTO item_section(item_id, position, slug, title, html, plain)
VALUES (:item_id, :position, :slug, :title, :html, :plain);

-- name: insert_item_term(item_id integer, position integer, list text, code text, label text) :exec
INSERT INTO item_term(item_id, position, list, code, label) VALUES (:item_id, :position, :list, :code, :label);

-- name: insert_item_indicator(item_id integer, code text) :exec
INSERT INTO item_indicator(item_id, indicator_code) VALUES (:item_id, :code);

-- name: insert_score(item_id integer, score text, judgement text, institute text, dated text, url text) :exec
INSERT INTO item_score(item_id, score, judgement, institute, dated, url)
VALUES (:item_id, :score, :judgement, :institute, :dated, :url);

-- name: insert_source(item_id integer, position integer, title text, publisher text, dated text, url text) :exec
INSERT INTO item_source(item_id, position, title, publisher, dated, url)
VALUES (:item_id, :position, :title, :publisher, :dated, :url);

-- name: insert_related(item_id integer, position integer, other_id integer) :exec
INSERT INTO item_related(item_id, position, other_id) VALUES (:item_id, :position, :other_id);

-- name: insert_adoption(item_id integer, code text, since text, note text, source_url text, fictitious integer) :exec
INSERT INTO adoption(item_id, municipality_code, since, note, source_url, fictitious)
VALUES (:item_id, :code, :since, :note, :source_url, :fictitious);

-- Read only, from rooms that are loaded earlier: which names and codes exist.
-- name: known_municipalities() :many
-- scan: once per load
SELECT code, name FROM municipality WHERE ends_on IS NULL;
-- name: known_indicators() :many
-- scan: once per load
SELECT code FROM indicator;

-- Reading.

-- name: item_by_slug(slug text) :one
SELECT i.id, i.slug, i.title, i.kind, i.kind_label, i.summary, i.owner, i.since, i.updated_on
FROM item i WHERE i.slug = :slug;

-- name: item_sections(item_id integer) :many
SELECT slug, title, html FROM item_section WHERE item_id = :item_id ORDER BY position;

-- name: item_terms(item_id integer) :many
SELECT list, code, label FROM item_term WHERE item_id = :item_id ORDER BY position;

-- name: item_scores(item_id integer) :many
SELECT score, judgement, institute, dated, url FROM item_score WHERE item_id = :item_id;

-- name: item_indicators(item_id integer) :many
SELECT n.slug, n.name, n.fictitious FROM item_indicator x JOIN indicator n ON n.code = x.indicator_code
WHERE x.item_id = :item_id ORDER BY n.position;

-- name: item_adoptions(item_id integer) :many
SELECT m.slug, m.name, a.since, a.note, a.source_url, a.fictitious
FROM adoption a JOIN municipality m ON m.code = a.municipality_code WHERE a.item_id = :item_id ORDER BY m.sort_key;

-- name: related_cards(item_id integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, i.uses
FROM item_related r JOIN item i ON i.id = r.other_id
WHERE r.item_id = :item_id ORDER BY r.position;

-- name: cards_for_indicator(code text, max_rows integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, i.uses
FROM item_indicator x JOIN item i ON i.id = x.item_id
WHERE x.indicator_code = :code
ORDER BY CASE i.kind WHEN 'interventie' THEN 0 WHEN 'instrument' THEN 1 WHEN 'handreiking' THEN 2 WHEN 'onderzoek' THEN 3 ELSE 4 END,
  (SELECT count(*) FROM item_indicator y WHERE y.item_id = i.id), i.sort_key LIMIT :max_rows;

-- name: cards_for_phase(phase text, max_rows integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, i.uses
FROM item_term x JOIN item i ON i.id = x.item_id
WHERE x.list = 'fase' AND x.code = :phase AND i.kind IN ('interventie', 'instrument', 'handreiking')
ORDER BY (SELECT count(*) FROM item_term y WHERE y.item_id = i.id AND y.list = 'fase'),
  i.uses DESC, i.sort_key LIMIT :max_rows;

-- name: cards_most_used(max_rows integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, i.uses
FROM item i WHERE i.use_rank <= :max_rows ORDER BY i.use_rank;

-- name: uses_in_municipality(code text) :many
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, a.since, a.note, a.source_url, a.fictitious, i.uses
FROM adoption a JOIN item i ON i.id = a.item_id
WHERE a.municipality_code = :code ORDER BY a.item_id;

-- The list: which items and how many is worked out from the bits of the terms (itemset.h).
-- name: all_terms() :many
-- scan: some dozens of rows
SELECT list, code, label, items FROM term ORDER BY list, position;

-- name: count_places() :one
-- scan: the last key only
SELECT coalesce(max(place) + 1, 0) AS "items:integer" FROM item_place;

-- name: card_at(place integer) :one -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, i.uses
FROM item_place p JOIN item i ON i.id = p.item_id WHERE p.place = :place;

-- For the search index: every item has sections, so the end is where no rows come.
-- name: section_texts(after integer, max_items integer) :many
SELECT i.id, i.slug, i.title, i.kind_label, i.summary, s.plain
FROM (SELECT id, slug, title, kind_label, summary FROM item WHERE id > :after ORDER BY id LIMIT :max_items) i
JOIN item_section s ON s.item_id = i.id ORDER BY i.id, s.position;
