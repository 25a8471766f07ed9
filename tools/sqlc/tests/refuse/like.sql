-- expect: 3: 'like' is not allowed: use folded columns
-- name: f(id integer) :one
SELECT name FROM t WHERE id = :id AND name LIKE 'a%';
