-- expect: 3: two columns are called 'name'
-- name: f(id integer) :many
SELECT t.name, u.name FROM t JOIN u ON u.t_id = t.id WHERE t.id = :id;
