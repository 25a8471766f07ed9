-- expect: 4: closed_key.sql may not read the table safe
-- A foreign key looks into the closed table.
-- name: f(safe_id integer) :exec
INSERT INTO key(safe_id) VALUES (:safe_id);
