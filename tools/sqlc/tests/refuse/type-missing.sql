-- expect: 2: parameter 'id' is not
-- name: f(id) :one
SELECT name FROM t WHERE id = 1;
