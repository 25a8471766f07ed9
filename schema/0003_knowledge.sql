-- The knowledge base. The truth of an item is the text of its versions, in the form of content/items; the rest is what publishing
-- wrote out of the published version, so that pages and lists need not parse (ADR 0010).

CREATE TABLE term(
  list     {text} NOT NULL,                  -- fase, soort, doelgroep, thema, and cijfer: indicators that items aim at
  code     {text} NOT NULL,
  label    {text} NOT NULL,
  position {int}  NOT NULL,
  items    {blob} NOT NULL,                  -- bits, by place in item_order: knowledge/itemset.h
  PRIMARY KEY (list, code)
) {strict};

CREATE TABLE item(
  id         {pk_once},                      -- lists, questions and cases remember it
  slug       {text} NOT NULL UNIQUE,
  title      {text} NOT NULL,
  sort_key   {text} NOT NULL,
  kind       {text} NOT NULL,
  kind_label {text} NOT NULL,                -- written out, so that lists need no join: "Aanpak"
  summary    {text} NOT NULL,
  also       {text} NOT NULL,                -- other names, for the search index
  phase_labels {text} NOT NULL,              -- for lists: "Vroegsignalering, Hulpverlening"
  owner      {text} NOT NULL,                -- '' when unknown
  licence    {text} NOT NULL DEFAULT '',     -- who may use it, and on what terms; '' when unknown
  contact    {text} NOT NULL DEFAULT '',     -- address of a page or of a mailbox; '' when unknown
  since      {int},
  warning    {text} NOT NULL,                -- what may be hard to read; '' for most
  notice     {text} NOT NULL DEFAULT '',     -- what readers must know of its assessment; '' for most (knowledge_notice())
  updated_on {text} NOT NULL,
  review_on  {text} NOT NULL,                -- an editor looks at it again by this date
  uses       {int}  NOT NULL,                -- municipalities in adoption
  used       {int}  NOT NULL,                -- the same for a published approach, else 0
  details    {int}  NOT NULL,                -- bits: which kinds of lines it has (enum item_lines)
  data       {text} NOT NULL DEFAULT '',     -- for search engines: JSON without what follows from the address; '' when withdrawn
  state      {text} NOT NULL CHECK (state IN ('published', 'withdrawn')),
  version    {int}  NOT NULL,                -- number in item_version of the text that is shown
  withdrawn_on  {text} NOT NULL,             -- '' while published
  withdrawn_why {text} NOT NULL
) {strict};
CREATE INDEX item_by_title ON item(state, sort_key, id);
CREATE INDEX item_by_update ON item(state, updated_on, id);
CREATE INDEX item_by_use ON item(used DESC, sort_key);
CREATE INDEX item_by_review ON item(state, review_on);

-- Every text that was ever published, or that a newer file offers (a number above item.version).
CREATE TABLE item_version(
  item_id    {int}  NOT NULL REFERENCES item(id),
  number     {int}  NOT NULL,                -- from 1
  text       {text} NOT NULL,
  digest     {text} NOT NULL,                -- of text
  origin     {text} NOT NULL CHECK (origin IN ('file', 'site')),
  note       {text} NOT NULL,                -- what changed, for readers
  made_by    {int},                          -- person; NULL for files
  checked_by {int},
  made_ms    {int}  NOT NULL,
  PRIMARY KEY (item_id, number)
) {strict};
CREATE INDEX item_version_by_maker ON item_version(made_by);
CREATE INDEX item_version_by_checker ON item_version(checked_by);

-- Addresses that items had before.
CREATE TABLE item_former(
  slug    {text} NOT NULL PRIMARY KEY,
  item_id {int}  NOT NULL REFERENCES item(id)
) {strict};
CREATE INDEX item_former_by_item ON item_former(item_id);

-- The published items in order of title: 1,024 ids of 8 bytes, little end first, in each part but the last.
CREATE TABLE item_order(
  part {int}  NOT NULL PRIMARY KEY,          -- from 0
  ids  {blob} NOT NULL
) {strict};

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
  updated_on {text} NOT NULL,                -- as in item, for the newest of a term
  PRIMARY KEY (item_id, position),
  UNIQUE (item_id, list, code)
) {keyed};
CREATE INDEX item_term_by_code ON item_term(list, code, updated_on, item_id);

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
  reason    {text} NOT NULL,                 -- '' when the source gives none
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

