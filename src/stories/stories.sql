-- name: story_put(draft_id integer, person_id integer, consent_ms integer) :exec
INSERT INTO story(draft_id, person_id, consent_ms) VALUES (:draft_id, :person_id, :consent_ms)
ON CONFLICT (draft_id) DO UPDATE SET consent_ms = :consent_ms;
-- name: stories_of(person_id integer) :many
SELECT draft_id, consent_ms FROM story WHERE person_id = :person_id ORDER BY draft_id;
-- name: story_delete(draft_id integer) :exec
DELETE FROM story WHERE draft_id = :draft_id;
-- name: stories_delete_of(person_id integer) :exec
DELETE FROM story WHERE person_id = :person_id;

-- name: story_drafts(person_id integer) :many
SELECT d.id, d.title, d.state, d.remarks, d.updated_ms FROM draft d
WHERE d.owner_id = :person_id AND d.purpose = 'article' AND d.kind = 'verhaal' AND d.item_id IS NULL ORDER BY d.updated_ms DESC, d.id;

-- name: story_items(person_id integer) :many
SELECT i.id, i.slug, i.title, i.updated_on, i.state, i.withdrawn_on FROM item_version v JOIN item i ON i.id = v.item_id
WHERE v.made_by = :person_id AND v.number = 1 AND i.kind = 'verhaal' ORDER BY i.id DESC;
-- name: story_item(id integer, person_id integer) :optional
SELECT i.id, i.slug, i.title, i.state FROM item_version v JOIN item i ON i.id = v.item_id
WHERE v.item_id = :id AND v.number = 1 AND v.made_by = :person_id AND i.kind = 'verhaal';
-- name: files_of_item(item text) :many
SELECT file_id FROM file_use WHERE room = 'knowledge' AND item = :item;
-- name: drafts_of_item(item_id integer) :many
SELECT id FROM draft WHERE item_id = :item_id;

-- name: story_terms() :many
-- scan: some dozens of rows
SELECT list, code, label FROM term WHERE list IN ('fase', 'doelgroep', 'thema') ORDER BY list, position;
