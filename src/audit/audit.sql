-- name: audit_head_get() :one
SELECT rows, hash FROM audit_head WHERE id = 1;

-- name: audit_head_move(length integer, hash text, previous text) :optional
-- From here to the end of the transaction nobody else can add a row.
UPDATE audit_head SET rows = :length, hash = :hash WHERE id = 1 AND hash = :previous RETURNING id;

-- name: audit_append(id integer, at_ms integer, person_id integer?, actor text, action text, subject_kind text, subject_id text, organisation_id integer?, before_json text?, after_json text?, request_id text?, previous text, hash text) :exec
INSERT INTO audit(id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json,
                  request_id, previous, hash)
VALUES (:id, :at_ms, :person_id, :actor, :action, :subject_kind, :subject_id, :organisation_id, :before_json, :after_json,
        :request_id, :previous, :hash);

-- name: audit_walk(after_id integer, most integer) :each -> audit_full
SELECT id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json, request_id,
       previous, hash FROM audit WHERE id > :after_id ORDER BY id LIMIT :most;

-- name: audit_time(id integer) :optional
SELECT at_ms FROM audit WHERE id = :id;

-- A page of rows, newest first, before (before_ms, before_id). Each of these goes by one index; what else is asked is tried
-- on the rows found there.
-- name: audit_of_subject(subject_kind text, subject_id text, person_id integer?, organisation_id integer?, action text?, from_ms integer, before_ms integer, before_id integer, most integer) :many -> audit_line
SELECT id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json, request_id
FROM audit WHERE subject_kind = :subject_kind AND subject_id = :subject_id AND at_ms >= :from_ms AND at_ms <= :before_ms
  AND (at_ms < :before_ms OR id < :before_id) AND (:person_id IS NULL OR person_id = :person_id)
  AND (:organisation_id IS NULL OR organisation_id = :organisation_id) AND (:action IS NULL OR action = :action)
ORDER BY at_ms DESC, id DESC LIMIT :most;

-- name: audit_of_person(person_id integer, organisation_id integer?, action text?, subject_kind text?, from_ms integer, before_ms integer, before_id integer, most integer) :many -> audit_line
SELECT id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json, request_id
FROM audit WHERE person_id = :person_id AND at_ms >= :from_ms AND at_ms <= :before_ms
  AND (at_ms < :before_ms OR id < :before_id) AND (:organisation_id IS NULL OR organisation_id = :organisation_id)
  AND (:action IS NULL OR action = :action) AND (:subject_kind IS NULL OR subject_kind = :subject_kind)
ORDER BY at_ms DESC, id DESC LIMIT :most;

-- name: audit_of_organisation(organisation_id integer, action text?, subject_kind text?, from_ms integer, before_ms integer, before_id integer, most integer) :many -> audit_line
SELECT id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json, request_id
FROM audit WHERE organisation_id = :organisation_id AND at_ms >= :from_ms AND at_ms <= :before_ms
  AND (at_ms < :before_ms OR id < :before_id) AND (:action IS NULL OR action = :action)
  AND (:subject_kind IS NULL OR subject_kind = :subject_kind)
ORDER BY at_ms DESC, id DESC LIMIT :most;

-- name: audit_of_action(action text, subject_kind text?, from_ms integer, before_ms integer, before_id integer, most integer) :many -> audit_line
SELECT id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json, request_id
FROM audit WHERE action = :action AND at_ms >= :from_ms AND at_ms <= :before_ms
  AND (at_ms < :before_ms OR id < :before_id) AND (:subject_kind IS NULL OR subject_kind = :subject_kind)
ORDER BY at_ms DESC, id DESC LIMIT :most;

-- name: audit_of_time(subject_kind text?, from_ms integer, before_ms integer, before_id integer, most integer) :many -> audit_line
SELECT id, at_ms, person_id, actor, action, subject_kind, subject_id, organisation_id, before_json, after_json, request_id
FROM audit WHERE at_ms >= :from_ms AND at_ms <= :before_ms AND (at_ms < :before_ms OR id < :before_id)
  AND (:subject_kind IS NULL OR subject_kind = :subject_kind)
ORDER BY at_ms DESC, id DESC LIMIT :most;
