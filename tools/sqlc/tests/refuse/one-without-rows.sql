-- expect: 3: the statement returns no rows: use :exec
-- name: f(id integer) :one
DELETE FROM t WHERE id = :id;
