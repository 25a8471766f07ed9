-- people.sql - organisations, people and the roles they hold. Closed to other files (schema/closed.txt); other rooms call these
-- through people.h. What changes a role goes through role_give() and role_take(), which end sessions and write the trail.

-- name: organisation_get(slug text) :optional -> organisation
SELECT id, slug, name, kind, website, is_demo, created_ms, closed_ms FROM organisation WHERE slug = :slug;

-- name: organisation_by_id(id integer) :optional -> organisation
SELECT id, slug, name, kind, website, is_demo, created_ms, closed_ms FROM organisation WHERE id = :id;

-- name: organisations_from(sort_key text, id integer, most integer) :many -> organisation_line
-- A page of the list, in order of name, after (sort_key, id).
SELECT o.id, o.slug, o.name, o.sort_key, o.kind, o.is_demo, o.closed_ms,
  (SELECT count(*) FROM person_role r WHERE r.organisation_id = o.id AND r.granted_ms IS NOT NULL) AS "members:integer"
FROM organisation o WHERE o.sort_key > :sort_key OR (o.sort_key = :sort_key AND o.id > :id)
ORDER BY o.sort_key, o.id LIMIT :most;

-- name: organisations_named(low text, high text, most integer) :many -> organisation_line
-- Names that begin with what was typed: low is the folded text, high the same with U+FFFF behind it.
SELECT o.id, o.slug, o.name, o.sort_key, o.kind, o.is_demo, o.closed_ms,
  (SELECT count(*) FROM person_role r WHERE r.organisation_id = o.id AND r.granted_ms IS NOT NULL) AS "members:integer"
FROM organisation o WHERE o.sort_key >= :low AND o.sort_key < :high ORDER BY o.sort_key, o.id LIMIT :most;

-- name: organisations_open() :many
-- scan: the choice of organisations in a form
SELECT id, slug, name, kind, is_demo FROM organisation WHERE closed_ms IS NULL ORDER BY sort_key, id;

-- name: organisation_add(slug text, name text, sort_key text, kind text, website text?, is_demo integer, created_ms integer) :insert
INSERT INTO organisation(slug, name, sort_key, kind, website, is_demo, created_ms)
VALUES (:slug, :name, :sort_key, :kind, :website, :is_demo, :created_ms) RETURNING id;

-- name: organisation_change(id integer, name text, sort_key text, kind text, website text?) :exec
UPDATE organisation SET name = :name, sort_key = :sort_key, kind = :kind, website = :website WHERE id = :id;

-- name: organisation_set_closed(id integer, closed_ms integer?) :exec
UPDATE organisation SET closed_ms = :closed_ms WHERE id = :id;

-- name: organisation_places(organisation_id integer) :many
SELECT p.municipality, m.name, m.slug FROM organisation_municipality p JOIN municipality m ON m.code = p.municipality
WHERE p.organisation_id = :organisation_id ORDER BY m.sort_key, m.code;

-- name: organisations_at(municipality text) :many -> organisation_at
SELECT o.id, o.slug, o.name, o.kind, o.is_demo FROM organisation_municipality p JOIN organisation o ON o.id = p.organisation_id
WHERE p.municipality = :municipality AND o.closed_ms IS NULL ORDER BY o.sort_key, o.id;

-- name: organisation_place_add(organisation_id integer, municipality text) :exec
INSERT INTO organisation_municipality(organisation_id, municipality) VALUES (:organisation_id, :municipality)
ON CONFLICT DO NOTHING;

-- name: organisation_places_delete(organisation_id integer) :exec
DELETE FROM organisation_municipality WHERE organisation_id = :organisation_id;

-- name: person_get(id integer) :optional -> person
SELECT id, email, email_fold, name, is_demo, created_ms, verified_ms, blocked_ms, signed_in_ms FROM person WHERE id = :id;

-- name: person_by_email(email_fold text) :optional -> person
SELECT id, email, email_fold, name, is_demo, created_ms, verified_ms, blocked_ms, signed_in_ms FROM person
WHERE email_fold = :email_fold;

