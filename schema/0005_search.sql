-- The search index: our own analysis, the same on both stores (ADR 0003). Derived: every import makes it anew.

CREATE TABLE search_doc(
  id      {pk},
  kind    {text} NOT NULL,                   -- kennis, gemeente, cijfer
  ref     {text} NOT NULL,                   -- slug within the kind
  title   {text} NOT NULL,
  label   {text} NOT NULL,                   -- what stands beside the title: "Aanpak", "Flevoland"
  summary {text} NOT NULL,
  body    {text} NOT NULL,
  terms   {blob} NOT NULL,                   -- of summary and body, with their places: search/marks.h
  UNIQUE (kind, ref)
) {strict};

-- One row per term; POSTINGS packs (document, weight) pairs in order of document (search/postings.h).
CREATE TABLE search_term(
  term     {text} NOT NULL PRIMARY KEY,
  docs     {int}  NOT NULL,
  postings {blob} NOT NULL
) {strict};

-- Words as people write them, for "bedoelde u".
CREATE TABLE search_word(
  word {text} NOT NULL PRIMARY KEY,
  docs {int}  NOT NULL
) {strict};
