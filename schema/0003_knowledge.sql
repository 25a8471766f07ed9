-- The knowledge base: items with fixed sections, facets, sources, scores and where they are used.

CREATE TABLE term(
  list     {text} NOT NULL,                  -- fase, soort, doelgroep, thema
  code     {text} NOT NULL,
  label    {text} NOT NULL,
  position {int}  NOT NULL,
  items    {blob} NOT NULL,                  -- bits, by item_place: knowledge/itemset.h
  PRIMARY KEY (list, code)
) {strict};

CREATE TABLE item(
  id         {pk},
  slug       {text} NOT NULL UNIQUE,
  title      {text} NOT NULL,
  sort_key   {text} NOT NULL,
  kind       {text} NOT NULL,
  kind_label {text} NOT NULL,                -- written out, so that lists need no join: "Aanpak"
  summary    {text} NOT NULL,
  phase_labels {text} NOT NULL,              -- for lists: "Vroegsignalering, Hulpverlening"
  owner      {text} NOT NULL,                -- '' when unknown
  since      {int},
  updated_on {text} NOT NULL,
  uses       {int}  NOT NULL,                -- municipalities in adoption: counted at load
  use_rank   {int}                           -- 1 for the approach that most use; NULL for what is no approach or not used
) {strict};
CREATE INDEX item_by_use_rank ON item(use_rank);

-- The list of all items in order of title, from 0, written out at load.
CREATE TABLE item_place(
  place   {int} NOT NULL PRIMARY KEY,
  item_id {int} NOT NULL UNIQUE REFERENCES item(id)
) {keyed};

CREATE TABLE item_section(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  slug     {text} NOT NULL,
  title    {text} NOT NULL,
  html     {text} NOT NULL,                  -- rendered by text/markdown.c
  plain    {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

CREATE TABLE item_term(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  list     {text} NOT NULL,
  code     {text} NOT NULL,
  label    {text} NOT NULL,
  PRIMARY KEY (item_id, position),
  UNIQUE (item_id, list, code)
) {keyed};
CREATE INDEX item_term_by_code ON item_term(list, code, item_id);

CREATE TABLE item_indicator(
  item_id        {int}  NOT NULL REFERENCES item(id),
  indicator_code {text} NOT NULL,
  PRIMARY KEY (item_id, indicator_code)
) {keyed};
CREATE INDEX item_indicator_by_code ON item_indicator(indicator_code, item_id);

-- The three scores, only where somebody judged. No row means "nog niet beoordeeld".
CREATE TABLE item_score(
  item_id   {int}  NOT NULL REFERENCES item(id),
  score     {text} NOT NULL CHECK (score IN ('evidence', 'effect', 'cost')),
  judgement {text} NOT NULL,
  institute {text} NOT NULL,
  dated     {text} NOT NULL,
  url       {text} NOT NULL,
  PRIMARY KEY (item_id, score)
) {strict};

CREATE TABLE item_source(
  item_id   {int}  NOT NULL REFERENCES item(id),
  position  {int}  NOT NULL,
  title     {text} NOT NULL,
  publisher {text} NOT NULL,
  dated     {text} NOT NULL,
  url       {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

CREATE TABLE item_related(
  item_id  {int} NOT NULL REFERENCES item(id),
  position {int} NOT NULL,                   -- most alike first
  other_id {int} NOT NULL REFERENCES item(id),
  PRIMARY KEY (item_id, position)
) {keyed};
CREATE INDEX item_related_by_other ON item_related(other_id);      -- for deleting items

-- A municipality uses an approach.
CREATE TABLE adoption(
  item_id           {int}  NOT NULL REFERENCES item(id),
  municipality_code {text} NOT NULL,
  since             {text} NOT NULL,         -- '' when no source says
  note              {text} NOT NULL,
  source_url        {text} NOT NULL,
  fictitious        {int}  NOT NULL,
  PRIMARY KEY (item_id, municipality_code)
) {strict};
CREATE INDEX adoption_by_municipality ON adoption(municipality_code, item_id);
