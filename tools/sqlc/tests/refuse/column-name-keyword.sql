-- expect: 3: column 1 needs a plain name
-- name: f() :one
SELECT name AS "default" FROM t WHERE id = 1;
