-- name: feedback_add(created_ms integer, about text, kind text, message text, idempotency text) :exec
-- A form that is sent twice is stored once.
INSERT INTO feedback(created_ms, about, kind, message, idempotency)
VALUES (:created_ms, :about, :kind, :message, :idempotency) ON CONFLICT (idempotency) DO NOTHING;

-- name: feedback_newest(before_id integer, most integer) :many
-- Walks the key from its newest end and stops at the limit.
SELECT id, created_ms, about, kind, message FROM feedback WHERE id < :before_id AND message <> '' ORDER BY id DESC LIMIT :most;

-- name: feedback_about_page(about text, most integer) :many
-- scan: for one page of an editor; walks the key from its newest end
SELECT created_ms, kind, message FROM feedback WHERE about = :about AND message <> '' ORDER BY id DESC LIMIT :most;

-- name: helped_page(slug text) :optional
SELECT id, slug, title FROM item WHERE slug = :slug AND state = 'published';

-- name: helped_add(created_ms integer, about text, kind text, message text, idempotency text) :insert
-- An answer, with or without a reason.
INSERT INTO feedback(created_ms, about, kind, message, idempotency)
VALUES (:created_ms, :about, :kind, :message, :idempotency) ON CONFLICT (idempotency) DO NOTHING RETURNING id;

-- name: helped_count(item_id integer, yes integer, partly integer, no integer) :exec
INSERT INTO page_helped(item_id, yes, partly, no) VALUES (:item_id, :yes, :partly, :no)
ON CONFLICT (item_id) DO UPDATE SET yes = page_helped.yes + :yes, partly = page_helped.partly + :partly, no = page_helped.no + :no;

-- name: helped_on_item(item_id integer) :one
SELECT coalesce(h.yes, 0) AS "yes:integer", coalesce(h.partly, 0) AS "partly:integer", coalesce(h.no, 0) AS "no:integer",
  coalesce(r.reply, '') AS "reply:text", coalesce(r.published_on, '') AS "published_on:text"
FROM item i LEFT JOIN page_helped h ON h.item_id = i.id LEFT JOIN page_reply r ON r.item_id = i.id WHERE i.id = :item_id;

-- name: reply_set(item_id integer, reply text, published_on text) :exec
INSERT INTO page_reply(item_id, reply, published_on) VALUES (:item_id, :reply, :published_on)
ON CONFLICT (item_id) DO UPDATE SET reply = :reply, published_on = :published_on;
-- name: reply_delete(item_id integer) :exec
DELETE FROM page_reply WHERE item_id = :item_id;

-- name: feedback_delete_before(before_ms integer) :exec
DELETE FROM feedback WHERE created_ms < :before_ms;
