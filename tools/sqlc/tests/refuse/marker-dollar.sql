-- expect: 3: '$' is not allowed: a value is written as :name
-- name: f(id integer) :one
SELECT name FROM t WHERE id = :id AND n = $1;
