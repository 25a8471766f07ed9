-- expect: 2: parameter 'n' is not used
-- name: f(id integer, n integer) :exec
DELETE FROM t -- AND n = :n
WHERE id = :id;
