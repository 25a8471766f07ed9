-- release.sql - releases and what they keep.

-- name: release_ask(fictitious integer, through integer, note text, members text, asked_at integer) :insert
INSERT INTO release(fictitious, made_at, through, note, stamp, municipalities, cells, revisions, members, asked_at, run, began_at, phase,
  done, total, problem)
VALUES (:fictitious, 0, :through, :note, 0, 0, 0, 0, :members, :asked_at, 0, 0, 0, 0, 0, '') RETURNING id;

-- name: release_ask_again(id integer, fictitious integer, through integer, note text, members text, asked_at integer) :exec
UPDATE release SET fictitious = :fictitious, through = :through, note = :note, members = :members, asked_at = :asked_at, run = run + 1,
  began_at = 0, phase = 0, done = 0, total = 0, problem = ''
WHERE id = :id AND made_at = 0;

-- name: release_asked() :optional
SELECT id, fictitious, through, note, members, asked_at, began_at, phase, done, total, problem FROM release WHERE made_at = 0;

-- name: release_begin(id integer, asked_at integer, at integer) :optional
-- Not when it was made already, or was asked for anew.
UPDATE release SET run = run + 1, began_at = :at, phase = 0, done = 0, total = 0, problem = ''
WHERE id = :id AND asked_at = :asked_at AND made_at = 0 RETURNING run, fictitious, through, note, members;

-- name: release_step(id integer, run integer, phase integer, done integer, total integer) :optional
-- Not when another run has begun.
UPDATE release SET phase = :phase, done = :done, total = :total WHERE id = :id AND run = :run AND made_at = 0 RETURNING id;

-- name: release_failed(id integer, asked_at integer, problem text) :exec
UPDATE release SET problem = :problem, phase = 0, done = 0, total = 0 WHERE id = :id AND asked_at = :asked_at AND made_at = 0;

-- name: release_interrupt() :exec
-- What pages read is loaded anew: who makes a release now has prepared rows beside what is gone.
UPDATE release SET run = run + 1 WHERE made_at = 0;

-- name: release_made(id integer, made_at integer, stamp integer, municipalities integer, cells integer, revisions integer) :exec
UPDATE release SET made_at = :made_at, stamp = :stamp, municipalities = :municipalities, cells = :cells, revisions = :revisions,
  began_at = 0, phase = 0, done = 0, total = 0
WHERE id = :id;

-- name: release_last(fictitious integer) :optional -> release
SELECT id, fictitious, made_at, through, note, stamp, municipalities, cells, revisions FROM release
WHERE fictitious = :fictitious AND made_at > 0 ORDER BY id DESC LIMIT 1;

-- name: release_newest() :one
-- Of both kinds: what pages show.
SELECT coalesce(max(id), 0) AS "id:integer" FROM release WHERE made_at > 0;

-- name: release_by_id(id integer) :optional -> release
SELECT id, fictitious, made_at, through, note, stamp, municipalities, cells, revisions FROM release
WHERE id = :id AND made_at > 0;

-- name: release_all() :many -> release
-- Newest first; real ones alone when there is one.
-- scan: four a year
SELECT id, fictitious, made_at, through, note, stamp, municipalities, cells, revisions FROM release
WHERE made_at > 0 AND fictitious = (SELECT min(x.fictitious) FROM release x WHERE x.made_at > 0) ORDER BY id DESC;

-- name: release_indicator_put(release_id integer, indicator_code text, version integer, audience text) :exec
INSERT INTO release_indicator(release_id, indicator_code, version, audience) VALUES (:release_id, :indicator_code, :version, :audience);

-- name: release_audience(release_id integer, indicator_code text) :optional
SELECT audience, version FROM release_indicator WHERE release_id = :release_id AND indicator_code = :indicator_code;

-- name: release_cell_end(fictitious integer, indicator_code text, detail text, period integer, release integer) :exec
UPDATE release_cell SET until = :release WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail
  AND period = :period AND until IS NULL;

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

-- name: release_cells_in(fictitious integer, period integer, release integer) :many
-- Those of one period, of all indicators, as they stood in one release.
-- scan: some forty cells of each of some forty periods, by key
SELECT indicator_code, detail, since, packed FROM release_cell WHERE fictitious = :fictitious AND period = :period AND since <= :release
  AND (until IS NULL OR until > :release) ORDER BY indicator_code, detail;

-- name: release_series_at(fictitious integer, indicator_code text, detail text, release integer) :optional
SELECT packed FROM release_series
WHERE fictitious = :fictitious AND indicator_code = :indicator_code AND detail = :detail AND since <= :release
  AND (until IS NULL OR until > :release);

-- name: release_series_end(fictitious integer, indicator_code text, detail text, release integer) :exec
UPDATE release_series SET until = :release
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

-- what a run that did not end left behind

-- name: release_left(release integer) :many
-- scan: only after a run that failed
SELECT DISTINCT indicator_code FROM release_cell WHERE since = :release OR until = :release;

