-- expect: 3: with an outer join, say whether 'name' may be missing
-- name: f(id integer) :many
SELECT t.name FROM t RIGHT JOIN u ON u.t_id = t.id WHERE u.id = :id;

