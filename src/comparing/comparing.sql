-- comparing.sql - how participants differ; who wants to hear what stands out in figures.

-- name: selection_of(release_id integer) :many
SELECT c.name, c.unit, c.decimals, s.participants, s.others, s.difference FROM release_selection s
JOIN characteristic c ON c.code = s.characteristic_code WHERE s.release_id = :release_id ORDER BY c.position;

-- name: figures_follows_of(person_id integer) :many
SELECT region, since_ms FROM figures_follow WHERE person_id = :person_id ORDER BY region;
-- name: figures_followed(person_id integer, region text) :optional
SELECT since_ms FROM figures_follow WHERE person_id = :person_id AND region = :region;
-- name: figures_follow_add(person_id integer, region text, since_ms integer, told integer) :exec
INSERT INTO figures_follow(person_id, region, since_ms, told) VALUES (:person_id, :region, :since_ms, :told) ON CONFLICT DO NOTHING;
-- name: figures_follow_delete(person_id integer, region text) :exec
DELETE FROM figures_follow WHERE person_id = :person_id AND region = :region;
-- name: figures_follow_delete_of(person_id integer) :exec
DELETE FROM figures_follow WHERE person_id = :person_id;

-- name: figures_followers(after integer, release integer, most integer) :many
-- scan: once a day, in parts
SELECT DISTINCT person_id AS "person_id:integer" FROM figures_follow WHERE person_id > :after AND told < :release
ORDER BY person_id LIMIT :most;
-- name: figures_untold(person_id integer, release integer) :many
SELECT region FROM figures_follow WHERE person_id = :person_id AND told < :release ORDER BY region;
-- name: figures_told(person_id integer, release integer) :exec
UPDATE figures_follow SET told = :release WHERE person_id = :person_id;
