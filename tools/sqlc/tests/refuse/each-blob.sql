-- expect: 3: :each cannot return a blob
-- name: f(x blob) :each
SELECT :x AS "x:blob";
