-- oidc.sql - how the people of an organisation sign in at its own provider, and which roles that gives. Closed to other files.

-- name: oidc_get(organisation_id integer) :optional -> oidc_stored
SELECT s.organisation_id, o.slug, o.name, o.is_demo, o.closed_ms, s.issuer, s.client_id, s.client_secret, s.private_key,
  s.email_domain, s.email_trusted, s.role_claim, s.second_factor, s.is_on
FROM organisation_oidc s JOIN organisation o ON o.id = s.organisation_id WHERE s.organisation_id = :organisation_id;

-- name: oidc_by_issuer(issuer text) :optional -> oidc_stored
SELECT s.organisation_id, o.slug, o.name, o.is_demo, o.closed_ms, s.issuer, s.client_id, s.client_secret, s.private_key,
  s.email_domain, s.email_trusted, s.role_claim, s.second_factor, s.is_on
FROM organisation_oidc s JOIN organisation o ON o.id = s.organisation_id WHERE s.issuer = :issuer;

-- name: oidc_put(organisation_id integer, issuer text, client_id text, client_secret blob?, private_key blob?, email_domain text, email_trusted integer, role_claim text, second_factor integer, is_on integer) :exec
INSERT INTO organisation_oidc(organisation_id, issuer, client_id, client_secret, private_key, email_domain, email_trusted,
  role_claim, second_factor, is_on)
VALUES (:organisation_id, :issuer, :client_id, :client_secret, :private_key, :email_domain, :email_trusted, :role_claim,
  :second_factor, :is_on)
ON CONFLICT (organisation_id) DO UPDATE SET issuer = :issuer, client_id = :client_id, client_secret = :client_secret,
  private_key = :private_key, email_domain = :email_domain, email_trusted = :email_trusted, role_claim = :role_claim,
  second_factor = :second_factor, is_on = :is_on;

-- name: oidc_organisations() :many
-- scan: the choice of an organisation to sign in at; there are as many as organisations that arranged it
SELECT o.slug, o.name, o.is_demo, s.email_domain
FROM organisation_oidc s JOIN organisation o ON o.id = s.organisation_id
WHERE s.is_on = 1 AND o.closed_ms IS NULL ORDER BY o.sort_key, o.id;

-- name: oidc_rules(organisation_id integer) :many
SELECT claim_value, role FROM organisation_oidc_role WHERE organisation_id = :organisation_id ORDER BY claim_value, role;

-- name: oidc_rule_add(organisation_id integer, claim_value text, role text) :exec
INSERT INTO organisation_oidc_role(organisation_id, claim_value, role) VALUES (:organisation_id, :claim_value, :role);

-- name: oidc_rule_delete(organisation_id integer, claim_value text, role text) :exec
DELETE FROM organisation_oidc_role WHERE organisation_id = :organisation_id AND claim_value = :claim_value AND role = :role;

-- name: oidc_linked(organisation_id integer, subject text) :optional
SELECT person_id FROM person_oidc WHERE organisation_id = :organisation_id AND subject = :subject;

-- name: oidc_links_of(organisation_id integer, person_id integer) :one
SELECT count(*) AS "n:integer" FROM person_oidc WHERE organisation_id = :organisation_id AND person_id = :person_id;

-- name: oidc_link_add(organisation_id integer, subject text, person_id integer) :exec
INSERT INTO person_oidc(organisation_id, subject, person_id) VALUES (:organisation_id, :subject, :person_id);

-- name: oidc_people(organisation_id integer) :many
SELECT DISTINCT person_id FROM person_oidc WHERE organisation_id = :organisation_id ORDER BY person_id;

-- name: oidc_links_delete(organisation_id integer) :exec
DELETE FROM person_oidc WHERE organisation_id = :organisation_id;

-- name: oidc_roles_held(person_id integer, organisation_id integer) :many
SELECT id, role, granted_ms, by_claim FROM person_role
WHERE person_id = :person_id AND organisation_id = :organisation_id ORDER BY id;

-- name: oidc_role_mark(person_id integer, organisation_id integer, role text) :exec
UPDATE person_role SET by_claim = 1 WHERE person_id = :person_id AND organisation_id = :organisation_id AND role = :role;
