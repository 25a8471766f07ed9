-- Learning from figures: which municipality uses which working method from when, meetings about a figure, what was agreed there, and when
-- municipalities joined the programme. No data of people in debt. Quarters are numbers: 4 x year + quarter - 1 (benchlearning/quarter.h).

CREATE TABLE method_use(
  id              {pk},
  municipality    {text} NOT NULL,           -- its code, GM0034
  item_id         {int}  NOT NULL REFERENCES item(id),
  organisation_id {int}  REFERENCES organisation(id),    -- that told it; NULL in a demonstration
  starts          {int}  NOT NULL,           -- quarter: from here effects are counted, so it is never taken from figures
  ends            {int},                     -- last quarter; NULL while it is used
  extent          {text} NOT NULL,           -- a code of method_extents (benchlearning.h)
  adapted         {text} NOT NULL,           -- what is done otherwise than described; '' for nothing
  cost            {int},                     -- euro a year; NULL when not told
  contact         {text} NOT NULL,           -- a function, never a name
  is_demo         {int}  NOT NULL DEFAULT 0, -- fictitious
  recorded_ms     {int}  NOT NULL,
  recorded_by     {int}  NOT NULL,           -- person.id at that time; 0 for a demonstration
  once            {text} NOT NULL UNIQUE,
  UNIQUE (municipality, item_id, starts)
) {strict};
CREATE INDEX method_use_by_item ON method_use(item_id, municipality);

-- What was changed in it, in Dutch, for everybody to read.
CREATE TABLE method_change(
  id         {pk},
  use_id     {int}  NOT NULL REFERENCES method_use(id),
  changed_ms {int}  NOT NULL,
  changed_by {int}  NOT NULL,                -- person.id at that time
  what       {text} NOT NULL
) {strict};
CREATE INDEX method_change_by_use ON method_change(use_id, id);

CREATE TABLE benchlearn_meeting(
  id              {pk},
  organisation_id {int}  NOT NULL REFERENCES organisation(id),   -- that invites
  municipality    {text} NOT NULL,           -- for which it wants to learn
  indicator_code  {text} NOT NULL REFERENCES indicator(code),
  question        {text} NOT NULL,
  held_on         {text} NOT NULL,           -- 2026-11-22
  held_at         {text} NOT NULL,           -- 14:00
  place           {text} NOT NULL,           -- an address, or how to take part online
  state           {text} NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  report          {text} NOT NULL,           -- '' before it was held
  is_demo         {int}  NOT NULL DEFAULT 0,
  created_ms      {int}  NOT NULL,
  created_by      {int}  NOT NULL,           -- person.id at that time
  once            {text} NOT NULL UNIQUE
) {strict};
CREATE INDEX benchlearn_meeting_by_organisation ON benchlearn_meeting(organisation_id, id);
CREATE INDEX benchlearn_meeting_by_day ON benchlearn_meeting(held_on);

-- Who is invited: a municipality, through an organisation that works for it here.
CREATE TABLE benchlearn_guest(
  meeting_id      {int}  NOT NULL REFERENCES benchlearn_meeting(id),
  municipality    {text} NOT NULL,
  organisation_id {int}  REFERENCES organisation(id),    -- NULL: nobody of it can be reached here yet
  why             {text} NOT NULL,           -- Dutch: the tested difference
  answer          {text} NOT NULL CHECK (answer IN ('open', 'yes', 'no')),
  question        {text} NOT NULL,           -- what it wants to know or show, before the meeting
  answered_ms     {int},
  answered_by     {int},                     -- person.id at that time
  PRIMARY KEY (meeting_id, municipality)
) {strict};
CREATE INDEX benchlearn_guest_by_organisation ON benchlearn_guest(organisation_id, meeting_id);

CREATE TABLE benchlearn_action(
  id              {pk},
  meeting_id      {int}  NOT NULL REFERENCES benchlearn_meeting(id),
  municipality    {text} NOT NULL,
  who             {text} NOT NULL,           -- a function or organisation, never a name
  what            {text} NOT NULL,
  until           {int}  NOT NULL,           -- quarter
  use_id          {int}  REFERENCES method_use(id),      -- the working method that starts by it; NULL for none
  state           {text} NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
  created_ms      {int}  NOT NULL,
  created_by      {int}  NOT NULL,           -- person.id at that time
  once            {text} NOT NULL UNIQUE
) {strict};
CREATE INDEX benchlearn_action_by_meeting ON benchlearn_action(meeting_id, id);
CREATE INDEX benchlearn_action_by_use ON benchlearn_action(use_id);

-- When a municipality started in the programme, wave by wave.
CREATE TABLE programme_wave(
  municipality {text} NOT NULL PRIMARY KEY,
  wave         {int}  NOT NULL,              -- 1 for the pilot
  starts       {int}  NOT NULL,              -- quarter
  by_lot       {int}  NOT NULL,              -- the order of start was drawn by lot
  is_demo      {int}  NOT NULL DEFAULT 0
) {strict};
