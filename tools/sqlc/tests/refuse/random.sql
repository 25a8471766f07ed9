-- expect: 3: 'random' is not allowed
-- name: f(id integer) :many
SELECT name FROM t WHERE id = :id ORDER BY random();
