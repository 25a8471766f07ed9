-- Who wants to hear what stands out in the figures of a municipality.

CREATE TABLE figures_follow(
  person_id {int}  NOT NULL,
  region    {text} NOT NULL,                -- code of the municipality
  since_ms  {int}  NOT NULL,
  told      {int}  NOT NULL,                -- the release that was looked at for this person last; 0 for none
  PRIMARY KEY (person_id, region)
) {strict};
