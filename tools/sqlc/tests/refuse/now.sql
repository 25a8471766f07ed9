-- expect: 3: 'now' is not allowed: time is a parameter
-- name: f() :one
SELECT now() AS "n:integer";
