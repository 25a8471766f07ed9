-- expect: 5: closed_delete.sql may not delete from the table safe
-- name: f(id integer, name text) :exec
UPDATE safe SET name = :name WHERE id = :id;
-- name: g(id integer) :exec
DELETE FROM safe WHERE id = :id;
