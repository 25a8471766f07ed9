-- expect: 4: 'f' is already defined at line 2
-- name: f(id integer) :one
SELECT name FROM t WHERE id = :id;
-- name: f(id integer) :exec
DELETE FROM t WHERE id = :id;
