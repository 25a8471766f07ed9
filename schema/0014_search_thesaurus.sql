-- What editors change about the groups of words that mean the same. The groups that come with the program are in
-- data/taal/synoniemen.tsv; a row with SHIPPED 1 switches one of those off, any other is a group that editors added.
CREATE TABLE search_group(
  id      {pk},
  words   {text} NOT NULL UNIQUE,            -- "bewind, beschermingsbewind"
  shipped {int}  NOT NULL CHECK (shipped IN (0, 1))
) {strict};

-- How often the groups were changed. Each process reads them again when it sees another number.
ALTER TABLE search_state ADD COLUMN groups_changed {int} NOT NULL DEFAULT 0;
