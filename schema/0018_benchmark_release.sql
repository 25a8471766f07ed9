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

-- A release: all accepted figures up to a period, frozen. What differs later stands in the next one. With MADE_AT 0 it was asked for and is
-- not there yet: nothing of it is read, and there is one of those at most.
CREATE TABLE release(
  id            {pk},
  fictitious    {int}  NOT NULL CHECK (fictitious IN (0, 1)),
  made_at       {int}  NOT NULL,                  -- the moment that it shows: what was accepted later stands in the next one
  through       {int}  NOT NULL,                  -- the last quarter in it
  note          {text} NOT NULL,
  stamp         {int}  NOT NULL,                  -- newest delivered_cell.stamp in it
  municipalities {int} NOT NULL,                  -- that take part in quarter THROUGH
  cells         {int}  NOT NULL,                  -- computed for it
  revisions     {int}  NOT NULL,
  members       {text} NOT NULL,                  -- what was asked: "SHV06 SHV10", which only members see
  asked_at      {int}  NOT NULL,
  run           {int}  NOT NULL,                  -- rises when making it starts again: who still works on an older run may not write
  began_at      {int}  NOT NULL,                  -- this run; 0: it waits
  phase         {int}  NOT NULL,                  -- enum release_phase, and how far it is in it
  done          {int}  NOT NULL,
  total         {int}  NOT NULL,
  problem       {text} NOT NULL                   -- why the last run failed, for people; ''
) {strict};
CREATE INDEX release_by_kind ON release(fictitious, id);
CREATE INDEX release_that_is_made ON release(id) WHERE made_at > 0;
CREATE UNIQUE INDEX release_one_at_a_time ON release(made_at) WHERE made_at = 0;

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

-- What pages of everybody read was in tables that a release filled anew. It is far too much for one moment, so the rows of a release are
-- prepared beside those that are shown: a row is there from release SINCE until release UNTIL, and the views give what the newest release
-- that is made gives. SINCE 0: loaded from files.

CREATE TABLE figure_stored(
  indicator_code {text} NOT NULL REFERENCES indicator(code),
  period         {int}  NOT NULL,
  region         {text} NOT NULL,
  detail         {text} NOT NULL,
  value          {real},                          -- NULL: too little or not delivered
  numerator      {real},
  denominator    {real},
  status         {text} NOT NULL CHECK (status IN ('exact', 'derived', 'estimated', 'refused', 'missing')),
  boundary_year  {int}  NOT NULL,
  source         {text} NOT NULL,                 -- '' means the indicator's source
  since          {int}  NOT NULL,
  until          {int},
  PRIMARY KEY (indicator_code, period, region, detail, boundary_year, since)
) {strict};
INSERT INTO figure_stored(indicator_code, period, region, detail, value, numerator, denominator, status,
  boundary_year, source, since)
SELECT indicator_code, period, region, detail, value, numerator, denominator, status, boundary_year, source, 0 FROM figure;
DROP TABLE figure;
CREATE VIEW figure AS SELECT indicator_code, period, region, detail, value, numerator, denominator, status,
  boundary_year, source
FROM figure_stored
WHERE since <= (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0)
  AND (until IS NULL OR until > (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0));
CREATE INDEX figure_by_region ON figure_stored(region, indicator_code, period);
CREATE INDEX figure_that_ends ON figure_stored(indicator_code, until) WHERE until IS NOT NULL;

CREATE TABLE comparison_stored(
  indicator_code     {text} NOT NULL,
  period             {int}  NOT NULL,
  units              {int}  NOT NULL,
  target             {real} NOT NULL,
  target_from        {text} NOT NULL CHECK (target_from IN ('counts', 'published', 'median')),
  total_numerator    {real},
  total_denominator  {real},
  method             {text} NOT NULL CHECK (method IN ('binomial', 'poisson', 'none')),
  phi                {real},
  tau2               {real},
  outside_unadjusted {int}  NOT NULL,
  outside_adjusted   {int}  NOT NULL,
  quantiles          {text} NOT NULL,
  since              {int}  NOT NULL,
  until              {int},
  PRIMARY KEY (indicator_code, period, since)
) {strict};
INSERT INTO comparison_stored(indicator_code, period, units, target, target_from, total_numerator, total_denominator,
  method, phi, tau2, outside_unadjusted, outside_adjusted, quantiles, since)
