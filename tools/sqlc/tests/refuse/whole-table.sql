-- expect: 3: reads a whole table (SCAN t)
-- name: f(name text) :many
SELECT id FROM t WHERE name = :name;
