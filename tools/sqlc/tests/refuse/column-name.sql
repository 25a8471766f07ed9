-- expect: 3: column 1 needs a plain name
-- name: f() :one
SELECT name AS "Name" FROM t WHERE id = 1;
