-- expect: 3: 'lower' is not allowed: use folded columns
-- name: f(id integer) :one
SELECT lower(name) AS "name:text" FROM t WHERE id = :id;
