-- expect: 2: 'int' has a meaning in C here
-- name: f(int integer) :one
SELECT name FROM t WHERE id = 1;
