-- expect: 2: parameter 'n' is not used
-- name: f(id integer, n text) :exec
UPDATE t SET name = ':n' WHERE id = :id;
