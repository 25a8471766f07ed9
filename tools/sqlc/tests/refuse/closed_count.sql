-- expect: 3: closed_count.sql may not read the table safe
-- name: f() :one
SELECT count(*) AS "n:integer" FROM safe;
