-- expect: 2: parameter 'id' is declared twice
-- name: f(id integer, id integer) :one
SELECT name FROM t WHERE id = :id;
