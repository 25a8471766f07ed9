-- name: file_add(hash text, size integer, kind text, media_type text, width integer?, height integer?, name text, alt text?, decorative integer, organisation integer?, person integer, now integer, see_rights integer) :insert
INSERT INTO file(hash, size, kind, media_type, width, height, name, alt, is_decorative, organisation_id, person_id, created_ms, see_rights)
VALUES (:hash, :size, :kind, :media_type, :width, :height, :name, :alt, :decorative, :organisation, :person, :now, :see_rights) RETURNING id;

-- name: file_get(id integer) :optional -> file_row
SELECT id, hash, size, kind, media_type, width, height, name, alt, is_decorative, organisation_id, person_id, created_ms, see_rights, is_public
FROM file WHERE id = :id;

-- name: file_newest_of_organisation(organisation integer, before integer, most integer) :many -> file_row
SELECT id, hash, size, kind, media_type, width, height, name, alt, is_decorative, organisation_id, person_id, created_ms, see_rights, is_public
FROM file WHERE organisation_id = :organisation AND id < :before ORDER BY id DESC LIMIT :most;

-- name: file_newest_of_person(person integer, before integer, most integer) :many -> file_row
SELECT id, hash, size, kind, media_type, width, height, name, alt, is_decorative, organisation_id, person_id, created_ms, see_rights, is_public
FROM file WHERE person_id = :person AND id < :before ORDER BY id DESC LIMIT :most;

-- name: file_space_of_organisation(organisation integer) :one -> file_space
SELECT CAST(coalesce(sum(size), 0) AS BIGINT) AS "bytes:integer" FROM file WHERE organisation_id = :organisation;

-- name: file_space_of_person(person integer) :one -> file_space
-- What is sent for an organisation takes its space.
SELECT CAST(coalesce(sum(size), 0) AS BIGINT) AS "bytes:integer" FROM file WHERE person_id = :person AND organisation_id IS NULL;

-- name: file_set_public(id integer, public integer) :exec
UPDATE file SET is_public = :public WHERE id = :id;

-- name: file_set_alt(id integer, alt text?, decorative integer) :exec
UPDATE file SET alt = :alt, is_decorative = :decorative WHERE id = :id;

-- name: file_use_add(id integer, room text, item text) :exec
INSERT INTO file_use(file_id, room, item) VALUES (:id, :room, :item) ON CONFLICT (file_id, room, item) DO NOTHING;

-- name: file_use_delete(id integer, room text, item text) :exec
DELETE FROM file_use WHERE file_id = :id AND room = :room AND item = :item;

-- name: file_use_count(id integer) :one
SELECT count(*) AS "n:integer" FROM file_use WHERE file_id = :id;

-- name: file_uses(id integer) :many -> file_place
SELECT room, item FROM file_use WHERE file_id = :id ORDER BY room, item;

-- name: file_delete(id integer) :exec
DELETE FROM file WHERE id = :id;

-- name: file_is_known(hash text) :one
SELECT count(*) AS "n:integer" FROM file WHERE hash = :hash;

-- name: file_delete_unused(before_ms integer) :exec
DELETE FROM file WHERE created_ms < :before_ms AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = file.id);

-- name: file_delete_unused_of_person(person integer) :exec
DELETE FROM file WHERE person_id = :person AND organisation_id IS NULL AND NOT EXISTS (SELECT 1 FROM file_use u WHERE u.file_id = file.id);

-- name: file_forget_person(person integer) :exec
UPDATE file SET person_id = NULL WHERE person_id = :person;
