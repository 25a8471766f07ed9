-- expect: 4: reads a whole table (SCAN t)
-- name: f(name text) :many
-- scan:
SELECT id FROM t WHERE name = :name;
