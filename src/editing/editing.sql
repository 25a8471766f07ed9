-- Drafts.

-- name: draft_add(purpose text, item_id integer?, kind text, title text, text text, base_version integer, owner_id integer, organisation_id integer?, note text, now_ms integer, idempotency text) :insert
INSERT INTO draft(purpose, item_id, kind, title, text, base_version, owner_id, organisation_id, state, note, remarks, revision, saved_form, saved_lines, created_ms,
  updated_ms, idempotency)
VALUES (:purpose, :item_id, :kind, :title, :text, :base_version, :owner_id, :organisation_id, 'writing', :note, '', 1, '', 0, :now_ms, :now_ms,
  :idempotency)
ON CONFLICT (idempotency) DO NOTHING RETURNING id;

-- name: draft_row(id integer) :one -> draft
SELECT id, purpose, item_id, kind, title, text, base_version, owner_id, organisation_id, state, note, remarks, remarked_by, revision, saved_form,
  saved_lines, created_ms, updated_ms FROM draft WHERE id = :id;

-- name: draft_put(id integer, kind text, title text, text text, revision integer, saved_form text, saved_lines integer, now_ms integer) :exec
UPDATE draft SET kind = :kind, title = :title, text = :text, revision = :revision, saved_form = :saved_form, saved_lines = :saved_lines,
  updated_ms = :now_ms WHERE id = :id;

-- name: draft_put_state(id integer, state text, note text, remarks text, remarked_by integer?, now_ms integer) :exec
UPDATE draft SET state = :state, note = :note, remarks = :remarks, remarked_by = :remarked_by, updated_ms = :now_ms WHERE id = :id;

-- name: draft_put_base(id integer, base_version integer) :exec
UPDATE draft SET base_version = :base_version WHERE id = :id;

-- name: draft_put_item(id integer, item_id integer, base_version integer) :exec
UPDATE draft SET item_id = :item_id, base_version = :base_version WHERE id = :id;

-- name: draft_delete(id integer) :exec
DELETE FROM draft WHERE id = :id;

-- name: drafts_of(owner_id integer, purpose text) :many -> draft_line
SELECT d.id, d.item_id, d.kind, d.title, d.state, d.owner_id, d.updated_ms FROM draft d
WHERE d.owner_id = :owner_id AND d.purpose = :purpose ORDER BY d.updated_ms DESC, d.id;

-- name: draft_of_item(item_id integer, owner_id integer) :optional
SELECT id FROM draft WHERE item_id = :item_id AND owner_id = :owner_id AND purpose = 'article' ORDER BY id LIMIT 1;

-- name: drafts_asked() :many -> draft_line
SELECT d.id, d.item_id, d.kind, d.title, d.state, d.owner_id, d.updated_ms FROM draft d
WHERE d.purpose = 'article' AND d.state = 'asked' ORDER BY d.updated_ms, d.id LIMIT 200;

-- name: drafts_beside(item_id integer, owner_id integer) :one
SELECT count(*) AS "n:integer" FROM draft WHERE item_id = :item_id AND owner_id <> :owner_id AND purpose = 'article';

-- name: drafts_kept_of(person_id integer) :many
SELECT title, purpose, state, created_ms, updated_ms FROM draft WHERE owner_id = :person_id ORDER BY id;
-- name: remarks_forget(person_id integer) :exec
-- scan: some drafts, when somebody goes
UPDATE draft SET remarked_by = NULL WHERE remarked_by = :person_id;

-- Items, as an editor meets them.

-- name: published_text(item_id integer) :one
SELECT v.text, v.number, v.checked_by, i.slug, i.title, i.state FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version WHERE i.id = :item_id;

-- name: form_terms() :many
-- scan: some dozens of rows
SELECT list, code, label FROM term WHERE list <> 'cijfer' ORDER BY list, position;

-- name: item_at(slug text) :optional -> edited_item
SELECT i.id, i.slug, i.title, i.kind, i.kind_label, i.state, i.version, i.updated_on, i.review_on, i.withdrawn_on, i.withdrawn_why,
  (SELECT count(*) FROM item_version v WHERE v.item_id = i.id AND v.number = i.version AND v.text = '') AS "wiped:integer"
FROM item i WHERE i.slug = :slug;
-- name: item_numbered(id integer) :optional -> edited_item
SELECT i.id, i.slug, i.title, i.kind, i.kind_label, i.state, i.version, i.updated_on, i.review_on, i.withdrawn_on, i.withdrawn_why,
  (SELECT count(*) FROM item_version v WHERE v.item_id = i.id AND v.number = i.version AND v.text = '') AS "wiped:integer"
