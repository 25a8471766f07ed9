-- expect: 3: parameter :id is not declared
-- name: f() :one
SELECT name FROM t WHERE id = :id;
