-- expect: 2: parameter 'id int' is not
-- name: f(id int) :one
SELECT name FROM t WHERE id = 1;
