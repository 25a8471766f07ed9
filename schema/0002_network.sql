-- Municipalities since 2016 and how they merged and split (benchmark.md 2.16).

CREATE TABLE municipality(
  id            {pk},
  code          {text} NOT NULL UNIQUE,      -- CBS: GM0034
  name          {text} NOT NULL,             -- as CBS writes it
  slug          {text} NOT NULL UNIQUE,
  sort_key      {text} NOT NULL,             -- folded, without leading "'s-" and the like
  province_code {text} NOT NULL,
  province      {text} NOT NULL,
  begins_on     {text} NOT NULL,             -- ISO date
  ends_on       {text}                       -- exclusive; NULL while it exists
) {strict};
CREATE INDEX municipality_by_province ON municipality(province_code, sort_key);
CREATE INDEX municipality_by_sort ON municipality(sort_key);

-- Other names people use: "den haag", "den bosch". Folded.
CREATE TABLE municipality_alias(
  municipality_id {int}  NOT NULL REFERENCES municipality(id),
  alias           {text} NOT NULL,
  PRIMARY KEY (municipality_id, alias)
) {strict};

CREATE TABLE municipality_year(
  municipality_id {int} NOT NULL REFERENCES municipality(id),
  year            {int} NOT NULL,
  inhabitants     {int},                     -- on 1 January; NULL when not published
  households      {int},
  PRIMARY KEY (municipality_id, year)
) {keyed};
CREATE INDEX municipality_year_by_year ON municipality_year(year, municipality_id);

-- An edge of the merger graph: SHARE of FROM went to TO on CHANGED_ON.
CREATE TABLE boundary_change(
  changed_on   {text} NOT NULL,
  from_id      {int}  NOT NULL REFERENCES municipality(id),
  to_id        {int}  NOT NULL REFERENCES municipality(id),
  kind         {text} NOT NULL,              -- samenvoeging, toevoeging, splitsing, hernoeming ...
  share        {real} NOT NULL CHECK (share > 0 AND share <= 1),
  share_source {text} NOT NULL,
  PRIMARY KEY (changed_on, from_id, to_id)
) {strict};
CREATE INDEX boundary_change_by_from ON boundary_change(from_id);
CREATE INDEX boundary_change_by_to ON boundary_change(to_id);

-- Shared borders in the division of 2023-2026, both directions.
CREATE TABLE municipality_border(
  municipality_id {int} NOT NULL REFERENCES municipality(id),
  neighbour_id    {int} NOT NULL REFERENCES municipality(id),
  PRIMARY KEY (municipality_id, neighbour_id)
) {keyed};
