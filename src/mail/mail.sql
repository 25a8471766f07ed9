-- name: mail_add(created_ms integer, to_address text, to_name text, person_id integer?, kind text, subject text, text text, html text, list_unsubscribe text, idempotency text?) :insert
INSERT INTO mail_outbox(created_ms, to_address, to_name, person_id, kind, subject, text, html, list_unsubscribe, state, attempts,
  next_ms, last_error, idempotency)
VALUES (:created_ms, :to_address, :to_name, :person_id, :kind, :subject, :text, :html, :list_unsubscribe, 'waiting', 0,
  :created_ms, '', :idempotency) ON CONFLICT (idempotency) DO NOTHING RETURNING id;

-- name: mail_row_get(id integer) :optional -> mail_row
SELECT id, created_ms, to_address, to_name, person_id, kind, subject, text, html, list_unsubscribe, state, attempts, next_ms,
  last_error, sent_ms
FROM mail_outbox WHERE id = :id;

-- name: mail_list_rows(state text, before_id integer, most integer) :many -> mail_brief
-- The page of the administrator: newest first, without the parts.
SELECT id, created_ms, to_address, to_name, person_id, kind, subject, state, attempts, next_ms, last_error, sent_ms
FROM mail_outbox WHERE state = :state AND id < :before_id ORDER BY id DESC LIMIT :most;

-- name: mail_count_rows() :many
-- scan: the index alone is read, and old mail is deleted
SELECT state, count(*) AS "n:integer" FROM mail_outbox GROUP BY state;

-- name: mail_mark_sent(id integer, now_ms integer) :exec
-- What was sent is with the receiver: the store keeps no links.
UPDATE mail_outbox SET state = 'sent', text = '', html = '', list_unsubscribe = '', attempts = attempts + 1, last_error = '',
  sent_ms = :now_ms
WHERE id = :id AND state = 'waiting';

-- name: mail_mark_failed(id integer, state text, next_ms integer, error text) :exec
UPDATE mail_outbox SET state = :state, attempts = attempts + 1, next_ms = :next_ms, last_error = :error
WHERE id = :id AND state = 'waiting';

-- name: mail_mark_kept(id integer, error text) :exec
UPDATE mail_outbox SET state = 'kept', last_error = :error WHERE id = :id AND state = 'waiting';

-- name: mail_wait_again(id integer, now_ms integer, lost_ms integer) :optional
-- A mail that waits since LOST_MS has lost its job: the program stopped at each attempt.
UPDATE mail_outbox SET state = 'waiting', attempts = 0, next_ms = :now_ms
WHERE id = :id AND (state IN ('dead', 'kept') OR (state = 'waiting' AND next_ms < :lost_ms)) RETURNING id;

-- name: mail_delete_before(before_ms integer) :exec
DELETE FROM mail_outbox WHERE created_ms < :before_ms;

-- name: mail_delete_sent_before(before_ms integer) :exec
DELETE FROM mail_outbox WHERE state = 'sent' AND created_ms < :before_ms;

-- name: mail_of_person(person_id integer, to_address text) :many -> mail_brief
-- What was written to a person, or to this address for nobody in particular.
SELECT id, created_ms, to_address, to_name, person_id, kind, subject, state, attempts, next_ms, last_error, sent_ms
FROM mail_outbox WHERE person_id = :person_id OR (person_id IS NULL AND to_address = :to_address) ORDER BY id DESC;

-- name: mail_to_nobody() :many
-- scan: by an index; mail to people without an account, of the last months
SELECT id, to_address FROM mail_outbox WHERE person_id IS NULL ORDER BY id;

-- name: mail_delete_row(id integer) :exec
DELETE FROM mail_outbox WHERE id = :id;

-- name: mail_delete_person(person_id integer) :exec
DELETE FROM mail_outbox WHERE person_id = :person_id;
