-- Writing out: one item at a time (write.c), and the shelf with all of them (shelf.c).

-- name: insert_item(slug text, title text, sort_key text, kind text, kind_label text, summary text, also text, phase_labels text, owner text, licence text, contact text, since integer?, warning text, updated_on text, review_on text, uses integer, used integer, details integer, data text, version integer) :insert
INSERT INTO item(slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, licence, contact, since, warning, updated_on, review_on, uses, used,
  details, data, state, version, withdrawn_on, withdrawn_why)
VALUES (:slug, :title, :sort_key, :kind, :kind_label, :summary, :also, :phase_labels, :owner, :licence, :contact, :since, :warning, :updated_on, :review_on,
  :uses, :used, :details, :data, 'published', :version, '', '') RETURNING id;

-- name: update_item(id integer, slug text, title text, sort_key text, kind text, kind_label text, summary text, also text, phase_labels text, owner text, licence text, contact text, since integer?, warning text, updated_on text, review_on text, uses integer, used integer, details integer, data text, version integer) :exec
UPDATE item SET slug = :slug, title = :title, sort_key = :sort_key, kind = :kind, kind_label = :kind_label, summary = :summary, also = :also,
  phase_labels = :phase_labels, owner = :owner, licence = :licence, contact = :contact, since = :since, warning = :warning,
  updated_on = :updated_on, review_on = :review_on, uses = :uses, used = :used, details = :details, data = :data, state = 'published', version = :version, withdrawn_on = '', withdrawn_why = ''
WHERE id = :id;

-- name: withdraw_item(id integer, withdrawn_on text, why text) :exec
UPDATE item SET state = 'withdrawn', used = 0, data = '', withdrawn_on = :withdrawn_on, withdrawn_why = :why WHERE id = :id;

-- name: wipe_item(id integer, title text) :exec
UPDATE item SET title = :title, sort_key = '', summary = '', also = '', owner = '', licence = '', contact = '', warning = '' WHERE id = :id AND state = 'withdrawn';
-- name: wipe_versions(item_id integer) :exec
UPDATE item_version SET text = '', digest = '', note = '' WHERE item_id = :item_id;

-- name: notice_item(id integer, notice text) :exec
UPDATE item SET notice = :notice WHERE id = :id;

-- name: insert_version(item_id integer, number integer, text text, digest text, origin text, note text, made_by integer?, checked_by integer?, made_ms integer) :exec
INSERT INTO item_version(item_id, number, text, digest, origin, note, made_by, checked_by, made_ms)
VALUES (:item_id, :number, :text, :digest, :origin, :note, :made_by, :checked_by, :made_ms);

-- name: insert_former(slug text, item_id integer) :exec
INSERT INTO item_former(slug, item_id) VALUES (:slug, :item_id) ON CONFLICT (slug) DO UPDATE SET item_id = :item_id;
-- name: delete_former(slug text) :exec
DELETE FROM item_former WHERE slug = :slug;

-- name: drop_adoption(item_id integer) :exec
DELETE FROM adoption WHERE item_id = :item_id;
-- name: drop_related(item_id integer) :exec
DELETE FROM item_related WHERE item_id = :item_id;
-- name: drop_relations_to(item_id integer) :exec
DELETE FROM item_related WHERE other_id = :item_id;
-- name: drop_step(item_id integer) :exec
DELETE FROM item_step WHERE item_id = :item_id;
-- name: drop_edition(item_id integer) :exec
DELETE FROM item_edition WHERE item_id = :item_id;
-- name: drop_recognition(item_id integer) :exec
DELETE FROM item_recognition WHERE item_id = :item_id;
-- name: drop_material(item_id integer) :exec
DELETE FROM item_material WHERE item_id = :item_id;
-- name: drop_experience(item_id integer) :exec
DELETE FROM item_experience WHERE item_id = :item_id;
-- name: drop_study(item_id integer) :exec
DELETE FROM item_study WHERE item_id = :item_id;
-- name: drop_element(item_id integer) :exec
DELETE FROM item_element WHERE item_id = :item_id;
-- name: drop_source(item_id integer) :exec
DELETE FROM item_source WHERE item_id = :item_id;
-- name: drop_score(item_id integer) :exec
DELETE FROM item_score WHERE item_id = :item_id;
-- name: drop_indicator(item_id integer) :exec
DELETE FROM item_indicator WHERE item_id = :item_id;
-- name: drop_term(item_id integer) :exec
DELETE FROM item_term WHERE item_id = :item_id;
-- name: drop_section(item_id integer) :exec
DELETE FROM item_section WHERE item_id = :item_id;

