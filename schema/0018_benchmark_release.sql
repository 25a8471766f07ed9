-- Delivered figures, who takes part, and releases: what municipalities delivered, frozen and compared (ADR 0014).
-- FICTITIOUS keeps the figures of a demonstration apart from real ones: they never stand in one release.

-- The dictionary as it was and is: a row for each version that content/indicatoren has had here.
CREATE TABLE indicator_version(
  indicator_code   {text} NOT NULL,
  version          {int}  NOT NULL,
  owner            {text} NOT NULL,               -- "nog niet bekend" where nobody said so
  review_on        {text} NOT NULL,               -- ISO date before which the definition is looked at again
  delivery         {text} NOT NULL CHECK (delivery IN ('quarter', 'year', 'none')),
  aggregation      {text} NOT NULL CHECK (aggregation IN ('ratio', 'sum', 'none')),  -- how municipalities and quarters are taken together
  name             {text} NOT NULL,
  definition       {text} NOT NULL,
  numerator_text   {text} NOT NULL,
  denominator_text {text} NOT NULL,
  PRIMARY KEY (indicator_code, version)
) {strict};

-- What a deliverer answers beside the figure: "telt een adviesgesprek mee als hulp?".
CREATE TABLE indicator_choice(
  indicator_code {text} NOT NULL,
  version        {int}  NOT NULL,
  code           {text} NOT NULL,
  position       {int}  NOT NULL,
  question       {text} NOT NULL,
  answers        {text} NOT NULL,                 -- "ja | nee | deels"
  PRIMARY KEY (indicator_code, version, code)
) {strict};

-- The newest accepted figures of one municipality and period, one a line (benchmark/delivered.c). STAMP rises with each change.
CREATE TABLE delivered(
  fictitious {int}  NOT NULL CHECK (fictitious IN (0, 1)),
  period     {int}  NOT NULL,
  region     {text} NOT NULL,
  figures    {text} NOT NULL,
  changed_at {int}  NOT NULL,
  PRIMARY KEY (fictitious, period, region)
) {strict};
CREATE INDEX delivered_by_region ON delivered(fictitious, region, period);

-- When something last changed in a cell: an indicator, breakdown and period. A release computes the cells that changed since.
CREATE TABLE delivered_cell(
  fictitious     {int}  NOT NULL,
  indicator_code {text} NOT NULL,
  detail         {text} NOT NULL,
  period         {int}  NOT NULL,
  stamp          {int}  NOT NULL,
  PRIMARY KEY (fictitious, indicator_code, detail, period)
) {strict};
CREATE INDEX delivered_cell_by_stamp ON delivered_cell(fictitious, stamp);

-- Who takes part, from which period and until which (exclusive; NULL: still).
CREATE TABLE participant(
  fictitious {int}  NOT NULL CHECK (fictitious IN (0, 1)),
  region     {text} NOT NULL,
  since      {int}  NOT NULL,
  until      {int},
  PRIMARY KEY (fictitious, region, since)
) {strict};

-- A release: all accepted figures up to a period, frozen. What differs later stands in the next one.
CREATE TABLE release(
  id            {pk},
  fictitious    {int}  NOT NULL CHECK (fictitious IN (0, 1)),
  made_at       {int}  NOT NULL,
  through       {int}  NOT NULL,                  -- the last quarter in it
  note          {text} NOT NULL,
  stamp         {int}  NOT NULL,                  -- newest delivered_cell.stamp in it
  municipalities {int} NOT NULL,                  -- that take part in quarter THROUGH
  cells         {int}  NOT NULL,                  -- computed for it
  revisions     {int}  NOT NULL
) {strict};
CREATE INDEX release_by_kind ON release(fictitious, id);

-- Who sees an indicator in this release: everybody, or members only; and by which version of its definition.
CREATE TABLE release_indicator(
  release_id     {int}  NOT NULL REFERENCES release(id),
  indicator_code {text} NOT NULL,
  version        {int}  NOT NULL,
  audience       {text} NOT NULL CHECK (audience IN ('open', 'members')),
  PRIMARY KEY (release_id, indicator_code)
) {strict};

-- The results of one indicator, breakdown and period, as they are from release SINCE until release UNTIL (NULL: the newest): a cell that
-- did not change is not written again. What disclosure control hides is not in PACKED (benchmark/cell.c).
CREATE TABLE release_cell(
  fictitious     {int}  NOT NULL,
  indicator_code {text} NOT NULL,
  detail         {text} NOT NULL,
  period         {int}  NOT NULL,
  since          {int}  NOT NULL,
  until          {int},
  units          {int}  NOT NULL,                 -- municipalities with a figure that is shown
  packed         {blob} NOT NULL,
  PRIMARY KEY (fictitious, indicator_code, detail, period, since)
) {strict};

CREATE INDEX release_cell_by_period ON release_cell(fictitious, period, until);

-- The same for series: what each municipality's own figures did over time, all municipalities in one value (benchmark/series.c).
CREATE TABLE release_series(
  fictitious     {int}  NOT NULL,
  indicator_code {text} NOT NULL,
  detail         {text} NOT NULL,
  since          {int}  NOT NULL,
  until          {int},
  packed         {blob} NOT NULL,
  PRIMARY KEY (fictitious, indicator_code, detail, since)
) {strict};

-- Late and corrected figures: what stands in this release otherwise than in the one before. NULL: not there, or not shown.
CREATE TABLE release_revision(
  release_id     {int}  NOT NULL REFERENCES release(id),
  indicator_code {text} NOT NULL,
  detail         {text} NOT NULL,
  period         {int}  NOT NULL,
  region         {text} NOT NULL,
  value_before   {real},
  value_after    {real},
  PRIMARY KEY (release_id, indicator_code, detail, period, region)
) {strict};

-- How participants differ from all municipalities in a release: standardised difference of each characteristic of the area.
CREATE TABLE release_selection(
  release_id          {int}  NOT NULL REFERENCES release(id),
  characteristic_code {text} NOT NULL,
  participants        {real} NOT NULL,            -- mean
  others              {real},                     -- mean of those that do not take part; NULL when all do
  difference          {real},                     -- in standard deviations; above 0.25 is a real difference
  PRIMARY KEY (release_id, characteristic_code)
) {strict};
