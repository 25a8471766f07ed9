-- expect: 2: kind must be :one
-- name: f(id integer) :all
SELECT name FROM t WHERE id = :id;
