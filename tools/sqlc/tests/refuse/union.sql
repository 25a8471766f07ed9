-- expect: 3: with UNION, say whether 'name' may be missing
-- name: f(id integer) :many
SELECT name FROM t WHERE id = :id UNION ALL SELECT NULL;
