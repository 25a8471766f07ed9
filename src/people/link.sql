-- link.sql - links that work once. Closed to other files (schema/closed.txt).

-- name: link_add(digest text, purpose text, person_id integer?, detail text, created_ms integer, ends_ms integer) :exec
INSERT INTO link(digest, purpose, person_id, detail, created_ms, ends_ms)
VALUES (:digest, :purpose, :person_id, :detail, :created_ms, :ends_ms);

-- name: link_get(digest text, purpose text, now_ms integer) :optional -> link_row
SELECT person_id, detail FROM link WHERE digest = :digest AND purpose = :purpose AND ends_ms > :now_ms;

-- name: link_use(digest text, purpose text, now_ms integer) :optional -> link_row
-- Of two at once, one gets the row.
DELETE FROM link WHERE digest = :digest AND purpose = :purpose AND ends_ms > :now_ms RETURNING person_id, detail;

-- name: link_delete_of(person_id integer, purpose text) :exec
DELETE FROM link WHERE person_id = :person_id AND purpose = :purpose;

-- name: link_delete_person(person_id integer) :exec
DELETE FROM link WHERE person_id = :person_id;

-- name: link_delete_ended(now_ms integer) :exec
DELETE FROM link WHERE ends_ms <= :now_ms;
