-- expect: 4: closed_drop.sql may not
-- The schema of a closed table is for migrations only.
-- name: f() :exec
DROP TABLE safe;
