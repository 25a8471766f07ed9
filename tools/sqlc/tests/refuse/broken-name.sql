-- expect: 2: expected '-- name: f(params) :kind'
-- name: f :one
SELECT name FROM t WHERE id = 1;
