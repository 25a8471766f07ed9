-- expect: 3: ':' is not allowed: a value is written as :name
-- name: f() :one
SELECT name FROM t WHERE id = :Id;
