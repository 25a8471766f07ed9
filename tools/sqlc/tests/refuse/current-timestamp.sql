-- expect: 3: 'current_timestamp' is not allowed
-- name: f(id integer) :one
SELECT name FROM t WHERE id = :id AND note < CURRENT_TIMESTAMP;
