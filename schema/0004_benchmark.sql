-- Indicators are data; figures carry numerator, denominator, period, source and status.

CREATE TABLE indicator(
  code             {text} NOT NULL PRIMARY KEY,   -- PS01, SHV09a, VS04 ...
  slug             {text} NOT NULL UNIQUE,        -- ps01
  position         {int}  NOT NULL,
  name             {text} NOT NULL,
  definition       {text} NOT NULL,
  numerator_text   {text} NOT NULL,
  denominator_text {text} NOT NULL,
  unit             {text} NOT NULL,               -- procent, euro, aantal, dagen, per 1.000 ...
  kind             {text} NOT NULL CHECK (kind IN ('proportion', 'rate', 'mean', 'median', 'amount', 'count')),
  decimals         {int}  NOT NULL,
  polarity         {text} NOT NULL CHECK (polarity IN ('lower', 'higher', 'none')),
  phase            {text} NOT NULL,               -- code of the list fase, '' for all
  theme            {text} NOT NULL,               -- heading on the overview: schulden, inkomen, hulp, vroegsignalering, gemeente
  scope            {text} NOT NULL CHECK (scope IN ('municipality', 'national')),
  period_kind      {text} NOT NULL,               -- "1 januari", "kalenderjaar"
  source           {text} NOT NULL,
  source_url       {text} NOT NULL,
  licence          {text} NOT NULL,
  note             {text} NOT NULL,               -- definition choices, warnings; Markdown
  note_html        {text} NOT NULL,               -- the same, rendered by text/markdown.c
  fictitious       {int}  NOT NULL
) {strict};
CREATE INDEX indicator_by_position ON indicator(position);

-- One value. REGION is a CBS code (GM0034) of the division of BOUNDARY_YEAR, or NL01. DETAIL names a breakdown ('' for none).
-- An older figure is there twice: as delivered, and brought to today's division (NETWORK_DIVISION), which pages read.
CREATE TABLE figure(
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
  PRIMARY KEY (indicator_code, period, region, detail, boundary_year)
) {strict};
CREATE INDEX figure_by_region ON figure(region, indicator_code, period);

-- The comparison of one period, computed at load on one division: what pages read.
CREATE TABLE comparison(
  indicator_code     {text} NOT NULL,
  period             {int}  NOT NULL,
  units              {int}  NOT NULL,             -- municipalities with a value
  target             {real} NOT NULL,             -- the national value the funnel is drawn around, in the indicator's unit
  target_from        {text} NOT NULL CHECK (target_from IN ('counts', 'published', 'median')),  -- median: of the municipalities, so no national value
  total_numerator    {real},
  total_denominator  {real},
  method             {text} NOT NULL CHECK (method IN ('binomial', 'poisson', 'none')),  -- none: no counts, nothing tested
  phi                {real},                      -- overdispersion, winsorised (benchmark.md 2.5)
  tau2               {real},
  outside_unadjusted {int}  NOT NULL,             -- beyond 99.8 % by exact tails
  outside_adjusted   {int}  NOT NULL,             -- beyond the adjusted 99.8 % limits
  quantiles          {text} NOT NULL,             -- min, p10, p25, p50, p75, p90, max separated by spaces
  PRIMARY KEY (indicator_code, period)
) {strict};

CREATE TABLE comparison_unit(
  indicator_code    {text} NOT NULL,
  period            {int}  NOT NULL,
  region            {text} NOT NULL,
  value             {real} NOT NULL,
  numerator         {real},
  denominator       {real},
  low95             {real},                       -- interval of the value itself (Wilson), NULL without counts
  high95            {real},
  class_exact       {int}  NOT NULL,              -- -2 -1 0 1 2: below 99.8, below 95, within, above 95, above 99.8
  class_adjusted    {int}  NOT NULL,
  z_adjusted        {real},
  fifth             {int}  NOT NULL,              -- 1..5 for the map
  PRIMARY KEY (indicator_code, period, region)
) {keyed};
CREATE INDEX comparison_unit_by_region ON comparison_unit(region, indicator_code, period);

-- The municipalities of a comparison as its page shows them, written out at load in one value (benchmark/places.h).
CREATE TABLE comparison_places(
  indicator_code {text} NOT NULL,
  period         {int}  NOT NULL,
  municipalities {int}  NOT NULL,
  packed         {blob} NOT NULL,                 -- in order of name
  PRIMARY KEY (indicator_code, period)
) {strict};

-- Characteristics of the area (never of the service) on which peers are chosen.
CREATE TABLE characteristic(
  code     {text} NOT NULL PRIMARY KEY,
  name     {text} NOT NULL,
  unit     {text} NOT NULL,
  decimals {int}  NOT NULL,
  period   {int}  NOT NULL,
  position {int}  NOT NULL,
  weight   {real} NOT NULL,             -- in the distance between peers; 1 for all unless there is a reason
  source   {text} NOT NULL
) {strict};
CREATE TABLE characteristic_value(
  region              {text} NOT NULL,
  characteristic_code {text} NOT NULL REFERENCES characteristic(code),
  value               {real} NOT NULL,
  z                   {real} NOT NULL,
  PRIMARY KEY (region, characteristic_code)
) {keyed};
CREATE TABLE peer(
  region      {text} NOT NULL,
  rank        {int}  NOT NULL,
  peer_region {text} NOT NULL,
  distance    {real} NOT NULL,
  PRIMARY KEY (region, rank)
) {keyed};

-- What the page of a municipality shows of each indicator, written out at load: sixty tiles in one read.
CREATE TABLE profile(
  region     {text} NOT NULL,
  position   {int}  NOT NULL,
  theme      {text} NOT NULL,                     -- "fictief" for examples
  slug       {text} NOT NULL,
  name       {text} NOT NULL,
  period     {text} NOT NULL,
  value      {text} NOT NULL,                     -- "14,5%"; '' when there is none
  nation     {text} NOT NULL,
  message    {text} NOT NULL,
  PRIMARY KEY (region, position)
) {keyed};
