-- expect: 3: reads a whole table (SCAN t)
-- name: f(name text) :exec
UPDATE t SET n = 0 WHERE name = :name;
