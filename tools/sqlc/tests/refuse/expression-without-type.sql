-- expect: 3: say the type of column 1: AS "count(*):integer"
-- name: f() :one
SELECT count(*) FROM t WHERE id = 1;
