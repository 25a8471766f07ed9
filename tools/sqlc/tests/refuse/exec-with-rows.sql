-- expect: 3: :exec must not return rows
-- name: f(id integer) :exec
SELECT name FROM t WHERE id = :id;
