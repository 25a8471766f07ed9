-- expect: 5: closed_update.sql may not update the table safe
-- name: f(name text) :insert
INSERT INTO safe(name) VALUES (:name) RETURNING id;
-- name: g(id integer, name text) :exec
INSERT INTO safe(id, name) VALUES (:id, :name) ON CONFLICT (id) DO UPDATE SET name = excluded.name;
