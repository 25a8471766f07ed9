-- name: lists_of(person_id integer) :many
SELECT l.id, l.name, l.share, (SELECT count(*) FROM item_list_entry e WHERE e.list_id = l.id) AS "items:integer"
FROM item_list l WHERE l.person_id = :person_id ORDER BY l.name;

-- name: list_get(id integer, person_id integer) :one -> list_head
SELECT id, person_id, name, share, created_ms FROM item_list WHERE id = :id AND person_id = :person_id;

-- name: list_by_share(share text) :optional -> list_head
SELECT id, person_id, name, share, created_ms FROM item_list WHERE share = :share AND share <> '';

-- name: list_entries(list_id integer) :many
SELECT i.id, i.slug, i.title, i.summary, i.kind_label, i.phase_labels, i.uses, i.state, e.note, e.position
FROM item_list_entry e JOIN item i ON i.id = e.item_id WHERE e.list_id = :list_id ORDER BY e.position, e.item_id;

-- name: list_add(person_id integer, name text, created_ms integer) :insert
INSERT INTO item_list(person_id, name, share, created_ms) VALUES (:person_id, :name, '', :created_ms)
ON CONFLICT (person_id, name) DO NOTHING RETURNING id;

-- name: list_named(person_id integer, name text) :optional
SELECT id FROM item_list WHERE person_id = :person_id AND name = :name;

-- name: list_rename(id integer, name text) :exec
UPDATE item_list SET name = :name WHERE id = :id;
-- name: list_set_share(id integer, share text) :exec
UPDATE item_list SET share = :share WHERE id = :id;
-- name: list_clear(list_id integer) :exec
DELETE FROM item_list_entry WHERE list_id = :list_id;
-- name: list_delete(id integer) :exec
DELETE FROM item_list WHERE id = :id;
-- name: lists_clear_of(person_id integer) :exec
DELETE FROM item_list_entry WHERE list_id IN (SELECT id FROM item_list WHERE person_id = :person_id);
-- name: lists_delete_of(person_id integer) :exec
DELETE FROM item_list WHERE person_id = :person_id;

-- name: entry_add(list_id integer, item_id integer, position integer, note text) :exec
INSERT INTO item_list_entry(list_id, item_id, position, note) VALUES (:list_id, :item_id, :position, :note)
ON CONFLICT (list_id, item_id) DO NOTHING;
-- name: entry_next(list_id integer) :one
SELECT coalesce(max(position) + 1, 0) AS "position:integer", count(*) AS "items:integer" FROM item_list_entry WHERE list_id = :list_id;
-- name: entry_set(list_id integer, item_id integer, position integer, note text) :exec
UPDATE item_list_entry SET position = :position, note = :note WHERE list_id = :list_id AND item_id = :item_id;
-- name: entry_delete(list_id integer, item_id integer) :exec
DELETE FROM item_list_entry WHERE list_id = :list_id AND item_id = :item_id;

-- name: listed_item(slug text) :optional
-- By the slug of today, or one it had.
SELECT id, slug, title FROM item WHERE state = 'published'
  AND id = coalesce((SELECT i.id FROM item i WHERE i.slug = :slug), (SELECT f.item_id FROM item_former f WHERE f.slug = :slug));

-- Following.

-- name: follows_of(person_id integer) :many
SELECT kind, ref, since_ms FROM follow WHERE person_id = :person_id ORDER BY kind, ref;
-- name: follow_add(person_id integer, kind text, ref text, since_ms integer) :exec
INSERT INTO follow(person_id, kind, ref, since_ms) VALUES (:person_id, :kind, :ref, :since_ms) ON CONFLICT DO NOTHING;
-- name: follow_delete(person_id integer, kind text, ref text) :exec
DELETE FROM follow WHERE person_id = :person_id AND kind = :kind AND ref = :ref;
-- name: follows_delete_of(person_id integer) :exec
DELETE FROM follow WHERE person_id = :person_id;

-- name: followed_item(id integer) :optional
SELECT slug, title FROM item WHERE id = :id;
-- name: followed_term(list text, code text) :optional
SELECT label FROM term WHERE list = :list AND code = :code;

-- name: followers(after integer, before_ms integer, most integer) :many
-- People whose last mail is older than BEFORE_MS, in order.
SELECT DISTINCT f.person_id AS "person_id:integer" FROM follow f LEFT JOIN follow_mail m ON m.person_id = f.person_id
WHERE f.person_id > :after AND coalesce(m.sent_ms, 0) < :before_ms ORDER BY f.person_id LIMIT :most;
-- name: follow_mail_get(person_id integer) :optional
SELECT sent_ms FROM follow_mail WHERE person_id = :person_id;
-- name: follow_mail_set(person_id integer, sent_ms integer) :exec
INSERT INTO follow_mail(person_id, sent_ms) VALUES (:person_id, :sent_ms) ON CONFLICT (person_id) DO UPDATE SET sent_ms = :sent_ms;
-- name: follow_mail_delete(person_id integer) :exec
DELETE FROM follow_mail WHERE person_id = :person_id;

-- name: changed_item(id integer, since_ms integer) :optional -> changed_row
SELECT i.slug, i.title, i.summary, v.note, v.number FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version
WHERE i.id = :id AND i.state = 'published' AND v.made_ms > :since_ms;
-- name: changed_with_term(list text, code text, since_ms integer, most integer) :many -> changed_row
SELECT i.slug, i.title, i.summary, v.note, v.number FROM item_term t JOIN item i ON i.id = t.item_id
JOIN item_version v ON v.item_id = i.id AND v.number = i.version
WHERE t.list = :list AND t.code = :code AND v.made_ms > :since_ms ORDER BY v.made_ms DESC, i.id LIMIT :most;
-- name: changed_slug(slug text, since_ms integer) :optional -> changed_row
SELECT i.slug, i.title, i.summary, v.note, v.number FROM item i JOIN item_version v ON v.item_id = i.id AND v.number = i.version
WHERE i.slug = :slug AND i.state = 'published' AND v.made_ms > :since_ms;
