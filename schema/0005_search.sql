-- The search index: our own analysis, the same on both stores (ADR 0003). Written document by document; each process holds the
-- inverted lists in memory and follows the changes by their generation.

-- One row: the number of the newest change, and up to where the memory of removed versions is gone.
CREATE TABLE search_state(
  id         {int} NOT NULL PRIMARY KEY CHECK (id = 1),
  generation {int} NOT NULL,
  oldest     {int} NOT NULL                  -- who has seen less than this reads everything anew
) {strict};
INSERT INTO search_state(id, generation, oldest) VALUES (1, 0, 0);

-- A document as ranking and suggesting need it. Small rows, because a start reads all of them.
CREATE TABLE search_doc(
  id         {pk},
  generation {int}  NOT NULL,
  kind       {text} NOT NULL,                -- kennis, gemeente, cijfer
  ref        {text} NOT NULL,                -- slug within the kind
  title      {text} NOT NULL,
  facets     {text} NOT NULL,                -- "fase:nazorg thema:stress"
  uses       {int}  NOT NULL,                -- how often the thing itself is used
  vector     {blob} NOT NULL,                -- its terms with their weights: search/vector.h
  UNIQUE (kind, ref)
) {strict};
CREATE INDEX search_doc_by_generation ON search_doc(generation);

-- The texts of a document, read for what a page of results shows.
CREATE TABLE search_text(
  doc     {int}  NOT NULL PRIMARY KEY REFERENCES search_doc(id) ON DELETE CASCADE,
  also    {text} NOT NULL,                   -- other names: found, not shown
  label   {text} NOT NULL,                   -- what stands beside the title: "Aanpak", "Flevoland"
  summary {text} NOT NULL,
  body    {text} NOT NULL,
  terms   {blob} NOT NULL                    -- of summary and body, with their places: search/marks.h
) {strict};

-- Versions that were replaced or removed, until every process has seen that: what to take back from the lists in memory.
CREATE TABLE search_gone(
  id         {pk},
  generation {int}  NOT NULL,
  at_ms      {int}  NOT NULL,
  doc        {int}  NOT NULL,
  since      {int}  NOT NULL,                -- the generation that wrote the version
  vector     {blob} NOT NULL
) {strict};
CREATE INDEX search_gone_by_generation ON search_gone(generation);

-- Words as people write them, for suggestions. USES counts the documents, twice where the word stands in the title.
CREATE TABLE search_word(
  word       {text} NOT NULL PRIMARY KEY,
  uses       {int}  NOT NULL,
  generation {int}  NOT NULL
) {keyed};
CREATE INDEX search_word_by_generation ON search_word(generation);

-- What editors put first for a question. WORDS as typed, QUESTION its terms in order of the alphabet.
CREATE TABLE search_bet(
  id       {pk},
  words    {text} NOT NULL,
  question {text} NOT NULL,
  kind     {text} NOT NULL,
  ref      {text} NOT NULL,
  place    {int}  NOT NULL,
  UNIQUE (question, kind, ref)
) {strict};

-- Questions without an answer: words only. Nothing about who asked, no moment but the day.
CREATE TABLE search_miss(
  words    {text} NOT NULL PRIMARY KEY,
  n        {int}  NOT NULL,
  last_day {text} NOT NULL                   -- 2026-11-22
) {strict};
CREATE INDEX search_miss_by_day ON search_miss(last_day);
