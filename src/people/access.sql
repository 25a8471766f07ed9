-- access.sql - what somebody may do. Closed to other files (schema/closed.txt).

-- name: access_roles(person_id integer) :many
SELECT role, organisation_id FROM person_role WHERE person_id = :person_id AND granted_ms IS NOT NULL ORDER BY id;

-- name: access_roles_at(person_id integer, organisation_id integer) :many
SELECT role FROM person_role
WHERE person_id = :person_id AND organisation_id = :organisation_id AND granted_ms IS NOT NULL ORDER BY id;

-- name: access_level(session_id integer) :optional
SELECT level FROM session WHERE id = :session_id;

-- name: access_organisation(slug text) :optional
SELECT id FROM organisation WHERE slug = :slug;
