-- Drafts.

-- name: draft_add(purpose text, item_id integer?, kind text, title text, text text, base_version integer, owner_id integer, organisation_id integer?, note text, now_ms integer, idempotency text) :insert
INSERT INTO draft(purpose, item_id, kind, title, text, base_version, owner_id, organisation_id, state, note, remarks, revision, created_ms, updated_ms,
  idempotency)
VALUES (:purpose, :item_id, :kind, :title, :text, :base_version, :owner_id, :organisation_id, 'writing', :note, '', 1, :now_ms, :now_ms, :idempotency)
ON CONFLICT (idempotency) DO NOTHING RETURNING id;

-- name: draft_row(id integer) :one -> draft
SELECT id, purpose, item_id, kind, title, text, base_version, owner_id, organisation_id, state, note, remarks, remarked_by, revision, created_ms,
  updated_ms FROM draft WHERE id = :id;

-- name: draft_put(id integer, kind text, title text, text text, revision integer, now_ms integer) :exec
UPDATE draft SET kind = :kind, title = :title, text = :text, revision = :revision, updated_ms = :now_ms WHERE id = :id;

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
-- name: drafts_delete_of(person_id integer) :exec
DELETE FROM draft WHERE owner_id = :person_id;
-- name: remarks_forget(person_id integer) :exec
-- scan: some drafts, when somebody goes
UPDATE draft SET remarked_by = NULL WHERE remarked_by = :person_id;
-- name: drafts_delete_before(before_ms integer) :exec
DELETE FROM draft WHERE updated_ms < :before_ms AND purpose = 'article';

-- Items, as an editor meets them.

-- name: published_text(item_id integer) :one
SELECT v.text, v.number, i.slug, i.title, i.state FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version WHERE i.id = :item_id;

-- name: form_terms() :many
-- scan: some dozens of rows
SELECT list, code, label FROM term WHERE list <> 'cijfer' ORDER BY list, position;
-- name: form_indicators() :many
-- scan: some dozens of rows
SELECT code, name FROM indicator ORDER BY position;
