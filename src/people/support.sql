-- support.sql - what an administrator looks up and changes to help somebody. Closed to other files (schema/closed.txt).

-- name: support_people() :each -> support_person
-- scan: names are searched by the start of each word; an administrator asks this now and then
SELECT id, email, email_fold, name, blocked_ms, signed_in_ms FROM person ORDER BY email_fold;

-- name: support_single_factor() :many
-- scan: asked by the self-audit; which roles need more is in the table of roles
SELECT p.id, p.name, r.role FROM person_role r JOIN person p ON p.id = r.person_id
WHERE r.granted_ms IS NOT NULL AND p.blocked_ms IS NULL
  AND NOT EXISTS (SELECT 1 FROM person_totp t WHERE t.person_id = p.id AND t.confirmed_ms IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM passkey k WHERE k.person_id = p.id)
ORDER BY p.id, r.role;
