-- expect: 4: reads a whole table (SCAN t)
-- name: f(name text) :many
-- no need to rescan: it is small
SELECT id FROM t WHERE name = :name;
