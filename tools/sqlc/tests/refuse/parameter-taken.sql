-- expect: 2: 'db' has a meaning in C here
-- name: f(db integer) :one
SELECT name FROM t WHERE id = 1;
