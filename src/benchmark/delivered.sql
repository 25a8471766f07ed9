-- delivered.sql - accepted figures and participants.

-- name: delivered_row(fictitious integer, period integer, region text) :optional
SELECT figures FROM delivered WHERE fictitious = :fictitious AND period = :period AND region = :region;

-- name: delivered_rows_of(fictitious integer, region text, period integer) :many -> delivered_row_full
SELECT period, region, figures FROM delivered
WHERE fictitious = :fictitious AND region = :region AND (:period = 0 OR period = :period) ORDER BY period;

-- name: delivered_rows_in(fictitious integer, period integer) :many -> delivered_row_full
SELECT period, region, figures FROM delivered WHERE fictitious = :fictitious AND period = :period ORDER BY region;

-- name: delivered_row_put(fictitious integer, period integer, region text, figures text, changed_at integer) :exec
INSERT INTO delivered(fictitious, period, region, figures, changed_at) VALUES (:fictitious, :period, :region, :figures, :changed_at)
ON CONFLICT (fictitious, period, region) DO UPDATE SET figures = excluded.figures, changed_at = excluded.changed_at;

-- name: delivered_row_remove(fictitious integer, period integer, region text) :exec
DELETE FROM delivered WHERE fictitious = :fictitious AND period = :period AND region = :region;

-- name: delivered_stamp(fictitious integer) :one
SELECT coalesce(max(stamp), 0) AS "stamp:integer" FROM delivered_cell WHERE fictitious = :fictitious;

-- name: delivered_cell_put(fictitious integer, indicator_code text, detail text, period integer, stamp integer) :exec
INSERT INTO delivered_cell(fictitious, indicator_code, detail, period, stamp)
VALUES (:fictitious, :indicator_code, :detail, :period, :stamp)
ON CONFLICT (fictitious, indicator_code, detail, period) DO UPDATE SET stamp = excluded.stamp;

-- name: delivered_cells_since(fictitious integer, stamp integer) :many
-- The cells that changed after a stamp.
SELECT indicator_code, detail, period, stamp FROM delivered_cell WHERE fictitious = :fictitious AND stamp > :stamp
ORDER BY period, indicator_code, detail;

-- name: participant_put(fictitious integer, region text, since integer, until integer?) :exec
INSERT INTO participant(fictitious, region, since, until) VALUES (:fictitious, :region, :since, :until)
ON CONFLICT (fictitious, region, since) DO UPDATE SET until = excluded.until;

-- name: participants_all(fictitious integer) :many
SELECT region, since, until FROM participant WHERE fictitious = :fictitious ORDER BY region, since;
