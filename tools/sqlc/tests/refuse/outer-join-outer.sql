-- expect: 3: with an outer join, say whether 'name' may be missing
-- name: f(id integer) :many
SELECT u.name FROM t LEFT  OUTER
JOIN u ON u.t_id = t.id WHERE t.id = :id;
