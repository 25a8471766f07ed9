-- expect: 3: say the type of column 1
-- name: f() :one
SELECT count(*) AS "n:int" FROM t WHERE id = 1;
