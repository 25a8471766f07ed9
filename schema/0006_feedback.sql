-- "Klopt er iets niet?": what visitors tell about a page. No name, no address, no IP.

CREATE TABLE feedback(
  id          {pk},
  created_ms  {int}  NOT NULL,
  about       {text} NOT NULL,               -- path of the page
  kind        {text} NOT NULL,               -- klopt-niet, onduidelijk, mis-iets, goed
  message     {text} NOT NULL,
  idempotency {text} NOT NULL UNIQUE         -- the form's one-time token: sending twice is stored once
) {strict};
CREATE INDEX feedback_by_time ON feedback(created_ms);
