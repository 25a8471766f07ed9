-- expect: 3: from a subquery, say whether 'name' may be missing
-- name: f(id integer) :one
SELECT n, (SELECT name FROM u WHERE u.t_id = t.id LIMIT 1) AS name FROM t WHERE id = :id;
