-- expect: 3: one statement per name
-- name: f(id integer) :exec
DELETE FROM t WHERE id = :id; DELETE FROM u WHERE id = 1;
