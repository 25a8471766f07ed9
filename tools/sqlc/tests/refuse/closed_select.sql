-- expect: 3: closed_select.sql may not read the table safe
-- name: f(id integer) :many
SELECT t.name FROM t WHERE id = :id AND EXISTS (SELECT 1 FROM safe WHERE name = t.name AND id = :id);
