-- expect: 3: column 1 needs a plain name
-- name: f() :one
SELECT count(*) AS ":integer" FROM t WHERE id = 1;
