-- The assessment of approaches: from an idea that somebody hands in to a decision that everybody can read. Which steps there are
-- and who takes them is a table in src/assessment/states.c; this is where cases stand and what was said. People, organisations
-- and items are numbers of other rooms. A number of somebody who is gone leads to nobody.

CREATE TABLE assessment_case(
  id              {pk_once},                 -- the trail remembers it
  slug            {text} NOT NULL UNIQUE,    -- /beoordelingen/SLUG, once something was decided
  title           {text} NOT NULL,
  state           {text} NOT NULL,           -- a code of case_states (states.h)
  round           {int}  NOT NULL,           -- judgement: 1, and one more for each objection and reassessment
  person_id       {int}  NOT NULL,           -- who hands it in
  organisation_id {int},                     -- on whose behalf; NULL: on one's own
  criteria        {text} NOT NULL,           -- codes of what was ticked, with a space between
  explanation     {text} NOT NULL,           -- where and since when it is done, what was studied
  contact         {text} NOT NULL,           -- whom readers may ask
  draft_id        {int},                     -- the text, in the room that edits
  item_id         {int},                     -- the item, once there is one
  turn            {text} NOT NULL CHECK (turn IN ('submitter', 'secretary')),     -- who describes now
  decided_on      {text} NOT NULL,           -- date of the last decision; '' before
  valid_until     {text} NOT NULL,           -- date; '' unless something was published
  appeal_until    {text} NOT NULL,           -- last day for an objection; '' for none
  condition       {text} NOT NULL,           -- of a publication with a reservation; '' without
  condition_until    {text} NOT NULL,           -- date
  reminded        {int}  NOT NULL,           -- months before valid_until of the last reminder; 0 for none yet
  created_ms      {int}  NOT NULL,
  moved_ms        {int}  NOT NULL            -- of the last step
) {strict};
CREATE INDEX assessment_case_by_person ON assessment_case(person_id);
CREATE INDEX assessment_case_by_state ON assessment_case(state, moved_ms);
CREATE INDEX assessment_case_by_decision ON assessment_case(decided_on, id);
CREATE INDEX assessment_case_by_item ON assessment_case(item_id);

-- Every step that was taken.
CREATE TABLE assessment_step(
  id         {pk},
  case_id    {int}  NOT NULL REFERENCES assessment_case(id),
  round      {int}  NOT NULL,
  transition {text} NOT NULL,                -- a code of transitions (states.h)
  from_state {text} NOT NULL,
  to_state   {text} NOT NULL,
  note       {text} NOT NULL,                -- motivation; '' where the step needs none
  person_id  {int},                          -- NULL for the job of the night
  at_ms      {int}  NOT NULL
) {strict};
CREATE INDEX assessment_step_by_case ON assessment_step(case_id, id);
CREATE INDEX assessment_step_by_person ON assessment_step(person_id);

-- While the text is written: what the secretary remarks, and what the submitter answers.
CREATE TABLE assessment_remark(
  id        {pk},
  case_id   {int}  NOT NULL REFERENCES assessment_case(id),
  round     {int}  NOT NULL,
  side      {text} NOT NULL CHECK (side IN ('submitter', 'secretary')),
  person_id {int}  NOT NULL,
  text      {text} NOT NULL,
  at_ms     {int}  NOT NULL
) {strict};
CREATE INDEX assessment_remark_by_case ON assessment_remark(case_id, round, id);
CREATE INDEX assessment_remark_by_person ON assessment_remark(person_id);

-- From which side somebody judges. Who may judge at all is a role.
CREATE TABLE assessor(
  person_id {int}  NOT NULL PRIMARY KEY,
  side      {text} NOT NULL,                 -- a code of assessor_sides
  given_by  {int}  NOT NULL,
  given_ms  {int}  NOT NULL
) {strict};
CREATE INDEX assessor_by_giver ON assessor(given_by);

-- The text as the committee of a round judges it.
CREATE TABLE assessment_dossier(
  case_id {int}  NOT NULL REFERENCES assessment_case(id),
  round   {int}  NOT NULL,
  text    {text} NOT NULL,                   -- in the form of content/items
  PRIMARY KEY (case_id, round)
) {strict};

-- A committee: who judges in a round, and what interest was declared before the dossier opened.
CREATE TABLE assessment_member(
  case_id     {int}  NOT NULL REFERENCES assessment_case(id),
  round       {int}  NOT NULL,
  person_id   {int}  NOT NULL,
  side        {text} NOT NULL,               -- at that time
  asked_ms    {int}  NOT NULL,
  interest    {text} NOT NULL CHECK (interest IN ('', 'none', 'some')),   -- '' until it is declared
  interest_is {text} NOT NULL,               -- which; '' for none
  declared_ms {int},
  reminded_ms {int},
  ended_ms    {int},                         -- when somebody else took the place
  PRIMARY KEY (case_id, round, person_id)
) {strict};
CREATE INDEX assessment_member_by_person ON assessment_member(person_id);

CREATE TABLE assessment_vote(
  case_id      {int}  NOT NULL REFERENCES assessment_case(id),
  round        {int}  NOT NULL,
  person_id    {int}  NOT NULL,
  evidence     {text} NOT NULL,              -- codes of score_levels
  effect       {text} NOT NULL,
  cost         {text} NOT NULL,
  evidence_why {text} NOT NULL,
  effect_why   {text} NOT NULL,
  cost_why     {text} NOT NULL,
  at_ms        {int}  NOT NULL,
  PRIMARY KEY (case_id, round, person_id)
) {strict};
CREATE INDEX assessment_vote_by_person ON assessment_vote(person_id);

CREATE TABLE assessment_decision(
  case_id      {int}  NOT NULL REFERENCES assessment_case(id),
  round        {int}  NOT NULL,
  outcome      {text} NOT NULL,              -- the code of the transition
  evidence     {text} NOT NULL,
  effect       {text} NOT NULL,
  cost         {text} NOT NULL,
  evidence_why {text} NOT NULL,
  effect_why   {text} NOT NULL,
  cost_why     {text} NOT NULL,
  why          {text} NOT NULL,
  condition    {text} NOT NULL,
  condition_until {text} NOT NULL,
  valid_until  {text} NOT NULL,
  decided_on   {text} NOT NULL,
  decided_by   {int}  NOT NULL,
  PRIMARY KEY (case_id, round)
) {strict};
CREATE INDEX assessment_decision_by_person ON assessment_decision(decided_by);

-- Against the decision of the round before; the committee of this round judges it.
CREATE TABLE assessment_objection(
  case_id   {int}  NOT NULL REFERENCES assessment_case(id),
  round     {int}  NOT NULL,
  person_id {int}  NOT NULL,
  text      {text} NOT NULL,
  at_ms     {int}  NOT NULL,
  PRIMARY KEY (case_id, round)
) {strict};
CREATE INDEX assessment_objection_by_person ON assessment_objection(person_id);
