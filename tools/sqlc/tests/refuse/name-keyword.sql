-- expect: 2: a name has lower case letters
-- name: switch(id integer) :one
SELECT name FROM t WHERE id = :id;