-- name: clear_term() :exec
DELETE FROM term;
-- name: insert_term(list text, code text, label text, position integer, items blob) :exec
INSERT INTO term(list, code, label, position, items) VALUES (:list, :code, :label, :position, :items);

-- name: clear_order() :exec
DELETE FROM item_order;
-- name: insert_order(part integer, ids blob) :exec
INSERT INTO item_order(part, ids) VALUES (:part, :ids);

-- name: insert_section(item_id integer, position integer, slug text, title text, html text, plain text) :exec
INSERT INTO item_section(item_id, position, slug, title, html, plain)
VALUES (:item_id, :position, :slug, :title, :html, :plain);

-- name: insert_item_term(item_id integer, position integer, list text, code text, label text, updated_on text) :exec
INSERT INTO item_term(item_id, position, list, code, label, updated_on)
VALUES (:item_id, :position, :list, :code, :label, :updated_on);

-- name: insert_item_indicator(item_id integer, code text) :exec
INSERT INTO item_indicator(item_id, indicator_code) VALUES (:item_id, :code);

-- name: insert_score(item_id integer, score text, judgement text, institute text, dated text, url text, reason text) :exec
INSERT INTO item_score(item_id, score, judgement, institute, dated, url, reason)
VALUES (:item_id, :score, :judgement, :institute, :dated, :url, :reason);

-- name: insert_source(item_id integer, position integer, title text, publisher text, dated text, url text) :exec
INSERT INTO item_source(item_id, position, title, publisher, dated, url)
VALUES (:item_id, :position, :title, :publisher, :dated, :url);

-- name: insert_element(item_id integer, position integer, name text, why text, url text) :exec
INSERT INTO item_element(item_id, position, name, why, url) VALUES (:item_id, :position, :name, :why, :url);

-- name: insert_study(item_id integer, position integer, title text, authors text, dated text, url text, design text, units integer?, outcome text, effect text, margin text, remark text) :exec
INSERT INTO item_study(item_id, position, title, authors, dated, url, design, units, outcome, effect, margin, remark)
VALUES (:item_id, :position, :title, :authors, :dated, :url, :design, :units, :outcome, :effect, :margin, :remark);

-- name: insert_experience(item_id integer, position integer, who text, dated text, context text, needed text, result text, url text) :exec
INSERT INTO item_experience(item_id, position, who, dated, context, needed, result, url)
VALUES (:item_id, :position, :who, :dated, :context, :needed, :result, :url);

-- name: insert_material(item_id integer, position integer, title text, publisher text, dated text, url text) :exec
INSERT INTO item_material(item_id, position, title, publisher, dated, url)
VALUES (:item_id, :position, :title, :publisher, :dated, :url);

-- name: insert_recognition(item_id integer, position integer, institute text, level text, dated text, url text) :exec
INSERT INTO item_recognition(item_id, position, institute, level, dated, url)
VALUES (:item_id, :position, :institute, :level, :dated, :url);

-- name: insert_edition(item_id integer, position integer, label text, dated text, url text, changed text) :exec
INSERT INTO item_edition(item_id, position, label, dated, url, changed)
VALUES (:item_id, :position, :label, :dated, :url, :changed);

-- name: insert_step(item_id integer, position integer, other_id integer, how text) :exec
INSERT INTO item_step(item_id, position, other_id, how) VALUES (:item_id, :position, :other_id, :how);

-- name: near_items(other_id integer, most integer) :many
-- Items that show this one.
SELECT item_id FROM item_related WHERE other_id = :other_id ORDER BY item_id LIMIT :most;
-- name: text_of_item(item_id integer) :one
SELECT v.text FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version WHERE i.id = :item_id;
-- name: insert_related(item_id integer, position integer, other_id integer) :exec
INSERT INTO item_related(item_id, position, other_id) VALUES (:item_id, :position, :other_id);

-- name: insert_adoption(item_id integer, code text, since text, note text, source_url text, fictitious integer) :exec
INSERT INTO adoption(item_id, municipality_code, since, note, source_url, fictitious)
VALUES (:item_id, :code, :since, :note, :source_url, :fictitious);

-- What a text may refer to, and what is there already.

-- name: known_municipalities() :many
-- scan: once per load or publication, some hundreds
SELECT code, name FROM municipality WHERE ends_on IS NULL;
-- name: known_indicators() :many
-- scan: once per load
SELECT code, name, position FROM indicator ORDER BY position;

