-- expect: 5: row 'thing' has other columns than at line 2
-- name: f(id integer) :one -> thing
SELECT name FROM t WHERE id = :id;
-- name: g(id integer) :one -> thing
SELECT name, n FROM t WHERE id = :id;
