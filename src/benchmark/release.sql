-- release.sql - releases and what they keep.

-- name: release_insert(fictitious integer, made_at integer, through integer, note text, stamp integer) :insert
INSERT INTO release(fictitious, made_at, through, note, stamp, municipalities, cells, revisions)
VALUES (:fictitious, :made_at, :through, :note, :stamp, 0, 0, 0) RETURNING id;

-- name: release_done(id integer, municipalities integer, cells integer, revisions integer) :exec
UPDATE release SET municipalities = :municipalities, cells = :cells, revisions = :revisions WHERE id = :id;

-- name: release_last(fictitious integer) :optional -> release
SELECT id, fictitious, made_at, through, note, stamp, municipalities, cells, revisions FROM release WHERE fictitious = :fictitious
ORDER BY id DESC LIMIT 1;

-- name: release_by_id(id integer) :optional -> release
SELECT id, fictitious, made_at, through, note, stamp, municipalities, cells, revisions FROM release WHERE id = :id;

-- name: release_all() :many -> release
-- Newest first; real ones alone when there is one.
-- scan: four a year
SELECT id, fictitious, made_at, through, note, stamp, municipalities, cells, revisions FROM release
WHERE fictitious = (SELECT min(x.fictitious) FROM release x) ORDER BY id DESC;

-- name: release_indicator_put(release_id integer, indicator_code text, version integer, audience text) :exec
INSERT INTO release_indicator(release_id, indicator_code, version, audience) VALUES (:release_id, :indicator_code, :version, :audience);

-- name: release_audience(release_id integer, indicator_code text) :optional
SELECT audience, version FROM release_indicator WHERE release_id = :release_id AND indicator_code = :indicator_code;

-- name: release_cell_now(fictitious integer, indicator_code text, detail text, period integer) :optional
SELECT since, packed FROM release_cell
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND period = :period AND until IS NULL;

-- name: release_cell_end(fictitious integer, indicator_code text, detail text, period integer, until integer) :exec
UPDATE release_cell SET until = :until
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND period = :period AND until IS NULL;

-- name: release_cell_put(fictitious integer, indicator_code text, detail text, period integer, since integer, units integer, packed blob) :exec
INSERT INTO release_cell(fictitious, indicator_code, detail, period, since, until, units, packed)
VALUES (:fictitious, :indicator_code, :detail, :period, :since, NULL, :units, :packed);

-- name: release_cells(fictitious integer, indicator_code text, detail text, release integer) :many
-- As they stood in one release.
SELECT period, since, packed FROM release_cell
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND since <= :release
  AND (until IS NULL OR until > :release) ORDER BY period;

-- name: release_cells_between(fictitious integer, indicator_code text, detail text, release integer, first integer, last integer) :many
-- The same for some periods: years and quarters are far apart, and what is not asked for is not read.
SELECT period, since, packed FROM release_cell
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND since <= :release
  AND (until IS NULL OR until > :release) AND period BETWEEN :first AND :last ORDER BY period;

-- name: release_cell_at(fictitious integer, indicator_code text, detail text, period integer, release integer) :optional
SELECT since, packed FROM release_cell
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND period = :period AND since <= :release
  AND (until IS NULL OR until > :release);

-- name: release_cell_keys(fictitious integer) :many
-- What stands in the newest release.
SELECT indicator_code, detail, period FROM release_cell WHERE fictitious = :fictitious AND until IS NULL
ORDER BY indicator_code, detail, period;

-- name: release_cells_in(fictitious integer, period integer) :many
-- The newest of one period, of all indicators.
-- scan: some forty cells of each of some forty periods, by key
SELECT indicator_code, detail, since, packed FROM release_cell WHERE fictitious = :fictitious AND period = :period AND until IS NULL
ORDER BY indicator_code, detail;

-- name: release_series_at(fictitious integer, indicator_code text, detail text, release integer) :optional
SELECT packed FROM release_series
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND since <= :release
  AND (until IS NULL OR until > :release);

-- name: release_series_end(fictitious integer, indicator_code text, detail text, until integer) :exec
UPDATE release_series SET until = :until
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND until IS NULL;

-- name: release_series_put(fictitious integer, indicator_code text, detail text, since integer, packed blob) :exec
INSERT INTO release_series(fictitious, indicator_code, detail, since, until, packed)
VALUES (:fictitious, :indicator_code, :detail, :since, NULL, :packed);

-- name: release_revision_put(release_id integer, indicator_code text, detail text, period integer, region text, value_before real?, value_after real?) :exec
INSERT INTO release_revision(release_id, indicator_code, detail, period, region, value_before, value_after)
VALUES (:release_id, :indicator_code, :detail, :period, :region, :value_before, :value_after);

-- name: release_revisions(release_id integer, member integer) :many
SELECT r.indicator_code, r.detail, r.period, r.region, r.value_before, r.value_after
FROM release_indicator i CROSS JOIN release_revision r
WHERE i.release_id = :release_id AND r.release_id = :release_id AND r.indicator_code = i.indicator_code
  AND (:member = 1 OR i.audience = 'open')
ORDER BY r.indicator_code, r.detail, r.period, r.region;

-- name: release_selection_put(release_id integer, characteristic_code text, participants real, others real?, difference real?) :exec
INSERT INTO release_selection(release_id, characteristic_code, participants, others, difference)
VALUES (:release_id, :characteristic_code, :participants, :others, :difference);

-- name: release_selection_of(release_id integer) :many
SELECT c.code, c.name, c.unit, c.decimals, s.participants, s.others, s.difference
FROM release_selection s JOIN characteristic c ON c.code = s.characteristic_code WHERE s.release_id = :release_id ORDER BY c.position;

-- name: release_characteristics() :many
-- scan: nine values of each municipality
SELECT characteristic_code, region, value FROM characteristic_value ORDER BY characteristic_code, region;

-- what pages of everybody read

-- name: publish_clear_figures(indicator_code text, period integer, detail text) :exec
DELETE FROM figure WHERE indicator_code = :indicator_code AND period = :period AND detail = :detail;

-- name: publish_clear_units(indicator_code text, period integer) :exec
DELETE FROM comparison_unit WHERE indicator_code = :indicator_code AND period = :period;

-- name: publish_clear_comparison(indicator_code text, period integer) :exec
DELETE FROM comparison WHERE indicator_code = :indicator_code AND period = :period;

-- name: publish_fictitious(indicator_code text, fictitious integer) :exec
UPDATE indicator SET fictitious = :fictitious WHERE code = :indicator_code;

-- name: publish_clear_indicator_figures(indicator_code text) :exec
DELETE FROM figure WHERE indicator_code = :indicator_code;

-- name: publish_clear_indicator_units(indicator_code text) :exec
DELETE FROM comparison_unit WHERE indicator_code = :indicator_code;

-- name: publish_clear_indicator_comparisons(indicator_code text) :exec
DELETE FROM comparison WHERE indicator_code = :indicator_code;