-- name: stored_items() :many
-- scan: once per load
SELECT i.id, i.slug, i.state, i.version, i.withdrawn_why, v.origin, v.digest
FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version ORDER BY i.id;
-- name: stored_formers() :many
-- scan: once per load
SELECT slug, item_id FROM item_former;
-- name: newest_version(item_id integer) :one
SELECT number, digest FROM item_version WHERE item_id = :item_id ORDER BY number DESC LIMIT 1;
-- name: file_version(item_id integer, digest text) :optional
SELECT number FROM item_version WHERE item_id = :item_id AND digest = :digest AND origin = 'file' LIMIT 1;
-- name: version_text(item_id integer, number integer) :one
SELECT text, digest FROM item_version WHERE item_id = :item_id AND number = :number;

-- name: versions_of_person(person_id integer) :many
SELECT i.title, v.number, v.made_by, v.made_ms FROM item_version v JOIN item i ON i.id = v.item_id
WHERE v.made_by = :person_id OR v.checked_by = :person_id ORDER BY v.made_ms, v.item_id, v.number;

-- name: item_head(id integer) :one
SELECT slug, sort_key, state, version FROM item WHERE id = :id;
-- name: item_by_address(slug text) :optional
-- The item that has this address, or had it.
SELECT id, state FROM item WHERE id = coalesce((SELECT i.id FROM item i WHERE i.slug = :slug), (SELECT f.item_id FROM item_former f WHERE f.slug = :slug));
-- name: former_of(slug text) :optional
SELECT i.id, i.slug FROM item_former f JOIN item i ON i.id = f.item_id WHERE f.slug = :slug;
-- name: addresses_of(item_id integer) :many -> addresses_row
-- The one it has and those it had.
SELECT slug AS "slug:text" FROM item WHERE id = :item_id UNION ALL SELECT slug FROM item_former WHERE item_id = :item_id;
-- name: place_of(sort_key text, id integer) :one
-- scan: the keys of an index, once per publication
SELECT count(*) AS "place:integer" FROM item WHERE state = 'published' AND (sort_key < :sort_key OR (sort_key = :sort_key AND id < :id));

-- name: order_parts() :many
-- scan: once per publication
SELECT ids FROM item_order ORDER BY part;
-- name: order_part(part integer) :one
SELECT ids FROM item_order WHERE part = :part;
-- name: last_order() :optional
-- scan: the last key only
SELECT part, length(ids) AS "bytes:integer" FROM item_order ORDER BY part DESC LIMIT 1;
-- name: every_term() :many
-- scan: once per publication
SELECT list, code, label, position, items FROM term ORDER BY list, position;

-- Reading.

-- name: item_by_slug(slug text) :optional
SELECT i.id, i.slug, i.title, i.kind, i.kind_label, i.summary, i.owner, i.licence, i.contact, i.since, i.warning, i.notice, i.updated_on, i.details, i.data, i.state, i.withdrawn_on,
  i.withdrawn_why, v.note, v.number, v.checked_by
FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version WHERE i.slug = :slug;

-- name: item_sections(item_id integer) :many
SELECT slug, title, html FROM item_section WHERE item_id = :item_id ORDER BY position;

-- name: item_terms(item_id integer) :many
SELECT list, code, label FROM item_term WHERE item_id = :item_id ORDER BY position;

-- name: item_scores(item_id integer) :many
SELECT score, judgement, institute, dated, url, reason FROM item_score WHERE item_id = :item_id;

-- name: item_indicators(item_id integer) :many
SELECT n.slug, n.name, n.fictitious FROM item_indicator x JOIN indicator n ON n.code = x.indicator_code
WHERE x.item_id = :item_id ORDER BY n.position;

-- name: item_adoptions(item_id integer) :many
SELECT m.slug, m.name, a.since, a.note, a.source_url, a.fictitious
FROM adoption a JOIN municipality m ON m.code = a.municipality_code WHERE a.item_id = :item_id ORDER BY m.sort_key;

