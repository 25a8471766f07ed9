-- What every room needs: settings, what was loaded, and the queue of jobs.

CREATE TABLE setting(
  key   {text} NOT NULL PRIMARY KEY,
  value {text} NOT NULL
) {strict};

-- One row per data or content set: loading again is skipped while the digest is the same.
CREATE TABLE load_state(
  name      {text} NOT NULL PRIMARY KEY,
  digest    {text} NOT NULL,
  loaded_ms {int}  NOT NULL
) {strict};

CREATE TABLE job(
  id             {pk},
  kind           {text} NOT NULL,
  payload        {text} NOT NULL,
  state          {text} NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead')),
  run_at_ms      {int}  NOT NULL,
  lease_until_ms {int}  NOT NULL,
  attempts       {int}  NOT NULL,
  last_error     {text} NOT NULL,
  created_ms     {int}  NOT NULL
) {strict};
CREATE INDEX job_by_state ON job(state, run_at_ms);