SELECT indicator_code, period, units, target, target_from, total_numerator, total_denominator, method, phi, tau2,
  outside_unadjusted, outside_adjusted, quantiles, 0 FROM comparison;
DROP TABLE comparison;
CREATE VIEW comparison AS SELECT indicator_code, period, units, target, target_from, total_numerator,
  total_denominator, method, phi, tau2, outside_unadjusted, outside_adjusted, quantiles
FROM comparison_stored
WHERE since <= (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0)
  AND (until IS NULL OR until > (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0));
CREATE INDEX comparison_that_ends ON comparison_stored(indicator_code, until) WHERE until IS NOT NULL;

CREATE TABLE comparison_unit_stored(
  indicator_code    {text} NOT NULL,
  period            {int}  NOT NULL,
  region            {text} NOT NULL,
  value             {real} NOT NULL,
  numerator         {real},
  denominator       {real},
  low95             {real},
  high95            {real},
  class_exact       {int}  NOT NULL,
  class_adjusted    {int}  NOT NULL,
  z_adjusted        {real},
  fifth             {int}  NOT NULL,
  since          {int}  NOT NULL,
  until          {int},
  PRIMARY KEY (indicator_code, period, region, since)
) {keyed};
INSERT INTO comparison_unit_stored(indicator_code, period, region, value, numerator, denominator, low95, high95,
  class_exact, class_adjusted, z_adjusted, fifth, since)
SELECT indicator_code, period, region, value, numerator, denominator, low95, high95, class_exact, class_adjusted,
  z_adjusted, fifth, 0 FROM comparison_unit;
DROP TABLE comparison_unit;
CREATE VIEW comparison_unit AS SELECT indicator_code, period, region, value, numerator, denominator, low95, high95,
  class_exact, class_adjusted, z_adjusted, fifth
FROM comparison_unit_stored
WHERE since <= (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0)
  AND (until IS NULL OR until > (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0));
CREATE INDEX comparison_unit_by_region ON comparison_unit_stored(region, indicator_code, period);
CREATE INDEX comparison_unit_that_ends ON comparison_unit_stored(indicator_code, until) WHERE until IS NOT NULL;

CREATE TABLE comparison_places_stored(
  indicator_code {text} NOT NULL,
  period         {int}  NOT NULL,
  municipalities {int}  NOT NULL,
  packed         {blob} NOT NULL,
  since          {int}  NOT NULL,
  until          {int},
  PRIMARY KEY (indicator_code, period, since)
) {strict};
INSERT INTO comparison_places_stored(indicator_code, period, municipalities, packed, since)
SELECT indicator_code, period, municipalities, packed, 0 FROM comparison_places;
DROP TABLE comparison_places;
CREATE VIEW comparison_places AS SELECT indicator_code, period, municipalities, packed
FROM comparison_places_stored
WHERE since <= (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0)
  AND (until IS NULL OR until > (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0));
CREATE INDEX comparison_places_that_ends ON comparison_places_stored(indicator_code, until) WHERE until IS NOT NULL;

CREATE TABLE profile_stored(
  region     {text} NOT NULL,
  position   {int}  NOT NULL,
  theme      {text} NOT NULL,
  slug       {text} NOT NULL,
  name       {text} NOT NULL,
  period     {text} NOT NULL,
  value      {text} NOT NULL,
  nation     {text} NOT NULL,
  message    {text} NOT NULL,
  since    {int}  NOT NULL,
  until    {int},
  PRIMARY KEY (region, position, since)
) {keyed};
INSERT INTO profile_stored(region, position, theme, slug, name, period, value, nation, message, since)
SELECT region, position, theme, slug, name, period, value, nation, message, 0 FROM profile;
DROP TABLE profile;
CREATE VIEW profile AS SELECT region, position, theme, slug, name, period, value, nation, message
FROM profile_stored
WHERE since <= (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0)
  AND (until IS NULL OR until > (SELECT coalesce(max(id), 0) FROM release WHERE made_at > 0));
CREATE INDEX profile_that_ends ON profile_stored(until) WHERE until IS NOT NULL;
