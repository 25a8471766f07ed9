-- name: feedback_add(created_ms integer, about text, kind text, message text, idempotency text) :exec
-- A form that is sent twice is stored once.
INSERT INTO feedback(created_ms, about, kind, message, idempotency)
VALUES (:created_ms, :about, :kind, :message, :idempotency) ON CONFLICT (idempotency) DO NOTHING;

-- name: feedback_newest(before_id integer, most integer) :many
-- Walks the key from its newest end and stops at the limit.
SELECT id, created_ms, about, kind, message FROM feedback WHERE id < :before_id ORDER BY id DESC LIMIT :most;

-- name: feedback_delete_before(before_ms integer) :exec
DELETE FROM feedback WHERE created_ms < :before_ms;