FROM item i WHERE i.id = :id;

-- name: items_to_review(until text, most integer) :many
SELECT i.slug, i.title, i.review_on FROM item i WHERE i.state = 'published' AND i.review_on <= :until ORDER BY i.review_on, i.id LIMIT :most;

-- name: items_with_newer(most integer) :many
-- scan: the versions of items whose file changed after they were written here
SELECT i.slug, i.title, v.number, v.made_ms FROM item_version v JOIN item i ON i.id = v.item_id
WHERE v.origin = 'file' AND v.number > i.version AND i.state = 'published' ORDER BY v.made_ms DESC, i.id LIMIT :most;

-- name: versions_of(item_id integer) :many
SELECT number, origin, note, made_by, checked_by, made_ms FROM item_version WHERE item_id = :item_id ORDER BY number DESC;
-- name: version_of(item_id integer, number integer) :optional
SELECT text, origin, note, made_by, checked_by, made_ms FROM item_version WHERE item_id = :item_id AND number = :number;

-- name: kinds_to_write() :many
-- scan: some dozens of rows
SELECT code, label FROM term WHERE list = 'soort' ORDER BY position;

-- Links.

-- name: broken_items(failures integer, most integer) :many
SELECT i.slug, i.title, l.url, l.result, l.failing_ms FROM link_check l JOIN link_place p ON p.link_id = l.id JOIN item i ON i.id = p.item_id
WHERE l.failures >= :failures AND i.state = 'published' ORDER BY l.failing_ms, i.id, l.id LIMIT :most;
-- name: broken_of(item_id integer, failures integer) :many
SELECT l.url, l.result, l.failing_ms FROM link_place p JOIN link_check l ON l.id = p.link_id
WHERE p.item_id = :item_id AND l.failures >= :failures ORDER BY l.id;

-- name: items_to_scan(after integer, most integer) :many
SELECT i.id AS "id:integer", i.version AS "version:integer", i.state AS "state:text", s.version AS "scanned:integer?" FROM item i LEFT JOIN link_scan s ON s.item_id = i.id
WHERE i.id > :after ORDER BY i.id LIMIT :most;
-- name: scan_done(item_id integer, version integer) :exec
INSERT INTO link_scan(item_id, version) VALUES (:item_id, :version) ON CONFLICT (item_id) DO UPDATE SET version = :version;
-- name: places_drop(item_id integer) :exec
DELETE FROM link_place WHERE item_id = :item_id;
-- name: place_add(item_id integer, link_id integer) :exec
INSERT INTO link_place(item_id, link_id) VALUES (:item_id, :link_id) ON CONFLICT (item_id, link_id) DO NOTHING;
-- name: link_check_add(url text) :exec
INSERT INTO link_check(url, checked_ms, failures, result) VALUES (:url, 0, 0, '') ON CONFLICT (url) DO NOTHING;
-- name: link_numbered(url text) :one
SELECT id FROM link_check WHERE url = :url;
-- name: links_unused_drop() :exec
-- scan: once a night
DELETE FROM link_check WHERE NOT EXISTS (SELECT 1 FROM link_place p WHERE p.link_id = link_check.id);
-- name: links_due(before_ms integer, most integer) :many
SELECT id, url, failures FROM link_check WHERE checked_ms < :before_ms ORDER BY checked_ms, id LIMIT :most;
-- name: link_answered(id integer, now_ms integer) :exec
UPDATE link_check SET checked_ms = :now_ms, failures = 0, failing_ms = NULL, result = '' WHERE id = :id;
-- name: link_failed(id integer, now_ms integer, result text) :exec
UPDATE link_check SET checked_ms = :now_ms, failures = failures + 1, failing_ms = CASE WHEN failures = 0 THEN :now_ms ELSE failing_ms END,
  result = :result WHERE id = :id;
-- name: links_counted() :one
-- scan: for the work list, some thousands
SELECT count(*) AS "n:integer", max(checked_ms) AS "last_ms:integer?" FROM link_check;

-- Files of a draft.

-- name: files_of_draft(draft text) :many -> draft_file
SELECT f.id, f.name, f.kind, f.size, f.alt, f.is_decorative FROM file_use u JOIN file f ON f.id = u.file_id
WHERE u.room = 'editing' AND u.item = :draft ORDER BY f.id;
-- name: drafts_old(before_ms integer, most integer) :many
SELECT id FROM draft WHERE updated_ms < :before_ms AND purpose = 'article' ORDER BY updated_ms, id LIMIT :most;
-- name: draft_ids_of(person_id integer) :many
SELECT id FROM draft WHERE owner_id = :person_id ORDER BY id;
