-- expect: 3: the statement returns no rows: use :exec
-- name: f(id integer) :many
DELETE FROM t WHERE id = :id;
