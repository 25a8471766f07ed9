-- expect: 2: a statement needs a '-- name:' line above it
SELECT 1;
