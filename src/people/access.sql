-- access.sql - what somebody may do. Closed to other files (schema/closed.txt).

-- name: access_roles(person_id integer) :many
SELECT role, organisation_id FROM person_role WHERE person_id = :person_id AND granted_ms IS NOT NULL ORDER BY id;

-- name: access_roles_at(person_id integer, organisation_id integer) :many
-- A closed organisation gives no rights.
SELECT r.role FROM person_role r JOIN organisation o ON o.id = r.organisation_id
WHERE r.person_id = :person_id AND r.organisation_id = :organisation_id AND r.granted_ms IS NOT NULL AND o.closed_ms IS NULL
ORDER BY r.id;

-- name: access_level(session_id integer) :optional
SELECT level FROM session WHERE id = :session_id;

-- name: access_organisation(slug text) :optional
SELECT id FROM organisation WHERE slug = :slug;

-- name: access_places(person_id integer) :many
-- Municipalities served by the open organisations where somebody holds a role.
SELECT DISTINCT m.municipality FROM person_role r
JOIN organisation o ON o.id = r.organisation_id AND o.closed_ms IS NULL
JOIN organisation_municipality m ON m.organisation_id = o.id
WHERE r.person_id = :person_id AND r.granted_ms IS NOT NULL ORDER BY m.municipality;
