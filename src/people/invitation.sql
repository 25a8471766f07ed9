-- invitation.sql - who was invited and did not come yet.

-- name: invitation_put(organisation_id integer, email text, email_fold text, role text, invited_by integer, created_ms integer, ends_ms integer) :insert
-- Inviting again starts anew: the links of before no longer fit (created_ms).
INSERT INTO invitation(organisation_id, email, email_fold, role, invited_by, created_ms, ends_ms)
VALUES (:organisation_id, :email, :email_fold, :role, :invited_by, :created_ms, :ends_ms)
ON CONFLICT (organisation_id, email_fold, role) DO UPDATE SET email = :email, invited_by = :invited_by,
  created_ms = :created_ms, ends_ms = :ends_ms
RETURNING id;

-- name: invitation_get(id integer, created_ms integer, now_ms integer) :optional -> invitation
SELECT i.id, i.organisation_id, o.name AS organisation, i.email, i.email_fold, i.role, i.invited_by, i.created_ms, i.ends_ms
FROM invitation i JOIN organisation o ON o.id = i.organisation_id
WHERE i.id = :id AND i.created_ms = :created_ms AND i.ends_ms > :now_ms AND o.closed_ms IS NULL;

-- name: invitation_by_id(id integer) :optional
SELECT organisation_id, role FROM invitation WHERE id = :id;

-- name: invitations_of(organisation_id integer) :many -> invitation_line
-- Who did not come yet, last invited first; also those that ended and are not deleted yet.
SELECT i.id AS "id:integer", i.email AS "email:text", i.role AS "role:text", i.created_ms AS "created_ms:integer",
  i.ends_ms AS "ends_ms:integer", p.name AS "by:text?"
FROM invitation i LEFT JOIN person p ON p.id = i.invited_by
WHERE i.organisation_id = :organisation_id ORDER BY i.created_ms DESC, i.id DESC;

-- name: invitation_delete(id integer) :exec
DELETE FROM invitation WHERE id = :id;

-- name: invitation_forget(now_ms integer) :exec
-- For the job of the night: what ended.
DELETE FROM invitation WHERE ends_ms <= :now_ms;
