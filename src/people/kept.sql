-- kept.sql - everything that is kept about one person, to show it and to delete it (people_kept.h). Closed to other files.

-- name: kept_person(id integer) :optional
SELECT id, email, email_fold, name, created_ms, verified_ms, signed_in_ms, warned_ms, blocked_ms FROM person WHERE id = :id;

-- name: kept_sessions(person_id integer) :many
SELECT method, device, created_ms, used_ms, ends_ms FROM session WHERE person_id = :person_id ORDER BY used_ms DESC, id DESC;

-- name: kept_oidc(person_id integer) :many
SELECT o.name, p.subject FROM person_oidc p JOIN organisation o ON o.id = p.organisation_id
WHERE p.person_id = :person_id ORDER BY o.sort_key, o.id;

-- name: kept_oidc_delete(person_id integer) :exec
DELETE FROM person_oidc WHERE person_id = :person_id;

-- name: kept_links(person_id integer) :many
SELECT purpose, detail, created_ms, ends_ms FROM link WHERE person_id = :person_id ORDER BY created_ms DESC, purpose;

-- name: kept_links_about(detail text) :exec
-- scan: links are few, and each lives for days: those without a person that name an address
DELETE FROM link WHERE detail = :detail;

-- name: kept_invitations(email_fold text) :many
SELECT o.name, i.role, i.created_ms, i.ends_ms FROM invitation i JOIN organisation o ON o.id = i.organisation_id
WHERE i.email_fold = :email_fold ORDER BY i.created_ms DESC, i.id DESC;

-- name: kept_invitations_delete(email_fold text) :exec
DELETE FROM invitation WHERE email_fold = :email_fold;

-- name: kept_refusals(person_id integer) :many
SELECT kind FROM mail_refusal WHERE person_id = :person_id ORDER BY kind;

-- name: kept_refusals_delete(person_id integer) :exec
DELETE FROM mail_refusal WHERE person_id = :person_id;

-- name: refusal_add(person_id integer, kind text) :exec
INSERT INTO mail_refusal(person_id, kind) VALUES (:person_id, :kind) ON CONFLICT DO NOTHING;

-- name: refusal_delete(person_id integer, kind text) :exec
DELETE FROM mail_refusal WHERE person_id = :person_id AND kind = :kind;

-- name: refusal_get(person_id integer, kind text) :optional
SELECT kind FROM mail_refusal WHERE person_id = :person_id AND kind = :kind;

-- name: unverified_before(before_ms integer, after_id integer, most integer) :many -> person_due
-- Who never proved the address never signed in either.
SELECT id FROM person
WHERE signed_in_ms IS NULL AND created_ms < :before_ms AND verified_ms IS NULL AND id > :after_id ORDER BY id LIMIT :most;

-- name: unused_before(before_ms integer, after_id integer, most integer) :many -> person_unused
-- scan: once a night: who is to be warned, or was (warned_ms)
SELECT id, name, email, warned_ms, is_demo FROM person
WHERE coalesce(signed_in_ms, created_ms) < :before_ms AND verified_ms IS NOT NULL AND id > :after_id ORDER BY id LIMIT :most;

-- name: person_set_warned(id integer, warned_ms integer) :exec
UPDATE person SET warned_ms = :warned_ms WHERE id = :id;
