-- Files that people sent. Their bytes stand in a folder, named by their SHA-256 (src/files/blob.h); a row is made after its bytes are
-- on disk. Times are milliseconds since 1970, UTC.

CREATE TABLE file(
  id              {pk_once},                 -- in addresses, which browsers remember: never used again
  hash            {text} NOT NULL,           -- SHA-256 of the bytes as we serve them, 64 hexadecimal digits
  size            {int}  NOT NULL,           -- bytes
  kind            {text} NOT NULL,           -- a code of file_kinds (files.h)
  media_type      {text} NOT NULL,
  width           {int},                     -- pixels; NULL for what is not an image
  height          {int},
  name            {text} NOT NULL,           -- as the sender calls it, one line without folders
  alt             {text},                    -- what an image shows; NULL for what is not an image, or is decorative
  is_decorative   {int}  NOT NULL DEFAULT 0,
  organisation_id {int}  REFERENCES organisation(id),    -- whose space it takes; NULL for the person's own
  person_id       {int},                     -- who sent it, person.id; NULL when that account is gone
  created_ms      {int}  NOT NULL,
  see_rights         {int}  NOT NULL DEFAULT 0, -- rights (people.h) of which one is enough to see it before it is public
  is_public       {int}  NOT NULL DEFAULT 0  -- something that is published shows it
) {strict};
CREATE INDEX file_by_hash ON file(hash);
CREATE INDEX file_by_organisation ON file(organisation_id, id);
CREATE INDEX file_by_person ON file(person_id, id);
CREATE INDEX file_by_time ON file(created_ms);

-- Where a file is used; one that is used nowhere is deleted after a while.
CREATE TABLE file_use(
  file_id {int}  NOT NULL REFERENCES file(id),
  room    {text} NOT NULL,                   -- "knowledge"
  item    {text} NOT NULL,                   -- what the room calls the thing that uses it
  PRIMARY KEY (file_id, room, item)
) {strict};
CREATE INDEX file_use_by_item ON file_use(room, item);
