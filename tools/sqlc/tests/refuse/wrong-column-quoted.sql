-- expect: 3: no such column: nmae
-- name: f(id integer) :one
SELECT "nmae" AS "x:text" FROM t WHERE id = :id;
