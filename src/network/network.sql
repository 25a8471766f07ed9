-- network.sql - municipalities: pages read the first part, loading uses the last.

-- name: municipality_by_slug(slug text) :optional -> municipality
SELECT id, code, name, slug, sort_key, province_code, province, begins_on, ends_on FROM municipality WHERE slug = :slug;

-- name: network_latest_year() :one
-- scan: the index on year answers max() with one step
SELECT coalesce(max(year), 0) AS "year:integer" FROM municipality_year WHERE inhabitants IS NOT NULL;

-- name: municipalities_current(year integer) :many -> municipality_current
-- scan: the list of all 342 is what is asked
SELECT m.id, m.code, m.name, m.slug, m.province_code, m.province, y.inhabitants, y.households
FROM municipality_year y JOIN municipality m ON m.id = y.municipality_id
WHERE y.year = :year AND m.ends_on IS NULL ORDER BY m.sort_key, m.code;

-- name: provinces() :many
-- scan: groups all municipalities
SELECT province FROM municipality WHERE ends_on IS NULL GROUP BY province ORDER BY province;

-- name: municipalities_ended() :many -> municipality
-- scan: the list of ended ones is what is asked
SELECT id, code, name, slug, sort_key, province_code, province, begins_on, ends_on FROM municipality
WHERE ends_on IS NOT NULL ORDER BY sort_key, code;

-- name: municipality_predecessors(id integer) :many -> municipality_change
SELECT c.changed_on, c.kind, c.share, m.code, m.name, m.slug
FROM boundary_change c JOIN municipality m ON m.id = c.from_id
WHERE c.to_id = :id ORDER BY c.changed_on, m.sort_key, m.code;

-- name: municipality_successors(id integer) :many -> municipality_change
SELECT c.changed_on, c.kind, c.share, m.code, m.name, m.slug
FROM boundary_change c JOIN municipality m ON m.id = c.to_id
WHERE c.from_id = :id ORDER BY c.changed_on, c.share DESC, m.sort_key, m.code;

-- name: municipality_neighbours(id integer) :many
SELECT m.code, m.name, m.slug FROM municipality_border b JOIN municipality m ON m.id = b.neighbour_id
WHERE b.municipality_id = :id ORDER BY m.sort_key, m.code;

-- name: network_units() :many
-- scan: the whole graph is built from it
SELECT id, code, name, slug, begins_on, ends_on FROM municipality ORDER BY code;

-- name: network_edges() :many
-- scan: the whole graph is built from it
SELECT changed_on, from_id, to_id, share FROM boundary_change ORDER BY changed_on, from_id, to_id;

-- name: network_clear_borders() :exec
-- scan: loading starts from nothing
DELETE FROM municipality_border;

-- name: network_clear_changes() :exec
-- scan: loading starts from nothing
DELETE FROM boundary_change;

-- name: network_clear_years() :exec
-- scan: loading starts from nothing
DELETE FROM municipality_year;

-- name: network_clear_aliases() :exec
-- scan: loading starts from nothing
DELETE FROM municipality_alias;

-- name: network_put(code text, name text, slug text, sort_key text, province_code text, province text, begins_on text, ends_on text?) :insert
-- Ids stay the same when the data are loaded again: other rooms may refer to them.
INSERT INTO municipality(code, name, slug, sort_key, province_code, province, begins_on, ends_on)
VALUES (:code, :name, :slug, :sort_key, :province_code, :province, :begins_on, :ends_on)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, slug = excluded.slug, sort_key = excluded.sort_key,
  province_code = excluded.province_code, province = excluded.province, begins_on = excluded.begins_on,
  ends_on = excluded.ends_on
RETURNING id;

-- name: network_delete(code text) :exec
DELETE FROM municipality WHERE code = :code;

-- name: network_insert_alias(municipality_id integer, alias text) :exec
INSERT INTO municipality_alias(municipality_id, alias) VALUES (:municipality_id, :alias);

-- name: network_insert_year(municipality_id integer, year integer, inhabitants integer?, households integer?) :exec
INSERT INTO municipality_year(municipality_id, year, inhabitants, households)
VALUES (:municipality_id, :year, :inhabitants, :households);

-- name: network_insert_change(changed_on text, from_id integer, to_id integer, kind text, share real, share_source text) :exec
INSERT INTO boundary_change(changed_on, from_id, to_id, kind, share, share_source)
VALUES (:changed_on, :from_id, :to_id, :kind, :share, :share_source);

-- name: network_insert_border(municipality_id integer, neighbour_id integer) :exec
INSERT INTO municipality_border(municipality_id, neighbour_id) VALUES (:municipality_id, :neighbour_id);

-- Pages.

-- name: aliases_all() :many
-- scan: some dozens of names, asked by the list page only
SELECT municipality_id, alias FROM municipality_alias;

-- name: changes_all() :many
-- scan: some 80 changes: where the ended municipalities went
SELECT c.changed_on, c.from_id, c.share, m.name, m.slug FROM boundary_change c JOIN municipality m ON m.id = c.to_id
ORDER BY c.changed_on, c.share DESC;
