-- name: a() :many
-- item and indicator are only named here
SELECT 'from item', id AS "from item:text" FROM municipality m WHERE m.id IN (SELECT id FROM job);
-- name: b(from text) :exec
UPDATE municipality SET id = :from WHERE id = 1;
