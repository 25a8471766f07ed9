-- expect: 5: closed_insert.sql may not insert into the table safe
-- name: f(id integer) :one
SELECT name FROM safe WHERE id = :id;
-- name: g(name text) :exec
INSERT INTO safe(name) VALUES (:name);