-- name: related_cards(item_id integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, i.uses
FROM item_related r JOIN item i ON i.id = r.other_id
WHERE r.item_id = :item_id ORDER BY r.position;

-- name: cards_for_indicator(code text, max_rows integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, i.uses
FROM item_indicator x JOIN item i ON i.id = x.item_id
WHERE x.indicator_code = :code
ORDER BY CASE i.kind WHEN 'interventie' THEN 0 WHEN 'instrument' THEN 1 WHEN 'handreiking' THEN 2 WHEN 'onderzoek' THEN 3 ELSE 4 END,
  (SELECT count(*) FROM item_indicator y WHERE y.item_id = i.id), i.sort_key LIMIT :max_rows;

-- name: cards_for_phase(phase text, max_rows integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, i.uses
FROM item_term x JOIN item i ON i.id = x.item_id
WHERE x.list = 'fase' AND x.code = :phase AND i.kind IN ('interventie', 'instrument', 'handreiking')
ORDER BY (SELECT count(*) FROM item_term y WHERE y.item_id = i.id AND y.list = 'fase'),
  i.uses DESC, i.sort_key LIMIT :max_rows;

-- name: cards_most_used(max_rows integer) :many -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, i.uses
FROM item i WHERE i.used > 0 ORDER BY i.used DESC, i.sort_key LIMIT :max_rows;

-- name: uses_in_municipality(code text) :many
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, a.since, a.note, a.source_url, a.fictitious, i.uses
FROM adoption a JOIN item i ON i.id = a.item_id
WHERE a.municipality_code = :code ORDER BY a.item_id;

-- The list: which items and how many is worked out from the bits of the terms (itemset.h).
-- name: facet_terms() :many
-- scan: some dozens of rows
SELECT list, code, label, items FROM term WHERE list <> 'cijfer' ORDER BY list, position;

-- name: card_by_id(id integer) :one -> card_row
SELECT i.id, i.slug, i.title, i.summary, i.kind, i.kind_label, i.phase_labels, i.uses FROM item i WHERE i.id = :id;

-- The newest, for a feed.
-- name: newest_items(max_rows integer) :many -> feed_row
SELECT i.id, i.slug, i.title, i.summary, i.updated_on, v.note, v.made_ms
FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version
WHERE i.state = 'published' ORDER BY i.updated_on DESC, i.id DESC LIMIT :max_rows;
-- name: newest_of_term(list text, code text, max_rows integer) :many -> feed_row
SELECT i.id, i.slug, i.title, i.summary, i.updated_on, v.note, v.made_ms
FROM item_term x JOIN item i ON i.id = x.item_id JOIN item_version v ON v.item_id = i.id AND v.number = i.version
WHERE x.list = :list AND x.code = :code ORDER BY x.updated_on DESC, x.item_id DESC LIMIT :max_rows;
-- name: feed_of_slug(slug text) :optional -> feed_row
SELECT i.id, i.slug, i.title, i.summary, i.updated_on, v.note, v.made_ms
FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version WHERE i.slug = :slug AND i.state = 'published';
-- name: term_label(list text, code text) :optional
SELECT label FROM term WHERE list = :list AND code = :code;

-- Comparing: what one section says, without marks.
-- name: section_plain(item_id integer, slug text) :optional
SELECT plain FROM item_section WHERE item_id = :item_id AND slug = :slug;

-- name: item_elements(item_id integer) :many
SELECT name, why, url FROM item_element WHERE item_id = :item_id ORDER BY position;
-- name: item_studies(item_id integer) :many
SELECT title, authors, dated, url, design, units, outcome, effect, margin, remark FROM item_study WHERE item_id = :item_id ORDER BY position;
-- name: item_experiences(item_id integer) :many
SELECT who, dated, context, needed, result, url FROM item_experience WHERE item_id = :item_id ORDER BY position;
-- name: item_materials(item_id integer) :many
SELECT title, publisher, dated, url FROM item_material WHERE item_id = :item_id ORDER BY position;
-- name: item_recognitions(item_id integer) :many
SELECT institute, level, dated, url FROM item_recognition WHERE item_id = :item_id ORDER BY position;
-- name: item_editions(item_id integer) :many
SELECT label, dated, url, changed FROM item_edition WHERE item_id = :item_id ORDER BY position;
-- name: item_steps(item_id integer) :many
SELECT i.slug, i.title, i.summary, i.kind_label, i.state, s.how FROM item_step s JOIN item i ON i.id = s.other_id
WHERE s.item_id = :item_id ORDER BY s.position;

-- For the search index: every item has sections, so the end is where no rows come.
-- name: section_texts(after integer, max_items integer) :many -> text_row
SELECT i.id, i.slug, i.title, i.kind_label, i.summary, i.also, i.uses, s.plain
FROM (SELECT id, slug, title, kind_label, summary, also, uses FROM item WHERE id > :after AND state = 'published' ORDER BY id LIMIT :max_items) i
JOIN item_section s ON s.item_id = i.id ORDER BY i.id, s.position;
-- name: section_texts_of(id integer) :many -> text_row
SELECT i.id, i.slug, i.title, i.kind_label, i.summary, i.also, i.uses, s.plain
FROM item i JOIN item_section s ON s.item_id = i.id WHERE i.id = :id AND i.state = 'published' ORDER BY s.position;
