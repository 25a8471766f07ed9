-- session.sql - being signed in. Closed to other files (schema/closed.txt).

-- name: session_who(digest text, now_ms integer) :optional
-- Every request of somebody who is signed in asks this: one step on each of two keys.
SELECT s.id, s.person_id, s.rights, s.used_ms, p.name
FROM session s JOIN person p ON p.id = s.person_id
WHERE s.digest = :digest AND s.ends_ms > :now_ms AND s.used_ms + s.idle_ms >= :now_ms AND p.blocked_ms IS NULL;

-- name: session_add(digest text, person_id integer, rights integer, level integer, method text, device text, now_ms integer, idle_ms integer, ends_ms integer) :insert
INSERT INTO session(digest, person_id, rights, level, method, device, created_ms, used_ms, idle_ms, ends_ms)
VALUES (:digest, :person_id, :rights, :level, :method, :device, :now_ms, :now_ms, :idle_ms, :ends_ms) RETURNING id;

-- name: session_note(id integer, now_ms integer) :exec
UPDATE session SET used_ms = :now_ms WHERE id = :id AND used_ms < :now_ms;

-- name: session_by_id(id integer) :optional
SELECT id, person_id, level, method, device, created_ms, used_ms, ends_ms FROM session WHERE id = :id;

-- name: session_all(person_id integer, now_ms integer) :many
SELECT id, level, method, device, created_ms, used_ms FROM session
WHERE person_id = :person_id AND ends_ms > :now_ms AND used_ms + idle_ms >= :now_ms ORDER BY used_ms DESC, id DESC;

-- name: session_delete(id integer) :exec
DELETE FROM session WHERE id = :id;

-- name: session_delete_of(person_id integer, keep integer) :exec
DELETE FROM session WHERE person_id = :person_id AND id <> :keep;

-- name: session_delete_ended(now_ms integer) :exec
DELETE FROM session WHERE ends_ms <= :now_ms;

-- name: session_person(id integer) :optional
SELECT id, name, verified_ms, blocked_ms FROM person WHERE id = :id;

-- name: session_signed_in(id integer, now_ms integer) :exec
UPDATE person SET signed_in_ms = :now_ms, warned_ms = NULL WHERE id = :id;