-- A working element: what is thought to make an approach work.
CREATE TABLE item_element(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  name     {text} NOT NULL,
  why      {text} NOT NULL,
  url      {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

-- A piece of evidence: one study about an approach.
CREATE TABLE item_study(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  title    {text} NOT NULL,
  authors  {text} NOT NULL,
  dated    {text} NOT NULL,
  url      {text} NOT NULL,
  design   {text} NOT NULL,                  -- a code of study_designs (knowledge/knowledge_text.h)
  units    {int},                            -- n, when the study tells
  outcome  {text} NOT NULL,
  effect   {text} NOT NULL,
  margin   {text} NOT NULL,                  -- the interval as printed; '' when not reported
  remark   {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

-- What practice tells, as a source printed it.
CREATE TABLE item_experience(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  who      {text} NOT NULL,
  dated    {text} NOT NULL,
  context  {text} NOT NULL,
  needed   {text} NOT NULL,                  -- "wat had je nodig om het te laten werken?"
  result   {text} NOT NULL,
  url      {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

CREATE TABLE item_material(
  item_id   {int}  NOT NULL REFERENCES item(id),
  position  {int}  NOT NULL,
  title     {text} NOT NULL,
  publisher {text} NOT NULL,
  dated     {text} NOT NULL,
  url       {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

-- The level that another institute gave: a reference, with its own word for it.
CREATE TABLE item_recognition(
  item_id   {int}  NOT NULL REFERENCES item(id),
  position  {int}  NOT NULL,
  institute {text} NOT NULL,
  level     {text} NOT NULL,
  dated     {text} NOT NULL,
  url       {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

CREATE TABLE item_edition(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,                  -- newest first
  label    {text} NOT NULL,
  dated    {text} NOT NULL,
  url      {text} NOT NULL,
  changed  {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};

-- A step of a toolkit: another item, and what to do with it.
CREATE TABLE item_step(
  item_id  {int}  NOT NULL REFERENCES item(id),
  position {int}  NOT NULL,
  other_id {int}  NOT NULL REFERENCES item(id),
  how      {text} NOT NULL,
  PRIMARY KEY (item_id, position)
) {strict};
CREATE INDEX item_step_by_other ON item_step(other_id);

CREATE TABLE item_related(
  item_id  {int} NOT NULL REFERENCES item(id),
  position {int} NOT NULL,                   -- most alike first
  other_id {int} NOT NULL REFERENCES item(id),
  PRIMARY KEY (item_id, position)
) {keyed};
CREATE INDEX item_related_by_other ON item_related(other_id);

-- The glossary, from content/begrippen.txt.
CREATE TABLE glossary_term(
  slug     {text} NOT NULL PRIMARY KEY,
  title    {text} NOT NULL,
  position {int}  NOT NULL UNIQUE,           -- by alphabet, from 0
  letter   {text} NOT NULL,                  -- a to z, or 0 for a digit
  meaning  {text} NOT NULL,
  also     {text} NOT NULL,                  -- other names that are shown and linked, comma between
  finds    {text} NOT NULL                   -- words that only find it
) {strict};
CREATE INDEX glossary_term_by_letter ON glossary_term(letter, position);

CREATE TABLE glossary_source(
  slug      {text} NOT NULL REFERENCES glossary_term(slug),
  position  {int}  NOT NULL,
  title     {text} NOT NULL,
  publisher {text} NOT NULL,
  dated     {text} NOT NULL,
  url       {text} NOT NULL,
  PRIMARY KEY (slug, position)
) {strict};

-- Another term that explains more.
CREATE TABLE glossary_see(
  slug     {text} NOT NULL REFERENCES glossary_term(slug),
  position {int}  NOT NULL,
  other    {text} NOT NULL REFERENCES glossary_term(slug),
  PRIMARY KEY (slug, position)
) {strict};
CREATE INDEX glossary_see_by_other ON glossary_see(other);

CREATE TABLE glossary_item(
  slug     {text} NOT NULL REFERENCES glossary_term(slug),
  position {int}  NOT NULL,
  item_id  {int}  NOT NULL REFERENCES item(id),
  PRIMARY KEY (slug, position)
) {strict};
CREATE INDEX glossary_item_by_item ON glossary_item(item_id);

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
