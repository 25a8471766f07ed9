-- The trail: every change of rights, content state, deliveries and settings, as a chain of hashes (src/audit/audit.h). Ids only,
-- no names or addresses: rows outlive persons.

CREATE TABLE audit(
  id              {pk},                      -- 1, 2, 3 ... without gaps
  at_ms           {int}  NOT NULL,
  person_id       {int},                     -- no foreign key
  actor           {text} NOT NULL CHECK (actor IN ('person', 'system', 'command')),
  action          {text} NOT NULL,           -- role.grant
  subject_kind    {text} NOT NULL,
  subject_id      {text} NOT NULL,
  organisation_id {int},                     -- no foreign key
  before_json     {text},
  after_json      {text},
  request_id      {text},
  previous        {text} NOT NULL UNIQUE,    -- hash of the row before; '' in the first
  hash            {text} NOT NULL UNIQUE
) {strict};
CREATE INDEX audit_by_time ON audit(at_ms, id);
CREATE INDEX audit_by_person ON audit(person_id, at_ms, id);
CREATE INDEX audit_by_action ON audit(action, at_ms, id);
CREATE INDEX audit_by_subject ON audit(subject_kind, subject_id, at_ms, id);
CREATE INDEX audit_by_organisation ON audit(organisation_id, at_ms, id);

-- The end of the chain, in one row: a trail whose end was cut off does not match it, and who adds a row waits here for his turn.
CREATE TABLE audit_head(
  id   {int}  NOT NULL PRIMARY KEY CHECK (id = 1),
  rows {int}  NOT NULL,
  hash {text} NOT NULL
) {strict};
INSERT INTO audit_head(id, rows, hash) VALUES (1, 0, '');
