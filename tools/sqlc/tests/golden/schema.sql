-- A small schema with every type, and columns that may be missing.
CREATE TABLE shelf(
  id    {pk},
  label {text} NOT NULL UNIQUE
) {strict};

CREATE TABLE book(
  id       {pk},
  shelf_id {int}  REFERENCES shelf(id),
  title    {text} NOT NULL,
  author   {text},
  pages    {int},
  weight   {real} NOT NULL,
  price    {real},
  cover    {blob},
  lent     {int}  NOT NULL
) {strict};
CREATE INDEX book_by_shelf ON book(shelf_id, title);
