-- How texts come about: drafts, the second pair of eyes, and links that stopped working.

-- Somebody's text before it is published. Its row goes when it was.
CREATE TABLE draft(
  id              {pk_once},                 -- cases and the trail remember it
  purpose         {text} NOT NULL CHECK (purpose IN ('article', 'case')),
  item_id         {int}  REFERENCES item(id),  -- NULL: a new text
  kind            {text} NOT NULL,           -- a code of the list soort
  title           {text} NOT NULL,           -- of the text, for lists; '' while it has none
  text            {text} NOT NULL,           -- in the form of content/items, perhaps not finished
  base_version    {int}  NOT NULL,           -- of the item, that this draft began with; 0 for a new text
  owner_id        {int}  NOT NULL,           -- person
  organisation_id {int}  REFERENCES organisation(id),
  state           {text} NOT NULL,           -- writing, asked, returned; a case has states of its own
  note            {text} NOT NULL,           -- what changed, for readers
  remarks         {text} NOT NULL,           -- of who sent it back
  remarked_by     {int},                     -- person
  revision        {int}  NOT NULL,           -- counts savings
  saved_form      {text} NOT NULL,           -- which drawn form saved last: it may save again. '' for none
  saved_lines     {int}  NOT NULL,           -- lines that were that form's when it had saved
  created_ms      {int}  NOT NULL,
  updated_ms      {int}  NOT NULL,
  idempotency     {text} NOT NULL UNIQUE
) {strict};
CREATE INDEX draft_by_owner ON draft(owner_id, purpose, updated_ms);
CREATE INDEX draft_by_item ON draft(item_id);
CREATE INDEX draft_by_state ON draft(purpose, state, updated_ms);
CREATE INDEX draft_by_time ON draft(updated_ms);

-- Addresses that published texts link to, and how they answered.
CREATE TABLE link_check(
  id         {pk},
  url        {text} NOT NULL UNIQUE,
  checked_ms {int}  NOT NULL,                -- 0: not yet
  failures   {int}  NOT NULL,                -- nights in a row
  failing_ms {int},                          -- when the first of these was
  result     {text} NOT NULL                 -- '' when it answered; else a Dutch sentence part
) {strict};
CREATE INDEX link_check_by_time ON link_check(checked_ms, id);
CREATE INDEX link_check_by_failures ON link_check(failures);
CREATE TABLE link_place(
  item_id {int} NOT NULL REFERENCES item(id),
  link_id {int} NOT NULL REFERENCES link_check(id),
  PRIMARY KEY (item_id, link_id)
) {keyed};
CREATE INDEX link_place_by_link ON link_place(link_id);
-- Which version of an item the places were taken from.
CREATE TABLE link_scan(
  item_id {int} NOT NULL PRIMARY KEY REFERENCES item(id),
  version {int} NOT NULL
) {keyed};
