-- expect: 3: name the columns instead of *
-- name: f(id integer) :many
SELECT u.id AS uid, t.* FROM u JOIN t ON u.t_id = t.id WHERE t.id = :id;
