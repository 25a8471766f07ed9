-- expect: 3: name the columns instead of *
-- name: f(id integer) :one
SELECT * FROM t WHERE id = :id;
