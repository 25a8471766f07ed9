-- expect: 3: :insert must end with RETURNING id
-- name: f(id integer) :insert
DELETE FROM t WHERE id = :id;
