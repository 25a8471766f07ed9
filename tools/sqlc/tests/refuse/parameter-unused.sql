-- expect: 2: parameter 'other' is not used
-- name: f(id integer, other text) :one
SELECT name FROM t WHERE id = :id;
