-- Deliveries of municipalities: drafts, what was delivered and approved, corrections, with their history (ADR 0015). What is approved goes
-- to the tables of 0018, from which releases are made.

CREATE TABLE delivery(
  id              {pk},
  region          {text} NOT NULL,           -- GM0034
  period          {int}  NOT NULL,           -- 2025, or 20253 (benchmark_period.h)
  organisation_id {int}  NOT NULL REFERENCES organisation(id),
  revision        {int}  NOT NULL,           -- 1, and one more for each correction
  state           {text} NOT NULL CHECK (state IN ('draft', 'delivered', 'approved', 'replaced', 'dropped')),
  stand           {int}  NOT NULL,           -- rises with each change: two people at once
  way             {text} NOT NULL,           -- how it came in last: formulier, bestand, ddas, api
  reason          {text} NOT NULL,           -- why it is corrected; '' for the first
  returned        {text} NOT NULL,           -- what a colleague asked when it was sent back; ''
  asked           {text} NOT NULL,           -- the programme asks for a correction, and why; ''
  started_ms      {int}  NOT NULL,
  delivered_ms    {int},
  delivered_by    {int},                     -- person.id at that time; NULL with a key
  approved_ms     {int},
  approved_by     {int},
  score           {int},                     -- data quality 0..100, and its four parts: set when it is delivered
  completeness    {int},
  timeliness      {int},
  revisions       {int},
  explained       {int}
) {strict};
CREATE UNIQUE INDEX delivery_once ON delivery(region, period, revision);
CREATE INDEX delivery_by_period ON delivery(period, region);
-- One draft or delivery that waits at a time.
CREATE UNIQUE INDEX delivery_open ON delivery(region, period) WHERE state IN ('draft', 'delivered');

CREATE TABLE delivery_figure(
  delivery_id {int}  NOT NULL REFERENCES delivery(id),
  indicator   {text} NOT NULL,               -- a code of the dictionary, or STAND: counts that are only for checking
  detail      {text} NOT NULL,
  numerator   {real},                        -- NULL: not filled in, never 0
  denominator {real},
  explanation {text} NOT NULL,               -- stays visible beside the figure
  PRIMARY KEY (delivery_id, indicator, detail)
) {strict};

-- How the municipality counts: answers to the questions of the dictionary.
CREATE TABLE delivery_choice(
  delivery_id {int}  NOT NULL REFERENCES delivery(id),
  question    {text} NOT NULL,
  answer      {text} NOT NULL,
  PRIMARY KEY (delivery_id, question)
) {strict};

CREATE TABLE delivery_event(
  id          {pk},
  delivery_id {int}  NOT NULL REFERENCES delivery(id),
  at_ms       {int}  NOT NULL,
  person_id   {int},                         -- NULL for a key, and for the program
  what        {text} NOT NULL,               -- begonnen, geleverd, teruggegeven, goedgekeurd, gecorrigeerd, gevraagd, vervallen
  remark      {text} NOT NULL
) {strict};
CREATE INDEX delivery_event_by_delivery ON delivery_event(delivery_id);

-- Keys of organisations for programs that deliver. The key itself is shown once.
CREATE TABLE delivery_key(
  id              {pk},
  organisation_id {int}  NOT NULL REFERENCES organisation(id),
  name            {text} NOT NULL,
  digest          {text} NOT NULL UNIQUE,    -- keyed hash
  created_ms      {int}  NOT NULL,
  created_by      {int}  NOT NULL,           -- person.id at that time
  used_ms         {int},
  hour            {int}  NOT NULL,           -- the hour since 1970 of the last use, and how often in it
  uses            {int}  NOT NULL,
  withdrawn_ms    {int},
  once            {text} NOT NULL UNIQUE     -- a form that is sent twice makes one key
) {strict};
CREATE INDEX delivery_key_by_organisation ON delivery_key(organisation_id);

-- Reminders that were sent: each once.
CREATE TABLE delivery_reminder(
  region  {text} NOT NULL,
  period  {int}  NOT NULL,
  days    {int}  NOT NULL,                   -- before the last day
  sent_ms {int}  NOT NULL,
  PRIMARY KEY (region, period, days)
) {strict};
