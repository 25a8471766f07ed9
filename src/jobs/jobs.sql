-- name: job_add(kind text, payload text, run_at_ms integer, now_ms integer) :exec
INSERT INTO job(kind, payload, state, run_at_ms, lease_until_ms, attempts, last_error, created_ms)
VALUES (:kind, :payload, 'waiting', :run_at_ms, 0, 0, '', :now_ms);

-- name: job_plan(kind text, run_at_ms integer, now_ms integer) :exec
-- Nothing happens when the kind waits, runs, or has had this turn: several processes plan at the same moment.
INSERT INTO job(kind, payload, state, run_at_ms, lease_until_ms, attempts, last_error, created_ms)
SELECT :kind, '', 'waiting', :run_at_ms, 0, 0, '', :now_ms
WHERE NOT EXISTS (SELECT 1 FROM job WHERE kind = :kind AND state IN ('waiting', 'running'))
  AND NOT EXISTS (SELECT 1 FROM job WHERE kind = :kind AND state IN ('done', 'dead') AND run_at_ms >= :run_at_ms);

-- name: job_planned(kind text) :one
SELECT EXISTS (SELECT 1 FROM job WHERE kind = :kind AND state IN ('waiting', 'running')) AS "yes:integer";

-- name: job_due(now_ms integer) :one
SELECT EXISTS (SELECT 1 FROM job WHERE state = 'waiting' AND run_at_ms <= :now_ms) AS "waiting:integer",
       EXISTS (SELECT 1 FROM job WHERE state = 'running' AND lease_until_ms <= :now_ms) AS "expired:integer";

-- name: job_take(now_ms integer, until_ms integer) :optional -> job_row
UPDATE job SET state = 'running', lease_until_ms = :until_ms, attempts = attempts + 1
WHERE id = (SELECT id FROM job WHERE state = 'waiting' AND run_at_ms <= :now_ms ORDER BY run_at_ms, id LIMIT 1)
RETURNING id, kind, payload, attempts;

-- name: job_take_over(now_ms integer, until_ms integer) :optional -> job_row
UPDATE job SET state = 'running', lease_until_ms = :until_ms, attempts = attempts + 1
WHERE id = (SELECT id FROM job WHERE state = 'running' AND lease_until_ms <= :now_ms ORDER BY run_at_ms, id LIMIT 1)
RETURNING id, kind, payload, attempts;

-- name: job_bury_expired(now_ms integer, attempts integer, error text) :exec
-- A job that ends the program each time must not do so for ever.
UPDATE job SET state = 'dead', last_error = :error
WHERE state = 'running' AND lease_until_ms <= :now_ms AND attempts >= :attempts;

-- name: job_finish(id integer, attempt integer, state text, run_at_ms integer, error text) :optional
-- No row: another process has taken over. RUN_AT_MS is the next try, or the moment it ended.
UPDATE job SET state = :state, run_at_ms = :run_at_ms, lease_until_ms = 0, last_error = :error
WHERE id = :id AND state = 'running' AND attempts = :attempt RETURNING id;

-- name: job_lease(id integer, attempt integer, until_ms integer) :optional
UPDATE job SET lease_until_ms = :until_ms WHERE id = :id AND state = 'running' AND attempts = :attempt RETURNING id;

-- name: job_forget(before_ms integer) :exec
DELETE FROM job WHERE state = 'done' AND run_at_ms < :before_ms;

-- name: job_counts() :many
-- scan: jobs that are done are deleted after a week, and the index alone is read
SELECT state, count(*) AS "n:integer" FROM job GROUP BY state;

-- name: jobs_dead_before(before_id integer, most integer) :many -> job_dead
-- The page of the administrator. By the index on state; dead jobs are few.
SELECT id, kind, run_at_ms, last_error, created_ms FROM job WHERE state = 'dead' AND id < :before_id ORDER BY id DESC LIMIT :most;

-- name: job_again(id integer, now_ms integer) :optional
UPDATE job SET state = 'waiting', run_at_ms = :now_ms, lease_until_ms = 0, attempts = 0 WHERE id = :id AND state = 'dead'
RETURNING id;

-- name: job_latest(kind text) :optional
-- scan: jobs that are done are deleted after a week
SELECT id, state, run_at_ms, last_error FROM job WHERE kind = :kind AND (state IN ('done', 'dead') OR last_error <> '')
ORDER BY id DESC LIMIT 1;

-- name: job_pending(kind text, now_ms integer) :one
SELECT EXISTS (SELECT 1 FROM job WHERE kind = :kind AND (state = 'running' OR (state = 'waiting' AND run_at_ms <= :now_ms)))
  AS "yes:integer";
