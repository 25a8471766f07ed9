-- Stories of experts by experience: that they agreed to publication, and when. The text is a draft (editing) and then an item (knowledge).

CREATE TABLE story(
  draft_id   {int} NOT NULL PRIMARY KEY,     -- the draft goes when it is published; this stays
  person_id  {int} NOT NULL,
  consent_ms {int} NOT NULL                  -- of the last time that it was sent in
) {strict};
CREATE INDEX story_by_person ON story(person_id);
