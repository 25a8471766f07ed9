-- expect: 3: :insert must end with RETURNING id
-- name: f(name text) :insert
INSERT INTO t(name, n) VALUES (:name, 1) RETURNING name;
