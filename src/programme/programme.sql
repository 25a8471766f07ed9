-- name: home_counts() :one
-- scan: three small counts
SELECT (SELECT count(*) FROM item) AS "items:integer",
       (SELECT count(*) FROM municipality WHERE ends_on IS NULL) AS "municipalities:integer",
       (SELECT count(*) FROM indicator) AS "indicators:integer";

-- name: year_of(municipality_id integer) :optional
SELECT year, inhabitants, households FROM municipality_year
WHERE municipality_id = :municipality_id AND inhabitants IS NOT NULL ORDER BY year DESC LIMIT 1;

-- name: search_terms() :many
-- scan: some dozens of rows
SELECT list, code, label FROM term WHERE list <> 'cijfer' ORDER BY list, position;