-- name: release_cell_forget(indicator_code text, release integer) :exec
DELETE FROM release_cell WHERE fictitious IN (0, 1) AND indicator_code = :indicator_code AND since = :release;

-- name: release_cell_restore(indicator_code text, release integer) :exec
UPDATE release_cell SET until = NULL WHERE fictitious IN (0, 1) AND indicator_code = :indicator_code AND until = :release;

-- name: release_series_forget(indicator_code text, release integer) :exec
DELETE FROM release_series WHERE fictitious IN (0, 1) AND indicator_code = :indicator_code AND since = :release;

-- name: release_series_restore(indicator_code text, release integer) :exec
UPDATE release_series SET until = NULL WHERE fictitious IN (0, 1) AND indicator_code = :indicator_code AND until = :release;

-- name: release_revision_forget(indicator_code text, release integer) :exec
DELETE FROM release_revision WHERE release_id = :release AND indicator_code = :indicator_code;

-- what pages of everybody read

-- name: publish_fictitious(indicator_code text, fictitious integer) :exec
UPDATE indicator SET fictitious = :fictitious WHERE code = :indicator_code;

-- name: publish_look_ahead(id integer) :exec
-- In a savepoint that is undone: the views then give what they will give when this release is made.
UPDATE release SET made_at = 1 WHERE id = :id;

-- name: publish_end_figures(indicator_code text, first integer, last integer, detail text?, release integer) :exec
-- Of the periods FIRST to LAST; of all details without one.
UPDATE figure_stored SET until = :release
WHERE indicator_code = :indicator_code AND period BETWEEN :first AND :last AND (:detail IS NULL OR detail = :detail) AND until IS NULL
  AND since < :release;

-- name: publish_end_units(indicator_code text, first integer, last integer, release integer) :exec
UPDATE comparison_unit_stored SET until = :release
WHERE indicator_code = :indicator_code AND period BETWEEN :first AND :last AND until IS NULL AND since < :release;

-- name: publish_end_comparisons(indicator_code text, first integer, last integer, release integer) :exec
UPDATE comparison_stored SET until = :release
WHERE indicator_code = :indicator_code AND period BETWEEN :first AND :last AND until IS NULL AND since < :release;

-- name: publish_end_places(indicator_code text, first integer, last integer, release integer) :exec
UPDATE comparison_places_stored SET until = :release
WHERE indicator_code = :indicator_code AND period BETWEEN :first AND :last AND until IS NULL AND since < :release;

-- name: publish_end_profile(region text, position integer?, release integer) :exec
-- Of all indicators without a position.
UPDATE profile_stored SET until = :release
WHERE region = :region AND (:position IS NULL OR position = :position) AND until IS NULL AND since < :release;

-- name: publish_tidy_figures(indicator_code text, release integer) :exec
DELETE FROM figure_stored WHERE indicator_code = :indicator_code AND until <= :release;

-- name: publish_forget_figures(indicator_code text, release integer) :exec
DELETE FROM figure_stored WHERE indicator_code = :indicator_code AND since = :release;

-- name: publish_restore_figures(indicator_code text, release integer) :exec
UPDATE figure_stored SET until = NULL WHERE indicator_code = :indicator_code AND until = :release;

-- name: publish_tidy_units(indicator_code text, release integer) :exec
DELETE FROM comparison_unit_stored WHERE indicator_code = :indicator_code AND until <= :release;

-- name: publish_forget_units(indicator_code text, release integer) :exec
DELETE FROM comparison_unit_stored WHERE indicator_code = :indicator_code AND since = :release;

-- name: publish_restore_units(indicator_code text, release integer) :exec
UPDATE comparison_unit_stored SET until = NULL WHERE indicator_code = :indicator_code AND until = :release;

-- name: publish_tidy_comparisons(indicator_code text, release integer) :exec
DELETE FROM comparison_stored WHERE indicator_code = :indicator_code AND until <= :release;

-- name: publish_forget_comparisons(indicator_code text, release integer) :exec
DELETE FROM comparison_stored WHERE indicator_code = :indicator_code AND since = :release;

-- name: publish_restore_comparisons(indicator_code text, release integer) :exec
UPDATE comparison_stored SET until = NULL WHERE indicator_code = :indicator_code AND until = :release;

-- name: publish_tidy_places(indicator_code text, release integer) :exec
DELETE FROM comparison_places_stored WHERE indicator_code = :indicator_code AND until <= :release;

-- name: publish_forget_places(indicator_code text, release integer) :exec
DELETE FROM comparison_places_stored WHERE indicator_code = :indicator_code AND since = :release;

-- name: publish_restore_places(indicator_code text, release integer) :exec
UPDATE comparison_places_stored SET until = NULL WHERE indicator_code = :indicator_code AND until = :release;

-- name: publish_tidy_profile(release integer) :exec
DELETE FROM profile_stored WHERE until <= :release;

-- name: publish_forget_profile(release integer) :exec
-- scan: only after a run that failed
DELETE FROM profile_stored WHERE since = :release;

-- name: publish_restore_profile(release integer) :exec
UPDATE profile_stored SET until = NULL WHERE until = :release;
