-- What people in the field ask and tell about an item. A post is a question, an answer to one, or a field note.

CREATE TABLE post(
  id           {pk_once},                     -- addresses, the trail and the search index remember it
  item_id      {int}  NOT NULL REFERENCES item(id),
  kind         {text} NOT NULL CHECK (kind IN ('vraag', 'antwoord', 'ervaring')),
  question_id  {int}  REFERENCES post(id),   -- of an answer
  title        {text} NOT NULL,              -- '' for an answer, and for what was withdrawn
  body         {text} NOT NULL,              -- Markdown; of a field note: what was done
  needed       {text} NOT NULL,              -- of a field note, "wat had je nodig om het te laten werken?"
  result       {text} NOT NULL,              -- of a field note
  html         {text} NOT NULL,              -- all of these, rendered
  organisation {text} NOT NULL,              -- of a field note: a code of organisation_kinds; '' for not told
  size         {text} NOT NULL,              -- of a field note: a code of dialogue_sizes; '' for not told
  again        {text} NOT NULL,              -- of a field note: would you use it again? a code of dialogue_agains
  offered      {int}  NOT NULL,              -- of a field note: 1 editors may use it in the text of the item, 2 they did; else 0
  person_id    {int}  NOT NULL,              -- stays when the person goes
  role         {text} NOT NULL,              -- shown beside the name: a code of roles, '' for none; 'collega' for no name at all
  mail         {int}  NOT NULL,              -- the writer wants to hear of answers
  state        {text} NOT NULL CHECK (state IN ('waiting', 'visible', 'hidden', 'removed', 'withdrawn')),
  stand        {int}  NOT NULL,              -- counts changes of state: two moderators at once
  desk         {int}  NOT NULL,              -- 1: a moderator must look
  looked       {int}  NOT NULL,              -- 1: a moderator saw reports and let it stand; reports no longer hide it
  created_ms   {int}  NOT NULL,
  edited_ms    {int},
  shown_ms     {int},                        -- when others could first see it
  decided_ms   {int},                        -- when a moderator last decided
  reason       {text} NOT NULL,              -- of removal: a code of dialogue_reasons
  remark       {text} NOT NULL,              -- and what the moderator wrote with it
  closed       {int}  NOT NULL,              -- of a question: 1 takes no more answers
  accepted_id  {int},                        -- of a question: the answer that helped
  idempotency  {text} NOT NULL UNIQUE        -- the form's one-time token: sending twice is stored once
) {strict};
CREATE INDEX post_by_item ON post(item_id, state, id);
CREATE INDEX post_by_question ON post(question_id, id);
CREATE INDEX post_by_person ON post(person_id, id);
CREATE INDEX post_by_kind ON post(kind, state, id);
CREATE INDEX post_by_desk ON post(desk, id);
CREATE INDEX post_by_state ON post(state, decided_ms);
CREATE INDEX post_by_offer ON post(offered, id);

-- What somebody reported about a post, until a moderator looked.
CREATE TABLE post_report(
  post_id     {int}  NOT NULL REFERENCES post(id),
  person_id   {int}  NOT NULL,               -- 0 for a visitor who is not signed in
  client      {text} NOT NULL,               -- of such a visitor: the keyed hash of the network; else ''
  reason      {text} NOT NULL,               -- a code of dialogue_reasons
  remark      {text} NOT NULL,
  reported_ms {int}  NOT NULL,
  PRIMARY KEY (post_id, person_id, client)
) {keyed};
CREATE INDEX post_report_by_person ON post_report(person_id);
CREATE INDEX post_report_by_time ON post_report(reported_ms);
