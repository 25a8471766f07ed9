-- expect: 3: near "t": syntax error
-- name: f(id integer) :one
SELECT name FORM t WHERE id = :id;
