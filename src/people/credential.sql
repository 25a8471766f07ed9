-- credential.sql - what people prove with who they are. Closed to other files (schema/closed.txt); other rooms call
-- people_credential.h.

-- name: cred_password_put(person_id integer, hash text, changed_ms integer) :exec
INSERT INTO person_password(person_id, hash, changed_ms) VALUES (:person_id, :hash, :changed_ms)
ON CONFLICT (person_id) DO UPDATE SET hash = :hash, changed_ms = :changed_ms;

-- name: cred_password_rehash(person_id integer, old_hash text, hash text) :exec
UPDATE person_password SET hash = :hash WHERE person_id = :person_id AND hash = :old_hash;

-- name: cred_password_get(person_id integer) :optional
SELECT hash, changed_ms FROM person_password WHERE person_id = :person_id;

-- name: cred_password_delete(person_id integer) :exec
DELETE FROM person_password WHERE person_id = :person_id;

-- name: cred_totp_put(person_id integer, secret blob) :exec
INSERT INTO person_totp(person_id, secret) VALUES (:person_id, :secret)
ON CONFLICT (person_id) DO UPDATE SET secret = :secret, confirmed_ms = NULL, last_step = 0;

-- name: cred_totp_get(person_id integer) :optional
SELECT secret, confirmed_ms, last_step FROM person_totp WHERE person_id = :person_id;

-- name: cred_totp_confirm(person_id integer, confirmed_ms integer, step integer) :optional
UPDATE person_totp SET confirmed_ms = :confirmed_ms, last_step = :step
WHERE person_id = :person_id AND confirmed_ms IS NULL AND last_step < :step RETURNING last_step;

-- name: cred_totp_take(person_id integer, step integer) :optional
-- Of two at once with one code, one gets the row.
UPDATE person_totp SET last_step = :step
WHERE person_id = :person_id AND confirmed_ms IS NOT NULL AND last_step < :step RETURNING last_step;

-- name: cred_totp_delete(person_id integer) :exec
DELETE FROM person_totp WHERE person_id = :person_id;

-- name: cred_recovery_add(person_id integer, digest text) :exec
INSERT INTO recovery_code(person_id, digest) VALUES (:person_id, :digest);

-- name: cred_recovery_n(person_id integer) :one
SELECT count(*) AS "n:integer" FROM recovery_code WHERE person_id = :person_id;

-- name: cred_recovery_take(person_id integer, digest text) :optional
DELETE FROM recovery_code WHERE person_id = :person_id AND digest = :digest RETURNING digest;

-- name: cred_recovery_delete(person_id integer) :exec
DELETE FROM recovery_code WHERE person_id = :person_id;

-- name: cred_passkeys(person_id integer) :many -> cred_passkey
SELECT id, person_id, credential_id, public_key, algorithm, counter, flags, name, created_ms, used_ms FROM passkey
WHERE person_id = :person_id ORDER BY created_ms, id;

-- name: cred_passkey_get(credential_id text) :optional -> cred_passkey
SELECT id, person_id, credential_id, public_key, algorithm, counter, flags, name, created_ms, used_ms FROM passkey
WHERE credential_id = :credential_id;

-- name: cred_passkey_add(person_id integer, credential_id text, public_key blob, algorithm integer, counter integer, flags integer, name text, created_ms integer) :insert
INSERT INTO passkey(person_id, credential_id, public_key, algorithm, counter, flags, name, created_ms)
VALUES (:person_id, :credential_id, :public_key, :algorithm, :counter, :flags, :name, :created_ms)
ON CONFLICT (credential_id) DO NOTHING RETURNING id;

-- name: cred_passkey_note(id integer, counter integer, used_ms integer) :exec
UPDATE passkey SET counter = :counter, used_ms = :used_ms WHERE id = :id;

-- name: cred_passkey_rename(id integer, person_id integer, name text) :optional
UPDATE passkey SET name = :name WHERE id = :id AND person_id = :person_id RETURNING id;

-- name: cred_passkey_delete(id integer, person_id integer) :optional
DELETE FROM passkey WHERE id = :id AND person_id = :person_id RETURNING id;

-- name: cred_passkey_delete_of(person_id integer) :exec
DELETE FROM passkey WHERE person_id = :person_id;

-- name: cred_factors(person_id integer) :one
SELECT (SELECT changed_ms FROM person_password WHERE person_id = :person_id) AS "password_ms:integer?",
  (SELECT confirmed_ms FROM person_totp WHERE person_id = :person_id) AS "totp_ms:integer?",
  (SELECT count(*) FROM passkey WHERE person_id = :person_id) AS "passkeys:integer",
  (SELECT count(*) FROM recovery_code WHERE person_id = :person_id) AS "recovery:integer";

-- name: cred_roles(person_id integer) :many
SELECT role FROM person_role WHERE person_id = :person_id AND granted_ms IS NOT NULL ORDER BY id;

-- name: cred_once(digest text, ends_ms integer) :optional
INSERT INTO used_once(digest, ends_ms) VALUES (:digest, :ends_ms) ON CONFLICT (digest) DO NOTHING RETURNING digest;

-- name: cred_once_forget(now_ms integer) :exec
DELETE FROM used_once WHERE ends_ms <= :now_ms;

-- name: attempt_get(bucket text) :optional
SELECT failures, last_ms FROM attempt WHERE bucket = :bucket;

-- name: attempt_add(bucket text, now_ms integer) :exec
-- Adds in one statement: two processes that count at once both count.
INSERT INTO attempt(bucket, failures, last_ms) VALUES (:bucket, 1, :now_ms)
ON CONFLICT (bucket) DO UPDATE SET failures = attempt.failures + 1, last_ms = :now_ms;

-- name: attempt_delete(bucket text) :exec
DELETE FROM attempt WHERE bucket = :bucket;

-- name: attempt_delete_before(before_ms integer) :exec
DELETE FROM attempt WHERE last_ms <= :before_ms;
