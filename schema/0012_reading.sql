-- Lists of items that people keep, and what they follow.

CREATE TABLE item_list(
  id         {pk_once},
  person_id  {int}  NOT NULL,
  name       {text} NOT NULL,
  share      {text} NOT NULL,                -- who has this token may read the list; '' for nobody
  created_ms {int}  NOT NULL,
  UNIQUE (person_id, name)
) {strict};
CREATE INDEX item_list_by_share ON item_list(share);

CREATE TABLE item_list_entry(
  list_id  {int}  NOT NULL REFERENCES item_list(id),
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  note     {text} NOT NULL,                  -- what the owner wrote with it; '' for nothing
  PRIMARY KEY (list_id, item_id)
) {strict};
CREATE INDEX item_list_entry_by_item ON item_list_entry(item_id);

CREATE TABLE follow(
  person_id {int}  NOT NULL,
  kind      {text} NOT NULL,                 -- item, fase, doelgroep, thema, zoek: reading/follow.c
  ref       {text} NOT NULL,                 -- id of the item, code of the list, or the words
  since_ms  {int}  NOT NULL,
  PRIMARY KEY (person_id, kind, ref)
) {strict};

-- When somebody last got the mail about what he follows.
CREATE TABLE follow_mail(
  person_id {int} NOT NULL PRIMARY KEY,
  sent_ms   {int} NOT NULL
) {strict};
