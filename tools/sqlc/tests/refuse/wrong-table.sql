-- expect: 3: no such table: tt
-- name: f(id integer) :one
SELECT name FROM tt WHERE id = :id;
