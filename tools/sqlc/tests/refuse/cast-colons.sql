-- expect: 3: ':' is not allowed
-- name: f(id integer) :one
SELECT name FROM t WHERE id = :id::text;
