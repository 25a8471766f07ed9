-- expect: 3: a quote is not closed
-- name: f(id integer) :one
SELECT name FROM t WHERE id = :id AND name = 'x;