-- name: person_add(email text, email_fold text, name text, is_demo integer, created_ms integer, verified_ms integer?) :insert
INSERT INTO person(email, email_fold, name, is_demo, created_ms, verified_ms)
VALUES (:email, :email_fold, :name, :is_demo, :created_ms, :verified_ms) RETURNING id;

-- name: person_set_name(id integer, name text) :exec
UPDATE person SET name = :name WHERE id = :id;

-- name: person_set_email(id integer, email text, email_fold text, verified_ms integer) :exec
UPDATE person SET email = :email, email_fold = :email_fold, verified_ms = :verified_ms WHERE id = :id;

-- name: person_set_verified(id integer, verified_ms integer) :exec
UPDATE person SET verified_ms = :verified_ms WHERE id = :id AND verified_ms IS NULL;

-- name: person_set_blocked(id integer, blocked_ms integer?) :exec
UPDATE person SET blocked_ms = :blocked_ms WHERE id = :id;

-- name: person_delete(id integer) :exec
DELETE FROM person WHERE id = :id;

-- name: person_roles_delete(person_id integer) :exec
DELETE FROM person_role WHERE person_id = :person_id;

-- name: roles_of(person_id integer) :many -> role_held
SELECT r.id AS "id:integer", r.person_id AS "person_id:integer", r.role AS "role:text", r.asked_ms AS "asked_ms:integer",
  r.granted_ms AS "granted_ms:integer?", r.organisation_id AS "organisation_id:integer?", o.name AS "organisation:text?",
  o.slug AS "slug:text?"
FROM person_role r LEFT JOIN organisation o ON o.id = r.organisation_id
WHERE r.person_id = :person_id ORDER BY o.sort_key NULLS FIRST, r.role;

-- name: role_get(id integer) :optional
SELECT id, person_id, organisation_id, role, asked_ms, granted_ms FROM person_role WHERE id = :id;

-- name: role_once(person_id integer, role text, organisation_id integer) :optional
-- organisation_id 0: on one's own
SELECT id, granted_ms FROM person_role
WHERE person_id = :person_id AND role = :role AND coalesce(organisation_id, 0) = :organisation_id;

-- name: role_add(person_id integer, organisation_id integer?, role text, asked_ms integer, granted_ms integer?, granted_by integer?) :insert
INSERT INTO person_role(person_id, organisation_id, role, asked_ms, granted_ms, granted_by)
VALUES (:person_id, :organisation_id, :role, :asked_ms, :granted_ms, :granted_by) RETURNING id;

-- name: role_set_granted(id integer, granted_ms integer, granted_by integer?) :exec
UPDATE person_role SET granted_ms = :granted_ms, granted_by = :granted_by WHERE id = :id AND granted_ms IS NULL;

-- name: role_delete(id integer) :exec
DELETE FROM person_role WHERE id = :id;

-- name: members(organisation_id integer) :many
SELECT r.id, r.person_id, r.role, r.asked_ms, r.granted_ms, p.name, p.email, p.signed_in_ms, p.blocked_ms
FROM person_role r JOIN person p ON p.id = r.person_id
WHERE r.organisation_id = :organisation_id ORDER BY p.name, p.id, r.role;

-- name: roles_waiting(most integer) :many
-- scan: requests that nobody decided yet, oldest first, by an index that holds only those
SELECT r.id AS "id:integer", r.person_id AS "person_id:integer", r.role AS "role:text", r.asked_ms AS "asked_ms:integer",
  p.name AS "name:text", p.email AS "email:text", o.name AS "organisation:text?", o.slug AS "slug:text?"
FROM person_role r JOIN person p ON p.id = r.person_id LEFT JOIN organisation o ON o.id = r.organisation_id
WHERE r.granted_ms IS NULL ORDER BY r.asked_ms LIMIT :most;

-- name: holders(role text) :many
-- scan: asked by the self-audit and the command line; roles are few
SELECT p.id, p.name, p.email, r.organisation_id FROM person_role r JOIN person p ON p.id = r.person_id
WHERE r.role = :role AND r.granted_ms IS NOT NULL AND p.blocked_ms IS NULL ORDER BY p.id;

-- name: people_place(code text) :optional
SELECT name, slug FROM municipality WHERE code = :code AND ends_on IS NULL;
