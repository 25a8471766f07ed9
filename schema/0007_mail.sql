-- Mail that was written, until it is forgotten. A job sends it (src/mail). PERSON_ID has no foreign key: people stand in a
-- room above, and are asked to forget their mail when they go.

CREATE TABLE mail_outbox(
  id               {pk},
  created_ms       {int}  NOT NULL,
  to_address       {text} NOT NULL,
  to_name          {text} NOT NULL,              -- may be ''
  person_id        {int},
  kind             {text} NOT NULL,              -- what it is about: invitation, login ...
  subject          {text} NOT NULL,
  text             {text} NOT NULL,              -- '' once it was sent: it may hold links that let somebody in
  html             {text} NOT NULL,              -- the same; '' for a mail without
  list_unsubscribe {text} NOT NULL,              -- the same; '' for a mail that one cannot sign off from
  state            {text} NOT NULL CHECK (state IN ('waiting', 'sent', 'dead', 'kept')),
  attempts         {int}  NOT NULL,
  next_ms          {int}  NOT NULL,              -- when it is tried, while it waits
  last_error       {text} NOT NULL,
  sent_ms          {int},
  idempotency      {text} UNIQUE                 -- the same key is queued once
) {strict};
CREATE INDEX mail_outbox_by_state ON mail_outbox(state, id);
CREATE INDEX mail_outbox_by_time ON mail_outbox(created_ms);
CREATE INDEX mail_outbox_by_person ON mail_outbox(person_id);
